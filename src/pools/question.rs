//! The file that `size --pools` reads: queues with their contacts and targets, pools with skills and costs.

use toml::{Table, Value};

use crate::scenario::{Definition, Problem};
use crate::staffing::size::{read_duration, read_patience, read_target};
use crate::staffing::sizing::{Goal, HIGHEST_SHARE};

/// Queues to answer and pools that may answer them.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolsQuestion {
    /// The queues.
    pub queues: Vec<PoolQueue>,
    /// The pools.
    pub pools: Vec<SkillPool>,
}

/// A queue.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolQueue {
    /// Its name.
    pub id: String,
    /// Contacts a minute.
    pub arrivals: f64,
    /// Mean minutes a contact takes.
    pub handle: f64,
    /// Mean minutes until somebody hangs up; none: nobody does.
    pub patience: Option<f64>,
    /// Targets to keep: shares answered in time and hung up, in minutes.
    pub goals: Vec<Goal>,
    /// Who is answered first, 1 before 2; none: first the queues that fewest pools may answer.
    pub priority: Option<u8>,
}

/// People with the same skills.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillPool {
    /// Its name.
    pub id: String,
    /// The queues it may answer, by place.
    pub queues: Vec<usize>,
    /// What one of its people costs.
    pub cost: f64,
    /// Mean minutes each queue's contact takes here.
    pub handle: Vec<f64>,
}

/// Most queues and pools a question may hold.
const MOST: usize = 12;
/// Most people busy at once that a mix is played with.
const MOST_ERLANGS: f64 = 10_000.0;

/// Read the file.
///
/// # Errors
/// Every problem in it.
pub fn read(text: &str) -> Result<PoolsQuestion, Vec<Problem>> {
    let mut found = Found(Vec::new());
    let Ok(file) = text.parse::<Table>() else {
        found.tell("file", "it is not TOML", "write [[queues]] and [[pools]] with their keys");
        return Err(found.0);
    };
    for key in file.keys().filter(|key| !["queues", "pools", "per"].contains(&key.as_str())) {
        found.tell(key, "the key is unknown", "use queues, pools and per");
    }
    let per = match file.get("per") {
        Some(value) => found.duration("per", value).unwrap_or(30.0),
        None => 30.0,
    };
    let entries = |kind: &'static str, found: &mut Found| -> Vec<(String, Table)> {
        let entries = named(file.get(kind));
        if entries.is_empty() || entries.len() > MOST {
            let cause = format!("there are {}, and 1 to {MOST} are expected", entries.len());
            found.tell(kind, &cause, &format!("write one [[{kind}]] for each"));
        }
        for (place, (id, _)) in entries.iter().enumerate() {
            if entries[..place].iter().any(|(earlier, _)| earlier == id) {
                found.tell(&format!("{kind}.{id}"), "the id is there twice", "give each its own");
            }
        }
        entries
    };
    let queues: Vec<Option<PoolQueue>> = entries("queues", &mut found)
        .iter()
        .map(|(id, keys)| queue(id, keys, per, &mut found))
        .collect();
    let ids: Vec<String> = named(file.get("queues")).into_iter().map(|(id, _)| id).collect();
    let handles: Vec<f64> =
        queues.iter().map(|queue| queue.as_ref().map_or(1.0, |queue| queue.handle)).collect();
    let pools: Vec<Option<SkillPool>> = entries("pools", &mut found)
        .iter()
        .map(|(id, keys)| pool(id, keys, &ids, &handles, &mut found))
        .collect();
    for (place, id) in ids.iter().enumerate() {
        if !pools.iter().flatten().any(|pool| pool.queues.contains(&place)) {
            found.tell(&format!("queues.{id}"), "no pool answers it", "name it in a pool's queues");
        }
    }
    let load: f64 = queues.iter().flatten().map(|queue| queue.arrivals * queue.handle).sum();
    if load > MOST_ERLANGS {
        let cause = format!("a load of {load:.0} Erlang is more than is played (10000)");
        found.tell("queues", &cause, "check the unit of `per`, or size each queue by `--arrivals`");
    }
    if found.0.is_empty() {
        Ok(PoolsQuestion {
            queues: queues.into_iter().flatten().collect(),
            pools: pools.into_iter().flatten().collect(),
        })
    } else {
        Err(found.0)
    }
}

