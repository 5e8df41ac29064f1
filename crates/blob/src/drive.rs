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

    /// Makes the file of a new blob. Its name is durable after [`Drive::sync_name`].
    pub(crate) fn create(&self, id: BlobId) -> Result<Box<dyn File>, BlobError> {
        self.make(id.directory())?;
        let path = self.path(id);
        self.disk.open(&path, Open::New).map_err(|e| BlobError::io(&path, e))
    }

    /// Makes a directory and its name durable, once per process: one left by an earlier run that was cut off between
    /// making it and syncing it would be trusted for nothing.
    fn make(&self, directory: u64) -> Result<(), BlobError> {
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
            syncing.insert(directory, Vec::new());
        }
        self.sync(directory, vec![tx], work);
        rx
    }

    fn sync(self: &Arc<Self>, directory: u64, waiting: Vec<Synced>, work: Work) {
        let path = self.directory(directory);
        let result = self.disk.sync_dir(&path).map_err(|e| BlobError::io(&path, e));
        for tx in waiting {
            let _ = tx.send(result.clone()); // who went away meanwhile needs no answer
        }
        let mut syncing = self.syncing.lock();
        let Some(next) = syncing.get_mut(&directory) else { return };
        if next.is_empty() {
            syncing.remove(&directory);
            return;
        }
        let next = std::mem::take(next);
        drop(syncing);
        let drive = self.clone();
        work.leave(move || drive.sync(directory, next, work));
    }
}
