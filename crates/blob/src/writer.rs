//! Writing a blob: bytes are gathered into a batch of chunks; full batches are sealed and written on another thread
//! while the next one fills.

use std::sync::Arc;

use bytes::Bytes;
use env::{File, Point};
use futures_util::FutureExt;
use seal::MessageKey;
use tokio::sync::oneshot;

use crate::{
    BlobError, BlobId, Handle, Inner,
    buffer::{BATCH, BATCH_CHUNKS, Buffer},
    cipher::Cipher,
    format::{self, CHUNK_HEAD, CHUNK_LEN, FOOT, FORMAT, HEAD, LAYOUT_WHOLE},
    work::Job,
};

/// A chunk and its header, in a buffer and in the file.
const STRIDE: usize = CHUNK_HEAD + CHUNK_LEN;
/// Room that a blob of unknown length begins with.
const FIRST_ROOM: usize = 16 << 10;
/// Ids drawn before a writer gives up; a second one is needed only where randomness repeats itself.
const IDS_TRIED: usize = 100;

/// Writes a blob as one file.
pub(crate) struct Whole {
    inner: Arc<Inner>,
    filling: Option<Filling>,
    spare: Option<Buffer>,
    state: State,
    /// Room that the first batch begins with.
    room: usize,
    len: u64,
}

enum State {
    Idle(Sink),
    Writing(Job<(Sink, Buffer)>),
    Over,
}

impl Whole {
    pub(crate) fn new(inner: Arc<Inner>) -> Self {
        inner.figures.writers.add(1);
        let state = State::Idle(Sink::new(inner.clone()));
        Self { inner, filling: None, spare: None, state, room: FIRST_ROOM, len: 0 }
    }

    pub(crate) fn expecting(&mut self, bytes: u64) {
        let file_len = format::file_len(bytes.min(format::LEN_MAX), CHUNK_LEN as u64);
        self.room = file_len.min(BATCH as u64) as usize;
        if let State::Idle(sink) = &mut self.state {
            sink.reserve = file_len;
        }
    }

