//! Encrypted blobs: read with their key only, and nothing of them can be exchanged, even where all checksums fit.

use blob::{BlobError, Blobs, Handle, Place};
use bytes::Bytes;
use env::{Disk, Open, SimDisk};
use proptest::prelude::*;
use seal::MessageKey;

use crate::{BATCH, CHUNK, contents, now, only_file, read_all, simulated, write};

const HEAD: usize = 48;
const STRIDE: usize = 48 + CHUNK;

fn key(of: u8) -> MessageKey {
    MessageKey::new(&[of; 32])
}

fn write_sealed(blobs: &Blobs, bytes: &Bytes, piece: usize, owner: &MessageKey) -> Handle {
    let mut writer = blobs.writer().sealed(owner);
    for at in (0..bytes.len()).step_by(piece) {
        now(writer.write(bytes.slice(at..(at + piece).min(bytes.len())))).unwrap();
    }
    now(writer.finish()).unwrap()
}

fn read_sealed(
    blobs: &Blobs,
    handle: &Handle,
    range: std::ops::Range<u64>,
    owner: &MessageKey,
) -> Result<Vec<u8>, BlobError> {
    let mut reader = now(blobs.read_sealed(handle, range, owner))?;
    let mut out = Vec::new();
    while let Some(bytes) = now(reader.next()) {
        out.extend(bytes?);
    }
    Ok(out)
}

fn file_of(disk: &SimDisk) -> Vec<u8> {
    let file = disk.open(&only_file(disk), Open::Read).unwrap();
    let mut all = vec![0; file.len().unwrap() as usize];
    file.read_exact_at(&mut all, 0).unwrap();
    all
}

fn overwrite(disk: &SimDisk, bytes: &[u8]) {
    disk.open(&only_file(disk), Open::Write).unwrap().write_all_at(bytes, 0).unwrap();
}

/// Makes the checksums of a chunk fit again: what somebody does who knows the format and not the key.
fn fit(chunk: &mut [u8], id: [u8; 16], number: u64) {
    let crc = crc_fast::crc32_iscsi(&chunk[48..]);
    chunk[..4].copy_from_slice(&crc.to_le_bytes());
    chunk[8..16].copy_from_slice(&number.to_le_bytes());
    let covered = [&id[..], &chunk[..4], &chunk[8..48]].concat();
    let crc = crc_fast::crc32_iscsi(&covered);
    chunk[4..8].copy_from_slice(&crc.to_le_bytes());
}

fn is_refused(result: &Result<Vec<u8>, BlobError>, chunk: u64) -> bool {
    matches!(result, Err(BlobError::Damaged { place: Place::Chunk(n), .. }) if *n == chunk)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_sealed_is_read_with_its_key_only(
        len in prop_oneof![0usize..50, CHUNK - 20..CHUNK + 20, BATCH - 3..BATCH + 3, 0usize..3 * BATCH],
        piece in prop_oneof![1000usize..70_000, 1usize..2 * BATCH],
        cuts in proptest::array::uniform2(0.0f64..=1.0),
    ) {
        let (blobs, disk, _) = simulated(1);
        let bytes = contents(len, len as u64);
        let handle = write_sealed(&blobs, &bytes, piece, &key(1));
        prop_assert_eq!(handle.len, len as u64);
        prop_assert!(read_sealed(&blobs, &handle, 0..handle.len, &key(1)).unwrap() == bytes);
        let mut cuts = cuts.map(|c| (c * len as f64) as usize);
        cuts.sort_unstable();
        let part = read_sealed(&blobs, &handle, cuts[0] as u64..cuts[1] as u64, &key(1)).unwrap();
        prop_assert!(part == bytes[cuts[0]..cuts[1]]);
        prop_assert_eq!(now(blobs.verify(handle.id)).unwrap(), len as u64, "no key is needed to check a file");
        if len > 0 {
            prop_assert!(is_refused(&read_sealed(&blobs, &handle, 0..handle.len, &key(2)), 0));
            prop_assert!(is_refused(&now(read_all(&blobs, &handle)), 0));
        }
        let stored = file_of(&disk);
        for piece in bytes.chunks(CHUNK).filter(|c| c.len() >= 16) {
            let plain = |part: &[u8]| stored.windows(16).any(|w| w == part);
            prop_assert!(!plain(&piece[..16]) && !plain(&piece[piece.len() - 16..]));
        }
    }

    #[test]
    fn a_changed_bit_is_refused_though_the_checksums_fit(
        at in (0u64..4, 0.0f64..1.0, 0u8..8), in_seal in any::<bool>(), seal_byte in 24usize..44,
    ) {
        let (blobs, disk, _) = simulated(1);
        let handle = write_sealed(&blobs, &contents(BATCH + 999, 1), 64 << 10, &key(1));
        let mut file = file_of(&disk);
        let (number, within, bit) = at;
        let begin = HEAD + number as usize * STRIDE;
        let end = (begin + STRIDE).min(file.len() - 48);
        let body = 48 + ((end - begin - 48) as f64 * within) as usize;
        file[begin + if in_seal { seal_byte } else { body }] ^= 1 << bit;
        fit(&mut file[begin..end], handle.id.0, number);
        overwrite(&disk, &file);
        prop_assert!(is_refused(&read_sealed(&blobs, &handle, 0..handle.len, &key(1)), number));
    }
}

