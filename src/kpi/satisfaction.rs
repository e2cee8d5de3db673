//! Satisfaction (CSAT): the share of those asked who say they were satisfied.
//!
//! Before a plan runs nobody has been asked, so [`band`] says only what the plan allows: never a point, never
//! above a cap, never better for a longer wait. Afterwards, [`in_context`] reads what customers did say in view
//! of what the contacts were about: sometimes nothing satisfies, and a score then tells of the topic.

use super::Estimate;
use super::estimate::{SURE, normal};
use crate::scenario::CsatAssumptions;
use serde::Serialize;

/// From this share on, a score has run out of room to tell good from better.
pub const CEILING: f64 = 0.95;

/// Shares satisfied that a plan allows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// With the largest losses assumed.
    pub low: f64,
    /// With the least losses assumed.
    pub high: f64,
}

impl Band {
    /// Whether the band reaches [`CEILING`]: then read it beside quality reviews, it is no proof of perfection.
    #[must_use]
    pub fn is_at_ceiling(self) -> bool {
        self.high >= CEILING
    }
}

/// The band of satisfaction that waits and topics allow.
///
/// ```text
/// CSAT = base - wait_loss * E[log2(1 + first response / promise)] - difficult_loss * share difficult
/// ```
///
/// cut to 0 and the cap; `low` takes the least base, the largest losses and the upper end of the wait, `high`
/// the reverse. Only signs are backed (a better first response helps, difficult topics hurt); sizes are keys
/// of the scenario, by default assumptions. Those who gave up are not asked, and not in it.
#[must_use]
pub fn band(doublings: Estimate, difficult: f64, assumed: &CsatAssumptions) -> Option<Band> {
    let difficult = difficult.clamp(0.0, 1.0);
    let left = |base: f64, wait_loss: f64, doublings: f64, loss: f64| {
        let share = base - wait_loss * doublings.max(0.0) - loss * difficult;
        share.clamp(0.0, assumed.most.clamp(0.0, 1.0))
    };
    let (wait, hard) = (assumed.wait_loss, assumed.difficult_loss);
    let low = left(assumed.base.0, wait.1, doublings.high, hard.1);
    let high = left(assumed.base.1, wait.0, doublings.low, hard.0);
    (doublings.value.is_finite() && low.is_finite() && high.is_finite())
        .then_some(Band { low: low.min(high), high })
}

/// Answers of customers: a group's contacts of one topic and sensitivity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    /// Whose contacts, such as a tier's; never shown for a person.
    pub group: usize,
    /// Which topic and sensitivity, by number.
    pub context: usize,
    /// How many answered.
    pub answers: f64,
    /// How many of them were satisfied.
    pub satisfied: f64,
}

/// A group's satisfaction, raw and in context.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InContext {
    /// Answers it rests on.
    pub answers: f64,
    /// Share satisfied.
    pub raw: f64,
    /// What it would be had everyone's topics been the team's, with its 95 % interval.
    pub fair: Estimate,
}

/// Each group's satisfaction in view of its topics; none for a group without answers.
///
/// ```text
/// p_c  = (satisfied_c + m p) / (answers_c + m)         the rate of a context, shrunk towards the team's rate p
/// fair = p + sum_c (satisfied_gc - answers_gc p_c) / answers_g
/// var  = sum_c answers_gc p_c (1 - p_c) / answers_g^2
/// ```
///
/// `m` is how many answers the team's rate is worth, by the method of moments for a beta-binomial (empirical
/// Bayes, Casella 1985): contexts that hardly differ or hardly occur lean on the team, others stand alone. The
/// interval takes the rates of contexts as known, which is a little too wide, for the group's own answers are in
/// them.
#[must_use]
pub fn in_context(answers: &[Answers], groups: usize) -> Vec<Option<InContext>> {
    let rates = Rates::of(answers);
    let of_group = |group: usize| {
        let own = || answers.iter().filter(move |row| row.group == group && row.is_sane());
        let count: f64 = own().map(|row| row.answers).sum();
        if count <= 0.0 {
            return None;
        }
        let satisfied: f64 = own().map(|row| row.satisfied).sum();
        let beyond: f64 =
            own().map(|row| row.satisfied - row.answers * rates.of_context(row.context)).sum();
        let spread = |row: &Answers| {
            let rate = rates.of_context(row.context);
            row.answers * rate * (1.0 - rate)
        };
        let value = rates.all + beyond / count;
        let reach = normal(0.5 + 0.5 * SURE) * own().map(spread).sum::<f64>().sqrt() / count;
        Some(InContext {
            answers: count,
            raw: satisfied / count,
            fair: Estimate { value, low: value - reach, high: value + reach },
        })
    };
    (0..groups).map(of_group).collect()
}

