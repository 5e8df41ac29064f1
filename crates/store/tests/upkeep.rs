//! Backups, scrubs, views that stay too long, and disks that fill up under LMDB.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::Path, time::Duration};

use env::{Clocks, Env, Timestamp};
use store::{Cell, Drive, KeyRange, Options, Storage, StoreError, Tx, View};

fn open(env: &Env, dir: &Path, storage: Storage) -> Cell {
    let options = Options { overlay_bytes: 200 << 10, slice_records: 50, ..Options::default() };
    Cell::open(store::log_and_lmdb(env, dir, storage), env, options).unwrap()
}

async fn fill(cell: &Cell, keys: std::ops::Range<u32>, bytes: usize) -> Result<(), StoreError> {
    let fill = |tx: Tx| {
        let keys = keys.clone();
        async move {
            for key in keys {
                tx.put(key.to_be_bytes().to_vec(), vec![key as u8; bytes]);
            }
            Ok::<_, StoreError>(())
        }
    };
    cell.transact(fill).await
}

async fn all(view: &View) -> Vec<(bytes::Bytes, bytes::Bytes)> {
    view.range(KeyRange::all(), usize::MAX).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_a_moment_and_opens_like_any_other() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let cell = open(&env, &dir.path().join("cell"), Storage::default());
    for first in (0..3000).step_by(100) {
        fill(&cell, first..first + 100, 500).await.unwrap();
    }
    let to = dir.path().join("copies/one");
    let writing = {
        let cell = cell.clone();
        tokio::spawn(async move {
            for first in (10_000..12_000).step_by(50) {
                fill(&cell, first..first + 50, 700).await.unwrap();
            }
        })
    };
    let backup = cell.backup(&to).await.unwrap();
    writing.await.unwrap();
    assert!(backup.records >= 3000);
    assert!(cell.backup(&to).await.is_err(), "nothing is overwritten");
    let copy = open(&env, &to, Storage::default());
    assert_eq!(copy.view().batch(), backup.batch);
    let copied = all(&copy.view()).await;
    assert_eq!(copied.len() as u64, backup.records);
    // Whole transactions, in their order: what the copy lacks is the end of what was written.
    assert_eq!((copied.len() - 3000) % 50, 0);
    let original = all(&cell.view()).await;
    assert_eq!(copied, original[..copied.len()]);
    fill(&copy, 0..10, 1).await.unwrap();
    copy.close().await.unwrap();
    assert_eq!(all(&open(&env, &to, Storage::default()).view()).await.len(), copied.len());
    // A backup of what lives in memory is one too.
    let forgets = Cell::open(store::memory(), &env, Options::default()).unwrap();
    fill(&forgets, 0..500, 3000).await.unwrap();
    let second = dir.path().join("copies/two");
    assert_eq!(forgets.backup(&second).await.unwrap().records, 500);
    assert_eq!(all(&open(&env, &second, Storage::default()).view()).await, all(&forgets.view()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_backup_does_not_open() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let cell = open(&env, &dir.path().join("cell"), Storage::default());
    fill(&cell, 0..100, 5000).await.unwrap();
    cell.close().await.unwrap();
    let data = dir.path().join("cell/records/data.mdb");
    flip(&data, &[70; 5000][..]);
    let cell = open(&env, &dir.path().join("cell"), Storage::default());
    let failed = cell.backup(&dir.path().join("copy")).await.unwrap_err();
    assert!(matches!(failed, StoreError::Damaged { .. }), "damage is not copied");
    assert!(!dir.path().join("copy").exists());
    let partial = dir.path().join("copy.partial");
    let options = Options::default();
    let opened = Cell::open(store::log_and_lmdb(&env, &partial, Storage::default()), &env, options);
    assert!(matches!(opened, Err(StoreError::Damaged { .. })));
}

fn flip(path: &Path, what: &[u8]) {
    let mut bytes = fs::read(path).unwrap();
    let at = memchr::memmem::find(&bytes, what).unwrap();
    bytes[at + 9] ^= 4;
    fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrub_names_every_damaged_record() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let cell = open(&env, dir.path(), Storage::default());
    fill(&cell, 0..200, 100).await.unwrap();
    cell.close().await.unwrap();
    let data = dir.path().join("records/data.mdb");
    flip(&data, &[17; 100]);
    flip(&data, &[130; 100]);
    let cell = open(&env, dir.path(), Storage::default());
    let (mut from, mut records, mut damaged) = (bytes::Bytes::new(), 0, Vec::new());
    loop {
        let scrub = cell.scrub(from, 60).await.unwrap();
        records += scrub.records;
        damaged.extend(scrub.damaged);
        match scrub.next {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(records, 200);
    assert_eq!(damaged, [17u32, 130].map(|k| k.to_be_bytes().to_vec()));
}

#[tokio::test]
async fn a_view_may_not_stay_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let env = Env { clocks: Clocks::manual(Timestamp(0)), ..Env::host() };
    let options = Options { drive: Drive::Manual, overlay_bytes: 50 << 10, ..Options::default() };
    let engine = store::log_and_lmdb(&env, dir.path(), Storage::default());
    let cell = Cell::open(engine, &env, options).unwrap();
    let stepped = async |first: u32| {
        let mut filling = std::pin::pin!(fill(&cell, first..first + 100, 1000));
        loop {
            tokio::select! {
                biased;
                done = &mut filling => break done.unwrap(),
                () = tokio::task::yield_now() => { cell.step().unwrap(); }
            }
        }
        while cell.step().unwrap() {}
    };
    stepped(0).await;
    stepped(100).await;
    let view = cell.view();
    stepped(200).await;
    env.clocks.steady.turn(Duration::from_secs(20));
    stepped(300).await;
    assert_eq!(all(&view).await.len(), 200, "not too old yet");
    env.clocks.steady.turn(Duration::from_secs(11));
    stepped(400).await;
    stepped(500).await;
    assert!(matches!(view.range(KeyRange::all(), 1).await, Err(StoreError::Expired)));
    assert_eq!(all(&cell.view()).await.len(), 600);
}

#[tokio::test]
async fn a_view_of_records_at_rest_stays_as_it_was() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let engine = store::log_and_lmdb(&env, dir.path(), Storage::default());
    let cell = Cell::open(engine, &env, Options { drive: Drive::Manual, ..Options::default() }).unwrap();
    let fill_and_move = async |first: u32| {
        let mut filling = std::pin::pin!(fill(&cell, first..first + 10, 10));
        tokio::select! {
            biased;
            done = &mut filling => done.unwrap(),
            () = async { while !cell.step().unwrap() { tokio::task::yield_now().await; } } => filling.await.unwrap(),
        }
        cell.rest();
        while cell.step().unwrap() {}
    };
    fill_and_move(0).await;
    cell.rest(); // nothing is left to be moved: the records are closed
    let view = cell.view();
    fill_and_move(10).await;
    fill_and_move(20).await;
    assert_eq!(all(&view).await.len(), 10);
    assert_eq!(all(&cell.view()).await.len(), 30);
}

#[tokio::test]
async fn a_transaction_may_not_take_for_ever() {
    let env = Env::simulated(1);
    let cell = Cell::open(store::memory(), &env, Options::default()).unwrap();
    let slow = |tx: Tx| {
        let env = env.clone();
        async move {
            tx.put("k", "v");
            env.clocks.steady.turn(Duration::from_secs(6));
            Ok::<_, StoreError>(())
        }
    };
    assert!(matches!(cell.transact(slow).await, Err(StoreError::Expired)));
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_cannot_be_moved_stay_in_the_log() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let small = Storage { map_bytes: Some(1 << 20), ..Storage::default() };
    let cell = open(&env, dir.path(), small);
    let mut stored = 0;
    let refused = loop {
        match fill(&cell, stored..stored + 10, 3000).await {
            Ok(()) => stored += 10,
            Err(e) => break e,
        }
        assert!(stored < 10_000);
    };
    assert!(matches!(refused, StoreError::Full), "{refused}");
    assert!(stored > 200);
    assert!(cell.status().trouble.is_some());
    let delete = |tx: Tx| async move {
        tx.delete(5u32.to_be_bytes().to_vec());
        Ok::<_, StoreError>(())
    };
    cell.transact(delete).await.unwrap();
    assert_eq!(all(&cell.view()).await.len() as u32, stored - 1);
    cell.abandon().await.unwrap();
    drop(cell);
    let cell = open(&env, dir.path(), Storage::default());
    assert_eq!(all(&cell.view()).await.len() as u32, stored - 1);
    fill(&cell, stored..stored + 10, 3000).await.unwrap();
    cell.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_may_be_larger_than_a_segment() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let cell = open(&env, dir.path(), Storage::default());
    fill(&cell, 0..3, 10).await.unwrap();
    fill(&cell, 3..12, 2 << 20).await.unwrap();
    fill(&cell, 12..20, 10).await.unwrap();
    cell.abandon().await.unwrap();
    let cell = open(&env, dir.path(), Storage::default());
    assert_eq!(all(&cell.view()).await.len(), 20);
    fill(&cell, 20..30, 10).await.unwrap();
    cell.close().await.unwrap();
    assert_eq!(all(&open(&env, dir.path(), Storage::default()).view()).await.len(), 30);
}
