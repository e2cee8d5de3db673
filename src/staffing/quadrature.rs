//! Integrals of smooth functions over a stretch: 16-point Gauss-Legendre (Gauss 1814), exact for
//! polynomials up to degree 31. Abscissae and weights were recomputed at 40 digits from the roots of
//! the Legendre polynomial.

/// Abscissae in (0, 1) and their weights; the rule is symmetric about 0.
const POINTS: [(f64, f64); 8] = [
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
];

/// Visit the points of the rule between `from` and `to`, each with its weight.
pub(super) fn visit(from: f64, to: f64, mut point: impl FnMut(f64, f64)) {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    for (place, weight) in POINTS {
        point(middle - half * place, half * weight);
        point(middle + half * place, half * weight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polynomial_of_degree_31_is_integrated_exactly() {
        for degree in 0..=31 {
            let mut integral = 0.0;
            visit(0.0, 2.0, |x, weight| integral += weight * x.powi(degree));
            let exact = 2f64.powi(degree + 1) / f64::from(degree + 1);
            assert!((integral / exact - 1.0).abs() < 1e-14, "degree {degree}");
        }
    }
}
