//! Tokens -> text of a file: header, module documentation, items with blank lines between.

mod table;

use proc_macro2::TokenStream;

use crate::emit::{Emitted, plain};
use crate::tree::{File, MARK};

/// Why emitted code could not be formatted: a fault of an emitter.
#[derive(Debug)]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// What the parser says.
    pub message: String,
}

/// Formats a file.
pub fn format(mut emitted: Emitted) -> Result<File, FormatError> {
    let mut text = format!("// {MARK} from {}. Do not edit.\n", plain(&emitted.source));
    if !emitted.docs.is_empty() {
        text.push('\n');
        for line in &emitted.docs {
            // An emitter that forgot to clean its text would write code here.
            let line = format!("//! {}", plain(line));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if !emitted.attributes.is_empty() {
        text.push('\n');
        text.push_str(&attributes_text(&emitted)?);
    }
    let mut last = None;
    for tokens in std::mem::take(&mut emitted.items) {
        if let Some(table) = table::Call::of(&tokens) {
            drop(tokens);
            text.push('\n');
            text.push_str(&table.text());
            last = Some(Kind::Other);
            continue;
        }
        for item in parse(&emitted, tokens)?.items {
            let kind = kind(&item);
            if last != Some(kind) || kind == Kind::Other {
                text.push('\n');
            }
            text.push_str(&item_text(item));
            last = Some(kind);
        }
    }
    Ok(File {
        path: emitted.path,
        text,
    })
}

fn parse(emitted: &Emitted, tokens: TokenStream) -> Result<syn::File, FormatError> {
    syn::parse2(tokens).map_err(|error| FormatError {
        path: emitted.path.clone(),
        message: error.to_string(),
    })
}

fn attributes_text(emitted: &Emitted) -> Result<String, FormatError> {
    let attributes = emitted.attributes.iter().cloned().collect();
    Ok(prettyplease::unparse(&parse(emitted, attributes)?))
}

/// Items of one kind stand together, but for those that have a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Export,
    Module,
    Other,
}

fn kind(item: &syn::Item) -> Kind {
    match item {
        syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Inherited) => Kind::Use,
        syn::Item::Use(_) => Kind::Export,
        syn::Item::Mod(item) if item.attrs.is_empty() => Kind::Module,
        _ => Kind::Other,
    }
}

fn item_text(item: syn::Item) -> String {
    match item {
        syn::Item::Impl(block) => impl_text(block),
        item => unparse(item),
    }
}

fn unparse(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// An `impl` with a blank line around each of its functions; prettyplease puts none.
fn impl_text(mut block: syn::ItemImpl) -> String {
    // What is in it, which may be much, is not cloned with it.
    let items = std::mem::take(&mut block.items);
    let with = |items: Vec<syn::ImplItem>| {
        let block = syn::ItemImpl {
            items,
            ..block.clone()
        };
        unparse(syn::Item::Impl(block))
    };
    let empty = with(Vec::new());
    let head = empty.trim_end().trim_end_matches('}');
    let mut text = head.to_owned() + "\n";
    let mut last_is_function = None;
    for item in items {
        let is_function = matches!(item, syn::ImplItem::Fn(_));
        if last_is_function.is_some_and(|last| last || is_function) {
            text.push('\n');
        }
        last_is_function = Some(is_function);
        let alone = with(vec![item]);
        let member = alone.strip_prefix(head).unwrap_or(&alone);
        text.push_str(
            member
                .trim_start_matches('\n')
                .trim_end()
                .trim_end_matches('}')
                .trim_end(),
        );
        text.push('\n');
    }
    text + "}\n"
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::format;
    use crate::emit::Emitted;

    #[test]
    fn items_and_functions_stand_apart() {
        let emitted = Emitted {
            path: "src/a.rs".to_owned(),
            source: "a.yaml (1)".to_owned(),
            docs: vec!["A module.".to_owned()],
            attributes: Vec::new(),
            items: vec![
                quote!(
                    use a as b;
                ),
                quote!(
                    use c;
                ),
                quote!(
                    impl A {
                        const X: u8 = 1;
                        #[doc = " F."]
                        fn f() {}
                        fn g() {
                            h();
                        }
                    }
                ),
            ],
        };
        let expected = "\
// @generated by `cargo xtask codegen` from a.yaml (1). Do not edit.

//! A module.

use a as b;
use c;

impl A {
    const X: u8 = 1;

    /// F.
    fn f() {}

    fn g() {
        h();
    }
}
";
        assert_eq!(format(emitted).unwrap().text, expected);
    }

    #[test]
    fn tokens_that_do_not_parse_are_an_error() {
        let emitted = Emitted {
            path: "src/a.rs".to_owned(),
            source: String::new(),
            docs: Vec::new(),
            attributes: Vec::new(),
            items: vec![quote!(struct)],
        };
        assert_eq!(format(emitted).unwrap_err().path, "src/a.rs");
    }
}
