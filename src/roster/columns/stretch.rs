//! Rosters of long lines, such as a year of days: a stretch of some people's lines is decided anew at a time, which
//! is as quick as a roster of a few weeks, and several such stretches at the same time, of different people and
//! different weeks, so that what each wins adds up.
//!
//! The bound comes of prices that climb meanwhile (`climb.rs`).

use super::climb::Climb;
use super::dive::Boldness;
use super::near::{How, Out};
use super::search::Search;
use super::{Fixing, Lines};
use crate::roster::draw::mixed;
use crate::roster::turns::{self, TOGETHER};

/// Choices in a stretch.
const STRETCH: [usize; 4] = [10, 14, 21, 28];
/// People in a stretch at most.
const MOST_PEOPLE: usize = 24;
/// Steps of the bound before the first stretch, and whenever there were twice as many rounds.
const STEPS: usize = 100;

impl<S: Lines> Search<'_, S> {
    /// Decide stretches anew, until the budget is worked off or time is up.
    pub(super) fn stretches(&mut self) {
        let mut climb = Climb::default();
        self.climb(&mut climb, STEPS);
        let mut round: u64 = 0;
        while !self.is_done() && self.effort.rounds < self.budget.rounds {
            self.effort.rounds += 1;
            round += 1;
            self.stretch_round(round);
            if round.is_power_of_two() && round > 2 {
                self.climb(&mut climb, STEPS);
            }
        }
    }

    /// Some stretches of different people at the same time.
    fn stretch_round(&mut self, round: u64) {
        let seed = self.budget.seed;
        let mut people: Vec<(u64, usize)> = (0..self.task.classes.len())
            .map(|class| (mixed(seed, round, class as u64), class))
            .collect();
        people.sort_unstable();
        let group = people.len().div_ceil(TOGETHER).min(MOST_PEOPLE);
        let groups: Vec<&[(u64, usize)]> = people.chunks(group).take(TOGETHER).collect();
        let luck = mixed(seed, round, 1 << 32);
        let out = |(place, group): (usize, &&[(u64, usize)])| {
            let classes = group.iter().map(|person| person.1);
            let long = STRETCH[((luck >> 8) % STRETCH.len() as u64) as usize];
            let keeping = |line| self.beyond_stretch(line, long, luck, place);
            let (near, kept) = self.take_out(classes, keeping);
            let at_once = near.classes.len().div_ceil(3);
            let how = How::Dive(Boldness { threshold: 0.7, at_once, seed: luck });
            Out { near, kept, how, found_by: "stretch" }
        };
        let out: Vec<Out> = groups.iter().enumerate().map(out).collect();
        turns::together(self, &out, &mut [(); TOGETHER]);
    }

    /// A line's choices outside a stretch, as far on for the same luck; places lie evenly apart.
    #[expect(clippy::integer_division, reason = "places among the choices")]
    fn beyond_stretch(&self, line: usize, long: usize, luck: u64, place: usize) -> Fixing {
        let choices = &self.pool.columns[line].choices;
        let many = choices.len();
        let start =
            usize::try_from(luck % (many.max(1) as u64)).unwrap_or(0) + many * place / TOGETHER;
        // Stretches may begin before the first choice, so that the first ones are decided as often as others.
        let middle = start % many.max(1);
        let from = middle.saturating_sub(long / 2);
        let to = (middle + long.div_ceil(2)).min(many);
        let outside = choices[..from].iter().chain(&choices[to..]);
        Fixing { forced: outside.copied().collect(), forbidden: Vec::new() }
    }
}
