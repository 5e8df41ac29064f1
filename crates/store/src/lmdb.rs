//! LMDB as the base: fast ordered reads without a lock, one writer, no recovery step.
//!
//! LMDB does not notice a flipped bit: each value stands in an envelope that does.

use std::{
    cell::Cell as ThreadCell,
    fs, io,
    ops::Bound,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
    },
    thread::available_parallelism,
    time::Duration,
};

use bytes::Bytes;
use env::Steady;
use heed::{Database, EnvOpenOptions, MdbError, RoTxn, WithoutTls};
use parking_lot::{Mutex, RwLock};

use crate::{
    Key, KeyRange, StoreError,
    arena::Arena,
    base::{BaseStore, Meta, Nothing},
    engine::{Base, Items, Read, Scrub, Slice, Stored},
    envelope::{ENVELOPE_BYTES, opened, unwrap, verify, wrap},
    limits,
    types::{Heads, bounds, checksum},
};

type Records = Database<heed::types::Bytes, heed::types::Bytes>;

/// A read transaction, and the table in the environment that it belongs to.
struct Reader {
    txn: RoTxn<'static, WithoutTls>,
    records: Records,
}

/// Bytes of values in a part of a range.
const PART_BYTES_MAX: usize = 1 << 20;
/// Every snapshot that is in use has one slot per reading thread, up to [`SLOTS_MAX`].
const READERS_MAX: u32 = 4096;
const SLOTS_MAX: usize = 8;
const META_KEY: &[u8] = b"meta";
const FORMAT: u64 = 1;

struct Opened {
    env: heed::Env<WithoutTls>,
    records: Records,
    meta: Records,
}

pub(crate) struct Lmdb {
    inner: Arc<Inner>,
    /// The lock on the directory.
    lock: Mutex<Option<fs::File>>,
}

struct Inner {
    dir: PathBuf,
    map_bytes: usize,
    clock: Steady,
    opened: RwLock<Option<Opened>>,
    current: Mutex<Option<Arc<Snapshot>>>,
    snapshots: Mutex<Vec<Weak<Snapshot>>>,
    closed: AtomicBool,
}

/// A read transaction, as often as there are threads that read.
struct Snapshot {
    lmdb: Arc<Inner>,
    /// LMDB's number of the state that is read.
    id: usize,
    began: Duration,
    slots: Box<[Mutex<Option<Reader>>]>,
    expired: AtomicBool,
    kept: AtomicU32,
}

fn failed(what: &str, e: heed::Error) -> StoreError {
    match e {
        heed::Error::Io(e) => StoreError::io(what, &e),
        heed::Error::Mdb(MdbError::MapFull) => StoreError::Full,
        heed::Error::Mdb(e @ (MdbError::Corrupted | MdbError::PageNotFound | MdbError::Invalid)) => {
            StoreError::damaged(format!("{what}: {e}"))
        }
        e => StoreError::Io { what: format!("{what}: {e}").into() },
    }
}

fn file_failed(what: &'static str) -> impl Fn(io::Error) -> StoreError {
    move |e| StoreError::io(what, &e)
}

impl Lmdb {
    pub(crate) fn new(dir: &Path, map_bytes: usize, clock: Steady) -> Self {
        let inner = Inner {
            dir: dir.into(),
            map_bytes,
            clock,
            opened: RwLock::new(None),
            current: Mutex::new(None),
            snapshots: Mutex::new(Vec::new()),
            closed: AtomicBool::new(false),
        };
        Self { inner: Arc::new(inner), lock: Mutex::new(None) }
    }

    /// Makes the tables, durable when this returns.
    fn make(&self, meta: Option<Meta>) -> Result<(), StoreError> {
        let doing = |e| failed("making the records", e);
        let made = "making the records";
        let records = self.inner.dir.join("records");
        env::disk::make_private_dirs(&records).map_err(file_failed(made))?;
        self.take_lock()?;
        let env = self.inner.open_env()?;
        let mut txn = env.write_txn().map_err(doing)?;
        let opened = Opened {
            records: env.create_database(&mut txn, Some("records")).map_err(doing)?,
            meta: env.create_database(&mut txn, Some("meta")).map_err(doing)?,
            env: env.clone(),
        };
        if let Some(meta) = meta {
            Inner::write_meta(&opened, &mut txn, meta).map_err(doing)?;
        }
        txn.commit().map_err(doing)?;
        // LMDB syncs its file and not the names that lead to it.
        let parent = self.inner.dir.parent().filter(|p| !p.as_os_str().is_empty());
        for dir in [Some(&*records), Some(&*self.inner.dir), parent].into_iter().flatten() {
            fs::File::open(dir).and_then(|d| d.sync_all()).map_err(file_failed(made))?;
        }
        *self.inner.opened.write() = Some(opened);
        Ok(())
    }

