//! Every path within a cost, read backwards off the filled table: a step is taken only where what came before it at
//! its least still keeps to the cost, so that no way is tried in vain. A path is one way through the table, so none
//! is found twice.

use super::{At, Table, Value};
use crate::public::shift_scheduling::lines::Path;

/// A way backwards.
struct Back {
    /// Shifts of the days after this one.
    days: Vec<usize>,
    found: Vec<Path>,
    limit: usize,
}

impl<V: Value> Table<'_, V> {
    /// Every path that costs no more than `most`, none where there are more than `limit`; the shift whose limit the
    /// very best breaks, if it does.
    pub(super) fn every(&self, most: i64, limit: usize) -> Result<Option<Vec<Path>>, usize> {
        let cheapest = self.paths(1)?;
        if cheapest.least.is_none_or(|least| least > most) {
            return Ok(Some(Vec::new()));
        }
        let last = self.limits.days - 1;
        let mut back = Back { days: vec![0; self.limits.days], found: Vec::new(), limit };
        for node in 0..self.levels.nodes() {
            for weekends in 0..self.weekends {
                for count in 0..self.counts {
                    for time in self.limits.least_steps..self.width {
                        let at = At { node, weekends, count, time };
                        let value = self.value(last, at);
                        if !value.is_reached() || value.wide() > most {
                            continue;
                        }
                        if !self.backwards(last, at, most - value.wide(), &mut back) {
                            return Ok(None);
                        }
                    }
                }
            }
        }
        Ok(Some(back.found))
    }

    /// Follow every way to a cell that costs no more than `spare` beyond the cheapest; whether the limit held.
    fn backwards(&self, day: usize, at: At, spare: i64, back: &mut Back) -> bool {
        let shift = self.shift_of(at.node);
        back.days[day] = shift;
        if day == 0 {
            let path = Path { days: back.days.clone() };
            if self.broken(&path).is_none() {
                back.found.push(path);
            }
            return back.found.len() <= back.limit;
        }
        let before = self.value(day, at).wide() - self.costs[day][shift].unwrap_or(0);
        for from in self.sources(day, at, shift) {
            let value = self.value(day - 1, from);
            if value.is_reached() && value.wide() - before <= spare {
                let spare = spare - (value.wide() - before);
                if !self.backwards(day - 1, from, spare, back) {
                    return false;
                }
            }
        }
        true
    }
}
