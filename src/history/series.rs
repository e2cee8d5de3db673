//! From rows to whole days on a grid.

use std::collections::BTreeSet;

use super::rows::{DayRows, Gathered};
use super::{PastDay, Series};
use crate::calendar::Date;
use crate::units::{Contacts, Minutes};

/// Minutes of a day on the clock.
const DAY: u16 = 24 * 60;

/// One series a queue.
pub(super) fn of_queues(gathered: Gathered, queues: usize) -> Vec<Series> {
    let dates: BTreeSet<Date> = gathered.keys().map(|&(_, date)| date).collect();
    let mut by_queue: Vec<Vec<(Date, DayRows)>> = vec![Vec::new(); queues];
    for ((queue, date), rows) in gathered {
        by_queue[queue].push((date, rows));
    }
    by_queue.into_iter().map(|days| of_days(days, &dates)).collect()
}

fn of_days(rows: Vec<(Date, DayRows)>, dates: &BTreeSet<Date>) -> Series {
    let Some(&(first, _)) = rows.first() else {
        return Series::empty();
    };
    let grid = grid_of(rows.iter().flat_map(|(_, day)| day.minutes.iter().map(|row| row.0)));
    let slots = usize::from(DAY.div_euclid(grid));
    let mut rows = rows.into_iter().peekable();
    let mut days = Vec::new();
    for &date in dates.range(first..) {
        let mut contacts = vec![Contacts(0.0); slots];
        let mut by_complexity = Vec::new();
        if let Some((_, day)) = rows.next_if(|(known, _)| *known == date) {
            for (minute, count) in day.minutes {
                contacts[usize::from(minute.div_euclid(grid))] += Contacts(count);
            }
            by_complexity =
                day.classes.into_iter().map(|(class, count)| (class, Contacts(count))).collect();
        }
        days.push(PastDay { date, contacts, by_complexity });
    }
    Series { grid: Minutes(i64::from(grid)), days }
}

/// The coarsest grid all starts keep: an hour or a part of it, or the day where all are midnights.
fn grid_of(starts: impl Iterator<Item = u16>) -> u16 {
    let step = starts.fold(0, common);
    if step == 0 {
        return DAY;
    }
    [60, 30, 15, 10, 5].into_iter().find(|grid| step.rem_euclid(*grid) == 0).unwrap_or(5)
}

/// The greatest common divisor (Euclid), 0 being divided by everything.
fn common(a: u16, b: u16) -> u16 {
    if b == 0 { a } else { common(b, a.rem_euclid(b)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_is_the_coarsest_that_all_starts_keep() {
        assert_eq!(grid_of([540, 600, 660].into_iter()), 60);
        assert_eq!(grid_of([540, 555, 570].into_iter()), 15);
        assert_eq!(grid_of([540, 560].into_iter()), 10);
        assert_eq!(grid_of([541].into_iter()), 5);
        assert_eq!(grid_of([0, 0].into_iter()), 1440);
    }
}
