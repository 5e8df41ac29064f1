//! A disk in memory that forgets what was not synced.
//!
//! [`SimDisk::power_loss`] keeps what syncs promised and, of the rest, keeps, tears or drops each write by the seed:
//! that is what a missing fsync looks like, and what a kill of the process alone can never show.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::Mutex;

use crate::{Disk, File, Open, Random};

/// A file system in memory. Cheap to clone; clones share it.
#[derive(Clone)]
pub struct SimDisk(Arc<Mutex<Inner>>);

struct Inner {
    random: Random,
    names: BTreeMap<PathBuf, Node>,
    /// Names as stable media have them.
    durable: BTreeMap<PathBuf, Node>,
    directories: BTreeSet<PathBuf>,
    /// Raised by each power loss: a file opened before is dead after.
    life: u64,
    room_bytes: u64,
    fail_syncs: u32,
    /// Nothing is ever durable here, so nothing is kept twice.
    volatile: bool,
}

type Node = Arc<Mutex<Contents>>;

#[derive(Default)]
struct Contents {
    now: Vec<u8>,
    durable: Vec<u8>,
    unsynced: Vec<(u64, Vec<u8>)>,
}

const SECTOR: usize = 512;

impl SimDisk {
    /// An empty disk whose losses follow `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            random: Random::seeded(seed),
            names: BTreeMap::new(),
            durable: BTreeMap::new(),
            directories: BTreeSet::new(),
            life: 0,
            room_bytes: u64::MAX,
            fail_syncs: 0,
            volatile: false,
        })))
    }

    /// An empty disk for a process that keeps everything in memory: it cannot lose power, and costs half as much.
    pub fn volatile() -> Self {
        let disk = Self::new(0);
        disk.0.lock().volatile = true;
        disk
    }

    /// Removes every file and directory; open files stay with who has them open.
    pub fn clear(&self) {
        let mut inner = self.0.lock();
        inner.names.clear();
        inner.durable.clear();
        inner.directories.clear();
    }

    /// The power goes: open files die; unsynced writes are each kept, torn at a sector or lost; unsynced names are
    /// lost or kept.
    pub fn power_loss(&self) {
        let mut inner = self.0.lock();
        inner.life += 1;
        let random = inner.random.clone();
        let mut names = inner.durable.clone();
        for (path, node) in &inner.names {
            if !names.contains_key(path) && random.below(2) == 0 {
                names.insert(path.clone(), node.clone());
            }
        }
        for node in names.values() {
            node.lock().lose_power(&random);
        }
        inner.durable.clone_from(&names);
        inner.names = names;
    }

    /// Limits the bytes that files may hold in all; writes beyond answer `StorageFull`.
    pub fn set_room(&self, bytes: u64) {
        self.0.lock().room_bytes = bytes;
    }

    /// Makes the next `count` syncs fail with an I/O error.
    pub fn fail_syncs(&self, count: u32) {
        self.0.lock().fail_syncs = count;
    }

    /// Flips one bit of a file's durable and present contents.
    pub fn flip_bit(&self, path: &Path, offset: u64, bit: u8) {
        if let Some(node) = self.0.lock().names.get(path) {
            let mut contents = node.lock();
            for bytes in [0, 1] {
                let side = if bytes == 0 { &mut contents.now } else { &mut contents.durable };
                if let Some(byte) = side.get_mut(offset as usize) {
                    *byte ^= 1 << (bit & 7);
                }
            }
        }
    }

    fn used(inner: &Inner) -> u64 {
        inner.names.values().map(|n| n.lock().now.len() as u64).sum()
    }
}

impl Contents {
    fn lose_power(&mut self, random: &Random) {
        let mut kept = std::mem::take(&mut self.durable);
        for (offset, bytes) in std::mem::take(&mut self.unsynced) {
            let offset = offset as usize;
            match random.below(3) {
                0 => {}
                1 => write_into(&mut kept, offset, &bytes),
                _ => {
                    let sectors = bytes.len().div_ceil(SECTOR) as u64;
                    let cut = (random.below(sectors + 1) as usize * SECTOR).min(bytes.len());
                    write_into(&mut kept, offset, &bytes[..cut]);
                }
            }
        }
        self.now.clone_from(&kept);
        self.durable = kept;
    }
}

fn write_into(bytes: &mut Vec<u8>, offset: usize, from: &[u8]) {
    if from.is_empty() {
        return;
    }
    if bytes.len() < offset + from.len() {
        bytes.resize(offset + from.len(), 0);
    }
    bytes[offset..offset + from.len()].copy_from_slice(from);
}

struct SimFile {
    disk: SimDisk,
    node: Node,
    life: u64,
    writable: bool,
}

impl SimFile {
    fn alive(&self) -> io::Result<()> {
        if self.disk.0.lock().life == self.life { Ok(()) } else { Err(io::Error::other("the power went")) }
    }

