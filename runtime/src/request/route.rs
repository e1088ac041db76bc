//! From the template of a path and its arguments to the path.
//!
//! A value never becomes another route: it is encoded, it is neither empty nor dots, and the path as a whole is not
//! that of another operation.

use super::arguments::Arguments;
use super::check::check;
use super::encode;
use crate::parameter::{Parameter, Place};
use crate::{BuildError, BuildErrorKind, OperationMeta};

/// One segment of the path, not encoded.
struct Segment<'a> {
    text: &'a str,
    /// The parameter that it comes from, unless it is a literal of the template.
    parameter: Option<&'static Parameter>,
}

/// Appends the path, encoded.
pub(super) fn append_path(url: &mut String, arguments: &Arguments<'_>) -> Result<(), BuildError> {
    let segments = expand(arguments)?;
    refuse_rivals(arguments, &segments)?;
    join(url, &segments);
    Ok(())
}

/// Room for the segments of most paths.
const USUAL: usize = 4;

/// Fills the template in.
fn expand<'a>(arguments: &'a Arguments<'_>) -> Result<Vec<Segment<'a>>, BuildError> {
    let mut segments = Vec::with_capacity(USUAL);
    for piece in pieces(arguments.meta.path()) {
        match piece {
            Piece::Literal(text) => segments.push(Segment {
                text,
                parameter: None,
            }),
            Piece::Parameter(name) => {
                let (parameter, text) = lookup(arguments, name)?;
                let segment = |text| Segment {
                    text,
                    parameter: Some(parameter),
                };
                for_each_value(parameter, text, |text| segments.push(segment(text)))
                    .map_err(|kind| arguments.refuse(parameter, kind))?;
            }
        }
    }
    Ok(segments)
}

/// What stands between two slashes of a template.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'a> {
    /// This text.
    Literal(&'a str),
    /// The value of the parameter of this name.
    Parameter(&'a str),
}

/// The pieces of a template, in order.
pub(crate) fn pieces(template: &str) -> impl DoubleEndedIterator<Item = Piece<'_>> {
    template
        .split('/')
        .filter(|text| !text.is_empty())
        .map(piece)
}

fn piece(text: &str) -> Piece<'_> {
    match text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
    {
        Some(name) => Piece::Parameter(name),
        None => Piece::Literal(text),
    }
}

fn lookup<'a>(
    arguments: &'a Arguments<'_>,
    name: &str,
) -> Result<(&'static Parameter, Option<&'a str>), BuildError> {
    let undeclared = || BuildErrorKind::Description {
        reason: format!("the path names `{name}`, which is undeclared"),
    };
    arguments
        .of(Place::Path)
        .find(|(parameter, _)| parameter.name == name)
        .ok_or_else(|| arguments.refuse_all(undeclared()))
}

/// Hands on the segments that a value makes: one, none if it is left out, any number if its slashes part them.
fn for_each_value<'a>(
    parameter: &Parameter,
    text: Option<&'a str>,
    mut add: impl FnMut(&'a str),
) -> Result<(), BuildErrorKind> {
    let text = match text {
        None | Some("") if parameter.optional => return Ok(()),
        None => return Err(BuildErrorKind::Missing),
        // Also for a raw one: the root is `/`, so that a scope forgotten does not become the widest one.
        Some("") => return Err(BuildErrorKind::Empty),
        Some(text) => text,
    };
    check(parameter, text)?;
    let mut checked = |text| check_segment(text).map(|()| add(text));
    // Only the one slash in front is taken off: `/keys/` is a name forgotten, not the scope of all keys.
    match (parameter.raw, text.strip_prefix('/').unwrap_or(text)) {
        (false, _) => checked(text),
        (true, "") => Ok(()),
        (true, inner) => inner.split('/').try_for_each(checked),
    }
}

/// Whether a value can stand in the path.
#[cfg(feature = "server")]
pub(super) fn check_value(parameter: &Parameter, text: &str) -> Result<(), BuildErrorKind> {
    for_each_value(parameter, Some(text), |_| ())
}

fn check_segment(text: &str) -> Result<(), BuildErrorKind> {
    match text {
        "" => Err(BuildErrorKind::Empty),
        "." | ".." => Err(BuildErrorKind::DotSegment),
        _ => Ok(()),
    }
}

