//! Keys of how figures are read and how quality is reviewed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ShareShape;

/// How figures are compared fairly.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::scenario) struct KpisShape {
    /// Which set of figures and targets this is; printed with every report, so that reports of different sets
    /// are not compared by mistake.
    #[schemars(length(min = 1, max = 60))]
    pub version: String,
    /// Share of each class of complexity that fair figures are weighted by, summing to 1; by default the mix of
    /// all contacts forecast, before anything is deflected.
    pub reference_mix: Option<BTreeMap<String, ShareShape>>,
    /// Days between the last past contacts and the first day planned from which reports warn (assumption).
    #[schemars(range(min = 1, max = 3650))]
    pub oldest_history_days: i64,
    /// How satisfaction is estimated.
    pub csat: CsatShape,
}

/// How satisfaction (CSAT) is estimated where nobody has been asked: a band, never a point. Each pair is the
/// least and the most. Only the sign of each loss is backed; their sizes are assumptions.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::scenario) struct CsatShape {
    /// Share satisfied by an ordinary contact that is answered at once; by default what surveyed teams reported
    /// in two years, 0.78 and 0.89. Put your own here.
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub base: [f64; 2],
    /// Share lost each time the first response takes as long again as promised (assumption).
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub wait_loss: [f64; 2],
    /// Share lost where the contact is a difficult one, whoever takes it (assumption).
    #[schemars(inner(range(min = 0.0, max = 1.0)))]
    pub difficult_loss: [f64; 2],
    /// No estimate is above this share (assumption).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub most: f64,
}

/// How the team reviews its own work (internal quality score, IQS).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::scenario) struct QualityShape {
    /// Contacts of each person that are reviewed in a week; reviewers get off-queue blocks to do it.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub reviews_per_agent_per_week: f64,
    /// Minutes of one review, talking about it included (assumption).
    #[schemars(range(min = 1.0, max = 240.0))]
    pub minutes_per_review: f64,
    /// Tiers that review.
    #[schemars(length(max = 50))]
    pub reviewers: Vec<String>,
    /// Weight of each line of the scorecard, summing to 1 (assumption).
    #[schemars(extend("minProperties" = 1))]
    pub scorecard: BTreeMap<String, ShareShape>,
}

impl Default for KpisShape {
    fn default() -> KpisShape {
        KpisShape {
            version: "1".to_owned(),
            reference_mix: None,
            oldest_history_days: 28,
            csat: CsatShape::default(),
        }
    }
}

impl Default for CsatShape {
    fn default() -> CsatShape {
        CsatShape {
            base: [0.78, 0.89],
            wait_loss: [0.005, 0.02],
            difficult_loss: [0.05, 0.25],
            most: 0.98,
        }
    }
}

impl Default for QualityShape {
    fn default() -> QualityShape {
        let lines = [("solution", 0.4), ("tone", 0.25), ("clarity", 0.2), ("process", 0.15)];
        QualityShape {
            reviews_per_agent_per_week: 0.0,
            minutes_per_review: 15.0,
            reviewers: Vec::new(),
            scorecard: lines.map(|(line, weight)| (line.to_owned(), ShareShape(weight))).into(),
        }
    }
}
