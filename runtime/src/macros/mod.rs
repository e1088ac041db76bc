//! What the emitted code is written in: each macro declares an item as a table, and brings what belongs to it.
//!
//! As thin as can be, since they are expanded hundreds of times: what does not depend on the table is a function of this
//! crate. What is not generic is `#[inline]`, so that it is compiled where it is used, and not in the crate that has all
//! types.

mod enumeration;
mod model;
mod operation;
#[cfg(feature = "server")]
mod requests;

/// serde's traits for a [`Wire`](crate::Wire) type, if the feature `serde` is on.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::__private::serde_core::Serialize for $name {
            fn serialize<S: $crate::__private::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, to)
            }
        }
        impl<'de> $crate::__private::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(from)
            }
        }
    };
}

/// Nothing, for the feature `serde` is off.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {};
}
