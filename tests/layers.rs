//! The house is kept tidy: who may use whom, and what stays in which room.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; a module uses its own layer and those below it.
const LAYERS: &[&[&str]] = &[
    &["calendar", "duty", "id", "linear", "units"],
    &["history", "rules", "scenario"],
    &[
        "compliance",
        "forecast",
        "funnel",
        "kpi",
        "roster",
        "routing",
        "simulation",
        "staffing",
        "strain",
        "workload",
    ],
    &["compare", "firms", "plan", "pools", "public", "replan", "review"],
    &["report"],
    &["cli"],
];

/// A source file without its comments and tests.
struct Source {
    path: String,
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let is_shipped = |path: &PathBuf| {
        let inside = path.strip_prefix(&root).unwrap().with_extension("");
        !inside.iter().any(|part| part == "tests")
    };
    let sources = files.into_iter().filter(is_shipped).map(|path| {
        let inside = path.strip_prefix(&root).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        Source {
            path: inside.to_str().unwrap().replace('\\', "/"),
            module: first.trim_end_matches(".rs").to_owned(),
            text: shipped(&whole),
        }
    });
    sources.collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The text up to the tests at its end, comments left out.
fn shipped(whole: &str) -> String {
    let end = whole.find("#[cfg(test)]\nmod ").unwrap_or(whole.len());
    let lines = whole[..end].lines();
    lines.map(|line| line.split("//").next().unwrap_or("").to_owned() + "\n").collect()
}

/// Top modules that a text names, as `crate::name` or within `crate::{...}`.
fn reaches(text: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.chars().take_while(|&letter| letter.is_alphanumeric() || letter == '_').collect()
    };
    let mut found = BTreeSet::new();
    for (place, _) in text.match_indices("crate::") {
        let starts_a_path =
            !text[..place].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let rest = &text[place + "crate::".len()..];
        if !starts_a_path {
            continue;
        }
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut at_name = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => at_name = true,
                _ if letter.is_whitespace() => {}
                _ if at_name && depth == 1 => {
                    found.insert(word(&group[at..]));
                    at_name = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

fn depth(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Whole words of a text that are one of these.
fn holds_word(text: &str, words: &[&str]) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .any(|it| words.contains(&it))
}

fn offenders(is_wrong: impl Fn(&Source) -> bool) -> Vec<String> {
    sources().into_iter().filter(is_wrong).map(|source| source.path).collect()
}

#[test]
fn every_module_has_its_layer() {
    let homeless = offenders(|source| {
        !["lib", "main"].contains(&source.module.as_str()) && depth(&source.module).is_none()
    });
    assert_eq!(homeless, [""; 0]);
}

#[test]
fn no_module_reaches_up_a_layer() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(own) = depth(&source.module) else { continue };
        for other in reaches(&source.text) {
            if depth(&other).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses `{other}`, which lies above it", source.path));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn the_scan_for_used_modules_sees_plain_and_grouped_paths() {
    let seen =
        reaches("use crate::{plan::{Plan, b}, cli};\n crate::report::x(); my_crate::kpi::y();");
    assert_eq!(Vec::from_iter(seen), ["cli", "plan", "report"]);
}

#[test]
fn one_file_names_the_solver() {
    let wrong = offenders(|source| {
        let names_its_crates = holds_word(&source.text, &["highs_sys", "good_lp"]);
        // `linear.rs` says `highs` of its own module.
        let names_it = source.path != "linear.rs" && holds_word(&source.text, &["highs"]);
        source.path != "linear/highs.rs" && (names_its_crates || names_it)
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn one_place_speaks_chrono() {
    let wrong = offenders(|source| {
        source.module != "calendar"
            && source.path != "cli/edge.rs"
            && holds_word(&source.text, &["chrono", "chrono_tz"])
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn unsafe_code_stays_beside_the_solver() {
    let wrong = offenders(|source| {
        let code = ["unsafe {", "unsafe fn", "unsafe impl", "allow(unsafe", "expect(unsafe"];
        source.path != "linear/highs.rs" && code.iter().any(|it| source.text.contains(it))
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn nothing_that_ships_unwraps() {
    assert_eq!(offenders(|source| source.text.contains(".unwrap()")), [""; 0]);
}

#[test]
fn nothing_prints_but_the_edge_of_the_command_line() {
    let wrong = offenders(|source| {
        let prints = ["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"];
        source.module != "cli" && prints.iter().any(|call| source.text.contains(call))
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn stages_touch_no_file_clock_or_environment() {
    let wrong = offenders(|source| {
        let calls = ["std::fs", "File::open", "File::create", "env::var"];
        let clocks = ["Instant", "SystemTime"];
        !["cli", "scenario", "main"].contains(&source.module.as_str())
            && (calls.iter().any(|call| source.text.contains(call))
                || holds_word(&source.text, &clocks))
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn results_never_hang_on_the_order_of_a_hash() {
    let wrong = offenders(|source| holds_word(&source.text, &["HashMap", "HashSet"]));
    assert_eq!(wrong, [""; 0]);
}
