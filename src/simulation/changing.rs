//! A day whose rates and staff change by the hour, played and followed by the differential equations of its
//! chain (calls of six minutes, patience of three, staffed hour by hour without regard to the hour before).

#![expect(clippy::cast_precision_loss, reason = "hours are few")]

use super::Seed;
use super::exact::covers;
use super::floor::{Floor, State};
use super::models::{self, Model};
use super::published::{SURE, ratio};

/// A day of fourteen hours: calls a minute, and by hour the people there, how often everyone is busy, callers
/// waiting, people busy and calls given up, from the differential equations of the chain.
const CALLS_A_MINUTE: [f64; 14] =
    [2.0, 5.0, 9.0, 12.0, 14.0, 13.0, 11.0, 12.0, 13.0, 12.0, 10.0, 7.0, 4.0, 2.0];

type Hour = (usize, [f64; 4]);

const AMPLE: [Hour; 14] = [
    (16, [0.105_121_894_9, 0.126_295_218_6, 10.564_298_146, 0.021_049_203_0]),
    (36, [0.106_279_789_3, 0.215_139_867_1, 27.781_197_828, 0.014_342_657_8]),
    (62, [0.103_535_275_3, 0.287_546_196_5, 51.034_345_624, 0.010_649_859_1]),
    (81, [0.112_085_985_1, 0.365_451_208_3, 69.476_719_372, 0.010_151_422_5]),
    (94, [0.112_136_396_4, 0.393_436_569_0, 82.014_089_411, 0.009_367_537_4]),
    (87, [0.161_319_658_5, 0.588_448_481_4, 77.427_304_243, 0.015_088_422_6]),
    (75, [0.164_823_047_0, 0.595_322_992_6, 65.998_914_910, 0.018_040_090_7]),
    (81, [0.125_096_912_6, 0.409_097_904_3, 70.587_055_691, 0.011_363_830_7]),
    (87, [0.132_759_747_5, 0.458_165_329_1, 76.488_875_567, 0.011_747_829_0]),
    (81, [0.153_568_485_3, 0.531_363_298_2, 71.532_047_100, 0.014_760_091_6]),
    (68, [0.183_578_618_4, 0.652_090_193_7, 59.894_044_143, 0.021_736_339_8]),
    (49, [0.204_703_055_1, 0.759_119_583_5, 42.272_159_554, 0.036_148_551_6]),
    (29, [0.237_764_433_3, 0.791_253_999_7, 24.212_340_548, 0.065_937_833_3]),
    (16, [0.215_632_082_4, 0.473_198_408_2, 12.241_599_139, 0.078_866_401_4]),
];

const LEAN: [Hour; 14] = [
    (12, [0.381_741_611_7, 0.645_817_374_6, 9.588_504_985, 0.107_636_229_1]),
    (30, [0.368_178_782_3, 1.033_553_077_3, 26.180_245_601, 0.068_903_538_5]),
    (54, [0.362_043_528_2, 1.391_617_710_7, 48.860_628_422, 0.051_541_396_6]),
    (72, [0.376_202_543_1, 1.684_596_440_5, 66.857_423_696, 0.046_794_345_6]),
    (84, [0.391_835_896_1, 1.904_731_096_2, 79.006_449_184, 0.045_350_740_4]),
    (78, [0.453_428_499_0, 2.242_411_407_3, 74.107_371_057, 0.057_497_728_4]),
    (66, [0.474_750_458_1, 2.302_550_622_8, 62.578_331_087, 0.069_774_261_3]),
    (72, [0.409_856_691_2, 1.844_507_150_3, 67.719_445_212, 0.051_236_309_7]),
    (78, [0.409_987_529_6, 1.924_787_480_6, 73.558_535_136, 0.049_353_525_1]),
    (72, [0.454_949_635_0, 2.162_224_687_5, 68.267_438_508, 0.060_061_796_9]),
    (60, [0.477_119_074_7, 2.217_449_596_4, 56.747_790_924, 0.073_914_986_5]),
    (42, [0.499_532_124_4, 2.193_356_990_0, 39.383_646_451, 0.104_445_571_0]),
    (24, [0.515_364_202_0, 1.852_296_511_9, 22.058_300_241, 0.154_358_042_7]),
    (12, [0.525_830_458_1, 1.271_051_047_5, 10.624_123_424, 0.211_841_841_2]),
];

/// Calls of the day of six minutes and patience of three, played with these people.
fn changing_day(hours: &[Hour; 14]) -> Model {
    let mut rates = CALLS_A_MINUTE.to_vec();
    rates.push(0.0);
    let people: Vec<usize> = hours.iter().map(|hour| hour.0).collect();
    models::staffed(models::voice(6.0, Some(3.0), rates), &people, 60.0)
}

/// Of an hour: calls, of these delayed; minutes of callers waiting and of people talking; calls given up in it.
fn hour_played(floor: &Floor<'_>, hour: usize) -> [f64; 5] {
    let (from, to) = (60.0 * hour as f64, 60.0 * (hour + 1) as f64);
    let within = |start: f64, end: f64| (end.min(to) - start.max(from)).max(0.0);
    let one = |holds: bool| f64::from(u8::from(holds));
    floor.contacts.iter().fold([0.0; 5], |sums, call| {
        let gave_up = call.state == State::GaveUp;
        let left = if gave_up { call.ended } else { call.answered };
        let came = (from..to).contains(&call.arrived);
        let talked = if gave_up { 0.0 } else { within(call.answered, call.ended) };
        let of_call = [
            one(came),
            one(came && left > call.arrived),
            within(call.arrived, left),
            talked,
            one(gave_up && (from..to).contains(&call.ended)),
        ];
        std::array::from_fn(|figure| sums[figure] + of_call[figure])
    })
}

/// Where people come on, the play is the chain of the equations. Where they go home the equations let calls
/// change hands at once, while in play people finish theirs first: then callers wait less than they say.
#[test]
fn a_day_of_changing_rates_and_staff_comes_out_as_its_equations_say() {
    for (name, hours) in [("ample", AMPLE), ("lean", LEAN)] {
        let model = changing_day(&hours);
        let mut floor = model.floor();
        let day = |replication| {
            floor.play(Seed { seed: 11, replication });
            std::array::from_fn::<_, 14, _>(|hour| hour_played(&floor, hour))
        };
        let days: Vec<[[f64; 5]; 14]> = (0..60).map(day).collect();
        for hour in 0..14 {
            let figure = |above: usize, below: Option<usize>| {
                let of = |day: &[[f64; 5]; 14]| {
                    (day[hour][above], below.map_or(60.0, |it| day[hour][it]))
                };
                ratio(&days.iter().map(of).collect::<Vec<_>>())
            };
            let [delayed, waiting, busy, lost] = hours[hour].1;
            let checks = [
                ("delayed", figure(1, Some(0)), delayed),
                ("waiting", figure(2, None), waiting),
                ("busy", figure(3, None), busy),
                ("given up", figure(4, Some(0)), lost),
            ];
            let is_exact = hour == 0 || hours[hour].0 > hours[hour - 1].0;
            for (what, (value, error), exact) in checks {
                let name = format!("{name}, hour {hour}: {what}");
                if is_exact {
                    covers(&name, (value, error), exact);
                } else if what != "busy" {
                    assert!(value - SURE * error <= exact, "{name}: {value}, {exact}");
                }
            }
        }
    }
}