    /// Begins a copy: without its head it cannot be opened.
    pub(crate) fn begin_copy(&self) -> Result<(), StoreError> {
        self.make(None)
    }

    /// Adds records to a copy, in the order of their keys.
    pub(crate) fn append(&self, items: &[(Key, Stored)]) -> Result<(), StoreError> {
        let doing = |e| failed("writing a copy", e);
        self.inner.with(|opened| {
            let mut txn = opened.env.write_txn().map_err(doing)?;
            let mut envelope = Vec::new();
            for (key, stored) in items {
                envelope.clear();
                wrap(stored, &mut envelope).map_err(|e| failed("writing a copy", e.into()))?;
                let flags = heed::PutFlags::APPEND;
                opened.records.put_with_flags(&mut txn, flags, key, &envelope).map_err(doing)?;
            }
            txn.commit().map_err(doing)
        })
    }

    /// Ends a copy that holds every batch up to `moved`.
    pub(crate) fn end_copy(&self, salt: u64, moved: u64) -> Result<(), StoreError> {
        let doing = |e| failed("writing a copy", e);
        self.inner.with(|opened| {
            let mut txn = opened.env.write_txn().map_err(doing)?;
            Inner::write_meta(opened, &mut txn, Meta { salt, moved, newest: moved }).map_err(doing)?;
            txn.commit().map_err(doing)
        })?;
        self.close();
        Ok(())
    }

    /// Takes the directory for this process.
    fn take_lock(&self) -> Result<(), StoreError> {
        let mut lock = self.lock.lock();
        if lock.is_some() {
            return Ok(());
        }
        let doing = "locking the directory";
        let path = self.inner.dir.join("lock");
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(path).map_err(file_failed(doing))?;
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => *lock = Some(file),
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let dir = self.inner.dir.display();
                return Err(StoreError::Io { what: format!("{dir} is in use by another process").into() });
            }
            Err(e) => return Err(StoreError::io(doing, &e.into())),
        }
        Ok(())
    }
}

impl Inner {
    /// Uses the environment, which is opened anew where it was closed for rest. Nothing of it may be kept but read
    /// transactions in slots: they are what `rest` looks at.
    fn with<T>(&self, f: impl FnOnce(&Opened) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(opened) = &*self.opened.read() {
            return f(opened);
        }
        let mut opened = self.opened.write();
        if opened.is_none() {
            if self.closed.load(Ordering::SeqCst) {
                return Err(StoreError::Closed);
            }
            let fresh = Self::open_records(self.open_env()?)?;
            *opened = Some(fresh.ok_or_else(|| StoreError::damaged("the records are gone"))?);
        }
        f(opened.as_ref().ok_or(StoreError::Closed)?)
    }

    fn open_env(&self) -> Result<heed::Env<WithoutTls>, StoreError> {
        // Where address space is rationed a smaller map does for long.
        const SMALLER: usize = 16 << 30;
        match self.open_map(self.map_bytes) {
            Err(heed::Error::Io(e)) if e.kind() == io::ErrorKind::OutOfMemory && self.map_bytes > SMALLER => {
                self.open_map(SMALLER)
            }
            answer => answer,
        }
        .map_err(|e| failed("opening the records", e))
    }

    fn open_map(&self, bytes: usize) -> heed::Result<heed::Env<WithoutTls>> {
        let mut options = EnvOpenOptions::new().read_txn_without_tls();
        options.map_size(bytes).max_dbs(2).max_readers(READERS_MAX);
        // Proof: the map is shared with a file that nothing but LMDB may change while it is open. The file lies in
        // a directory of the store's own, made for its owner alone, and `take_lock` has locked it against every other
        // process (and against a second opening in this one) before this is called; the file stays local, and no
        // flag weakens LMDB's own locking or order of writes.
        #[expect(unsafe_code, reason = "heed's open has no safe form")]
        let env = unsafe { options.open(self.dir.join("records")) };
        env
    }

    /// The tables of an environment; nothing where they were never made.
    fn open_records(env: heed::Env<WithoutTls>) -> Result<Option<Opened>, StoreError> {
        let doing = |e| failed("opening the records", e);
        let read = env.read_txn().map_err(doing)?;
        let records: Option<Records> = env.open_database(&read, Some("records")).map_err(doing)?;
        let meta: Option<Records> = env.open_database(&read, Some("meta")).map_err(doing)?;
        // The handles live on only where this transaction is committed.
        read.commit().map_err(doing)?;
        Ok(records.zip(meta).map(|(records, meta)| Opened { env, records, meta }))
    }

