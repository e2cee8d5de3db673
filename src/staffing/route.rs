//! However much a funnel keeps from people, each open live queue keeps a person whom customers can reach.
//!
//! A row of a queue with a funnel asks for one person rostered wherever contacts come in, even where so few
//! are left that a part of one would do. One person rostered counts as their chance of being there.

use super::LiveNeed;
use crate::scenario::Scenario;
use crate::units::Fte;

/// Raise rows of queues with a funnel to one person where contacts come in.
pub(super) fn keep_staffed(mut needs: Vec<LiveNeed>, scenario: &Scenario) -> Vec<LiveNeed> {
    for need in &mut needs {
        if !need.queues.iter().any(|&queue| scenario.is_deflected(queue)) {
            continue;
        }
        let people = need.pools.iter().flat_map(|&pool| &scenario.pool(pool).agents);
        let presence = people.map(|&agent| scenario.agent(agent).presence.value());
        let one = presence.fold(1.0, f64::min);
        for (people, load) in need.people.iter_mut().zip(&need.load) {
            if load.0 > 0.0 {
                *people = Fte(people.0.max(one));
            }
        }
    }
    needs
}
