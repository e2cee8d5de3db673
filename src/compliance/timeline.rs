//! One person's time, minute by minute, beside the clock and calendar on the wall.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::calendar::{Calendar, ClockTime, Date, Weekday};
use crate::duty::{Activity, Block, Line};
use crate::id::AgentId;
use crate::rules::Person;
use crate::units::{Minutes, Moment};

/// Days judged on either side of the horizon, so that every week it touches is whole.
const MARGIN_DAYS: i64 = 8;

const WORK: u8 = 1;
const PAUSE: u8 = 2;
const GAP: u8 = 4;
const TWICE: u8 = 8;
const ABSENT: u8 = 16;
const SCREEN: u8 = 32;
const MEAL: u8 = 64;
const RECOVERY: u8 = 128;

/// What the wall shows in every minute around a horizon.
pub(super) struct Wall {
    pub(super) calendar: Calendar,
    begin: Moment,
    first: Date,
    /// Days since the first date, by minute.
    day: Vec<u16>,
    /// Minutes after midnight on the clock, by minute.
    clock: Vec<u16>,
    /// First date judged and first date after, where others are known besides; none: all.
    judged: Option<Range<Date>>,
}

impl Wall {
    pub(super) fn around(calendar: &Calendar) -> Wall {
        let first = calendar.first().plus(-MARGIN_DAYS);
        let days = i64::try_from(calendar.days()).expect("days are few");
        let begin = calendar.at(first, ClockTime(0));
        let end = calendar.at(calendar.first().plus(days + MARGIN_DAYS), ClockTime(0));
        let length = usize::try_from(end.since(begin).0).expect("the end lies after the start");
        let mut wall = Wall {
            calendar: calendar.clone(),
            begin,
            first,
            day: Vec::with_capacity(length),
            clock: Vec::with_capacity(length),
            judged: None,
        };
        while wall.day.len() < length {
            wall.next_hour(length);
        }
        wall
    }

    /// The same where only these dates are judged, and the others are known besides.
    pub(super) fn judging(self, first: Date, after: Date) -> Wall {
        Wall { judged: Some(first..after), ..self }
    }

    /// Whether a period of so many days from a date holds a date that is judged.
    pub(super) fn is_judged(&self, from: Date, days: i64) -> bool {
        let Some(judged) = &self.judged else { return true };
        from < judged.end && judged.start < from.plus(days)
    }

    /// The first minute of a reference period of so many days that ends with those judged.
    pub(super) fn reaching_back(&self, days: i64) -> usize {
        let Some(judged) = &self.judged else { return 0 };
        self.between(self.first, judged.end.plus(-days)).end
    }

    /// Within an hour whose ends lie on one date at one offset the clock just counts; else every minute is asked.
    fn next_hour(&mut self, length: usize) {
        let from = self.day.len();
        let here = self.calendar.local(self.moment(from));
        let next = self.calendar.local(self.moment(from + 60));
        let is_plain = here.offset == next.offset && here.clock.0 + 60 < 24 * 60;
        let hour = 60.min(length - from);
        if is_plain {
            let day = self.days_to(here.date);
            self.day.resize(from + hour, day);
            self.clock.extend((here.clock.0..).take(hour));
            return;
        }
        for step in 0..hour {
            let local = self.calendar.local(self.moment(from + step));
            let day = self.days_to(local.date);
            self.day.push(day);
            self.clock.push(local.clock.0);
        }
    }

    fn days_to(&self, date: Date) -> u16 {
        u16::try_from(date.days_since(self.first).max(0)).unwrap_or(u16::MAX)
    }

    pub(super) fn len(&self) -> usize {
        self.day.len()
    }

    pub(super) fn moment(&self, minute: usize) -> Moment {
        self.begin + Minutes(i64::try_from(minute).expect("minutes are few"))
    }

    /// The minute a moment is, cut to those known.
    pub(super) fn minute(&self, moment: Moment) -> usize {
        let minute = usize::try_from(moment.since(self.begin).0.max(0)).expect("not negative");
        minute.min(self.len())
    }

    pub(super) fn date(&self, minute: usize) -> Date {
        self.first.plus(i64::from(self.day[minute.min(self.len() - 1)]))
    }

    pub(super) fn clock(&self, minute: usize) -> u16 {
        self.clock[minute]
    }

    /// `09:30` on the wall.
    pub(super) fn shown(&self, minute: usize) -> String {
        self.calendar.local(self.moment(minute)).clock.to_string()
    }

    /// `Mon 30 Nov 09:00`.
    pub(super) fn label(&self, minute: usize) -> String {
        self.calendar.label(self.moment(minute))
    }

    /// The minutes from one date to another, the second not included.
    pub(super) fn between(&self, from: Date, to: Date) -> Range<usize> {
        let place = |date: Date| {
            let day = date.days_since(self.first);
            self.day.partition_point(|&known| i64::from(known) < day)
        };
        place(from)..place(to)
    }

