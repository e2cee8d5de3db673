//! Where a fixing decides most of a person's days: the whole weeks around those that are still open, with limits
//! less what is worked outside. What remains is short, so that the exact search of a few weeks serves a year.
//!
//! Inside are, beside the open days, the run that each end of them touches and a day of the run beyond. A run that
//! touches an end of the horizon may be short; so no run that the open days decide touches an end of the window
//! unless it touches one of the horizon.

use super::lines::{DayCosts, Limits, Path};

/// The open weeks of one person.
pub(super) struct Window {
    from: usize,
    to: usize,
    /// What is left of the limits there.
    pub(super) limits: Limits,
    /// What the days outside cost.
    pub(super) cost_outside: i64,
    /// Shift of each day that is decided.
    decided: Vec<usize>,
}

/// What is decided leaves no path at all.
pub(super) struct NoPath;

impl Window {
    /// The open weeks at these costs; none where they are the whole horizon.
    pub(super) fn of(limits: &Limits, costs: &DayCosts) -> Option<Result<Window, NoPath>> {
        let only: Vec<Option<usize>> = costs.iter().map(|day| only_choice(day)).collect();
        let first = only.iter().position(Option::is_none).unwrap_or(0);
        let last = only.iter().rposition(Option::is_none).unwrap_or(first);
        let works = |day: usize| only[day].is_some_and(|shift| shift < limits.shifts.len());
        let mut from = first;
        while from > 0 && works(from - 1) == works(first - 1) {
            from -= 1;
        }
        let mut to = last + 1;
        while to < limits.days && works(to) == works(last + 1) {
            to += 1;
        }
        let from = from.saturating_sub(1);
        let from = from - from % 7;
        let to = (to + 1).next_multiple_of(7).min(limits.days);
        if (from, to) == (0, limits.days) {
            return None;
        }
        let decided: Vec<usize> = only.iter().map(|only| only.unwrap_or(0)).collect();
        let keeps = keeps_runs(limits, &decided[..first], End::Horizon, End::Open)
            && keeps_runs(limits, &decided[last + 1..], End::Open, End::Horizon);
        let window = Window::within(limits, costs, decided, from, to).filter(|_| keeps);
        Some(window.ok_or(NoPath))
    }

    fn within(
        limits: &Limits,
        costs: &DayCosts,
        decided: Vec<usize>,
        from: usize,
        to: usize,
    ) -> Option<Window> {
        let works = |day: usize| decided[day] < limits.shifts.len();
        let outside = || (0..from).chain(to..limits.days);
        let mut inner =
            Limits { days: to - from, costs: limits.costs[from..to].to_vec(), ..limits.clone() };
        let mut cost_outside = 0;
        let mut steps = 0;
        for day in outside() {
            cost_outside += costs[day][decided[day]]?;
            if works(day) {
                steps += limits.steps[decided[day]];
                let most = &mut inner.most_of[decided[day]];
                *most = most.checked_sub(1)?;
                let begins = day % 7 == 5 || (day % 7 == 6 && !works(day - 1));
                if begins {
                    inner.most_weekends = inner.most_weekends.checked_sub(1)?;
                }
            }
        }
        inner.least_steps = inner.least_steps.saturating_sub(steps);
        let longest = limits.steps.iter().copied().max().unwrap_or(0);
        inner.most_steps = inner.most_steps.checked_sub(steps)?.min(inner.days * longest);
        inner.most_weekends = inner.most_weekends.min(inner.days.div_ceil(7));
        inner.most_of.iter_mut().for_each(|most| *most = (*most).min(inner.days));
        inner.most_run = inner.most_run.min(inner.days);
        inner.least_rest = inner.least_rest.min(inner.days);
        Some(Window { from, to, limits: inner, cost_outside, decided })
    }

    /// Costs of the open weeks.
    pub(super) fn inside<'c>(&self, costs: &'c DayCosts) -> &'c DayCosts {
        &costs[self.from..self.to]
    }

    /// A path of the open weeks with the days outside.
    pub(super) fn whole(&self, inside: &Path) -> Path {
        let mut days = self.decided.clone();
        days[self.from..self.to].copy_from_slice(&inside.days);
        Path { days }
    }
}

/// The one choice of a day that has no other.
fn only_choice(day: &[Option<i64>]) -> Option<usize> {
    let mut may = (0..day.len()).filter(|&shift| day[shift].is_some());
    let only = may.next();
    if may.next().is_none() { only } else { None }
}

/// What decided days border on: a run there may be short, or is judged with the open days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Horizon,
    Open,
}

/// Whether decided days keep to successions and runs, those that border on open days apart.
fn keeps_runs(limits: &Limits, days: &[usize], before: End, after: End) -> bool {
    let works = |shift: &usize| *shift < limits.shifts.len();
    let follows = |pair: &[usize]| {
        !works(&pair[0]) || !works(&pair[1]) || limits.may_follow[pair[0]][pair[1]]
    };
    let mut start = 0;
    let mut keeps = days.windows(2).all(follows);
    for run in days.chunk_by(|one, next| works(one) == works(next)) {
        let (is_first, is_last) = (start == 0, start + run.len() == days.len());
        start += run.len();
        if (is_first && before == End::Open) || (is_last && after == End::Open) {
            continue;
        }
        let is_works = works(&run[0]);
        let least = if is_works { limits.least_run } else { limits.least_rest };
        keeps &= is_first || is_last || run.len() >= least;
        keeps &= !is_works || run.len() <= limits.most_run;
    }
    keeps
}
