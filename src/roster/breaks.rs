//! Where pauses and meals go inside a duty: an exact dynamic programme against what each minute is worth.
//!
//! Pieces are laid in order; the state is which piece was laid last and where it ended, the choice how long
//! the stretch of work before the next one is. Stretches stay within bounds, so that nobody rests in the
//! first minutes of a duty and works the rest of it through.

mod next;

use self::next::{Next, State};
use super::attendance::CELL;
use crate::units::{Minutes, Moment, Span};

/// Breaks of a duty and the bounds on the work between them, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Plan {
    /// Lengths in the order they are taken in, meals marked.
    pub(super) pieces: Vec<Piece>,
    /// Shortest work before the first and after the last.
    pub(super) edge: i64,
    /// Shortest work between two.
    pub(super) spacing: i64,
    /// Longest work without one.
    pub(super) longest: i64,
}

/// One pause or meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Piece {
    /// How long.
    pub(super) length: i64,
    /// Whether it is a meal, which no wages are paid for.
    pub(super) is_meal: bool,
    /// Earliest start after the start of the duty.
    pub(super) earliest: i64,
    /// Latest start.
    pub(super) latest: i64,
    /// Whether both count from the start of the duty without the meals before.
    pub(super) by_work: bool,
}

impl Piece {
    /// A piece that may lie anywhere.
    pub(super) fn anywhere(length: i64, is_meal: bool) -> Piece {
        Piece { length, is_meal, earliest: 0, latest: i64::MAX, by_work: false }
    }
}

/// What each minute on queue is worth, summed up from the left.
#[derive(Debug, Clone)]
pub(super) struct Worth {
    /// The minute the first entry stands before.
    from: i64,
    sums: Vec<f64>,
    /// The same for minutes on duty, breaks included; empty where they are worth nothing of their own.
    duty: Vec<f64>,
}

/// How finely and how evenly breaks are laid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Taste {
    /// Minutes between possible places.
    pub(super) step: i64,
    /// Price of a squared minute of a stretch above [`COMFORTABLE`].
    pub(super) evenness: f64,
}

/// Work without a break that tires nobody more, in minutes (HSE L26: a pause each 50 to 60 minutes).
const COMFORTABLE: i64 = 60;

impl Taste {
    fn price(self, stretch: i64) -> f64 {
        let over = Minutes((stretch - COMFORTABLE).max(0)).real();
        self.evenness * over * over
    }

    /// The price of work from one minute to another, which other work taken away from the queue parts in two.
    fn price_between(self, from: i64, to: i64, taken: Option<(i64, i64)>) -> f64 {
        match taken {
            Some((away, back)) if from <= away && back <= to => {
                self.price(away - from) + self.price(to - back)
            }
            _ => self.price(to - from),
        }
    }
}

impl Worth {
    /// From the worth of a minute in each interval, a margin either side being worth nothing.
    pub(super) fn of(minutes: &[f64], lengths: &[f64], margin: i64) -> Worth {
        let count = usize::try_from(margin).expect("a margin is positive");
        let mut sums = vec![0.0; count + 1];
        let mut sum = 0.0;
        for (worth, length) in minutes.iter().zip(lengths) {
            let whole = whole_minutes(*length);
            for _ in 0..whole {
                sum += worth;
                sums.push(sum);
            }
        }
        sums.resize(sums.len() + count, sum);
        Worth { from: -margin, sums, duty: Vec::new() }
    }

    /// Make minutes of some spans, which ascend, worth so much more: on queue, or on duty whatever is done.
    pub(super) fn raise(&mut self, on_queue: bool, spans: impl Iterator<Item = (i64, i64, f64)>) {
        if !on_queue && self.duty.is_empty() {
            self.duty = vec![0.0; self.sums.len()];
        }
        let sums = if on_queue { &mut self.sums } else { &mut self.duty };
        let place = |minute: i64| usize::try_from((minute - self.from).max(0)).unwrap_or(0);
        let mut sum = 0.0;
        let mut done = 0;
        for (from, to, value) in spans {
            let (from, to) = (place(from).min(sums.len() - 1), place(to).min(sums.len() - 1));
            sums[done..from.max(done)].iter_mut().for_each(|own| *own += sum);
            for own in &mut sums[from.max(done)..to.max(done)] {
                *own += sum;
                sum += value;
            }
            done = done.max(to);
        }
        sums[done..].iter_mut().for_each(|own| *own += sum);
    }

