//! Checking a blob that lies over drives from its id alone, and writing its lost shards anew. No key is needed: parity is
//! over what is stored.

use std::{ops::Range, path::PathBuf, sync::Arc};

use env::File;

use crate::{
    BlobError, BlobId, Handle, Inner, Place,
    array::{Array, UNFINISHED},
    cipher::Opening,
    format::{self, CHUNK_HEAD, FOOT, HEAD, LAYOUT_SHARDS, Wrong},
    gathered::Source,
    scrub::pace,
    shape,
    striped::array_wrong,
};

/// Stripes that are read in one trip to another thread.
const STRIPES_AT_ONCE: u64 = 4;

/// What a check of a blob found.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Checked {
    /// The length of its contents.
    pub len: u64,
    /// Shards that were damaged or missing, on drives that are there.
    pub wrong: usize,
    /// Shards that were written anew.
    pub rebuilt: usize,
}

impl Checked {
    pub(crate) fn whole(len: u64) -> Self {
        Self { len, ..Self::default() }
    }
}

/// Checks the names, lengths, heads and feet of the shards, with `thorough` also all their chunks at so many bytes a second,
/// and rebuilds what is wrong on drives that are there.
pub(crate) async fn heal(
    inner: &Arc<Inner>,
    array: &Arc<Array>,
    id: BlobId,
    thorough: Option<u64>,
) -> Result<Checked, BlobError> {
    let healed = try_to_heal(inner, array, id, thorough).await;
    if let Err(BlobError::Silent) = healed {
        array.wound(id);
    }
    healed
}

async fn try_to_heal(
    inner: &Arc<Inner>,
    array: &Arc<Array>,
    id: BlobId,
    thorough: Option<u64>,
) -> Result<Checked, BlobError> {
    let (opened_inner, opened, pace_bytes) = (inner.clone(), array.clone(), thorough.unwrap_or(0));
    let (handle, mut wrong) = array.start(move || survey(&opened_inner, &opened, id)).await?;
    let range = 0..handle.len;
    let source = Source::new(inner.clone(), array.clone(), handle, Opening::Not, range);
    let source = Arc::new(source);
    let stripes = array.shape().stripes(&handle);
    let mut at = 0;
    while thorough.is_some() && at < stripes {
        let some = at..stripes.min(at + STRIPES_AT_ONCE);
        at = some.end;
        let read = source.clone();
        let (found, bytes) = array.start(move || Ok(check_stripes(&read, some, wrong))).await?;
        wrong = found;
        pace(inner, bytes, pace_bytes).await;
    }
    let count = wrong.iter().filter(|wrong| **wrong).count();
    let mut checked = Checked { len: handle.len, wrong: count, rebuilt: 0 };
    if count == 0 {
        let left = array.clone();
        let sweep = move || {
            left.remove_unfinished(id);
            Ok(())
        };
        array.start(sweep).await?;
        return Ok(checked);
    }
    let begun = source.clone();
    let mut rebuild = array.start(move || Ok(Rebuild::begin(begun, wrong))).await?;
    let mut at = 0;
    while at < stripes {
        let some = at..stripes.min(at + STRIPES_AT_ONCE);
        at = some.end;
        rebuild = array.start(move || rebuild.stripes(some)).await?;
        pace(inner, STRIPES_AT_ONCE * array.shape().chunk_len() as u64, pace_bytes).await;
    }
    checked.rebuilt = array.start(move || Ok(rebuild.finish())).await?;
    Ok(checked)
}

