//! Bytes: write a stream and get a handle, only once it is durable; read a range; drop.
//!
//! A blob is a file of checksummed chunks on a drive ([`format`](self) 1, described in `format.rs`). What a handle
//! names was on stable media, contents and name, before the handle was given. No byte of a chunk is handed out
//! before its checksum was verified, and (where its owner has a key) before it was decrypted and found genuine. The store keeps no list of its blobs and scans nothing when it is opened: who
//! owns a blob stands in its owner's record, and a sweeper drops what no record owns.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let env = env::Env::simulated(1);
//! let blobs = blob::Blobs::open(&env, "/blobs".into())?;
//! let mut writer = blobs.writer();
//! writer.write("mortise".into()).await?;
//! writer.write(" and tenon".into()).await?;
//! let handle = writer.finish().await?;
//! let mut reader = blobs.read(&handle, 8..handle.len).await?;
//! assert_eq!(reader.next().await.unwrap()?, "and tenon");
//! assert!(reader.next().await.is_none());
//! blobs.drop_blob(handle.id).await?;
//! # Ok::<_, blob::BlobError>(()) }).unwrap();
//! ```

mod array;
mod buffer;
mod calls;
mod cipher;
mod drive;
mod drives;
mod error;
mod format;
#[cfg(test)]
mod fuzz;
mod gathered;
mod heal;
mod id;
mod identity;
mod reader;
mod scrub;
mod shape;
mod slot;
mod stream;
mod striped;
mod together;
mod work;
mod writer;

