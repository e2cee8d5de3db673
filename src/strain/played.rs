//! What played weeks ask of people, which no roster shows: hard contacts in a row, how soon rest follows, how
//! long the stretches of work are, how varied the topics.
//!
//! These stand beside the index and are no part of it. They are counted by tier and shown for groups of five
//! and more.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{Id, TierId};
use crate::scenario::Scenario;
use crate::simulation::{Log, PersonRecord};
use crate::units::Moment;

/// Rest should follow a difficult contact within so many minutes. *Assumption.*
pub const REST_WITHIN: f64 = 15.0;

/// What each further difficult contact in a row adds to the burden of one. *Assumption*: only the sign is backed,
/// several in a row are worse than as many apart.
const STEP: f64 = 0.5;

/// Runs of this many difficult contacts and more are counted together.
pub const LONGEST_RUN: usize = 5;

/// What played weeks asked of people, summed by tier; sums of several weeks add up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlayedStrain {
    tiers: Vec<Sums>,
    weeks: f64,
}

/// A tier's sums.
#[derive(Debug, Clone, Default, PartialEq)]
struct Sums {
    contacts: f64,
    difficult: f64,
    rested: f64,
    rest_minutes: f64,
    runs: [f64; LONGEST_RUN],
    burden: f64,
    /// The same had no difficult contact followed another.
    burden_apart: f64,
    person_days: f64,
    /// Entropy of topics in bits, and as a share of the most the tier's topics allow.
    bits: f64,
    variety: f64,
    stretches: f64,
    stretch_minutes: f64,
    /// Stretches longer than an hour, an hour and a half, two hours.
    long: [f64; 3],
}

/// A group's figures from play.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlayedFigures {
    /// Difficult contacts a person and day at work.
    pub difficult_a_day: f64,
    /// Share of them after which rest followed within [`REST_WITHIN`]; none where nothing was owed.
    pub rested_in_time: Option<f64>,
    /// Minutes of rest taken a week.
    pub rest_minutes: f64,
    /// Runs of 1, 2, 3, 4, and 5 or more difficult contacts with nothing else between, a week.
    pub runs: Vec<f64>,
    /// Burden of difficult contacts over what it would be had none followed another: 1 is none in a row.
    pub in_a_row: Option<f64>,
    /// Mean entropy of the topics of a person's day, in bits; one topic is 0.
    pub topic_bits: Option<f64>,
    /// How far a day's topics fall short of the most varied that the tier may take: 0 varied, 1 all alike.
    pub monotony: Option<f64>,
    /// Mean minutes of work between two pauses or rests.
    pub between_pauses: Option<f64>,
    /// Share of such stretches beyond 60, 90 and 120 minutes.
    pub long_stretches: Option<[f64; 3]>,
}

/// Read strain from a played week.
#[must_use]
pub fn from_play(log: &Log, scenario: &Scenario) -> PlayedStrain {
    let mut played =
        PlayedStrain { tiers: vec![Sums::default(); scenario.tiers.len()], weeks: 1.0 };
    let most = most_varied(scenario);
    for day in days(log, scenario) {
        let tier = scenario.agents[day.person].tier.index();
        played.tiers[tier].add_day(&day, most[tier]);
    }
    let recovery = scenario.recovery.real();
    for (agent, person) in scenario.agents.iter().zip(&log.people) {
        played.tiers[agent.tier.index()].add_person(person, recovery);
    }
    played
}

