//! The consistency of S3 from 2006 to 2020, on request: see `docs/decisions/018-the-consistency-of-before.md`.
//!
//! There are as many copies of everything as [`COPIES`]; each change reaches each of them up to [`LAG_MS`] late, and each
//! request comes to one of them. What was never there and never asked for is read at once where it is written; whoever
//! asked before has left the answer "there is nothing" behind. Listings know nothing of that exception.
//!
//! What is stored is as it always is: only answers lag. Kept is what a change replaced, while it can still be seen.
//! <https://aws.amazon.com/blogs/aws/amazon-s3-update-strong-read-after-write-consistency/>

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use parking_lot::Mutex;
use wire::Answer;

use crate::{
    contents::Listed,
    listing::{Source, behind_key},
    records::{Data, unpack},
};

/// How late a change may be seen, and how long it is remembered that something was asked for in vain.
pub const LAG_MS: u64 = 4000;
/// Copies of everything.
pub const COPIES: u64 = 3;

/// A key in a bucket.
type Place = (u64, String);

/// What stood at a key: the latest version's record, where that was an object.
type State = Option<Bytes>;

/// What requests see late.
#[derive(Debug)]
pub struct Lag {
    seed: u64,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    changes: BTreeMap<Place, VecDeque<Change>>,
    /// What was asked for in vain, and when.
    vain: BTreeMap<Place, u64>,
    /// How many questions and changes there were.
    count: u64,
}

#[derive(Debug)]
struct Change {
    at_ms: u64,
    number: u64,
    before: State,
    /// Only listings see it late.
    is_read_at_once: bool,
}

/// The copy that a request has come to.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'a> {
    lag: &'a Lag,
    number: u64,
    now_ms: u64,
}

impl Lag {
    /// The same seed makes the same delays for the same requests.
    pub fn new(seed: u64) -> Self {
        Self { seed, kept: Mutex::default() }
    }

    /// The copy for the next request.
    pub fn copy(&self, now_ms: u64) -> Copy<'_> {
        let mut kept = self.kept.lock();
        kept.count += 1;
        Copy { lag: self, number: spread(self.seed ^ kept.count) % COPIES, now_ms }
    }

    /// Notes that what stood at a key was replaced or deleted.
    pub fn note(&self, bucket: u64, key: &str, before: State, now_ms: u64) {
        let kept = &mut *self.kept.lock();
        kept.forget(now_ms);
        kept.count += 1;
        let place = (bucket, key.to_owned());
        let is_read_at_once =
            before.is_none() && !kept.vain.contains_key(&place) && !kept.changes.contains_key(&place);
        let change = Change { at_ms: now_ms, number: kept.count, before, is_read_at_once };
        kept.changes.entry(place).or_default().push_back(change);
    }

    /// When a copy sees a change.
    fn seen_ms(&self, change: &Change, copy: u64) -> u64 {
        change.at_ms + spread(self.seed ^ spread(change.number ^ copy << 56)) % LAG_MS
    }

    /// What a copy still has, where that is not what is stored.
    fn behind(&self, changes: &VecDeque<Change>, copy: Copy<'_>, is_listing: bool) -> Option<State> {
        let is_seen = |change: &&Change| {
            self.seen_ms(change, copy.number) <= copy.now_ms || (change.is_read_at_once && !is_listing)
        };
        // Whoever has a change has all before it.
        let unseen = changes.iter().rev().take_while(|change| !is_seen(change)).last();
        unseen.map(|change| change.before.clone())
    }
}

impl Kept {
    fn forget(&mut self, now_ms: u64) {
        let is_old = |at_ms: u64| at_ms + LAG_MS <= now_ms;
        self.vain.retain(|_, at_ms| !is_old(*at_ms));
        self.changes.retain(|_, changes| {
            while changes.front().is_some_and(|change| is_old(change.at_ms)) {
                changes.pop_front();
            }
            !changes.is_empty()
        });
    }
}

impl Copy<'_> {
    /// What this copy has at a key, where that is not what is stored. An object whose bytes stood elsewhere than in its
    /// record is seen no more: they are gone.
    pub fn read(self, bucket: u64, key: &str) -> Option<State> {
        let kept = self.lag.kept.lock();
        let behind = self.lag.behind(kept.changes.get(&(bucket, key.to_owned()))?, self, false)?;
        let is_here = |value: &Bytes| {
            let object = unpack(value).ok().and_then(|(version, _)| version.object);
            object.is_some_and(|object| object.data == Data::Inline)
        };
        behind.as_ref().is_none_or(is_here).then_some(behind)
    }

    /// Notes that there was nothing to be read.
    pub fn read_in_vain(self, bucket: u64, key: &str) {
        self.lag.kept.lock().vain.insert((bucket, key.to_owned()), self.now_ms);
    }

    /// What this copy has at the keys of a range, where that is not what is stored.
    fn listed(self, bucket: u64, from: &[u8], end: Option<&[u8]>) -> BTreeMap<String, State> {
        let kept = self.lag.kept.lock();
        let inside = |key: &str| key.as_bytes() >= from && end.is_none_or(|end| key.as_bytes() < end);
        let all = kept.changes.range((bucket, String::new())..).take_while(|((of, _), _)| *of == bucket);
        let all = all.filter(|((_, key), _)| inside(key));
        all.filter_map(|((_, key), changes)| Some((key.clone(), self.lag.behind(changes, self, true)?)))
            .collect()
    }
}

