//! The embedded engine: a log for durability in front of a base for everything else.
//!
//! | in the directory | |
//! |---|---|
//! | `lock` | locked by the process that has the directory open |
//! | `log-0`, `log-1`, ... | segments of the log: batches that the records may not hold yet; gone after a clean end |
//! | `records/` | LMDB's two files: every record that has left the overlay, and up to which batch that is so |
//!
//! Nothing is made before the first write. An opening reads what the log has beyond the records into an overlay,
//! serves from there, and the mover does the rest.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use env::Env;
use parking_lot::Mutex;

use crate::{
    StoreError,
    base::{BaseStore, Meta, Nothing},
    engine::{Base, Engine, Group, Opened, Room, Slice},
    lmdb::Lmdb,
    log::Log,
    memory::MemoryBase,
};

/// How an embedded engine stores.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Bytes of a segment of the log; three are in use. At least as large as an overlay.
    pub segment_bytes: u64,
    /// Free bytes of the file system below which nothing may grow any more, so that deleting still works. Of a small
    /// file system, [`env::spare_bytes`].
    pub reserve_bytes: u64,
    /// Bytes of address space for the records; nothing means: twice the file system.
    pub map_bytes: Option<usize>,
}

impl Default for Storage {
    fn default() -> Self {
        Self { segment_bytes: 8 << 20, reserve_bytes: 64 << 20, map_bytes: None }
    }
}

/// A log in front of LMDB, in a directory. Nothing is made before the first write.
pub struct LogEngine {
    env: Env,
    dir: PathBuf,
    storage: Storage,
    base: Box<dyn BaseStore>,
    inner: Mutex<Inner>,
    space: Space,
    snapshot: Mutex<Arc<dyn Base>>,
}

#[derive(Default)]
struct Inner {
    log: Option<Log>,
    closed: bool,
}

/// What is known of free space.
#[derive(Default)]
struct Space {
    asked: Mutex<Option<Duration>>,
    /// Bytes written since it was asked.
    written: AtomicU64,
    scarce: AtomicBool,
}

/// Bytes after which free space is looked at again, and how long the answer is good where it is scarce.
const ASK_BYTES: u64 = 1 << 20;
const ASK_AFTER: Duration = Duration::from_millis(100);

/// The engine whose records lie in `dir`.
pub fn log_and_lmdb(env: &Env, dir: &Path, storage: Storage) -> Arc<dyn Engine> {
    let map_bytes = storage.map_bytes.unwrap_or_else(|| map_bytes(env, dir));
    let base = Lmdb::new(dir, map_bytes, env.clocks.steady.clone());
    Arc::new(LogEngine::new(env, dir, storage, Box::new(base)))
}

/// The log alone on `env`'s disk, over a base in memory that outlives it: how a simulation tears the log.
pub fn log_and_memory(env: &Env, dir: &Path, storage: Storage, base: &MemoryBase) -> Arc<dyn Engine> {
    Arc::new(LogEngine::new(env, dir, storage, Box::new(base.clone())))
}

/// Address space costs nothing, and a map that is too small stops everything: twice what the file system can hold.
fn map_bytes(env: &Env, dir: &Path) -> usize {
    const MIN: u64 = 64 << 30;
    const MAX: u64 = 8 << 40;
    let there = dir.ancestors().find(|d| env.disk.exists(d)).unwrap_or(Path::new("/"));
    let total = env.disk.space(there).map_or(MIN, |(_, total)| total);
    (total.saturating_mul(2).clamp(MIN, MAX) >> 20 << 20) as usize
}

impl LogEngine {
    fn new(env: &Env, dir: &Path, storage: Storage, base: Box<dyn BaseStore>) -> Self {
        Self {
            env: env.clone(),
            dir: dir.into(),
            storage,
            base,
            inner: Mutex::default(),
            // The first write asks.
            space: Space { written: AtomicU64::new(ASK_BYTES), ..Space::default() },
            snapshot: Mutex::new(Arc::new(Nothing)),
        }
    }

    fn open_log(&self, meta: Meta) -> Result<(Log, Vec<(u64, Bytes)>), StoreError> {
        let disk = self.env.disk.clone();
        Log::open(disk, &self.dir, self.storage.segment_bytes, meta.salt, (meta.moved, meta.newest))
    }

