//! Changes as text for a terminal, as an entry of a changelog, and as JSON.

use super::{Change, Changes, Impact, Subject, Verdict, What};
use std::collections::HashMap;
use std::fmt::Write;

/// How to show changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal, with or without colours.
    Terminal {
        /// Whether to colour it.
        colour: bool,
    },
    /// For a changelog.
    Markdown,
    /// For programs.
    Json,
}

/// Shows changes.
pub fn render(changes: &Changes, format: Format) -> String {
    match format {
        Format::Terminal { colour } => terminal(changes, colour),
        Format::Markdown => markdown(changes),
        Format::Json => json(changes),
    }
}

/// The groups, worst first, with their headings.
const GROUPS: [(Impact, &str); 3] = [
    (Impact::Breaking, "Breaking"),
    (Impact::Additive, "Added"),
    (Impact::Invisible, "Not seen by users of the bindings"),
];

/// The changes of a group: those that mean this at worst.
fn group(changes: &Changes, impact: Impact) -> impl Iterator<Item = &Change> {
    let worst = move |change: &&Change| change.rust.max(change.wire) == impact;
    changes.changes.iter().filter(worst)
}

fn terminal(changes: &Changes, colour: bool) -> String {
    let mut text = String::new();
    for (impact, heading) in GROUPS {
        let mut group = group(changes, impact).peekable();
        if group.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "{}", paint(heading, impact, colour));
        for line in lines(group, "") {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(changes));
    text
}

fn paint(text: &str, impact: Impact, colour: bool) -> String {
    let code = match impact {
        Impact::Breaking => 31,
        Impact::Additive => 32,
        Impact::Invisible => 2,
    };
    if colour {
        format!("\u{1b}[1;{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

fn markdown(changes: &Changes) -> String {
    let mut text = String::new();
    for (impact, heading) in GROUPS {
        let mut group = group(changes, impact).peekable();
        if group.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "### {heading}\n");
        for line in lines(group, "`") {
            let _ = writeln!(text, "- {line}");
        }
        text.push('\n');
    }
    text
}

/// So many places with the same change are told as one.
const MANY: usize = 3;

/// The changes of a group, one a line. What is the same in many places stands where it is first.
fn lines<'a>(group: impl Iterator<Item = &'a Change>, quote: &str) -> Vec<String> {
    let told = together(group).into_iter().flat_map(|same| match same[..] {
        [first, ..] if same.len() >= MANY => {
            vec![line(first, &places(first, same.len(), quote), quote)]
        }
        _ => same
            .iter()
            .map(|change| line(change, &format!("{quote}{}{quote}", change.place), quote))
            .collect(),
    });
    told.collect()
}

/// Changes that differ in nothing but the surroundings, put together.
fn together<'a>(group: impl Iterator<Item = &'a Change>) -> Vec<Vec<&'a Change>> {
    let mut all: Vec<Vec<&Change>> = Vec::new();
    let mut places = HashMap::new();
    for change in group {
        let Some(name) = name(change) else {
            all.push(vec![change]);
            continue;
        };
        let meaning = (change.rust, change.wire, &change.reason);
        let alike = (name, change.subject, &change.what, meaning);
        let place = *places.entry(alike).or_insert(all.len());
        match all.get_mut(place) {
            Some(others) => others.push(change),
            None => all.push(vec![change]),
        }
    }
    all
}

/// The name of a parameter or member, without its surroundings.
fn name(change: &Change) -> Option<&str> {
    match change.subject {
        Subject::Parameter => change.place.rsplit_once('(')?.1.strip_suffix(')'),
        Subject::Field => change.place.rsplit_once('.').map(|(_, name)| name),
        _ => None,
    }
}

fn places(change: &Change, count: usize, quote: &str) -> String {
    let surroundings = match change.subject {
        Subject::Parameter => "operations",
        _ => "models",
    };
    format!(
        "{quote}{}{quote} of {count} {surroundings}",
        name(change).unwrap_or_default()
    )
}

/// One change on one line: `field keys.KeyItem.kid: type string -> uri`, with the reason if it breaks something.
fn line(change: &Change, place: &str, quote: &str) -> String {
    let subject = format!("{:?}", change.subject).to_ascii_lowercase();
    let what = match &change.what {
        What::Added => format!("{subject} {place} added"),
        What::Removed => format!("{subject} {place} removed"),
        What::Renamed { from } => format!("{subject} {place} renamed, was {quote}{from}{quote}"),
        What::Changed { aspect, from, to } => {
            format!("{subject} {place}: {aspect} {quote}{from}{quote} -> {quote}{to}{quote}")
        }
    };
    match change.reason.as_str() {
        "" => what,
        reason => format!("{what} ({}: {reason})", sides(change)),
    }
}

/// The sides that break.
fn sides(change: &Change) -> &'static str {
    match (change.rust, change.wire) {
        (Impact::Breaking, Impact::Breaking) => "Rust and wire",
        (Impact::Breaking, _) => "Rust",
        (_, Impact::Breaking) => "wire",
        _ => "no side",
    }
}

fn summary(changes: &Changes) -> String {
    let count = |impact| group(changes, impact).count();
    let verdict = match changes.verdict() {
        Verdict::Major => "major: code that uses the bindings may have to change",
        Verdict::Minor => "minor: more than before",
        Verdict::Patch => "patch: nothing that users of the bindings see",
    };
    format!(
        "{} change{}: {} breaking, {} additive, {} invisible\nverdict: {verdict}",
        changes.changes.len(),
        if changes.changes.len() == 1 { "" } else { "s" },
        count(Impact::Breaking),
        count(Impact::Additive),
        count(Impact::Invisible),
    )
}

fn json(changes: &Changes) -> String {
    let value = serde_json::json!({ "verdict": changes.verdict(), "changes": changes.changes });
    let mut text =
        serde_json::to_string_pretty(&value).expect("changes are plain data, which JSON can hold");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(model: &str, reason: &str) -> Change {
        Change {
            place: format!("keys.{model}.kty"),
            subject: Subject::Field,
            what: What::Added,
            rust: Impact::Breaking,
            wire: Impact::Breaking,
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn what_breaks_for_different_reasons_is_not_told_as_one() {
        let changes = [added("A", "one"), added("B", "other"), added("C", "other")];
        let lines = lines(changes.iter(), "");
        assert_eq!(
            lines,
            [
                "field keys.A.kty added (Rust and wire: one)",
                "field keys.B.kty added (Rust and wire: other)",
                "field keys.C.kty added (Rust and wire: other)",
            ]
        );
    }
}
