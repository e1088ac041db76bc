//! What holds for all output.

use std::collections::BTreeMap;

use keyvault_codegen::{Api, Checked, File};
use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};

/// Characters that reorder what a reader sees, or that he cannot see at all.
fn is_unseen(c: char) -> bool {
    let unseen = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    unseen || (c.is_control() && c != '\n')
}

/// All Rust files parse, the Api is in `api.json`, and nobody is deceived by what cannot be seen.
pub fn sound(api: &Api, files: &[File]) {
    for File { path, text } in files {
        if let Some(c) = text.chars().find(|c| is_unseen(*c)) {
            panic!("{path} holds {c:?}");
        }
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            let blank = text.lines().find(|line| line.ends_with(' '));
            assert_eq!(blank, None, "{path} has blanks at the end of a line");
        }
    }
    let json = files.iter().find(|file| file.path == "api.json").unwrap();
    let read: Api = serde_json::from_str(&json.text).unwrap();
    assert!(read == *api, "api.json does not hold the Api");
    // What was found sound with its description is so without.
    Checked::new(read).unwrap();
}

/// A report can be shown on a terminal.
pub fn shows(report: &str) {
    if let Some(c) = report.chars().find(|c| is_unseen(*c)) {
        panic!("a report holds {c:?}: {report:?}");
    }
}

/// Two outputs differ in nothing but texts: comments, literals of text, and documentation.
pub fn same_but_for_texts(one: &[File], other: &[File]) {
    let (one, other) = (skeletons(one), skeletons(other));
    let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&one), paths(&other));
    for (path, skeleton) in one {
        let other = &other[&path];
        assert!(
            skeleton == *other,
            "{path}: {}",
            difference(&skeleton, other)
        );
    }
}

/// What stands around the first difference.
fn difference(one: &str, other: &str) -> String {
    let same = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| {
        let bytes = text.as_bytes();
        let around = &bytes[same.saturating_sub(60)..bytes.len().min(same + 60)];
        String::from_utf8_lossy(around).into_owned()
    };
    format!("…{}…\nagainst …{}…", around(one), around(other))
}

fn skeletons(files: &[File]) -> BTreeMap<String, String> {
    let skeletons = files.iter().map(|file| {
        let skeleton = match file.path.rsplit_once('.') {
            Some((_, "rs")) => rust(&file.text),
            Some((_, "md")) => markdown(&file.text),
            _ => json(&file.text),
        };
        (file.path.clone(), skeleton)
    });
    skeletons.collect()
}

struct Strip;

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
        for attribute in attributes {
            visit_mut::visit_attribute_mut(self, attribute);
        }
    }

    fn visit_lit_str_mut(&mut self, literal: &mut syn::LitStr) {
        *literal = syn::LitStr::new("", literal.span());
    }

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        call.tokens = without_texts(call.tokens.clone());
    }
}

/// What a macro is given is only tokens to a visitor.
fn without_texts(tokens: TokenStream) -> TokenStream {
    let mut stripped = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_mark = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#');
        if is_mark && tokens.next_if(is_documentation).is_some() {
            continue;
        }
        stripped.extend([match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), without_texts(group.stream())).into()
            }
            TokenTree::Literal(literal) if literal.to_string().starts_with('"') => {
                Literal::string("").into()
            }
            token => token,
        }]);
    }
    stripped
}

/// Whether a token is `[doc …]`.
fn is_documentation(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if word == "doc")
}

fn rust(text: &str) -> String {
    let mut file = syn::parse_file(text).unwrap();
    Strip.visit_file_mut(&mut file);
    let mut tokens = TokenStream::new();
    tokens.extend(file.attrs.iter().map(ToTokens::to_token_stream));
    tokens.extend(file.items.iter().map(ToTokens::to_token_stream));
    // Long texts break lines, and a broken list ends in a comma.
    tokens
        .to_string()
        .replace(',', " ")
        .split_whitespace()
        .collect::<String>()
        // A name on the wire is told where it is another one than that of its item.
        .replace("=>\"\"", "")
        .replace("=\"\"", "")
        .replace("(\"\")", "")
}

/// Of how many cells each row is.
fn markdown(text: &str) -> String {
    let bars = |line: &str| match line.starts_with('|') {
        true => line.replace("\\|", "").matches('|').count(),
        false => 0,
    };
    text.lines()
        .map(|line| format!("{}\n", bars(line)))
        .collect()
}

/// The structure, without keys and texts.
fn json(text: &str) -> String {
    use serde_json::Value;
    fn shape(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                format!("{{{}}}", members.values().map(shape).collect::<String>())
            }
            Value::Array(items) => format!("[{}]", items.iter().map(shape).collect::<String>()),
            Value::String(_) => "t".to_owned(),
            other => other.to_string(),
        }
    }
    shape(&serde_json::from_str(text).unwrap())
}
