//! Offered load where arrivals change over the day: people busy lag behind contacts.
//!
//! With endless agents the mean number of contacts being served follows `m'(t) = lambda(t) - m(t)/s`
//! (Eick, Massey and Whitt 1993), `s` the mean time a contact stays. Over an interval of constant arrivals
//!
//! ```text
//! m(t) = a + (m0 - a) e^(-t/s),   mean over the interval L = a + (m0 - a) (1 - e^(-L/s)) s/L,   a = lambda s
//! ```
//!
//! Sizing on `m` instead of `a` is the modified-offered-load approximation (Jagerman 1975; Jennings,
//! Mandelbaum, Massey and Whitt 1996). Assumes exponential service; before the first interval the same
//! arrivals are taken to have come in for ever.

/// Contacts being served if none had to wait, as a mean over each interval, from contacts and minutes by
/// interval and the mean minutes a contact stays.
#[must_use]
pub fn busy(contacts: &[f64], lengths: &[f64], stay: f64) -> Vec<f64> {
    let balance = |contacts: f64, length: f64| contacts / length.max(f64::MIN_POSITIVE) * stay;
    let mut now = match (contacts.first(), lengths.first()) {
        (Some(&first), Some(&length)) => balance(first, length),
        _ => 0.0,
    };
    let mut means = Vec::with_capacity(contacts.len());
    for (&contacts, &length) in contacts.iter().zip(lengths) {
        let toward = balance(contacts, length);
        let settled = -(-length / stay.max(f64::MIN_POSITIVE)).exp_m1();
        means.push(toward + (now - toward) * settled * stay / length.max(f64::MIN_POSITIVE));
        now = toward + (now - toward) * (1.0 - settled);
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sine_of_arrivals_gives_the_published_lag() {
        // Eick, Massey and Whitt 1993: m(t) = L/mu + (A/mu)/(1 + (g/mu)^2) (sin gt - (g/mu) cos gt),
        // here with mu = g = 1, L = 100, A = 20, in intervals of a thousandth.
        let length = 1e-3;
        let time = |slot: u32| (f64::from(slot) + 0.5) * length;
        let contacts: Vec<f64> =
            (0..20_000).map(|slot| length * (100.0 + 20.0 * time(slot).sin())).collect();
        let means = busy(&contacts, &vec![length; contacts.len()], 1.0);
        for slot in [12_000u32, 15_000, 19_000] {
            let (sine, cosine) = time(slot).sin_cos();
            let expected = 100.0 + 20.0 / 2.0 * (sine - cosine);
            assert!((means[slot as usize] - expected).abs() < 2e-3, "{slot}");
        }
    }

    #[test]
    fn steady_arrivals_are_their_load() {
        for mean in busy(&[30.0; 4], &[30.0; 4], 12.5) {
            assert!((mean - 12.5).abs() < 1e-12);
        }
    }

    proptest! {
        #[test]
        fn no_work_is_lost_on_the_way(contacts in prop::collection::vec(0.0..50.0f64, 1..20), stay in 0.01..300.0f64) {
            // Time served up to the end, and time still owed at the end, are the time that came in.
            let mut contacts = contacts;
            contacts.insert(0, 0.0);
            contacts.extend([0.0; 400]);
            let lengths = vec![30.0; contacts.len()];
            let served: f64 = busy(&contacts, &lengths, stay).iter().map(|mean| mean * 30.0).sum();
            let brought: f64 = contacts.iter().map(|contacts| contacts * stay).sum();
            prop_assert!((served - brought).abs() < 1e-6 * brought + 1e-9);
        }
    }
}
