//! Services of one host stand side by side on the side of the service.

use super::{Claim, Scope, Validator, rename};
use crate::api::{Api, Service};
use crate::naming::{self, Named};
use crate::source::At;

impl Validator<'_> {
    pub(super) fn hosts(&mut self, api: &Api) {
        let mut hosts = Scope::new(&[]);
        for services in api.hosts() {
            if let Some(first) = services.first() {
                self.take(&mut hosts, claim(first, naming::host_request(first)));
            }
            let mut requests = Scope::new(&[]);
            for service in services {
                self.take(
                    &mut requests,
                    claim(service, naming::service_request(service)),
                );
            }
        }
    }
}

fn claim(service: &Service, name: Named) -> Claim<'_> {
    Claim {
        kind: "the document",
        wire: &service.document,
        name,
        at: At::file(&service.document),
        rename: rename::DOCUMENT,
    }
}
