"""Sizing one pool beside pyworkforce, in one run: time, whole agents, and what they give where callers hang up.

    python3 benches/beside_pyworkforce.py target/debug/evenkeel

Both answer the same question, 80 % within 20 seconds for calls of five minutes and callers who never hang up, with
the service that the answer gives, as Erlang C does. Where callers hang up after two minutes on average, Erlang C no
longer holds: both counts are then played. Fails where we are less than 20 times as fast (40 times from 833 Erlang on)
or where whole agents differ.
"""

import json
import subprocess
import sys
import time

try:
    from pyworkforce.queuing import ErlangC
except ImportError:
    print("skipped: pyworkforce is not installed for this python (pip install pyworkforce)")
    sys.exit(0)

ENOUGH_SECONDS = 0.5


def theirs(load):
    """Seconds of processor time a sizing, and whole agents."""
    done, taken, agents = 0, 0.0, None
    before = time.process_time()
    while taken < ENOUGH_SECONDS:
        erlang = ErlangC(transactions=load * 6.0, asa=20.0 / 60.0, aht=5.0, interval=30.0, shrinkage=0.0)
        agents = erlang.required_positions(service_level=0.8, max_occupancy=1.0)["raw_positions"]
        done += 1
        taken = time.process_time() - before
    return taken / done, agents


def main():
    told = subprocess.run(
        [sys.argv[1], "bench", "sizing", "--format", "json"], check=True, capture_output=True, text=True
    )
    failed = False
    row = "{:>7} {:>14} {:>12} {:>8} {:>12} {:>8} {:>14} {:>14} {:>12}"
    print(row.format("Erlang", "pyworkforce us", "evenkeel us", "faster", "pyworkforce", "evenkeel",
                     "with patience", "played: theirs", "played: ours"))
    for ours in json.loads(told.stdout)["headcounts"]:
        seconds, agents = theirs(ours["load"])
        faster = seconds * ours["per_second"]
        patient = ours["with_patience"]
        print(row.format(
            f"{ours['load']:.0f}", f"{1e6 * seconds:.1f}", f"{1e6 / ours['per_second']:.2f}", f"{faster:.0f} x",
            agents, f"{ours['agents']:.0f}", f"{patient['agents']:.0f}",
            f"{100 * patient['played_service_level_of_erlang_c']:.1f} %",
            f"{100 * patient['played_service_level']:.1f} %",
        ))
        wanted = 40 if ours["load"] >= 800 else 20
        if faster < wanted:
            print(f"too slow at {ours['load']:.0f} Erlang: {faster:.0f} times as fast, {wanted} wanted")
            failed = True
        if agents != ours["agents"]:
            print(f"whole agents differ at {ours['load']:.0f} Erlang")
            failed = True
    sys.exit(1 if failed else 0)


main()
