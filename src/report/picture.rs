//! What a picture shows, before anyone draws it.

use crate::calendar::Calendar;
use crate::duty::Activity;
use crate::kpi::{Estimate, Judgement};
use crate::strain::Bands;
use crate::units::{Minutes, Moment, Span};

/// Something drawn from the same figures as the section's table.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Verdicts as bars of confidence about a goal.
    Verdicts(Vec<VerdictBar>),
    /// People needed and on queue through each day.
    Coverage(Vec<CoveragePanel>),
    /// Who does what when, a chart a day.
    Days(Vec<DayChart>),
    /// Occupancy by tier, day and hour.
    Heat(HeatMap),
    /// People by band of strain.
    Bands(Vec<BandBar>),
    /// Raw and fair figures beside each other.
    RawFair(Vec<RawFairBar>),
    /// Exposures against their thresholds.
    Exposures(Vec<ExposureBar>),
    /// What became of contacts, a bar a topic.
    Funnel(Vec<FunnelBar>),
    /// How contacts came out, a bar a queue.
    Outcomes(Vec<OutcomeBar>),
    /// When breaks fall on the clock.
    Breaks(BreakClock),
    /// Ranges on one scale, one a row.
    Strips(Vec<Strip>),
    /// The section's own table, its figures shaded.
    Shades,
    /// A small chart a figure, a line a team in each.
    Multiples(Vec<Multiple>),
}

/// Minutes of break by half hour of the clock.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakClock {
    /// From the first half hour with a break to the last.
    pub steps: Vec<BreakStep>,
}

/// Half an hour of the clock.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakStep {
    /// When it starts, as the clock shows.
    pub clock: String,
    /// Minutes planned.
    pub planned: f64,
    /// Minutes taken; none without a record.
    pub taken: Option<f64>,
}

/// From the lowest to the highest of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// The group.
    pub label: String,
    /// Lowest, together, highest.
    pub range: (f64, f64, f64),
    /// The scale, the same for all strips of a picture.
    pub scale: (f64, f64),
    /// A mark on the scale, and what it is.
    pub mark: Option<(f64, String)>,
    /// The same in words.
    pub said: String,
}

/// Contacts of a queue by how they came out.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeBar {
    /// The queue.
    pub label: String,
    /// Contacts settled by one person, by more, ended by the agent, given up, open.
    pub parts: [f64; 5],
}

/// One target's estimate about its goal.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictBar {
    /// Queue and target.
    pub label: String,
    /// The estimate, if there is any.
    pub estimate: Option<Estimate>,
    /// The goal.
    pub goal: f64,
    /// Whether the goal is a ceiling.
    pub is_ceiling: bool,
    /// The verdict.
    pub judgement: Judgement,
}

/// One medium on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct CoveragePanel {
    /// The medium.
    pub medium: String,
    /// The day.
    pub day: String,
    /// Hours since midnight of its day that the panel runs over.
    pub hours: (f64, f64),
    /// Where the clock shows a full fourth hour, in hours since midnight, and what it shows.
    pub marks: Vec<(f64, String)>,
    /// Hours since midnight of each step's start, people needed, people on queue, whether a queue is short.
    pub steps: Vec<(f64, f64, f64, bool)>,
    /// Hours a step lasts.
    pub step: f64,
    /// People at the top of the axis, the same for the medium on all days.
    pub top: f64,
}

/// One day of a roster.
#[derive(Debug, Clone, PartialEq)]
pub struct DayChart {
    /// The day.
    pub day: String,
    /// Hours since midnight that the chart runs over.
    pub hours: (f64, f64),
    /// Where the clock shows full hours, in hours since midnight, and what it shows.
    pub marks: Vec<(f64, String)>,
    /// Rows by tier.
    pub groups: Vec<(String, Vec<DayRow>)>,
    /// People without a duty that starts on the day, and why where they are away.
    pub off: usize,
}

/// One person's duty.
#[derive(Debug, Clone, PartialEq)]
pub struct DayRow {
    /// Who.
    pub name: String,
    /// From when to when, as the clock shows.
    pub when: String,
    /// Hours since midnight, and what.
    pub blocks: Vec<(f64, f64, Activity, String)>,
}

