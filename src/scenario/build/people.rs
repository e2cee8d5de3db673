//! Agents: when they can work, how much, what they wish, what they still learn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::draft::Draft;
use super::super::formats;
use super::super::people::{PersonRow, WishDays, WishKind};
use super::super::shape::{ContractShape, File, OffQueueWho, RampShape, ShiftShape, SiteShape};
use super::super::{Agent, Lock, NameBook, TimeOff, Wish};
use super::{nearest_minutes, window};
use crate::calendar::{Calendar, ClockTime, Date, Weekday, Weekly};
use crate::id::{AgentId, Id, PoolId};
use crate::rules::{Kind, Person, Place};
use crate::units::{Minutes, Share, Span};

pub(super) fn agents(draft: &Draft, names: &NameBook, calendar: &Calendar) -> Vec<Agent> {
    let ramps: BTreeMap<&str, f64> = draft
        .people
        .rows
        .iter()
        .map(|row| (row.id.as_str(), ramp(row.start_date, calendar.first(), &draft.file.ramp)))
        .collect();
    let learners = draft.people.rows.iter().filter(|row| ramps[row.id.as_str()] > 1.0);
    let mentors: BTreeSet<&str> = learners.filter_map(|row| row.mentor.as_deref()).collect();
    let sites = sites(&draft.file, calendar);
    let mut agents = Vec::new();
    for row in &draft.people.rows {
        let place = sites.get(row.site.as_str()).cloned().flatten();
        let team = calendar;
        let calendar = place.as_ref().map_or(team, |place| &place.calendar);
        let ramp = ramps[row.id.as_str()];
        let (available, usual, time_off) = available(row, draft, calendar);
        let off_here = time_off.clone();
        let there = |span: Span| place.as_ref().map_or(span, |place| place.there(span));
        let [available, usual] =
            [available, usual].map(|spans| spans.into_iter().map(there).collect::<Vec<Span>>());
        let time_off: Vec<TimeOff> =
            time_off.into_iter().map(|off| TimeOff { span: there(off.span), ..off }).collect();
        let horizon = team.horizon();
        let is_there = available.iter().any(|span| span.overlap(horizon).0 > 0);
        let teaches_or_learns = ramp > 1.0 || mentors.contains(row.id.as_str());
        let owes = |who: OffQueueWho| match who {
            OffQueueWho::Everyone => true,
            OffQueueWho::RampAndMentors => teaches_or_learns,
        };
        let work = draft.file.off_queue.iter().filter(|work| owes(work.who) && is_there);
        let week = week(row, &draft.file.contract);
        let Ok(tier) = names.tiers.find(&row.tier) else { continue };
        agents.push(Agent {
            number: row.number,
            tier,
            pool: PoolId::at(0),
            site: row.site.clone(),
            is_remote: row.is_remote,
            takes_sensitive: row.takes_sensitive,
            open_cases: Share::clamped(row.open_cases_share.unwrap_or(1.0)),
            contract: nearest_minutes(row.contract_hours),
            week,
            weeks: weeks(row, week, &off_here, calendar),
            time_off,
            locks: locks(row, draft, team, place.as_deref()),
            wishes: wishes(row, calendar),
            ramp,
            mentor: mentor(row, names),
            person: person(row, &draft.file, place.clone()),
            presence: Share::clamped(row.presence.unwrap_or(draft.file.presence.share)),
            off_queue: work.map(|work| (work.title.clone(), Minutes(work.minutes))).collect(),
            available,
            usual,
        });
    }
    agents
}

/// Sites by name, with their own wall where they have one.
pub(super) fn sites<'a>(file: &'a File, team: &Calendar) -> BTreeMap<&'a str, Option<Arc<Place>>> {
    let wall = |site: &SiteShape| {
        let zone = site.time_zone.as_deref().unwrap_or(team.zone());
        if zone == team.zone() && site.holidays.is_empty() {
            return None;
        }
        let own = site
            .holidays
            .iter()
            .filter_map(|(date, name)| Date::parse(date).ok().map(|date| (date, name.clone())));
        let own: BTreeMap<Date, String> = own.collect();
        let holidays = if own.is_empty() { team.holidays().clone() } else { own };
        Place::of(team, zone, holidays).ok().map(Arc::new)
    };
    file.sites.iter().map(|site| (site.id.as_str(), wall(site))).collect()
}

