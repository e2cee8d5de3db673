//! Where a roster misses minimum presence from some moment on, and whether anybody else could be there at all.

use std::collections::BTreeSet;

use crate::duty::{Activity, Line};
use crate::id::AgentId;
use crate::roster::Roster;
use crate::scenario::{MinimumPresence, Scenario};
use crate::units::{Minutes, Moment, Span};

/// A time at which fewer are there than a rule of minimum presence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bare {
    /// The rule, by its place in the scenario.
    pub rule: usize,
    /// When.
    pub span: Span,
    /// How many are there at least.
    pub there: usize,
    /// Whether no change of duties can mend it: too few others whom the rule means are free at some minute of it.
    pub is_ruled_out: bool,
}

/// Where a roster misses minimum presence from `now` on, rule by rule.
#[must_use]
pub fn bare(roster: &Roster, scenario: &Scenario, now: Moment) -> Vec<Bare> {
    let before: Vec<Line> = scenario.published.reaching_in().collect();
    let lines: Vec<&Line> = roster.lines.iter().chain(&before).collect();
    let mut all = Vec::new();
    for (place, rule) in scenario.minimum_presence.iter().enumerate() {
        let floor = Floor::of(rule, &lines, scenario, now);
        for stretch in &rule.stretches {
            let ahead = Span::new(stretch.start.max(now), stretch.end);
            if ahead.start < ahead.end {
                all.extend(floor.bare(place, ahead));
            }
        }
    }
    all
}

/// Whether somebody is counted by a rule while they do this.
pub(crate) fn counts(rule: &MinimumPresence, activity: Activity) -> bool {
    match activity {
        Activity::OnQueue => true,
        Activity::Absent => false,
        Activity::Break | Activity::Meal | Activity::Recovery | Activity::OffQueue => {
            !rule.on_queue
        }
    }
}

/// Whom a rule means, and when they are there.
struct Floor<'a> {
    rule: &'a MinimumPresence,
    scenario: &'a Scenario,
    now: Moment,
    /// When each is there.
    there: Vec<(AgentId, Vec<Span>)>,
    /// Days on which each has begun, which stay as they are.
    begun: BTreeSet<(AgentId, Option<usize>)>,
}

impl Floor<'_> {
    fn of<'a>(
        rule: &'a MinimumPresence,
        lines: &[&Line],
        scenario: &'a Scenario,
        now: Moment,
    ) -> Floor<'a> {
        let own = |agent: AgentId| lines.iter().filter(move |line| line.agent == agent);
        let there = rule.who.iter().map(|&agent| {
            let blocks = own(agent).flat_map(|line| line.blocks());
            let counted = blocks.filter(|block| counts(rule, block.activity));
            (agent, counted.map(|block| block.span).collect())
        });
        let begun = rule.who.iter().flat_map(|&agent| {
            let starts =
                own(agent).flat_map(|line| line.duties.iter().map(crate::duty::Duty::start));
            let begun = starts.filter(|&start| start < now);
            begun.map(move |start| (agent, scenario.calendar.day_at(start)))
        });
        Floor { rule, scenario, now, there: there.collect(), begun: begun.collect() }
    }

    /// Where fewer are there than asked for within a stretch, joined where it goes on.
    fn bare(&self, place: usize, stretch: Span) -> Vec<Bare> {
        let mut all: Vec<Bare> = Vec::new();
        for piece in self.pieces(stretch) {
            let there = self.there.iter().filter(|(_, spans)| is_in(spans, piece)).count();
            if there >= self.rule.at_least {
                continue;
            }
            let could = self
                .there
                .iter()
                .filter(|(agent, spans)| is_in(spans, piece) || self.is_free(*agent, piece));
            let is_ruled_out = could.count() < self.rule.at_least;
            match all.last_mut() {
                Some(last) if last.span.end == piece.start => {
                    last.span.end = piece.end;
                    last.there = last.there.min(there);
                    last.is_ruled_out |= is_ruled_out;
                }
                _ => all.push(Bare { rule: place, span: piece, there, is_ruled_out }),
            }
        }
        all
    }

    /// A stretch cut wherever somebody comes or goes.
    fn pieces(&self, stretch: Span) -> Vec<Span> {
        let edges =
            self.there.iter().flat_map(|(_, spans)| spans).flat_map(|it| [it.start, it.end]);
        let inside = edges.filter(|edge| stretch.start < *edge && *edge < stretch.end);
        let edges: BTreeSet<Moment> = inside.chain([stretch.start, stretch.end]).collect();
        let edges: Vec<Moment> = edges.into_iter().collect();
        edges.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect()
    }

    /// Whether somebody could be there at some minute of a stretch, as far as being away, availability and what has
    /// begun say.
    fn is_free(&self, agent: AgentId, piece: Span) -> bool {
        let calendar = &self.scenario.calendar;
        let today = calendar.day_at(piece.start);
        let is_today = today.is_some_and(|day| calendar.day(day).start <= self.now);
        if is_today && self.begun.contains(&(agent, today)) {
            return false;
        }
        let available = &self.scenario.agent(agent).available;
        available.iter().any(|free| free.overlap(piece) > Minutes(0))
    }
}

fn is_in(spans: &[Span], piece: Span) -> bool {
    spans.iter().any(|span| span.covers(piece))
}
