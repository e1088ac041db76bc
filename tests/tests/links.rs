//! What the Markdown files of this repository link to is there, and all of `docs/` can be reached.
//!
//! Links to other hosts are not followed.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reports by panicking"
)]

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where readers begin.
const ENTRANCE: &str = "README.md";

/// What is no part of the repository.
const FOREIGN: [&str; 2] = [".git", "target"];

/// A Markdown file.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

/// The files by path, with slashes and seen from the root; those of Markdown as pages.
type Files = BTreeMap<String, Option<Page>>;

fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                page.add(anchor);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    page
}

/// The anchor that a forge makes of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c => c.is_alphanumeric().then_some(c),
    });
    kept.collect::<String>().to_lowercase()
}

impl Page {
    /// Of several headings with the same words, the later ones have a number behind theirs.
    fn add(&mut self, anchor: String) {
        let numbered = (1..).map(|number| format!("{anchor}-{number}"));
        let mut names = std::iter::once(anchor.clone()).chain(numbered);
        let free = names.find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}

/// What a link on a page leads to: a path from the root, and an anchor; `None` for another host.
fn target<'a>(from: &str, link: &'a str) -> Option<(String, Option<&'a str>)> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    if path.is_empty() {
        return Some((from.to_owned(), anchor));
    }
    let mut parts: Vec<_> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Above the root is nothing: what is there no more is looked for in vain.
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor))
}

/// Why a link leads nowhere.
fn problem(files: &Files, path: &str, anchor: Option<&str>) -> Option<&'static str> {
    let folder = format!("{path}/");
    let file = files.get(path);
    match (file, anchor) {
        (None, None) if files.keys().any(|name| name.starts_with(&folder)) => None,
        (None, _) => Some("there is no such file"),
        (Some(_), None) => None,
        (Some(Some(page)), Some(anchor)) if page.anchors.contains(anchor) => None,
        (Some(_), Some(_)) => Some("there is no such heading"),
    }
}

fn pages(files: &Files) -> impl Iterator<Item = (&String, &Page)> {
    let page = |(path, page)| Some((path, Option::as_ref(page)?));
    files.iter().filter_map(page)
}

fn broken(files: &Files) -> Vec<String> {
    let mut broken = Vec::new();
    for (from, page) in pages(files) {
        for link in &page.links {
            let target = target(from, link);
            let why = target.and_then(|(path, anchor)| problem(files, &path, anchor));
            broken.extend(why.map(|why| format!("{from}: {link}: {why}")));
        }
    }
    broken
}

/// The pages of a folder to which no way leads from the entrance.
fn unreachable<'a>(files: &'a Files, folder: &str) -> Vec<&'a str> {
    let mut reached = BTreeSet::from([ENTRANCE.to_owned()]);
    let mut next = vec![ENTRANCE.to_owned()];
    while let Some(from) = next.pop() {
        let page = files.get(&from).and_then(Option::as_ref);
        let links = page.map_or(&[][..], |page| &page.links);
        for (path, _) in links.iter().filter_map(|link| target(&from, link)) {
            if reached.insert(path.clone()) {
                next.push(path);
            }
        }
    }
    let paths = pages(files).map(|(path, _)| path.as_str());
    paths
        .filter(|path| path.starts_with(folder) && !reached.contains(*path))
        .collect()
}

fn of_repository() -> Files {
    let mut files = Files::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    collect(&root, "", &mut files);
    files
}

fn collect(folder: &Path, before: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{before}{name}");
        if entry.file_type().unwrap().is_dir() {
            if !FOREIGN.contains(&name.as_str()) {
                collect(&entry.path(), &format!("{path}/"), files);
            }
        } else if name.ends_with(".md") {
            let text = fs::read_to_string(entry.path()).unwrap();
            files.insert(path, Some(page(&text)));
        } else {
            files.insert(path, None);
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let files = of_repository();
    let broken = broken(&files);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    let count: usize = pages(&files).map(|(_, page)| page.links.len()).sum();
    assert!(count > 50, "only {count} links were found");
}

#[test]
fn every_page_of_docs_can_be_reached_from_the_readme() {
    let files = of_repository();
    assert_eq!(unreachable(&files, "docs/"), [""; 0]);
}

fn files(texts: &[(&str, &str)]) -> Files {
    let file = |(path, text): &(&str, &str)| {
        let page = path.ends_with(".md").then(|| page(text));
        ((*path).to_owned(), page)
    };
    texts.iter().map(file).collect()
}

#[test]
fn links_to_what_is_not_there_are_found() {
    let files = files(&[
        (
            "docs/a.md",
            "[b](../b.md#two-words) [b](../b.md#gone) [c](c.md) [up](../../b.md)\n\n\
             | table |\n|---|\n| [src](../src) [lib](../src/lib.rs) [d](<../gone>) |\n\n\
             `[no](link)` [out](https://example.com/gone) [self](#gone)",
        ),
        ("b.md", "# `Two` words!\n"),
        ("src/lib.rs", ""),
    ]);
    assert_eq!(
        broken(&files),
        [
            "docs/a.md: ../b.md#gone: there is no such heading",
            "docs/a.md: c.md: there is no such file",
            "docs/a.md: ../../b.md: there is no such file",
            "docs/a.md: ../gone: there is no such file",
            "docs/a.md: #gone: there is no such heading",
        ]
    );
}

#[test]
fn equal_headings_are_numbered() {
    let page = page("# A\n## A\n## A\n## B: c_d-e, f?\n");
    let anchors: Vec<_> = page.anchors.iter().map(String::as_str).collect();
    assert_eq!(anchors, ["a", "a-1", "a-2", "b-c_d-e-f"]);
}

#[test]
fn a_page_is_reached_over_others() {
    let files = files(&[
        ("README.md", "[a](docs/a.md)"),
        ("docs/a.md", "[b](b/c.md#x)"),
        ("docs/b/c.md", ""),
        ("docs/lost.md", "[a](a.md)"),
    ]);
    assert_eq!(unreachable(&files, "docs/"), ["docs/lost.md"]);
}
