//! What could be offered where cover stays short or more people are there than needed: to stay longer, to come
//! earlier, to go home. Offers are ranked by the minutes they repair or free, never by anything about a person;
//! each stands beside those before it, and nobody is moved by one.

use super::keep::{Measure, Standing};
use crate::duty::{Activity, Block, Duty, Line};
use crate::id::{AgentId, Id};
use crate::scenario::Scenario;
use crate::staffing::Requirement;
use crate::strain::line::longest_stretch;
use crate::units::{Minutes, Moment, Span};

/// Minutes by which a duty may be made longer or shorter.
const STEPS: [i64; 4] = [120, 90, 60, 30];
/// Offers made at most of each kind.
const MOST: usize = 5;
/// Minutes short that an offer of more work must repair.
const LEAST_REPAIRED: f64 = 15.0;
/// Minutes short that an offer to go home may open.
const MOST_OPENED: f64 = 1.0;

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferKind {
    /// Stay longer.
    Stay,
    /// Come earlier.
    Come,
    /// Go home early.
    Leave,
}

/// Something a person may be asked, and may refuse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Whom.
    pub agent: AgentId,
    /// What.
    pub kind: OfferKind,
    /// The time worked more or less.
    pub span: Span,
    /// Minutes short that it repairs; 0 for going home.
    pub repairs: f64,
}

/// The stretch in which offers are made, and whether anyone may be sent home.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// From when to when.
    pub span: Span,
    /// Whether going home may be offered.
    pub lets_go: bool,
}

/// Offers, the one that repairs most first.
#[must_use]
pub fn offers(
    requirement: &Requirement,
    scenario: &Scenario,
    standing: &Standing<'_>,
    room: Room,
) -> Vec<Offer> {
    let mut measure = Measure::of(requirement, scenario, standing);
    let mut made: Vec<Offer> = Vec::new();
    for _ in 0..MOST {
        let gap = measure.gap();
        let found =
            possible(scenario, standing, room, &made, |offer| offer.kind != OfferKind::Leave);
        let repaired = |(offer, line): &(Offer, Line)| gap - measure.gap_with(offer.agent, line);
        let best = found
            .into_iter()
            .map(|found| (repaired(&found), found))
            .filter(|(repairs, _)| *repairs >= LEAST_REPAIRED)
            .max_by(|one, other| {
                let by_minute = |repairs: f64, offer: &Offer| repairs / offer.span.length().real();
                one.0
                    .total_cmp(&other.0)
                    .then(by_minute(one.0, &one.1.0).total_cmp(&by_minute(other.0, &other.1.0)))
                    .then(other.1.0.agent.cmp(&one.1.0.agent))
            });
        let Some((repairs, (offer, line))) = best else { break };
        measure.take(offer.agent, &line);
        made.push(Offer { repairs, ..offer });
    }
    if !room.lets_go {
        return made;
    }
    for _ in 0..MOST {
        let (short, missing) = (measure.short(), measure.missing());
        let found =
            possible(scenario, standing, room, &made, |offer| offer.kind == OfferKind::Leave);
        let is_free = |(offer, line): &&(Offer, Line)| {
            measure.short_with(offer.agent, line) - short <= MOST_OPENED
                && measure.missing_with(offer.agent, line) <= missing
        };
        let best = found
            .iter()
            .filter(is_free)
            .max_by_key(|(offer, _)| (offer.span.length(), std::cmp::Reverse(offer.agent)));
        let Some((offer, line)) = best else { break };
        measure.take(offer.agent, line);
        made.push(*offer);
    }
    made
}

/// Everyone's duties in the room made longer or shorter, as far as the law and the house let them.
fn possible(
    scenario: &Scenario,
    standing: &Standing<'_>,
    room: Room,
    made: &[Offer],
    is_wanted: impl Fn(&Offer) -> bool,
) -> Vec<(Offer, Line)> {
    let is_asked = |agent: AgentId| made.iter().any(|offer| offer.agent == agent);
    let lines = standing.roster.lines.iter();
    let free = lines.filter(|line| {
        line.agent.index() < scenario.agents.len()
            && !is_asked(line.agent)
            && !standing.left_alone.contains(&line.agent)
    });
    let mut all = Vec::new();
    for line in free {
        for (place, duty) in line.duties.iter().enumerate() {
            for (kind, changed, span) in variants(duty, room).filter(|(kind, _, span)| {
                is_wanted(&Offer { agent: line.agent, kind: *kind, span: *span, repairs: 0.0 })
            }) {
                let mut with = line.clone();
                with.duties[place] = changed;
                if may(scenario, &with, place, kind, span) {
                    all.push((Offer { agent: line.agent, kind, span, repairs: 0.0 }, with));
                }
            }
        }
    }
    all
}

fn variants(duty: &Duty, room: Room) -> impl Iterator<Item = (OfferKind, Duty, Span)> + '_ {
    let (start, end) = (duty.start(), duty.end());
    STEPS.into_iter().map(Minutes).flat_map(move |length| {
        let later = Span::new(end, end + length);
        let earlier = Span::new(start - length, start);
        let cut = Span::new(end - length, end);
        let stay = room.span.covers(later).then(|| (OfferKind::Stay, longer(duty, later), later));
        let come =
            room.span.covers(earlier).then(|| (OfferKind::Come, longer(duty, earlier), earlier));
        let leave = (room.lets_go && room.span.covers(cut) && cut.start > start)
            .then(|| shorter(duty, cut.start))
            .flatten()
            .map(|duty| (OfferKind::Leave, duty, cut));
        [stay, come, leave].into_iter().flatten()
    })
}

fn longer(duty: &Duty, span: Span) -> Duty {
    let mut blocks = duty.blocks.clone();
    blocks.push(Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() });
    blocks.sort_by_key(|block| block.span);
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match joined.last_mut() {
            Some(last)
                if last.activity == block.activity
                    && last.span.end == block.span.start
                    && last.detail == block.detail =>
            {
                last.span.end = block.span.end;
            }
            _ => joined.push(block),
        }
    }
    Duty { blocks: joined }
}

/// A duty that ends earlier; none where something other than queue work would be lost.
fn shorter(duty: &Duty, end: Moment) -> Option<Duty> {
    let lost = duty.blocks.iter().filter(|block| block.span.end > end);
    if lost.clone().any(|block| block.activity != Activity::OnQueue) {
        return None;
    }
    let kept = duty.blocks.iter().filter(|block| block.span.start < end).map(|block| {
        let span = Span::new(block.span.start, block.span.end.min(end));
        Block { span, ..block.clone() }
    });
    Some(Duty { blocks: kept.collect() })
}

/// Whether the law, the person's hours and the house let a line stand.
fn may(scenario: &Scenario, line: &Line, place: usize, kind: OfferKind, span: Span) -> bool {
    let agent = scenario.agent(line.agent);
    let duty = &line.duties[place];
    let is_free = kind == OfferKind::Leave || agent.available.iter().any(|free| free.covers(span));
    let house = scenario.longest_stretch;
    let is_paced = house.0 <= 0 || longest_stretch(duty) <= house;
    let is_within_hours = kind == OfferKind::Leave
        || scenario.calendar.weeks().into_iter().all(|days| {
            let week = Span::new(
                scenario.calendar.day(days.start).start,
                scenario.calendar.day(days.end - 1).end,
            );
            let own = line.duties.iter().filter(|duty| week.holds(duty.start()));
            own.map(Duty::paid).sum::<Minutes>() <= agent.week.1 || !week.holds(duty.start())
        });
    is_free && is_paced && is_within_hours && super::keep::is_legal(line, scenario)
}
