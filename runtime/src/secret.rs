use crate::{Items, Members, ParseError, Scalar, Stop, View, Wire};
use std::fmt;
use std::hint::black_box;
use zeroize::Zeroize;

/// A value that is not shown by `Debug` and is wiped from memory when dropped.
///
/// Bodies that this crate makes or keeps are wiped too, but not those of a caller: see
/// [`WipedBody`](crate::WipedBody) and [`Operation::wiped_request`](crate::Operation::wiped_request).
///
/// # What cannot be wiped
///
/// - What the caller made the value of, and what was taken out of it. [`Secret::base64`] takes bytes, so that no encoded
///   text is left behind.
/// - Texts of a response that are escaped in JSON (`\"`, `\n`, `\u0026`): the JSON reader unescapes them in memory of its own.
/// - What lies below the body: the buffers of HTTP client, TLS library and operating system.
/// - Secrets in a URL or a header of a request. Few operations have any but the token.
/// - What the operating system writes to disk: swap, core dumps, hibernation.
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// The value, in the clear.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Takes the value out, in the clear. Wiping it is up to the caller then.
    #[must_use]
    pub fn into_exposed(mut self) -> T
    where
        T: Default,
    {
        std::mem::take(&mut self.0)
    }
}

impl Secret<String> {
    /// The standard base64 text of bytes, such as a PFX file that is imported as a certificate. The bytes themselves are
    /// the caller's to wipe.
    #[must_use]
    pub fn base64(bytes: impl AsRef<[u8]>) -> Self {
        crate::bytes::secret_base64(bytes.as_ref())
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Takes the same time for any two values of one length.
impl<T: Zeroize + AsRef<[u8]>> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        same(self.0.as_ref(), other.0.as_ref())
    }
}

impl<T: Zeroize + AsRef<[u8]>> Eq for Secret<T> {}

fn same(one: &[u8], other: &[u8]) -> bool {
    let difference = one
        .iter()
        .zip(other)
        .fold(0, |all, (a, b)| black_box(all | (a ^ b)));
    one.len() == other.len() && difference == 0
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<T: Wire + Zeroize + AsRef<[u8]>> Wire for Secret<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn blank() -> Self {
        Self(T::blank())
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self)
    }

    fn is_absent(&self) -> bool {
        Wire::is_absent(&self.0)
    }

    fn scalar(scalar: Scalar<'_>) -> Result<Self, ParseError> {
        T::scalar(scalar).map(Self)
    }

    fn list(&mut self, items: &mut dyn Items) -> Result<(), Stop> {
        Wire::list(&mut self.0, items)
    }

    fn object(&mut self, members: &mut dyn Members) -> Result<(), Stop> {
        Wire::object(&mut self.0, members)
    }

    fn view(&self) -> View<'_> {
        Wire::view(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Base64Url;
    use crate::json::testing::{read, refusal, written};
    use std::cell::Cell;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(***)");
        assert_eq!(
            format!("{:#?}", Secret::<Base64Url>::from(b"hunter2")),
            "Secret(***)"
        );
    }

    #[test]
    fn dropping_wipes_the_value() {
        struct Probe<'a>(&'a Cell<bool>);
        impl Zeroize for Probe<'_> {
            fn zeroize(&mut self) {
                self.0.set(true);
            }
        }
        let wiped = Cell::new(false);
        drop(Secret::from(Probe(&wiped)));
        assert!(wiped.get());
    }

    #[test]
    fn bytes_become_base64_text_with_padding() {
        assert_eq!(Secret::base64([0xfb, 0xff]).expose(), "+/8=");
        assert_eq!(Secret::base64(b"").expose(), "");
    }

    #[test]
    fn the_value_comes_out_by_an_explicit_call_alone() {
        let secret = Secret::from("hunter2");
        assert_eq!(secret.expose(), "hunter2");
        assert_eq!(secret.into_exposed(), "hunter2");
    }

    #[test]
    fn equality_is_that_of_the_bytes() {
        assert_eq!(Secret::from("abc"), Secret::from("abc"));
        for other in ["abd", "xbc", "ab", "abcd", ""] {
            assert_ne!(Secret::from("abc"), Secret::from(other));
        }
    }

    #[test]
    fn a_secret_goes_over_the_wire_as_its_value() {
        let secret: Secret<Base64Url> = read(r#""aGk""#);
        assert_eq!(**secret.expose(), *b"hi");
        assert_eq!(written(&secret), r#""aGk""#);
        assert!(!refusal::<Secret<Base64Url>>(r#""hunter2!""#).contains("hunter2"));
        assert_eq!(read::<Option<Secret<String>>>("null"), None);
    }
}
