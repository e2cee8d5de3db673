//! One pool through a day of changing arrivals and staff, without waiting for a steady state.
//!
//! The chances `p` of 0, 1, 2 ... contacts present follow `p' = p Q(t)` exactly, with births `lambda(t)` and
//! deaths `min(k, s) mu + max(k - s, 0) theta`; over a period of constant rates
//!
//! ```text
//! p(t) = sum_j e^(-L t) (L t)^j / j!  p (I + Q/L)^j,    L at least every rate out of a state
//! ```
//!
//! (uniformisation, Jensen 1953), and the same sum with the Poisson weights' tails over `L t` is the mean over
//! the period. All terms are positive, so nothing cancels. A contact that finds `j` others waiting is answered
//! within `T` with chance `g_j(T)`,
//!
//! ```text
//! g_j' = (s mu + j theta) (g_(j-1) - g_j) - theta g_j,    g_(-1) = 1,   g_j(0) = 0
//! ```
//!
//! which is followed the same way. Half an agent serves at half the rate. Assumes Poisson arrivals, exponential
//! handle times and patience, that whoever leaves at a change of staff hands the contact on at once, and that
//! staff do not change while one contact waits for its answer. It is what approximations over time are checked
//! with: a peak carries its queue into the hours after it.

use serde::Serialize;

use super::erlang_a::Levels;

/// Rates that hold for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// How long, in minutes.
    pub minutes: f64,
    /// Contacts a minute.
    pub arrivals: f64,
    /// Agents; half an agent serves at half the rate.
    pub agents: f64,
}

/// A pool's pace and its customers' patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Mean minutes a contact takes.
    pub handle: f64,
    /// Mean minutes until somebody who waits hangs up; none: nobody does.
    pub patience: Option<f64>,
    /// Minutes within which an answer counts as in time.
    pub within: f64,
}

/// What happens in a stretch, as means over its time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Passage {
    /// Share of the time in which a contact would have to wait.
    pub waiting: f64,
    /// Contacts waiting.
    pub queue: f64,
    /// Agents busy.
    pub busy: f64,
    /// Contacts that hang up over contacts that come in; none where none come in.
    pub abandonment: Option<f64>,
    /// Service level of contacts that come in, by each of its definitions.
    pub levels: Levels,
    /// Contacts present at its end.
    pub present_at_end: f64,
}

/// A step of the sum holds at most so many jumps on average, so that its weights do not underflow.
const JUMPS: f64 = 40.0;
/// More contacts at once than this are not followed.
const MOST_PRESENT: f64 = 20_000.0;
/// More work than this, in jumps times states, is not done.
const MOST_WORK: f64 = 2e9;
/// Chances below this are none.
const NEVER: f64 = 1e-18;

/// Follow a pool through its stretches, from empty.
///
/// # Errors
/// A sentence where a figure makes no sense or more contacts gather than can be followed.
pub fn follow(stretches: &[Stretch], pace: Pace) -> Result<Vec<Passage>, String> {
    let sensible = |x: f64| x.is_finite() && x >= 0.0;
    let is_sound = sensible(pace.handle)
        && pace.handle > 0.0
        && sensible(pace.within)
        && pace.patience.is_none_or(|patience| patience.is_finite() && patience > 0.0);
    let all_sound = stretches
        .iter()
        .all(|part| sensible(part.minutes) && sensible(part.arrivals) && sensible(part.agents));
    if !is_sound || !all_sound {
        return Err(
            "lengths, rates and times must be numbers from 0, handle time above 0".to_owned()
        );
    }
    let states = most_present(stretches, pace)?;
    let mut chances = vec![0.0; states];
    chances[0] = 1.0;
    Ok(stretches.iter().map(|part| pass(&mut chances, part, pace)).collect())
}

