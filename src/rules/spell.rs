//! A person's time as the rules see it: spells of duty, and the work in them.

use std::sync::Arc;

use crate::calendar::{Calendar, Date, joined};
use crate::duty::{Activity, Block, Duty, Line};
use crate::units::{Minutes, Moment, Span};

/// Duties that touch or overlap are one spell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spell {
    /// From the first minute on duty to the last.
    pub(super) span: Span,
    /// Stretches of work, in order; what lies between them is a break or the gap of a split duty.
    pub(super) works: Vec<Span>,
    /// Stretches on duty, breaks included; between them lie the gaps of split duties.
    pub(super) busy: Vec<Span>,
    /// Breaks that are no meals, in order.
    pub(super) breaks: Vec<Span>,
    /// Meals, in order.
    pub(super) meals: Vec<Span>,
    /// Gaps of a split duty, in order.
    pub(super) gaps: Vec<Span>,
    /// Stretches on queue, which is work at a screen.
    pub(super) screen: Vec<Span>,
    /// Recoveries, in order.
    pub(super) recoveries: Vec<Span>,
    /// Length of all work.
    pub(super) work: Minutes,
}

/// All spells of a line, in order.
pub(super) struct Spells<'a> {
    pub(super) all: Vec<Arc<Spell>>,
    pub(super) calendar: &'a Calendar,
    /// The days that are judged, where others are known besides; none: all.
    pub(super) fresh: Option<Span>,
}

impl<'a> Spells<'a> {
    pub(super) fn of_duty(duty: &Duty, calendar: &'a Calendar) -> Spells<'a> {
        Spells { all: gather(vec![on_duty(duty)]), calendar, fresh: None }
    }

    pub(super) fn of_line(line: &Line, calendar: &'a Calendar) -> Spells<'a> {
        let all = gather(line.duties.iter().map(on_duty).collect());
        Spells { all, calendar, fresh: None }
    }

    /// The same in a count of minutes that is so far ahead.
    pub(super) fn later(mut self, ahead: Minutes) -> Spells<'a> {
        if ahead != Minutes(0) {
            self.all = self.all.iter().map(|spell| Arc::new(spell.later(ahead))).collect();
        }
        self
    }

    /// Whether a stretch of time touches the days that are judged.
    pub(super) fn is_fresh(&self, stretch: Span) -> bool {
        self.fresh.is_none_or(|fresh| fresh.overlap(stretch) > Minutes(0))
    }

    /// Work within a stretch of time.
    pub(super) fn work_in(&self, stretch: Span) -> Minutes {
        let near = self.all.iter().filter(|spell| spell.span.overlap(stretch) > Minutes(0));
        near.flat_map(|spell| &spell.works).map(|work| work.overlap(stretch)).sum()
    }

    /// Time on duty within a stretch of time, breaks included and gaps of split duties not.
    pub(super) fn duty_in(&self, stretch: Span) -> Minutes {
        self.minutes_in(stretch, |spell| &spell.busy)
    }

    /// Breaks that are no meals within a stretch of time.
    pub(super) fn breaks_in(&self, stretch: Span) -> Minutes {
        self.minutes_in(stretch, |spell| &spell.breaks)
    }

    fn minutes_in(&self, stretch: Span, parts: impl Fn(&Spell) -> &Vec<Span>) -> Minutes {
        let near = self.all.iter().filter(|spell| spell.span.overlap(stretch) > Minutes(0));
        near.flat_map(|spell| parts(spell)).map(|part| part.overlap(stretch)).sum()
    }

    /// Spells by the date they start on: a person's days of work.
    pub(super) fn by_date(&self) -> impl Iterator<Item = (Date, &[Arc<Spell>])> {
        let same = |one: &Arc<Spell>, other: &Arc<Spell>| {
            self.date(one.span.start) == self.date(other.span.start)
        };
        self.all.chunk_by(same).map(|day| (self.date(day[0].span.start), day))
    }

    /// Every date from the first on which there is duty to the last.
    pub(super) fn dates(&self) -> impl Iterator<Item = Date> {
        let first = self.all.first().map(|spell| self.date(spell.span.start));
        let last = self.all.last().map(|spell| self.date(spell.span.end - Minutes(1)));
        let days = first.zip(last).map_or(0, |(first, last)| last.days_since(first) + 1);
        (0..days).filter_map(move |day| first.map(|first| first.plus(day)))
    }

    /// The date on the wall at a moment.
    pub(super) fn date(&self, moment: Moment) -> Date {
        match self.calendar.day_at(moment) {
            Some(day) => self.calendar.date(day),
            None => self.calendar.local(moment).date,
        }
    }
}

impl Spell {
    /// The same so much later.
    pub(super) fn later(&self, shift: Minutes) -> Spell {
        let moved = |span: &Span| Span::new(span.start + shift, span.end + shift);
        let all = |spans: &[Span]| spans.iter().map(moved).collect();
        Spell {
            span: moved(&self.span),
            works: all(&self.works),
            busy: all(&self.busy),
            breaks: all(&self.breaks),
            meals: all(&self.meals),
            gaps: all(&self.gaps),
            screen: all(&self.screen),
            recoveries: all(&self.recoveries),
            work: self.work,
        }
    }

