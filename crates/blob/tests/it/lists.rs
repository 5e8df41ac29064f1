//! Dropping, and listing what may be swept.

use std::{sync::Arc, time::Duration};

use blob::{BlobError, BlobId, Blobs};
use env::Timestamp;

use crate::{
    BATCH, contents, files, now, read_all, simulated,
    watched::{Answer, Call, Watched},
    write,
};

const LATER: Duration = Duration::from_secs(600);

#[test]
fn readers_go_on_when_their_blob_is_dropped() {
    let (blobs, disk, env) = simulated(1);
    let bytes = contents(4 * BATCH, 1);
    let handle = now(write(&blobs, &bytes, BATCH)).unwrap();
    let mut reader = now(blobs.read(&handle, 0..handle.len)).unwrap();
    let mut got = now(reader.next()).unwrap().unwrap().to_vec();
    now(blobs.drop_blob(handle.id)).unwrap();
    assert!(files(&disk, "/blobs".as_ref()).is_empty());
    assert!(matches!(now(blobs.read(&handle, 0..1)), Err(BlobError::Missing(id)) if id == handle.id));
    assert!(matches!(now(blobs.verify(handle.id)), Err(BlobError::Missing(_))));
    while let Some(piece) = now(reader.next()) {
        got.extend(piece.unwrap());
    }
    assert!(got == bytes);
    now(blobs.drop_blob(handle.id)).expect("dropping again is no error");
    assert!(env.metrics.render().contains("kumiki_blobs_dropped_total 1\n"));
}

#[test]
fn old_blobs_are_listed_in_pages_across_directories() {
    let (blobs, _, env) = simulated(1);
    assert_eq!(now(blobs.list_older(Timestamp(u64::MAX), None, 10)).unwrap(), []);
    let mut all = Vec::new();
    for _ in 0..3 {
        for _ in 0..5 {
            all.push(now(write(&blobs, &contents(10, 1), 10)).unwrap().id);
            env.clocks.service.turn(Duration::from_millis(10));
        }
        env.clocks.service.turn(Duration::from_secs(70_000));
    }
    env.clocks.steady.turn(LATER);
    for limit in [1, 4, 5, 100] {
        let mut found: Vec<BlobId> = Vec::new();
        loop {
            let page = now(blobs.list_older(Timestamp(u64::MAX), found.last().copied(), limit)).unwrap();
            assert!(page.len() <= limit);
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        assert_eq!(found, all);
    }
    let older = now(blobs.list_older(all[7].time(), None, 100)).unwrap();
    assert_eq!(older, all[..7]);
}

#[test]
fn nobody_sweeps_what_is_being_written() {
    let (blobs, _, env) = simulated(1);
    let list = || now(blobs.list_older(Timestamp(u64::MAX), None, 10)).unwrap();
    let mut writer = blobs.writer();
    now(writer.write(contents(2 * BATCH, 1))).unwrap();
    env.clocks.service.turn(LATER);
    env.clocks.steady.turn(LATER);
    assert_eq!(list(), [], "it takes its time");
    let handle = now(writer.finish()).unwrap();
    env.clocks.service.turn(LATER);
    assert_eq!(list(), [], "its owner is on its way");
    env.clocks.steady.turn(LATER);
    assert_eq!(list(), [handle.id]);
}

#[test]
fn what_a_killed_process_left_is_swept_by_the_next() {
    let (blobs, disk, env) = simulated(1);
    let finished = now(write(&blobs, &contents(10, 1), 10)).unwrap();
    let mut writer = blobs.writer();
    now(writer.write(contents(2 * BATCH, 1))).unwrap();
    std::mem::forget(writer); // the process dies: nothing is cleaned up
    let next = Blobs::open_in_place(&env, "/blobs".into());
    let old = now(next.list_older(Timestamp(u64::MAX), None, 10)).unwrap();
    assert_eq!(old.len(), 2);
    for id in old.into_iter().filter(|id| *id != finished.id) {
        assert!(matches!(now(next.verify(id)), Err(BlobError::Damaged { .. })));
        now(next.drop_blob(id)).unwrap();
    }
    assert_eq!(files(&disk, "/blobs".as_ref()).len(), 1);
    assert!(now(read_all(&next, &finished)).is_ok());
}

#[test]
fn opening_and_reading_list_nothing() {
    let (blobs, disk, mut env) = simulated(1);
    let handle = now(write(&blobs, &contents(10, 1), 10)).unwrap();
    env.disk = Arc::new(Watched::new(disk, |call| match call {
        Call::Open | Call::Read(_) => Answer::Go,
        other => panic!("{other:?} while opening or reading"),
    }));
    let blobs = Blobs::open_in_place(&env, "/blobs".into());
    assert_eq!(now(read_all(&blobs, &handle)).unwrap().len(), 10);
}

#[test]
fn an_id_that_comes_again_harms_nobody() {
    let (blobs, disk, _) = simulated(1);
    let bytes = contents(10, 1);
    let handle = now(write(&blobs, &bytes, 10)).unwrap();
    // The same seed, the same time, the same disk: the same ids.
    let (_, _, mut env) = simulated(1);
    env.disk = Arc::new(disk);
    let again = Blobs::open_in_place(&env, "/blobs".into());
    let other = now(write(&again, &contents(20, 2), 20)).unwrap();
    assert_ne!(handle.id, other.id);
    assert!(now(read_all(&again, &handle)).unwrap() == bytes);
}