/// Enough states that what lies above is too rare to count: the most that can gather, and eight roots of it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most some tens of thousands"
)]
fn most_present(stretches: &[Stretch], pace: Pace) -> Result<usize, String> {
    let (mut now, mut most) = (0.0f64, 1.0f64);
    let mut jumps = 0.0;
    for part in stretches {
        let n = part.agents;
        // Contacts present settle where they leave as fast as they come, or grow all through the stretch.
        let over = (part.arrivals - n / pace.handle).max(0.0);
        let settled = match pace.patience {
            Some(patience) => part.arrivals.min(n / pace.handle) * pace.handle + over * patience,
            None if over > 0.0 => f64::INFINITY,
            None => part.arrivals * pace.handle,
        };
        let grown = now + over * part.minutes + part.arrivals.min(n / pace.handle) * pace.handle;
        now = settled.min(grown);
        most = most.max(now).max(n);
        let waiting = pace.patience.map_or(0.0, |patience| 12.0 * most.sqrt() / patience);
        jumps += (part.arrivals + n / pace.handle + waiting) * part.minutes;
    }
    let enough = most
        + 12.0 * most.sqrt()
        + 60.0
        + if pace.patience.is_none() { 20.0 * most.sqrt() } else { 0.0 };
    if enough > MOST_PRESENT || jumps * (20.0 * most.sqrt() + 200.0) > MOST_WORK {
        return Err(format!(
            "about {most:.0} contacts would be present at once, too many to follow exactly"
        ));
    }
    Ok(enough as usize)
}

fn pass(chances: &mut Vec<f64>, part: &Stretch, pace: Pace) -> Passage {
    let rates = Rates::of(part, pace, chances.len());
    let mut time = vec![0.0; chances.len()];
    let jumps = rates.fastest * part.minutes;
    let steps = (jumps / JUMPS).ceil().max(1.0);
    let mut done = 0.0;
    while done < steps {
        *chances = rates.step(chances, jumps / steps, &mut time);
        done += 1.0;
    }
    let whole: f64 = time.iter().sum();
    let s = part.agents;
    let over = |weigh: &dyn Fn(usize) -> f64| -> f64 {
        let parts = time.iter().enumerate().filter(|(_, spent)| **spent > 0.0);
        let sum: f64 = parts.map(|(place, spent)| spent * weigh(place)).sum();
        if whole > 0.0 { sum / whole } else { 0.0 }
    };
    let queue = over(&|place| (count(place) - s).max(0.0));
    let abandonment = (part.arrivals > 0.0)
        .then(|| pace.patience.map_or(0.0, |patience| queue / patience / part.arrivals));
    let reached = time.iter().rposition(|&spent| spent > 0.0).unwrap_or(0);
    let answered = Answered::of(part, pace, reached);
    let offered = over(&|place| answered.by(place, &answered.served)).min(1.0);
    let waited = over(&|place| answered.by(place, &answered.gone)).clamp(offered, 1.0);
    let rest = (1.0 - abandonment.unwrap_or(0.0)).max(offered).max(f64::MIN_POSITIVE);
    Passage {
        waiting: over(&|place| (count(place) + 1.0 - s).clamp(0.0, 1.0)),
        queue,
        busy: over(&|place| count(place).min(s)),
        abandonment,
        levels: Levels {
            offered,
            answered: offered / rest,
            without_short_abandons: offered / (1.0 - (waited - offered)).max(f64::MIN_POSITIVE),
            waited,
        },
        present_at_end: chances
            .iter()
            .enumerate()
            .map(|(place, chance)| chance * count(place))
            .sum(),
    }
}

fn count(place: usize) -> f64 {
    f64::from(u32::try_from(place).unwrap_or(u32::MAX))
}

/// What becomes of a contact within the threshold, by how many wait before it.
struct Answered {
    /// Chance to be served.
    served: Vec<f64>,
    /// Chance to be served or to hang up.
    gone: Vec<f64>,
    /// Contacts present up to which one that comes is served at once.
    free: usize,
    /// Part of an agent above whole ones.
    part: f64,
}

