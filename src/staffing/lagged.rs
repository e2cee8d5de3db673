//! People busy now with the contacts that came a handle time ago, a cheap stand-in for offered load.
//!
//! With `lambda` the rate of arrivals and `s` the mean time a contact stays,
//!
//! ```text
//! m(t) = s lambda(t - s)
//! ```
//!
//! as a mean over each interval (the lagged stationary method of Green, Kolesar and Soares 2001, Operations
//! Research 49:549-564). Exact where every contact stays equally long but for the spread over those `s`
//! minutes; before the first interval the same arrivals are taken to have come in for ever.

/// Contacts being served as a mean over each interval, from contacts and minutes by interval and the mean minutes a
/// contact stays.
#[must_use]
pub fn busy(contacts: &[f64], lengths: &[f64], stay: f64) -> Vec<f64> {
    let mut ends = Vec::with_capacity(lengths.len());
    let mut came = Vec::with_capacity(lengths.len());
    let (mut end, mut so_far) = (0.0, 0.0);
    for (&contacts, &length) in contacts.iter().zip(lengths) {
        end += length;
        so_far += contacts;
        ends.push(end);
        came.push(so_far);
    }
    let first = match (contacts.first(), lengths.first()) {
        (Some(&contacts), Some(&length)) => contacts / length.max(f64::MIN_POSITIVE),
        _ => 0.0,
    };
    let until = |moment: f64| {
        if moment <= 0.0 {
            return moment * first;
        }
        let slot = ends.partition_point(|&end| end < moment).min(ends.len() - 1);
        let (start, before) = match slot.checked_sub(1) {
            Some(last) => (ends[last], came[last]),
            None => (0.0, 0.0),
        };
        before + contacts[slot] * (moment - start) / lengths[slot].max(f64::MIN_POSITIVE)
    };
    let mean = |(&end, &length): (&f64, &f64)| {
        let came = until(end - stay) - until(end - length - stay);
        (came / length.max(f64::MIN_POSITIVE) * stay).max(0.0)
    };
    ends.iter().zip(lengths).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_of_arrivals_comes_a_handle_time_later() {
        // 30 contacts a half hour, then 60, each for 15 minutes: half of the second interval is as busy as before.
        let means = busy(&[30.0, 60.0, 60.0], &[30.0; 3], 15.0);
        assert_eq!(means, [15.0, 22.5, 30.0]);
    }

    #[test]
    fn a_slow_rise_is_where_offered_load_has_it() {
        // Both lag a straight rise by one stay (Eick, Massey and Whitt 1993, Remark 2.2).
        let contacts: Vec<f64> = (1..=200).map(|slot| f64::from(slot) * 0.1).collect();
        let lengths = vec![5.0; contacts.len()];
        let ours = busy(&contacts, &lengths, 10.0);
        let exact = super::super::offered_load::busy(&contacts, &lengths, 10.0);
        assert!((ours[150] - exact[150]).abs() < 1e-3, "{} {}", ours[150], exact[150]);
    }

    proptest! {
        #[test]
        fn steady_arrivals_are_their_load(each in 0.0..50.0f64, stay in 0.01..300.0f64) {
            for mean in busy(&[each; 6], &[30.0; 6], stay) {
                prop_assert!((mean - each / 30.0 * stay).abs() < 1e-9);
            }
        }
    }
}
