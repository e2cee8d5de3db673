//! The people of a made-up firm.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::{FirmSize, Part, draws, real};
use crate::calendar::Date;

/// The default ladder, lowest first, and the share of people on each step (assumption).
pub(super) const LADDER: [(&str, f64); 5] = [
    ("css1", 0.40),
    ("css2", 0.25),
    ("senior-css", 0.15),
    ("support-engineer", 0.13),
    ("senior-support-engineer", 0.07),
];

/// Places on the ladder by name.
pub(super) const CSS2: usize = 1;
pub(super) const SENIOR: usize = 2;
pub(super) const ENGINEER: usize = 3;

/// First day of the horizon of every made-up firm.
pub(super) fn first_day() -> Date {
    Date::parse("2026-11-30").expect("it is a date")
}

/// Somebody.
#[derive(Debug, Clone)]
pub(super) struct Colleague {
    pub(super) id: String,
    /// Place on the ladder.
    pub(super) tier: usize,
    pub(super) site: String,
    pub(super) contract_hours: f64,
    pub(super) has_phone: bool,
    pub(super) has_chat: bool,
    pub(super) start_date: Option<Date>,
    pub(super) availability: &'static str,
    pub(super) wishes: String,
    /// Place of the mentor in the team.
    pub(super) mentor: Option<usize>,
    pub(super) is_remote: bool,
    /// First and last day off, and why.
    pub(super) leave: Option<(Date, Date, &'static str)>,
}

impl Colleague {
    /// Still learning.
    pub(super) fn is_ramping(&self) -> bool {
        self.start_date.is_some()
    }
}

const FIRST_NAMES: [&str; 64] = [
    "aoife", "ben", "chiara", "dmitri", "ewa", "femi", "grace", "hugo", "ines", "jonas", "kemi",
    "liam", "maeve", "niamh", "omar", "priya", "quentin", "rosa", "sean", "tomasz", "una",
    "viktor", "wei", "ximena", "yusuf", "zofia", "aisling", "bruno", "clara", "declan", "elif",
    "fionn", "gabriela", "hannah", "ivan", "jana", "kacper", "leila", "marta", "nuno", "orla",
    "pedro", "ravi", "saoirse", "teodora", "ugo", "vera", "willem", "yara", "zoe", "adam",
    "beatriz", "conor", "dagmar", "eamon", "fatima", "georgi", "helena", "ilse", "joao", "katya",
    "lorcan", "mina", "noel",
];

const SITES: [&str; 4] = ["dublin", "lisbon", "krakow", "cork"];

/// Everyone, lowest tier first.
pub(super) fn hire(size: &FirmSize) -> Vec<Colleague> {
    let mut rng = draws(size.seed, Part::People);
    let mut team = Vec::with_capacity(size.people);
    for (tier, count) in headcounts(size.people).into_iter().enumerate() {
        for _ in 0..count {
            team.push(colleague(team.len(), tier, size, &mut rng));
        }
    }
    give_everyone_a_name(&mut team);
    make_sure_phones_and_chats_are_staffed(&mut team);
    find_mentors(&mut team, &mut rng);
    team
}

/// How many people on each step: largest remainders (Hamilton), with an engineer in any team of two or more.
fn headcounts(people: usize) -> [usize; 5] {
    if people == 1 {
        return [0, 1, 0, 0, 0];
    }
    let ideal = LADDER.map(|(_, share)| share * real(people));
    let mut counts = ideal.map(whole);
    let mut order: Vec<usize> = (0..LADDER.len()).collect();
    order.sort_by(|&a, &b| {
        (ideal[b] - ideal[b].floor()).total_cmp(&(ideal[a] - ideal[a].floor())).then(a.cmp(&b))
    });
    for place in order.into_iter().take(people - counts.iter().sum::<usize>()) {
        counts[place] += 1;
    }
    for needed in [CSS2, ENGINEER] {
        if counts[needed] == 0
            && let Some(from) = [0, SENIOR, CSS2].into_iter().find(|&tier| counts[tier] > 0)
        {
            counts[from] -= 1;
            counts[needed] += 1;
        }
    }
    counts
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a headcount is small and not negative"
)]
fn whole(count: f64) -> usize {
    count as usize
}