fn site_of<'a>(row: &PersonRow, file: &'a File) -> Option<&'a SiteShape> {
    file.sites.iter().find(|site| site.id == row.site)
}

/// The packs in force for a person: their own, else those of the site, else the team's.
pub(in super::super) fn packs_of<'a>(row: &'a PersonRow, file: &'a File) -> &'a Vec<String> {
    let site = site_of(row, file).map(|site| &site.law).filter(|law| !law.is_empty());
    if row.law.is_empty() { site.unwrap_or(&file.law) } else { &row.law }
}

/// What the rules need to know; the permit of a site waives the rules that close it on days of rest.
fn person(row: &PersonRow, file: &File, place: Option<Arc<Place>>) -> Person {
    let packs = packs_of(row, file);
    let mut waivers = row.waivers.clone();
    if site_of(row, file).is_some_and(|site| site.sunday_permit) {
        let law = super::law(packs).unwrap_or_default();
        let bans = law.rules.into_iter().filter(|rule| matches!(rule.kind, Kind::BanDay(_)));
        waivers.extend(bans.map(|rule| rule.id));
    }
    let law = if packs == &file.law { row.law.clone() } else { packs.clone() };
    Person { born: row.born, law, waivers, place }
}

fn mentor(row: &PersonRow, names: &NameBook) -> Option<AgentId> {
    row.mentor.as_ref().and_then(|mentor| names.agents.find(mentor).ok())
}

/// Handle time as a multiple of the usual: falls evenly, week by week, from the start date on.
fn ramp(start: Option<Date>, first: Date, shape: &RampShape) -> f64 {
    let Some(start) = start else { return 1.0 };
    let weeks = first.days_since(start).max(0).div_euclid(7);
    if weeks >= shape.weeks {
        return 1.0;
    }
    let learnt = Minutes(weeks).real() / Minutes(shape.weeks).real();
    1.0 + (shape.start_factor - 1.0) * (1.0 - learnt)
}

/// Fewest and most paid minutes of an ordinary week.
pub(in super::super) fn week(row: &PersonRow, contract: &ContractShape) -> (Minutes, Minutes) {
    let fewest = nearest_minutes(row.contract_hours * contract.fewest_share);
    (fewest, nearest_minutes(row.contract_hours + contract.overtime_hours))
}

/// Fewest and most paid minutes of each week that the horizon touches.
///
/// A contract is worked on five days of the week at most, the first five of those someone is available on
/// (assumption). Of these, days that the horizon leaves out and days off both take their part away, so that
/// leave is not worked off on the other days.
fn weeks(
    row: &PersonRow,
    whole: (Minutes, Minutes),
    off: &[TimeOff],
    calendar: &Calendar,
) -> Vec<(Minutes, Minutes)> {
    const WORKING_DAYS: usize = 5;
    let is_free = |day: &Weekday| {
        row.availability.as_ref().is_none_or(|hours| !hours.on(*day, false).is_empty())
    };
    let working: Vec<Weekday> = Weekday::all().filter(is_free).take(WORKING_DAYS).collect();
    let each = 1.0 / Minutes(i64::try_from(working.len().max(1)).unwrap_or(1)).real();
    let present = |day: usize| {
        let date = calendar.date(day);
        let is_employed = row.start_date.is_none_or(|start| start <= date);
        if !working.contains(&date.weekday()) || !is_employed {
            return 0.0;
        }
        let hours = match &row.availability {
            Some(hours) => hours
                .on(date.weekday(), false)
                .iter()
                .map(|&range| calendar.range_on(date, range))
                .collect(),
            None => vec![calendar.day(day)],
        };
        let free: Minutes = hours.iter().map(|span| span.length()).sum();
        let away: Vec<Span> = off.iter().map(|off| off.span).collect();
        let left: Minutes = Span::without(hours, &away).iter().map(|span| span.length()).sum();
        if free.0 > 0 { left.real() / free.real() } else { 0.0 }
    };
    let scaled = |length: Minutes, part: f64| nearest_minutes(length.in_hours() * part.min(1.0));
    let parts = calendar.weeks().into_iter().map(|days| days.map(present).sum::<f64>() * each);
    parts.map(|part| (scaled(whole.0, part), scaled(whole.1, part))).collect()
}

