//! Bytes that are wiped from memory when they are let go.

use std::{fmt, io, mem, ops};
use zeroize::Zeroize;

/// A body that is wiped from memory when it is dropped, and of which `Debug` shows the length alone.
///
/// It can be sent by any HTTP client that takes bytes by reference (`AsRef<[u8]>`), or that takes an owner of them, as
/// `bytes::Bytes::from_owner` does.
#[derive(Clone, Default)]
pub struct WipedBody(Vec<u8>);

impl WipedBody {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// The bytes themselves. Wiping them is up to the caller then.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<u8> {
        mem::take(&mut self.0)
    }

    /// Appends, and leaves no copy behind when there is no more room.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.make_room(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// What a `Vec` does by itself, without wiping what it moves away from.
    fn make_room(&mut self, bytes: usize) {
        let (needed, room) = (self.0.len().saturating_add(bytes), self.0.capacity());
        if needed > room {
            let mut larger = Vec::with_capacity(needed.max(room.saturating_mul(2)));
            larger.extend_from_slice(&self.0);
            wipe(&mut mem::replace(&mut self.0, larger));
        }
    }
}

/// Wipes all room of the vector, and leaves zeros in all of it.
fn wipe(bytes: &mut Vec<u8>) {
    #[cfg(test)]
    let held = bytes.clone();
    bytes.resize(bytes.capacity(), 0);
    bytes.as_mut_slice().zeroize();
    #[cfg(test)]
    watch::note(held, bytes);
}

impl Drop for WipedBody {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl io::Write for WipedBody {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for WipedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WipedBody({} bytes)", self.0.len())
    }
}

impl ops::Deref for WipedBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for WipedBody {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for WipedBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for WipedBody {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

/// The body as it is sent: still wiped, once the last clone is dropped.
#[cfg(feature = "client")]
impl From<WipedBody> for bytes::Bytes {
    fn from(body: WipedBody) -> Self {
        match body.is_empty() {
            true => Self::new(),
            false => Self::from_owner(body),
        }
    }
}

/// Sees the memory of this thread that is let go: what it held, and what is left in it.
///
/// Bytes that were freed cannot be looked at, so that they are looked at just before.
#[cfg(test)]
pub(crate) mod watch {
    use std::cell::RefCell;

    thread_local! {
        static SEEN: RefCell<Option<Vec<LetGo>>> = const { RefCell::new(None) };
    }

    /// Memory that was let go.
    pub(crate) struct LetGo {
        pub(crate) held: Vec<u8>,
        pub(crate) left: Vec<u8>,
    }

    impl LetGo {
        pub(crate) fn held_any_of(&self, text: &str) -> bool {
            let parts = text.as_bytes().windows(4);
            self.held
                .windows(4)
                .any(|held| parts.clone().any(|part| part == held))
        }

        pub(crate) fn is_wiped(&self) -> bool {
            self.left.iter().all(|byte| *byte == 0)
        }
    }

    /// From now on.
    pub(crate) fn begin() {
        SEEN.with_borrow_mut(|seen| *seen = Some(Vec::new()));
    }

    /// What was let go since the beginning.
    pub(crate) fn end() -> Vec<LetGo> {
        SEEN.with_borrow_mut(|seen| seen.take().unwrap_or_default())
    }

    pub(super) fn note(held: Vec<u8>, left: &[u8]) {
        let left = left.to_vec();
        SEEN.with_borrow_mut(|seen| {
            if let Some(seen) = seen {
                seen.push(LetGo { held, left });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "canary-of-the-body";

    #[test]
    fn all_room_is_wiped_even_what_is_not_used() {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(&[7; 40]);
        bytes.truncate(3);
        wipe(&mut bytes);
        assert_eq!(bytes.len(), bytes.capacity());
        assert!(bytes.len() >= 64 && bytes.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn a_body_is_wiped_when_it_is_dropped() {
        watch::begin();
        drop(WipedBody::from(CANARY.as_bytes()));
        let seen = watch::end();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].held, CANARY.as_bytes());
        assert!(seen[0].is_wiped() && seen[0].left.len() >= CANARY.len());
    }

    #[test]
    fn each_place_that_a_growing_body_leaves_is_wiped() {
        watch::begin();
        let mut body = WipedBody::with_capacity(1);
        let mut moves = 0;
        for byte in CANARY.repeat(50).bytes() {
            let place = body.as_ptr();
            io::Write::write_all(&mut body, &[byte]).unwrap();
            moves += usize::from(body.as_ptr() != place);
        }
        assert_eq!(*body, *CANARY.repeat(50).as_bytes());
        drop(body);
        let seen = watch::end();
        // The last one is the body itself.
        assert_eq!(seen.len(), moves + 1);
        assert!(moves > 5 && seen.iter().all(watch::LetGo::is_wiped));
        assert!(seen.iter().filter(|gone| gone.held_any_of(CANARY)).count() > 5);
    }

    #[test]
    fn what_is_taken_out_is_whole_and_the_callers() {
        watch::begin();
        assert_eq!(WipedBody::from(b"abc".to_vec()).into_vec(), b"abc");
        assert!(watch::end().iter().all(|gone| gone.held.is_empty()));
    }

    #[test]
    fn debug_shows_the_length_alone() {
        let body = WipedBody::from(CANARY.as_bytes());
        assert_eq!(format!("{body:?}"), "WipedBody(18 bytes)");
    }
}
