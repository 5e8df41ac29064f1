//! Checking a blob from its id alone: every byte of the file, the foot too. No key is needed.

use std::{sync::Arc, time::Duration};

use env::{File, Point};

use crate::{
    BlobError, BlobId, Handle, Inner,
    cipher::Opening,
    error::Place,
    format::{self, FOOT, LAYOUT_WHOLE, Wrong},
    reader::{check_head, next_batch, read_batch},
};

/// Reads `pace_bytes` a second at most, unless that is 0.
pub(crate) async fn verify(inner: &Arc<Inner>, id: BlobId, pace_bytes: u64) -> Result<u64, BlobError> {
    inner.fault(Point::BlobRead).await?;
    let opened = inner.clone();
    let (file, handle) = inner.work.start(move || open(&opened, id)).await?;
    let mut chunks = 0..handle.chunks();
    let (mut crc, mut len) = (0, 0);
    while !chunks.is_empty() {
        let batch = next_batch(&handle, &mut chunks);
        let (reading, file) = (inner.clone(), file.clone());
        let job = move || read_batch(&reading, &*file, &handle, batch, 0, &(0..handle.len), &Opening::Not);
        let batch = inner.work.start(job).await?;
        let read = batch.slices.iter().map(|bytes| bytes.len() as u64).sum::<u64>();
        len += read;
        crc = batch.crcs.into_iter().fold(crc, format::chained);
        drop(batch.slices);
        pace(inner, read, pace_bytes).await;
    }
    if crc != handle.crc {
        return Err(inner.wrong(id, Wrong::Damaged(Place::Foot, "not the checksum of the chunks")));
    }
    Ok(len)
}

/// Opens the file, and makes the handle anew from its head and foot.
fn open(inner: &Inner, id: BlobId) -> Result<(Arc<dyn File>, Handle), BlobError> {
    let file = inner.drive.open(id)?;
    let chunk_len = check_head(inner, &*file, id, None)?;
    let len = file.len().map_err(|e| BlobError::io(&inner.drive.path(id), e))?;
    let mut foot = [0; FOOT];
    inner.read(&*file, &mut foot, len.saturating_sub(FOOT as u64), id, || Place::Foot)?;
    let handle =
        format::take_foot(&foot, id, chunk_len, LAYOUT_WHOLE).map_err(|wrong| inner.wrong(id, wrong))?;
    if handle.file_len() != len {
        return Err(inner.wrong(id, Wrong::Damaged(Place::Foot, "not the length of the file")));
    }
    Ok((Arc::from(file), handle))
}

/// Waits as long as `bytes` should take.
pub(crate) async fn pace(inner: &Inner, bytes: u64, pace_bytes: u64) {
    if pace_bytes > 0 {
        inner.env.clocks.steady.wait(Duration::from_secs_f64(bytes as f64 / pace_bytes as f64)).await;
    }
}
