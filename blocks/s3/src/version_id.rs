//! The order of versions, and the ids by which clients name them.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use md5::{Digest, Md5};

/// Where a version stands among those of its key: larger is newer. It also orders events.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Order(pub u64);

impl Order {
    /// The order that comes after this one and is not below `tick`.
    #[must_use]
    pub fn next(latest: Option<Self>, tick: u64) -> Self {
        Self(latest.map_or(tick, |l| tick.max(l.0 + 1)))
    }

    /// The id of a version of `key` in the bucket of this number: 32 characters that are safe in URLs. Only we can make
    /// one, and only for this key, so that a made-up id is told from one that was deleted.
    pub fn version_id(self, bucket: u64, key: &str) -> String {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.0.to_be_bytes());
        bytes[8..16].copy_from_slice(&seal(self.0, None));
        bytes[16..].copy_from_slice(&seal(self.0, Some((bucket, key))));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What an id says of `key`.
    pub fn of_version_id(text: &str, bucket: u64, key: &str) -> Meaning {
        let bytes: Option<[u8; 24]> = URL_SAFE_NO_PAD.decode(text).ok().and_then(|b| b.try_into().ok());
        let Some(bytes) = bytes else { return Meaning::Nothing };
        let order = bytes[..8].iter().fold(0, |n, b| n << 8 | u64::from(*b));
        if bytes[8..16] != seal(order, None) {
            Meaning::Nothing
        } else if bytes[16..] != seal(order, Some((bucket, key))) {
            let mut of = [0; 8];
            of.copy_from_slice(&bytes[16..]);
            Meaning::Elsewhere(Foreign { order: Self(order), of })
        } else {
            Meaning::Version(Self(order))
        }
    }

    /// The `sequencer` of events: hexadecimal digits of a fixed length, greater for later events of a key.
    pub fn sequencer(self) -> String {
        format!("{:018X}", self.0)
    }
}

/// What a version id means for a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A version that it has or had.
    Version(Order),
    /// A version of another key, or one from elsewhere of which this key has a replica.
    Elsewhere(Foreign),
    /// We never gave out such an id.
    Nothing,
}

/// What the id says of a version that was not written here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Foreign {
    /// Its order.
    pub order: Order,
    of: [u8; 8],
}

impl Foreign {
    /// Whether it is of this key of the bucket with this number.
    pub fn is_of(&self, bucket: u64, key: &str) -> bool {
        self.of == seal(self.order.0, Some((bucket, key)))
    }
}

fn seal(order: u64, of: Option<(u64, &str)>) -> [u8; 8] {
    let mut digest = Md5::new();
    digest.update(b"kumiki s3 version id\0");
    digest.update(order.to_be_bytes());
    if let Some((bucket, key)) = of {
        digest.update(bucket.to_be_bytes());
        digest.update(key);
    }
    let digest: [u8; 16] = digest.finalize().into();
    let (half, _) = digest.split_at(8);
    half.try_into().unwrap_or_default()
}

/// A clock whose every reading is greater than the one before: milliseconds in the upper bits, a count below.
#[derive(Debug, Default)]
pub struct Ticks(AtomicU64);

/// How many readings fit into one millisecond before the clock runs ahead of time.
const TICKS_PER_MS_BITS: u32 = 20;

impl Ticks {
    /// The next reading, not before `now_ms`.
    pub fn next(&self, now_ms: u64) -> u64 {
        let at_least = now_ms << TICKS_PER_MS_BITS;
        let step = |last: u64| Some(at_least.max(last + 1));
        match self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
            Ok(last) | Err(last) => at_least.max(last + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_name_their_order(order in any::<u64>(), place in 0_usize..32) {
            let id = Order(order).version_id(1, "k");
            prop_assert_eq!(id.len(), 32);
            prop_assert_eq!(Order::of_version_id(&id, 1, "k"), Meaning::Version(Order(order)));
            for (bucket, key) in [(2, "k"), (1, "l")] {
                let Meaning::Elsewhere(foreign) = Order::of_version_id(&id, bucket, key) else { panic!("{id}") };
                prop_assert!(foreign.is_of(1, "k") && !foreign.is_of(bucket, key));
                prop_assert_eq!(foreign.order, Order(order));
            }
            let mut forged = id.clone().into_bytes();
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            prop_assert!(!matches!(Order::of_version_id(&forged, 1, "k"), Meaning::Version(_)));
        }

        #[test]
        fn ticks_rise_whatever_the_time_says(times in prop::collection::vec(0_u64..5, 1..50)) {
            let ticks = Ticks::default();
            let read: Vec<_> = times.iter().map(|t| ticks.next(*t)).collect();
            prop_assert!(read.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn sequencers_sort_as_text() {
        assert!(Order(9).sequencer() < Order(10).sequencer());
        assert_eq!(Order(255).sequencer(), "0000000000000000FF");
        assert_eq!(Order::next(Some(Order(7)), 3), Order(8));
        assert_eq!(Order::next(Some(Order(7)), 30), Order(30));
    }
}
