//! Rates and CPU time of a cell on this machine: `cargo run --release -p kumiki-store --example bench [DIR [SECONDS [PRELOAD
//! [ONLY [CLIENTS]]]]]`.
//!
//! A put is a transaction that reads a random key of 40 bytes and sets it to 1 KiB, durable when it is answered.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a measurement that cannot go on fails")]

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use env::{Env, Random};
use store::{Cell, KeyRange, Options, Storage, StoreError, Tx};

const VALUE_BYTES: usize = 1024;

fn cpu() -> Duration {
    let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(t.tv_sec as u64, t.tv_nsec as u32)
}

fn anonymous_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("RssAnon")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Runs `work` on `clients` tasks for some seconds and prints what it did.
async fn measure<F>(name: &str, clients: usize, seconds: u64, work: impl Fn(usize) -> F)
where
    F: Future<Output = Vec<u32>> + Send + 'static,
{
    let (began, cpu_before) = (Instant::now(), cpu());
    let tasks: Vec<_> = (0..clients).map(|i| tokio::spawn(work(i))).collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    let (took, used) = (began.elapsed(), cpu().saturating_sub(cpu_before));
    times.sort_unstable();
    let at = |q: f64| times[((times.len() - 1) as f64 * q) as usize];
    println!(
        "{name:<28} {clients:>4} clients {:>9.0}/s  {:>6.2} us CPU  p50 {:>5} p99 {:>6} max {:>7} us  anon {} MiB",
        times.len() as f64 / took.as_secs_f64(),
        used.as_micros() as f64 / times.len() as f64,
        at(0.5),
        at(0.99),
        times[times.len() - 1],
        anonymous_mib(),
    );
    let _ = seconds;
}

fn key(random: &Random) -> [u8; 40] {
    let mut key = [0; 40];
    random.fill(&mut key);
    key
}

async fn puts(cell: Cell, seed: u64, seconds: u64, value: Bytes) -> Vec<u32> {
    let random = Random::seeded(seed);
    let (until, mut times) = (Instant::now() + Duration::from_secs(seconds), Vec::new());
    while Instant::now() < until {
        let (began, key) = (Instant::now(), key(&random));
        let value = &value;
        let put = |tx: Tx| async move {
            if tx.get(&key).await?.is_none() {
                tx.put(Bytes::copy_from_slice(&key), value.clone());
            }
            Ok::<_, StoreError>(())
        };
        cell.transact(put).await.unwrap();
        times.push(began.elapsed().as_micros() as u32);
    }
    times
}

async fn counts(cell: Cell, seconds: u64) -> Vec<u32> {
    let (until, mut times) = (Instant::now() + Duration::from_secs(seconds), Vec::new());
    while Instant::now() < until {
        let began = Instant::now();
        let add = |tx: Tx| async move {
            tx.add("counter", 1);
            Ok::<_, StoreError>(())
        };
        cell.transact(add).await.unwrap();
        times.push(began.elapsed().as_micros() as u32);
    }
    times
}

fn gets(name: &str, cell: &Cell, keys: &[Bytes], seconds: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (began, cpu_before) = (Instant::now(), cpu());
        let (mut done, mut found) = (0u64, 0u64);
        while began.elapsed() < Duration::from_secs(seconds) {
            for key in keys {
                found += u64::from(cell.view().get(key).await.unwrap().is_some());
            }
            done += keys.len() as u64;
        }
        let each = (cpu().saturating_sub(cpu_before)).as_nanos() as u64 / done;
        println!("{name:<28} {:>10}/s  {each} ns CPU  ({} % found)", done / seconds, found * 100 / done);
    });
}