/// When someone can work, when they could without time off, and their time off.
fn available(
    row: &PersonRow,
    draft: &Draft,
    calendar: &Calendar,
) -> (Vec<Span>, Vec<Span>, Vec<TimeOff>) {
    let whole = window(calendar);
    let hours = match &row.availability {
        Some(weekly) => calendar.spans(weekly),
        None => vec![whole],
    };
    let mut off: Vec<TimeOff> = draft
        .time_off
        .iter()
        .filter(|off| off.agent == row.id)
        .map(|off| {
            let (start, end) = (off.start, off.end);
            let span = Span::new(calendar.at(start.0, start.1), calendar.at(end.0, end.1));
            TimeOff { span, reason: off.reason.clone() }
        })
        .filter(|off| off.span.overlap(whole).0 > 0)
        .collect();
    off.sort_by_key(|off| off.span);
    let before = row
        .start_date
        .map(|start| Span::new(whole.start, calendar.at(start, ClockTime(0)).max(whole.start)));
    let mut away: Vec<Span> = off.iter().map(|off| off.span).collect();
    away.extend(before);
    let usual = Span::without(hours.clone(), before.as_slice());
    (Span::without(hours, &away), usual, off)
}

/// Days of the horizon that stay as settled, hours read on the wall where the person works.
fn locks(row: &PersonRow, draft: &Draft, team: &Calendar, place: Option<&Place>) -> Vec<Lock> {
    let own = draft.locks.iter().filter(|lock| lock.agent == row.id);
    let there = |lock: Lock| match (lock, place) {
        (Lock::Duty(day, span), Some(place)) => {
            let span = place.there(span);
            Lock::Duty(team.day_at(span.start).unwrap_or(day), span)
        }
        _ => lock,
    };
    let wall = place.map_or(team, |place| &place.calendar);
    let mut locks: Vec<Lock> = own.filter_map(|lock| lock.on(wall)).map(there).collect();
    locks.sort_by_key(|lock| lock.day());
    locks
}

fn wishes(row: &PersonRow, calendar: &Calendar) -> Vec<Wish> {
    let mut wishes = Vec::new();
    for day in 0..calendar.days() {
        let date = calendar.date(day);
        for wish in &row.wishes {
            let is_meant = match &wish.days {
                WishDays::Date(only) => *only == date,
                WishDays::Weekdays(days) => days.contains(&date.weekday()),
            };
            if is_meant {
                wishes.push(match wish.kind {
                    WishKind::Off => Wish::Off(day),
                    WishKind::StartBy(time) => Wish::StartBy(day, i64::from(time.0)),
                    WishKind::StartFrom(time) => Wish::StartFrom(day, i64::from(time.0)),
                });
            }
        }
    }
    wishes.dedup();
    wishes
}

/// What duties someone can work in an ordinary week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Reach {
    /// Days on which some shift fits.
    pub days: i64,
    /// Shortest duty, start to end.
    pub shortest: Minutes,
    /// Longest duty, start to end.
    pub longest: Minutes,
}

