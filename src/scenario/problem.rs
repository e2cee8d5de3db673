//! Every kind of problem an input can have, its place, and what to do about it.

use std::fmt;

use super::Problem;

/// A kind of problem: its stable code, what is wrong, what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemKind {
    /// Stable code: S1 file shape, S2 horizon, S3 ladder, S4 queues, S5 people, S6 demand, S7 shifts and law.
    pub code: &'static str,
    /// What is wrong, in general.
    pub title: &'static str,
    /// What to do, in general.
    pub fix: &'static str,
}

macro_rules! kinds {
    ($($name:ident $code:literal $title:literal $fix:literal)*) => {
        $(pub(super) const $name: ProblemKind =
            ProblemKind { code: $code, title: $title, fix: $fix };)*

        /// Every problem an input can have, by code.
        pub const PROBLEMS: &[ProblemKind] = &[$($name),*];
    };
}

kinds! {
    FILE_MISSING "S101" "a file is missing"
        "add the file; `evenkeel new` writes an example folder"
    FILE_TOO_LARGE "S102" "a file is too large"
        "a scenario holds at most 8 MiB of scenario.toml and 64 MiB of each CSV file; leave out what is not needed"
    NOT_TEXT "S103" "a file is not text"
        "save it as plain text in UTF-8; a spreadsheet saves one as CSV UTF-8"
    FILE_EMPTY "S104" "a file holds nothing"
        "fill it in, or delete it where it is optional"
    FILE_MISNAMED "S105" "a file's name is misspelt"
        "rename the file; as it is, it would be ignored"
    NOT_TOML "S106" "a line is not TOML"
        "write `key = value`, texts in quotation marks, decimals with a point"
    UNKNOWN_KEY "S107" "a key is unknown"
        "remove the key; keys that mean nothing are refused rather than ignored"
    KEY_MISSING "S108" "a key is missing"
        "add the key"
    WRONG_TYPE "S109" "a value is of the wrong type"
        "write the kind of value that is expected"
    OUT_OF_RANGE "S110" "a number is outside its range"
        "use a number within the range"
    UNKNOWN_WORD "S111" "a word is not one of those known here"
        "use one of the words known here"
    UNREADABLE_TEXT "S112" "a text does not say what it should"
        "write it in the form shown"
    WRONG_COUNT "S113" "a list or text is too short or too long"
        "use as many entries as are allowed"
    FLOOD "S114" "there are more problems than are listed"
        "mend those listed and look again"
    COLUMN_MISSING "S121" "a column is missing"
        "add the column to the header and fill it in"
    UNKNOWN_COLUMN "S122" "a column is unknown"
        "rename or remove the column; columns that mean nothing are refused rather than ignored"
    COLUMN_TWICE "S123" "a column appears twice"
        "keep one of the two columns"
    ROW_TOO_LONG "S124" "a row has more cells than the header"
        "put cells that hold the separator in quotation marks, or remove the surplus"
    CELL_EMPTY "S125" "a cell that must be filled is empty"
        "fill in the cell"
    CELL_UNREADABLE "S126" "a cell cannot be read"
        "write it in the form shown"
    HORIZON_UNPLANNABLE "S201" "the horizon cannot be planned"
        "use 1 to 366 days, a grid of 5, 10, 15, 30 or 60 minutes and an IANA time zone"
    HOLIDAY_UNREADABLE "S202" "a holiday is not a date"
        "write the date as year-month-day in quotation marks"
    HORIZON_TOO_LARGE "S203" "the horizon is too large for so many queues"
        "plan fewer days at once, or use a coarser grid"
    COMPLEXITY_TWICE "S301" "two classes of complexity share an id"
        "give each class an id of its own"
    TIER_TWICE "S302" "two tiers share an id"
        "give each tier an id of its own"
    TAKES_UNKNOWN "S303" "a tier takes a class of complexity that does not exist"
        "name a class listed under complexities"
    POINTS_FALL "S304" "complexities are not listed easiest first"
        "list them by ascending points"
    QUEUE_TWICE "S401" "two queues share an id"
        "give each queue an id of its own"
    MIX_NOT_WHOLE "S402" "a mix does not sum to 1"
        "change the shares so that they sum to 1"
    MIX_UNKNOWN "S403" "a mix names a class of complexity that does not exist"
        "name a class listed under complexities"
    HANDLE_MISSING "S404" "a class in the mix has no handle time"
        "add its minutes under handle_minutes"
    HANDLE_UNKNOWN "S405" "a handle time names a class or tier that does not exist"
        "name a class listed under complexities and a tier listed under tiers"
    RATE_NEEDS_CHAT "S406" "only chat and messaging hold several contacts at once"
        "remove rate_by_level, or make the channel chat or messaging"
    RATE_NOT_FALLING "S407" "the rate of a conversation rises as more are held"
        "start at 1 and never rise"
    NEVER_OPEN "S408" "a queue never opens"
        "give it opening hours, or remove the queue"
    NOBODY_MAY_TAKE "S409" "nobody may take a queue's contacts"
        "give someone the queue's skill and a tier that takes the class, or drop the class from the mix"
    TARGET_KEY_MISSING "S410" "a target lacks a figure"
        "add the key the measure needs"
    TARGET_KEY_FOREIGN "S411" "a target has a figure its measure does not use"
        "remove the key"
    TARGET_WRONG_CHANNEL "S412" "a target does not fit its queue's channel"
        "use service_level and abandonment for voice and chat, first_response for messaging and e-mail"
    TARGET_CERTAIN "S413" "a target asks for certainty"
        "ask for less than every contact, such as 0.95: waiting is random, so no staffing answers all in time"
    ABANDONMENT_NEEDS_PATIENCE "S414" "an abandonment target needs patience"
        "set patience_minutes; callers who wait for ever never abandon"
    TARGET_TWICE "S415" "two targets measure the same over the same period"
        "keep one of the two"
    BACKLOG_LIVE "S416" "a live queue cannot start with a backlog"
        "remove backlog; only messages and tickets wait from one day to the next"
    FUNNEL_CLOSES_ROUTE "S440" "a funnel lets nobody through to a person"
        "take out less than every contact: customers must be able to reach a person about every topic"
    FUNNEL_TOPIC_UNKNOWN "S441" "a funnel names a topic that no queue is about"
        "name the topic of a queue, or the id of a queue without a topic"
    FUNNEL_CLASS_UNKNOWN "S442" "a funnel names a class of complexity that does not exist"
        "name a class listed under complexities"
    FUNNEL_SHARE_UNCLEAR "S443" "a layer of the funnel does not say clearly how much it takes out"
        "give it `share`, or a share by class under `by_class`, and not both"
    TRIAGE_IMPOSSIBLE "S444" "triage saves more time than it can"
        "save fewer seconds: triage gathers and sorts, the person still answers"
    DRIVERS_INCOMPLETE "S445" "what drives volumes is said by half"
        "say it for the days to plan and for when the volumes were measured"
    EVENT_NOBODYS "S446" "an event changes no queue's volumes"
        "name a queue or a topic that exists, or leave both empty for all queues"
    EVENT_BACKWARDS "S447" "an event ends before it starts"
        "swap the times; of dates alone, the last day is included"
    OUTREACH_MISPLACED "S448" "a message does not belong to its event"
        "give outreach_at a time before the event ends"
    EVENTS_EXPLODE "S449" "events together raise volumes beyond reason"
        "check for rows that are there twice, or lower their factors"
    KPI_MIX_UNKNOWN "S461" "the reference mix of fair figures names an unknown class"
        "use classes of complexity that exist"
    KPI_MIX_NOT_WHOLE "S462" "the reference mix of fair figures does not sum to 1"
        "make the shares sum to 1, or leave the mix out to use the team's own"
    SCORECARD_NOT_WHOLE "S463" "the weights of a scorecard do not sum to 1"
        "make the weights sum to 1"
    REVIEWERS_UNKNOWN "S464" "a tier that reviews is unknown"
        "name a tier that exists"
    REVIEWERS_MISSING "S465" "contacts are to be reviewed and nobody reviews"
        "name a tier with people in it as reviewers, or review none"
    REVIEWS_TOO_LONG "S466" "reviews fill the reviewers' week"
        "review fewer contacts, or name more reviewers"
    CSAT_BACKWARDS "S467" "a band has its least above its most"
        "write the least first, then the most"
    CALLBACK_NEEDS_VOICE "S450" "only callers can be called back"
        "remove callback, or make the channel voice; on other channels nobody holds the line"
    TOUCHES_NEED_WRITING "S451" "only written contacts come back"
        "remove the key, or make the channel messaging or e-mail"
    REPLY_MISSING "S452" "cases come back after an unknown time"
        "add re_entry_hours, the mean time until a customer replies"
    ESCALATION_UNKNOWN "S453" "a step of escalation names a tier or class that does not exist"
        "name tiers listed under tiers and classes listed under complexities; a manager is a tier like any other"
    ESCALATION_LOOP "S454" "an escalation path leads back to where it came from"
        "remove a step, so that every path ends"
    ESCALATION_TOO_MUCH "S455" "a tier hands on more cases than it works"
        "lower the shares, so that those from one tier sum to 1 at most"
    ESCALATION_NOBODY "S456" "a step of escalation leads to nobody"
        "give someone the tier, the queue's skill and, where it is sensitive, leave to take it; let the tier take the class"
    ONLY_ESCALATED_IDLE "S457" "a tier takes only escalated work, and none is escalated to it"
        "add a step of escalation to it, or remove only_escalated"
    PROMISE_OUT_OF_ORDER "S458" "a more urgent class is promised less"
        "give each priority figures no larger than those of the next"
    AGENT_TWICE "S501" "two agents share an id"
        "give each agent an id of their own"
    AGENT_TIER_UNKNOWN "S502" "an agent's tier does not exist"
        "name a tier listed under tiers"
    MENTOR_UNKNOWN "S503" "a mentor is not in agents.csv"
        "name an agent listed in agents.csv"
    MENTOR_LOOP "S504" "mentors form a loop"
        "let every chain of mentors end with someone who has none"
    BORN_TOO_LATE "S505" "an agent is too young to work"
        "correct the date of birth, or leave it empty"
    NEVER_AVAILABLE "S506" "an agent's availability meets no shift"
        "widen the availability, or add a shift that the tier may work within it"
    HOURS_UNREACHABLE "S507" "contract hours that no shifts can make up"
        "change contract_hours, or add shorter or longer shifts"
    SKILL_MISSPELT "S508" "a skill is probably misspelt"
        "use the skill as the queue writes it"
    AGENT_LAW_UNKNOWN "S509" "an agent's law or waiver is unknown"
        "name packs that exist and rules in them, or leave the cell empty"
    TIME_OFF_STRANGER "S510" "time off names an agent who is not in agents.csv"
        "name an agent listed in agents.csv"
    TIME_OFF_BACKWARDS "S511" "time off ends before it starts"
        "swap the dates; the last day off is included"
    TIME_OFF_TWICE "S512" "time off is listed twice"
        "delete one of the two rows"
    PEOPLE_TOO_MANY "S513" "too many people for so long a horizon"
        "plan fewer days at once, or split the team"
    HISTORY_NOT_TEXT "S601" "a history file is not text in UTF-8, UTF-16 or Windows-1252"
        "save it as CSV in UTF-8"
    HISTORY_COLUMN_MISSING "S602" "a history file lacks a column it needs"
        "add the column to the header and fill it in"
    HISTORY_COLUMN_UNKNOWN "S603" "a history file has a column that means nothing here, or one twice"
        "rename or remove the column"
    HISTORY_ROW_UNEVEN "S604" "a row of a history file has too few or too many fields"
        "give every row as many fields as the header"
    HISTORY_START_UNREADABLE "S605" "the start of a row of a history file is not a time"
        "write such as 2026-11-30 09:00"
    HISTORY_QUEUE_UNKNOWN "S606" "a row of a history file names an unknown queue"
        "name a queue listed under queues"
    HISTORY_CLASS_UNKNOWN "S607" "a row of a history file names an unknown class of complexity"
        "name a class listed under complexities"
    HISTORY_COUNT_UNREADABLE "S608" "the contacts of a row of a history file are not a number from 0 to a thousand million"
        "write a count without thousands separators"
    HISTORY_EMPTY "S609" "a history file has no rows"
        "add rows, or delete the file"
    NO_VOLUME "S621" "a queue has no volumes"
        "give it rows in volume.csv, contacts_per_hour, or past contacts in history.csv"
    VOLUME_QUEUE_UNKNOWN "S622" "volumes name a queue that does not exist"
        "name a queue listed under queues"
    VOLUME_CLASS_UNKNOWN "S623" "volumes name a class that is not in the queue's mix"
        "name a class with a share in the queue's mix, or leave complexity empty"
    VOLUME_TWICE "S624" "the same interval has volumes twice"
        "delete one of the two rows, or add them up"
    OFF_GRID "S625" "volumes start between two intervals"
        "start rows on the grid of the horizon"
    CLOCK_SKIPS "S626" "a local time does not exist"
        "leave the row out or move it: the clock goes forward over this time"
    VOLUME_CLOSED "S627" "volumes lie outside a live queue's opening hours"
        "widen the opening hours, or leave out rows for hours when nobody can answer"
    VOLUME_BOTH "S628" "a queue has both flat volumes and rows"
        "keep contacts_per_hour, contacts_per_customer_per_week or the rows of volume.csv"
    GRID_MISMATCH "S629" "volumes are coarser than the grid"
        "set grid_minutes to the step of the rows, or give a row for each interval"
    BARE_QUEUE_UNCLEAR "S630" "a bare history belongs to no clear queue"
        "name the queue that it counts"
    SHIFT_TWICE "S701" "two shifts share an id"
        "give each shift an id of its own"
    SHIFT_HOURS "S702" "a shift's longest length is below its shortest"
        "write shortest first"
    SHIFT_CLOCK "S703" "a shift is not on the clock of five minutes"
        "use multiples of 5 minutes"
    SHIFT_TIER_UNKNOWN "S704" "a shift names a tier that does not exist"
        "name a tier listed under tiers"
    BREAKS_TWICE "S705" "two break plans start from the same length of duty"
        "merge the two plans"
    BREAKS_TOO_LONG "S706" "breaks take half of a duty or more"
        "shorten the breaks, or give them in longer duties only"
    LAW_UNKNOWN "S707" "a law pack is unknown"
        "name a pack that exists, or use an empty list"
    OFF_QUEUE_TOO_LONG "S708" "off-queue work fills a person's week"
        "owe less of it, or raise contract hours"
    AIMS_INCOMPLETE "S709" "an order of aims is not complete"
        "list no_red, service, strain, fairness and cost, each once"
    SITE_TWICE "S720" "two sites share an id"
        "give each site an id of its own"
    SITE_ZONE_UNKNOWN "S721" "a site's time zone is unknown"
        "write such as America/Los_Angeles"
    SITE_LAW_UNKNOWN "S722" "a site's law pack is unknown"
        "name packs that exist, or leave the list out"
    SITE_UNKNOWN "S723" "someone works at a site that is not listed"
        "list it under sites, or name one that is"
    SITE_HOLIDAY_UNREADABLE "S724" "a site's holiday is not a date"
        "write such as 2026-12-25"
    VARIANT_MISNAMED "S800" "a variant's name cannot be used"
        "name the file with letters, digits and `-_.@`, such as variants/cut-10pct.toml"
    VARIANT_UNREADABLE "S801" "a change of a variant cannot be read"
        "write it in the form shown"
    CHANGE_TIER_UNKNOWN "S802" "a change names a tier that does not exist"
        "name a tier listed under tiers"
    CHANGE_QUEUE_UNKNOWN "S803" "a change names a queue that does not exist"
        "name a queue listed under queues"
    CUT_MISCOUNTED "S804" "a cut takes more people than there are, or nobody"
        "cut at least one place and at most as many as there are"
    CUT_LEAVES_NOBODY "S805" "a cut leaves nobody who may take a queue's contacts"
        "cut other places, close the queue, or teach its skill to those who stay"
    HIRE_NOTHING_TO_COPY "S806" "those hired would have no hours and no skills"
        "in a variant's file, give the tier's hire its contract_hours, skills and site"
    MOVE_NO_HANDLE "S807" "contacts move to a queue that has no handle time for them"
        "in a variant's file, add the class to the queue's handle_minutes under [scenario]"
    MOVE_CLOSED "S808" "contacts move to a queue that is closed when they come"
        "open that queue at these times with hours, or move them elsewhere"
    CLOSE_ALL "S809" "every queue is closed"
        "leave at least one queue open"
    LOCK_STRANGER "S810" "a lock names an agent who is not in agents.csv"
        "name an agent listed in agents.csv"
    LOCK_TWICE "S811" "a day is locked twice for one person"
        "keep one of the two rows"
    PRESENCE_TWICE "S812" "two rules of minimum presence share an id"
        "give each rule an id of its own"
    PRESENCE_UNKNOWN "S813" "a rule of minimum presence names whom nobody knows"
        "name tiers, skills, sites and people as the other sections and agents.csv write them"
    PRESENCE_HOURS "S814" "a rule of minimum presence has no hours on the clock of duties"
        "write hours whose ends are multiples of 5 minutes, such as mon-fri 08:00-20:00"
    PRESENCE_TOO_MANY "S815" "a rule of minimum presence asks for more people than there are"
        "lower at_least, or mean more people"
    PUBLISHED_BACKWARDS "S821" "a block of a published roster ends before it starts, or lies years away"
        "mend the row, or take the file out of published/ and publish the roster again"
    PUBLISHED_NOTE "S822" "the note beside a published roster cannot be read"
        "write published_on = \"2026-11-16\", or delete the note; the roster then counts without a day of notice"
    ACTUALS_UNCLEAR "S825" "a row of actuals is neither contacts nor an absence"
        "fill in queue and contacts, or agent"
    ACTUALS_STRANGER "S826" "a row of actuals names an unknown queue or agent"
        "name a queue listed under queues, or an agent listed in agents.csv"
    ACTUALS_TWICE "S827" "a row of actuals is there twice"
        "delete one of the two rows"
    ACTUALS_OUTSIDE "S828" "a row of actuals lies outside the horizon"
        "leave out rows of other weeks"
}

