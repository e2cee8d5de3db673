//! A roster judged on its days alone, sharing nothing with the search.

use super::{Days, Instance, Person};

/// What a roster comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Its cost: wishes and cover.
    pub cost: i64,
    /// Hard rules it breaks, in words.
    pub breaks: Vec<String>,
}

/// Judge a roster: one list of days a person, in the order of people.
#[must_use]
pub fn judge(instance: &Instance, roster: &[Days]) -> Judged {
    let mut judged = Judged::default();
    if roster.len() != instance.people.len() {
        judged.breaks.push(format!("{} people, not {}", roster.len(), instance.people.len()));
        return judged;
    }
    for (person, days) in instance.people.iter().zip(roster) {
        let is_known = |shift: &Option<usize>| shift.is_none_or(|it| it < instance.shifts.len());
        if days.len() != instance.days || !days.iter().all(is_known) {
            judged.breaks.push(format!("{}: not a roster of these days", person.name));
            return judged;
        }
        let broken = broken(instance, person, days);
        judged.breaks.extend(broken.into_iter().map(|what| format!("{}: {what}", person.name)));
        judged.cost += wishes_missed(person, days);
    }
    for cover in &instance.cover {
        let present = roster.iter().filter(|days| days[cover.day] == Some(cover.shift)).count();
        let present = i64::try_from(present).unwrap_or(i64::MAX);
        judged.cost += cover.under * (cover.wanted - present).max(0);
        judged.cost += cover.over * (present - cover.wanted).max(0);
    }
    judged
}

fn wishes_missed(person: &Person, days: &Days) -> i64 {
    let on = person.wishes_on.iter().filter(|((day, shift), _)| days[*day] != Some(*shift));
    let off = person.wishes_off.iter().filter(|((day, shift), _)| days[*day] == Some(*shift));
    on.chain(off).map(|(_, weight)| weight).sum()
}

/// Hard rules that one person's days break.
fn broken(instance: &Instance, person: &Person, days: &Days) -> Vec<String> {
    let mut broken = Vec::new();
    for &day in person.days_off.iter().filter(|&&day| days[day].is_some()) {
        broken.push(format!("works on day {day}, a day off"));
    }
    for (day, pair) in days.windows(2).enumerate() {
        if let [Some(one), Some(next)] = *pair
            && instance.shifts[one].forbidden_next.contains(&next)
        {
            broken.push(format!("day {day}: {next} after {one}"));
        }
    }
    for (shift, &most) in person.most_of.iter().enumerate() {
        let worked = days.iter().filter(|&&it| it == Some(shift)).count();
        if i64::try_from(worked).unwrap_or(i64::MAX) > most {
            broken.push(format!("{worked} shifts {shift}, more than {most}"));
        }
    }
    let minutes: i64 = days.iter().flatten().map(|&shift| instance.shifts[shift].minutes).sum();
    if !(person.least_minutes..=person.most_minutes).contains(&minutes) {
        broken.push(format!("{minutes} minutes"));
    }
    broken.extend(broken_runs(person, days));
    let weekends = (5..days.len())
        .step_by(7)
        .filter(|&day| days[day].is_some() || days.get(day + 1).is_some_and(Option::is_some))
        .count();
    if weekends > person.most_weekends {
        broken.push(format!("{weekends} weekends"));
    }
    broken
}

fn broken_runs(person: &Person, days: &Days) -> Vec<String> {
    let mut broken = Vec::new();
    let mut start = 0;
    for run in days.chunk_by(|one, next| one.is_some() == next.is_some()) {
        let is_inside = start > 0 && start + run.len() < days.len();
        if run[0].is_some() {
            if run.len() > person.most_run {
                broken.push(format!("day {start}: {} shifts in a row", run.len()));
            }
            if is_inside && run.len() < person.least_run {
                broken.push(format!("day {start}: only {} shifts in a row", run.len()));
            }
        } else if is_inside && run.len() < person.least_rest {
            broken.push(format!("day {start}: only {} days off in a row", run.len()));
        }
        start += run.len();
    }
    broken
}
