//! A way out by a change of somebody's own restrictions.

use super::super::super::clash::{self, Asked, Bench, Item, Relaxed};
use super::super::super::people::{Frame, Kind};
use super::super::super::team::Team;
use super::super::programme::{self, Answer};
use super::super::table::{Given, Part, Table};
use super::{Between, Change, Near};
use crate::id::{AgentId, Id};
use crate::units::{Minutes, Moment, Span};

/// What giving way in somebody's restriction weighs at least, 0 where that is a matter of hours; none where nobody may.
pub(super) fn least_weight(bench: &Bench, item: Item) -> Option<i64> {
    if item.is_of_hours() { Some(0) } else { clash::whole(bench, item).map(|way| way.weight) }
}

/// A restriction of somebody's own.
pub(super) struct Own {
    agent: AgentId,
    item: Item,
    /// The place of the person's kind.
    kind: usize,
    /// The person without the restriction.
    freed: Box<Kind>,
}

impl Own {
    /// Somebody's restriction, from the team in which everyone has theirs.
    pub(super) fn of(table: &Table, team: &Team, given: &Given, agent: AgentId, item: Item) -> Own {
        let kind = team.kind_of[agent.index()];
        Own { agent, item, kind, freed: Box::new(table.freed(agent, item, given)) }
    }

    /// Whether prices that prove a conflict leave it open that there is none without the restriction: whether the person
    /// is worth as much more then.
    pub(super) fn may_free(&self, team: &Team, proof: &Answer) -> bool {
        let most = |kind: &Kind| programme::most_worth(team, kind, &proof.worths[self.kind]);
        match (most(&self.freed), most(&team.kinds[self.kind])) {
            (Some(freed), Some(own)) => !proof.still_holds(freed - own),
            _ => true,
        }
    }

    pub(super) fn part(&self) -> Part {
        Part::Own(self.agent, self.item)
    }

    /// Whether both are of people who differ in name alone, with them and without.
    pub(super) fn is_like(&self, other: &Own) -> bool {
        self.kind == other.kind && self.freed.is_like(&other.freed)
    }

    /// The mildest change that is enough.
    pub(super) fn way(&self, near: &Near) -> Option<Between> {
        let Own { agent, item, .. } = *self;
        let Near { table, found, given, .. } = *near;
        let bench = &table.benches[&agent];
        let before = given.relaxed.get(&agent).cloned().unwrap_or_default();
        let with = |milder: &Relaxed| {
            let mut given = given.clone();
            given.relaxed.insert(agent, before.and(milder));
            given
        };
        let is_enough = |milder: &Relaxed| near.frees(&with(milder), &mut found.lines.clone());
        let spans: Vec<_> = found.stretches().map(|stretch| table.span(stretch)).collect();
        // A minute of presence is worth more than any minute outside availability.
        let wanted = |frame: &Frame| {
            let duty = Span::new(Moment(frame.start), Moment(frame.end));
            let inside: Minutes = spans.iter().map(|span| span.overlap(duty)).sum();
            10.0 * inside.real()
        };
        let asked = Asked { is_enough: &is_enough, wanted: &wanted };
        let way = clash::mildest(bench, &before, item, &asked)?;
        Some(Between {
            given: with(&way.relaxed),
            change: Change { agent: Some(agent), ..way.change },
            weight: way.weight,
            part: self.part(),
        })
    }
}
