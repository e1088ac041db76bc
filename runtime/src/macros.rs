//! What the emitted code calls once for every type. As thin as can be, since it is expanded hundreds of times.
//!
//! What is not generic is `#[inline]`: so it is compiled where it is used, and not in the crate that has all types.

/// Makes a struct a [`Model`](crate::Model), and so a [`Wire`](crate::Wire) type that serde reads and writes too. The table
/// names all fields, each with what makes its [`Member`](crate::Member), in the order of writing.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// struct Note {
///     text: String,
///     changed: Option<keyvault_runtime::UnixTime>,
/// }
///
/// keyvault_runtime::model! {
///     Note as "Note" {
///         text: required("text"),
///         changed: read_only("updated"),
///     }
/// }
///
/// let note: Note = serde_json::from_str(r#"{"text": "Milk", "updated": 1717171717}"#)?;
/// assert_eq!(note.text, "Milk");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    ($name:ident as $wire_name:literal {
        $($field:ident: $kind:ident($member:literal),)*
    }) => {
        impl $crate::Model for $name {
            const NAME: &'static str = $wire_name;
            const MEMBERS: &'static [$crate::Member] = &[$($crate::Member::$kind($member)),*];
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::blank()),* }
            }
            #[inline]
            fn fill(&mut self, from: &mut dyn ::core::ops::FnMut(&mut [&mut dyn $crate::Slot])) {
                from(&mut [$(&mut self.$field),*])
            }
            #[inline]
            fn show(&self, to: &mut dyn ::core::ops::FnMut(&[&dyn $crate::Slot])) {
                to(&[$(&self.$field),*])
            }
        }
        $crate::__serde!($name);
    };
}

/// Gives an [`OpenEnum`](crate::OpenEnum) its conversions and makes it a [`Wire`](crate::Wire) type.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl $crate::__private::Enumeration for $name {
            const EXPECTED: &'static str = "a string";
            const VALUES: &'static [(&'static str, Self)] = <Self as $crate::OpenEnum>::VALUES;
            #[inline]
            fn parse(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                ::core::result::Result::Ok($crate::__private::open_from_text(text))
            }
            #[inline]
            fn as_unknown(&self) -> ::core::option::Option<&$crate::UnknownValue> {
                match self {
                    Self::UnknownValue(value) => ::core::option::Option::Some(value),
                    _ => ::core::option::Option::None,
                }
            }
        }
        impl $crate::__private::FromUnknown for $name {
            #[inline]
            fn from_unknown(value: $crate::UnknownValue) -> Self {
                Self::UnknownValue(value)
            }
        }
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::__private::open_from_text(text)
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                $crate::__private::open_from_text(&text)
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok($crate::__private::open_from_text(text))
            }
        }
        $crate::__enumeration!($name);
    };
}

/// Gives a [`ClosedEnum`](crate::ClosedEnum) its conversions and makes it a [`Wire`](crate::Wire) type.
#[macro_export]
macro_rules! closed_enum {
    ($name:ident) => {
        impl $crate::__private::Enumeration for $name {
            const EXPECTED: &'static str = <Self as $crate::ClosedEnum>::NAME;
            const VALUES: &'static [(&'static str, Self)] = <Self as $crate::ClosedEnum>::VALUES;
            #[inline]
            fn parse(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::closed_from_text(text)
            }
            #[inline]
            fn as_unknown(&self) -> ::core::option::Option<&$crate::UnknownValue> {
                ::core::option::Option::None
            }
        }
        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::ParseError;
            #[inline]
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::closed_from_text(text)
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = $crate::ParseError;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::closed_from_text(text)
            }
        }
        $crate::__enumeration!($name);
    };
}

/// What open and closed enums share.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($name:ident) => {
        impl $name {
            /// The value as it goes over the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::__private::enum_as_str(self)
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl $crate::Argument for $name {
            #[inline]
            fn text(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                ::core::option::Option::Some(::std::borrow::Cow::Borrowed(self.as_str()))
            }
        }
        impl $crate::Wire for $name {
            const EXPECTED: &'static str = <Self as $crate::__private::Enumeration>::EXPECTED;
            #[inline]
            fn blank() -> Self {
                $crate::__private::blank_enum()
            }
            #[inline]
            fn scalar(
                scalar: $crate::Scalar<'_>,
            ) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::read_enum(scalar)
            }
            #[inline]
            fn view(&self) -> $crate::View<'_> {
                $crate::View::Text(self.as_str())
            }
        }
        $crate::__serde!($name);
    };
}

/// serde's traits for a [`Wire`](crate::Wire) type.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, to)
            }
        }
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(from)
            }
        }
    };
}