use std::{
    collections::BTreeSet,
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use env::{Counter, Env, File, Gauge, Histogram, Injected, Metrics, Point, Timestamp};
use seal::MessageKey;

pub use drives::{DRIVE, DRIVES, DRIVES_MAX, DriveSpec, Drives};
pub use error::{BlobError, Place};
pub use format::Handle;
pub use heal::Checked;
pub use id::BlobId;
pub use slot::Health;
pub use stream::{Reader, Writer};

use array::Array;
use buffer::Buffers;
use drive::Drive;
use format::Wrong;
use id::Ids;
use work::Work;

/// A blob store. Cheap to clone; clones share it. A directory has one store at a time.
#[derive(Clone)]
pub struct Blobs(Arc<Inner>);

pub(crate) struct Inner {
    env: Env,
    drive: Arc<Drive>,
    /// Where new blobs go, if there are drives.
    array: Option<Arc<Array>>,
    ids: Ids,
    buffers: Arc<Buffers>,
    figures: Figures,
    work: Work,
}

impl Blobs {
    /// The blob store in `dir`. Nothing is read or made before the first write.
    ///
    /// Writing, reading and dropping need the context of a tokio runtime.
    pub fn open(env: &Env, dir: PathBuf) -> Result<Self, BlobError> {
        Ok(Self::new(env, dir, None, Work::Threads))
    }

    /// The same, with new blobs over drives, `within` the directory of each. Blobs that are in `dir` stay there.
    pub fn open_on(env: &Env, dir: PathBuf, drives: &Arc<Drives>, within: &Path) -> Self {
        Self::new(env, dir, Some(Arc::new(Array::new(drives, within))), Work::Threads)
    }

    /// As [`Blobs::open_on`], for simulations on one thread.
    pub fn open_in_place_on(env: &Env, dir: PathBuf, drives: &Arc<Drives>, within: &Path) -> Self {
        Self::new(env, dir, Some(Arc::new(Array::new(drives, within))), Work::InPlace)
    }

    /// The same, with all disk calls made in place by whoever waits for them: for simulations on one thread.
    pub fn open_in_place(env: &Env, dir: PathBuf) -> Self {
        Self::new(env, dir, None, Work::InPlace)
    }

    fn new(env: &Env, dir: PathBuf, array: Option<Arc<Array>>, work: Work) -> Self {
        Self(Arc::new(Inner {
            env: env.clone(),
            drive: Arc::new(Drive::new(env.disk.clone(), dir)),
            array,
            ids: Ids::default(),
            buffers: Arc::default(),
            figures: Figures::new(&env.metrics),
            work,
        }))
    }

    /// Begins a blob. Nothing is made on disk before the first batch of chunks is full or the blob is finished.
    pub fn writer(&self) -> Writer {
        Writer::new(&self.0)
    }

    /// Opens a range of a blob. Only the chunks that hold it are read, and each is checked whole.
    pub async fn read(&self, handle: &Handle, range: Range<u64>) -> Result<Reader, BlobError> {
        Reader::open(&self.0, *handle, range, cipher::Opening::Plain).await
    }

    /// As [`Blobs::read`], of a blob that was written with [`Writer::sealed`] and the same key.
    pub async fn read_sealed(
        &self,
        handle: &Handle,
        range: Range<u64>,
        owner: &MessageKey,
    ) -> Result<Reader, BlobError> {
        let key = cipher::Opening::Key(owner.data_key(&handle.id.0));
        Reader::open(&self.0, *handle, range, key).await
    }

    /// Drops a blob; readers that have it open go on. One that is gone already is no error: drops are repeated.
    ///
    /// The removal is not synced. After a power loss the blob may be there again, owned by no record.
    pub async fn drop_blob(&self, id: BlobId) -> Result<(), BlobError> {
        let inner = self.0.clone();
        let mut removed = self.0.work.start(move || inner.drive.remove(id)).await?;
        if let Some(array) = &self.0.array {
            removed |= array.remove(id).await?;
        }
        self.0.figures.dropped.add(u64::from(removed));
        Ok(())
    }

    /// Up to `limit` blobs whose ids were given before `than`, also those that a crash left unfinished, in the order
    /// of their directories and ids; `after` is the last one of the page before.
    ///
    /// Never those that are being written, nor those finished within the last minute: their owners' records may
    /// still be on their way, even where the service clock was turned forward meanwhile.
    pub async fn list_older(
        &self,
        than: Timestamp,
        after: Option<BlobId>,
        limit: usize,
    ) -> Result<Vec<BlobId>, BlobError> {
        let inner = self.0.clone();
        self.0.start(move || inner.list_older(than, after, limit)).await
    }

    /// Reads all of a blob and checks every byte of its file, or of its shards. Gives the length of its contents.
    pub async fn verify(&self, id: BlobId) -> Result<u64, BlobError> {
        Ok(self.check(id, 0).await?.len)
    }

    /// As [`Blobs::verify`]; what is damaged or missing on drives is written anew from the other shards. Reads
    /// `pace_bytes` a second at most; 0: as fast as it goes. The owner's key is not needed.
    pub async fn check(&self, id: BlobId, pace_bytes: u64) -> Result<Checked, BlobError> {
        match self.sharded(id).await? {
            Some(array) => heal::heal(&self.0, &array, id, Some(pace_bytes)).await,
            None => scrub::verify(&self.0, id, pace_bytes).await.map(Checked::whole),
        }
    }

    /// Writes the shards of a blob anew that its drives lack; the others are read only as far as that needs.
    pub async fn heal(&self, id: BlobId) -> Result<Checked, BlobError> {
        match self.sharded(id).await? {
            Some(array) => heal::heal(&self.0, &array, id, None).await,
            None => Ok(Checked::default()),
        }
    }

    /// The drives, unless the blob is a file of its own.
    async fn sharded(&self, id: BlobId) -> Result<Option<Arc<Array>>, BlobError> {
        let Some(array) = &self.0.array else { return Ok(None) };
        let inner = self.0.clone();
        let is_whole =
            self.0.work.start(move || Ok(inner.drive.disk().exists(&inner.drive.path(id)))).await?;
        Ok((!is_whole).then(|| array.clone()))
    }

    /// Blobs that reads or writes found to lack a shard since this was last asked.
    pub fn take_wounded(&self) -> Vec<BlobId> {
        self.0.array.as_ref().map(|array| array.take_wounded()).unwrap_or_default()
    }

    /// What [`Drives::wanted`] says, where the names on this store's drives are to be compared: when it opens, and when a
    /// drive came back.
    pub fn to_compare(&self) -> Option<u64> {
        self.0.array.as_ref()?.to_compare()
    }

    /// Names were compared, and what lacked shards was healed, up to what [`Blobs::to_compare`] said.
    pub fn compared(&self, wanted: u64) {
        if let Some(array) = &self.0.array {
            array.compared(wanted);
        }
    }

    /// The blobs in the directories from `after` on, in pages of one directory at least, that lack shards on drives which
    /// are there; and where to go on. Those being written are not among them.
    pub async fn lacking(&self, after: Option<u64>) -> Result<(Vec<BlobId>, Option<u64>), BlobError> {
        let Some(array) = self.0.array.clone() else { return Ok((Vec::new(), None)) };
        let inner = self.0.clone();
        let page = move || {
            let mut directories = array.directories().into_iter().filter(|d| after.is_none_or(|a| *d > a));
            let Some(directory) = directories.next() else { return Ok((Vec::new(), None)) };
            let lacking = array.seen(directory).into_iter().filter(|seen| seen.lacking > 0);
            let mut ids: Vec<BlobId> = lacking.map(|seen| seen.id).collect();
            inner.ids.retain_unwritten(&mut ids);
            Ok((ids, Some(directory)))
        };
        self.0.start(page).await
    }

    /// Bytes that may still be written, and bytes in all, on the disk of this store.
    pub async fn space(&self) -> Result<(u64, u64), BlobError> {
        let inner = self.0.clone();
        let space =
            move || inner.array.as_ref().map_or_else(|| inner.drive.space(), |array| Ok(array.space()));
        self.0.start(space).await
    }
}

impl Inner {
    /// Waits for work that may call all drives, unless one of them hangs.
    async fn start<T, F>(&self, f: F) -> Result<T, BlobError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, BlobError> + Send + 'static,
    {
        match &self.array {
            Some(array) => array.start(f).await,
            None => self.work.start(f).await,
        }
    }

    /// Asks whether something should go wrong here.
    async fn fault(&self, point: Point) -> Result<(), BlobError> {
        match self.env.faults.at(point) {
            None => Ok(()),
            Some(Injected::Delay(time)) => {
                self.env.clocks.steady.wait(time).await;
                Ok(())
            }
            Some(Injected::Full) => Err(BlobError::Full),
            Some(Injected::Error) => Err(BlobError::io(self.drive.dir(), io::Error::other("injected fault"))),
        }
    }

    /// Notes damage, and names it.
    fn wrong(&self, id: BlobId, wrong: Wrong) -> BlobError {
        self.wrong_in(id, &self.drive.path(id), wrong)
    }

    /// Notes damage in `file`, and names it.
    fn wrong_in(&self, id: BlobId, file: &Path, wrong: Wrong) -> BlobError {
        match wrong {
            Wrong::Unknown(what, found) => BlobError::Unknown { id, what, found },
            Wrong::Damaged(place, what) => {
                let file = file.to_path_buf();
                tracing::error!(%id, %place, file = %file.display(), what, "a blob is damaged");
                self.figures.damaged.add(1);
                BlobError::Damaged { id, place, file, what }
            }
        }
    }

    /// Reads all of `into`; a file that ends before is damaged at `place`.
    fn read(
        &self,
        file: &dyn File,
        into: &mut [u8],
        at: u64,
        id: BlobId,
        place: impl FnOnce() -> Place,
    ) -> Result<(), BlobError> {
        file.read_exact_at(into, at).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => self.wrong(id, Wrong::Damaged(place(), "cut short")),
            _ => BlobError::io(&self.drive.path(id), e),
        })
    }

    /// The same, from the file of a shard.
    fn read_in(
        &self,
        file: &dyn File,
        path: &Path,
        into: &mut [u8],
        at: u64,
        id: BlobId,
        place: Place,
    ) -> Result<(), BlobError> {
        file.read_exact_at(into, at).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => self.wrong_in(id, path, Wrong::Damaged(place, "cut short")),
            _ => BlobError::io(path, e),
        })
    }

    fn list_older(
        &self,
        than: Timestamp,
        after: Option<BlobId>,
        limit: usize,
    ) -> Result<Vec<BlobId>, BlobError> {
        let mut found = Vec::new();
        let from = after.map_or(0, BlobId::directory);
        // A directory begun in this second or later holds nothing older.
        let to = than.seconds();
        let mut directories: BTreeSet<u64> = self.drive.directories()?.into_iter().collect();
        directories.extend(self.array.iter().flat_map(|array| array.directories()));
        for directory in directories.into_iter().filter(|d| (from..=to).contains(d)) {
            let mut ids = self.drive.blobs(directory)?;
            if let Some(array) = &self.array {
                ids.extend(array.seen(directory).into_iter().map(|seen| seen.id));
                ids.sort_unstable();
                ids.dedup();
            }
            if directory == from {
                ids.retain(|id| Some(*id) > after);
            }
            self.ids.retain_old(&mut ids, than, &self.env);
            found.extend(ids);
            if found.len() >= limit {
                found.truncate(limit);
                break;
            }
        }
        Ok(found)
    }
}

/// What is counted.
struct Figures {
    finished: Counter,
    dropped: Counter,
    written_bytes: Counter,
    read_bytes: Counter,
    damaged: Counter,
    writers: Gauge,
    readers: Gauge,
    finish_time: Histogram,
}

impl Figures {
    fn new(metrics: &Metrics) -> Self {
        Self {
            finished: metrics.counter("kumiki_blobs_finished_total", ""),
            dropped: metrics.counter("kumiki_blobs_dropped_total", ""),
            written_bytes: metrics.counter("kumiki_blob_written_bytes_total", ""),
            read_bytes: metrics.counter("kumiki_blob_read_bytes_total", ""),
            damaged: metrics.counter("kumiki_blob_damaged_total", ""),
            writers: metrics.gauge("kumiki_blob_writers", ""),
            readers: metrics.gauge("kumiki_blob_readers", ""),
            finish_time: metrics.histogram("kumiki_blob_finish_seconds", ""),
        }
    }
}
