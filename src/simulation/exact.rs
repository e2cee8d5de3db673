//! The play against exact values worked out by other means: Erlang's formulas, chains of chats side by side and
//! of two groups, waiting by priority, handle times that are not exponential, and quiet and busy days.

#![expect(clippy::cast_precision_loss, reason = "days and minutes are few")]

use super::Seed;
use super::draws::Length;
use super::floor::{Contact, Floor, State};
use super::models::{self, Model, StreamDay};
use super::published::{SURE, ratio};
use super::setting::{Medium, StreamSetting};

/// Minutes of an interval, intervals of a day, and how many of them the start from empty is forgotten in.
const GRID: f64 = 200.0;
const INTERVALS: usize = 25;
const FORGOTTEN: usize = 2;

fn over(days: &[Vec<StreamDay>], stream: usize, part: fn(&StreamDay) -> f64) -> (f64, f64) {
    let of = |day: &Vec<StreamDay>| (part(&day[stream]), day[stream].offered);
    ratio(&days.iter().map(of).collect::<Vec<_>>())
}

pub(super) fn covers(what: &str, (value, error): (f64, f64), exact: f64) {
    assert!(
        (value - exact).abs() <= SURE * error + 1e-12,
        "{what}: played {value:.6} +- {:.6}, exact {exact:.6}",
        SURE * error
    );
}

/// Played from empty, counted once the start is forgotten, those who come last left out.
fn steady(streams: Vec<StreamSetting>, pools: &[usize]) -> Model {
    let mut model = models::model(streams, pools, GRID, 1.0 / 3.0);
    model.count_between(GRID * FORGOTTEN as f64, GRID * INTERVALS as f64 - 300.0);
    model
}

/// Calls of exponential length at one rate all day.
fn calls(rate: f64, handle: f64, patience: Option<f64>) -> StreamSetting {
    models::voice(handle, patience, vec![rate; INTERVALS])
}

/// The ratio of two figures of every day.
fn by_day(model: &Model, days: u64, of: impl Fn(&Floor<'_>) -> (f64, f64)) -> (f64, f64) {
    let mut floor = model.floor();
    let day = |replication| {
        floor.play(Seed { seed: 11, replication });
        of(&floor)
    };
    ratio(&(0..days).map(day).collect::<Vec<_>>())
}

/// Minutes busy over minutes there, of these people, once the start is forgotten.
fn occupancy(model: &Model, days: u64, people: std::ops::Range<usize>) -> (f64, f64) {
    by_day(model, days, |floor| {
        let rows = people.clone().map(|person| floor.spent_by(person));
        let counted = rows.flat_map(|row| row.iter().skip(FORGOTTEN));
        counted.fold((0.0, 0.0), |(busy, there), it| (busy + it[0], there + it[3]))
    })
}

#[test]
fn eight_people_with_patient_callers_wait_as_erlang_c_says() {
    // Load 6, 8 people: Erlang C .35698, mean wait C / (n mu - lambda).
    let days = steady(vec![calls(6.0, 1.0, None)], &[8]).days(60, 11);
    let erlang = 0.356_981_051_144_2;
    covers("delayed", over(&days, 0, |s| s.delayed), erlang);
    covers("waiting", over(&days, 0, |s| s.waiting), erlang / 2.0);
}

#[test]
fn fifty_people_with_impatient_callers_wait_as_erlang_a_says() {
    let days = steady(vec![calls(48.0, 1.0, Some(2.0))], &[50]).days(20, 11);
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
        ..calls(rate, alone, Some(4.0))
    }
}