    /// Ends the snapshots that are older than a view may become.
    fn expire(&self, older_than: Duration) {
        let now = self.clock.now();
        let current = self.current.lock().clone();
        self.snapshots.lock().retain(|weak| {
            let Some(snapshot) = weak.upgrade() else { return false };
            let is_current = current.as_ref().is_some_and(|c| Arc::ptr_eq(c, &snapshot));
            let old = now.saturating_sub(snapshot.began) >= older_than;
            if old && !is_current && snapshot.kept.load(Ordering::SeqCst) == 0 {
                snapshot.end();
                return false;
            }
            true
        });
    }

    fn write_meta(opened: &Opened, txn: &mut heed::RwTxn<'_>, meta: Meta) -> heed::Result<()> {
        let mut value = [0; 36];
        for (i, n) in [FORMAT, meta.salt, meta.moved, meta.newest].into_iter().enumerate() {
            value[i * 8..][..8].copy_from_slice(&n.to_le_bytes());
        }
        let crc = checksum(META_KEY, &value[..32]);
        value[32..].copy_from_slice(&crc.to_le_bytes());
        opened.meta.put(txn, META_KEY, &value)
    }

    fn read_meta(opened: &Opened, txn: &RoTxn<'_, WithoutTls>) -> Result<Option<Meta>, StoreError> {
        let value = opened.meta.get(txn, META_KEY).map_err(|e| failed("reading the records", e))?;
        let Some(value) = value else { return Ok(None) };
        let number = |i: usize| {
            value.get(i * 8..i * 8 + 8).map(|b| b.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
        };
        let check = value.get(32..).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        match (check, number(0)) {
            (Some(check), Some(FORMAT)) if check == checksum(META_KEY, &value[..32]) => {}
            (Some(check), Some(format)) if check == checksum(META_KEY, &value[..32]) => {
                let what = format!("the records have format {format}; this program reads {FORMAT}");
                return Err(StoreError::Io { what: what.into() });
            }
            _ => return Err(StoreError::damaged("the head of the records")),
        }
        let n = |i| number(i).unwrap_or_default();
        Ok(Some(Meta { salt: n(1), moved: n(2), newest: n(3) }))
    }
}

impl BaseStore for Lmdb {
    fn open(&self) -> Result<Option<Meta>, StoreError> {
        if !self.inner.dir.join("records/data.mdb").exists() {
            return Ok(None);
        }
        self.take_lock()?;
        let env = self.inner.open_env()?;
        let Some(opened) = Inner::open_records(env)? else { return Ok(None) };
        let meta = {
            let read = opened.env.read_txn().map_err(|e| failed("reading the records", e))?;
            Inner::read_meta(&opened, &read)?
        };
        if meta.is_none() {
            return Err(StoreError::damaged("a backup that was not finished"));
        }
        *self.inner.opened.write() = Some(opened);
        Ok(meta)
    }

    fn create(&self, salt: u64) -> Result<(), StoreError> {
        self.make(Some(Meta { salt, moved: 0, newest: 0 }))
    }

    fn snapshot(&self) -> Result<Arc<dyn Base>, StoreError> {
        if self.inner.opened.read().is_none() {
            return Ok(Arc::new(Nothing));
        }
        self.inner.expire(limits::VIEW_LIFE);
        let snapshot = match Snapshot::new(&self.inner) {
            Err(StoreError::Expired) => {
                // No reader's place is free: the oldest views give theirs up.
                self.inner.expire(Duration::ZERO);
                Snapshot::new(&self.inner)
            }
            done => done,
        }?;
        *self.inner.current.lock() = Some(snapshot.clone());
        self.inner.snapshots.lock().push(Arc::downgrade(&snapshot));
        Ok(snapshot)
    }

    fn absorb(&self, slice: &Slice<'_>) -> Result<(), StoreError> {
        let doing = |e| failed("moving records", e);
        if let Some(current) = self.inner.current.lock().clone() {
            current.hold()?;
        }
        self.inner.with(|opened| {
            for (start, end) in slice.cleared {
                while clear_some(opened, start, end)? {}
            }
            let mut txn = opened.env.write_txn().map_err(doing)?;
            for (key, stored) in slice.writes {
                match stored {
                    Some(stored) => put(&opened.records, &mut txn, key, stored).map_err(doing)?,
                    None => drop(opened.records.delete(&mut txn, key).map_err(doing)?),
                }
            }
            if let Some(meta) = Inner::read_meta(opened, &txn)? {
                let moved = slice.through.unwrap_or(meta.moved);
                let meta = Meta { moved, newest: slice.newest, ..meta };
                Inner::write_meta(opened, &mut txn, meta).map_err(doing)?;
            }
            txn.commit().map_err(doing)
        })
    }

