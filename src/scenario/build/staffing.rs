//! How the need for people is worked out.

use super::super::shape::{File, MethodShape};
use super::super::staffing::{OverTime, Sizing};
use crate::units::Share;

pub(super) fn sizing(file: &File) -> Sizing {
    let shape = &file.staffing;
    Sizing {
        method: match shape.method {
            MethodShape::OfferedLoad => OverTime::OfferedLoad,
            MethodShape::Lagged => OverTime::Lagged,
            MethodShape::PerInterval => OverTime::PerInterval,
        },
        sure: shape.sure.map(Share::clamped),
        day_spread: shape.day_spread,
    }
}
