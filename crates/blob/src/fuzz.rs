//! Fuzz targets for what drives give back: the files that say who they are, and heads, chunks and feet of shards and of whole
//! files. Driven by the mutator of `crates/wire` for a bounded time. What is taken is what would be written.

#[path = "../../wire/tests/fuzz/hunt.rs"]
mod hunt;

use hunt::{must_find, number, run};

use crate::{
    BlobId, Handle,
    format::{self, CHUNK_HEAD, FOOT, HEAD, LAYOUT_SHARDS, LAYOUT_WHOLE, crc32c, put},
    identity,
    shape::{Code, Shape},
};

const ID: BlobId = BlobId([7; 16]);
const SHAPE: Shape = Shape { data: 4, parity: 2 };

/// A text with a last line that fits, so that the mutator gets behind the checksum.
fn sealed(input: &[u8]) -> Option<String> {
    let text = str::from_utf8(input).ok()?;
    Some(format!("{text}check {:08x}\n", crc32c(text.as_bytes())))
}

fn identities(input: &[u8]) -> u64 {
    if let Ok(text) = str::from_utf8(input) {
        let (drive, layout) = (identity::read_drive(text), identity::read_layout(text));
        assert!(drive.is_none() || layout.is_none());
    }
    let Some(text) = sealed(input) else { return 0 };
    let (drive, layout) = (identity::read_drive(&text), identity::read_layout(&text));
    if let Some((array, number)) = drive {
        assert_eq!(identity::read_drive(&identity::drive_text(array, number)), drive);
    }
    if let Some((array, shape)) = layout {
        assert!(shape.data > 0, "nothing could be read");
        assert_eq!(identity::read_layout(&identity::layout_text(array, shape)), layout);
    }
    number((drive.is_some(), layout.is_some(), text.lines().count().min(6)))
}

/// `bytes` with its last four the checksum of the others.
fn with_crc(input: &[u8], len: usize) -> Vec<u8> {
    let mut bytes = input[..input.len().min(len)].to_vec();
    bytes.resize(len, 0);
    let crc = crc32c(&bytes[..len - 4]);
    put(&mut bytes, len - 4, &crc.to_le_bytes());
    bytes
}

fn heads(input: &[u8]) -> u64 {
    let mut did = 0_u64;
    for bytes in [input.to_vec(), with_crc(input, HEAD)] {
        let (whole, shard) = (format::take_head(&bytes, ID), format::take_shard_head(&bytes, ID));
        let mut again = [0; HEAD];
        if let Ok(chunk_len) = whole {
            format::put_head(&mut again, ID, chunk_len);
            assert_eq!(again, bytes[..HEAD]);
        }
        if let Ok((chunk_len, who)) = shard {
            format::put_shard_head(&mut again, ID, chunk_len, who);
            assert_eq!(again, bytes[..HEAD]);
        }
        did = did.wrapping_mul(31) ^ number((whole.map(|_| ()), shard.map(|_| ())));
    }
    did
}

fn feet(input: &[u8]) -> u64 {
    let mut did = 0_u64;
    for bytes in [input.to_vec(), with_crc(input, FOOT)] {
        for (chunk_len, layout) in [(1, LAYOUT_WHOLE), (128 << 10, LAYOUT_SHARDS)] {
            let taken = format::take_foot(&bytes, ID, chunk_len, layout);
            if let Ok(handle) = taken {
                let mut again = [0; FOOT];
                format::put_foot(&mut again, &handle);
                assert_eq!(again, bytes[..FOOT]);
                places(&handle);
            }
            did = did.wrapping_mul(31) ^ number(taken.map(|handle| handle.len.min(3)));
        }
    }
    did
}

/// Whatever length a foot names, the arithmetic of its places comes to an end that fits.
fn places(handle: &Handle) {
    let stripes = SHAPE.stripes(handle);
    assert!(handle.file_len() >= (HEAD + FOOT) as u64);
    for shard in 0..SHAPE.shards() {
        let len = SHAPE.file_len(handle, shard);
        for stripe in [0, stripes / 2, stripes.saturating_sub(1)] {
            if stripe < stripes {
                let place = SHAPE.place(handle, stripe, shard);
                assert!(place.at + place.len as u64 + FOOT as u64 <= len || place.len == 0);
            }
        }
    }
}

fn chunks(input: &[u8]) -> u64 {
    let raw = format::check_chunk(input, ID, 3);
    let mut bytes = input.to_vec();
    bytes.resize(input.len().max(CHUNK_HEAD), 0);
    // A header of ours in front of what the input says, but for the fields that the mutator may have.
    let said: Vec<u8> = bytes[20..CHUNK_HEAD].to_vec();
    format::put_chunk_head(&mut bytes, ID, 3, None);
    let ours = format::check_chunk(&bytes, ID, 3);
    assert!(ours.is_ok());
    put(&mut bytes, 20, &said);
    let changed = format::check_chunk(&bytes, ID, 3);
    assert!(changed.is_err() || changed == ours);
    number((raw.map(|(_, seal)| seal.is_some()), changed.is_ok()))
}

