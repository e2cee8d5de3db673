//! Law packs: one text a jurisdiction, every rule with its source and certainty.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Certainty, Kind, Rule, Severity};
use crate::calendar::{ClockTime, Date, Weekday};
use crate::id::nearest;

/// What a pack is called, and when it was last checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackTitle {
    /// Its id, such as `ie`.
    pub id: String,
    /// Country and law.
    pub title: String,
    /// When its sources were last looked at.
    pub verified_on: Date,
}

/// A range of clock times every day; where it ends at or before its start, it ends on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "[String; 2]")]
pub struct Window {
    /// First minute.
    pub from: ClockTime,
    /// First minute after.
    pub to: ClockTime,
}

/// One pack as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pack {
    title: PackTitle,
    inherits: Vec<String>,
    pub(super) rules: Vec<Rule>,
}

/// The packs that come with the programme, in the order they are listed.
const TEXTS: [&str; 23] = [
    include_str!("packs/eu-base.toml"),
    include_str!("packs/ie.toml"),
    include_str!("packs/uk.toml"),
    include_str!("packs/de.toml"),
    include_str!("packs/de-duty.toml"),
    include_str!("packs/us-ca.toml"),
    include_str!("packs/br-nr17-ii.toml"),
    include_str!("packs/es.toml"),
    include_str!("packs/es-contact-center.toml"),
    include_str!("packs/fr.toml"),
    include_str!("packs/it.toml"),
    include_str!("packs/nl.toml"),
    include_str!("packs/pl.toml"),
    include_str!("packs/at-screen.toml"),
    include_str!("packs/us-or.toml"),
    include_str!("packs/us-wa.toml"),
    include_str!("packs/nz.toml"),
    include_str!("packs/jp.toml"),
    include_str!("packs/in-ka.toml"),
    include_str!("packs/ca-on.toml"),
    include_str!("packs/ca-qc.toml"),
    include_str!("packs/us-or-schedules.toml"),
    include_str!("packs/stable-schedule.toml"),
];

static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    let read = |text: &&str| Pack::read(text).expect("a test reads every pack that is built in");
    TEXTS.iter().map(read).collect()
});

/// Rules in force under each pack alone, those it inherits included.
static IN_FORCE: LazyLock<BTreeMap<&'static str, Vec<&'static Rule>>> =
    LazyLock::new(|| PACKS.iter().map(|pack| (pack.title.id.as_str(), in_force(pack))).collect());

/// Every pack there is.
#[must_use]
pub fn packs() -> Vec<PackTitle> {
    PACKS.iter().map(|pack| pack.title.clone()).collect()
}

/// The rules of several packs together.
pub(super) fn rules_of(packs: &[String]) -> Result<Vec<Rule>, String> {
    let ids: Vec<&str> = PACKS.iter().map(|pack| pack.title.id.as_str()).collect();
    for name in packs {
        if !ids.contains(&name.as_str()) {
            let way_out = match nearest(name, &ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", ids.join(", ")),
            };
            return Err(format!("no law pack is called `{name}`; {way_out}"));
        }
    }
    Ok(known_rules_of(packs).into_iter().cloned().collect())
}

/// The same for packs whose names were checked when they were read.
pub(super) fn known_rules_of(packs: &[String]) -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for pack in packs {
        for &rule in IN_FORCE.get(pack.as_str()).into_iter().flatten() {
            if rules.iter().all(|known| known.id != rule.id) {
                rules.push(rule);
            }
        }
    }
    rules
}

fn in_force(pack: &'static Pack) -> Vec<&'static Rule> {
    let mut family = vec![pack];
    let mut next = 0;
    while let Some(member) = family.get(next).copied() {
        for heir in PACKS.iter().filter(|other| member.inherits.contains(&other.title.id)) {
            if family.iter().all(|known| known.title.id != heir.title.id) {
                family.push(heir);
            }
        }
        next += 1;
    }
    let all: Vec<&Rule> = family.iter().rev().flat_map(|member| &member.rules).collect();
    let replaced = |rule: &Rule| all.iter().any(|other| other.replaces.contains(&rule.id));
    all.iter().copied().filter(|rule| !replaced(rule)).collect()
}

/// What every pack says first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    title: String,
    verified_on: String,
    week_start: String,
    #[serde(default)]
    inherits: Vec<String>,
    #[serde(default)]
    rule: Vec<toml::Table>,
}

/// What every rule says besides the parameters of its kind.
#[derive(Deserialize)]
struct Header {
    id: String,
    kind: String,
    source: String,
    certainty: Certainty,
    severity: Severity,
    #[serde(default)]
    note: String,
    #[serde(default)]
    replaces: Vec<String>,
    #[serde(default)]
    waivable: bool,
}

const HEADER: [&str; 8] =
    ["id", "kind", "source", "certainty", "severity", "note", "replaces", "waivable"];

impl Pack {
    pub(super) fn read(text: &str) -> Result<Pack, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        let verified_on = Date::parse(&written.verified_on)?;
        let week_start = Weekday::parse(&written.week_start)
            .ok_or_else(|| format!("`{}` is not a day of the week", written.week_start))?;
        let read = |table: toml::Table| -> Result<Rule, String> {
            let (header, kind) = read_rule(table)?;
            Ok(Rule {
                id: header.id,
                pack: written.id.clone(),
                kind,
                source: header.source,
                certainty: header.certainty,
                severity: header.severity,
                verified_on,
                note: header.note,
                week_start,
                replaces: header.replaces,
                waivable: header.waivable,
            })
        };
        let rules = written.rule.into_iter().map(read).collect::<Result<Vec<Rule>, String>>()?;
        let title = PackTitle { id: written.id.clone(), title: written.title, verified_on };
        Ok(Pack { title, inherits: written.inherits, rules })
    }
}

