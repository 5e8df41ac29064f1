//! Where the bytes of objects are, and how they go.

use bytes::Bytes;
use floor::{Get, Tx};
use wire::Answer;

use crate::{
    bucket::Bucket,
    fault,
    holds::Releasing,
    intake::Received,
    records::{self, Data, DataId, Manifest},
};

/// Lets go of bytes whose owner is removed in this transaction.
pub async fn release(tx: &Tx, bucket: u64, data: &Data, releasing: &Releasing) -> Answer<()> {
    match data {
        // Apart, as all that most requests do not need: what is awaited in place makes every request's future larger.
        Data::Parts(parts) => Box::pin(releasing.release(tx, bucket, parts.manifest)).await,
        data => {
            release_one(tx, bucket, data);
            Ok(())
        }
    }
}

/// As [`release`], of bytes that are not in parts.
pub fn release_one(tx: &Tx, bucket: u64, data: &Data) {
    match data {
        Data::Inline | Data::Parts(_) => {}
        Data::Kept(id) => tx.delete(&records::body(bucket, *id)),
        Data::Blob(blob) => tx.disown(blob.id),
    }
}

/// The manifest of an object in parts; none where the object went meanwhile.
pub async fn manifest<R: Get>(read: &R, bucket: u64, id: DataId) -> Answer<Option<Manifest>> {
    read.load(&records::manifest(bucket, id)).await
}

impl Received {
    /// Gives the bytes an owner: answers what its record says of them, and what stands behind it inline.
    pub fn keep(&self, tx: &Tx, bucket: &Bucket) -> Answer<(Data, Bytes)> {
        if bucket.record.id != self.sealer.bucket {
            // Made anew under the same name since the bytes were encrypted with the former one's key.
            return Err(fault::no_such_bucket(&bucket.name));
        }
        Ok(self.fresh.keep(tx, bucket.record.id))
    }
}

/// Bytes that have been received and encrypted, before a transaction gives them an owner.
#[derive(Clone, Debug)]
pub enum Fresh {
    /// Few: they go into the version's own record.
    Inline(Bytes),
    /// More: they go into a record of this name.
    Kept(DataId, Bytes),
    /// Many: they are in the blob store.
    Blob(floor::BlobHandle),
}

impl Fresh {
    fn keep(&self, tx: &Tx, bucket: u64) -> (Data, Bytes) {
        match self {
            Self::Inline(bytes) => (Data::Inline, bytes.clone()),
            Self::Kept(id, bytes) => {
                tx.put(&records::body(bucket, *id), bytes.clone());
                (Data::Kept(*id), Bytes::new())
            }
            Self::Blob(blob) => {
                tx.own(blob);
                (Data::Blob(*blob), Bytes::new())
            }
        }
    }
}
