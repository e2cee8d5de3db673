//! The play against published results of other simulators.

#![expect(clippy::cast_precision_loss, reason = "days are few")]

use super::models::{self, StreamDay};

/// Half-width of a 99.9 % interval in standard errors.
pub(super) const SURE: f64 = 3.29;

/// A ratio of sums over days, and its standard error (delta method).
pub(super) fn ratio(days: &[(f64, f64)]) -> (f64, f64) {
    let n = days.len() as f64;
    let (above, below) = days.iter().fold((0.0, 0.0), |(x, y), day| (x + day.0, y + day.1));
    let value = above / below;
    let spread: f64 = days.iter().map(|(x, y)| (x - value * y).powi(2)).sum();
    (value, (spread / (n - 1.0) * n).sqrt() / below)
}

/// Where our 99.9 % interval and the published one meet, the published one widened by half its last digit.
fn meets(what: &str, (value, error): (f64, f64), low: f64, high: f64) {
    let half = SURE * error;
    assert!(value + half >= low && value - half <= high, "{what}: {value} +- {half}, {low}-{high}");
}

#[test]
fn three_types_and_two_groups_come_out_as_published() {
    // ContactCenters' SimpleMSK.res, 95 % intervals.
    let days = models::simple_msk().days(400, 41);
    let sum = |day: &Vec<StreamDay>, part: fn(&StreamDay) -> f64| day.iter().map(part).sum::<f64>();
    let answered = |day: &StreamDay| day.offered - day.abandoned;
    let in_time = |day: &StreamDay| day.answered_in_time;
    // Who gives up within the threshold is left out, as published.
    let lost_late = |day: &StreamDay| day.abandoned - (day.waited_in_time - day.answered_in_time);
    let a_day = |part: fn(&StreamDay) -> f64| {
        ratio(&days.iter().map(|day| (sum(day, part), 1.0)).collect::<Vec<_>>())
    };
    meets("served", a_day(answered), 4270.1495, 4324.4605);
    meets("given up", a_day(|day| day.abandoned), 876.1325, 944.5375);
    let level =
        |day: &Vec<StreamDay>| (sum(day, in_time), sum(day, answered) + sum(day, lost_late));
    meets("level", ratio(&days.iter().map(level).collect::<Vec<_>>()), 0.4935, 0.5095);
    // In time, by period and type.
    let published = [
        [(164.338, 175.970), (254.597, 271.275), (250.178, 269.434)],
        [(594.159, 604.509), (506.276, 517.020), (607.586, 619.878)],
        [(13.782, 17.198), (31.270, 38.124), (22.137, 27.639)],
    ];
    for (stream, &(low, high)) in published.iter().flatten().enumerate() {
        let each: Vec<_> = days.iter().map(|day| (day[stream].answered_in_time, 1.0)).collect();
        meets(&format!("type and period {stream}"), ratio(&each), low, high);
    }
}

#[test]
fn the_first_of_two_groups_is_as_busy_as_published_up_to_the_last_departure() {
    // Whoever ends a call after their time is up counts as there until then; the nine of the last period stay
    // until the last call ends.
    let model = models::simple_msk();
    let mut floor = model.floor();
    let day = |replication| {
        floor.play(super::Seed { seed: 41, replication });
        let last = floor.contacts.iter().map(|c| c.ended).fold(360.0, f64::max);
        let (mut busy, mut there) = (0.0, 0.0);
        for person in 0..18 {
            for spent in floor.spent_by(person) {
                busy += spent[0];
                there += spent[3];
            }
        }
        (busy, there - 9.0 * (720.0 - last))
    };
    let days: Vec<(f64, f64)> = (0..400).map(day).collect();
    meets("occupancy", ratio(&days), 0.8765, 0.8845);
}

/// Answered in time, and how busy everyone was while the line was open: `MMC` and `MMCAb`, of 500 days each.
#[test]
fn twelve_people_are_as_busy_as_published_while_the_line_is_open() {
    for (model, low, high) in
        [(models::mmc(), 0.6935, 0.6975), (models::mmc_with_abandonment(), 0.6735, 0.6775)]
    {
        let mut floor = model.floor();
        let day = |replication| {
            floor.play(super::Seed { seed: 41, replication });
            let spent = || (0..12).map(|person| floor.spent_by(person)[0]);
            (spent().map(|it| it[0]).sum(), spent().map(|it| it[3]).sum())
        };
        meets(model.name, ratio(&(0..500).map(day).collect::<Vec<_>>()), low, high);
    }
}
