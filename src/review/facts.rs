//! What a stretch of days asks of each person: hours, rests, early and late duties, nights, weekends.

use crate::calendar::{Calendar, ClockTime, Date, Weekday};
use crate::duty::{Activity, Duty, Line};
use crate::id::AgentId;
use crate::roster::Roster;
use crate::rules;
use crate::scenario::Scenario;
use crate::strain::line::QUICK_RETURN;
use crate::units::{Minutes, Moment, Span};

/// A duty that starts before this is early. *Assumption.*
const EARLY: ClockTime = ClockTime(7 * 60);
/// A duty that ends after this, and is no night duty, is late. *Assumption.*
const LATE: ClockTime = ClockTime(20 * 60);
/// The night where no law pack says otherwise (Directive 2003/88/EC, Art. 2: at least seven hours with 0 to 5).
const NIGHT: (ClockTime, ClockTime) = (ClockTime(23 * 60), ClockTime(6 * 60));
/// Work in the night that makes a duty a night duty (the same article: three hours).
const NIGHT_WORK: Minutes = Minutes::hours(3);

/// A kind of duty that is to be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Starts before seven.
    Early,
    /// Ends after eight in the evening.
    Late,
    /// Three hours or more of the night.
    Night,
    /// Starts on a Saturday or a Sunday.
    Weekend,
    /// Starts less than eleven hours after the one before.
    QuickReturn,
}

impl Kind {
    /// All of them, in the order reports show them.
    pub const ALL: [Kind; 5] =
        [Kind::Early, Kind::Late, Kind::Night, Kind::Weekend, Kind::QuickReturn];
}

/// How many duties of each kind, in the order of [`Kind::ALL`].
pub type Kinds = [usize; 5];

/// A stretch free of duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The date it belongs to: on which the duty after it begins, or the first day of its week.
    pub date: Date,
    /// How long.
    pub length: Minutes,
}

/// What one person's line comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Whose.
    pub agent: AgentId,
    /// Hours of the contract, a week.
    pub contract: Minutes,
    /// Paid minutes.
    pub paid: Minutes,
    /// Minutes of work, pauses and meals left out.
    pub work: Minutes,
    /// Duties.
    pub duties: usize,
    /// Duties by kind.
    pub kinds: Kinds,
    /// Rest before each duty but the first.
    pub rests: Vec<Rest>,
    /// The longest rest of each whole week.
    pub week_rests: Vec<Rest>,
    /// Days the facts speak of.
    pub days: usize,
}

/// Work out everyone's facts. `days` are those a roster covers, which may be fewer than the calendar's.
#[must_use]
pub fn facts(roster: &Roster, calendar: &Calendar, days: usize, scenario: &Scenario) -> Vec<Facts> {
    let night = night(scenario);
    let known = roster.lines.iter().filter(|line| {
        use crate::id::Id;
        line.agent.index() < scenario.agents.len()
    });
    known
        .map(|line| {
            let mut sorted: Vec<&Duty> = line.duties.iter().collect();
            sorted.sort_by_key(|duty| duty.start());
            let kinds = |kind: Kind| {
                let is = |place: &usize| {
                    is_kind(
                        kind,
                        sorted[*place],
                        place.checked_sub(1).map(|at| sorted[at]),
                        calendar,
                        night,
                    )
                };
                (0..sorted.len()).filter(is).count()
            };
            Facts {
                agent: line.agent,
                contract: scenario.agent(line.agent).contract,
                paid: line.paid(),
                work: work(line),
                duties: sorted.len(),
                kinds: Kind::ALL.map(kinds),
                rests: rests(&sorted, calendar),
                week_rests: week_rests(&sorted, calendar),
                days,
            }
        })
        .collect()
}

impl Facts {
    /// Contract hours of the days spoken of.
    #[must_use]
    pub fn owed(&self) -> Minutes {
        let days = i64::try_from(self.days).unwrap_or(0);
        Minutes((self.contract.0 * days).div_euclid(7))
    }

    /// Mean work a week, in minutes.
    #[must_use]
    pub fn weekly_work(&self) -> f64 {
        let weeks = f64::from(u32::try_from(self.days).unwrap_or(u32::MAX)) / 7.0;
        self.work.real() / weeks.max(1.0)
    }
}

