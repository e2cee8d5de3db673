//! What rosters come to for the people who work them: rest, hours, nights, late duties and weekends, how they are
//! shared, and which lines of the plan make the work hard.
//!
//! Facts are worked out person by person and handed on for groups; [`groups`] says which groups may be spoken of,
//! so that nothing about one person follows from a report, from the difference of two of its figures, or from two
//! reports one after the other.

pub mod causes;
pub mod facts;
pub mod groups;
pub mod period;

pub use causes::{Cause, causes};
pub use facts::{Facts, Kind, facts};
pub use groups::{Group, Shown, Told, shown, shown_at_work};
pub use period::{Frozen, Period, Week, period};
