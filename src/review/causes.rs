//! Which lines of a plan make it hard: where and how often, never whose.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::duty::{Activity, Duty};
use crate::roster::Roster;
use crate::routing::Routing;
use crate::scenario::Scenario;
use crate::strain::line::{QUICK_RETURN, longest_stretch};
use crate::strain::{Threshold, duty_risks, model};
use crate::units::{Minutes, Moment};

/// One place in a plan that adds to strain.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The component it adds to.
    pub component: &'static str,
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
    /// Whether whole days are meant, not hours.
    pub is_days: bool,
    /// The tier or the queue it is about, where it is about one.
    pub about: Option<String>,
    /// How many duties, rests or hours.
    pub count: usize,
    /// The worst figure among them, in the component's unit.
    pub worst: f64,
}

/// The places that add to strain, by component, the most frequent first. Without a routing, only what lines show.
#[must_use]
pub fn causes(
    roster: &Roster,
    calendar: &Calendar,
    routed: Option<(&Routing, &Scenario)>,
) -> Vec<Cause> {
    let mut all = quick_returns(roster, calendar);
    all.extend(stretches(roster, calendar));
    all.extend(timing(roster, calendar));
    if let Some((routing, scenario)) = routed {
        all.extend(busy_hours(routing, scenario));
        all.extend(hard_queues(routing, scenario));
    }
    let place =
        |cause: &Cause| model().components.iter().position(|part| part.name == cause.component);
    all.sort_by_key(|cause| (place(cause), Reverse(cause.count), cause.from));
    all
}

fn threshold(name: &str) -> &'static Threshold {
    model().components.iter().find(|part| part.name == name).expect("the shipped model names it")
}

/// Places by the day they begin on, each with how often and the worst figure.
struct Days<'a> {
    calendar: &'a Calendar,
    found: BTreeMap<(Moment, Moment), (usize, f64)>,
}

impl<'a> Days<'a> {
    fn new(calendar: &'a Calendar) -> Days<'a> {
        Days { calendar, found: BTreeMap::new() }
    }

    /// Count a figure on the days from one moment to another.
    fn add(&mut self, from: Moment, to: Moment, figure: f64, is_worse: fn(f64, f64) -> bool) {
        let open = |moment: Moment| {
            let date = self.calendar.local(moment).date;
            self.calendar.at(date, crate::calendar::ClockTime(0))
        };
        let place = self.found.entry((open(from), open(to))).or_insert((0, figure));
        place.0 += 1;
        if is_worse(figure, place.1) {
            place.1 = figure;
        }
    }

    fn causes(self, component: &'static str) -> impl Iterator<Item = Cause> {
        self.found.into_iter().map(move |((from, to), (count, worst))| Cause {
            component,
            from,
            to,
            is_days: true,
            about: None,
            count,
            worst,
        })
    }
}

fn quick_returns(roster: &Roster, calendar: &Calendar) -> Vec<Cause> {
    let mut days = Days::new(calendar);
    for line in &roster.lines {
        let mut sorted: Vec<&Duty> = line.duties.iter().collect();
        sorted.sort_by_key(|duty| duty.start());
        for pair in sorted.windows(2) {
            let rest = pair[1].start().since(pair[0].end());
            if rest < QUICK_RETURN {
                days.add(pair[0].start(), pair[1].start(), rest.in_hours(), |new, old| new < old);
            }
        }
    }
    days.causes("quick_returns").collect()
}

fn stretches(roster: &Roster, calendar: &Calendar) -> Vec<Cause> {
    let mut days = Days::new(calendar);
    for duty in roster.lines.iter().flat_map(|line| &line.duties) {
        let stretch = longest_stretch(duty).real();
        if stretch > threshold("stretch").amber {
            days.add(duty.start(), duty.start(), stretch, |new, old| new > old);
        }
    }
    days.causes("stretch").collect()
}

fn timing(roster: &Roster, calendar: &Calendar) -> Vec<Cause> {
    let mut days = Days::new(calendar);
    for line in &roster.lines {
        for (duty, risk) in line.duties.iter().zip(duty_risks(line, calendar)) {
            if risk > threshold("timing").red {
                days.add(duty.start(), duty.start(), risk, |new, old| new > old);
            }
        }
    }
    days.causes("timing").collect()
}

/// Runs of hours in which a tier is planned busier than amber.
fn busy_hours(routing: &Routing, scenario: &Scenario) -> Vec<Cause> {
    let calendar = &scenario.calendar;
    let mut by_tier: BTreeMap<crate::id::TierId, Vec<f64>> = BTreeMap::new();
    for (pool, row) in scenario.pools.iter().zip(&routing.occupancy) {
        let busiest = by_tier.entry(pool.tier).or_insert_with(|| vec![0.0; calendar.intervals()]);
        for (most, own) in busiest.iter_mut().zip(row) {
            *most = own.unwrap_or(0.0).max(*most);
        }
    }
    let mut causes = Vec::new();
    for (tier, busiest) in by_tier {
        let mut open: Option<Cause> = None;
        for (interval, &occupancy) in busiest.iter().enumerate() {
            let slot = calendar.interval(interval);
            let is_high = occupancy >= threshold("occupancy").amber;
            let goes_on = |cause: &Cause| {
                is_high
                    && cause.to == slot.start
                    && calendar.day_at(cause.from) == calendar.day_at(slot.start)
            };
            if open.as_ref().is_some_and(|cause| !goes_on(cause)) {
                causes.extend(open.take());
            }
            if is_high {
                let cause = open.get_or_insert_with(|| Cause {
                    component: "occupancy",
                    from: slot.start,
                    to: slot.end,
                    is_days: false,
                    about: Some(scenario.tier(tier).title.clone()),
                    count: 0,
                    worst: 0.0,
                });
                cause.to = slot.end;
                cause.count += 1;
                cause.worst = cause.worst.max(occupancy);
            }
        }
        causes.extend(open);
    }
    causes
}

/// Queues by the difficult contacts they are expected to bring.
fn hard_queues(routing: &Routing, scenario: &Scenario) -> Vec<Cause> {
    let horizon = scenario.calendar.horizon();
    let mut by_queue: BTreeMap<crate::id::QueueId, f64> = BTreeMap::new();
    for flow in &routing.flows {
        let queue = scenario.stream(flow.stream).queue;
        let contacts: f64 = flow.contacts.iter().map(|contacts| contacts.0).sum();
        *by_queue.entry(queue).or_default() += contacts * scenario.queue(queue).difficult.value();
    }
    let hard = by_queue.into_iter().filter(|(_, contacts)| *contacts >= 1.0);
    hard.map(|(queue, contacts)| Cause {
        component: "difficult",
        from: horizon.start,
        to: horizon.end - Minutes(1),
        is_days: true,
        about: Some(scenario.queue(queue).title.clone()),
        count: whole(contacts),
        worst: contacts,
    })
    .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "contacts of a horizon are positive and far below 2^52"
)]
fn whole(contacts: f64) -> usize {
    contacts.round().max(0.0) as usize
}

