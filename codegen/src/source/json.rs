//! What JSON can write and YAML cannot.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// The text with each character that JSON writes as two escapes written as one, as YAML does.
pub(crate) fn as_yaml(text: &str) -> Cow<'_, str> {
    let has_pairs = text.contains("\\ud") || text.contains("\\uD");
    match has_pairs && serde_json::from_str::<IgnoredAny>(text).is_ok() {
        true => Cow::Owned(joined(text)),
        false => Cow::Borrowed(text),
    }
}

fn joined(json: &str) -> String {
    let mut joined = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        joined.push_str(before);
        rest = match pair(escape) {
            Some((c, rest)) => {
                joined.push_str(&format!("\\U{:08x}", u32::from(c)));
                rest
            }
            None => {
                // The character behind the backslash belongs to it, if it is a backslash too.
                let length = escape
                    .char_indices()
                    .nth(2)
                    .map_or(escape.len(), |(i, _)| i);
                joined.push_str(&escape[..length]);
                &escape[length..]
            }
        };
    }
    joined.push_str(rest);
    joined
}

/// The character that two escapes at the start of a text mean, and what follows them.
fn pair(text: &str) -> Option<(char, &str)> {
    let (high, rest) = unit(text)?;
    let (low, rest) = unit(rest)?;
    let c = char::decode_utf16([high, low]).next()?.ok()?;
    (u32::from(c) > 0xffff).then_some((c, rest))
}

fn unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.strip_prefix("\\u")?;
    let unit = u16::from_str_radix(digits.get(..4)?, 16).ok()?;
    Some((unit, &digits[4..]))
}

#[cfg(test)]
mod tests {
    use super::as_yaml;

    #[test]
    fn two_escapes_of_one_character_become_one() {
        let json = r#"{"a": "\ud83d\udD11 \\ud83d\\udd11 \u00e9\n"}"#;
        let yaml = r#"{"a": "\U0001f511 \\ud83d\\udd11 \u00e9\n"}"#;
        assert_eq!(as_yaml(json), yaml);
    }

    #[test]
    fn what_is_no_json_is_left_alone() {
        let yaml = "a: '\\ud83d\\udd11'\n";
        assert_eq!(as_yaml(yaml), yaml);
    }
}
