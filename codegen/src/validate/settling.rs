//! Where an effect shows must be asked for with what the operation itself was given.

use std::collections::BTreeMap;

use super::Validator;
use crate::api::{Operation, Parameter, Presence, Service};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};

const KEY: &str = "x-settled-by";

impl Validator<'_> {
    pub(super) fn settling(
        &mut self,
        service: &Service,
        operation: &Operation,
        operations: &BTreeMap<&str, &Operation>,
    ) {
        let Some(id) = &operation.settled_by else {
            return;
        };
        let item = [
            service.name.as_str(),
            "operations",
            operation.id.as_str(),
            KEY,
        ];
        let at = self.origins.get(&item);
        let Some(probe) = operations.get(id.as_str()) else {
            // Of an operation that cannot be used enough has been said.
            if self.origins.has(&[&service.name, "operations", id]) {
                return;
            }
            let message = format!("{} has no operation `{id}`", service.document);
            let known = service.operations().map(|operation| operation.id.as_str());
            let help = did_you_mean(id, known).unwrap_or_else(|| {
                "name an operation of the same document by its `operationId`".to_owned()
            });
            let diagnostic = Diagnostic::new(Code::UnknownReference, at, message);
            self.diagnostics.push(diagnostic.value().help(help));
            return;
        };
        let found = |message: String| {
            let diagnostic = Diagnostic::new(Code::Inconsistent, at.clone(), message).value();
            diagnostic.help(
                "name an operation that finds, with the same parameters, what this one brings about",
            )
        };
        if probe.id == operation.id {
            let message = "an operation cannot tell itself when its effect shows".to_owned();
            return self.diagnostics.push(found(message));
        }
        let place = self.origins.get(&[&service.name, "operations", &probe.id]);
        if probe.body.is_some() {
            let message = format!("`{id}` takes a body, and there is none to give it");
            self.diagnostics
                .push(found(message).see(place.clone(), "this operation"));
        }
        for parameter in lacking(operation, probe) {
            let wire = &parameter.wire;
            let message = format!(
                "`{id}` needs `{wire}`, which this operation does not require with the same type"
            );
            self.diagnostics
                .push(found(message).see(place.clone(), "this operation"));
        }
    }
}

/// The required parameters of `probe` for which `operation` has no value.
fn lacking<'a>(operation: &Operation, probe: &'a Operation) -> Vec<&'a Parameter> {
    let parameters = probe.parameters.iter();
    parameters
        .filter(|wanted| wanted.presence == Presence::Required)
        .filter(|wanted| operation.value_for(wanted).is_none())
        .collect()
}