    fn rest(&self) {
        let Some(current) = self.inner.current.lock().clone() else { return };
        let all: Vec<_> = self.inner.snapshots.lock().iter().filter_map(Weak::upgrade).collect();
        if all.iter().any(|s| !Arc::ptr_eq(s, &current) && s.is_used()) {
            return;
        }
        for slot in &current.slots {
            *slot.lock() = None;
        }
        // Closing the environment unmaps its file and frees its pages; the next read opens it again. Whoever reads
        // holds a slot and may wait for the lock that is held here, so slots are only tried.
        let mut opened = self.inner.opened.write();
        if !all.iter().any(|s| s.is_used()) {
            *opened = None;
        }
    }

    fn close(&self) {
        self.inner.closed.store(true, Ordering::SeqCst);
        let current = self.inner.current.lock().take();
        let all = std::mem::take(&mut *self.inner.snapshots.lock());
        for snapshot in all.iter().filter_map(Weak::upgrade).chain(current) {
            snapshot.end();
        }
        *self.inner.opened.write() = None;
        *self.lock.lock() = None;
    }

    fn bytes(&self) -> u64 {
        fs::metadata(self.inner.dir.join("records/data.mdb")).map_or(0, |m| m.len())
    }
}

fn put(records: &Records, txn: &mut heed::RwTxn<'_>, key: &[u8], stored: &Stored) -> heed::Result<()> {
    records.put_reserved(txn, key, ENVELOPE_BYTES + stored.value.len(), |space| wrap(stored, space))
}

/// Deletes the first keys of a range, in a transaction of its own; whether there may be more.
fn clear_some(opened: &Opened, start: &[u8], end: &[u8]) -> Result<bool, StoreError> {
    const KEYS_MAX: usize = 2000;
    let doing = |e| failed("clearing records", e);
    let mut txn = opened.env.write_txn().map_err(doing)?;
    let range = bounds(start, end);
    let last = {
        let keys = opened.records.range(&txn, &range).map_err(doing)?;
        let last = keys.take(KEYS_MAX).last().transpose().map_err(doing)?;
        last.map(|(key, _)| key.to_vec())
    };
    let Some(last) = last else { return Ok(false) };
    let part = (range.0, Bound::Included(&last[..]));
    let deleted = opened.records.delete_range(&mut txn, &part).map_err(doing)?;
    txn.commit().map_err(doing)?;
    Ok(deleted == KEYS_MAX)
}

impl Snapshot {
    fn new(lmdb: &Arc<Inner>) -> Result<Arc<Self>, StoreError> {
        static THREADS: OnceLock<usize> = OnceLock::new();
        let threads = *THREADS.get_or_init(|| available_parallelism().map_or(1, usize::from).min(SLOTS_MAX));
        let reader = Reader::begin(lmdb)?;
        let slots: Box<[_]> = (0..threads).map(|_| Mutex::new(None)).collect();
        let snapshot = Self {
            lmdb: lmdb.clone(),
            id: reader.txn.id(),
            began: lmdb.clock.now(),
            slots,
            expired: AtomicBool::new(false),
            kept: AtomicU32::new(0),
        };
        *snapshot.slots[0].lock() = Some(reader);
        Ok(Arc::new(snapshot))
    }

    /// Reads with one of the transactions, the thread's own where that can be had.
    fn read<T>(&self, f: impl FnOnce(&Reader) -> Result<T, StoreError>) -> Result<T, StoreError> {
        {
            let mut slot = self.slots[thread_index() % self.slots.len()].lock();
            if self.expired.load(Ordering::SeqCst) {
                let closed = self.lmdb.closed.load(Ordering::SeqCst);
                return Err(if closed { StoreError::Closed } else { StoreError::Expired });
            }
            if slot.is_none() {
                // Only while nothing was moved since is a new transaction the same snapshot.
                *slot = Some(Reader::begin(&self.lmdb)?).filter(|r| r.txn.id() == self.id);
            }
            if let Some(reader) = &*slot {
                return f(reader);
            }
        }
        for slot in &self.slots {
            if let Some(reader) = &*slot.lock() {
                return f(reader);
            }
        }
        Err(StoreError::Expired)
    }

