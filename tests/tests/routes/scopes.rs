//! The scope of a role keeps its slashes, and nothing else of it means anything.

use super::counts::{Counts, Outcome, kind};
use super::judge::{Others, Subject, subjects};
use super::{api, reached};
use keyvault_codegen::Api;

/// Scopes that arrive.
const GOOD: &[&str] = &[
    "/",
    "/keys",
    "keys",
    "/keys/name",
    "/keys/{name}",
    "keys/a b",
    "/keys/%2F",
    "/keys/%2e%2e",
    "/keys/...",
    "/keys/a;b=c",
    "/keys/a?b#c",
    "/keys/a\\..\\b",
    "/keys/\u{ff0f}",
    "/keys/\u{202e}",
    "/keys/a\r\nHost: evil",
    "/KEYS/restore",
    "/certificates/issuers",
    "/certificates/contacts",
    "/deletedkeys/k/recover",
    "/providers",
    "/providers/Microsoft.Authorization",
    "/providers/Microsoft.Authorization/roleAssignments",
    "/providers/Microsoft.Authorization/roleDefinitions/x",
    "/keys/providers/Microsoft.Authorization/roleAssignments",
    "/keys/providers/Microsoft.Authorization/roleAssignments/x",
    "/keys/k/providers/microsoft.authorization/ROLEDEFINITIONS/x",
    "/providers/Microsoft.Authorization/roleAssignments/roleAssignments",
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v",
];

/// Scopes that are refused.
const BAD: &[&str] = &[
    "",
    "//",
    "///",
    "//keys",
    "//evil.com",
    "/keys/",
    "keys/",
    "/keys//x",
    "/keys/..",
    "/keys/.",
    "..",
    ".",
    "/..",
    "/keys/../secrets",
    "/./keys",
    "https://evil",
];

/// Names beside the scope that could be taken for a part of the path.
const NAMES: &[&str] = &[
    "x",
    "roleAssignments",
    "ROLEDEFINITIONS",
    "providers",
    "Microsoft.Authorization",
    "a/b",
    "%2e%2e",
];

/// What came of a scope, for each name beside it if the operation has one.
fn tried(
    api: &Api,
    subject: &Subject<'_>,
    scope: &str,
    counts: &mut Counts,
) -> Vec<Option<Outcome>> {
    let mut given = subject.arguments(api, Others::LeftOut);
    let raw = subject.parameters().find(|one| one.raw).unwrap();
    let plain = subject.parameters().filter(|one| !one.raw);
    let name = plain
        .into_iter()
        .find(|one| given.parameters.contains_key(&one.wire));
    given.parameters.insert(raw.wire.clone(), scope.into());
    let names = match name {
        Some(_) => NAMES,
        None => &NAMES[..1],
    };
    let mut outcomes = Vec::new();
    for text in names {
        if let Some(name) = name {
            given.parameters.insert(name.wire.clone(), (*text).into());
        }
        let result = subject.judge(&given, &[raw]);
        outcomes.push(result.as_ref().ok().copied());
        counts.note(&kind(raw), result);
    }
    outcomes
}

#[test]
fn a_scope_arrives_with_its_slashes_or_is_refused() {
    let api = api();
    let mut counts = Counts::default();
    let subjects = subjects(&api);
    let scoped = subjects
        .iter()
        .filter(|one| one.parameters().any(|one| one.raw));
    for subject in scoped {
        counts.operation(&subject.service.name, subject.operation);
        for scope in GOOD {
            for outcome in tried(&api, subject, scope, &mut counts) {
                let reached = outcome.is_none_or(|outcome| outcome == Outcome::Reached);
                assert!(reached, "{} {scope:?}: {outcome:?}", subject.operation.id);
            }
        }
        for scope in BAD {
            for outcome in tried(&api, subject, scope, &mut counts) {
                let refused = matches!(outcome, None | Some(Outcome::Refused(_)));
                assert!(refused, "{} {scope:?}: {outcome:?}", subject.operation.id);
            }
        }
    }
    println!("scopes: {counts}");
    counts.assert_no_findings();
    let operations = reached::operations();
    let scoped = operations
        .iter()
        .filter(|meta| meta.path().contains("{scope}"));
    assert_eq!(counts.operations(), scoped.count());
    assert!(counts.operations() > 0);
}
