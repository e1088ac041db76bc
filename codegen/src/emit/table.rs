//! A page of the documentation alone, from which all operations can be reached.

use super::{Emitted, crate_root, docs, overview};
use crate::api::Api;
use crate::catalogue::{self, Entry};
use crate::naming::NoIdentifier;
use quote::quote;

/// ```text
/// //! | request builder | method and path | permission | notes |
/// //! |---|---|---|---|
/// //! | [`keys::GetKey`](crate::keys::GetKey) | `GET /keys/{key-name}/{key-version}` | `keys/get` | I |
/// ```
pub(super) fn emit(api: &Api) -> Result<Option<Emitted>, NoIdentifier> {
    let entries = catalogue::operations(api)?;
    if entries.is_empty() {
        return Ok(None);
    }
    let mut lines: Vec<_> = [
        "All operations, by service. Each is behind the feature of its service.",
        "",
        "The column *notes* says what is special: **I** sending it twice does what sending it",
        "once does, **P** the result comes in pages, **L** it goes on after its answer, **S** its",
        "request or response carries secrets.",
        "",
        "| request builder | method and path | permission | notes |",
        "|---|---|---|---|",
    ]
    .map(str::to_owned)
    .into();
    lines.extend(entries.iter().map(row));
    Ok(Some(Emitted {
        path: "src/operations.rs".to_owned(),
        source: crate_root::source(api),
        docs: lines,
        attributes: vec![quote! {
            #![allow(
                rustdoc::broken_intra_doc_links,
                reason = "what a feature switches on is not there without it"
            )]
        }],
        items: Vec::new(),
    }))
}

fn row(entry: &Entry) -> String {
    let route = format!("{} {}", entry.method, entry.path);
    let permission = entry.permission.as_deref().map(docs::code);
    let builder = &entry.builder;
    let cells = [
        format!("[{}](crate::{builder})", docs::code(builder)),
        docs::code(&route),
        permission.unwrap_or_default(),
        overview::notes(entry),
    ];
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}
