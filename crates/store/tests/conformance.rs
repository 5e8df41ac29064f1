//! What every engine owes, asked of each of them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use parking_lot::Mutex;
use store::{Cell, Commit, KeyRange, MemoryBase, Options, Storage, StoreError, Tx, counter, limits};

/// A cell on some engine, and what must outlive it.
struct Bench {
    cell: Cell,
    _dir: Option<tempfile::TempDir>,
}

fn options() -> Options {
    // Small overlays, so that reads cross all layers.
    Options { overlay_bytes: 64 << 10, slice_records: 20, ..Options::default() }
}

fn on_memory(options: Options) -> Bench {
    let cell = Cell::open(store::memory(), &env::Env::host(), options).unwrap();
    Bench { cell, _dir: None }
}

fn on_lmdb(options: Options) -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let env = env::Env::host();
    let engine = store::log_and_lmdb(&env, &dir.path().join("cell"), Storage::default());
    Bench { cell: Cell::open(engine, &env, options).unwrap(), _dir: Some(dir) }
}

fn on_simulated_log(options: Options) -> Bench {
    let env = env::Env { disk: Arc::new(env::SimDisk::new(7)), ..env::Env::host() };
    let storage = Storage { segment_bytes: 128 << 10, reserve_bytes: 0, ..Storage::default() };
    let engine = store::log_and_memory(&env, Path::new("/cell"), storage, &MemoryBase::default());
    Bench { cell: Cell::open(engine, &env, options).unwrap(), _dir: None }
}

