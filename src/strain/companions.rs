//! What stands beside the index and is no part of it: overload, cover by peers and mentors, how evenly strain is
//! spread, and nights without end.

use serde::Serialize;

use super::work::WorkOfPools;
use super::{PersonStrain, SMALLEST_GROUP, Stint, groups};
use crate::calendar::Calendar;
use crate::duty::{Activity, Duty, Line};
use crate::id::{Id, TierId};
use crate::roster::Roster;
use crate::scenario::Scenario;

/// Figures of a plan beside the index, of five people and more.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Companions {
    /// Person-hours planned on queue while live occupancy is above [`OVERLOAD`].
    pub overload_hours: f64,
    /// Share of time on queue with somebody of the same tier on queue too; none where nobody is on queue.
    pub peer_cover: Option<f64>,
    /// Share of learners' time on queue with their mentor at work; none for fewer than five learners.
    pub mentor_cover: Option<f64>,
    /// How evenly the index is spread over the team and over each tier shown.
    pub spread: Vec<Spread>,
    /// Whether somebody's duties are all by night: RR446 holds the job neutral and scores such weeks low.
    pub has_permanent_nights: bool,
}

/// How evenly the index is spread over a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// The tier; none: everyone.
    pub tier: Option<TierId>,
    /// People in it.
    pub people: usize,
    /// Largest less smallest index.
    pub range: f64,
    /// Mean distance from the mean.
    pub mean_deviation: f64,
}

/// Planned live occupancy above which an hour counts as overload; practitioners agree to act on it.
pub const OVERLOAD: f64 = 0.90;

/// What stands beside the index; nothing for a small team.
pub(super) fn of(
    roster: &Roster,
    persons: &[PersonStrain],
    work: &WorkOfPools<'_>,
    scenario: &Scenario,
) -> Option<Companions> {
    if roster.lines.len() < SMALLEST_GROUP {
        return None;
    }
    let peers = peers(roster, scenario);
    let (mut overload, mut covered, mut whole) = (0.0, 0.0, 0.0);
    for line in &roster.lines {
        let tier = scenario.agent(line.agent).tier.index();
        work.on_queue(line, |interval, share| {
            let hours = share * scenario.calendar.interval(interval).length().in_hours();
            let others = peers[tier][interval] - share;
            whole += hours;
            covered += hours * others.clamp(0.0, 1.0);
            if work.planned(line, interval).is_some_and(|busy| busy > OVERLOAD) {
                overload += hours;
            }
        });
    }
    Some(Companions {
        overload_hours: overload,
        peer_cover: (whole > 0.0).then(|| covered / whole),
        mentor_cover: mentor_cover(roster, scenario),
        spread: spreads(roster, persons, scenario),
        has_permanent_nights: roster.lines.iter().any(|line| {
            let person = &scenario.agent(line.agent).person;
            let (line, wall) = person.on_own_wall(line, &scenario.calendar);
            are_permanent_nights(&line, wall)
        }),
    })
}

/// People of each tier on queue in each interval.
fn peers(roster: &Roster, scenario: &Scenario) -> Vec<Vec<f64>> {
    let mut peers = vec![vec![0.0; scenario.calendar.intervals()]; scenario.tiers.len()];
    for (pool, people) in scenario.pools.iter().zip(roster.on_queue(scenario)) {
        let row = peers[pool.tier.index()].iter_mut();
        row.zip(people).for_each(|(sum, own)| *sum += own);
    }
    peers
}

fn mentor_cover(roster: &Roster, scenario: &Scenario) -> Option<f64> {
    let line_of = |agent| roster.lines.iter().find(|line| line.agent == agent);
    let learners: Vec<(&Line, &Line)> = roster
        .lines
        .iter()
        .filter(|line| scenario.agent(line.agent).ramp > 1.0)
        .filter_map(|line| Some((line, line_of(scenario.agent(line.agent).mentor?)?)))
        .collect();
    let (mut covered, mut whole) = (0.0, 0.0);
    for (learner, mentor) in &learners {
        for block in learner.blocks().filter(|block| block.activity == Activity::OnQueue) {
            whole += block.span.length().real();
            let there = mentor.blocks().filter(|own| own.activity != Activity::Absent);
            covered += there.map(|own| own.span.overlap(block.span).real()).sum::<f64>();
        }
    }
    (learners.len() >= SMALLEST_GROUP && whole > 0.0).then(|| covered / whole)
}

