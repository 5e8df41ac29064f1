//! The calls of a drive that are under way: each is noted with when it began, so that one that does not return shows, whoever
//! made it and on whichever thread it is.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use env::{Disk, File, Open, Steady};
use parking_lot::Mutex;

/// Calls under way, in the order in which they began.
pub(crate) struct Calls {
    steady: Steady,
    begun: Mutex<Begun>,
}

#[derive(Default)]
struct Begun {
    next: u64,
    at: BTreeMap<u64, Duration>,
}

/// A call under way.
struct Call<'a>(&'a Calls, u64);

impl Calls {
    pub(crate) fn new(steady: Steady) -> Arc<Self> {
        Arc::new(Self { steady, begun: Mutex::default() })
    }

    fn begin(&self) -> Call<'_> {
        let now = self.steady.now();
        let mut begun = self.begun.lock();
        begun.next += 1;
        let number = begun.next;
        begun.at.insert(number, now);
        Call(self, number)
    }

    /// For how long the one that began first has not returned.
    pub(crate) fn longest(&self) -> Duration {
        let first = self.begun.lock().at.values().next().copied();
        first.map_or(Duration::ZERO, |first| self.steady.now().saturating_sub(first))
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        self.0.begun.lock().at.remove(&self.1);
    }
}

/// A disk whose calls are noted.
pub(crate) struct Noted {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) calls: Arc<Calls>,
}

struct NotedFile {
    file: Box<dyn File>,
    calls: Arc<Calls>,
}

impl File for NotedFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        let _call = self.calls.begin();
        self.file.read_at(into, offset)
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        let _call = self.calls.begin();
        self.file.write_all_at(from, offset)
    }
    fn sync_data(&self) -> io::Result<()> {
        let _call = self.calls.begin();
        self.file.sync_data()
    }
    fn sync_all(&self) -> io::Result<()> {
        let _call = self.calls.begin();
        self.file.sync_all()
    }
    fn len(&self) -> io::Result<u64> {
        let _call = self.calls.begin();
        self.file.len()
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        let _call = self.calls.begin();
        self.file.set_len(to)
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        let _call = self.calls.begin();
        self.file.allocate(to)
    }
}

impl Disk for Noted {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        let _call = self.calls.begin();
        let file = self.disk.open(path, how)?;
        Ok(Box::new(NotedFile { file, calls: self.calls.clone() }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let _call = self.calls.begin();
        self.disk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        let _call = self.calls.begin();
        self.disk.remove(path)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        let _call = self.calls.begin();
        self.disk.create_dir_all(path)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let _call = self.calls.begin();
        self.disk.sync_dir(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let _call = self.calls.begin();
        self.disk.list(path)
    }
    fn exists(&self, path: &Path) -> bool {
        let _call = self.calls.begin();
        self.disk.exists(path)
    }
    fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
        let _call = self.calls.begin();
        self.disk.space(path)
    }
}

#[cfg(test)]
mod tests {
    use env::Env;

    use super::*;

    #[test]
    fn the_longest_call_is_the_first_that_has_not_returned() {
        let env = Env::simulated(1);
        let calls = Calls::new(env.clocks.steady.clone());
        let first = calls.begin();
        env.clocks.steady.turn(Duration::from_secs(5));
        let second = calls.begin();
        env.clocks.steady.turn(Duration::from_secs(2));
        assert_eq!(calls.longest(), Duration::from_secs(7));
        drop(first);
        assert_eq!(calls.longest(), Duration::from_secs(2));
        drop(second);
        assert_eq!(calls.longest(), Duration::ZERO);
    }
}
