use super::RequestErrorKind;
use http::{HeaderMap, Method, Request};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Name and value of a parameter of the query.
type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A request taken apart, its path and its query decoded.
pub(super) struct Incoming<'a> {
    pub(super) method: &'a Method,
    pub(super) segments: Vec<Cow<'a, str>>,
    query: Vec<Pair<'a>>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

impl<'a> Incoming<'a> {
    pub(super) fn new<B: AsRef<[u8]>>(request: &'a Request<B>) -> Result<Self, RequestErrorKind> {
        let uri = request.uri();
        Ok(Self {
            method: request.method(),
            segments: segments(uri.path())?,
            query: pairs(uri.query().unwrap_or_default())?,
            headers: request.headers(),
            body: request.body().as_ref(),
        })
    }

    /// The values of a parameter of the query. Its name is compared without regard to ASCII case, as the service does.
    pub(super) fn in_query(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = move |(own, _): &&Pair<'_>| own.eq_ignore_ascii_case(name);
        self.query.iter().filter(named).map(|(_, value)| &**value)
    }
}

/// What stands between the slashes. One slash at the end means nothing.
fn segments(path: &str) -> Result<Vec<Cow<'_, str>>, RequestErrorKind> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok(Vec::new());
    }
    path.split('/').map(decoded).collect()
}

/// The pairs of a query, in which `+` is a blank.
fn pairs(query: &str) -> Result<Vec<Pair<'_>>, RequestErrorKind> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair| {
        let (name, value) = str::split_once(pair, '=').unwrap_or((pair, ""));
        Ok((with_blanks(name)?, with_blanks(value)?))
    };
    pairs.map(pair).collect()
}

fn with_blanks(text: &str) -> Result<Cow<'_, str>, RequestErrorKind> {
    match text.contains('+') {
        true => decoded(&text.replace('+', " ")).map(|text| Cow::Owned(text.into_owned())),
        false => decoded(text),
    }
}

/// Takes the percent-encoding away. The library leaves a `%` that encodes nothing as it is.
fn decoded(text: &str) -> Result<Cow<'_, str>, RequestErrorKind> {
    let mut codes = text.split('%').skip(1).map(str::as_bytes);
    let is_code = |code: &[u8]| code.len() >= 2 && code[..2].iter().all(u8::is_ascii_hexdigit);
    let text = codes.all(is_code).then(|| percent_decode_str(text));
    let text = text.ok_or(RequestErrorKind::Encoding)?;
    text.decode_utf8().map_err(|_| RequestErrorKind::Encoding)
}

/// The `api-version` of a request, if it has one that can be read.
#[must_use]
pub fn api_version<B>(request: &Request<B>) -> Option<String> {
    let pairs = pairs(request.uri().query()?).ok()?;
    let mut pairs = pairs.into_iter();
    let found = pairs.find(|(name, _)| name.eq_ignore_ascii_case("api-version"));
    found.map(|(_, version)| version.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(query: &str) -> Vec<(String, String)> {
        let owned = |(name, value): Pair<'_>| (name.into(), value.into());
        pairs(query).unwrap().into_iter().map(owned).collect()
    }

    #[test]
    fn a_path_is_split_before_it_is_decoded() {
        for (path, expected) in [
            ("/", &[][..]),
            ("", &[]),
            ("/keys", &["keys"]),
            ("/keys/", &["keys"]),
            ("/keys/name/", &["keys", "name"]),
            ("/keys/name//sign", &["keys", "name", "", "sign"]),
            ("//keys", &["", "keys"]),
            ("/a%2Fb/%C3%A9+%2B", &["a/b", "é++"]),
        ] {
            assert_eq!(segments(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn a_query_is_split_before_it_is_decoded() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(query(""), []);
        assert_eq!(
            query("a=1&&b=x%26y%3Dz&c&d=&%24top=2"),
            [
                pair("a", "1"),
                pair("b", "x&y=z"),
                pair("c", ""),
                pair("d", ""),
                pair("$top", "2"),
            ]
        );
        assert_eq!(query("a=b+c%2Bd"), [pair("a", "b c+d")]);
    }

    #[test]
    fn what_encodes_nothing_is_an_error() {
        for text in [
            "%", "a%2", "%zz", "%2g", "%%20", "%FF", "%C3", "%C3%28", "%é",
        ] {
            assert_eq!(decoded(text), Err(RequestErrorKind::Encoding), "{text}");
            assert!(segments(text).is_err() && pairs(text).is_err());
        }
    }

    #[test]
    fn the_version_is_read_whatever_the_case_of_its_name() {
        let version = |uri: &str| api_version(&Request::builder().uri(uri).body(()).unwrap());
        assert_eq!(version("/a?x=1&Api-Version=7.4").as_deref(), Some("7.4"));
        assert_eq!(version("/a?x=1"), None);
        assert_eq!(version("/a"), None);
    }
}
