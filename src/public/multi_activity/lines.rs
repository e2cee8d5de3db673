//! One person's best line over days, exactly: shifts in runs of working days, runs parted by days off.
//!
//! A day off leaves rest enough whatever surrounds it, so a run stands alone: its best worth by first day, number
//! of days and slots worked is the same for everyone. Within a run a shift's start must leave rest after the end
//! before it; over runs only the slots worked are counted. Both are longest paths, and every step is a maximum of
//! sums, so that the line found is the best there is.
//!
//! Slots count from midnight of the first day here, so that a day is a calendar day.

use super::terms::{DAY, LONGEST, Line, OPENING, REST, RUN, SHORTEST, STRETCH, Shift};
use crate::roster::activities::{NEVER, Walk, Worth, raise};

/// Starts of a calendar day: first slot after midnight, and how many follow each other.
const WINDOWS: [(usize, usize); 4] = [(0, 1), (24, 17), (56, 17), (80, 16)];
/// Starts of a calendar day.
const STARTS: usize = 51;
/// Lengths a shift may have.
const LENGTHS: usize = LONGEST - SHORTEST + 1;
/// Slots after midnight at which a shift of the day may end, and one more.
const ENDS: usize = 95 + LONGEST + 1;
/// Slots after midnight at which the shifts of a day start.
const START: [usize; STARTS] = starts();
/// Gates: a shift that ends by gate `g` leaves enough rest for start `g` of the next day; the last gate lets
/// every shift of the day through.
const GATES: usize = STARTS;
/// First gate a shift ends by, by its end.
const GATE_OF_END: [usize; ENDS] = gates();

const fn starts() -> [usize; STARTS] {
    let mut all = [0; STARTS];
    let (mut window, mut place) = (0, 0);
    while window < WINDOWS.len() {
        let mut one = 0;
        while one < WINDOWS[window].1 {
            all[place] = WINDOWS[window].0 + one;
            place += 1;
            one += 1;
        }
        window += 1;
    }
    all
}

const fn gates() -> [usize; ENDS] {
    let mut all = [0; ENDS];
    let mut end = 0;
    while end < ENDS {
        let mut gate = 0;
        while START[gate] + DAY - REST < end {
            gate += 1;
        }
        all[end] = gate;
        end += 1;
    }
    all
}

/// Slots that the lengths of a run of shifts may differ by, and one more.
const WIDEST: usize = RUN * (LENGTHS - 1) + 1;

/// What surrounds the days to be planned anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// First calendar day.
    pub(super) first: usize,
    /// Last calendar day.
    pub(super) last: usize,
    /// Working days in a row just before.
    pub(super) run_before: usize,
    /// Working days in a row just after.
    pub(super) run_after: usize,
    /// First slot at which rest is over.
    pub(super) rested: usize,
    /// Last slot at which rest must begin.
    pub(super) ends_by: usize,
    /// Fewest slots to work.
    pub(super) least: usize,
    /// Most slots to work.
    pub(super) most: usize,
}

impl Window {
    /// All days of a horizon, for someone who works so many slots.
    pub(super) fn whole(days: usize, least: usize, most: usize) -> Window {
        let window = Window {
            first: 0,
            // The night into the day after the last can be worked by a shift that starts at its midnight.
            last: days,
            run_before: 0,
            run_after: 0,
            rested: 0,
            ends_by: usize::MAX,
            least,
            most,
        };
        window.kept_short()
    }

    /// The same, no more asked than its days can hold.
    pub(super) fn kept_short(self) -> Window {
        Window { most: self.most.min(LONGEST * self.days()), ..self }
    }

    /// First slot its shifts may fill, and how many follow; slots from midnight, a little more than is worked.
    pub(super) fn span(&self) -> (usize, usize) {
        let last_start = WINDOWS[WINDOWS.len() - 1];
        (self.first * DAY, (self.days() - 1) * DAY + last_start.0 + last_start.1 + LONGEST)
    }

    /// A worth for this window, each slot filled by what `gain(task, slot)` says; slots from 06:00 there.
    pub(super) fn fill(
        &self,
        worth: &mut Worth,
        tasks: usize,
        horizon: usize,
        mut gain: impl FnMut(usize, usize) -> f32,
    ) {
        let (from, slots) = self.span();
        worth.reset(tasks, STRETCH, from, slots);
        let low = from.max(OPENING);
        let high = (from + slots).min(horizon + OPENING);
        for task in 0..tasks {
            let row = &mut worth.activity_mut(task)[low - from..high - from];
            for (at, cell) in (low..).zip(row) {
                *cell = gain(task, at - OPENING);
            }
        }
        worth.sum();
    }

    fn days(&self) -> usize {
        self.last - self.first + 1
    }

