//! Other people's names, to be kept out of a page that is not theirs.

use crate::id::{AgentId, Names};
use crate::report::messages::say;

/// Everybody of the team but one.
pub(super) struct Others {
    names: Vec<String>,
}

impl Others {
    pub(super) fn than(agent: AgentId, names: &Names<AgentId>) -> Others {
        let mut others: Vec<String> = names
            .ids()
            .filter(|&other| other != agent)
            .map(|other| names.of(other).to_lowercase())
            .collect();
        others.sort();
        Others { names: others }
    }

    /// A text that somebody typed, with every other name in it blacked out.
    pub(super) fn left_out_of(&self, text: &str) -> String {
        let mut kept = String::new();
        let mut word = String::new();
        for letter in text.chars().chain([' ']) {
            if letter.is_alphanumeric() || letter == '-' || letter == '_' {
                word.push(letter);
                continue;
            }
            if !word.is_empty() && self.is_one(&word) {
                kept.push_str(&say("another-person"));
            } else {
                kept.push_str(&word);
            }
            word.clear();
            kept.push(letter);
        }
        kept.pop();
        kept
    }

    /// Whether a text names somebody else.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.left_out_of(text) != text
    }

    fn is_one(&self, word: &str) -> bool {
        self.names.binary_search(&word.to_lowercase()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn whole_names_are_blacked_out_and_parts_of_words_stay() {
        let mut names = Names::default();
        for name in ["amy", "ben", "agent-1", "agent-10"] {
            names.add(name).unwrap();
        }
        let others = Others::than(AgentId::at(0), &names);
        let blank = say("another-person");
        assert_eq!(others.left_out_of("Ben, with amy"), format!("{blank}, with amy"));
        assert_eq!(others.left_out_of("bend the rules"), "bend the rules");
        assert_eq!(others.left_out_of("agent-10 and agent-100"), format!("{blank} and agent-100"));
        assert!(others.are_in("mentoring ben") && !others.are_in("mentoring"));
    }
}
