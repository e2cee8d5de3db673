"""Public roster instances side by side with CP-SAT at equal time: ours, then OR-Tools on the straightforward model.

    python benches/beside_cpsat.py target/debug/evenkeel FOLDER [SECONDS] [WORKERS]

FOLDER holds shift-scheduling instances (`Instance1.txt` ...). Each is run once for SECONDS (60) of the clock on
WORKERS (2) threads, one after the other; nothing else should run meanwhile. One line an instance: cost, bound and
seconds of both. Rosters of both are scored by the same few lines here, which know neither solver. Ends with 1 where
ours costs more or breaks a rule. Run by `make bench` where EVENKEEL_INSTANCES is set and Python has ortools.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from ortools.sat.python import cp_model


def sections(path):
    """Rows of each section, comments and empty lines left out."""
    found, name = {}, None
    for line in Path(path).read_text(encoding="utf-8-sig").splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            name = line
            found[name] = []
        elif line and not line.startswith("#"):
            found[name].append([field.strip() for field in line.split(",")])
    return found


class Instance:
    """One instance: days, shifts, people, wishes and cover, as the file has them."""

    def __init__(self, path):
        rows = sections(path)
        self.days = int(rows["SECTION_HORIZON"][0][0])
        self.minutes = {row[0]: int(row[1]) for row in rows["SECTION_SHIFTS"]}
        self.not_after = {
            row[0]: {name for name in (row[2] if len(row) > 2 else "").split("|") if name}
            for row in rows["SECTION_SHIFTS"]
        }
        self.people = {}
        for name, most_of, *limits in rows["SECTION_STAFF"]:
            pairs = (part.split("=") for part in most_of.split("|") if part)
            self.people[name] = ({shift: int(most) for shift, most in pairs}, [int(limit) for limit in limits])
        self.off = {(row[0], int(day)) for row in rows.get("SECTION_DAYS_OFF", []) for day in row[1:] if day}
        self.wishes = [
            (row[0], int(row[1]), row[2], int(row[3]), is_on)
            for section, is_on in (("SECTION_SHIFT_ON_REQUESTS", True), ("SECTION_SHIFT_OFF_REQUESTS", False))
            for row in dict.fromkeys(map(tuple, rows.get(section, [])))
        ]
        self.cover = {(int(row[0]), row[1]): tuple(map(int, row[2:5])) for row in rows["SECTION_COVER"]}

    def weekends(self):
        return [[day for day in (saturday, saturday + 1) if day < self.days] for saturday in range(5, self.days, 7)]

    def cost(self, roster):
        """What a roster costs: wishes missed and cover."""
        cost = 0
        for name, day, shift, weight, is_on in self.wishes:
            cost += weight * ((roster[name][day] == shift) != is_on)
        for (day, shift), (wanted, under, over) in self.cover.items():
            present = sum(days[day] == shift for days in roster.values())
            cost += under * max(0, wanted - present) + over * max(0, present - wanted)
        return cost

    def breaks(self, roster):
        """Hard rules that a roster breaks."""
        broken = []
        for name, (most_of, limits) in self.people.items():
            most_minutes, least_minutes, most_run, least_run, least_rest, most_weekends = limits
            days = roster[name]
            minutes = sum(self.minutes[shift] for shift in days if shift)
            broken += [f"{name}: minutes"] * (not least_minutes <= minutes <= most_minutes)
            broken += [f"{name}: {shift}" for shift in self.minutes if days.count(shift) > most_of.get(shift, 0)]
            broken += [f"{name}: day off {day}" for day, shift in enumerate(days) if shift and (name, day) in self.off]
            pairs = zip(days, days[1:])
            broken += [f"{name}: {one} {two}" for one, two in pairs if one and two in self.not_after[one]]
            weekends = sum(any(days[day] for day in weekend) for weekend in self.weekends())
            broken += [f"{name}: weekends"] * (weekends > most_weekends)
            pattern = "".join("w" if shift else "-" for shift in days)
            for run in re.finditer("w+|-+", pattern):
                inside = run.start() > 0 and run.end() < self.days
                long = run.end() - run.start()
                least = least_run if run[0][0] == "w" else least_rest
                too_long = run[0][0] == "w" and long > most_run
                broken += [f"{name}: run at {run.start()}"] * (too_long or (inside and long < least))
        return broken


def model_of(instance):
    """One boolean a person, day and shift."""
    model = cp_model.CpModel()
    works, cost = {}, []
    for name, (most_of, limits) in instance.people.items():
        most_minutes, least_minutes, most_run, least_run, least_rest, most_weekends = limits
        may = [shift for shift in instance.minutes if most_of.get(shift, 0) > 0]
        day_works = []
        for day in range(instance.days):
            of_day = [model.new_bool_var("") for _ in may]
            works.update({(name, day, shift): var for shift, var in zip(may, of_day)})
            is_on = model.new_bool_var("")
            model.add(sum(of_day) == is_on)
            if (name, day) in instance.off:
                model.add(is_on == 0)
            day_works.append(is_on)
        for day in range(instance.days - 1):
            for shift in may:
                for after in instance.not_after[shift] & set(may):
                    model.add_bool_or([works[name, day, shift].negated(), works[name, day + 1, after].negated()])
        for shift in may:
            model.add(sum(works[name, day, shift] for day in range(instance.days)) <= most_of[shift])
        total = sum(instance.minutes[shift] * works[name, day, shift] for day in range(instance.days) for shift in may)
        model.add_linear_constraint(total, least_minutes, most_minutes)
        for day in range(instance.days - most_run):
            model.add_bool_or([var.negated() for var in day_works[day : day + most_run + 1]])
        # A run inside the horizon that is too short is ruled out by its own pattern.
        for least, on in ((least_run, True), (least_rest, False)):
            lit = [var if on else var.negated() for var in day_works]
            for long in range(1, least):
                for start in range(1, instance.days - long):
                    run = [var.negated() for var in lit[start : start + long]]
                    model.add_bool_or([lit[start - 1], *run, lit[start + long]])
        worked = []
        for weekend in instance.weekends():
            is_worked = model.new_bool_var("")
            for day in weekend:
                model.add_implication(day_works[day], is_worked)
            worked.append(is_worked)
        model.add(sum(worked) <= most_weekends)
    for name, day, shift, weight, is_on in instance.wishes:
        var = works.get((name, day, shift), 0)
        cost.append(weight * (1 - var) if is_on else weight * var)
    for (day, shift), (wanted, under, over) in instance.cover.items():
        present = [works[key] for name in instance.people if (key := (name, day, shift)) in works]
        short = model.new_int_var(0, wanted, "")
        extra = model.new_int_var(0, len(present), "")
        model.add(sum(present) + short - extra == wanted)
        cost += [under * short, over * extra]
    model.minimize(sum(cost))
    return model, works


def cpsat(instance, seconds, workers):
    """The roster of CP-SAT, its bound and seconds; building the model counts."""
    started = time.monotonic()
    model, works = model_of(instance)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - started))
    status = solver.solve(model)
    roster = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        roster = {name: [""] * instance.days for name in instance.people}
        for (name, day, shift), var in works.items():
            if solver.value(var):
                roster[name][day] = shift
    return roster, solver.best_objective_bound, time.monotonic() - started


def ours(binary, path, seconds, workers):
    command = [binary, "bench", "roster", str(path), "--seconds", str(seconds), "--format", "json"]
    environment = os.environ | {"RAYON_NUM_THREADS": str(workers)}
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)


def main():
    binary, folder = sys.argv[1:3]
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 60.0
    workers = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    number = lambda path: int("".join(filter(str.isdigit, path.stem)) or 0)
    is_worse = False
    print(f"{'instance':14} {'ours':>8} {'bound':>8} {'s':>6}   {'CP-SAT':>8} {'bound':>8} {'s':>6}")
    for path in sorted(Path(folder).glob("*nstance*.txt"), key=number):
        instance = Instance(path)
        figures = ours(binary, path, seconds, workers)
        broken = instance.breaks(figures["roster"])
        cost = instance.cost(figures["roster"])
        roster, bound, took = cpsat(instance, seconds, workers)
        theirs = instance.cost(roster) if roster else None
        is_worse |= bool(broken) or cost != figures["cost"] or (theirs is not None and cost > theirs)
        print(
            f"{path.stem:14} {cost:8} {figures['bound']:8} {figures['seconds']:6.1f}   "
            f"{theirs if theirs is not None else 'none':>8} {bound:8.0f} {took:6.1f}"
            + (f"   breaks {broken[:3]}" if broken else ""),
            flush=True,
        )
    sys.exit(int(is_worse))


if __name__ == "__main__":
    main()
