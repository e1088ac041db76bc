/// Declares a struct as a [`Model`](crate::Model): its fields, the members that they stand for, how it is made and set, and
/// through [`Wire`](crate::Wire) how it is read and written. The order is that of writing.
///
/// Behind each field stands what its member is, and the name of the member where it is another one than the field's:
///
/// | kind | member | field |
/// |---|---|---|
/// | `required` | must be there when the service answers | not an `Option`; an argument of `new` |
/// | `optional` | may be absent | an `Option`, with a setter |
/// | `received` | may be absent | an `Option`, for the service alone to make models with it |
/// | `read_only` | may be absent, and is left out of requests | an `Option` |
/// | `required_read_only` | must be there when the service answers, and is left out of requests | not an `Option` |
///
/// With `.query_hidden()` behind it, a member is a URL whose query `Debug` does not show.
///
/// `new` takes what stands in parentheses behind the word, as [`IntoValue`](crate::IntoValue). A struct without it has a
/// `Default`. Each is `Clone`, `Debug` and `PartialEq`: field by field like what `derive` makes, but by its table.
///
/// ```
/// keyvault_runtime::model! {
///     /// Something to keep in mind.
///     pub struct Note new(text: String) {
///         /// What to keep in mind.
///         text: String = required,
///         /// Who should.
///         readers: Option<Vec<String>> = optional("for"),
///         /// When it was changed.
///         changed: Option<keyvault_runtime::UnixTime> = read_only("updated"),
///     }
/// }
///
/// let note = Note::new("Milk").readers(["me", "you"]);
/// assert_eq!(keyvault_runtime::to_json(&note)?, r#"{"text":"Milk","for":["me","you"]}"#);
///
/// let note: Note = keyvault_runtime::from_json(r#"{"text": "Milk", "updated": 1717171717}"#)?;
/// assert_eq!(note.changed.map(|time| time.seconds()), Some(1717171717));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A name behind `=>` is one that nobody could search for: `optional => "a b"`.
#[macro_export]
macro_rules! model {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident
            $(($alias:literal))?
            $(=> $odd:literal)?
            $(new($($argument:ident: $argument_type:ty),* $(,)?))?
        {
            $(
                $(#[$field_attribute:meta])*
                $field:ident: $type:ty
                    = $kind:ident $(($member:literal))? $(=> $odd_member:literal)? $(.$more:ident())*,
            )*
        }
    ) => {
        $(#[$attribute])*
        $(#[doc(alias = $alias)])?
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_attribute])*
                $(#[doc(alias = $member)])?
                pub $field: $type,
            )*
        }
        $crate::__constructor!($name $(new($($argument: $argument_type),*))?);
        impl $name {
            $($crate::__setter!($kind $(#[$field_attribute])* $field: $type);)*
        }
        impl $crate::Model for $name {
            const TABLE: &'static $crate::Table = &$crate::Table {
                name: $crate::__name!($name $($alias)? $($odd)?),
                identifiers: ::core::stringify!($name $($field)*),
                members: &[$($crate::Member {
                    name: $crate::__name!($field $($member)? $($odd_member)?),
                    kind: $crate::MemberKind::$kind,
                    is_query_hidden: false,
                }$(.$more())*),*],
            };
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::blank()),* }
            }
            #[inline]
            fn fill(&mut self, from: $crate::Filling<'_>) {
                from.all(&mut [$(&mut self.$field),*])
            }
            #[inline]
            fn show(&self, to: $crate::Showing<'_>) {
                to.all(&[$(&self.$field),*])
            }
        }
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::__private::copy(self)
            }
        }
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::equal(self, other)
            }
        }
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug(self, f)
            }
        }
        $crate::__serde!($name);
    };
}

/// A name on the wire: the one that is given, or that of the item.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    ($item:ident) => {
        ::core::stringify!($item)
    };
    ($item:ident $name:literal) => {
        $name
    };
}

/// How a model is made: from what it requires, or of nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __constructor {
    ($name:ident) => {
        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                <Self as $crate::Model>::blank()
            }
        }
    };
    ($name:ident new($($argument:ident: $type:ty),*)) => {
        impl $name {
            /// A value with all required members; the others are absent.
            #[must_use]
            pub fn new($($argument: impl $crate::IntoValue<$type>),*) -> Self {
                let mut model = <Self as $crate::Model>::blank();
                $($crate::__private::set(&mut model.$argument, $argument);)*
                model
            }
        }
    };
}

/// What sets a field, if anything does. It is documented as the field is.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (optional $(#[$attribute:meta])* $field:ident: $type:ty) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $field(mut self, $field: impl $crate::IntoValue<$type>) -> Self {
            $crate::__private::set(&mut self.$field, $field);
            self
        }
    };
    ($kind:ident $(#[$attribute:meta])* $field:ident: $type:ty) => {};
}