impl Reach {
    /// The duties of a tier's shifts that lie in someone's availability; none where no shift does.
    pub(in super::super) fn of(row: &PersonRow, shifts: &[ShiftShape]) -> Option<Reach> {
        let free = free_time(row.availability.as_ref());
        let mut reach: Option<Reach> = None;
        for weekday in Weekday::all() {
            let mut fits_today = false;
            for shift in
                shifts.iter().filter(|one| one.tiers.is_empty() || one.tiers.contains(&row.tier))
            {
                for (shortest, longest) in lengths(shift, weekday, &free) {
                    let so_far = reach.get_or_insert(Reach { days: 0, shortest, longest });
                    so_far.shortest = so_far.shortest.min(shortest);
                    so_far.longest = so_far.longest.max(longest);
                    fits_today = true;
                }
            }
            if let Some(so_far) = reach.as_mut().filter(|_| fits_today) {
                so_far.days += 1;
            }
        }
        reach
    }

    /// Whether some number of duties can be paid between `fewest` and `most`, counting unpaid meals of up
    /// to an hour in either direction.
    pub(in super::super) fn makes_up(self, fewest: Minutes, most: Minutes) -> bool {
        const LONGEST_MEAL: Minutes = Minutes(60);
        let least_paid = Minutes((self.shortest - LONGEST_MEAL).0.max(0));
        (1..=self.days).any(|duties| least_paid * duties <= most && self.longest * duties >= fewest)
    }
}

/// Free stretches from Monday's midnight, in minutes, a day after Sunday included.
fn free_time(availability: Option<&Weekly>) -> Vec<(i64, i64)> {
    let Some(weekly) = availability else { return vec![(0, 9 * 24 * 60)] };
    let mut free: Vec<(i64, i64)> = Vec::new();
    for (day, weekday) in (0..8).zip(Weekday::all().cycle()) {
        for range in weekly.on(weekday, false) {
            let start = day * 24 * 60 + i64::from(range.from.0);
            let end = day * 24 * 60 + i64::from(range.to.0);
            let end = if range.to <= range.from { end + 24 * 60 } else { end };
            free.push((start, end));
        }
    }
    free.sort_unstable();
    let mut whole: Vec<(i64, i64)> = Vec::new();
    for (start, end) in free {
        match whole.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => whole.push((start, end)),
        }
    }
    whole
}

/// Shortest and longest duty of a shift by start on a weekday that free time covers.
fn lengths(shift: &ShiftShape, weekday: Weekday, free: &[(i64, i64)]) -> Vec<(Minutes, Minutes)> {
    let midnight = i64::try_from(weekday.index()).unwrap_or(0) * 24 * 60;
    let shortest = nearest_minutes(shift.hours[0]);
    let longest = nearest_minutes(shift.hours[1]);
    let starts = formats::starts(&shift.starts).unwrap_or_default();
    let mut lengths = Vec::new();
    for range in starts.on(weekday, false) {
        let (first, last) = (i64::from(range.from.0), i64::from(range.to.0));
        let last = if last <= first { last + 24 * 60 } else { last };
        let mut start = first;
        while start <= last {
            let from = midnight + start;
            let span = free.iter().find(|&&(a, b)| a <= from && from + shortest.0 <= b);
            if let Some(&(_, end)) = span {
                lengths.push((shortest, longest.min(Minutes(end - from))));
            }
            start += shift.start_step_minutes.max(1);
        }
    }
    lengths
}

/// First and last times of start windows, as far as they can be read; a window's last may be a minute
/// after its first, which stands for that start alone.
pub(in super::super) fn start_times(text: &str) -> Vec<ClockTime> {
    let starts = formats::starts(text).unwrap_or_default();
    let all = Weekday::all()
        .flat_map(|day| starts.on(day, false))
        .chain(starts.on(Weekday::all().next().expect("a week has days"), true));
    let times: BTreeSet<ClockTime> = all
        .flat_map(|range| {
            let is_alone = range.to.0 == range.from.0 + 1;
            [range.from, if is_alone { range.from } else { range.to }]
        })
        .collect();
    times.into_iter().collect()
}
