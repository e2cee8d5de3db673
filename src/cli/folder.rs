//! Where things lie in a scenario's folder, and the reading and writing of whole files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::calendar::{Calendar, Date};
use crate::id::{AgentId, Names};
use crate::review::Frozen;
use crate::roster::{Roster, table};
use crate::scenario::Scenario;

use super::Failure;

/// A roster to work on, and the first day of the horizon it was made for where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) path: PathBuf,
    pub(super) first: Option<Date>,
}

/// The roster the user names, which may be a file or the folder of a plan; else the latest published;
/// else the latest planned.
pub(super) fn roster(folder: &Path, named: Option<&Path>) -> Result<Chosen, Failure> {
    if let Some(path) = named {
        let path = if path.is_dir() { path.join("roster.csv") } else { path.to_owned() };
        let first = dated(&path).or_else(|| path.parent().and_then(made_for));
        return Ok(Chosen { path, first });
    }
    published(folder)?.map_or_else(|| planned(folder), Ok)
}

/// Every plan in `out/` that is named by its first day, with its roster, the earliest first.
pub(super) fn plans(folder: &Path) -> Result<Vec<(Date, PathBuf)>, Failure> {
    let mut plans: Vec<(Date, PathBuf)> = entries(&folder.join("out"))?
        .into_iter()
        .filter_map(|path| dated(&path).map(|date| (date, path.join("roster.csv"))))
        .filter(|(_, path)| path.is_file())
        .collect();
    plans.sort();
    Ok(plans)
}

/// Every table that lies in the folder itself, by name.
pub(super) fn tables(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = entries(folder)?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "csv") && path.is_file());
    files.sort();
    Ok(files)
}

/// The latest plan in `out/`.
pub(super) fn planned(folder: &Path) -> Result<Chosen, Failure> {
    match plans(folder)?.pop() {
        Some((date, path)) => Ok(Chosen { path, first: Some(date) }),
        None => Err(Failure::usage(
            format!("`{}` holds no published and no planned roster", folder.display()),
            format!("run `evenkeel plan {}` first, or name a roster", folder.display()),
        )),
    }
}

fn published(folder: &Path) -> Result<Option<Chosen>, Failure> {
    let files = entries(&folder.join("published"))?;
    let latest = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .filter_map(|path| dated(&path).map(|date| (date, path)))
        .max();
    Ok(latest.map(|(date, path)| Chosen { path, first: Some(date) }))
}

/// Every published roster with what its note says, the oldest first.
pub(super) fn frozen(folder: &Path) -> Result<Vec<Frozen>, Failure> {
    let files = entries(&folder.join("published"))?;
    let mut all = Vec::new();
    for path in files {
        let is_rows = path.extension().is_some_and(|ending| ending == "csv");
        let Some(first) = dated(&path).filter(|_| is_rows) else { continue };
        let note = path.with_extension("toml");
        let words = if note.is_file() { words(&note)? } else { toml::Table::new() };
        let on = words.get("published_on").and_then(toml::Value::as_str);
        let tiers = words.get("tiers").and_then(toml::Value::as_table).into_iter().flatten();
        all.push(Frozen {
            first,
            rows: read(&path)?,
            published_on: on.and_then(|date| Date::parse(date).ok()),
            changes: words.get("earlier").and_then(toml::Value::as_array).map_or(0, Vec::len),
            tiers: tiers
                .filter_map(|(name, tier)| Some((name.clone(), tier.as_str()?.to_owned())))
                .collect(),
        });
    }
    all.sort_by_key(|week| week.first);
    Ok(all)
}

/// What the notes of publications say of one person: the note, what it says, and the value.
pub(super) fn noted(folder: &Path, person: &str) -> Result<Vec<(String, String, String)>, Failure> {
    let mut notes = entries(&folder.join("published"))?;
    notes.retain(|path| path.extension().is_some_and(|ending| ending == "toml") && path.is_file());
    notes.sort();
    let mut found = Vec::new();
    for note in notes {
        let words = words(&note)?;
        let name = note.file_name().unwrap_or_default().to_string_lossy();
        for (table, own) in [("tiers", None), ("changed", Some(format!("{person} ")))] {
            let said = words.get(table).and_then(toml::Value::as_table).into_iter().flatten();
            for (key, value) in said {
                let is_own = own.as_ref().map_or(key == person, |start| key.starts_with(start));
                if let Some(value) = value.as_str().filter(|_| is_own) {
                    let what = format!("{table}: {key}");
                    found.push((format!("published/{name}"), what, value.to_owned()));
                }
            }
        }
    }
    Ok(found)
}

