//! What the description wants of the runtime at the root of the crate, beside the modules of the services.

use std::collections::BTreeSet;

use super::{Claim, Scope, Validator, rename};
use crate::api::Api;
use crate::diagnostic::Code;
use crate::emit::GENERAL;
use crate::naming;

/// What the root has when the feature `client` is on.
const CLIENT: &str = "Client";

impl Validator<'_> {
    /// `root` holds the names that are taken there.
    pub(super) fn exports(&mut self, api: &Api, mut root: Scope) {
        for name in GENERAL.iter().chain([&CLIENT]) {
            root.reserved.push(name);
        }
        let mut known = BTreeSet::new();
        for service in &api.services {
            for path in service.exports.iter().filter(|path| known.insert(*path)) {
                let at = self.origins.get(&[&service.name, "exports", path]);
                let Ok((_, item)) = naming::runtime_path(path) else {
                    let message = format!("`{path}` is no path of identifiers");
                    let help = "write the modules of the runtime around an item and its name, such as \
                                `client::Credential`";
                    self.report(Code::InvalidName, at, message, help);
                    continue;
                };
                let claim = Claim {
                    kind: "the export",
                    wire: path,
                    name: Ok(item),
                    at,
                    rename: rename::EXPORT,
                };
                self.take(&mut root, claim);
            }
        }
    }
}