impl PlayedStrain {
    /// Several weeks as one.
    #[must_use]
    pub fn of_weeks<'a>(weeks: impl Iterator<Item = &'a PlayedStrain>) -> PlayedStrain {
        let mut whole = PlayedStrain::default();
        for week in weeks {
            whole.tiers.resize(whole.tiers.len().max(week.tiers.len()), Sums::default());
            whole.tiers.iter_mut().zip(&week.tiers).for_each(|(sum, more)| sum.add(more));
            whole.weeks += week.weeks;
        }
        whole
    }

    /// Figures of everyone; none for fewer than five people, or where nobody took anything.
    #[must_use]
    pub fn team(&self, scenario: &Scenario) -> Option<PlayedFigures> {
        let mut all = Sums::default();
        self.tiers.iter().for_each(|tier| all.add(tier));
        let is_shown = scenario.agents.len() >= super::SMALLEST_GROUP && all.stretches > 0.0;
        is_shown.then(|| all.figures(self.weeks, scenario.recovery.0 > 0))
    }

    /// Figures of the tiers that may be spoken of and took part.
    #[must_use]
    pub fn tiers(&self, scenario: &Scenario) -> Vec<(TierId, PlayedFigures)> {
        let of_tier = |tier: TierId| {
            let sums = self.tiers.get(tier.index()).filter(|sums| sums.stretches > 0.0)?;
            Some((tier, sums.figures(self.weeks, scenario.recovery.0 > 0)))
        };
        super::tiers_shown(scenario).into_iter().filter_map(of_tier).collect()
    }
}

/// How heavily difficult contacts weigh in the order they came: the first of a run counts 1, each further one
/// in a row half as much again as the one before.
#[must_use]
pub fn burden(is_difficult: &[bool]) -> f64 {
    let (mut sum, mut in_a_row) = (0.0, 0.0);
    for &hard in is_difficult {
        if hard {
            sum += 1.0 + STEP * in_a_row;
            in_a_row += 1.0;
        } else {
            in_a_row = 0.0;
        }
    }
    sum
}

/// Entropy of counts in bits (Shannon 1948): 0 where all are alike, `log2 n` where n kinds come equally often.
#[must_use]
pub fn entropy(counts: &[f64]) -> f64 {
    let all: f64 = counts.iter().sum();
    let bits = |&count: &f64| {
        let share = count / all;
        if share > 0.0 { -share * share.log2() } else { 0.0 }
    };
    if all > 0.0 { counts.iter().map(bits).sum::<f64>().max(0.0) } else { 0.0 }
}

/// What one person took on one day, in the order it ended.
struct Day {
    person: usize,
    is_difficult: Vec<bool>,
    topics: BTreeMap<usize, f64>,
}

/// One contact that a person took.
struct Taken {
    ended: f64,
    is_difficult: bool,
    topic: usize,
}

fn days(log: &Log, scenario: &Scenario) -> Vec<Day> {
    let topics = topics(scenario);
    let mut by_day: BTreeMap<(usize, usize), Vec<Taken>> = BTreeMap::new();
    for contact in &log.contacts {
        let (Some(agent), Some(ended)) = (contact.agent, contact.ended) else { continue };
        let day = scenario.calendar.day_at(moment(ended)).unwrap_or(usize::MAX);
        let topic = topics[scenario.stream(contact.stream).queue.index()];
        let taken = by_day.entry((agent.index(), day)).or_default();
        taken.push(Taken { ended, is_difficult: contact.is_difficult, topic });
    }
    let day = |((person, _), mut taken): ((usize, usize), Vec<Taken>)| {
        taken.sort_by(|one, other| one.ended.total_cmp(&other.ended));
        let mut topics = BTreeMap::new();
        for own in &taken {
            *topics.entry(own.topic).or_insert(0.0) += 1.0;
        }
        Day { person, is_difficult: taken.iter().map(|it| it.is_difficult).collect(), topics }
    };
    by_day.into_iter().map(day).collect()
}

/// The topic of each queue, by number; a queue without a topic is one of its own.
fn topics(scenario: &Scenario) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let queues = scenario.queues.iter().map(|queue| queue.topic.trim()).enumerate();
    let number = |(place, topic)| match topic {
        "" => place,
        topic => *known.entry(topic).or_insert(place),
    };
    queues.map(number).collect()
}

