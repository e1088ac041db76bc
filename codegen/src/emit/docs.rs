//! Text of a description -> doc comments. All text passes through here, and none of it can leave
//! the comment: every line becomes a string literal of its own, cleaned of what Markdown,
//! rustdoc or the compiler would take for something else.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

/// Columns of text in a doc comment.
const WIDTH: usize = 84;

/// Outer doc attributes, one a line.
pub(super) fn outer(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| lead(line));
    quote!(#(#[doc = #lines])*)
}

/// Without the leading blank the text would stick to the slashes.
fn lead(line: &str) -> String {
    match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    }
}

/// A description as lines of Markdown; `fallback` where there is none.
pub(super) fn lines(text: &str, fallback: &str) -> Vec<String> {
    let text = match text.trim().is_empty() {
        true => fallback,
        false => text,
    };
    let mut lines = Vec::new();
    for block in blocks(text) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        for item in &block {
            wrap(item, &mut lines);
        }
    }
    lines
}

/// The first paragraph, and the rest.
pub(super) fn split_summary(text: &str) -> (&str, &str) {
    match text.trim().split_once("\n\n") {
        Some((summary, rest)) => (summary, rest.trim()),
        None => (text.trim(), ""),
    }
}

/// A paragraph, or an item of a list.
struct Item {
    list: bool,
    text: String,
}

/// Blocks stand apart by blank lines; a block is a paragraph or a list.
fn blocks(text: &str) -> Vec<Vec<Item>> {
    let mut blocks: Vec<Vec<Item>> = Vec::new();
    let mut fresh = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            fresh = true;
            continue;
        }
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        let goes_on = !fresh && item.is_none();
        match blocks.last_mut() {
            Some(block) if goes_on => {
                if let Some(last) = block.last_mut() {
                    last.text.push(' ');
                    last.text.push_str(line);
                }
            }
            // Blocks are of one kind: as their last item is, so are all.
            Some(block) if item.is_some() && block.last().is_some_and(|i| i.list) && !fresh => {
                block.push(new_item(item, line));
            }
            _ => blocks.push(vec![new_item(item, line)]),
        }
        fresh = false;
    }
    blocks
}

fn new_item(item: Option<&str>, line: &str) -> Item {
    Item {
        list: item.is_some(),
        text: item.unwrap_or(line).to_owned(),
    }
}

fn wrap(item: &Item, lines: &mut Vec<String>) {
    let indent = match item.list {
        true => "  ",
        false => "",
    };
    let mut line = match item.list {
        true => "- ".to_owned(),
        false => String::new(),
    };
    let (mut width, mut empty) = (line.len(), true);
    for word in words(&item.text)
        .split(BETWEEN)
        .filter(|word| !word.is_empty())
    {
        let characters = word.chars().count();
        if !empty && width + 1 + characters > WIDTH {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            (width, empty) = (indent.len(), true);
        }
        let start = line.len();
        match empty {
            true => line.push_str(&guard(word)),
            false => line.extend([" ", word]),
        }
        width += line[start..].chars().count();
        empty = false;
    }
    lines.push(line);
}

/// What stands between words; a control character, which no text has by then.
const BETWEEN: char = '\u{1f}';

/// The words of a text, ready for Markdown; a code span is one word.
fn words(text: &str) -> String {
    let text = plain(text);
    let mut words = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        push_prose(&mut words, before);
        match from[1..].find('`') {
            Some(length) if length > 0 => {
                words.push_str(&from[..length + 2]);
                rest = &from[length + 2..];
            }
            _ => {
                words.push_str("\\`");
                rest = &from[1..];
            }
        }
    }
    push_prose(&mut words, rest);
    words
}

fn push_prose(words: &mut String, prose: &str) {
    for (index, word) in prose.split(char::is_whitespace).enumerate() {
        if index > 0 {
            words.push(BETWEEN);
        }
        escape(word, words);
    }
}

/// A text as a code span, which nothing in it can leave.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", plain(text).replace('`', "'"))
}

/// A text on one line, as it may stand in a plain comment.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    match text.chars().all(|c| harmless(c) == Some(c)) {
        true => Cow::Borrowed(text),
        false => text.chars().filter_map(harmless).collect(),
    }
}

/// Characters that a reader cannot see, or that reorder what he sees, do not pass.
fn harmless(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\t' | '\n' => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    }
}

/// Whether a reader cannot see a character, or it reorders what he sees.
pub(crate) fn is_unseen(c: char) -> bool {
    let is_format = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    is_format || c.is_control()
}

