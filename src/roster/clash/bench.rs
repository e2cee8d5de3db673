//! One person alone, whose line is searched for again with some of the rules left out or made milder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::breaks::Worth;
use super::super::chain::{self, Bounds};
use super::super::legal;
use super::super::need::Need;
use super::super::people::{Frame, Kind, Plans};
use super::super::team::{Placed, Team};
use crate::calendar::Calendar;
use crate::id::{AgentId, Id};
use crate::rules::{self, Rule, Severity};
use crate::scenario::{Agent, Published, Scenario};
use crate::staffing::Requirement;
use crate::units::{Minutes, Span};

/// Lines looked at before one is given up that the law has nothing against.
const TRIED: usize = 200;
/// How far a duty may reach into the day after it starts.
const INTO_NEXT_DAY: Minutes = Minutes::hours(8);

/// Something of which a conflict can be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Item {
    /// A day that somebody has settled, by place in [`Agent::locks`].
    Lock(usize),
    /// Fewest hours of a week of the horizon.
    FewestHours(usize),
    /// Most hours of a week of the horizon.
    MostHours(usize),
    /// Planned time off, by place in [`Agent::time_off`].
    TimeOff(usize),
    /// Hours of availability in a week of the horizon.
    Availability(usize),
    /// Breaks and longest stretch of the house.
    Breaks,
    /// Working-time law of one kind.
    Law(&'static str),
}

impl Item {
    /// Whether it gives way hour by hour, and not only whole.
    pub(in super::super) fn is_of_hours(self) -> bool {
        matches!(self, Item::FewestHours(_) | Item::MostHours(_) | Item::Availability(_))
    }
}

/// What is left out or milder than it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct Relaxed {
    /// Fewest minutes of weeks.
    pub(in super::super) fewest: BTreeMap<usize, i64>,
    /// Most minutes of weeks.
    pub(in super::super) most: BTreeMap<usize, i64>,
    /// Hours someone is available besides.
    pub(in super::super) free: Vec<Span>,
    /// Time off withdrawn, by place.
    pub(in super::super) off: BTreeSet<usize>,
    /// Locks taken back, by place.
    pub(in super::super) locks: BTreeSet<usize>,
    /// Rules of law, by id.
    pub(in super::super) rules: BTreeSet<String>,
    /// Breaks and longest stretch of the house.
    pub(in super::super) breaks: bool,
}

impl Relaxed {
    /// Both together.
    pub(in super::super) fn and(&self, other: &Relaxed) -> Relaxed {
        let mut both = self.clone();
        both.fewest.extend(&other.fewest);
        both.most.extend(&other.most);
        both.free.extend(&other.free);
        both.off.extend(&other.off);
        both.locks.extend(&other.locks);
        both.rules.extend(other.rules.iter().cloned());
        both.breaks |= other.breaks;
        both
    }
}

/// Breaks laid under some rules: whether those of the house are left out, and which of the law.
/// Each is with whoever asks meanwhile, so that there are as many as ask side by side.
type PlansByRules = BTreeMap<(bool, BTreeSet<String>), Vec<Plans>>;

/// One person alone, with everything that bears on their line.
pub(in super::super) struct Bench {
    /// The scenario with this person alone in it, and without demand.
    base: Scenario,
    /// Rules in force for the person.
    rules: Vec<Rule>,
    /// Breaks laid before, by the rules they were laid under; people under the same rules may share them.
    plans: Arc<Mutex<PlansByRules>>,
}

impl Bench {
    /// The bench of a person, from a scenario already cut by [`super::bare`].
    pub(in super::super) fn of(scenario: &Scenario, agent: AgentId) -> Bench {
        let known = scenario.agent(agent);
        let rules = scenario.law.rules_for(&known.person).cloned().collect();
        let around = scenario.published.around(agent).cloned();
        let published = Published {
            around: around.into_iter().map(|line| alone(line, agent)).collect(),
            within: None,
            ..scenario.published.clone()
        };
        let mut own = known.clone();
        own.person.law.clear();
        let base = Scenario {
            agents: vec![own],
            minimum_presence: Vec::new(),
            published,
            ..scenario.clone()
        };
        Bench { base, rules, plans: Arc::default() }
    }

