//! Keys that say how a contact runs beyond one answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Callers who would have to wait may be called back; for voice.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::scenario) struct CallbackShape {
    /// Share of callers who accept where it is offered (assumption).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// They are called within so many opening hours.
    #[schemars(range(min = 0.05, max = 720.0))]
    pub within_hours: f64,
    /// Offered where the expected wait is longer than so many seconds; 0 offers it to all who would wait, and
    /// only then fewer people are needed live.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 86_400.0))]
    pub offer_after_seconds: f64,
}

/// A step of the escalation path: from a tier to another, a manager in the end.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::scenario) struct EscalationShape {
    /// The tier that hands cases on.
    pub from: String,
    /// The tier that gets them.
    pub to: String,
    /// Share of the cases it works that go on (assumption).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Only cases of this class of complexity; by default all.
    pub complexity: Option<String>,
}

/// Agents may end a difficult contact; the rest owed after it stays owed.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::scenario) struct EndingShape {
    /// Share of difficult contacts that are ended (assumption).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Part of the handle time they take until then (assumption).
    #[serde(default = "half")]
    #[schemars(range(min = 0.05, max = 1.0))]
    pub handle_share: f64,
}

/// Low, medium or high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::scenario) enum LevelShape {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

/// Who answers a customer's reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::scenario) enum OwnershipShape {
    /// Whoever answered first, when they are next on queue; nobody else touches the case.
    Owner,
    /// Whoever is free first.
    Pool,
}

/// What a priority promises where a queue with `impact` or `urgency` writes no targets.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::scenario) struct ServiceClassShape {
    /// The priority, 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    pub priority: u8,
    /// Voice and chat: 80 % answered within so many seconds.
    #[schemars(range(min = 0.0, max = 86_400.0))]
    pub answer_seconds: f64,
    /// Messaging and e-mail: 90 % get a first response within so many opening hours.
    #[schemars(range(min = 0.05, max = 720.0))]
    pub first_response_hours: f64,
    /// Messaging and e-mail: 80 % are settled within so many opening hours; left out: no such target.
    #[schemars(range(min = 0.05, max = 720.0))]
    pub resolution_hours: Option<f64>,
}

/// Whether what a queue leaves out is filled in by channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::scenario) enum ChannelDefaults {
    /// What is left out is left out.
    #[default]
    None,
    /// Targets, patience and how many at once are those usual for the channel (assumption).
    Usual,
}

fn half() -> f64 {
    0.5
}

/// What each priority promises by default (assumption).
pub(super) fn service_classes() -> Vec<ServiceClassShape> {
    let classes = [
        (1, 20.0, 1.0, 8.0),
        (2, 30.0, 2.0, 16.0),
        (3, 60.0, 4.0, 40.0),
        (4, 120.0, 8.0, 80.0),
        (5, 300.0, 24.0, 160.0),
    ];
    classes
        .map(|(priority, answer_seconds, first_response_hours, resolution)| ServiceClassShape {
            priority,
            answer_seconds,
            first_response_hours,
            resolution_hours: Some(resolution),
        })
        .into()
}
