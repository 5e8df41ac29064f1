//! What is written is read, in any sizes and pieces, within bounded memory.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use blob::{BlobError, Blobs};
use bytes::Bytes;
use env::{Env, RealDisk};
use futures_util::StreamExt;
use proptest::prelude::*;

use crate::{
    BATCH, CHUNK, contents, files, now, read, read_all, simulated,
    watched::{Answer, Call, Watched},
    write,
};

/// Lengths at and around the places where something new begins.
fn length() -> impl Strategy<Value = usize> {
    let near = |unit: usize| {
        (0usize..4, -50i64..50).prop_map(move |(n, by)| (n * unit).saturating_add_signed(by as isize))
    };
    prop_oneof![near(CHUNK), near(BATCH), near(16 << 10), 0usize..2 * BATCH]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_read(
        len in length(),
        piece in prop_oneof![1usize..300, 60_000usize..70_000, 1usize..2 * BATCH],
        expected in prop_oneof![Just(None), Just(Some(None)), length().prop_map(|l| Some(Some(l)))],
        cuts in proptest::array::uniform2(0.0f64..=1.0),
    ) {
        // Byte by byte only where there are few.
        let piece = piece.max(len / 5000 + 1);
        let (blobs, _, _) = simulated(1);
        let bytes = contents(len, len as u64);
        let mut writer = blobs.writer();
        if let Some(expected) = expected {
            writer = writer.expecting(expected.unwrap_or(len) as u64);
        }
        for at in (0..len).step_by(piece) {
            now(writer.write(bytes.slice(at..(at + piece).min(len)))).unwrap();
        }
        let handle = now(writer.finish()).unwrap();
        prop_assert_eq!(handle.len, len as u64);
        prop_assert_eq!(handle.chunk_len as usize, CHUNK);
        prop_assert!(now(read_all(&blobs, &handle)).unwrap() == bytes);
        prop_assert_eq!(now(blobs.verify(handle.id)).unwrap(), len as u64);

        let mut cuts = cuts.map(|c| (c * len as f64) as usize);
        cuts.sort_unstable();
        let part = now(read(&blobs, &handle, cuts[0] as u64..cuts[1] as u64)).unwrap();
        prop_assert!(part == bytes[cuts[0]..cuts[1]]);
    }
}

#[test]
fn ranges_at_every_edge() {
    let (blobs, _, _) = simulated(1);
    let len = 2 * BATCH + CHUNK + 7;
    let bytes = contents(len, 1);
    let handle = now(write(&blobs, &bytes, 64 << 10)).unwrap();
    let edges: Vec<usize> = [0, CHUNK, BATCH, 2 * BATCH, 2 * BATCH + CHUNK, len]
        .into_iter()
        .flat_map(|e| [e.saturating_sub(1), e, (e + 1).min(len)])
        .collect();
    for &start in &edges {
        for &end in edges.iter().filter(|e| **e >= start) {
            let part = now(read(&blobs, &handle, start as u64..end as u64)).unwrap();
            assert!(part == bytes[start..end], "{start}..{end}");
        }
    }
    let backwards = std::ops::Range { start: 2, end: 1 };
    for range in [0..handle.len + 1, handle.len + 1..handle.len + 1, u64::MAX..u64::MAX, backwards] {
        assert!(matches!(now(blobs.read(&handle, range)), Err(BlobError::OutOfRange { .. })));
    }
}

#[test]
fn a_small_range_reads_its_own_chunks_only() {
    let (_, disk, mut env) = simulated(1);
    let read_bytes = Arc::new(AtomicUsize::new(0));
    let counted = read_bytes.clone();
    env.disk = Arc::new(Watched::new(disk, move |call| {
        if let Call::Read(bytes) = call {
            counted.fetch_add(bytes, Ordering::SeqCst);
        }
        Answer::Go
    }));
    let blobs = Blobs::open_in_place(&env, "/blobs".into());
    let handle = now(write(&blobs, &contents(4 * BATCH, 1), BATCH)).unwrap();
    let middle = (2 * BATCH + 10) as u64;
    now(read(&blobs, &handle, middle..middle + 4096)).unwrap();
    assert_eq!(read_bytes.load(Ordering::SeqCst), 48 + 48 + CHUNK);
}

