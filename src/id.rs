//! Names that users give to things, as distinct and cheap numbers that refuse unknown names.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// Something a user names, known inside by its place in the order of the file.
pub trait Id: Copy + Eq + Ord + fmt::Debug {
    /// What the user calls such a thing, for messages.
    const NOUN: &'static str;
    /// The id of the thing at this place.
    fn at(place: usize) -> Self;
    /// Its place.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $noun:literal)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u32);

        impl Id for $name {
            const NOUN: &'static str = $noun;
            fn at(place: usize) -> Self {
                $name(u32::try_from(place).expect("fewer than 2^32 things in a scenario"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// One person.
    AgentId "agent"
    /// One step of the ladder.
    TierId "tier"
    /// One channel and topic.
    QueueId "queue"
    /// One class of complexity.
    ComplexityId "complexity"
    /// One queue and class of complexity: what routing decides on.
    StreamId "stream"
    /// Agents who are interchangeable for routing.
    PoolId "pool"
    /// One shape of shift.
    ShiftId "shift"
    /// One skill.
    SkillId "skill"
}

/// The names of all things of one kind, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the names of a book of names are names")]
pub struct Names<I> {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
    kind: PhantomData<I>,
}

/// What sorts names as people do, numbers in them by size: `agent-2` before `agent-10`.
#[must_use]
pub fn natural(name: &str) -> (Vec<(String, u128)>, String) {
    let mut parts: Vec<(String, u128)> = Vec::new();
    let mut words = String::new();
    let mut digits = String::new();
    for letter in name.chars().chain([' ']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            // Names are short; a number too long for this sorts last.
            let number = digits.parse().unwrap_or(u128::MAX);
            parts.push((std::mem::take(&mut words), number));
            digits.clear();
        }
        words.push(letter);
    }
    parts.push((words, 0));
    (parts, name.to_owned())
}

impl<I> Default for Names<I> {
    fn default() -> Self {
        Names { names: Vec::new(), places: BTreeMap::new(), kind: PhantomData }
    }
}

impl<I: Id> Names<I> {
    /// Take a name in; `Err` holds the earlier bearer where it is taken already.
    ///
    /// # Errors
    /// The id of the thing that bears the name already.
    pub fn add(&mut self, name: &str) -> Result<I, I> {
        if let Some(&place) = self.places.get(name) {
            return Err(I::at(place));
        }
        let place = self.names.len();
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        Ok(I::at(place))
    }

    /// The thing of this name.
    ///
    /// # Errors
    /// A sentence that names the closest known names.
    pub fn find(&self, name: &str) -> Result<I, String> {
        self.places.get(name).map(|&place| I::at(place)).ok_or_else(|| self.unknown(name))
    }

    /// The name of a thing.
    ///
    /// # Panics
    /// Where the id comes from other names than these.
    #[must_use]
    pub fn of(&self, id: I) -> &str {
        &self.names[id.index()]
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I> {
        (0..self.names.len()).map(I::at)
    }

    fn unknown(&self, name: &str) -> String {
        let noun = I::NOUN;
        match nearest(name, &self.names) {
            Some(near) => format!("no {noun} is called `{name}`; did you mean `{near}`?"),
            None if self.names.is_empty() => {
                format!("no {noun} is called `{name}`; none is defined")
            }
            None => {
                let some: Vec<&str> = self.names.iter().take(8).map(String::as_str).collect();
                format!("no {noun} is called `{name}`; known are {}", some.join(", "))
            }
        }
    }
}

/// The known name that `name` is most likely a slip of, if any is within a third of its letters.
#[must_use]
pub fn nearest<'a, S: AsRef<str>>(name: &str, known: &'a [S]) -> Option<&'a str> {
    if name.chars().count() > 64 {
        return None;
    }
    let limit = name.chars().count().div_ceil(3);
    let near = known.iter().map(|other| (slips(name, other.as_ref()), other.as_ref()));
    near.min().filter(|&(slip, _)| slip <= limit).map(|(_, other)| other)
}

/// Letters to change, add or drop to get from one word to the other (Levenshtein 1966).
fn slips(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_answered_with_the_name_meant() {
        let mut tiers = Names::<TierId>::default();
        tiers.add("css1").unwrap();
        tiers.add("support-engineer").unwrap();
        assert_eq!(
            tiers.find("suport-engineer").unwrap_err(),
            "no tier is called `suport-engineer`; did you mean `support-engineer`?"
        );
        assert_eq!(tiers.of(tiers.find("css1").unwrap()), "css1");
    }

    #[test]
    fn a_name_taken_twice_points_at_its_first_bearer() {
        let mut names = Names::<AgentId>::default();
        let amy = names.add("amy").unwrap();
        assert_eq!(names.add("amy"), Err(amy));
    }
}
