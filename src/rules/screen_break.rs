//! Work at a screen is interrupted: after so much in a row, or for each hour of the day's work.

use std::sync::Arc;

use serde::Deserialize;

use super::spell::{Spell, Spells};
use crate::units::{Minutes, Span};

/// Interruptions of screen work. One of the two measures is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenBreak {
    /// Length of each.
    pub min: Minutes,
    /// Owed above so much screen work in a row.
    pub per_continuous_min: Option<Minutes>,
    /// Owed for each so much work of a person's day, breaks included, split duties added up.
    pub per_work_min: Option<Minutes>,
    /// With the second measure: how far each may start from its nominal moment.
    pub drift_min: Option<Minutes>,
    /// Whether other work interrupts as a break does.
    #[serde(default)]
    pub alt_task_ok: bool,
    /// How many times a day an interruption may be put off to the end of the next stretch.
    #[serde(default)]
    pub may_defer: u32,
    /// Owed only on days with more screen work than this.
    #[serde(default = "none")]
    pub over_screen_min: Minutes,
}

fn none() -> Minutes {
    Minutes(0)
}

impl ScreenBreak {
    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        for (_, day) in spells.by_date() {
            if let Some(stretch) = self.per_continuous_min.filter(|stretch| stretch.0 > 0) {
                self.object_to_stretches(day, stretch, object);
            } else if let Some(each) = self.per_work_min.filter(|each| each.0 > 0) {
                self.object_to_hours(day, each, object);
            }
        }
    }

    /// Screen work since the last interruption, each overrun missing one.
    fn object_to_stretches(
        &self,
        day: &[Arc<Spell>],
        stretch: Minutes,
        object: &mut dyn FnMut(Minutes),
    ) {
        let screen: Minutes =
            day.iter().flat_map(|spell| &spell.screen).map(|span| span.length()).sum();
        if screen <= self.over_screen_min {
            return;
        }
        let mut deferrals = self.may_defer;
        let mut missing = 0;
        for run in day.iter().flat_map(|spell| self.runs(spell)) {
            let mut left = run;
            while left > stretch {
                if deferrals > 0 {
                    deferrals -= 1;
                } else {
                    missing += 1;
                }
                left -= stretch;
            }
        }
        if missing > 0 {
            object(self.min * missing);
        }
    }

    /// Minutes at the screen between interruptions long enough.
    fn runs(&self, spell: &Spell) -> Vec<Minutes> {
        let mut runs = Vec::new();
        let mut run = Minutes(0);
        let mut end = spell.span.start;
        for screen in &spell.screen {
            let between = Span::new(end, screen.start);
            let interrupted = if self.alt_task_ok {
                between.length()
            } else {
                // Other work neither adds to the stretch nor rests the eyes for long enough.
                longest_pause(spell, between)
            };
            if interrupted >= self.min {
                runs.push(std::mem::take(&mut run));
            }
            run += screen.length();
            end = screen.end;
        }
        runs.push(run);
        runs
    }

    /// Each nominal moment takes the pause nearest to it that no earlier one has taken.
    fn object_to_hours(&self, day: &[Arc<Spell>], each: Minutes, object: &mut dyn FnMut(Minutes)) {
        let (hours, pauses) = (hours(day), self.pauses(day));
        let owed = hours.0.div_euclid(each.0);
        let mut free: Vec<Minutes> = pauses;
        let mut off_by = Minutes(0);
        let mut missing = 0;
        for nominal in (1..=owed).map(|nth| each * nth) {
            let distance = |place: &usize| (free[*place] - nominal).0.abs();
            match (0..free.len()).min_by_key(distance) {
                Some(place) => {
                    let drift = Minutes((free.remove(place) - nominal).0.abs());
                    let over = self.drift_min.map_or(Minutes(0), |most| drift - most);
                    off_by += over.max(Minutes(0));
                }
                None => missing += 1,
            }
        }
        if missing > 0 {
            object(self.min * missing);
        } else if off_by > Minutes(0) {
            object(off_by);
        }
    }

    /// When each pause long enough starts, in minutes of the day's work, breaks included.
    fn pauses(&self, day: &[Arc<Spell>]) -> Vec<Minutes> {
        let mut starts = Vec::new();
        let mut before = Minutes(0);
        for spell in day {
            for pause in spell.breaks.iter().filter(|pause| pause.length() >= self.min) {
                let so_far = Span::new(spell.span.start, pause.start);
                let counted = spell.works.iter().chain(&spell.breaks);
                starts.push(before + counted.map(|part| part.overlap(so_far)).sum());
            }
            before += hours(std::slice::from_ref(spell));
        }
        starts
    }
}