/// People, chats a minute, minutes of a chat by how many are held, and what the chain of all states says:
/// delayed, given up, minutes waited, minutes of a chat, share of people busy.
type ChatCase = (usize, f64, &'static [f64], [f64; 5]);

const CHATS: [ChatCase; 15] = [
    (4, 0.8, &[6.0], [0.655_506_712_149, 0.286_855_176_693, 1.147_420_706_772, 6.0, 0.855_773_788]),
    (
        4,
        0.8,
        &[6.0, 9.0],
        [0.300_224_819_508, 0.103_675_910_431, 0.414_703_641_724, 8.033_928_824, 0.893_282_967],
    ),
    (
        4,
        0.8,
        &[6.0, 9.0, 11.0],
        [0.086_654_148_015, 0.024_726_961_832, 0.098_907_843_327, 8.820_451_242, 0.905_374_372],
    ),
    (
        4,
        0.8,
        &[6.0, 10.0, 18.0],
        [0.374_194_518_332, 0.163_750_626_323, 0.655_002_505_293, 13.780_530_170, 0.954_461_993],
    ),
    (6, 1.5, &[6.0], [0.833_135_267_565, 0.365_300_388_009, 1.461_201_552_037, 6.0, 0.952_049_418]),
    (
        6,
        1.5,
        &[6.0, 9.0],
        [0.535_468_246_598, 0.176_962_432_105, 0.707_849_728_418, 8.552_671_457, 0.971_938_288],
    ),
    (
        6,
        1.5,
        &[6.0, 9.0, 11.0],
        [0.232_116_253_197, 0.060_740_928_698, 0.242_963_714_792, 9.839_697_113, 0.980_177_847],
    ),
    (
        6,
        1.5,
        &[6.0, 10.0, 18.0],
        [0.737_161_321_474, 0.323_219_202_504, 1.292_876_810_014, 16.864_801_688, 0.996_902_994],
    ),
    (8, 2.2, &[6.0], [0.912_406_277_864, 0.405_592_141_310, 1.622_368_565_242, 6.0, 0.980_772_967]),
    (
        8,
        2.2,
        &[6.0, 9.0],
        [0.680_774_271_933, 0.220_409_762_018, 0.881_639_048_073, 8.763_707_656, 0.990_071_960],
    ),
    (
        8,
        2.2,
        &[6.0, 9.0, 11.0],
        [0.357_999_257_709, 0.088_543_607_648, 0.354_174_430_594, 10.303_875_204, 0.994_328_429],
    ),
    (
        8,
        2.2,
        &[6.0, 10.0, 18.0],
        [0.877_778_801_700, 0.390_199_182_553, 1.560_796_730_211, 17.632_925_722, 0.999_616_731],
    ),
    (
        4,
        0.8,
        &[6.0, 10.0],
        [0.371_499_992_538, 0.140_547_917_867, 0.562_191_671_467, 8.840_767_088, 0.909_267_339],
    ),
    (
        6,
        1.5,
        &[6.0, 10.0],
        [0.634_302_023_030, 0.234_065_635_839, 0.936_262_543_354, 9.530_320_509, 0.979_901_934],
    ),
    (
        8,
        2.2,
        &[6.0, 10.0],
        [0.776_713_577_728, 0.285_046_044_794, 1.140_184_179_176, 9.780_918_096, 0.993_830_240],
    ),
];

#[test]
fn chats_side_by_side_wait_as_the_exact_chain_says() {
    for (people, rate, minutes, [delayed, abandoned, waiting, length, busy]) in CHATS {
        let model = steady(vec![chat(minutes, rate)], &[people]);
        let days = model.days(30, 11);
        let name = format!("{people} people, {minutes:?}");
        covers(&name, over(&days, 0, |s| s.delayed), delayed);
        covers(&name, over(&days, 0, |s| s.abandoned), abandoned);
        covers(&name, over(&days, 0, |s| s.waiting), waiting);
        let lengths = by_day(&model, 10, |floor| {
            let counted = |it: &&Contact| {
                it.state == State::Done && it.arrived > 400.0 && it.arrived < 4700.0
            };
            floor.contacts.iter().filter(counted).fold((0.0, 0.0), |(minutes, chats), it| {
                (minutes + it.ended - it.answered, chats + 1.0)
            })
        });
        covers(&format!("{name}: minutes of a chat"), lengths, length);
        covers(&format!("{name}: busy"), occupancy(&model, 10, 0..people), busy);
    }
}

/// A class with its own pools in order, and its own place in the order of answering.
fn class(priority: u8, rate: f64, giving_up: f64, pools: &[usize], done: &[f64]) -> StreamSetting {
    StreamSetting {
        priority,
        pools: pools.to_vec(),
        handle: done.iter().map(|rate| rate.recip()).collect(),
        ..calls(rate, 1.0, Some(giving_up.recip()))
    }
}

/// By class delayed, given up and minutes waited; by group how busy.
fn check_classes(
    name: &str,
    streams: Vec<StreamSetting>,
    people: [usize; 2],
    days: u64,
    exact: &[(f64, f64, f64)],
    busy: [f64; 2],
) {
    let model = steady(streams, &people);
    let played = model.days(days, 11);
    for (stream, &(delayed, abandoned, waiting)) in exact.iter().enumerate() {
        let name = format!("{name}, class {stream}");
        covers(&name, over(&played, stream, |s| s.delayed), delayed);
        covers(&name, over(&played, stream, |s| s.abandoned), abandoned);
        covers(&name, over(&played, stream, |s| s.waiting), waiting);
    }
    let [first, second] = people;
    covers(&format!("{name}, first group"), occupancy(&model, days, 0..first), busy[0]);
    let others = occupancy(&model, days, first..first + second);
    covers(&format!("{name}, second group"), others, busy[1]);
}

#[test]
fn easy_work_overflowing_to_specialists_waits_as_the_exact_chain_says() {
    // Class 0 goes to group 0, then 1; class 1 to group 1 alone, which answers it first.
    let check = |rates: [f64; 2],
                 done: [f64; 2],
                 giving_up: [f64; 2],
                 people,
                 exact: [(f64, f64, f64); 2],
                 busy| {
        let streams = vec![
            class(2, rates[0], giving_up[0], &[0, 1], &done),
            class(1, rates[1], giving_up[1], &[1], &done),
        ];
        check_classes("N", streams, people, 60, &exact, busy);
    };
    check(
        [1.0, 0.8],
        [0.2, 0.2],
        [0.3, 0.3],
        [5, 5],
        [
            (0.278_159_718_982_229, 0.074_828_536_116_911_2, 0.249_428_453_723_037),
            (0.548_112_394_745_752, 0.186_064_726_200_585, 0.620_215_754_001_951),
        ],
        [0.755_769_998_275_518, 0.820_549_684_647_104],
    );
    check(
        [3.0, 2.0],
        [0.25, 0.2],
        [0.25, 0.5],
        [10, 14],
        [
            (0.311_449_183_103_231, 0.048_489_969_191_954_4, 0.193_959_876_767_817),
            (0.468_855_867_845_647, 0.114_921_475_446_291, 0.229_842_950_892_582),
        ],
        [0.872_520_971_042_636, 0.872_637_397_830_349],
    );
    // More hard calls than specialists can answer.
    check(
        [3.0, 3.0],
        [0.25, 0.2],
        [0.5, 0.25],
        [10, 14],
        [
            (0.511_922_020_160_221, 0.153_962_732_418_369, 0.307_925_464_836_739),
            (0.818_349_568_355_549, 0.194_067_645_053_91, 0.776_270_580_215_641),
        ],
        [0.897_241_014_595_088, 0.968_859_403_962_658],
    );
}

#[test]
fn work_shared_by_two_groups_waits_as_the_exact_chain_says() {
    // Class 0 goes to group 0, class 2 to group 1, class 1 to either, in that order; the last is answered first.
    let check = |giving_up: [f64; 3], done: [f64; 2], people, exact: [(f64, f64, f64); 3], busy| {
        let streams = vec![
            class(3, 0.5, giving_up[0], &[0], &done),
            class(2, 0.6, giving_up[1], &[0, 1], &done),
            class(1, 0.7, giving_up[2], &[1], &done),
        ];
        check_classes("W", streams, people, 60, &exact, busy);
    };
    check(
        [0.3, 0.3, 0.3],
        [0.25, 0.25],
        [4, 4],
        [
            (0.516_961_451_170_365, 0.192_086_513_566_924, 0.640_288_378_556_415),
            (0.303_252_330_675_788, 0.066_508_559_294_643_6, 0.221_695_197_648_812),
            (0.489_674_027_550_859, 0.158_575_939_676_157, 0.528_585_465_587_19),
        ],
        [0.790_642_232_024_249, 0.762_406_217_842_208],
    );
    check(
        [0.2, 0.4, 0.5],
        [0.3, 0.2],
        [4, 5],
        [
            (0.411_763_794_305_831, 0.096_457_700_201_922_1, 0.482_288_501_009_81),
            (0.204_656_548_824_258, 0.046_670_108_249_482, 0.116_675_270_623_705),
            (0.389_228_955_915_834, 0.162_404_935_172_846, 0.324_809_870_345_692),
        ],
        [0.725_005_130_225_313, 0.740_079_474_057_994],
    );
}

#[test]
fn whoever_is_answered_first_waits_as_cobham_says() {
    // Three classes of patient callers to one pool, never cut off (Kella and Yechiali 1985 for several servers).
    let cases: [(usize, f64, [f64; 3], [f64; 3]); 4] = [
        (
            5,
            4.0,
            [0.4, 0.4, 0.2],
            [0.651_897_122_485_358, 1.810_825_340_237_11, 6.156_806_156_806_16],
        ),
        (
            20,
            4.0,
            [2.0, 1.5, 1.0],
            [0.183_589_668_272_039, 0.611_965_560_906_797, 3.671_793_365_440_78],
        ),
        (
            50,
            1.0,
            [10.0, 20.0, 17.0],
            [0.014_199_505_326_218_5, 0.035_498_763_315_546_2, 0.473_316_844_207_284],
        ),
        (
            10,
            10.0,
            [0.2, 0.3, 0.4],
            [0.835_914_405_134_621, 1.671_828_810_269_24, 13.374_630_482_153_9],
        ),
    ];
    for (people, handle, rates, waits) in cases {
        let stream = |(place, rate): (u8, f64)| StreamSetting {
            priority: place,
            ..calls(rate, handle, None)
        };
        let streams = (1..).zip(rates).map(stream).collect();
        let days = steady(streams, &[people]).days(30, 11);
        for (stream, wait) in waits.into_iter().enumerate() {
            covers(
                &format!("{people} people, class {stream}"),
                over(&days, stream, |s| s.waiting),
                wait,
            );
        }
    }
}

#[test]
fn handle_times_that_are_not_exponential_wait_as_pollaczek_and_crommelin_say() {
    // One person (Pollaczek and Khinchine), then several with handle times all alike (Crommelin).
    let cases = [
        (1, 0.08, 10.0, 0.0, 20.0),
        (1, 0.08, 10.0, 0.5, 30.0),
        (1, 0.08, 10.0, 1.5, 50.0),
        (1, 0.04, 20.0, 2.0, 120.0),
        (5, 4.0, 1.0, 0.0, 0.289_060_007_262_656),
        (10, 9.0, 1.0, 0.0, 0.344_582_050_379_643),
        (50, 45.0, 1.0, 0.0, 0.039_525_887_174_183_9),
    ];
    for (people, rate, handle, variability, wait) in cases {
        // A day of a lone person is longer, for it takes longer to forget its start.
        let (grid, days) = if people == 1 { (8000.0, 30) } else { (GRID, 60) };
        let stream = StreamSetting {
            length: Length::of_variability(variability),
            ..calls(rate, handle, None)
        };
        let mut model = models::model(vec![stream], &[people], grid, 1.0 / 3.0);
        model.count_between(grid * FORGOTTEN as f64, grid * (INTERVALS - 1) as f64);
        let played = over(&model.days(days, 11), 0, |s| s.waiting);
        covers(&format!("{people} people, variability {variability}"), played, wait);
    }
}

#[test]
fn quiet_and_busy_days_come_out_as_the_mean_over_busyness() {
    // 5 calls a minute of 4 minutes, patience 2, scaled every day by a gamma factor: shape, people, answered in
    // time, given up, delayed, each weighted by calls.
    let cases = [
        (10.0, 22, [0.680_053_020_622, 0.120_756_684_463, 0.429_525_251_359]),
        (28.7, 20, [0.652_413_712_578, 0.127_528_733_145, 0.482_527_186_902]),
        (100.0, 24, [0.883_035_835_361, 0.039_143_268_993, 0.209_361_253_379]),
    ];
    for (shape, people, [level, lost, delayed]) in cases {
        let mut stream = models::voice(4.0, Some(2.0), vec![5.0]);
        stream.day_factor = (0, f64::sqrt(shape).recip());
        let mut model = models::model(vec![stream], &[people], 720.0, 1.0 / 3.0);
        model.count_between(90.0, 690.0);
        let days = model.days(250, 11);
        covers(&format!("shape {shape}: level"), over(&days, 0, |s| s.answered_in_time), level);
        covers(&format!("shape {shape}: lost"), over(&days, 0, |s| s.abandoned), lost);
        covers(&format!("shape {shape}: delayed"), over(&days, 0, |s| s.delayed), delayed);
    }
}
