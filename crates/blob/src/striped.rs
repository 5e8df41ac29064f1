//! Writing a blob over the drives: a stripe is gathered, sealed with its parity on another thread, and written to all
//! drives at once while the next one fills.
//!
//! A drive that fails, is full, or lets the others wait is left behind: its shard is rebuilt later. The handle is given when
//! contents and name of the shards of all others are on stable media, and never of fewer than can bring the blob back.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use bytes::Bytes;
use env::{File, Point};
use seal::MessageKey;

use crate::{
    BlobError, BlobId, Handle, Inner,
    array::{Array, Claim, UNFINISHED},
    cipher::Cipher,
    drives::PATIENCE,
    format::{self, CHUNK_HEAD, FOOT, FORMAT, HEAD, LAYOUT_SHARDS, Wrong},
    shape::{self, Shape},
    together::{Event, Together},
};

pub(crate) struct Striped {
    inner: Arc<Inner>,
    array: Arc<Array>,
    filling: Vec<u8>,
    len: u64,
    expected: u64,
    owner: Option<MessageKey>,
    begun: Option<Begun>,
    /// The shards that no work is under way for; none: left behind.
    shards: Vec<Option<Shard>>,
    writing: Together<Shard>,
    is_over: bool,
}

/// How often, after the first time, a writer looks whether drives hang that others wait for; then it waits no longer for
/// those that are just slow.
const LOOKS: usize = 9;

/// A blob that has an id.
#[derive(Clone)]
struct Begun {
    claim: Arc<Claim>,
    cipher: Option<Arc<Cipher>>,
    handle: Handle,
    stripes: u64,
}

/// What is to be written to one shard.
struct Piece {
    bytes: Vec<u8>,
    is_last: bool,
    /// Length of the whole file as it was announced, or 0.
    reserve: u64,
}

impl Striped {
    pub(crate) fn new(inner: Arc<Inner>, array: Arc<Array>) -> Self {
        inner.figures.writers.add(1);
        let shards = (0..array.shape().shards()).map(|_| None).collect();
        let (filling, len, expected, owner, begun) = (Vec::new(), 0, 0, None, None);
        let writing = Together::default();
        Self { inner, array, filling, len, expected, owner, begun, shards, writing, is_over: false }
    }

    pub(crate) fn expecting(&mut self, bytes: u64) {
        self.expected = bytes.min(format::LEN_MAX);
    }

