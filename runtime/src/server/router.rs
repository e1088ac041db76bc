//! From method and path to the operation.

use super::RequestErrorKind;
use super::incoming::Incoming;
use crate::request::{Piece, pieces};
use crate::{OperationMeta, Parameter, Place};
use http::Method;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A decoded segment.
type Text<'a> = Cow<'a, str>;

/// The operations of a host, by the forms of their paths.
pub(super) struct Router {
    /// Forms with as many segments as they have pieces, what is preferred first.
    fixed: BTreeMap<usize, Vec<Form>>,
    /// Forms in which one piece takes any number of segments, what is preferred first.
    open: Vec<Form>,
}

/// A path template, with or without each segment that may be left out.
#[derive(Clone)]
struct Form {
    operation: &'static OperationMeta,
    pieces: Vec<Piece<'static>>,
}

/// An operation, and the values that the path has for its parameters.
pub(super) struct Found<'a> {
    pub(super) operation: &'static OperationMeta,
    pub(super) values: Vec<(&'static str, Text<'a>)>,
}

/// How many forms of one path there are at most; a path with more optional segments is no real one.
const MAX_FORMS: usize = 64;

impl Router {
    pub(super) fn new(operations: &[&'static OperationMeta]) -> Self {
        let mut forms: Vec<_> = operations.iter().flat_map(|meta| forms(meta)).collect();
        // Stable, so that of equal ones the first described stays the first.
        forms.sort_by_key(Form::rank);
        let (open, forms): (Vec<_>, Vec<_>) =
            forms.into_iter().partition(|form| form.raw().is_some());
        let mut fixed = BTreeMap::<_, Vec<_>>::new();
        for form in forms {
            fixed.entry(form.pieces.len()).or_default().push(form);
        }
        Self { fixed, open }
    }

    pub(super) fn find<'a>(&self, request: &Incoming<'a>) -> Result<Found<'a>, RequestErrorKind> {
        let segments = &request.segments;
        let fixed = self.fixed.get(&segments.len()).into_iter().flatten();
        let forms = fixed.chain(&self.open).filter(|form| form.fits(segments));
        let (right, others): (Vec<_>, Vec<_>) =
            forms.partition(|form| form.operation.method() == request.method);
        let best = right.first().ok_or_else(|| refusal(&others))?;
        let mut equal = right.iter().filter(|form| form.is_as_good_as(best));
        let form = equal
            .find(|form| has_query(form.operation, request))
            .unwrap_or(best);
        Ok(Found {
            operation: form.operation,
            values: form.values(segments),
        })
    }
}

/// The path is one with other methods, or none at all.
fn refusal(others: &[&Form]) -> RequestErrorKind {
    let mut allowed: Vec<Method> = others
        .iter()
        .map(|form| form.operation.method().clone())
        .collect();
    allowed.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    allowed.dedup();
    match allowed.is_empty() {
        true => RequestErrorKind::NoRoute,
        false => RequestErrorKind::MethodNotAllowed { allowed },
    }
}

fn forms(operation: &'static OperationMeta) -> Vec<Form> {
    let mut forms = vec![Vec::new()];
    for piece in pieces(operation.path()) {
        let optional = parameter_of(operation, piece).is_some_and(|parameter| parameter.optional);
        let without = (optional && forms.len() < MAX_FORMS).then(|| forms.clone());
        for form in &mut forms {
            form.push(piece);
        }
        forms.extend(without.into_iter().flatten());
    }
    let form = |pieces| Form { operation, pieces };
    forms.into_iter().map(form).collect()
}

fn parameter_of(operation: &'static OperationMeta, piece: Piece<'_>) -> Option<&'static Parameter> {
    let Piece::Parameter(name) = piece else {
        return None;
    };
    let mut parameters = operation.declared_parameters().iter();
    parameters.find(|parameter| parameter.place == Place::Path && parameter.name == name)
}

/// Whether the query has the constants and the required parameters of an operation. The version tells operations of one
/// service not apart.
fn has_query(operation: &OperationMeta, request: &Incoming<'_>) -> bool {
    let parameters = operation.declared_parameters().iter();
    let mut telling =
        parameters.filter(|one| one.place == Place::Query && one.name != "api-version");
    telling.all(|parameter| {
        let mut values = request.in_query(parameter.name);
        match parameter.constant {
            Some(constant) => values.any(|value| value == constant),
            None => parameter.optional || values.next().is_some(),
        }
    })
}

impl Form {
    /// What goes before what: literals before parameters, the leftmost one counting most, and of equal ones those whose
    /// query says more.
    fn rank(&self) -> (Vec<bool>, usize) {
        let is_parameter = |piece: &Piece<'_>| matches!(piece, Piece::Parameter(_));
        let kinds = self.pieces.iter().map(is_parameter).collect();
        let parameters = self.operation.declared_parameters().iter();
        let said = |one: &&Parameter| one.place == Place::Query && !one.optional;
        (kinds, usize::MAX - parameters.filter(said).count())
    }

