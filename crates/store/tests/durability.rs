//! What was acknowledged is there after any end, and what is damaged is told and not served.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use env::{Disk, Env, File, Injected, Open, Point, Random, SimDisk};
use parking_lot::Mutex;
use store::{Cell, Drive, KeyRange, MemoryBase, Options, Storage, StoreError, Tx};
use tokio::task::JoinSet;

fn open_dir(env: &Env, dir: &Path) -> Result<Cell, StoreError> {
    let options = Options { overlay_bytes: 256 << 10, slice_records: 100, ..Options::default() };
    Cell::open(store::log_and_lmdb(env, dir, Storage::default()), env, options)
}

async fn put(cell: &Cell, key: &str, value: impl Into<Bytes>) -> Result<(), StoreError> {
    let value = value.into();
    let put = |tx: Tx| {
        let value = value.clone();
        async move {
            tx.put(key.to_owned(), value);
            Ok::<_, StoreError>(())
        }
    };
    cell.transact(put).await
}

async fn delete(cell: &Cell, key: &str) -> Result<(), StoreError> {
    let delete = |tx: Tx| async move {
        tx.delete(key.to_owned());
        Ok::<_, StoreError>(())
    };
    cell.transact(delete).await
}

async fn count(cell: &Cell) -> usize {
    cell.view().range(KeyRange::all(), usize::MAX).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_again() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let dir = dir.path().join("deep/cell");
    let mut expected = 0;
    for round in 0..6 {
        let cell = open_dir(&env, &dir).unwrap();
        assert_eq!(count(&cell).await, expected, "round {round}");
        for i in 0..60 {
            put(&cell, &format!("{round}/{i}"), vec![round; 9000]).await.unwrap();
        }
        delete(&cell, &format!("{round}/7")).await.unwrap();
        expected += 59;
        if round % 2 == 0 {
            cell.close().await.unwrap();
            assert!(!dir.join("log-0").exists(), "a clean end leaves no log to read");
        } else {
            cell.abandon().await.unwrap();
            assert!(dir.join("log-0").exists());
        }
    }
    let cell = open_dir(&env, &dir).unwrap();
    assert_eq!(count(&cell).await, expected);
    assert_eq!(cell.view().get(b"3/9").await.unwrap().unwrap(), vec![3; 9000]);
    assert_eq!(cell.view().get(b"3/7").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_before_the_first_write() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let at = dir.path().join("cell");
    let cell = open_dir(&env, &at).unwrap();
    let read = |tx: Tx| async move { tx.get(b"k").await };
    assert_eq!(cell.transact(read).await.unwrap(), None);
    assert_eq!(count(&cell).await, 0);
    cell.close().await.unwrap();
    assert!(!at.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_has_one_master() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let first = open_dir(&env, dir.path()).unwrap();
    put(&first, "k", "v").await.unwrap();
    let second = open_dir(&env, dir.path()).err().unwrap();
    assert!(second.to_string().contains("in use"), "{second}");
    first.close().await.unwrap();
    assert_eq!(count(&open_dir(&env, dir.path()).unwrap()).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn idleness_gives_memory_back_and_reads_go_on() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let idle_after = std::time::Duration::from_millis(5);
    let engine = store::log_and_lmdb(&env, dir.path(), Storage::default());
    let cell = Cell::open(engine, &env, Options { idle_after, ..Options::default() }).unwrap();
    for round in 0..3 {
        for i in 0..20 {
            put(&cell, &format!("{round}/{i}"), vec![1; 1000]).await.unwrap();
        }
        while cell.status().overlay_bytes > 0 {
            tokio::task::yield_now().await;
        }
        env.clocks.steady.wait(3 * idle_after).await;
        assert_eq!(count(&cell).await, 20 * (round + 1));
    }
}

/// Damages a file by flipping one bit.
fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1 << (at % 8);
    fs::write(path, bytes).unwrap();
}

fn find(path: &Path, what: &[u8]) -> usize {
    let bytes = fs::read(path).unwrap();
    memchr::memmem::find(&bytes, what).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_in_a_stored_value_is_told() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let cell = open_dir(&env, dir.path()).unwrap();
    put(&cell, "sound", "all is well here").await.unwrap();
    put(&cell, "hurt", "something is wrong").await.unwrap();
    cell.close().await.unwrap();
    let data = dir.path().join("records/data.mdb");
    flip(&data, find(&data, b"something is wrong") + 4);
    let cell = open_dir(&env, dir.path()).unwrap();
    assert_eq!(cell.view().get(b"sound").await.unwrap().unwrap(), "all is well here");
    let told = cell.view().get(b"hurt").await.unwrap_err();
    assert!(matches!(&told, StoreError::Damaged { what } if what.contains("hurt")), "{told}");
    assert!(cell.view().range(KeyRange::all(), 10).await.is_err());
    // Only what depends on it is refused.
    put(&cell, "hurt", "healed").await.unwrap();
    assert_eq!(cell.view().get(b"hurt").await.unwrap().unwrap(), "healed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_in_the_log_is_told_by_batch() {
    let (dir, env) = (tempfile::tempdir().unwrap(), Env::host());
    let (original, copy) = (dir.path().join("original"), dir.path().join("copy"));
    let cell = open_dir(&env, &original).unwrap();
    for i in 1..=9 {
        put(&cell, &format!("key {i}"), format!("value {i}")).await.unwrap();
    }
    cell.abandon().await.unwrap();
    let fifth = find(&original.join("log-0"), b"value 5");
    for at in [0, 3, 20, 40] {
        copy_dir(&original, &copy);
        flip(&copy.join("log-0"), fifth - at);
        let told = open_dir(&env, &copy).err().unwrap();
        assert!(matches!(&told, StoreError::Damaged { what } if what.contains("batch 5 ")), "{at}: {told}");
        fs::remove_dir_all(&copy).unwrap();
    }
    // A repair keeps what can be read and says what cannot.
    copy_dir(&original, &copy);
    flip(&copy.join("log-0"), fifth);
    assert_eq!(store::repair(&env, &copy).unwrap(), store::Repair { kept: 8, lost: vec![(5, 5)] });
    let cell = open_dir(&env, &copy).unwrap();
    assert_eq!((count(&cell).await, cell.view().get(b"key 5").await.unwrap()), (8, None));
    put(&cell, "key 5", "again").await.unwrap();
    assert_eq!(cell.view().batch(), 10);
    cell.close().await.unwrap();
    fs::remove_dir_all(&copy).unwrap();
    // The end of the log may be torn: then its last batch was not acknowledged, as far as anybody can know.
    copy_dir(&original, &copy);
    let last = find(&original.join("log-0"), b"value 9");
    flip(&copy.join("log-0"), last);
    assert_eq!(count(&open_dir(&env, &copy).unwrap()).await, 8);
    // A log that is gone is noticed too.
    fs::remove_file(original.join("records/data.mdb")).unwrap();
    assert!(matches!(open_dir(&env, &original), Err(StoreError::Damaged { .. })));
}

fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A cell on a simulated disk, run by hand.
struct Simulated {
    env: Env,
    disk: SimDisk,
    base: MemoryBase,
}

impl Simulated {
    fn new(seed: u64) -> Self {
        let disk = SimDisk::new(seed);
        let env = Env { disk: Arc::new(disk.clone()), ..Env::simulated(seed) };
        Self { env, disk, base: MemoryBase::default() }
    }

    fn open(&self) -> Result<Cell, StoreError> {
        let storage = Storage { segment_bytes: 64 << 10, reserve_bytes: 16 << 10, ..Storage::default() };
        let engine = store::log_and_memory(&self.env, Path::new("/cell"), storage, &self.base);
        let options =
            Options { drive: Drive::Manual, overlay_bytes: 48 << 10, slice_records: 7, ..Options::default() };
        Cell::open(engine, &self.env, options)
    }
}

/// Runs a future while the cell is stepped.
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

#[tokio::test]
async fn a_failed_sync_ends_all_writing() {
    let sim = Simulated::new(1);
    let cell = sim.open().unwrap();
    stepped(&cell, put(&cell, "a", "durable")).await.unwrap();
    sim.disk.fail_syncs(1);
    let unknown = stepped(&cell, put(&cell, "b", "perhaps")).await;
    assert!(matches!(unknown, Err(StoreError::Unknown)));
    // The next sync would succeed, and prove nothing.
    let refused = stepped(&cell, put(&cell, "c", "never")).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Io { what } if what.contains("sync")), "{refused}");
    assert!(cell.status().trouble.is_some());
    assert_eq!(count(&cell).await, 1, "views go on, and see what is durable");
    let read = |tx: Tx| async move { tx.get(b"b").await };
    let told = stepped(&cell, cell.transact(read)).await;
    assert!(told.is_err(), "nobody is told of what may be lost");
    drop(cell);
    sim.disk.power_loss();
    let cell = sim.open().unwrap();
    assert_eq!(cell.view().get(b"a").await.unwrap().unwrap(), "durable");
    stepped(&cell, put(&cell, "c", "again")).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_refuses_what_grows_and_recovers() {
    let sim = Simulated::new(2);
    let cell = sim.open().unwrap();
    stepped(&cell, put(&cell, "first", "v")).await.unwrap();
    // No room for a larger or another segment, and less than the reserve; the one there is can be used again.
    sim.disk.set_room((64 << 10) + 100);
    let large = stepped(&cell, put(&cell, "large", vec![1; 100_000])).await;
    assert!(matches!(large, Err(StoreError::Full)));
    let mut stored = 0;
    let refused = loop {
        match stepped(&cell, put(&cell, &format!("k{stored}"), vec![1; 4000])).await {
            Ok(()) => stored += 1,
            Err(e) => break e,
        }
        sim.env.clocks.steady.turn(std::time::Duration::from_secs(1));
        assert!(stored < 1000);
    };
    assert!(matches!(refused, StoreError::Full), "{refused}");
    stepped(&cell, delete(&cell, "k0")).await.unwrap();
    assert_eq!(count(&cell).await, stored);
    sim.disk.set_room(u64::MAX);
    sim.env.clocks.steady.turn(std::time::Duration::from_secs(1));
    for i in 0..40 {
        stepped(&cell, put(&cell, &format!("more{i}"), vec![2; 100_000])).await.unwrap();
    }
    assert_eq!(count(&cell).await, stored + 40);
    drop(cell);
    sim.disk.power_loss();
    assert_eq!(count(&sim.open().unwrap()).await, stored + 40);
}

#[tokio::test]
async fn what_an_opening_shows_no_power_loss_takes_back() {
    for seed in 0..30 {
        let sim = Simulated::new(seed);
        let cell = sim.open().unwrap();
        stepped(&cell, put(&cell, "a", "durable")).await.unwrap();
        sim.disk.fail_syncs(1);
        assert!(stepped(&cell, put(&cell, "b", "written, not synced")).await.is_err());
        // The process ends, the machine does not: the next one finds the batch in the page cache.
        drop(cell);
        let cell = sim.open().unwrap();
        assert!(cell.view().get(b"b").await.unwrap().is_some());
        drop(cell);
        sim.disk.power_loss();
        assert!(sim.open().unwrap().view().get(b"b").await.unwrap().is_some(), "seed {seed}");
    }
}

#[tokio::test]
async fn injected_faults_are_told() {
    let sim = Simulated::new(3);
    let cell = sim.open().unwrap();
    let set = |point, what| sim.env.faults.set(point, what, 1_000_000, 1, &sim.env.random);
    set(Point::Commit, Injected::Error);
    assert!(matches!(stepped(&cell, put(&cell, "k", "v")).await, Err(StoreError::Io { .. })));
    set(Point::Commit, Injected::Full);
    assert!(matches!(stepped(&cell, put(&cell, "k", "v")).await, Err(StoreError::Full)));
    assert_eq!(count(&cell).await, 0);
    stepped(&cell, put(&cell, "k", "v")).await.unwrap();
    set(Point::Sync, Injected::Error);
    assert!(matches!(stepped(&cell, put(&cell, "k", "w")).await, Err(StoreError::Unknown)));
    assert_eq!(cell.view().get(b"k").await.unwrap().unwrap(), "v");
}

type Lines = Result<usize, String>;

/// Whether the journal, which every transaction writes a stamped line into, explains the state, and has every line
/// that was acknowledged. Answers how many lines there are, or what is wrong.
async fn explain(cell: &Cell, acknowledged: &[u64]) -> Lines {
    let view = cell.view();
    let journal = view.range(KeyRange::prefix("journal/"), usize::MAX).await.map_err(|e| e.to_string())?;
    let mut state = BTreeMap::new();
    let mut lines = BTreeSet::new();
    let mut before = 0;
    for (key, line) in &journal {
        let batch = u64::from_be_bytes(key[8..16].try_into().unwrap());
        if batch != before && batch != before + 1 {
            return Err(format!("batches between {before} and {batch} are missing"));
        }
        before = batch;
        let line = String::from_utf8(line.to_vec()).unwrap();
        let words: Vec<_> = line.split(' ').collect();
        lines.insert(words[0].parse::<u64>().unwrap());
        match words[2] {
            "gone" => state.remove(words[1]),
            value => state.insert(words[1].to_owned(), value.to_owned()),
        };
    }
    if let Some(id) = acknowledged.iter().find(|id| !lines.contains(id)) {
        return Err(format!("transaction {id} was acknowledged and is lost"));
    }
    let stored = view.range(KeyRange::prefix("state/"), usize::MAX).await.map_err(|e| e.to_string())?;
    let text = |b: &Bytes| String::from_utf8(b.to_vec()).unwrap();
    if stored.iter().map(|(k, v)| (text(k), text(v))).collect::<BTreeMap<_, _>>() != state {
        return Err("the state is not what the journal says".into());
    }
    let sum = view.get(b"lines").await.unwrap().map_or(0, |v| store::counter(&v).unwrap());
    if sum != lines.len() as i64 {
        return Err(format!("the counter says {sum}, the journal {}", lines.len()));
    }
    Ok(lines.len())
}

async fn one_transaction(cell: &Cell, id: u64, random: &Random, synced: bool) -> Result<(), StoreError> {
    let key = format!("state/{}", random.below(30));
    let (kind, filler) = (random.below(10), "x".repeat(random.below(600) as usize));
    let work = |tx: Tx| {
        let (key, filler) = (key.clone(), filler.clone());
        async move {
            let value = if kind == 0 { "gone".to_owned() } else { format!("{id}{filler}") };
            match kind {
                0 => tx.delete(key.clone()),
                1 => {
                    tx.delete_range(KeyRange::new(key.clone(), format!("{key}\0")));
                    tx.put(key.clone(), value.clone());
                }
                _ => tx.put(key.clone(), value.clone()),
            }
            tx.add("lines", 1);
            tx.put_stamped("journal/", "", format!("{id} {key} {value}"));
            Ok::<_, StoreError>(())
        }
    };
    if synced { cell.transact(work).await } else { cell.transact_unsynced(work).await }
}

/// One simulated machine that loses power again and again, between any two steps and within a sync.
async fn lives(sim: &Simulated) -> Lines {
    let random = sim.env.random.clone();
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let (mut id, mut lines) = (0, 0);
    for _ in 0..6 {
        let cell = sim.open().map_err(|e| e.to_string())?;
        let known = acknowledged.lock().clone();
        lines = explain(&cell, &known).await?;
        let mut tasks = JoinSet::new();
        for _ in 0..random.below(120) {
            match random.below(6) {
                0..4 => {
                    id += 1;
                    let (id, cell, random, acknowledged) =
                        (id, cell.clone(), random.clone(), acknowledged.clone());
                    tasks.spawn(async move {
                        let synced = random.below(4) > 0;
                        if one_transaction(&cell, id, &random, synced).await.is_ok() && synced {
                            acknowledged.lock().push(id);
                        }
                    });
                }
                4 => {
                    cell.step().map_err(|e| e.to_string())?;
                }
                _ if random.below(8) == 0 => cell.rest(),
                _ => tokio::task::yield_now().await,
            }
        }
        match random.below(4) {
            0 => while cell.step().map_err(|e| e.to_string())? {},
            // What this step writes is on the disk's way, and nobody waits until it is there.
            1 => {
                sim.disk.fail_syncs(1);
                cell.step().map_err(|e| e.to_string())?;
                sim.disk.fail_syncs(0);
            }
            _ => {}
        }
        tokio::task::yield_now().await;
        tasks.abort_all();
        while tasks.join_next().await.is_some() {}
        sim.disk.power_loss();
        drop(cell);
    }
    Ok(lines)
}

#[tokio::test]
async fn power_may_go_at_any_step() {
    let mut lines = 0;
    for seed in 0..200 {
        lines += lives(&Simulated::new(seed)).await.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
    }
    assert!(lines > 10_000, "the test does something: {lines}");
}

/// A disk that answers a sync before it has done it.
struct Lying(SimDisk);
struct LyingFile(Box<dyn File>);

impl File for LyingFile {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(into, offset)
    }
    fn write_all_at(&self, from: &[u8], offset: u64) -> io::Result<()> {
        self.0.write_all_at(from, offset)
    }
    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }
    fn sync_all(&self) -> io::Result<()> {
        self.0.sync_all()
    }
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn set_len(&self, to: u64) -> io::Result<()> {
        self.0.set_len(to)
    }
    fn allocate(&self, to: u64) -> io::Result<()> {
        self.0.allocate(to)
    }
}

impl Disk for Lying {
    fn open(&self, path: &Path, how: Open) -> io::Result<Box<dyn File>> {
        Ok(Box::new(LyingFile(self.0.open(path, how)?)))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.0.create_dir_all(path)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.0.sync_dir(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        self.0.list(path)
    }
    fn exists(&self, path: &Path) -> bool {
        self.0.exists(path)
    }
    fn space(&self, path: &Path) -> io::Result<(u64, u64)> {
        self.0.space(path)
    }
}

#[tokio::test]
async fn a_missing_sync_would_be_noticed() {
    let mut noticed = 0;
    for seed in 0..20 {
        let mut sim = Simulated::new(seed);
        sim.env.disk = Arc::new(Lying(sim.disk.clone()));
        noticed += usize::from(lives(&sim).await.is_err());
    }
    assert!(noticed >= 15, "only {noticed} of 20 machines with a lying disk were found out");
}