/// Refuses a path that the service would take for another operation's, where literals go before parameters.
fn refuse_rivals(arguments: &Arguments<'_>, segments: &[Segment<'_>]) -> Result<(), BuildError> {
    let texts = segments.iter().map(|segment| segment.text);
    let Some(template) = rival(arguments.meta, texts) else {
        return Ok(());
    };
    let kind = BuildErrorKind::Rival { template };
    let culprit = culprit(template, segments).or_else(|| left_out(arguments));
    Err(match culprit {
        Some(parameter) => arguments.refuse(parameter, kind),
        None => arguments.refuse_all(kind),
    })
}

/// The path of another operation that these segments are one of.
pub(crate) fn rival<'a>(
    operation: &OperationMeta,
    segments: impl DoubleEndedIterator<Item = &'a str> + Clone,
) -> Option<&'static str> {
    let mut templates = operation.rival_paths().iter().copied();
    templates.find(|template| matches(template, segments.clone()))
}

/// Looks from the end on, where rivals differ: their beginning is that of the operation.
fn matches<'a>(template: &str, segments: impl DoubleEndedIterator<Item = &'a str>) -> bool {
    let same = |piece, segment: &str| match piece {
        Piece::Literal(text) => text.eq_ignore_ascii_case(segment),
        Piece::Parameter(_) => true,
    };
    let mut segments = segments.rev();
    let fits = |piece| segments.next().is_some_and(|segment| same(piece, segment));
    pieces(template).rev().all(fits) && segments.next().is_none()
}

