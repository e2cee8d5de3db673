//! The files of a made-up firm.

use std::fmt::Write;

use super::FirmSize;
use super::people::{Colleague, ENGINEER, LADDER, first_day};
use super::queues::{CLASSES, Desk, opening};
use crate::scenario::Channel;

/// Public holidays in Ireland in 2026 (Organisation of Working Time Act 1997, second schedule, as amended).
pub(super) const HOLIDAYS: [(&str, &str); 10] = [
    ("2026-01-01", "New Year's Day"),
    ("2026-02-02", "Saint Brigid's Day"),
    ("2026-03-17", "Saint Patrick's Day"),
    ("2026-04-06", "Easter Monday"),
    ("2026-05-04", "May Day"),
    ("2026-06-01", "June holiday"),
    ("2026-08-03", "August holiday"),
    ("2026-10-26", "October holiday"),
    ("2026-12-25", "Christmas Day"),
    ("2026-12-26", "Saint Stephen's Day"),
];

/// `scenario.toml`.
pub(super) fn scenario(size: &FirmSize, team: &[Colleague], desks: &[Desk]) -> String {
    let mut text = head(size, team);
    text.push_str(&shifts(size, desks));
    for desk in desks {
        text.push_str(&queue(desk, size));
    }
    text
}

fn head(size: &FirmSize, team: &[Colleague]) -> String {
    let law: Vec<String> = size.law.iter().map(|pack| format!("\"{pack}\"")).collect();
    let holidays: Vec<String> =
        HOLIDAYS.iter().map(|(date, name)| format!("\"{date}\" = \"{name}\"")).collect();
    let holidays = holidays.join("\n") + "\n";
    let engineers = team.iter().filter(|colleague| colleague.tier >= ENGINEER).count();
    let mentoring = if team.iter().any(Colleague::is_ramping) {
        "\n[[off_queue]]\ntitle = \"mentoring\"\nminutes = 60\nwho = \"ramp-and-mentors\"\n"
    } else {
        ""
    };
    format!(
        "#:schema ../../docs/reference/scenario.schema.json\n\
         # A made-up firm of {people} people, {engineers} of them engineers, with {queues} queues and {weeks} weeks of past contacts,\n\
         # drawn with seed {seed}. Every figure is an assumption.\n\
         schema = \"evenkeel.scenario/1\"\n\
         name = \"A made-up team of {people}\"\n\
         currency = \"EUR\"\n\
         law = [{law}]\n\
         aims = \"people-first\"\n\
         seed = 7\n\
         notice_days = 14\n\
         \n\
         [horizon]\n\
         start = \"{start}\"\n\
         days = {days}\n\
         grid_minutes = {grid}\n\
         time_zone = \"Europe/Dublin\"\n\
         week_start = \"mon\"\n\
         \n\
         # Nobody works on these; past ones are left out of what is usual.\n\
         [horizon.holidays]\n\
         {holidays}\n\
         [[off_queue]]\n\
         title = \"coaching\"\n\
         minutes = 60\n\
         {mentoring}\n\
         [[breaks]]\n\
         from_hours = 4.5\n\
         pauses_minutes = [15]\n\
         \n\
         [[breaks]]\n\
         from_hours = 6\n\
         pauses_minutes = [15, 15]\n\
         meal_minutes = 30\n\
         \n",
        people = size.people,
        queues = size.queues,
        weeks = size.weeks,
        seed = size.seed,
        law = law.join(", "),
        start = first_day(),
        days = size.days,
        grid = size.grid_minutes,
    )
}

/// Minutes of the longest duty.
const LONGEST_DUTY: u16 = 510;

fn shifts(size: &FirmSize, desks: &[Desk]) -> String {
    let (opens, closes) = opening(size.people);
    // Where a full duty is longer than the desk is open, it starts just before.
    let [first, last] = {
        let mut ends = [opens * 60, closes * 60 - LONGEST_DUTY];
        ends.sort_unstable();
        ends.map(|minute| format!("{:02}:{:02}", minute.div_euclid(60), minute % 60))
    };
    let mut text = format!(
        "[[shifts]]\n\
         id = \"full\"\n\
         starts = \"mon-fri {first}-{last}\"\n\
         start_step_minutes = 30\n\
         hours = [6, 8.5]\n\
         length_step_minutes = 30\n\
         \n\
         [[shifts]]\n\
         id = \"short\"\n\
         starts = \"mon-fri {opens:02}:00-{short:02}:00\"\n\
         start_step_minutes = 60\n\
         hours = [4, 5.5]\n\
         length_step_minutes = 30\n\
         \n",
        short = closes - 4,
    );
    if let Some((from, to)) = desks.iter().find_map(|desk| desk.hours.saturday) {
        write!(
            text,
            "[[shifts]]\n\
             id = \"saturday\"\n\
             starts = \"sat {from:02}:00-{last:02}:00\"\n\
             start_step_minutes = 60\n\
             hours = [4, 6]\n\
             length_step_minutes = 60\n\
             \n",
            last = to - 4,
        )
        .expect("a text can always grow");
    }
    text
}

