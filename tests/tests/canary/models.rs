//! Every model, read and shown; and every model that cannot be read.

use super::made::{Made, assert_discreet, assert_silent};
use super::{api, models_of};
use keyvault_codegen::Api;
use keyvault_codegen::api::TypeRef;
use keyvault_tests::calls::MODELS;
use keyvault_tests::given::Show;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Where no text belongs, there is nothing that could be shown by right.
const MISPLACED: &str = "mQx99999Z";

fn models() -> impl Iterator<Item = (TypeRef, Show)> {
    MODELS
        .iter()
        .copied()
        .flatten()
        .map(|(service, name, show)| {
            let reference = TypeRef {
                service: (*service).to_owned(),
                name: (*name).to_owned(),
            };
            (reference, *show)
        })
}

fn filled<'a>(api: &'a Api, reference: &TypeRef) -> (Made<'a>, Value) {
    let mut made = Made::new(api);
    let value = made.named(reference);
    (made, value)
}

#[test]
fn no_model_shows_a_secret_and_each_shows_all_else() {
    let api = api();
    let (mut secrets, mut harmless) = (0, 0);
    let mut covered = BTreeSet::new();
    for (reference, show) in models() {
        let (made, value) = filled(&api, &reference);
        let shown = show(&value.to_string()).unwrap();
        let what = String::from(reference.clone());
        assert_discreet(&made, &shown, &what);
        // A model that the service writes as a text is a model all the same.
        let embedded = json!(value.to_string()).to_string();
        assert_discreet(&made, &show(&embedded).unwrap(), &what);
        secrets += made.secrets().count();
        harmless += made.harmless().count();
        covered.insert(reference);
    }
    assert_eq!(covered, models_of(&api), "not all models were looked at");
    println!(
        "{} models: of {secrets} secret canaries none, of {harmless} others all",
        covered.len()
    );
    assert!(covered.len() > 150 && secrets > 100 && harmless > 1000);
}

/// The addresses of everything in a value.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let inner: Vec<_> = match value {
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => (0..).map(|n: usize| n.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inner {
        places(value, &format!("{at}/{name}"), found);
    }
}

/// The value with something wrong at one place, in all ways in which it can be.
fn spoilt(value: &Value, at: &str) -> Vec<Value> {
    let there = value.pointer(at).unwrap();
    let wrong = match there {
        Value::String(text) => vec![
            json!([text]),
            json!({text: text}),
            json!(format!("{text}!")),
            json!([[text], text]),
        ],
        Value::Object(_) => vec![json!([there]), json!(there.to_string() + "!"), json!(7)],
        Value::Array(_) => vec![json!({MISPLACED: there}), json!(there.to_string())],
        _ => vec![
            json!(MISPLACED),
            json!([MISPLACED]),
            json!({MISPLACED: there}),
        ],
    };
    let spoil = |wrong| {
        let mut value = value.clone();
        *value.pointer_mut(at).unwrap() = wrong;
        value
    };
    wrong.into_iter().map(spoil).collect()
}

#[test]
fn no_model_that_cannot_be_read_shows_anything_of_it() {
    let api = api();
    let (mut refused, mut read) = (0, 0);
    for (reference, show) in models() {
        let (made, value) = filled(&api, &reference);
        let what = String::from(reference);
        let mut check = |json: &str| match show(json) {
            Ok(shown) => {
                assert_silent(made.secrets(), &shown, &what);
                read += 1;
            }
            Err(error) => {
                assert_silent(made.canaries.iter(), &error, &what);
                assert!(!error.contains(MISPLACED), "{what}: {error}");
                refused += 1;
            }
        };
        let mut found = Vec::new();
        places(&value, "", &mut found);
        for at in &found {
            for spoilt in spoilt(&value, at) {
                check(&spoilt.to_string());
            }
        }
        let text = value.to_string();
        for end in (0..text.len()).step_by(1 + text.len() / 40) {
            check(&text[..end]);
        }
        check(&format!("{text}{text}"));
        check(&text.replace(':', " "));
        check(&text.replace('"', "'"));
    }
    println!("{refused} faulty texts refused, and {read} read");
    assert!(refused > 5000 && read > 1000);
}