fn colleague(
    place: usize,
    tier: usize,
    size: &FirmSize,
    rng: &mut Xoshiro256PlusPlus,
) -> Colleague {
    let is_part_time = rng.random_bool(0.2);
    let contract_hours =
        if is_part_time { *[20.0, 24.0, 30.0].choose(rng).expect("not empty") } else { 37.5 };
    let is_engineer = tier >= ENGINEER;
    let (has_phone, has_chat) = match rng.random_range(0..100) {
        0..60 if is_engineer => (false, false),
        0..75 => (true, true),
        75..88 => (true, false),
        _ => (false, true),
    };
    let morning = ["mon-fri 07:00-16:30", "mon-thu 07:00-20:00; sat 09:00-17:00"];
    let availability = if is_part_time && rng.random_bool(0.5) {
        morning.choose(rng).copied().expect("not empty")
    } else {
        ""
    };
    // A tenth are new; nobody with a week to learn in is alone, so small teams have nobody new.
    let is_new = rng.random_bool(0.1) && tier < ENGINEER && size.people >= 8;
    let weeks_here = rng.random_range(2..11);
    Colleague {
        id: String::new(),
        tier,
        site: SITES[place % size.sites.min(SITES.len())].to_owned(),
        contract_hours,
        has_phone,
        has_chat,
        start_date: is_new.then(|| first_day().plus(-7 * weeks_here)),
        availability,
        wishes: wishes(rng),
        mentor: None,
        is_remote: rng.random_bool(0.35),
        leave: leave(size, rng),
    }
}

fn wishes(rng: &mut Xoshiro256PlusPlus) -> String {
    let all = [
        "off sat",
        "off fri",
        "off mon",
        "start-by fri 09:00",
        "start-from mon 10:00",
        "start-from wed 09:30",
        "start-by mon-fri 09:30",
    ];
    let count = [0, 0, 0, 1, 1, 2].choose(rng).copied().expect("not empty");
    let chosen: Vec<&str> = all.sample(rng, count).copied().collect();
    chosen.join("; ")
}

/// One in eight is away for a day or more of a week, mostly on leave.
fn leave(size: &FirmSize, rng: &mut Xoshiro256PlusPlus) -> Option<(Date, Date, &'static str)> {
    let is_away = rng.random_bool(0.125) && size.people >= 6;
    let first = rng.random_range(0..5);
    let last = rng.random_range(first..5);
    let reasons = ["annual_leave", "annual_leave", "annual_leave", "parental", "training"];
    let reason = reasons.choose(rng).copied().expect("not empty");
    is_away.then(|| (first_day().plus(first), first_day().plus(last), reason))
}

fn give_everyone_a_name(team: &mut [Colleague]) {
    for (place, colleague) in team.iter_mut().enumerate() {
        // 27 and 64 share no factor, so that the walk meets every name before the first again.
        let name = FIRST_NAMES[(place * 27) % FIRST_NAMES.len()];
        let round = place.div_euclid(FIRST_NAMES.len());
        colleague.id = if round == 0 { name.to_owned() } else { format!("{name}-{}", round + 1) };
    }
}

/// At least three people, or everyone, below the engineers answer phones, and as many chats.
fn make_sure_phones_and_chats_are_staffed(team: &mut [Colleague]) {
    let is_small = team.len() < 12;
    for colleague in team.iter_mut().filter(|colleague| is_small && colleague.tier < ENGINEER) {
        (colleague.has_phone, colleague.has_chat) = (true, true);
    }
}

/// New people learn from seniors, or from css2 where there are none.
fn find_mentors(team: &mut [Colleague], rng: &mut Xoshiro256PlusPlus) {
    let of_tier = |tier: usize| -> Vec<usize> {
        let settled = |place: &usize| team[*place].tier == tier && !team[*place].is_ramping();
        (0..team.len()).filter(settled).collect()
    };
    let (seniors, others) = (of_tier(SENIOR), of_tier(CSS2));
    let mentors = if seniors.is_empty() { others } else { seniors };
    for colleague in team.iter_mut().filter(|colleague| colleague.is_ramping()) {
        colleague.mentor = mentors.choose(rng).copied();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_of_forty_keeps_its_proportions() {
        assert_eq!(headcounts(40), [16, 10, 6, 5, 3]);
    }

    #[test]
    fn every_team_adds_up_and_has_an_engineer() {
        for people in 2..300 {
            let counts = headcounts(people);
            assert_eq!(counts.iter().sum::<usize>(), people);
            assert!(counts[CSS2] >= 1 && counts[ENGINEER] >= 1, "{people}: {counts:?}");
        }
    }
}
