//! A transaction: what it reads and what it says should be written.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use parking_lot::Mutex;

use crate::{
    Commit, Key, KeyRange, StoreError, Value,
    engine::Stored,
    limits,
    merge::{Found, Piece, Resolve},
    queue::Answer,
    snapshot::{Own, Snapshot},
    turns::Turn,
    types::{bounds, checksum, within},
};

/// A transaction under way. Reads see the snapshot that was taken when it began and its own writes; they are noted,
/// and the commit is refused where they were overwritten. Writes wait for the commit.
///
/// A write that passes a limit is told at the commit.
pub struct Tx(pub(crate) Arc<TxInner>);

pub(crate) struct TxInner {
    pub snapshot: Snapshot,
    pub unsynced: bool,
    pub attempt: u32,
    /// When it is too old to be committed, in time of the steady clock.
    pub deadline: Duration,
    pub turn: Mutex<Option<Turn>>,
    pub noted: Mutex<Noted>,
    pub answer: Answer,
    bytes: AtomicUsize,
}

pub(crate) enum Write {
    Put { value: Value, crc: u32 },
    Delete,
    Add(i64),
}

pub(crate) struct Stamped {
    pub prefix: Bytes,
    pub suffix: Bytes,
    pub value: Value,
}

pub(crate) type Hook = Box<dyn FnOnce(Commit) + Send>;

/// What a transaction read and wants.
#[derive(Default)]
pub(crate) struct Noted {
    pub keys: Packed,
    pub ranges: Vec<(Bytes, Bytes)>,
    /// The newest unmoved batch that had a say in what was read.
    pub seen: u64,
    /// Ranges that are emptied before the writes below are made.
    pub cleared: Vec<(Bytes, Bytes)>,
    pub writes: BTreeMap<Key, Write>,
    pub stamped: Vec<Stamped>,
    pub hooks: Vec<Hook>,
    pub bytes: usize,
    pub error: Option<StoreError>,
}

/// Keys one after the other in one piece of memory.
#[derive(Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Packed {
    fn push(&mut self, key: &[u8]) {
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len() as u32);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let key = &self.bytes[start..*end as usize];
            start = *end as usize;
            key
        })
    }
}

impl Noted {
    /// Whether a commit would change nothing and tell nobody.
    pub(crate) fn is_read_only(&self) -> bool {
        self.writes.is_empty() && self.cleared.is_empty() && self.stamped.is_empty() && self.hooks.is_empty()
    }

    /// Whether it stores more than it deletes, as far as that can be told before it is applied.
    pub(crate) fn grows(&self) -> bool {
        const SMALL: usize = 4096;
        let deletes = !self.cleared.is_empty() || self.writes.values().any(|w| matches!(w, Write::Delete));
        !deletes || self.bytes > SMALL
    }

    fn count(&mut self, key: usize, value: usize) {
        const RECORD_BYTES: usize = 16;
        self.bytes += key + value + RECORD_BYTES;
        let what = match () {
            () if key == 0 => "an empty key",
            () if key > limits::KEY_BYTES_MAX => "key over 1,900 bytes",
            () if value > limits::VALUE_BYTES_MAX => "value over 2 MiB",
            () if self.bytes > limits::TRANSACTION_BYTES_MAX => "transaction over 64 MiB",
            () => return,
        };
        self.error.get_or_insert(StoreError::TooLarge { what });
    }

    fn was_cleared(&self, key: &[u8]) -> bool {
        self.cleared.iter().any(|(start, end)| within(key, start, end))
    }
}

impl TxInner {
    pub(crate) fn new(snapshot: Snapshot, unsynced: bool, attempt: u32, deadline: Duration) -> Self {
        Self {
            snapshot,
            unsynced,
            attempt,
            deadline,
            turn: Mutex::default(),
            noted: Mutex::default(),
            answer: Answer::default(),
            bytes: AtomicUsize::new(0),
        }
    }

    /// Bytes of its writes, known once it asks to be committed.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn set_bytes(&self, bytes: usize) {
        self.bytes.store(bytes, Ordering::Relaxed);
    }
}

impl Tx {
    /// The value of a key.
    pub async fn get(&self, key: &[u8]) -> Result<Option<Value>, StoreError> {
        let mut resolve = Resolve::default();
        {
            let noted = self.0.noted.lock();
            match noted.writes.get(key) {
                Some(Write::Put { value, .. }) => return Ok(Some(value.clone())),
                Some(Write::Delete) => return Ok(None),
                Some(Write::Add(delta)) => resolve.add(Found::Add(*delta)),
                None if noted.was_cleared(key) => return Ok(None),
                None => {}
            }
        }
        let (stored, seen) = self.0.snapshot.get(key).await?;
        {
            let mut noted = self.0.noted.lock();
            noted.keys.push(key);
            noted.seen = noted.seen.max(seen);
        }
        resolve.add(stored.map_or(Found::Gone(0), Found::Is));
        Ok(resolve.stored()?.map(|s| s.value))
    }