/// The parameter whose value stands where the rival has a literal.
fn culprit(template: &str, segments: &[Segment<'_>]) -> Option<&'static Parameter> {
    let literals = pieces(template)
        .zip(segments)
        .filter(|(piece, _)| matches!(piece, Piece::Literal(_)));
    literals.filter_map(|(_, segment)| segment.parameter).next()
}

/// The first parameter of the path without a value.
fn left_out(arguments: &Arguments<'_>) -> Option<&'static Parameter> {
    arguments
        .of(Place::Path)
        .find(|(_, text)| text.is_none_or(str::is_empty))
        .map(|(parameter, _)| parameter)
}

fn join(url: &mut String, segments: &[Segment<'_>]) {
    for Segment { text, parameter } in segments {
        url.push('/');
        match parameter {
            Some(_) => url.extend(encode::value(text)),
            None => url.push_str(text),
        }
    }
    if segments.is_empty() {
        url.push('/');
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{meta, refusal, target};
    use super::*;
    use percent_encoding::percent_decode_str;

    fn plain(path: &'static str, parameters: &[Parameter]) -> OperationMeta {
        meta(path, parameters).without_api_version()
    }

    fn key() -> OperationMeta {
        plain(
            "/keys/{name}/{version}/decrypt",
            &[
                Parameter::path("name"),
                Parameter::path("version").optional(),
            ],
        )
    }

    fn scoped() -> OperationMeta {
        plain("/{scope}/providers/x", &[Parameter::path("scope").raw()])
    }

    #[test]
    fn values_fill_the_template_in() {
        assert_eq!(
            target(key(), &[("version", "v1"), ("name", "k")]),
            "/keys/k/v1/decrypt"
        );
        assert_eq!(target(plain("/", &[]), &[]), "/");
    }

    #[test]
    fn an_optional_segment_is_left_out_with_its_slash() {
        assert_eq!(target(key(), &[("name", "k")]), "/keys/k/decrypt");
        assert_eq!(
            target(key(), &[("name", "k"), ("version", "")]),
            "/keys/k/decrypt"
        );
    }

    #[test]
    fn a_required_segment_must_be_there() {
        assert_eq!(refusal(key(), &[]).kind(), &BuildErrorKind::Missing);
        assert_eq!(
            refusal(key(), &[("name", "")]).kind(),
            &BuildErrorKind::Empty
        );
        assert_eq!(refusal(key(), &[("name", "")]).parameter(), Some("name"));
    }

    #[test]
    fn dots_are_refused() {
        for dots in [".", ".."] {
            assert_eq!(
                refusal(key(), &[("name", dots)]).kind(),
                &BuildErrorKind::DotSegment
            );
            assert_eq!(
                refusal(key(), &[("name", "k"), ("version", dots)]).kind(),
                &BuildErrorKind::DotSegment
            );
        }
        assert_eq!(
            target(key(), &[("name", "..."), ("version", ".a")]),
            "/keys/.../.a/decrypt"
        );
    }

    #[test]
    fn a_hostile_value_stays_one_segment_and_decodes_to_itself() {
        let long = "é/".repeat(5_000);
        for value in [
            "/",
            "a/../b",
            "../../x",
            "%2F",
            "%2e%2e",
            "%",
            "a?b=c",
            "a#b",
            "a\\..\\b",
            "\0",
            "a\r\nHost: evil",
            " ",
            "@",
            "//evil.com",
            "http://evil",
            ";x=1",
            "é",
            "\u{202e}",
            "{version}",
            &long,
        ] {
            let target = target(key(), &[("name", value), ("version", "v")]);
            let segments: Vec<_> = target.split('/').collect();
            assert_eq!(
                (segments.len(), segments[1], segments[4]),
                (5, "keys", "decrypt"),
                "{value:?}"
            );
            assert_eq!(
                percent_decode_str(segments[2]).decode_utf8().unwrap(),
                value
            );
            assert!(!target.contains(['?', '#', '\\']));
        }
    }

    #[test]
    fn a_value_that_is_not_as_declared_is_refused() {
        let name = Parameter::path("name").pattern("^[a-z]+$").length(1, 3);
        let refuse = |value| {
            refusal(plain("/{name}", &[name]), &[("name", value)])
                .kind()
                .clone()
        };
        assert_eq!(
            refuse("A"),
            BuildErrorKind::Pattern {
                pattern: "^[a-z]+$"
            }
        );
        assert_eq!(refuse("abcd"), BuildErrorKind::Length { min: 1, max: 3 });
    }

    #[test]
    fn a_scope_keeps_its_slashes() {
        for (scope, path) in [
            ("/", "/providers/x"),
            ("/keys", "/keys/providers/x"),
            ("/keys/my key", "/keys/my%20key/providers/x"),
            ("keys/%2F", "/keys/%252F/providers/x"),
        ] {
            assert_eq!(target(scoped(), &[("scope", scope)]), path);
        }
    }

    #[test]
    fn a_scope_cannot_lead_elsewhere() {
        for (scope, kind) in [
            ("", BuildErrorKind::Empty),
            ("//", BuildErrorKind::Empty),
            ("//keys", BuildErrorKind::Empty),
            ("/keys/", BuildErrorKind::Empty),
            ("/keys//name", BuildErrorKind::Empty),
            ("/keys/../secrets", BuildErrorKind::DotSegment),
            ("/./keys", BuildErrorKind::DotSegment),
            ("..", BuildErrorKind::DotSegment),
        ] {
            assert_eq!(
                refusal(scoped(), &[("scope", scope)]).kind(),
                &kind,
                "{scope}"
            );
        }
        assert_eq!(refusal(scoped(), &[]).kind(), &BuildErrorKind::Missing);
    }

    #[test]
    fn a_path_that_is_another_operations_is_refused() {
        let meta = || {
            let parameters = [
                Parameter::path("name"),
                Parameter::path("version").optional(),
            ];
            plain("/certificates/{name}/{version}", &parameters).rivals(&[
                "/certificates/contacts",
                "/certificates/{certificate-name}/policy",
                "/certificates/issuers/{issuer}",
            ])
        };
        for (values, parameter, template) in [
            (
                &[("name", "contacts")][..],
                "name",
                "/certificates/contacts",
            ),
            (
                &[("name", "CONTACTS"), ("version", "")],
                "name",
                "/certificates/contacts",
            ),
            (
                &[("name", "c"), ("version", "Policy")],
                "version",
                "/certificates/{certificate-name}/policy",
            ),
            (
                &[("name", "issuers"), ("version", "v")],
                "name",
                "/certificates/issuers/{issuer}",
            ),
        ] {
            let error = refusal(meta(), values);
            assert_eq!(
                (error.parameter(), error.kind()),
                (Some(parameter), &BuildErrorKind::Rival { template })
            );
        }
        for values in [
            &[("name", "issuers")][..],
            &[("name", "contacts"), ("version", "v")],
            &[("name", "policy")],
        ] {
            target(meta(), values);
        }
    }

    #[test]
    fn a_rival_is_found_through_a_scope_or_a_segment_left_out() {
        let error = refusal(
            scoped().rivals(&["/keys/{name}/providers/x"]),
            &[("scope", "/KEYS/k")],
        );
        assert_eq!(error.parameter(), Some("scope"));
        let error = refusal(key().rivals(&["/keys/{name}/decrypt"]), &[("name", "k")]);
        assert_eq!(error.parameter(), Some("version"));
    }

    #[test]
    fn a_template_with_an_undeclared_parameter_is_a_fault_of_the_description() {
        let error = refusal(
            plain("/{name}", &[Parameter::query("name").optional()]),
            &[],
        );
        let text =
            "Test: the operation is described wrongly: the path names `name`, which is undeclared";
        assert_eq!(error.to_string(), text);
    }
}
