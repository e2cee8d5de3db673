//! Documentation is true: its commands run, and its generated pages are those of this program.
//!
//! A block fenced as `sh` is run, the blocks of one page in one folder that holds a copy of `scenarios/`.
//! `sh histories` is run where `EVENKEEL_HISTORIES` names a folder of past contacts, and `sh skip` never.
//! `EVENKEEL_GOLDEN=1` writes the generated pages anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    collect(&root().join("docs"), &mut pages);
    pages.sort();
    pages
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

/// The blocks of a page with what follows their fence.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, Some(kind)) => open = Some((kind.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, text)), None) => text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is left open");
    blocks
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_name() == "out" {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Run the blocks of a page and tell how many were run.
fn run(page: &Path) -> usize {
    let text = fs::read_to_string(page).unwrap();
    let is_wanted = |kind: &str| match kind {
        "sh" => true,
        "sh histories" => env::var_os("EVENKEEL_HISTORIES").is_some(),
        "sh skip" => false,
        other => {
            assert!(!other.starts_with("sh "), "{}: what is `{other}`?", page.display());
            false
        }
    };
    let wanted: Vec<(String, String)> =
        blocks(&text).into_iter().filter(|(kind, _)| is_wanted(kind)).collect();
    if wanted.is_empty() {
        return 0;
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("scenarios"), &folder.path().join("scenarios"));
    let program = Path::new(env!("CARGO_BIN_EXE_evenkeel")).parent().unwrap();
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap());
    for (_, block) in &wanted {
        let ran = Command::new("sh")
            .args(["-e", "-c", block])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        assert!(
            ran.status.success(),
            "{}: this block ended with {}\n{block}\n{}{}",
            page.display(),
            ran.status,
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr),
        );
    }
    wanted.len()
}