    /// Up to `limit` keys and values of a range. Stamped keys are not among them before they are committed.
    pub async fn range(&self, range: KeyRange, limit: usize) -> Result<Vec<(Key, Value)>, StoreError> {
        let own = OwnWrites(&self.0.noted);
        let ranged = self.0.snapshot.range(&range, limit, Some(&own)).await?;
        let mut noted = self.0.noted.lock();
        noted.seen = noted.seen.max(ranged.merged.seen);
        noted.ranges.push(ranged.looked);
        Ok(ranged.merged.values())
    }

    /// Sets a key.
    pub fn put(&self, key: impl Into<Bytes>, value: impl Into<Bytes>) {
        let (key, value) = (key.into(), value.into());
        let crc = checksum(&key, &value);
        let mut noted = self.0.noted.lock();
        noted.count(key.len(), value.len());
        noted.writes.insert(key, Write::Put { value, crc });
    }

    /// Deletes a key; nothing happens where it is not there.
    pub fn delete(&self, key: impl Into<Bytes>) {
        let key = key.into();
        let mut noted = self.0.noted.lock();
        noted.count(key.len(), 0);
        noted.writes.insert(key, Write::Delete);
    }

    /// Deletes every key of a range, those that others add before the commit too.
    pub fn delete_range(&self, range: KeyRange) {
        if range.is_empty() {
            return;
        }
        let mut noted = self.0.noted.lock();
        noted.count(range.start.len().max(1), range.end.len());
        noted.writes.retain(|key, _| !range.contains(key));
        noted.cleared.push((range.start, range.end));
    }

    /// Adds to a counter, which is 0 where there is none, wrapping around. Additions do not conflict with each
    /// other; a transaction that reads the counter conflicts with them. Read it with `get` and [`crate::counter`].
    pub fn add(&self, key: impl Into<Bytes>, delta: i64) {
        use crate::types::{counter, counter_value};
        let key = key.into();
        let mut noted = self.0.noted.lock();
        noted.count(key.len(), 8);
        let cleared = noted.was_cleared(&key);
        let set = |key: &[u8], n: i64| {
            let value = counter_value(n);
            Write::Put { crc: checksum(key, &value), value }
        };
        let write = match noted.writes.get(&key) {
            Some(Write::Add(before)) => Write::Add(before.wrapping_add(delta)),
            Some(Write::Put { value, .. }) => match counter(value) {
                Ok(before) => set(&key, before.wrapping_add(delta)),
                Err(e) => {
                    noted.error.get_or_insert(e);
                    return;
                }
            },
            Some(Write::Delete) => set(&key, delta),
            None if cleared => set(&key, delta),
            None => Write::Add(delta),
        };
        noted.writes.insert(key, write);
    }

    /// Sets the key `prefix` + stamp + `suffix`, where the stamp is [`Commit::stamp`]: keys that order as commits did.
    pub fn put_stamped(&self, prefix: impl Into<Bytes>, suffix: impl Into<Bytes>, value: impl Into<Bytes>) {
        let (prefix, suffix, value) = (prefix.into(), suffix.into(), value.into());
        let mut noted = self.0.noted.lock();
        noted.count(prefix.len() + Commit::STAMP_BYTES + suffix.len(), value.len());
        noted.stamped.push(Stamped { prefix, suffix, value });
    }

    /// Runs `f` when the transaction is durable (where it is unsynced: applied), in the order of commits, before
    /// anybody is answered. It runs on the committer and holds everybody up: it must be quick and must not block.
    pub fn on_commit(&self, f: impl FnOnce(Commit) + Send + 'static) {
        self.0.noted.lock().hooks.push(Box::new(f));
    }

    /// The batch up to which this transaction sees all others.
    pub fn batch(&self) -> u64 {
        self.0.snapshot.batch
    }
}

/// A transaction's writes so far, as a layer.
struct OwnWrites<'a>(&'a Mutex<Noted>);

impl Own for OwnWrites<'_> {
    fn piece(&self, range: &KeyRange, limit: usize) -> Piece {
        let noted = self.0.lock();
        let all = noted.writes.range::<[u8], _>(bounds(&range.start, &range.end));
        if range.reverse { own_piece(all.rev(), limit) } else { own_piece(all, limit) }
    }

    fn cleared(&self, key: &[u8]) -> bool {
        self.0.lock().was_cleared(key)
    }
}

fn own_piece<'a>(all: impl Iterator<Item = (&'a Key, &'a Write)>, limit: usize) -> Piece {
    let mut piece = Piece { items: Vec::new(), last: None };
    for (key, write) in all {
        if piece.items.len() == limit {
            piece.last = piece.items.last().map(|(k, _)| k.clone());
            break;
        }
        let found = match write {
            Write::Put { value, crc } => Found::Is(Stored { batch: 0, crc: *crc, value: value.clone() }),
            Write::Delete => Found::Gone(0),
            Write::Add(delta) => Found::Add(*delta),
        };
        piece.items.push((key.clone(), found));
    }
    piece
}
