//! How patient callers are, from waits that ended with an answer or without one.
//!
//! Whoever was answered would have waited longer: their patience is only known to be more than their wait
//! (censored). With `d` callers who hung up and `W` the minutes that all waited together, the mean of exponential
//! patience and its interval are
//!
//! ```text
//! m = W/d,   2 W / chi2(1 - p/2; 2 d + 2)  <=  m  <=  2 W / chi2(p/2; 2 d)
//! ```
//!
//! (maximum likelihood and its exact interval, Lawless 2003, section 4.1; quantiles of chi squared by Wilson and Hilferty
//! 1931). Without any assumed shape, the share still patient after `t` is the product over the times at which
//! somebody hung up
//!
//! ```text
//! S(t) = product of (1 - d_i/n_i),   var ln S = sum d_i / (n_i (n_i - d_i))
//! ```
//!
//! with `n_i` callers still waiting then (Kaplan and Meier 1958; Greenwood 1926). Where the two part by more than chance,
//! the exponential is the wrong shape. Assumes that patience does not depend on how long waits happen to be.

use super::normal;
use crate::history::Wait;

/// How patient callers of a queue are.
#[derive(Debug, Clone, PartialEq)]
pub struct PatienceFit {
    /// Calls with a wait.
    pub calls: usize,
    /// Of these, callers who hung up.
    pub gave_up: usize,
    /// Mean minutes of patience, if exponential, with its 95 % interval; none where nobody hung up.
    pub mean: Option<(f64, f64, f64)>,
    /// Share still patient after so many minutes, with its 95 % interval, as far as somebody waited so long.
    pub still_patient: Vec<StillPatient>,
    /// Whether the exponential lies outside the interval somewhere.
    pub is_another_shape: bool,
}

/// Callers still patient after a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StillPatient {
    /// Minutes.
    pub minutes: f64,
    /// Their share by Kaplan and Meier.
    pub share: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What the exponential says.
    pub exponential: f64,
    /// Callers who were still waiting then.
    pub waiting: usize,
}

/// Minutes after which patience is told.
const TOLD: [f64; 7] = [0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0];
/// Callers still waiting below which nothing is told.
const FEWEST: usize = 10;
/// What lies outside on either side of an interval.
const OUTSIDE: f64 = 0.025;

/// Fit patience to waits.
#[must_use]
pub fn fit(waits: &[Wait]) -> PatienceFit {
    let waited: f64 = waits.iter().map(|wait| wait.minutes).sum();
    let gave_up = waits.iter().filter(|wait| wait.gave_up).count();
    let d = count(gave_up);
    let mean = (gave_up > 0 && waited > 0.0).then(|| {
        let low = 2.0 * waited / chi_squared(1.0 - OUTSIDE, 2.0 * d + 2.0);
        (waited / d, low, 2.0 * waited / chi_squared(OUTSIDE, 2.0 * d))
    });
    let rate = mean.map_or(0.0, |(mean, ..)| 1.0 / mean);
    let still_patient = kaplan_meier(waits, rate);
    let is_outside = |own: &StillPatient| own.exponential < own.low || own.exponential > own.high;
    PatienceFit {
        calls: waits.len(),
        gave_up,
        mean,
        is_another_shape: gave_up > 0 && still_patient.iter().any(is_outside),
        still_patient,
    }
}

fn kaplan_meier(waits: &[Wait], rate: f64) -> Vec<StillPatient> {
    let mut ordered: Vec<Wait> = waits.to_vec();
    // Of equal waits those hung up come first: whoever was answered then had waited as long.
    ordered.sort_by(|one, other| {
        one.minutes.total_cmp(&other.minutes).then(other.gave_up.cmp(&one.gave_up))
    });
    let (mut share, mut variance, mut place) = (1.0, 0.0, 0);
    let mut told = Vec::new();
    for minutes in TOLD {
        while place < ordered.len() && ordered[place].minutes <= minutes {
            let same = ordered[place..].partition_point(|wait| {
                wait.minutes <= ordered[place].minutes && wait.gave_up == ordered[place].gave_up
            });
            if ordered[place].gave_up {
                let (n, d) = (count(ordered.len() - place), count(same));
                share *= 1.0 - d / n;
                variance += d / (n * (n - d)).max(f64::MIN_POSITIVE);
            }
            place += same;
        }
        let waiting = ordered.len() - place;
        if waiting < FEWEST {
            break;
        }
        let reach = normal::quantile(1.0 - OUTSIDE) * variance.sqrt();
        told.push(StillPatient {
            minutes,
            share,
            // Nobody who hung up among few says little: so many could all have stayed by chance.
            low: (share * (-reach).exp()).min(OUTSIDE.powf(1.0 / count(waiting))).max(0.0),
            high: (share * reach.exp()).clamp(0.0, 1.0),
            exponential: (-rate * minutes).exp(),
            waiting,
        });
    }
    told
}

