//! A week and duties for the tests of every rule.

use crate::calendar::{Calendar, Date};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::units::{Minutes, Moment, Span};

/// A week in Dublin without a clock change.
pub(super) fn week() -> Calendar {
    Calendar::new("Europe/Dublin", Date::parse("2026-11-30").unwrap(), 7, Minutes(30)).unwrap()
}

/// A duty of work with pauses at minutes of the duty: `(start, length)`.
pub(super) fn duty(start: i64, length: i64, pauses: &[(i64, i64)]) -> Duty {
    let mut blocks = Vec::new();
    let mut at = 0;
    let mut push = |from: i64, to: i64, activity| {
        if from < to {
            let span = Span::new(Moment(start + from), Moment(start + to));
            blocks.push(Block { span, activity, paid: true, detail: String::new() });
        }
    };
    for &(pause, long) in pauses {
        push(at, pause, Activity::OnQueue);
        push(pause, pause + long, Activity::Break);
        at = pause + long;
    }
    push(at, length, Activity::OnQueue);
    Duty { blocks }
}

pub(super) fn line(duties: Vec<Duty>) -> Line {
    Line { agent: AgentId::at(0), duties, absences: Vec::new() }
}