/// Spreads a number over all bits: the finaliser of SplitMix64.
fn spread(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A listing as a copy has it; without a copy, as it is stored.
pub struct Seen<'a, S> {
    /// What is stored.
    pub stored: S,
    /// The bucket's number.
    pub bucket: u64,
    /// The copy.
    pub copy: Option<Copy<'a>>,
}

impl<S: Source<Item = Listed, At = Vec<u8>>> Source for Seen<'_, S> {
    type Item = Listed;
    type At = Vec<u8>;

    fn key(item: &Listed) -> &str {
        &item.key
    }

    fn behind(item: &Listed) -> Vec<u8> {
        behind_key(&item.key)
    }

    async fn read(&self, from: &Vec<u8>, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Listed>> {
        let Some(copy) = self.copy else { return self.stored.read(from, end, limit).await };
        let (mut all, mut at) = (BTreeMap::new(), from.clone());
        loop {
            let found = self.stored.read(&at, end, limit).await?;
            let is_last = found.len() < limit;
            let upto = found.last().filter(|_| !is_last).map(|last| behind_key(&last.key));
            let late = copy.listed(self.bucket, &at, upto.as_deref().or(end));
            all.extend(found.into_iter().map(|item| (item.key.clone(), item)));
            for (key, state) in late {
                match state {
                    Some(value) => drop(all.insert(key.clone(), Listed::new(key, value))),
                    None => drop(all.remove(&key)),
                }
            }
            match upto {
                Some(next) if all.len() < limit => at = next,
                _ => return Ok(all.into_values().take(limit).collect()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUCKET: u64 = 1;

    /// What all copies have; the copies come in no particular order.
    fn all(lag: &Lag, key: &str, now_ms: u64) -> Vec<Option<State>> {
        (0..COPIES).map(|number| Copy { lag, number, now_ms }.read(BUCKET, key)).collect()
    }

    #[test]
    fn new_objects_are_read_at_once_unless_they_were_asked_for() {
        let lag = Lag::new(1);
        lag.note(BUCKET, "new", None, 0);
        assert_eq!(all(&lag, "new", 0), [None, None, None]);
        let listed = |now_ms| {
            (0..COPIES).any(|number| !Copy { lag: &lag, number, now_ms }.listed(BUCKET, b"", None).is_empty())
        };
        assert!(listed(0) && !listed(LAG_MS), "listings are late in any case");
        lag.copy(LAG_MS).read_in_vain(BUCKET, "asked");
        lag.note(BUCKET, "asked", None, LAG_MS);
        assert!(all(&lag, "asked", LAG_MS).contains(&Some(None)), "what was asked for is not there yet");
        assert_eq!(all(&lag, "asked", 2 * LAG_MS), [None, None, None]);
    }

    #[test]
    fn a_copy_never_goes_back() {
        for seed in 0..50 {
            let lag = Lag::new(seed);
            for (n, at_ms) in [0, 700, 900, 2500].into_iter().enumerate() {
                lag.note(BUCKET, "k", Some(Bytes::from(vec![n as u8])), at_ms);
            }
            let kept = lag.kept.lock();
            let changes = &kept.changes[&(BUCKET, "k".to_owned())];
            for number in 0..COPIES {
                let mut before = 0;
                for now_ms in (2500..2500 + LAG_MS).step_by(50) {
                    let behind = lag.behind(changes, Copy { lag: &lag, number, now_ms }, false);
                    let now = behind.map_or(4, |state| state.unwrap()[0]);
                    assert!(now >= before, "{before} came before {now}");
                    before = now;
                }
                let end = Copy { lag: &lag, number, now_ms: 2500 + LAG_MS };
                assert_eq!(lag.behind(changes, end, false), None);
            }
        }
    }

    #[test]
    fn what_is_old_is_forgotten() {
        let lag = Lag::new(7);
        lag.note(BUCKET, "a", None, 0);
        lag.copy(0).read_in_vain(BUCKET, "b");
        lag.note(BUCKET, "c", None, LAG_MS);
        let kept = lag.kept.lock();
        assert_eq!((kept.changes.len(), kept.vain.len()), (1, 0));
    }
}