/// Most problems that are listed; nobody reads more at once.
pub(super) const MOST_LISTED: usize = 500;

/// Where in an input something is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Place of the file among those read.
    pub file: usize,
    /// Line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// In words.
    pub text: String,
}

/// A problem with its place still sortable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    place: Place,
    code: &'static str,
    cause: String,
    fix: String,
}

/// A problem of this kind, here.
pub(super) fn found(kind: ProblemKind, place: Place, cause: impl Into<String>) -> Found {
    Found { place, code: kind.code, cause: cause.into(), fix: kind.fix.to_owned() }
}

impl Found {
    /// The same in a file of this name, where a reader wrote the name of its kind.
    pub(super) fn within(mut self, kind: &str, name: &str) -> Found {
        self.place.text = self.place.text.replacen(kind, name, 1);
        self
    }

    /// The same with a fix that fits this case better than the general one.
    pub(super) fn fix(mut self, fix: impl Into<String>) -> Found {
        self.fix = fix.into();
        self
    }
}

/// Problems that a reader of its own has told, in its order, after those of files of lower rank.
pub(super) fn told(problems: Vec<Problem>, rank: usize) -> impl Iterator<Item = Found> {
    problems.into_iter().enumerate().map(move |(line, problem)| Found {
        place: Place { file: rank, line, text: problem.place },
        code: problem.code,
        cause: problem.cause,
        fix: problem.fix,
    })
}

/// What was found, as users see it: by file and line, each once.
pub(super) fn in_order(mut found: Vec<Found>) -> Vec<Problem> {
    found.sort();
    found.dedup();
    if found.len() > MOST_LISTED {
        let place = found[MOST_LISTED].place.clone();
        found.truncate(MOST_LISTED);
        found.push(self::found(FLOOD, place, "reading stops here"));
    }
    let problem = |found: Found| Problem {
        code: found.code,
        place: found.place.text,
        cause: found.cause,
        fix: found.fix,
    };
    found.into_iter().map(problem).collect()
}

/// For people: `S402 scenario.toml line 12, queues.phone.mix: the shares sum to 0.9`, and how to mend it below.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}\n  fix: {}", self.code, self.place, self.cause, self.fix)
    }
}
