//! The play against published results and against exact values worked out by other means.

#![expect(clippy::cast_precision_loss, reason = "days are few")]

use super::models::{self, StreamDay};
use super::setting::{Medium, StreamSetting};

/// Half-width of a 99.9 % interval in standard errors.
const SURE: f64 = 3.29;

/// A ratio of sums over days, and its standard error (delta method).
fn ratio(days: &[(f64, f64)]) -> (f64, f64) {
    let n = days.len() as f64;
    let (above, below) = days.iter().fold((0.0, 0.0), |(x, y), day| (x + day.0, y + day.1));
    let value = above / below;
    let spread: f64 = days.iter().map(|(x, y)| (x - value * y).powi(2)).sum();
    (value, (spread / (n - 1.0) * n).sqrt() / below)
}

fn over(days: &[Vec<StreamDay>], stream: usize, part: fn(&StreamDay) -> f64) -> (f64, f64) {
    let of = |day: &Vec<StreamDay>| (part(&day[stream]), day[stream].offered);
    ratio(&days.iter().map(of).collect::<Vec<_>>())
}

fn covers(what: &str, (value, error): (f64, f64), exact: f64) {
    assert!(
        (value - exact).abs() <= SURE * error + 1e-12,
        "{what}: played {value:.6} +- {:.6}, exact {exact:.6}",
        SURE * error
    );
}

/// Played from empty, counted once the start is forgotten.
fn steady(streams: Vec<StreamSetting>, pools: &[usize], days: u64) -> Vec<Vec<StreamDay>> {
    let mut model = models::model(streams, pools, 5000.0, 1.0 / 3.0);
    model.count_between(300.0, 4900.0);
    model.days(days, 11)
}

#[test]
fn eight_people_with_patient_callers_wait_as_erlang_c_says() {
    // Load 6, 8 people: Erlang C .35698, mean wait C / (n mu - lambda).
    let days = steady(vec![models::voice(1.0, None, vec![6.0])], &[8], 60);
    let erlang = 0.356_981_051_144_2;
    covers("delayed", over(&days, 0, |s| s.delayed), erlang);
    covers("waiting", over(&days, 0, |s| s.waiting), erlang / 2.0);
}

#[test]
fn fifty_people_with_impatient_callers_wait_as_erlang_a_says() {
    let days = steady(vec![models::voice(1.0, Some(2.0), vec![48.0])], &[50], 20);
    covers("delayed", over(&days, 0, |s| s.delayed), 0.467_774_068_553_790_4);
    covers("abandoned", over(&days, 0, |s| s.abandoned), 0.030_912_249_162_193_218);
    covers("waiting", over(&days, 0, |s| s.waiting), 0.061_824_498_324_386_43);
    covers("in time", over(&days, 0, |s| s.answered_in_time), 0.943_018_954_746_981);
    covers("waited in time", over(&days, 0, |s| s.waited_in_time), 0.972_864_391_707_808_1);
}

fn chat(minutes: &[f64], rate: f64) -> StreamSetting {
    let alone = minutes[0];
    StreamSetting {
        medium: Medium::Chat,
        rate_by_level: minutes.iter().map(|each| alone / each).collect(),
        most_at_once: minutes.len(),
        ..models::voice(alone, Some(4.0), vec![rate])
    }
}

