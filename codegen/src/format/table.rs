//! The text of an item that is declared by a macro of the runtime: a table, with a line for each of its rows. prettyplease
//! does not look into macros.

use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};

/// Columns of a line, if it can be broken at all.
const WIDTH: usize = 100;

const INDENT: &str = "    ";

/// A call of a macro.
pub(super) struct Call {
    path: String,
    rows: TokenStream,
}

impl Call {
    /// The call, if tokens are `path! { … }` and nothing else.
    pub(super) fn of(tokens: &TokenStream) -> Option<Self> {
        let mut tokens = tokens.clone().into_iter();
        let mut path = String::new();
        loop {
            match tokens.next()? {
                TokenTree::Ident(segment) => path.push_str(&segment.to_string()),
                TokenTree::Punct(mark) if mark.as_char() == ':' => path.push(':'),
                TokenTree::Punct(mark) if mark.as_char() == '!' => break,
                _ => return None,
            }
        }
        match (tokens.next()?, tokens.next()) {
            (TokenTree::Group(group), None) if group.delimiter() == Delimiter::Brace => {
                let rows = group.stream();
                Some(Self { path, rows })
            }
            _ => None,
        }
    }

    /// Its text.
    pub(super) fn text(self) -> String {
        let mut text = self.path + "! {\n";
        block(self.rows, 1, &mut text);
        text + "}\n"
    }
}

/// The lines between two braces.
fn block(tokens: TokenStream, depth: usize, text: &mut String) {
    let mut line = Line::new(depth);
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if let Some(TokenTree::Group(attribute)) = tokens.next() {
                    line.flush(text);
                    line.push_attribute(inside(attribute));
                    line.flush(text);
                }
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && line.generics == 0 => {
                line.text.push(',');
                line.flush(text);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                line.push_block(group, text);
            }
            token => line.push(token),
        }
    }
    line.flush(text);
}

/// A line that is being written, and where it may be broken.
struct Line {
    depth: usize,
    text: String,
    /// Before a method of a chain.
    breaks: Vec<usize>,
    /// How many generic arguments are open.
    generics: usize,
    last: Last,
}

/// What stands at the end of a line, as far as the next token has to know it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// A word or a literal: another one does not touch it.
    Word,
    /// A mark that is followed by a blank.
    Apart,
    /// A mark that is not.
    Close,
    /// The end of a group, or of generic arguments.
    End,
}

impl Line {
    fn new(depth: usize) -> Self {
        Self {
            depth,
            text: String::new(),
            breaks: Vec::new(),
            generics: 0,
            last: Last::Nothing,
        }
    }

    fn push(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => self.push_group(group),
            TokenTree::Punct(mark) => self.push_mark(mark.as_char(), mark.spacing()),
            word => self.push_word(&word.to_string()),
        }
    }

    fn push_word(&mut self, word: &str) {
        if matches!(self.last, Last::Word | Last::Apart | Last::End) {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.last = Last::Word;
    }

    /// `::`, `=>` and `->` come as two marks each.
    fn push_mark(&mut self, mark: char, spacing: Spacing) {
        let begins_pair = spacing == Spacing::Joint;
        let ends_pair = self.last == Last::Close && self.text.ends_with(['-', '=', ':']);
        let is_arrow = mark == '>' && ends_pair;
        let stands_apart = matches!(mark, '=' | '-') || (self.last == Last::Apart && mark != '.');
        match mark {
            '.' => self.breaks.push(self.text.len()),
            '<' => self.generics += 1,
            '>' if !is_arrow => self.generics = self.generics.saturating_sub(1),
            _ => {}
        }
        if stands_apart && !ends_pair && self.last != Last::Nothing {
            self.text.push(' ');
        }
        self.text.push(mark);
        self.last = match mark {
            '>' if is_arrow => Last::Apart,
            '>' => Last::End,
            ':' if ends_pair => Last::Close,
            '=' | ':' | ',' if !begins_pair => Last::Apart,
            _ => Last::Close,
        };
    }

    /// Parentheses and brackets stay within the line.
    fn push_group(&mut self, group: Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        if self.last == Last::Apart {
            self.text.push(' ');
        }
        self.text.push_str(open);
        self.last = Last::Nothing;
        let breaks = std::mem::take(&mut self.breaks);
        for token in inside(group) {
            self.push(token);
        }
        self.breaks = breaks;
        self.text.push_str(close);
        self.last = Last::End;
    }

    /// Braces that hold rows of their own.
    fn push_block(&mut self, group: Group, text: &mut String) {
        let is_empty = group.stream().is_empty();
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(if is_empty { "{}" } else { "{" });
        self.flush(text);
        if !is_empty {
            block(inside(group), self.depth + 1, text);
            self.text.push('}');
            self.flush(text);
        }
    }

    /// Documentation as a comment, which it was before it was an attribute.
    fn push_attribute(&mut self, attribute: TokenStream) {
        match documentation(&attribute) {
            Some(line) => self.text.extend(["///", &line]),
            None => {
                let group = Group::new(Delimiter::Bracket, attribute);
                self.text.push('#');
                self.push_group(group);
            }
        }
    }

    fn flush(&mut self, text: &mut String) {
        let line = std::mem::replace(self, Self::new(self.depth));
        if line.text.is_empty() {
            return;
        }
        let indent = INDENT.repeat(line.depth);
        let is_long = indent.len() + line.text.len() > WIDTH;
        // The first method stays with what it is called on.
        let breaks = line.breaks.get(1..).filter(|_| is_long).unwrap_or_default();
        let mut from = 0;
        for at in breaks.iter().copied().chain([line.text.len()]) {
            let more = if from == 0 { "" } else { INDENT };
            text.push_str(&indent);
            text.push_str(more);
            text.push_str(&line.text[from..at]);
            text.push('\n');
            from = at;
        }
    }
}