/// Work of the day, breaks included.
fn hours(day: &[Arc<Spell>]) -> Minutes {
    let breaks = day.iter().flat_map(|spell| &spell.breaks).map(|span| span.length());
    day.iter().map(|spell| spell.work).chain(breaks).sum()
}

/// The longest time without work within a stretch.
fn longest_pause(spell: &Spell, stretch: Span) -> Minutes {
    let mut longest = Minutes(0);
    let mut free_from = stretch.start;
    for work in spell.works.iter().filter(|work| work.overlap(stretch) > Minutes(0)) {
        longest = longest.max(work.start.since(free_from));
        free_from = work.end;
    }
    longest.max(stretch.end.since(free_from))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{duty, line, week};
    use super::*;
    use crate::duty::Duty;

    fn objections(rule: &ScreenBreak, duties: Vec<Duty>) -> Vec<i64> {
        let week = week();
        let mut found = Vec::new();
        rule.object(&Spells::of_line(&line(duties), &week), &mut |by| found.push(by.0));
        found
    }

    fn italian() -> ScreenBreak {
        ScreenBreak {
            min: Minutes(15),
            per_continuous_min: Some(Minutes(120)),
            per_work_min: None,
            drift_min: None,
            alt_task_ok: true,
            may_defer: 0,
            over_screen_min: Minutes(0),
        }
    }

    fn spanish() -> ScreenBreak {
        ScreenBreak {
            min: Minutes(5),
            per_continuous_min: None,
            per_work_min: Some(Minutes(60)),
            drift_min: Some(Minutes(15)),
            ..italian()
        }
    }

    #[test]
    fn two_hours_at_the_screen_need_no_break_and_a_minute_more_does() {
        assert_eq!(objections(&italian(), vec![duty(540, 120, &[])]), [0; 0]);
        assert_eq!(objections(&italian(), vec![duty(540, 121, &[])]), [15]);
        assert_eq!(objections(&italian(), vec![duty(540, 250, &[(120, 15)])]), [0; 0]);
        assert_eq!(objections(&italian(), vec![duty(540, 250, &[(110, 14)])]), [15]);
    }

    #[test]
    fn one_put_off_a_day_is_allowed_in_austria_and_a_second_is_not() {
        let rule = ScreenBreak {
            min: Minutes(10),
            per_continuous_min: Some(Minutes(50)),
            may_defer: 1,
            over_screen_min: Minutes(120),
            ..italian()
        };
        assert_eq!(objections(&rule, vec![duty(540, 160, &[(100, 10)])]), [0; 0]);
        assert_eq!(objections(&rule, vec![duty(540, 161, &[(100, 10)])]), [10]);
        assert_eq!(objections(&rule, vec![duty(540, 120, &[])]), [0; 0]);
    }

    #[test]
    fn eight_hours_in_two_parts_need_eight_pauses() {
        let parts = vec![duty(540, 270, &[]), duty(14 * 60 + 540, 210, &[])];
        assert_eq!(objections(&spanish(), parts), [40]);
    }

    #[test]
    fn a_pause_drifts_by_fifteen_minutes_and_not_by_sixteen() {
        assert_eq!(objections(&spanish(), vec![duty(540, 110, &[(75, 5)])]), [0; 0]);
        assert_eq!(objections(&spanish(), vec![duty(540, 110, &[(76, 5)])]), [1]);
        assert_eq!(objections(&spanish(), vec![duty(540, 110, &[(44, 5)])]), [1]);
    }
}
