//! Paths of one person with their limits priced instead of kept (Lagrange; Held & Karp 1971): what is left is a path
//! over days and runs alone, quick to solve, and its least cost is a bound for the limited one.

use super::levels::Levels;
use super::lines::{DayCosts, Limits, Path};

/// Steps of improving the prices of limits in haste.
pub(super) const HASTY_STEPS: usize = 6;
/// No way on.
pub(super) const NEVER: i64 = 1 << 60;
/// Counts of shifts that a label follows.
pub(super) const FOLLOWED: usize = 8;
/// Limits beside those on types of shifts: most time, least time and weekends.
const LIMITS: usize = 3;
/// Halvings for the price of time.
const HALVINGS: usize = 14;

/// Prices of the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Multipliers {
    /// Of a step of time: above 0 where there is too much, below where too little.
    time: i64,
    /// Of a weekend.
    pub(super) weekend: i64,
    /// Of each type of shift.
    shifts: Vec<i64>,
}

/// What a path uses.
pub(super) struct Use {
    time: i64,
    weekends: i64,
    shifts: Vec<i64>,
}

/// What came of pricing the limits.
pub(super) struct Settled {
    /// No path that keeps the limits costs less.
    pub(super) least: i64,
    /// The prices that show it.
    pub(super) multipliers: Multipliers,
    /// Shifts that were worked too often at some prices.
    pub(super) followed: Vec<usize>,
    /// Paths met that keep the limits, with their cost.
    pub(super) paths: Vec<(i64, Path)>,
}

/// Shifts that the same shifts may follow.
struct After {
    shifts: Vec<usize>,
    next: Vec<usize>,
}

/// One person's days, for paths with their limits priced.
pub(super) struct Search<'a> {
    pub(super) limits: &'a Limits,
    costs: &'a DayCosts,
    levels: Levels,
    after: Vec<After>,
    /// Time that may be worked by the end of each day, from and up to below.
    pub(super) useful: Vec<(usize, usize)>,
}

/// A bound for the cheapest path, with the path that shows it.
pub(super) struct Below {
    /// No path costs less.
    pub(super) least: i64,
    /// A path that costs so little at the prices of the limits, and may break them.
    pub(super) path: Path,
    /// How far it goes beyond each limit: most and least time in shifts, weekends, and shifts of each type.
    pub(super) beyond: Vec<f64>,
}

/// Prices of the limits at these costs, as [`below`] takes them: that of time found by halving, the others by a few
/// steps beside it; none where there is no path.
pub(super) fn own_prices(limits: &Limits, costs: &DayCosts) -> Option<Vec<i64>> {
    let dearest = costs.iter().flatten().flatten().map(|cost| cost.abs()).max().unwrap_or(0);
    let mut own = vec![0; LIMITS + limits.shifts.len()];
    let free = below(limits, costs, &own)?;
    if let Some(time) = (0..2).find(|&time| free.beyond[time] > 0.0) {
        let (mut low, mut high) = (0, 2 * dearest);
        let mut best = (free.least, 0);
        for _ in 0..HALVINGS {
            own[time] = low + ((high - low) >> 1);
            let tried = below(limits, costs, &own)?;
            best = best.max((tried.least, own[time]));
            *(if tried.beyond[time] > 0.0 { &mut low } else { &mut high }) = own[time];
        }
        own[time] = best.1;
    }
    let mut stride = dearest >> 4;
    let mut known = below(limits, costs, &own)?;
    for _ in 0..HASTY_STEPS {
        let mut moved = own.clone();
        for (price, &beyond) in moved.iter_mut().zip(&known.beyond).skip(2) {
            *price = (*price + if beyond > 0.0 { stride } else { -stride }).max(0);
        }
        let tried = below(limits, costs, &moved)?;
        if tried.least > known.least {
            (known, own) = (tried, moved);
        } else {
            stride >>= 1;
        }
    }
    Some(own)
}

