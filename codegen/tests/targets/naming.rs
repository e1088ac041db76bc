//! Names of one scope -> identifiers.

use std::collections::BTreeSet;
use std::path::Path;

use keyvault_codegen::{Checked, File, Files, generate, load_from};
use proc_macro2::TokenTree;
use serde_json::{Value, json};

/// Lines as the names of all things of one kind.
pub fn naming(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let names: BTreeSet<&str> = text.split('\n').take(24).collect();
    let names: Vec<_> = names.into_iter().collect();
    for scope in [members, values, types] {
        check(&names, &scope(&names));
        for name in &names {
            check(&[name], &scope(&[name]));
        }
    }
}

/// The Api, if the names are accepted, and where their identifiers are found.
type Scope = (Option<Checked>, fn(&[File]) -> Vec<String>);

/// Either there is an identifier for each name, or a diagnostic says why not.
fn check(names: &[&str], (api, identifiers): &Scope) {
    let Some(api) = api else {
        return;
    };
    match generate(api) {
        Ok(files) => {
            super::sound(api, &files);
            let found = identifiers(&files);
            let distinct: BTreeSet<_> = found.iter().collect();
            assert_eq!(distinct.len(), names.len(), "{names:?} became {found:?}");
            assert!(generate(api).unwrap() == files, "two runs differ");
        }
        Err(error) => panic!("what was accepted is not generated: {error}"),
    }
}

fn with_schemas(schemas: &Value) -> Option<Checked> {
    let root = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "v"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    let files = Files::in_memory([("spec/a.yaml", root.to_string())]);
    let loaded = load_from(&files, Path::new("spec"));
    (!loaded.report.has_errors()).then_some(loaded.api)
}

fn members(names: &[&str]) -> Scope {
    let member = |name: &&str| ((*name).to_owned(), json!({"type": "string"}));
    let members: serde_json::Map<_, _> = names.iter().map(member).collect();
    let api = with_schemas(&json!({"Only": {"type": "object", "properties": members}}));
    (api, |files| rows(files, "src/a/models.rs"))
}

fn values(names: &[&str]) -> Scope {
    let api = with_schemas(&json!({"Only": {"type": "string", "enum": names}}));
    (api, |files| rows(files, "src/a/enums.rs"))
}

fn types(names: &[&str]) -> Scope {
    let schema = |name: &&str| {
        (
            (*name).to_owned(),
            json!({"type": "string", "format": "uuid"}),
        )
    };
    let schemas: serde_json::Map<_, _> = names.iter().map(schema).collect();
    let api = with_schemas(&Value::Object(schemas));
    (api, |files| {
        let items = parsed(files, "src/a/models.rs").items.into_iter();
        let aliases = items.filter_map(|item| match item {
            syn::Item::Type(item) => Some(item.ident.to_string()),
            _ => None,
        });
        aliases.collect()
    })
}

/// The names of the rows of the only table in a file.
fn rows(files: &[File], path: &str) -> Vec<String> {
    let items = parsed(files, path).items.into_iter();
    let mut tables = items.filter_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.tokens),
        _ => None,
    });
    let (table, None) = (tables.next().unwrap(), tables.next()) else {
        panic!("there is more than one table in {path}");
    };
    let Some(TokenTree::Group(rows)) = table.into_iter().last() else {
        panic!("the table in {path} has no rows");
    };
    let (mut names, mut is_start) = (Vec::new(), true);
    for token in rows.stream() {
        match &token {
            TokenTree::Ident(name) if is_start => {
                names.push(name.to_string());
                is_start = false;
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' => is_start = true,
            _ => {}
        }
    }
    names
}

fn parsed(files: &[File], path: &str) -> syn::File {
    let file = files.iter().find(|file| file.path == path).unwrap();
    syn::parse_file(&file.text).unwrap()
}
