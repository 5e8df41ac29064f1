//! The floor's view of a cell: keys carry the block's name, errors are faults, outbox entries and blob ownership
//! belong to the transaction.

use std::{
    future::Future,
    marker::PhantomData,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use bytes::Bytes;
use futures_util::FutureExt as _;
use parking_lot::Mutex;
use store::{Commit, KeyRange, StoreError};
use wire::{Answer, Fault};

use crate::{
    BlobHandle, BlobId, Entry, Key, Record,
    call::Boxed,
    cells::OpenCell,
    fault::{internal, of_store},
    outbox, sweeper,
};

/// Reading records, from a view or inside a transaction.
pub trait Get: Send + Sync {
    /// The value of `key`.
    fn get(&self, key: &Key) -> impl Future<Output = Answer<Option<Bytes>>> + Send;

    /// Up to `limit` pairs of `range`, in its order. Keys come back as they were given, without the block's prefix.
    fn range(
        &self,
        range: KeyRange,
        limit: usize,
    ) -> impl Future<Output = Answer<Vec<(Bytes, Bytes)>>> + Send;

    /// The record at `key`.
    fn load<R: Record>(&self, key: &Key) -> impl Future<Output = Answer<Option<R>>> + Send
    where
        Self: Sized,
    {
        async move {
            match self.get(key).await? {
                Some(stored) => R::decode(&stored).map(Some),
                None => Ok(None),
            }
        }
    }
}

/// A block's prefix: `s3\0`. No block's name is the beginning of another's followed by a zero byte.
#[derive(Clone, Copy)]
pub(crate) struct Prefix(pub(crate) &'static str);

impl Prefix {
    fn join(self, key: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() + 1 + key.len());
        out.extend_from_slice(self.0.as_bytes());
        out.push(0);
        out.extend_from_slice(key);
        out
    }

    fn own(self, key: impl AsRef<[u8]>) -> Bytes {
        self.join(key.as_ref()).into()
    }

    fn range(self, range: &KeyRange) -> KeyRange {
        KeyRange { start: self.own(&range.start), end: self.own(&range.end), ..*range }
    }

    fn strip(self, mut pairs: Vec<(Bytes, Bytes)>) -> Vec<(Bytes, Bytes)> {
        for (key, _) in &mut pairs {
            *key = key.slice(self.0.len() + 1..);
        }
        pairs
    }
}

/// A snapshot of what is durable.
pub struct View<'a> {
    pub(crate) inner: store::View,
    pub(crate) prefix: Prefix,
    pub(crate) lent: PhantomData<&'a ()>,
}

impl Get for View<'_> {
    async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
        self.inner.get(&self.prefix.join(key.as_slice())).await.map_err(of_store)
    }

    async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
        let pairs = self.inner.range(self.prefix.range(&range), limit).await.map_err(of_store)?;
        Ok(self.prefix.strip(pairs))
    }
}

impl View<'_> {
    /// The number of the last batch that this view shows.
    pub fn batch(&self) -> u64 {
        self.inner.batch()
    }
}

/// A transaction under way. Reads are noted: if one is overwritten before the commit, the closure runs again.
pub struct Tx {
    inner: store::Tx,
    prefix: Prefix,
    cell: Arc<OpenCell>,
    entries: AtomicU16,
}

impl Get for Tx {
    async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
        self.inner.get(&self.prefix.join(key.as_slice())).await.map_err(of_store)
    }

    async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
        let pairs = self.inner.range(self.prefix.range(&range), limit).await.map_err(of_store)?;
        Ok(self.prefix.strip(pairs))
    }
}

impl Tx {
    /// Sets the value of `key`.
    pub fn put(&self, key: &Key, value: impl Into<Bytes>) {
        self.inner.put(self.prefix.own(key), value);
    }

    /// Sets the record at `key`.
    pub fn save<R: Record>(&self, key: &Key, record: &R) {
        self.put(key, record.encode());
    }

    /// Removes `key`.
    pub fn delete(&self, key: &Key) {
        self.inner.delete(self.prefix.own(key));
    }

    /// Removes every key of `range`.
    pub fn delete_range(&self, range: &KeyRange) {
        self.inner.delete_range(self.prefix.range(range));
    }

    /// Adds to a counter. Two additions never conflict; [`counter`] reads the value.
    pub fn add(&self, key: &Key, delta: i64) {
        self.inner.add(self.prefix.own(key), delta);
    }

    /// Sets a value under `prefix`, then the commit's place in the order of all commits (10 bytes), then `suffix`.
    pub fn put_stamped(&self, prefix: &Key, suffix: &[u8], value: impl Into<Bytes>) {
        self.inner.put_stamped(self.prefix.own(prefix), Bytes::copy_from_slice(suffix), value);
    }