thread_local! {
    static CODE: Code = Code::new(SHAPE);
}

/// A stripe of which the input says the contents, and which chunks are lost: it comes back as it was, or not at all.
fn stripes(input: &[u8]) -> u64 {
    let Some((lost, contents)) = input.split_first() else { return 0 };
    let contents = &contents[..contents.len().min(400)];
    if contents.is_empty() {
        return 1;
    }
    let chunk_len = SHAPE.chunk_len_of_one(contents.len());
    let handle = format::take_foot(
        &foot(contents.len() as u64, chunk_len as u32),
        ID,
        chunk_len as u32,
        LAYOUT_SHARDS,
    );
    let handle = handle.unwrap();
    let mut all: Vec<Vec<u8>> = Vec::new();
    for shard in 0..SHAPE.data {
        let place = SHAPE.place(&handle, 0, shard);
        let mut chunk = vec![0; place.len];
        if place.len > 0 {
            let from = shard * chunk_len;
            chunk[CHUNK_HEAD..].copy_from_slice(&contents[from..from + place.len - CHUNK_HEAD]);
            format::put_chunk_head(&mut chunk, ID, place.number, None);
        }
        all.push(chunk);
    }
    CODE.with(|code| {
        let data: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let parity = code.parity(&data, SHAPE.unit(&handle, 0)).unwrap();
        for (at, bytes) in parity.iter().enumerate() {
            let place = SHAPE.place(&handle, 0, SHAPE.data + at);
            all.push(crate::shape::parity_chunk(ID, place, bytes, 0));
        }
        let mut stored: Vec<Option<Vec<u8>>> = all.iter().cloned().map(Some).collect();
        for (shard, chunk) in stored.iter_mut().enumerate() {
            if lost >> shard & 1 == 1 {
                *chunk = None;
            }
        }
        let have = stored.iter().flatten().count();
        let restored = code.restore(&handle, 0, &mut stored);
        if have >= SHAPE.data {
            assert!(restored.is_ok(), "{have} are enough");
            for shard in 0..SHAPE.data {
                assert_eq!(stored[shard].as_deref().unwrap_or_default(), all[shard], "{shard}");
            }
        }
        number((have, restored.is_ok()))
    })
}

fn foot(len: u64, chunk_len: u32) -> [u8; FOOT] {
    let mut bytes = [0; FOOT];
    put(&mut bytes, 0, b"kumikiF1");
    put(&mut bytes, 8, &ID.0);
    put(&mut bytes, 24, &len.to_le_bytes());
    put(&mut bytes, 32, &len.div_ceil(u64::from(chunk_len)).to_le_bytes());
    let crc = crc32c(&bytes[..44]);
    put(&mut bytes, 44, &crc.to_le_bytes());
    bytes
}

#[test]
fn who_drives_are() {
    let texts = [identity::drive_text([7; 16], 3), identity::layout_text([7; 16], SHAPE)];
    let mut seeds: Vec<Vec<u8>> = texts.iter().map(|text| text.clone().into_bytes()).collect();
    seeds.extend(texts.iter().map(|text| text.as_bytes()[..text.len() - 15].to_vec()));
    assert!(seeds[2..].iter().all(|seed| {
        let text = sealed(seed).unwrap();
        identity::read_drive(&text).is_some() || identity::read_layout(&text).is_some()
    }));
    run(identities, &seeds);
}

#[test]
fn heads_of_files() {
    let (mut whole, mut shard) = ([0; HEAD], [0; HEAD]);
    format::put_head(&mut whole, ID, 128 << 10);
    format::put_shard_head(&mut shard, ID, 5, [2, 4, 2]);
    run(heads, &[whole.to_vec(), shard.to_vec()]);
}

#[test]
fn feet_of_files() {
    run(feet, &[foot(10, 1).to_vec(), foot(5 << 20, 128 << 10).to_vec()]);
}

#[test]
fn chunks_of_files() {
    let mut chunk = vec![9; CHUNK_HEAD + 20];
    format::put_chunk_head(&mut chunk, ID, 3, None);
    run(chunks, &[chunk]);
}

#[test]
fn stripes_with_lost_chunks() {
    run(stripes, &[[&[0b11][..], &[5; 300]].concat(), vec![0b10_0100, 1], vec![0b111, 1, 2, 3, 4, 5]]);
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    fn canary(input: &[u8]) -> u64 {
        let planted =
            sealed(input).and_then(|text| identity::read_drive(&text)).is_some_and(|(_, number)| number > 9);
        assert!(!planted, "planted");
        identities(input)
    }
    let text = identity::drive_text([7; 16], 3);
    must_find(canary, &[text.as_bytes()[..text.len() - 15].to_vec()]);
}
