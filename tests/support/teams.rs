//! A team as tests write it: files in words, read and checked like any other.

use std::collections::BTreeMap;

use evenkeel::scenario::{Adjustments, Scenario, from_files};

/// The team of these files; everything that is wrong with them where anything is.
pub(crate) fn team(files: &[(&str, &str)]) -> Scenario {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    from_files(&files, &Adjustments::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
