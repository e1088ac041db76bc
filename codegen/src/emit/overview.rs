//! `OPERATIONS.md`: the list that a user reads first.

use super::docs;
use crate::api::Api;
use crate::catalogue::{self, Entry};
use crate::naming::NoIdentifier;
use crate::tree::{File, MARK};

/// Emits the list of all operations, a table per service.
pub fn overview(api: &Api) -> Result<File, NoIdentifier> {
    let mut entries = catalogue::operations(api)?.into_iter();
    let mut text = format!(
        "<!-- {MARK}. Do not edit. -->\n\n# Operations\n\n{} operations in {} services. The column \
         *notes* says what is special: **I** sending it twice does what sending it once does, **P** \
         the result comes in pages, **L** it goes on after its answer, **S** its request or response \
         carries secrets.\n",
        entries.len(),
        api.services.iter().filter(|s| !s.groups.is_empty()).count(),
    );
    for service in api.services.iter().filter(|s| !s.groups.is_empty()) {
        let title = docs::lines(&service.title, &service.name).join(" ");
        text.push_str(&format!(
            "\n## {title}\n\nFeature {}, API version {}.\n\n\
             | request builder | method and path | permission | notes | |\n|---|---|---|---|---|\n",
            docs::code(&service.name),
            docs::code(&service.api_version),
        ));
        // The entries stand in the order of the services.
        let rows = entries.by_ref().take(service.operations().count());
        text.extend(rows.map(|entry| row(&entry)));
    }
    Ok(File {
        path: "OPERATIONS.md".to_owned(),
        text,
    })
}

fn row(entry: &Entry) -> String {
    let route = format!("{} {}", entry.method, entry.path);
    let permission = entry.permission.as_deref().map(docs::code);
    let cells = [
        docs::code(&entry.builder),
        docs::code(&route),
        permission.unwrap_or_default(),
        notes(entry),
        docs::lines(&entry.summary, "").join(" "),
    ];
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

pub(super) fn notes(entry: &Entry) -> String {
    let notes = [
        ("I", entry.idempotent),
        ("P", entry.paged),
        ("L", entry.long_running.is_some()),
        ("S", entry.sends_secrets || entry.receives_secrets),
    ];
    let notes: Vec<_> = notes
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(note, _)| *note)
        .collect();
    notes.join(" ")
}
