//! Bytes that are not those that were written are never handed out, and the damage is named.

use blob::{BlobError, Blobs, Handle, Place};
use bytes::Bytes;
use env::{Disk, Open, SimDisk};
use proptest::prelude::*;

use crate::{BATCH, CHUNK, contents, now, only_file, read, read_all, simulated, write};

const HEAD: u64 = 48;
const FOOT: u64 = 48;
const STRIDE: u64 = 48 + CHUNK as u64;

/// The part of the file that the byte at `at` belongs to.
fn place(handle: &Handle, file_len: u64, at: u64) -> Place {
    match at {
        _ if at < HEAD => Place::Head,
        _ if at >= file_len - FOOT => Place::Foot,
        _ => Place::Chunk(((at - HEAD) / STRIDE).min(handle.len / CHUNK as u64)),
    }
}

/// Reads chunk by chunk up to the error; what came before it must be right.
fn read_to_error(blobs: &Blobs, handle: &Handle, bytes: &Bytes) -> Option<BlobError> {
    let mut reader = match now(blobs.read(handle, 0..handle.len)) {
        Ok(reader) => reader,
        Err(e) => return Some(e),
    };
    let mut at = 0;
    while let Some(piece) = now(reader.next()) {
        match piece {
            Ok(piece) => {
                assert!(piece == bytes.slice(at..at + piece.len()), "damaged bytes were handed out");
                at += piece.len();
            }
            Err(e) => {
                assert!(now(reader.next()).is_none(), "nothing comes after an error");
                return Some(e);
            }
        }
    }
    assert_eq!(at, bytes.len());
    None
}

fn is_damage(error: Option<&BlobError>, handle: &Handle, at: Place) -> bool {
    matches!(error, Some(BlobError::Damaged { id, place, .. }) if *id == handle.id && *place == at)
}

struct Stored {
    blobs: Blobs,
    disk: SimDisk,
    handle: Handle,
    bytes: Bytes,
    file: std::path::PathBuf,
    file_len: u64,
}

fn stored(len: usize) -> Stored {
    let (blobs, disk, _) = simulated(1);
    let bytes = contents(len, 3);
    let handle = now(write(&blobs, &bytes, 64 << 10)).unwrap();
    let file = only_file(&disk);
    let file_len = disk.open(&file, Open::Read).unwrap().len().unwrap();
    Stored { blobs, disk, handle, bytes, file, file_len }
}

impl Stored {
    /// Flips a bit, expects the damage to be named by all that read that place, and flips it back.
    fn flip(&self, at: u64, bit: u8) {
        let place = place(&self.handle, self.file_len, at);
        self.disk.flip_bit(&self.file, at, bit);
        let verified = now(self.blobs.verify(self.handle.id)).err();
        assert!(is_damage(verified.as_ref(), &self.handle, place), "{at}.{bit} in {place}: {verified:?}");
        let read = read_to_error(&self.blobs, &self.handle, &self.bytes);
        if place == Place::Foot {
            assert!(read.is_none(), "the handle knows what the foot says");
        } else {
            assert!(is_damage(read.as_ref(), &self.handle, place), "{at}.{bit} in {place}: {read:?}");
        }
        self.disk.flip_bit(&self.file, at, bit);
    }
}