    fn grow_to(&self, to: u64) -> io::Result<()> {
        self.alive()?;
        let inner = self.disk.0.lock();
        let have = self.node.lock().now.len() as u64;
        if to > have && inner.room_bytes != u64::MAX && SimDisk::used(&inner) + (to - have) > inner.room_bytes
        {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}

impl File for SimFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.alive()?;
        let contents = self.node.lock();
        let from = contents.now.get(offset as usize..).unwrap_or_default();
        let n = from.len().min(into.len());
        into[..n].copy_from_slice(&from[..n]);
        Ok(n)
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        if !self.writable {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.grow_to(offset + from.len() as u64)?;
        let volatile = self.disk.0.lock().volatile;
        let mut contents = self.node.lock();
        write_into(&mut contents.now, offset as usize, from);
        if !volatile {
            contents.unsynced.push((offset, from.to_vec()));
        }
        Ok(())
    }
    fn sync_data(&self) -> io::Result<()> {
        self.alive()?;
        let mut inner = self.disk.0.lock();
        if inner.fail_syncs > 0 {
            inner.fail_syncs -= 1;
            return Err(io::Error::other("injected sync failure"));
        }
        if inner.volatile {
            return Ok(());
        }
        let mut contents = self.node.lock();
        let Contents { now, durable, .. } = &mut *contents;
        durable.clone_from(now);
        contents.unsynced.clear();
        Ok(())
    }
    fn sync_all(&self) -> io::Result<()> {
        self.sync_data()
    }
    fn len(&self) -> io::Result<u64> {
        self.alive()?;
        Ok(self.node.lock().now.len() as u64)
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        self.grow_to(to)?;
        let mut contents = self.node.lock();
        contents.now.resize(to as usize, 0);
        // Cut bytes may not come back: what was unsynced beyond the new end is forgotten with them.
        contents.unsynced.retain(|(offset, _)| *offset < to);
        Ok(())
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        self.grow_to(to)?;
        let mut contents = self.node.lock();
        if (contents.now.len() as u64) < to {
            contents.now.resize(to as usize, 0);
        }
        Ok(())
    }
}

impl Disk for SimDisk {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        let mut inner = self.0.lock();
        let found = inner.names.get(path).cloned();
        let node = match (found, how) {
            (Some(_), Open::New) => return Err(io::ErrorKind::AlreadyExists.into()),
            (None, Open::Read) => return Err(io::ErrorKind::NotFound.into()),
            (Some(node), _) => node,
            (None, _) => {
                let node = Node::default();
                inner.names.insert(path.to_path_buf(), node.clone());
                node
            }
        };
        Ok(Box::new(SimFile { disk: self.clone(), node, life: inner.life, writable: how != Open::Read }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.0.lock();
        let node = inner.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
        inner.names.insert(to.to_path_buf(), node);
        Ok(())
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.lock().names.remove(path).map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.0.lock();
        for parent in path.ancestors() {
            inner.directories.insert(parent.to_path_buf());
        }
        Ok(())
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.0.lock();
        if inner.volatile {
            return Ok(());
        }
        let inside = |p: &PathBuf| p.parent() == Some(path);
        inner.durable.retain(|p, _| !inside(p));
        let now: Vec<_> =
            inner.names.iter().filter(|(p, _)| inside(p)).map(|(p, n)| (p.clone(), n.clone())).collect();
        inner.durable.extend(now);
        Ok(())
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let inner = self.0.lock();
        let inside = |p: &&PathBuf| p.parent() == Some(path);
        let mut all: Vec<_> = inner.names.keys().filter(inside).cloned().collect();
        all.extend(inner.directories.iter().filter(inside).cloned());
        all.sort();
        all.dedup();
        Ok(all)
    }
    fn exists(&self, path: &Path) -> bool {
        let inner = self.0.lock();
        inner.names.contains_key(path) || inner.directories.contains(path)
    }
    fn space(&self, _path: &Path) -> io::Result<(u64, u64)> {
        let inner = self.0.lock();
        let total = inner.room_bytes.min(1 << 40);
        if inner.room_bytes == u64::MAX {
            return Ok((total, total)); // without a bound nobody counts
        }
        Ok((total.saturating_sub(Self::used(&inner)), total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(sync: bool) -> usize {
        let lost = |seed: &u64| {
            let disk = SimDisk::new(*seed);
            let file = disk.open(Path::new("/d/f"), Open::Write).unwrap();
            disk.sync_dir(Path::new("/d")).unwrap();
            file.write_all_at(b"acknowledged", 0).unwrap();
            if sync {
                file.sync_data().unwrap();
            }
            disk.power_loss();
            assert!(file.len().is_err(), "a file opened before the loss is dead");
            let mut read = [0; 12];
            let again = disk.open(Path::new("/d/f"), Open::Read).unwrap();
            again.read_exact_at(&mut read, 0).is_err() || &read != b"acknowledged"
        };
        (0..100).filter(lost).count()
    }

    #[test]
    fn a_missing_sync_is_noticed() {
        assert_eq!(lost(true), 0);
        assert!(lost(false) > 20);
    }

    #[test]
    fn a_full_disk_says_so() {
        let disk = SimDisk::new(1);
        disk.set_room(100);
        let file = disk.open(Path::new("/f"), Open::New).unwrap();
        file.write_all_at(&[1; 100], 0).unwrap();
        assert_eq!(file.write_all_at(&[1], 100).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
