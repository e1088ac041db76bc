use crate::{Json, ServiceError};
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use serde_json::json;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// An error as the service tells it: `{"error": {"code", "message", "innererror"}}`, in the data plane and in the
/// management plane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorReply {
    status: StatusCode,
    code: String,
    message: String,
    inner_codes: Vec<String>,
}

impl ErrorReply {
    /// An error with this status, this code for programs (`SecretNotFound`), and this message for people.
    #[must_use]
    pub fn new(status: StatusCode, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            inner_codes: Vec::new(),
        }
    }

    /// Adds the code of an error within, such as `ObjectIsDeletedButRecoverable`; each goes within the one before it.
    #[must_use]
    pub fn inner_code(mut self, code: impl Into<String>) -> Self {
        self.inner_codes.push(code.into());
        self
    }

    /// The response.
    #[must_use]
    pub fn response(&self) -> Response<Vec<u8>> {
        let inner = self.inner_codes.iter().rev().fold(None, |within, code| {
            let mut inner = json!({ "code": code });
            add_inner(&mut inner, within);
            Some(inner)
        });
        let mut error = json!({"code": self.code, "message": self.message});
        add_inner(&mut error, inner);
        let mut response = Response::new(json!({ "error": error }).to_string().into_bytes());
        *response.status_mut() = self.status;
        response.headers_mut().insert(CONTENT_TYPE, JSON);
        response
    }
}

fn add_inner(error: &mut Json, inner: Option<Json>) {
    if let (Some(error), Some(inner)) = (error.as_object_mut(), inner) {
        error.insert("innererror".to_owned(), inner);
    }
}

/// What is known of an error of a service. Code and message are empty where it told none.
impl From<&ServiceError> for ErrorReply {
    fn from(error: &ServiceError) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Self {
            status: error.status(),
            code: text(error.code()),
            message: text(error.message()),
            inner_codes: error.inner_codes().to_vec(),
        }
    }
}

/// The answer to a request without token: 401, with the URL of the tenant to ask for a token
/// (`https://login.microsoftonline.com/{tenant}`) and the resource that it must be for (`https://vault.azure.net`).
/// `None` if one of them cannot stand in a header.
#[must_use]
pub fn challenge(authorization: &str, resource: &str) -> Option<Response<Vec<u8>>> {
    let quotable = |text: &str| !text.contains(['"', '\\']);
    let value = format!(r#"Bearer authorization="{authorization}", resource="{resource}""#);
    let value = HeaderValue::from_str(&value).ok();
    let value = value.filter(|_| quotable(authorization) && quotable(resource))?;
    let message = "There is no bearer token.";
    let mut response =
        ErrorReply::new(StatusCode::UNAUTHORIZED, "Unauthorized", message).response();
    response.headers_mut().insert(WWW_AUTHENTICATE, value);
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Challenge;

    fn read(reply: &ErrorReply) -> ServiceError {
        let (head, body) = reply.response().into_parts();
        ServiceError::new(head.status, head.headers, body)
    }

    #[test]
    fn an_error_is_read_as_it_was_written() {
        let reply = ErrorReply::new(StatusCode::CONFLICT, "Conflict", "In \"use\".")
            .inner_code("A")
            .inner_code("B");
        let error = read(&reply);
        assert_eq!(error.status(), 409);
        assert_eq!(
            (error.code(), error.message()),
            (Some("Conflict"), Some("In \"use\"."))
        );
        assert_eq!(error.inner_codes(), ["A", "B"]);
        assert_eq!(ErrorReply::from(&error), reply);
    }

    #[test]
    fn nothing_within_is_no_member() {
        let reply = ErrorReply::new(StatusCode::NOT_FOUND, "SecretNotFound", "No.");
        assert_eq!(
            reply.response().into_body(),
            br#"{"error":{"code":"SecretNotFound","message":"No."}}"#
        );
    }

    #[test]
    fn a_challenge_is_read_as_it_was_written() {
        let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
        let authorization = format!("https://login.microsoftonline.com/{tenant}");
        let response = challenge(&authorization, "https://vault.azure.net").unwrap();
        assert_eq!(response.status(), 401);
        let challenge = Challenge::of(response.headers()).unwrap().unwrap();
        assert_eq!(challenge.scope(), Some("https://vault.azure.net/.default"));
        assert_eq!(challenge.tenant(), Some(tenant));
    }

    #[test]
    fn a_challenge_that_would_say_something_else_is_none() {
        assert!(challenge("a\", b=\"", "r").is_none());
        assert!(challenge("a", "r\r\n").is_none());
    }
}
