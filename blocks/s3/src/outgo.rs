//! Bodies on their way out: the bytes of an object, or some of them.

use std::{collections::VecDeque, ops::Range};

use blob::{BlobError, Blobs, Reader};
use bytes::Bytes;
use floor::{BlobHandle, Cx, Get, Placement};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use wire::{Answer, Stream, StreamError};

use crate::{
    data,
    holds::{Hold, Holds},
    records::{self, Data, Manifest, Piece},
    sealing::{Sealer, Stands},
    versions::Stored,
};

/// The bytes of an object; none: they were replaced since the object was read, and the reader must look again.
pub type Opened<T> = Option<T>;

/// Opens `range` of an object.
pub async fn open(
    holds: &Holds,
    cx: &Cx,
    place: &Placement,
    sealer: Sealer,
    key: &str,
    stored: &Stored,
    range: Range<u64>,
) -> Answer<Opened<Stream>> {
    let Some(object) = stored.object() else { return Ok(None) };
    if range.is_empty() {
        return Ok(Some(Stream::from(Bytes::new())));
    }
    match &object.data {
        Data::Inline => {
            let bytes = sealer.open(Stands::Inline(key, object.etag), &stored.inline)?;
            Ok(Some(Stream::from(sliced(&bytes, &range))))
        }
        data => Box::pin(open_elsewhere(holds, cx, place, sealer, data, range)).await,
    }
}

/// Opens what is not in the record.
async fn open_elsewhere(
    holds: &Holds,
    cx: &Cx,
    place: &Placement,
    sealer: Sealer,
    data: &Data,
    range: Range<u64>,
) -> Answer<Opened<Stream>> {
    match data {
        Data::Parts(parts) => {
            let hold = holds.hold(parts.manifest).await;
            let manifest = data::manifest(&cx.view(place).await?, sealer.bucket, parts.manifest).await?;
            let Some(manifest) = manifest else { return Ok(None) };
            open_parts(cx, place, sealer, &manifest, range, hold).await
        }
        one => {
            let length = range.end - range.start;
            let chunks = open_one(cx, place, &sealer, one, range).await?;
            Ok(chunks.map(|chunks| Stream::new(chunks, Some(length))))
        }
    }
}

fn sliced(bytes: &Bytes, range: &Range<u64>) -> Bytes {
    let end = (range.end as usize).min(bytes.len());
    bytes.slice((range.start as usize).min(end)..end)
}

type Chunks = BoxStream<'static, Result<Bytes, StreamError>>;

async fn open_one(
    cx: &Cx,
    place: &Placement,
    sealer: &Sealer,
    data: &Data,
    range: Range<u64>,
) -> Answer<Opened<Chunks>> {
    match data {
        Data::Kept(id) => {
            let found = cx.view(place).await?.get(&records::body(sealer.bucket, *id)).await?;
            let bytes = found.map(|stored| sealer.open(Stands::Kept(*id), &stored)).transpose()?;
            Ok(bytes.map(|bytes| stream::iter([Ok(sliced(&bytes, &range))]).boxed()))
        }
        Data::Blob(handle) => match read_blob(&cx.blobs(place).await?, handle, range, sealer).await {
            Ok(reader) => Ok(Some(chunks_of(reader))),
            Err(BlobError::Missing(_)) => Ok(None),
            Err(error) => Err(floor::fault::of_blob(&error)),
        },
        Data::Inline | Data::Parts(_) => Err(floor::fault::internal("a part is neither kept nor a blob")),
    }
}

async fn read_blob(
    blobs: &Blobs,
    handle: &BlobHandle,
    range: Range<u64>,
    sealer: &Sealer,
) -> Result<Reader, BlobError> {
    blobs.read_sealed(handle, range, &sealer.key).await
}

fn chunks_of(reader: Reader) -> Chunks {
    reader.into_stream().map(|chunk| chunk.map_err(|e| gone(&e))).boxed()
}

