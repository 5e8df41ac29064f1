//! A drive of a server: its directory, its health, and the few threads that may wait for it.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use env::{Counter, Disk, Env, Gauge, Open};
use futures_util::{
    FutureExt,
    future::{BoxFuture, Either},
};
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::{
    BlobError, DRIVE, DriveSpec,
    calls::{Calls, Noted},
    drives::{who, write},
    identity,
    work::{Job, Work},
};

/// Threads that may wait for one drive because of requests; with many drives fewer, so that those that hang leave enough of
/// the 512 that there are.
const THREADS_MAX: usize = 32;
/// The same, for all drives together.
const THREADS_IN_ALL: usize = 384;
/// Where others wait for a drive, a call that has not returned for so long is the reason: it hangs. Else all are slow.
const HANGS: Duration = Duration::from_secs(2);
/// A call that does not return for so long shows that a drive hangs, whoever else does.
const STUCK: Duration = Duration::from_secs(20);

/// A drive and its health.
pub(crate) struct Slot {
    pub(crate) number: usize,
    pub(crate) root: PathBuf,
    az: String,
    /// The disk, each call of which is noted in `calls`.
    pub(crate) disk: Arc<dyn Disk>,
    calls: Arc<Calls>,
    threads: Arc<Semaphore>,
    is_up: AtomicBool,
    why_away: Mutex<String>,
    /// Raised each time it comes back: what was known of its directories holds no more.
    pub(crate) life: AtomicU64,
    /// What `Drives::wanted` was when it came back, until it has caught up.
    pub(crate) behind: AtomicU64,
    /// Whether it came back or is new since the start: what it lacks is being rebuilt.
    pub(crate) is_rebuilt: AtomicBool,
    pub(crate) is_full: AtomicBool,
    pub(crate) is_probed: AtomicBool,
    errors: Counter,
    damaged: Counter,
    slow: Counter,
    pub(crate) rebuilt: Counter,
    pub(crate) rebuilt_bytes: Counter,
    up: Gauge,
}

/// Work on a drive, under way or waiting for a thread.
pub(crate) type Asked<T> = Either<Job<T>, BoxFuture<'static, Result<T, BlobError>>>;

/// What is known of a drive.
#[derive(Clone, Debug)]
pub struct Health {
    /// Its number.
    pub number: usize,
    /// Its directory.
    pub path: PathBuf,
    /// Its AZ group.
    pub az: String,
    /// Why it is away; none where it is not.
    pub away: Option<String>,
    /// Whether it may lack blobs: its names have not been compared, or what was missing could not all be rebuilt.
    pub is_behind: bool,
    /// Whether it came back or is new since the start, and blobs are being rebuilt on it.
    pub is_rebuilt: bool,
    /// Whether new blobs go without it for want of room.
    pub is_full: bool,
    /// Bytes that may still be written, and bytes in all; none where it does not say.
    pub space: Option<(u64, u64)>,
    /// Calls that failed.
    pub errors: u64,
    /// Shards that were damaged or missing.
    pub damaged: u64,
    /// Calls that let others wait.
    pub slow: u64,
    /// Shards that were written anew.
    pub rebuilt: u64,
    /// Their bytes.
    pub rebuilt_bytes: u64,
}

/// What was found where a drive is well.
pub(crate) struct Probe {
    /// It was empty, and has its identity now.
    pub(crate) is_new: bool,
    pub(crate) has_room: bool,
}

impl Slot {
    /// The drive of that number, of `count`.
    pub(crate) fn new(env: &Env, number: usize, count: usize, spec: &DriveSpec) -> Self {
        let calls = Calls::new(env.clocks.steady.clone());
        let labels = format!("drive=\"{number}\"");
        let counter = |name| env.metrics.counter(name, &labels);
        Self {
            number,
            root: spec.path.clone(),
            az: spec.az.clone(),
            disk: Arc::new(Noted { disk: env.disk.clone(), calls: calls.clone() }),
            calls,
            threads: Arc::new(Semaphore::new((THREADS_IN_ALL / count.max(1)).clamp(1, THREADS_MAX))),
            is_up: AtomicBool::new(false),
            why_away: Mutex::default(),
            life: AtomicU64::new(0),
            behind: AtomicU64::new(0),
            is_rebuilt: AtomicBool::new(false),
            is_full: AtomicBool::new(false),
            is_probed: AtomicBool::new(false),
            errors: counter("kumiki_drive_errors_total"),
            damaged: counter("kumiki_drive_damaged_total"),
            slow: counter("kumiki_drive_slow_total"),
            rebuilt: counter("kumiki_drive_rebuilt_total"),
            rebuilt_bytes: counter("kumiki_drive_rebuilt_bytes_total"),
            up: env.metrics.gauge("kumiki_drive_up", &labels),
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        self.is_up.load(Ordering::SeqCst)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.is_full.load(Ordering::SeqCst)
    }

    /// Starts work that waits for this drive, and for no other. It takes one of the drive's threads, or waits for one.
    pub(crate) fn start<T, F>(self: &Arc<Self>, work: Work, f: F) -> Asked<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, BlobError> + Send + 'static,
    {
        match self.threads.clone().try_acquire_owned() {
            Ok(thread) => Either::Left(work.start(move || {
                let _thread = thread;
                f()
            })),
            Err(_) => Either::Right(self.clone().start_later(work, f).boxed()),
        }
    }

    async fn start_later<T, F>(self: Arc<Self>, work: Work, f: F) -> Result<T, BlobError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, BlobError> + Send + 'static,
    {
        let thread = self.threads.clone().acquire_owned().await.map_err(|_| BlobError::Stopped)?;
        if !self.is_up() {
            return Err(BlobError::Silent);
        }
        let begun = move || {
            let _thread = thread;
            f()
        };
        work.start(begun).await
    }

    /// Starts work on this drive that is done as well by a sweep later: where it is away, or busy, it is not done now.
    pub(crate) fn leave_work(&self, work: Work, f: impl FnOnce() + Send + 'static) {
        if !self.is_up() {
            return;
        }
        if let Ok(thread) = self.threads.clone().try_acquire_owned() {
            work.leave(move || {
                let _thread = thread;
                f();
            });
        }
    }

    /// Whether it is away and does not even end what it was asked before: nobody is to wait for that.
    pub(crate) fn is_silent(&self) -> bool {
        !self.is_up() && self.hangs()
    }

    /// Whether a call does not return that others wait for.
    pub(crate) fn hangs(&self) -> bool {
        self.calls.longest() >= HANGS
    }

    /// Whether a call has not returned for so long that it hangs, whatever else it answers.
    pub(crate) fn is_stuck(&self) -> bool {
        self.calls.longest() >= STUCK
    }

    /// Whether the directory is still the drive's own: a name in another one is not to be trusted.
    pub(crate) fn is_itself(&self) -> io::Result<()> {
        if self.disk.exists(&self.root.join(DRIVE)) {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::NotFound, "the directory is no longer the drive's"))
    }