impl Answered {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "agents followed are at most some tens of thousands"
    )]
    fn of(part: &Stretch, pace: Pace, reached: usize) -> Answered {
        let free = part.agents.floor();
        let c = part.agents / pace.handle;
        let theta = pace.patience.map_or(0.0, |patience| 1.0 / patience);
        let places = (reached + 1).saturating_sub(free as usize);
        let fastest = (c + theta * (count(places) + 1.0)).max(f64::MIN_POSITIVE);
        let jumps = fastest * pace.within;
        let steps = (jumps / JUMPS).ceil().max(1.0);
        let mut all = Answered {
            served: vec![0.0; places],
            gone: vec![0.0; places],
            free: free as usize,
            part: part.agents - free,
        };
        for (own, end) in [(&mut all.served, 0.0), (&mut all.gone, 1.0)] {
            let mut done = 0.0;
            while done < steps && pace.within > 0.0 {
                wait(own, jumps / steps, c / fastest, theta / fastest, end);
                done += 1.0;
            }
        }
        all
    }

    /// For a contact that finds so many present; half an agent is there half of the time.
    fn by(&self, place: usize, chances: &[f64]) -> f64 {
        let ahead = |whole: usize| match place.checked_sub(whole) {
            Some(ahead) => chances.get(ahead).copied().unwrap_or(0.0),
            None => 1.0,
        };
        (1.0 - self.part) * ahead(self.free) + self.part * ahead(self.free + 1)
    }
}

/// So many jumps on average further from the answer, by how many wait before; hanging up ends at `end`.
fn wait(chances: &mut Vec<f64>, jumps: f64, served: f64, hangs_up: f64, end: f64) {
    let mut later = vec![0.0; chances.len()];
    let mut weight = (-jumps).exp();
    let mut made = 0.0;
    loop {
        later.iter_mut().zip(chances.iter()).for_each(|(later, now)| *later += weight * now);
        made += 1.0;
        if made > jumps && weight < NEVER {
            *chances = later;
            return;
        }
        weight *= jumps / made;
        let mut before = 1.0;
        for (ahead, own) in chances.iter_mut().enumerate() {
            let moves = served + count(ahead) * hangs_up;
            let now = *own;
            *own = moves * before + hangs_up * end + (1.0 - moves - hangs_up) * now;
            before = now;
        }
    }
}

/// Rates out of each state in a stretch.
struct Rates {
    arrivals: f64,
    leaving: Vec<f64>,
    fastest: f64,
}

impl Rates {
    fn of(part: &Stretch, pace: Pace, states: usize) -> Rates {
        let mut leaving = Vec::with_capacity(states);
        let mut present = 0.0f64;
        let s = part.agents;
        while leaving.len() < states {
            let hanging_up =
                pace.patience.map_or(0.0, |patience| (present - s).max(0.0) / patience);
            leaving.push(present.min(s) / pace.handle + hanging_up);
            present += 1.0;
        }
        let fastest = part.arrivals + leaving.iter().copied().fold(0.0, f64::max);
        Rates { arrivals: part.arrivals, leaving, fastest: fastest.max(f64::MIN_POSITIVE) }
    }

    /// So many jumps on average later; what each state's share of the time was is added to `time`, in jumps.
    /// Only states that have a chance are looked at.
    fn step(&self, chances: &[f64], jumps: f64, time: &mut [f64]) -> Vec<f64> {
        let last = chances.len() - 1;
        let mut now = chances.to_vec();
        let mut next = vec![0.0; now.len()];
        let mut later = vec![0.0; now.len()];
        let mut low = now.iter().position(|&chance| chance > NEVER).unwrap_or(0);
        let mut high = now.iter().rposition(|&chance| chance > NEVER).unwrap_or(0);
        let mut weight = (-jumps).exp();
        let mut rest = 1.0 - weight;
        let mut made = 0.0;
        loop {
            for place in low..=high {
                later[place] += weight * now[place];
                time[place] += rest * now[place];
            }
            made += 1.0;
            if made > jumps && weight < NEVER {
                return later;
            }
            weight *= jumps / made;
            rest = (rest - weight).max(0.0);
            let (from, to) = (low.saturating_sub(1), (high + 1).min(last));
            self.jump(&now, &mut next, from, to);
            std::mem::swap(&mut now, &mut next);
            (low, high) = (from, to);
            while low < high && now[low] <= NEVER {
                now[low] = 0.0;
                low += 1;
            }
            while high > low && now[high] <= NEVER {
                now[high] = 0.0;
                high -= 1;
            }
        }
    }

