//! The lines of a text that a diagnostic shows, none of them too long to read.

use std::ops::Range;

use crate::emit::is_unseen;

/// How many bytes of a line are shown at most; what is before or behind becomes `…`.
const LONGEST: usize = 200;

/// How much of a long line is shown before the place itself.
const LEAD: usize = 60;

const CUT: &str = "…";

/// Some lines of a text, and where the spans asked for are in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The number of its first line, from 1.
    pub(super) first_line: usize,
    /// The spans inside the excerpt; `None` for what was cut away.
    pub(super) spans: Vec<Option<Range<usize>>>,
    /// Line and column of the first span in the whole text, if its line was cut before it.
    pub(super) shifted: Option<(usize, usize)>,
}

/// The lines of `text` from the first to the last that one of the spans begins in.
///
/// The first span is the one that must be seen. `line` is the number of the line that the foremost one begins in.
pub(super) fn excerpt(text: &str, line: usize, spans: &[Range<usize>]) -> Excerpt {
    let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.start).max().unwrap_or(0);
    let start = line_start(text, first);
    let end = line_end(text, last);
    let mut excerpt = Excerpt {
        text: String::new(),
        first_line: line,
        spans: vec![None; spans.len()],
        shifted: None,
    };
    let mut at = start;
    for line in text[start..end].split('\n') {
        excerpt.push(line, at, spans);
        at += line.len() + 1;
    }
    excerpt
}

impl Excerpt {
    /// Adds a line that stands at byte `at` of the whole text.
    fn push(&mut self, line: &str, at: usize, spans: &[Range<usize>]) {
        let inside = |span: &&Range<usize>| span.start >= at && span.start <= at + line.len();
        let content = line.trim_end_matches('\r');
        let shown = match spans.iter().find(inside) {
            Some(span) => window(content, span.start - at),
            None => window(content, 0),
        };
        if shown.start > 0 {
            self.text.push_str(CUT);
        }
        let base = self.text.len();
        for (span, place) in spans.iter().zip(&mut self.spans) {
            let start = span.start.wrapping_sub(at);
            if shown.contains(&start) || start == shown.end {
                let end = (span.end - at).clamp(start, shown.end);
                *place = Some(base + start - shown.start..base + end - shown.start);
            }
        }
        if let Some(span) = spans.first().filter(inside)
            && shown.start > 0
        {
            let column = line[..span.start - at].chars().count() + 1;
            let number = self.first_line + self.text.matches('\n').count();
            self.shifted = Some((number, column));
        }
        self.text.extend(line[shown.clone()].chars().map(plain));
        if shown.end < content.len() {
            self.text.push_str(CUT);
        }
        self.text.push('\n');
    }
}

/// A character that can be seen, of the same length, for one that would move others about.
fn plain(c: char) -> char {
    match c.len_utf8() {
        // The renderer has signs for these.
        1 => c,
        _ if !steers(c) => c,
        2 => '¤',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '\u{1f6c7}',
    }
}

/// Characters without a shape of their own, some of which change the order or place of others.
pub(super) fn steers(c: char) -> bool {
    is_unseen(c)
}

/// The part of a line that is shown so that `place` is in it.
fn window(line: &str, place: usize) -> Range<usize> {
    if line.len() <= LONGEST {
        return 0..line.len();
    }
    let place = place.min(line.len());
    let start = match place > LONGEST - LEAD {
        true => line.floor_char_boundary(place - LEAD),
        false => 0,
    };
    start..line.floor_char_boundary((start + LONGEST).min(line.len()))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, LONGEST, plain};

    fn excerpt(text: &str, spans: &[std::ops::Range<usize>]) -> Excerpt {
        let first = spans.iter().map(|span| span.start).min().unwrap();
        super::excerpt(text, text[..first].matches('\n').count() + 1, spans)
    }

    #[test]
    fn a_character_that_is_not_shown_is_replaced_by_one_of_its_length() {
        let all = '\0'..=char::MAX;
        let other = all
            .into_iter()
            .find(|c| plain(*c).len_utf8() != c.len_utf8());
        assert_eq!(other, None);
    }

    fn spans_of(text: &str, words: &[&str]) -> Vec<std::ops::Range<usize>> {
        let span = |word: &&str| {
            let start = text.find(*word).unwrap();
            start..start + word.len()
        };
        words.iter().map(span).collect()
    }

    #[test]
    fn lines_from_the_first_place_to_the_last_are_shown() {
        let text = "a\nbb: 1\nc\ndd: 2\ne";
        let excerpt = excerpt(text, &spans_of(text, &["dd", "bb"]));
        assert_eq!(excerpt.text, "bb: 1\nc\ndd: 2\n");
        assert_eq!(excerpt.first_line, 2);
        assert_eq!(excerpt.spans, [Some(8..10), Some(0..2)]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("x\n{}→here{}\ny", "ä".repeat(5000), "ö".repeat(5_000_000));
        let excerpt = excerpt(&text, &spans_of(&text, &["here"]));
        let span = excerpt.spans[0].clone().unwrap();
        assert_eq!(&excerpt.text[span], "here");
        assert!(excerpt.text.len() < LONGEST + 10, "{}", excerpt.text);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with("…\n"));
        assert_eq!(excerpt.shifted, Some((2, 5002)));
    }

    #[test]
    fn what_a_long_line_cannot_show_as_well_is_left_out() {
        let text = format!("first{}second", " ".repeat(1000));
        let excerpt = excerpt(&text, &spans_of(&text, &["second", "first"]));
        assert_eq!(excerpt.spans[1], None);
        assert!(excerpt.spans[0].is_some());
    }

    #[test]
    fn texts_without_lines_and_ends_of_texts_are_no_trouble() {
        for (text, at) in [("", 0), ("a", 1), ("a\n", 2), ("a\r\n", 1), ("\n\n", 1)] {
            let excerpt = excerpt(text, &[at..at, at..at]);
            assert!(excerpt.spans[0].is_some(), "{text:?} {at}: {excerpt:?}");
        }
        assert_eq!(
            excerpt("a: 1\r\nb: 2\r\n", &[0..1, 6..7]).text,
            "a: 1\nb: 2\n"
        );
    }
}
