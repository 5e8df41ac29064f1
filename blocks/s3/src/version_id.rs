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

    /// The id: 32 characters that are safe in URLs. Only we can make one, so that a made-up id is told from one that
    /// was deleted.
    pub fn version_id(self) -> String {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.0.to_be_bytes());
        bytes[8..].copy_from_slice(&seal(self.0));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The order that an id names; `None` where we never gave out such an id.
    pub fn of_version_id(text: &str) -> Option<Self> {
        if text.len() != 32 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (order, sealed) = bytes.split_first_chunk::<8>()?;
        let order = u64::from_be_bytes(*order);
        (sealed == seal(order)).then_some(Self(order))
    }

    /// The `sequencer` of events: hexadecimal digits of a fixed length, greater for later events of a key.
    pub fn sequencer(self) -> String {
        format!("{:018X}", self.0)
    }
}

fn seal(order: u64) -> [u8; 16] {
    let mut digest = Md5::new();
    digest.update(b"kumiki s3 version id\0");
    digest.update(order.to_be_bytes());
    digest.finalize().into()
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
            let id = Order(order).version_id();
            prop_assert_eq!(id.len(), 32);
            prop_assert_eq!(Order::of_version_id(&id), Some(Order(order)));
            let mut forged = id.clone().into_bytes();
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            prop_assert_eq!(Order::of_version_id(&String::from_utf8(forged).unwrap()), None);
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
