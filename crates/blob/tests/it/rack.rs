//! A rack of drives on one disk, of which each may be pulled, put back, exchanged, or fail by itself.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use blob::{Blobs, DriveSpec, Drives};
use env::{Disk, Env, File, Open, SimDisk};

use crate::now;

/// How a drive is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    Well,
    /// Pulled: nothing is there.
    Pulled,
    /// Every call fails.
    Failing,
    /// Every call waits until it is something else.
    Stuck,
    /// The same, but reads and writes of open files go on.
    StuckNames,
    /// Only syncs and removals of names wait.
    StuckSyncs,
    /// Only reads of open files wait.
    StuckReads,
    /// Takes no bytes.
    Full,
}

#[derive(Clone, Copy)]
struct Bay {
    mode: Mode,
    /// Which drive is in the bay.
    edition: u32,
}

/// The disk as `/d0`, `/d1`, ...; what is elsewhere is always well.
#[derive(Clone)]
pub(crate) struct Rack {
    disk: Arc<dyn Disk>,
    above: PathBuf,
    bays: Arc<(Mutex<HashMap<String, Bay>>, Condvar)>,
    /// Calls that wait for a drive that is stuck.
    waiting: Arc<AtomicUsize>,
}

/// What a call is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Names,
    Syncs,
    Reads,
    Writes,
}

impl Rack {
    pub(crate) fn new(disk: Arc<dyn Disk>, above: &Path) -> Self {
        Self { disk, above: above.to_owned(), bays: Arc::default(), waiting: Arc::default() }
    }

    pub(crate) fn set(&self, drive: usize, mode: Mode) {
        self.change(drive, |bay| bay.mode = mode);
    }

    pub(crate) fn set_all(&self, drives: &[usize], mode: Mode) {
        for drive in drives {
            self.set(*drive, mode);
        }
    }

    /// Puts a new, empty drive in the place of one.
    pub(crate) fn exchange(&self, drive: usize) {
        self.change(drive, |bay| *bay = Bay { mode: Mode::Well, edition: bay.edition + 1 });
        self.disk.create_dir_all(&self.real(&self.root(drive)).expect("a drive that is well")).unwrap();
    }

    pub(crate) fn root(&self, drive: usize) -> PathBuf {
        self.above.join(format!("d{drive}"))
    }

    fn change(&self, drive: usize, how: impl FnOnce(&mut Bay)) {
        let mut bays = self.bays.0.lock().unwrap_or_else(PoisonError::into_inner);
        how(bays.entry(format!("d{drive}")).or_insert(Bay { mode: Mode::Well, edition: 0 }));
        self.bays.1.notify_all();
    }

    fn split<'a>(&self, path: &'a Path) -> Option<(String, &'a Path)> {
        let below = path.strip_prefix(&self.above).ok()?;
        let bay = below.iter().next()?.to_str()?;
        let is_bay = bay.strip_prefix('d').is_some_and(|n| n.parse::<usize>().is_ok());
        is_bay.then(|| (bay.to_owned(), below.strip_prefix(bay).expect("its own beginning")))
    }

    /// Where a path is on the disk below, if its drive answers.
    pub(crate) fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let Some((name, below)) = self.split(path) else { return Ok(path.to_owned()) };
        let bay =
            self.bays.0.lock().unwrap().get(&name).copied().unwrap_or(Bay { mode: Mode::Well, edition: 0 });
        match bay.mode {
            Mode::Pulled => Err(io::ErrorKind::NotFound.into()),
            Mode::Failing => Err(io::Error::other("the drive fails")),
            _ => Ok(self.above.join(format!("{name}-{}", bay.edition)).join(below)),
        }
    }

    /// Calls that wait now.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Waits while the drive is stuck.
    fn stuck(&self, path: &Path, of: Of) {
        let Some((name, _)) = self.split(path) else { return };
        let bays = self.bays.0.lock().unwrap();
        let stuck = |bays: &mut HashMap<String, Bay>| {
            bays.get(&name).is_some_and(|bay| match bay.mode {
                Mode::Stuck => true,
                Mode::StuckNames => matches!(of, Of::Names | Of::Syncs),
                Mode::StuckSyncs => of == Of::Syncs,
                Mode::StuckReads => of == Of::Reads,
                _ => false,
            })
        };
        self.waiting.fetch_add(1, Ordering::SeqCst);
        drop(self.bays.1.wait_while(bays, stuck).unwrap());
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    /// Where a path is on the disk below, once its drive is not stuck.
    fn name(&self, path: &Path, of: Of) -> io::Result<PathBuf> {
        self.stuck(path, of);
        self.real(path)
    }

    fn is_full(&self, path: &Path) -> bool {
        let bay = self.split(path).and_then(|(name, _)| self.bays.0.lock().unwrap().get(&name).copied());
        bay.is_some_and(|bay| bay.mode == Mode::Full)
    }
}

