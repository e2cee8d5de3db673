//! Walks `scenario.toml` by its own JSON Schema, so that every wrong key and value is found at once, with its line.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::changes::overlay::Overlay;
use super::problem::{
    self, Found, KEY_MISSING, NOT_TOML, OUT_OF_RANGE, Place, ProblemKind, UNKNOWN_KEY,
    UNKNOWN_WORD, UNREADABLE_TEXT, WRONG_COUNT, WRONG_TYPE,
};
use super::{SCENARIO, words};
use crate::id::nearest;

/// What a walk leaves: the values that are right, and where everything is.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Values that passed; what is wrong is left out.
    pub values: Map<String, Json>,
    /// Lines of keys.
    pub places: Places,
    /// Ids of items left out, by section, so that naming them is no second problem.
    pub ghosts: BTreeMap<String, BTreeSet<String>>,
    /// Items whose id an earlier one has already: section, path, id.
    pub doubles: Vec<(String, String, String)>,
    /// What is wrong.
    pub found: Vec<Found>,
}

/// Files and lines of the keys of `scenario.toml`, some of which a variant may have written.
#[derive(Debug, Default)]
pub(super) struct Places {
    lines: BTreeMap<String, Line>,
    variant: Option<String>,
    /// Whether what has no line is a variant's as well.
    is_of_variant: bool,
}

/// A line of one of the two files that keys are written in.
#[derive(Debug, Clone, Copy)]
struct Line {
    of_variant: bool,
    number: usize,
}

/// Where problems of a variant's file come in order: after those of all files it changes.
pub(super) const VARIANT_RANK: usize = 6;

impl Places {
    /// Whether a key is written at all, right or wrong.
    pub(super) fn has(&self, path: &str) -> bool {
        self.lines.contains_key(path)
    }

    /// The place of a key, such as `queues.phone.mix`; where it is not written, the line of what holds it.
    pub(super) fn at(&self, path: &str) -> Place {
        let mut held = path;
        let line = loop {
            if let Some(&line) = self.lines.get(held) {
                break line;
            }
            match held.rfind(['.', '[']) {
                Some(end) => held = &held[..end],
                None => break Line { of_variant: self.is_of_variant, number: 0 },
            }
        };
        self.place(line, path)
    }

    fn place(&self, Line { of_variant, number }: Line, path: &str) -> Place {
        let (rank, file) = match &self.variant {
            Some(variant) if of_variant => (VARIANT_RANK, variant.as_str()),
            _ => (0, SCENARIO),
        };
        let text = match (number, path) {
            (0, "") => file.to_owned(),
            (0, _) => format!("{file}, {path}"),
            (_, "") => format!("{file}, line {number}"),
            _ => format!("{file}, line {number}, {path}"),
        };
        Place { file: rank, line: number, text }
    }
}

/// Check a text against a schema, a variant's keys laid over its own; values that fail are left out of what
/// comes back.
pub(super) fn walk(text: &str, schema: &Json, over: Option<&Overlay>) -> Walked {
    let (mut root, errors) = DeTable::parse_recoverable(text);
    let mut walk = Walk { schema, lines: Lines::of(text), walked: Walked::default() };
    if !walk.refuse_broken(&errors) {
        return walk.walked;
    }
    let over = over.map(|over| (over, over.behind(text)));
    if let Some((over, padded)) = &over {
        // What the variant's own reader has said of it is not said again.
        let Some(keys) = Overlay::keys(padded) else { return walk.walked };
        walk.walked.places.variant = Some(over.file.clone());
        walk.lines = Lines::of(padded).with_variant_from(Overlay::start_behind(text));
        super::changes::overlay::lay(root.get_mut(), keys);
    }
    let (values, _) = walk.table(root.get_ref(), schema, "");
    walk.walked.values = values;
    walk.walked
}