    /// Sees to it that there is a transaction, for soon there can be no new one.
    fn hold(&self) -> Result<(), StoreError> {
        if self.slots.iter().all(|s| s.lock().is_none()) {
            let reader = Reader::begin(&self.lmdb)?;
            *self.slots[0].lock() = Some(reader).filter(|r| r.txn.id() == self.id);
        }
        Ok(())
    }

    fn end(&self) {
        self.expired.store(true, Ordering::SeqCst);
        for slot in &self.slots {
            *slot.lock() = None;
        }
    }

    /// Whether it has a transaction, or somebody is about to begin one.
    fn is_used(&self) -> bool {
        self.slots.iter().any(|s| s.try_lock().is_none_or(|reader| reader.is_some()))
    }
}

impl Reader {
    fn begin(lmdb: &Inner) -> Result<Self, StoreError> {
        lmdb.with(|opened| match opened.env.clone().static_read_txn() {
            Ok(txn) => Ok(Self { txn, records: opened.records }),
            Err(heed::Error::Mdb(MdbError::ReadersFull)) => Err(StoreError::Expired),
            Err(e) => Err(failed("reading the records", e)),
        })
    }
}

fn thread_index() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static INDEX: ThreadCell<usize> = const { ThreadCell::new(usize::MAX) };
    }
    INDEX.with(|index| {
        if index.get() == usize::MAX {
            index.set(NEXT.fetch_add(1, Ordering::Relaxed));
        }
        index.get()
    })
}

impl Base for Snapshot {
    fn get(&self, key: &[u8]) -> Read<Option<Stored>> {
        if key.is_empty() || key.len() > limits::KEY_BYTES_MAX {
            return Read::Now(Ok(None)); // LMDB would refuse to look
        }
        Read::Now(self.read(|reader| {
            let found = reader.records.get(&reader.txn, key).map_err(|e| failed("reading a record", e))?;
            found.map(|envelope| unwrap(key, envelope)).transpose()
        }))
    }

    fn range(&self, range: &KeyRange, limit: usize) -> Read<Items> {
        if range.is_empty() {
            return Read::Now(Ok(Items::default()));
        }
        let doing = |e| failed("reading records", e);
        Read::Now(self.read(|reader| {
            let limits = bounds(&range.start, &range.end);
            if range.reverse {
                collect(reader.records.rev_range(&reader.txn, &limits).map_err(doing)?, limit, range.heads)
            } else {
                collect(reader.records.range(&reader.txn, &limits).map_err(doing)?, limit, range.heads)
            }
        }))
    }

    fn scrub(&self, from: &[u8], limit: usize) -> Result<Scrub, StoreError> {
        let doing = |e| failed("verifying records", e);
        self.read(|reader| {
            let mut scrub = Scrub::default();
            for item in reader.records.range(&reader.txn, &bounds(from, &[])).map_err(doing)? {
                let (key, envelope) = item.map_err(doing)?;
                if scrub.records == limit as u64 {
                    scrub.next = Some(Key::copy_from_slice(key));
                    break;
                }
                scrub.records += 1;
                if verify(key, envelope).is_none() {
                    scrub.damaged.push(Key::copy_from_slice(key));
                }
            }
            Ok(scrub)
        })
    }

    fn keep(&self, keep: bool) {
        if keep {
            self.kept.fetch_add(1, Ordering::SeqCst)
        } else {
            self.kept.fetch_sub(1, Ordering::SeqCst)
        };
    }
}

fn collect<'a>(
    all: impl Iterator<Item = heed::Result<(&'a [u8], &'a [u8])>>,
    limit: usize,
    heads: Heads,
) -> Result<Items, StoreError> {
    // Many share memory, in blocks small enough that one of them that is kept holds up little more.
    const FEW: usize = 8;
    const BLOCKS_BYTES: usize = 512 << 10;
    let mut arena = (limit > FEW).then(|| Arena::new(BLOCKS_BYTES));
    let mut copy = |bytes: &[u8]| match &mut arena {
        Some(arena) => arena.copy(&[bytes]),
        None => Bytes::copy_from_slice(bytes),
    };
    let mut part = Items::default();
    let mut bytes = 0;
    for item in all {
        let (key, envelope) = item.map_err(|e| failed("reading records", e))?;
        if part.items.len() == limit || bytes >= PART_BYTES_MAX {
            part.more = true;
            break;
        }
        let (batch, crc, value) = opened(key, envelope)?;
        let value = heads.of(value);
        bytes += key.len() + value.len();
        part.items.push((copy(key), Stored { batch, crc, value: copy(value) }));
    }
    Ok(part)
}
