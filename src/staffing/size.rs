//! One pool, one question: so many contacts, so long each, so patient; how many agents keep the target?

mod pool;

use serde::Serialize;

use super::busyness::Busyness;
use super::erlang_a::{Levels, Station};
use super::patience::Patience;
use super::sizing::{self, Goal};
use crate::scenario::Definition;
use crate::units::{Contacts, Erlangs, HandleMinutes, Share};
use pool::{Met, Pool};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeQuestion {
    /// Contacts that arrive in [`SizeQuestion::per`].
    pub arrivals: Contacts,
    /// The time in which they arrive, in minutes.
    pub per: f64,
    /// Mean time one contact takes one agent.
    pub handle: HandleMinutes,
    /// Mean minutes before someone hangs up; none: nobody ever does.
    pub patience: Option<f64>,
    /// The service level to keep.
    pub target: ServiceTarget,
    /// How the service level counts.
    pub definition: Definition,
    /// Most of the agents' time that contacts may fill, where there is a cap.
    pub occupancy: Option<Share>,
    /// How patience is spread around its mean.
    pub shape: PatienceShape,
    /// How unsure the volume of a day is, and on what share of days the target is to hold.
    pub days: Option<UnsureDays>,
}

/// How patience is spread around its mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PatienceShape {
    /// Whoever has waited is as patient as whoever has not: the usual assumption.
    #[default]
    Exponential,
    /// Everyone waits equally long.
    Equal,
    /// Anything up to twice the mean, all equally likely.
    Uniform,
    /// Few hang up at once (two exponential parts).
    Erlang2,
}

/// Volumes nobody knows for sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnsureDays {
    /// Coefficient of variation of a day's volume around what is expected.
    pub spread: f64,
    /// The share of days on which the target is to hold.
    pub sure: Share,
}

/// A share answered within a time: `80/20s`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ServiceTarget {
    /// The share.
    pub share: Share,
    /// Minutes.
    pub within: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sized {
    /// Agents as a real number: half an agent is one for half of the time.
    pub agents: f64,
    /// The same as whole people.
    pub headcount: f64,
    /// Service level at the whole number, by its four definitions.
    pub service_level: Levels,
    /// Share that hang up at the whole number.
    pub abandonment: f64,
    /// Share of the agents' time that is filled at the whole number.
    pub occupancy: f64,
    /// Mean wait of everyone at the whole number, in seconds.
    pub mean_wait_seconds: f64,
    /// Offered load.
    pub load: Erlangs,
    /// What decides: `service`, `occupancy`, or `nothing` where no agent is needed.
    pub binding: &'static str,
    /// Where volumes are unsure, the people that each share of days costs, least sure first.
    pub price_of_sureness: Vec<Sureness>,
}

/// What it takes for the target to hold on a share of days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sureness {
    /// The share of days.
    pub days: f64,
    /// Agents as a real number.
    pub agents: f64,
}

/// Shares of days that the price of sureness is given for.
const SURE: [f64; 5] = [0.5, 0.8, 0.9, 0.95, 0.99];

/// The most Erlangs a question may hold; a hundred times all of humankind's telephones would ring below it.
const MOST_LOAD: f64 = 1e10;

