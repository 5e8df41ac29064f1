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

mod buffer;
mod cipher;
mod drive;
mod error;
mod format;
mod id;
mod reader;
mod scrub;
mod work;
mod writer;

use std::{io, ops::Range, path::PathBuf, sync::Arc};

use env::{Counter, Env, File, Gauge, Histogram, Injected, Metrics, Point, Timestamp};
use seal::MessageKey;

pub use error::{BlobError, Place};
pub use format::Handle;
pub use id::BlobId;
pub use reader::Reader;
pub use writer::Writer;

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
        Ok(Self::new(env, dir, Work::Threads))
    }

    /// The same, with all disk calls made in place by whoever waits for them: for simulations on one thread.
    pub fn open_in_place(env: &Env, dir: PathBuf) -> Self {
        Self::new(env, dir, Work::InPlace)
    }

    fn new(env: &Env, dir: PathBuf, work: Work) -> Self {
        Self(Arc::new(Inner {
            env: env.clone(),
            drive: Arc::new(Drive::new(env.disk.clone(), dir)),
            ids: Ids::default(),
            buffers: Arc::default(),
            figures: Figures::new(&env.metrics),
            work,
        }))
    }

    /// Begins a blob. Nothing is made on disk before the first batch of chunks is full or the blob is finished.
    pub fn writer(&self) -> Writer {
        Writer::new(self.0.clone())
    }

    /// Opens a range of a blob. Only the chunks that hold it are read, and each is checked whole.
    pub async fn read(&self, handle: &Handle, range: Range<u64>) -> Result<Reader, BlobError> {
        Reader::open(self.0.clone(), *handle, range, cipher::Opening::Plain).await
    }

    /// As [`Blobs::read`], of a blob that was written with [`Writer::sealed`] and the same key.
    pub async fn read_sealed(
        &self,
        handle: &Handle,
        range: Range<u64>,
        owner: &MessageKey,
    ) -> Result<Reader, BlobError> {
        let key = cipher::Opening::Key(owner.data_key(&handle.id.0));
        Reader::open(self.0.clone(), *handle, range, key).await
    }

    /// Drops a blob; readers that have it open go on. One that is gone already is no error: drops are repeated.
    ///
    /// The removal is not synced. After a power loss the blob may be there again, owned by no record.
    pub async fn drop_blob(&self, id: BlobId) -> Result<(), BlobError> {
        let inner = self.0.clone();
        let removed = self.0.work.start(move || inner.drive.remove(id)).await?;
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
        self.0.work.start(move || inner.list_older(than, after, limit)).await
    }

    /// Reads all of a blob and checks every byte of its file. Gives the length of its contents.
    pub async fn verify(&self, id: BlobId) -> Result<u64, BlobError> {
        scrub::verify(&self.0, id).await
    }

    /// Bytes that may still be written, and bytes in all, on the disk of this store.
    pub async fn space(&self) -> Result<(u64, u64), BlobError> {
        let inner = self.0.clone();
        self.0.work.start(move || inner.drive.space()).await
    }
}

impl Inner {
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
        match wrong {
            Wrong::Unknown(what, found) => BlobError::Unknown { id, what, found },
            Wrong::Damaged(place, what) => {
                let file = self.drive.path(id);
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
        for directory in self.drive.directories()?.into_iter().filter(|d| (from..=to).contains(d)) {
            let mut ids = self.drive.blobs(directory)?;
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