fn queue(desk: &Desk, size: &FirmSize) -> String {
    let channel = desk.channel.name();
    let list = |value: &dyn Fn(usize) -> String| {
        let entries: Vec<String> =
            desk.classes().map(|class| format!("{} = {}", CLASSES[class], value(class))).collect();
        entries.join(", ")
    };
    let hundredths = |share: u32| format!("{}", f64::from(share) / 100.0);
    let own = match desk.channel {
        Channel::Voice => "patience_minutes = 3\nskill = \"phone\"\n",
        Channel::Chat => "patience_minutes = 5\nskill = \"chat\"\nrate_by_level = [1, 0.85, 0.7]\n",
        Channel::Messaging => "skill = \"chat\"\nrate_by_level = [1, 0.9, 0.8]\n",
        Channel::Email => "",
    };
    format!(
        "[[queues]]\n\
         id = \"{id}\"\n\
         title = \"{title}\"\n\
         channel = \"{channel}\"\n\
         topic = \"{topic}\"\n\
         hours = \"{hours}\"\n\
         priority = {priority}\n\
         mix = {{ {mix} }}\n\
         difficult = {difficult}\n\
         handle_minutes = {{ {minutes} }}\n\
         wrap_up_minutes = {wrap_up}\n\
         {own}\
         targets = [\n{targets}]\n\
         \n",
        id = desk.id,
        title = desk.title,
        topic = desk.topic,
        hours = desk.hours.text(),
        priority = desk.priority,
        mix = list(&|class| hundredths(desk.mix[class])),
        difficult = hundredths(desk.difficult),
        minutes = list(&|class| format!("{}", desk.handle[class])),
        wrap_up = desk.wrap_up,
        targets = targets(desk, size.people),
    )
}

/// What customers are promised; small teams promise less, because a single call may keep them all busy.
fn targets(desk: &Desk, people: usize) -> String {
    let (seconds, period) = if people < 15 { (60, "week") } else { (20, "day") };
    match desk.channel {
        Channel::Voice => format!(
            "  {{ measure = \"service_level\", share = 0.8, within_seconds = {seconds}, definition = \"offered\", \
             period = \"{period}\", source = \"house promise\" }},\n  \
             {{ measure = \"abandonment\", at_most = 0.08, period = \"week\", source = \"house promise\" }},\n"
        ),
        Channel::Chat => format!(
            "  {{ measure = \"service_level\", share = 0.8, within_seconds = {}, definition = \"offered\", \
             period = \"{period}\", source = \"house promise\" }},\n",
            seconds.max(60)
        ),
        Channel::Messaging | Channel::Email => format!(
            "  {{ measure = \"first_response\", share = 0.9, within_hours = {}, clock = \"business\", \
             period = \"{period}\", source = \"house promise\" }},\n",
            desk.within_hours
        ),
    }
}

/// `agents.csv`.
pub(super) fn agents(team: &[Colleague]) -> String {
    let mut text = String::from(
        "id,tier,site,contract_hours,skills,start_date,availability,wishes,mentor,remote\n",
    );
    for one in team {
        let skills = match (one.has_phone, one.has_chat) {
            (true, true) => "phone;chat",
            (true, false) => "phone",
            (false, true) => "chat",
            (false, false) => "",
        };
        writeln!(
            text,
            "{id},{tier},{site},{hours},{skills},{start},{availability},{wishes},{mentor},{remote}",
            id = one.id,
            tier = LADDER[one.tier].0,
            site = one.site,
            hours = one.contract_hours,
            start = one.start_date.map(|date| date.to_string()).unwrap_or_default(),
            availability = one.availability,
            wishes = one.wishes,
            mentor = one.mentor.map(|place| team[place].id.as_str()).unwrap_or_default(),
            remote = if one.is_remote { "yes" } else { "no" },
        )
        .expect("a text can always grow");
    }
    text
}

/// `time_off.csv`.
pub(super) fn time_off(team: &[Colleague]) -> String {
    let mut text = String::from("agent,start,end,reason\n");
    for one in team {
        if let Some((first, last, reason)) = one.leave {
            writeln!(text, "{},{first},{last},{reason}", one.id).expect("a text can always grow");
        }
    }
    text
}
