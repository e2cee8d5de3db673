//! What the team promised its people, and what no one can do: be in two places, work while away.

use std::ops::Range;

use super::found::Found;
use super::timeline::Timeline;
use super::{Breach, Severity};
use crate::calendar::{ClockTime, Date};
use crate::duty::{Activity, Block, Duty, Line};
use crate::scenario::{Agent, Lock, Scenario};
use crate::units::{Minutes, Span};

/// Nobody does two things at once. Judged with and without a scenario.
pub(super) fn judge_double_booking(time: &Timeline<'_>, found: &mut Found) {
    for spell in &time.spells {
        for run in runs(spell.clone(), |minute| time.is_twice(minute)) {
            let repair = format!(
                "drop one of the two blocks between {} and {}",
                time.wall.label(run.start),
                time.wall.shown(run.end)
            );
            breach(found, time, "double_booking", run, repair);
        }
    }
}

/// Availability, time off, hours of the contract, off-queue work and stretches without a pause.
pub(super) fn judge(
    agent: &Agent,
    lines: &[&Line],
    scenario: &Scenario,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    judge_away(agent, time, found);
    judge_stretches(scenario.longest_stretch, time, found);
    judge_weeks(agent, lines, scenario, time, found);
    judge_locks(agent, lines, scenario, time, found);
    judge_notice(scenario, time, found);
}

fn judge_away(agent: &Agent, time: &Timeline<'_>, found: &mut Found) {
    let minutes = |span: Span| {
        time.wall.minute(span.start + time.shift)..time.wall.minute(span.end + time.shift)
    };
    let mut is_off = vec![false; time.wall.len()];
    for off in &agent.time_off {
        is_off[minutes(off.span)].fill(true);
    }
    let mut is_available = vec![false; time.wall.len()];
    for &span in &agent.available {
        is_available[minutes(span)].fill(true);
    }
    for spell in &time.spells {
        for run in runs(spell.clone(), |minute| time.is_busy(minute) && is_off[minute]) {
            let repair = format!("free {} min, which are time off", run.len());
            breach(found, time, "time_off", run, repair);
        }
        let outside =
            |minute: usize| time.is_busy(minute) && !is_available[minute] && !is_off[minute];
        for run in runs(spell.clone(), outside) {
            let repair = format!(
                "move {} min from {} into the hours of availability",
                run.len(),
                time.wall.shown(run.start)
            );
            breach(found, time, "availability", run, repair);
        }
    }
}

fn judge_stretches(longest: Minutes, time: &Timeline<'_>, found: &mut Found) {
    for spell in &time.spells {
        for run in runs(spell.clone(), |minute| time.is_work(minute)) {
            let over = length(&run) - longest.0;
            if over > 0 {
                let latest = run.start + usize::try_from(longest.0.max(0)).unwrap_or(0);
                let repair = format!("start a pause by {}", time.wall.shown(latest));
                let over = run.end - usize::try_from(over).unwrap_or(0)..run.end;
                breach(found, time, "longest_stretch", over, repair);
            }
        }
    }
}

/// Hours of the contract and owed off-queue work, by calendar weeks; a duty belongs to the week it starts in.
///
/// The fewest hours are judged in whole weeks without time off, since the rest depends on what was left to plan.
fn judge_weeks(
    agent: &Agent,
    lines: &[&Line],
    scenario: &Scenario,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let calendar = &scenario.calendar;
    for opens in time.wall.weeks(calendar.week_start()) {
        let stretch =
            Span::new(calendar.at(opens, ClockTime(0)), calendar.at(opens.plus(7), ClockTime(0)));
        let blocks: Vec<&Block> = lines
            .iter()
            .flat_map(|line| &line.duties)
            .filter(|duty| !duty.blocks.is_empty() && stretch.holds(duty.start()))
            .flat_map(|duty| &duty.blocks)
            .collect();
        let paid: Minutes =
            blocks.iter().filter(|block| block.paid).map(|block| block.span.length()).sum();
        let (fewest, most) = agent.week;
        let is_off = agent.time_off.iter().any(|off| off.span.overlap(stretch) > Minutes(0));
        let is_whole = time.wall.known_days(opens) == 7 && !is_off;
        let date = opens.max(calendar.first());
        if paid > most {
            let over = (paid - most).0;
            let repair = format!("plan {over} min less in the week: {paid} are above {most}");
            found.breach_of_house(house(time, "contract", Severity::Hard, date, over, repair));
        } else if is_whole && paid < fewest {
            let short = (fewest - paid).0;
            let repair = format!("plan {short} min more in the week: {paid} are below {fewest}");
            found.breach_of_house(house(time, "contract", Severity::Soft, date, short, repair));
        }
        if !blocks.is_empty() {
            for (title, owed) in &agent.off_queue {
                judge_off_queue(title, *owed, &blocks, date, time, found);
            }
        }
    }
}

