//! Lists must come in pages that can be taken apart.

use super::Validator;
use crate::api::{NoPage, Operation, Service};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};

impl Validator<'_> {
    pub(super) fn pages(&mut self, service: &Service, operation: &Operation) {
        let Some(paging) = &operation.paging else {
            return;
        };
        let Err(problem) = self.types.page(&operation.payload, paging) else {
            return;
        };
        let item = [
            service.name.as_str(),
            "operations",
            operation.id.as_str(),
            "x-ms-pageable",
        ];
        let wire = match &problem {
            NoPage::NoModel => None,
            NoPage::NoMember(wire) | NoPage::NoList(wire) | NoPage::NoText(wire) => Some(wire),
        };
        let key = wire.map(|wire| match *wire == paging.items {
            true => "itemName",
            false => "nextLinkName",
        });
        let fields = self.types.members(&operation.payload).unwrap_or_default();
        let meant = match &problem {
            NoPage::NoMember(wire) => {
                did_you_mean(wire, fields.iter().map(|field| field.wire.as_str()))
            }
            _ => None,
        };
        let (message, help) = match &problem {
            NoPage::NoModel => (
                "the result is no object, and so no page of a list".to_owned(),
                "let the body of the success be an object with the items, or remove `x-ms-pageable`",
            ),
            NoPage::NoMember(wire) => (
                format!("the result has no property `{wire}`"),
                "name one that it has in `itemName` or `nextLinkName`, or add the property; write \
                 `nextLinkName: null` where there is only one page",
            ),
            NoPage::NoList(wire) => (
                format!("the property `{wire}` of the result is no list"),
                "name the property that holds the items in `itemName`",
            ),
            NoPage::NoText(wire) => (
                format!("the property `{wire}` of the result is no plain text"),
                "name the property that holds the URL of the next page in `nextLinkName`",
            ),
        };
        let at = self.origins.get(&item);
        let at = match key {
            Some(key) => at.child(key),
            None => at,
        };
        let diagnostic = Diagnostic::new(Code::Inconsistent, at, message);
        self.diagnostics.push(
            diagnostic
                .value()
                .help(meant.unwrap_or_else(|| help.to_owned())),
        );
    }
}
