//! Whether transactions behave as if they ran one after the other, in the order of their stamps.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeMap,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use env::{Env, Random, SimDisk};
use parking_lot::Mutex;
use store::{
    Adversary, Base, Cell, Commit, Engine, Group, Items, KeyRange, MemoryBase, Opened, Options, Read, Room,
    Scrub, Slice, Storage, StoreError, Stored, Tx, counter,
};

/// What a committed transaction saw and did.
struct Done {
    commit: Commit,
    read: Vec<(String, Option<Bytes>)>,
    counted: Vec<(Bytes, Bytes)>,
    cleared: Option<KeyRange>,
    wrote: Vec<(String, Option<Bytes>)>,
    added: i64,
}

type History = Arc<Mutex<Vec<Done>>>;

fn options(adversary: Option<Adversary>) -> Options {
    Options { overlay_bytes: 32 << 10, slice_records: 10, clear_keys: 3, adversary, ..Options::default() }
}

fn register(random: &Random) -> String {
    format!("r/{:02}", random.below(24))
}

/// Transactions over few registers: each reads some, writes some, clears now and then, and notes what it saw.
async fn one(cell: &Cell, random: &Random, id: u64, history: &History) -> Result<(), StoreError> {
    let reads: Vec<_> = (0..random.below(3)).map(|_| register(random)).collect();
    let writes: Vec<_> = (0..=random.below(3)).map(|_| (register(random), random.below(4) > 0)).collect();
    let (first, span) = (register(random), random.below(3) == 0);
    let (add, pauses) = (random.below(3) == 0, random.below(3));
    let clear = (random.below(6) == 0).then(|| KeyRange::new(first.clone(), register(random)));
    let (reads, writes, first, clear) = (&reads, &writes, &first, &clear);
    let work = |tx: Tx| async move {
        let mut done = Done {
            commit: Commit { batch: 0, index: 0 },
            read: Vec::new(),
            counted: Vec::new(),
            cleared: clear.clone(),
            wrote: Vec::new(),
            added: 0,
        };
        for key in reads {
            done.read.push((key.clone(), tx.get(key.as_bytes()).await?));
            for _ in 0..pauses {
                tokio::task::yield_now().await;
            }
        }
        if span {
            done.counted = tx.range(KeyRange::new(first.clone(), "r0"), 4).await?;
            done.read.push((format!("from {first}"), None));
        }
        if let Some(range) = clear {
            tx.delete_range(range.clone());
        }
        for (i, (key, put)) in writes.iter().enumerate() {
            let value = put.then(|| Bytes::from(format!("{id}.{i} {}", "x".repeat(i * 300))));
            match &value {
                Some(value) => tx.put(key.clone(), value.clone()),
                None => tx.delete(key.clone()),
            }
            done.wrote.push((key.clone(), value));
        }
        if add {
            tx.add("sum", 1);
            done.added = 1;
        }
        let history = history.clone();
        tx.on_commit(move |commit| history.lock().push(Done { commit, ..done }));
        Ok::<_, StoreError>(())
    };
    cell.transact(work).await
}

/// Runs the history one after the other, and compares what each saw with what it would have seen.
async fn replay(cell: &Cell, history: &History) -> usize {
    let mut state = BTreeMap::<String, Bytes>::new();
    let (mut sum, mut before) = (0, None);
    let history = history.lock().split_off(0);
    for done in &history {
        assert!(before < Some(done.commit), "hooks run in the order of commits");
        before = Some(done.commit);
        for (key, value) in &done.read {
            if let Some(first) = key.strip_prefix("from ") {
                let expected = state.range(first.to_owned()..).take(4);
                let expected: Vec<_> = expected.map(|(k, v)| (Bytes::from(k.clone()), v.clone())).collect();
                assert_eq!(done.counted, expected, "{:?} read a range", done.commit);
            } else {
                assert_eq!(value.as_ref(), state.get(key), "{:?} read {key}", done.commit);
            }
        }
        if let Some(range) = done.cleared.as_ref().filter(|r| !r.is_empty()) {
            state.retain(|key, _| !range.contains(key.as_bytes()));
        }
        for (key, value) in &done.wrote {
            match value {
                Some(value) => state.insert(key.clone(), value.clone()),
                None => state.remove(key),
            };
        }
        sum += done.added;
    }
    let stored = cell.view().range(KeyRange::prefix("r/"), 100).await.unwrap();
    let expected: Vec<_> = state.into_iter().map(|(k, v)| (Bytes::from(k), v)).collect();
    assert_eq!(stored, expected);
    let stored = cell.view().get(b"sum").await.unwrap().map_or(0, |v| counter(&v).unwrap());
    assert_eq!(stored, sum);
    history.len()
}

