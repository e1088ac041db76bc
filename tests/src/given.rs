//! Arguments as JSON, and calls whose operation is not known by type.

use keyvault_rest::runtime::http::{Request, Response};
use keyvault_rest::{BuildError, Endpoint, Error, LongRunningOperation, Operation, PagedOperation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The arguments of a call.
#[derive(Debug, Default)]
pub struct Given {
    /// Parameters by their names on the wire.
    pub parameters: Map<String, Value>,
    /// The body, null if there is none.
    pub body: Value,
}

impl Given {
    /// An argument that must be there.
    pub fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        let value = self.optional(name)?;
        value.ok_or_else(|| format!("the argument `{name}` is missing"))
    }

    /// An argument that may be left out.
    pub fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, String> {
        let Some(value) = self.parameters.get(name) else {
            return Ok(None);
        };
        let failed = |error| format!("the argument `{name}`: {error}");
        match serde_json::from_value(value.clone()) {
            Ok(read) => Ok(Some(read)),
            // Numbers and booleans are sometimes written as texts.
            Err(error) => match value.as_str().map(serde_json::from_str) {
                Some(Ok(read)) => Ok(Some(read)),
                _ => Err(failed(error)),
            },
        }
    }

    /// A body that must be there.
    pub fn required_body<T: DeserializeOwned>(&self) -> Result<T, String> {
        let body = self.body()?;
        body.ok_or_else(|| "the body is missing".to_owned())
    }

    /// A body that may be left out.
    pub fn body<T: DeserializeOwned>(&self) -> Result<Option<T>, String> {
        if self.body.is_null() {
            return Ok(None);
        }
        let read = serde_json::from_value(self.body.clone());
        read.map(Some).map_err(|error| format!("the body: {error}"))
    }
}

/// Makes a call of arguments.
pub type Make = fn(&Given) -> Result<Call, String>;

/// An operation: its service, its id, and what makes a call of it.
pub type Entry = (&'static str, &'static str, Make);

/// Makes a request.
pub type MakeRequest = dyn Fn(&Endpoint) -> Result<Request<Vec<u8>>, BuildError>;

/// Reads a response and writes its body again.
pub type Reread = dyn Fn(Response<Vec<u8>>) -> Result<Value, Error>;

/// A request builder behind functions.
pub struct Call {
    /// Makes the request.
    pub request: Box<MakeRequest>,
    /// Reads a response and writes its body again.
    pub reread: Box<Reread>,
}

/// Hides the type of an operation.
pub fn finish<O>(operation: O) -> Call
where
    O: Operation + Clone + 'static,
    O::Output: Serialize,
{
    let reader = operation.clone();
    Call {
        request: Box::new(move |endpoint| operation.request(endpoint)),
        reread: Box::new(move |response| {
            let body = reader.response(response)?.into_body();
            Ok(serde_json::to_value(body).unwrap_or_default())
        }),
    }
}

/// Hides the type of an operation whose result comes in pages.
pub fn finish_paged<O>(operation: O) -> Call
where
    O: PagedOperation + Clone + 'static,
    O::Output: Serialize,
{
    finish(operation)
}

/// Hides the type of an operation that goes on after its first response.
pub fn finish_long_running<O>(operation: O) -> Call
where
    O: LongRunningOperation + Clone + 'static,
    O::Output: Serialize,
{
    finish(operation)
}