    /// Worth of being on duty from one minute to another, besides what time on queue is worth.
    pub(super) fn on_duty(&self, from: i64, to: i64) -> f64 {
        match self.duty.last() {
            Some(_) => self.duty[self.place(to)] - self.duty[self.place(from)],
            None => 0.0,
        }
    }

    /// Worth of the minutes from one to another.
    pub(super) fn between(&self, from: i64, to: i64) -> f64 {
        self.until(to) - self.until(from)
    }

    /// Whether no minute on queue from one to another is worth anything.
    pub(super) fn is_nothing(&self, from: i64, to: i64) -> bool {
        let minutes = &self.sums[self.place(from)..=self.place(to)];
        // Mostly the ends tell already.
        minutes.last() == minutes.first() && minutes.iter().all(|sum| *sum == minutes[0])
    }

    /// Whether some minute on queue is worth something.
    pub(super) fn is_of_queues(&self) -> bool {
        self.sums.iter().any(|sum| *sum != self.sums[0])
    }

    fn until(&self, minute: i64) -> f64 {
        self.sums[self.place(minute)]
    }

    fn place(&self, minute: i64) -> usize {
        let place = usize::try_from((minute - self.from).max(0)).expect("not negative");
        place.min(self.sums.len() - 1)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths of intervals are small whole numbers"
)]
fn whole_minutes(length: f64) -> usize {
    length.max(0.0) as usize
}

impl Plan {
    /// Minutes of all pieces.
    pub(super) fn resting(&self) -> i64 {
        self.pieces.iter().map(|piece| piece.length).sum()
    }

    /// Minutes no wages are paid for.
    pub(super) fn unpaid(&self) -> i64 {
        self.pieces.iter().filter(|piece| piece.is_meal).map(|piece| piece.length).sum()
    }

    /// Whether a duty so long has room for the pieces.
    pub(super) fn fits(&self, length: i64) -> bool {
        let stretches = i64::try_from(self.pieces.len()).expect("breaks are few") + 1;
        let work = length - self.resting();
        let least = match stretches {
            1 => 0,
            more => 2 * self.edge + (more - 2) * self.spacing,
        };
        least <= work && work <= stretches * self.longest
    }

    /// The least worth given up by resting in duties from `start` of each of these lengths, by the same
    /// order; none where the pieces have no room.
    pub(super) fn least_loss(
        &self,
        start: i64,
        lengths: &[i64],
        worth: &Worth,
        taste: Taste,
    ) -> Vec<Option<f64>> {
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let mut best: Vec<Option<f64>> = vec![None; lengths.len()];
        for order in self.orders() {
            let laid = self.lay(&order, start, longest, worth, taste, None);
            let last = laid.last().expect("the start is always laid");
            for (best, &length) in best.iter_mut().zip(lengths) {
                let duty = Span::new(Moment(start), Moment(start + length));
                let found = self.close(last, duty, order.len(), taste, None).map(|(_, loss)| loss);
                *best = least(*best, found);
            }
        }
        best
    }