    /// A call failed: the drive is away until a probe says otherwise. That its disk is full is no fault of it.
    ///
    /// This may ask the drive who it is, and wait for that: it is said where the call was made, never on the reactor.
    pub(crate) fn failed(&self, error: &BlobError) {
        match error {
            BlobError::Full => self.is_full.store(true, Ordering::SeqCst),
            BlobError::Missing(_) | BlobError::Damaged { .. } => {
                // What a drive lacks because it was away, or is new, says nothing against it.
                let is_expected =
                    matches!(error, BlobError::Missing(_)) && self.behind.load(Ordering::SeqCst) > 0;
                self.damaged.add(u64::from(!is_expected));
                if let Err(gone) = self.is_itself() {
                    self.leave(&gone.to_string());
                }
            }
            BlobError::Io { .. } => {
                self.errors.add(1);
                self.leave(&error.to_string());
            }
            _ => {}
        }
    }

    /// Others had to wait for it.
    pub(crate) fn is_slow(&self) {
        self.slow.add(1);
        self.leave("it does not answer in time");
    }

    /// A read was begun elsewhere, too.
    pub(crate) fn was_overtaken(&self) {
        self.slow.add(1);
    }

    pub(crate) fn leave(&self, why: &str) {
        why.clone_into(&mut self.why_away.lock());
        self.up.set(0);
        if self.is_up.swap(false, Ordering::SeqCst) || self.life.fetch_max(1, Ordering::SeqCst) == 0 {
            tracing::error!(drive = self.number, path = %self.root.display(), why, "a drive is away");
        }
    }

    /// It answers as it should.
    pub(crate) fn is_there(&self) {
        self.is_up.store(true, Ordering::SeqCst);
        self.up.set(1);
    }

    /// Asks the drive who it is and whether it takes a write.
    pub(crate) fn probe(&self, array: &[u8; 16]) -> Result<Probe, String> {
        let disk = &*self.disk;
        let is_new = match who(disk, &self.root, array)? {
            Some(number) if number == self.number => false,
            Some(number) => return Err(format!("it is drive {number} now")),
            None => {
                let text = identity::drive_text(*array, self.number);
                write(disk, &self.root, DRIVE, &text).map_err(|e| e.to_string())?;
                true
            }
        };
        let has_room = disk.space(&self.root).is_ok_and(|(free, total)| free >= 2 * env::spare_bytes(total));
        if !self.is_up() && !is_new && has_room {
            let asked = self.root.join("PROBE");
            let file = disk.open(&asked, Open::Write).map_err(|e| e.to_string())?;
            file.write_all_at(b"probe", 0).and_then(|()| file.sync_data()).map_err(|e| e.to_string())?;
            disk.remove(&asked).map_err(|e| e.to_string())?;
        }
        Ok(Probe { is_new, has_room })
    }

    pub(crate) fn health(&self) -> Health {
        Health {
            number: self.number,
            path: self.root.clone(),
            az: self.az.clone(),
            away: (!self.is_up()).then(|| self.why_away.lock().clone()),
            is_behind: self.behind.load(Ordering::SeqCst) > 0,
            is_rebuilt: self.is_rebuilt.load(Ordering::SeqCst),
            is_full: self.is_full(),
            space: None,
            errors: self.errors.get(),
            damaged: self.damaged.get(),
            slow: self.slow.get(),
            rebuilt: self.rebuilt.get(),
            rebuilt_bytes: self.rebuilt_bytes.get(),
        }
    }
}
