use super::arguments::Arguments;
use super::check::check;
use super::{encode, route};
use crate::parameter::{Parameter, Place};
use crate::{BuildError, BuildErrorKind, Endpoint};
use http::Uri;

/// The longest URL that `http::Uri` holds.
const MAX: usize = u16::MAX as usize - 1;

/// Room for the path and the query of most operations, so that the URL need not be moved while it grows.
const USUAL: usize = 128;

/// The URL of a request.
pub(super) fn of(endpoint: &Endpoint, arguments: &Arguments<'_>) -> Result<Uri, BuildError> {
    let origin = endpoint.origin();
    let mut url = String::with_capacity(origin.len() + USUAL);
    url.push_str(origin);
    route::append_path(&mut url, arguments)?;
    append_query(&mut url, endpoint, arguments)?;
    if url.len() > MAX {
        return Err(arguments.refuse_all(BuildErrorKind::TooLong { max: MAX }));
    }
    let faulty = |error: http::uri::InvalidUri| BuildErrorKind::Description {
        reason: error.to_string(),
    };
    Uri::try_from(url).map_err(|error| arguments.refuse_all(faulty(error)))
}

/// Appends the query with its `?`, or nothing.
fn append_query(
    url: &mut String,
    endpoint: &Endpoint,
    arguments: &Arguments<'_>,
) -> Result<(), BuildError> {
    let mut mark = '?';
    let mut append = |name, value| {
        url.push(std::mem::replace(&mut mark, '&'));
        url.extend(encode::name(name));
        url.push('=');
        url.extend(encode::value(value));
    };
    for (parameter, text) in arguments.of(Place::Query) {
        let text = checked(parameter, text).map_err(|kind| arguments.refuse(parameter, kind))?;
        if let Some(text) = text {
            append(parameter.name, text);
        }
    }
    if let Some(version) = arguments.meta.automatic_api_version() {
        append("api-version", endpoint.api_version().unwrap_or(version));
    }
    Ok(())
}

fn checked<'a>(
    parameter: &Parameter,
    text: Option<&'a str>,
) -> Result<Option<&'a str>, BuildErrorKind> {
    match text {
        Some(text) => check(parameter, text).map(|()| Some(text)),
        None if parameter.optional => Ok(None),
        None => Err(BuildErrorKind::Missing),
    }
}

#[cfg(test)]
mod tests {
    use super::super::assemble;
    use super::super::testing::{meta, refusal, target};
    use super::*;

    #[test]
    fn the_query_keeps_the_declared_order_and_ends_with_the_version() {
        let meta = meta(
            "/resources",
            &[
                Parameter::query("$filter").constant("resourceType eq 'Microsoft.KeyVault/vaults'"),
                Parameter::query("b").optional(),
                Parameter::query("a"),
            ],
        );
        let filter = "$filter=resourceType%20eq%20%27Microsoft.KeyVault%2Fvaults%27";
        assert_eq!(
            target(meta.clone(), &[("a", "x&y=z")]),
            format!("/resources?{filter}&a=x%26y%3Dz&api-version=7.5")
        );
        assert_eq!(
            target(meta, &[("a", ""), ("b", "1")]),
            format!("/resources?{filter}&b=1&a=&api-version=7.5")
        );
    }

    #[test]
    fn a_required_value_must_be_there_and_fit() {
        let meta = || meta("/a", &[Parameter::query("n").between(1, 25)]);
        assert_eq!(refusal(meta(), &[]).kind(), &BuildErrorKind::Missing);
        assert_eq!(
            refusal(meta(), &[("n", "26")]).kind(),
            &BuildErrorKind::Range { min: 1, max: 25 }
        );
    }

    #[test]
    fn the_endpoint_can_ask_for_another_version() {
        let query = |meta| {
            let endpoint = Endpoint::new("https://vault:8443")
                .unwrap()
                .with_api_version("7.4 x");
            assemble(&endpoint, Arguments::new(&meta))
                .unwrap()
                .uri()
                .to_string()
        };
        assert_eq!(
            query(meta("/a", &[])),
            "https://vault:8443/a?api-version=7.4%20x"
        );
        assert_eq!(
            query(meta("/a", &[]).without_api_version()),
            "https://vault:8443/a"
        );
        let bound = meta(
            "/a",
            &[Parameter::query("api-version").constant("2015-11-01")],
        );
        assert_eq!(query(bound), "https://vault:8443/a?api-version=2015-11-01");
    }

    #[test]
    fn every_form_of_endpoint_makes_a_url() {
        for origin in [
            "https://a_b.example",
            "https://10.0.0.1:8443",
            "https://[::1]",
            "https://[2001:db8::1]:1",
        ] {
            let endpoint = Endpoint::new(origin).unwrap();
            let meta = meta("/a", &[]).without_api_version();
            let uri = assemble(&endpoint, Arguments::new(&meta))
                .unwrap()
                .into_parts()
                .0
                .uri;
            assert_eq!(uri.to_string(), format!("{origin}/a"));
            assert_eq!(uri.host(), Some(endpoint.host()));
            assert_eq!(uri.port_u16().unwrap_or(443), endpoint.port());
        }
    }

    #[test]
    fn a_url_that_is_too_long_is_an_error() {
        let meta = || meta("/{a}", &[Parameter::path("a")]).without_api_version();
        let room = MAX - "https://vault/".len();
        assert_eq!(target(meta(), &[("a", &"a".repeat(room))]).len(), room + 1);
        for text in [
            "a".repeat(room + 1),
            "é".repeat(50_000),
            "/".repeat(100_000),
        ] {
            assert_eq!(
                refusal(meta(), &[("a", &text)]).to_string(),
                "Test: the URL is longer than 65534 bytes"
            );
        }
    }

    #[test]
    fn a_template_that_is_no_path_is_a_fault_of_the_description() {
        let error = refusal(meta("/a b", &[]), &[]);
        assert!(
            error
                .to_string()
                .starts_with("Test: the operation is described wrongly: "),
            "{error}"
        );
    }
}
