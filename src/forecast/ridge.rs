//! Least squares with a level for every week that drifts from week to week, an effect of each weekday, and
//! effects of what the calendar knows beforehand.
//!
//! ```text
//! minimise  sum_d w_d (y_d - level[week of d] - weekday[d] - sum_j effect_j x_dj)^2
//!           + drift * sum_w (level[w] - level[w-1])^2 + firm * sum weekday^2 + ridge * sum effect^2
//! ```
//!
//! The rows of the levels are tridiagonal, so they are eliminated week by week, and what remains is one small
//! system by Cholesky's method: a fit of three years costs less than a millisecond.

/// Days of a week.
const WEEKDAYS: usize = 7;
/// Holds levels, and effects of weekdays, to nought where nothing else does.
const FAINT: f64 = 1e-6;
/// How firmly effects of weekdays are held to nought: hardly.
const FIRM: f64 = 0.02;

/// What is known about a day beforehand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Which week, the oldest 0.
    pub(super) week: usize,
    /// Which weekday, Monday 0.
    pub(super) weekday: usize,
    /// What the calendar says of it.
    pub(super) features: Vec<f64>,
}

/// How stiff a fit is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stiffness {
    /// How dearly levels of neighbouring weeks differ.
    pub(super) drift: f64,
    /// How dearly the calendar's effects differ from nought.
    pub(super) ridge: f64,
}

/// A fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    levels: Vec<f64>,
    effects: Vec<f64>,
}

impl Fit {
    /// What is fitted, or foretold at the last week's level.
    pub(super) fn at(&self, row: &Row) -> f64 {
        let week = row.week.min(self.levels.len().saturating_sub(1));
        let known = row.features.iter().zip(&self.effects[WEEKDAYS..]);
        self.levels.get(week).copied().unwrap_or(0.0)
            + self.effects[row.weekday]
            + known.map(|(feature, effect)| feature * effect).sum::<f64>()
    }
}

/// Weighted sums over days, from which fits of any stiffness are solved.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    weeks: usize,
    effects: usize,
    weights: Vec<f64>,
    answers: Vec<f64>,
    /// Weeks by effects.
    cross: Vec<f64>,
    /// Effects by effects, lower half.
    square: Vec<f64>,
    sides: Vec<f64>,
}

impl Sums {
    /// Add up days that lie in the first so many weeks.
    pub(super) fn of(rows: &[Row], answers: &[f64], weights: &[f64], weeks: usize) -> Sums {
        let effects = WEEKDAYS + rows.first().map_or(0, |row| row.features.len());
        let mut sums = Sums {
            weeks,
            effects,
            weights: vec![0.0; weeks],
            answers: vec![0.0; weeks],
            cross: vec![0.0; weeks * effects],
            square: vec![0.0; effects * effects],
            sides: vec![0.0; effects],
        };
        let mut known = vec![0.0; effects];
        for ((row, &answer), &weight) in rows.iter().zip(answers).zip(weights) {
            if weight > 0.0 && row.week < weeks {
                known[..WEEKDAYS].fill(0.0);
                known[row.weekday] = 1.0;
                known[WEEKDAYS..].copy_from_slice(&row.features);
                sums.add(row.week, &known, answer, weight);
            }
        }
        sums
    }

    fn add(&mut self, week: usize, known: &[f64], answer: f64, weight: f64) {
        self.weights[week] += weight;
        self.answers[week] += weight * answer;
        for (one, &value) in known.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            let weighted = weight * value;
            self.cross[week * self.effects + one] += weighted;
            self.sides[one] += weighted * answer;
            let row = &mut self.square[one * self.effects..=one * self.effects + one];
            for (sum, other) in row.iter_mut().zip(known) {
                *sum += weighted * other;
            }
        }
    }

    /// The fit of this stiffness.
    pub(super) fn solve(&self, stiffness: Stiffness) -> Fit {
        let (count, width) = (self.effects, self.effects + 1);
        let (pivots, below) = self.pivots(stiffness.drift);
        let eliminated = self.eliminated(&below);
        let mut square = self.square.clone();
        let mut sides = self.sides.clone();
        for (row, pivot) in eliminated.chunks(width).zip(&pivots) {
            for one in 0..count {
                let part = row[one] / pivot;
                for other in 0..=one {
                    square[one * count + other] -= part * row[other];
                }
                sides[one] -= part * row[count];
            }
        }
        for one in 0..count {
            square[one * count + one] += if one < WEEKDAYS { FIRM } else { stiffness.ridge };
        }
        let effects = cholesky(&mut square, sides);
        let mut levels = vec![0.0; self.weeks];
        for week in (0..self.weeks).rev() {
            let row = &eliminated[week * width..(week + 1) * width];
            let explained: f64 = row.iter().zip(&effects).map(|(a, b)| a * b).sum();
            let later = levels.get(week + 1).map_or(0.0, |level| below[week + 1] * level);
            levels[week] = (row[count] - explained) / pivots[week] - later;
        }
        Fit { levels, effects }
    }

    /// The levels' rows as unit lower bidiagonal times diagonal: the diagonal, and what is below it.
    fn pivots(&self, drift: f64) -> (Vec<f64>, Vec<f64>) {
        let mut pivots: Vec<f64> = Vec::with_capacity(self.weeks);
        let mut below = vec![0.0; self.weeks];
        for (week, below) in below.iter_mut().enumerate() {
            let is_end = week == 0 || week + 1 == self.weeks;
            let neighbours = if self.weeks == 1 {
                0.0
            } else if is_end {
                1.0
            } else {
                2.0
            };
            let mut pivot = self.weights[week] + drift * neighbours + FAINT;
            if let Some(before) = pivots.last() {
                *below = -drift / before;
                pivot -= *below * *below * before;
            }
            pivots.push(pivot.max(FAINT));
        }
        (pivots, below)
    }

    /// Rows of effects and answers with the levels below eliminated.
    fn eliminated(&self, below: &[f64]) -> Vec<f64> {
        let width = self.effects + 1;
        let mut rows = vec![0.0; self.weeks * width];
        for week in 0..self.weeks {
            let cross = &self.cross[week * self.effects..(week + 1) * self.effects];
            let (above, own) = rows.split_at_mut(week * width);
            own[..self.effects].copy_from_slice(cross);
            own[self.effects] = self.answers[week];
            if week > 0 {
                for (value, before) in own[..width].iter_mut().zip(&above[(week - 1) * width..]) {
                    *value -= below[week] * before;
                }
            }
        }
        rows
    }
}