/// Bits of the most varied day of each tier: all topics it may take, equally often.
fn most_varied(scenario: &Scenario) -> Vec<f64> {
    let topics = topics(scenario);
    let of_tier = |tier: usize| {
        let pools = scenario.pools.iter().filter(|pool| pool.tier == TierId::at(tier));
        let mut taken: Vec<usize> = pools
            .flat_map(|pool| pool.streams.iter())
            .map(|&stream| topics[scenario.stream(stream).queue.index()])
            .collect();
        taken.sort_unstable();
        taken.dedup();
        real(taken.len().max(1)).log2()
    };
    (0..scenario.tiers.len()).map(of_tier).collect()
}

impl Sums {
    fn add_day(&mut self, day: &Day, most_bits: f64) {
        let counts: Vec<f64> = day.topics.values().copied().collect();
        let bits = entropy(&counts);
        self.person_days += 1.0;
        self.contacts += real(day.is_difficult.len());
        self.bits += bits;
        self.variety += if most_bits > 0.0 { (bits / most_bits).min(1.0) } else { 0.0 };
        self.burden += burden(&day.is_difficult);
        self.burden_apart +=
            day.is_difficult.iter().filter(|&&hard| hard).map(|_| 1.0).sum::<f64>();
        for run in day.is_difficult.split(|hard| !hard).filter(|run| !run.is_empty()) {
            self.runs[run.len().min(LONGEST_RUN) - 1] += 1.0;
        }
    }

    fn add_person(&mut self, person: &PersonRecord, recovery: f64) {
        for &over in &person.difficult {
            self.difficult += 1.0;
            self.rested += f64::from(u8::from(is_rested(person, over, recovery)));
        }
        self.rest_minutes += person.rests.iter().map(|rest| rest.to - rest.from).sum::<f64>();
        for stretch in &person.stretches {
            let minutes = stretch.to - stretch.from;
            self.stretches += 1.0;
            self.stretch_minutes += minutes;
            for (count, limit) in self.long.iter_mut().zip([60.0, 90.0, 120.0]) {
                *count += f64::from(u8::from(minutes > limit + HAIR));
            }
        }
    }

    fn add(&mut self, other: &Sums) {
        self.contacts += other.contacts;
        self.difficult += other.difficult;
        self.rested += other.rested;
        self.rest_minutes += other.rest_minutes;
        self.runs.iter_mut().zip(other.runs).for_each(|(sum, more)| *sum += more);
        self.burden += other.burden;
        self.burden_apart += other.burden_apart;
        self.person_days += other.person_days;
        self.bits += other.bits;
        self.variety += other.variety;
        self.stretches += other.stretches;
        self.stretch_minutes += other.stretch_minutes;
        self.long.iter_mut().zip(other.long).for_each(|(sum, more)| *sum += more);
    }

    fn figures(&self, weeks: f64, is_rest_owed: bool) -> PlayedFigures {
        let over = |above: f64, below: f64| (below > 0.0).then(|| above / below);
        PlayedFigures {
            difficult_a_day: over(self.difficult, self.person_days).unwrap_or(0.0),
            rested_in_time: over(self.rested, self.difficult).filter(|_| is_rest_owed),
            rest_minutes: over(self.rest_minutes, weeks).unwrap_or(0.0),
            runs: self.runs.iter().map(|&runs| over(runs, weeks).unwrap_or(0.0)).collect(),
            in_a_row: over(self.burden, self.burden_apart),
            topic_bits: over(self.bits, self.person_days),
            monotony: over(self.person_days - self.variety, self.person_days),
            between_pauses: over(self.stretch_minutes, self.stretches),
            long_stretches: (self.stretches > 0.0).then(|| self.long.map(|n| n / self.stretches)),
        }
    }
}

/// Minutes that rounding may make a stretch longer.
const HAIR: f64 = 1e-6;

/// Whether work stopped soon enough after a difficult contact, for as long as rest is owed: for a rest, a break
/// or the way home.
fn is_rested(person: &PersonRecord, over: f64, recovery: f64) -> bool {
    let next = person.stretches.partition_point(|stretch| stretch.to < over - HAIR);
    let Some(stretch) = person.stretches.get(next) else { return true };
    if stretch.from > over + HAIR {
        return stretch.from - over >= recovery - HAIR;
    }
    let resumed = person.stretches.get(next + 1).map_or(f64::INFINITY, |later| later.from);
    stretch.to <= over + REST_WITHIN + HAIR && resumed - stretch.to >= recovery - HAIR
}