/// Planned occupancy by row and hour.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// Clock hours of the columns.
    pub hours: Vec<usize>,
    /// Group, label and a share for each hour with live work.
    pub rows: Vec<(String, String, Vec<Option<f64>>)>,
    /// Shares from which cells are marked as busy, and as too busy.
    pub marks: (f64, f64),
}

/// People by band in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct BandBar {
    /// The group.
    pub label: String,
    /// The people.
    pub bands: Bands,
}

/// One exposure against its thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureBar {
    /// Its name.
    pub label: String,
    /// The mean.
    pub mean: f64,
    /// Green ends, amber, red.
    pub thresholds: (f64, f64, f64),
    /// The mean as people read it.
    pub shown: String,
}

/// What became of one topic's contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelBar {
    /// The topic.
    pub label: String,
    /// Contacts that would come in.
    pub inbound: f64,
    /// Prevented, self-served, bot-resolved, returning later, human: they add up to what would come in.
    pub parts: [f64; 5],
}

/// One figure, raw and fair.
#[derive(Debug, Clone, PartialEq)]
pub struct RawFairBar {
    /// Whose and which.
    pub label: String,
    /// As the mix has it.
    pub raw: Option<Estimate>,
    /// Over the reference mix.
    pub fair: Option<Estimate>,
    /// Whether the figure is a share.
    pub is_share: bool,
    /// Whether there is no point in it, only a band.
    pub is_band: bool,
}

/// One figure of several teams.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiple {
    /// What it is.
    pub title: String,
    /// By team, always in the same order.
    pub dots: Vec<Dot>,
}

/// One figure of one team.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// The team.
    pub label: String,
    /// The figure, if there is any.
    pub value: Option<f64>,
    /// Its interval.
    pub range: Option<(f64, f64)>,
    /// The figure as people read it.
    pub shown: String,
    /// How it stands to the first.
    pub standing: Standing,
}

/// How a figure stands to that of the team as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The team as it is, or a figure that is neither better nor worse.
    Same,
    /// Better, beyond chance.
    Better,
    /// Worse, beyond chance.
    Worse,
    /// Different, perhaps by chance.
    Unclear,
}

/// Full hours on the clock between two hours since midnight, each `every`-th of them: on a day on which clocks
/// change the clock shows an hour twice, or one less.
pub(crate) fn hour_marks(
    calendar: &Calendar,
    midnight: Moment,
    (from, to): (f64, f64),
    every: u16,
) -> Vec<(f64, String)> {
    let last = midnight + Minutes::hours(48);
    let clocks = std::iter::successors(Some(midnight), |at| Some(*at + Minutes(30)))
        .take_while(|at| *at <= last)
        .map(|at| (hours_of(Span::new(midnight, at)), calendar.local(at).clock));
    clocks
        .filter(|(hour, clock)| (from..=to).contains(hour) && clock.0 % (60 * every.max(1)) == 0)
        .map(|(hour, clock)| (hour, clock.to_string()))
        .collect()
}

/// The length of a stretch in hours.
pub(crate) fn hours_of(span: Span) -> f64 {
    span.length().in_hours()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;

    fn marks(date: &str, every: u16) -> Vec<(f64, String)> {
        let date = Date::parse(date).unwrap();
        let calendar = Calendar::new("Europe/Dublin", date, 1, Minutes(30)).unwrap();
        hour_marks(&calendar, calendar.day(0).start, (0.0, 9.0), every)
    }

    #[test]
    fn nine_on_the_clock_is_ten_hours_into_a_day_of_25_and_eight_into_one_of_23() {
        let shown = |date| -> Vec<String> {
            marks(date, 1).into_iter().map(|(hour, clock)| format!("{hour} {clock}")).collect()
        };
        let autumn = shown("2026-10-25");
        assert_eq!(autumn[..4], ["0 00:00", "1 01:00", "2 01:00", "3 02:00"]);
        assert_eq!(autumn[9], "9 08:00");
        assert_eq!(shown("2026-03-29")[..3], ["0 00:00", "1 02:00", "2 03:00"]);
        assert_eq!(shown("2026-11-30")[9], "9 09:00");
        let fourth: Vec<f64> = marks("2026-10-25", 4).into_iter().map(|mark| mark.0).collect();
        assert_eq!(fourth, [0.0, 5.0, 9.0]);
    }
}