/// A note of a publication.
fn words(note: &Path) -> Result<toml::Table, Failure> {
    toml::from_slice(&read(note)?)
        .with_context(|| format!("`{}` is no note of a publication", note.display()))
        .map_err(Failure::File)
}

/// The date that names a file or folder, such as `2026-11-30.csv`.
fn dated(path: &Path) -> Option<Date> {
    let name = path.file_name()?.to_str()?;
    Date::parse(name.strip_suffix(".csv").unwrap_or(name)).ok()
}

/// The first day of the week that a folder of `plan` or `replan` was made for.
fn made_for(folder: &Path) -> Option<Date> {
    let name = folder.file_name()?.to_str()?;
    Date::parse(name.strip_suffix("-replan").unwrap_or(name)).ok()
}

/// What lies in a folder; nothing where there is no such folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
    });
    entries
        .with_context(|| format!("could not read the folder `{}`", folder.display()))
        .map_err(Failure::File)
}

/// Whether a folder holds nothing.
pub(super) fn is_empty(folder: &Path) -> Result<bool, Failure> {
    entries(folder).map(|entries| entries.is_empty() && folder.is_dir())
}

/// A roster of a known team.
pub(super) fn read_roster(path: &Path, scenario: &Scenario) -> Result<Roster, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = table::read(&read(path)?, &scenario.calendar, &scenario.names.agents);
    read.map_err(|problems| Failure::in_file(&name, problems))
}

/// What was worked, by a known team.
pub(super) fn read_worked(
    path: &Path,
    calendar: &Calendar,
    names: &Names<AgentId>,
) -> Result<Roster, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = table::read_worked(&read(path)?, calendar, names);
    read.map_err(|problems| Failure::in_file(&name, problems))
}

/// What was worked, where the folder has a record of it.
pub(super) fn worked_of(folder: &Path, scenario: &Scenario) -> Result<Option<Roster>, Failure> {
    let path = folder.join("worked.csv");
    let read = || read_worked(&path, &scenario.calendar, &scenario.names.agents);
    path.is_file().then(read).transpose()
}

/// A whole file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path)
        .with_context(|| format!("could not read `{}`", path.display()))
        .map_err(Failure::File)
}

/// Write a file so that a reader sees it whole or not at all.
pub(super) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let whole = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        fs::write(&part, &content)?;
        fs::rename(&part, path)
    };
    whole().with_context(|| format!("could not write `{}`", path.display())).map_err(Failure::File)
}

/// The same, readable for nobody but whoever runs the program, where the system lets files be so.
pub(super) fn write_for_owner(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    write(path, content)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
            .with_context(|| format!("could not close `{}` to others", path.display()))
            .map_err(Failure::File)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            write(&folder.path().join(file), "agent,start,end,activity\n").unwrap();
        }
        folder
    }

    #[test]
    fn the_latest_published_roster_comes_before_any_planned_one() {
        let folder = folder_with(&[
            "published/2026-11-23.csv",
            "published/2026-11-30.csv",
            "published/notes.csv",
            "out/2026-12-07/roster.csv",
        ]);
        let chosen = roster(folder.path(), None).unwrap();
        assert_eq!(chosen.path, folder.path().join("published/2026-11-30.csv"));
        assert_eq!(chosen.first, Some(Date::parse("2026-11-30").unwrap()));
    }

    #[test]
    fn a_plan_is_named_by_its_folder_too() {
        let folder = folder_with(&["out/2026-12-07/roster.csv"]);
        let plan = folder.path().join("out/2026-12-07");
        let chosen = roster(folder.path(), Some(&plan)).unwrap();
        assert_eq!(chosen.path, plan.join("roster.csv"));
        assert_eq!(chosen.first, Some(Date::parse("2026-12-07").unwrap()));
    }

    #[test]
    fn a_folder_without_rosters_says_how_to_make_one() {
        let folder = folder_with(&[]);
        assert!(matches!(roster(folder.path(), None), Err(Failure::Usage { .. })));
    }
}
