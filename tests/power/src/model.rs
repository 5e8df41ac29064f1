//! What is on the disk, and what is only believed to be.

use std::{collections::BTreeMap, ffi::OsString};

/// The number of an inode.
pub type Ino = u64;
/// The inode of the root directory.
pub const ROOT: Ino = 1;
/// The unit in which a write may be torn.
const SECTOR: usize = 512;

/// Why an operation failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failed {
    /// No such name or inode.
    Missing,
    /// The name is taken.
    Taken,
    /// A directory that is not empty.
    NotEmpty,
    /// Not a directory, or one where a file is needed.
    WrongKind,
    /// No space is left.
    Full,
}

type Done<T> = Result<T, Failed>;

enum Node {
    File(File),
    Directory(Directory),
}

/// What an inode is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// A file.
    #[default]
    File,
    /// A directory.
    Directory,
    /// A unix socket: a name that the kernel does the rest for.
    Socket,
}

#[derive(Default)]
struct File {
    socket: bool,
    now: Vec<u8>,
    durable: Vec<u8>,
    /// Since the last sync, in order.
    pending: Vec<Change>,
    lied_about: bool,
    /// Its last name was taken away.
    nameless: bool,
}

enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Default)]
struct Directory {
    now: BTreeMap<OsString, Ino>,
    /// The names after each change since the last sync, the promised ones first.
    history: Vec<BTreeMap<OsString, Ino>>,
    durable: BTreeMap<OsString, Ino>,
}

/// A file system in memory.
pub struct Model {
    nodes: BTreeMap<Ino, Node>,
    next: Ino,
    random: u64,
    room: u64,
    used: u64,
    lies: Vec<fn(&str) -> bool>,
    syncs: u64,
}

impl Model {
    /// An empty file system whose losses follow `seed`.
    pub fn new(seed: u64) -> Self {
        let nodes = BTreeMap::from([(ROOT, Node::Directory(Directory::default()))]);
        let random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Self { nodes, next: ROOT + 1, random, room: u64::MAX, used: 0, lies: Vec::new(), syncs: 0 }
    }

    /// From now on files whose name is one of `these` only pretend to sync: as if a sync were left out.
    pub fn lie_about(&mut self, these: fn(&str) -> bool) {
        self.lies.push(these);
    }

    /// Limits the bytes that files may hold in all.
    pub fn set_room(&mut self, bytes: u64) {
        self.room = bytes;
    }

    /// How many syncs were asked for.
    pub fn syncs(&self) -> u64 {
        self.syncs
    }

    /// Bytes that files hold, and may hold.
    pub fn space(&self) -> (u64, u64) {
        (self.used, self.room.min(1 << 40))
    }

    fn below(&mut self, bound: u64) -> u64 {
        // xorshift64*: any reproducible sequence will do.
        self.random ^= self.random >> 12;
        self.random ^= self.random << 25;
        self.random ^= self.random >> 27;
        self.random.wrapping_mul(0x2545_f491_4f6c_dd1d) % bound.max(1)
    }

    /// The power goes.
    pub fn lose_power(&mut self) {
        let all: Vec<Ino> = self.nodes.keys().copied().collect();
        for ino in all {
            let choices: Vec<u64> = (0..64).map(|_| self.below(3 << 20)).collect();
            match self.nodes.get_mut(&ino) {
                Some(Node::File(file)) => file.lose(&choices),
                Some(Node::Directory(directory)) => directory.lose(choices[0]),
                None => {}
            }
        }
        self.forget_unreachable();
    }

    fn forget_unreachable(&mut self) {
        let (mut seen, mut next) = (std::collections::BTreeSet::new(), vec![ROOT]);
        while let Some(ino) = next.pop() {
            if seen.insert(ino)
                && let Some(Node::Directory(d)) = self.nodes.get(&ino)
            {
                next.extend(d.now.values());
            }
        }
        self.nodes.retain(|ino, _| seen.contains(ino));
        for node in self.nodes.values_mut() {
            if let Node::File(file) = node {
                file.nameless = false;
            }
        }
        self.used =
            self.nodes.values().map(|n| if let Node::File(f) = n { f.now.len() as u64 } else { 0 }).sum();
    }

    fn directory(&mut self, ino: Ino) -> Done<&mut Directory> {
        match self.nodes.get_mut(&ino) {
            Some(Node::Directory(d)) => Ok(d),
            Some(Node::File(_)) => Err(Failed::WrongKind),
            None => Err(Failed::Missing),
        }
    }

    fn file(&mut self, ino: Ino) -> Done<&mut File> {
        match self.nodes.get_mut(&ino) {
            Some(Node::File(f)) => Ok(f),
            Some(Node::Directory(_)) => Err(Failed::WrongKind),
            None => Err(Failed::Missing),
        }
    }

