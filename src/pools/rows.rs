//! What a mix must have to be worth playing, as rows over its people.
//!
//! A row is either a bound by a formula, or a cut from play: at a mix that misses, the service of a queue and
//! what one more person of each pool adds to it (Atlason, Epelman, Henderson 2004). Service gains less and less
//! from more people once it is near its goal, so the tangent there says more than any other mix reaches. Where
//! that is not quite so, leeway is left, in points and in what each person adds.

/// People by pool.
pub(super) type Mix = Vec<u32>;

/// Points of service that a cut may be wrong by, and still rule nothing out that keeps; *assumption*.
const LEEWAY: f64 = 0.01;
/// Share by which what a person adds may be more or less than measured; *assumption*.
const LEEWAY_OF_GAIN: f64 = 0.15;

/// The people of a mix, each counted by what they bring, come to at least so much.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The mix it was measured at; empty pools for a bound.
    from: Mix,
    /// What a person of each pool brings.
    gains: Vec<f64>,
    least: f64,
    /// How unsure the measured service is; none: a bound, which is not measured.
    error: Option<f64>,
}

/// How rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// As measured, to find a good mix soon.
    Likely,
    /// With leeway, to rule out only what cannot be.
    Surely,
}

impl Row {
    /// Some pools have so many people together.
    pub(super) fn bound(pools: &[usize], people: f64, of: usize) -> Row {
        let gains = (0..of).map(|pool| f64::from(u8::from(pools.contains(&pool)))).collect();
        Row { from: vec![0; of], gains, least: people - 1e-9, error: None }
    }

    /// A mix lacks some points, known but for an error, and one more of each pool adds these.
    pub(super) fn cut(at: &Mix, lacks: f64, error: f64, gains: Vec<f64>) -> Row {
        Row { from: at.clone(), gains, least: lacks, error: Some(error) }
    }

    /// What a number of people in a pool brings.
    fn brings(&self, pool: usize, people: u32, read: Read) -> f64 {
        let away = f64::from(people) - f64::from(self.from[pool]);
        let slope = if away >= 0.0 { self.steepest(pool, read) } else { self.flattest(pool, read) };
        slope * away
    }

    fn steepest(&self, pool: usize, read: Read) -> f64 {
        self.gains[pool] * (1.0 + self.leeway(read))
    }

    fn flattest(&self, pool: usize, read: Read) -> f64 {
        self.gains[pool] * (1.0 - self.leeway(read))
    }

    fn leeway(&self, read: Read) -> f64 {
        if read == Read::Surely && self.error.is_some() { LEEWAY_OF_GAIN } else { 0.0 }
    }

    fn least(&self, read: Read) -> f64 {
        match (self.error, read) {
            (Some(error), Read::Surely) => self.least - LEEWAY - 2.0 * error,
            _ => self.least,
        }
    }
}

/// The cheapest mix below a cost that every row lets, and that has more people somewhere than each that missed.
#[derive(Debug)]
pub(super) struct Cheapest<'r> {
    pub(super) costs: &'r [f64],
    pub(super) rows: &'r [Row],
    pub(super) missed: &'r [Mix],
    pub(super) read: Read,
}

/// What a search for a mix came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    Mix(Mix),
    Nothing,
    /// More were looked at than is sensible.
    TooMany,
}

/// Mixes looked at, at most.
const MOST_LOOKED_AT: usize = 3_000_000;

impl Cheapest<'_> {
    pub(super) fn below(&self, limit: f64) -> Found {
        let pools = self.costs.len();
        // The most that a row gains for its cost, of the pools from one on.
        let best_rates = |row: &Row| {
            let mut rates = vec![0.0; pools + 1];
            for pool in (0..pools).rev() {
                let own = row.steepest(pool, self.read) / self.costs[pool];
                rates[pool] = f64::max(rates[pool + 1], own);
            }
            rates
        };
        let empty = |row: &Row| {
            (0..pools).map(|pool| row.brings(pool, 0, self.read)).sum::<f64>()
                - row.least(self.read)
        };
        let mut walk = Walk {
            of: self,
            rates: self.rows.iter().map(best_rates).collect(),
            limit: limit - 1e-9,
            mix: vec![0; pools],
            found: None,
            looked_at: 0,
        };
        walk.pool(0, 0.0, &self.rows.iter().map(empty).collect::<Vec<f64>>());
        match walk.found {
            Some(mix) => Found::Mix(mix),
            None if walk.looked_at >= MOST_LOOKED_AT => Found::TooMany,
            None => Found::Nothing,
        }
    }
}

/// A walk through the people of one pool after another.
struct Walk<'c> {
    of: &'c Cheapest<'c>,
    /// By row and pool.
    rates: Vec<Vec<f64>>,
    limit: f64,
    mix: Mix,
    found: Option<Mix>,
    looked_at: usize,
}

impl Walk<'_> {
    /// `slack` is by how much each row is kept with nobody in the pools to come.
    fn pool(&mut self, pool: usize, cost: f64, slack: &[f64]) {
        let each = self.of.costs[pool];
        let is_last = pool + 1 == self.mix.len();
        let mut own = vec![0.0; slack.len()];
        let mut people = 0;
        loop {
            self.looked_at += 1;
            let cost = cost + each * f64::from(people);
            if cost >= self.limit || self.looked_at >= MOST_LOOKED_AT {
                break;
            }
            let mut dearer = 0.0f64;
            for (row, own) in own.iter_mut().enumerate() {
                let rule = &self.of.rows[row];
                *own = slack[row] + rule.brings(pool, people, self.of.read)
                    - rule.brings(pool, 0, self.of.read);
                if *own < 0.0 {
                    dearer = dearer.max(-*own / self.rates[row][pool + 1].max(1e-300));
                }
            }
            self.mix[pool] = people;
            if cost + dearer < self.limit {
                if !is_last {
                    self.pool(pool + 1, cost, &own);
                } else if !self.is_out() {
                    self.limit = cost - 1e-9;
                    self.found = Some(self.mix.clone());
                }
            }
            people += 1;
        }
        self.mix[pool] = 0;
    }

    fn is_out(&self) -> bool {
        let is_below = |out: &Mix| self.mix.iter().zip(out).all(|(people, out)| people <= out);
        self.of.missed.iter().any(is_below)
    }
}