    pub(crate) fn sealed(&mut self, owner: &MessageKey) {
        if let State::Idle(sink) = &mut self.state {
            sink.owner = Some(owner.clone());
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Takes the next bytes, in pieces of any size. Waits while a batch is full and the one before it is still being
    /// written: at most two batches are held. After an error the writer is over and its file is gone.
    pub(crate) async fn write(&mut self, mut bytes: Bytes) -> Result<(), BlobError> {
        while !bytes.is_empty() {
            if self.filling.as_ref().is_some_and(Filling::is_full) {
                self.ship().await?;
            }
            if matches!(self.state, State::Over) {
                return Err(BlobError::Stopped);
            }
            let filling = self.filling();
            let taken = filling.take(&bytes);
            bytes = bytes.slice(taken..);
            self.len += taken as u64;
        }
        Ok(())
    }

    /// Writes what is left, waits until contents and name are on stable media, and gives the handle.
    pub(crate) async fn finish(mut self) -> Result<Handle, BlobError> {
        let result = self.publish().await;
        if result.is_err() {
            self.abandon();
        }
        result
    }

    async fn publish(&mut self) -> Result<Handle, BlobError> {
        let mut sink = self.sink().await?;
        self.filling();
        let Some(filling) = self.filling.take() else { return Err(BlobError::Stopped) };
        let steady = self.inner.env.clocks.steady.clone();
        let begun = steady.now();
        let last = self.inner.work.start(move || {
            sink.write_last(filling)?;
            let named = sink.sync_name()?;
            Ok((sink, named))
        });
        let (sink, named) = last.await?;
        self.state = State::Idle(sink); // whoever stops waiting now drops the writer, and with it the file
        named.await.unwrap_or(Err(BlobError::Stopped))?;
        let State::Idle(sink) = std::mem::replace(&mut self.state, State::Over) else {
            return Err(BlobError::Stopped);
        };
        self.inner.figures.finish_time.note_us(steady.now().saturating_sub(begun).as_micros() as u64);
        sink.published()
    }

    /// Has the full batch written, after the one before it.
    async fn ship(&mut self) -> Result<(), BlobError> {
        let mut sink = self.sink().await?;
        let Some(mut filling) = self.filling.take() else {
            self.state = State::Idle(sink);
            return Ok(());
        };
        self.state = State::Writing(self.inner.work.start(move || {
            sink.write(&mut filling)?;
            Ok((sink, filling.buffer))
        }));
        Ok(())
    }

    /// The sink, once no write is under way.
    async fn sink(&mut self) -> Result<Sink, BlobError> {
        if let State::Writing(job) = &mut self.state {
            match job.await {
                Ok((sink, buffer)) => {
                    self.state = State::Idle(sink);
                    self.spare = Some(buffer);
                }
                Err(e) => {
                    self.state = State::Over;
                    return Err(e);
                }
            }
        }
        if let Err(e) = self.inner.fault(Point::BlobWrite).await {
            self.abandon();
            return Err(e);
        }
        match std::mem::replace(&mut self.state, State::Over) {
            State::Idle(sink) => Ok(sink),
            _ => Err(BlobError::Stopped),
        }
    }

    fn filling(&mut self) -> &mut Filling {
        let (inner, spare) = (&self.inner, &mut self.spare);
        let (start, room) = if self.len == 0 { (HEAD, self.room) } else { (0, BATCH) };
        self.filling.get_or_insert_with(|| {
            let buffer = spare.take().unwrap_or_else(|| inner.buffers.take(room));
            Filling { buffer, start, used: start }
        })
    }

    /// Has the file removed, away from the reactor.
    fn abandon(&mut self) {
        let left = match std::mem::replace(&mut self.state, State::Over) {
            State::Idle(sink) => Some(sink),
            // Still running, it drops the sink at its end, where it runs.
            State::Writing(job) => job.now_or_never().and_then(Result::ok).map(|(sink, _)| sink),
            State::Over => None,
        };
        if let Some(sink) = left.filter(|s| s.id.is_some()) {
            self.inner.work.leave(move || drop(sink));
        }
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        self.abandon();
        self.inner.figures.writers.add(-1);
    }
}

/// A batch that is being filled: room for the head of the file in the first one, then chunks, each with room for its
/// header, and room for the foot.
struct Filling {
    buffer: Buffer,
    start: usize,
    used: usize,
}

impl Filling {
    fn is_full(&self) -> bool {
        self.used - self.start == BATCH_CHUNKS * STRIDE
    }

    /// Copies as much of `bytes` as the open chunk takes, and says how much.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let within = (self.used - self.start) % STRIDE;
        let header = if within == 0 { CHUNK_HEAD } else { 0 };
        let taken = bytes.len().min(STRIDE - within - header);
        self.grow(self.used + header + taken + FOOT);
        self.used += header;
        self.buffer[self.used..self.used + taken].copy_from_slice(&bytes[..taken]);
        self.used += taken;
        taken
    }

    fn grow(&mut self, need: usize) {
        if need > self.buffer.len() {
            let mut larger = self.buffer.another(need.max(self.buffer.len() * 4).min(BATCH));
            larger[..self.used].copy_from_slice(&self.buffer[..self.used]);
            self.buffer = larger;
        }
    }
}

/// The file of a blob that is being written. Dropped before it is published, it is removed. Its calls block.
struct Sink {
    inner: Arc<Inner>,
    id: Option<BlobId>,
    file: Option<Box<dyn File>>,
    /// The key of what is to be encrypted.
    owner: Option<MessageKey>,
    cipher: Option<Cipher>,
    /// Where the next batch goes.
    at: u64,
    /// Length of the file as it was announced, or 0.
    reserve: u64,
    chunks: u64,
    len: u64,
    crc: u32,
    published: bool,
}

impl Sink {
    fn new(inner: Arc<Inner>) -> Self {
        let (id, file, owner, cipher) = (None, None, None, None);
        let (at, reserve, chunks, len, crc, published) = (0, 0, 0, 0, 0, false);
        Self { inner, id, file, owner, cipher, at, reserve, chunks, len, crc, published }
    }

    /// The blob's id and file, made at the first write.
    fn begin(&mut self) -> Result<BlobId, BlobError> {
        if let Some(id) = self.id {
            return Ok(id);
        }
        self.inner.drive.check_room(self.reserve)?;
        let (id, file) = self.create()?;
        self.id = Some(id);
        self.cipher = self.owner.take().map(|owner| Cipher::new(&owner, id, &self.inner.env.random));
        // A blob of one batch needs no reservation: its only write says whether there is room.
        if self.reserve > BATCH as u64 {
            file.allocate(self.reserve).map_err(|e| self.failed(e))?;
        }
        self.file = Some(file);
        Ok(id)
    }

