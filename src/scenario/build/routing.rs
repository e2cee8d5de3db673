//! Who is handed which contact.

use super::super::routing::{FreePeople, Policy, RoutingPolicy};
use super::super::shape::{File, PeopleShape, PolicyShape};
use crate::units::Minutes;

pub(super) fn policy(file: &File) -> RoutingPolicy {
    let shape = &file.routing;
    RoutingPolicy {
        policy: match shape.policy {
            PolicyShape::Shares => Policy::Shares,
            PolicyShape::Priority => Policy::Priority,
            PolicyShape::LongestWait => Policy::LongestWait,
            PolicyShape::QueueAndIdlenessRatio => Policy::QueueAndIdlenessRatio,
        },
        people: match shape.people {
            PeopleShape::LongestIdle => FreePeople::LongestIdle,
            PeopleShape::TimeSinceBreak => {
                FreePeople::TimeSinceBreak(Minutes(shape.idle_break_minutes))
            }
            PeopleShape::FewestDifficult => FreePeople::FewestDifficult,
        },
        difficult_in_a_row: shape.difficult_in_a_row,
    }
}
