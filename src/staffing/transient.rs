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
//! the period. All terms are positive, so nothing cancels. Assumes Poisson arrivals, exponential handle times
//! and patience, and that whoever leaves at a change of staff hands the contact on at once. It is what
//! approximations over time are checked with: a peak carries its queue into the hours after it.

use serde::Serialize;

/// Rates that hold for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// How long, in minutes.
    pub minutes: f64,
    /// Contacts a minute.
    pub arrivals: f64,
    /// Agents.
    pub agents: u32,
}

/// A pool's pace and its customers' patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Mean minutes a contact takes.
    pub handle: f64,
    /// Mean minutes until somebody who waits hangs up; none: nobody does.
    pub patience: Option<f64>,
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
    /// Contacts present at its end.
    pub present_at_end: f64,
}

/// A step of the sum holds at most so many jumps on average, so that its weights do not underflow.
const JUMPS: f64 = 40.0;
/// More contacts at once than this are not followed.
const MOST_PRESENT: f64 = 20_000.0;

/// Follow a pool through its stretches, from empty.
///
/// # Errors
/// A sentence where a figure makes no sense or more contacts gather than can be followed.
pub fn follow(stretches: &[Stretch], pace: Pace) -> Result<Vec<Passage>, String> {
    let sensible = |x: f64| x.is_finite() && x >= 0.0;
    let is_sound = sensible(pace.handle)
        && pace.handle > 0.0
        && pace.patience.is_none_or(|patience| patience.is_finite() && patience > 0.0);
    if !is_sound || !stretches.iter().all(|part| sensible(part.minutes) && sensible(part.arrivals))
    {
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
    for part in stretches {
        let n = f64::from(part.agents);
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
    }
    let enough = most
        + 12.0 * most.sqrt()
        + 60.0
        + if pace.patience.is_none() { 20.0 * most.sqrt() } else { 0.0 };
    if enough > MOST_PRESENT {
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
    let count = |place: usize| f64::from(u32::try_from(place).unwrap_or(u32::MAX));
    let n = part.agents as usize;
    let over = |weigh: &dyn Fn(usize) -> f64| -> f64 {
        let parts = time.iter().enumerate().map(|(place, spent)| spent * weigh(place));
        if whole > 0.0 { parts.sum::<f64>() / whole } else { 0.0 }
    };
    let queue = over(&|place| count(place.saturating_sub(n)));
    Passage {
        waiting: over(&|place| if place >= n { 1.0 } else { 0.0 }),
        queue,
        busy: over(&|place| count(place.min(n))),
        abandonment: (part.arrivals > 0.0)
            .then(|| pace.patience.map_or(0.0, |patience| queue / patience / part.arrivals)),
        present_at_end: chances
            .iter()
            .enumerate()
            .map(|(place, chance)| chance * count(place))
            .sum(),
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
        let n = f64::from(part.agents);
        while leaving.len() < states {
            let hanging_up =
                pace.patience.map_or(0.0, |patience| (present - n).max(0.0) / patience);
            leaving.push(present.min(n) / pace.handle + hanging_up);
            present += 1.0;
        }
        let fastest = part.arrivals + leaving.iter().copied().fold(0.0, f64::max);
        Rates { arrivals: part.arrivals, leaving, fastest: fastest.max(f64::MIN_POSITIVE) }
    }

    /// So many jumps on average later; what each state's share of the time was is added to `time`, in jumps.
    fn step(&self, chances: &[f64], jumps: f64, time: &mut [f64]) -> Vec<f64> {
        let mut now = chances.to_vec();
        let mut later = vec![0.0; now.len()];
        let mut weight = (-jumps).exp();
        let mut rest = 1.0 - weight;
        let mut count = 0.0;
        loop {
            for ((later, time), &chance) in later.iter_mut().zip(time.iter_mut()).zip(&now) {
                *later += weight * chance;
                *time += rest * chance;
            }
            count += 1.0;
            if count > jumps && weight < 1e-18 {
                return later;
            }
            weight *= jumps / count;
            rest = (rest - weight).max(0.0);
            now = self.jump(&now);
        }
    }

    /// One jump of the chain; at the last state nobody more joins.
    fn jump(&self, now: &[f64]) -> Vec<f64> {
        let last = now.len() - 1;
        let up = self.arrivals / self.fastest;
        (0..now.len())
            .map(|place| {
                let out = if place < last { up } else { 0.0 } + self.leaving[place] / self.fastest;
                let below = if place > 0 { now[place - 1] * up } else { 0.0 };
                let above = if place < last {
                    now[place + 1] * self.leaving[place + 1] / self.fastest
                } else {
                    0.0
                };
                now[place] * (1.0 - out) + below + above
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::erlang_a::Station;
    use crate::units::Fte;

    #[test]
    fn a_long_stretch_comes_to_the_steady_state() {
        let part = Stretch { minutes: 2_000.0, arrivals: 4.8, agents: 5 };
        let pace = Pace { handle: 1.0, patience: Some(2.0) };
        let passed = follow(&[part, part], pace).unwrap()[1];
        let steady =
            Station { arrivals: 4.8, handle: 1.0, patience: Some(2.0) }.service(Fte(5.0), 0.0);
        assert!((passed.waiting - steady.waiting).abs() < 1e-9);
        assert!((passed.queue - steady.queue).abs() < 1e-9);
        assert!((passed.abandonment.unwrap() - steady.abandonment).abs() < 1e-9);
    }

    #[test]
    fn an_empty_pool_fills_as_the_offered_load_does_while_nobody_waits() {
        let part = Stretch { minutes: 3.0, arrivals: 2.0, agents: 60 };
        let passed = follow(&[part], Pace { handle: 6.0, patience: None }).unwrap()[0];
        let expected = 12.0 * (1.0 - (-0.5f64).exp());
        assert!((passed.present_at_end - expected).abs() < 1e-9);
    }

    #[test]
    fn a_peak_leaves_its_queue_to_the_quiet_hour_after_it() {
        let busy = Stretch { minutes: 60.0, arrivals: 6.0, agents: 30 };
        let quiet = Stretch { arrivals: 4.0, ..busy };
        let pace = Pace { handle: 6.0, patience: Some(10.0) };
        let after = follow(&[busy, quiet], pace).unwrap()[1].waiting;
        let alone = follow(&[quiet, quiet], pace).unwrap()[1].waiting;
        assert!(after > alone + 0.05, "{after} {alone}");
    }

    #[test]
    fn nothing_foolish_is_followed() {
        let part = Stretch { minutes: 60.0, arrivals: 1e9, agents: 1 };
        assert!(follow(&[part], Pace { handle: 1.0, patience: None }).is_err());
        for wrong in [f64::NAN, -1.0, f64::INFINITY] {
            let part = Stretch { arrivals: wrong, ..part };
            assert!(follow(&[part], Pace { handle: 1.0, patience: None }).is_err());
        }
        let nobody = Stretch { minutes: 0.0, arrivals: 0.0, agents: 0 };
        let passed = follow(&[nobody], Pace { handle: 1.0, patience: None }).unwrap()[0];
        assert_eq!((passed.queue, passed.abandonment), (0.0, None));
    }
}