fn main() {
    let mut args = std::env::args().skip(1);
    let parent = args.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let seconds = args.next().map_or(3, |s| s.parse().unwrap());
    let preload: u64 = args.next().map_or(0, |s| s.parse().unwrap());
    let only = args.next().unwrap_or_default();
    let clients: Option<usize> = args.next().map(|s| s.parse().unwrap());
    let wanted = |name: &str| name.contains(&only);
    let load = |n: &usize| clients.is_none_or(|c| c == *n);
    let dir = tempfile::tempdir_in(parent).unwrap();
    let env = Env::host();
    let random = Random::host();
    let mut value = vec![b'x'; VALUE_BYTES];
    random.fill(&mut value[..VALUE_BYTES / 2]);
    let value = Bytes::from(value);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
    let at = dir.path().join("cell");
    let open = || {
        let engine = store::log_and_lmdb(&env, &at, Storage::default());
        Cell::open(engine, &env, Options::default()).unwrap()
    };
    let cell = open();
    let syncs = env.metrics.counter("kumiki_store_syncs_total", "");
    runtime.block_on(async {
        for first in (0..preload).step_by(1000) {
            let keys: Vec<_> = (0..1000).map(|_| key(&random)).collect();
            let _ = first;
            let (keys, value) = (&keys, &value);
            let fill = |tx: Tx| async move {
                for key in keys {
                    tx.put(Bytes::copy_from_slice(key), value.clone());
                }
                Ok::<_, StoreError>(())
            };
            cell.transact(fill).await.unwrap();
        }
        for clients in [1, 16, 64, 256].into_iter().filter(load).filter(|_| wanted("puts")) {
            let work = |i| puts(cell.clone(), random.number() ^ i as u64, seconds, value.clone());
            let before = syncs.get();
            measure("durable puts", clients, seconds, work).await;
            println!("    {} syncs", syncs.get() - before);
        }
        if wanted("counts") {
            measure("durable counts", 64, seconds, |_| counts(cell.clone(), seconds)).await;
        }
        let forgets = Cell::open(store::memory(), &env, Options::default()).unwrap();
        for clients in [1, 64].into_iter().filter(|_| wanted("memory")) {
            let work = |i| puts(forgets.clone(), random.number() ^ i as u64, 1, value.clone());
            measure("puts in memory", clients, 1, work).await;
        }
    });
    if !wanted("gets") {
        return runtime.block_on(cell.close()).unwrap();
    }
    println!(
        "overlays {} KiB, stored {} MiB",
        cell.status().overlay_bytes >> 10,
        cell.status().stored_bytes >> 20
    );
    let range = KeyRange::new(key(&random).to_vec(), Bytes::new());
    let some = runtime.block_on(async { cell.view().range(range, 1000).await.unwrap() });
    let keys: Vec<Bytes> = some.iter().map(|(k, _)| k.clone()).collect();
    let absent: Vec<Bytes> = (0..1000).map(|_| Bytes::copy_from_slice(&key(&random))).collect();
    gets("gets, hot", &cell, &keys, seconds);
    gets("gets, absent", &cell, &absent, seconds);
    let many = Arc::new(keys.clone());
    runtime.block_on(async {
        let (began, cpu_before, mut done) = (Instant::now(), cpu(), 0u32);
        while began.elapsed() < Duration::from_secs(seconds) {
            let start = many[done as usize % many.len()].clone();
            cell.view().range(KeyRange::new(start, Bytes::new()), 100).await.unwrap();
            done += 1;
        }
        println!(
            "ranges of 100                {:>10.0}/s  {} us CPU",
            f64::from(done) / began.elapsed().as_secs_f64(),
            (cpu().saturating_sub(cpu_before)).as_micros() as u32 / done
        );
    });
    runtime.block_on(cell.abandon()).unwrap();
    let began = Instant::now();
    let cell = open();
    println!("open as after a kill: {:.2} ms", began.elapsed().as_secs_f64() * 1e3);
    runtime.block_on(cell.close()).unwrap();
    println!("anonymous after close: {} MiB", anonymous_mib());
    let began = Instant::now();
    let cell = open();
    println!("clean open: {:.2} ms, {} MiB anonymous", began.elapsed().as_secs_f64() * 1e3, anonymous_mib());
    gets("gets, only in LMDB", &cell, &keys, seconds);
    gets("absent, only in LMDB", &cell, &absent, seconds);
    runtime.block_on(cell.close()).unwrap();
}