    fn is_as_good_as(&self, other: &Self) -> bool {
        self.rank().0 == other.rank().0 && self.raw().is_some() == other.raw().is_some()
    }

    fn parameter(&self, piece: Piece<'_>) -> Option<&'static Parameter> {
        parameter_of(self.operation, piece)
    }

    /// The place of the piece that takes any number of segments. Of several, the first one does.
    fn raw(&self) -> Option<usize> {
        let is_raw = |piece: &Piece<'_>| self.parameter(*piece).is_some_and(|one| one.raw);
        self.pieces.iter().position(is_raw)
    }

    fn fits(&self, segments: &[Text<'_>]) -> bool {
        let Some([before, _, after]) = self.parted(segments) else {
            return false;
        };
        let (first, last) = match self.raw() {
            Some(raw) => (&self.pieces[..raw], &self.pieces[raw + 1..]),
            None => (&self.pieces[..], &[][..]),
        };
        let fit = |pieces: &[Piece<'_>], segments: &[Text<'_>]| {
            let mut pairs = pieces.iter().zip(segments);
            pairs.all(|(piece, segment)| self.fits_piece(*piece, segment))
        };
        fit(first, before) && fit(last, after)
    }

    /// An empty segment is a parameter that is left out.
    fn fits_piece(&self, piece: Piece<'_>, segment: &str) -> bool {
        match piece {
            Piece::Literal(text) => text.eq_ignore_ascii_case(segment),
            Piece::Parameter(_) => {
                let optional = self.parameter(piece).is_some_and(|one| one.optional);
                optional || !segment.is_empty()
            }
        }
    }

    /// The segments before, for and after the piece that takes any number of them; without one, all are before it.
    fn parted<'s, 'a>(&self, segments: &'s [Text<'a>]) -> Option<[&'s [Text<'a>]; 3]> {
        let Some(raw) = self.raw() else {
            let same = segments.len() == self.pieces.len();
            return same.then_some([segments, &[], &[]]);
        };
        let (before, rest) = segments.split_at_checked(raw)?;
        let after = rest.len().checked_sub(self.pieces.len() - raw - 1)?;
        let (value, after) = rest.split_at(after);
        Some([before, value, after])
    }