#[test]
fn a_reader_reads_ahead_less_than_a_mebibyte() {
    let (_, disk, mut env) = simulated(1);
    let read_bytes = Arc::new(AtomicUsize::new(0));
    let counted = read_bytes.clone();
    env.disk = Arc::new(Watched::new(disk, move |call| {
        if let Call::Read(bytes) = call {
            counted.fetch_add(bytes, Ordering::SeqCst);
        }
        Answer::Go
    }));
    let blobs = Blobs::open_in_place(&env, "/blobs".into());
    let bytes = contents(8 * BATCH, 1);
    let handle = now(write(&blobs, &bytes, BATCH)).unwrap();
    let mut reader = now(blobs.read(&handle, 0..handle.len)).unwrap();
    let mut taken = 0;
    while let Some(piece) = now(reader.next()) {
        taken += piece.unwrap().len();
        let read = read_bytes.load(Ordering::SeqCst);
        assert!(read < taken + (1 << 20));
        assert!(read >= (taken + BATCH).min(bytes.len()), "the next batch is under way");
        assert_eq!(reader.left(), (bytes.len() - taken) as u64);
    }
    assert_eq!(taken, bytes.len());
}

#[test]
fn a_writer_holds_less_than_a_mebibyte() {
    let gate = Arc::new(parking_lot::RwLock::new(()));
    let passed = gate.clone();
    let (_, disk, mut env) = simulated(1);
    env.disk = Arc::new(Watched::new(disk, move |call| {
        if matches!(call, Call::Write(_)) {
            drop(passed.read());
        }
        Answer::Go
    }));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let blobs = Blobs::open(&env, "/blobs".into()).unwrap();
        let bytes = contents(8 * BATCH, 1);
        let mut writer = blobs.writer();
        let closed = gate.write();
        let mut sent = 0;
        // Pieces of a prime length, so that a piece is cut between two batches.
        while let Some(written) =
            futures_util::FutureExt::now_or_never(writer.write(bytes.slice(sent..sent + 9973)))
        {
            written.unwrap();
            sent += 9973;
            assert!(writer.len() < 1 << 20, "nothing was written yet, and it still takes bytes");
        }
        // The piece that had to wait was taken in part before its future was dropped.
        sent = writer.len() as usize;
        assert_eq!(sent, 2 * BATCH, "one batch is being written, one is full");
        drop(closed);
        writer.write(bytes.slice(sent..)).await.unwrap();
        let handle = writer.finish().await.unwrap();
        assert!(read_all(&blobs, &handle).await.unwrap() == bytes);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_write_and_read_at_once_on_a_real_disk() {
    let dir = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&Env::host(), dir.path().join("b/l")).unwrap();
    assert!(blobs.space().await.unwrap().0 > 0);
    assert!(!dir.path().join("b").exists(), "nothing is made before the first write");
    let tasks: Vec<_> = (0..24)
        .map(|n| {
            let blobs = blobs.clone();
            tokio::spawn(async move {
                let len = [0, 1, 70_000, CHUNK, BATCH, BATCH + 1, 3 * BATCH + 5][n % 7];
                let bytes = contents(len, n as u64);
                let handle = write(&blobs, &bytes, 50_000).await.unwrap();
                assert!(read_all(&blobs, &handle).await.unwrap() == bytes);
                assert_eq!(blobs.verify(handle.id).await.unwrap(), len as u64);
                (handle, bytes)
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    assert_eq!(files(&RealDisk, &dir.path().join("b/l")).len(), 24);
    // Another store on the same directory finds them all.
    let again = Blobs::open(&Env::host(), dir.path().join("b/l")).unwrap();
    for (handle, bytes) in all {
        assert!(read_all(&again, &handle).await.unwrap() == bytes);
        again.drop_blob(handle.id).await.unwrap();
    }
    assert_eq!(files(&RealDisk, &dir.path().join("b/l")).len(), 0);
}

#[tokio::test]
async fn a_reader_is_a_stream() {
    let env = Env::simulated(1);
    let blobs = Blobs::open(&env, "/blobs".into()).unwrap();
    let bytes = contents(BATCH + 5, 1);
    let handle = write(&blobs, &bytes, BATCH).await.unwrap();
    let stream = blobs.read(&handle, 0..handle.len).await.unwrap().into_stream();
    let pieces: Vec<Bytes> = stream.map(Result::unwrap).collect().await;
    assert!(pieces.concat() == bytes);
    assert!(pieces.iter().all(|p| !p.is_empty()));
    let figures = env.metrics.render();
    assert!(figures.contains(&format!("kumiki_blob_read_bytes_total {}\n", bytes.len())));
    assert!(figures.contains(&format!("kumiki_blob_written_bytes_total {}\n", bytes.len())));
    assert!(figures.contains("kumiki_blob_readers 0\n") && figures.contains("kumiki_blob_writers 0\n"));
}