    /// Lay breaks together with those of the others who are under the same rules.
    pub(in super::super) fn share_plans<'b>(benches: impl Iterator<Item = &'b mut Bench>) {
        let mut met: Vec<&Bench> = Vec::new();
        for bench in benches {
            let is_alike = |other: &&&Bench| {
                other.agent().person == bench.agent().person && other.rules == bench.rules
            };
            match met.iter().find(is_alike) {
                Some(other) => bench.plans = Arc::clone(&other.plans),
                None => met.push(bench),
            }
        }
    }

    /// The person.
    pub(in super::super) fn agent(&self) -> &Agent {
        &self.base.agents[0]
    }

    /// The calendar of the team.
    pub(in super::super) fn calendar(&self) -> &Calendar {
        &self.base.calendar
    }

    /// Hard rules of law of a kind.
    pub(in super::super) fn rules_of(&self, kind: &str) -> impl Iterator<Item = &Rule> {
        let hard = self.rules.iter().filter(|rule| rule.severity == Severity::Hard);
        hard.filter(move |rule| rule.kind.name() == kind)
    }

    /// Everything a conflict could be made up of, what people would rather hear of last.
    pub(in super::super) fn items(&self) -> Vec<Item> {
        let agent = self.agent();
        let weeks = || 0..agent.weeks.len();
        let kinds: BTreeSet<&'static str> = self
            .rules
            .iter()
            .filter(|rule| rule.severity == Severity::Hard && bears_on_lines(&rule.kind))
            .map(|rule| rule.kind.name())
            .collect();
        let is_bound = |week: &usize| !self.shut_days(*week).is_empty();
        let mut items: Vec<Item> = weeks().map(Item::MostHours).collect();
        items.push(Item::Breaks);
        items.extend(kinds.into_iter().map(Item::Law));
        items.extend(weeks().filter(is_bound).map(Item::Availability));
        items.extend((0..agent.time_off.len()).map(Item::TimeOff));
        items.extend(weeks().map(Item::FewestHours));
        items.extend((0..agent.locks.len()).map(Item::Lock));
        items
    }

    /// Days of a week on which availability shuts something out.
    pub(in super::super) fn shut_days(&self, week: usize) -> Vec<usize> {
        let calendar = self.calendar();
        let is_shut = |day: &usize| {
            let whole = calendar.day(*day);
            let free: Minutes = self.agent().usual.iter().map(|free| free.overlap(whole)).sum();
            free < whole.length()
        };
        let days = calendar.weeks().into_iter().nth(week);
        days.into_iter().flatten().filter(is_shut).collect()
    }

    /// An item left out whole.
    pub(in super::super) fn without(&self, item: Item) -> Relaxed {
        let mut relaxed = Relaxed::default();
        match item {
            Item::Lock(place) => drop(relaxed.locks.insert(place)),
            Item::FewestHours(week) => drop(relaxed.fewest.insert(week, 0)),
            Item::MostHours(week) => drop(relaxed.most.insert(week, 7 * 24 * 60)),
            Item::TimeOff(place) => drop(relaxed.off.insert(place)),
            Item::Availability(week) => relaxed.free = self.whole_days(&self.shut_days(week)),
            Item::Breaks => relaxed.breaks = true,
            Item::Law(kind) => {
                relaxed.rules = self.rules_of(kind).map(|rule| rule.id.clone()).collect();
            }
        }
        relaxed
    }

    /// Days on which every duty that starts is available for.
    pub(in super::super) fn whole_days(&self, days: &[usize]) -> Vec<Span> {
        let day = |&day: &usize| {
            let span = self.calendar().day(day);
            Span::new(span.start, span.end + INTO_NEXT_DAY)
        };
        days.iter().map(day).collect()
    }

    /// Several items left out whole.
    pub(in super::super) fn without_all<'a>(
        &self,
        items: impl Iterator<Item = &'a Item>,
    ) -> Relaxed {
        items.fold(Relaxed::default(), |sum, &item| sum.and(&self.without(item)))
    }

    /// A line of the person, where some rules are milder; none where none was found.
    pub(in super::super) fn line(&self, relaxed: &Relaxed) -> Option<Placed> {
        self.with_team(relaxed, |team| {
            legal::any_line(team, 0, AgentId::at(0)).map(|(_, placed)| placed)
        })
    }

    /// The person as a kind of their own, where some rules are milder.
    pub(in super::super) fn kind(&self, relaxed: &Relaxed, agent: AgentId) -> Kind {
        self.with_team(relaxed, |team| Kind { agents: vec![agent], ..team.kinds[0].clone() })
    }

    /// Whether no line exists, because even the rules the search keeps exactly leave none.
    pub(super) fn is_proved(&self, relaxed: &Relaxed) -> bool {
        self.with_team(relaxed, |team| legal::has_none(&team.kinds[0]))
    }

    /// The line that costs least by a price of each duty.
    pub(super) fn cheapest(
        &self,
        relaxed: &Relaxed,
        price: impl Fn(&Frame) -> f64,
    ) -> Option<Placed> {
        self.with_team(relaxed, |team| {
            let prices = legal::flat(&team.kinds[0], price);
            let idle = Worth::of(&[], &[], 0);
            let bounds = Bounds { owed: false, ..Bounds::best(TRIED) };
            let chains = chain::cheapest(&team.kinds[0], &prices, bounds);
            chains.found.iter().find_map(|chain| team.build(AgentId::at(0), chain, &idle))
        })
    }

    fn with_team<T>(&self, relaxed: &Relaxed, ask: impl FnOnce(&Team) -> T) -> T {
        let scenario = self.scenario(relaxed);
        let need = Need::of(&Requirement { live: Vec::new(), tickets: Vec::new() }, &scenario);
        let key = (relaxed.breaks, relaxed.rules.clone());
        // Nobody waits for another's breaks.
        let known = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let mut plans = known().get_mut(&key).and_then(Vec::pop).unwrap_or_default();
        let mut team = Team::alone(need, &scenario, &mut plans);
        known().entry(key).or_default().push(plans);
        let legal = team.kinds[0].limits.week_work.map_or(i64::MAX, |limit| limit.0);
        for (place, week) in team.kinds[0].weeks.iter_mut().enumerate() {
            week.most = relaxed.most.get(&place).map_or(week.most, |&most| most.min(legal));
            let fewest = relaxed.fewest.get(&place).copied().unwrap_or(week.fewest);
            week.fewest = fewest.min(week.most);
        }
        legal::shorten_weeks(&mut team);
        ask(&team)
    }

    fn scenario(&self, relaxed: &Relaxed) -> Scenario {
        let mut scenario = self.base.clone();
        scenario.law.rules =
            self.rules.iter().filter(|rule| !relaxed.rules.contains(&rule.id)).cloned().collect();
        if relaxed.breaks {
            scenario.breaks.clear();
            scenario.longest_stretch = Minutes(0);
        }
        let agent = &mut scenario.agents[0];
        let weeks = self.base.calendar.weeks();
        for (place, week) in agent.weeks.iter_mut().enumerate() {
            let gone = relaxed.off.iter().map(|&off| agent.time_off[off].span);
            let days = weeks.get(place).cloned().unwrap_or(0..0);
            if days.len() == 7 && gone.into_iter().any(|span| touches(span, &days, &self.base)) {
                *week = agent.week;
            }
        }
        agent.time_off = without_places(&agent.time_off, &relaxed.off);
        agent.locks = without_places(&agent.locks, &relaxed.locks);
        if !relaxed.off.is_empty() || !relaxed.free.is_empty() {
            agent.available = available(agent, &relaxed.free);
        }
        scenario
    }
}

