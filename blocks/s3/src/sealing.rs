//! How the bytes of objects are encrypted at rest.
//!
//! Each bucket has a key of its own, sealed in its record with the master key and unsealed when the record is decoded:
//! SSE-S3. Under it (or under a data key of KMS) each body in a record is a message with a random nonce, bound to its
//! place, and each blob has a key that is derived for its id.

use bytes::Bytes;
use floor::Cx;
use seal::MessageKey;
use wire::Answer;

use crate::{
    S3,
    bucket::Bucket,
    customer::CustomerKey,
    etag::ETag,
    kms::{self, Asked},
    records::{BucketRecord, DataId, OfCustomer, OfKms, Sealing},
};

/// Whose keys are sealed under this word.
pub const PURPOSE: &str = "s3 bucket";

impl Sealing {
    /// The data key of KMS, where there is one.
    pub fn of_kms(&self) -> Option<&OfKms> {
        match self {
            Self::Kms(of) => Some(of),
            Self::Bucket | Self::Customer(_) => None,
        }
    }

    /// `x-amz-server-side-encryption`; none where the customer has the key.
    pub fn algorithm(&self) -> Option<&'static str> {
        match self {
            Self::Kms(of) => Some(of.algorithm()),
            Self::Bucket => Some("AES256"),
            Self::Customer(_) => None,
        }
    }

    /// Whether the entity tag may tell the MD5 of the bytes.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>
    pub fn tells_md5(&self) -> bool {
        matches!(self, Self::Bucket)
    }
}

/// What encrypts bytes on their way in and decrypts them on their way out.
#[derive(Clone, Debug)]
pub struct Sealer {
    /// What the record says of it.
    pub sealing: Sealing,
    /// The bucket's number.
    pub bucket: u64,
    /// The key.
    pub key: MessageKey,
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
    pub fn seal(&self, cx: &Cx, stands: Stands<'_>, bytes: &[u8]) -> Bytes {
        let key = &self.key;
        let mut out = Vec::new();
        key.seal_onto(&key.nonce(&cx.env().random), &stands.bound_to(self.bucket), bytes, &mut out);
        out.into()
    }

    /// The inverse of [`Sealer::seal`].
    pub fn open(&self, stands: Stands<'_>, stored: &[u8]) -> Answer<Bytes> {
        match self.key.open_with_nonce(&stands.bound_to(self.bucket), stored) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => {
                Err(floor::fault::internal(format!("a body in a record of bucket {}: {error}", self.bucket)))
            }
        }
    }
}

/// Opens the key of a bucket's record.
pub fn key_of(master: &floor::Master, record: &BucketRecord) -> Answer<MessageKey> {
    let opened = master.open_key(PURPOSE, &record.id.to_be_bytes(), &record.key);
    opened.map_err(|e| floor::fault::internal(format!("the key of bucket {}: {e}", record.id)))
}

impl S3 {
    /// A key for a new bucket, as its record holds it.
    pub fn new_bucket_key(&self, bucket: u64) -> Vec<u8> {
        self.master.new_key(PURPOSE, &bucket.to_be_bytes())
    }

    /// What encrypts a new object, or the parts of a new upload.
    pub async fn sealer(
        cx: &mut Cx,
        bucket: &Bucket,
        key: &str,
        asked: &Asked<'_>,
        customer: Option<&CustomerKey>,
    ) -> Answer<Sealer> {
        let id = bucket.record.id;
        if let Some(customer) = customer {
            let (of, key) = OfCustomer::new(cx, customer)?;
            return Ok(Sealer { sealing: Sealing::Customer(Box::new(of)), bucket: id, key });
        }
        if let Some(plan) = kms::planned(asked, bucket.record.encryption.as_ref())? {
            let (sealing, key) = Box::pin(kms::generate(cx, bucket, key, plan)).await?;
            return Ok(Sealer { sealing, bucket: id, key });
        }
        Ok(Sealer { sealing: Sealing::Bucket, bucket: id, key: bucket.key.clone() })
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
            Sealing::Bucket => bucket.key.clone(),
            Sealing::Kms(of) => Box::pin(kms::decrypt(cx, bucket, key, of)).await?,
            Sealing::Customer(_) => opened.ok_or_else(|| {
                floor::fault::internal("what a customer has the key of was not opened with it")
            })?,
        };
        Ok(Sealer { sealing: sealing.clone(), bucket: bucket.record.id, key })
    }
}
