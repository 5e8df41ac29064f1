//! Delayed messages of a standard queue: the next ones in memory, the others in the index on disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::stamp::Stamp;

/// How many delayed messages are kept in memory.
pub const DELAYS_MAX: usize = 1024;

/// Milliseconds of one bucket of the count.
const BUCKET_MS: u64 = 100;

/// A delayed message: when it is due, and which.
pub type Due = (u64, Stamp);

/// The delayed messages of a queue.
#[derive(Default)]
pub struct Delays {
    /// The earliest ones.
    soon: BTreeSet<Due>,
    /// What is due no later than this is in `soon`, or was.
    horizon: Due,
    /// Nothing is due later than the horizon.
    complete: bool,
    /// The last batch that brought one beyond the horizon.
    unseen: u64,
    /// How many become due in each tenth of a second, wherever they are.
    buckets: BTreeMap<u64, u64>,
    /// What came while somebody counts.
    meanwhile: Option<Vec<Due>>,
}

impl Default for Stamp {
    fn default() -> Self {
        Self::FIRST
    }
}

impl Delays {
    /// The delays of an empty queue.
    pub fn none() -> Self {
        Self { complete: true, ..Self::default() }
    }

    /// The delays of a queue of whose index nothing was read. What was due before `from` is shown by pages of messages.
    pub fn unread(from: u64) -> Self {
        Self { horizon: (from, Stamp::FIRST), ..Self::default() }
    }

    /// A delayed message came.
    pub fn arrived(&mut self, due: Due) {
        self.count(due.0);
        if let Some(meanwhile) = &mut self.meanwhile {
            meanwhile.push(due);
        }
        self.keep(due);
    }

    /// Somebody begins to count the index.
    pub fn begin_count(&mut self) {
        self.meanwhile = Some(Vec::new());
    }

    /// The whole index as of `batch`.
    pub fn end_count(&mut self, index: &[Due], batch: u64) {
        self.buckets.clear();
        let meanwhile = self.meanwhile.take().unwrap_or_default();
        for due in index.iter().chain(meanwhile.iter().filter(|due| due.1.batch > batch)) {
            self.count(due.0);
        }
    }

    fn count(&mut self, due: u64) {
        *self.buckets.entry(due / BUCKET_MS).or_default() += 1;
    }

    fn keep(&mut self, due: Due) {
        if self.complete && self.soon.len() < DELAYS_MAX {
            self.horizon = self.horizon.max(due);
            self.soon.insert(due);
        } else if due < self.horizon {
            self.soon.insert(due);
            if self.soon.len() > DELAYS_MAX {
                self.soon.pop_last();
                self.horizon = self.soon.last().copied().unwrap_or_default();
                self.complete = false;
            }
        } else {
            self.complete = false;
            self.unseen = self.unseen.max(due.1.batch);
        }
    }

    /// What has become due, earliest first.
    pub fn due(&mut self, now: u64) -> Option<Stamp> {
        let first = *self.soon.first()?;
        if first.0 > now {
            return None;
        }
        self.soon.pop_first();
        Some(first.1)
    }

    /// When the next message in memory is due.
    pub fn next(&self) -> Option<u64> {
        self.soon.first().map(|due| due.0)
    }

    /// Where the index must be read on, when memory has run out before the index.
    pub fn wants(&self) -> Option<Due> {
        (self.soon.is_empty() && !self.complete).then_some(self.horizon)
    }

    /// A page of the index from where [`Delays::wants`] said, as of `batch`; `end` where nothing follows. A page that
    /// is older than what came meanwhile is not taken: that may stand in its midst.
    pub fn page(&mut self, from: Due, found: Vec<Due>, end: bool, batch: u64) {
        if self.wants() != Some(from) || self.unseen > batch {
            return;
        }
        self.horizon = found.last().copied().unwrap_or(from);
        self.complete = end;
        self.soon.extend(found);
    }

    /// How many are delayed.
    pub fn waiting(&mut self, now: u64) -> u64 {
        self.buckets = self.buckets.split_off(&(now / BUCKET_MS + 1));
        self.buckets.values().sum()
    }

    /// Whether nothing is delayed.
    pub fn is_empty(&self) -> bool {
        self.soon.is_empty() && self.complete
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Whatever comes in whatever order, everything is shown once, in order of dueness, and none too early.
        #[test]
        fn all_become_due_in_order(dues in prop::collection::vec(0_u64..2000, 0..3000), restart_at in 0_usize..3000) {
            let mut disk: BTreeSet<Due> = BTreeSet::new();
            let mut delays = Delays::none();
            for (i, due) in dues.iter().enumerate() {
                if i == restart_at {
                    delays = Delays::unread(0);
                    delays.begin_count();
                    let index: Vec<Due> = disk.iter().copied().collect();
                    delays.end_count(&index, u64::MAX);
                }
                let due = (*due + 1, Stamp::new(i as u64 + 1, 0, 0));
                disk.insert(due);
                delays.arrived(due);
            }
            let mut shown = Vec::new();
            for now in (0..2002).step_by(97) {
                prop_assert_eq!(delays.waiting(now), disk.iter().filter(|d| d.0 / 100 > now / 100).count() as u64);
                loop {
                    while let Some(stamp) = delays.due(now) {
                        shown.push(stamp);
                    }
                    let Some(from) = delays.wants() else { break };
                    let after = (std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded);
                    let page: Vec<Due> = disk.range(after).take(100).copied().collect();
                    let end = page.len() < 100;
                    delays.page(from, page, end, u64::MAX);
                }
                let expected: Vec<Stamp> = disk.iter().filter(|d| d.0 <= now).map(|d| d.1).collect();
                prop_assert_eq!(&shown, &expected);
            }
        }
    }
}
