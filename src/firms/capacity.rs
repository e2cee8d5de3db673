//! Volume that a made-up team can just about carry.
//!
//! On-queue minutes a week are contract hours less leave, off-queue hours and pauses, times presence, at the
//! pace of people still learning. Work may fill a share of them that is 0.75 in large teams and less in small
//! ones, whose people must wait for contacts more often (assumption):
//!
//! ```text
//! load(n) = 0.75 n / (n + 6)
//! ```
//!
//! The same holds for every group that alone may do some of the work: those with a skill, and those who take
//! the harder classes.

use super::people::{CSS2, Colleague, ENGINEER, first_day};
use super::queues::Desk;
use super::real;
use crate::scenario::Channel;

/// Queues with volumes that sum to what the team can carry.
pub(super) fn fitted(mut desks: Vec<Desk>, team: &[Colleague]) -> Vec<Desk> {
    for desk in &mut desks {
        // So far `weekly` was a share of work; make it contacts.
        let minutes: f64 =
            desk.classes().map(|class| share(desk, class) * desk.minutes(class)).sum();
        desk.weekly /= minutes;
    }
    let factor = GROUPS
        .iter()
        .filter_map(|group| {
            let work: f64 = desks.iter().map(|desk| group.work(desk)).sum();
            let members: Vec<&Colleague> = team.iter().filter(|one| group.has(one)).collect();
            let minutes: f64 = members.iter().map(|one| on_queue_minutes(one)).sum();
            let load = 0.75 * real(members.len()) / (real(members.len()) + 6.0);
            (work > 0.0).then(|| load * minutes / work)
        })
        .fold(f64::INFINITY, f64::min);
    for desk in &mut desks {
        desk.weekly = (desk.weekly * factor).max(1.0);
    }
    desks
}

/// Work that only some may do.
#[derive(Debug, Clone, Copy)]
enum Group {
    Everyone,
    Phone,
    Chat,
    BeyondCss1,
    Engineers,
}

const GROUPS: [Group; 5] =
    [Group::Everyone, Group::Phone, Group::Chat, Group::BeyondCss1, Group::Engineers];

impl Group {
    fn has(self, colleague: &Colleague) -> bool {
        match self {
            Group::Everyone => true,
            Group::Phone => colleague.has_phone,
            Group::Chat => colleague.has_chat,
            Group::BeyondCss1 => colleague.tier >= CSS2,
            Group::Engineers => colleague.tier >= ENGINEER,
        }
    }

    /// Minutes a week of a queue that fall to this group.
    fn work(self, desk: &Desk) -> f64 {
        let falls = |class: &usize| match self {
            Group::Everyone => true,
            Group::Phone => desk.channel == Channel::Voice,
            Group::Chat => matches!(desk.channel, Channel::Chat | Channel::Messaging),
            Group::BeyondCss1 => *class >= 2,
            Group::Engineers => *class >= 3,
        };
        let minutes = |class| desk.weekly * share(desk, class) * desk.minutes(class);
        desk.classes().filter(falls).map(minutes).sum()
    }
}

fn share(desk: &Desk, class: usize) -> f64 {
    f64::from(desk.mix[class]) / 100.0
}

/// Minutes a week that someone is on queue, at the pace of those who have learnt.
fn on_queue_minutes(colleague: &Colleague) -> f64 {
    const PRESENCE: f64 = 0.96;
    // Two quarter hours in eight.
    const PAUSES: f64 = 30.0 / 480.0;
    let days_away = colleague.leave.map_or(0, |(first, last, _)| last.days_since(first) + 1);
    let away = f64::from(i32::try_from(days_away).unwrap_or(0)) / 5.0;
    let hours = (colleague.contract_hours * (1.0 - away) - 1.0).max(0.0);
    let weeks_here =
        colleague.start_date.map_or(12, |start| first_day().days_since(start).div_euclid(7));
    let learnt = (f64::from(i32::try_from(weeks_here).unwrap_or(12)) / 12.0).min(1.0);
    60.0 * hours * PRESENCE * (1.0 - PAUSES) / (1.6 - 0.6 * learnt)
}
