//! No value turns a request into another one: for every parameter of every operation, a hostile value is either refused,
//! with an error that names the parameter, or arrives as it is at the operation that was meant.
//!
//! Where a request arrives is said by the service's side of the crate, with all services of a host together, and by a URL
//! parser that shares no code with this crate and resolves dots and encoded dots as HTTP clients do.
#![forbid(unsafe_code)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

mod counts;
mod judge;
#[path = "../server/made.rs"]
mod made;
mod reached;
mod scopes;
mod target;
mod values;

use keyvault_codegen::Api;
use keyvault_codegen::api::{Parameter, Presence};
use std::collections::BTreeSet;

use counts::{Counts, Outcome, kind};
use judge::{Others, Subject, subjects};

fn api() -> Api {
    serde_json::from_str(include_str!("../../../generated/api.json")).unwrap()
}

/// How the other parameters are while one is tried.
fn surroundings(subject: &Subject<'_>) -> &'static [Others] {
    match subject.has_optional() {
        true => &[Others::Given, Others::LeftOut, Others::Empty],
        false => &[Others::Given],
    }
}

#[test]
fn every_value_of_every_parameter_arrives_as_it_is_or_is_refused() {
    let api = api();
    let literals = values::literals(&api);
    let mut counts = Counts::default();
    for subject in subjects(&api) {
        counts.operation(&subject.service.name, subject.operation);
        for others in surroundings(&subject) {
            try_each_parameter(&api, &subject, *others, &literals, &mut counts);
        }
    }
    println!("one value: {counts}");
    counts.assert_no_findings();
    counts.assert_both_outcomes();
    assert_all_are_covered(&counts);
}

fn try_each_parameter(
    api: &Api,
    subject: &Subject<'_>,
    others: Others,
    literals: &[String],
    counts: &mut Counts,
) {
    let mut given = subject.arguments(api, others);
    let usual = given.parameters.clone();
    // The arguments that the hostile ones take the place of must be good, or all would be refused for another reason.
    counts.usual(subject.judge(&given, &[]));
    for parameter in subject.parameters() {
        counts.parameters.insert((
            subject.service.name.clone(),
            subject.operation.id.clone(),
            parameter.wire.clone(),
        ));
        let mut values = values::for_parameter(subject.operation, parameter, literals);
        // Once is enough: a URL that is too long is so whatever the others are.
        if others == Others::Given {
            values.extend(values::huge());
        }
        for value in values {
            given.parameters.insert(parameter.wire.clone(), value);
            counts.note(&kind(parameter), subject.judge(&given, &[parameter]));
        }
        given.parameters.clone_from(&usual);
    }
}

/// Nothing of what the crate declares is passed over.
fn assert_all_are_covered(counts: &Counts) {
    let declared = reached::operations();
    assert_eq!(counts.operations(), declared.len());
    let parameters = declared.iter().flat_map(|meta| {
        let own = meta.declared_parameters().iter();
        own.map(|one| (meta.service().name, meta.id(), one.name()))
    });
    let parameters: BTreeSet<_> = parameters
        .map(|(service, id, name)| (service.to_owned(), id.to_owned(), name.to_owned()))
        .collect();
    assert_eq!(counts.parameters, parameters);
}

#[test]
fn a_version_that_the_endpoint_asks_for_stays_in_its_place() {
    let api = api();
    let mut counts = Counts::default();
    for subject in subjects(&api) {
        counts.operation(&subject.service.name, subject.operation);
        let given = subject.arguments(&api, Others::LeftOut);
        for version in values::HOSTILE {
            counts.note("api-version", subject.judge_version(&given, version));
        }
    }
    println!("versions: {counts}");
    counts.assert_no_findings();
    let all = reached::operations().len() * values::HOSTILE.len();
    assert_eq!(counts.of(|outcome| outcome == Outcome::Reached), all);
}

#[test]
fn two_hostile_values_together_do_no_more() {
    let api = api();
    let mut counts = Counts::default();
    for subject in subjects(&api) {
        for others in surroundings(&subject) {
            try_each_pair(&api, &subject, *others, &mut counts);
        }
    }
    println!("two values: {counts}");
    counts.assert_no_findings();
    counts.assert_both_outcomes();
    let of = |wanted| counts.of(|outcome| outcome == Outcome::Refused(wanted));
    assert!(of("Rival") > 0 && of("DotSegment") > 0 && of("Empty") > 0);
}

fn try_each_pair(api: &Api, subject: &Subject<'_>, others: Others, counts: &mut Counts) {
    let can_be_any =
        |one: &&Parameter| !values::is_typed(one) && !matches!(one.presence, Presence::Constant(_));
    let parameters: Vec<_> = subject.parameters().filter(can_be_any).collect();
    let texts = values::for_pairs(subject.operation);
    let mut given = subject.arguments(api, others);
    let usual = given.parameters.clone();
    for (at, first) in parameters.iter().enumerate() {
        for second in &parameters[at + 1..] {
            counts.operation(&subject.service.name, subject.operation);
            let pair = format!("{} + {}", kind(first), kind(second));
            for one in &texts {
                given
                    .parameters
                    .insert(first.wire.clone(), one.as_str().into());
                for other in &texts {
                    given
                        .parameters
                        .insert(second.wire.clone(), other.as_str().into());
                    counts.note(&pair, subject.judge(&given, &[first, second]));
                }
            }
            given.parameters.clone_from(&usual);
        }
    }
}
