//! Evenkeel plans a customer-support week that meets its service targets without wearing people out.
//!
//! The way through the house, each arrow one pure function: [`scenario`] is read and checked,
//! [`forecast`] projects contacts, [`funnel`] says which of them reach people, [`workload`] measures the work in them, [`staffing`] says who is needed,
//! [`roster`] gives everyone a legal line, [`routing`] says who takes what, [`simulation`] plays it,
//! [`kpi`] scores it, [`strain`] says how tiring it is, [`compliance`] audits it, [`plan`] is the whole,
//! and [`report`] and [`cli`] show it.

// words
pub mod calendar;
pub mod duty;
pub mod id;
pub mod linear;
pub mod units;
// what the user knows
pub mod firms;
pub mod history;
pub mod rules;
pub mod scenario;
// stages
pub mod compliance;
pub mod forecast;
pub mod funnel;
pub mod kpi;
pub mod roster;
pub mod routing;
pub mod simulation;
pub mod staffing;
pub mod strain;
pub mod workload;
// the whole
pub mod compare;
pub mod plan;
pub mod pools;
pub mod public;
pub mod replan;
pub mod review;
// the faces
pub mod cli;
pub mod report;