fn work(line: &Line) -> Minutes {
    line.blocks()
        .filter(|block| !block.activity.is_pause() && block.activity != Activity::Absent)
        .map(|block| block.span.length())
        .sum()
}

/// The night of the law in force.
fn night(scenario: &Scenario) -> (ClockTime, ClockTime, Minutes) {
    let own = scenario.law.rules.iter().find_map(|rule| match &rule.kind {
        rules::Kind::Night(night) => Some((night.window.from, night.window.to, night.worker_min)),
        _ => None,
    });
    own.unwrap_or((NIGHT.0, NIGHT.1, NIGHT_WORK))
}

fn is_kind(
    kind: Kind,
    duty: &Duty,
    before: Option<&Duty>,
    calendar: &Calendar,
    night: (ClockTime, ClockTime, Minutes),
) -> bool {
    let start = calendar.local(duty.start());
    let is_night = || night_work(duty, calendar, (night.0, night.1)) >= night.2;
    match kind {
        Kind::Early => start.clock < EARLY && !is_night(),
        Kind::Late => duty.end() > calendar.at(start.date, LATE) && !is_night(),
        Kind::Night => is_night(),
        Kind::Weekend => is_weekend(start.date),
        Kind::QuickReturn => {
            before.is_some_and(|before| duty.start().since(before.end()) < QUICK_RETURN)
        }
    }
}

/// Whether a date is a Saturday or a Sunday.
#[must_use]
pub fn is_weekend(date: Date) -> bool {
    let weekend = ["sat", "sun"].map(Weekday::parse);
    weekend.contains(&Some(date.weekday()))
}

/// Minutes of work in the night, on the clock on the wall.
fn night_work(duty: &Duty, calendar: &Calendar, (from, to): (ClockTime, ClockTime)) -> Minutes {
    let first = calendar.local(duty.start()).date.plus(-1);
    let nights = (0..3).map(|day| {
        let date = first.plus(day);
        let closes = if from < to { date } else { date.plus(1) };
        (calendar.at(date, from), calendar.at(closes, to))
    });
    nights
        .filter(|(opens, closes)| opens < closes)
        .map(|(opens, closes)| {
            let night = Span::new(opens, closes);
            let works = duty.blocks.iter().filter(|block| !block.activity.is_pause());
            works.map(|block| block.span.overlap(night)).sum::<Minutes>()
        })
        .sum()
}

fn rests(sorted: &[&Duty], calendar: &Calendar) -> Vec<Rest> {
    let between = sorted.windows(2).map(|pair| Rest {
        date: calendar.local(pair[1].start()).date,
        length: pair[1].start().since(pair[0].end()).max(Minutes(0)),
    });
    between.collect()
}

