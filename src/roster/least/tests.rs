use super::super::breaks::{Piece, Plan, Taste, Worth};
use super::super::chain::{self, Bounds};
use super::super::fatigue::{BOUNDED, Timing, most_duties};
use super::super::need::Need;
use super::super::people;
use super::super::team::MARGIN;
use super::super::tests::{shift, team as team_of, wanted};
use super::*;
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::units::{Moment, Span};

/// Two shifts by day and one by night, of one length or of several.
fn rota(days: usize, longest: i64) -> Scenario {
    let mut scenario = team_of("2026-11-30", days, 60, 3);
    scenario.shifts = ["mon-sun 06:00-06:01", "mon-sun 14:00-14:01", "mon-sun 22:00-22:01"]
        .map(|starts| shift(starts, 480, longest))
        .into();
    for shift in &mut scenario.shifts {
        shift.start_step = Minutes(1440);
    }
    scenario
}

/// How the excess of earlier duties is priced.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Excess {
    /// Carried along the line.
    Carried,
    /// Each duty priced alone.
    Alone,
}

fn bounded(
    team: &Team,
    kind: &Kind,
    (at, excess): (f64, Excess),
    worth: &Worth,
    duties: Option<usize>,
) -> (Prices, f64) {
    let mut prices = team.prices(kind, worth, Taste { step: 5, evenness: 0.0 }, true);
    let constant = add_strain(
        &mut prices,
        kind,
        team,
        duties.map_or(most_duties(kind), super::super::master::real),
    );
    let timing = Timing::bounded(at, kind, &team.weights).unwrap();
    match excess {
        Excess::Carried => prices.timing = Some(timing),
        Excess::Alone => timing.add_to(&mut prices, kind),
    }
    (prices, constant)
}

#[test]
fn no_line_costs_less_than_the_bound_takes_it_to_cost() {
    for longest in [480, 600] {
        let scenario = rota(7, longest);
        let need = Need::of(&wanted(&scenario, 1.0, "mon-sun 00:00-24:00"), &scenario);
        let team = Team::of(need, &scenario);
        let kind = &team.kinds[0];
        let mut built = 0;
        let ways = BOUNDED.map(|at| [(at, Excess::Carried), (at, Excess::Alone)]);
        let ways = ways.into_iter().flatten();
        for (way, draw) in ways.flat_map(|way| (0..30).map(move |draw| (way, draw))) {
            // What minutes are worth differs from draw to draw, so that many lines are cheapest once.
            let lengths = &team.need.lengths;
            let worth_of =
                |place: usize| f64::from(u32::try_from((place * 7 + draw * 13) % 31).unwrap());
            let minutes: Vec<f64> = (0..lengths.len())
                .map(|t| 0.2 * worth_of(t.div_euclid(6)) * f64::from(u8::from(draw > 0)))
                .collect();
            let worth = Worth::of(&minutes, lengths, MARGIN);
            let duties = (draw % 2 == 0).then_some(3 + draw.div_euclid(2) % 3);
            let (prices, constant) = bounded(&team, kind, way, &worth, duties);
            assert_eq!(prices.timing.is_some(), way.1 == Excess::Carried);
            let chains = chain::cheapest(kind, &prices, Bounds { duties, ..Bounds::best(400) });
            assert!(chains.is_exact);
            for chain in &chains.found {
                assert!(duties.is_none_or(|duties| chain.duties.len() == duties));
                let Some(placed) = team.build(AgentId::at(0), chain, &worth) else { continue };
                let gained: f64 = placed.minutes.iter().map(|&(t, on)| minutes[t] * on).sum();
                let (cost, least) = (placed.cost - gained, chain.cost + constant);
                assert!(cost >= least - 1e-6, "{cost} is below {least}");
                built += 1;
            }
        }
        assert!(built > 100, "{built}");
    }
}

