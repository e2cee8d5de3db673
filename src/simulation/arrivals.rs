//! When contacts come in and what they are like: a Poisson process whose rate is constant by interval, each
//! day's rates scaled by that day's factor.

use super::Seed;
use super::draws::{Key, Purpose, Source};
use super::setting::{Setting, StreamSetting};

/// What is drawn for a contact when it comes in, whatever becomes of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    /// Its work as a multiple of the mean.
    pub(super) length: f64,
    /// Minutes it would wait.
    pub(super) patience: f64,
    pub(super) is_difficult: bool,
}

/// The contacts of one stream, in order.
#[derive(Debug)]
pub(super) struct Arrivals {
    key: Key,
    stream: usize,
    interval: usize,
    at: f64,
    /// What scales the day's rates.
    factor: f64,
    /// Contacts a minute in the interval it is, and when that ends.
    rate: f64,
    ends: f64,
    gap: Source,
    length: Source,
    patience: Source,
    difficulty: Source,
}

impl Arrivals {
    pub(super) fn new(seed: Seed, stream: usize, setting: &Setting) -> Arrivals {
        let key = Key::of(seed);
        let source = |purpose| key.source(purpose, stream, 0);
        let mut arrivals = Arrivals {
            key,
            stream,
            interval: 0,
            at: 0.0,
            factor: 1.0,
            rate: 0.0,
            ends: 0.0,
            gap: source(Purpose::Gap),
            length: source(Purpose::BacklogLength),
            patience: source(Purpose::Patience),
            difficulty: source(Purpose::Difficulty),
        };
        arrivals.factor = arrivals.day_factor(&setting.streams[stream], 0);
        arrivals
    }

    /// What a contact of the opening backlog is like.
    pub(super) fn backlog(&mut self, setting: &StreamSetting) -> Drawn {
        self.contact(setting)
    }

    /// From here on contacts come in; those before were the backlog.
    pub(super) fn open(&mut self, setting: &Setting) {
        self.start_day(setting, 0);
        self.start_interval(setting);
    }

    /// When the next contact comes in; never where none does.
    #[inline]
    pub(super) fn next(&mut self, setting: &Setting) -> f64 {
        let intervals = setting.streams[self.stream].rates.len();
        let mut wait = self.gap.exponential();
        while self.interval < intervals {
            let expected = self.rate * (self.ends - self.at);
            if wait < expected {
                self.at += wait / self.rate;
                return self.at;
            }
            wait -= expected;
            self.at = self.ends;
            self.interval += 1;
            if let Some(&day) = setting.days.get(self.interval)
                && day != setting.days[self.interval - 1]
            {
                self.start_day(setting, day);
                wait = self.gap.exponential();
            }
            self.start_interval(setting);
        }
        f64::INFINITY
    }

    fn start_interval(&mut self, setting: &Setting) {
        let rates = &setting.streams[self.stream].rates;
        self.rate = rates.get(self.interval).map_or(0.0, |rate| rate * self.factor);
        self.ends = setting.interval_end(self.interval);
    }

    /// What the contact that came in last is like.
    #[inline]
    pub(super) fn contact(&mut self, setting: &StreamSetting) -> Drawn {
        let length = setting.length.draw(&mut self.length);
        let patience = match setting.patience {
            Some(mean) => mean * self.patience.exponential(),
            None => f64::INFINITY,
        };
        let balks = setting.balking > 0.0 && self.difficulty.happens(setting.balking);
        let is_difficult = setting.difficult > 0.0 && self.difficulty.happens(setting.difficult);
        Drawn { length, patience: if balks { 0.0 } else { patience }, is_difficult }
    }

    fn start_day(&mut self, setting: &Setting, day: usize) {
        let source = |purpose| self.key.source(purpose, self.stream, day);
        self.gap = source(Purpose::Gap);
        self.length = source(Purpose::Length);
        self.patience = source(Purpose::Patience);
        self.difficulty = source(Purpose::Difficulty);
        self.factor = self.day_factor(&setting.streams[self.stream], day);
    }

    fn day_factor(&self, setting: &StreamSetting, day: usize) -> f64 {
        let (whose, spread) = setting.day_factor;
        let factor = self.key.source(Purpose::DayFactor, whose, day).day_factor(spread);
        if factor.is_finite() { factor } else { 1.0 }
    }
}
