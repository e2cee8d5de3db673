//! What someone worked before the horizon, and is to work after it, as far as rosters were published: the days
//! that rest, days in a row, nights and averages reach back and forward to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::spell::{Spell, Spells};
use super::{Kind, Law, Objection, Person};
use crate::calendar::Calendar;
use crate::duty::{Block, Line};
use crate::units::{Minutes, Span};

/// One person's published days around a horizon, prepared so that many lines can be held against them.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The known days, the horizon among them.
    calendar: Arc<Calendar>,
    /// How far that calendar's count of minutes is ahead of the horizon's.
    shift: Minutes,
    /// The horizon in that count.
    fresh: Span,
    before: Vec<Arc<Spell>>,
    after: Vec<Arc<Spell>>,
    absences: Vec<Block>,
    /// What speaks against these days even without a line, by rule: no line can mend it.
    given: BTreeMap<String, Minutes>,
}

impl Past {
    /// The days around a horizon as they were published: `around` holds the duties, `days` says how many days
    /// before and after are known. None where none are.
    #[must_use]
    pub fn of(
        around: &Line,
        days: (usize, usize),
        law: &Law,
        person: &Person,
        calendar: &Calendar,
    ) -> Option<Past> {
        let (before, after) = days;
        if before + after == 0 {
            return None;
        }
        let first = calendar.first().plus(-i64::try_from(before).ok()?);
        let known = before + calendar.days() + after;
        let (home, ahead) = person.wall(calendar);
        let wide = Calendar::new(home.zone(), first, known, home.grid()).ok()?;
        let wide = wide.with_holidays(home.holidays().clone());
        let wide = wide.with_week_start(home.week_start());
        let fresh = Span::new(wide.day(before).start, wide.day(before + calendar.days() - 1).end);
        let shift = fresh.start.since(home.horizon().start) + ahead;
        let spells = Spells::of_line(around, calendar).all;
        let moved = |spells: &[Arc<Spell>]| -> Vec<Arc<Spell>> {
            spells.iter().map(|spell| Arc::new(spell.later(shift))).collect()
        };
        let cut = spells.partition_point(|spell| spell.span.start < calendar.horizon().start);
        let mut past = Past {
            shift,
            fresh,
            before: moved(&spells[..cut]),
            after: moved(&spells[cut..]),
            absences: around.absences.iter().map(|absence| later(absence, shift)).collect(),
            calendar: Arc::new(wide),
            given: BTreeMap::new(),
        };
        let alone = past.all_objections(law, &Line::empty(around.agent), person);
        past.given = by_rule(&alone);
        Some(past)
    }

    /// When the last duty before the horizon ends, in the horizon's count: 0 or less but for work over its edge.
    #[must_use]
    pub fn last_end(&self) -> Option<crate::units::Moment> {
        self.before.last().map(|spell| spell.span.end - self.shift)
    }

    /// When the first duty after the horizon starts.
    #[must_use]
    pub fn next_start(&self) -> Option<crate::units::Moment> {
        self.after.first().map(|spell| spell.span.start - self.shift)
    }

    /// Days of work in a row up to the day before the horizon.
    #[must_use]
    pub fn run_before(&self) -> usize {
        let eve = self.calendar.local(self.fresh.start).date.plus(-1);
        self.run(&self.before, |back| eve.plus(-back))
    }

    /// Days of work in a row from the day after the horizon.
    #[must_use]
    pub fn run_after(&self) -> usize {
        let next = self.calendar.local(self.fresh.end).date;
        self.run(&self.after, |on| next.plus(on))
    }

    fn run(&self, spells: &[Arc<Spell>], date: impl Fn(i64) -> crate::calendar::Date) -> usize {
        let dates: Vec<_> =
            spells.iter().map(|spell| self.calendar.local(spell.span.start).date).collect();
        let most = i64::try_from(dates.len()).expect("days are few");
        (0..most).take_while(|&step| dates.contains(&date(step))).count()
    }

    /// Whether a ceiling on average hours or on nights could stand in the way of so much work in the horizon.
    #[must_use]
    pub fn is_near_a_ceiling(&self, law: &Law, person: &Person, most: Minutes) -> bool {
        let spells = self.before.iter().chain(&self.after);
        let work: Minutes = spells.map(|spell| spell.work).sum();
        let days = i64::try_from(self.calendar.days()).expect("days are few");
        law.hard_rules_for(person).any(|rule| match &rule.kind {
            Kind::MaxAverage(average) => {
                let period = i64::try_from(average.period_days()).expect("days are few").min(days);
                // Leave shortens the period, so a person with absences is always looked at.
                (work + most).0 * 7 > average.limit_min_per_week.0 * period
                    || !self.absences.is_empty()
            }
            Kind::Night(night) => night.touches(&self.before, &self.calendar),
            _ => false,
        })
    }