/// The cheapest line found by trying every one.
fn by_trying(kind: &Kind, prices: &Prices, day: usize, done: &mut Vec<(usize, usize)>) -> f64 {
    if day == kind.days.len() {
        let paid: i64 = done.iter().map(|&(day, place)| kind.days[day][place].paid).sum();
        let week = &kind.weeks[0];
        if paid < week.fewest || paid > week.most {
            return f64::INFINITY;
        }
        let timing = prices.timing.as_ref().unwrap();
        let (mut last, mut excess, mut cost) = (crate::strain::Stint::LONG_AGO, 0.0, 0.0);
        let mut end = -(1 << 60);
        for &(day, place) in done.iter() {
            let frame = &kind.days[day][place];
            if frame.start - end < kind.limits.rest_between.0 {
                return f64::INFINITY;
            }
            let stint = frame.stint.unwrap();
            excess = stint.excess_after(&last, excess);
            cost += prices.frames[day][place].unwrap() + timing.duty(stint.risk(excess));
            if frame.start - end < crate::strain::line::QUICK_RETURN.0 {
                cost += prices.quick_return;
            }
            (last, end) = (stint, frame.end);
        }
        return cost;
    }
    let mut best = by_trying(kind, prices, day + 1, done);
    for place in 0..kind.days[day].len() {
        done.push((day, place));
        best = best.min(by_trying(kind, prices, day + 1, done));
        done.pop();
    }
    best
}

#[test]
fn the_cheapest_line_with_fatigue_priced_is_that_of_trying_every_line() {
    let mut scenario = rota(7, 480);
    for agent in &mut scenario.agents {
        agent.off_queue.clear();
        agent.week = (Minutes(1200), Minutes(2400));
        agent.weeks = vec![agent.week];
    }
    let need = Need::of(&wanted(&scenario, 1.0, "mon-sun 00:00-24:00"), &scenario);
    let team = Team::of(need, &scenario);
    let mut kind = team.kinds[0].clone();
    kind.limits.weekly_rest = Minutes(0);
    kind.limits.consecutive_days = None;
    kind.limits.rest_between = Minutes(480);
    let lengths = vec![60.0; 168];
    for seed in 0..12_u32 {
        let minute = |hour: u32| f64::from((hour * 37 + seed * 101 + hour * hour * seed) % 97);
        let worth: Vec<f64> = (0..168).map(|hour| 0.02 * minute(hour) * f64::from(seed)).collect();
        let worth = Worth::of(&worth, &lengths, super::super::team::MARGIN);
        let (prices, _) = bounded(&team, &kind, (0.75, Excess::Carried), &worth, None);
        let found = chain::cheapest(&kind, &prices, Bounds { owed: false, ..Bounds::best(1) });
        let tried = by_trying(&kind, &prices, 0, &mut Vec::new());
        assert!(found.is_exact);
        assert!((found.found[0].cost - tried).abs() < 1e-6, "{} {tried}", found.found[0].cost);
    }
}

#[test]
fn no_duty_is_laid_with_less_at_the_screen_than_the_least() {
    let pause = Piece::anywhere(15, false);
    let plan = Plan {
        pieces: vec![
            pause,
            pause,
            Piece { earliest: 120, latest: 300, ..Piece::anywhere(30, true) },
        ],
        edge: 60,
        spacing: 60,
        longest: 150,
    };
    let mut nearest = i64::MAX;
    for (length, away) in [(360, None), (450, None), (510, None), (360, Some(60)), (510, Some(60))]
    {
        let least = plan.least_longest(length, away);
        for draw in 0..40 {
            let minutes: Vec<f64> = (0..48)
                .map(|t: usize| f64::from(u32::try_from((t * 7 + draw * 11) % 13).unwrap()))
                .collect();
            let worth = Worth::of(&minutes, &[15.0; 48], 0);
            let taste = Taste { step: 5, evenness: if draw % 2 == 0 { 1e-2 } else { 1e3 } };
            let span = Span::new(Moment(0), Moment(length));
            let off_queue = away.map(|minutes| ("coaching", minutes));
            let duty = people::build_duty(&plan, span, &worth, taste, off_queue).unwrap();
            let longest = crate::strain::line::longest_stretch(&duty).0;
            assert!(longest >= least, "{longest} is below {least} of {length}");
            nearest = nearest.min(longest - least);
        }
    }
    assert_eq!(nearest, 0);
    // Four stretches of 300 and of 450 minutes of work in all, on the clock of five minutes.
    assert_eq!((plan.least_longest(360, None), plan.least_longest(510, None)), (75, 115));
}