    /// Where the pieces go in one duty for the least loss, and the loss; a stretch is left free of them for other
    /// work.
    pub(super) fn place(
        &self,
        duty: Span,
        worth: &Worth,
        taste: Taste,
        taken: Option<(i64, i64)>,
    ) -> Option<(f64, Vec<(i64, Piece)>)> {
        let start = duty.start.0;
        let mut best: Option<(f64, Vec<(i64, Piece)>)> = None;
        for order in self.orders() {
            let laid = self.lay(&order, start, duty.length().0, worth, taste, taken);
            let last = laid.last().expect("the start is always laid");
            let Some((mut at, loss)) = self.close(last, duty, order.len(), taste, taken) else {
                continue;
            };
            if best.as_ref().is_some_and(|(least, _)| *least <= loss) {
                continue;
            }
            let mut places = Vec::with_capacity(order.len());
            for (piece, states) in order.iter().zip(&laid[1..]).rev() {
                let end = i64::try_from(at).expect("places are few") * taste.step;
                places.push((start + end - piece.length, *piece));
                at = states[at].before;
            }
            places.reverse();
            best = Some((loss, places));
        }
        best
    }

    /// The shortest that the longest time on queue without a pause can be in a duty so long, with other work of some
    /// minutes anywhere in it; never more than it can really be on the clock of [`CELL`] minutes.
    pub(super) fn least_longest(&self, length: i64, away: Option<i64>) -> i64 {
        let is_on_clock = |minutes: i64| minutes.rem_euclid(CELL) == 0;
        let rests = self.pieces.iter().all(|piece| is_on_clock(piece.length) && piece.length > 0);
        let stretches = 1 + i64::try_from(self.pieces.len()).expect("breaks are few");
        let stretches = stretches + i64::from(away.is_some());
        let work = (length - self.resting() - away.unwrap_or(0)).max(0);
        let even = work.div_euclid(stretches);
        if !rests || !is_on_clock(length) || !is_on_clock(away.unwrap_or(0)) {
            return even;
        }
        let orders = self.orders();
        let mut longest = up_to_step(even, CELL);
        while longest <= work {
            if orders.iter().any(|order| self.keeps_within(longest, order, length, away)) {
                return longest;
            }
            longest += CELL;
        }
        even
    }

    /// Whether pieces in this order, and other work among them, leave no time on queue longer than this. The bounds
    /// on work between pieces are not asked for beside other work, which may only make more possible.
    fn keeps_within(&self, longest: i64, order: &[Piece], length: i64, away: Option<i64>) -> bool {
        let Some(away) = away else { return self.reaches(longest, order, None, length) };
        let other = Piece::anywhere(away, false);
        (0..=order.len()).any(|place| {
            let mut with = order.to_vec();
            with.insert(place, other);
            self.reaches(longest, &with, Some(place), length)
        })
    }

    /// Whether items laid one after the other, one of them perhaps other work, reach the end of a duty.
    fn reaches(&self, longest: i64, items: &[Piece], other: Option<usize>, length: i64) -> bool {
        let ends = usize::try_from(length.div_euclid(CELL)).expect("a length") + 1;
        let mut reached = vec![false; ends];
        reached[0] = true;
        let is_beside =
            |place: usize| other == Some(place) || place > 0 && other == Some(place - 1);
        let least = |place: usize, bound: i64| if is_beside(place) { 0 } else { bound };
        let most =
            |place: usize| if is_beside(place) { longest } else { longest.min(self.longest) };
        let minute = |place: usize| i64::try_from(place).expect("places are few") * CELL;
        for (place, item) in items.iter().enumerate() {
            let shortest = least(place, if place == 0 { self.edge } else { self.spacing });
            let mut next = vec![false; ends];
            for from in (0..ends).filter(|&from| reached[from]).map(minute) {
                let mut begins = from + up_to_step(shortest, CELL);
                while begins - from <= most(place) && begins + item.length <= length {
                    let end = (begins + item.length).div_euclid(CELL);
                    next[usize::try_from(end).expect("a length")] |=
                        (item.earliest..=item.latest).contains(&begins);
                    begins += CELL;
                }
            }
            reached = next;
        }
        let count = items.len();
        let shortest = least(count, if count == 0 { 0 } else { self.edge });
        (0..ends).filter(|&end| reached[end]).any(|end| {
            let rest = length - minute(end);
            shortest <= rest && rest <= most(count)
        })
    }

