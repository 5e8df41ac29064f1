//! Blobs without an owner.
//!
//! A blob is written before the transaction that names it. Each owned blob has an owner record, written and removed
//! in the same transactions as the records that use it; what has none for longer than any transaction can last is
//! the leftover of a crash, and goes.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use env::Timestamp;
use wire::Answer;

use crate::{
    BlobId,
    cells::OpenCell,
    fault::{of_blob, of_store},
};

/// How long a blob may be without an owner: far longer than the longest upload of one part may take.
pub const GRACE: Duration = Duration::from_secs(24 * 3600);

pub(crate) fn owner_key(blob: BlobId) -> Bytes {
    let mut key = Vec::with_capacity(22);
    key.extend_from_slice(b"\0blob\0");
    key.extend_from_slice(&blob.0);
    key.into()
}

/// Removes a disowned blob in the background; a crash before it is done leaves it to the sweeper.
pub(crate) fn drop_soon(cell: &Arc<OpenCell>, blob: BlobId) {
    if cell.backups.load(Ordering::SeqCst) > 0 {
        return; // a backup under way may name it; the sweeper takes it later
    }
    let blobs = cell.blobs.clone();
    cell.spawn(async move {
        if let Err(error) = blobs.drop_blob(blob).await {
            tracing::warn!(%error, "a blob could not be removed; the sweeper will try again");
        }
    });
}

/// Looks at up to `limit` blobs older than `older_than`, from `after` on, and removes those without an owner.
/// Answers how many were removed and where to go on.
pub(crate) async fn sweep(
    cell: &OpenCell,
    older_than: Timestamp,
    after: Option<BlobId>,
    limit: usize,
) -> Answer<(usize, Option<BlobId>)> {
    let found = cell.blobs.list_older(older_than, after, limit).await.map_err(|e| of_blob(&e))?;
    let next = if found.len() < limit { None } else { found.last().copied() };
    if cell.backups.load(Ordering::SeqCst) > 0 {
        return Ok((0, None));
    }
    let view = cell.records.view();
    let mut removed = 0;
    for blob in found {
        if view.get(&owner_key(blob)).await.map_err(of_store)?.is_none() {
            cell.blobs.drop_blob(blob).await.map_err(|e| of_blob(&e))?;
            removed += 1;
        }
    }
    Ok((removed, next))
}
