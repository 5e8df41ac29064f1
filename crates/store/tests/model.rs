//! A cell against the simplest thing that could be right: an ordered map in memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeMap, ops::Bound, path::Path, sync::Arc};

use bytes::Bytes;
use env::{Env, SimDisk};
use parking_lot::Mutex;
use proptest::prelude::*;
use store::{Cell, Commit, Drive, Get, KeyRange, MemoryBase, Options, Storage, StoreError, Tx};

type Model = BTreeMap<Bytes, Bytes>;

#[derive(Clone, Debug)]
enum Op {
    Get(Bytes),
    Range(KeyRange, usize),
    Put(Bytes, Bytes),
    Delete(Bytes),
    Clear(KeyRange),
    Add(u8, i64),
    Stamp(Bytes, Bytes),
}

#[derive(Clone, Debug)]
enum Do {
    /// The operations of a transaction, whether it ends well, and whether it is synced.
    Transaction(Vec<Op>, bool, bool),
    /// Steps of the committer and the mover.
    Steps(u8),
    /// What a cell does when nothing comes: sync, or seal its overlay.
    Rest,
    /// The cell is ended, and opened anew.
    Reopen(bool),
}

/// Few keys, so that they meet often.
fn key() -> impl Strategy<Value = Bytes> {
    prop_oneof![
        "[a-d]".prop_map(Bytes::from),
        "[a-d][a-d]".prop_map(Bytes::from),
        Just(Bytes::from_static(b"\xff\xff")),
        Just(Bytes::from_static(b"\0")),
    ]
}

fn range() -> impl Strategy<Value = KeyRange> {
    let end = prop_oneof![4 => key(), 1 => Just(Bytes::new())];
    let start = prop_oneof![4 => key(), 1 => Just(Bytes::new())];
    (start, end, any::<bool>())
        .prop_map(|(start, end, reverse)| KeyRange { reverse, ..KeyRange::new(start, end) })
}

fn value() -> impl Strategy<Value = Bytes> {
    prop_oneof![
        6 => "[a-z]{0,9}".prop_map(Bytes::from),
        1 => (0usize..3000).prop_map(|n| Bytes::from(vec![b'v'; n])),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        3 => key().prop_map(Op::Get),
        3 => (range(), 0usize..12).prop_map(|(r, n)| Op::Range(r, n)),
        5 => (key(), value()).prop_map(|(k, v)| Op::Put(k, v)),
        2 => key().prop_map(Op::Delete),
        1 => range().prop_map(Op::Clear),
        2 => (0u8..3, -9i64..9).prop_map(|(k, n)| Op::Add(k, n)),
        1 => (key(), value()).prop_map(|(k, v)| Op::Stamp(k, v)),
    ]
}

fn to_do() -> impl Strategy<Value = Do> {
    let ops = prop::collection::vec(op(), 0..8);
    prop_oneof![
        8 => (ops, prop::bool::weighted(0.85), prop::bool::weighted(0.8))
            .prop_map(|(ops, ok, synced)| Do::Transaction(ops, ok, synced)),
        3 => (0u8..4).prop_map(Do::Steps),
        1 => Just(Do::Rest),
        1 => any::<bool>().prop_map(Do::Reopen),
    ]
}

fn counter_key(n: u8) -> Bytes {
    // Counters have keys of their own, so that no addition meets a word.
    vec![b'n', b'0' + n].into()
}

fn in_model(model: &Model, range: &KeyRange, limit: usize) -> Vec<(Bytes, Bytes)> {
    if range.is_empty() {
        return Vec::new();
    }
    let end = if range.end.is_empty() { Bound::Unbounded } else { Bound::Excluded(range.end.clone()) };
    let all = model.range((Bound::Included(range.start.clone()), end)).map(|(k, v)| (k.clone(), v.clone()));
    if range.reverse { all.rev().take(limit).collect() } else { all.take(limit).collect() }
}

/// Does the operations on the transaction and on the model, and compares what both answer.
async fn run(ops: &[Op], tx: &Tx, model: &mut Model) -> Result<(), StoreError> {
    for op in ops {
        match op {
            Op::Get(key) => assert_eq!(Get::get(tx, key).await?.as_ref(), model.get(key), "{op:?}"),
            Op::Range(range, limit) => {
                let found = Get::range(tx, range.clone(), *limit).await?;
                assert_eq!(found, in_model(model, range, *limit), "{op:?}");
            }
            Op::Put(key, value) => {
                tx.put(key.clone(), value.clone());
                model.insert(key.clone(), value.clone());
            }
            Op::Delete(key) => {
                tx.delete(key.clone());
                model.remove(key);
            }
            Op::Clear(range) => {
                tx.delete_range(range.clone());
                model.retain(|key, _| range.is_empty() || !range.contains(key));
            }
            Op::Add(n, delta) => {
                let key = counter_key(*n);
                tx.add(key.clone(), *delta);
                let before = model.get(&key).map_or(0, |v| store::counter(v).unwrap());
                model.insert(key, Bytes::copy_from_slice(&(before + delta).to_le_bytes()));
            }
            Op::Stamp(prefix, value) => tx.put_stamped(prefix.clone(), "!", value.clone()),
        }
    }
    Ok(())
}

trait Bench {
    fn open(&self) -> Cell;
}