/// The tokens in a group, which alone has them then: tokens that are shared are copied one by one.
fn inside(group: Group) -> TokenStream {
    group.stream()
}

/// The text of `doc = "…"`, if a comment can say it.
fn documentation(attribute: &TokenStream) -> Option<String> {
    let mut tokens = attribute.clone().into_iter();
    let is_doc = matches!(tokens.next(), Some(TokenTree::Ident(word)) if word == "doc");
    let is_text = matches!(tokens.next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '=');
    let Some(TokenTree::Literal(literal)) = tokens.next().filter(|_| is_doc && is_text) else {
        return None;
    };
    let text = text_of(literal)?;
    // A fourth slash would make another comment of it.
    let is_plain = !text.starts_with('/') && !text.contains(['\n', '\r']);
    is_plain.then_some(text)
}

/// The value of a literal, if it is a text. Few have an escape in them, which takes a parser to read.
fn text_of(literal: Literal) -> Option<String> {
    let written = literal.to_string();
    let inside = written
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    if let Some(plain) = inside.filter(|inside| !inside.contains('\\')) {
        return Some(plain.to_owned());
    }
    match syn::Lit::new(literal) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    fn text(call: proc_macro2::TokenStream) -> String {
        super::Call::of(&call).unwrap().text()
    }

    #[test]
    fn each_row_has_a_line() {
        let model = text(quote! {
            rt::model! {
                #[doc = " A key."]
                #[derive(Clone, Debug)]
                pub struct Key("key") new(r#type: rt::Secret<String>, b: Vec<u8>) {
                    #[doc = " Its type."]
                    r#type: rt::Secret<String> = required,
                    b: Option<std::collections::BTreeMap<String, Vec<a::B>>> = optional("c: d, e"),
                    c: u8 = optional => "f",
                }
            }
        });
        let expected = "\
rt::model! {
    /// A key.
    #[derive(Clone, Debug)]
    pub struct Key(\"key\") new(r#type: rt::Secret<String>, b: Vec<u8>) {
        /// Its type.
        r#type: rt::Secret<String> = required,
        b: Option<std::collections::BTreeMap<String, Vec<a::B>>> = optional(\"c: d, e\"),
        c: u8 = optional => \"f\",
    }
}
";
        assert_eq!(model, expected);
    }

    #[test]
    fn sections_follow_each_other_and_chains_are_broken_where_they_are_long() {
        let operation = text(quote! {
            rt::operation! {
                pub struct Get {}
                optional { a: Option<i32> = query("a").between(-1, 25), }
                -> () = SERVICE.get("Get", "/a").permission("a_permission_with_a_long_name").idempotent().accepts(&[204])
            }
        });
        let expected = "\
rt::operation! {
    pub struct Get {}
    optional {
        a: Option<i32> = query(\"a\").between(-1, 25),
    }
    -> () = SERVICE.get(\"Get\", \"/a\")
        .permission(\"a_permission_with_a_long_name\")
        .idempotent()
        .accepts(&[204])
}
";
        assert_eq!(operation, expected);
    }

    #[test]
    fn what_is_no_call_alone_is_left_to_others() {
        for tokens in [
            quote!(
                struct A;
            ),
            quote!(a! { b } struct A;),
            quote!(a!(b);),
            quote!(),
        ] {
            assert!(super::Call::of(&tokens).is_none(), "{tokens}");
        }
    }

    #[test]
    fn what_no_comment_can_say_stays_an_attribute() {
        let model = text(quote!(
            rt::model! { #[doc = "/ a"] #[doc = " b\n"] pub struct A {} }
        ));
        let expected =
            "rt::model! {\n    #[doc = \"/ a\"]\n    #[doc = \" b\\n\"]\n    pub struct A {}\n}\n";
        assert_eq!(model, expected);
    }
}
