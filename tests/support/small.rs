//! A small team that answers e-mail around the clock from Monday 30 November 2026 on. What differs from test to test is
//! written as the files have it.

use std::collections::BTreeMap;

use evenkeel::scenario::{Adjustments, Scenario, from_files};

/// What a test says of its team, in the words of `scenario.toml`.
pub(crate) struct Small<'a> {
    /// The pack of rules; empty: none.
    pub(crate) law: &'a str,
    pub(crate) zone: &'a str,
    pub(crate) days: usize,
    /// Keys before the first table.
    pub(crate) keys: &'a str,
    /// Tables: shifts, and whatever else there is.
    pub(crate) tables: &'a str,
}

impl Small<'_> {
    /// The team with these other files, those without rows left out.
    pub(crate) fn with(&self, others: &[(&str, String)]) -> Scenario {
        let has_rows = |(_, text): &&(&str, String)| text.lines().count() > 1;
        let mut files: BTreeMap<String, Vec<u8>> = others
            .iter()
            .filter(has_rows)
            .map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes()))
            .collect();
        files.insert("scenario.toml".to_owned(), self.toml().into_bytes());
        from_files(&files, &Adjustments::default()).unwrap_or_else(|it| panic!("{it:#?}"))
    }

    fn toml(&self) -> String {
        let Small { law, zone, days, keys, tables } = self;
        let law = if law.is_empty() { String::new() } else { format!("\"{law}\"") };
        format!(
            r#"
schema = "evenkeel.scenario/1"
name = "A small team"
currency = "EUR"
law = [{law}]
{keys}
[horizon]
start = "2026-11-30"
days = {days}
grid_minutes = 30
time_zone = "{zone}"
[[tiers]]
id = "css1"
title = "CSS1"
takes = ["simple"]
wage_per_hour = 19.5
[[queues]]
id = "mail"
title = "Questions by e-mail"
channel = "email"
topic = "everything"
hours = "mon-sun 00:00-24:00"
mix = {{ simple = 1 }}
handle_minutes = {{ simple = 5 }}
contacts_per_hour = 6
targets = [{{ measure = "first_response", share = 0.9, within_hours = 8, period = "day" }}]
{tables}"#
        )
    }
}