#[test]
fn every_command_shown_runs() {
    let ran: usize = pages().iter().map(|page| run(page)).sum();
    assert!(ran > 5, "only {ran} blocks were found to run");
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            let file = target.split('#').next().unwrap();
            let is_elsewhere = target.contains("://") || file.is_empty();
            if !is_elsewhere && !page.parent().unwrap().join(file).exists() {
                dead.push(format!("{} -> {target}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert_eq!(dead, [""; 0]);
}

/// Hold a generated page against the one kept, or write it anew where asked.
fn generated(name: &str, text: &str) {
    let path = root().join("docs/reference").join(name);
    if env::var_os("EVENKEEL_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "docs/reference/{name} is stale; `make docs` writes it anew");
}

#[test]
fn the_reference_of_commands_is_up_to_date() {
    let mut text = String::from(
        "# Commands\n\nWritten from the program's own help; `evenkeel COMMAND --help` says the same.\n",
    );
    let mut evenkeel = evenkeel::cli::command().color(clap::ColorChoice::Never);
    evenkeel.build();
    let whole = evenkeel.render_long_help();
    write!(text, "\n```text\n{}\n```\n", whole.to_string().trim_end()).unwrap();
    for command in evenkeel.get_subcommands_mut() {
        let name = command.get_name().to_owned();
        let help = command.render_long_help().to_string();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        write!(text, "\n## {name}\n\n```text\n{}\n```\n", lines.join("\n").trim_end()).unwrap();
    }
    generated("commands.md", &text);
}

#[test]
fn the_reference_of_problems_is_up_to_date() {
    let mut text = String::from(
        "# Problems\n\nEverything `evenkeel check` may find in a folder, by its code, and what to do.\n\n\
         | code | what is wrong | what to do |\n| --- | --- | --- |\n",
    );
    for problem in evenkeel::scenario::PROBLEMS {
        writeln!(text, "| {} | {} | {} |", problem.code, problem.title, problem.fix).unwrap();
    }
    text += "\n## Rosters and tables of people\n\n| code | what is wrong |\n| --- | --- |\n";
    for (code, title) in evenkeel::roster::table::PROBLEMS {
        writeln!(text, "| {code} | {title} |").unwrap();
    }
    generated("problems.md", &text);
}

#[test]
fn the_schema_that_editors_complete_by_is_up_to_date() {
    generated("scenario.schema.json", &evenkeel::scenario::schema());
}

#[test]
fn the_reference_of_keys_is_up_to_date() {
    let schema: Value = serde_json::from_str(&evenkeel::scenario::schema()).unwrap();
    let mut text = String::from(
        "# Keys of scenario.toml\n\nWritten from the schema that the reader checks by. A key in bold is needed; every other has the default \
         shown, or may be left out. *Assumption* marks a default that no source backs: replace it once you have measured.\n",
    );
    describe("scenario.toml", &schema, &schema, &mut text);
    for (name, shape) in schema["$defs"].as_object().unwrap() {
        if shape.get("properties").is_some() {
            describe(name, shape, &schema, &mut text);
        }
    }
    generated("keys.md", &text);
}

/// A table of the keys of one shape.
fn describe(name: &str, shape: &Value, schema: &Value, text: &mut String) {
    let title = name.strip_suffix("Shape").unwrap_or(name);
    let about = shape["description"].as_str().unwrap_or_default().replace('\n', " ");
    write!(text, "\n## {title}\n\n{about}\n\n| key | value | default | what it is |\n| --- | --- | --- | --- |\n").unwrap();
    let needed: Vec<&str> = shape["required"]
        .as_array()
        .map_or(Vec::new(), |keys| keys.iter().filter_map(Value::as_str).collect());
    for (key, value) in shape["properties"].as_object().unwrap() {
        let shown = if needed.contains(&key.as_str()) {
            format!("**`{key}`**")
        } else {
            format!("`{key}`")
        };
        let default = value.get("default").filter(|it| !it.is_null() && it.to_string().len() < 40);
        let default = default.map_or(String::new(), |it| format!("`{it}`"));
        let about = value["description"].as_str().unwrap_or_default().replace('\n', " ");
        writeln!(
            text,
            "| {shown} | {} | {default} | {} |",
            kind(value, schema),
            about.replace('|', "\\|")
        )
        .unwrap();
    }
}

/// What may be written as a value, in words.
fn kind(value: &Value, schema: &Value) -> String {
    if let Some(target) = value["$ref"].as_str() {
        let name = target.rsplit('/').next().unwrap();
        let shape = &schema["$defs"][name];
        return if shape.get("properties").is_some() {
            let title = name.strip_suffix("Shape").unwrap_or(name);
            format!("[{title}](#{})", title.to_lowercase())
        } else {
            kind(shape, schema)
        };
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(of) = value[choice].as_array() {
            let kinds: Vec<String> =
                of.iter().filter(|it| it["type"] != "null").map(|it| kind(it, schema)).collect();
            return kinds.join(" or ");
        }
    }
    if let Some(words) = value["enum"].as_array() {
        let words: Vec<String> =
            words.iter().filter_map(Value::as_str).map(|it| format!("`{it}`")).collect();
        return words.join(", ");
    }
    if let Some(word) = value.get("const") {
        return format!("`{word}`");
    }
    let types: Vec<&str> = match &value["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let of = |types: &str| match types {
        "array" => format!("list of {}", kind(&value["items"], schema)),
        "object" => match value.get("additionalProperties").filter(|it| it.is_object()) {
            Some(inner) => format!("table of {}", kind(inner, schema)),
            None => "table".to_owned(),
        },
        "integer" => format!("whole number{}", range(value)),
        "number" => format!("number{}", range(value)),
        "string" => "text".to_owned(),
        "boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    };
    let kinds: Vec<String> = types.into_iter().filter(|it| *it != "null").map(of).collect();
    kinds.join(" or ")
}

fn range(value: &Value) -> String {
    let bound = |key: &str| value.get(key).map(ToString::to_string);
    match (bound("minimum"), bound("maximum")) {
        (Some(low), Some(high)) => format!(", {low} to {high}"),
        (Some(low), None) => format!(", from {low}"),
        (None, Some(high)) => format!(", up to {high}"),
        (None, None) => String::new(),
    }
}

#[test]
fn every_library_is_named_with_its_licence() {
    let locked = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let notices = fs::read_to_string(root().join("THIRD-PARTY.md")).unwrap();
    let locked: toml::Table = locked.parse().unwrap();
    let missing = locked["package"].as_array().unwrap().iter().filter_map(|package| {
        package.get("source")?;
        let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
        let row = format!("| {name} | {version} | ");
        (!notices.contains(&row)).then_some(row)
    });
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "`.ci/notices` writes the list anew");
}
