//! YAML text -> JSON value, and back. The only user of serde_yaml, so that it can be swapped.

use std::fmt::Write;

use serde_json::{Map, Number, Value as Json};
use serde_yaml::Value as Yaml;

/// Why a text cannot be read, and where, when the reader knows: line and column from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub(crate) message: String,
    pub(crate) position: Option<(usize, usize)>,
}

/// Reads one YAML document as JSON.
pub(crate) fn read(text: &str) -> Result<Json, YamlError> {
    let yaml: Yaml = serde_yaml::from_str(text).map_err(from_serde_yaml)?;
    json(yaml)
}

/// What the reader says of a text that another one has refused, and where. Nothing if it would take
/// the text, or might take forever to refuse it: nesting costs it the square of its depth, and
/// aliases what they stand for.
pub(crate) fn complaint(text: &str) -> Option<(String, (usize, usize))> {
    const LONGEST: usize = 1 << 20;
    const MOST_BRACKETS: usize = 10_000;
    const MOST_ALIASES: usize = 8;
    let brackets = text.bytes().filter(|byte| b"[{".contains(byte)).count();
    let aliases = text.match_indices('*').filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || "[{,:".contains(c))
    });
    let is_tame = text.len() <= LONGEST
        && brackets <= MOST_BRACKETS
        && aliases.take(MOST_ALIASES + 1).count() <= MOST_ALIASES;
    let error = is_tame.then(|| read(text).err()).flatten()?;
    Some((error.message, error.position?))
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

fn refused(message: impl Into<String>) -> YamlError {
    YamlError {
        message: message.into(),
        position: None,
    }
}

fn json(yaml: Yaml) -> Result<Json, YamlError> {
    Ok(match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(bool) => Json::Bool(bool),
        Yaml::Number(number) => Json::Number(json_number(&number)?),
        Yaml::String(text) => Json::String(text),
        Yaml::Sequence(items) => {
            Json::Array(items.into_iter().map(json).collect::<Result<_, _>>()?)
        }
        Yaml::Mapping(members) => Json::Object(json_object(members)?),
        Yaml::Tagged(tagged) => {
            return Err(refused(format!("the tag {} has no JSON form", tagged.tag)));
        }
    })
}

fn json_object(members: serde_yaml::Mapping) -> Result<Map<String, Json>, YamlError> {
    let mut object = Map::new();
    for (key, value) in members {
        let key = json_key(key)?;
        if object.contains_key(&key) {
            return Err(refused(format!("the key `{key}` occurs twice")));
        }
        object.insert(key, json(value)?);
    }
    Ok(object)
}

/// Status codes are often written as numbers.
fn json_key(key: Yaml) -> Result<String, YamlError> {
    match key {
        Yaml::String(text) => Ok(text),
        Yaml::Number(number) => Ok(number.to_string()),
        Yaml::Bool(bool) => Ok(bool.to_string()),
        _ => Err(refused("a key is neither text nor a number")),
    }
}

fn json_number(number: &serde_yaml::Number) -> Result<Number, YamlError> {
    let integer = number.as_i64().map(Number::from);
    integer
        .or_else(|| number.as_u64().map(Number::from))
        .or_else(|| number.as_f64().and_then(Number::from_f64))
        .ok_or_else(|| refused(format!("the number {number} has no JSON form")))
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
