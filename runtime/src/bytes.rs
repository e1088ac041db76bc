//! Bytes that go over the wire as base64 text.

use crate::base64_engines::{BestEngine, STANDARD, URL_SAFE};
use crate::json::text_only;
use crate::{ParseError, Scalar, Secret, View, Wire};
use base64::decoded_len_estimate;
use base64::engine::Engine;
use std::fmt;
use std::ops::Deref;
use zeroize::{Zeroize, Zeroizing};

/// Decodes in one place of memory, and wipes what was read before a fault.
fn decode(engine: &BestEngine, text: &str) -> Option<Vec<u8>> {
    let mut bytes = Zeroizing::new(vec![0; decoded_len_estimate(text.len())]);
    let length = engine.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(std::mem::take(&mut *bytes))
}

/// Standard base64 text of bytes that are secret.
pub(crate) fn secret_base64(bytes: &[u8]) -> Secret<String> {
    Secret::from(STANDARD.encode(bytes))
}

/// How many bytes `Debug` shows: 24 characters.
const SHOWN: usize = 18;

macro_rules! bytes_type {
    ($(#[$doc:meta])* $name:ident, $engine:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Vec<u8>);

        impl $name {
            /// Reads encoded text, with padding or without.
            ///
            /// # Errors
            /// If a character is not of the alphabet, or a lone one is left at the end.
            pub fn parse(text: &str) -> Result<Self, ParseError> {
                decode(&$engine, text).map(Self).ok_or(ParseError::new($expected, "other text"))
            }

            /// The encoded text.
            #[must_use]
            pub fn encode(&self) -> String {
                $engine.encode(&self.0)
            }

            /// The bytes themselves.
            #[must_use]
            pub fn into_vec(self) -> Vec<u8> {
                self.0
            }
        }

        impl Wire for $name {
            const EXPECTED: &'static str = $expected;

            fn blank() -> Self {
                Self::default()
            }

            fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
                Self::parse(text_only::<Self>(scalar)?)
            }

            fn view(&self) -> View<'_> {
                View::Made(Zeroizing::new(self.encode()))
            }
        }

        /// The encoded text.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&Zeroizing::new(self.encode()))
            }
        }

        /// The encoded text, shortened.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0.get(..SHOWN) {
                    Some(start) if self.0.len() > SHOWN => {
                        let (start, all) = ($engine.encode(start), self.0.len());
                        write!(f, concat!(stringify!($name), "(\"{}…\", {} bytes)"), start, all)
                    }
                    _ => write!(f, concat!(stringify!($name), "(\"{}\")"), self),
                }
            }
        }

        impl Zeroize for $name {
            fn zeroize(&mut self) {
                self.0.zeroize();
            }
        }

        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.0
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl PartialEq<[u8]> for $name {
            fn eq(&self, other: &[u8]) -> bool {
                self.0 == other
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self(bytes)
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                Self(bytes.to_vec())
            }
        }

        impl<const N: usize> From<[u8; N]> for $name {
            fn from(bytes: [u8; N]) -> Self {
                Self(bytes.to_vec())
            }
        }

        impl<const N: usize> From<&[u8; N]> for $name {
            fn from(bytes: &[u8; N]) -> Self {
                Self(bytes.to_vec())
            }
        }

        impl From<Vec<u8>> for Secret<$name> {
            fn from(bytes: Vec<u8>) -> Self {
                Self::from($name::from(bytes))
            }
        }

        impl From<&[u8]> for Secret<$name> {
            fn from(bytes: &[u8]) -> Self {
                Self::from($name::from(bytes))
            }
        }

        impl<const N: usize> From<[u8; N]> for Secret<$name> {
            fn from(bytes: [u8; N]) -> Self {
                Self::from($name::from(bytes))
            }
        }

        impl<const N: usize> From<&[u8; N]> for Secret<$name> {
            fn from(bytes: &[u8; N]) -> Self {
                Self::from($name::from(bytes))
            }
        }
    };
}

bytes_type! {
    /// Bytes that go over the wire as base64url (RFC 4648, section 5). Written without padding.
    Base64Url, URL_SAFE, "base64url text"
}

bytes_type! {
    /// Bytes that go over the wire as standard base64 (RFC 4648, section 4). Written with padding.
    Base64, STANDARD, "base64 text"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::testing::{read, refusal, written};

    #[test]
    fn base64url_is_written_without_padding() {
        assert_eq!(written(&Base64Url::from([0xfb, 0xff])), r#""-_8""#);
        assert_eq!(Base64Url::from(b"a").to_string(), "YQ");
    }

    #[test]
    fn base64_is_written_with_padding() {
        assert_eq!(written(&Base64::from([0xfb, 0xff])), r#""+/8=""#);
        assert_eq!(Base64::from(vec![b'a']).encode(), "YQ==");
    }

    #[test]
    fn both_are_read_with_padding_or_without() {
        for text in ["YWI", "YWI="] {
            assert_eq!(*Base64Url::parse(text).unwrap(), *b"ab");
            assert_eq!(*Base64::parse(text).unwrap(), *b"ab");
        }
        assert!(read::<Base64Url>(r#""""#).is_empty());
    }

    #[test]
    fn bits_left_over_in_the_last_character_are_dropped() {
        assert_eq!(Base64Url::parse("YWJ").unwrap().into_vec(), b"ab");
        assert_eq!(Base64::parse("YR==").unwrap().into_vec(), b"a");
    }

    #[test]
    fn text_that_is_not_encoded_is_refused_without_quoting_it() {
        assert_eq!(
            Base64Url::parse("hunter2!").unwrap_err().to_string(),
            "expected base64url text, found other text"
        );
        assert!(
            refusal::<Base64>(r#""hunter2!""#)
                .starts_with("expected base64 text, found other text at line 1")
        );
        assert!(refusal::<Base64>("[1]").starts_with("expected base64 text, found a list"));
        for text in ["A", "ABCDE", "+/8=", "YQ===", "Y=Q=", "YQ ==", "é"] {
            assert!(Base64Url::parse(text).is_err(), "{text}");
        }
        assert!(Base64::parse("-_8").is_err());
    }

    #[test]
    fn debug_shortens_long_values() {
        assert_eq!(
            format!("{:?}", Base64Url::from([0; 18])),
            format!("Base64Url(\"{}\")", "A".repeat(24))
        );
        assert_eq!(
            format!("{:?}", Base64::from([0; 19])),
            format!("Base64(\"{}…\", 19 bytes)", "A".repeat(24))
        );
    }

    #[test]
    fn all_lengths_come_back_as_they_were() {
        for length in 0..70 {
            let bytes = vec![0xa5; length];
            for encode in [
                Base64::from(bytes.clone()).encode(),
                STANDARD.encode(&bytes),
            ] {
                assert_eq!(Base64::parse(&encode).unwrap(), *bytes);
            }
            let url = Base64Url::from(bytes.clone()).encode();
            assert_eq!(Base64Url::parse(&url).unwrap().into_vec(), bytes);
        }
    }

    #[test]
    fn zeroize_wipes_the_bytes() {
        let mut bytes = Base64::from(&[1_u8, 2][..]);
        bytes.zeroize();
        assert_eq!(bytes, Base64::default());
    }
}