fn gone(error: &BlobError) -> StreamError {
    tracing::error!(%error, "the bytes of an object cannot be read");
    StreamError::Gone(error.to_string())
}

/// Which bytes of which pieces make up `range` of the whole.
fn cut(manifest: &Manifest, range: &Range<u64>) -> VecDeque<(Piece, Range<u64>)> {
    let mut start = 0;
    let mut wanted = VecDeque::new();
    for piece in &manifest.parts {
        let end = start + piece.size;
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from < to {
            wanted.push_back((piece.clone(), from - start..to - start));
        }
        start = end;
    }
    wanted
}

/// The first piece is opened before anything is answered, the others one after another.
async fn open_parts(
    cx: &Cx,
    place: &Placement,
    sealer: Sealer,
    manifest: &Manifest,
    range: Range<u64>,
    hold: Hold,
) -> Answer<Opened<Stream>> {
    let length = range.end - range.start;
    let mut wanted = cut(manifest, &range);
    let Some((first, within)) = wanted.pop_front() else { return Ok(Some(Stream::from(Bytes::new()))) };
    let Some(open) = open_one(cx, place, &sealer, &first.data, within).await? else { return Ok(None) };
    // Only the last part can be small enough for a record: read now, so that the stream needs the blob store only.
    let mut kept = Vec::new();
    for (piece, within) in &wanted {
        if let Data::Kept(id) = piece.data {
            let Some(bytes) = cx.view(place).await?.get(&records::body(sealer.bucket, id)).await? else {
                return Ok(None);
            };
            kept.push((id, sliced(&sealer.open(Stands::Kept(id), &bytes)?, within)));
        }
    }
    let rest = Rest { blobs: cx.blobs(place).await?, wanted, kept, sealer, _hold: hold };
    let rest = stream::unfold(rest, |mut rest| async move { Some((rest.next().await?, rest)) }).flatten();
    Ok(Some(Stream::new(open.chain(rest), Some(length))))
}

/// The pieces that are still to come.
struct Rest {
    blobs: Blobs,
    wanted: VecDeque<(Piece, Range<u64>)>,
    kept: Vec<(records::DataId, Bytes)>,
    sealer: Sealer,
    _hold: Hold,
}

impl Rest {
    async fn next(&mut self) -> Option<Chunks> {
        let (piece, within) = self.wanted.pop_front()?;
        Some(match &piece.data {
            Data::Blob(handle) => match read_blob(&self.blobs, handle, within, &self.sealer).await {
                Ok(reader) => chunks_of(reader),
                Err(error) => stream::iter([Err(gone(&error))]).boxed(),
            },
            Data::Kept(id) => {
                let found = self.kept.iter().find(|(kept, _)| kept == id).map(|(_, bytes)| bytes.clone());
                stream::iter([found.ok_or_else(|| StreamError::Gone("a part is missing".into()))]).boxed()
            }
            Data::Inline | Data::Parts(_) => {
                stream::iter([Err(StreamError::Gone("a part is neither kept nor a blob".into()))]).boxed()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pieces_are_cut_where_the_range_says(
            sizes in prop::collection::vec(0_u64..20, 0..8),
            ends in (0_u64..200, 0_u64..200),
        ) {
            let total: u64 = sizes.iter().sum();
            let range = ends.0.min(ends.1).min(total)..ends.0.max(ends.1).min(total);
            let parts = sizes.iter().enumerate().map(|(i, size)| {
                Piece { number: i as u16, size: *size, data: Data::Inline, checksum: None }
            });
            let manifest = Manifest { parts: parts.collect() };
            let mut bytes = Vec::new();
            for (piece, within) in cut(&manifest, &range) {
                let start: u64 = sizes[..usize::from(piece.number)].iter().sum();
                bytes.extend(within.map(|b| start + b));
            }
            prop_assert_eq!(bytes, range.collect::<Vec<_>>());
        }
    }
}
