//! Who does what when: blocks make duties, duties make a person's line.

use serde::{Deserialize, Serialize};

use crate::id::AgentId;
use crate::units::{Minutes, Moment, Span};

/// What a person does for a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Takes contacts.
    OnQueue,
    /// A short paid pause.
    Break,
    /// A meal.
    Meal,
    /// Rest after a difficult contact.
    Recovery,
    /// Training, coaching, reviews or mentoring, which queue work never overlaps.
    OffQueue,
    /// Leave or illness, outside duties.
    Absent,
}

impl Activity {
    /// All of them, in the order reports show them.
    pub const ALL: [Activity; 6] = [
        Activity::OnQueue,
        Activity::Break,
        Activity::Meal,
        Activity::Recovery,
        Activity::OffQueue,
        Activity::Absent,
    ];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Activity::OnQueue => "on_queue",
            Activity::Break => "break",
            Activity::Meal => "meal",
            Activity::Recovery => "recovery",
            Activity::OffQueue => "off_queue",
            Activity::Absent => "absent",
        }
    }

    /// The activity of this name in files.
    #[must_use]
    pub fn named(name: &str) -> Option<Activity> {
        Activity::ALL.into_iter().find(|activity| activity.name() == name)
    }

    /// Whether it is a break from work: a pause or a meal.
    #[must_use]
    pub fn is_pause(self) -> bool {
        matches!(self, Activity::Break | Activity::Meal)
    }
}

/// One stretch of one activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// When.
    pub span: Span,
    /// What.
    pub activity: Activity,
    /// Whether wages are paid for it.
    pub paid: bool,
    /// What more there is to say, such as the training's name.
    pub detail: String,
}

/// One person's working day with its breaks; blocks are in order and do not overlap, and a split shift has
/// a gap between two of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The blocks, in order; at least one.
    pub blocks: Vec<Block>,
}

impl Duty {
    /// From the first block's start to the last one's end.
    ///
    /// # Panics
    /// On a duty without blocks, which no reader or builder makes.
    #[must_use]
    pub fn span(&self) -> Span {
        let first = self.blocks.first().expect("a duty has a block");
        let last = self.blocks.last().expect("a duty has a block");
        Span::new(first.span.start, last.span.end)
    }

    /// When it starts.
    #[must_use]
    pub fn start(&self) -> Moment {
        self.span().start
    }

    /// When it ends.
    #[must_use]
    pub fn end(&self) -> Moment {
        self.span().end
    }

    /// Minutes that wages are paid for.
    #[must_use]
    pub fn paid(&self) -> Minutes {
        self.blocks.iter().filter(|block| block.paid).map(|block| block.span.length()).sum()
    }

    /// Minutes of one activity.
    #[must_use]
    pub fn minutes_of(&self, activity: Activity) -> Minutes {
        self.blocks_of(activity).map(|block| block.span.length()).sum()
    }

    /// The blocks of one activity.
    pub fn blocks_of(&self, activity: Activity) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.activity == activity)
    }
}

/// One person's duties over the horizon, and the absences outside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose.
    pub agent: AgentId,
    /// In order of time, not overlapping.
    pub duties: Vec<Duty>,
    /// Leave and illness, outside duties.
    pub absences: Vec<Block>,
}

impl Line {
    /// A line without work.
    #[must_use]
    pub fn empty(agent: AgentId) -> Line {
        Line { agent, duties: Vec::new(), absences: Vec::new() }
    }

    /// Minutes that wages are paid for.
    #[must_use]
    pub fn paid(&self) -> Minutes {
        self.duties.iter().map(Duty::paid).sum()
    }

    /// All blocks of all duties.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.duties.iter().flat_map(|duty| duty.blocks.iter())
    }
}