    fn shifts_of<'a>(&self, shifts: &'a [f32], day: usize) -> &'a [f32] {
        &shifts[(day - self.first) * STARTS * LENGTHS..][..STARTS * LENGTHS]
    }

    /// Most days in a row from this day on.
    fn longest_run(&self, day: usize) -> usize {
        let before = if day == self.first { self.run_before } else { 0 };
        RUN.saturating_sub(before).min(self.last + 1 - day)
    }

    /// Whether so many days in a row may be worked from this day on.
    fn fits(&self, day: usize, run: usize) -> bool {
        let after = if day + run > self.last { self.run_after } else { 0 };
        run <= self.longest_run(day)
            && after + run + if day == self.first { self.run_before } else { 0 } <= RUN
    }

    /// Whether the surroundings leave room for this shift, the `run`th in a row.
    fn allows(&self, day: usize, place: usize, over: usize, run: usize) -> bool {
        let at = day * DAY + START[place];
        (run > 1 || at >= self.rested) && (day < self.last || at + SHORTEST + over <= self.ends_by)
    }
}

/// Works out best lines; keeps its room between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pricer {
    walk: Walk,
    /// Best worth by day, start and length.
    shifts: Vec<f32>,
    /// Best worth of a run, by its length less one, its last end and its slots over the fewest.
    ended: Vec<Vec<f32>>,
    /// Best worth of a run, by first day, length less one and slots over the fewest.
    runs: Vec<f32>,
    /// Best worth by day before which all is decided and rested, and slots worked.
    rested: Vec<f32>,
}

/// Slots a run of so many shifts may differ by, and one more.
const fn width(run: usize) -> usize {
    run * (LENGTHS - 1) + 1
}

impl Pricer {
    /// Price every shift and every run of a window.
    pub(super) fn price(&mut self, worth: &Worth, window: &Window, horizon: usize) {
        self.price_shifts(worth, window, horizon + OPENING);
        self.price_runs(window);
    }

    fn price_shifts(&mut self, worth: &Worth, window: &Window, horizon: usize) {
        self.shifts.clear();
        self.shifts.resize(window.days() * STARTS * LENGTHS, NEVER);
        for day in window.first..=window.last {
            let mut place = (day - window.first) * STARTS;
            for (offset, count) in WINDOWS {
                let at = day * DAY + offset;
                if at >= OPENING && at + SHORTEST <= horizon {
                    let best = worth.best_by_length(at, count, LONGEST, &mut self.walk);
                    let rows = best.chunks_exact(count).enumerate().skip(SHORTEST);
                    for (length, row) in rows {
                        // What ends after the horizon has no worth, for its last slot has none.
                        for (one, &value) in row.iter().enumerate() {
                            self.shifts[(place + one) * LENGTHS + length - SHORTEST] = value;
                        }
                    }
                }
                place += count;
            }
        }
    }

    /// Best runs that begin on this day, into `ended`; gives how many days were done.
    fn chain(&mut self, from: usize, window: &Window) -> usize {
        self.ended.resize(RUN, Vec::new());
        let longest = window.longest_run(from);
        for run in 1..=longest {
            let day = from + run - 1;
            let is_last = run == longest;
            let wide = width(run);
            let rows = if is_last { 1 } else { GATES };
            let (before, now) = self.ended.split_at_mut(run - 1);
            let ended = &mut now[0];
            ended.clear();
            ended.resize(rows * wide, NEVER);
            let shifts = window.shifts_of(&self.shifts, day);
            for over in 0..LENGTHS {
                // From the latest start to the earliest: a start is of use only where it is worth more than
                // every later one that ends before the same gate, since later starts leave more rest.
                let mut gate = usize::MAX;
                let mut most = NEVER;
                for place in (0..STARTS).rev() {
                    let value = shifts[place * LENGTHS + over];
                    let to = if is_last { 0 } else { GATE_OF_END[START[place] + SHORTEST + over] };
                    if to != gate {
                        gate = to;
                        most = NEVER;
                    }
                    if value <= most || !window.allows(day, place, over, run) {
                        continue;
                    }
                    most = value;
                    if run == 1 {
                        raise(&mut ended[to * wide + over], value);
                    } else {
                        let narrow = width(run - 1);
                        let old = &before[run - 2][place * narrow..(place + 1) * narrow];
                        let row = &mut ended[to * wide + over..to * wide + over + narrow];
                        for (best, old) in row.iter_mut().zip(old) {
                            raise(best, old + value);
                        }
                    }
                }
            }
            for gate in 1..rows {
                let (low, high) = ended.split_at_mut(gate * wide);
                for (best, earlier) in high[..wide].iter_mut().zip(&low[(gate - 1) * wide..]) {
                    raise(best, *earlier);
                }
            }
        }
        longest
    }

