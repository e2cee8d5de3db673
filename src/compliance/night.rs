//! Finds night workers by the clock on the wall and averages their nights.

use super::found::Found;
use super::timeline::Timeline;
use crate::rules::{Night, Rule};

pub(super) fn judge(rule: &Rule, night: &Night, time: &Timeline<'_>, found: &mut Found) {
    let (from, to) = (night.window.from.0, night.window.to.0);
    let is_night = |clock: u16| {
        if from < to { from <= clock && clock < to } else { clock >= from || clock < to }
    };
    let (mut all, mut dark) = (0, 0);
    let mut nights: Vec<(usize, i64)> = Vec::new();
    let since =
        night.ref_months.map_or(0, |months| time.wall.reaching_back(30 * i64::from(months)));
    for duty in time.spells.iter().filter(|duty| duty.start >= since) {
        let works = duty.clone().filter(|&minute| time.is_work(minute));
        let at_night = works.filter(|&minute| is_night(time.wall.clock(minute))).count();
        let at_night = i64::try_from(at_night).expect("minutes are few");
        let work = time.work(duty.clone());
        all += work;
        dark += at_night;
        if at_night >= night.worker_min.0 {
            let over = night.most_min.map_or(0, |most| work - most.0);
            if over > 0 {
                let repair = format!("work {over} min less that night");
                found.breach(rule, time, time.wall.date(duty.start), over, repair);
            }
            nights.push((duty.start, work));
        }
    }
    let is_worker =
        night.worker_share_percent.is_none_or(|percent| 100 * dark >= i64::from(percent) * all);
    let count = i64::try_from(nights.len()).expect("nights are few");
    let allowed = night.avg_limit_min.0 * count;
    let over = nights.iter().map(|(_, work)| work).sum::<i64>() - allowed;
    if is_worker && over > 0 {
        let each = (over + count - 1).div_euclid(count);
        let repair = format!(
            "work {over} min less at night, where {} a night on average are the most",
            night.avg_limit_min
        );
        let first = nights.first().map_or(0, |&(start, _)| start);
        found.breach(rule, time, time.wall.date(first), each, repair);
    }
}