    fn all_objections(&self, law: &Law, line: &Line, person: &Person) -> Vec<Objection> {
        let mut all = self.before.clone();
        for spell in Spells::of_line(line, &self.calendar).all {
            push(&mut all, Arc::new(spell.later(self.shift)));
        }
        for spell in &self.after {
            push(&mut all, Arc::clone(spell));
        }
        let spells = Spells { all, calendar: &self.calendar, fresh: Some(self.fresh) };
        let absences = line.absences.iter().map(|absence| later(absence, self.shift));
        let absences: Vec<Block> = self.absences.iter().cloned().chain(absences).collect();
        law.object_to(&spells, &absences, person)
    }
}

impl Law {
    /// What speaks against a line among the days around it, that did not speak against those days before.
    #[must_use]
    pub fn objections_among(&self, past: &Past, line: &Line, person: &Person) -> Vec<Objection> {
        let all = past.all_objections(self, line, person);
        let sums = by_rule(&all);
        let is_new = |objection: &Objection| {
            let given = past.given.get(&objection.rule).copied().unwrap_or(Minutes(0));
            sums[&objection.rule] > given
        };
        all.into_iter().filter(is_new).collect()
    }
}

fn by_rule(objections: &[Objection]) -> BTreeMap<String, Minutes> {
    let mut sums = BTreeMap::new();
    for objection in objections {
        *sums.entry(objection.rule.clone()).or_insert(Minutes(0)) += objection.by;
    }
    sums
}

/// A spell after the others, one with the last where they touch.
fn push(all: &mut Vec<Arc<Spell>>, spell: Arc<Spell>) {
    match all.last_mut() {
        Some(last) if spell.span.start <= last.span.end => *last = Arc::new(last.joined(&spell)),
        _ => all.push(spell),
    }
}

fn later(block: &Block, shift: Minutes) -> Block {
    let span = Span::new(block.span.start + shift, block.span.end + shift);
    Block { span, ..block.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::duty::Duty;

    fn irish() -> Law {
        Law::of(&["ie".to_owned()]).unwrap()
    }

    fn rules_against(around: Vec<Duty>, days: (usize, usize), duties: Vec<Duty>) -> Vec<String> {
        let person = Person::default();
        let past = Past::of(&line(around), days, &irish(), &person, &week()).unwrap();
        let against = irish().objections_among(&past, &line(duties), &person);
        against.into_iter().map(|objection| objection.rule).collect()
    }

    /// Eight hours from this hour of this day with half an hour's break in the middle.
    fn day(day: i64, hour: i64) -> Duty {
        duty(day * 1440 + hour * 60, 480, &[(225, 30)])
    }

    #[test]
    fn a_late_sunday_of_the_week_before_forbids_an_early_monday() {
        let sunday = || vec![day(-1, 15)];
        assert_eq!(rules_against(sunday(), (7, 0), vec![day(0, 9)]), ["ie.daily_rest"]);
        assert!(rules_against(sunday(), (7, 0), vec![day(0, 10)]).is_empty());
    }

    #[test]
    fn an_early_monday_of_the_week_after_forbids_a_late_sunday() {
        assert_eq!(rules_against(vec![day(7, 6)], (0, 7), vec![day(6, 14)]), ["ie.daily_rest"]);
        assert!(rules_against(vec![day(7, 9)], (0, 7), vec![day(6, 14)]).is_empty());
    }

    #[test]
    fn what_was_wrong_before_does_not_speak_against_a_week_that_is_right() {
        let short = vec![day(-5, 15), day(-4, 6)];
        assert!(rules_against(short, (7, 0), vec![day(1, 9)]).is_empty());
    }

    #[test]
    fn long_weeks_before_leave_less_room_on_average() {
        // Sixteen weeks of 49 hours' work; another one would pass 48 hours on average.
        let long =
            |week: i64| (0..6).map(move |at| duty((week * 7 + at) * 1440 + 480, 520, &[(240, 30)]));
        let before: Vec<Duty> = (-16..0).flat_map(long).collect();
        let against = rules_against(before.clone(), (112, 0), long(0).collect());
        assert_eq!(against, ["ie.avg48"]);
        assert!(rules_against(before, (112, 0), (0..4).map(|at| day(at, 9)).collect()).is_empty());
    }
}