/// The difference of two groups' fair satisfaction, the first less the second, with its 95 % interval.
#[must_use]
pub fn difference(one: &InContext, other: &InContext) -> Estimate {
    let value = one.fair.value - other.fair.value;
    let reach = (one.fair.high - one.fair.value).hypot(other.fair.high - other.fair.value);
    Estimate { value, low: value - reach, high: value + reach }
}

impl Answers {
    fn is_sane(&self) -> bool {
        self.answers.is_finite()
            && self.answers > 0.0
            && (0.0..=self.answers).contains(&self.satisfied)
    }
}

/// Rates of contexts, shrunk.
struct Rates {
    all: f64,
    contexts: Vec<f64>,
}

impl Rates {
    fn of(answers: &[Answers]) -> Rates {
        let count = answers.iter().map(|row| row.context + 1).max().unwrap_or(0);
        let mut sums = vec![(0.0, 0.0); count];
        for row in answers.iter().filter(|row| row.is_sane()) {
            sums[row.context].0 += row.satisfied;
            sums[row.context].1 += row.answers;
        }
        let (satisfied, all) = sums.iter().fold((0.0, 0.0), |(s, n), own| (s + own.0, n + own.1));
        let team = if all > 0.0 { satisfied / all } else { 0.0 };
        let worth = Rates::worth(&sums, team, all);
        let shrunk = |&(satisfied, answers): &(f64, f64)| match worth {
            Some(worth) => (satisfied + worth * team) / (answers + worth),
            None => team,
        };
        Rates { all: team, contexts: sums.iter().map(shrunk).collect() }
    }

    fn of_context(&self, context: usize) -> f64 {
        self.contexts.get(context).copied().unwrap_or(self.all)
    }

