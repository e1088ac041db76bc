use crate::headers::Shown;
use crate::{DecodeError, Error, OperationMeta, ServiceError, Wire, json};
use http::header::CONTENT_TYPE;
use http::response::Parts as Head;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// The response to a request that the service carried out.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// The status, 2xx.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The name that the service gave the request (`x-ms-request-id`), for asking its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// Without the queries of URLs in headers, which can hold tokens.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &Shown(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-ms-request-id")?.to_str().ok()
}

pub(crate) fn read<T: Wire>(
    meta: &'static OperationMeta,
    head: Head,
    body: &[u8],
) -> Result<Response<T>, Error> {
    let Head {
        status, headers, ..
    } = head;
    if !status.is_success() {
        return Err(ServiceError::new(status, headers, body).into());
    }
    match decode(body) {
        Ok(body) => Ok(Response {
            status,
            headers,
            body,
        }),
        Err(reason) => {
            let reason = other_type(&headers).unwrap_or(reason);
            Err(DecodeError::new(meta.id(), status, &headers, reason).into())
        }
    }
}

/// Says so if the body is of another type than JSON: that tells more than where reading failed.
fn other_type(headers: &HeaderMap) -> Option<String> {
    let stated = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let name = stated.split(';').next().unwrap_or_default().trim();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte);
    let is_told = !name.is_empty() && name.len() <= 64 && name.bytes().all(is_name);
    (is_told && !name.to_ascii_lowercase().contains("json"))
        .then(|| format!("it is {name} instead of JSON"))
}

/// A success that is read later, maybe more than once. Its body is wiped when the last copy is dropped.
#[cfg(feature = "client")]
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: std::sync::Arc<crate::WipedBody>,
}

#[cfg(feature = "client")]
impl Parts {
    /// No answer yet.
    pub(crate) fn empty() -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: std::sync::Arc::default(),
        }
    }
}

#[cfg(feature = "client")]
pub(crate) fn read_parts<T: Wire>(
    meta: &'static OperationMeta,
    parts: &Parts,
) -> Result<Response<T>, Error> {
    let (mut head, ()) = http::Response::new(()).into_parts();
    head.status = parts.status;
    head.headers = parts.headers.clone();
    read(meta, head, &parts.body)
}

fn decode<T: Wire>(body: &[u8]) -> Result<T, String> {
    let body = json::without_mark(body);
    if body.trim_ascii().is_empty() {
        return T::absent().ok_or_else(|| "the response has no body".to_owned());
    }
    if T::IGNORED {
        return Ok(T::blank());
    }
    json::from_slice(body).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::testing::meta;

    fn answer<T: Wire>(status: u16, body: &[u8]) -> Result<Response<T>, Error> {
        let response = http::Response::builder()
            .status(status)
            .header("x-ms-request-id", "id-1");
        let (head, ()) = response.body(()).unwrap().into_parts();
        read(Box::leak(Box::new(meta("/", &[]))), head, body)
    }

    #[test]
    fn a_response_keeps_status_headers_and_body() {
        let response = answer::<bool>(201, b"true").unwrap();
        assert_eq!(
            (response.status(), *response.body()),
            (StatusCode::CREATED, true)
        );
        assert_eq!(
            (response.request_id(), response.headers().len()),
            (Some("id-1"), 1)
        );
        assert_eq!(response.clone().into_parts().2, response.into_body());
    }

    #[test]
    fn an_empty_or_blank_body_is_what_the_output_makes_of_it() {
        for body in [&b""[..], b" \r\n", b"\xEF\xBB\xBF"] {
            assert_eq!(answer::<Option<bool>>(204, body).unwrap().into_body(), None);
            let error = answer::<bool>(200, body).unwrap_err().to_string();
            assert_eq!(
                error,
                "Test: the response with status 200 OK cannot be read: the response has no body"
            );
        }
    }

    #[test]
    fn a_body_that_is_not_expected_is_ignored() {
        assert!(answer::<()>(200, b"<html>").is_ok());
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert!(
            answer::<bool>(200, b"\xEF\xBB\xBFtrue")
                .unwrap()
                .into_body()
        );
    }

    #[test]
    fn a_body_of_another_type_is_told_to_be_one() {
        let reason = |content_type: &str| {
            let headers = [(CONTENT_TYPE, content_type.parse().unwrap())];
            other_type(&headers.into_iter().collect())
        };
        let html = reason("text/html; charset=utf-8").unwrap();
        assert_eq!(html, "it is text/html instead of JSON");
        for content_type in [
            "application/json; charset=utf-8",
            "application/problem+json",
            "",
            "a b\u{7e}",
        ] {
            assert_eq!(reason(content_type), None, "{content_type}");
        }
    }

    #[test]
    fn any_other_status_is_an_error_of_the_service() {
        for status in [100, 304, 404, 500, 999] {
            let error = answer::<()>(status, br#"{"error":{"code":"X"}}"#).unwrap_err();
            let error = error.service().unwrap();
            assert_eq!(
                (error.status().as_u16(), error.code(), error.request_id()),
                (status, Some("X"), Some("id-1"))
            );
        }
    }

    #[test]
    fn a_body_of_another_shape_is_told_without_quoting_it() {
        let Err(Error::Decode(error)) = answer::<bool>(200, b"\"hunter2\"") else {
            panic!("no error")
        };
        assert_eq!(
            error.reason(),
            "expected a boolean, found other text at line 1 column 9"
        );
        assert_eq!(
            (error.operation(), error.status(), error.request_id()),
            ("Test", StatusCode::OK, Some("id-1"))
        );
    }
}