macro_rules! on_every_engine {
    ($($test:ident)*) => {
        mod lmdb { $( #[tokio::test(flavor = "multi_thread")] async fn $test() { super::$test(super::on_lmdb).await } )* }
        mod simulated_log { $( #[tokio::test(flavor = "multi_thread")] async fn $test() { super::$test(super::on_simulated_log).await } )* }
        mod memory { $( #[tokio::test(flavor = "multi_thread")] async fn $test() { super::$test(super::on_memory).await } )* }
    };
}

on_every_engine! {
    a_transaction_sees_its_own_writes
    a_lost_read_runs_again
    an_error_changes_nothing
    additions_do_not_conflict
    stamped_keys_order_as_commits
    hooks_run_in_order_before_answers
    ranges_are_cleared
    limits_are_told
    write_skew_cannot_happen
    a_phantom_is_a_conflict
    money_is_neither_made_nor_lost
    a_hot_record_is_fair
    views_see_durable_state
    a_closed_cell_says_so
}

type Open = fn(Options) -> Bench;

async fn put(cell: &Cell, key: &str, value: &str) {
    let put = |tx: Tx| async move {
        tx.put(key.to_owned(), value.to_owned());
        Ok::<_, StoreError>(())
    };
    cell.transact(put).await.unwrap();
}

async fn got(cell: &Cell, key: &str) -> Option<String> {
    cell.view().get(key.as_bytes()).await.unwrap().map(|v| String::from_utf8(v.to_vec()).unwrap())
}

fn text(items: &[(Bytes, Bytes)]) -> String {
    let one =
        |(k, v): &(Bytes, Bytes)| format!("{}={}", String::from_utf8_lossy(k), String::from_utf8_lossy(v));
    items.iter().map(one).collect::<Vec<_>>().join(" ")
}

async fn a_transaction_sees_its_own_writes(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    for key in ["a", "b", "c", "d"] {
        put(&cell, key, "old").await;
    }
    let seen = |tx: Tx| async move {
        tx.put("bb", "new");
        tx.put("c", "new");
        tx.delete("d");
        let forward = text(&tx.range(KeyRange::new("a", "e"), 10).await?);
        let two = text(&tx.range(KeyRange::new("b", "e").reversed(), 2).await?);
        tx.delete_range(KeyRange::new("a", "c"));
        tx.put("b", "again");
        let cleared = text(&tx.range(KeyRange::all(), 10).await?);
        assert_eq!((tx.get(b"a").await?, tx.get(b"d").await?), (None, None));
        Ok::<_, StoreError>((forward, two, cleared))
    };
    let (forward, two, cleared) = cell.transact(seen).await.unwrap();
    assert_eq!(forward, "a=old b=old bb=new c=new");
    assert_eq!(two, "c=new bb=new");
    assert_eq!(cleared, "b=again c=new");
    assert_eq!(text(&cell.view().range(KeyRange::all(), 10).await.unwrap()), "b=again c=new");
}

async fn a_lost_read_runs_again(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    put(&cell, "k", "1").await;
    let runs = AtomicU64::new(0);
    let slow = |tx: Tx| {
        let (runs, cell) = (&runs, &cell);
        async move {
            let before = tx.get(b"k").await?.unwrap();
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                put(cell, "k", "2").await;
            }
            tx.put("k", [&before[..], b"!"].concat());
            Ok::<_, StoreError>(())
        }
    };
    cell.transact(slow).await.unwrap();
    assert_eq!((got(&cell, "k").await.unwrap(), runs.load(Ordering::SeqCst)), ("2!".into(), 2));
}

async fn an_error_changes_nothing(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    let refused = |tx: Tx| async move {
        tx.put("k", "v");
        tx.on_commit(|_| panic!("this is not committed"));
        Err::<(), _>(StoreError::Full)
    };
    assert!(matches!(cell.transact(refused).await, Err(StoreError::Full)));
    assert_eq!(got(&cell, "k").await, None);
}

async fn additions_do_not_conflict(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    let runs = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> = (0..50)
        .map(|i| {
            let (cell, runs) = (cell.clone(), runs.clone());
            tokio::spawn(async move {
                let add = |tx: Tx| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    async move {
                        tx.add("n", i);
                        tx.add("n", 1);
                        Ok::<_, StoreError>(())
                    }
                };
                cell.transact(add).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(counter(&cell.view().get(b"n").await.unwrap().unwrap()).unwrap(), (0..50).sum::<i64>() + 50);
    assert_eq!(runs.load(Ordering::SeqCst), 50, "no addition ran twice");
    let read = |tx: Tx| async move {
        tx.add("n", 10);
        let sum = counter(&tx.get(b"n").await?.unwrap())?;
        let in_range = tx.range(KeyRange::all(), 9).await?;
        assert_eq!(counter(&in_range[0].1)?, sum);
        tx.put("n", 7i64.to_le_bytes().to_vec());
        tx.add("n", 1);
        Ok::<_, StoreError>(sum)
    };
    assert_eq!(cell.transact(read).await.unwrap(), (0..50).sum::<i64>() + 60);
    assert_eq!(counter(&cell.view().get(b"n").await.unwrap().unwrap()).unwrap(), 8);
    put(&cell, "word", "no counter").await;
    let wrong = |tx: Tx| async move {
        tx.add("word", 1);
        Ok::<_, StoreError>(())
    };
    assert!(matches!(cell.transact(wrong).await, Err(StoreError::Damaged { .. })));
    assert_eq!(got(&cell, "word").await.unwrap(), "no counter");
}

async fn stamped_keys_order_as_commits(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    let commits = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..40)
        .map(|i| {
            let (cell, commits) = (cell.clone(), commits.clone());
            tokio::spawn(async move {
                let send = |tx: Tx| {
                    let commits = commits.clone();
                    async move {
                        tx.put_stamped("q/", "/m", i.to_string());
                        tx.on_commit(move |commit| commits.lock().push((commit, i.to_string())));
                        Ok::<_, StoreError>(())
                    }
                };
                cell.transact(send).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let expected: Vec<(Bytes, Bytes)> = commits
        .lock()
        .iter()
        .map(|(c, v): &(Commit, String)| ([&b"q/"[..], &c.stamp(), b"/m"].concat().into(), v.clone().into()))
        .collect();
    assert_eq!(expected.len(), 40);
    assert_eq!(cell.view().range(KeyRange::prefix("q/"), 100).await.unwrap(), expected);
}

async fn hooks_run_in_order_before_answers(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = (0..64)
        .map(|i| {
            let (cell, seen) = (cell.clone(), seen.clone());
            tokio::spawn(async move {
                let write = |tx: Tx| {
                    let seen = seen.clone();
                    async move {
                        tx.put(format!("k{i}"), "v");
                        tx.on_commit(move |commit| seen.lock().push((commit, i)));
                        Ok::<_, StoreError>(())
                    }
                };
                cell.transact(write).await.unwrap();
                assert!(seen.lock().iter().any(|(_, j)| *j == i), "the hook ran before the answer");
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seen = seen.lock();
    assert_eq!(seen.len(), 64);
    assert!(
        seen.windows(2).all(|w| w[0].0 < w[1].0),
        "in the order of commits, each with a stamp of its own"
    );
}

async fn ranges_are_cleared(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    for round in 0..3 {
        let fill = |tx: Tx| async move {
            for i in 0..500 {
                tx.put(format!("r/{i:04}"), format!("{round}/{}", "x".repeat(200)));
            }
            Ok::<_, StoreError>(())
        };
        cell.transact(fill).await.unwrap();
        put(&cell, "r/0100x", "before").await;
        let clear = |tx: Tx| async move {
            tx.delete_range(KeyRange::new("r/0100", "r/0450"));
            tx.put("r/0200", "after");
            Ok::<_, StoreError>(())
        };
        cell.transact(clear).await.unwrap();
        let view = cell.view();
        assert_eq!(view.range(KeyRange::prefix("r/"), 1000).await.unwrap().len(), 151, "round {round}");
        assert_eq!(view.range(KeyRange::prefix("r/").reversed(), 1000).await.unwrap().len(), 151);
        assert_eq!(view.get(b"r/0101").await.unwrap(), None);
        assert_eq!(got(&cell, "r/0200").await.unwrap(), "after");
    }
}

async fn limits_are_told(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    let sizes = [
        (limits::KEY_BYTES_MAX, limits::VALUE_BYTES_MAX, true),
        (limits::KEY_BYTES_MAX + 1, 1, false),
        (1, limits::VALUE_BYTES_MAX + 1, false),
        (0, 1, false),
    ];
    for (key, value, fits) in sizes {
        let put = |tx: Tx| async move {
            tx.put(vec![b'k'; key], vec![b'v'; value]);
            Ok::<_, StoreError>(())
        };
        match cell.transact(put).await {
            Ok(()) => assert!(fits),
            Err(e) => assert!(!fits && matches!(e, StoreError::TooLarge { .. }), "{e}"),
        }
    }
    let key = vec![b'k'; limits::KEY_BYTES_MAX];
    assert_eq!(cell.view().get(&key).await.unwrap().unwrap().len(), limits::VALUE_BYTES_MAX);
}

async fn write_skew_cannot_happen(open: Open) {
    for _ in 0..20 {
        let bench = open(options());
        let cell = bench.cell.clone();
        put(&cell, "anna", "on duty").await;
        put(&cell, "bert", "on duty").await;
        let tasks: Vec<_> = ["anna", "bert"]
            .map(|who| {
                let cell = cell.clone();
                tokio::spawn(async move {
                    let leave = |tx: Tx| async move {
                        let on = tx.range(KeyRange::all(), 10).await?.len();
                        tokio::task::yield_now().await;
                        if on > 1 {
                            tx.delete(who);
                        }
                        Ok::<_, StoreError>(())
                    };
                    cell.transact(leave).await.unwrap();
                })
            })
            .into();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(cell.view().range(KeyRange::all(), 10).await.unwrap().len(), 1, "one stays on duty");
    }
}

async fn a_phantom_is_a_conflict(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    put(&cell, "p/1", "v").await;
    let runs = AtomicU64::new(0);
    let count = |tx: Tx| {
        let (runs, cell) = (&runs, &cell);
        async move {
            let n = tx.range(KeyRange::prefix("p/"), 10).await?.len();
            if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                put(cell, "q", "beside the range").await;
                put(cell, "p/2", "within it").await;
            }
            tx.put("n", n.to_string());
            Ok::<_, StoreError>(())
        }
    };
    cell.transact(count).await.unwrap();
    assert_eq!((got(&cell, "n").await.unwrap(), runs.load(Ordering::SeqCst)), ("2".into(), 2));
    // What lies behind the limit was not looked at.
    let first = |tx: Tx| {
        let (runs, cell) = (&runs, &cell);
        async move {
            let one = tx.range(KeyRange::prefix("p/"), 1).await?;
            runs.fetch_add(1, Ordering::SeqCst);
            put(cell, "p/3", "behind").await;
            tx.put("first", one[0].0.clone());
            Ok::<_, StoreError>(())
        }
    };
    cell.transact(first).await.unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 3);
}

async fn money_is_neither_made_nor_lost(open: Open) {
    const ACCOUNTS: u64 = 8;
    let bench = open(options());
    let cell = bench.cell.clone();
    for i in 0..ACCOUNTS {
        put(&cell, &format!("account/{i}"), "100").await;
    }
    let tasks: Vec<_> = (0..16u64)
        .map(|task| {
            let cell = cell.clone();
            tokio::spawn(async move {
                let random = env::Random::seeded(task);
                for _ in 0..40 {
                    let (from, to, sum) = (random.below(ACCOUNTS), random.below(ACCOUNTS), random.below(50));
                    let transfer = |tx: Tx| async move {
                        let balance = async |i: u64| {
                            let value = tx.get(format!("account/{i}").as_bytes()).await?.unwrap();
                            Ok::<u64, StoreError>(String::from_utf8_lossy(&value).parse().unwrap())
                        };
                        let (has, other) = (balance(from).await?, balance(to).await?);
                        if from != to && has >= sum {
                            tx.put(format!("account/{from}"), (has - sum).to_string());
                            tx.put(format!("account/{to}"), (other + sum).to_string());
                        }
                        Ok::<_, StoreError>(())
                    };
                    match cell.transact(transfer).await {
                        Ok(()) | Err(StoreError::Conflict) => {}
                        Err(e) => panic!("{e}"),
                    }
                    let view = cell.view();
                    let all = view.range(KeyRange::prefix("account/"), 100).await.unwrap();
                    let sum = |v: &Bytes| String::from_utf8_lossy(v).parse::<u64>().unwrap();
                    assert_eq!(all.iter().map(|(_, v)| sum(v)).sum::<u64>(), ACCOUNTS * 100);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn a_hot_record_is_fair(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    put(&cell, "hot", "0").await;
    let most = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (cell, most) = (cell.clone(), most.clone());
            tokio::spawn(async move {
                for _ in 0..5 {
                    let runs = AtomicU64::new(0);
                    let add = |tx: Tx| {
                        runs.fetch_add(1, Ordering::SeqCst);
                        async move {
                            let n: u64 =
                                String::from_utf8_lossy(&tx.get(b"hot").await?.unwrap()).parse().unwrap();
                            tokio::task::yield_now().await;
                            tx.put("hot", (n + 1).to_string());
                            Ok::<_, StoreError>(())
                        }
                    };
                    cell.transact(add).await.unwrap();
                    most.fetch_max(runs.load(Ordering::SeqCst), Ordering::SeqCst);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(got(&cell, "hot").await.unwrap(), "320");
    assert!(most.load(Ordering::SeqCst) <= 12, "one ran {} times", most.load(Ordering::SeqCst));
}

async fn views_see_durable_state(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    put(&cell, "k", "1").await;
    let before = cell.view();
    let write = |tx: Tx| async move {
        tx.put("k", "2");
        Ok::<_, StoreError>(())
    };
    cell.transact_unsynced(write).await.unwrap();
    // A transaction sees it, and its answer makes it durable.
    let read = |tx: Tx| async move { tx.get(b"k").await };
    assert_eq!(cell.transact(read).await.unwrap().as_deref(), Some(&b"2"[..]));
    assert_eq!(got(&cell, "k").await.unwrap(), "2");
    assert_eq!(before.get(b"k").await.unwrap().as_deref(), Some(&b"1"[..]), "a view does not move");
    let many = before.multi_get(&["k", "none"]).await.unwrap();
    assert_eq!(many, [Some(Bytes::from("1")), None]);
}

async fn a_closed_cell_says_so(open: Open) {
    let bench = open(options());
    let cell = bench.cell.clone();
    put(&cell, "k", "1").await;
    cell.close().await.unwrap();
    cell.close().await.unwrap();
    let write = |tx: Tx| async move {
        tx.put("k", "2");
        Ok::<_, StoreError>(())
    };
    assert!(matches!(cell.transact(write).await, Err(StoreError::Closed)));
}
