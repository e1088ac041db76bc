//! What an operation is given: each argument has a name of its own, on the wire and in Rust.

use std::collections::{BTreeMap, BTreeSet};

use super::{Claim, Scope, Validator, rename};
use crate::api::{Location, Operation, Parameter, Presence, Service};
use crate::diagnostic::{Code, Diagnostic};
use crate::naming;

impl Validator<'_> {
    pub(super) fn arguments(&mut self, service: &Service, operation: &Operation) {
        let item = [service.name.as_str(), "operations", operation.id.as_str()];
        // `new` is the constructor of every builder, the others come with the trait.
        let mut scope = Scope::new(&[
            "new",
            "request",
            "response",
            "wiped_request",
            "given",
            "reply",
            "reply_with",
        ]);
        if operation.settled_by.is_some() {
            scope.reserved.push("probe");
        }
        let twice = self.in_two_places(&item, operation);
        for parameter in &operation.parameters {
            if is_constant(parameter) || twice.contains(parameter.wire.as_str()) {
                continue;
            }
            let kind = match parameter.location {
                Location::Path => "the path parameter",
                Location::Query => "the query parameter",
                Location::Header => "the header parameter",
            };
            let key = parameter.key();
            let claim = Claim {
                kind,
                wire: &parameter.wire,
                name: naming::parameter(parameter),
                at: self.origins.get(&[&item[..], &[key.as_str()]].concat()),
                rename: rename::CLIENT_NAME,
            };
            self.take(&mut scope, claim);
        }
        if let Some(body) = &operation.body {
            let claim = Claim {
                kind: "the body",
                wire: &body.name,
                name: naming::body(body),
                at: self.origins.get(&[&item[..], &["body"]].concat()),
                rename: rename::BODY,
            };
            self.take(&mut scope, claim);
        }
    }

    /// The values of a request are told apart by the names of their parameters alone. Returns the names that would not do.
    fn in_two_places<'o>(&mut self, item: &[&str], operation: &'o Operation) -> BTreeSet<&'o str> {
        let mut known: BTreeMap<&str, &Parameter> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for parameter in &operation.parameters {
            let wire = parameter.wire.as_str();
            let Some(first) = known.insert(wire, parameter) else {
                continue;
            };
            // Nobody gives a constant; and what is in one place twice is no news here.
            let are_constant = [first, parameter].map(is_constant) == [true, true];
            if are_constant || first.location == parameter.location {
                continue;
            }
            let place = |parameter: &Parameter| {
                let key = parameter.key();
                self.origins.get(&[item, &[key.as_str()]].concat())
            };
            let message = format!("two parameters of the operation are called `{wire}`");
            let diagnostic = Diagnostic::new(Code::Unsupported, place(parameter), message);
            let diagnostic = diagnostic.see(place(first), "the other one");
            let is_in_path = [first, parameter].map(|p| p.location == Location::Path);
            let help = match is_in_path.contains(&true) {
                true => "give the one in the path another name, which the service never sees",
                false => "remove one of the two; an operation takes one value of a name",
            };
            self.diagnostics.push(diagnostic.help(help));
            twice.insert(wire);
        }
        twice
    }
}

fn is_constant(parameter: &Parameter) -> bool {
    matches!(parameter.presence, Presence::Constant(_))
}