/// The longest rest of every whole week: what lies in the week, or a stretch over its edge whose middle does.
fn week_rests(sorted: &[&Duty], calendar: &Calendar) -> Vec<Rest> {
    if sorted.is_empty() {
        return Vec::new();
    }
    let horizon = calendar.horizon();
    let day = Minutes::hours(24);
    let mut free: Vec<(Moment, Moment)> = Vec::new();
    // What lies beyond the days known is taken to be free for a day, as the law's own rules take it.
    let mut from = horizon.start - day;
    for duty in sorted {
        free.push((from, duty.start()));
        from = from.max(duty.end());
    }
    free.push((from, horizon.end + day));
    let weeks = calendar.weeks().into_iter().filter(|week| week.len() == 7);
    weeks
        .map(|week| {
            let (opens, closes) = (calendar.day(week.start).start, calendar.day(week.end - 1).end);
            let longest = free.iter().filter(|(start, end)| start < end).map(|&(start, end)| {
                let whole = end.since(start);
                let middle = start + Minutes(whole.0.div_euclid(2));
                let inside = end.min(closes).since(start.max(opens)).max(Minutes(0));
                if opens <= middle && middle < closes { whole } else { inside }
            });
            Rest { date: calendar.date(week.start), length: longest.max().unwrap_or(Minutes(0)) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::Block;
    use crate::id::Id;

    fn calendar(first: &str, days: usize) -> Calendar {
        Calendar::new("Europe/Dublin", Date::parse(first).unwrap(), days, Minutes(30)).unwrap()
    }

    /// A duty by stamps.
    fn duty(calendar: &Calendar, start: &str, end: &str) -> Duty {
        let span =
            Span::new(calendar.read_stamp(start).unwrap(), calendar.read_stamp(end).unwrap());
        Duty {
            blocks: vec![Block {
                span,
                activity: Activity::OnQueue,
                paid: true,
                detail: String::new(),
            }],
        }
    }

    fn is(kind: Kind, calendar: &Calendar, start: &str, end: &str) -> bool {
        let night = (NIGHT.0, NIGHT.1, NIGHT_WORK);
        is_kind(kind, &duty(calendar, start, end), None, calendar, night)
    }

    #[test]
    fn eight_in_the_evening_is_not_late_and_a_minute_after_is() {
        let week = calendar("2026-11-30", 7);
        assert!(!is(Kind::Late, &week, "2026-11-30T12:00", "2026-11-30T20:00"));
        assert!(is(Kind::Late, &week, "2026-11-30T12:00", "2026-11-30T20:01"));
        assert!(is(Kind::Late, &week, "2026-11-30T17:00", "2026-12-01T01:00"));
    }

    #[test]
    fn three_hours_after_eleven_make_a_night_and_no_late_duty() {
        let week = calendar("2026-11-30", 7);
        assert!(!is(Kind::Night, &week, "2026-11-30T18:00", "2026-12-01T01:59"));
        assert!(is(Kind::Night, &week, "2026-11-30T18:00", "2026-12-01T02:00"));
        assert!(!is(Kind::Late, &week, "2026-11-30T18:00", "2026-12-01T02:00"));
        assert!(!is(Kind::Early, &week, "2026-12-01T03:00", "2026-12-01T11:00"));
        assert!(is(Kind::Early, &week, "2026-12-01T06:59", "2026-12-01T14:00"));
    }

    /// Clocks go back at 02:00 on 25 October 2026 in Dublin: from 23:00 to 02:00 are four hours.
    #[test]
    fn the_doubled_hour_is_worked_twice() {
        let week = calendar("2026-10-19", 7);
        let night = duty(&week, "2026-10-24T23:00:00+01:00", "2026-10-25T02:00:00+00:00");
        assert_eq!(night_work(&night, &week, NIGHT), Minutes::hours(4));
    }

    #[test]
    fn rest_is_counted_from_end_to_start_whatever_the_day() {
        let week = calendar("2026-11-30", 7);
        let late = duty(&week, "2026-12-01T14:00", "2026-12-01T22:00");
        let early = duty(&week, "2026-12-02T07:00", "2026-12-02T15:00");
        let rest = rests(&[&late, &early], &week);
        assert_eq!(rest[0].length, Minutes::hours(9));
        assert_eq!(rest[0].date.to_string(), "2026-12-02");
    }

    #[test]
    fn a_weekend_off_is_the_rest_of_the_week_and_a_day_beyond() {
        let week = calendar("2026-11-30", 7);
        let days: Vec<Duty> = (0..5)
            .map(|day| {
                let date = week.date(day);
                duty(&week, &format!("{date}T09:00"), &format!("{date}T17:00"))
            })
            .collect();
        let sorted: Vec<&Duty> = days.iter().collect();
        // From Friday 17:00 to Sunday midnight are 55 hours, and a day beyond.
        assert_eq!(week_rests(&sorted, &week)[0].length, Minutes::hours(79));
        assert!(week_rests(&[], &week).is_empty());
    }

    #[test]
    fn a_part_time_contract_owes_its_part_of_the_days() {
        let facts = Facts {
            agent: AgentId::at(0),
            contract: Minutes::hours(20),
            paid: Minutes(0),
            work: Minutes::hours(60),
            duties: 0,
            kinds: [0; 5],
            rests: Vec::new(),
            week_rests: Vec::new(),
            days: 14,
        };
        assert_eq!(facts.owed(), Minutes::hours(40));
        assert_eq!(facts.weekly_work(), 1800.0);
    }
}