fn spreads(roster: &Roster, persons: &[PersonStrain], scenario: &Scenario) -> Vec<Spread> {
    let of = |tier: Option<TierId>| {
        let own =
            roster.lines.iter().zip(persons).filter(|(line, _)| {
                tier.is_none_or(|tier| scenario.agent(line.agent).tier == tier)
            });
        spread(tier, &own.map(|(_, person)| person.index).collect::<Vec<f64>>())
    };
    let everyone: Vec<(TierId, super::Band)> = roster
        .lines
        .iter()
        .zip(persons)
        .map(|(line, person)| (scenario.agent(line.agent).tier, person.band))
        .collect();
    let tiers = groups::tiers(&everyone, scenario.tiers.len()).into_iter().map(|(tier, _)| tier);
    std::iter::once(None).chain(tiers.map(Some)).map(of).collect()
}

fn spread(tier: Option<TierId>, indexes: &[f64]) -> Spread {
    let people: f64 = indexes.iter().map(|_| 1.0).sum();
    let mean = if people > 0.0 { indexes.iter().sum::<f64>() / people } else { 0.0 };
    let (least, most) =
        indexes.iter().fold((f64::MAX, f64::MIN), |(a, b), &own| (a.min(own), b.max(own)));
    Spread {
        tier,
        people: indexes.len(),
        range: if people > 0.0 { most - least } else { 0.0 },
        mean_deviation: if people > 0.0 {
            indexes.iter().map(|own| (own - mean).abs()).sum::<f64>() / people
        } else {
            0.0
        },
    }
}

/// Fewest duties that make nights permanent.
const FEWEST_NIGHTS: usize = 3;

fn are_permanent_nights(line: &Line, calendar: &Calendar) -> bool {
    let is_by_night = |duty: &Duty| Stint::of(duty.span(), calendar).is_by_night();
    line.duties.len() >= FEWEST_NIGHTS && line.duties.iter().all(is_by_night)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::duty::Block;
    use crate::id::AgentId;
    use crate::units::{Minutes, Moment, Span};

    fn nights(starts: &[i64], length: i64) -> Line {
        let duty = |(day, &start): (usize, &i64)| {
            let from = Moment(1440 * i64::try_from(day).unwrap() + start);
            let span = Span::new(from, from + Minutes(length));
            let block =
                Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() };
            Duty { blocks: vec![block] }
        };
        let duties = starts.iter().enumerate().map(duty).collect();
        Line { duties, ..Line::empty(AgentId::at(0)) }
    }

    #[test]
    fn five_nights_are_permanent_and_one_day_among_them_is_a_change() {
        let first = Date::parse("2026-11-30").unwrap();
        let week = Calendar::new("Europe/Dublin", first, 7, Minutes(30)).unwrap();
        assert!(are_permanent_nights(&nights(&[1320; 5], 480), &week));
        assert!(!are_permanent_nights(&nights(&[1320, 1320, 540, 1320, 1320], 480), &week));
        assert!(!are_permanent_nights(&nights(&[1320; 2], 480), &week));
        // From 18:00 to 1:59 holds a minute less than three hours of night, from 3:00 to 11:00 holds three.
        assert!(!are_permanent_nights(&nights(&[1080; 4], 479), &week));
        assert!(are_permanent_nights(&nights(&[180; 4], 480), &week));
    }

    #[test]
    fn strain_that_all_bear_alike_is_not_spread() {
        let even = spread(None, &[20.0; 5]);
        assert_eq!((even.range, even.mean_deviation), (0.0, 0.0));
        // Mean 20, distances 10, 10, 0, 0, 0.
        let uneven = spread(None, &[10.0, 30.0, 20.0, 20.0, 20.0]);
        assert_eq!((uneven.range, uneven.mean_deviation), (20.0, 4.0));
    }
}
