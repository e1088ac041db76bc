//! A piece of code that uses one item of the generated crate in one way.

use std::collections::BTreeSet;

/// What a probe is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An operation.
    Operation,
    /// A model, an enumeration or an alias.
    Type,
    /// A service, as one of those that share a host.
    Service,
    /// What the root of the crate has of the runtime because the description says so.
    Export,
}

/// How a probe uses its item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It names it.
    Named,
    /// It clones, compares, shows and sends it.
    Plain,
    /// It makes one: with `new`, or with `Default`.
    Made,
    /// It reads a member.
    Read(String),
    /// It calls the setter of a member, a parameter, or the body, which has no name.
    Set(String),
    /// It names a value of an enumeration.
    Value(String),
    /// It takes texts for an enumeration, and copies it or looks at values that are not known.
    Texts,
    /// It takes a value of its own for it.
    Into,
    /// It is what an alias, or an export, stands for.
    Same,
    /// It makes a request.
    Sent,
    /// It takes what an operation gives back.
    Output,
    /// It takes the items of the pages.
    Item,
    /// It takes what there is in the end of a long-running operation.
    Final,
    /// It takes the operation that tells whether an effect shows.
    Settled,
    /// It puts a request among those of its host, which needs the feature `server`.
    Hosted,
}

/// A piece of code that uses one item in one way.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What the item is.
    pub subject: Subject,
    /// The item: `keys.CreateKey`.
    pub place: String,
    /// How it is used.
    pub way: Way,
    /// Other places whose changes it feels: types that it names, and the member that holds the items of a page.
    pub rests_on: BTreeSet<String>,
    /// One line of Rust, which needs [`PRELUDE`] and has the crate as the dependency `rest`.
    pub code: String,
    /// Where a value is made of several: an expression for the text of what is made of different ones.
    pub shown: Option<String>,
}

/// What probes need.
///
/// `Mine` is a type of the user that becomes a `T`, such as a name that knows its own rules.
pub const PRELUDE: &str = r#"#![allow(dead_code, deprecated, unreachable_code, unused)]
#![deny(ambiguous_glob_imports)]
struct Mine<T>(T);
fn any<T>() -> T { loop {} }
fn request(of: impl rest::Operation) -> String {
    let to = rest::Endpoint::new("https://example.org").expect("it is an endpoint");
    format!("{:?}", of.request(&to).map(|request| request.uri().to_string()))
}
fn plain<T: Clone + std::fmt::Debug + PartialEq + Send + Sync + Unpin + 'static>() {}
fn text<T: Eq + std::hash::Hash + std::fmt::Display + AsRef<str> + std::str::FromStr<Err = E>, E>() {}
"#;
