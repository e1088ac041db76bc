use super::fields::{Filling, Showing};
use super::slot::{Members, Object, Slot, Stop, View};
use super::table::Table;
use super::wire::{Scalar, Wire};
use crate::{ParseError, ShownUrl};
use std::fmt::{self, Debug};

/// An object with known members. [`model!`](crate::model) makes it of a table.
pub trait Model: Clone + Debug + PartialEq + 'static {
    /// The facts of the model.
    const TABLE: &'static Table;

    /// The model before any member is read.
    fn blank() -> Self;

    /// Hands out a place for the value of each member, in the order of the table.
    fn fill(&mut self, from: Filling<'_>);

    /// Shows the value of each member, in the order of the table.
    fn show(&self, to: Showing<'_>);
}

impl<T: Model> Wire for T {
    const EXPECTED: &'static str = "an object";

    fn blank() -> Self {
        <Self as Model>::blank()
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        read_embedded(scalar)
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        let mut read = Ok(());
        self.fill(Filling::by(&mut |slots| {
            read = members.fill(T::TABLE, slots)
        }));
        read
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Model> Object for T {
    fn table(&self) -> &'static Table {
        T::TABLE
    }

    fn show(&self, to: Showing<'_>) {
        Model::show(self, to);
    }
}

/// What a model holds of its own kind.
impl<T: Model> Model for Box<T> {
    const TABLE: &'static Table = T::TABLE;

    fn blank() -> Self {
        Self::new(<T as Model>::blank())
    }

    fn fill(&mut self, from: Filling<'_>) {
        (**self).fill(from);
    }

    fn show(&self, to: Showing<'_>) {
        Model::show(&**self, to);
    }
}

/// Reads a model from a text that holds it as JSON, which is how the service writes some.
fn read_embedded<T: Wire>(scalar: Scalar<'_>) -> Result<T, ParseError> {
    match scalar {
        Scalar::Text(text) if text.trim_ascii_start().starts_with('{') => {
            super::from_slice(text.as_bytes()).map_err(|_| scalar.unfit::<T>())
        }
        scalar => Err(scalar.unlike(T::EXPECTED)),
    }
}

/// What `derive(Debug)` would show, but for the queries of URLs that can hold a token.
///
/// Generic, so that it is here that a model becomes an [`Object`], and not in each of them.
#[doc(hidden)]
#[inline]
pub fn debug<T: Model>(model: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_object(model, f)
}

fn debug_object(model: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = model.table();
    let mut identifiers = table.identifiers.split_whitespace();
    let mut shown = f.debug_struct(identifiers.next().unwrap_or_default());
    model.show(Showing::by(&mut |values| {
        let fields = identifiers.by_ref().zip(table.members);
        for ((field, member), value) in fields.zip(values) {
            let field = field.trim_start_matches("r#");
            match value.view() {
                View::Text(url) if member.is_query_hidden && member.is_required() => {
                    shown.field(field, &ShownUrl(url))
                }
                View::Text(url) if member.is_query_hidden => {
                    shown.field(field, &Some(ShownUrl(url)))
                }
                _ => shown.field(field, value),
            };
        }
    }));
    shown.finish()
}

/// What `derive(PartialEq)` would say. Generic as [`debug`] is.
#[doc(hidden)]
#[inline]
pub fn equal<T: Model>(model: &T, other: &T) -> bool {
    equal_objects(model, other)
}

fn equal_objects(model: &dyn Object, other: &dyn Object) -> bool {
    let mut is_equal = false;
    model.show(Showing::by(&mut |values| {
        other.show(Showing::by(&mut |others| {
            let mut pairs = values.iter().zip(others);
            is_equal = pairs.all(|(value, other)| value.equals(*other));
        }));
    }));
    is_equal
}

/// What `derive(Clone)` would make.
#[doc(hidden)]
#[must_use]
pub fn copy<T: Model>(model: &T) -> T {
    let mut copy = <T as Model>::blank();
    copy.fill(Filling::by(&mut |slots| copy_all(slots, model)));
    copy
}

fn copy_all(slots: &mut [&mut dyn Slot], model: &dyn Object) {
    model.show(Showing::by(&mut |values| {
        for (slot, value) in slots.iter_mut().zip(values) {
            slot.copy_from(*value);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refusal, written};
    use crate::{Json, Secret};

    crate::model! {
        /// A model of itself.
        pub struct Node new(id: i64) {
            /// Is required.
            id: i64 = required,
            /// The service sets it.
            open: Option<bool> = read_only,
            /// Is not shown.
            secret: Option<Secret<String>> = optional,
            /// Is anything.
            any: Option<Json> = optional,
            /// Is another one.
            next: Option<Box<Node>> = optional,
        }
    }

    fn node(id: i64) -> Node {
        Node::new(id)
    }

    #[test]
    fn unknown_members_are_skipped() {
        assert_eq!(
            read::<Node>(r#"{"x": {"id": [2]}, "id": 1, "y": null}"#),
            node(1)
        );
    }

    #[test]
    fn copies_are_equal_and_others_are_not() {
        let json = r#"{"id": 1, "secret": "s", "any": [1], "next": {"id": 2, "open": true}}"#;
        let model = read::<Node>(json).any(Json::Null);
        let mut copy = model.clone();
        assert_eq!(copy, model);
        if let Some(next) = &mut copy.next {
            next.open = None;
        }
        assert_ne!(copy, model);
        assert_ne!(node(1), node(2));
    }

    #[test]
    fn fields_are_shown_as_they_are_but_for_secrets_and_the_queries_of_urls() {
        crate::model! {
            /// With what is hidden.
            pub struct Link new(first: String) {
                /// One.
                first: String = required.query_hidden(),
                /// Another.
                r#type: Option<String> = optional("next").query_hidden(),
                /// No URL.
                secret: Option<Secret<String>> = optional,
            }
        }
        let link = Link::new("https://a/b?sig=hunter2").r#type("https://c/?hunter2");
        let shown = format!("{:?}", link.secret("hunter2"));
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.starts_with("Link { first: ") && shown.contains("type: Some("),
            "{shown}"
        );
        assert_eq!(
            format!("{:?}", Link::new("a").first),
            r#""a""#,
            "a field alone is a string"
        );
    }

    #[test]
    fn names_are_exact_but_may_be_escaped() {
        assert_eq!(read::<Node>(r#"{"\u0069d": 1, "Id": 2}"#), node(1));
    }

    #[test]
    fn an_explicit_null_is_an_absent_member() {
        assert_eq!(
            read::<Node>(r#"{"id": 1, "open": null, "any": null, "next": null}"#),
            node(1)
        );
        assert_eq!(
            refusal::<Node>(r#"{"id": null}"#),
            "Node: the member `id` is missing at line 1 column 12"
        );
    }

    #[test]
    fn a_missing_required_member_is_named_with_its_path() {
        assert_eq!(
            refusal::<Node>("{}"),
            "Node: the member `id` is missing at line 1 column 2"
        );
        let error = refusal::<Node>("{\"id\": 1,\n\"next\": {}}");
        assert_eq!(
            error,
            "Node.next: Node: the member `id` is missing at line 2 column 10"
        );
    }

    #[test]
    fn the_last_of_repeated_members_counts() {
        assert_eq!(read::<Node>(r#"{"id": 1, "id": 2}"#), node(2));
        assert_eq!(read::<Node>(r#"{"id": null, "id": 2}"#), node(2));
        assert!(refusal::<Node>(r#"{"id": 2, "id": null}"#).contains("the member `id` is missing"));
        assert_eq!(
            read::<Node>(r#"{"id": 1, "open": true, "open": null}"#),
            node(1)
        );
    }

    #[test]
    fn a_wrong_kind_is_told_with_its_path_outermost_first() {
        let error = refusal::<Node>("{\"id\":1,\n\"next\":{\"id\":1,\n\"secret\": 9 }}");
        assert_eq!(
            error,
            "Node.next: Node.secret: expected a string, found a number at line 3 column 11"
        );
    }

    #[test]
    fn errors_never_quote_a_value() {
        for value in [
            r#"["hunter2"]"#,
            r#"{"hunter2": "hunter2"}"#,
            r#""hunter2"#,
            r#""hunter2" "hunter2""#,
        ] {
            let error = refusal::<Node>(&format!(r#"{{"id": 1, "secret": {value}}}"#));
            assert!(!error.contains("hunter2"), "{error}");
        }
        for json in [
            r#""hunter2""#,
            r#"{"hunter2": hunter2}"#,
            r#"{"id": "hunter2"}"#,
            r#"{"open": "hunter2"}"#,
        ] {
            let error = refusal::<Node>(json);
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn deep_nesting_is_an_error_not_an_overflow() {
        let nested =
            |depth: usize| r#"{"id":1,"next":"#.repeat(depth) + "null" + &"}".repeat(depth);
        assert_eq!(read::<Node>(&nested(100)).id, 1);
        assert!(refusal::<Node>(&nested(128)).contains("recursion limit exceeded"));
    }

    #[test]
    fn requests_leave_read_only_members_out_at_every_level() {
        let mut inner = node(2);
        inner.open = Some(true);
        let mut outer = node(1).next(inner);
        outer.open = Some(false);
        assert_eq!(written(&outer), r#"{"id":1,"next":{"id":2}}"#);
        let full = r#"{"id":1,"open":false,"next":{"id":2,"open":true}}"#;
        assert_eq!(crate::to_json(&outer).unwrap(), full);
        assert_eq!(crate::from_json::<Node>(full).unwrap(), outer);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn models_are_read_from_json_values_too() {
        let value = serde_json::json!({"id": "7", "secret": "s"});
        assert_eq!(
            serde_json::from_value::<Node>(value).unwrap(),
            node(7).secret("s")
        );
        let error =
            serde_json::from_value::<Node>(serde_json::json!({"secret": ["hunter2"]})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Node.secret: expected a string, found a list"
        );
    }
}
