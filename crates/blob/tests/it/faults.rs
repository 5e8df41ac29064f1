//! Full disks, failing disks, injected faults, and writers that are given up: nothing half-done stays.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use blob::{BlobError, Blobs};
use bytes::Bytes;
use env::{Env, Injected, Point, RealDisk};
use futures_util::FutureExt;

use crate::{
    BATCH, contents, files, now, read_all, simulated,
    watched::{Answer, Call, Watched},
    write,
};

#[test]
fn a_full_disk_says_so_and_is_left_clean() {
    for (len, expecting) in [(1000, false), (4 * BATCH, false), (4 * BATCH, true)] {
        let (blobs, disk, _) = simulated(1);
        let room = (len - 10).min(3 * BATCH) as u64;
        disk.set_room(room);
        let mut writer = blobs.writer();
        if expecting {
            writer = writer.expecting(len as u64);
        }
        let bytes = contents(len, 1);
        let written = now(async {
            for at in (0..len).step_by(BATCH) {
                writer.write(bytes.slice(at..(at + BATCH).min(len))).await?;
            }
            writer.finish().await
        });
        assert!(matches!(written, Err(BlobError::Full)), "{written:?}");
        assert!(files(&disk, Path::new("/blobs")).is_empty());
        assert_eq!(now(blobs.space()).unwrap(), (room, room));
        disk.set_room(u64::MAX);
        let handle = now(write(&blobs, &bytes, BATCH)).unwrap();
        assert!(now(read_all(&blobs, &handle)).unwrap() == bytes);
    }
}

#[test]
fn a_known_length_finds_the_full_disk_before_the_bytes() {
    let (blobs, disk, _) = simulated(1);
    disk.set_room(10 * BATCH as u64);
    let mut writer = blobs.writer().expecting(100 * BATCH as u64);
    let mut sent = 0;
    let full = loop {
        if let Err(e) = now(writer.write(contents(BATCH, 1))) {
            break e;
        }
        sent += 1;
    };
    assert!(matches!(full, BlobError::Full));
    assert!(sent <= 2, "{sent} batches");
    assert!(matches!(now(writer.write(Bytes::from_static(b"more"))), Err(BlobError::Stopped)));
    assert!(matches!(now(writer.finish()), Err(BlobError::Stopped)));
}

#[test]
fn a_call_that_fails_gives_no_handle_and_leaves_nothing() {
    let bytes = contents(2 * BATCH, 1);
    for failing in 0.. {
        let (_, disk, mut env) = simulated(1);
        let calls = AtomicUsize::new(0);
        env.disk = Arc::new(Watched::new(disk.clone(), move |_| {
            if calls.fetch_add(1, Ordering::SeqCst) == failing { Answer::Fail } else { Answer::Go }
        }));
        let blobs = Blobs::open_in_place(&env, "/blobs".into());
        match now(write(&blobs, &bytes, BATCH)) {
            Ok(_) => {
                // Two directories made and synced, the file made, written twice, synced, its name synced.
                assert_eq!(failing, 8, "every call failed once");
                break;
            }
            Err(e) => assert!(matches!(e, BlobError::Io { .. }), "{failing}: {e:?}"),
        }
        assert!(files(&disk, Path::new("/blobs")).is_empty(), "after call {failing}");
        let handle = now(write(&blobs, &bytes, BATCH)).expect("the store goes on");
        assert!(now(read_all(&blobs, &handle)).unwrap() == bytes);
    }
}

#[test]
fn faults_strike_where_they_are_set() {
    let (blobs, disk, env) = simulated(1);
    let bytes = contents(2 * BATCH, 1);
    let set = |point, what| env.faults.set(point, what, 1_000_000, 1, &env.random);
    set(Point::BlobWrite, Injected::Error);
    assert!(matches!(now(write(&blobs, &bytes, BATCH)), Err(BlobError::Io { .. })));
    set(Point::BlobWrite, Injected::Full);
    assert!(matches!(now(write(&blobs, &bytes, BATCH)), Err(BlobError::Full)));
    assert!(files(&disk, Path::new("/blobs")).is_empty());
    let handle = now(write(&blobs, &bytes, BATCH)).unwrap();
    set(Point::BlobRead, Injected::Error);
    assert!(matches!(now(read_all(&blobs, &handle)), Err(BlobError::Io { .. })));
    assert!(now(read_all(&blobs, &handle)).is_ok());
    set(Point::BlobRead, Injected::Delay(Duration::from_secs(5)));
    let mut slow = Box::pin(read_all(&blobs, &handle));
    assert!((&mut slow).now_or_never().is_none());
    env.clocks.steady.turn(Duration::from_secs(5));
    assert!(now(slow).unwrap() == bytes);
}

#[test]
fn a_writer_that_is_dropped_leaves_nothing() {
    let (blobs, disk, _) = simulated(1);
    for batches in [0, 1, 3] {
        let mut writer = blobs.writer().expecting(10 * BATCH as u64);
        now(writer.write(contents(batches * BATCH + 1, 1))).unwrap();
        assert_eq!(files(&disk, Path::new("/blobs")).len(), usize::from(batches > 0));
        drop(writer);
        assert!(files(&disk, Path::new("/blobs")).is_empty());
    }
}

/// Gives a writer up while a thread is busy with it, at a call chosen by `at`, and expects nothing to be left.
fn given_up(at: fn(Call) -> bool, finish: bool) {
    let dir = tempfile::tempdir().unwrap();
    let gate = Arc::new((parking_lot::Mutex::new((false, false)), parking_lot::Condvar::new()));
    let waits = gate.clone();
    let mut env = Env::host();
    env.disk = Arc::new(Watched::new(RealDisk, move |call| {
        if at(call) {
            let (state, turned) = &*waits;
            let mut state = state.lock();
            state.0 = true;
            turned.notify_all();
            turned.wait_while(&mut state, |s| !s.1);
        }
        Answer::Go
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let blobs = Blobs::open(&env, dir.path().join("blobs")).unwrap();
    let writing = runtime
        .spawn(async move { write(&blobs, &contents(if finish { 10 } else { 3 * BATCH }, 1), 1000).await });
    let (state, turned) = &*gate;
    turned.wait_while(&mut state.lock(), |s| !s.0);
    writing.abort();
    assert!(runtime.block_on(writing).unwrap_err().is_cancelled());
    state.lock().1 = true;
    turned.notify_all();
    drop(runtime); // waits for the threads
    assert_eq!(files(&RealDisk, &dir.path().join("blobs")), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_writer_given_up_while_a_thread_works_leaves_nothing() {
    given_up(|call| matches!(call, Call::Create), false);
    given_up(|call| matches!(call, Call::Write(_)), false);
    given_up(|call| matches!(call, Call::SyncData), true);
    given_up(|call| matches!(call, Call::SyncDir), true);
}
