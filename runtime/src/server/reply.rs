use super::error_reply::JSON;
use crate::{BuildError, BuildErrorKind, OperationMeta, Wire, json};
use http::header::CONTENT_TYPE;
use http::{Response, StatusCode};

/// Whether a value goes over the wire as a body.
pub(super) fn has_body<T: Wire>(output: &T) -> bool {
    !T::IGNORED && !output.is_absent()
}

/// The declared status for a response with or without a body. A description names them in ascending order, and 204 is never
/// one with a body.
pub(super) fn status(operation: &OperationMeta, has_body: bool) -> StatusCode {
    let declared = operation.success_statuses();
    let is_declared = |status: &u16| declared.contains(status);
    let status = match has_body {
        true => declared.iter().copied().find(|status| *status != 204),
        false => [204, 202]
            .into_iter()
            .find(is_declared)
            .or(declared.first().copied()),
    };
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.unwrap_or_default()
}

pub(super) fn encode<T: Wire>(
    operation: &OperationMeta,
    status: StatusCode,
    output: &T,
) -> Result<Response<Vec<u8>>, BuildError> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    if has_body(output) {
        let body = json::to_response_body(output).map_err(|error| {
            let reason = error.to_string();
            BuildError::of_operation(operation.id(), BuildErrorKind::Body { reason })
        })?;
        *response.body_mut() = body.into_vec();
        response.headers_mut().insert(CONTENT_TYPE, JSON);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::testing::meta;

    fn status_of(declared: &'static [u16], has_body: bool) -> u16 {
        status(&meta("/a", &[]).accepts(declared), has_body).as_u16()
    }

    #[test]
    fn the_status_is_a_declared_one_that_goes_with_the_body() {
        for (declared, with, without) in [
            (&[200][..], 200, 200),
            (&[201], 201, 201),
            (&[200, 201], 200, 200),
            (&[200, 202], 200, 202),
            (&[202, 204], 202, 204),
            (&[200, 202, 204], 200, 204),
            (&[204], 200, 204),
        ] {
            let found = (status_of(declared, true), status_of(declared, false));
            assert_eq!(found, (with, without), "{declared:?}");
        }
    }

    #[test]
    fn only_what_has_a_body_has_a_type() {
        let meta = meta("/a", &[]);
        let full = encode(&meta, StatusCode::OK, &Some(1_i64)).unwrap();
        assert_eq!(full.body(), b"1");
        assert!(full.headers().contains_key(CONTENT_TYPE));
        for empty in [
            encode(&meta, StatusCode::OK, &Option::<i64>::None),
            encode(&meta, StatusCode::OK, &()),
        ] {
            let empty = empty.unwrap();
            assert!(empty.body().is_empty() && empty.headers().is_empty());
        }
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        let error = encode(&meta("/a", &[]), StatusCode::OK, &f64::NAN).unwrap_err();
        let text = "Test: the body cannot be written as JSON: a number is not finite";
        assert_eq!(error.to_string(), text);
    }
}
