//! The law's numbers for whoever builds lines, so that few lines are built only to be refused.

use super::{BreakAfter, Kind, Per, Person, Rule, Severity, Take, Window};
use crate::calendar::Calendar;
use crate::units::{Minutes, Share};

/// The numbers a builder of lines steers by; [`super::Law::objections`] has the last word.
///
/// Keeping them is needed for a duty or a line to be admitted; for someone whose protection ends with a birthday
/// within the horizon they hold throughout and so ask a little more than the law.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// Shortest rest between two duties.
    pub rest_between: Minutes,
    /// Shortest stretch free of duty that each week must hold.
    pub weekly_rest: Minutes,
    /// Longest duty from start to end.
    pub duty_span: Option<Minutes>,
    /// Most working time in a duty.
    pub duty_work: Option<Minutes>,
    /// Most working time in 24 hours from the start of a duty.
    pub day_work: Option<Minutes>,
    /// Most working time in a week.
    pub week_work: Option<Minutes>,
    /// Most working time in the horizon, where an average over several weeks caps it.
    pub horizon_work: Option<Minutes>,
    /// Most days of work in a row.
    pub consecutive_days: Option<usize>,
    /// Dates without duty in each week.
    pub free_days: usize,
    /// Longest time from one break to the next, whatever the length of the duty.
    pub longest_stretch: Option<Minutes>,
    /// Longest time at a screen without a break.
    pub longest_screen: Option<Minutes>,
    /// A pause owed for each so much work.
    pub hourly: Option<HourlyPause>,
    /// Breaks owed; each holds on its own.
    pub breaks: Vec<BreakNeed>,
    /// Where breaks of some duties lie.
    pub places: Vec<BreakPlace>,
    /// The shortest meal that some rule is content with.
    pub shortest_meal: Option<Minutes>,
    /// Hours on the wall in which no work lies.
    pub ban: Option<Window>,
    /// Night work.
    pub nights: Vec<NightLimit>,
}

/// A pause for each so much of a day's work, breaks but no meals included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HourlyPause {
    /// For each so much.
    pub each: Minutes,
    /// Its length at least.
    pub pause: Minutes,
    /// How far it may start from the end of what it is owed for.
    pub drift: Option<Minutes>,
}

/// A break owed by a duty.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakNeed {
    /// The rule's id.
    pub rule: String,
    /// Owed above so much work.
    pub over: Minutes,
    /// Length of all breaks together.
    pub total: Minutes,
    /// A shorter pause does not count.
    pub piece: Minutes,
    /// Longest time from one break to the next in such a duty, shorter pauses not interrupting it.
    pub longest_stretch: Option<Minutes>,
    /// Whether a break at the end of the duty does not count.
    pub not_last: bool,
    /// Earliest start of such a break after the start of the duty.
    pub earliest: Option<Minutes>,
    /// Latest start.
    pub latest: Option<Minutes>,
    /// Whether such breaks are working time for the threshold.
    pub counted: bool,
}

/// A rule that says where in a duty breaks lie.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakPlace {
    /// The rule's parameters; [`BreakAfter::bounds`] has the places.
    pub breaks: BreakAfter,
}

impl BreakPlace {
    /// Whether it speaks of meals, or of pauses that are none.
    #[must_use]
    pub fn is_about(&self, meals: bool) -> bool {
        match (self.breaks.take, self.breaks.is_meal) {
            (Take::Break, _) => !meals,
            (_, true) => meals,
            (_, false) => true,
        }
    }
}

impl Limits {
    /// Whether a duty so long may owe a second meal.
    #[must_use]
    pub fn asks_for_second_meal(&self, length: Minutes) -> bool {
        let is_second = |place: &&BreakPlace| place.breaks.nth == Some(2) && place.breaks.is_meal;
        let above = |place: &BreakPlace| place.breaks.work_over_min.unwrap_or(Minutes(0));
        self.places.iter().filter(is_second).any(|place| length > above(place))
    }
}

/// A ceiling on nights.
#[derive(Debug, Clone, PartialEq)]
pub struct NightLimit {
    /// The rule's id.
    pub rule: String,
    /// The night on the wall.
    pub window: Window,
    /// A duty with so much work in it is night work.
    pub from_work: Minutes,
    /// Only for people who do this share of all their work in the night.
    pub share: Option<Share>,
    /// Most work of such duties on average.
    pub average: Minutes,
}

pub(super) fn gather<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    person: &Person,
    calendar: &Calendar,
) -> Limits {
    let mut limits = Limits::default();
    for rule in rules.filter(|rule| rule.severity == Severity::Hard) {
        limits.take(rule, person, calendar);
    }
    let stretches = limits
        .breaks
        .iter()
        .filter_map(|need| need.longest_stretch.map(|longest| longest.max(need.over)));
    limits.longest_stretch = stretches.chain(limits.longest_screen).min();
    limits
}

