//! YAML text -> JSON value, and back. The only user of serde_yaml, so that it can be swapped.

use std::fmt::{self, Write};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value as Json};

/// Why a text cannot be read, and where, when the reader knows: line and column from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub(crate) message: String,
    pub(crate) position: Option<(usize, usize)>,
}

/// Reads one YAML document as JSON.
pub(crate) fn read(text: &str) -> Result<Json, YamlError> {
    let from = serde_yaml::Deserializer::from_str(text);
    Node.deserialize(from).map_err(from_serde_yaml)
}

/// What the reader says of a text that another one has refused, and where. Nothing if it would take
/// the text, or might take forever to refuse it: nesting costs it the square of its depth, and
/// aliases what they stand for.
pub(crate) fn complaint(text: &str) -> Option<(String, (usize, usize))> {
    const MOST_ALIASES: usize = 8;
    let aliases = marks(text, "*").take(MOST_ALIASES + 1).count();
    let is_tame = nests_little(text) && aliases <= MOST_ALIASES;
    let error = is_tame.then(|| read(text).err()).flatten()?;
    Some((error.message, error.position?))
}

/// Whether brackets cannot cost the reader much: for each token of a text, it looks at all that are open.
pub(super) fn nests_little(text: &str) -> bool {
    const MOST: usize = 1 << 29;
    let brackets = text.bytes().filter(|byte| b"[{".contains(byte)).count();
    brackets.saturating_mul(text.len()) <= MOST
}

/// Where one of these characters can have a meaning at the start of a node.
pub(super) fn marks(text: &str, characters: &'static str) -> impl Iterator<Item = usize> {
    let found = text.match_indices(|c| characters.contains(c));
    found.map(|(at, _)| at).filter(|at| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || "[{,:".contains(c))
    })
}

/// Writes a JSON value as a YAML document, in one style: blocks, two blanks, no quotes but where
/// a reader of YAML 1.1 or 1.2 needs them.
pub(crate) fn write(root: &Json) -> Result<String, YamlError> {
    let text = serde_yaml::to_string(root).map_err(from_serde_yaml)?;
    let mut written = String::with_capacity(text.len());
    // Where the block of text starts that the line before opened.
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        block = block.filter(|around| line.is_empty() || indent > *around);
        match block {
            Some(_) => _ = written.write_fmt(format_args!("{line}\n")),
            None => {
                block = opens_block(line);
                written.push_str(&quoted(line));
            }
        }
    }
    Ok(written)
}

/// Whether the lines that follow are a text as it stands, and in which column what holds it is.
fn opens_block(line: &str) -> Option<usize> {
    let content = line.trim_start_matches([' ', '-']);
    let marks = content.trim_end_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let head = marks.strip_suffix(['|', '>'])?;
    let column = line.len() - content.len();
    match head.is_empty() {
        // An item of a list stands behind its dash.
        true => Some(column.saturating_sub(2)),
        false => head.ends_with(": ").then_some(column),
    }
}

/// serde_yaml writes YAML 1.2, where `2025-07-01` and `y` are texts; older readers, of which there
/// are many, take them for a date and a boolean.
fn quoted(line: &str) -> String {
    let content = line.trim_start_matches([' ', '-']);
    let (lead, rest) = line.split_at(line.len() - content.len());
    let is_date =
        |text: &str| text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match rest.split_once(':') {
        Some((key @ ("y" | "n"), value)) => format!("{lead}'{key}':{value}\n"),
        Some((key, value)) if is_date(value.trim()) && !key.contains(' ') => {
            format!("{lead}{key}: '{}'\n", value.trim())
        }
        None if is_date(rest) && lead.contains('-') => format!("{lead}'{rest}'\n"),
        _ => format!("{line}\n"),
    }
}

fn from_serde_yaml(error: serde_yaml::Error) -> YamlError {
    let position = error.location().map(|place| (place.line(), place.column()));
    let message = error.to_string();
    let message = match message.rsplit_once(" at line ") {
        Some(_) if position.is_some() => shortened(&message),
        _ => message,
    };
    YamlError { message, position }
}

/// The message without the places in it, of which there may be several.
fn shortened(message: &str) -> String {
    let end = message.find(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

/// A value, read without a YAML value in between.
struct Node;

impl<'de> DeserializeSeed<'de> for Node {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Json, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what JSON can say")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    /// A text without any value.
    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Json, E> {
        Ok(Json::Bool(bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Json, E> {
        let finite = Number::from_f64(number).map(Json::Number);
        finite.ok_or_else(|| E::custom(format_args!("the number {number} has no JSON form")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(Self)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some(key) = from.next_key_seed(Key)? {
            match members.entry(key) {
                Entry::Occupied(first) => {
                    let message = format_args!("duplicate key `{}`", first.key()).to_string();
                    return Err(A::Error::custom(message));
                }
                Entry::Vacant(member) => _ = member.insert(from.next_value_seed(Self)?),
            }
        }
        Ok(Json::Object(members))
    }
}

/// The key of a member. Status codes are often written as numbers.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a text or a number")
    }

    fn visit_bool<E>(self, bool: bool) -> Result<String, E> {
        Ok(bool.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(serde_yaml::Number::from(number).to_string())
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{read, write};

    #[test]
    fn what_was_written_reads_back() {
        let root = json!({"a": "2025-07-01", "y": ["2025-07-01", "x: 2025-07-01"], "n": "l\nm", "b": "- y: 1"});
        let text = write(&root).unwrap();
        assert!(
            text.contains("a: '2025-07-01'") && text.contains("'n': |-"),
            "{text}"
        );
        assert_eq!(read(&text).unwrap(), root);
    }

    #[test]
    fn the_lines_of_a_text_are_left_alone() {
        let text = "n: 1\n2025-07-01\n- y: 2\n\na: 2025-07-01";
        let root = json!({"t": text, "l": [text, [text, {"k": text}], 1], "d": "2025-07-01"});
        let written = write(&root).unwrap();
        assert_eq!(read(&written).unwrap(), root, "{written}");
        assert!(written.ends_with("d: '2025-07-01'\n"), "{written}");
    }

    #[test]
    fn numbers_as_keys_become_text() {
        assert_eq!(read("200: {a: 1.5}").unwrap(), json!({"200": {"a": 1.5}}));
    }

    #[test]
    fn a_repeated_key_is_refused_with_its_place() {
        let error = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert!(error.message.contains("duplicate"), "{error:?}");
    }

    #[test]
    fn broken_yaml_is_refused_with_its_place() {
        let error = read("a: [1\nb: 2\n").unwrap_err();
        assert_eq!(error.position.map(|(line, _)| line), Some(2), "{error:?}");
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..12 {
            let last = i - 1;
            let list = vec![format!("*a{last}"); 10].join(", ");
            bomb.push_str(&format!("a{i}: &a{i} [{list}]\n"));
        }
        assert!(read(&bomb).is_err());
    }

    #[test]
    fn what_json_cannot_say_is_refused() {
        assert!(read("a: .nan").is_err());
        assert!(read("a: !tag 1").is_err());
        assert!(read("[1]: 2").is_err());
    }
}
