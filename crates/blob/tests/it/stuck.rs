//! Drives whose calls do not return: nobody waits for them for long, they take few threads, and no thread of the reactor.

use std::{
    path::Path,
    sync::{Arc, mpsc},
    time::Duration,
};

use blob::{BlobError, Blobs, Drives, Handle};
use env::{Disk, Env, Open, RealDisk};
use tokio::runtime::Runtime;

use crate::{
    CHUNK, contents,
    rack::{CELL, Mode, Rack, specs},
    read_all, write,
};

/// Longer than everything here takes, by far: only what waits for a drive that is stuck takes so long.
const FOREVER: Duration = Duration::from_secs(100);
/// Calls of one drive that may be waited for at once: requests' own, and some of those who look after it.
const CALLS_MAX: usize = 40;

struct Stuck {
    runtime: Runtime,
    rack: Rack,
    drives: Arc<Drives>,
    blobs: Blobs,
    _dir: tempfile::TempDir,
}

/// A store over drives, on threads: one for the reactor, so that a single call made there stops everything.
fn store(count: usize, spare: usize) -> Stuck {
    store_in(Env::host(), count, spare)
}

fn store_in(mut env: Env, count: usize, spare: usize) -> Stuck {
    let dir = tempfile::tempdir().unwrap();
    let rack = Rack::new(Arc::new(RealDisk), dir.path());
    env.disk = Arc::new(rack.clone());
    let drives = Drives::open(&env, dir.path(), &specs(&rack, count, &[]), Some(spare)).unwrap();
    let blobs = Blobs::open_on(&env, dir.path().join("blobs"), &drives, Path::new(CELL));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    Stuck { runtime, rack, drives, blobs, _dir: dir }
}

impl Stuck {
    /// What `work` gives, on the reactor's thread; it must come to its end while drives are stuck.
    fn run<T: Send + 'static>(&self, what: &str, work: impl Future<Output = T> + Send + 'static) -> T {
        let (tx, rx) = mpsc::channel();
        self.runtime.spawn(async move {
            let _ = tx.send(work.await);
        });
        rx.recv_timeout(FOREVER).unwrap_or_else(|_| panic!("{what} waits for a drive that is stuck"))
    }

    fn write(&self, what: &str) -> Handle {
        let (blobs, bytes) = (self.blobs.clone(), contents(7 * CHUNK, 1));
        self.run(what, async move { write(&blobs, &bytes, CHUNK).await }).unwrap()
    }

    fn read(&self, what: &str, handle: Handle) {
        let blobs = self.blobs.clone();
        let read = self.run(what, async move { read_all(&blobs, &handle).await }).unwrap();
        assert!(read == contents(7 * CHUNK, 1));
    }

    fn tend(&self) {
        let drives = self.drives.clone();
        self.run("looking after drives", async move { drives.tend().await });
    }

    /// Drives are looked after all the time.
    fn tending(&self) -> tokio::task::JoinHandle<()> {
        let drives = self.drives.clone();
        self.runtime.spawn(async move {
            loop {
                drives.tend().await;
                tokio::task::yield_now().await; // where nothing is waited for, this can be stopped
            }
        })
    }

    /// A drive is well again, and known to be.
    fn mend(&self, drive: usize) {
        self.rack.set(drive, Mode::Well);
        while self.away().contains(&drive) {
            self.tend();
        }
    }

    fn away(&self) -> Vec<usize> {
        let drives = self.drives.clone();
        let health = self.run("the drives' health", async move { drives.health().await });
        health.iter().filter(|health| health.away.is_some()).map(|health| health.number).collect()
    }

    /// As many requests at once as the reactor takes.
    fn many(&self, handle: Handle) {
        let blobs = self.blobs.clone();
        self.run("one of many requests", async move {
            let mut all = tokio::task::JoinSet::new();
            for at in 0..200 {
                let blobs = blobs.clone();
                all.spawn(async move {
                    if at % 8 > 0 {
                        return read_all(&blobs, &handle).await.map(drop);
                    }
                    write(&blobs, &contents(CHUNK / 2, at), CHUNK).await.map(drop)
                });
            }
            while let Some(ended) = all.join_next().await {
                ended.unwrap().unwrap();
            }
        });
    }
}

impl Drop for Stuck {
    /// Whatever happened, the runtime can end.
    fn drop(&mut self) {
        (0..6).for_each(|drive| self.rack.set(drive, Mode::Well));
    }
}

#[test]
fn a_stuck_drive_is_not_waited_for() {
    let store = store(4, 1);
    let handle = store.write("a write while all is well");
    store.rack.set(1, Mode::Stuck);
    store.read("a read", handle);
    let written = store.write("a write");
    assert_eq!(store.away(), [1]);
    store.read("a read of what was written meanwhile", written);
}

#[test]
fn as_many_as_may_be_lost_are_stuck_one_after_another() {
    let store = store(6, 2);
    let handle = store.write("a write while all is well");
    // Whichever are asked in place of the first, some of them are stuck, too.
    for (one, other) in [(0, 1), (2, 3), (4, 5), (1, 4)] {
        store.rack.set_all(&[one, other], Mode::StuckReads);
        store.read("a read", handle);
        store.mend(one);
        store.mend(other);
    }
}

