//! How the bytes of objects are encrypted at rest.
//!
//! Each bucket has a key of its own, sealed in its record with the master key and unsealed when the record is decoded:
//! SSE-S3. Under it (or under a data key of KMS) each body in a record is a message with a random nonce, bound to its
//! place, and each blob has a key that is derived for its id. What was written before buckets had keys is read as it is.

use bytes::Bytes;
use floor::{Cx, Placement};
use seal::MessageKey;
use wire::Answer;

use crate::{
    S3,
    bucket::Bucket,
    customer::CustomerKey,
    etag::ETag,
    fault,
    kms::{self, Asked},
    records::{self, BucketRecord, DataId, OfCustomer, OfKms, Sealing},
};

/// Whose keys are sealed under this word.
pub const PURPOSE: &str = "s3 bucket";

impl Sealing {
    /// The data key of KMS, where there is one.
    pub fn of_kms(&self) -> Option<&OfKms> {
        match self {
            Self::Kms(of) => Some(of),
            Self::Not | Self::Bucket | Self::Customer(_) => None,
        }
    }

    /// `x-amz-server-side-encryption`; none where the customer has the key.
    pub fn algorithm(&self) -> Option<&'static str> {
        match self {
            Self::Kms(of) => Some(of.algorithm()),
            Self::Not | Self::Bucket => Some("AES256"),
            Self::Customer(_) => None,
        }
    }

    /// Whether the entity tag may tell the MD5 of the bytes.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>
    pub fn tells_md5(&self) -> bool {
        matches!(self, Self::Not | Self::Bucket)
    }
}

/// What encrypts bytes on their way in and decrypts them on their way out; without a key, nothing is done to them.
#[derive(Clone, Debug)]
pub struct Sealer {
    /// What the record says of it.
    pub sealing: Sealing,
    /// The bucket's number.
    pub bucket: u64,
    /// The key.
    pub key: Option<MessageKey>,
}

/// Where bytes stand in a record: those of one place do not open in another.
#[derive(Clone, Copy, Debug)]
pub enum Stands<'a> {
    /// Behind the version of a key, which has this tag.
    Inline(&'a str, ETag),
    /// In a record of their own.
    Kept(DataId),
}

impl Stands<'_> {
    fn bound_to(self, bucket: u64) -> Vec<u8> {
        let mut aad = Vec::with_capacity(64);
        aad.extend_from_slice(&bucket.to_be_bytes());
        match self {
            Self::Inline(key, etag) => {
                aad.push(b'o');
                aad.extend_from_slice(&etag.md5);
                aad.extend_from_slice(key.as_bytes());
            }
            Self::Kept(id) => {
                aad.push(b'b');
                aad.extend_from_slice(&id.0);
            }
        }
        aad
    }
}

impl Sealer {
    /// What a record is to hold in place of `bytes`.
    pub fn seal(&self, cx: &Cx, stands: Stands<'_>, bytes: Bytes) -> Bytes {
        let Some(key) = &self.key else { return bytes };
        let mut out = Vec::new();
        key.seal_onto(&key.nonce(&cx.env().random), &stands.bound_to(self.bucket), &bytes, &mut out);
        out.into()
    }

    /// The inverse of [`Sealer::seal`].
    pub fn open(&self, stands: Stands<'_>, stored: Bytes) -> Answer<Bytes> {
        let Some(key) = &self.key else { return Ok(stored) };
        match key.open_with_nonce(&stands.bound_to(self.bucket), &stored) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => {
                Err(floor::fault::internal(format!("a body in a record of bucket {}: {error}", self.bucket)))
            }
        }
    }
}

/// Opens the key of a bucket's record.
pub fn key_of(master: &floor::Master, record: &BucketRecord) -> Answer<Option<MessageKey>> {
    let opened = record.key.as_ref().map(|sealed| master.open_key(PURPOSE, &record.id.to_be_bytes(), sealed));
    opened.transpose().map_err(|e| floor::fault::internal(format!("the key of bucket {}: {e}", record.id)))
}

impl S3 {
    /// A key for a new bucket, as its record holds it.
    pub fn new_bucket_key(&self, bucket: u64) -> Vec<u8> {
        self.master.new_key(PURPOSE, &bucket.to_be_bytes())
    }

    /// What encrypts a new object, or the parts of a new upload.
    pub async fn sealer(
        &self,
        cx: &mut Cx,
        place: &Placement,
        bucket: &Bucket,
        key: &str,
        asked: &Asked<'_>,
        customer: Option<&CustomerKey>,
    ) -> Answer<Sealer> {
        let id = bucket.record.id;
        if let Some(customer) = customer {
            let (of, key) = OfCustomer::new(cx, customer)?;
            return Ok(Sealer { sealing: Sealing::Customer(Box::new(of)), bucket: id, key: Some(key) });
        }
        if let Some(plan) = kms::planned(asked, bucket.record.encryption.as_ref())? {
            let (sealing, key) = Box::pin(kms::generate(cx, bucket, key, plan)).await?;
            return Ok(Sealer { sealing, bucket: id, key: Some(key) });
        }
        let key = match &bucket.key {
            Some(key) => key.clone(),
            None => Box::pin(self.give_key(cx, place, &bucket.name, id)).await?,
        };
        Ok(Sealer { sealing: Sealing::Bucket, bucket: id, key: Some(key) })
    }

    /// Gives a bucket of an earlier version its key.
    async fn give_key(&self, cx: &mut Cx, place: &Placement, name: &str, id: u64) -> Answer<MessageKey> {
        let made = &self.new_bucket_key(id);
        let given = cx.cell(place).await?.transact(|tx| async move {
            let bucket = self.bucket(&tx, name).await?.filter(|b| b.record.id == id);
            let bucket = bucket.ok_or_else(|| fault::no_such_bucket(name))?;
            if let Some(key) = &bucket.key {
                return Ok(key.clone());
            }
            let record = BucketRecord { key: Some(made.clone()), ..bucket.record.clone() };
            tx.save(&records::bucket(name), &record);
            key_of(&self.master, &record)?
                .ok_or_else(|| floor::fault::internal("a key that was made is none"))
        });
        given.await
    }

    /// What decrypts bytes, or encrypts the further parts of an upload. `opened` is the customer's key for them, if they
    /// have one: see [`crate::customer::opened`].
    pub async fn sealer_of(
        cx: &Cx,
        bucket: &Bucket,
        key: &str,
        sealing: &Sealing,
        opened: Option<MessageKey>,
    ) -> Answer<Sealer> {
        let key = match sealing {
            Sealing::Not => None,
            Sealing::Bucket => Some(bucket.key.clone().ok_or_else(|| {
                floor::fault::internal(format!("bucket {} has no key for what it holds", bucket.record.id))
            })?),
            Sealing::Kms(of) => Some(Box::pin(kms::decrypt(cx, bucket, key, of)).await?),
            Sealing::Customer(_) => Some(opened.ok_or_else(|| {
                floor::fault::internal("what a customer has the key of was not opened with it")
            })?),
        };
        Ok(Sealer { sealing: sealing.clone(), bucket: bucket.record.id, key })
    }
}