    /// The minutes of the horizon.
    pub(super) fn horizon(&self) -> Range<usize> {
        let horizon = self.calendar.horizon();
        self.minute(horizon.start)..self.minute(horizon.end)
    }

    /// First dates of all weeks of which the horizon holds a day.
    pub(super) fn weeks(&self, week_start: Weekday) -> Vec<Date> {
        let mut weeks: Vec<Date> = Vec::new();
        for day in 0..self.calendar.days() {
            let mut opens = self.calendar.date(day);
            while opens.weekday() != week_start {
                opens = opens.plus(-1);
            }
            if weeks.last() != Some(&opens) {
                weeks.push(opens);
            }
        }
        weeks
    }

    /// How many days of the week from this date lie in the horizon.
    pub(super) fn known_days(&self, week: Date) -> usize {
        (0..7).filter(|&day| self.calendar.day_of(week.plus(day)).is_some()).count()
    }
}

/// One person's minutes.
pub(super) struct Timeline<'a> {
    pub(super) agent: AgentId,
    pub(super) person: &'a Person,
    pub(super) wall: &'a Wall,
    minutes: Vec<u8>,
    /// Minutes on duty in a row, breaks and gaps of split duties included.
    pub(super) spells: Vec<Range<usize>>,
    /// Dates with absence, by its reason.
    pub(super) absences: BTreeSet<(Date, String)>,
    /// Whether some of it lies beyond the minutes known.
    pub(super) is_cut: bool,
    /// How far the wall's count of minutes is ahead of the lines'.
    pub(super) shift: Minutes,
}