    fn values<'a>(&self, segments: &[Text<'a>]) -> Vec<(&'static str, Text<'a>)> {
        let Some([before, raw, after]) = self.parted(segments) else {
            return Vec::new();
        };
        let value = self.raw().map(|_| scope(raw));
        let texts = before
            .iter()
            .cloned()
            .chain(value)
            .chain(after.iter().cloned());
        let pairs = self.pieces.iter().zip(texts);
        let named = pairs.filter_map(|(piece, text)| match piece {
            Piece::Parameter(name) => Some((*name, text)),
            Piece::Literal(_) => None,
        });
        named.filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// The value of a parameter whose slashes stay, from its segments: it begins with a slash, also where a client has encoded
/// that one.
fn scope<'a>(segments: &[Text<'a>]) -> Text<'a> {
    let joined = segments.join("/");
    match joined.starts_with('/') {
        true => Cow::Owned(joined),
        false => Cow::Owned(format!("/{joined}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Service;
    use http::Request;

    const SERVICE: Service = Service {
        name: "test",
        api_version: "1",
        scopes: &[],
    };
    const NAME: Parameter = Parameter::path("name");
    const VERSION: Parameter = Parameter::path("version").optional();
    const SCOPE: Parameter = Parameter::path("scope").raw();

    const OPERATIONS: &[&OperationMeta] = &[
        &SERVICE.get("Root", "/"),
        &SERVICE.get("List", "/keys"),
        &SERVICE
            .get("Get", "/keys/{name}/{version}")
            .parameters(&[NAME, VERSION]),
        &SERVICE
            .get("Versions", "/keys/{name}/versions")
            .parameters(&[NAME]),
        &SERVICE
            .post("Decrypt", "/keys/{name}/{version}/decrypt")
            .parameters(&[NAME, VERSION]),
        &SERVICE.post("Restore", "/keys/restore"),
        &SERVICE.put("Import", "/keys/{name}").parameters(&[NAME]),
        &SERVICE
            .get("Issuer", "/certificates/issuers/{name}")
            .parameters(&[NAME]),
        &SERVICE
            .get("Policy", "/certificates/{name}/policy")
            .parameters(&[NAME]),
        &SERVICE
            .get("Roles", "/{scope}/providers/Auth/roles")
            .parameters(&[SCOPE]),
        &SERVICE
            .get("Role", "/{scope}/providers/Auth/roles/{name}")
            .parameters(&[SCOPE, NAME]),
        &SERVICE
            .get("Status", "/restore/{name}/pending")
            .parameters(&[NAME]),
        &SERVICE
            .get("OtherStatus", "/restore/{name}/pending")
            .parameters(&[NAME]),
        &SERVICE.get("Resources", "/resources"),
        &SERVICE.get("Vaults", "/resources").parameters(&[
            Parameter::query("$filter").constant("vaults"),
            Parameter::query("api-version").constant("2"),
        ]),
        &SERVICE
            .get("Named", "/resources")
            .parameters(&[Parameter::query("named")]),
    ];

    /// Operation and values, in one line.
    fn find(method: &str, uri: &str) -> Result<String, RequestErrorKind> {
        let request = Request::builder().method(method).uri(uri).body("").unwrap();
        let incoming = Incoming::new(&request)?;
        let found = Router::new(OPERATIONS).find(&incoming)?;
        let mut line = found.operation.id().to_owned();
        for (name, value) in &found.values {
            line.push_str(&format!(" {name}={value}"));
        }
        Ok(line)
    }

    #[test]
    fn every_path_finds_its_operation() {
        for (method, uri, expected) in [
            ("GET", "/", "Root"),
            ("GET", "https://host", "Root"),
            ("GET", "/keys", "List"),
            ("GET", "https://host:8443/keys?a=1", "List"),
            ("GET", "/keys/", "List"),
            ("GET", "/KEYS", "List"),
            ("GET", "/k%65ys", "List"),
            ("GET", "/keys/n", "Get name=n"),
            ("GET", "/keys/n/", "Get name=n"),
            ("GET", "/keys/n//", "Get name=n"),
            ("GET", "/keys/n/v", "Get name=n version=v"),
            ("GET", "/Keys/My%20Key/V", "Get name=My Key version=V"),
            ("GET", "/keys/a%2Fb", "Get name=a/b"),
            ("GET", "/keys/restore", "Get name=restore"),
            ("GET", "/keys/n/versions", "Versions name=n"),
            ("GET", "/keys/n/Versions/", "Versions name=n"),
            ("GET", "/keys/versions", "Get name=versions"),
            ("POST", "/keys/n/decrypt", "Decrypt name=n"),
            ("POST", "/keys/n//decrypt", "Decrypt name=n"),
            ("POST", "/keys/n/v/decrypt", "Decrypt name=n version=v"),
            ("POST", "/keys/restore", "Restore"),
            ("PUT", "/keys/restore", "Import name=restore"),
            ("GET", "/certificates/issuers/policy", "Issuer name=policy"),
            ("GET", "/certificates/c/policy", "Policy name=c"),
            ("GET", "/providers/Auth/roles", "Roles scope=/"),
            ("GET", "//providers/Auth/roles", "Roles scope=/"),
            ("GET", "/%2F/providers/auth/roles", "Roles scope=/"),
            ("GET", "/keys/providers/Auth/roles", "Roles scope=/keys"),
            ("GET", "/%2Fkeys/providers/Auth/roles", "Roles scope=/keys"),
            (
                "GET",
                "/keys/n/providers/Auth/roles/r",
                "Role scope=/keys/n name=r",
            ),
            (
                "GET",
                "/providers/Auth/roles/roles",
                "Role scope=/ name=roles",
            ),
            ("GET", "/restore/j/pending", "Status name=j"),
            ("GET", "/resources", "Resources"),
            ("GET", "/resources?$filter=other", "Resources"),
            ("GET", "/resources?%24filter=vaults&api-version=9", "Vaults"),
            ("GET", "/resources?NAMED=", "Named"),
        ] {
            assert_eq!(find(method, uri).as_deref(), Ok(expected), "{method} {uri}");
        }
    }

    #[test]
    fn a_path_of_no_operation_is_an_error() {
        for uri in [
            "/key",
            "/keys/n/v/decrypt/",
            "/keys/n/v/x",
            "/keys//v/decrypt",
            "//keys",
            "/restore//pending",
            "/auth/roles",
            "/providers/Auth/roles/r/x",
            "*",
        ] {
            let kind = find("GET", uri).unwrap_err();
            let other = matches!(kind, RequestErrorKind::MethodNotAllowed { .. });
            assert!(kind == RequestErrorKind::NoRoute || other, "{uri}: {kind}");
        }
    }

    #[test]
    fn a_path_with_other_methods_names_them() {
        let allowed = |method, uri| match find(method, uri) {
            Err(RequestErrorKind::MethodNotAllowed { allowed }) => allowed,
            other => panic!("{other:?}"),
        };
        assert_eq!(allowed("DELETE", "/keys"), [Method::GET]);
        assert_eq!(
            allowed("DELETE", "/keys/restore"),
            [Method::GET, Method::POST, Method::PUT]
        );
    }

    #[test]
    fn what_cannot_be_decoded_is_an_error() {
        for uri in ["/keys/%zz", "/keys/%FF", "/keys?a=%"] {
            assert_eq!(find("GET", uri), Err(RequestErrorKind::Encoding), "{uri}");
        }
    }

    #[test]
    fn the_longest_path_is_looked_at_once() {
        let uri = format!("/keys{}", "/a".repeat(30_000));
        assert_eq!(find("GET", &uri), Err(RequestErrorKind::NoRoute));
        let scoped = format!("{uri}/providers/Auth/roles");
        assert_eq!(find("GET", &scoped), Ok(format!("Roles scope={uri}")));
    }
}
