//! What the law asks where someone's days change so late that they cannot be told in time.

use crate::calendar::ClockTime;
use crate::duty::Duty;
use crate::id::{AgentId, Id};
use crate::rules::{ChangePremium, Kind, Severity};
use crate::scenario::Scenario;
use crate::units::{Minutes, Moment};

/// A rule that protects days from changes.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRule {
    /// Its id.
    pub id: String,
    /// Where it is written.
    pub source: String,
    /// Hours between telling someone and the day.
    pub hours: i64,
    /// Whether the law lets people refuse a change told later.
    pub may_refuse: bool,
    /// What is owed for a change told later.
    pub premium: Option<ChangePremium>,
}

/// Everyone's rule of notice, and the time from which they can be told of changes in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Notices {
    /// By agent: the rule that asks for the longest notice, where one asks for any.
    rules: Vec<Option<NoticeRule>>,
    /// By agent: the first midnight that is far enough off.
    told_from: Vec<Moment>,
    now: Moment,
}

impl Notices {
    /// The notice that each person's law asks for, from a moment on.
    #[must_use]
    pub fn of(scenario: &Scenario, now: Moment) -> Notices {
        let agents = 0..scenario.agents.len();
        let rules: Vec<Option<NoticeRule>> =
            agents.map(|agent| longest(AgentId::at(agent), scenario)).collect();
        let told_from = rules.iter().map(|rule| told_from(now, rule.as_ref(), scenario)).collect();
        Notices { rules, told_from, now }
    }

    /// A person's rule.
    #[must_use]
    pub fn rule(&self, agent: AgentId) -> Option<&NoticeRule> {
        self.rules.get(agent.index()).and_then(Option::as_ref)
    }

    /// The first midnight of which a person can still be told in time.
    #[must_use]
    pub fn told_from(&self, agent: AgentId) -> Moment {
        self.told_from.get(agent.index()).copied().unwrap_or(self.now)
    }

    /// Whether anybody's days are protected beyond now.
    #[must_use]
    pub fn protect_any(&self) -> bool {
        self.told_from.iter().any(|from| *from > self.now)
    }

    /// The longest notice that anybody's law asks for, with the time from which it is kept.
    #[must_use]
    pub fn longest(&self) -> Option<(&NoticeRule, Moment)> {
        let all = self.rules.iter().zip(&self.told_from);
        let ruled = all.filter_map(|(rule, from)| rule.as_ref().map(|rule| (rule, *from)));
        ruled.max_by(|one, other| by_length(one.0, other.0))
    }

    /// The rule that a change of a person's duties comes too late for.
    #[must_use]
    pub fn missed(&self, agent: AgentId, before: &[Duty], after: &[Duty]) -> Option<&NoticeRule> {
        let starts = before.iter().chain(after).map(Duty::start);
        let first = starts.min()?;
        self.rule(agent).filter(|_| first < self.told_from(agent))
    }
}

impl NoticeRule {
    /// Paid minutes that a change told too late earns.
    #[must_use]
    pub fn premium_for(&self, before: &[Duty], after: &[Duty]) -> Minutes {
        let Some(premium) = self.premium else { return Minutes(0) };
        let paid = |duties: &[Duty]| duties.iter().map(Duty::paid).sum::<Minutes>();
        let spans = |duties: &[Duty]| duties.iter().map(Duty::span).collect::<Vec<_>>();
        let cut = paid(before) - paid(after);
        if cut > Minutes(0) && premium.cut_percent > 0 {
            Minutes((cut.0 * premium.cut_percent).div_euclid(100))
        } else if spans(before) == spans(after) {
            // Only breaks move.
            Minutes(0)
        } else {
            premium.paid_min
        }
    }
}

fn by_length(one: &NoticeRule, other: &NoticeRule) -> std::cmp::Ordering {
    one.hours.cmp(&other.hours).then(other.id.cmp(&one.id))
}

/// The rule with the longest notice of changes that holds for a person.
fn longest(agent: AgentId, scenario: &Scenario) -> Option<NoticeRule> {
    let rules = scenario.law.rules_for(&scenario.agent(agent).person);
    let asked = rules.filter(|rule| rule.severity != Severity::Info).filter_map(|rule| {
        let Kind::Notice(notice) = &rule.kind else { return None };
        Some(NoticeRule {
            id: rule.id.clone(),
            source: rule.source.clone(),
            hours: notice.change_hours.filter(|hours| *hours > 0)?,
            may_refuse: notice.right_to_refuse,
            premium: notice.change_premium,
        })
    });
    asked.max_by(by_length)
}

/// The first midnight from which a change told now is told in time.
fn told_from(now: Moment, notice: Option<&NoticeRule>, scenario: &Scenario) -> Moment {
    let Some(notice) = notice else { return now };
    let calendar = &scenario.calendar;
    let earliest = now + Minutes::hours(notice.hours);
    let local = calendar.local(earliest);
    let midnight = calendar.at(local.date, ClockTime(0));
    if midnight >= earliest { midnight } else { calendar.at(local.date.plus(1), ClockTime(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::{Activity, Block};
    use crate::rules::Law;
    use crate::units::Span;

    fn oregon() -> NoticeRule {
        let law = Law::of(&["us-or-schedules".to_owned()]).unwrap();
        let rule = law.rules.iter().find(|rule| rule.id == "or.notice").unwrap();
        let Kind::Notice(notice) = &rule.kind else { panic!("{rule:?}") };
        NoticeRule {
            id: rule.id.clone(),
            source: rule.source.clone(),
            hours: notice.change_hours.unwrap(),
            may_refuse: notice.right_to_refuse,
            premium: notice.change_premium,
        }
    }

    /// Paid work from hour to hour of one day.
    fn duty(from: i64, to: i64) -> Duty {
        let span = Span::new(Moment(from * 60), Moment(to * 60));
        let block = Block { span, activity: Activity::OnQueue, paid: true, detail: String::new() };
        Duty { blocks: vec![block] }
    }

    fn pay(before: &[Duty], after: &[Duty]) -> i64 {
        oregon().premium_for(before, after).0
    }

    #[test]
    fn a_late_change_earns_an_hour_and_time_taken_away_half_of_it() {
        assert_eq!(pay(&[], &[duty(9, 17)]), 60);
        assert_eq!(pay(&[duty(9, 17)], &[duty(10, 18)]), 60);
        assert_eq!(pay(&[duty(9, 17)], &[duty(9, 18)]), 60);
        assert_eq!(pay(&[duty(9, 17)], &[duty(9, 14)]), 90);
        assert_eq!(pay(&[duty(9, 17)], &[]), 240);
    }

    #[test]
    fn breaks_that_move_earn_nothing() {
        let mut moved = duty(9, 17);
        moved.blocks[0].activity = Activity::OffQueue;
        assert_eq!(pay(&[duty(9, 17)], &[moved]), 0);
    }

    #[test]
    fn a_law_without_a_premium_earns_nothing() {
        let rule = NoticeRule { premium: None, ..oregon() };
        assert_eq!(rule.premium_for(&[], &[duty(9, 17)]), Minutes(0));
    }
}