impl<'a> Timeline<'a> {
    /// Paint lines of one person, moved by `shift` to the wall's own count of minutes.
    pub(super) fn paint(
        agent: AgentId,
        person: &'a Person,
        lines: &[&Line],
        wall: &'a Wall,
        shift: Minutes,
    ) -> Timeline<'a> {
        let mut time = Timeline {
            agent,
            person,
            wall,
            minutes: vec![0; wall.len()],
            spells: Vec::new(),
            absences: BTreeSet::new(),
            is_cut: false,
            shift,
        };
        for line in lines {
            for duty in &line.duties {
                time.paint_duty(&duty.blocks, shift);
            }
            for absence in &line.absences {
                let range = time.range(absence, shift);
                for minute in range.clone() {
                    time.minutes[minute] |= ABSENT;
                }
                if !range.is_empty() {
                    let (mut date, last) = (wall.date(range.start), wall.date(range.end - 1));
                    while date <= last {
                        time.absences.insert((date, absence.detail.clone()));
                        date = date.plus(1);
                    }
                }
            }
        }
        time.spells = time.runs(0..wall.len(), |minute| minute & (WORK | PAUSE | GAP) != 0);
        time
    }

    fn paint_duty(&mut self, blocks: &[Block], shift: Minutes) {
        let on_duty = blocks.iter().filter(|block| block.activity != Activity::Absent);
        let mut whole: Option<Range<usize>> = None;
        for block in on_duty {
            let range = self.range(block, shift);
            if range.is_empty() {
                continue;
            }
            let mark = match block.activity {
                Activity::Break => PAUSE,
                Activity::Meal => PAUSE | MEAL,
                Activity::OnQueue => WORK | SCREEN,
                Activity::Recovery => WORK | RECOVERY,
                Activity::OffQueue | Activity::Absent => WORK,
            };
            for minute in &mut self.minutes[range.clone()] {
                if *minute & (WORK | PAUSE) != 0 {
                    *minute |= TWICE;
                }
                *minute |= mark;
            }
            whole = Some(match whole {
                Some(whole) => whole.start.min(range.start)..whole.end.max(range.end),
                None => range,
            });
        }
        for minute in &mut self.minutes[whole.unwrap_or(0..0)] {
            if *minute & (WORK | PAUSE) == 0 {
                *minute |= GAP;
            }
        }
    }

    fn range(&mut self, block: &Block, shift: Minutes) -> Range<usize> {
        let (start, end) = (block.span.start + shift, block.span.end + shift);
        let range = self.wall.minute(start)..self.wall.minute(end);
        self.is_cut |= self.wall.moment(range.start) != start || self.wall.moment(range.end) != end;
        range
    }

    pub(super) fn is_work(&self, minute: usize) -> bool {
        self.minutes[minute] & WORK != 0
    }

    /// On queue, which is work at a screen.
    pub(super) fn is_screen(&self, minute: usize) -> bool {
        self.minutes[minute] & SCREEN != 0
    }

    pub(super) fn is_recovery(&self, minute: usize) -> bool {
        self.minutes[minute] & RECOVERY != 0
    }

    pub(super) fn is_meal(&self, minute: usize) -> bool {
        self.minutes[minute] & (WORK | MEAL) == MEAL
    }

    /// On a break that is no meal.
    pub(super) fn is_break(&self, minute: usize) -> bool {
        self.minutes[minute] & (WORK | PAUSE | MEAL) == PAUSE
    }

    /// In the gap of a split duty.
    pub(super) fn is_gap(&self, minute: usize) -> bool {
        self.minutes[minute] & (WORK | PAUSE | GAP) == GAP
    }

    /// First and last minute of work in a spell.
    pub(super) fn edges(&self, spell: &Range<usize>) -> Option<(usize, usize)> {
        let first = spell.clone().find(|&minute| self.is_work(minute))?;
        let last = spell.clone().rfind(|&minute| self.is_work(minute))?;
        Some((first, last))
    }

    /// Every date from the first on which there is duty to the last.
    pub(super) fn dates(&self) -> Vec<Date> {
        let (Some(first), Some(last)) = (self.spells.first(), self.spells.last()) else {
            return Vec::new();
        };
        let (first, last) = (self.wall.date(first.start), self.wall.date(last.end - 1));
        (0..=last.days_since(first)).map(|day| first.plus(day)).collect()
    }

    /// Spells by the date they start on.
    pub(super) fn days(&self) -> Vec<(Date, Vec<Range<usize>>)> {
        let mut days: Vec<(Date, Vec<Range<usize>>)> = Vec::new();
        for spell in &self.spells {
            let date = self.wall.date(spell.start);
            match days.last_mut() {
                Some((known, spells)) if *known == date => spells.push(spell.clone()),
                _ => days.push((date, vec![spell.clone()])),
            }
        }
        days
    }

    /// Working, or on a break; not in the gap of a split duty.
    pub(super) fn is_busy(&self, minute: usize) -> bool {
        self.minutes.get(minute).is_some_and(|minute| minute & (WORK | PAUSE) != 0)
    }

    pub(super) fn is_twice(&self, minute: usize) -> bool {
        self.minutes[minute] & TWICE != 0
    }

    /// Minutes of work among these.
    pub(super) fn work(&self, minutes: Range<usize>) -> i64 {
        count(&self.minutes[minutes], |minute| minute & WORK != 0)
    }

    /// Minutes of work or break among these.
    pub(super) fn busy(&self, minutes: Range<usize>) -> i64 {
        count(&self.minutes[minutes], |minute| minute & (WORK | PAUSE) != 0)
    }

    /// Minutes of work or of breaks that are no meals.
    pub(super) fn counted(&self, minutes: Range<usize>) -> i64 {
        let counted = minutes.filter(|&minute| self.is_work(minute) || self.is_break(minute));
        i64::try_from(counted.count()).expect("minutes are few")
    }

    /// Stretches of minutes among these that are so.
    fn runs(&self, within: Range<usize>, is_so: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut at = within.start;
        while let Some(skipped) =
            self.minutes[at..within.end].iter().position(|&minute| is_so(minute))
        {
            let start = at + skipped;
            let rest = &self.minutes[start..within.end];
            let length = rest.iter().position(|&minute| !is_so(minute)).unwrap_or(rest.len());
            at = start + length;
            runs.push(start..at);
        }
        runs
    }

    /// Stretches off duty among these.
    pub(super) fn free_runs(&self, within: Range<usize>) -> Vec<Range<usize>> {
        self.runs(within, |minute| minute & (WORK | PAUSE | GAP) == 0)
    }

    /// Dates on which a spell begins.
    pub(super) fn start_dates(&self) -> BTreeSet<Date> {
        self.spells.iter().map(|spell| self.wall.date(spell.start)).collect()
    }
}

/// Stretches of minutes in a row for which a question has the same answer; none: left out.
pub(super) fn alike<T: PartialEq>(
    within: Range<usize>,
    ask: impl Fn(usize) -> Option<T>,
) -> Vec<Range<usize>> {
    let mut runs: Vec<(T, Range<usize>)> = Vec::new();
    for minute in within {
        let Some(answer) = ask(minute) else { continue };
        match runs.last_mut() {
            Some((before, run)) if *before == answer && run.end == minute => run.end += 1,
            _ => runs.push((answer, minute..minute + 1)),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

fn count(minutes: &[u8], is_so: impl Fn(u8) -> bool) -> i64 {
    let count = minutes.iter().filter(|&&minute| is_so(minute)).count();
    i64::try_from(count).expect("minutes are few")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_agrees_with_the_calendar_in_every_minute_of_a_week_with_a_clock_change() {
        for (zone, first) in [
            ("Europe/Dublin", "2026-03-23"),
            ("Europe/Dublin", "2026-10-19"),
            ("Australia/Lord_Howe", "2026-03-30"),
        ] {
            let first = Date::parse(first).unwrap();
            let calendar = Calendar::new(zone, first, 7, Minutes(15)).unwrap();
            let wall = Wall::around(&calendar);
            for minute in 0..wall.len() {
                let local = calendar.local(wall.moment(minute));
                assert_eq!(wall.date(minute), local.date);
                assert_eq!(wall.clock(minute), local.clock.0);
            }
        }
    }
}