#[test]
fn chats_side_by_side_wait_as_the_exact_chain_says() {
    let cases: [(usize, f64, &[f64], f64, f64); 6] = [
        (4, 0.8, &[6.0], 0.655_506_712_149_073, 0.286_855_176_692_974),
        (4, 0.8, &[6.0, 9.0], 0.300_224_819_508_365, 0.103_675_910_431_117),
        (4, 0.8, &[6.0, 9.0, 11.0], 0.086_654_148_014_539_5, 0.024_726_961_831_862_3),
        (4, 0.8, &[6.0, 10.0], 0.371_499_992_537_96, 0.140_547_917_866_769),
        (6, 1.5, &[6.0, 9.0, 11.0], 0.232_116_253_197_08, 0.060_740_928_698_060_3),
        (8, 2.2, &[6.0, 10.0, 18.0], 0.877_778_801_700_434, 0.390_199_182_552_841),
    ];
    for (people, rate, minutes, delayed, abandoned) in cases {
        let days = steady(vec![chat(minutes, rate)], &[people], 60);
        let name = format!("{people} people, {minutes:?}");
        covers(&name, over(&days, 0, |s| s.delayed), delayed);
        covers(&name, over(&days, 0, |s| s.abandoned), abandoned);
    }
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

/// A class with its own pools in order, and its own place in the order of answering.
fn class(priority: u8, rate: f64, giving_up: f64, pools: &[usize], done: &[f64]) -> StreamSetting {
    StreamSetting {
        priority,
        pools: pools.to_vec(),
        handle: done.iter().map(|rate| rate.recip()).collect(),
        ..models::voice(1.0, Some(giving_up.recip()), vec![rate])
    }
}

fn check_classes(name: &str, days: &[Vec<StreamDay>], exact: &[(f64, f64, f64)]) {
    for (stream, &(delayed, abandoned, waiting)) in exact.iter().enumerate() {
        let name = format!("{name}, class {stream}");
        covers(&name, over(days, stream, |s| s.delayed), delayed);
        covers(&name, over(days, stream, |s| s.abandoned), abandoned);
        covers(&name, over(days, stream, |s| s.waiting), waiting);
    }
}

#[test]
fn easy_work_overflowing_to_specialists_waits_as_the_exact_chain_says() {
    // Class 0 goes to group 0, then 1; class 1 to group 1 alone, which answers it first.
    let cases = [
        (
            [1.0, 0.8],
            [0.2, 0.2],
            [0.3, 0.3],
            [5, 5],
            [
                (0.278_159_718_982_229, 0.074_828_536_116_911_2, 0.249_428_453_723_037),
                (0.548_112_394_745_752, 0.186_064_726_200_585, 0.620_215_754_001_951),
            ],
        ),
        (
            [3.0, 2.0],
            [0.25, 0.2],
            [0.25, 0.5],
            [10, 14],
            [
                (0.311_449_183_103_231, 0.048_489_969_191_954_4, 0.193_959_876_767_817),
                (0.468_855_867_845_647, 0.114_921_475_446_291, 0.229_842_950_892_582),
            ],
        ),
    ];
    for (rates, done, giving_up, people, exact) in cases {
        let streams = vec![
            class(2, rates[0], giving_up[0], &[0, 1], &done),
            class(1, rates[1], giving_up[1], &[1], &done),
        ];
        check_classes("N", &steady(streams, &people, 60), &exact);
    }
}

#[test]
fn work_shared_by_two_groups_waits_as_the_exact_chain_says() {
    // Class 0 goes to group 0, class 2 to group 1, class 1 to either, in that order; the last is answered first.
    let small = [
        (0.516_961_451_170_365, 0.192_086_513_566_924, 0.640_288_378_556_415),
        (0.303_252_330_675_788, 0.066_508_559_294_643_6, 0.221_695_197_648_812),
        (0.489_674_027_550_859, 0.158_575_939_676_157, 0.528_585_465_587_19),
    ];
    let unequal = [
        (0.411_763_794_305_831, 0.096_457_700_201_922_1, 0.482_288_501_009_81),
        (0.204_656_548_824_258, 0.046_670_108_249_482, 0.116_675_270_623_705),
        (0.389_228_955_915_834, 0.162_404_935_172_846, 0.324_809_870_345_692),
    ];
    let cases = [
        ([0.3, 0.3, 0.3], [0.25, 0.25], [4, 4], small),
        ([0.2, 0.4, 0.5], [0.3, 0.2], [4, 5], unequal),
    ];
    for (giving_up, done, people, exact) in cases {
        let streams = vec![
            class(3, 0.5, giving_up[0], &[0], &done),
            class(2, 0.6, giving_up[1], &[0, 1], &done),
            class(1, 0.7, giving_up[2], &[1], &done),
        ];
        check_classes("W", &steady(streams, &people, 120), &exact);
    }
}