    /// Two spells that touch or overlap as one.
    pub(super) fn joined(&self, other: &Spell) -> Spell {
        let both = |one: &[Span], other: &[Span]| {
            let mut all = [one, other].concat();
            all.sort();
            joined(all)
        };
        let span =
            Span::new(self.span.start.min(other.span.start), self.span.end.max(other.span.end));
        let works = both(&self.works, &other.works);
        let busy = both(&self.busy, &other.busy);
        let meals = Span::without(both(&self.meals, &other.meals), &works);
        let breaks =
            Span::without(Span::without(both(&self.breaks, &other.breaks), &works), &meals);
        Spell {
            span,
            breaks,
            meals,
            gaps: Span::without(vec![span], &busy),
            screen: both(&self.screen, &other.screen),
            recoveries: both(&self.recoveries, &other.recoveries),
            work: works.iter().map(|work| work.length()).sum(),
            works,
            busy,
        }
    }
}

/// A duty's blocks without absences, in order.
fn on_duty(duty: &Duty) -> Vec<&Block> {
    let mut blocks: Vec<&Block> = duty
        .blocks
        .iter()
        .filter(|block| block.activity != Activity::Absent && block.span.start < block.span.end)
        .collect();
    blocks.sort_by_key(|block| block.span);
    blocks
}

fn gather(mut duties: Vec<Vec<&Block>>) -> Vec<Arc<Spell>> {
    duties.retain(|blocks| !blocks.is_empty());
    duties.sort_by_key(|blocks| blocks[0].span.start);
    let mut spells: Vec<(Span, Vec<&Block>)> = Vec::with_capacity(duties.len());
    for blocks in duties {
        let start = blocks[0].span.start;
        let end = blocks.iter().map(|block| block.span.end).max().unwrap_or(start);
        match spells.last_mut() {
            Some((span, before)) if start <= span.end => {
                span.end = span.end.max(end);
                before.extend(blocks);
                before.sort_by_key(|block| block.span);
            }
            _ => spells.push((Span::new(start, end), blocks)),
        }
    }
    spells.into_iter().map(|(span, blocks)| Arc::new(spell(span, &blocks))).collect()
}

fn spell(span: Span, blocks: &[&Block]) -> Spell {
    let working = blocks.iter().filter(|block| !block.activity.is_pause());
    let works = joined(working.map(|block| block.span).collect());
    let busy = joined(blocks.iter().map(|block| block.span).collect());
    let of = |activity: Activity| {
        let such = blocks.iter().filter(move |block| block.activity == activity);
        joined(such.map(|block| block.span).collect())
    };
    let meals = Span::without(of(Activity::Meal), &works);
    let breaks = Span::without(Span::without(of(Activity::Break), &works), &meals);
    let screen = of(Activity::OnQueue);
    let recoveries = of(Activity::Recovery);
    let gaps = Span::without(vec![span], &busy);
    let work = works.iter().map(|work| work.length()).sum();
    Spell { span, works, busy, breaks, meals, gaps, screen, recoveries, work }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;

    #[test]
    fn duties_that_touch_are_one_spell() {
        let week = week();
        let line = line(vec![duty(540, 120, &[]), duty(660, 60, &[(10, 20)])]);
        let spells = Spells::of_line(&line, &week);
        assert_eq!(spells.all.len(), 1);
        assert_eq!(spells.all[0].work, Minutes(160));
        assert_eq!(spells.all[0].works.len(), 2);
    }

    #[test]
    fn work_that_overlaps_a_break_is_work() {
        let week = week();
        let line = line(vec![duty(540, 120, &[(30, 30)]), duty(550, 60, &[])]);
        assert_eq!(Spells::of_line(&line, &week).all[0].work, Minutes(120));
    }
}
