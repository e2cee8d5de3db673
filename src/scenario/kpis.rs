//! How figures are read: the mix that fair ones are weighted by, how satisfaction is estimated, how quality is
//! reviewed.

use crate::id::TierId;
use crate::units::{Minutes, Share};

/// How figures are compared fairly.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiSet {
    /// Which set of figures and targets this is.
    pub version: String,
    /// Share of each class of complexity, in the scenario's order, that fair figures are weighted by; none: the
    /// mix of all contacts forecast.
    pub reference_mix: Option<Vec<f64>>,
    /// Days between the last past contacts and the first day planned from which reports warn.
    pub oldest_history_days: i64,
    /// How satisfaction is estimated.
    pub csat: CsatAssumptions,
}

/// What the estimate of satisfaction assumes: of each, the least and the most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CsatAssumptions {
    /// Share satisfied by an ordinary contact answered at once.
    pub base: (f64, f64),
    /// Share lost each time the first response takes as long again as promised.
    pub wait_loss: (f64, f64),
    /// Share lost where the contact is a difficult one.
    pub difficult_loss: (f64, f64),
    /// No estimate is above this.
    pub most: f64,
}

/// How the team reviews its own work.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// Contacts of each person that are reviewed in a week.
    pub reviews_per_agent: f64,
    /// Time of one review.
    pub minutes_per_review: f64,
    /// Tiers that review.
    pub reviewers: Vec<TierId>,
    /// Lines of the scorecard and their weights, which sum to 1.
    pub scorecard: Vec<(String, Share)>,
}

impl Default for KpiSet {
    fn default() -> KpiSet {
        KpiSet {
            version: "1".to_owned(),
            reference_mix: None,
            oldest_history_days: 28,
            csat: CsatAssumptions {
                base: (0.78, 0.89),
                wait_loss: (0.005, 0.02),
                difficult_loss: (0.05, 0.25),
                most: 0.98,
            },
        }
    }
}

impl Default for Quality {
    fn default() -> Quality {
        Quality {
            reviews_per_agent: 0.0,
            minutes_per_review: 15.0,
            reviewers: Vec::new(),
            scorecard: Vec::new(),
        }
    }
}

/// Longest block of reviews; nobody judges well for longer. *Assumption.*
const LONGEST_BLOCK: i64 = 120;

impl Quality {
    /// Blocks of reviews that each of so many reviewers owes a week for a team of so many people: equal, on the
    /// five-minute clock, never shorter in all than the reviews take.
    #[must_use]
    pub fn blocks(&self, people: usize, reviewers: usize) -> Vec<Minutes> {
        let each = self.reviews_per_agent * self.minutes_per_review * real(people)
            / real(reviewers.max(1));
        if reviewers == 0 || each <= 0.0 || !each.is_finite() {
            return Vec::new();
        }
        let count = (each / Minutes(LONGEST_BLOCK).real()).ceil().max(1.0);
        let length = fives((each / count).min(24.0 * 60.0));
        (0..whole(count)).map(|_| length).collect()
    }
}

/// Minutes up to the next multiple of five.
#[expect(clippy::cast_possible_truncation, reason = "at most a day of minutes")]
fn fives(minutes: f64) -> Minutes {
    Minutes(5 * (minutes / 5.0 - 1e-9).ceil() as i64)
}

#[expect(clippy::cast_possible_truncation, reason = "cut to a hundred before")]
#[expect(clippy::cast_sign_loss, reason = "a count of blocks is not negative")]
fn whole(count: f64) -> usize {
    count.clamp(0.0, 100.0) as usize
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quality(reviews_per_agent: f64, minutes_per_review: f64) -> Quality {
        Quality { reviews_per_agent, minutes_per_review, ..Quality::default() }
    }

    #[test]
    fn forty_people_with_two_reviews_of_a_quarter_each_are_150_minutes_of_eight_reviewers() {
        // 40 x 2 x 15 = 1200 minutes, 150 a reviewer, in two blocks of 75.
        assert_eq!(quality(2.0, 15.0).blocks(40, 8), [Minutes(75), Minutes(75)]);
    }

    #[test]
    fn blocks_are_on_the_clock_and_never_short_of_the_reviews() {
        for (people, reviewers) in [(7, 3), (1, 1), (13, 5), (400, 9)] {
            let blocks = quality(1.0, 7.0).blocks(people, reviewers);
            let sum: Minutes = blocks.iter().copied().sum();
            assert!(sum.real() * real(reviewers) >= 7.0 * real(people));
            assert!(blocks.iter().all(|block| block.0 % 5 == 0 && block.0 <= LONGEST_BLOCK));
        }
    }

    #[test]
    fn no_reviews_and_no_reviewers_are_no_blocks() {
        assert!(quality(0.0, 15.0).blocks(10, 2).is_empty());
        assert!(quality(1.0, 15.0).blocks(10, 0).is_empty());
    }
}
