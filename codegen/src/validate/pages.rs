//! Lists must come in pages that can be taken apart.

use super::Validator;
use crate::api::{NoPage, Operation, Service};
use crate::diagnostic::Code;

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
        let (message, help) = match problem {
            NoPage::NoModel => (
                "the result is no model, and so no page of a list".to_owned(),
                "let the success carry a model with the items, or remove `x-ms-pageable`",
            ),
            NoPage::NoMember(wire) => (
                format!("the result has no member `{wire}`"),
                "name a member of it in `itemName` or `nextLinkName`, or add the member; \
                 `nextLinkName: null` where there is only one page",
            ),
            NoPage::NoList(wire) => (
                format!("the member `{wire}` of the result is no list"),
                "name the member that holds the items in `itemName`",
            ),
            NoPage::NoText(wire) => (
                format!("the member `{wire}` of the result is no plain text"),
                "name the member that holds the URL of the next page in `nextLinkName`",
            ),
        };
        let at = self.origins.get(&item);
        self.report(Code::Inconsistent, at, message, help);
    }
}