/// How many agents one pool needs.
///
/// # Errors
/// A sentence that names the value and the way out, where the question has no answer.
pub fn size(question: &SizeQuestion) -> Result<Sized, String> {
    let pool = Pool { station: station(question)?, shape: shape(question) };
    let busyness = busyness(question)?;
    let goals = goals(question)?;
    let need = |sure: f64| {
        let factor = busyness.map_or(1.0, |busyness| busyness.quantile(sure));
        Need::of(&pool.busier(factor), &goals)
    };
    let sure = question.days.map_or(0.5, |days| days.sure.value());
    let needed = need(sure)?;
    let agents = needed.agents();
    // The real number is found from above to ten digits; an answer a rounding above a whole one is it.
    let headcount = (agents - 1e-9 * agents.max(1.0)).ceil().max(0.0);

    let at = |factor: f64| pool.busier(factor).met(headcount, question.target.within);
    let met = |part: &dyn Fn(Met) -> f64| match busyness {
        Some(busyness) => busyness.met_by_contacts(|factor| part(at(factor))),
        None => part(at(1.0)),
    };
    let price = |&days: &f64| Ok(Sureness { days, agents: need(days)?.agents() });
    let shown = if busyness.is_some() { &SURE[..] } else { &[] };
    Ok(Sized {
        agents,
        headcount,
        service_level: Levels {
            offered: met(&|met| met.levels.offered),
            answered: met(&|met| met.levels.answered),
            without_short_abandons: met(&|met| met.levels.without_short_abandons),
            waited: met(&|met| met.levels.waited),
        },
        abandonment: met(&|met| met.abandonment),
        occupancy: at(1.0).occupancy,
        mean_wait_seconds: 60.0 * met(&|met| met.mean_wait),
        load: pool.station.load(),
        binding: match agents {
            0.0 => "nothing",
            _ if needed.for_occupancy > needed.for_service => "occupancy",
            _ => "service",
        },
        price_of_sureness: shown.iter().map(price).collect::<Result<_, String>>()?,
    })
}

/// Agents by what asks for them.
struct Need {
    for_service: f64,
    for_occupancy: f64,
}

impl Need {
    fn of(pool: &Pool, goals: &(Goal, Option<Goal>)) -> Result<Need, String> {
        let too_many =
            || format!("no number of agents up to {:.0e} keeps the target", sizing::MOST_AGENTS);
        let agents = |goal: &Goal| pool.agents(goal).ok_or_else(too_many);
        let for_occupancy = goals.1.as_ref().map_or(Ok(0.0), agents)?;
        Ok(Need { for_service: agents(&goals.0)?, for_occupancy })
    }

    fn agents(&self) -> f64 {
        self.for_service.max(self.for_occupancy)
    }
}

/// The service level to keep, and the cap on occupancy.
fn goals(question: &SizeQuestion) -> Result<(Goal, Option<Goal>), String> {
    let share = question.target.share.value();
    if share > sizing::HIGHEST_SHARE {
        return Err(format!(
            "no number of agents answers {} of contacts in time, since chance always leaves some waiting; \
             use at most {:.2} %",
            question.target.share,
            100.0 * sizing::HIGHEST_SHARE
        ));
    }
    let within = question.target.within;
    if !within.is_finite() || within < 0.0 {
        return Err(format!("{within} minutes is not a time to answer within; use 0 or more"));
    }
    let service = Goal::ServiceLevel { share, within, definition: question.definition };
    match question.occupancy.map(Share::value) {
        Some(cap) if cap <= 0.0 => {
            Err("an occupancy of 0 leaves no time for contacts; use such as 0.85".to_owned())
        }
        cap => Ok((service, cap.map(Goal::Occupancy))),
    }
}

/// The shape of patience where it is not Erlang's own.
fn shape(question: &SizeQuestion) -> Option<Patience> {
    let mean = question.patience?;
    match question.shape {
        PatienceShape::Exponential => None,
        PatienceShape::Equal => Some(Patience::Equal { length: mean }),
        PatienceShape::Uniform => Some(Patience::Uniform { longest: 2.0 * mean }),
        PatienceShape::Erlang2 => Some(Patience::Erlang2 { mean }),
    }
}

fn busyness(question: &SizeQuestion) -> Result<Option<Busyness>, String> {
    let Some(UnsureDays { spread, sure }) = question.days else { return Ok(None) };
    if !(0.0..=1.0).contains(&spread) {
        return Err(format!("a day's volume cannot vary by {spread}; use 0 to 1, such as 0.1"));
    }
    if !(0.001..=0.999).contains(&sure.value()) {
        return Err(format!("no plan holds on {sure} of days; use 0.1 to 99.9 %"));
    }
    Ok(Busyness::varying(spread))
}

