//! Every sentence people read, from message files, aware of plurals.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Something a sentence mentions: a word, or a count that decides between singular and plural.
#[derive(Debug, Clone, PartialEq)]
pub enum Mention {
    /// A word or a figure already written out.
    Word(String),
    /// How many.
    Count(usize),
}

impl From<&str> for Mention {
    fn from(word: &str) -> Mention {
        Mention::Word(word.to_owned())
    }
}

impl From<String> for Mention {
    fn from(word: String) -> Mention {
        Mention::Word(word)
    }
}

impl From<usize> for Mention {
    fn from(count: usize) -> Mention {
        Mention::Count(count)
    }
}

/// The sentences of one language.
pub struct Messages {
    bundle: FluentBundle<FluentResource>,
}

const ENGLISH: [&str; 11] = [
    include_str!("messages/en.ftl"),
    include_str!("messages/en/funnel.ftl"),
    include_str!("messages/en/work.ftl"),
    include_str!("messages/en/law.ftl"),
    include_str!("messages/en/kpis.ftl"),
    include_str!("messages/en/compare.ftl"),
    include_str!("messages/en/readers.ftl"),
    include_str!("messages/en/forecast.ftl"),
    include_str!("messages/en/replan.ftl"),
    include_str!("messages/en/staffing.ftl"),
    include_str!("messages/en/presence.ftl"),
];

static MESSAGES: LazyLock<Messages> = LazyLock::new(Messages::english);

impl Messages {
    fn english() -> Messages {
        let language: LanguageIdentifier = "en".parse().expect("`en` is a language");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        for part in ENGLISH {
            let resource = FluentResource::try_new(part.to_owned())
                .expect("the shipped messages are well formed");
            bundle.add_resource(resource).expect("no shipped message is defined twice");
        }
        Messages { bundle }
    }

    /// The sentence of this id with these words in it; the id itself where there is none.
    pub fn text(&self, id: &str, mentions: &[(&str, Mention)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, mention) in mentions {
            match mention {
                Mention::Word(word) => args.set(*name, FluentValue::from(word.as_str())),
                Mention::Count(count) => args.set(*name, FluentValue::from(*count)),
            }
        }
        // Words that a message asks for and nobody gave show up as `{$name}`; a test looks for them.
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

/// A sentence without anything to fill in.
pub(crate) fn say(id: &str) -> String {
    MESSAGES.text(id, &[])
}

/// A sentence with words and counts filled in.
pub(crate) fn say_with(id: &str, mentions: &[(&str, Mention)]) -> String {
    MESSAGES.text(id, mentions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn defined() -> BTreeSet<String> {
        ENGLISH
            .iter()
            .flat_map(|part| part.lines())
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id.to_owned())
            .collect()
    }

    /// Texts in the sources that have the shape of an id: those in a call of `say` or `say_with`, wherever the
    /// line breaks, and all of them, as some are chosen before they are said.
    #[derive(Default)]
    struct Written {
        said: BTreeSet<String>,
        named: BTreeSet<String>,
    }

    impl Written {
        fn read(&mut self, path: &Path) {
            if path.is_dir() {
                for entry in fs::read_dir(path).unwrap() {
                    self.read(&entry.unwrap().path());
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source: String = fs::read_to_string(path).unwrap().split_whitespace().collect();
                self.said
                    .extend(["say(\"", "say_with(\""].iter().flat_map(|call| ids(&source, call)));
                self.named.extend(ids(&source, "\""));
            }
        }
    }

    fn ids<'a>(source: &'a str, before: &'a str) -> impl Iterator<Item = String> + 'a {
        let texts = source.split(before).skip(1).filter_map(|after| after.split('"').next());
        let is_id = |text: &&str| text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        texts.filter(|text| !text.is_empty()).filter(is_id).map(str::to_owned)
    }

    #[test]
    fn every_message_used_exists_and_every_message_defined_is_used() {
        let mut written = Written::default();
        written.read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let defined = defined();
        let missing: Vec<_> = written.said.difference(&defined).collect();
        let idle: Vec<_> = defined.difference(&written.named).collect();
        assert!(missing.is_empty() && idle.is_empty(), "missing {missing:?}, idle {idle:?}");
    }

    #[test]
    fn one_person_is_singular_and_two_are_plural() {
        let people = |count: usize| say_with("people", &[("count", count.into())]);
        assert_eq!(people(1), "1 person");
        assert_eq!(people(2), "2 people");
    }
}