/// The handle, on which enough shards agree, and which shards are wrong, of those on drives that are there.
fn survey(inner: &Inner, array: &Array, id: BlobId) -> Result<(Handle, Vec<bool>), BlobError> {
    let shape = array.shape();
    let (mut feet, mut wrong, mut missing) = (vec![None; shape.shards()], vec![false; shape.shards()], 0);
    for shard in (0..shape.shards()).filter(|shard| array.slot(id, *shard).is_up()) {
        match foot(inner, array, id, shard) {
            Ok(found) => feet[shard] = Some(found),
            Err(error) => {
                missing += usize::from(matches!(error, BlobError::Missing(_)));
                array.slot(id, shard).failed(&error);
                wrong[shard] = true;
            }
        }
    }
    let agree = |handle: &Handle| feet.iter().flatten().filter(|(other, _)| other == handle).count();
    let most = feet.iter().flatten().map(|(handle, _)| *handle).max_by_key(agree);
    let (have, need) = (most.as_ref().map_or(0, agree), shape.data);
    let Some(handle) = most.filter(|_| have >= need) else {
        let is_gone = missing > 0 && have + missing >= need;
        return Err(if is_gone { BlobError::Missing(id) } else { BlobError::TooFew { id, have, need } });
    };
    for (shard, found) in feet.iter().enumerate() {
        let Some((other, len)) = found else { continue };
        if *other != handle || *len != shape.file_len(&handle, shard) {
            let what = Wrong::Damaged(Place::Foot, "not the length of the file");
            array.slot(id, shard).failed(&inner.wrong_in(id, &array.path(id, shard), what));
            wrong[shard] = true;
        }
    }
    Ok((handle, wrong))
}

/// The handle as a shard's head and foot tell it, and the length of its file.
fn foot(inner: &Inner, array: &Array, id: BlobId, shard: usize) -> Result<(Handle, u64), BlobError> {
    let (path, shape) = (array.path(id, shard), array.shape());
    let file = array.open(id, shard)?;
    let wrong = |wrong| inner.wrong_in(id, &path, wrong);
    let mut head = [0; HEAD];
    inner.read_in(&*file, &path, &mut head, 0, id, Place::Head)?;
    let (chunk_len, who) = format::take_shard_head(&head, id).map_err(wrong)?;
    if who != [shard as u8, shape.data as u8, shape.parity as u8] {
        return Err(wrong(Wrong::Damaged(Place::Head, "another shard's")));
    }
    let len = file.len().map_err(|e| BlobError::io(&path, e))?;
    let mut foot = [0; FOOT];
    inner.read_in(&*file, &path, &mut foot, len.saturating_sub(FOOT as u64), id, Place::Foot)?;
    let handle = format::take_foot(&foot, id, chunk_len, LAYOUT_SHARDS).map_err(wrong)?;
    Ok((handle, len))
}

/// Reads all chunks of some stripes. Gives which shards are wrong by now, and the bytes that were read.
fn check_stripes(source: &Source, stripes: Range<u64>, mut wrong: Vec<bool>) -> (Vec<bool>, u64) {
    let (id, mut bytes) = (source.handle.id, 0);
    for stripe in stripes {
        for (shard, is_wrong) in wrong.iter_mut().enumerate() {
            let slot = source.array.slot(id, shard);
            if *is_wrong || !slot.is_up() {
                continue;
            }
            match source.chunk(stripe, shard) {
                Ok(chunk) => bytes += chunk.len() as u64,
                Err(error) => {
                    slot.failed(&error);
                    *is_wrong = true;
                }
            }
        }
    }
    (wrong, bytes)
}

/// Shards that are being written anew.
struct Rebuild {
    source: Arc<Source>,
    wrong: Vec<bool>,
    written: Vec<Fresh>,
}

struct Fresh {
    shard: usize,
    path: PathBuf,
    file: Box<dyn File>,
    at: u64,
}

impl Rebuild {
    fn begin(source: Arc<Source>, wrong: Vec<bool>) -> Self {
        let (array, handle, shape) = (source.array.clone(), source.handle, source.array.shape());
        let mut rebuild = Self { source, wrong, written: Vec::new() };
        for shard in 0..shape.shards() {
            if !rebuild.wrong[shard] || !array.slot(handle.id, shard).is_up() {
                continue;
            }
            let mut head = [0; HEAD];
            let who = [shard as u8, shape.data as u8, shape.parity as u8];
            format::put_shard_head(&mut head, handle.id, handle.chunk_len, who);
            let created = array
                .check_room(handle.id, shard, shape.file_len(&handle, shard))
                .and_then(|()| array.create(handle.id, shard, UNFINISHED[1]));
            match created {
                Ok((path, file)) => rebuild.written.push(Fresh { shard, path, file, at: 0 }),
                Err(error) => array.slot(handle.id, shard).failed(&error),
            }
            if rebuild.written.last().is_some_and(|fresh| fresh.shard == shard) {
                rebuild.put(shard, &head);
            }
        }
        rebuild
    }

