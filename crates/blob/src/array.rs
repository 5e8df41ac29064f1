//! The part of the drives that one blob store has: a directory on each, in which each blob has a shard.
//!
//! A shard is written under another name and gets its own when it is complete and synced: so a name that is there is a
//! shard that is whole, and what a drive missed shows in its names.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use env::{File, Open};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{
    BlobError, BlobId, Inner,
    drive::Drive,
    drives::{Drives, PATIENCE},
    shape::Shape,
    slot::Slot,
    together::{Event, Together},
    work::Work,
};

/// What a shard's name ends with while a writer, or a rebuild, is not done with it.
pub(crate) const UNFINISHED: [&str; 2] = [".new", ".heal"];

pub(crate) struct Array {
    pub(crate) drives: Arc<Drives>,
    homes: Vec<Home>,
    /// Blobs that were found to lack a shard.
    wounded: Mutex<BTreeSet<BlobId>>,
    /// What `Drives::wanted` said when names were last compared.
    compared: AtomicU64,
}

/// Wounded blobs that are remembered one by one; the scrub finds more.
const WOUNDED_MAX: usize = 10_000;

/// A directory on a drive.
struct Home {
    slot: Arc<Slot>,
    drive: Arc<Drive>,
    life: AtomicU64,
}

/// A blob as the drives' names show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Seen {
    pub(crate) id: BlobId,
    /// Shards that drives which are there have.
    pub(crate) shards: usize,
    /// Drives that are there and have none, or have one that was never finished.
    pub(crate) lacking: usize,
}

impl Array {
    /// The directories `within` all drives.
    pub(crate) fn new(drives: &Arc<Drives>, within: &Path) -> Self {
        let home = |slot: &Arc<Slot>| Home {
            slot: slot.clone(),
            drive: Arc::new(Drive::new(slot.disk.clone(), slot.root.join(within))),
            life: AtomicU64::new(0),
        };
        let homes = drives.slots.iter().map(home).collect();
        Self { drives: drives.clone(), homes, wounded: Mutex::default(), compared: AtomicU64::new(0) }
    }

    pub(crate) fn shape(&self) -> Shape {
        self.drives.shape
    }

    pub(crate) fn slot(&self, id: BlobId, shard: usize) -> &Arc<Slot> {
        &self.homes[self.shape().slot(id, shard)].slot
    }

    fn home(&self, id: BlobId, shard: usize) -> &Home {
        &self.homes[self.shape().slot(id, shard)]
    }

    pub(crate) fn path(&self, id: BlobId, shard: usize) -> PathBuf {
        self.home(id, shard).drive.path(id)
    }

    pub(crate) fn wound(&self, id: BlobId) {
        let mut wounded = self.wounded.lock();
        if wounded.len() < WOUNDED_MAX {
            wounded.insert(id);
        }
    }

    pub(crate) fn take_wounded(&self) -> Vec<BlobId> {
        std::mem::take(&mut *self.wounded.lock()).into_iter().collect()
    }

    /// What is to be compared up to; none where that was done.
    pub(crate) fn to_compare(&self) -> Option<u64> {
        let wanted = self.drives.wanted();
        (self.compared.load(Ordering::SeqCst) < wanted).then_some(wanted)
    }

    pub(crate) fn compared(&self, wanted: u64) {
        self.compared.fetch_max(wanted, Ordering::SeqCst);
    }

    /// Starts work that calls all drives that are there, one after another, and waits for it. Where one of them turns out
    /// to hang, the work is left to itself.
    pub(crate) async fn start<T, F>(&self, f: F) -> Result<T, BlobError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, BlobError> + Send + 'static,
    {
        let there: Vec<_> = self.homes.iter().map(|home| &home.slot).filter(|slot| slot.is_up()).collect();
        let mut one = Together::default();
        one.add(0, self.drives.work.start(f));
        loop {
            match one.next(&mut self.drives.late(PATIENCE)).await {
                Event::Ended(_, result) => return result,
                Event::Late if there.iter().any(|slot| slot.is_silent()) => return Err(BlobError::Silent),
                Event::Late => {}
                Event::Over => return Err(BlobError::Stopped),
            }
        }
    }

    /// Makes the file of a shard, under the name of an unfinished one.
    pub(crate) fn create(
        &self,
        id: BlobId,
        shard: usize,
        ending: &'static str,
    ) -> Result<(PathBuf, Box<dyn File>), BlobError> {
        let home = self.home(id, shard);
        let path = named(&home.drive.path(id), ending);
        let at = |e| BlobError::io(&path, e);
        home.slot.is_itself().map_err(at)?;
        let life = home.slot.life.load(Ordering::SeqCst);
        if home.life.swap(life, Ordering::SeqCst) != life {
            home.drive.forget_made();
        }
        home.drive.make(id.directory())?;
        let disk = home.drive.disk();
        let file =
            disk.open(&path, Open::Write).and_then(|file| file.set_len(0).map(|()| file)).map_err(at)?;
        Ok((path, file))
    }

    /// Gives a shard that is complete and synced its name.
    pub(crate) fn publish(&self, id: BlobId, shard: usize, from: &Path) -> Result<(), BlobError> {
        let drive = &self.home(id, shard).drive;
        drive.disk().rename(from, &drive.path(id)).map_err(|e| BlobError::io(from, e))
    }

    /// Starts to make a shard's name durable.
    pub(crate) fn sync_name(
        &self,
        id: BlobId,
        shard: usize,
        work: Work,
    ) -> oneshot::Receiver<Result<(), BlobError>> {
        self.home(id, shard).drive.sync_name(id, work)
    }

