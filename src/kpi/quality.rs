//! The internal quality score (IQS): a team's own reviews against its own scorecard.
//!
//! The review and the talk about it matter more than the number; the plan reserves reviewers' time for both.

use crate::units::Share;

/// What one review found: a mark from 0 to 1 for each line of the scorecard, in its order; none where a line
/// did not apply.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The marks.
    pub marks: Vec<Option<f64>>,
}

/// The score of one review: marks by the scorecard's weights, over the lines that applied; none where none did.
#[must_use]
pub fn mark(review: &Review, scorecard: &[(String, Share)]) -> Option<f64> {
    let lines = || {
        let pairs = review.marks.iter().zip(scorecard);
        let given = pairs.filter_map(|(mark, (_, weight))| Some(((*mark)?, weight.value())));
        given.filter(|(mark, _)| mark.is_finite())
    };
    let weight: f64 = lines().map(|(_, weight)| weight).sum();
    let sum: f64 = lines().map(|(mark, weight)| mark.clamp(0.0, 1.0) * weight).sum();
    (weight > 0.0).then(|| sum / weight)
}

/// The score of many reviews, each counted alike; the same to the last bit in whatever order they come.
#[must_use]
pub fn score(reviews: &[Review], scorecard: &[(String, Share)]) -> Option<f64> {
    let mut marks: Vec<f64> = reviews.iter().filter_map(|it| mark(it, scorecard)).collect();
    // Sums of real numbers depend on their order, so they are put in one.
    marks.sort_unstable_by(f64::total_cmp);
    let count: f64 = marks.iter().map(|_| 1.0).sum();
    (count > 0.0).then(|| marks.iter().sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scorecard() -> Vec<(String, Share)> {
        let lines = [("solution", 0.4), ("tone", 0.25), ("clarity", 0.2), ("process", 0.15)];
        lines.map(|(line, weight)| (line.to_owned(), Share::clamped(weight))).into()
    }

    fn review(marks: [f64; 4]) -> Review {
        Review { marks: marks.map(Some).into() }
    }

    #[test]
    fn a_review_is_the_weighted_mean_of_its_marks() {
        // 0.4 x 1 + 0.25 x 0.5 + 0.2 x 1 + 0.15 x 0 = 0.725
        let found = mark(&review([1.0, 0.5, 1.0, 0.0]), &scorecard()).unwrap();
        assert!((found - 0.725).abs() < 1e-12);
    }

    #[test]
    fn a_line_that_does_not_apply_leaves_its_weight_to_the_others() {
        let review = Review { marks: vec![Some(1.0), None, Some(1.0), Some(1.0)] };
        assert!((mark(&review, &scorecard()).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(mark(&Review { marks: vec![None, Some(f64::NAN)] }, &scorecard()), None);
        assert_eq!(score(&[], &scorecard()), None);
    }

    proptest! {
        #[test]
        fn the_order_of_reviewers_changes_nothing(
            (marks, shuffled) in prop::collection::vec(prop::array::uniform4(0.0f64..=1.0), 1..30)
                .prop_flat_map(|marks| (Just(marks.clone()), Just(marks).prop_shuffle())),
        ) {
            let of = |marks: &[[f64; 4]]| {
                let reviews: Vec<Review> = marks.iter().map(|&marks| review(marks)).collect();
                score(&reviews, &scorecard()).unwrap()
            };
            prop_assert_eq!(of(&marks).to_bits(), of(&shuffled).to_bits());
            prop_assert!((0.0..=1.0).contains(&of(&marks)));
        }
    }
}