    pub(crate) fn sealed(&mut self, owner: &MessageKey) {
        self.owner = Some(owner.clone());
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    fn shape(&self) -> Shape {
        self.array.shape()
    }

    pub(crate) async fn write(&mut self, mut bytes: Bytes) -> Result<(), BlobError> {
        let stripe = self.shape().chunk_len() * self.shape().data;
        while !bytes.is_empty() {
            if self.is_over {
                return Err(BlobError::Stopped);
            }
            if self.filling.len() == stripe {
                self.ship(false).await.inspect_err(|_| self.abandon())?;
            }
            if self.filling.capacity() == 0 {
                let left = self.expected.saturating_sub(self.len).max(bytes.len() as u64);
                self.filling.reserve_exact(left.min(stripe as u64) as usize);
            }
            let taken = bytes.split_to(bytes.len().min(stripe - self.filling.len()));
            self.filling.extend_from_slice(&taken);
            self.len += taken.len() as u64;
        }
        Ok(())
    }

    pub(crate) async fn finish(mut self) -> Result<Handle, BlobError> {
        if self.is_over {
            return Err(BlobError::Stopped);
        }
        let steady = self.inner.env.clocks.steady.clone();
        let begun = steady.now();
        self.ship(true).await?;
        self.settle().await?;
        let Some(Begun { claim, mut handle, .. }) = self.begun.clone() else {
            return Err(BlobError::Stopped);
        };
        handle.len = self.len;
        claim.is_finished.store(true, Ordering::SeqCst);
        self.inner.ids.finished(claim.id, &self.inner.env);
        self.inner.figures.finish_time.note_us(steady.now().saturating_sub(begun).as_micros() as u64);
        self.inner.figures.finished.add(1);
        self.inner.figures.written_bytes.add(self.len);
        let written = self.shards.iter().flatten().count();
        if self.array.drives.slots.iter().filter(|slot| slot.is_up()).count() > written {
            self.array.wound(claim.id);
        }
        self.shards.clear();
        Ok(handle)
    }

    /// Has what was gathered written, after what was before it.
    async fn ship(&mut self, is_last: bool) -> Result<(), BlobError> {
        self.settle().await?;
        self.inner.fault(Point::BlobWrite).await?;
        let bytes = std::mem::take(&mut self.filling);
        let (is_first, mut begun) = match self.begun.take() {
            Some(begun) => (false, begun),
            None => (true, self.begin(if is_last { Some(bytes.len()) } else { None })),
        };
        begun.handle.len = self.len;
        let (array, total) = (self.array.clone(), self.len);
        let seal = self.inner.work.start(move || {
            let pieces = seal_stripe(&array, &mut begun, &bytes, is_last.then_some(total));
            let id = begun.claim.id;
            pieces.map(|pieces| (begun, pieces)).map_err(|wrong| array_wrong(id, &wrong))
        });
        let (begun, pieces) = seal.await?;
        let reserve = if is_first && !is_last { self.expected } else { 0 };
        for (shard, bytes) in pieces.into_iter().enumerate() {
            let reserve = if reserve > 0 {
                let whole = Handle { len: reserve, ..begun.handle };
                self.shape().file_len(&whole, shard)
            } else {
                0
            };
            self.hand_over(&begun, shard, is_first, Piece { bytes, is_last, reserve });
        }
        self.begun = Some(begun);
        Ok(())
    }

    /// An id and all that follows from it. The chunk length of a blob of one stripe follows from its length.
    fn begin(&mut self, only: Option<usize>) -> Begun {
        let claim = Arc::new(Claim::new(&self.inner));
        let id = claim.id;
        let cipher = self.owner.take().map(|owner| Arc::new(Cipher::new(&owner, id, &self.inner.env.random)));
        let chunk_len =
            only.map_or(self.shape().chunk_len(), |len| self.shape().chunk_len_of_one(len)) as u32;
        let handle = Handle { id, len: 0, chunk_len, format: FORMAT, layout: LAYOUT_SHARDS, crc: 0 };
        Begun { claim, cipher, handle, stripes: 0 }
    }

    /// Starts to write a piece, where its drive is there and has not been left behind.
    fn hand_over(&mut self, begun: &Begun, number: usize, is_first: bool, piece: Piece) {
        let slot = self.array.slot(begun.claim.id, number);
        let known = self.shards[number].take();
        if known.is_none() && (!is_first || !slot.is_up() || slot.is_full()) {
            return;
        }
        let (array, claim, work) = (self.array.clone(), begun.claim.clone(), self.inner.work);
        let (written, named) = (slot.clone(), slot.clone());
        let job = slot.start(work, move || {
            let write = || {
                let mut shard = match known {
                    Some(shard) => shard,
                    None => Shard::create(array, claim, number, piece.reserve)?,
                };
                shard.put(&piece.bytes)?;
                let named = if piece.is_last { Some(shard.publish(work)?) } else { None };
                Ok((shard, named))
            };
            write().inspect_err(|error| written.failed(error))
        });
        self.writing.add(number, async move {
            let (shard, naming) = job.await?;
            if let Some(naming) = naming {
                let synced = naming.await.unwrap_or(Err(BlobError::Stopped));
                synced.inspect_err(|error| named.failed(error))?;
            }
            Ok(shard)
        });
    }

    /// Waits for the drives; for the last of them only so long.
    async fn settle(&mut self) -> Result<(), BlobError> {
        let Some(id) = self.begun.as_ref().map(|begun| begun.claim.id) else { return Ok(()) };
        let need = self.shape().data;
        let mut late = self.array.drives.late(PATIENCE);
        let (mut looks, mut trouble) = (0, None);
        loop {
            let done = self.shards.iter().flatten().count();
            match self.writing.next(&mut late).await {
                Event::Ended(shard, Ok(written)) => self.shards[shard] = Some(written),
                Event::Ended(_, Err(e)) => trouble = Some(e),
                Event::Late => {
                    self.leave_behind(id, done >= need, looks >= LOOKS);
                    looks += 1;
                    late = self.array.drives.late(PATIENCE / 3);
                }
                Event::Over if done >= need => return Ok(()),
                Event::Over => {
                    self.is_over = true;
                    let is_full = self.array.drives.slots.iter().any(|slot| slot.is_full());
                    return Err(match trouble {
                        Some(BlobError::Full) => BlobError::Full,
                        _ if is_full => BlobError::Full,
                        _ => BlobError::TooFew { id, have: done, need },
                    });
                }
            }
        }
    }

    /// Leaves drives behind: if the blob `can_go_on` without them, those that hang, or where it is `time` all that are under
    /// way; and in any case those that went away with calls that do not return.
    fn leave_behind(&mut self, id: BlobId, can_go_on: bool, time: bool) {
        for shard in self.writing.numbers() {
            let slot = self.array.slot(id, shard);
            if can_go_on && (slot.hangs() || time) {
                // Away first: nothing is asked of it when what was written to it is let go of.
                slot.is_slow();
                self.writing.forget(shard);
            } else if slot.is_silent() {
                self.writing.forget(shard);
            }
        }
    }

    /// Has the shards removed, away from the reactor.
    fn abandon(&mut self) {
        self.is_over = true;
        let shards = std::mem::take(&mut self.shards);
        let writing = std::mem::take(&mut self.writing);
        if writing.count() > 0 || shards.iter().any(Option::is_some) {
            self.inner.work.leave(move || drop((shards, writing)));
        }
    }
}

impl Drop for Striped {
    fn drop(&mut self) {
        self.abandon();
        self.inner.figures.writers.add(-1);
    }
}

pub(crate) fn array_wrong(id: BlobId, wrong: &Wrong) -> BlobError {
    match *wrong {
        Wrong::Unknown(what, found) => BlobError::Unknown { id, what, found },
        Wrong::Damaged(place, what) => BlobError::Damaged { id, place, file: PathBuf::new(), what },
    }
}

/// Encrypts and checks a stripe and computes its parity: what goes to each shard's file, with the head of the first and
/// behind the last, of a blob of `total` bytes, the foot.
fn seal_stripe(
    array: &Array,
    begun: &mut Begun,
    bytes: &[u8],
    total: Option<u64>,
) -> Result<Vec<Vec<u8>>, Wrong> {
    let (shape, id) = (array.shape(), begun.claim.id);
    let before = if begun.stripes == 0 { HEAD } else { 0 };
    let mut pieces: Vec<Vec<u8>> = Vec::with_capacity(shape.shards());
    let mut chunks = bytes.chunks(begun.handle.chunk_len as usize).peekable();
    for shard in 0..shape.data {
        let Some(plain) = chunks.next() else {
            pieces.push(vec![0; before]);
            continue;
        };
        let mut piece = Vec::with_capacity(before + CHUNK_HEAD + plain.len() + FOOT);
        piece.resize(before + CHUNK_HEAD, 0);
        piece.extend_from_slice(plain);
        let number = begun.stripes * shape.data as u64 + shard as u64;
        let is_last = total.is_some() && chunks.peek().is_none();
        let crc = match &begun.cipher {
            None => format::put_chunk_head(&mut piece[before..], id, number, None),
            Some(cipher) => cipher.put_chunk(&mut piece[before..], number, is_last),
        };
        begun.handle.crc = format::chained(begun.handle.crc, crc);
        pieces.push(piece);
    }
    if bytes.is_empty() {
        pieces.resize(shape.shards(), vec![0; before]);
    } else {
        let data: Vec<&[u8]> = pieces.iter().map(|piece| &piece[before..]).collect();
        let unit = shape.unit(&begun.handle, begun.stripes);
        let parity = array.drives.code.parity(&data, unit)?;
        for (at, bytes) in parity.iter().enumerate() {
            let place = shape.place(&begun.handle, begun.stripes, shape.data + at);
            pieces.push(shape::parity_chunk(id, place, bytes, before));
        }
    }
    for (shard, piece) in pieces.iter_mut().enumerate() {
        if before > 0 {
            let who = [shard as u8, shape.data as u8, shape.parity as u8];
            format::put_shard_head(piece, id, begun.handle.chunk_len, who);
        }
        if total.is_some() {
            let foot = piece.len();
            piece.resize(foot + FOOT, 0);
            format::put_foot(&mut piece[foot..], &begun.handle);
        }
    }
    begun.stripes += 1;
    Ok(pieces)
}

/// The file of a shard that is being written. Dropped before its blob is finished, it is removed, on another thread. Its calls
/// block.
struct Shard {
    array: Arc<Array>,
    claim: Arc<Claim>,
    number: usize,
    path: PathBuf,
    file: Box<dyn File>,
    at: u64,
    reserve: u64,
    is_named: bool,
}

impl Shard {
    fn create(array: Arc<Array>, claim: Arc<Claim>, number: usize, reserve: u64) -> Result<Self, BlobError> {
        array.check_room(claim.id, number, reserve)?;
        if array.exists(claim.id, number) {
            // Another blob's, given when the clock stood where it stands again: nothing to write over.
            let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(BlobError::io(&array.path(claim.id, number), taken));
        }
        let (path, file) = array.create(claim.id, number, UNFINISHED[0])?;
        let shard = Self { array, claim, number, path, file, at: 0, reserve, is_named: false };
        if reserve > 0 {
            shard.file.allocate(reserve).map_err(|e| BlobError::io(&shard.path, e))?;
        }
        Ok(shard)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.file.write_all_at(bytes, self.at).map_err(|e| BlobError::io(&self.path, e))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Waits until the contents are on stable media, gives the shard its name, and starts to make that durable.
    fn publish(
        &mut self,
        work: crate::work::Work,
    ) -> Result<tokio::sync::oneshot::Receiver<Result<(), BlobError>>, BlobError> {
        let cut = if self.reserve > self.at { self.file.set_len(self.at) } else { Ok(()) };
        cut.and_then(|()| self.file.sync_data()).map_err(|e| BlobError::io(&self.path, e))?;
        self.array.publish(self.claim.id, self.number, &self.path)?;
        self.is_named = true;
        Ok(self.array.sync_name(self.claim.id, self.number, work))
    }
}

impl Drop for Shard {
    fn drop(&mut self) {
        let is_finished = self.claim.is_finished.load(Ordering::SeqCst);
        let id = self.claim.id;
        if !self.is_named {
            self.array.remove_later(id, self.number, std::mem::take(&mut self.path));
        } else if !is_finished {
            self.array.remove_later(id, self.number, self.array.path(id, self.number));
        }
    }
}
