//! The blob store over a disk that is watched, cut short, torn or lied about.

#![allow(clippy::unwrap_used, reason = "all of this is tests")]

mod damage;
mod drives;
mod faults;
mod lists;
mod power;
mod rack;
mod round_trip;
mod sealed;
mod stuck;
mod watched;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use blob::{BlobError, Blobs, Handle};
use bytes::Bytes;
use env::{Disk, Env, SimDisk};
use futures_util::FutureExt;

/// Contents bytes of a chunk, and of the batches in which chunks are written and read.
const CHUNK: usize = 128 << 10;
const BATCH: usize = 3 * CHUNK;

/// A store on a simulated disk, which makes its calls in place, and its disk.
fn simulated(seed: u64) -> (Blobs, SimDisk, Env) {
    let disk = SimDisk::new(seed);
    let mut env = Env::simulated(seed);
    env.disk = Arc::new(disk.clone());
    (Blobs::open_in_place(&env, "/blobs".into()), disk, env)
}

/// The result of something that waits for nothing, because its disk calls are made in place.
fn now<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().expect("nothing to wait for")
}

/// Noise: a piece of one sequence that does not repeat itself, where in it `seed` says.
fn contents(len: usize, seed: u64) -> Bytes {
    static NOISE: LazyLock<Bytes> = LazyLock::new(|| {
        let mut noise = vec![0; 16 * BATCH];
        env::Random::seeded(7).fill(&mut noise);
        noise.into()
    });
    let start = (seed % 1000) as usize * 1009;
    NOISE.slice(start..start + len)
}

async fn write(blobs: &Blobs, bytes: &Bytes, piece: usize) -> Result<Handle, BlobError> {
    let mut writer = blobs.writer();
    for at in (0..bytes.len()).step_by(piece) {
        writer.write(bytes.slice(at..(at + piece).min(bytes.len()))).await?;
    }
    writer.finish().await
}

async fn read(blobs: &Blobs, handle: &Handle, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
    let mut reader = blobs.read(handle, range).await?;
    let mut out = Vec::new();
    while let Some(bytes) = reader.next().await {
        out.extend(bytes?);
    }
    Ok(out)
}

async fn read_all(blobs: &Blobs, handle: &Handle) -> Result<Vec<u8>, BlobError> {
    read(blobs, handle, 0..handle.len).await
}

/// The files of all blobs below `dir`.
fn files(disk: &dyn Disk, dir: &Path) -> Vec<PathBuf> {
    let directories = disk.list(dir).unwrap_or_default();
    directories.iter().flat_map(|d| disk.list(d).expect("a directory")).collect()
}

/// The only file on a simulated disk.
fn only_file(disk: &SimDisk) -> PathBuf {
    let mut files = files(disk, Path::new("/blobs"));
    assert_eq!(files.len(), 1);
    files.remove(0)
}
