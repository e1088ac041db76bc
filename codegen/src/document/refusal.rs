//! Why a file is no document, in words that help.

use std::io;
use std::path::Path;

use super::files::MAX_FILE;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;

/// Why a text is no document: what is wrong, where (from 1), and what to do about it.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) length: usize,
    pub(super) help: &'static str,
}

impl Refusal {
    /// As a diagnostic about the file.
    pub(super) fn diagnostic(&self, file: &str) -> Diagnostic {
        Diagnostic::new(self.code, At::file(file), self.message.clone()).help(self.help)
    }

    /// What a reader of YAML says of a text; of JSON a reader of JSON speaks more clearly.
    pub(super) fn of_syntax(
        shown: &str,
        text: &str,
        message: &str,
        (line, column): (usize, usize),
    ) -> Self {
        if shown.ends_with(".json")
            && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text)
        {
            return Self::of_json(&error);
        }
        Self {
            code: Code::InvalidYaml,
            message: format!("the YAML cannot be read: {message}"),
            line,
            column,
            length: 1,
            help: advice(text, message, line, column),
        }
    }

    fn of_json(error: &serde_json::Error) -> Self {
        if error.is_eof() {
            return Self {
                code: Code::InvalidYaml,
                message: "the JSON ends before it is complete".to_owned(),
                line: error.line().max(1),
                column: error.column().max(1),
                length: 1,
                help: "get the whole file, or close what is open",
            };
        }
        let message = error.to_string();
        let end = message.find(" at line ").unwrap_or(message.len());
        Self {
            code: Code::InvalidYaml,
            message: format!("the JSON cannot be read: {}", &message[..end]),
            line: error.line().max(1),
            column: error.column().max(1),
            length: 1,
            help: "correct the JSON at this place or just before it",
        }
    }

    /// Bytes that are not UTF-8; the text is what can be read of them.
    pub(super) fn of_bytes(bytes: &[u8]) -> (String, Self) {
        let sound = std::str::from_utf8(bytes)
            .err()
            .map_or(0, |e| e.valid_up_to());
        let before = String::from_utf8_lossy(&bytes[..sound]);
        let last = before.rsplit('\n').next().unwrap_or_default();
        let refusal = Self {
            code: Code::InvalidYaml,
            message: "the file is not UTF-8 text".to_owned(),
            line: before.matches('\n').count() + 1,
            column: last.chars().count() + 1,
            length: 1,
            help: "save it in the encoding UTF-8",
        };
        (String::from_utf8_lossy(bytes).into_owned(), refusal)
    }
}

/// What usually mends a text of which the reader of YAML complains so.
fn advice(text: &str, message: &str, line: usize, column: usize) -> &'static str {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let found = line.chars().nth(column.saturating_sub(1));
    match message {
        m if (m.contains("cannot start any token") || m.contains("tabs disallowed"))
            && found == Some('\t') =>
        {
            "indent with blanks: YAML has no tabs there"
        }
        m if m.contains("cannot start any token") => "put the value in quotation marks",
        m if m.contains("mapping values are not allowed") => {
            "put a value with `: ` in it in quotation marks, and indent the keys of a mapping alike"
        }
        m if m.contains("',' or ']'") || m.contains("',' or '}'") => {
            "close the bracket that is open here, or put a comma between its items"
        }
        m if m.contains("expected node content") => {
            "finish the value that is missing here, or close the bracket that is open"
        }
        m if m.contains("unexpected end of stream") => "close the quotation mark that is open",
        m if m.contains("expected key") || m.contains("'-' indicator") => {
            "indent the lines of one mapping or list alike"
        }
        m if m.contains("anchor") => "write `&name` before the value that `*name` stands for",
        _ => "correct the YAML at this place or just before it",
    }
}

/// A file that is longer than any description.
pub(super) fn too_long(path: &Path) -> Diagnostic {
    let megabytes = MAX_FILE >> 20;
    let message = format!("the file is longer than {megabytes} MiB");
    let at = At::file(path.display().to_string());
    Diagnostic::new(Code::TooLarge, at, message).help("part it into several documents")
}

/// A file or folder that the system does not give.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let (reason, help) = match error.kind() {
        io::ErrorKind::NotFound => (
            "there is no such file or folder".to_owned(),
            "check the path, letter by letter",
        ),
        io::ErrorKind::PermissionDenied => (
            "it may not be read".to_owned(),
            "give yourself the right to read it",
        ),
        io::ErrorKind::IsADirectory => (
            "it is a folder, not a file".to_owned(),
            "name a file, or move the folder away",
        ),
        io::ErrorKind::NotADirectory => (
            "it is a file, not a folder".to_owned(),
            "name a folder, or move the file away",
        ),
        _ => (error.to_string(), "check the path and its permissions"),
    };
    let at = At::file(path.display().to_string());
    Diagnostic::new(
        Code::Unreadable,
        at,
        format!("this cannot be read: {reason}"),
    )
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn the_first_byte_that_is_no_text_is_found() {
        let (text, refusal) = Refusal::of_bytes(b"a: 1\n\xc3\xa9: \xff\n");
        assert_eq!((refusal.line, refusal.column), (2, 4));
        assert!(text.contains('\u{fffd}'));
    }
}
