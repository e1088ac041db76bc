use http::HeaderValue;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::{Builder, fmt::Hyphenated};

/// Makes names for calls: random UUIDs.
///
/// The operating system gives randomness once, as the keys of a hash; the ids are hashes of a count. They differ, also
/// from those of other clients, and no call waits for a system call. They need not be hard to guess.
#[derive(Default)]
pub(super) struct RequestIds {
    keys: RandomState,
    count: AtomicU64,
}

impl RequestIds {
    pub(super) fn next(&self) -> HeaderValue {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let halves = [0_u8, 1].map(|half| self.keys.hash_one((count, half)));
        let random = u128::from(halves[0]) << 64 | u128::from(halves[1]);
        let id = Builder::from_random_bytes(random.to_be_bytes()).into_uuid();
        let mut text = [0; Hyphenated::LENGTH];
        HeaderValue::from_str(id.hyphenated().encode_lower(&mut text))
            .unwrap_or(HeaderValue::from_static("0"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_random_uuids() {
        let id = RequestIds::default().next();
        let id = uuid::Uuid::parse_str(id.to_str().unwrap()).unwrap();
        assert_eq!(id.get_version(), Some(uuid::Version::Random));
    }

    #[test]
    fn no_id_comes_twice_whatever_client_made_it() {
        let clients = [RequestIds::default(), RequestIds::default()];
        let ids: HashSet<_> = (0..1000).map(|n| clients[n % 2].next()).collect();
        assert_eq!(ids.len(), 1000);
    }
}
