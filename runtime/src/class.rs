//! Patterns that only say which characters there may be, and how many: nearly all are, and they need no engine.

/// What `^[a-z0-9-]{3,24}$` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// A bit for each ASCII character.
    characters: u128,
    min: usize,
    max: usize,
}

impl Class {
    /// Reads a pattern. `None` if it says anything else.
    pub(crate) fn of(pattern: &str) -> Option<Self> {
        let text = pattern.as_bytes();
        if !is_at(text, 0, b'^') || !is_at(text, 1, b'[') || is_at(text, 2, b'^') {
            return None;
        }
        let (characters, end) = characters(text, 2)?;
        let (min, max, end) = counts(text, end)?;
        if !is_at(text, end, b'$') || end + 1 != text.len() || min > max {
            return None;
        }
        Some(Self {
            characters,
            min,
            max,
        })
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let is_in = |byte: u8| byte.is_ascii() && self.characters >> byte & 1 == 1;
        (self.min..=self.max).contains(&text.len()) && text.bytes().all(is_in)
    }
}

fn is_at(text: &[u8], place: usize, wanted: u8) -> bool {
    place < text.len() && text[place] == wanted
}

/// What may be in a class, and mean itself: what has no meaning of its own there.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b' ' | b'/' | b':' | b'@')
}

/// The characters up to `]`, and the place behind it.
fn characters(text: &[u8], mut place: usize) -> Option<(u128, usize)> {
    let mut found = 0_u128;
    while place < text.len() && text[place] != b']' {
        let first = text[place];
        // A dash between two is a range; at either end it is itself.
        let is_range = is_at(text, place + 1, b'-') && !is_at(text, place + 2, b']');
        let last = match is_range {
            true if place + 2 < text.len() => text[place + 2],
            true => return None,
            false => first,
        };
        let is_dash_in_range = is_range && (first == b'-' || last == b'-');
        if !is_plain(first) || !is_plain(last) || first > last || is_dash_in_range {
            return None;
        }
        found |= (2 << last) - (1 << first);
        place += if is_range { 3 } else { 1 };
    }
    match found != 0 && place < text.len() {
        true => Some((found, place + 1)),
        false => None,
    }
}

/// `+`, `{n}` or `{n,m}`, and the place behind it.
fn counts(text: &[u8], place: usize) -> Option<(usize, usize, usize)> {
    if is_at(text, place, b'+') {
        return Some((1, usize::MAX, place + 1));
    }
    if !is_at(text, place, b'{') {
        return None;
    }
    let (min, end) = number(text, place + 1)?;
    if is_at(text, end, b'}') {
        return Some((min, min, end + 1));
    }
    if !is_at(text, end, b',') {
        return None;
    }
    match number(text, end + 1) {
        Some((max, end)) if is_at(text, end, b'}') => Some((min, max, end + 1)),
        _ => None,
    }
}

/// A number of one to four digits, and the place behind it.
fn number(text: &[u8], begin: usize) -> Option<(usize, usize)> {
    let (mut value, mut place) = (0, begin);
    while place < text.len() && text[place].is_ascii_digit() && place < begin + 4 {
        value = value * 10 + (text[place] - b'0') as usize;
        place += 1;
    }
    match place > begin {
        true => Some((value, place)),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_lite::Regex;

    #[test]
    fn a_class_matches_what_its_pattern_matches() {
        let texts = [
            "", "a", "-", "A-z", "abc", "abcd", "0", "09af", "é", "aé", "a\n", "\n", "a b", "_",
            "~", "\u{7f}", "[", "]", "\\", "^", "@", "`", "{", "a/b", "a.b",
        ];
        for pattern in [
            "^[0-9a-zA-Z-]+$",
            "^[0-9a-zA-Z]+$",
            "^[a-fA-F0-9]{4}$",
            "^[a-zA-Z0-9-]{1,3}$",
            "^[-a]+$",
            "^[a_-]{2,2}$",
            "^[.]+$",
            "^[a-a]{0,2}$",
        ] {
            let class = Class::of(pattern).unwrap();
            let regex = Regex::new(pattern).unwrap();
            for text in texts {
                assert_eq!(
                    class.matches(text),
                    regex.is_match(text),
                    "{pattern} {text:?}"
                );
            }
        }
    }

    #[test]
    fn what_says_more_or_less_is_left_to_the_engine() {
        for pattern in [
            "",
            "^",
            "^[",
            "^[]+$",
            "^[a",
            "^[a-",
            "^[a]",
            "^[a]+",
            "[a]+$",
            "^[a]+$x",
            "^[^a]+$",
            "^[\\w]+$",
            "^[\\-a]+$",
            "^[a]*$",
            "^[a]?$",
            "^[a]+?$",
            "^[a]{2,}$",
            "^[a]{,2}$",
            "^[a]{}$",
            "^[a]{3,2}$",
            "^[a]{99999}$",
            "^[z-a]+$",
            "^[+--]+$",
            "^[a-c-e]+$x",
            "^[é]+$",
            "^[[:alpha:]]+$",
            "^[a&&b]+$",
            "^[a~~b]+$",
            "^a+$",
            "^([a])+$",
        ] {
            assert_eq!(Class::of(pattern), None, "{pattern}");
        }
    }
}
