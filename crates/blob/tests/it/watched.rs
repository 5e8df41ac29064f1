//! A disk that asks before each call whether to make it.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use env::{Disk, File, Open};

/// A call that is about to be made; lengths in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Call {
    Open,
    Create,
    Remove,
    Rename,
    CreateDir,
    SyncDir,
    List,
    Read(usize),
    Write(usize),
    SyncData,
    Allocate,
    SetLen,
}

/// What to do with a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Make it.
    Go,
    /// Say that it was made.
    Lie,
    /// Say that it failed.
    Fail,
}

type Ask = dyn Fn(Call) -> Answer + Send + Sync;

#[derive(Clone)]
pub(crate) struct Watched {
    disk: Arc<dyn Disk>,
    ask: Arc<Ask>,
}

impl Watched {
    pub(crate) fn new(
        disk: impl Disk + 'static,
        ask: impl Fn(Call) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self { disk: Arc::new(disk), ask: Arc::new(ask) }
    }

    /// Makes the call, or does as the answer says.
    fn ask<T: Default>(&self, call: Call, made: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match (self.ask)(call) {
            Answer::Go => made(),
            Answer::Lie => Ok(T::default()),
            Answer::Fail => Err(io::Error::other("watched")),
        }
    }
}

struct WatchedFile {
    file: Box<dyn File>,
    disk: Watched,
}

impl Disk for Watched {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        let call = if how == Open::Read { Call::Open } else { Call::Create };
        // Nobody can lie about a file: there is none to give.
        self.ask(call, || Ok(()))?;
        let file = self.disk.open(path, how)?;
        Ok(Box::new(WatchedFile { file, disk: self.clone() }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Call::Rename, || self.disk.rename(from, to))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(Call::Remove, || self.disk.remove(path))
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.ask(Call::CreateDir, || self.disk.create_dir_all(path))
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.ask(Call::SyncDir, || self.disk.sync_dir(path))
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        self.ask(Call::List, || self.disk.list(path))
    }
    fn exists(&self, path: &Path) -> bool {
        self.disk.exists(path)
    }
    fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
        self.disk.space(path)
    }
}

impl File for WatchedFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.disk.ask(Call::Read(into.len()), || self.file.read_at(into, offset))
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        self.disk.ask(Call::Write(from.len()), || self.file.write_all_at(from, offset))
    }
    fn sync_data(&self) -> io::Result<()> {
        self.disk.ask(Call::SyncData, || self.file.sync_data())
    }
    fn sync_all(&self) -> io::Result<()> {
        self.disk.ask(Call::SyncData, || self.file.sync_all())
    }
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        self.disk.ask(Call::SetLen, || self.file.set_len(to))
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        self.disk.ask(Call::Allocate, || self.file.allocate(to))
    }
}