/// Entries of `[[kind]]` by their id, or of `[kind.id]`.
fn named(value: Option<&Value>) -> Vec<(String, Table)> {
    match value {
        Some(Value::Array(entries)) => {
            let tables = entries.iter().filter_map(Value::as_table).zip(1..);
            tables
                .map(|(keys, place)| {
                    let id = ["id", "name"].iter().find_map(|key| keys.get(*key)?.as_str());
                    (id.map_or_else(|| format!("{place}"), str::to_owned), keys.clone())
                })
                .collect()
        }
        Some(Value::Table(entries)) => entries
            .iter()
            .filter_map(|(id, keys)| Some((id.clone(), keys.as_table()?.clone())))
            .collect(),
        _ => Vec::new(),
    }
}

const QUEUE_KEYS: [&str; 10] = [
    "id",
    "name",
    "arrivals",
    "per",
    "handle",
    "patience",
    "target",
    "definition",
    "abandonment",
    "priority",
];
const POOL_KEYS: [&str; 5] = ["id", "name", "queues", "cost", "handle"];

fn queue(id: &str, keys: &Table, per: f64, found: &mut Found) -> Option<PoolQueue> {
    let at = |key: &str| format!("queues.{id}.{key}");
    found.only(&format!("queues.{id}"), keys, &QUEUE_KEYS);
    let per = match keys.get("per") {
        Some(value) => found.duration(&at("per"), value),
        None => Some(per),
    };
    let arrivals = found.number(&at("arrivals"), keys.get("arrivals"), 0.0, 1e6);
    let handle = found
        .must(&at("handle"), keys.get("handle"))
        .and_then(|value| found.duration(&at("handle"), value));
    let patience = match keys.get("patience") {
        None => Some(None),
        Some(value) => {
            let read = value.as_str().ok_or_else(|| "it is no text such as \"120s\"".to_owned());
            found.take(&at("patience"), read.and_then(read_patience))
        }
    };
    if patience.flatten().is_some_and(|minutes| minutes <= 0.0) {
        found.tell(
            &at("patience"),
            "nobody waits at all",
            "write such as \"120s\", or \"infinite\"",
        );
    }
    let priority = keys.get("priority").and_then(|value| {
        let number = found.number(&at("priority"), Some(value), 1.0, 9.0)?;
        (1..=9u8).find(|priority| (f64::from(*priority) - number).abs() < 0.5)
    });
    let goals = goals(id, keys, found);
    let is_impatient = patience.flatten().is_some();
    if goals.iter().any(|goal| matches!(goal, Goal::Abandonment(_))) && !is_impatient {
        found.tell(
            &at("abandonment"),
            "nobody hangs up where patience is infinite",
            "give a patience, or leave it out",
        );
    }
    Some(PoolQueue {
        id: id.to_owned(),
        arrivals: arrivals? / per.filter(|per| *per > 0.0)?,
        handle: handle?,
        patience: patience?,
        goals,
        priority,
    })
}

fn goals(id: &str, keys: &Table, found: &mut Found) -> Vec<Goal> {
    let at = |key: &str| format!("queues.{id}.{key}");
    let mut goals = Vec::new();
    if let Some(value) = keys.get("target") {
        let read = value.as_str().ok_or_else(|| "it is no text such as \"80/20s\"".to_owned());
        let definition = definition(&at("definition"), keys.get("definition"), found);
        if let Some(target) = found.take(&at("target"), read.and_then(read_target)) {
            let share = target.share.value();
            if share > HIGHEST_SHARE {
                found.tell(
                    &at("target"),
                    "no number of people answers all in time",
                    "ask for at most 99.99 %",
                );
            }
            goals.push(Goal::ServiceLevel { share, within: target.within, definition });
        }
    }
    if let Some(most) = keys.get("abandonment") {
        goals.extend(
            found.number(&at("abandonment"), Some(most), 0.0001, 1.0).map(Goal::Abandonment),
        );
    }
    if keys.get("target").is_none() && keys.get("abandonment").is_none() {
        found.tell(
            &format!("queues.{id}"),
            "it has no target",
            "write target = \"80/20s\", or abandonment = 0.05",
        );
    }
    goals
}

