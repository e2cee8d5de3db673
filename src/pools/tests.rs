mod unseen;

use super::*;

fn sized(text: &str) -> PoolsSized {
    size(&read(text).unwrap(), 1).unwrap()
}

/// Easy calls overflow to specialists, who answer hard calls first.
fn overflow(
    arrivals: [f64; 2],
    done: [f64; 2],
    theta: [f64; 2],
    costs: [f64; 2],
    most: [f64; 2],
) -> String {
    let seconds = |rate: f64| 60.0 / rate;
    format!(
        r#"
per = "1m"
[[queues]]
id = "easy"
arrivals = {}
handle = "{}s"
patience = "{}s"
abandonment = {}
[[queues]]
id = "hard"
arrivals = {}
handle = "{}s"
patience = "{}s"
abandonment = {}
[[pools]]
id = "generalists"
queues = ["easy"]
cost = {}
handle = "{}s"
[[pools]]
id = "specialists"
queues = ["easy", "hard"]
cost = {}
handle = "{}s"
"#,
        arrivals[0],
        seconds(done[0]),
        seconds(theta[0]),
        most[0],
        arrivals[1],
        seconds(done[1]),
        seconds(theta[1]),
        most[1],
        costs[0],
        seconds(done[0]),
        costs[1],
        seconds(done[1]),
    )
}

#[test]
fn the_cheapest_overflow_is_the_one_found_by_listing_every_mix() {
    // Optima of three systems by the exact chain of every mix.
    let cases = [
        (overflow([1.0, 0.8], [0.2, 0.2], [0.3, 0.3], [1.0, 1.2], [0.05, 0.05]), [3, 9], 13.8),
        (overflow([1.0, 0.8], [0.25, 0.2], [0.3, 0.5], [1.0, 1.2], [0.08, 0.03]), [4, 9], 14.8),
        (overflow([0.6, 1.2], [0.2, 0.25], [0.25, 0.25], [1.0, 1.4], [0.05, 0.05]), [2, 8], 13.2),
    ];
    for (text, mix, cost) in cases {
        let sized = sized(&text);
        assert_eq!((sized.headcount.as_slice(), sized.is_cheapest), (&mix[..], true), "{sized:?}");
        assert!((sized.cost - cost).abs() < 1e-9);
    }
}

#[test]
fn two_skills_cost_at_most_what_the_best_of_27_mixes_did() {
    // Billing 100 an hour of 4 minutes, technical 50 of 8; a flexible agent costs 1.4. The published planner's
    // own answer is ten flexible agents, who answer one call in forty in time.
    let sized = sized(
        r#"
per = "1h"
[queues.billing]
arrivals = 100
handle = "4m"
target = "80/20s"
[queues.technical]
arrivals = 50
handle = "8m"
patience = "10m"
target = "80/20s"
[pools.billing]
queues = ["billing"]
cost = 1
[pools.technical]
queues = ["technical"]
cost = 1
[pools.flexible]
queues = ["billing", "technical"]
cost = 1.4
"#,
    );
    assert!(sized.cost <= 19.2 + 1e-9, "{sized:?}");
    for queue in &sized.queues {
        assert!(queue.service_level.high > 0.8, "{sized:?}");
    }
}

#[test]
fn one_queue_and_one_pool_need_what_erlang_a_says() {
    let sized = sized(
        r#"
[[queues]]
id = "phone"
arrivals = 100
handle = "300s"
patience = "120s"
target = "80/20s"
[[pools]]
id = "everyone"
queues = ["phone"]
cost = 2.5
"#,
    );
    // 18.3 agents by the formula, so 19.
    assert_eq!((sized.headcount, sized.cost), (vec![19], 47.5));
}

#[test]
fn every_problem_of_a_file_is_told_at_once() {
    let problems = read(
        r#"
colour = "red"
[[queues]]
id = "phone"
arrivals = -3
handle = 300
patience = "0s"
target = "80"
[[queues]]
id = "phone"
arrivals = nan
handle = "5m"
abandonment = 0.05
[[pools]]
id = "everyone"
queues = ["chat"]
cost = 0
"#,
    )
    .unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    for place in [
        "colour",
        "queues.phone",
        "queues.phone.arrivals",
        "queues.phone.handle",
        "queues.phone.patience",
        "queues.phone.target",
        "queues.phone.abandonment",
        "pools.everyone.queues",
        "pools.everyone.cost",
    ] {
        assert!(places.contains(&place), "{place} is missing in {places:?}");
    }
    for text in ["", "nonsense", "queues = 3\npools = 4", "[[queues]]\n[[pools]]"] {
        assert!(read(text).is_err(), "{text}");
    }
}

/// A queue that is asked about, beside one of ten contacts in half an hour.
fn beside(arrivals: &str, handle: &str, patience: &str, target: &str) -> String {
    format!(
        r#"
[[queues]]
id = "asked"
arrivals = {arrivals}
handle = "{handle}"
patience = "{patience}"
{target}
[[queues]]
id = "other"
arrivals = 10
handle = "5m"
target = "80/20s"
[[pools]]
id = "some"
queues = ["asked"]
cost = 1
[[pools]]
id = "all"
queues = ["asked", "other"]
cost = 1.2
"#
    )
}

#[test]
fn a_queue_without_contacts_keeps_its_target_and_needs_nobody() {
    let without = sized(&beside("0", "5m", "2m", "target = \"80/20s\""));
    assert_eq!((without.headcount[0], without.queues[0].judged), (0, Judged::Kept));
    assert_eq!(without.queues[0].service_level.value, 1.0);
    let nobody = sized(
        "[queues.a]\narrivals = 0\nhandle = \"5m\"\ntarget = \"80/20s\"\n[pools.p]\nqueues = [\"a\"]\ncost = 1",
    );
    assert_eq!((nobody.headcount, nobody.cost), (vec![0], 0.0));
}

#[test]
fn a_contact_a_day_a_target_of_nothing_and_one_near_all_are_sized() {
    for (arrivals, handle, patience, target) in [
        ("0.02", "5m", "infinite", "target = \"80/20s\""),
        ("5", "5m", "2m", "target = \"0/20s\""),
        ("5", "5m", "infinite", "target = \"99.9/0s\""),
        ("5", "5m", "1s", "abandonment = 0.01"),
    ] {
        let sized = sized(&beside(arrivals, handle, patience, target));
        assert!(sized.is_cheapest && sized.cost < 20.0, "{sized:?}");
        assert!(sized.queues.iter().all(|met| met.judged != Judged::Missed), "{sized:?}");
    }
}

#[test]
fn what_cannot_be_played_or_kept_is_refused_with_a_way_out() {
    for text in [
        beside("1000000", "5h", "2m", "target = \"80/20s\""),
        beside("10", "5m", "infinite", "target = \"100/20s\""),
        beside("10", "5m", "infinite", "abandonment = 0.05"),
    ] {
        let problems = read(&text).unwrap_err();
        assert!(problems.iter().all(|problem| problem.code == "P101" && !problem.fix.is_empty()));
    }
}