    /// Makes a shard's name durable.
    pub(crate) fn sync_directory(&self, id: BlobId, shard: usize) -> Result<(), BlobError> {
        let drive = &self.home(id, shard).drive;
        let path = drive.path(id);
        let directory = path.parent().unwrap_or(&path);
        drive.disk().sync_dir(directory).map_err(|e| BlobError::io(directory, e))
    }

    /// Removes what a crash left of shards that were never finished.
    pub(crate) fn remove_unfinished(&self, id: BlobId) {
        for shard in (0..self.homes.len()).filter(|shard| self.slot(id, *shard).is_up()) {
            for ending in UNFINISHED {
                let path = named(&self.path(id, shard), ending);
                if self.home(id, shard).drive.disk().exists(&path) {
                    self.remove_path(id, shard, &path);
                }
            }
        }
    }

    /// Has the file of a shard removed that nobody will ask for; where that cannot be done now, a sweep will do it.
    pub(crate) fn remove_later(self: &Arc<Self>, id: BlobId, shard: usize, path: PathBuf) {
        let array = self.clone();
        self.slot(id, shard).leave_work(self.drives.work, move || array.remove_path(id, shard, &path));
    }

    pub(crate) fn remove_path(&self, id: BlobId, shard: usize, path: &Path) {
        if let Err(error) = self.home(id, shard).drive.disk().remove(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::debug!(%id, %error, "an unfinished shard stays until it is swept");
        }
    }

    pub(crate) fn open(&self, id: BlobId, shard: usize) -> Result<Box<dyn File>, BlobError> {
        self.home(id, shard).drive.open(id)
    }

    /// Refuses a new shard where `bytes` more would leave too little room.
    pub(crate) fn check_room(&self, id: BlobId, shard: usize, bytes: u64) -> Result<(), BlobError> {
        self.home(id, shard).drive.check_room(bytes)
    }

    /// Whether a shard has its name.
    pub(crate) fn exists(&self, id: BlobId, shard: usize) -> bool {
        let drive = &self.home(id, shard).drive;
        drive.disk().exists(&drive.path(id))
    }

    /// Removes all shards on drives that are there. Those that are not keep theirs until they are swept.
    pub(crate) async fn remove(self: &Arc<Self>, id: BlobId) -> Result<bool, BlobError> {
        let mut removals = Together::default();
        for at in (0..self.homes.len()).filter(|at| self.homes[*at].slot.is_up()) {
            let array = self.clone();
            let removal = move || {
                let Home { slot, drive, .. } = &array.homes[at];
                let mut removed = drive.remove(id).inspect_err(|e| slot.failed(e))?;
                for ending in UNFINISHED {
                    removed |= drive.disk().remove(&named(&drive.path(id), ending)).is_ok();
                }
                Ok(removed)
            };
            removals.add(at, self.homes[at].slot.start(self.drives.work, removal));
        }
        let (mut removed, mut late) = (false, self.drives.late(PATIENCE));
        loop {
            match removals.next(&mut late).await {
                Event::Ended(_, answer) => removed |= answer.unwrap_or(false),
                // They are removed when their turn comes, or swept.
                Event::Late => removals.give_up(),
                Event::Over => return Ok(removed),
            }
        }
    }

    /// The directories of all drives that are there, oldest first.
    pub(crate) fn directories(&self) -> BTreeSet<u64> {
        self.homes.iter().filter_map(|home| home.asked(Drive::directories)).flatten().collect()
    }

    /// The blobs in a directory of all drives that are there, in the order of their ids, finished or not.
    pub(crate) fn seen(&self, directory: u64) -> Vec<Seen> {
        let mut all = std::collections::BTreeMap::<BlobId, (usize, usize)>::new();
        let mut asked = 0;
        for home in &self.homes {
            let Some(names) = home.asked(|drive| drive.names(directory)) else { continue };
            asked += 1;
            for (id, is_finished) in names {
                let (finished, unfinished) = all.entry(id).or_default();
                *(if is_finished { finished } else { unfinished }) += 1;
            }
        }
        let seen = |(id, (shards, unfinished)): (BlobId, (usize, usize))| Seen {
            id,
            shards,
            lacking: (asked - shards.min(asked)).max(unfinished),
        };
        all.into_iter().map(seen).collect()
    }

    /// Room on the drives for contents, and contents in all: what the drive with the least has, for all with data.
    pub(crate) fn space(&self) -> (u64, u64) {
        let spaces: Vec<_> = self.homes.iter().filter_map(|home| home.asked(Drive::space)).collect();
        let data = self.shape().data as u64;
        let least = |of: fn(&(u64, u64)) -> u64| spaces.iter().map(of).min().unwrap_or(0) * data;
        (least(|s| s.0), least(|s| s.1))
    }
}

impl Home {
    /// What a drive that is there answers. One that fails is away.
    fn asked<T>(&self, ask: impl FnOnce(&Drive) -> Result<T, BlobError>) -> Option<T> {
        if !self.slot.is_up() {
            return None;
        }
        ask(&self.drive).inspect_err(|e| self.slot.failed(e)).ok()
    }
}

pub(crate) fn named(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// An id under which shards are written. It counts as being written until the last of them is dropped.
pub(crate) struct Claim {
    pub(crate) inner: Arc<Inner>,
    pub(crate) id: BlobId,
    pub(crate) is_finished: std::sync::atomic::AtomicBool,
}

impl Claim {
    pub(crate) fn new(inner: &Arc<Inner>) -> Self {
        let id = inner.ids.begin(&inner.env);
        Self { inner: inner.clone(), id, is_finished: std::sync::atomic::AtomicBool::new(false) }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.is_finished.load(Ordering::SeqCst) {
            self.inner.ids.abandoned(self.id);
        }
    }
}