/// The whole minute a time of a record lies in.
#[expect(clippy::cast_possible_truncation, reason = "times of records lie in the horizon")]
fn moment(at: f64) -> Moment {
    Moment(at as i64)
}

#[expect(clippy::cast_precision_loss, reason = "contacts of a day are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_hard_contacts_in_a_row_weigh_more_than_three_apart() {
        let apart = burden(&[true, false, true, false, true]);
        assert_eq!((burden(&[true, true, true, false, false]), apart), (4.5, 3.0));
    }

    #[test]
    fn topics_that_come_equally_often_have_the_entropy_of_their_number() {
        assert_eq!(entropy(&[7.0]), 0.0);
        assert!((entropy(&[5.0; 8]) - 3.0).abs() < 1e-12);
        assert_eq!(entropy(&[]), 0.0);
        assert_eq!(entropy(&[0.0, 0.0]), 0.0);
    }

    fn person(stretches: &[(f64, f64)]) -> PersonRecord {
        let stay = |&(from, to): &(f64, f64)| crate::simulation::Stay { from, to };
        PersonRecord { stretches: stretches.iter().map(stay).collect(), ..PersonRecord::default() }
    }

    #[test]
    fn rest_counts_when_it_starts_within_a_quarter_of_an_hour_and_lasts() {
        let rests_at =
            |from: f64, to: f64| is_rested(&person(&[(0.0, from), (to, 300.0)]), 100.0, 5.0);
        assert!(rests_at(100.0, 105.0));
        assert!(rests_at(115.0, 120.0));
        assert!(!rests_at(116.0, 121.0));
        assert!(!rests_at(110.0, 114.0));
        // The way home.
        assert!(is_rested(&person(&[(0.0, 103.0)]), 100.0, 5.0));
    }

    #[test]
    fn several_weeks_are_one_sum() {
        let mut week = PlayedStrain { tiers: vec![Sums::default()], weeks: 1.0 };
        let day =
            Day { person: 0, is_difficult: vec![true, true, false], topics: [(0, 3.0)].into() };
        week.tiers[0].add_day(&day, 1.0);
        let two = PlayedStrain::of_weeks([&week, &week].into_iter());
        assert_eq!((two.weeks, two.tiers[0].burden, two.tiers[0].runs[1]), (2.0, 5.0, 2.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn the_same_contacts_weigh_most_in_a_row_and_least_apart(
            hard in 1usize..12, easy in 0usize..24, order in prop::collection::vec(any::<u32>(), 36),
        ) {
            let mut contacts: Vec<(u32, bool)> = (0..hard + easy)
                .map(|place| (order[place], place < hard))
                .collect();
            contacts.sort_unstable();
            let mixed: Vec<bool> = contacts.into_iter().map(|(_, is_hard)| is_hard).collect();
            let in_a_row: Vec<bool> = (0..hard + easy).map(|place| place < hard).collect();
            let found = burden(&mixed);
            prop_assert!(found <= burden(&in_a_row) + 1e-9);
            prop_assert!(found >= f64::from(u32::try_from(hard).unwrap()) - 1e-9);
            if easy >= hard && hard >= 3 {
                let apart: Vec<bool> = (0..2 * hard).map(|place| place % 2 == 0).collect();
                prop_assert!(burden(&in_a_row) > burden(&apart));
            }
        }

        #[test]
        fn fewer_topics_never_vary_more(counts in prop::collection::vec(0.0f64..50.0, 2..8)) {
            let mut merged = counts.clone();
            let last = merged.pop().unwrap();
            merged[0] += last;
            prop_assert!(entropy(&merged) <= entropy(&counts) + 1e-9);
        }
    }
}