impl Limits {
    fn take(&mut self, rule: &Rule, person: &Person, calendar: &Calendar) {
        match &rule.kind {
            Kind::RestBetween(rest) => self.take_rest(rest.min, rest.within_min),
            Kind::FreeBlock(free) => self.weekly_rest = self.weekly_rest.max(free.min),
            Kind::MaxWork(work) => {
                let limit = match work.per {
                    Per::Duty => &mut self.duty_work,
                    Per::Day24 | Per::Date => &mut self.day_work,
                    Per::Week => &mut self.week_work,
                    Per::Year => return,
                };
                lower(limit, work.limit_min);
            }
            Kind::MaxSpan(span) => lower(&mut self.duty_span, span.limit_min),
            Kind::MaxAverage(average) => {
                let days = average.period_days().min(calendar.days()).max(7);
                let days = i64::try_from(days).expect("days are few");
                let total = Minutes((average.limit_min_per_week.0 * days).div_euclid(7));
                let limit = if days == 7 { &mut self.week_work } else { &mut self.horizon_work };
                lower(limit, total);
            }
            Kind::BreakAfter(breaks) => self.take_breaks(&rule.id, breaks),
            Kind::ScreenBreak(screen) => {
                if let Some(most) = screen.per_continuous_min {
                    lower(&mut self.longest_screen, most);
                } else if let Some(each) = screen.per_work_min {
                    let (pause, drift) = (screen.min, screen.drift_min);
                    let hourly = HourlyPause { each, pause, drift };
                    let known = self.hourly.take().filter(|known| known.each <= each);
                    self.hourly = Some(known.unwrap_or(hourly));
                }
            }
            Kind::Night(night) => self.nights.push(NightLimit {
                rule: rule.id.clone(),
                window: night.window,
                from_work: night.worker_min,
                share: night
                    .worker_share_percent
                    .map(|percent| Share::clamped(f64::from(percent) / 100.0)),
                average: night.avg_limit_min,
            }),
            Kind::Young(young) => {
                let eve = calendar.first().plus(-1);
                if person.born.is_some_and(|born| young.is_young(born, eve)) {
                    lower(&mut self.duty_work, young.day_max_min);
                    lower(&mut self.week_work, young.week_max_min);
                    self.take_rest(young.rest_min, Some(Minutes::hours(24)));
                    self.free_days = self.free_days.max(young.free_days);
                    young.breaks.iter().for_each(|breaks| self.take_breaks(&rule.id, breaks));
                    if let Some(most) = young.span_max_min {
                        lower(&mut self.duty_span, most);
                    }
                    self.ban = Some(young.ban);
                }
            }
            Kind::ConsecutiveDays(days) if days.per_week => {
                self.free_days = self.free_days.max(7 - days.most.min(7));
            }
            Kind::ConsecutiveDays(days) => {
                let most = self.consecutive_days.map_or(days.most, |most| most.min(days.most));
                self.consecutive_days = Some(most);
            }
            Kind::BreakPer(_)
            | Kind::EventBreak(_)
            | Kind::BanDay(_)
            | Kind::Overtime(_)
            | Kind::HoursPremium(_)
            | Kind::Notice(_)
            | Kind::Record(_) => {}
        }
    }

    fn take_breaks(&mut self, rule: &str, breaks: &BreakAfter) {
        self.breaks.push(need(rule, breaks));
        // Lengths of duty are many; a rule that bounds none of them bounds no break.
        if !breaks.bounds(Minutes::hours(8)).is_open() {
            self.places.push(BreakPlace { breaks: breaks.clone() });
        }
        if breaks.is_meal {
            lower(&mut self.shortest_meal, breaks.piece_min);
        }
    }

    fn take_rest(&mut self, rest: Minutes, within: Option<Minutes>) {
        self.rest_between = self.rest_between.max(rest);
        if let Some(within) = within {
            lower(&mut self.duty_span, within - rest);
        }
    }
}

fn lower(limit: &mut Option<Minutes>, to: Minutes) {
    *limit = Some(limit.map_or(to, |limit| limit.min(to)));
}

fn need(rule: &str, breaks: &BreakAfter) -> BreakNeed {
    let over = breaks.work_over_min.into_iter();
    let from = breaks.work_from_min.map(|from| from - Minutes(1));
    BreakNeed {
        rule: rule.to_owned(),
        over: over.chain(from).min().unwrap_or(Minutes(0)),
        total: breaks.total_min,
        piece: breaks.piece_min,
        longest_stretch: breaks.max_continuous_min,
        not_last: breaks.not_last,
        earliest: breaks.start_earliest_min,
        latest: breaks.start_latest_min,
        counted: breaks.counted,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::week;
    use super::*;
    use crate::calendar::Date;
    use crate::rules::Law;

    #[test]
    fn irish_limits_hold_the_numbers_of_the_act() {
        let law = Law::of(&["ie".to_owned()]).unwrap();
        let limits = law.limits(&Person::default(), &week());
        assert_eq!(limits.rest_between, Minutes(660));
        assert_eq!(limits.duty_span, Some(Minutes(780)));
        assert_eq!(limits.weekly_rest, Minutes(2100));
        assert_eq!(limits.week_work, Some(Minutes(2880)));
        assert_eq!(limits.longest_stretch, Some(Minutes(270)));
        assert_eq!(limits.breaks.len(), 3);
        assert_eq!(limits.ban, None);
    }

    #[test]
    fn a_young_person_has_narrower_limits() {
        let law = Law::of(&["ie".to_owned()]).unwrap();
        let born = Some(Date::parse("2009-06-01").unwrap());
        let limits = law.limits(&Person { born, ..Person::default() }, &week());
        assert_eq!(limits.duty_work, Some(Minutes(480)));
        assert_eq!(limits.week_work, Some(Minutes(2400)));
        assert_eq!(limits.rest_between, Minutes(720));
        assert_eq!(limits.free_days, 2);
    }
}
