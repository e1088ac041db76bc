use super::slot::{Members, Object, Slot, Stop, View};
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

/// What is called once with the places of all members.
pub type Filling<'a> = &'a mut dyn FnMut(&mut [&mut dyn Slot]);

/// What is called once with the values of all members.
pub type Showing<'a> = &'a mut dyn FnMut(&[&dyn Slot]);

/// The facts of a [`Model`].
#[derive(Debug)]
pub struct Table {
    /// The name of the model in the description, for errors.
    pub name: &'static str,
    /// The name of the struct.
    pub rust_name: &'static str,
    /// The members.
    pub members: &'static [Member],
    /// The fields that hold them, one for each.
    pub fields: &'static [&'static str],
}

/// A member of a [`Model`]: its name, and who gives it a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    name: &'static str,
    is_required: bool,
    is_read_only: bool,
    is_query_hidden: bool,
}

impl Member {
    /// It may be absent.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            is_required: false,
            is_read_only: false,
            is_query_hidden: false,
        }
    }

    /// It may be absent, and callers make no value of its model.
    #[must_use]
    pub const fn received(name: &'static str) -> Self {
        Self::optional(name)
    }

    /// It must be there, and not be null, when the service answers.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            is_required: true,
            ..Self::optional(name)
        }
    }

    /// The service alone sets it: it may be absent, and is left out of requests.
    #[must_use]
    pub const fn read_only(name: &'static str) -> Self {
        Self {
            is_read_only: true,
            ..Self::optional(name)
        }
    }

    /// The service alone sets it, and always does.
    #[must_use]
    pub const fn required_read_only(name: &'static str) -> Self {
        Self {
            is_required: true,
            ..Self::read_only(name)
        }
    }

    /// It is a URL whose query can hold a token: `Debug` does not show that.
    #[must_use]
    pub const fn query_hidden(mut self) -> Self {
        self.is_query_hidden = true;
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it must be there when the service answers.
    #[must_use]
    pub const fn is_required(&self) -> bool {
        self.is_required
    }

    /// Whether the service alone sets it.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.is_read_only
    }
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
        self.fill(&mut |slots| read = members.fill(T::TABLE, slots));
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
#[doc(hidden)]
pub fn debug(model: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = model.table();
    let mut shown = f.debug_struct(table.rust_name);
    model.show(&mut |values| {
        let fields = table.fields.iter().zip(table.members);
        for ((field, member), value) in fields.zip(values) {
            let field = field.trim_start_matches("r#");
            match value.view() {
                View::Text(url) if member.is_query_hidden && member.is_required => {
                    shown.field(field, &ShownUrl(url))
                }
                View::Text(url) if member.is_query_hidden => {
                    shown.field(field, &Some(ShownUrl(url)))
                }
                _ => shown.field(field, value),
            };
        }
    });
    shown.finish()
}

/// What `derive(PartialEq)` would say.
#[doc(hidden)]
pub fn equal(model: &dyn Object, other: &dyn Object) -> bool {
    let mut is_equal = false;
    model.show(&mut |values| {
        other.show(&mut |others| {
            let mut pairs = values.iter().zip(others);
            is_equal = pairs.all(|(value, other)| value.equals(*other));
        });
    });
    is_equal
}

/// What `derive(Clone)` would make.
#[doc(hidden)]
#[must_use]
pub fn copy<T: Model>(model: &T) -> T {
    let mut copy = <T as Model>::blank();
    copy.fill(&mut |slots| copy_all(slots, model));
    copy
}

fn copy_all(slots: &mut [&mut dyn Slot], model: &dyn Object) {
    model.show(&mut |values| {
        for (slot, value) in slots.iter_mut().zip(values) {
            slot.copy_from(*value);
        }
    });
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
