/// Declares an enum as an [`OpenEnum`](crate::OpenEnum): its values, its conversions from and to text, and how it goes over
/// the wire. `UnknownValue` keeps what is none of them.
///
/// Behind each value stands its text, where it is another one than its name:
///
/// ```
/// keyvault_runtime::open_enum! {
///     /// How a key is protected.
///     pub enum Protection {
///         /// By an HSM.
///         Hsm = "HSM",
///         /// By software.
///         Software,
///     }
/// }
///
/// assert_eq!(Protection::from("hsm"), Protection::Hsm);
/// assert_eq!(Protection::from("enclave").as_str(), "enclave");
/// ```
///
/// A text behind `=>` is one that nobody could search for: `Both => "a b"`.
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident $(($alias:literal))? $(=> $odd:literal)? {
            $($(#[$value_attribute:meta])* $value:ident $(= $text:literal)? $(=> $odd_text:literal)?,)*
        }
    ) => {
        $(#[$attribute])*
        $(#[doc(alias = $alias)])?
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$value_attribute])* $(#[doc(alias = $text)])? $value,)*
            /// A value that this version of the crate does not know, as it came.
            UnknownValue($crate::UnknownValue),
        }
        impl $crate::Enumeration for $name {
            const NAME: &'static str = $crate::__name!($name $($alias)? $($odd)?);
            const VALUES: &'static [(&'static str, Self)] =
                &[$(($crate::__name!($value $($text)? $($odd_text)?), Self::$value)),*];
            #[inline]
            fn from_unknown(value: $crate::UnknownValue) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::UnknownValue(value))
            }
            #[inline]
            fn as_unknown(&self) -> ::core::option::Option<&$crate::UnknownValue> {
                match self {
                    Self::UnknownValue(value) => ::core::option::Option::Some(value),
                    _ => ::core::option::Option::None,
                }
            }
        }
        impl $crate::OpenEnum for $name {}
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
        $crate::__enumeration!($name $($value)*);
    };
}

/// Declares an enum as a [`ClosedEnum`](crate::ClosedEnum): written like [`open_enum!`](crate::open_enum), but complete.
#[macro_export]
macro_rules! closed_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident $(($alias:literal))? $(=> $odd:literal)? {
            $($(#[$value_attribute:meta])* $value:ident $(= $text:literal)? $(=> $odd_text:literal)?,)*
        }
    ) => {
        $(#[$attribute])*
        $(#[doc(alias = $alias)])?
        #[derive(Clone, Copy, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$value_attribute])* $(#[doc(alias = $text)])? $value,)*
        }
        impl $crate::Enumeration for $name {
            const NAME: &'static str = $crate::__name!($name $($alias)? $($odd)?);
            const VALUES: &'static [(&'static str, Self)] =
                &[$(($crate::__name!($value $($text)? $($odd_text)?), Self::$value)),*];
            const EXPECTED: &'static str = Self::NAME;
            #[inline]
            fn from_unknown(_: $crate::UnknownValue) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
            #[inline]
            fn as_unknown(&self) -> ::core::option::Option<&$crate::UnknownValue> {
                ::core::option::Option::None
            }
        }
        impl $crate::ClosedEnum for $name {}
        impl ::core::convert::TryFrom<&str> for $name {
            type Error = $crate::ParseError;
            #[inline]
            fn try_from(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::enum_from_text(text)
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = $crate::ParseError;
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::ParseError> {
                $crate::__private::enum_from_text(text)
            }
        }
        $crate::__enumeration!($name $($value)*);
    };
}

/// What open and closed enums share.
#[doc(hidden)]
#[macro_export]
macro_rules! __enumeration {
    ($name:ident $($value:ident)*) => {
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
        // Not derived: `Eq` would make a function that is compiled here, and the others would go through all values.
        impl ::core::cmp::Eq for $name {}
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug_enum(self, ::core::stringify!($($value)*), f)
            }
        }
        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, to: &mut H) {
                $crate::__private::hash_enum(self, to)
            }
        }
        impl $crate::Plain for $name {}
        impl $crate::Wire for $name {
            const EXPECTED: &'static str = <Self as $crate::Enumeration>::EXPECTED;
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