fn read_rule(table: toml::Table) -> Result<(Header, Kind), String> {
    let (header, parameters): (toml::Table, toml::Table) =
        table.into_iter().partition(|(key, _)| HEADER.contains(&key.as_str()));
    let header: Header = header.try_into().map_err(|error| format!("a rule: {error}"))?;
    let kind =
        read_kind(&header.kind, parameters).map_err(|cause| format!("{}: {cause}", header.id))?;
    Ok((header, kind))
}

fn read_kind(kind: &str, parameters: toml::Table) -> Result<Kind, String> {
    fn read<P: DeserializeOwned>(parameters: toml::Table) -> Result<P, String> {
        parameters.try_into().map_err(|error: toml::de::Error| error.to_string())
    }
    match kind {
        "max_work" => read(parameters).map(Kind::MaxWork),
        "max_span" => read(parameters).map(Kind::MaxSpan),
        "max_avg" => read(parameters).map(Kind::MaxAverage),
        "min_rest_between" => read(parameters).map(Kind::RestBetween),
        "min_free_block" => read(parameters).map(Kind::FreeBlock),
        "break_after" => read(parameters).map(Kind::BreakAfter),
        "night" => read(parameters).map(Kind::Night),
        "young" => read(parameters).map(Kind::Young),
        "break_per" => read(parameters).map(Kind::BreakPer),
        "screen_break" => read(parameters).map(Kind::ScreenBreak),
        "event_break" => read(parameters).map(Kind::EventBreak),
        "ban_day" => read(parameters).map(Kind::BanDay),
        "overtime" => read(parameters).map(Kind::Overtime),
        "hours_premium" => read(parameters).map(Kind::HoursPremium),
        "max_consecutive_days" => read(parameters).map(Kind::ConsecutiveDays),
        "notice" => read(parameters).map(Kind::Notice),
        "record" => read(parameters).map(Kind::Record),
        other => Err(format!("no kind of rule is called `{other}`")),
    }
}

impl TryFrom<[String; 2]> for Window {
    type Error = String;
    fn try_from([from, to]: [String; 2]) -> Result<Window, String> {
        Ok(Window { from: ClockTime::parse(&from)?, to: ClockTime::parse(&to)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_every_pack_says_where_it_comes_from() {
        for text in TEXTS {
            let pack = Pack::read(text).unwrap();
            assert!(!pack.rules.is_empty(), "{} has no rule", pack.title.id);
            for rule in &pack.rules {
                assert!(rule.source.len() > 8, "{} names no source", rule.id);
                assert!(!rule.note.is_empty(), "{} names no reading", rule.id);
                assert!(rule.verified_on.year() >= 2026, "{} was never looked at", rule.id);
            }
        }
    }

    #[test]
    fn ids_are_unique_and_every_name_a_pack_uses_is_known() {
        let rules: Vec<&Rule> = PACKS.iter().flat_map(|pack| &pack.rules).collect();
        for (place, rule) in rules.iter().enumerate() {
            assert!(rules[..place].iter().all(|other| other.id != rule.id), "{} twice", rule.id);
            for replaced in &rule.replaces {
                assert!(rules.iter().any(|other| other.id == *replaced), "{replaced} is unknown");
            }
        }
        for inherited in PACKS.iter().flat_map(|pack| &pack.inherits) {
            assert!(IN_FORCE.contains_key(inherited.as_str()), "{inherited} is unknown");
        }
    }

    #[test]
    fn rules_that_name_each_other_are_of_one_pack_and_of_breaks() {
        for pack in PACKS.iter() {
            for rule in &pack.rules {
                let Kind::BreakAfter(breaks) = &rule.kind else { continue };
                let named = breaks.separate_from.iter().chain(&breaks.waiver_if_taken);
                for id in named {
                    let other = pack.rules.iter().find(|other| other.id == *id);
                    let other = other.unwrap_or_else(|| panic!("{} names {id}", rule.id));
                    let Kind::BreakAfter(other) = &other.kind else { panic!("{id} is no break") };
                    assert_eq!((&other.separate_from, &other.waiver_if_taken), (&None, &None));
                }
                assert!(!breaks.is_waived_by_duty() || rule.waivable, "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_rule_without_a_source_is_refused() {
        let text = r#"
            id = "own"
            title = "Own"
            verified_on = "2026-11-22"
            week_start = "mon"
            [[rule]]
            id = "own.days"
            kind = "max_consecutive_days"
            most = 6
            certainty = "V1"
            severity = "hard"
        "#;
        assert!(Pack::read(text).unwrap_err().contains("missing field `source`"));
    }

    #[test]
    fn a_misspelt_parameter_is_refused_rather_than_ignored() {
        let text = include_str!("packs/ie.toml").replace("piece_min", "peace_min");
        let error = Pack::read(&text).unwrap_err();
        assert!(error.contains("ie.b15") && error.contains("peace_min"), "{error}");
    }

    #[test]
    fn an_unknown_pack_is_answered_with_the_name_meant() {
        assert_eq!(
            rules_of(&["eu-bsae".to_owned()]).unwrap_err(),
            "no law pack is called `eu-bsae`; did you mean `eu-base`?"
        );
    }

    #[test]
    fn ireland_keeps_the_european_rules_it_does_not_replace() {
        let ids: Vec<&str> = IN_FORCE["ie"].iter().map(|rule| rule.id.as_str()).collect();
        assert!(ids.contains(&"eu.break6") && ids.contains(&"ie.daily_rest"));
        assert!(!ids.contains(&"eu.daily_rest"));
    }
}