fn definition(place: &str, value: Option<&Value>, found: &mut Found) -> Definition {
    let Some(value) = value else { return Definition::Offered };
    match value.as_str() {
        Some("offered") => Definition::Offered,
        Some("answered") => Definition::Answered,
        Some("without_short_abandons" | "without-short-abandons") => {
            Definition::WithoutShortAbandons
        }
        Some("waited") => Definition::Waited,
        _ => {
            found.tell(
                place,
                "the definition is unknown",
                "use offered, answered, without_short_abandons or waited",
            );
            Definition::Offered
        }
    }
}

fn pool(
    id: &str,
    keys: &Table,
    ids: &[String],
    handles: &[f64],
    found: &mut Found,
) -> Option<SkillPool> {
    let at = |key: &str| format!("pools.{id}.{key}");
    found.only(&format!("pools.{id}"), keys, &POOL_KEYS);
    let cost = found.number(&at("cost"), keys.get("cost"), 1e-6, 1e9);
    let listed = found.must(&at("queues"), keys.get("queues"))?.as_array().cloned();
    let mut queues = Vec::new();
    for name in listed.unwrap_or_default() {
        match ids.iter().position(|id| name.as_str() == Some(id)) {
            Some(place) if !queues.contains(&place) => queues.push(place),
            Some(_) => {}
            None => found.tell(
                &at("queues"),
                &format!("{name} is no queue"),
                "name queues of this file",
            ),
        }
    }
    if queues.is_empty() {
        found.tell(&at("queues"), "it answers no queue", "write such as queues = [\"billing\"]");
    }
    let mut own = handles.to_vec();
    match keys.get("handle") {
        None => {}
        Some(Value::Table(by_queue)) => {
            for (name, value) in by_queue {
                let place = format!("{}.{name}", at("handle"));
                match ids.iter().position(|id| id == name) {
                    Some(queue) => own[queue] = found.duration(&place, value).unwrap_or(own[queue]),
                    None => {
                        found.tell(&place, "there is no such queue", "name queues of this file");
                    }
                }
            }
        }
        Some(value) => {
            if let Some(minutes) = found.duration(&at("handle"), value) {
                own.fill(minutes);
            }
        }
    }
    Some(SkillPool { id: id.to_owned(), queues, cost: cost?, handle: own })
}

/// Problems so far.
struct Found(Vec<Problem>);

impl Found {
    fn tell(&mut self, place: &str, cause: &str, fix: &str) {
        let (place, cause, fix) = (place.to_owned(), cause.to_owned(), fix.to_owned());
        self.0.push(Problem { code: "P101", place, cause, fix });
    }

    fn take<T>(&mut self, place: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|cause| self.tell(place, &cause, "write it in the form shown")).ok()
    }

    fn must<'a>(&mut self, place: &str, value: Option<&'a Value>) -> Option<&'a Value> {
        if value.is_none() {
            self.tell(place, "the key is missing", "add the key");
        }
        value
    }

    fn only(&mut self, place: &str, keys: &Table, known: &[&str]) {
        for key in keys.keys().filter(|key| !known.contains(&key.as_str())) {
            self.tell(
                &format!("{place}.{key}"),
                "the key is unknown",
                &format!("use {}", known.join(", ")),
            );
        }
    }

    fn duration(&mut self, place: &str, value: &Value) -> Option<f64> {
        let read = value.as_str().ok_or_else(|| "it is no text such as \"300s\"".to_owned());
        let minutes = self.take(place, read.and_then(read_duration))?;
        if minutes <= 0.0 || minutes > 1e5 {
            self.tell(place, "the time is out of range", "use more than 0 and at most 69 days");
            return None;
        }
        Some(minutes)
    }

    #[expect(clippy::cast_precision_loss, reason = "larger numbers are refused")]
    fn number(&mut self, place: &str, value: Option<&Value>, least: f64, most: f64) -> Option<f64> {
        let value = self.must(place, value)?;
        let number = value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
        let fits = number.filter(|number| (least..=most).contains(number));
        if fits.is_none() {
            self.tell(place, "it is no number in range", &format!("use {least} to {most}"));
        }
        fits
    }
}