    /// A file under a fresh id. A taken id is nothing to remove: it is another blob's, given when the clock stood
    /// where it stands again.
    fn create(&self) -> Result<(BlobId, Box<dyn File>), BlobError> {
        for _ in 0..IDS_TRIED {
            let id = self.inner.ids.begin(&self.inner.env);
            match self.inner.drive.create(id) {
                Ok(Some(file)) => return Ok((id, file)),
                Ok(None) => self.inner.ids.abandoned(id),
                Err(e) => {
                    self.inner.ids.abandoned(id);
                    return Err(e);
                }
            }
        }
        let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        Err(BlobError::io(self.inner.drive.dir(), taken))
    }

    /// Seals the chunks of a batch and writes them.
    fn write(&mut self, filling: &mut Filling) -> Result<(), BlobError> {
        self.seal(filling, false)?;
        self.put(&filling.buffer[..filling.used])
    }

    /// Seals and writes the last batch and the foot, and waits until the contents are on stable media.
    fn write_last(&mut self, mut filling: Filling) -> Result<(), BlobError> {
        let id = self.seal(&mut filling, true)?;
        let foot = filling.used;
        filling.grow(foot + FOOT);
        format::put_foot(&mut filling.buffer[foot..], &self.handle(id));
        self.put(&filling.buffer[..foot + FOOT])?;
        let file = self.file.as_deref().ok_or(BlobError::Stopped)?;
        let cut = if self.reserve > self.at { file.set_len(self.at) } else { Ok(()) };
        cut.and_then(|()| file.sync_data()).map_err(|e| self.failed(e))
    }

    /// Encrypts the chunks of a batch, where that is wanted, and writes their headers.
    fn seal(&mut self, filling: &mut Filling, is_last: bool) -> Result<BlobId, BlobError> {
        let id = self.begin()?;
        if filling.start > 0 {
            format::put_head(&mut filling.buffer, id, CHUNK_LEN as u32);
        }
        let mut chunks = filling.buffer[filling.start..filling.used].chunks_mut(STRIDE);
        while let Some(chunk) = chunks.next() {
            let bytes = chunk.len() - CHUNK_HEAD;
            let crc = match &self.cipher {
                None => format::put_chunk_head(chunk, id, self.chunks, None),
                Some(cipher) => cipher.put_chunk(chunk, self.chunks, is_last && chunks.len() == 0),
            };
            self.crc = format::chained(self.crc, crc);
            self.chunks += 1;
            self.len += bytes as u64;
        }
        Ok(id)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        let file = self.file.as_deref().ok_or(BlobError::Stopped)?;
        file.write_all_at(bytes, self.at).map_err(|e| self.failed(e))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn failed(&self, e: std::io::Error) -> BlobError {
        let path = self.id.map(|id| self.inner.drive.path(id)).unwrap_or_default();
        BlobError::io(&path, e)
    }

    fn handle(&self, id: BlobId) -> Handle {
        let Self { len, crc, .. } = *self;
        Handle { id, len, chunk_len: CHUNK_LEN as u32, format: FORMAT, layout: LAYOUT_WHOLE, crc }
    }

    /// Starts to make the name durable.
    fn sync_name(&self) -> Result<oneshot::Receiver<Result<(), BlobError>>, BlobError> {
        let id = self.id.ok_or(BlobError::Stopped)?;
        Ok(self.inner.drive.sync_name(id, self.inner.work))
    }

    /// Contents and name are durable: from here on the file is its owner's.
    fn published(mut self) -> Result<Handle, BlobError> {
        let id = self.id.ok_or(BlobError::Stopped)?;
        self.published = true;
        self.inner.ids.finished(id, &self.inner.env);
        self.inner.figures.finished.add(1);
        self.inner.figures.written_bytes.add(self.len);
        Ok(self.handle(id))
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let Some(id) = self.id.filter(|_| !self.published) else { return };
        self.file = None;
        // What cannot be removed now is listed as old once nobody writes it, and swept.
        if let Err(error) = self.inner.drive.remove(id) {
            tracing::warn!(%id, %error, "an unfinished blob stays until it is swept");
        }
        self.inner.ids.abandoned(id);
    }
}