/// A bound for the cheapest path where going beyond each limit costs so much; none where there is no path.
pub(super) fn below(limits: &Limits, costs: &DayCosts, own: &[i64]) -> Option<Below> {
    let search = Search::of(limits, costs);
    let price = |limit: usize| own.get(limit).copied().unwrap_or(0).max(0);
    let longest = whole(limits.steps.iter().copied().max().unwrap_or(1).max(1));
    let shifts = limits.shifts.len();
    let multipliers = Multipliers {
        time: (price(0) - price(1)).div_euclid(longest),
        weekend: price(2),
        shifts: (0..shifts).map(|shift| price(LIMITS + shift)).collect(),
    };
    let (least, path) = search.relaxed(&multipliers, &search.later(&multipliers))?;
    let used = search.used(&path);
    let most = whole(limits.most_steps);
    let time = [used.time - most, whole(limits.least_steps) - used.time];
    let time = time.map(|steps| real(steps) / real(longest));
    let weekends = real(used.weekends - whole(limits.most_weekends));
    let counts = used.shifts.iter().zip(&limits.most_of);
    let counts = counts.map(|(&count, &most)| real(count - whole(most)));
    let beyond = time.into_iter().chain([weekends]).chain(counts).collect();
    Some(Below { least, path, beyond })
}

pub(super) fn keep(paths: &mut Vec<(i64, Path)>, cost: i64, path: Path) {
    if paths.iter().all(|(_, known)| known.days != path.days) {
        paths.push((cost, path));
    }
}

impl Multipliers {
    fn is_free(&self) -> bool {
        self.time == 0 && self.weekend == 0 && self.shifts.iter().all(|&price| price == 0)
    }
}