fn station(question: &SizeQuestion) -> Result<Station, String> {
    let SizeQuestion { arrivals, per, handle, patience, .. } = *question;
    if !arrivals.0.is_finite() || arrivals.0 < 0.0 {
        return Err(format!("{} is not a number of contacts; use 0 or more", arrivals.0));
    }
    if !per.is_finite() || per <= 0.0 {
        return Err(format!("contacts cannot arrive per {per} minutes; use such as 30m"));
    }
    if !handle.0.is_finite() || handle.0 <= 0.0 {
        return Err(format!("{} minutes is not a handle time; use such as 300s", handle.0));
    }
    if let Some(minutes) = patience.filter(|minutes| !minutes.is_finite() || *minutes <= 0.0) {
        return Err(format!("{minutes} minutes is not a patience; use such as 120s, or infinite"));
    }
    let station = Station { arrivals: arrivals.0 / per, handle: handle.0, patience };
    let load = station.load().0;
    if !load.is_finite() || load > MOST_LOAD {
        return Err(format!(
            "a load of {load:.1e} Erlang is more than can be sized ({MOST_LOAD:.0e}); check the unit of time"
        ));
    }
    Ok(station)
}

/// Read a length of time as minutes: `300s`, `30m`, `1.5h`, `20 sec`, `5min`.
///
/// # Errors
/// A sentence with the way out; a bare number is refused, since seconds and minutes are both in use.
pub fn read_duration(text: &str) -> Result<f64, String> {
    let refused = || format!("`{text}` is not a length of time; write such as 300s, 5m or 1.5h");
    let trimmed = text.trim();
    let split = trimmed.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(|| {
        format!("`{text}` has no unit of time; write such as {trimmed}s, {trimmed}m or {trimmed}h")
    })?;
    let (number, unit) = trimmed.split_at(split);
    let number = read_number(number).ok_or_else(refused)?;
    let in_minutes = match unit.trim() {
        "s" | "sec" | "second" | "seconds" => number / 60.0,
        "m" | "min" | "minute" | "minutes" => number,
        "h" | "hour" | "hours" => number * 60.0,
        "d" | "day" | "days" => number * 24.0 * 60.0,
        _ => return Err(refused()),
    };
    if in_minutes.is_finite() { Ok(in_minutes) } else { Err(refused()) }
}

/// Read a patience as minutes; none for `infinite`.
///
/// # Errors
/// As [`read_duration`].
pub fn read_patience(text: &str) -> Result<Option<f64>, String> {
    match text.trim().to_ascii_lowercase().as_str() {
        "infinite" | "infinity" | "inf" | "none" | "endless" => Ok(None),
        _ => read_duration(text)
            .map(Some)
            .map_err(|reason| format!("{reason}, or infinite where nobody hangs up")),
    }
}

/// Read a target: `80/20s`, `80%/20s` or `0.8/20s`. A share above 1 is in percent; `1` itself is refused,
/// since it may mean either.
///
/// # Errors
/// A sentence with the way out.
pub fn read_target(text: &str) -> Result<ServiceTarget, String> {
    let refused =
        || format!("`{text}` is not a target; write a share and a time, such as 80/20s or 0.8/20s");
    let (share, within) = text.split_once('/').ok_or_else(refused)?;
    let share = share.trim();
    let (digits, is_percent) = match share.strip_suffix('%') {
        Some(digits) => (digits.trim(), true),
        None => (share, false),
    };
    let number = read_number(digits).ok_or_else(refused)?;
    let part = if is_percent || number > 1.0 { number / 100.0 } else { number };
    if number == 1.0 && !is_percent {
        return Err(format!("`{text}` may mean 1 % or all; write 1%/20s or 100/20s"));
    }
    let share = Share::try_from(part)
        .map_err(|_| format!("`{text}` asks for {number} %; a share is from 0 to 100 %"))?;
    Ok(ServiceTarget { share, within: read_duration(within)? })
}

