//! Rows of a roster, each a block of somebody's time.

use super::COLUMNS;
use super::sheet::{Problems, Sheet};
use crate::calendar::Calendar;
use crate::duty::{Activity, Block};
use crate::id::{AgentId, nearest};
use crate::units::{Minutes, Span};

/// One row, its words not yet understood where they need a calendar.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) agent: String,
    pub(super) duty: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) activity: Activity,
    paid: bool,
    detail: String,
}

/// Every row that can be read.
pub(super) fn rows(bytes: &[u8], problems: &mut Problems) -> Vec<Row> {
    let needed = ["agent", "start", "end", "activity"];
    let Some(sheet) = Sheet::read(bytes, "roster", &COLUMNS, &needed, problems) else {
        return Vec::new();
    };
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for (line, record) in &sheet.rows {
        let cell = |column: &str| sheet.cell(record, column).to_owned();
        let empty: Vec<&str> =
            needed.into_iter().filter(|column| cell(column).is_empty()).collect();
        for &column in &empty {
            let cause = format!("`{column}` is empty");
            problems.add(
                "R105",
                sheet.place(*line, column),
                cause,
                "fill the cell or drop the row",
            );
        }
        if !empty.is_empty() {
            continue;
        }
        let activity = activity(&cell("activity"));
        let paid = paid(&cell("paid"));
        if let Err(cause) = &activity {
            let known = Activity::ALL.map(Activity::name).join(", ");
            let fix = format!("activities are {known}");
            problems.add("R108", sheet.place(*line, "activity"), cause.clone(), &fix);
        }
        if let Err(cause) = &paid {
            problems.add("R108", sheet.place(*line, "paid"), cause.clone(), "write true or false");
        }
        if let (Ok(activity), Ok(paid)) = (activity, paid) {
            rows.push(Row {
                line: *line,
                agent: cell("agent"),
                duty: cell("duty"),
                start: cell("start"),
                end: cell("end"),
                activity,
                paid: paid.unwrap_or(activity != Activity::Meal),
                detail: cell("detail"),
            });
        }
    }
    rows
}

fn activity(text: &str) -> Result<Activity, String> {
    let name = text.to_lowercase().replace([' ', '-'], "_");
    Activity::named(&name).ok_or_else(|| {
        let known = Activity::ALL.map(Activity::name);
        match nearest(&name, &known) {
            Some(near) => format!("no activity is called `{text}`; did you mean `{near}`?"),
            None => format!("no activity is called `{text}`"),
        }
    })
}

fn paid(text: &str) -> Result<Option<bool>, String> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "y" | "1" => Ok(Some(true)),
        "false" | "no" | "n" | "0" => Ok(Some(false)),
        _ => Err(format!("`{text}` is neither true nor false")),
    }
}

impl Row {
    /// Where one of its cells stands.
    pub(super) fn at(&self, column: &str) -> String {
        format!("roster line {}, {column}", self.line)
    }

    /// What it says of somebody's time.
    pub(super) fn block(
        &self,
        agent: AgentId,
        calendar: &Calendar,
        problems: &mut Problems,
    ) -> Option<Placed> {
        let mut moment = |text: &str, column: &str| {
            let read = calendar.read_stamp(text);
            read.map_err(|cause| {
                let fix = "write local time with its offset, such as 2026-11-30T09:00:00+00:00";
                problems.add("R106", self.at(column), cause, fix);
            })
            .ok()
        };
        let (start, end) = (moment(&self.start, "start"), moment(&self.end, "end"));
        let span = Span::new(start?, end?);
        if span.start >= span.end {
            let cause = format!("it ends at {}, not after its start {}", self.end, self.start);
            problems.add("R107", self.at("end"), cause, "swap the times, or correct the date");
            return None;
        }
        let far = Minutes::hours(24 * 400);
        let horizon = calendar.horizon();
        if span.start < horizon.start - far || span.end > horizon.end + far {
            let cause = format!("{} lies more than a year from the other rows", self.start);
            problems.add("R110", self.at("start"), cause, "correct the year, or split the file");
            return None;
        }
        let block =
            Block { span, activity: self.activity, paid: self.paid, detail: self.detail.clone() };
        Some(Placed { agent, duty: self.duty.clone(), line: self.line, block })
    }
}

/// A block of somebody's, with the name of its duty and its line in the file.
pub(super) struct Placed {
    pub(super) agent: AgentId,
    pub(super) duty: String,
    pub(super) line: u64,
    pub(super) block: Block,
}