async fn storm(cell: &Cell, seed: u64, tasks: u64, each: u64) -> usize {
    let history = History::default();
    let running: Vec<_> = (0..tasks)
        .map(|task| {
            let (cell, history) = (cell.clone(), history.clone());
            tokio::spawn(async move {
                let random = Random::seeded(seed * 1000 + task);
                for i in 0..each {
                    match one(&cell, &random, task * 1000 + i, &history).await {
                        Ok(()) | Err(StoreError::Conflict | StoreError::Unknown) => {}
                        Err(e) => panic!("{e}"),
                    }
                }
            })
        })
        .collect();
    for task in running {
        task.await.unwrap();
    }
    replay(cell, &history).await
}

fn simulated_log(seed: u64, options: Options) -> Cell {
    let env = Env { disk: Arc::new(SimDisk::new(seed)), ..Env::host() };
    let storage = Storage { segment_bytes: 48 << 10, reserve_bytes: 0, ..Storage::default() };
    let engine = store::log_and_memory(&env, Path::new("/cell"), storage, &MemoryBase::default());
    Cell::open(engine, &env, options).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn transactions_are_serializable() {
    for seed in 0..4 {
        let cell = simulated_log(seed, options(None));
        assert!(storm(&cell, seed, 12, 60).await > 600);
        assert!(cell.status().conflicts > 0, "the test means nothing where nobody meets");
        let forgets = Cell::open(store::memory(), &Env::host(), options(None)).unwrap();
        assert!(storm(&forgets, seed, 12, 60).await > 600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn transactions_on_lmdb_are_serializable() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let engine = store::log_and_lmdb(&env, dir.path(), Storage::default());
    let cell = Cell::open(engine, &env, options(None)).unwrap();
    assert!(storm(&cell, 9, 24, 25).await > 500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_adversary_breaks_no_promise() {
    for seed in 0..4 {
        let adversary = Adversary { lose: 100, ..Adversary::seeded(seed) };
        let cell = simulated_log(seed, options(Some(adversary)));
        storm(&cell, seed, 10, 30).await;
    }
}

#[tokio::test]
async fn the_adversary_does_what_it_says() {
    let adversary = Adversary { lose: 200, ..Adversary::seeded(5) };
    let cell = Cell::open(store::memory(), &Env::host(), options(Some(adversary))).unwrap();
    let (runs, acknowledged, unknown) = (AtomicU64::new(0), AtomicI64::new(0), AtomicI64::new(0));
    for _ in 0..500 {
        let add = |tx: Tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            async move {
                tx.add("n", 1);
                Ok::<_, StoreError>(())
            }
        };
        match cell.transact(add).await {
            Ok(()) => acknowledged.fetch_add(1, Ordering::SeqCst),
            Err(StoreError::Unknown) => unknown.fetch_add(1, Ordering::SeqCst),
            Err(e) => panic!("{e}"),
        };
    }
    let n = counter(&cell.view().get(b"n").await.unwrap().unwrap()).unwrap();
    let (acknowledged, unknown) = (acknowledged.into_inner(), unknown.into_inner());
    assert!(runs.into_inner() > 1200, "every closure ran twice, and some lost");
    assert!(unknown > 50, "answers were lost");
    assert!(
        n > acknowledged && n < acknowledged + unknown,
        "of those, some were committed and some were not"
    );
}

/// An engine whose reads must be waited for, as those of a database elsewhere.
struct Slow(Arc<dyn Engine>);
struct SlowBase(Arc<dyn Base>);

/// Not there at the first two looks.
struct Later<T>(Option<T>, u8);
impl<T: Unpin> Future for Later<T> {
    type Output = T;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.1 += 1;
        if self.1 > 2 {
            return Poll::Ready(self.0.take().unwrap());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn later<T: Send + Unpin + 'static>(read: Read<T>) -> Read<T> {
    Read::Wait(Box::pin(Later(Some(read.blocking()), 0)))
}

impl Base for SlowBase {
    fn get(&self, key: &[u8]) -> Read<Option<Stored>> {
        later(self.0.get(key))
    }
    fn range(&self, range: &KeyRange, limit: usize) -> Read<Items> {
        // Short parts, as a page of rows.
        later(self.0.range(range, limit.min(3)))
    }
    fn scrub(&self, from: &[u8], limit: usize) -> Result<Scrub, StoreError> {
        self.0.scrub(from, limit)
    }
}

impl Engine for Slow {
    fn open(
        &self,
        replay: &mut dyn FnMut(u64, Bytes) -> Result<(), StoreError>,
    ) -> Result<Opened, StoreError> {
        self.0.open(replay)
    }
    fn reserve(&self, bytes: usize, grows: bool) -> Result<Room, StoreError> {
        self.0.reserve(bytes, grows)
    }
    fn commit(&self, group: Group<'_>) -> Result<(), StoreError> {
        self.0.commit(group)
    }
    fn seal(&self, last: u64) {
        self.0.seal(last);
    }
    fn base(&self) -> Arc<dyn Base> {
        Arc::new(SlowBase(self.0.base()))
    }
    fn absorb(&self, slice: Slice<'_>) -> Result<(), StoreError> {
        self.0.absorb(slice)
    }
    fn close(&self, clean: bool) -> Result<(), StoreError> {
        self.0.close(clean)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reads_may_have_to_be_waited_for() {
    let cell = Cell::open(Arc::new(Slow(store::memory())), &Env::host(), options(None)).unwrap();
    assert!(storm(&cell, 3, 12, 60).await > 600);
}

#[tokio::test]
async fn only_what_was_read_unsynced_is_waited_for() {
    use store::Drive;
    let env = Env { disk: Arc::new(SimDisk::new(1)), ..Env::host() };
    let engine = store::log_and_memory(&env, Path::new("/cell"), Storage::default(), &MemoryBase::default());
    let cell = Cell::open(engine, &env, Options { drive: Drive::Manual, ..options(None) }).unwrap();
    let put = |tx: Tx| async move {
        tx.put("a", "unsynced");
        Ok::<_, StoreError>(())
    };
    {
        let mut put = std::pin::pin!(cell.transact_unsynced(put));
        assert!(futures_poll(put.as_mut()).is_none());
        cell.step().unwrap();
        assert!(futures_poll(put.as_mut()).is_some(), "answered when applied");
    }
    assert_eq!(cell.view().get(b"a").await.unwrap(), None);
    let other = |tx: Tx| async move { tx.get(b"b").await };
    assert!(futures_poll(std::pin::pin!(cell.transact(other))).is_some(), "what was read is durable");
    let refused = |tx: Tx| async move {
        let found = tx.get(b"a").await?;
        if found.is_some() { Err(StoreError::Conflict) } else { Ok(()) }
    };
    let mut refused = std::pin::pin!(cell.transact(refused));
    assert!(futures_poll(refused.as_mut()).is_none(), "a refusal too waits for what it was decided on");
    cell.step().unwrap();
    assert!(futures_poll(refused.as_mut()).is_some());
    assert!(cell.view().get(b"a").await.unwrap().is_some());
}

/// Polls once.
fn futures_poll<T>(f: Pin<&mut impl Future<Output = T>>) -> Option<T> {
    match f.poll(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}
