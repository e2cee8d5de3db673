//! The queues of a made-up firm.

use rand::RngExt;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::people::{CSS2, Colleague, ENGINEER};
use super::{FirmSize, Part, draws};
use crate::scenario::Channel;

/// The default classes, easiest first.
pub(super) const CLASSES: [&str; 4] = ["simple", "moderate", "complex", "deep"];

/// A queue.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) channel: Channel,
    pub(super) topic: String,
    pub(super) hours: Hours,
    /// Share of each class, in hundredths.
    pub(super) mix: [u32; 4],
    /// Minutes of each class.
    pub(super) handle: [f64; 4],
    pub(super) wrap_up: f64,
    /// Hundredths of contacts that are hard.
    pub(super) difficult: u32,
    pub(super) priority: u8,
    /// Hours within which e-mail and messages are answered.
    pub(super) within_hours: f64,
    /// Contacts of a usual week at the start of the horizon.
    pub(super) weekly: f64,
}

/// Opening hours, whole hours of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    /// Monday to Friday.
    pub(super) weekdays: (u16, u16),
    /// Saturday.
    pub(super) saturday: Option<(u16, u16)>,
}

impl Hours {
    /// As a scenario writes them.
    pub(super) fn text(self) -> String {
        let (from, to) = self.weekdays;
        let saturday = match self.saturday {
            Some((from, to)) => format!("sat {from:02}:00-{to:02}:00; "),
            None => String::new(),
        };
        format!("mon-fri {from:02}:00-{to:02}:00; {saturday}holiday closed")
    }
}

const TOPICS: [(&str, u32); 6] = [
    ("billing", 10),
    ("technical", 6),
    ("orders", 4),
    ("account", 6),
    ("delivery", 8),
    ("returns", 12),
];

/// Channel and topic of the first queues; more go through all pairs.
const FIRST: [(Channel, usize); 8] = [
    (Channel::Voice, 0),
    (Channel::Email, 1),
    (Channel::Chat, 2),
    (Channel::Messaging, 3),
    (Channel::Voice, 1),
    (Channel::Email, 0),
    (Channel::Chat, 1),
    (Channel::Email, 2),
];

const CHANNELS: [Channel; 4] = [Channel::Voice, Channel::Chat, Channel::Email, Channel::Messaging];

/// When a firm of this size is open.
pub(super) fn opening(people: usize) -> (u16, u16) {
    if people < 15 { (9, 17) } else { (8, 20) }
}

/// All queues, their volume in proportions only.
pub(super) fn open(size: &FirmSize, team: &[Colleague]) -> Vec<Desk> {
    let mut rng = draws(size.seed, Part::Queues);
    let engineers = team.iter().filter(|colleague| colleague.tier >= ENGINEER).count();
    let beyond_css1 = team.iter().filter(|colleague| colleague.tier >= CSS2).count();
    // A class that two people at most can take would wait whenever they are off.
    let hardest = match (engineers, beyond_css1) {
        (3.., _) => 3,
        (_, 3..) => 2,
        _ => 1,
    };
    pairs()
        .take(size.queues)
        .map(|(channel, topic, round)| desk(channel, topic, round, hardest, size.people, &mut rng))
        .collect()
}

/// Every channel with every topic, over and over with a number, the most usual pairs first.
fn pairs() -> impl Iterator<Item = (Channel, usize, usize)> {
    let all = CHANNELS.into_iter().flat_map(|channel| (0..TOPICS.len()).map(move |t| (channel, t)));
    let rest: Vec<(Channel, usize)> = all.filter(|pair| !FIRST.contains(pair)).collect();
    let round: Vec<(Channel, usize)> = FIRST.into_iter().chain(rest).collect();
    (1..).flat_map(move |number| {
        round.clone().into_iter().map(move |(channel, topic)| (channel, topic, number))
    })
}