    /// Runs `f` when this transaction is durable (or applied, where it is an unsynced one), in the order of commits,
    /// before anybody is answered. It must be quick: it holds up the cell.
    pub fn on_commit(&self, f: impl FnOnce(Commit) + Send + 'static) {
        self.inner.on_commit(f);
    }

    /// Records an effect on another block or cell; it is delivered at least once after the commit.
    pub fn outbox(&self, entry: Entry) {
        let number = self.entries.fetch_add(1, Ordering::Relaxed);
        let (lane, value) = entry.into_stored(number);
        self.inner.put_stamped(lane.prefix(), number.to_be_bytes().to_vec(), value);
        let cell = self.cell.clone();
        self.inner.on_commit(move |_| outbox::wake(&cell, &lane));
    }

    /// Makes this transaction's records the owner of a blob. Without an owner the sweeper removes it.
    pub fn own(&self, blob: &BlobHandle) {
        self.inner.put(sweeper::owner_key(blob.id), Bytes::from_static(b"1"));
    }

    /// The records no longer own the blob; its bytes go after the commit.
    pub fn disown(&self, blob: BlobId) {
        self.inner.delete(sweeper::owner_key(blob));
        let cell = self.cell.clone();
        self.inner.on_commit(move |_| sweeper::drop_soon(&cell, blob));
    }
}

/// Reads what [`Tx::add`] wrote.
pub fn counter(value: Option<&Bytes>) -> Answer<i64> {
    value.map_or(Ok(0), |v| store::counter(v).map_err(of_store))
}

/// A cell lent to a block. It borrows the whole `Cx`: nothing of another block can be called in a transaction.
pub struct CellRef<'a> {
    pub(crate) cell: Arc<OpenCell>,
    pub(crate) prefix: Prefix,
    pub(crate) lent: PhantomData<&'a mut ()>,
}

struct Failed(Fault);

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self(of_store(error))
    }
}

/// Whether an answer waits for the sync.
#[derive(Clone, Copy)]
enum Synced {
    Waited,
    Later,
}

/// All transactions pass here, whatever they answer: the way through the store is compiled once, not for each of them.
/// The closure's future is boxed, or each of the futures around it would be as large, and be moved.
async fn transact_boxed<'a>(
    at: &CellRef<'_>,
    synced: Synced,
    run: &mut (dyn FnMut(Tx) -> Boxed<'a, Result<(), Failed>> + Send),
) -> Answer<()> {
    let (cell, prefix) = (&at.cell, at.prefix);
    let run = |inner| run(Tx { inner, prefix, cell: cell.clone(), entries: AtomicU16::new(0) });
    let done = match synced {
        Synced::Waited => cell.records.transact(run).await,
        Synced::Later => cell.records.transact_unsynced(run).await,
    };
    done.map_err(|Failed(fault)| fault)
}

async fn run<T, F, Fut>(at: CellRef<'_>, synced: Synced, mut f: F) -> Answer<T>
where
    T: Send,
    F: FnMut(Tx) -> Fut + Send,
    Fut: Future<Output = Answer<T>> + Send,
{
    let done = &Mutex::new(None);
    let mut run = |tx| -> Boxed<'_, Result<(), Failed>> {
        // Mapped rather than awaited: a future that is awaited by a block that owns it stands in it twice.
        Box::pin(f(tx).map(move |answer| {
            *done.lock() = Some(answer.map_err(Failed)?);
            Ok(())
        }))
    };
    transact_boxed(&at, synced, &mut run).await?;
    done.lock().take().ok_or_else(|| internal("a transaction was committed and never ran"))
}

impl CellRef<'_> {
    /// Runs `f` as one serializable transaction and answers once it is durable. `f` runs again when something it
    /// read was changed meanwhile.
    pub async fn transact<T, F, Fut>(self, f: F) -> Answer<T>
    where
        T: Send,
        F: FnMut(Tx) -> Fut + Send,
        Fut: Future<Output = Answer<T>> + Send,
    {
        run(self, Synced::Waited, f).await
    }

    /// As [`CellRef::transact`], but answers before the sync: only for state whose loss the API's own contract
    /// allows. The caller names which.
    pub async fn transact_unsynced<T, F, Fut>(self, f: F) -> Answer<T>
    where
        T: Send,
        F: FnMut(Tx) -> Fut + Send,
        Fut: Future<Output = Answer<T>> + Send,
    {
        run(self, Synced::Later, f).await
    }

    /// The cell's bytes.
    pub fn blobs(&self) -> &blob::Blobs {
        &self.cell.blobs
    }

    /// The cell's name, for what a leader keeps in memory per cell.
    pub fn id(&self) -> &crate::CellId {
        &self.cell.id
    }
}

/// A record that must be there: its absence means that a reference points nowhere.
pub fn expected<T>(found: Option<T>, what: &str) -> Answer<T> {
    found.ok_or_else(|| internal(format!("{what} is missing")))
}