/// Brackets would become links, angles HTML; a bare URL becomes a link.
fn escape(word: &str, escaped: &mut String) {
    let mut rest = word;
    while let Some(start) = url_start(rest) {
        let (before, url) = rest.split_at(start);
        let (url, after) = url.split_at(url_length(url));
        escape_prose(before, escaped);
        escaped.extend(["<", url, ">"]);
        rest = after;
    }
    escape_prose(rest, escaped);
}

/// Where a URL, which the text starts with, ends.
fn url_length(text: &str) -> usize {
    let end = text.find(|c: char| "<>[]()\"'\\`".contains(c));
    let url = &text[..end.unwrap_or(text.len())];
    url.trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

fn escape_prose(text: &str, escaped: &mut String) {
    if !text.contains(MARKS) {
        return escaped.push_str(text);
    }
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        if has_meaning(before, c, after) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
}

/// What has a meaning somewhere.
const MARKS: [char; 9] = ['[', ']', '<', '>', '\\', '*', '~', '_', '&'];

/// Whether Markdown takes a character, between its neighbours, for more than itself.
fn has_meaning(before: Option<char>, c: char, after: Option<char>) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '[' | ']' | '<' | '>' | '\\' | '*' | '~' => true,
        '_' => !in_word(before) || !in_word(after),
        '&' => in_word(after) || after == Some('#'),
        _ => false,
    }
}

fn url_start(text: &str) -> Option<usize> {
    if !text.contains(':') {
        return None;
    }
    let schemes = text.match_indices("://").filter_map(|(end, _)| {
        let scheme = ["https", "http"]
            .iter()
            .find(|scheme| text[..end].ends_with(**scheme))?;
        Some((end - scheme.len(), end + "://".len()))
    });
    let mut urls = schemes.filter(|(_, end)| *end < text.len());
    urls.next().map(|(start, _)| start)
}

/// At the start of a line some words would become a heading, a list, a quote or a fence.
fn guard(word: &str) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < word.len() && matches!(digits, "." | ")");
    let marked = matches!(word, "-" | "+" | "--" | "---")
        || word.starts_with(['#', '|', '=', ':'])
        || word.starts_with("--");
    if numbered {
        let (number, mark) = word.split_at(word.len() - 1);
        return format!("{number}\\{mark}");
    }
    match marked {
        true => format!("\\{word}"),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn paragraphs_are_wrapped_and_stay_apart() {
        let text = format!("{}\n\nSecond.", "word ".repeat(30));
        let lines = lines(&text, "");
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.chars().count() <= 84));
        assert_eq!(lines[3], "Second.");
    }

    #[test]
    fn lists_stay_lists() {
        assert_eq!(lines("- a\n- b\n  c", ""), ["- a", "- b c"]);
    }

    #[test]
    fn a_line_never_becomes_a_heading_or_a_list_by_wrapping() {
        assert_eq!(lines("# not a heading", ""), ["\\# not a heading"]);
        assert_eq!(lines("1. not a list", ""), ["1\\. not a list"]);
        assert_eq!(lines("-- x", ""), ["\\-- x"]);
    }

    #[test]
    fn brackets_and_angles_lose_their_meaning_outside_code() {
        assert_eq!(lines("a[0] <b> `c[0]`", ""), ["a\\[0\\] \\<b\\> `c[0]`"]);
        assert_eq!(lines("an odd ` tick", ""), ["an odd \\` tick"]);
    }

    #[test]
    fn bare_addresses_become_links() {
        assert_eq!(
            lines("See (https://example.com/a), now.", ""),
            ["See (<https://example.com/a>), now."]
        );
    }

    #[test]
    fn invisible_characters_are_dropped() {
        assert_eq!(lines("a\u{202e}b\u{0}c\rd", ""), ["abcd"]);
    }

    #[test]
    fn a_word_of_many_addresses_takes_no_more_stack_than_one() {
        let word = "http://a<".repeat(200_000);
        assert!(lines(&word, "")[0].starts_with("<http://a>\\<<http://a>"));
    }

    #[test]
    fn an_indented_line_is_no_code() {
        assert_eq!(lines("a\n\n    b", ""), ["a", "", "b"]);
        assert_eq!(lines("```\ncode\n```", ""), ["\\`\\`` code `\\`\\`"]);
    }

    #[test]
    fn the_fallback_stands_in_for_no_text() {
        assert_eq!(lines(" ", "Member `a`."), ["Member `a`."]);
    }
}