/// Check a variant's own keys against their schema; what it lays over the scenario is not among them.
pub(super) fn walk_variant(text: &str, schema: &Json, file: &str) -> Walked {
    let (mut root, errors) = DeTable::parse_recoverable(text);
    let mut walk = Walk { schema, lines: Lines::of(text), walked: Walked::default() };
    walk.lines.of_variant = 0;
    walk.walked.places.variant = Some(file.to_owned());
    walk.walked.places.is_of_variant = true;
    if walk.refuse_broken(&errors) {
        let laid = root.get_mut().remove(super::changes::overlay::KEY);
        if let Some(laid) = laid.filter(|laid| !laid.get_ref().is_table()) {
            let cause = format!("expected a table, found {}", shown(laid.get_ref()));
            let line = walk.lines.at(laid.span().start);
            let place = walk.walked.places.place(line, super::changes::overlay::KEY);
            walk.walked.found.push(problem::found(WRONG_TYPE, place, cause));
        }
        let (values, _) = walk.table(root.get_ref(), schema, "");
        walk.walked.values = values;
    }
    walk.walked
}

struct Walk<'a> {
    schema: &'a Json,
    lines: Lines,
    walked: Walked,
}

impl<'a> Walk<'a> {
    /// Say what is no TOML; whether all of it is.
    fn refuse_broken(&mut self, errors: &[toml::de::Error]) -> bool {
        for error in errors {
            let start = error.span().map_or(0, |span| span.start);
            let place = self.walked.places.place(self.lines.at(start), "");
            self.walked.found.push(problem::found(NOT_TOML, place, one_line(error.message())));
        }
        errors.is_empty()
    }

    fn value(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        schema: &'a Json,
        path: &str,
    ) -> Option<Json> {
        let schema = self.choice(self.meant(schema), value.get_ref());
        match value.get_ref() {
            DeValue::Table(table) if is_a(schema, "object") => {
                let (values, is_whole) = self.table(table, schema, path);
                is_whole.then_some(Json::Object(values))
            }
            DeValue::Array(items) if is_a(schema, "array") => {
                self.array(items.iter(), schema, path)
            }
            DeValue::String(text) if is_a(schema, "string") => self.text(text, schema, path),
            DeValue::Datetime(date) if is_a(schema, "string") => {
                self.text(&date.to_string(), schema, path)
            }
            DeValue::Boolean(truth) if is_a(schema, "boolean") => Some(Json::Bool(*truth)),
            DeValue::Integer(digits) if is_a(schema, "integer") || is_a(schema, "number") => {
                match i64::from_str_radix(digits.as_str(), digits.radix()) {
                    Ok(whole) => self.number(real(whole), schema, path).then(|| whole.into()),
                    Err(_) => self.refuse(OUT_OF_RANGE, path, "this number is far too large"),
                }
            }
            DeValue::Float(digits) if is_a(schema, "number") => {
                let number = digits.as_str().parse().unwrap_or(f64::NAN);
                self.number(number, schema, path).then(|| number.into())
            }
            other => {
                let cause = format!("expected {}, found {}", expected(schema), shown(other));
                self.refuse(WRONG_TYPE, path, cause)
            }
        }
    }

    /// The values of a table that are right, and whether all it must have is among them.
    fn table(
        &mut self,
        table: &DeTable<'_>,
        schema: &'a Json,
        path: &str,
    ) -> (Map<String, Json>, bool) {
        let known = &schema["properties"];
        let open = schema.get("additionalProperties").filter(|rest| rest.is_object());
        let (mut values, mut is_whole) = (Map::new(), true);
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let inner = joined(path, name);
            self.walked.places.lines.insert(inner.clone(), self.lines.at(key.span().start));
            let Some(expected) = known.get(name).or(open) else {
                self.unknown_key(name, known.as_object(), &inner);
                continue;
            };
            match self.value(value, expected, &inner) {
                Some(value) => drop(values.insert(name.to_owned(), value)),
                None => is_whole &= open.is_none() && !is_required(schema, name),
            }
        }
        let least = schema["minProperties"].as_u64().unwrap_or(0);
        if least > 0 && table.is_empty() {
            self.refuse::<()>(WRONG_COUNT, path, "this table is empty");
            is_whole = false;
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        for name in required.filter(|&name| !table.contains_key(name)) {
            is_whole = false;
            let inner = joined(path, name);
            let what = known.get(name).and_then(|key| self.meant(key)["description"].as_str());
            let fix = what.map(|what| format!("add `{name}`: {}", one_line(what)));
            let place = self.walked.places.at(&inner);
            let cause = format!("`{name}` is missing");
            let found = problem::found(KEY_MISSING, place, cause);
            self.walked.found.push(match fix {
                Some(fix) => found.fix(fix),
                None => found,
            });
        }
        (values, is_whole)
    }

