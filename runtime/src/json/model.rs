use super::slot::{Members, Object, Slot, Stop, View};
use super::wire::{Scalar, Wire};
use crate::ParseError;

/// An object with known members. [`model!`](crate::model) makes it of a table.
pub trait Model: Sized + 'static {
    /// The name of the model, for errors.
    const NAME: &'static str;

    /// The members.
    const MEMBERS: &'static [Member];

    /// The model before any member is read.
    fn blank() -> Self;

    /// Hands out a place for the value of each member, in the order of [`MEMBERS`](Self::MEMBERS).
    fn fill(&mut self, from: &mut dyn FnMut(&mut [&mut dyn Slot]));

    /// Shows the value of each member, in the order of [`MEMBERS`](Self::MEMBERS).
    fn show(&self, to: &mut dyn FnMut(&[&dyn Slot]));
}

/// A member of a [`Model`]: its name, and who gives it a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    name: &'static str,
    is_required: bool,
    is_read_only: bool,
}

impl Member {
    /// It may be absent.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            is_required: false,
            is_read_only: false,
        }
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
        self.fill(&mut |slots| read = read_members(T::NAME, T::MEMBERS, slots, members));
        read
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Model> Object for T {
    fn members(&self) -> &'static [Member] {
        T::MEMBERS
    }

    fn show(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
        Model::show(self, to);
    }
}

/// What a model holds of its own kind.
impl<T: Model> Model for Box<T> {
    const NAME: &'static str = T::NAME;
    const MEMBERS: &'static [Member] = T::MEMBERS;

    fn blank() -> Self {
        Self::new(<T as Model>::blank())
    }

    fn fill(&mut self, from: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        (**self).fill(from);
    }

    fn show(&self, to: &mut dyn FnMut(&[&dyn Slot])) {
        Model::show(&**self, to);
    }
}

/// Reads the members of a model into their slots.
fn read_members(
    model: &'static str,
    table: &'static [Member],
    slots: &mut [&mut dyn Slot],
    from: &mut dyn Members,
) -> Result<(), Stop> {
    let mut marks = Marks::new(table.len());
    let mut guess = 0;
    while let Some(found) = from.find(table, guess)? {
        let Some(index) = found else {
            from.skip()?;
            continue;
        };
        guess = index + 1;
        let slot = &mut *slots[index];
        // The last of repeated members counts.
        if marks.is_seen(index) {
            slot.clear();
        }
        match from.value(slot, true) {
            Ok(is_null) => marks.mark(index, !is_null),
            // The member is one that the model knows, so that its name tells nothing of the input.
            Err(_) => return Err(from.at(&format_args!("{model}.{}", table[index].name))),
        }
    }
    let mut missing = (0..table.len()).filter(|index| table[*index].is_required);
    match missing.find(|index| !marks.has_value(*index)) {
        Some(index) => Err(from.refuse(&format_args!(
            "{model}: the member `{}` is missing",
            table[index].name
        ))),
        None => Ok(()),
    }
}

/// Reads a model from a text that holds it as JSON, which is how the service writes some.
fn read_embedded<T: Wire>(scalar: Scalar<'_>) -> Result<T, ParseError> {
    match scalar {
        Scalar::Text(text) if text.trim_ascii_start().starts_with('{') => {
            super::from_slice(text.as_bytes()).map_err(|_| scalar.unfit::<T>())
        }
        scalar => Err(scalar.unlike::<T>()),
    }
}

/// Which members were there, and which of them hold a value.
struct Marks {
    seen: u128,
    valued: u128,
    /// Those from the 129th member on, in models that have so many.
    rest: Vec<(bool, bool)>,
}

impl Marks {
    const FIRST: usize = 128;

    fn new(members: usize) -> Self {
        Self {
            seen: 0,
            valued: 0,
            rest: vec![(false, false); members.saturating_sub(Self::FIRST)],
        }
    }

    fn mark(&mut self, index: usize, has_value: bool) {
        if index >= Self::FIRST {
            self.rest[index - Self::FIRST] = (true, has_value);
            return;
        }
        let bit = 1 << index;
        self.seen |= bit;
        self.valued = match has_value {
            true => self.valued | bit,
            false => self.valued & !bit,
        };
    }

    fn is_seen(&self, index: usize) -> bool {
        match index < Self::FIRST {
            true => self.seen & (1 << index) != 0,
            false => self.rest[index - Self::FIRST].0,
        }
    }

    fn has_value(&self, index: usize) -> bool {
        match index < Self::FIRST {
            true => self.valued & (1 << index) != 0,
            false => self.rest[index - Self::FIRST].1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read, refusal, written};
    use crate::{Json, Secret};

    #[derive(Clone, Debug, PartialEq, Default)]
    struct Node {
        id: i64,
        open: Option<bool>,
        secret: Option<Secret<String>>,
        any: Option<Json>,
        next: Option<Box<Self>>,
    }

    crate::model! {
        Node as "Node" {
            id: required("id"),
            open: read_only("open"),
            secret: optional("secret"),
            any: optional("any"),
            next: optional("next"),
        }
    }

    fn node(id: i64) -> Node {
        Node {
            id,
            ..Node::default()
        }
    }

    #[test]
    fn unknown_members_are_skipped() {
        assert_eq!(
            read::<Node>(r#"{"x": {"id": [2]}, "id": 1, "y": null}"#),
            node(1)
        );
    }

    #[test]
    fn members_beyond_the_first_128_are_marked_too() {
        let mut marks = super::Marks::new(300);
        for index in [0, 127, 128, 299] {
            assert!(!marks.is_seen(index) && !marks.has_value(index));
            marks.mark(index, true);
            assert!(marks.is_seen(index) && marks.has_value(index));
            marks.mark(index, false);
            assert!(marks.is_seen(index) && !marks.has_value(index));
        }
        assert!(!marks.is_seen(1) && !marks.is_seen(129));
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
        let inner = Node {
            open: Some(true),
            ..node(2)
        };
        let outer = Node {
            open: Some(false),
            next: Some(Box::new(inner)),
            ..node(1)
        };
        assert_eq!(written(&outer), r#"{"id":1,"next":{"id":2}}"#);
        let full = r#"{"id":1,"open":false,"next":{"id":2,"open":true}}"#;
        assert_eq!(serde_json::to_string(&outer).unwrap(), full);
        assert_eq!(serde_json::from_str::<Node>(full).unwrap(), outer);
    }

    #[test]
    fn models_are_read_from_json_values_too() {
        let value = serde_json::json!({"id": "7", "secret": "s"});
        assert_eq!(
            serde_json::from_value::<Node>(value).unwrap(),
            Node {
                secret: Some("s".into()),
                ..node(7)
            }
        );
        let error =
            serde_json::from_value::<Node>(serde_json::json!({"secret": ["hunter2"]})).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Node.secret: expected a string, found a list"
        );
    }
}