    /// Writes to a shard; one whose drive fails is given up.
    fn put(&mut self, shard: usize, bytes: &[u8]) {
        let Some(at) = self.written.iter().position(|fresh| fresh.shard == shard) else { return };
        let fresh = &mut self.written[at];
        match fresh.file.write_all_at(bytes, fresh.at) {
            Ok(()) => fresh.at += bytes.len() as u64,
            Err(error) => self.give_up(at, &BlobError::io(&self.written[at].path.clone(), error)),
        }
    }

    fn give_up(&mut self, at: usize, error: &BlobError) {
        let fresh = self.written.swap_remove(at);
        let (id, array) = (self.source.handle.id, &self.source.array);
        array.slot(id, fresh.shard).failed(error);
        array.remove_path(id, fresh.shard, &fresh.path);
    }

    fn stripes(mut self, stripes: Range<u64>) -> Result<Self, BlobError> {
        for stripe in stripes {
            let chunks = self.stripe(stripe)?;
            for (shard, chunk) in chunks.iter().enumerate() {
                if let Some(chunk) = chunk {
                    self.put(shard, chunk);
                }
            }
        }
        Ok(self)
    }

    /// All chunks of a stripe that are needed, brought back from those that are there: sound shards first.
    fn stripe(&self, stripe: u64) -> Result<Vec<Option<Vec<u8>>>, BlobError> {
        let (source, id) = (&self.source, self.source.handle.id);
        let shape = source.array.shape();
        let mut stored: Vec<Option<Vec<u8>>> = vec![None; shape.shards()];
        let mut have = 0;
        // Of a shard that is damaged somewhere, other chunks may be sound.
        for of_wrong in [false, true] {
            for shard in (0..shape.shards()).filter(|shard| self.wrong[*shard] == of_wrong) {
                if have == shape.data || !source.array.slot(id, shard).is_up() {
                    continue;
                }
                if let Ok(chunk) = source.chunk(stripe, shard) {
                    stored[shard] = Some(chunk);
                    have += 1;
                }
            }
        }
        if have < shape.data {
            return Err(BlobError::TooFew { id, have, need: shape.data });
        }
        let code = &source.array.drives.code;
        code.restore(&source.handle, stripe, &mut stored).map_err(|wrong| array_wrong(id, &wrong))?;
        if self.written.iter().any(|fresh| fresh.shard >= shape.data) {
            let data: Vec<&[u8]> = stored[..shape.data].iter().flatten().map(Vec::as_slice).collect();
            let unit = shape.unit(&source.handle, stripe);
            let parity = code.parity(&data, unit).map_err(|wrong| array_wrong(id, &wrong))?;
            for (at, bytes) in parity.iter().enumerate() {
                let place = shape.place(&source.handle, stripe, shape.data + at);
                debug_assert_eq!(place.len, CHUNK_HEAD + bytes.len());
                stored[shape.data + at] = Some(shape::parity_chunk(id, place, bytes, 0));
            }
        }
        Ok(stored)
    }

    /// Completes the shards, each by itself, and gives how many are on stable media.
    fn finish(mut self) -> usize {
        let mut foot = [0; FOOT];
        format::put_foot(&mut foot, &self.source.handle);
        for shard in self.written.iter().map(|fresh| fresh.shard).collect::<Vec<_>>() {
            self.put(shard, &foot);
        }
        let (source, mut rebuilt) = (self.source.clone(), 0);
        while let Some(fresh) = self.written.last() {
            let (id, array) = (source.handle.id, &source.array);
            let named = fresh
                .file
                .sync_data()
                .map_err(|e| BlobError::io(&fresh.path, e))
                .and_then(|()| array.publish(id, fresh.shard, &fresh.path))
                .and_then(|()| array.sync_directory(id, fresh.shard));
            if let Err(error) = named {
                self.give_up(self.written.len() - 1, &error);
                continue;
            }
            let slot = array.slot(id, fresh.shard);
            slot.rebuilt.add(1);
            slot.rebuilt_bytes.add(fresh.at);
            tracing::debug!(%id, drive = slot.number, "a shard was rebuilt");
            rebuilt += 1;
            self.written.pop();
        }
        source.array.remove_unfinished(source.handle.id);
        rebuilt
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        for fresh in std::mem::take(&mut self.written) {
            self.source.array.remove_later(self.source.handle.id, fresh.shard, fresh.path);
        }
    }
}