/// Quantile of chi squared (Wilson and Hilferty 1931): within 1 % from four degrees of freedom on.
fn chi_squared(share: f64, degrees: f64) -> f64 {
    let part = 2.0 / (9.0 * degrees);
    let root = 1.0 - part + normal::quantile(share) * part.sqrt();
    degrees * root.max(1e-3).powi(3)
}

fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    #[test]
    fn quantiles_of_chi_squared_match_printed_tables() {
        let tables = [(0.975, 10.0, 20.483), (0.025, 10.0, 3.247), (0.975, 100.0, 129.561)];
        for (share, degrees, expected) in tables {
            assert!((chi_squared(share, degrees) / expected - 1.0).abs() < 0.01, "{degrees}");
        }
    }

    #[test]
    fn the_published_remission_times_give_their_published_survival() {
        // Weeks of remission of 21 leukaemia patients on 6-MP (Freireich et al. 1963), of which 9 ended: 0.857 still in
        // remission after 6 weeks, 0.690 after 13, with Greenwood's error; scaled to a twentieth so that 0.3 is 6 weeks.
        let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|weeks| (weeks, true));
        let still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|weeks| (weeks, false));
        let waits: Vec<Wait> = ended
            .into_iter()
            .chain(still)
            .map(|(weeks, gave_up)| Wait { minutes: f64::from(weeks) / 20.0, gave_up })
            .collect();
        let found = fit(&waits);
        assert_eq!((found.calls, found.gave_up), (21, 9));
        // 359 weeks in all, over 9.
        assert!((found.mean.unwrap().0 - 359.0 / 9.0 / 20.0).abs() < 1e-12);
        // After 10 weeks, one half of a minute here: 0.753 (printed in every textbook of survival).
        let ten = found.still_patient.iter().find(|own| own.minutes == 0.5).unwrap();
        assert!((ten.share - 0.753).abs() < 5e-4, "{ten:?}");
        assert!(!found.is_another_shape);
    }

    #[test]
    fn the_interval_holds_the_truth_as_often_as_it_says() {
        let mut source = Xoshiro256PlusPlus::seed_from_u64(3);
        let mut draw = |mean: f64| -mean * (1.0 - source.random::<f64>()).ln();
        let held = (0..1000).filter(|_| {
            let waits: Vec<Wait> = (0..60)
                .map(|_| {
                    let (patience, offered) = (draw(2.0), draw(0.8));
                    Wait { minutes: patience.min(offered), gave_up: patience < offered }
                })
                .collect();
            let (_, low, high) = fit(&waits).mean.unwrap();
            low <= 2.0 && 2.0 <= high
        });
        let held = held.count();
        assert!((935..=985).contains(&held), "{held} of 1000");
    }

    #[test]
    fn patience_of_one_length_is_seen_to_be_no_exponential() {
        let waits: Vec<Wait> = (0..400)
            .map(|place| {
                let offered = f64::from(place) / 100.0;
                Wait { minutes: offered.min(2.5), gave_up: offered > 2.5 }
            })
            .collect();
        assert!(fit(&waits).is_another_shape);
    }

    #[test]
    fn where_nobody_hangs_up_there_is_no_patience_to_tell() {
        let waits = [Wait { minutes: 1.0, gave_up: false }; 30];
        let found = fit(&waits);
        assert_eq!((found.mean, found.is_another_shape), (None, false));
        assert_eq!(fit(&[]).still_patient, []);
    }
}