    fn unknown_key(&mut self, name: &str, known: Option<&Map<String, Json>>, path: &str) {
        let names: Vec<&String> = known.into_iter().flat_map(Map::keys).collect();
        let fix = match nearest(name, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("keys known here are {}", words(&names)),
        };
        let place = self.walked.places.at(path);
        let cause = format!("the key `{}` means nothing here", short(name));
        self.walked.found.push(problem::found(UNKNOWN_KEY, place, cause).fix(fix));
    }

    /// Items of a list; tables that fail are left out, any other failure voids the list.
    fn array<'v, 'i: 'v>(
        &mut self,
        items: impl ExactSizeIterator<Item = &'v Spanned<DeValue<'i>>>,
        schema: &'a Json,
        path: &str,
    ) -> Option<Json> {
        let least = schema["minItems"].as_u64().unwrap_or(0);
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX);
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        if count < least || count > most {
            let range =
                if least == most { format!("{least}") } else { format!("{least} to {most}") };
            let range = if most == u64::MAX { format!("at least {least}") } else { range };
            let cause = format!("this list has {count} entries; it needs {range}");
            return self.refuse(WRONG_COUNT, path, cause);
        }
        let (mut values, mut taken) = (Vec::new(), BTreeSet::new());
        for (place, item) in items.enumerate() {
            let id = item.get_ref().get("id").and_then(|id| id.get_ref().as_str());
            let id = id.filter(|id| !id.is_empty());
            let fresh = id.filter(|id| taken.insert(*id));
            let inner = match fresh {
                Some(id) => joined(path, id),
                None => format!("{path}[{}]", place + 1),
            };
            self.walked.places.lines.insert(inner.clone(), self.lines.at(item.span().start));
            if let (Some(id), None) = (id, fresh) {
                self.walked.doubles.push((path.to_owned(), inner.clone(), short(id)));
            }
            match self.value(item, &schema["items"], &inner) {
                Some(value) => values.push(value),
                None if item.get_ref().is_table() => {
                    let ghosts = self.walked.ghosts.entry(path.to_owned()).or_default();
                    ghosts.extend(id.map(str::to_owned));
                }
                None => return None,
            }
        }
        Some(Json::Array(values))
    }

    fn text(&mut self, text: &str, schema: &Json, path: &str) -> Option<Json> {
        let known = known_words(schema);
        if !known.is_empty() && !known.contains(&text) {
            let fix = match nearest(text, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("words known here are {}", words(&known)),
            };
            let place = self.walked.places.at(path);
            let cause = format!("`{}` is not known here", short(text));
            self.walked.found.push(problem::found(UNKNOWN_WORD, place, cause).fix(fix));
            return None;
        }
        let letters = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        let least = schema["minLength"].as_u64().unwrap_or(0);
        let most = schema["maxLength"].as_u64().unwrap_or(10_000);
        if letters < least || letters > most {
            let cause = format!("this text has {letters} letters; use {least} to {most}");
            return self.refuse(WRONG_COUNT, path, cause);
        }
        match super::formats::check(schema["format"].as_str().unwrap_or(""), text) {
            Ok(()) => Some(Json::String(text.to_owned())),
            Err(cause) => self.refuse(UNREADABLE_TEXT, path, cause),
        }
    }

    fn number(&mut self, number: f64, schema: &Json, path: &str) -> bool {
        let least = schema["minimum"].as_f64().unwrap_or(-9e15);
        let most = schema["maximum"].as_f64().unwrap_or(9e15);
        if (least..=most).contains(&number) {
            return true;
        }
        let place = self.walked.places.at(path);
        let found =
            problem::found(OUT_OF_RANGE, place, format!("{number} is outside {least} to {most}"));
        let is_percent = most == 1.0 && number > 1.0 && number <= 100.0;
        self.walked.found.push(if is_percent {
            found.fix(format!("write {} for {number} %", number / 100.0))
        } else {
            found
        });
        false
    }

    fn refuse<T>(&mut self, kind: ProblemKind, path: &str, cause: impl Into<String>) -> Option<T> {
        let place = self.walked.places.at(path);
        self.walked.found.push(problem::found(kind, place, cause));
        None
    }

    /// The schema that a reference stands for.
    fn meant(&self, schema: &'a Json) -> &'a Json {
        let definition = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/"));
        definition.map_or(schema, |name| &self.schema["$defs"][name])
    }

    /// Where a schema offers several, the one of the value's type, else the first.
    fn choice(&self, schema: &'a Json, value: &DeValue<'_>) -> &'a Json {
        let Some(offers) = schema["anyOf"].as_array() else { return schema };
        let offers: Vec<&Json> = offers
            .iter()
            .map(|offer| self.meant(offer))
            .filter(|offer| offer["type"] != "null")
            .collect();
        let kinds: &[&str] = match value {
            DeValue::Table(_) => &["object"],
            DeValue::Array(_) => &["array"],
            DeValue::String(_) => &["string"],
            DeValue::Integer(_) => &["integer", "number"],
            DeValue::Float(_) => &["number"],
            _ => &[],
        };
        let fits = |offer: &&&Json| kinds.iter().any(|kind| is_a(offer, kind));
        // A choice of words among others is itself a list of offers; a text belongs to it.
        let found = offers.iter().find(fits).copied();
        match (found, offers.as_slice()) {
            (Some(offer), _) | (None, &[offer]) => self.choice(offer, value),
            _ => schema,
        }
    }
}

