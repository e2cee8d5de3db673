//! Lays keys of a variant over those of `scenario.toml`, each key keeping the file and line it is written in.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The table of a variant's file that is laid over the scenario.
pub(in super::super) const KEY: &str = "scenario";

/// A variant's file.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Overlay {
    /// Its name in the folder, for messages.
    pub file: String,
    /// Its whole text.
    pub text: String,
}

impl Overlay {
    /// The text moved behind another one, so that places in the two never mix: as many lines and bytes go before
    /// it as the other has.
    pub(in super::super) fn behind(&self, other: &str) -> String {
        let blank = |letter: u8| if letter == b'\n' { '\n' } else { ' ' };
        let before: String = other.bytes().map(blank).collect();
        before + "\n" + &self.text
    }

    /// Where the text starts once it is moved.
    pub(in super::super) fn start_behind(other: &str) -> usize {
        other.len() + 1
    }

    /// The keys to lay over; none where the text is no TOML or has no such table.
    pub(in super::super) fn keys(padded: &str) -> Option<DeTable<'_>> {
        let mut root = DeTable::parse(padded).ok()?.into_inner();
        match root.remove(KEY)?.into_inner() {
            DeValue::Table(keys) => Some(keys),
            _ => None,
        }
    }
}

/// Lay keys over others: tables key by key, lists of tables that have an `id` item by item, all else replaced.
pub(in super::super) fn lay<'i>(base: &mut DeTable<'i>, over: DeTable<'i>) {
    for (key, value) in over {
        match base.get_mut(key.get_ref().as_ref()) {
            Some(under) if is_laid_within(under.get_ref(), value.get_ref()) => {
                lay_value(under, value);
            }
            _ => {
                // A map keeps the key it has; the new one knows the line that the value is on.
                base.remove(key.get_ref().as_ref());
                base.insert(key, value);
            }
        }
    }
}

fn is_laid_within(under: &DeValue<'_>, over: &DeValue<'_>) -> bool {
    under.is_table() && over.is_table() || has_ids(under) && has_ids(over)
}

fn lay_value<'i>(under: &mut Spanned<DeValue<'i>>, over: Spanned<DeValue<'i>>) {
    match (under.get_mut(), over.into_inner()) {
        (DeValue::Table(under), DeValue::Table(over)) => lay(under, over),
        (DeValue::Array(under), DeValue::Array(over)) => {
            for item in over {
                let same = under.iter_mut().find(|known| id(known.get_ref()) == id(item.get_ref()));
                match same {
                    Some(known) => lay_value(known, item),
                    None => under.push(item),
                }
            }
        }
        (under, over) => *under = over,
    }
}

fn has_ids(value: &DeValue<'_>) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| {
        !items.is_empty() && items.iter().all(|item| id(item.get_ref()).is_some())
    })
}

fn id<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value.get("id")?.get_ref().as_str()
}
