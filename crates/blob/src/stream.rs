//! Writers and readers as callers have them, of blobs that are one file and of those that lie over drives.

use std::{ops::Range, sync::Arc};

use bytes::Bytes;
use futures_util::Stream;
use seal::MessageKey;

use crate::{
    BlobError, Handle, Inner,
    cipher::Opening,
    format::{LAYOUT_SHARDS, Wrong},
    gathered::Gathered,
    reader,
    striped::Striped,
    writer,
};

/// Takes a blob's bytes. Nothing of it can be read before [`Writer::finish`]; dropped before, it leaves nothing.
pub struct Writer(Writes);

enum Writes {
    Whole(Box<writer::Whole>),
    Striped(Box<Striped>),
}

impl Writer {
    pub(crate) fn new(inner: &Arc<Inner>) -> Self {
        Self(match &inner.array {
            None => Writes::Whole(Box::new(writer::Whole::new(inner.clone()))),
            Some(array) => Writes::Striped(Box::new(Striped::new(inner.clone(), array.clone()))),
        })
    }

    /// Says how many bytes are coming (a hint): space for them is reserved before the first is written, so that a
    /// full disk shows early.
    #[must_use]
    pub fn expecting(mut self, bytes: u64) -> Self {
        match &mut self.0 {
            Writes::Whole(writer) => writer.expecting(bytes),
            Writes::Striped(writer) => writer.expecting(bytes),
        }
        self
    }

    /// Has the blob encrypted with a key that is derived from its owner's for its id: [`crate::Blobs::read_sealed`].
    #[must_use]
    pub fn sealed(mut self, owner: &MessageKey) -> Self {
        match &mut self.0 {
            Writes::Whole(writer) => writer.sealed(owner),
            Writes::Striped(writer) => writer.sealed(owner),
        }
        self
    }

    /// Bytes taken so far.
    pub fn len(&self) -> u64 {
        match &self.0 {
            Writes::Whole(writer) => writer.len(),
            Writes::Striped(writer) => writer.len(),
        }
    }

    /// Whether no byte was taken yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes the next bytes, in pieces of any size. Waits while a batch is full and the one before it is still being
    /// written: at most two batches are held. After an error the writer is over and its file is gone.
    pub async fn write(&mut self, bytes: Bytes) -> Result<(), BlobError> {
        match &mut self.0 {
            Writes::Whole(writer) => writer.write(bytes).await,
            Writes::Striped(writer) => writer.write(bytes).await,
        }
    }

    /// Writes what is left, waits until contents and name are on stable media, and gives the handle.
    pub async fn finish(self) -> Result<Handle, BlobError> {
        match self.0 {
            Writes::Whole(writer) => writer.finish().await,
            Writes::Striped(writer) => writer.finish().await,
        }
    }
}

/// A range of a blob's bytes, in order. It goes on when the blob is dropped meanwhile.
///
/// At most two batches of chunks are held, one to hand out and one read ahead; those handed out are the caller's.
pub struct Reader(Reads);

enum Reads {
    Whole(Box<reader::Whole>),
    Gathered(Box<Gathered>),
}

impl Reader {
    pub(crate) async fn open(
        inner: &Arc<Inner>,
        handle: Handle,
        range: Range<u64>,
        opening: Opening,
    ) -> Result<Self, BlobError> {
        let id = handle.id;
        if range.start > range.end || range.end > handle.len {
            return Err(BlobError::OutOfRange { id, start: range.start, end: range.end, len: handle.len });
        }
        handle.check().map_err(|wrong| inner.wrong(id, wrong))?;
        Ok(Self(match (&inner.array, handle.layout) {
            (Some(array), LAYOUT_SHARDS) => {
                let opened = Gathered::open(inner.clone(), array.clone(), handle, range, opening);
                Reads::Gathered(Box::new(Box::pin(opened).await?))
            }
            // `serve` refuses a directory that has such blobs and is given no drives.
            (None, LAYOUT_SHARDS) => return Err(inner.wrong(id, Wrong::Unknown("layout", handle.layout))),
            _ => Reads::Whole(Box::new(reader::Whole::open(inner.clone(), handle, range, opening).await?)),
        }))
    }

    /// Bytes that are still to come.
    pub fn left(&self) -> u64 {
        match &self.0 {
            Reads::Whole(reader) => reader.left(),
            Reads::Gathered(reader) => reader.left(),
        }
    }

    /// The next bytes, at most a chunk and never empty; `None` at the end. After an error nothing more comes.
    pub async fn next(&mut self) -> Option<Result<Bytes, BlobError>> {
        match &mut self.0 {
            Reads::Whole(reader) => reader.next().await,
            Reads::Gathered(reader) => reader.next().await,
        }
    }

    /// The same as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, BlobError>> + Send + 'static {
        futures_util::stream::unfold(self, |mut reader| async move {
            let next = reader.next().await?;
            Some((next, reader))
        })
    }
}
