//! Reading a blob: whole batches of chunks on another thread, checked there, handed out chunk by chunk.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use bytes::Bytes;
use env::{File, Point};
use seal::TAG_BYTES;

use crate::{
    BlobError, BlobId, Handle, Inner,
    buffer::BATCH,
    cipher::Opening,
    error::Place,
    format::{self, CHUNK_HEAD, HEAD, Wrong},
    work::Job,
};

/// Reads a blob that is one file.
pub(crate) struct Whole {
    inner: Arc<Inner>,
    file: Arc<dyn File>,
    handle: Handle,
    opening: Opening,
    range: Range<u64>,
    /// Chunks that are still to be read.
    chunks: Range<u64>,
    ready: VecDeque<Bytes>,
    ahead: Option<Job<Batch>>,
    left: u64,
}

impl Whole {
    /// Opens the blob and reads the first batch, in one trip to another thread.
    pub(crate) async fn open(
        inner: Arc<Inner>,
        handle: Handle,
        range: Range<u64>,
        opening: Opening,
    ) -> Result<Self, BlobError> {
        inner.fault(Point::BlobRead).await?;
        let mut chunks = handle.chunks_of(&range);
        let first = next_batch(&handle, &mut chunks);
        let (opened, wanted, first_opening) = (inner.clone(), range.clone(), opening.clone());
        let job = inner.work.start(move || {
            let file: Arc<dyn File> = Arc::from(opened.drive.open(handle.id)?);
            let batch = read_first(&opened, &*file, &handle, first, &wanted, &first_opening)?;
            Ok((file, batch))
        });
        let (file, batch) = job.await?;
        inner.figures.readers.add(1);
        let left = range.end - range.start;
        Ok(Self { inner, file, handle, opening, range, chunks, ready: batch.slices, ahead: None, left })
    }

    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BlobError>> {
        if self.left == 0 {
            return None;
        }
        match self.advance().await {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                self.inner.figures.read_bytes.add(bytes.len() as u64);
                Some(Ok(bytes))
            }
            Err(e) => {
                self.left = 0;
                Some(Err(e))
            }
        }
    }

    async fn advance(&mut self) -> Result<Bytes, BlobError> {
        if self.ready.is_empty() {
            self.read_ahead();
            let Some(ahead) = &mut self.ahead else { return Err(BlobError::Stopped) };
            self.inner.fault(Point::BlobRead).await?;
            let batch = ahead.await;
            self.ahead = None;
            self.ready = batch?.slices;
        }
        self.read_ahead();
        self.ready.pop_front().ok_or(BlobError::Stopped)
    }

    /// Starts to read the next batch, unless it is under way or there is none.
    fn read_ahead(&mut self) {
        if self.ahead.is_some() || self.chunks.is_empty() {
            return;
        }
        let batch = next_batch(&self.handle, &mut self.chunks);
        let (inner, file, handle, range) =
            (self.inner.clone(), self.file.clone(), self.handle, self.range.clone());
        let opening = self.opening.clone();
        let job = move || read_batch(&inner, &*file, &handle, batch, 0, &range, &opening);
        self.ahead = Some(self.inner.work.start(job));
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        self.inner.figures.readers.add(-1);
    }
}

/// Chunks that were read together and checked.
pub(crate) struct Batch {
    /// The part of each that was asked for.
    pub(crate) slices: VecDeque<Bytes>,
    /// CRC-32C of each, of its whole contents.
    pub(crate) crcs: Vec<u32>,
}

/// Takes the chunks of one batch from the front of `chunks`.
pub(crate) fn next_batch(handle: &Handle, chunks: &mut Range<u64>) -> Range<u64> {
    let count = (BATCH / (CHUNK_HEAD + handle.chunk_len as usize)).max(1) as u64;
    let batch = chunks.start..chunks.end.min(chunks.start + count);
    chunks.start = batch.end;
    batch
}