fn desk(
    channel: Channel,
    topic: usize,
    round: usize,
    hardest: usize,
    people: usize,
    rng: &mut Xoshiro256PlusPlus,
) -> Desk {
    let (topic, difficult) = TOPICS[topic];
    let is_technical = topic == "technical";
    let (name, usual_mix, usual_minutes, wrap_up) = match channel {
        Channel::Voice => ("phone", [70, 30, 0, 0], [4.0, 7.0, 14.0, 25.0], 0.5),
        Channel::Chat => ("chat", [65, 35, 0, 0], [7.0, 12.0, 20.0, 35.0], 0.5),
        Channel::Messaging => ("messaging", [60, 40, 0, 0], [8.0, 13.0, 22.0, 35.0], 0.0),
        Channel::Email if is_technical => ("email", [25, 40, 26, 9], [6.0, 10.0, 18.0, 32.0], 0.0),
        Channel::Email => ("email", [50, 36, 12, 2], [6.0, 10.0, 18.0, 32.0], 0.0),
    };
    let pace = rng.random_range(0.85..1.2);
    let shift = rng.random_range(0..9);
    let number = if round == 1 { String::new() } else { format!("-{round}") };
    let saturday = matches!(channel, Channel::Chat | Channel::Email) && people >= 25;
    let title = match channel {
        Channel::Voice => "by phone",
        Channel::Chat => "by chat",
        Channel::Messaging => "by message",
        Channel::Email => "by e-mail",
    };
    let mut letters = topic.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    Desk {
        id: format!("{name}-{topic}{number}"),
        title: format!("{capital}{} {title}{}", letters.as_str(), number.replace('-', " ")),
        channel,
        topic: topic.to_owned(),
        hours: Hours { weekdays: opening(people), saturday: saturday.then_some((10, 16)) },
        mix: mix(usual_mix, shift, hardest),
        handle: usual_minutes.map(|minutes: f64| (2.0 * minutes * pace).round() / 2.0),
        wrap_up,
        difficult,
        priority: match channel {
            Channel::Voice => 1,
            Channel::Chat => 2,
            Channel::Messaging => 3,
            Channel::Email => 4,
        },
        within_hours: match channel {
            Channel::Messaging => 1.0,
            _ if is_technical => 8.0,
            _ => 4.0,
        },
        weekly: share_of_work(channel) * rng.random_range(0.7..1.3),
    }
}

/// A usual mix with some hundredths moved from the easiest class to the next, and classes that nobody could
/// be counted on to take folded into the hardest left.
fn mix(usual: [u32; 4], shift: u32, hardest: usize) -> [u32; 4] {
    let mut mix = usual;
    mix[0] -= shift;
    mix[1] += shift;
    for class in (hardest + 1)..mix.len() {
        mix[hardest] += mix[class];
        mix[class] = 0;
    }
    mix
}

/// Share of all work that a queue of this channel is, before scaling (assumption).
fn share_of_work(channel: Channel) -> f64 {
    match channel {
        Channel::Voice => 1.0,
        Channel::Chat => 0.8,
        Channel::Messaging => 0.5,
        Channel::Email => 1.1,
    }
}

impl Desk {
    /// Classes that occur, by place.
    pub(super) fn classes(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.mix.len()).filter(|&class| self.mix[class] > 0)
    }

    /// Minutes of one person that a contact of a class takes: rest owed after a hard one included, and
    /// chats side by side sharing the time.
    pub(super) fn minutes(&self, class: usize) -> f64 {
        const RECOVERY: f64 = 5.0;
        let at_once = match self.channel {
            Channel::Voice | Channel::Email => 1.0,
            // Two at a time at the rates below.
            Channel::Chat => 2.0 * 0.85,
            Channel::Messaging => 2.0 * 0.9,
        };
        let hard = f64::from(self.difficult) / 100.0;
        (self.handle[class] + self.wrap_up) / at_once + RECOVERY * hard
    }
}
