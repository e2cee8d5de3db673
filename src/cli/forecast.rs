//! `evenkeel forecast`: what is expected to come in, and how good are such forecasts?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::calendar::{Calendar, Date};
use crate::forecast::{self, WhileClosed};
use crate::history::{self, Column, Series};
use crate::report::forecast::{self as report, Expected, Judged, Stamps};
use crate::scenario::{Demand, Scenario};
use crate::units::Minutes;

use super::edge::Talk;
use super::options::{Chance, Format, Output, Reading};
use super::{Answer, Failure, folder};

/// Say what is expected to come in, with quantiles, and how good such forecasts have been
///
/// For a team, every queue over the horizon. For a bare file of counts, named with --history and no folder, the days
/// from --as-of on; nothing of the file from that date on is read. With --backtest, forecasts are made again from past
/// days and held against what came, beside two plain methods and the error that chance alone leaves.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  evenkeel forecast my-team
  evenkeel forecast my-team --backtest
  evenkeel forecast --history calls.csv --grid 30 --as-of 2026-11-30 --days 14 --format csv
  evenkeel forecast --history calls.csv --holidays holidays.csv --backtest")]
pub(super) struct Forecast {
    /// The team's folder; none: a bare file of counts alone
    #[arg(required_unless_present = "history")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Bare file: minutes between two figures, from 5 to 1440; the file's own unless you say otherwise
    #[arg(long, value_name = "MINUTES", conflicts_with = "dir")]
    grid: Option<i64>,
    /// Bare file: first day to forecast; the day after its last row unless you say otherwise
    #[arg(long, value_name = "DATE", value_parser = Date::parse, conflicts_with = "dir")]
    as_of: Option<Date>,
    /// Bare file: how many days to forecast
    #[arg(long, value_name = "N", default_value_t = 14, conflicts_with_all = ["dir", "backtest"])]
    days: usize,
    /// Bare file: IANA time zone of its clock; none: a clock that never changes
    #[arg(long, value_name = "ZONE", conflicts_with = "dir")]
    timezone: Option<String>,
    /// Bare file: dates of holidays, one a line, with their names
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    holidays: Option<PathBuf>,
    /// Judge forecasts of the past instead
    #[arg(long)]
    backtest: bool,
    /// Backtest: forecasts at most, the latest
    #[arg(long, value_name = "N", default_value_t = 52, requires = "backtest", value_parser = clap::value_parser!(u32).range(1..=1000))]
    origins: u32,
    /// Backtest: days from one forecast to the next
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "backtest", value_parser = clap::value_parser!(i64).range(1..=366))]
    step: i64,
    #[command(flatten)]
    output: Output,
}

/// Past contacts to judge forecasts on.
struct Past<'a> {
    queue: Option<String>,
    series: &'a Series,
}

impl Forecast {
    pub(super) fn run(self, talk: Talk) -> Result<Answer, Failure> {
        match &self.dir {
            Some(dir) => {
                let scenario = self.reading.of(dir, Chance::default(), None)?;
                if self.backtest {
                    self.judge_team(&scenario, talk)
                } else {
                    Ok(self.of_team(&scenario, talk))
                }
            }
            None => self.bare(talk),
        }
    }

    fn of_team(&self, scenario: &Scenario, talk: Talk) -> Answer {
        let expected = report::of_team(&forecast::project(scenario), scenario);
        self.show(talk, &expected, &scenario.calendar, Stamps::Zoned, &scenario.name)
    }

    fn judge_team(&self, scenario: &Scenario, talk: Talk) -> Result<Answer, Failure> {
        let (Demand::History(history) | Demand::Both(_, history)) = &scenario.demand else {
            return Err(Failure::usage(
                "no queue of this team has past contacts to judge forecasts on",
                "give it a history.csv, or name a file with --history",
            ));
        };
        let queues = &scenario.names.queues;
        let pasts: Vec<Past<'_>> = queues
            .ids()
            .zip(&history.series)
            .filter(|(_, series)| !series.days.is_empty())
            .map(|(queue, series)| Past { queue: Some(queues.of(queue).to_owned()), series })
            .collect();
        let calendar = &scenario.calendar;
        Ok(self.judge(talk, &pasts, calendar.holidays(), calendar.first(), &scenario.name))
    }