/// Checks the head of the file and reads the first batch; in one read where they lie together.
fn read_first(
    inner: &Arc<Inner>,
    file: &dyn File,
    handle: &Handle,
    chunks: Range<u64>,
    range: &Range<u64>,
    opening: &Opening,
) -> Result<Batch, BlobError> {
    if chunks.start == 0 && !chunks.is_empty() {
        return read_batch(inner, file, handle, chunks, HEAD, range, opening);
    }
    check_head(inner, file, handle.id, Some(handle.chunk_len))?;
    read_batch(inner, file, handle, chunks, 0, range, opening)
}

/// Reads and checks the head of a file, and gives its chunk length.
pub(crate) fn check_head(
    inner: &Inner,
    file: &dyn File,
    id: BlobId,
    chunk_len: Option<u32>,
) -> Result<u32, BlobError> {
    let mut head = [0; HEAD];
    inner.read(file, &mut head, 0, id, || Place::Head)?;
    take_head(inner, &head, id, chunk_len)
}

fn take_head(inner: &Inner, head: &[u8], id: BlobId, expected: Option<u32>) -> Result<u32, BlobError> {
    let chunk_len = format::take_head(head, id).map_err(|wrong| inner.wrong(id, wrong))?;
    match expected {
        Some(expected) if expected != chunk_len => {
            Err(inner.wrong(id, Wrong::Damaged(Place::Head, "not the chunk length of the handle")))
        }
        _ => Ok(chunk_len),
    }
}

/// Reads a batch of chunks, with the `head` bytes before them, checks it all, and decrypts it where it stands.
pub(crate) fn read_batch(
    inner: &Arc<Inner>,
    file: &dyn File,
    handle: &Handle,
    chunks: Range<u64>,
    head: usize,
    range: &Range<u64>,
    opening: &Opening,
) -> Result<Batch, BlobError> {
    let mut batch = Batch { slices: VecDeque::new(), crcs: Vec::new() };
    if chunks.is_empty() {
        return Ok(batch);
    }
    let stored = |n| CHUNK_HEAD + handle.chunk_bytes(n);
    let len = head + chunks.clone().map(stored).sum::<usize>();
    let mut buffer = inner.buffers.take(len + TAG_BYTES);
    let at = handle.chunk_at(chunks.start) - head as u64;
    let cut = || file.len().map_or(Place::Chunk(chunks.start), |len| handle.place_at(len.max(at)));
    inner.read(file, &mut buffer[..len], at, handle.id, cut)?;
    if head > 0 {
        take_head(inner, &buffer[..head], handle.id, Some(handle.chunk_len))?;
    }
    let mut at = head;
    for number in chunks.clone() {
        let end = at + stored(number);
        let wrong = |wrong| inner.wrong(handle.id, wrong);
        let (crc, seal) = format::check_chunk(&buffer[at..end], handle.id, number).map_err(wrong)?;
        batch.crcs.push(crc);
        // To be opened, a chunk needs its tag behind it, where the next one's header begins: that is put back.
        let mut lent = [0; TAG_BYTES];
        lent.copy_from_slice(&buffer[end..end + TAG_BYTES]);
        let last = number + 1 == handle.chunks();
        let chunk = &mut buffer[at + CHUNK_HEAD..end + TAG_BYTES];
        opening.open(chunk, seal, handle.id, number, last).map_err(wrong)?;
        buffer[end..end + TAG_BYTES].copy_from_slice(&lent);
        at = end;
    }
    let buffer = Bytes::from_owner(buffer);
    let mut at = head + CHUNK_HEAD;
    for number in chunks {
        let wanted = wanted(handle, number, range);
        batch.slices.push_back(buffer.slice(at + wanted.start..at + wanted.end));
        at += stored(number);
    }
    Ok(batch)
}

/// The part of a chunk's contents that lies in `range`.
pub(crate) fn wanted(handle: &Handle, number: u64, range: &Range<u64>) -> Range<usize> {
    let start = number * u64::from(handle.chunk_len);
    let len = handle.chunk_bytes(number) as u64;
    let within = |at: u64| at.saturating_sub(start).min(len) as usize;
    within(range.start)..within(range.end)
}