/// Minutes of break and meal that fall on each step of the clock, over all days: when breaks lie.
#[must_use]
pub fn breaks_by_clock(roster: &Roster, calendar: &Calendar, step: Minutes) -> Vec<f64> {
    let steps = usize::try_from((24 * 60_i64).div_euclid(step.0.max(1))).unwrap_or(0);
    let mut minutes = vec![0.0; steps];
    let pauses = roster.lines.iter().flat_map(crate::duty::Line::blocks);
    for block in pauses.filter(|block| matches!(block.activity, Activity::Break | Activity::Meal)) {
        let mut at = block.span.start;
        while at < block.span.end {
            let clock = i64::from(calendar.local(at).clock.0);
            let place = usize::try_from(clock.div_euclid(step.0.max(1))).unwrap_or(0);
            // To the end of the step on the clock, or of the block.
            let next = (at + (step - Minutes(clock.rem_euclid(step.0.max(1))))).min(block.span.end);
            if let Some(sum) = minutes.get_mut(place) {
                *sum += next.since(at).real();
            }
            at = next;
        }
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::duty::{Block, Line};
    use crate::id::{AgentId, Id};
    use crate::units::Span;

    fn week() -> Calendar {
        Calendar::new("Europe/Dublin", Date::parse("2026-11-30").unwrap(), 7, Minutes(30)).unwrap()
    }

    fn duty(start: i64, blocks: &[(Activity, i64)]) -> Duty {
        let mut at = Moment(start);
        let blocks = blocks.iter().map(|&(activity, length)| {
            let span = Span::new(at, at + Minutes(length));
            at = span.end;
            Block { span, activity, paid: true, detail: String::new() }
        });
        Duty { blocks: blocks.collect() }
    }

    fn roster(lines: Vec<Vec<Duty>>) -> Roster {
        let lines = lines.into_iter().enumerate();
        let line = |(who, duties)| Line { duties, ..Line::empty(AgentId::at(who)) };
        Roster { lines: lines.map(line).collect() }
    }

    /// Three people come back after nine hours from Tuesday to Wednesday.
    #[test]
    fn quick_returns_are_counted_by_the_days_they_lie_between() {
        let late = || duty(1440 + 14 * 60, &[(Activity::OnQueue, 480)]);
        let early = || duty(2 * 1440 + 7 * 60, &[(Activity::OnQueue, 480)]);
        let found = causes(&roster(vec![vec![late(), early()]; 3]), &week(), None);
        let returns: Vec<&Cause> =
            found.iter().filter(|it| it.component == "quick_returns").collect();
        assert_eq!(returns.len(), 1);
        assert_eq!((returns[0].count, returns[0].worst), (3, 9.0));
        assert_eq!(week().label(returns[0].from).get(..3), Some("Tue"));
        assert_eq!(week().label(returns[0].to).get(..3), Some("Wed"));
    }

    #[test]
    fn ninety_minutes_at_the_screen_are_no_cause_and_a_minute_more_is() {
        use Activity::{Break, OnQueue};
        let day = |first| vec![duty(540, &[(OnQueue, first), (Break, 10), (OnQueue, 60)])];
        let stretches = |first| {
            let found = causes(&roster(vec![day(first)]), &week(), None);
            found.iter().filter(|it| it.component == "stretch").count()
        };
        assert_eq!((stretches(90), stretches(91)), (0, 1));
    }

    #[test]
    fn breaks_are_laid_on_the_clock_minute_by_minute() {
        use Activity::{Break, Meal, OnQueue};
        let day =
            duty(540, &[(OnQueue, 50), (Break, 20), (OnQueue, 110), (Meal, 30), (OnQueue, 60)]);
        let clock = breaks_by_clock(&roster(vec![vec![day]]), &week(), Minutes(30));
        // The break from 09:50 to 10:10, the meal from 12:00 to 12:30.
        assert_eq!((clock[19], clock[20], clock[24]), (10.0, 10.0, 30.0));
        assert_eq!(clock.iter().sum::<f64>(), 50.0);
    }
}