/// Small bounds, so that every boundary is crossed.
fn options() -> Options {
    Options {
        drive: Drive::Manual,
        overlay_bytes: 6000,
        slice_records: 3,
        clear_keys: 2,
        ..Options::default()
    }
}

struct OnMemory;
impl Bench for OnMemory {
    fn open(&self) -> Cell {
        Cell::open(store::memory(), &Env::host(), options()).unwrap()
    }
}

struct OnSimulatedLog(Env, MemoryBase);
impl Bench for OnSimulatedLog {
    fn open(&self) -> Cell {
        let storage = Storage { segment_bytes: 9000, reserve_bytes: 0, ..Storage::default() };
        let engine = store::log_and_memory(&self.0, Path::new("/cell"), storage, &self.1);
        Cell::open(engine, &self.0, options()).unwrap()
    }
}

struct OnLmdb(Env, tempfile::TempDir);
impl Bench for OnLmdb {
    fn open(&self) -> Cell {
        let storage = Storage { segment_bytes: 9000, reserve_bytes: 0, ..Storage::default() };
        let engine = store::log_and_lmdb(&self.0, &self.1.path().join("cell"), storage);
        Cell::open(engine, &self.0, options()).unwrap()
    }
}

async fn stepped<T>(cell: &Cell, f: impl Future<Output = T>) -> T {
    let mut f = std::pin::pin!(f);
    loop {
        tokio::select! {
            biased;
            done = &mut f => return done,
            () = tokio::task::yield_now() => { cell.step().unwrap(); }
        }
    }
}

async fn transaction(cell: &Cell, ops: &[Op], ok: bool, synced: bool, model: &mut Model) {
    let done = Mutex::new(None);
    let commit = Arc::new(Mutex::new(None::<Commit>));
    let work = |tx: Tx| {
        let (mut next, done, commit) = (model.clone(), &done, commit.clone());
        async move {
            run(ops, &tx, &mut next).await?;
            tx.on_commit(move |at| *commit.lock() = Some(at));
            *done.lock() = Some(next);
            if ok { Ok(()) } else { Err(StoreError::Conflict) }
        }
    };
    let answer =
        async { if synced { cell.transact(work).await } else { cell.transact_unsynced(work).await } };
    let answer = stepped(cell, answer).await;
    assert_eq!(answer.is_ok(), ok);
    let commit = *commit.lock();
    assert_eq!(commit.is_some(), ok, "a transaction that fails is not committed");
    if let Some(commit) = commit {
        *model = done.lock().take().unwrap();
        for op in ops {
            if let Op::Stamp(prefix, value) = op {
                model.insert([&prefix[..], &commit.stamp(), b"!"].concat().into(), value.clone());
            }
        }
    }
}

async fn compare(cell: &Cell, model: &Model) {
    // A read of everything in a transaction sees unsynced state too, and its answer waits until that is durable.
    let all = |tx: Tx| async move { tx.range(KeyRange::all(), usize::MAX).await };
    let all = stepped(cell, cell.transact(all)).await.unwrap();
    assert_eq!(all, in_model(model, &KeyRange::all(), usize::MAX));
    let view = cell.view();
    let back = view.range(KeyRange::all().reversed(), usize::MAX).await.unwrap();
    assert_eq!(back, in_model(model, &KeyRange::all().reversed(), usize::MAX));
    for (key, value) in model {
        assert_eq!(view.get(key).await.unwrap().as_ref(), Some(value));
    }
}

fn check(bench: &impl Bench, todo: &[Do], forgets: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (mut cell, mut model) = (bench.open(), Model::new());
        let mut before: Vec<(store::View, Model)> = Vec::new();
        for one in todo {
            match one {
                Do::Transaction(ops, ok, synced) => {
                    transaction(&cell, ops, *ok, *synced, &mut model).await;
                    if *ok && *synced {
                        before.push((cell.view(), model.clone()));
                    }
                }
                Do::Steps(n) => (0..*n).for_each(|_| assert!(cell.step().is_ok())),
                Do::Rest => cell.rest(),
                Do::Reopen(_) if forgets => {}
                Do::Reopen(clean) => {
                    compare(&cell, &model).await;
                    before.clear();
                    let end = async { if *clean { cell.close().await } else { cell.abandon().await } };
                    stepped(&cell, end).await.unwrap();
                    cell = bench.open();
                }
            }
        }
        compare(&cell, &model).await;
        // Views do not move, whatever came after them.
        for (view, model) in before {
            let all = view.range(KeyRange::all(), usize::MAX).await.unwrap();
            assert_eq!(all, in_model(&model, &KeyRange::all(), usize::MAX));
        }
    });
}

/// More cases than usual are had with `PROPTEST_CASES`.
fn config(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases, ..usual } }
}

/// A directory whose syncs cost nothing, where there is one: these tests are not about durability.
fn quick_dir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn memory_is_an_ordered_map(todo in prop::collection::vec(to_do(), 1..40)) {
        check(&OnMemory, &todo, true);
    }

    #[test]
    fn a_log_over_memory_is_an_ordered_map(todo in prop::collection::vec(to_do(), 1..40)) {
        let env = Env { disk: Arc::new(SimDisk::new(1)), ..Env::simulated(1) };
        check(&OnSimulatedLog(env, MemoryBase::default()), &todo, false);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_log_over_lmdb_is_an_ordered_map(todo in prop::collection::vec(to_do(), 1..40)) {
        check(&OnLmdb(Env::host(), quick_dir()), &todo, false);
    }
}