/// Solve a positive definite system, given by its lower half, in place.
fn cholesky(square: &mut [f64], mut sides: Vec<f64>) -> Vec<f64> {
    let count = sides.len();
    for i in 0..count {
        for j in 0..=i {
            let mut value = square[i * count + j];
            for k in 0..j {
                value -= square[i * count + k] * square[j * count + k];
            }
            square[i * count + j] = if i == j {
                // Rounding alone can take a pivot below nought; ridges hold it above.
                value.max(1e-12).sqrt()
            } else {
                value / square[j * count + j]
            };
        }
    }
    for i in 0..count {
        let known: f64 = (0..i).map(|k| square[i * count + k] * sides[k]).sum();
        sides[i] = (sides[i] - known) / square[i * count + i];
    }
    for i in (0..count).rev() {
        let known: f64 = (i + 1..count).map(|k| square[k * count + i] * sides[k]).sum();
        sides[i] = (sides[i] - known) / square[i * count + i];
    }
    sides
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(weeks: usize) -> Vec<Row> {
        let row = |day: usize| Row {
            week: day.div_euclid(7),
            weekday: day % 7,
            features: vec![f64::from(u8::try_from(day * day % 5).unwrap()) - 2.0],
        };
        (0..7 * weeks).map(row).collect()
    }

    /// The same minimum by gradient descent, which shares nothing with elimination.
    fn descended(rows: &[Row], answers: &[f64], weeks: usize, stiffness: Stiffness) -> Fit {
        let mut fit = Fit { levels: vec![0.0; weeks], effects: vec![0.0; 8] };
        for _ in 0..60_000 {
            let mut levels: Vec<f64> = fit.levels.iter().map(|level| FAINT * level).collect();
            for week in 1..weeks {
                let step = stiffness.drift * (fit.levels[week] - fit.levels[week - 1]);
                levels[week] += step;
                levels[week - 1] -= step;
            }
            let held = |(place, effect): (usize, &f64)| {
                effect * if place < 7 { FIRM } else { stiffness.ridge }
            };
            let mut effects: Vec<f64> = fit.effects.iter().enumerate().map(held).collect();
            for (row, answer) in rows.iter().zip(answers) {
                let miss = fit.at(row) - answer;
                levels[row.week] += miss;
                effects[row.weekday] += miss;
                effects[7] += miss * row.features[0];
            }
            let step = |value: &mut f64, slope: f64| *value -= 0.01 * slope;
            fit.levels.iter_mut().zip(levels).for_each(|(value, slope)| step(value, slope));
            fit.effects.iter_mut().zip(effects).for_each(|(value, slope)| step(value, slope));
        }
        fit
    }

    #[test]
    fn elimination_finds_the_minimum_that_descent_finds() {
        let rows = rows(4);
        let answers: Vec<f64> = (0..28).map(|day| f64::from((day * 37) % 11) / 5.0).collect();
        let stiffness = Stiffness { drift: 3.0, ridge: 2.0 };
        let fit = Sums::of(&rows, &answers, &vec![1.0; 28], 4).solve(stiffness);
        let other = descended(&rows, &answers, 4, stiffness);
        for row in &rows {
            let (one, two) = (fit.at(row), other.at(row));
            assert!((one - two).abs() < 1e-6, "{one} against {two}");
        }
    }

    #[test]
    fn a_week_without_days_takes_the_level_between_its_neighbours() {
        let mut rows = rows(3);
        rows.retain(|row| row.week != 1);
        let answers: Vec<f64> =
            rows.iter().map(|row| if row.week == 0 { 1.0 } else { 3.0 }).collect();
        let stiffness = Stiffness { drift: 0.001, ridge: 1e6 };
        let fit = Sums::of(&rows, &answers, &[1.0; 14], 3).solve(stiffness);
        assert!(
            (fit.levels[1] - f64::midpoint(fit.levels[0], fit.levels[2])).abs() < 1e-2,
            "{fit:?}"
        );
    }

    #[test]
    fn no_days_at_all_foretell_nought() {
        let fit = Sums::of(&[], &[], &[], 0).solve(Stiffness { drift: 1.0, ridge: 1.0 });
        assert_eq!(fit.at(&Row { week: 0, weekday: 3, features: Vec::new() }), 0.0);
    }
}