impl<'a> Search<'a> {
    pub(super) fn of(limits: &'a Limits, costs: &'a DayCosts) -> Search<'a> {
        let mut after: Vec<After> = Vec::new();
        for shift in 0..limits.shifts.len() {
            let next: Vec<usize> =
                (0..limits.shifts.len()).filter(|&next| limits.may_follow[shift][next]).collect();
            match after.iter_mut().find(|group| group.next == next) {
                Some(group) => group.shifts.push(shift),
                None => after.push(After { shifts: vec![shift], next }),
            }
        }
        let (levels, useful) = (Levels::of(limits), limits.useful_steps());
        Search { limits, costs, levels, after, useful }
    }

    /// Price the limits in so many steps; none where there is no path at all.
    pub(super) fn settled(&self, steps: usize) -> Option<Settled> {
        let shifts = self.limits.shifts.len();
        let mut multipliers = Multipliers { time: 0, weekend: 0, shifts: vec![0; shifts] };
        let mut best: Option<(i64, Multipliers)> = None;
        let mut paths: Vec<(i64, Path)> = Vec::new();
        let mut followed = vec![false; shifts];
        let mut stride = (self.typical_cost() >> 2) + 1;
        for step in 0..steps {
            let later = self.later(&multipliers);
            let (value, path) = self.relaxed(&multipliers, &later)?;
            let used = self.used(&path);
            for (shift, &count) in used.shifts.iter().enumerate() {
                followed[shift] |= count > whole(self.limits.most_of[shift]);
            }
            let is_kept = self.keeps(&used);
            if is_kept {
                keep(&mut paths, self.cost(&path), path);
            }
            let is_better = best.as_ref().is_none_or(|(known, _)| value > *known);
            if is_better {
                best = Some((value, multipliers.clone()));
            } else if step % 3 == 2 {
                stride = (stride >> 1).max(1);
                if let Some((_, known)) = &best {
                    multipliers.clone_from(known);
                }
            }
            // A path that keeps every limit and pays for none is the best there is.
            if is_kept && multipliers.is_free() {
                break;
            }
            self.climb(&mut multipliers, &used, stride);
        }
        let (least, multipliers) = best?;
        let followed = (0..shifts).filter(|&it| followed[it]).take(FOLLOWED).collect();
        Some(Settled { least, multipliers, followed, paths })
    }

    /// What a day's choice matters, on the mean.
    #[expect(clippy::integer_division, reason = "a mean, roughly")]
    fn typical_cost(&self) -> i64 {
        let spread = |day: &Vec<Option<i64>>| {
            let least = day.iter().flatten().min().copied().unwrap_or(0);
            let most = day.iter().flatten().max().copied().unwrap_or(0);
            most - least
        };
        self.costs.iter().map(spread).sum::<i64>() / whole(self.limits.days.max(1))
    }

    /// Cost of a shift with its limits priced; the weekend apart.
    pub(super) fn priced(
        &self,
        day: usize,
        shift: usize,
        multipliers: &Multipliers,
    ) -> Option<i64> {
        let cost = self.costs[day][shift]?;
        if shift == self.limits.shifts.len() {
            return Some(cost);
        }
        let time = multipliers.time * whole(self.limits.steps[shift]);
        Some(cost + time + multipliers.shifts[shift])
    }

    /// What the days after each one cost at least from each node on, limits priced.
    pub(super) fn later(&self, multipliers: &Multipliers) -> Vec<Vec<i64>> {
        let nodes = self.levels.nodes();
        let days = self.limits.days;
        let mut later = vec![vec![0; nodes]; days];
        for day in (0..days.saturating_sub(1)).rev() {
            let (now, next) = later.split_at_mut(day + 1);
            self.one_earlier(day, multipliers, &mut now[day], &next[0]);
        }
        later
    }

    fn one_earlier(&self, day: usize, multipliers: &Multipliers, now: &mut [i64], next: &[i64]) {
        let levels = &self.levels;
        let shifts = self.limits.shifts.len();
        now.fill(NEVER);
        let tomorrow = day + 1;
        let off = self.priced(tomorrow, shifts, multipliers);
        let costs: Vec<i64> = (0..shifts)
            .map(|shift| self.priced(tomorrow, shift, multipliers).unwrap_or(NEVER))
            .collect();
        let to_rest = off.map_or(NEVER, |cost| cost + next[levels.rest(1)]);
        let saturday = if tomorrow % 7 == 5 { multipliers.weekend } else { 0 };
        let fresh = if tomorrow % 7 >= 5 { multipliers.weekend } else { 0 };
        for level in 0..levels.count() {
            let ends = if levels.may_end(level) { to_rest } else { NEVER };
            let on = levels.next(level);
            for group in &self.after {
                let mut least = ends;
                if let Some(on) = on {
                    let work =
                        |&shift: &usize| costs[shift] + saturday + next[levels.work(on, shift)];
                    least = least.min(group.next.iter().map(work).min().unwrap_or(NEVER));
                }
                for &shift in &group.shifts {
                    now[levels.work(level, shift)] = least.min(NEVER);
                }
            }
        }
        for rested in 1..=levels.least_rest {
            let longer = (rested + 1).min(levels.least_rest);
            let mut least = off.map_or(NEVER, |cost| cost + next[levels.rest(longer)]);
            if rested == levels.least_rest && self.limits.most_run > 0 {
                let work = |shift: usize| costs[shift] + fresh + next[levels.work(0, shift)];
                least = least.min((0..shifts).map(work).min().unwrap_or(NEVER));
            }
            now[levels.rest(rested)] = least.min(NEVER);
        }
    }

    /// Nodes of the first day with their shift.
    pub(super) fn starts(&self) -> Vec<(usize, usize)> {
        let shifts = self.limits.shifts.len();
        let mut starts = vec![(self.levels.rest(self.levels.least_rest), shifts)];
        if self.limits.most_run > 0 {
            let start = self.levels.start();
            starts.extend((0..shifts).map(|shift| (self.levels.work(start, shift), shift)));
        }
        starts
    }

    /// Nodes of the next day with their shift and whether a weekend begins.
    pub(super) fn nexts(
        &self,
        tomorrow: usize,
        node: usize,
        each: &mut impl FnMut(usize, usize, bool),
    ) {
        let levels = &self.levels;
        let shifts = self.limits.shifts.len();
        let works = levels.count() * shifts;
        if node < works {
            #[expect(clippy::integer_division, reason = "a node's level")]
            let (level, shift) = (node / shifts, node % shifts);
            if levels.may_end(level) {
                each(levels.rest(1), shifts, false);
            }
            if let Some(on) = levels.next(level) {
                for next in (0..shifts).filter(|&next| self.limits.may_follow[shift][next]) {
                    each(levels.work(on, next), next, tomorrow % 7 == 5);
                }
            }
            return;
        }
        let rested = node - levels.rest(1) + 1;
        each(levels.rest((rested + 1).min(levels.least_rest)), shifts, false);
        if rested == levels.least_rest && self.limits.most_run > 0 {
            for next in 0..shifts {
                each(levels.work(0, next), next, tomorrow % 7 >= 5);
            }
        }
    }

    /// The least cost with limits priced, and a path that has it.
    fn relaxed(&self, multipliers: &Multipliers, later: &[Vec<i64>]) -> Option<(i64, Path)> {
        let first = |&(node, shift): &(usize, usize)| {
            self.priced(0, shift, multipliers).map(|cost| (cost + later[0][node], node, shift))
        };
        let (value, mut node, shift) = self.starts().iter().filter_map(first).min()?;
        if value >= NEVER {
            return None;
        }
        let mut days = vec![shift];
        for (tomorrow, later) in later.iter().enumerate().skip(1) {
            let mut best: Option<(i64, usize, usize)> = None;
            self.nexts(tomorrow, node, &mut |to, shift, weekend| {
                if let Some(cost) = self.priced(tomorrow, shift, multipliers) {
                    let weekend = if weekend { multipliers.weekend } else { 0 };
                    let found = (cost + weekend + later[to], to, shift);
                    if best.is_none_or(|best| found < best) {
                        best = Some(found);
                    }
                }
            });
            let (_, to, shift) = best?;
            node = to;
            days.push(shift);
        }
        Some((value - self.allowed(multipliers), Path { days }))
    }

    /// What the limits themselves are worth at their prices.
    fn allowed(&self, multipliers: &Multipliers) -> i64 {
        let time =
            if multipliers.time > 0 { self.limits.most_steps } else { self.limits.least_steps };
        let shifts = multipliers.shifts.iter().zip(&self.limits.most_of);
        multipliers.time * whole(time)
            + multipliers.weekend * whole(self.limits.most_weekends)
            + shifts.map(|(price, &most)| price * whole(most)).sum::<i64>()
    }

    pub(super) fn used(&self, path: &Path) -> Use {
        let mut used = Use { time: 0, weekends: 0, shifts: vec![0; self.limits.shifts.len()] };
        let is_work = |day: usize| path.days[day] < self.limits.shifts.len();
        for (day, &shift) in path.days.iter().enumerate().filter(|(day, _)| is_work(*day)) {
            used.time += whole(self.limits.steps[shift]);
            used.shifts[shift] += 1;
            let begins = day % 7 == 5 || (day % 7 == 6 && !is_work(day - 1));
            used.weekends += i64::from(begins);
        }
        used
    }

    pub(super) fn keeps(&self, used: &Use) -> bool {
        let limits = self.limits;
        let time = whole(limits.least_steps)..=whole(limits.most_steps);
        time.contains(&used.time)
            && used.weekends <= whole(limits.most_weekends)
            && used.shifts.iter().zip(&limits.most_of).all(|(&count, &most)| count <= whole(most))
    }

    pub(super) fn cost(&self, path: &Path) -> i64 {
        let of = |(day, &shift): (usize, &usize)| self.costs[day][shift].unwrap_or(NEVER);
        path.days.iter().enumerate().map(of).sum()
    }

    /// Make what is used too much dearer, and what is used less than it may cheaper (subgradient).
    #[expect(clippy::integer_division, reason = "prices are whole")]
    fn climb(&self, multipliers: &mut Multipliers, used: &Use, stride: i64) {
        let limits = self.limits;
        let longest = whole(limits.steps.iter().copied().max().unwrap_or(1).max(1));
        let (least, most) = (whole(limits.least_steps), whole(limits.most_steps));
        // In shifts, so that a stride means the same for time, weekends and counts.
        let beyond = if used.time > most || multipliers.time > 0 {
            used.time - most
        } else if used.time < least || multipliers.time < 0 {
            used.time - least
        } else {
            0
        };
        let shifts = beyond.signum() * (beyond.abs() + longest - 1).div_euclid(longest).min(8);
        let moved = multipliers.time + stride * shifts / (2 * longest);
        // Through 0 only by way of 0: the other limit is another price.
        multipliers.time = if moved.signum() * multipliers.time.signum() < 0 { 0 } else { moved };
        let weekends = (used.weekends - whole(limits.most_weekends)).clamp(-4, 4);
        multipliers.weekend = (multipliers.weekend + stride * weekends / 2).max(0);
        for (shift, price) in multipliers.shifts.iter_mut().enumerate() {
            let beyond = (used.shifts[shift] - whole(limits.most_of[shift])).clamp(-4, 4);
            *price = (*price + stride * beyond / 4).max(0);
        }
    }
}

#[expect(clippy::cast_possible_wrap, reason = "days and steps of time are few")]
fn whole(value: usize) -> i64 {
    value as i64
}

#[expect(clippy::cast_precision_loss, reason = "days and steps of time are few")]
fn real(value: i64) -> f64 {
    value as f64
}
