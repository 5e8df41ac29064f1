//! A drive: one directory on one disk, in which each blob is a file. The only place that knows paths.

use std::{
    collections::{HashMap, VecDeque},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use env::{Disk, File, Open};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{BlobError, BlobId, work::Work};

/// `<dir>/<second in which the directory was begun, 10 hex digits>/<blob id, 32 hex digits>`
pub(crate) struct Drive {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    /// Directories whose names this process made durable, the latest of them.
    made: Mutex<VecDeque<u64>>,
    /// Directories being synced, and who waits for the next sync of each.
    syncing: Mutex<HashMap<u64, Vec<Synced>>>,
}

type Synced = oneshot::Sender<Result<(), BlobError>>;

/// Directories remembered in `made`.
const MADE_KEPT: usize = 4;

impl Drive {
    pub(crate) fn new(disk: Arc<dyn Disk>, dir: PathBuf) -> Self {
        Self { disk, dir, made: Mutex::default(), syncing: Mutex::default() }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    fn directory(&self, directory: u64) -> PathBuf {
        self.dir.join(format!("{directory:010x}"))
    }

    pub(crate) fn path(&self, id: BlobId) -> PathBuf {
        let mut path = self.directory(id.directory());
        path.push(id.to_string());
        path
    }

    pub(crate) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// What was known of its directories holds no more: it was away, or is another one.
    pub(crate) fn forget_made(&self) {
        self.made.lock().clear();
    }

    /// Makes the file of a new blob; none where the name is taken. Its name is durable after [`Drive::sync_name`].
    pub(crate) fn create(&self, id: BlobId) -> Result<Option<Box<dyn File>>, BlobError> {
        self.make(id.directory())?;
        let path = self.path(id);
        match self.disk.open(&path, Open::New) {
            Ok(file) => Ok(Some(file)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(e) => Err(BlobError::io(&path, e)),
        }
    }

    /// Makes a directory and its name durable, once per process: one left by an earlier run that was cut off between
    /// making it and syncing it would be trusted for nothing.
    pub(crate) fn make(&self, directory: u64) -> Result<(), BlobError> {
        let mut made = self.made.lock();
        if made.contains(&directory) {
            return Ok(());
        }
        let path = self.directory(directory);
        let made_durable = || {
            self.disk.create_dir_all(&path)?;
            if let Some(parent) = self.dir.parent().filter(|p| made.is_empty() && !p.as_os_str().is_empty()) {
                self.disk.sync_dir(parent)?;
            }
            self.disk.sync_dir(&self.dir)
        };
        made_durable().map_err(|e| BlobError::io(&path, e))?;
        made.push_back(directory);
        if made.len() > MADE_KEPT {
            made.pop_front();
        }
        Ok(())
    }

    /// Opens the file of a blob for reading.
    pub(crate) fn open(&self, id: BlobId) -> Result<Box<dyn File>, BlobError> {
        let path = self.path(id);
        self.disk.open(&path, Open::Read).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => BlobError::Missing(id),
            _ => BlobError::io(&path, e),
        })
    }

    /// Takes a blob's name away; whether it was there. Who has the file open goes on reading it.
    pub(crate) fn remove(&self, id: BlobId) -> Result<bool, BlobError> {
        let path = self.path(id);
        match self.disk.remove(&path) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(BlobError::io(&path, e)),
        }
    }

    /// The directories, oldest first. None where nothing was ever written.
    pub(crate) fn directories(&self) -> Result<Vec<u64>, BlobError> {
        let named = |name: &str| u64::from_str_radix(name, 16).ok().filter(|_| name.len() == 10);
        self.list(&self.dir, named)
    }

    /// The blobs in a directory in the order of their ids, finished or not.
    pub(crate) fn blobs(&self, directory: u64) -> Result<Vec<BlobId>, BlobError> {
        self.list(&self.directory(directory), BlobId::parse)
    }

    /// The names in a directory in the order of their ids, and whether each is of a finished shard.
    pub(crate) fn names(&self, directory: u64) -> Result<Vec<(BlobId, bool)>, BlobError> {
        let named = |name: &str| match name.split_once('.') {
            None => BlobId::parse(name).map(|id| (id, true)),
            Some((id, _)) => BlobId::parse(id).map(|id| (id, false)),
        };
        self.list(&self.directory(directory), named)
    }

    fn list<T: Ord>(&self, path: &Path, named: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, BlobError> {
        let paths = match self.disk.list(path) {
            Ok(paths) => paths,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(BlobError::io(path, e)),
        };
        let mut found: Vec<T> =
            paths.iter().filter_map(|p| p.file_name()?.to_str()).filter_map(named).collect();
        found.sort_unstable();
        Ok(found)
    }

    /// Bytes that may still be written, and bytes in all.
    pub(crate) fn space(&self) -> Result<(u64, u64), BlobError> {
        // Before the first write there is no directory yet: the nearest one above it is on the same disk.
        let there = self.dir.ancestors().find(|p| self.disk.exists(p)).unwrap_or(&self.dir);
        self.disk.space(there).map_err(|e| BlobError::io(there, e))
    }

    /// Refuses a new blob where `bytes` more would take what is kept free for records: these still grow when something
    /// is deleted.
    pub(crate) fn check_room(&self, bytes: u64) -> Result<(), BlobError> {
        let (free, total) = self.space()?;
        let needed = bytes.saturating_add(2 * env::spare_bytes(total));
        if free < needed { Err(BlobError::Full) } else { Ok(()) }
    }

    /// Makes the name of a blob durable. Those who come while a sync runs share the next one. The answer comes
    /// through the channel; the thread itself waits for one sync at most.
    pub(crate) fn sync_name(
        self: &Arc<Self>,
        id: BlobId,
        work: Work,
    ) -> oneshot::Receiver<Result<(), BlobError>> {
        let directory = id.directory();
        let (tx, rx) = oneshot::channel();
        {
            let mut syncing = self.syncing.lock();
            if let Some(next) = syncing.get_mut(&directory) {
                next.push(tx);
                return rx;
            }
            syncing.insert(directory, vec![tx]);
        }
        Turns { drive: self.clone(), directory, over: false }.run(work);
        rx
    }
}

/// The right to sync a directory, held while the directory stands in `syncing`.
struct Turns {
    drive: Arc<Drive>,
    directory: u64,
    over: bool,
}

impl Turns {
    /// Syncs once for all that wait by now, and leaves those who come meanwhile to another thread: who came first
    /// does not wait for who comes later.
    fn run(mut self, work: Work) {
        let waiting =
            self.drive.syncing.lock().get_mut(&self.directory).map(std::mem::take).unwrap_or_default();
        let path = self.drive.directory(self.directory);
        let result = self.drive.disk.sync_dir(&path).map_err(|e| BlobError::io(&path, e));
        for tx in waiting {
            let _ = tx.send(result.clone()); // who went away meanwhile needs no answer
        }
        {
            let mut syncing = self.drive.syncing.lock();
            if syncing.get(&self.directory).is_none_or(Vec::is_empty) {
                syncing.remove(&self.directory);
                self.over = true;
                return;
            }
        }
        work.leave(move || self.run(work));
    }
}

impl Drop for Turns {
    /// A turn that is never run, because the runtime ended, or that panics: the channels of those who wait close.
    fn drop(&mut self) {
        if !self.over {
            self.drive.syncing.lock().remove(&self.directory);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    };

    use env::{Env, SimDisk};

    use super::*;

    /// A disk whose first sync of a directory waits until it is let go.
    struct Gated {
        disk: SimDisk,
        gate: Barrier,
        syncs: AtomicUsize,
    }

    impl Disk for Gated {
        fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
            self.disk.open(path, how)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.disk.rename(from, to)
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            self.disk.remove(path)
        }
        fn create_dir_all(&self, path: &Path) -> io::Result<()> {
            self.disk.create_dir_all(path)
        }
        fn sync_dir(&self, path: &Path) -> io::Result<()> {
            if self.syncs.fetch_add(1, Ordering::SeqCst) == 0 {
                self.gate.wait(); // the sync is under way
                self.gate.wait(); // it may end
            }
            self.disk.sync_dir(path)
        }
        fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
            self.disk.list(path)
        }
        fn exists(&self, path: &Path) -> bool {
            self.disk.exists(path)
        }
        fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
            self.disk.space(path)
        }
    }

    #[test]
    fn those_who_come_during_a_sync_share_the_next() {
        let gated = Gated { disk: SimDisk::new(1), gate: Barrier::new(2), syncs: AtomicUsize::new(0) };
        let gated = Arc::new(gated);
        let drive = Arc::new(Drive::new(gated.clone(), "/d".into()));
        let id = crate::id::Ids::default().begin(&Env::simulated(1));
        let first = {
            let drive = drive.clone();
            std::thread::spawn(move || drive.sync_name(id, Work::InPlace).blocking_recv())
        };
        gated.gate.wait();
        let rest: Vec<_> = (0..8).map(|_| drive.sync_name(id, Work::InPlace)).collect();
        gated.gate.wait();
        first.join().unwrap().unwrap().unwrap();
        for rx in rest {
            rx.blocking_recv().unwrap().unwrap();
        }
        assert_eq!(gated.syncs.load(Ordering::SeqCst), 2);
        assert!(drive.syncing.lock().is_empty());
    }
}