fn alone(mut line: crate::duty::Line, agent: AgentId) -> crate::duty::Line {
    debug_assert_eq!(line.agent, agent);
    line.agent = AgentId::at(0);
    line
}

fn without_places<T: Clone>(all: &[T], gone: &BTreeSet<usize>) -> Vec<T> {
    let kept = all.iter().enumerate().filter(|(place, _)| !gone.contains(place));
    kept.map(|(_, one)| one.clone()).collect()
}

fn touches(span: Span, days: &std::ops::Range<usize>, scenario: &Scenario) -> bool {
    let calendar = &scenario.calendar;
    days.clone().any(|day| calendar.day(day).overlap(span).0 > 0)
}

/// Usual hours and some more, without time off.
fn available(agent: &Agent, more: &[Span]) -> Vec<Span> {
    let mut free: Vec<Span> = agent.usual.iter().chain(more).copied().collect();
    free.sort_unstable();
    let mut whole: Vec<Span> = Vec::new();
    for span in free {
        match whole.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => whole.push(span),
        }
    }
    for off in &agent.time_off {
        whole = whole
            .into_iter()
            .flat_map(|span| {
                let before = Span::new(span.start, span.end.min(off.span.start));
                let after = Span::new(span.start.max(off.span.end), span.end);
                [before, after]
            })
            .filter(|span| span.start < span.end)
            .collect();
        whole.dedup();
    }
    whole
}

/// Whether a rule can stand in the way of a line.
fn bears_on_lines(kind: &rules::Kind) -> bool {
    use rules::Kind::{EventBreak, HoursPremium, Notice, Overtime, Record};
    !matches!(kind, Overtime(_) | HoursPremium(_) | Notice(_) | Record(_) | EventBreak(_))
}
