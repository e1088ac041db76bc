//! What was tried, and what came of it.

use keyvault_codegen::api::{Operation, Parameter, Presence, Scalar, Type};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::values::is_typed;

/// What came of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It arrived at its operation, with its values.
    Reached,
    /// It was not made, for this reason.
    Refused(&'static str),
    /// The type of an argument has no room for the value.
    Typed,
    /// The value of a constant is not up to the caller, and it arrived as it is.
    Constant,
}

/// The counts of a run, and what is wrong.
#[derive(Default)]
pub struct Counts {
    operations: BTreeSet<(String, String)>,
    pub parameters: BTreeSet<(String, String, String)>,
    outcomes: BTreeMap<(String, Outcome), usize>,
    usual: usize,
    findings: Vec<String>,
}

impl Counts {
    /// Notes an operation that was tried.
    pub fn operation(&mut self, service: &str, operation: &Operation) {
        self.operations
            .insert((service.to_owned(), operation.id.clone()));
    }

    /// Notes what came of a request in which nothing is hostile: unless it arrives, all that is said of its variants is void.
    pub fn usual(&mut self, result: Result<Outcome, String>) {
        match result {
            Ok(Outcome::Reached | Outcome::Constant) => self.usual += 1,
            Ok(other) => self
                .findings
                .push(format!("the usual arguments: {other:?}")),
            Err(finding) => self.findings.push(finding),
        }
    }

    /// Notes what came of a request with a value of this kind.
    pub fn note(&mut self, kind: &str, result: Result<Outcome, String>) {
        match result {
            Ok(outcome) => *self.outcomes.entry((kind.to_owned(), outcome)).or_default() += 1,
            Err(finding) => self.findings.push(finding),
        }
    }

    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// How many requests came to this.
    pub fn of(&self, wanted: impl Fn(Outcome) -> bool) -> usize {
        let outcomes = self.outcomes.iter();
        outcomes
            .filter(|((_, outcome), _)| wanted(*outcome))
            .map(|(_, count)| count)
            .sum()
    }

    /// Nothing is wrong.
    pub fn assert_no_findings(&self) {
        let first: Vec<_> = self.findings.iter().take(30).map(String::as_str).collect();
        assert!(
            first.is_empty(),
            "{} findings:\n{}",
            self.findings.len(),
            first.join("\n")
        );
    }

    /// For each kind there are requests that arrived and requests that were not made; but a constant always arrives.
    pub fn assert_both_outcomes(&self) {
        let kinds: BTreeSet<_> = self.outcomes.keys().map(|(kind, _)| kind).collect();
        for kind in kinds {
            let own = self.outcomes.keys().filter(|(own, _)| own == kind);
            let own: BTreeSet<_> = own.map(|(_, outcome)| *outcome).collect();
            let not_made = |outcome: &Outcome| matches!(outcome, Outcome::Refused(_));
            let both = own.contains(&Outcome::Reached) && own.iter().any(not_made);
            let typed = own.contains(&Outcome::Reached) && own.contains(&Outcome::Typed);
            let constant = own.len() == 1 && own.contains(&Outcome::Constant);
            assert!(both || typed || constant, "{kind}: {own:?}");
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_refused = |outcome| matches!(outcome, Outcome::Refused(_));
        writeln!(
            f,
            "{} operations, {} parameters, {} requests and {} with a hostile value, {} findings",
            self.operations.len(),
            self.parameters.len(),
            self.usual,
            self.of(|_| true),
            self.findings.len()
        )?;
        writeln!(
            f,
            "{} reached, {} refused, {} typed, {} constant",
            self.of(|outcome| outcome == Outcome::Reached),
            self.of(is_refused),
            self.of(|outcome| outcome == Outcome::Typed),
            self.of(|outcome| outcome == Outcome::Constant),
        )?;
        for ((kind, outcome), count) in &self.outcomes {
            writeln!(f, "{count:>8} {outcome:?} {kind}")?;
        }
        Ok(())
    }
}

/// What tells the handling of a parameter from that of others.
pub fn kind(parameter: &Parameter) -> String {
    let limits = &parameter.constraints;
    let ty = match &parameter.ty {
        Type::Scalar(Scalar::Bool) => "boolean",
        Type::Named(_) => "enumeration",
        _ if is_typed(parameter) => "number",
        _ if parameter.raw => "scope",
        _ => "text",
    };
    let marks = [
        (limits.pattern.is_some(), "pattern"),
        (
            limits.min_length.is_some() || limits.max_length.is_some(),
            "length",
        ),
        (
            limits.minimum.is_some() || limits.maximum.is_some(),
            "range",
        ),
        (parameter.presence == Presence::Optional, "optional"),
        (
            matches!(parameter.presence, Presence::Constant(_)),
            "constant",
        ),
    ];
    let marks = marks.iter().filter_map(|(is, mark)| is.then_some(*mark));
    let words: Vec<_> = [parameter.location.as_str(), ty]
        .into_iter()
        .chain(marks)
        .collect();
    words.join(" ")
}
