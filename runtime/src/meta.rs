use crate::long_running::LongRunning;
use crate::parameter::{Parameter, Place};
use http::Method;

/// A service, and the version of its API that was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The name of the module.
    pub name: &'static str,
    /// The value of the query parameter `api-version`.
    pub api_version: &'static str,
    /// The scopes to ask tokens for, when no challenge says otherwise.
    pub scopes: &'static [&'static str],
}

/// The operations of a service. Each starts with the API version of the service, without parameters
/// and with 200 as its only status of success; the methods of [`OperationMeta`] say what differs.
impl Service {
    /// An operation that is sent with `GET`.
    #[must_use]
    pub const fn get(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::GET, path)
    }

    /// An operation that is sent with `PUT`.
    #[must_use]
    pub const fn put(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::PUT, path)
    }

    /// An operation that is sent with `POST`.
    #[must_use]
    pub const fn post(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::POST, path)
    }

    /// An operation that is sent with `PATCH`.
    #[must_use]
    pub const fn patch(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::PATCH, path)
    }

    /// An operation that is sent with `DELETE`.
    #[must_use]
    pub const fn delete(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::DELETE, path)
    }

    /// An operation that is sent with `HEAD`.
    #[must_use]
    pub const fn head(&'static self, id: &'static str, path: &'static str) -> OperationMeta {
        OperationMeta::new(self, id, Method::HEAD, path)
    }
}

/// How a list that comes in pages is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The member that holds the items of one page.
    pub items: &'static str,
    /// The member that holds the URL of the next page; `None` if there is only ever one.
    pub next_link: Option<&'static str>,
}

/// The facts of an operation.
#[derive(Clone, Debug)]
pub struct OperationMeta {
    service: &'static Service,
    id: &'static str,
    method: Method,
    path: &'static str,
    api_version: Option<&'static str>,
    parameters: &'static [Parameter],
    rivals: &'static [&'static str],
    accepts: &'static [u16],
    permission: Option<&'static str>,
    idempotent: bool,
    paging: Option<Paging>,
    long_running: Option<LongRunning>,
    secret_request: bool,
    secret_response: bool,
}

impl OperationMeta {
    pub(crate) const fn new(
        service: &'static Service,
        id: &'static str,
        method: Method,
        path: &'static str,
    ) -> Self {
        Self {
            service,
            id,
            method,
            path,
            api_version: Some(service.api_version),
            parameters: &[],
            rivals: &[],
            accepts: &[200],
            permission: None,
            idempotent: false,
            paging: None,
            long_running: None,
            secret_request: false,
            secret_response: false,
        }
    }

    /// Declares the parameters, in the order of the query.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Names the paths of other operations with this method that the path must not become.
    #[must_use]
    pub const fn rivals(mut self, rivals: &'static [&'static str]) -> Self {
        self.rivals = rivals;
        self
    }

    /// Declares the statuses of success.
    #[must_use]
    pub const fn accepts(mut self, statuses: &'static [u16]) -> Self {
        self.accepts = statuses;
        self
    }

    /// Names the permission that the caller needs.
    #[must_use]
    pub const fn permission(mut self, permission: &'static str) -> Self {
        self.permission = Some(permission);
        self
    }

    /// Sending the request twice does no more than sending it once.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// The result comes in pages.
    #[must_use]
    pub const fn paging(mut self, items: &'static str, next_link: Option<&'static str>) -> Self {
        self.paging = Some(Paging { items, next_link });
        self
    }

    /// The operation goes on after its response.
    #[must_use]
    pub const fn long_running(mut self, protocol: LongRunning) -> Self {
        self.long_running = Some(protocol);
        self
    }

    /// The request carries a secret.
    #[must_use]
    pub const fn secret_request(mut self) -> Self {
        self.secret_request = true;
        self
    }

    /// The response carries a secret.
    #[must_use]
    pub const fn secret_response(mut self) -> Self {
        self.secret_response = true;
        self
    }

    /// The operation takes no `api-version`.
    #[must_use]
    pub const fn without_api_version(mut self) -> Self {
        self.api_version = None;
        self
    }
}

