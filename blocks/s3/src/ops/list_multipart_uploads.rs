//! ListMultipartUploads.

use api_s3::{
    ListMultipartUploads, ListMultipartUploadsOutput, ListMultipartUploadsRequest, MultipartUpload,
};
use bytes::Bytes;
use floor::{Admitted, Cx, Get, Handle, Key, Record as _, key::Parts};
use wire::Answer;

use crate::{
    S3, answer,
    bucket::{Bucket, in_bucket},
    contents::{self, text},
    fault,
    listing::{self, Place, Query, Source},
    records::{self, Upload, UploadId},
};

use super::list_parts::initiator;

impl Handle<ListMultipartUploads> for S3 {
    in_bucket!(paid ListMultipartUploadsRequest, "s3:ListBucketMultipartUploads");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListMultipartUploads, Self>,
        input: ListMultipartUploadsRequest,
    ) -> Answer<ListMultipartUploadsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let max = contents::page_size(input.max_uploads, "max-uploads")?;
        let prefix = input.prefix.as_deref().unwrap_or_default();
        let delimiter = contents::delimiter(input.delimiter.as_deref());
        let encoding = input.encoding_type.as_deref();
        let source = Uploads { view: cx.view(&at.place).await?, bucket: bucket.record.id };
        let start = start(&source, &input, prefix, delimiter).await?;
        let page = listing::page(&source, &Query { prefix, delimiter, start, max: max as usize }).await?;
        let (next_key, next_id) = match (page.items.last(), page.prefixes.last()) {
            (_, Some(prefix)) if page.ends_with_prefix => (prefix.clone(), String::new()),
            (Some(last), _) => (last.key.clone(), last.id.text()),
            (None, _) => (String::new(), String::new()),
        };
        let uploads = page.items.iter().map(|u| listed(u, bucket, encoding)).collect();
        Ok(ListMultipartUploadsOutput {
            request_charged: bucket.charged(&cx.caller.who),
            bucket: Some(bucket.name.clone()),
            key_marker: Some(answer::encoded(input.key_marker.as_deref().unwrap_or_default(), encoding)),
            upload_id_marker: Some(input.upload_id_marker.clone().unwrap_or_default()),
            next_key_marker: Some(answer::encoded(&next_key, encoding)),
            next_upload_id_marker: Some(next_id),
            prefix: input.prefix.as_deref().map(|p| answer::encoded(p, encoding)),
            delimiter: delimiter.map(|d| answer::encoded(d, encoding)),
            max_uploads: Some(max),
            is_truncated: Some(page.next.is_some()),
            uploads: contents::some(uploads),
            common_prefixes: contents::common_prefixes(&page.prefixes, encoding),
            encoding_type: input.encoding_type.clone(),
        })
    }
}

/// Where the markers say that the page begins.
async fn start<G: Get>(
    source: &Uploads<G>,
    input: &ListMultipartUploadsRequest,
    prefix: &str,
    delimiter: Option<&str>,
) -> Answer<At> {
    let key = input.key_marker.as_deref().filter(|k| !k.is_empty());
    let id = input.upload_id_marker.as_deref().filter(|i| !i.is_empty());
    match (key, id) {
        // Without a key marker, AWS ignores the other.
        (None, _) => Ok(At::before(&[])),
        (Some(key), None) => Ok(At::before(&listing::behind_marker(key, prefix, delimiter))),
        (Some(key), Some(text)) => {
            let invalid = || fault::invalid_argument("Invalid uploadId marker", "upload-id-marker", text);
            let id = UploadId::parse(text).map_err(|_| invalid())?;
            let found = source.view.get(&records::upload(source.bucket, key, id)).await?;
            found.map(|_| At { key: key.as_bytes().to_vec(), after: Some(id) }).ok_or_else(invalid)
        }
    }
}

/// An upload that a listing found.
pub(crate) struct Found {
    /// Its key.
    pub(crate) key: String,
    /// The upload.
    pub(crate) id: UploadId,
    upload: Upload,
}

/// A place among uploads: before all of a key, or behind one of them.
#[derive(Clone)]
pub(crate) struct At {
    key: Vec<u8>,
    after: Option<UploadId>,
}

impl Place for At {
    fn before(key: &[u8]) -> Self {
        Self { key: key.to_vec(), after: None }
    }
    fn key(&self) -> &[u8] {
        &self.key
    }
}

/// The uploads of a bucket: by key, and of each key the oldest first.
pub(crate) struct Uploads<G> {
    /// Where to read.
    pub(crate) view: G,
    /// Of which bucket.
    pub(crate) bucket: u64,
}

impl<G: Get> Source for Uploads<G> {
    type Item = Found;
    type At = At;

    fn key(item: &Found) -> &str {
        &item.key
    }

    fn behind(item: &Found) -> At {
        At { key: item.key.clone().into_bytes(), after: Some(item.id) }
    }

    async fn read(&self, from: &At, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Found>> {
        let base = records::uploads(self.bucket);
        let mut range = base.all();
        let mut start: Key = records::uploads_of(self.bucket, &from.key);
        if let Some(id) = from.after {
            start = start.number(id.order).number(id.secret).raw(&[0]);
        }
        range.start = Bytes::copy_from_slice(start.as_slice());
        if let Some(end) = end {
            range.end = Bytes::copy_from_slice(records::uploads_of(self.bucket, end).as_slice());
        }
        let found = self.view.range(range, limit).await?;
        found.iter().map(|(key, value)| read_one(&key[base.len()..], value)).collect()
    }
}

fn read_one(place: &[u8], value: &[u8]) -> Answer<Found> {
    let mut parts = Parts::of(place);
    let (key, order, secret) = (parts.bytes(), parts.number(), parts.number());
    let (Some(key), Some(order), Some(secret)) = (key, order, secret) else {
        return Err(floor::fault::internal("the key of an upload cannot be read"));
    };
    Ok(Found { key: text(&key)?, id: UploadId { order, secret }, upload: Upload::decode(value)? })
}

fn listed(found: &Found, bucket: &Bucket, encoding: Option<&str>) -> MultipartUpload {
    let upload = &found.upload;
    MultipartUpload {
        upload_id: Some(found.id.text()),
        key: Some(answer::encoded(&found.key, encoding)),
        initiated: Some(answer::time(upload.initiated_ms)),
        storage_class: Some(upload.about.storage_class.clone().unwrap_or_else(|| "STANDARD".to_owned())),
        owner: Some(bucket.names.owner(Some(bucket.record.owner))),
        initiator: Some(initiator(upload)),
        checksum_algorithm: upload.checksum.map(|(algorithm, _)| algorithm.name().to_owned()),
        checksum_type: upload.checksum.map(|(_, kind)| kind.name().to_owned()),
        version_id: None,
    }
}