    /// Best runs by first day; the same for everyone with these surroundings.
    fn price_runs(&mut self, window: &Window) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.clear();
        runs.resize(window.days() * RUN * WIDEST, NEVER);
        for day in window.first..=window.last {
            let done = self.chain(day, window);
            for run in 1..=done {
                let wide = width(run);
                let from = ((day - window.first) * RUN + run - 1) * WIDEST;
                let last = self.ended[run - 1].len() - wide;
                runs[from..from + wide].copy_from_slice(&self.ended[run - 1][last..]);
            }
        }
        self.runs = runs;
    }

    /// The best worth of a line in the priced window, and its slots; none where no line works as much as asked.
    pub(super) fn best(&mut self, window: &Window) -> Option<(f32, usize)> {
        if window.least > window.most {
            return None;
        }
        let days = window.days();
        let wide = window.most + 1;
        self.rested.clear();
        self.rested.resize((days + 2) * wide, NEVER);
        self.rested[0] = 0.0;
        for day in 0..days {
            let left = days - day;
            // Fewest slots that still reach the fewest asked for.
            let low = window.least.saturating_sub(LONGEST * left);
            let (now, later) = self.rested.split_at_mut((day + 1) * wide);
            let now = &now[day * wide..];
            for (best, &old) in later[..wide].iter_mut().zip(now) {
                raise(best, old);
            }
            let high = (0..wide.min(day * LONGEST + 1)).rev().find(|&m| now[m] > NEVER);
            let Some(high) = high else { continue };
            for run in 1..=RUN.min(left) {
                if !window.fits(window.first + day, run) {
                    continue;
                }
                let runs = &self.runs[(day * RUN + run - 1) * WIDEST..][..width(run)];
                let to = &mut later[run * wide..(run + 1) * wide];
                for (over, &value) in runs.iter().enumerate() {
                    let add = run * SHORTEST + over;
                    if value == NEVER || add >= wide {
                        continue;
                    }
                    let top = (high + 1).min(wide - add);
                    if low >= top {
                        continue;
                    }
                    for (best, &old) in to[add + low..].iter_mut().zip(&now[low..top]) {
                        raise(best, old + value);
                    }
                }
            }
        }
        // The last day may be worked or off: both rows are an end.
        let (off, worked) = (days * wide, (days + 1) * wide);
        let mut best = None;
        for slots in window.least..=window.most {
            let value = self.rested[off + slots].max(self.rested[worked + slots]);
            if value > best.map_or(NEVER, |(most, _)| most) {
                best = Some((value, slots));
            }
        }
        best
    }

    /// The line that [`Pricer::best`] found.
    pub(super) fn line(&mut self, worth: &Worth, window: &Window, slots: usize) -> Option<Line> {
        let days = window.days();
        let wide = window.most + 1;
        let mut line = Vec::new();
        let mut slots = slots;
        let mut row = if self.rested[days * wide + slots] >= self.rested[(days + 1) * wide + slots]
        {
            days
        } else {
            days + 1
        };
        while row > 0 {
            let value = self.rested[row * wide + slots];
            if row <= days && self.rested[(row - 1) * wide + slots] == value {
                row -= 1;
                continue;
            }
            // A run that ended on day row - 2.
            let (run, over, before) = (1..=RUN.min(row - 1)).find_map(|run| {
                let day = row - 1 - run;
                if !window.fits(window.first + day, run) {
                    return None;
                }
                (0..width(run)).find_map(|over| {
                    let before = slots.checked_sub(run * SHORTEST + over)?;
                    let old = self.rested[day * wide + before];
                    let gain = self.runs[(day * RUN + run - 1) * WIDEST + over];
                    (old > NEVER && old + gain == value).then_some((run, over, before))
                })
            })?;
            let day = window.first + row - 1 - run;
            self.unroll(worth, window, day, run, over, &mut line)?;
            row -= run + 1;
            slots = before;
        }
        line.reverse();
        Some(line)
    }

    fn unroll(
        &mut self,
        worth: &Worth,
        window: &Window,
        from: usize,
        run: usize,
        over: usize,
        line: &mut Line,
    ) -> Option<()> {
        let done = self.chain(from, window);
        let mut over = over;
        let mut gate = GATES - 1;
        for step in (1..=run).rev() {
            let day = from + step - 1;
            // The last day of the longest run has no gates.
            let row = if step == done { 0 } else { gate };
            let value = self.ended[step - 1][row * width(step) + over];
            let shifts = window.shifts_of(&self.shifts, day);
            let (place, length) = (0..STARTS).find_map(|place| {
                (0..LENGTHS.min(over + 1)).find_map(|length| {
                    let gain = shifts[place * LENGTHS + length];
                    let fits = gain > NEVER
                        && GATE_OF_END[START[place] + SHORTEST + length] <= gate
                        && window.allows(day, place, length, step);
                    if !fits {
                        return None;
                    }
                    let before = over - length;
                    let total = match step {
                        1 if before > 0 => return None,
                        1 => gain,
                        _ if before >= width(step - 1) => return None,
                        _ => self.ended[step - 2][place * width(step - 1) + before] + gain,
                    };
                    (total == value).then_some((place, length))
                })
            })?;
            let at = day * DAY + START[place];
            let tasks = worth.place(at, SHORTEST + length)?;
            line.push(Shift { start: at - OPENING, tasks });
            over -= length;
            gate = place;
        }
        Some(())
    }
}