/// The facts, one by one.
impl OperationMeta {
    /// The service that the operation belongs to.
    #[must_use]
    pub const fn service(&self) -> &'static Service {
        self.service
    }

    /// The name in the API description: `GetKey`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The template of the path: `/keys/{key-name}/{key-version}`.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The `api-version` that is sent unless the endpoint asks for another; `None` if there is none.
    #[must_use]
    pub fn api_version(&self) -> Option<&'static str> {
        match self.declared_api_version() {
            Some(declared) => declared.constant,
            None => self.api_version,
        }
    }

    /// The `api-version` that is added to the declared parameters.
    pub(crate) fn automatic_api_version(&self) -> Option<&'static str> {
        self.api_version
            .filter(|_| self.declared_api_version().is_none())
    }

    fn declared_api_version(&self) -> Option<&'static Parameter> {
        let named = |parameter: &&Parameter| {
            parameter.place == Place::Query && parameter.name == "api-version"
        };
        self.parameters.iter().find(named)
    }

    /// The declared parameters.
    #[must_use]
    pub const fn declared_parameters(&self) -> &'static [Parameter] {
        self.parameters
    }

    /// The paths of other operations that the path must not become.
    #[must_use]
    pub const fn rival_paths(&self) -> &'static [&'static str] {
        self.rivals
    }

    /// The declared statuses of success.
    #[must_use]
    pub const fn success_statuses(&self) -> &'static [u16] {
        self.accepts
    }

    /// The permission that the caller needs, if it is known: `keys/get`.
    #[must_use]
    pub const fn required_permission(&self) -> Option<&'static str> {
        self.permission
    }

    /// Whether sending the request twice does no more than sending it once.
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// How the result is laid out if it comes in pages.
    #[must_use]
    pub const fn pages(&self) -> Option<Paging> {
        self.paging
    }

    /// How the operation goes on after its response, if it does.
    #[must_use]
    pub const fn protocol(&self) -> Option<LongRunning> {
        self.long_running
    }

    /// Whether the request carries a secret.
    #[must_use]
    pub const fn sends_secrets(&self) -> bool {
        self.secret_request
    }

    /// Whether the response carries a secret.
    #[must_use]
    pub const fn receives_secrets(&self) -> bool {
        self.secret_response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::long_running::Poll;

    const SERVICE: Service = Service {
        name: "keys",
        api_version: "7.5",
        scopes: &["s/.default"],
    };
    const PLAIN: &OperationMeta = &SERVICE.get("GetKeys", "/keys");
    const RICH: &OperationMeta = &SERVICE
        .put("Rich", "/x/{a}")
        .parameters(&[
            Parameter::path("a").pattern("^a$"),
            Parameter::query("api-version").constant("2015-11-01"),
        ])
        .rivals(&["/x/y"])
        .accepts(&[200, 204])
        .permission("keys/get")
        .idempotent()
        .paging("value", Some("nextLink"))
        .long_running(LongRunning::new(Poll::Location))
        .secret_request()
        .secret_response();

    #[test]
    fn the_defaults_are_modest() {
        assert_eq!(
            (PLAIN.id(), PLAIN.method(), PLAIN.path()),
            ("GetKeys", &Method::GET, "/keys")
        );
        assert_eq!(
            (PLAIN.service(), PLAIN.api_version()),
            (&SERVICE, Some("7.5"))
        );
        assert!(
            PLAIN.declared_parameters().is_empty()
                && PLAIN.rival_paths().is_empty()
                && !PLAIN.is_idempotent()
        );
        assert_eq!(
            (PLAIN.required_permission(), PLAIN.pages(), PLAIN.protocol()),
            (None, None, None)
        );
        assert_eq!(PLAIN.success_statuses(), [200]);
    }

    #[test]
    fn every_fact_is_told() {
        assert_eq!(
            (RICH.rival_paths(), RICH.success_statuses()),
            (&["/x/y"][..], &[200, 204][..])
        );
        assert_eq!(
            (RICH.required_permission(), RICH.is_idempotent()),
            (Some("keys/get"), true)
        );
        assert_eq!(RICH.pages().unwrap().next_link, Some("nextLink"));
        assert_eq!(RICH.protocol(), Some(LongRunning::new(Poll::Location)));
        assert_eq!(RICH.declared_parameters()[0].name(), "a");
        assert!(RICH.sends_secrets() && RICH.receives_secrets());
        assert!(!PLAIN.sends_secrets() && !PLAIN.receives_secrets());
    }

    #[test]
    fn a_declared_api_version_replaces_that_of_the_service() {
        assert_eq!(RICH.api_version(), Some("2015-11-01"));
        assert_eq!(
            RICH.clone()
                .parameters(&[])
                .without_api_version()
                .api_version(),
            None
        );
    }
}
