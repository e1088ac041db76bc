use super::arguments::Arguments;
use super::check::check;
use crate::parameter::{Parameter, Place};
use crate::{BuildError, BuildErrorKind};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Room for what clients add, such as a token, so that the headers need not be moved for it.
const USUAL: usize = 6;

/// The headers of a request. A declared one goes before those that every request has.
pub(super) fn of(arguments: &Arguments<'_>, has_body: bool) -> Result<HeaderMap, BuildError> {
    let mut headers = HeaderMap::with_capacity(USUAL);
    headers.insert(ACCEPT, JSON);
    if has_body {
        headers.insert(CONTENT_TYPE, JSON);
    }
    for (parameter, text) in arguments.of(Place::Header) {
        if let Some((name, value)) =
            header(parameter, text).map_err(|kind| arguments.refuse(parameter, kind))?
        {
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

fn header(
    parameter: &Parameter,
    text: Option<&str>,
) -> Result<Option<(HeaderName, HeaderValue)>, BuildErrorKind> {
    let Some(text) = text else {
        return if parameter.optional {
            Ok(None)
        } else {
            Err(BuildErrorKind::Missing)
        };
    };
    check(parameter, text)?;
    let name =
        HeaderName::try_from(parameter.name).map_err(|error| BuildErrorKind::Description {
            reason: error.to_string(),
        })?;
    let mut value = HeaderValue::from_str(text).map_err(|_| BuildErrorKind::Header)?;
    value.set_sensitive(parameter.secret);
    Ok(Some((name, value)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{meta, refusal, request};
    use super::*;

    #[test]
    fn a_header_parameter_becomes_a_header() {
        let secret = Parameter::header("x-token").secret();
        let meta = meta("/a", &[Parameter::header("X-Plain").optional(), secret]);
        let request = request(meta, &[("x-token", "hunter2")]).unwrap();
        let headers = request.headers();
        assert_eq!(
            (headers.len(), headers["accept"].as_bytes()),
            (2, &b"application/json"[..])
        );
        assert!(headers["x-token"].is_sensitive() && !format!("{headers:?}").contains("hunter2"));
    }

    #[test]
    fn a_declared_header_replaces_the_customary_one() {
        let request = request(
            meta("/a", &[Parameter::header("Accept").constant("text/plain")]),
            &[],
        )
        .unwrap();
        assert_eq!(
            request
                .headers()
                .get_all("accept")
                .iter()
                .collect::<Vec<_>>(),
            ["text/plain"]
        );
    }

    #[test]
    fn a_required_header_must_be_there() {
        assert_eq!(
            refusal(meta("/a", &[Parameter::header("x")]), &[]).kind(),
            &BuildErrorKind::Missing
        );
    }

    #[test]
    fn a_value_cannot_add_a_header() {
        for text in ["a\r\nx-evil: 1", "a\n", "\0", "\u{7f}"] {
            let error = refusal(meta("/a", &[Parameter::header("x")]), &[("x", text)]);
            assert_eq!(
                error.to_string(),
                "Test: the parameter `x` cannot stand in a header"
            );
        }
    }

    #[test]
    fn a_name_that_is_none_is_a_fault_of_the_description() {
        let error = refusal(meta("/a", &[Parameter::header("x y")]), &[("x y", "1")]);
        assert!(matches!(error.kind(), BuildErrorKind::Description { .. }));
    }
}
