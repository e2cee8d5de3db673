//! Stretches looked at apart from all others: those that cannot be kept whatever is worked outside them.

use rayon::prelude::*;

use super::super::Unwatched;
use super::super::clash;
use super::super::people::Kind;
use super::super::team::Team;
use super::programme::{self, Answer, Lines, Until};
use super::table::Stretch;
use crate::scenario::{MinimumPresence, Scenario};

/// A stretch that cannot be kept, with the prices of its cells that prove it.
pub(super) struct Apart {
    pub(super) stretch: Stretch,
    pub(super) prices: Vec<f64>,
}

/// The stretch among some of which most is missing whatever is worked outside it; none where each may be kept.
pub(super) fn stuck(team: &Team, stretches: &[Stretch]) -> Option<Apart> {
    let bare = clash::bare(team.scenario);
    let ask = |&stretch: &Stretch| {
        let scenario = only(&bare, stretch);
        let rule = &scenario.minimum_presence[0];
        let is_meant = |kind: &&Kind| rule.who.contains(&kind.agents[0]);
        let meant = team.kinds.iter().filter(is_meant);
        let kinds: Vec<Kind> = meant.map(|kind| kind.within(rule.stretches[0])).collect();
        let asked = super::asked_for_presence(team, &scenario, &kinds, super::plain);
        let answer =
            programme::solve_from(&asked, None, &mut Lines::default(), Until::End, &Unwatched)
                .filter(Answer::is_impossible)?;
        let prices = answer.prices?.by_rule().first()?.clone();
        Some((answer.bound, Apart { stretch, prices }))
    };
    let stuck: Vec<_> = stretches.par_iter().filter_map(ask).collect();
    let worst = stuck.into_iter().reduce(|one, other| if other.0 > one.0 { other } else { one });
    worst.map(|(_, apart)| apart)
}

/// A scenario that asks for nothing but one stretch of a rule.
fn only(scenario: &Scenario, (rule, stretch): Stretch) -> Scenario {
    let rule = &scenario.minimum_presence[rule];
    let rule = MinimumPresence { stretches: vec![rule.stretches[stretch]], ..rule.clone() };
    Scenario { minimum_presence: vec![rule], ..scenario.clone() }
}
