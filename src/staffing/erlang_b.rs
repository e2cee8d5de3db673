//! Erlang B: the chance that a call finds every one of `n` servers busy where nobody may wait.
//!
//! ```text
//! 1/B(n) = 1 + (n/a) / B(n-1),    B(0) = 1            a offered load, n servers
//! 1/B(x) = integral over u > 0 of e^-u (1 + u/a)^x     for a real number x of servers
//! ```
//!
//! Assumes Poisson arrivals; the law of service does not matter (Erlang 1917). The integral is
//! Jagerman's continuation (Jagerman 1974, Bell System Technical Journal 53(3)), which obeys the same
//! recursion, so that half an agent has a meaning. Written out, the recursion is a sum of positive terms
//!
//! ```text
//! 1/B(x) - 1 = x/a + x(x-1)/a^2 + ... + x(x-1)..f'/a^k (1/B(f)),    f the fraction of x, f' = f + 1
//! ```
//!
//! whose terms die out after some multiple of the square root of `a`: neither gamma functions nor
//! 1/B itself, and a thousand million Erlang take a thousandth of a second.

use super::quadrature;
use crate::units::{Erlangs, Fte};

/// Share of calls that find every server busy and are lost.
///
/// A load of zero blocks nobody; no servers block everybody.
#[must_use]
pub fn blocking(load: Erlangs, servers: Fte) -> f64 {
    1.0 / (1.0 + freedom(load.0, servers.0))
}

/// `1/B - 1`: how likely a server is free, as odds against all being busy.
///
/// Infinite where blocking is too rare for a number to hold.
pub(super) fn freedom(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if a <= 0.0 {
        return f64::INFINITY;
    }
    let (mut left, mut term, mut sum) = (x, 1.0, 0.0);
    while left >= 1.0 {
        term *= left / a;
        sum += term;
        left -= 1.0;
        // What is still to come is below a geometric series of this ratio.
        if left < a && term * left < 1e-17 * sum * (a - left) {
            return sum;
        }
        if sum == f64::INFINITY {
            return sum;
        }
    }
    sum + term * freedom_below_one(a, left)
}

/// [`freedom`] for less than one server: `f e^a a^-f Gamma(f, a)`, by Legendre's continued fraction for
/// loads from 1 and by quadrature on a logarithmic scale below, where the fraction is slow.
pub(super) fn freedom_below_one(a: f64, f: f64) -> f64 {
    if f == 0.0 {
        return 0.0;
    }
    if a < 1.0 { f * by_quadrature(a, f) } else { f * by_continued_fraction(a, f) }
}

/// `1/(a+1-f - 1(1-f)/(a+3-f - 2(2-f)/(a+5-f - ...)))`, from its front (modified Lentz).
fn by_continued_fraction(a: f64, f: f64) -> f64 {
    const LONGEST: u32 = 400;
    let mut b = a + 1.0 - f;
    let mut ratio = 1.0 / b;
    let (mut c, mut d) = (f64::INFINITY, ratio);
    for k in 1..=LONGEST {
        let step = f64::from(k) * (f - f64::from(k));
        b += 2.0;
        d = 1.0 / (step * d + b);
        c = if c.is_finite() { b + step / c } else { b };
        let change = c * d;
        ratio *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    ratio
}

/// `integral over v > a of e^(a-v) (v/a)^f dv/v` with `v = e^w`.
fn by_quadrature(a: f64, f: f64) -> f64 {
    const PANEL: f64 = 1.5;
    let (from, to) = (a.ln(), (a + 45.0).ln());
    let panels = ((to - from) / PANEL).ceil();
    let width = (to - from) / panels;
    let (mut sum, mut panel) = (0.0, 0.0);
    while panel < panels {
        let start = from + panel * width;
        quadrature::visit(start, start + width, |w, weight| {
            sum += weight * (a - w.exp() + f * (w - from)).exp();
        });
        panel += 1.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(value: f64, expected: f64) -> bool {
        (value - expected).abs() <= 1e-13 * expected.abs()
    }

    #[test]
    fn one_server_blocks_its_load_over_one_more() {
        for a in [0.01, 0.5, 1.0, 7.0, 4000.0] {
            assert!(close(blocking(Erlangs(a), Fte(1.0)), a / (1.0 + a)), "{a}");
        }
    }

    #[test]
    fn ten_erlangs_on_ten_lines_lose_21_percent() {
        // Printed in every Erlang B table (e.g. ITU-D SG2, Teletraffic Engineering Handbook): 0.2146.
        let lost = blocking(Erlangs(10.0), Fte(10.0));
        assert!((lost - 0.2146).abs() < 5e-5, "{lost}");
    }

    #[test]
    fn the_textbook_sum_agrees() {
        // (a^n/n!) / sum over k of a^k/k!, term by term.
        let (a, n): (f64, u32) = (6.5, 9);
        let mut term = 1.0;
        let mut sum = 1.0;
        for k in 1..=n {
            term *= a / f64::from(k);
            sum += term;
        }
        assert!(close(blocking(Erlangs(a), Fte(9.0)), term / sum));
    }

    #[test]
    fn half_a_server_blocks_as_the_integral_says() {
        // e^a a^(-1/2) Gamma(3/2, a) = 1 + sqrt(pi/a) e^a erfc(sqrt a) / 2; erfc from published tables:
        // erfc(1) = 0.15729920705028513.
        let exact =
            1.0 / (1.0 + 0.5 * std::f64::consts::PI.sqrt() * 1f64.exp() * 0.157_299_207_050_285_13);
        assert!(close(blocking(Erlangs(1.0), Fte(0.5)), exact));
    }

    #[test]
    fn quadrature_and_fraction_meet() {
        for f in [0.001, 0.3, 0.5, 0.999] {
            for a in [0.3, 1.0, 2.0] {
                let (one, other) = (by_quadrature(a, f), by_continued_fraction(a, f));
                assert!(close(one, other), "{a} {f}: {one} {other}");
            }
        }
    }

    #[test]
    fn a_thousand_million_erlangs_are_answered() {
        let a = 1e9;
        // Jagerman: B(a, a) = 1 / (sqrt(pi a / 2) + 2/3 + ...).
        let lost = blocking(Erlangs(a), Fte(a));
        let expected = 1.0 / ((std::f64::consts::FRAC_PI_2 * a).sqrt() + 2.0 / 3.0);
        assert!((lost / expected - 1.0).abs() < 1e-8);
    }

    proptest! {
        #[test]
        fn the_recursion_holds_for_any_part_of_a_server(a in 1e-6..300.0f64, x in 1.0..400.0f64) {
            let (here, before) = (blocking(Erlangs(a), Fte(x)), blocking(Erlangs(a), Fte(x - 1.0)));
            prop_assume!(here > 1e-280);
            let recursion = a * before / (x + a * before);
            prop_assert!((here - recursion).abs() <= 1e-12 * recursion);
        }

        #[test]
        fn more_servers_never_block_more(a in 1e-3..500.0f64, x in 0.0..600.0f64, more in 0.0..3.0f64) {
            let blocked = blocking(Erlangs(a), Fte(x));
            prop_assert!(blocking(Erlangs(a), Fte(x + more)) <= blocked * (1.0 + 1e-13));
        }
    }
}
