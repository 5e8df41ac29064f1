//! CPU per write and read, beside what the bare system calls cost for the same bytes in the same run.
//!
//! `cargo run --release -p kumiki-blob --example bench -- DIR`

use std::{fs, io::Write, os::unix::fs::FileExt, path::Path, time::Instant};

use blob::{Blobs, Handle};
use bytes::Bytes;
use env::Env;

const MIB: usize = 1 << 20;
/// What hyper hands over at a time under load, about.
const PIECE: usize = 64 << 10;

/// User and system CPU milliseconds of this process, in ticks of 10 ms.
fn cpu_ms() -> [u64; 2] {
    let stat = fs::read_to_string("/proc/self/stat").expect("a Linux host");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    [11, 12].map(|i| fields[i].parse::<u64>().expect("ticks") * 10)
}

/// Reports what `times` rounds took: CPU and wall-clock milliseconds for each.
async fn measured<T>(name: &str, times: usize, work: impl Future<Output = T>) -> T {
    let (before, begun) = (cpu_ms(), Instant::now());
    let out = work.await;
    let (after, each) = (cpu_ms(), times as f64);
    let [user, system] = [0, 1].map(|i| (after[i] - before[i]) as f64 / each);
    let wall = begun.elapsed().as_secs_f64() * 1000.0 / each;
    println!(
        "{name:34} {:8.3} ms CPU ({user:.3} user, {system:.3} system) {wall:9.3} ms wall",
        user + system
    );
    out
}

async fn write(blobs: &Blobs, bytes: &Bytes, hint: bool) -> Handle {
    let mut writer = blobs.writer();
    if hint {
        writer = writer.expecting(bytes.len() as u64);
    }
    for at in (0..bytes.len()).step_by(PIECE) {
        writer.write(bytes.slice(at..(at + PIECE).min(bytes.len()))).await.expect("written");
    }
    writer.finish().await.expect("durable")
}

async fn write_all(blobs: &Blobs, bytes: &Bytes, times: usize, at_once: usize, hint: bool) -> Vec<Handle> {
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let (blobs, bytes) = (blobs.clone(), bytes.clone());
            tokio::spawn(async move {
                let mut handles = Vec::new();
                for _ in 0..times / at_once {
                    handles.push(write(&blobs, &bytes, hint).await);
                }
                handles
            })
        })
        .collect();
    let mut handles = Vec::new();
    for task in tasks {
        handles.extend(task.await.expect("no panic"));
    }
    handles
}

async fn read(blobs: &Blobs, handles: &[Handle], start: u64, len: u64) {
    for handle in handles {
        let mut reader = blobs.read(handle, start..start + len).await.expect("there");
        while let Some(bytes) = reader.next().await {
            std::hint::black_box(bytes.expect("sound"));
        }
    }
}

fn bare_write(dir: &Path, bytes: &[u8], times: usize) {
    for n in 0..times {
        let mut file = fs::File::create_new(dir.join(format!("bare-{n}"))).expect("made");
        for piece in bytes.chunks(384 << 10) {
            file.write_all(piece).expect("written");
        }
        file.sync_data().expect("synced");
        fs::File::open(dir).and_then(|d| d.sync_all()).expect("synced");
    }
}

fn bare_read(dir: &Path, len: usize, times: usize) {
    let mut buffer = vec![0; 384 << 10];
    for n in 0..times {
        let file = fs::File::open(dir.join(format!("bare-{n}"))).expect("there");
        for at in (0..len).step_by(buffer.len()) {
            file.read_at(&mut buffer, at as u64).expect("read");
            std::hint::black_box(&buffer);
        }
    }
}

fn remove_bare(dir: &Path, times: usize) {
    for n in 0..times {
        fs::remove_file(dir.join(format!("bare-{n}"))).expect("removed");
    }
}

async fn drop_all(blobs: &Blobs, handles: &[Handle]) {
    for handle in handles {
        blobs.drop_blob(handle.id).await.expect("dropped");
    }
}

async fn size(blobs: &Blobs, dir: &Path, len: usize, times: usize, hint: bool) {
    let name = if len >= MIB { format!("{} MiB", len / MIB) } else { format!("{} KiB", len >> 10) };
    let bytes: Bytes = (0..len).map(|i| (i * 31 / 8) as u8).collect::<Vec<u8>>().into();
    // Pages that a virtual machine never touched before cost it several microseconds each: all rounds write to pages
    // that this one touched.
    bare_write(dir, &bytes, times);
    remove_bare(dir, times);
    measured(&format!("bare write {name}"), times, async { bare_write(dir, &bytes, times) }).await;
    measured(&format!("bare read {name}"), times, async { bare_read(dir, len, times) }).await;
    remove_bare(dir, times);
    let one = measured(&format!("write {name}"), times, write_all(blobs, &bytes, times, 1, hint)).await;
    measured(&format!("read {name}"), times, read(blobs, &one, 0, len as u64)).await;
    measured(&format!("read 4 KiB of {name}"), times, read(blobs, &one, len as u64 / 2, 4096)).await;
    measured(&format!("drop {name}"), times, drop_all(blobs, &one)).await;
    let writing = write_all(blobs, &bytes, times, 16, hint);
    let many = measured(&format!("write {name}, 16 at once"), times, writing).await;
    drop_all(blobs, &many).await;
}

fn main() {
    let dir = std::env::args().nth(1).expect("a directory to write to");
    let dir = tempfile::tempdir_in(dir).expect("a directory");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        tokio::spawn(async move {
            let blobs = Blobs::open(&Env::host(), dir.path().join("blobs")).expect("opened");
            for hint in [true, false] {
                println!("{}", if hint { "length known" } else { "length unknown" });
                size(&blobs, dir.path(), 8 * MIB, 160, hint).await;
                size(&blobs, dir.path(), 64 << 10, 1600, hint).await;
            }
        })
        .await
        .expect("no panic");
    });
}