fn is_a(schema: &Json, kind: &str) -> bool {
    match &schema["type"] {
        Json::String(only) => only == kind,
        Json::Array(several) => several.iter().any(|one| one == kind),
        _ => kind == "string" && !known_words(schema).is_empty(),
    }
}

fn is_required(schema: &Json, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|keys| keys.iter().any(|key| key == name))
}

/// The words a schema admits; none: any text.
fn known_words(schema: &Json) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    let offers = schema["oneOf"].as_array().into_iter().flatten().map(|offer| &offer["const"]);
    let only = schema.get("const").into_iter();
    listed.chain(offers).chain(only).filter_map(Json::as_str).collect()
}

fn expected(schema: &Json) -> String {
    let named = [
        ("integer", "a whole number"),
        ("number", "a number"),
        ("string", "a text in quotation marks"),
        ("array", "a list in square brackets"),
        ("object", "a table"),
        ("boolean", "true or false"),
    ];
    let name = named.iter().find(|(kind, _)| is_a(schema, kind)).map(|(_, name)| *name);
    match (name, schema["description"].as_str()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(what)) => one_line(what).to_lowercase(),
        (None, None) => "another kind of value".to_owned(),
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", short(text)),
        DeValue::Integer(digits) => format!("the number {}", short(digits.as_str())),
        DeValue::Float(digits) => format!("the number {}", short(digits.as_str())),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn short(text: &str) -> String {
    let mut letters = text.chars().filter(|letter| !letter.is_control());
    let start: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { format!("{start}...") } else { start }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

fn joined(path: &str, name: &str) -> String {
    let name = short(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

#[expect(clippy::cast_precision_loss, reason = "only compared with bounds far below 2^53")]
fn real(whole: i64) -> f64 {
    whole as f64
}

/// Where lines start, to tell the line of a byte.
struct Lines {
    starts: Vec<usize>,
    /// The variant's text starts at this byte.
    of_variant: usize,
    /// Lines before it.
    before: usize,
}

impl Lines {
    fn of(text: &str) -> Lines {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = breaks.map(|(at, _)| at + 1).collect();
        Lines { starts, of_variant: usize::MAX, before: 0 }
    }

    fn with_variant_from(self, byte: usize) -> Lines {
        let before = self.starts.partition_point(|&start| start <= byte);
        Lines { of_variant: byte, before, ..self }
    }

    fn at(&self, byte: usize) -> Line {
        let number = 1 + self.starts.partition_point(|&start| start <= byte);
        let of_variant = byte >= self.of_variant;
        Line { of_variant, number: if of_variant { number - self.before } else { number } }
    }
}
