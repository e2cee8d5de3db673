//! How the program ends when it cannot answer, and what it says then.

use crate::roster::{NamedRule, NoPlan};
use crate::scenario::{Problem, Scenario, Unread};

use super::edge::{self, Talk};

/// How the program ends; the numbers are documented and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The audited roster breaks a hard rule.
    Breach = 1,
    /// Called the wrong way.
    Usage = 2,
    /// Something in the input is wrong.
    Input = 3,
    /// No plan exists.
    NoPlan = 4,
    /// Stopped at a limit or by Ctrl-C, with the best so far.
    Stopped = 5,
    /// A file could not be read or written.
    File = 6,
    /// Our own mistake.
    Fault = 70,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// Called the wrong way, with the way out.
    Usage {
        /// What is wrong.
        cause: String,
        /// What to do.
        fix: String,
    },
    /// Everything that is wrong with the input.
    Input(Vec<Problem>),
    /// For whom no legal line exists, and why.
    NoPlan(Vec<Refusal>),
    /// The same where the budget ended before a plan was found or ruled out.
    Open(Vec<Refusal>),
    /// Either, with what to print for programs.
    AsJson(Box<Failure>, String),
    /// A file could not be read or written.
    File(anyhow::Error),
}

/// One conflict of rules, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Who, which rules, what is missing.
    pub cause: String,
    /// What would free it.
    pub fix: String,
}

impl Failure {
    /// A refusal with the people's names.
    pub(super) fn no_plan(no_plan: &NoPlan, scenario: &Scenario) -> Failure {
        let told = no_plan.conflicts.iter().map(|conflict| {
            let who = conflict.agent.map_or("the team", |agent| scenario.names.agents.of(agent));
            let rules = together(&conflict.rules, scenario);
            let cause = format!("{who}: {} ({})", conflict.cause, rules.join("; "));
            // A change of one person's is theirs by name.
            let own = conflict.ways.first().and_then(|way| way.agent);
            let fix = match own {
                Some(agent) => format!("{}: {}", scenario.names.agents.of(agent), conflict.fix),
                None => conflict.fix.clone(),
            };
            Refusal { cause, fix }
        });
        let mut told: Vec<Refusal> = told.collect();
        if let Some(last) = told.last_mut().filter(|_| no_plan.may_be_more) {
            last.fix.push_str("; others may come to light then");
        }
        if no_plan.is_open() { Failure::Open(told) } else { Failure::NoPlan(told) }
    }

    /// The same with an answer for programs, where it is that no plan exists.
    pub(super) fn with_json(self, json: String) -> Failure {
        match self {
            Failure::NoPlan(_) | Failure::Open(_) => Failure::AsJson(Box::new(self), json),
            other => other,
        }
    }

    /// What is wrong in a file that was named on its own.
    pub(super) fn in_file(name: &str, problems: Vec<Problem>) -> Failure {
        let placed = problems.into_iter().map(|problem| {
            let place = format!("{name}, {}", problem.place);
            Problem { place, ..problem }
        });
        Failure::Input(placed.collect())
    }

    /// Called the wrong way.
    pub(super) fn usage(cause: impl Into<String>, fix: impl Into<String>) -> Failure {
        Failure::Usage { cause: cause.into(), fix: fix.into() }
    }

    /// Say it, and how the program ends.
    pub(super) fn tell(self, talk: Talk) -> Exit {
        match self {
            Failure::Usage { cause, fix } => {
                talk.error(&cause);
                talk.hint(&fix);
                Exit::Usage
            }
            Failure::Input(problems) => {
                talk.error(&format!("{} in the input", counted(problems.len(), "problem")));
                for problem in problems {
                    let Problem { code, place, cause, fix } = problem;
                    talk.say(&format!("{code} {place}: {cause}"));
                    talk.hint(&fix);
                }
                Exit::Input
            }
            Failure::AsJson(why, json) => match edge::print(&json) {
                Ok(()) => why.tell(talk),
                Err(failure) => failure.tell(talk),
            },
            Failure::NoPlan(refusals) => {
                let conflicts = counted(refusals.len(), "conflict");
                talk.error(&format!("no plan exists: {conflicts}"));
                for refusal in refusals {
                    talk.say(&refusal.cause);
                    talk.hint(&refusal.fix);
                }
                Exit::NoPlan
            }
            Failure::Open(refusals) => {
                talk.error("no plan was found, and none was ruled out");
                for refusal in refusals {
                    talk.say(&refusal.cause);
                    talk.hint(&refusal.fix);
                }
                Exit::Stopped
            }
            Failure::File(error) => {
                talk.error(&format!("{error:#}"));
                Exit::File
            }
        }
    }
}

/// Rules in words, people of whom the same is said together.
fn together(rules: &[NamedRule], scenario: &Scenario) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for rule in rules {
        let (said, name) = (rule.to_string(), rule.agent.map(|it| scenario.names.agents.of(it)));
        let is_same =
            |(other, people): &&mut (String, Vec<&str>)| *other == said && !people.is_empty();
        match (groups.iter_mut().find(is_same), name) {
            (Some((_, people)), Some(name)) => people.push(name),
            _ => groups.push((said, name.into_iter().collect())),
        }
    }
    let in_words = |(said, mut people): (String, Vec<&str>)| {
        people.sort_unstable();
        match people[..] {
            [] => said,
            [one] => format!("{one} {said}"),
            _ => format!("{said} of {} people: {}", people.len(), people.join(", ")),
        }
    };
    groups.into_iter().map(in_words).collect()
}

impl From<Unread> for Failure {
    fn from(unread: Unread) -> Failure {
        match unread {
            Unread::Problems(problems) => Failure::Input(problems),
            Unread::File { path, cause } => Failure::File(
                anyhow::anyhow!(cause).context(format!("could not read `{}`", path.display())),
            ),
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
