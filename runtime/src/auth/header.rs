//! The header `WWW-Authenticate`: RFC 9110, section 11.6.1, and what services make of it.

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// One challenge: a scheme and its parameters, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) scheme: String,
    parameters: Vec<(String, String)>,
}

impl Parsed {
    /// The first parameter of this name that says something.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let found =
            parameters.find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

/// All challenges of all headers of that name. What cannot be read is passed over.
pub(super) fn challenges(headers: &HeaderMap) -> Vec<Parsed> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(parse).collect()
}

/// Parameters may be set apart by commas, by blanks or by both; a word without `=` begins the next challenge.
fn parse(text: &str) -> Vec<Parsed> {
    let mut challenges: Vec<Parsed> = Vec::new();
    let mut rest = Rest(text);
    while let Some(word) = rest.word() {
        match rest.value() {
            Some(value) => {
                if let Some(challenge) = challenges.last_mut() {
                    challenge.parameters.push((word.to_owned(), value));
                }
            }
            None => challenges.push(Parsed {
                scheme: word.to_owned(),
                parameters: Vec::new(),
            }),
        }
    }
    challenges
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// The next word: a scheme, the name of a parameter, or a value without quotes.
    fn word(&mut self) -> Option<&'a str> {
        self.0 = self
            .0
            .trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '"' | '='));
        let end = self
            .0
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '"' | '='));
        let (word, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    /// The value after `=`, if there is one. The padding of a credential in base64 is none.
    fn value(&mut self) -> Option<String> {
        let rest = self.0.trim_ascii_start().strip_prefix('=')?;
        let rest = rest.trim_ascii_start();
        if let Some(quoted) = rest.strip_prefix('"') {
            return Some(self.quoted(quoted));
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == ',')
            .unwrap_or(rest.len());
        let (value, rest) = rest.split_at(end);
        self.0 = rest;
        Some(value.to_owned())
    }

    /// Up to the closing quote, or to the end if it is missing. A backslash takes the next character as it is.
    fn quoted(&mut self, text: &'a str) -> String {
        let mut value = String::new();
        let mut characters = text.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.0 = &text[at + 1..];
                    return value;
                }
                '\\' => value.extend(characters.next().map(|(_, next)| next)),
                other => value.push(other),
            }
        }
        self.0 = "";
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |parsed: &Parsed| {
            let parameters = parsed
                .parameters
                .iter()
                .map(|(name, value)| format!(" {name}={value}"));
            parsed.scheme.clone() + &parameters.collect::<String>()
        };
        parse(text).iter().map(show).collect()
    }

    #[test]
    fn parameters_may_be_set_apart_by_commas_blanks_or_both() {
        for between in [", ", ",", " ", " , ", "  "] {
            let text =
                format!(r#"Bearer authorization="https://login/t"{between}resource="https://r""#);
            assert_eq!(
                shown(&text),
                ["Bearer authorization=https://login/t resource=https://r"]
            );
        }
    }

    #[test]
    fn several_challenges_share_a_header() {
        let text = r#"Negotiate, PoP nonce="a b", x=1, Bearer realm="", scope=s, Basic"#;
        assert_eq!(
            shown(text),
            [
                "Negotiate",
                "PoP nonce=a b x=1",
                "Bearer realm= scope=s",
                "Basic"
            ]
        );
    }

    #[test]
    fn quotes_protect_what_they_hold() {
        assert_eq!(
            shown(r#"Bearer a="x, Basic y=\"z\"", b="\\""#),
            [r#"Bearer a=x, Basic y="z" b=\"#]
        );
        assert_eq!(
            shown(r#"Bearer claims="eyJhIjoiYiJ9==", b = c"#),
            ["Bearer claims=eyJhIjoiYiJ9== b=c"]
        );
    }

    #[test]
    fn nonsense_does_no_harm() {
        for text in [
            "",
            ",,,",
            "=",
            "===a",
            "\"",
            "Bearer a=\"",
            "a=b",
            "Bearer =\"x\"",
            "é=é, Ü",
        ] {
            parse(text);
        }
        assert_eq!(shown(r#"Bearer a="open"#), ["Bearer a=open"]);
        assert!(parse(&"a=\"\\".repeat(10_000)).len() <= 1);
    }

    #[test]
    fn several_headers_are_read_and_the_unreadable_passed_over() {
        let mut headers = HeaderMap::new();
        for value in [&b"Basic"[..], b"\xff", b"Bearer a=1"] {
            headers.append(
                WWW_AUTHENTICATE,
                http::HeaderValue::from_bytes(value).unwrap(),
            );
        }
        let schemes: Vec<_> = challenges(&headers)
            .into_iter()
            .map(|parsed| parsed.scheme)
            .collect();
        assert_eq!(schemes, ["Basic", "Bearer"]);
    }
}