#[test]
fn chunks_that_changed_places_are_refused_though_the_checksums_fit() {
    let (blobs, disk, _) = simulated(1);
    let handle = write_sealed(&blobs, &contents(3 * CHUNK, 1), 64 << 10, &key(1));
    let file = file_of(&disk);
    let chunk = |n: usize| file[HEAD + n * STRIDE..HEAD + (n + 1) * STRIDE].to_vec();
    let mut swapped = file.clone();
    for (to, from) in [(0, 1), (1, 0)] {
        let mut moved = chunk(from);
        fit(&mut moved, handle.id.0, to as u64);
        swapped[HEAD + to * STRIDE..HEAD + (to + 1) * STRIDE].copy_from_slice(&moved);
    }
    overwrite(&disk, &swapped);
    assert!(is_refused(&read_sealed(&blobs, &handle, 0..handle.len, &key(1)), 0));
}

#[test]
fn a_blob_cut_at_a_chunk_is_refused_though_its_handle_says_so() {
    let (blobs, disk, _) = simulated(1);
    let whole = write_sealed(&blobs, &contents(2 * CHUNK, 1), 64 << 10, &key(1));
    let mut shorter = serde_json::to_value(whole).unwrap();
    shorter["len"] = CHUNK.into();
    let shorter: Handle = serde_json::from_value(shorter).unwrap();
    let file = file_of(&disk);
    overwrite(&disk, &file[..HEAD + STRIDE]);
    assert!(is_refused(&read_sealed(&blobs, &shorter, 0..shorter.len, &key(1)), 0));
}

#[test]
fn chunks_of_another_blob_are_refused_though_the_checksums_fit() {
    let (blobs, disk, _) = simulated(1);
    write_sealed(&blobs, &contents(1000, 1), 1000, &key(1));
    let one = file_of(&disk);
    let (other_blobs, other_disk, _) = simulated(2);
    let other = write_sealed(&other_blobs, &contents(1000, 2), 1000, &key(1));
    let mut file = file_of(&other_disk);
    let chunk = HEAD..HEAD + 48 + 1000;
    file[chunk.clone()].copy_from_slice(&one[chunk.clone()]);
    fit(&mut file[chunk], other.id.0, 0);
    overwrite(&other_disk, &file);
    assert!(is_refused(&read_sealed(&other_blobs, &other, 0..1000, &key(1)), 0));
}

#[test]
fn plain_bytes_are_not_taken_for_sealed_ones() {
    let (blobs, _, _) = simulated(1);
    let bytes = contents(1000, 1);
    let plain = now(write(&blobs, &bytes, 1000)).unwrap();
    assert_eq!(now(read_all(&blobs, &plain)).unwrap(), bytes);
    assert!(is_refused(&read_sealed(&blobs, &plain, 0..1000, &key(1)), 0));
}