    /// The first write makes the files.
    fn begin(&self) -> Result<Log, StoreError> {
        let doing = |e| StoreError::io("making the directory", &e);
        self.env.disk.create_dir_all(&self.dir).map_err(doing)?;
        let salt = self.env.random.number() | 1;
        self.base.create(salt)?;
        let (log, _) = self.open_log(Meta { salt, moved: 0, newest: 0 })?;
        *self.snapshot.lock() = self.base.snapshot()?;
        Ok(log)
    }

    /// Refuses what grows while space is scarce.
    fn look_at_space(&self) -> Result<(), StoreError> {
        let space = &self.space;
        let scarce = space.scarce.load(Ordering::Relaxed);
        if !scarce && space.written.load(Ordering::Relaxed) < ASK_BYTES {
            return Ok(());
        }
        let mut asked = space.asked.lock();
        let now = self.env.clocks.steady.now();
        if !scarce || asked.is_none_or(|at| now.saturating_sub(at) >= ASK_AFTER) {
            let there = self.dir.ancestors().find(|d| self.env.disk.exists(d)).unwrap_or(Path::new("/"));
            let (free, total) = self.env.disk.space(there).unwrap_or((u64::MAX, u64::MAX));
            let spare = self.storage.reserve_bytes.min(env::spare_bytes(total));
            *asked = Some(now);
            space.written.store(0, Ordering::Relaxed);
            space.scarce.store(free < spare, Ordering::Relaxed);
        }
        if space.scarce.load(Ordering::Relaxed) { Err(StoreError::Full) } else { Ok(()) }
    }
}

impl Engine for LogEngine {
    fn open(
        &self,
        replay: &mut dyn FnMut(u64, Bytes) -> Result<(), StoreError>,
    ) -> Result<Opened, StoreError> {
        let Some(meta) = self.base.open()? else {
            if self.env.disk.exists(&self.dir) && Log::exists(&*self.env.disk, &self.dir)? {
                return Err(StoreError::damaged(
                    "there is a log, and the records that it continues are gone",
                ));
            }
            return Ok(Opened { newest: 0 });
        };
        let (log, replayed) = self.open_log(meta)?;
        let newest = replayed.last().map_or(meta.moved, |(batch, _)| *batch);
        for (batch, records) in replayed {
            replay(batch, records)?;
        }
        *self.snapshot.lock() = self.base.snapshot()?;
        self.inner.lock().log = Some(log);
        Ok(Opened { newest })
    }

    fn reserve(&self, bytes: usize, grows: bool) -> Result<Room, StoreError> {
        if grows {
            self.look_at_space()?;
        }
        let mut inner = self.inner.lock();
        if inner.closed {
            return Err(StoreError::Closed);
        }
        if inner.log.is_none() {
            inner.log = Some(self.begin()?);
        }
        match &mut inner.log {
            Some(log) => log.reserve(bytes as u64),
            None => Err(StoreError::Closed),
        }
    }

    fn commit(&self, mut group: Group<'_>) -> Result<(), StoreError> {
        self.space.written.fetch_add(group.buffer.len() as u64, Ordering::Relaxed);
        self.inner.lock().log.as_mut().ok_or(StoreError::Closed)?.commit(&mut group)
    }

    fn seal(&self, _last: u64) {
        if let Some(log) = &mut self.inner.lock().log {
            log.seal();
        }
    }

    fn base(&self) -> Arc<dyn Base> {
        self.snapshot.lock().clone()
    }

    fn absorb(&self, slice: Slice<'_>) -> Result<(), StoreError> {
        self.base.absorb(&slice)?;
        *self.snapshot.lock() = self.base.snapshot()?;
        if let (Some(through), Some(log)) = (slice.through, &mut self.inner.lock().log) {
            log.release(through);
        }
        Ok(())
    }

    fn rest(&self) {
        self.base.rest();
    }

    fn close(&self, clean: bool) -> Result<(), StoreError> {
        let log = {
            let mut inner = self.inner.lock();
            inner.closed = true;
            inner.log.take()
        };
        *self.snapshot.lock() = Arc::new(Nothing);
        let removed = match log {
            Some(log) if clean => log.remove(),
            _ => Ok(()),
        };
        self.base.close();
        removed
    }

    fn stored_bytes(&self) -> u64 {
        self.base.bytes() + self.inner.lock().log.as_ref().map_or(0, Log::bytes)
    }
}