    /// One jump of the chain between two states; at the last state nobody more joins.
    fn jump(&self, now: &[f64], next: &mut [f64], from: usize, to: usize) {
        let last = now.len() - 1;
        let up = self.arrivals / self.fastest;
        for place in from..=to {
            let out = if place < last { up } else { 0.0 } + self.leaving[place] / self.fastest;
            let below = if place > 0 { now[place - 1] * up } else { 0.0 };
            let above = if place < last {
                now[place + 1] * self.leaving[place + 1] / self.fastest
            } else {
                0.0
            };
            next[place] = now[place] * (1.0 - out) + below + above;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a::Station;
    use crate::units::Fte;

    #[test]
    fn a_long_stretch_comes_to_the_steady_state() {
        let part = Stretch { minutes: 2_000.0, arrivals: 4.8, agents: 5.0 };
        let pace = Pace { handle: 1.0, patience: Some(2.0), within: 0.5 };
        let passed = follow(&[part, part], pace).unwrap()[1];
        let steady =
            Station { arrivals: 4.8, handle: 1.0, patience: Some(2.0) }.service(Fte(5.0), 0.5);
        assert!((passed.waiting - steady.waiting).abs() < 1e-9);
        assert!((passed.queue - steady.queue).abs() < 1e-9);
        assert!((passed.abandonment.unwrap() - steady.abandonment).abs() < 1e-9);
        for (ours, theirs) in [
            (passed.levels.offered, steady.levels.offered),
            (passed.levels.answered, steady.levels.answered),
            (passed.levels.without_short_abandons, steady.levels.without_short_abandons),
            (passed.levels.waited, steady.levels.waited),
        ] {
            assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
        }
    }

    #[test]
    fn half_an_agent_is_worth_what_continued_erlang_says_to_a_point() {
        for (load, agents) in [(9.0, 11.5), (3.0, 4.5), (50.0, 52.5)] {
            let part = Stretch { minutes: 3_000.0, arrivals: load / 5.0, agents };
            let pace = Pace { handle: 5.0, patience: Some(3.0), within: 1.0 / 3.0 };
            let passed = follow(&[part, part], pace).unwrap()[1].levels.offered;
            let steady = Station { arrivals: load / 5.0, handle: 5.0, patience: Some(3.0) };
            let steady = steady.service(Fte(agents), 1.0 / 3.0).levels.offered;
            assert!((passed - steady).abs() < 0.01, "{load}: {passed} {steady}");
        }
    }

    #[test]
    fn an_empty_pool_fills_as_the_offered_load_does_while_nobody_waits() {
        let part = Stretch { minutes: 3.0, arrivals: 2.0, agents: 60.0 };
        let passed = follow(&[part], Pace { handle: 6.0, patience: None, within: 0.0 }).unwrap()[0];
        let expected = 12.0 * (1.0 - (-0.5f64).exp());
        assert!((passed.present_at_end - expected).abs() < 1e-9);
    }

    #[test]
    fn a_peak_leaves_its_queue_to_the_quiet_hour_after_it() {
        let busy = Stretch { minutes: 60.0, arrivals: 6.0, agents: 30.0 };
        let quiet = Stretch { arrivals: 4.0, ..busy };
        let pace = Pace { handle: 6.0, patience: Some(10.0), within: 0.0 };
        let after = follow(&[busy, quiet], pace).unwrap()[1].waiting;
        let alone = follow(&[quiet, quiet], pace).unwrap()[1].waiting;
        assert!(after > alone + 0.05, "{after} {alone}");
    }

    #[test]
    fn nothing_foolish_is_followed() {
        let part = Stretch { minutes: 60.0, arrivals: 1e9, agents: 1.0 };
        assert!(follow(&[part], Pace { handle: 1.0, patience: None, within: 0.0 }).is_err());
        for wrong in [f64::NAN, -1.0, f64::INFINITY] {
            let part = Stretch { arrivals: wrong, ..part };
            assert!(follow(&[part], Pace { handle: 1.0, patience: None, within: 0.0 }).is_err());
        }
        let nobody = Stretch { minutes: 0.0, arrivals: 0.0, agents: 0.0 };
        let passed =
            follow(&[nobody], Pace { handle: 1.0, patience: None, within: 0.0 }).unwrap()[0];
        assert_eq!((passed.queue, passed.abandonment), (0.0, None));
    }
}
