//! What the law asks where changes come too late to be told in time: consent, and pay.

use super::all_changes;
use crate::replan::{NoticeRule, Replan};
use crate::report::diff::Change;
use crate::report::messages::say_with;
use crate::report::reasons::in_words;
use crate::units::Minutes;

/// The rule that a change comes too late for.
pub(in crate::report) fn is_late<'a>(
    change: &Change,
    replan: &'a Replan,
) -> Option<&'a NoticeRule> {
    replan.notices.missed(change.agent, &change.before, &change.after)
}

/// A sentence a rule.
pub(super) fn sentences(replan: &Replan) -> Vec<String> {
    let mut by_rule: Vec<(&NoticeRule, usize, Minutes)> = Vec::new();
    for change in all_changes(replan) {
        let Some(rule) = is_late(&change, replan) else { continue };
        let pay = rule.premium_for(&change.before, &change.after);
        match by_rule.iter_mut().find(|(known, _, _)| known.id == rule.id) {
            Some((_, count, sum)) => {
                *count += 1;
                *sum += pay;
            }
            None => by_rule.push((rule, 1, pay)),
        }
    }
    let mut told = Vec::new();
    for (rule, count, pay) in by_rule {
        let may_refuse = if rule.may_refuse { "yes" } else { "no" };
        let mentions = [
            ("count", count.into()),
            ("hours", rule.hours.to_string().into()),
            ("rule", rule.id.as_str().into()),
            ("source", rule.source.as_str().into()),
            ("refuse", may_refuse.into()),
        ];
        told.push(say_with("replan-inside-notice", &mentions));
        if pay > Minutes(0) {
            let mentions = [("pay", in_words(pay).into()), ("rule", rule.id.as_str().into())];
            told.push(say_with("replan-notice-pay", &mentions));
        }
    }
    told
}
