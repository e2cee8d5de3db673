//! After an abusive or very draining contact there is a break at once. It follows events, so time for it is
//! reserved rather than fixed in a line; a recovery that is fixed is no shorter than the rule asks.

use serde::Deserialize;

use super::spell::Spells;
use crate::units::Minutes;

/// A break that follows an event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventBreak {
    /// What it follows.
    pub trigger: Trigger,
    /// How long it is.
    pub min: Minutes,
}

/// What a break follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Threats, verbal abuse, aggression, or a contact that was very draining.
    AbusiveContact,
}

impl EventBreak {
    pub(super) fn object(&self, spells: &Spells<'_>, object: &mut dyn FnMut(Minutes)) {
        for recovery in spells.all.iter().flat_map(|spell| &spell.recoveries) {
            if recovery.length() < self.min {
                object(self.min - recovery.length());
            }
        }
    }
}