/// Days that somebody has settled; a day on which the person turned out to be away keeps no lock.
fn judge_locks(
    agent: &Agent,
    lines: &[&Line],
    scenario: &Scenario,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    let calendar = &scenario.calendar;
    let duties =
        || lines.iter().flat_map(|line| &line.duties).filter(|duty| !duty.blocks.is_empty());
    for &lock in &agent.locks {
        let (day, date) = (calendar.day(lock.day()), calendar.date(lock.day()));
        let whole = |span: Span| agent.time_off.iter().any(|off| off.span.overlap(span).0 > 0);
        let there: Vec<Span> =
            duties().map(Duty::span).filter(|span| day.holds(span.start)).collect();
        let (by, repair) = match lock {
            Lock::Work(_) if there.is_empty() && !whole(day) => {
                let shortest = scenario.shifts.iter().map(|shift| shift.shortest).min();
                let repair = format!("plan a duty on {date}, which is locked to work");
                (shortest.unwrap_or(Minutes(1)), repair)
            }
            Lock::Off(_) if !there.is_empty() => {
                let repair = format!("free {date}, which is locked to be off");
                (there.iter().map(|span| span.length()).sum(), repair)
            }
            Lock::Duty(_, span) if there != [span] && !whole(span) => {
                let kept: Minutes = there.iter().map(|other| other.overlap(span)).sum();
                let planned: Minutes = there.iter().map(|span| span.length()).sum();
                let repair = format!(
                    "plan the duty of {date} from {} to {}, as it is locked",
                    calendar.stamp(span.start),
                    calendar.stamp(span.end)
                );
                (span.length() - kept + planned - kept, repair)
            }
            Lock::Work(_) | Lock::Off(_) | Lock::Duty(..) => continue,
        };
        found.breach_of_house(house(time, "lock", Severity::Hard, date, by.0.max(1), repair));
    }
}

fn judge_off_queue(
    title: &str,
    owed: Minutes,
    blocks: &[&Block],
    date: Date,
    time: &Timeline<'_>,
    found: &mut Found,
) {
    // Off-queue work that the file does not name may be any that is owed.
    let planned: Minutes = blocks
        .iter()
        .filter(|block| block.activity == Activity::OffQueue)
        .filter(|block| block.detail == title || block.detail.is_empty())
        .map(|block| block.span.length())
        .sum();
    if planned < owed {
        let short = (owed - planned).0;
        let repair = format!("place {short} min of {title} in the week");
        found.breach_of_house(house(time, "off_queue", Severity::Soft, date, short, repair));
    }
}

/// The roster comes out so many days ahead; the law may ask for more.
fn judge_notice(scenario: &Scenario, time: &Timeline<'_>, found: &mut Found) {
    for rule in scenario.law.rules_for(time.person) {
        let crate::rules::Kind::Notice(notice) = &rule.kind else { continue };
        let missing = notice.days() - scenario.notice_days;
        if let Some(first) = time.spells.first().filter(|_| missing > 0) {
            let repair = format!("publish the roster {missing} days earlier");
            let by = Minutes::hours(24).0 * missing;
            found.breach(rule, time, time.wall.date(first.start), by, repair);
        }
    }
}

fn breach(found: &mut Found, time: &Timeline<'_>, kind: &str, run: Range<usize>, repair: String) {
    let date = time.wall.date(run.start);
    found.breach_of_house(house(time, kind, Severity::Hard, date, length(&run), repair));
}

fn house(
    time: &Timeline<'_>,
    kind: &str,
    severity: Severity,
    date: Date,
    by: i64,
    repair: String,
) -> Breach {
    Breach {
        rule: format!("house.{kind}"),
        kind: kind.to_owned(),
        severity,
        agent: Some(time.agent),
        date,
        by_minutes: Minutes(by),
        source: "the team's own rules".to_owned(),
        repair,
    }
}

fn length(run: &Range<usize>) -> i64 {
    i64::try_from(run.len()).expect("minutes are few")
}

fn runs(within: Range<usize>, is_so: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for minute in within.filter(|&minute| is_so(minute)) {
        match runs.last_mut() {
            Some(run) if run.end == minute => run.end += 1,
            _ => runs.push(minute..minute + 1),
        }
    }
    runs
}