    fn bare(&self, talk: Talk) -> Result<Answer, Failure> {
        let Some(path) = self.reading.history.as_deref() else {
            let fix = "name a folder, or a file with --history";
            return Err(Failure::usage("there is nothing to forecast from", fix));
        };
        if self.reading.week.is_some() || self.reading.queue.is_some() {
            let fix = "say --as-of for the first day, and --column for the counts";
            return Err(Failure::usage("a bare file has no horizon and no queues", fix));
        }
        let zone = self.timezone.as_deref().unwrap_or("UTC");
        let clock =
            self.timezone.is_some().then(|| calendar(zone, any_day(), 1, 60)).transpose()?;
        let holidays = self.holidays.as_deref().map(read_holidays).transpose()?.unwrap_or_default();
        let column = Column {
            name: self.reading.column.as_deref(),
            calendar: clock.as_ref(),
            before: self.as_of,
        };
        let series = history::read_bare(&folder::read(path)?, &name_of(path), column)
            .map_err(Failure::Input)?;
        let Some(last) = series.days.last() else {
            return Err(Failure::usage(
                format!(
                    "`{}` has no row before {}",
                    path.display(),
                    self.as_of.map_or_else(String::new, |date| date.to_string())
                ),
                "forecast from a later date with --as-of",
            ));
        };
        let first = self.as_of.unwrap_or_else(|| last.date.plus(1));
        if self.backtest {
            let past = [Past { queue: None, series: &series }];
            return Ok(self.judge(talk, &past, &holidays, first, &name_of(path)));
        }
        let grid = self.grid.unwrap_or(series.grid.0);
        let calendar = calendar(zone, first, self.days, fine(grid)?)?.with_holidays(holidays);
        let open = [calendar.horizon()];
        let projection = forecast::of_series(&series, &calendar, &open, WhileClosed::Lost);
        let expected = [report::of_bare(&projection, &calendar, Minutes(grid))];
        let stamps = if self.timezone.is_some() { Stamps::Zoned } else { Stamps::Local };
        Ok(self.show(talk, &expected, &calendar, stamps, &name_of(path)))
    }

    fn judge(
        &self,
        talk: Talk,
        pasts: &[Past<'_>],
        holidays: &BTreeMap<Date, String>,
        before: Date,
        name: &str,
    ) -> Answer {
        let most = usize::try_from(self.origins).unwrap_or(1);
        let judged: Vec<Judged> = pasts
            .iter()
            .map(|past| {
                let origins = forecast::origins(past.series, before, self.step, most);
                let backtest = forecast::backtest(past.series, holidays, &origins, before);
                Judged { queue: past.queue.clone(), backtest }
            })
            .collect();
        let report = report::backtest(&judged, name);
        Answer::done(self.output.dress(talk, &report, || report::backtest_json(&judged)))
    }

    fn show(
        &self,
        talk: Talk,
        expected: &[Expected],
        calendar: &Calendar,
        stamps: Stamps,
        name: &str,
    ) -> Answer {
        if self.output.format == Format::Csv {
            return Answer::done(report::expected_csv(expected, calendar, stamps));
        }
        let shown = report::expected(expected, calendar, name);
        let json = || report::expected_json(expected, calendar, stamps);
        Answer::done(self.output.dress(talk, &shown, json))
    }
}

/// The finest grid a calendar keeps that divides this one.
fn fine(grid: i64) -> Result<i64, Failure> {
    let divides_day = grid > 0 && (24 * 60_i64).rem_euclid(grid) == 0;
    let fine = [60, 30, 15, 10, 5].into_iter().find(|fine| grid > 0 && grid.rem_euclid(*fine) == 0);
    fine.filter(|_| divides_day).ok_or_else(|| {
        Failure::usage(
            format!("a grid of {grid} minutes does not fit a day in steps of five minutes"),
            "use --grid 5, 10, 15, 30, 60 or whole hours that divide a day, up to 1440",
        )
    })
}

fn calendar(zone: &str, first: Date, days: usize, grid: i64) -> Result<Calendar, Failure> {
    Calendar::new(zone, first, days, Minutes(grid))
        .map_err(|cause| Failure::usage(cause, "see `evenkeel forecast --help` for examples"))
}

/// Some day, for a calendar of which only the zone matters.
fn any_day() -> Date {
    Date::parse("2000-01-01").expect("it is a date")
}

fn read_holidays(path: &Path) -> Result<BTreeMap<Date, String>, Failure> {
    history::holidays(&folder::read(path)?, &name_of(path)).map_err(Failure::Input)
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
