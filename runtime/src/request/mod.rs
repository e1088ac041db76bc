//! From the arguments of an operation to a request.

mod argument;
mod arguments;
mod check;
mod encode;
mod headers;
mod route;
mod url;

pub use argument::Argument;
pub use arguments::Arguments;

#[cfg(feature = "server")]
pub(crate) use route::{Piece, pieces, rival};

use crate::{BuildError, Endpoint, WipedBody};
#[cfg(feature = "server")]
use crate::{BuildErrorKind, Parameter, Place};
use http::Request;
use std::fmt::Display;

/// Encodes a value for a query.
pub(crate) fn encode_value(text: &str) -> impl Display {
    encode::value(text)
}

/// Whether a value is what its parameter declares, and leads to no other path: what a request is refused for.
#[cfg(feature = "server")]
pub(crate) fn check_value(parameter: &Parameter, text: &str) -> Result<(), BuildErrorKind> {
    match parameter.place {
        Place::Path => route::check_value(parameter, text),
        Place::Query | Place::Header => check::check(parameter, text),
    }
}

/// Puts the request together. Not generic, so that it is compiled once.
pub(crate) fn assemble(
    endpoint: &Endpoint,
    arguments: Arguments<'_>,
) -> Result<Request<WipedBody>, BuildError> {
    let (arguments, body) = arguments.finish()?;
    let uri = url::of(endpoint, &arguments)?;
    let headers = headers::of(&arguments, body.is_some())?;
    let mut request = Request::new(body.unwrap_or_default());
    *request.method_mut() = arguments.meta.method().clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// A mini operation for the tests of this crate.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::{OperationMeta, Parameter, Service};
    use http::Method;

    const SERVICE: Service = Service {
        name: "test",
        api_version: "7.5",
        scopes: &[],
    };

    /// A description that lives as long as the tests.
    pub(crate) fn meta(path: &'static str, parameters: &[Parameter]) -> OperationMeta {
        OperationMeta::new(&SERVICE, "Test", Method::GET, path)
            .parameters(parameters.to_vec().leak())
    }

    /// The request for these arguments.
    pub(crate) fn request(
        meta: OperationMeta,
        values: &[(&'static str, &str)],
    ) -> Result<Request<WipedBody>, BuildError> {
        let meta: &'static OperationMeta = Box::leak(Box::new(meta));
        let mut arguments = Arguments::new(meta);
        for (name, value) in values {
            arguments.put(name, &(*value).to_owned());
        }
        assemble(&Endpoint::new("https://vault").unwrap(), arguments)
    }

    /// Path and query of the request for these arguments.
    pub(crate) fn target(meta: OperationMeta, values: &[(&'static str, &str)]) -> String {
        request(meta, values)
            .unwrap()
            .uri()
            .path_and_query()
            .unwrap()
            .to_string()
    }

    /// The error for these arguments.
    pub(crate) fn refusal(meta: OperationMeta, values: &[(&'static str, &str)]) -> BuildError {
        request(meta, values).unwrap_err()
    }
}
