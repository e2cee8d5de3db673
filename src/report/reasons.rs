//! Why somebody's duties change: what is different, what it covers, and what opened it.

use super::diff::Change;
use super::messages::{say, say_with};
use super::replan::restored;
use super::{Coverage, words};
use crate::duty::{Activity, Duty, Line};
use crate::id::{AgentId, Id, QueueId};
use crate::replan::Replan;
use crate::roster::Roster;
use crate::scenario::Scenario;
use crate::units::{Minutes, Moment, Span};

/// Stretches in which a change makes good for people short on a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Covered {
    /// The queue.
    pub(super) queue: QueueId,
    /// When, whole intervals.
    pub(super) span: Span,
}

/// What each change of a replan covers.
pub(super) struct Reasons<'a> {
    replan: &'a Replan,
    standing: Coverage,
    after: Coverage,
}

impl<'a> Reasons<'a> {
    pub(super) fn of(replan: &'a Replan) -> Reasons<'a> {
        let coverage =
            |roster: &Roster| Coverage::of(&replan.requirement, roster, &replan.scenario);
        Reasons { replan, standing: coverage(&replan.standing), after: coverage(&replan.roster) }
    }

    /// Where a change puts someone on queue while a queue they may take was short, the longest first.
    pub(super) fn covers(&self, change: &Change) -> Vec<Covered> {
        self.covers_of(change, &self.standing)
    }

    /// Where it does so for what the other changes would leave short.
    fn covers_beside_others(&self, change: &Change) -> Vec<Covered> {
        let mut without = self.replan.roster.clone();
        let old = self.replan.standing.lines.iter().find(|line| line.agent == change.agent);
        for line in without.lines.iter_mut().filter(|line| line.agent == change.agent) {
            line.duties = old.map(|old| old.duties.clone()).unwrap_or_default();
        }
        let scenario = &self.replan.scenario;
        self.covers_of(change, &Coverage::of(&self.replan.requirement, &without, scenario))
    }

    fn covers_of(&self, change: &Change, before: &Coverage) -> Vec<Covered> {
        let scenario = &self.replan.scenario;
        let pool = scenario.pool(scenario.agent(change.agent).pool);
        let mut all: Vec<Covered> = Vec::new();
        for queue in scenario.names.queues.ids() {
            if !pool.streams.iter().any(|&stream| scenario.stream(stream).queue == queue) {
                continue;
            }
            let mut spans: Vec<Span> = Vec::new();
            for interval in 0..scenario.calendar.intervals() {
                let slot = scenario.calendar.interval(interval);
                let short = |of: &Coverage| of.short[queue.index()][interval];
                let is_less = short(before) - short(&self.after) > 1e-6;
                let there = on_queue(&change.after, slot);
                if !is_less || there <= on_queue(&change.before, slot) {
                    continue;
                }
                match spans.last_mut() {
                    Some(last) if last.end == slot.start => last.end = slot.end,
                    _ => spans.push(slot),
                }
            }
            all.extend(spans.into_iter().map(|span| Covered { queue, span }));
        }
        all.sort_by_key(|covered| (-covered.span.length().0, covered.span, covered.queue));
        all
    }

    /// The reason in words.
    pub(super) fn say(&self, change: &Change) -> String {
        let scenario = &self.replan.scenario;
        let what = what(change, scenario);
        if let Some(why) = restored(change, self.replan) {
            return format!("{what}: {why}");
        }
        let covers = self.covers(change);
        if covers.is_empty() {
            let others = self.covers_beside_others(change);
            if !others.is_empty() {
                let covers = words::list(&in_hours(&others, scenario));
                let why = say_with("reason-others", &[("covers", covers.into())]);
                return format!("{what}: {why}");
            }
            let after: Minutes =
                change.after.iter().map(|duty| duty.minutes_of(Activity::OnQueue)).sum();
            let before: Minutes =
                change.before.iter().map(|duty| duty.minutes_of(Activity::OnQueue)).sum();
            let why = if after > before { say("reason-tickets") } else { say("reason-balance") };
            return format!("{what}: {why}");
        }
        let each = in_hours(&covers, scenario);
        let why = match self.cause(&covers) {
            Some(cause) => {
                let covers = words::list(&each);
                say_with("reason", &[("covers", covers.into()), ("cause", cause.into())])
            }
            None => say("reason-balance"),
        };
        format!("{what}: {why}")
    }

    /// Who being away opened what is covered; else that more came in than expected. None where nothing came in yet,
    /// so that what is covered was short before.
    fn cause(&self, covers: &[Covered]) -> Option<String> {
        let scenario = &self.replan.scenario;
        let opened = |(agent, _): &&(AgentId, Span)| {
            let pool = scenario.pool(scenario.agent(*agent).pool);
            let may = |queue: QueueId| {
                pool.streams.iter().any(|&stream| scenario.stream(stream).queue == queue)
            };
            let was = |roster: &Roster, span: Span| {
                let own = roster.lines.iter().filter(|line| line.agent == *agent);
                own.flat_map(Line::blocks)
                    .filter(|block| block.activity == Activity::OnQueue)
                    .map(|block| block.span.overlap(span))
                    .sum::<Minutes>()
            };
            covers.iter().any(|covered| {
                may(covered.queue)
                    && was(&self.replan.meant, covered.span)
                        > was(&self.replan.standing, covered.span)
            })
        };
        let mut names: Vec<String> = self
            .replan
            .away
            .iter()
            .filter(opened)
            .map(|(agent, _)| scenario.names.agents.of(*agent).to_owned())
            .collect();
        names.dedup();
        match (names.is_empty(), self.replan.so_far.is_empty()) {
            (true, true) => None,
            (true, false) => Some(say("cause-contacts")),
            (false, _) => Some(say_with("cause-away", &[("names", words::list(&names).into())])),
        }
    }
}

/// The longest stretches covered, each with its queue.
fn in_hours(covers: &[Covered], scenario: &Scenario) -> Vec<String> {
    let said = covers.iter().take(3).map(|covered| {
        let hours = words::clocks(&scenario.calendar, covered.span);
        let queue = scenario.queue(covered.queue).title.as_str();
        say_with("reason-covers", &[("hours", hours.into()), ("queue", queue.into())])
    });
    said.collect()
}

/// Minutes on queue within a stretch.
fn on_queue(duties: &[Duty], span: Span) -> Minutes {
    let blocks = duties.iter().flat_map(|duty| duty.blocks_of(Activity::OnQueue));
    blocks.map(|block| block.span.overlap(span)).sum()
}

/// What is different, such as `starts 30 min later`.
fn what(change: &Change, scenario: &Scenario) -> String {
    let calendar = &scenario.calendar;
    let whole = |duties: &[Duty]| -> Option<Span> {
        let start: Moment = duties.iter().map(Duty::start).min()?;
        let end: Moment = duties.iter().map(Duty::end).max()?;
        Some(Span::new(start, end))
    };
    match (whole(&change.before), whole(&change.after)) {
        (None, Some(after)) => {
            say_with("what-added", &[("hours", words::clocks(calendar, after).into())])
        }
        (_, None) => say("what-removed"),
        (Some(before), Some(after)) if before == after => say("what-breaks"),
        (Some(before), Some(after)) => {
            let mut parts = Vec::new();
            let start = after.start.since(before.start);
            let end = after.end.since(before.end);
            let length = |minutes: Minutes| ("length", in_words(minutes).into());
            if start > Minutes(0) {
                parts.push(say_with("what-starts-later", &[length(start)]));
            } else if start < Minutes(0) {
                parts.push(say_with("what-starts-earlier", &[length(-start)]));
            }
            if end > Minutes(0) {
                parts.push(say_with("what-ends-later", &[length(end)]));
            } else if end < Minutes(0) {
                parts.push(say_with("what-ends-earlier", &[length(-end)]));
            }
            words::list(&parts)
        }
    }
}

/// `30 min`, `1 h 30 min`.
pub(super) fn in_words(length: Minutes) -> String {
    let (hours, minutes) = (length.0.div_euclid(60), length.0.rem_euclid(60));
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
