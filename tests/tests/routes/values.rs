//! What somebody who means harm, or is careless, would give for a parameter.

use keyvault_codegen::Api;
use keyvault_codegen::api::{Operation, Parameter, PathTemplate, Scalar, Segment, Type};
use serde_json::Value;

/// Texts that mean something in a URL, in a header or to a file system.
pub const HOSTILE: &[&str] = &[
    "",
    ".",
    "..",
    "...",
    "/",
    "//",
    "a/../b",
    "../../x",
    "./x",
    "%2F",
    "%2f..%2f",
    "%2e",
    "%2e%2e",
    "%2E%2e",
    ".%2e",
    "%252e%252e",
    "%",
    "%zz",
    "%00",
    "%0d%0aHost:evil",
    "?",
    "a?b=c",
    "?api-version=1",
    "&api-version=1",
    "#",
    "a#b",
    ";",
    ";x=1",
    "..;",
    "\\",
    "a\\..\\b",
    "..\\",
    "\0",
    "a\r\nHost: evil",
    "\r",
    "\n",
    "..\n",
    "\t",
    ".\t.",
    " ",
    " ..",
    "+",
    "a+b",
    "&",
    "=",
    "@",
    "user:evil@host",
    ":443",
    "//evil.com",
    "http://evil",
    "\\\\evil.com",
    "é",
    "e\u{301}",
    "\u{ff0f}",
    "\u{ff0e}\u{ff0e}",
    "\u{2024}\u{2024}",
    "\u{202e}",
    "\u{feff}",
    "\u{10ffff}",
    "\u{7f}",
    "$filter",
    "'",
    "\"",
    "<>",
    "[::1]",
    "^`{|}",
    "~",
    "*",
    "{key-version}",
    "contact\u{17f}",
];

/// What is tried in two parameters at once, besides the literals of the paths that the request may be taken for.
const PAIRED: &[&str] = &[
    "",
    "..",
    "/",
    "a/../b",
    "%2e%2e",
    "%2F",
    "a\r\nHost: evil",
    "?x#",
    "é",
    "abc",
    "providers",
];

/// What stands around a literal, so that something on the way may take it for the literal itself.
const DISGUISES: &[(&str, &str)] = &[
    ("", "/"),
    ("/", ""),
    ("", "/x"),
    ("../", ""),
    ("a/../", ""),
    ("%2F", ""),
    ("", "%2F"),
    ("", "?x"),
    ("", "#x"),
    ("", ";x=1"),
    ("", "%00"),
    ("", "\0"),
    ("", " "),
    ("", "."),
    ("\\", ""),
];

/// In bytes; `http::Uri` holds less.
const HUGE: usize = 100_000;

/// The literals of all paths, as they are, and in the other letter case.
pub fn literals(api: &Api) -> Vec<String> {
    let operations = api.services.iter().flat_map(|service| service.operations());
    in_both_cases(operations.flat_map(|operation| literals_of(&operation.path)))
}

fn literals_of(path: &PathTemplate) -> impl Iterator<Item = &str> {
    path.0.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text.as_str()),
        Segment::Parameter(_) => None,
    })
}

/// The literals of an operation and of those that it may be taken for.
fn literals_near(operation: &Operation) -> Vec<String> {
    let paths = operation.rivals.iter().chain([&operation.path]);
    in_both_cases(paths.flat_map(literals_of))
}

fn in_both_cases<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut texts: Vec<_> = texts
        .flat_map(|text| [text.to_owned(), other_case(text)])
        .collect();
    texts.sort();
    texts.dedup();
    texts
}

fn other_case(text: &str) -> String {
    let other = |letter: char| match letter.is_ascii_lowercase() {
        true => letter.to_ascii_uppercase(),
        false => letter.to_ascii_lowercase(),
    };
    text.chars().map(other).collect()
}

/// All that one parameter of an operation is tried with.
pub fn for_parameter(
    operation: &Operation,
    parameter: &Parameter,
    literals: &[String],
) -> Vec<Value> {
    let mut texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
    texts.extend_from_slice(literals);
    texts.extend(operation.parameters.iter().map(placeholder));
    for literal in literals_near(operation) {
        let disguised = |(before, after): &(&str, &str)| format!("{before}{literal}{after}");
        texts.extend(DISGUISES.iter().map(disguised));
    }
    let texts = texts.into_iter().map(Value::from);
    texts.chain(typed(parameter)).collect()
}

/// Texts that no URL holds.
pub fn huge() -> Vec<Value> {
    let texts = ["a".repeat(HUGE), "/".repeat(HUGE), "é".repeat(HUGE / 2)];
    texts.into_iter().map(Value::from).collect()
}

fn placeholder(parameter: &Parameter) -> String {
    format!("{{{}}}", parameter.wire)
}

/// Numbers and truth values, where texts cannot be given.
fn typed(parameter: &Parameter) -> Vec<Value> {
    match is_typed(parameter) {
        true => {
            let numbers = [i32::MIN, -1, 0, 1, 25, 26, i32::MAX];
            let numbers = numbers.into_iter().map(Value::from);
            numbers.chain([true.into(), false.into()]).collect()
        }
        false => Vec::new(),
    }
}

/// Whether the type of the argument has no room for other texts.
pub fn is_typed(parameter: &Parameter) -> bool {
    matches!(
        parameter.ty,
        Type::Scalar(Scalar::Bool | Scalar::I32 | Scalar::I64)
    )
}

/// What each of two parameters of an operation is tried with at once.
pub fn for_pairs(operation: &Operation) -> Vec<String> {
    let mut texts: Vec<String> = PAIRED.iter().map(|text| (*text).to_owned()).collect();
    texts.extend(literals_near(operation));
    texts
}