    /// The inode of a name.
    pub fn find(&mut self, parent: Ino, name: &OsString) -> Done<Ino> {
        self.directory(parent)?.now.get(name).copied().ok_or(Failed::Missing)
    }

    /// What an inode is, and its length.
    pub fn stat(&self, ino: Ino) -> Done<(Kind, u64)> {
        match self.nodes.get(&ino) {
            Some(Node::File(f)) if f.socket => Ok((Kind::Socket, 0)),
            Some(Node::File(f)) => Ok((Kind::File, f.now.len() as u64)),
            Some(Node::Directory(_)) => Ok((Kind::Directory, 0)),
            None => Err(Failed::Missing),
        }
    }

    /// The names in a directory.
    pub fn list(&mut self, ino: Ino) -> Done<Vec<(OsString, Ino)>> {
        Ok(self.directory(ino)?.now.iter().map(|(n, i)| (n.clone(), *i)).collect())
    }

    /// Makes a file, a directory or a socket.
    pub fn make(&mut self, parent: Ino, name: OsString, kind: Kind) -> Done<Ino> {
        if self.directory(parent)?.now.contains_key(&name) {
            return Err(Failed::Taken);
        }
        let ino = self.next;
        self.next += 1;
        let text = name.to_string_lossy().into_owned();
        let lied_about = self.lies.iter().any(|lie| lie(&text));
        let node = match kind {
            Kind::Directory => Node::Directory(Directory::default()),
            _ => Node::File(File { lied_about, socket: kind == Kind::Socket, ..File::default() }),
        };
        self.nodes.insert(ino, node);
        self.directory(parent)?.change(|names| names.insert(name, ino));
        Ok(ino)
    }

    /// Takes a name away. The contents stay as long as somebody may have the file open.
    pub fn remove(&mut self, parent: Ino, name: &OsString) -> Done<()> {
        let ino = self.find(parent, name)?;
        if let Some(Node::Directory(d)) = self.nodes.get(&ino)
            && !d.now.is_empty()
        {
            return Err(Failed::NotEmpty);
        }
        self.directory(parent)?.change(|names| names.remove(name));
        self.let_go(ino);
        Ok(())
    }

    /// A file without a name takes no room any more: who has it open still is about to close it.
    fn let_go(&mut self, ino: Ino) {
        if let Some(Node::File(file)) = self.nodes.get_mut(&ino)
            && !std::mem::replace(&mut file.nameless, true)
        {
            self.used -= file.now.len() as u64;
        }
    }

    /// Gives a file another name. Within one directory it is one change: the crash shows the old or the new.
    pub fn rename(&mut self, from: (Ino, &OsString), to: (Ino, OsString)) -> Done<()> {
        let ino = self.find(from.0, from.1)?;
        if let Ok(replaced) = self.find(to.0, &to.1)
            && replaced != ino
        {
            self.let_go(replaced);
        }
        if from.0 == to.0 {
            self.directory(to.0)?.change(|names| {
                names.remove(from.1);
                names.insert(to.1, ino)
            });
        } else {
            self.directory(to.0)?.change(|names| names.insert(to.1, ino));
            self.directory(from.0)?.change(|names| names.remove(from.1));
        }
        Ok(())
    }

    /// Reads up to `size` bytes.
    pub fn read(&mut self, ino: Ino, offset: usize, size: usize) -> Done<Vec<u8>> {
        let from = self.file(ino)?.now.get(offset..).unwrap_or_default();
        Ok(from[..from.len().min(size)].to_vec())
    }

    fn grow(&mut self, ino: Ino, to: usize) -> Done<()> {
        let file = self.file(ino)?;
        let more = (to as u64).saturating_sub(file.now.len() as u64);
        if file.nameless {
            return Ok(());
        }
        if self.used.saturating_add(more) > self.room {
            return Err(Failed::Full);
        }
        self.used += more;
        Ok(())
    }

    /// Writes.
    pub fn write(&mut self, ino: Ino, offset: usize, bytes: &[u8]) -> Done<()> {
        self.grow(ino, offset + bytes.len())?;
        let file = self.file(ino)?;
        put(&mut file.now, offset, bytes);
        file.pending.push(Change::Write(offset, bytes.to_vec()));
        Ok(())
    }

    /// Cuts or extends.
    pub fn set_len(&mut self, ino: Ino, to: usize) -> Done<()> {
        self.grow(ino, to)?;
        let file = self.file(ino)?;
        let before = file.now.len() as u64;
        file.now.resize(to, 0);
        file.pending.push(Change::Length(to));
        if !file.nameless {
            self.used -= before.saturating_sub(to as u64);
        }
        Ok(())
    }