    /// Lay the pieces in this order: for each, the least loss by where it ends.
    fn lay(
        &self,
        order: &[Piece],
        start: i64,
        longest: i64,
        worth: &Worth,
        taste: Taste,
        taken: Option<(i64, i64)>,
    ) -> Vec<Vec<State>> {
        let places = usize::try_from(longest.div_euclid(taste.step)).expect("a length") + 1;
        let mut laid = vec![vec![State::NONE; places]];
        laid[0][0] = State { loss: 0.0, before: 0 };
        for (count, piece) in order.iter().enumerate() {
            let shortest = if count == 0 { self.edge } else { self.spacing };
            let next = Next { piece, start, shortest, longest: self.longest, worth, taste, taken };
            let states = if taste.evenness == 0.0 {
                next.after_any_work(&laid[count])
            } else {
                next.after_even_work(&laid[count])
            };
            laid.push(states);
        }
        laid
    }

    /// The best place for the last piece to end, so that the rest of the duty is neither too long nor too short.
    fn close(
        &self,
        last: &[State],
        duty: Span,
        pieces: usize,
        taste: Taste,
        taken: Option<(i64, i64)>,
    ) -> Option<(usize, f64)> {
        let length = duty.length().0;
        let mut best: Option<(usize, f64)> = None;
        let shortest = if pieces == 0 { 0 } else { self.edge };
        for (place, state) in last.iter().enumerate() {
            let rest = length - i64::try_from(place).expect("places are few") * taste.step;
            if state.loss == f64::INFINITY || rest < shortest || rest > self.longest {
                continue;
            }
            let loss = state.loss + taste.price_between(duty.end.0 - rest, duty.end.0, taken);
            if best.is_none_or(|(_, least)| loss < least) {
                best = Some((place, loss));
            }
        }
        best
    }

    /// Orders worth trying, each with its pieces where they may lie in it.
    fn orders(&self) -> Vec<Vec<Piece>> {
        let mut orders = self.mixed();
        for order in &mut orders {
            let mut eaten = 0;
            for piece in order {
                if piece.by_work {
                    piece.earliest += eaten;
                    piece.latest = piece.latest.saturating_add(eaten);
                }
                eaten += if piece.is_meal { piece.length } else { 0 };
            }
        }
        orders
    }

    /// Pauses as they come, meals at any place among them.
    fn mixed(&self) -> Vec<Vec<Piece>> {
        let (meals, pauses): (Vec<Piece>, Vec<Piece>) =
            self.pieces.iter().copied().partition(|piece| piece.is_meal);
        if let [first, second] = meals[..] {
            return two_meals(first, second, &pauses);
        }
        let [meal] = meals[..] else { return vec![self.pieces.clone()] };
        let mut orders: Vec<Vec<Piece>> = (0..=pauses.len())
            .map(|place| {
                let mut order = pauses.clone();
                order.insert(place, meal);
                order
            })
            .collect();
        // The meal in the middle comes first, so that it wins where nothing else decides.
        orders.rotate_left(pauses.len().div_ceil(2));
        orders
    }
}

/// Two meals at any places among the pauses, the first before the second; those that part the duty most evenly
/// first.
fn two_meals(first: Piece, second: Piece, pauses: &[Piece]) -> Vec<Vec<Piece>> {
    let count = pauses.len();
    let mut places: Vec<(usize, usize)> =
        (0..=count).flat_map(|one| (one..=count).map(move |other| (one, other))).collect();
    places.sort_by_key(|&(one, other)| {
        let parts = [one, other - one, count - other];
        let most = parts.into_iter().max().unwrap_or(0);
        (most - parts.into_iter().min().unwrap_or(0), one, other)
    });
    let order = |(one, other): (usize, usize)| {
        let mut order = pauses.to_vec();
        order.insert(other, second);
        order.insert(one, first);
        order
    };
    places.into_iter().map(order).collect()
}

fn up_to_step(minutes: i64, step: i64) -> i64 {
    (minutes + step - 1).div_euclid(step) * step
}

fn least(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