/// Digits with at most one point: no sign, no exponent, no `nan`.
fn read_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question() -> SizeQuestion {
        SizeQuestion {
            arrivals: Contacts(100.0),
            per: 30.0,
            handle: HandleMinutes(3.0),
            patience: None,
            target: read_target("80/20s").unwrap(),
            definition: Definition::Offered,
            occupancy: None,
            shape: PatienceShape::Exponential,
            days: None,
        }
    }

    fn agents(question: &SizeQuestion) -> f64 {
        size(question).unwrap().agents
    }

    #[test]
    fn people_who_all_wait_equally_long_hang_up_less_and_so_need_more_agents() {
        let of = |shape| {
            let patience = Some(2.0);
            size(&SizeQuestion { patience, shape, ..question() }).unwrap()
        };
        let (usual, equal) = (of(PatienceShape::Exponential), of(PatienceShape::Equal));
        assert!(equal.agents > usual.agents, "{} {}", equal.agents, usual.agents);
        assert!(equal.abandonment < usual.abandonment);
        assert!(equal.service_level.offered >= 0.8 - 1e-9);
    }

    #[test]
    fn a_target_on_more_days_costs_more_people() {
        // 20 contacts a minute of 5 minutes, a day varying by a tenth: 122 agents on nine days of ten, and
        // 108 where the volume is known (computed by another program).
        let asked = SizeQuestion {
            arrivals: Contacts(20.0),
            per: 1.0,
            handle: HandleMinutes(5.0),
            ..question()
        };
        let unsure = |sure: f64| {
            let days = Some(UnsureDays { spread: 0.1, sure: Share::clamped(sure) });
            size(&SizeQuestion { days, ..asked }).unwrap()
        };
        let nine_of_ten = unsure(0.9);
        assert_eq!((size(&asked).unwrap().headcount, nine_of_ten.headcount), (108.0, 122.0));
        let price = &nine_of_ten.price_of_sureness;
        assert!(price.windows(2).all(|pair| pair[0].agents < pair[1].agents));
        assert!(unsure(0.5).service_level.offered < nine_of_ten.service_level.offered);
        let none = SizeQuestion {
            days: Some(UnsureDays { spread: 0.0, sure: Share::clamped(0.9) }),
            ..asked
        };
        assert_eq!(agents(&none), agents(&asked));
    }

    #[test]
    fn days_without_sense_are_refused() {
        for (spread, sure) in [(f64::NAN, 0.9), (-0.1, 0.9), (2.0, 0.9), (0.1, 0.0), (0.1, 1.0)] {
            let days = Some(UnsureDays { spread, sure: Share::clamped(sure) });
            assert!(size(&SizeQuestion { days, ..question() }).is_err(), "{spread} {sure}");
        }
    }

    #[test]
    fn the_documented_example_takes_fourteen() {
        let sized = size(&question()).unwrap();
        assert_eq!((sized.headcount, sized.binding), (14.0, "service"));
        assert!(sized.agents > 13.0 && sized.agents < 14.0);
        assert!((sized.service_level.offered - 0.888_35).abs() < 5e-6);
        assert!((sized.mean_wait_seconds - 7.835_937).abs() < 1e-6);
    }

    #[test]
    fn an_occupancy_cap_can_decide() {
        let capped = SizeQuestion { occupancy: Some(Share::clamped(0.5)), ..question() };
        let sized = size(&capped).unwrap();
        assert_eq!((sized.headcount, sized.binding), (20.0, "occupancy"));
    }

    #[test]
    fn hang_ups_need_fewer_people() {
        let patient = size(&question()).unwrap().agents;
        let impatient = size(&SizeQuestion { patience: Some(2.0), ..question() }).unwrap().agents;
        assert!(impatient < patient);
    }

    #[test]
    fn all_contacts_in_time_is_refused_with_the_reason() {
        let all = SizeQuestion { target: read_target("100/20s").unwrap(), ..question() };
        assert!(
            size(&all).unwrap_err().starts_with("no number of agents answers 100.0 % of contacts")
        );
    }

    #[test]
    fn no_contacts_need_nobody() {
        let sized = size(&SizeQuestion { arrivals: Contacts(0.0), ..question() }).unwrap();
        assert_eq!((sized.agents, sized.headcount, sized.binding), (0.0, 0.0, "nothing"));
    }

    #[test]
    fn a_thousand_million_erlangs_are_answered_and_more_refused() {
        let huge = |load: f64| SizeQuestion { arrivals: Contacts(load * 10.0), ..question() };
        assert!(size(&huge(1e9)).unwrap().headcount > 1e9);
        assert!(size(&huge(1e12)).unwrap_err().contains("check the unit of time"));
    }

    #[test]
    fn numbers_without_sense_are_refused() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0] {
            assert!(size(&SizeQuestion { arrivals: Contacts(wrong), ..question() }).is_err());
            assert!(size(&SizeQuestion { per: wrong, ..question() }).is_err());
            assert!(size(&SizeQuestion { handle: HandleMinutes(wrong), ..question() }).is_err());
            assert!(size(&SizeQuestion { patience: Some(wrong), ..question() }).is_err());
        }
        assert!(size(&SizeQuestion { per: 0.0, ..question() }).is_err());
        assert!(size(&SizeQuestion { occupancy: Some(Share::NONE), ..question() }).is_err());
    }

    #[test]
    fn durations_carry_their_unit() {
        let minutes = |text| read_duration(text).unwrap();
        assert_eq!((minutes("300s"), minutes("30m"), minutes("1.5h")), (5.0, 30.0, 90.0));
        assert_eq!((minutes(" 20 sec "), minutes("5min"), minutes("1 h")), (1.0 / 3.0, 5.0, 60.0));
        assert_eq!(
            read_duration("300").unwrap_err(),
            "`300` has no unit of time; write such as 300s, 300m or 300h"
        );
        for wrong in ["", "s", "-5m", "nanm", "1e9s", "5 weeks", "1.2.3h", "infs"] {
            assert!(read_duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn targets_read_in_percent_or_as_a_share() {
        let eighty = ServiceTarget { share: Share::clamped(0.8), within: 1.0 / 3.0 };
        for text in ["80/20s", "0.8/20s", "80%/20s", " 80 / 20s"] {
            assert_eq!(read_target(text), Ok(eighty), "{text}");
        }
        for wrong in ["80", "80/20", "180/20s", "x/20s", "1/20s", "/"] {
            assert!(read_target(wrong).is_err(), "{wrong}");
        }
        assert_eq!(read_patience("infinite"), Ok(None));
        assert_eq!(read_patience("120s"), Ok(Some(2.0)));
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".{0,12}") {
            let _ = (read_duration(&text), read_patience(&text), read_target(&text));
        }

        #[test]
        fn any_finite_question_is_answered_or_refused(
            arrivals in 0.0..1e7f64, per in 1e-3..1e4f64, handle in 1e-3..1e4f64, patience in 1e-6..1e9f64,
            share in 0.0..1.0f64, within in 0.0..1e4f64,
        ) {
            let asked = SizeQuestion {
                arrivals: Contacts(arrivals), per, handle: HandleMinutes(handle), patience: Some(patience),
                target: ServiceTarget { share: Share::clamped(share), within },
                definition: Definition::Offered, occupancy: Some(Share::clamped(0.85)),
                shape: PatienceShape::Exponential, days: None,
            };
            if let Ok(sized) = size(&asked) {
                prop_assert!(sized.agents.is_finite() && sized.headcount >= sized.agents - 1e-6 * sized.agents.max(1.0));
                prop_assert!(sized.service_level.offered >= share - 1e-7);
            }
        }
    }
}