#[test]
fn a_shard_whose_name_is_stuck_is_left_behind_without_a_call() {
    let store = store(4, 1);
    store.write("a write while all is well");
    // The sync of its directory hangs for the first shard, and those that come meanwhile wait for the next sync: what is let
    // go of then has a file on the drive that is stuck.
    store.rack.set(2, Mode::StuckSyncs);
    let blobs = store.blobs.clone();
    store.run("one of several writes at once", async move {
        let bytes = contents(CHUNK, 1);
        let writes = (0..8).map(|_| write(&blobs, &bytes, CHUNK));
        for written in futures_util::future::join_all(writes).await {
            written.unwrap();
        }
    });
    assert_eq!(store.away(), [2]);
}

#[test]
fn damage_on_a_drive_that_gets_stuck_is_not_waited_for() {
    let (store, bytes) = (store(4, 1), contents(12 * CHUNK, 1));
    for drive in 0..4 {
        let (blobs, rack, whole) = (store.blobs.clone(), store.rack.clone(), bytes.clone());
        let read = store.run("a read of what is damaged", async move {
            let handle = write(&blobs, &whole, CHUNK).await?;
            let mut reader = blobs.read(&handle, 0..handle.len).await?;
            let mut read = reader.next().await.unwrap()?.to_vec();
            // Its files are open by now; that one is cut short makes the store ask whether the drive is itself.
            for directory in rack.list(&rack.root(drive).join(CELL)).unwrap() {
                let file = rack.open(&directory.join(handle.id.to_string()), Open::Write).unwrap();
                file.set_len(100).unwrap();
            }
            rack.set(drive, Mode::StuckNames);
            while let Some(piece) = reader.next().await {
                read.extend(piece?);
            }
            Ok::<_, BlobError>(read)
        });
        assert!(read.unwrap() == bytes);
        store.mend(drive);
    }
}

#[test]
fn a_stuck_drive_takes_few_threads() {
    let store = store(4, 1);
    let blobs = store.blobs.clone();
    let small = async move { write(&blobs, &contents(CHUNK / 2, 1), CHUNK).await };
    let handle = store.run("a write while all is well", small).unwrap();
    store.rack.set(3, Mode::StuckReads);
    store.many(handle);
    assert!(store.rack.waiting() <= CALLS_MAX, "{} calls wait", store.rack.waiting());
    store.mend(3);
    store.rack.set(0, Mode::Stuck);
    store.many(handle);
    assert!(store.rack.waiting() <= CALLS_MAX, "{} calls wait", store.rack.waiting());
}

#[test]
fn too_many_stuck_drives_are_an_error_and_not_a_wait() {
    let store = store(4, 1);
    let handle = store.write("a write while all is well");
    store.rack.set_all(&[0, 1], Mode::Stuck);
    let blobs = store.blobs.clone();
    let tending = store.tending();
    let read = store.run("a read", async move { read_all(&blobs, &handle).await });
    assert!(matches!(read, Err(BlobError::TooFew { .. })), "{read:?}");
    let blobs = store.blobs.clone();
    let written = store.run("a write", async move { write(&blobs, &contents(CHUNK, 2), CHUNK).await });
    assert!(matches!(written, Err(BlobError::TooFew { .. })), "{written:?}");
    tending.abort();
}

#[test]
fn upkeep_goes_on_without_a_stuck_drive() {
    let store = store(4, 1);
    let handle = store.write("a write while all is well");
    store.rack.set(1, Mode::Stuck);
    let tending = store.tending();
    let blobs = store.blobs.clone();
    // The first may find it stuck, and end so; then it is away, and asked no more.
    let checked = store.run("checks of a blob", async move {
        for _ in 0..3 {
            if let Ok(checked) = blobs.check(handle.id, 0).await {
                return Some(checked);
            }
        }
        None
    });
    assert_eq!(checked.map(|checked| checked.len), Some(handle.len));
    let blobs = store.blobs.clone();
    let lacking = store.run("a comparison of names", async move { blobs.lacking(None).await });
    assert!(lacking.unwrap().0.is_empty());
    tending.abort();
}

/// A drive that answers whenever it is looked after, and lets go of nothing that it was asked to remove.
#[test]
fn a_call_that_does_not_return_shows_in_time() {
    let env = Env::simulated(1);
    let steady = env.clocks.steady.clone();
    let store = store_in(env, 4, 1);
    // As fast as the host's, so that no drive looks slow where it is the machine.
    let turning = steady.clone();
    let turning = store.runtime.spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(20));
        loop {
            ticks.tick().await;
            turning.turn(Duration::from_millis(20));
        }
    });
    let (kept, dropped) = (store.write("a write"), store.write("a write"));
    store.rack.set(1, Mode::StuckSyncs);
    let blobs = store.blobs.clone();
    assert!(store.run("a removal", async move { blobs.drop_blob(dropped.id).await }).is_ok());
    store.tend();
    assert!(store.away().is_empty());
    steady.turn(Duration::from_secs(20));
    store.tend();
    assert_eq!(store.away(), [1]);
    store.read("a read", kept);
    store.rack.set(1, Mode::StuckReads);
    store.tend();
    assert_eq!(store.away(), [1]);
    store.mend(1);
    store.read("a read", kept);
    turning.abort();
}
