//! What a cell asks of the place where its records live.
//!
//! The cell owns order, conflicts and the overlay of recent batches; an engine owes durability for batches, a *base*
//! of everything older with snapshots, and that is all.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
};

use bytes::Bytes;

use crate::{Key, KeyRange, StoreError, Value};

/// A value as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The batch that wrote it.
    pub batch: u64,
    /// CRC-32C of key and value.
    pub crc: u32,
    /// The value.
    pub value: Value,
}

/// A part of a range.
#[derive(Debug, Default)]
pub struct Items {
    /// Keys and values in the direction of the range.
    pub items: Vec<(Key, Stored)>,
    /// Whether the range may hold more after the last of them.
    pub more: bool,
}

/// What a scrub found.
#[derive(Debug, Default)]
pub struct Scrub {
    /// Records that were read.
    pub records: u64,
    /// Keys whose values are not what was written.
    pub damaged: Vec<Key>,
    /// Where to go on; nothing at the end.
    pub next: Option<Key>,
}

/// An answer that is there, or one that must be waited for.
pub enum Read<T> {
    /// It is there.
    Now(Result<T, StoreError>),
    /// It comes from elsewhere.
    Wait(Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>),
}

impl<T> Read<T> {
    /// The answer.
    pub async fn answer(self) -> Result<T, StoreError> {
        match self {
            Self::Now(answer) => answer,
            Self::Wait(coming) => coming.await,
        }
    }

    /// The answer, on a thread that may wait.
    pub fn blocking(self) -> Result<T, StoreError> {
        match self {
            Self::Now(answer) => answer,
            Self::Wait(coming) => block_on(coming),
        }
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

pub(crate) fn block_on<T>(coming: impl Future<Output = T>) -> T {
    let mut coming = pin!(coming);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    loop {
        match coming.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(answer) => return answer,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// A snapshot of what an engine has absorbed.
pub trait Base: Send + Sync {
    /// The value of a key, verified against its checksum.
    fn get(&self, key: &[u8]) -> Read<Option<Stored>>;
    /// Up to `limit` items of a range, verified.
    fn range(&self, range: &KeyRange, limit: usize) -> Read<Items>;
    /// Verifies up to `limit` records from `from` on, and goes on where one is damaged.
    fn scrub(&self, from: &[u8], limit: usize) -> Result<Scrub, StoreError>;
    /// Keeps this snapshot beyond [`crate::limits::VIEW_LIFE`], as a backup needs; `false` ends that.
    fn keep(&self, _keep: bool) {}
}

/// A frame in a [`Group`]'s buffer: one batch.
#[derive(Clone, Copy, Debug)]
pub struct FrameAt {
    /// The batch's number.
    pub batch: u64,
    /// Where its head begins; [`Group::HEAD_BYTES`] are kept free for the engine.
    pub start: usize,
    /// Where its records end.
    pub end: usize,
}

/// Batches that become durable together.
pub struct Group<'a> {
    /// The frames' bytes, one after the other.
    pub buffer: &'a mut Vec<u8>,
    /// The frames, their numbers rising by one.
    pub frames: &'a [FrameAt],
    /// The newest number that was durable before.
    pub durable: u64,
}

impl Group<'_> {
    /// Bytes at the start of each frame that belong to the engine.
    pub const HEAD_BYTES: usize = 32;
}

/// Records in key order that leave the overlay for the base.
pub struct Slice<'a> {
    /// Ranges to be emptied before the writes are made. An engine may do this in several steps.
    pub cleared: &'a [(Bytes, Bytes)],
    /// Keys with their newest value; nothing where the key is to go.
    pub writes: &'a [(Key, Option<Stored>)],
    /// With the last slice of an overlay: from now on the base holds every batch up to this number.
    pub through: Option<u64>,
    /// The newest durable number of the cell.
    pub newest: u64,
}

/// What [`Engine::open`] found.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// The newest durable batch; 0 where nothing was ever written.
    pub newest: u64,
}

/// What [`Engine::reserve`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The group may come.
    Ready,
    /// The overlay must be sealed first: the log's segment is used up.
    SealFirst,
}

/// A place where records live. All calls block; the cell makes them on its own threads, `commit` and `absorb` at the
/// same time but each of them from one thread only.
pub trait Engine: Send + Sync {
    /// Opens what is stored and hands over each durable batch (number, records) that the base does not hold, oldest
    /// first. Where nothing was ever written this makes nothing.
    fn open(
        &self,
        replay: &mut dyn FnMut(u64, Bytes) -> Result<(), StoreError>,
    ) -> Result<Opened, StoreError>;
    /// Makes sure that a group of `bytes` can be written without running out of space. `grows` says that it stores
    /// more than it deletes: such a group is refused earlier, so that deleting still works on a full disk.
    fn reserve(&self, bytes: usize, grows: bool) -> Result<Room, StoreError>;
    /// Makes a group durable, or answers an error after which nothing may be written any more.
    fn commit(&self, group: Group<'_>) -> Result<(), StoreError>;
    /// The overlay was sealed: what is committed from now on belongs to the next one.
    fn seal(&self, last: u64);
    /// The present snapshot of the base.
    fn base(&self) -> Arc<dyn Base>;
    /// Takes a slice into the base, all or nothing, durable when it returns. `Full` may be tried again.
    fn absorb(&self, slice: Slice<'_>) -> Result<(), StoreError>;
    /// Lets go of everything; `clean` says that the base holds every batch.
    fn close(&self, clean: bool) -> Result<(), StoreError>;
    /// Nothing has come for a while and the base holds everything: gives memory back.
    fn rest(&self) {}
    /// Whether commits wait for a device. Where they do not, callers run the committer themselves.
    fn waits(&self) -> bool {
        true
    }
    /// Bytes on stable media, for people.
    fn stored_bytes(&self) -> u64 {
        0
    }
}