struct RackFile {
    file: Box<dyn File>,
    /// As it was asked for, and where it was then.
    path: PathBuf,
    real: PathBuf,
    rack: Rack,
}

impl RackFile {
    fn there(&self) -> io::Result<()> {
        let stays = self.rack.real(&self.path).is_ok_and(|real| real == self.real);
        if stays { Ok(()) } else { Err(io::Error::other("its drive is gone")) }
    }

    fn room(&self) -> io::Result<()> {
        self.there()?;
        if self.rack.is_full(&self.path) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl File for RackFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.rack.stuck(&self.path, Of::Reads);
        self.there()?;
        self.file.read_at(into, offset)
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        self.rack.stuck(&self.path, Of::Writes);
        self.room()?;
        self.file.write_all_at(from, offset)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.rack.stuck(&self.path, Of::Writes);
        self.there()?;
        self.file.sync_data()
    }
    fn sync_all(&self) -> io::Result<()> {
        self.there()?;
        self.file.sync_all()
    }
    fn len(&self) -> io::Result<u64> {
        self.there()?;
        self.file.len()
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        self.rack.stuck(&self.path, Of::Writes);
        self.there()?;
        self.file.set_len(to)
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        self.room()?;
        self.file.allocate(to)
    }
}

impl Disk for Rack {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        let real = self.name(path, Of::Names)?;
        let file = self.disk.open(&real, how)?;
        Ok(Box::new(RackFile { file, path: path.to_owned(), real, rack: self.clone() }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(&self.name(from, Of::Names)?, &self.name(to, Of::Names)?)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(&self.name(path, Of::Syncs)?)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.disk.create_dir_all(&self.name(path, Of::Names)?)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.disk.sync_dir(&self.name(path, Of::Syncs)?)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let real = self.name(path, Of::Names)?;
        let found = self.disk.list(&real)?;
        Ok(found.iter().map(|p| path.join(p.strip_prefix(&real).expect("within"))).collect())
    }
    fn exists(&self, path: &Path) -> bool {
        self.name(path, Of::Names).is_ok_and(|real| self.disk.exists(&real))
    }
    fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
        let (free, total) = self.disk.space(&self.name(path, Of::Names)?)?;
        Ok((if self.is_full(path) { 0 } else { free }, total))
    }
}

/// Directories for drives, in AZ groups where these are named.
pub(crate) fn specs(rack: &Rack, count: usize, groups: &[&str]) -> Vec<DriveSpec> {
    let az = |at: usize| if groups.is_empty() { "" } else { groups[at % groups.len()] };
    (0..count).map(|at| DriveSpec { path: rack.root(at), az: az(at).to_owned() }).collect()
}

/// A store over drives, all on one simulated disk.
pub(crate) struct Racked {
    pub(crate) rack: Rack,
    pub(crate) disk: SimDisk,
    pub(crate) env: Env,
    pub(crate) drives: Arc<Drives>,
    pub(crate) blobs: Blobs,
    pub(crate) count: usize,
}

pub(crate) const CELL: &str = "cell-0/blobs";

pub(crate) fn racked(seed: u64, count: usize, groups: &[&str], spare: Option<usize>) -> Racked {
    let disk = SimDisk::new(seed);
    let rack = Rack::new(Arc::new(disk.clone()), Path::new("/rack"));
    let mut env = Env::simulated(seed);
    env.disk = Arc::new(rack.clone());
    let specs = specs(&rack, count, groups);
    let drives = Drives::open_in_place(&env, Path::new("/data"), &specs, spare).unwrap();
    let blobs = Blobs::open_in_place_on(&env, "/data/blobs".into(), &drives, Path::new(CELL));
    Racked { rack, disk, env, drives, blobs, count }
}

impl Racked {
    /// Looks after drives and rebuilds what they lack, as the server does in the background.
    pub(crate) fn mend(&self) {
        now(self.drives.tend());
        for id in self.blobs.take_wounded() {
            let _ = now(self.blobs.heal(id));
        }
        let Some(wanted) = self.blobs.to_compare() else { return };
        let mut after = None;
        loop {
            let (lacking, next) = now(self.blobs.lacking(after)).unwrap();
            for id in lacking {
                let _ = now(self.blobs.heal(id));
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
        self.blobs.compared(wanted);
        self.drives.caught_up(wanted);
    }

    /// The files of a blob's shards, on drives that answer.
    pub(crate) fn shards(&self, id: blob::BlobId) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for drive in 0..self.count {
            let cell = self.rack.root(drive).join(CELL);
            for directory in self.env.disk.list(&cell).unwrap_or_default() {
                let file = directory.join(id.to_string());
                found.extend(self.env.disk.exists(&file).then(|| self.rack.real(&file).unwrap()));
            }
        }
        found
    }

    /// All files of shards, finished or not, on drives that answer.
    pub(crate) fn files(&self) -> usize {
        (0..self.count)
            .map(|drive| crate::files(&*self.env.disk, &self.rack.root(drive).join(CELL)).len())
            .sum()
    }
}
