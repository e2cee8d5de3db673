//! A way out by asking for fewer people in a stretch.

use super::super::cause::Found;
use super::super::programme::Lines;
use super::super::table::{Given, Part, Stretch, Table};
use super::{Between, Change, Near, Tried};
use crate::units::Minutes;

/// What a minute of presence weighs that is no longer asked for, beside the minutes of `clash`. *Assumption.*
const A_MINUTE_OF_PRESENCE: i64 = 5;

/// By how many a stretch may ask for less.
pub(super) struct Fewer {
    stretch: Stretch,
    /// The fewest that may be enough.
    low: usize,
    /// How many are tried.
    less: usize,
    /// How many more after them.
    step: usize,
    /// Lines that may keep together what is asked for then.
    together: Lines,
}

impl Fewer {
    /// The fewest that may be enough to begin with; none where that alone never is.
    pub(super) fn first(
        table: &Table,
        found: &Found,
        given: &Given,
        stretch: Stretch,
    ) -> Option<Fewer> {
        let less = found.fewest_less(stretch)?;
        let together = found.lines.clone();
        let first = Fewer { stretch, low: less, less, step: 1, together };
        (less <= table.asked(stretch, given)).then_some(first)
    }

    pub(super) fn part(&self) -> Part {
        Part::Presence(self.stretch)
    }

    /// What that weighs at least.
    pub(super) fn least_weight(&self, table: &Table) -> i64 {
        weight(table, self.stretch, self.low)
    }

    /// Ask for so many fewer. Mostly as many as are missing are enough; else ever larger steps, then the middle between
    /// two.
    pub(super) fn tried(&self, near: &Near) -> Tried {
        let stretch = self.stretch;
        let asked = near.table.asked(stretch, near.given);
        let mut together = self.together.clone();
        let mut is_enough =
            |less: usize| near.frees(&given_with(near, stretch, less), &mut together);
        let (mut low, mut less) = (self.low, self.less);
        if !is_enough(less) {
            if less == asked {
                return Tried::Never;
            }
            let (low, less, step) = (less + 1, (less + self.step).min(asked), 2 * self.step);
            return Tried::Further(Fewer { stretch, low, less, step, together });
        }
        while low < less {
            let middle = (low + less).div_euclid(2);
            if is_enough(middle) { less = middle } else { low = middle + 1 }
        }
        Tried::Way(way(near, stretch, less))
    }
}

fn given_with(near: &Near, stretch: Stretch, less: usize) -> Given {
    let mut given = near.given.clone();
    let asked = near.table.asked(stretch, near.given);
    given.fewer.insert(stretch, asked.saturating_sub(less));
    given
}

fn way(near: &Near, stretch: Stretch, less: usize) -> Between {
    let Near { table, given, .. } = *near;
    let asked = table.asked(stretch, given);
    let date = table.scenario.calendar.local(table.span(stretch).start).date;
    let id = &table.scenario.minimum_presence[stretch.0].id;
    let says = match asked - less {
        0 => format!("do without `{id}` on {date}"),
        people => format!("ask for {people} instead of {asked} in `{id}` on {date}"),
    };
    Between {
        change: Change {
            kind: "minimum_presence".to_owned(),
            dates: vec![date],
            minutes: Some(Minutes(minutes(table, stretch, less))),
            says,
            agent: None,
        },
        given: given_with(near, stretch, less),
        weight: weight(table, stretch, less),
        part: Part::Presence(stretch),
    }
}

/// What asking for so many fewer in a stretch weighs.
fn weight(table: &Table, stretch: Stretch, less: usize) -> i64 {
    A_MINUTE_OF_PRESENCE.saturating_mul(minutes(table, stretch, less))
}

fn minutes(table: &Table, stretch: Stretch, less: usize) -> i64 {
    let people = i64::try_from(less).unwrap_or(i64::MAX);
    table.span(stretch).length().0.saturating_mul(people)
}