#[test]
fn every_bit_of_a_small_blob_matters() {
    let stored = stored(20);
    assert_eq!(stored.file_len, HEAD + 48 + 20 + FOOT);
    for at in 0..stored.file_len {
        for bit in 0..8 {
            stored.flip(at, bit);
        }
    }
    assert!(now(stored.blobs.verify(stored.handle.id)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_region_of_a_large_blob_matters(chunk in 0u64..5, within in 0u64..STRIDE, header in 0u64..48, bit in 0u8..8) {
        let stored = stored(BATCH + CHUNK + 999);
        let last = HEAD + chunk * STRIDE + within;
        stored.flip(last.min(stored.file_len - 1), bit);
        stored.flip(HEAD + chunk * STRIDE + header, bit);
        stored.flip(stored.file_len - 1 - header, bit);
    }

    #[test]
    fn a_file_cut_short_is_damage(cut in 0.0f64..1.0, len in prop_oneof![Just(20usize), Just(BATCH + CHUNK + 999)]) {
        let stored = stored(len);
        let to = (cut * stored.file_len as f64) as u64;
        stored.disk.open(&stored.file, Open::Write).unwrap().set_len(to).unwrap();
        let verified = now(stored.blobs.verify(stored.handle.id));
        prop_assert!(matches!(verified, Err(BlobError::Damaged { .. })), "{:?}", verified);
        let read = read_to_error(&stored.blobs, &stored.handle, &stored.bytes);
        if to < stored.file_len - FOOT {
            let place = place(&stored.handle, stored.file_len, to);
            prop_assert!(is_damage(read.as_ref(), &stored.handle, place), "cut at {}: {:?}", to, read);
        } else {
            prop_assert!(read.is_none());
        }
    }
}

#[test]
fn damage_elsewhere_does_not_hinder_a_range() {
    let stored = stored(BATCH + CHUNK + 999);
    stored.disk.flip_bit(&stored.file, HEAD + STRIDE + 1000, 0);
    let (start, end) = (2 * CHUNK as u64, 3 * CHUNK as u64);
    let part = now(read(&stored.blobs, &stored.handle, start..end)).unwrap();
    assert!(part == stored.bytes[start as usize..end as usize]);
    let hit = now(read(&stored.blobs, &stored.handle, start - 1..end)).err();
    assert!(is_damage(hit.as_ref(), &stored.handle, Place::Chunk(1)));
    let text = hit.map(|e| e.to_string()).unwrap_or_default();
    assert!(text.contains(&stored.handle.id.to_string()) && text.contains("chunk 1"), "{text}");
    assert!(text.contains(stored.file.to_str().unwrap()), "{text}");
}

#[test]
fn bytes_after_the_end_are_found_by_verify() {
    let stored = stored(100);
    let file = stored.disk.open(&stored.file, Open::Write).unwrap();
    let mut foot = [0; FOOT as usize];
    file.read_exact_at(&mut foot, stored.file_len - FOOT).unwrap();
    file.write_all_at(&foot, stored.file_len).unwrap();
    let verified = now(stored.blobs.verify(stored.handle.id)).err();
    assert!(is_damage(verified.as_ref(), &stored.handle, Place::Foot));
}

#[test]
fn one_blob_under_the_name_of_another_is_damage() {
    let (blobs, disk, _) = simulated(1);
    let one = now(write(&blobs, &contents(1000, 1), 1000)).unwrap();
    let file = only_file(&disk);
    let two = now(write(&blobs, &contents(1000, 2), 1000)).unwrap();
    let name = file.with_file_name(two.id.to_string());
    assert!(disk.exists(&name));
    disk.rename(&file, &name).unwrap();
    assert!(is_damage(now(read_all(&blobs, &two)).err().as_ref(), &two, Place::Head));
    assert!(matches!(now(read_all(&blobs, &one)), Err(BlobError::Missing(id)) if id == one.id));
}

#[test]
fn chunks_that_changed_places_are_damage() {
    let stored = stored(3 * CHUNK);
    let file = stored.disk.open(&stored.file, Open::Write).unwrap();
    let mut chunks = [vec![0; STRIDE as usize], vec![0; STRIDE as usize]];
    for (n, chunk) in chunks.iter_mut().enumerate() {
        file.read_exact_at(chunk, HEAD + n as u64 * STRIDE).unwrap();
    }
    file.write_all_at(&chunks[1], HEAD).unwrap();
    file.write_all_at(&chunks[0], HEAD + STRIDE).unwrap();
    assert!(is_damage(
        now(read_all(&stored.blobs, &stored.handle)).err().as_ref(),
        &stored.handle,
        Place::Chunk(0)
    ));
}