    /// How many answers the team's rate is worth: `p (1 - p) / between - 1`, with the variance between contexts
    /// that is left when chance is taken out (Kleinman 1973); none where nothing is left, so that all contexts
    /// have the team's rate.
    fn worth(sums: &[(f64, f64)], team: f64, all: f64) -> Option<f64> {
        let seen = || sums.iter().filter(|(_, answers)| *answers > 0.0);
        let contexts: f64 = seen().map(|_| 1.0).sum();
        let squares: f64 = seen().map(|(_, n)| n * n).sum();
        let beyond: f64 = seen().map(|&(s, n)| n * (s / n - team).powi(2)).sum();
        let noise = team * (1.0 - team);
        let between = (beyond - noise * (contexts - 1.0)) / (all - squares / all);
        (between > 0.0 && between.is_finite()).then(|| (noise / between - 1.0).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::KpiSet;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn assumed() -> CsatAssumptions {
        KpiSet::default().csat
    }

    fn exactly(value: f64) -> Estimate {
        Estimate { value, low: value, high: value }
    }

    #[test]
    fn an_ordinary_contact_answered_at_once_is_what_surveyed_teams_reported() {
        let found = band(exactly(0.0), 0.0, &assumed()).unwrap();
        assert_eq!((found.low, found.high), (0.78, 0.89));
        assert!(!found.is_at_ceiling());
    }

    #[test]
    fn a_band_is_capped_and_warns_near_the_ceiling() {
        let proud = CsatAssumptions { base: (0.97, 1.0), ..assumed() };
        let found = band(exactly(0.0), 0.0, &proud).unwrap();
        assert_eq!(found.high, 0.98);
        assert!(found.is_at_ceiling());
    }

    #[test]
    fn no_first_response_at_all_gives_no_band() {
        assert_eq!(band(exactly(f64::NAN), 0.1, &assumed()), None);
    }

    proptest! {
        #[test]
        fn a_longer_wait_never_raises_satisfaction(
            wait in 0.0f64..20.0, more in 0.0f64..20.0, difficult in 0.0f64..1.0,
        ) {
            let short = band(exactly(wait), difficult, &assumed()).unwrap();
            let long = band(exactly(wait + more), difficult, &assumed()).unwrap();
            prop_assert!(long.low <= short.low && long.high <= short.high);
            prop_assert!(0.0 <= long.low && long.low <= long.high && long.high <= 1.0);
        }
    }

    /// Two people who are equally good: the first mostly answers complaints, the second hardly any.
    fn alike(source: &mut Xoshiro256PlusPlus, scale: u32) -> Vec<Answers> {
        let satisfied_by_context = [0.92, 0.85, 0.55, 0.3];
        let asked = [[5, 10, 25, 20], [35, 15, 6, 4]];
        let mut rows = Vec::new();
        for (group, by_context) in asked.iter().enumerate() {
            for (context, each) in by_context.iter().enumerate() {
                let asked: u32 = each * scale;
                let answers = f64::from(asked);
                let mut satisfied = 0.0;
                for _ in 0..asked {
                    satisfied +=
                        f64::from(u8::from(source.random::<f64>() < satisfied_by_context[context]));
                }
                rows.push(Answers { group, context, answers, satisfied });
            }
        }
        rows
    }

    #[test]
    fn equally_good_people_on_unequal_topics_differ_raw_and_not_in_context() {
        for scale in [1, 2, 8] {
            let mut source = Xoshiro256PlusPlus::seed_from_u64(17);
            let (mut covered, mut raw_gap) = (0, 0.0);
            for _ in 0..1000 {
                let found = in_context(&alike(&mut source, scale), 2);
                let (one, other) = (found[0].unwrap(), found[1].unwrap());
                let gap = difference(&one, &other);
                covered += usize::from(gap.low <= 0.0 && 0.0 <= gap.high);
                raw_gap += (other.raw - one.raw) / 1000.0;
            }
            assert!(covered >= 930, "{covered} of 1000 at {scale}");
            assert!(raw_gap > 0.2, "{raw_gap}");
        }
    }

    #[test]
    fn one_who_is_truly_better_stays_better_in_context() {
        let rows = [
            (0, 0, 200.0, 190.0),
            (0, 1, 200.0, 140.0),
            (1, 0, 200.0, 160.0),
            (1, 1, 200.0, 100.0),
        ];
        let rows = rows.map(|(group, context, answers, satisfied)| Answers {
            group,
            context,
            answers,
            satisfied,
        });
        let found = in_context(&rows, 2);
        assert!(difference(&found[0].unwrap(), &found[1].unwrap()).low > 0.0);
    }

    #[test]
    fn contexts_that_do_not_differ_share_the_teams_rate() {
        let rows =
            [0, 1, 2].map(|context| Answers { group: 0, context, answers: 10.0, satisfied: 8.0 });
        let found = in_context(&rows, 1)[0].unwrap();
        assert!((found.fair.value - 0.8).abs() < 1e-12 && (found.raw - 0.8).abs() < 1e-12);
    }

    #[test]
    fn answers_that_cannot_be_are_left_out_and_nobody_asked_has_no_figure() {
        let rows = [(f64::NAN, 0.0), (5.0, 6.0), (-1.0, 0.0), (0.0, 0.0)]
            .map(|(answers, satisfied)| Answers { group: 0, context: 0, answers, satisfied });
        assert_eq!(in_context(&rows, 2), [None, None]);
        assert_eq!(in_context(&[], 0), []);
    }
}
