//! Strain by group: people in each band, this week and over published weeks.

use std::collections::BTreeMap;

use super::{Review, at_work, told_before};
use crate::plan::Plan;
use crate::report::messages::{say, say_with};
use crate::report::picture::BandBar;
use crate::report::{Cell, Column, Picture, Section, Table};
use crate::review::{Shown, Week, shown_at_work};
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::strain::{Band, Bands, SMALLEST_GROUP, Strain, line, model};

/// A fortnight of notice is what the evidence speaks for.
const GOOD_NOTICE: i64 = 14;

/// The groups that strain may speak of in the week at hand.
pub(super) fn groups(review: &Review<'_>, plan: &Plan, smallest: usize) -> Shown<String, String> {
    super::groups_of_week(&plan.assigned.roster, review.scenario, review.published, smallest)
}

/// People by band in the week at hand, in groups large enough.
pub(super) fn bands(
    strain: &Strain,
    roster: &Roster,
    groups: &Shown<String, String>,
    smallest: usize,
    scenario: &Scenario,
) -> Section {
    let names = &scenario.names.agents;
    let by_name: BTreeMap<&str, Band> = roster
        .lines
        .iter()
        .zip(&strain.persons)
        .map(|(line, person)| (names.of(line.agent), person.band))
        .collect();
    let bars = bars(groups, &by_name, scenario);
    let rows = bars.iter().map(|bar| {
        let bands = bar.bands;
        let counts = [bands.people(), bands.green, bands.amber, bands.red].map(Cell::Count);
        std::iter::once(Cell::text(bar.label.as_str())).chain(counts).collect()
    });
    let columns = columns();
    let mut sentences = Vec::new();
    if let Some(first) = bars.first() {
        sentences.push(match (first.bands.red, first.bands.amber) {
            (0, 0) => say("strain-all-green"),
            (0, amber) => say_with("strain-no-red", &[("amber", amber.into())]),
            (red, amber) => say_with("strain-red", &[("red", red.into()), ("amber", amber.into())]),
        });
    } else {
        sentences.push(say_with("readers-too-small", &[("smallest", smallest.into())]));
    }
    if groups.left_out > 0 && !bars.is_empty() {
        sentences.push(say_with("readers-left-out", &[("smallest", smallest.into())]));
    }
    if groups.is_guarded {
        sentences.push(say_with("readers-guarded", &[("smallest", smallest.into())]));
    }
    Section {
        key: "strain",
        title: say("section-strain"),
        sentences,
        table: (!bars.is_empty()).then(|| Table { columns, rows: rows.collect() }),
        picture: (!bars.is_empty()).then_some(Picture::Bands(bars)),
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::words("group", say("column-group")),
        Column::figures("people", say("column-people")),
        Column::figures("green", say("band-green")),
        Column::figures("amber", say("band-amber")),
        Column::figures("red", say("band-red")),
    ]
}

fn bars(
    groups: &Shown<String, String>,
    by_name: &BTreeMap<&str, Band>,
    scenario: &Scenario,
) -> Vec<BandBar> {
    let bar = |group: &crate::review::Group<String, String>| BandBar {
        label: label(group.tier.as_deref(), scenario),
        bands: Bands::of(
            group.people.iter().filter_map(|name| by_name.get(name.as_str()).copied()),
        ),
    };
    groups.groups.iter().map(bar).collect()
}

fn label(tier: Option<&str>, scenario: &Scenario) -> String {
    let Some(tier) = tier else { return say("whole-team") };
    let known = scenario.names.tiers.find(tier);
    known.map_or_else(|_| tier.to_owned(), |tier| scenario.tier(tier).title.clone())
}

/// People by band in every week published, by what the lines show: the work that reached people is known for the
/// week at hand only.
pub(super) fn by_week(review: &Review<'_>) -> Option<Section> {
    let scenario = review.scenario;
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    for week in &review.period.weeks {
        let told = told_before(week.first, scenario, review.published, SMALLEST_GROUP);
        let team: Vec<(String, String)> = week.tiers.clone().into_iter().collect();
        let working = at_work(&week.roster, scenario);
        let (groups, _) = shown_at_work(&team, &working, SMALLEST_GROUP, &told);
        let of_lines = of_lines(week);
        let by_name: BTreeMap<&str, Band> =
            of_lines.iter().map(|&(agent, band)| (scenario.names.agents.of(agent), band)).collect();
        for bar in super::bands::bars(&groups, &by_name, scenario) {
            let bands = bar.bands;
            let mut row = vec![Cell::text(week.first.to_string()), Cell::text(bar.label.as_str())];
            row.extend([bands.people(), bands.green, bands.amber, bands.red].map(Cell::Count));
            rows.push(row);
            bars.push(BandBar { label: format!("{} {}", week.first, bar.label), bands });
        }
    }
    let is_trend = review.period.weeks.len() > 1;
    let mut columns = columns();
    columns.insert(0, Column::words("week", say("column-week")));
    is_trend.then(|| Section {
        key: "strain_weeks",
        title: say("section-strain-weeks"),
        sentences: vec![
            say("strain-weeks-how-to-read"),
            say_with("strain-weeks-left-out", &[("smallest", SMALLEST_GROUP.into())]),
        ],
        picture: (!bars.is_empty()).then_some(Picture::Bands(bars)),
        table: (!rows.is_empty()).then_some(Table { columns, rows }),
    })
}

/// Bands by the exposures that lines and notice show.
fn of_lines(week: &Week) -> Vec<(crate::id::AgentId, Band)> {
    let notice = week.published_on.map(|date| week.first.days_since(date));
    let missing = notice.map_or(0, |days| (GOOD_NOTICE - days).clamp(0, GOOD_NOTICE));
    let missing = f64::from(i32::try_from(missing).unwrap_or(0));
    let working = week.roster.lines.iter().filter(|line| !line.duties.is_empty());
    working
        .map(|own| {
            let found = line::exposures(own, &week.calendar);
            let exposures = model().components.iter().map(|part| match part.name.as_str() {
                "hours" => found.hours,
                "timing" => found.timing,
                "quick_returns" => found.quick_returns,
                "stretch" => found.stretch,
                "short_notice" => missing,
                "resources" => found.resources,
                _ => 0.0,
            });
            let exposures: Vec<f64> = exposures.collect();
            (own.agent, model().band(&exposures))
        })
        .collect()
}