    /// Promises what a file or directory holds.
    pub fn sync(&mut self, ino: Ino) -> Done<()> {
        self.syncs += 1;
        match self.nodes.get_mut(&ino) {
            Some(Node::File(f)) if f.lied_about => Ok(()),
            Some(Node::File(f)) => {
                for change in std::mem::take(&mut f.pending) {
                    change.apply(&mut f.durable);
                }
                Ok(())
            }
            Some(Node::Directory(d)) => {
                d.durable.clone_from(&d.now);
                d.history.clear();
                Ok(())
            }
            None => Err(Failed::Missing),
        }
    }
}

impl Change {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Write(offset, bytes) => put(to, *offset, bytes),
            Self::Length(length) => to.resize(*length, 0),
        }
    }
}

fn put(into: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    if into.len() < offset + bytes.len() {
        into.resize(offset + bytes.len(), 0);
    }
    into[offset..offset + bytes.len()].copy_from_slice(bytes);
}

impl File {
    fn lose(&mut self, choices: &[u64]) {
        let mut kept = std::mem::take(&mut self.durable);
        for (i, change) in std::mem::take(&mut self.pending).into_iter().enumerate() {
            let choice = choices[i % choices.len()].rotate_left((i / choices.len()) as u32 % 20);
            match (choice % 3, &change) {
                (0, _) => {}
                (1, Change::Write(offset, bytes)) => {
                    let sectors = bytes.len().div_ceil(SECTOR);
                    let cut = ((choice >> 2) as usize % (sectors + 1) * SECTOR).min(bytes.len());
                    put(&mut kept, *offset, &bytes[..cut]);
                }
                _ => change.apply(&mut kept),
            }
        }
        self.now.clone_from(&kept);
        self.durable = kept;
    }
}

impl Directory {
    fn change<T>(&mut self, f: impl FnOnce(&mut BTreeMap<OsString, Ino>) -> T) {
        f(&mut self.now);
        self.history.push(self.now.clone());
        // A journal is written back by and by: what is old enough has reached the disk.
        if self.history.len() > 64 {
            self.durable = self.history.remove(0);
        }
    }

    /// A journaling file system keeps the order of name changes: some of the last ones are lost.
    fn lose(&mut self, choice: u64) {
        let kept = choice as usize % (self.history.len() + 1);
        if kept > 0 {
            self.durable = self.history.swap_remove(kept - 1);
        }
        self.history.clear();
        self.now.clone_from(&self.durable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(sync_file: bool, sync_directory: bool, seed: u64) -> Option<Vec<u8>> {
        let mut model = Model::new(seed);
        let ino = model.make(ROOT, "f".into(), Kind::File).unwrap();
        model.write(ino, 0, &[7; 4096]).unwrap();
        if sync_file {
            model.sync(ino).unwrap();
        }
        if sync_directory {
            model.sync(ROOT).unwrap();
        }
        model.lose_power();
        let ino = model.find(ROOT, &"f".into()).ok()?;
        Some(model.read(ino, 0, 10_000).unwrap())
    }

    #[test]
    fn what_was_synced_stays_and_nothing_else_is_sure() {
        let whole = Some(vec![7; 4096]);
        assert!((0..100).all(|seed| written(true, true, seed) == whole));
        let outcomes =
            |file, directory| (0..100).filter(|seed| written(file, directory, *seed) != whole).count();
        assert!(outcomes(false, true) > 20, "a missing fsync shows");
        assert!(outcomes(true, false) > 20, "a missing fsync of the directory shows");
    }

    #[test]
    fn a_lie_is_no_promise() {
        let lost = |seed: &u64| {
            let mut model = Model::new(*seed);
            model.lie_about(|name| name.starts_with("log"));
            let ino = model.make(ROOT, "log-1".into(), Kind::File).unwrap();
            model.sync(ROOT).unwrap();
            model.write(ino, 0, &[7; 4096]).unwrap();
            model.sync(ino).unwrap();
            model.lose_power();
            model.read(ino, 0, 4096).unwrap() != vec![7; 4096]
        };
        assert!((0..100).filter(lost).count() > 20);
    }

    #[test]
    fn a_full_disk_says_so() {
        let mut model = Model::new(1);
        model.set_room(100);
        let ino = model.make(ROOT, "f".into(), Kind::File).unwrap();
        model.write(ino, 0, &[1; 100]).unwrap();
        assert_eq!(model.write(ino, 100, &[1]), Err(Failed::Full));
        model.set_len(ino, 10).unwrap();
        model.write(ino, 10, &[1; 90]).unwrap();
        model.remove(ROOT, &"f".into()).unwrap();
        assert_eq!(model.space().0, 0);
    }
}
