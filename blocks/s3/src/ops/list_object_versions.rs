//! ListObjectVersions.

use api_s3::{
    DeleteMarkerEntry, ListObjectVersions, ListObjectVersionsOutput, ListObjectVersionsRequest, ObjectVersion,
};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target, View};
use wire::Answer;

use crate::{
    S3, access, answer,
    bucket::{Bucket, InBucket, place},
    contents, fault,
    history::{At, Found, History},
    listing::{self, Place as _, Query},
    payer::terms,
    restoring,
    versions::{self, Which},
};

impl Handle<ListObjectVersions> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &ListObjectVersionsRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListObjectVersionsRequest,
    ) -> Answer<Target<InBucket>> {
        let (prefix, delimiter, max) = (input.prefix.as_deref(), input.delimiter.as_deref(), input.max_keys);
        let ask =
            |b: &Bucket| vec![access::of_listing(b.check("s3:ListBucketVersions"), prefix, delimiter, max)];
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListObjectVersions, Self>,
        input: ListObjectVersionsRequest,
    ) -> Answer<ListObjectVersionsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let max = contents::page_size(input.max_keys, "maxKeys")?;
        let prefix = input.prefix.as_deref().unwrap_or_default();
        let delimiter = contents::delimiter(input.delimiter.as_deref());
        let encoding = input.encoding_type.as_deref();
        let view = cx.view(&at.place).await?;
        let start = start(&view, bucket, &input, prefix, delimiter).await?;
        let resumed = start.clone();
        let history = History { read: view, bucket: bucket.record.id };
        let page = listing::page(&history, &Query { prefix, delimiter, start, max: max as usize }).await?;
        let (next_key, next_version) = match (page.items.last(), page.prefixes.last()) {
            _ if page.next.is_none() => (None, None),
            (_, Some(prefix)) if page.ends_with_prefix => (Some(prefix.clone()), None),
            (Some(last), _) => (Some(last.key.clone()), Some(last.version.id(bucket, &last.key))),
            (None, _) => (None, None),
        };
        let restore = contents::wants_restore(input.optional_object_attributes.as_deref(), cx.now().0);
        let (versions, delete_markers) = entries(&page.items, &resumed, bucket, encoding, restore);
        Ok(ListObjectVersionsOutput {
            request_charged: bucket.charged(&cx.caller.who),
            is_truncated: Some(page.next.is_some()),
            key_marker: Some(answer::encoded(input.key_marker.as_deref().unwrap_or_default(), encoding)),
            version_id_marker: Some(input.version_id_marker.unwrap_or_default()),
            next_key_marker: next_key.map(|k| answer::encoded(&k, encoding)),
            next_version_id_marker: next_version,
            versions: contents::some(versions),
            delete_markers: contents::some(delete_markers),
            name: Some(bucket.name.clone()),
            prefix: Some(answer::encoded(prefix, encoding)),
            delimiter: delimiter.map(|d| answer::encoded(d, encoding)),
            max_keys: Some(max),
            common_prefixes: contents::common_prefixes(&page.prefixes, encoding),
            encoding_type: input.encoding_type,
        })
    }
}

/// Where the markers say that the page begins.
async fn start(
    view: &View<'_>,
    bucket: &Bucket,
    input: &ListObjectVersionsRequest,
    prefix: &str,
    delimiter: Option<&str>,
) -> Answer<At> {
    let key = input.key_marker.as_deref().unwrap_or_default();
    match input.version_id_marker.as_deref().filter(|v| !v.is_empty()) {
        Some(version) if key.is_empty() => Err(fault::invalid_argument(
            "A version-id marker cannot be specified without a key marker.",
            "version-id-marker",
            version,
        )),
        Some(version) => {
            let order = match Which::parse(Some(version), bucket, key)? {
                Which::Order(order) => Some(order),
                which => versions::find(view, bucket, key, which).await?.map(|found| found.version.order),
            };
            // A version that is gone meanwhile leaves the rest of its key unknown; the next key is certain.
            Ok(match order {
                Some(order) => At { key: key.as_bytes().to_vec(), below: Some(order) },
                None => At::before(&listing::behind_key(key)),
            })
        }
        None if key.is_empty() => Ok(At::before(&[])),
        None => Ok(At::before(&listing::behind_marker(key, prefix, delimiter))),
    }
}

/// The first version of a key that is listed is its latest, unless the page began within the key.
fn entries(
    found: &[Found],
    resumed: &At,
    bucket: &Bucket,
    encoding: Option<&str>,
    restore: Option<u64>,
) -> (Vec<ObjectVersion>, Vec<DeleteMarkerEntry>) {
    let (mut versions, mut markers) = (Vec::new(), Vec::new());
    let owners = contents::Owners::new(bucket);
    let mut before = resumed.below.map(|_| resumed.key.as_slice());
    for entry in found {
        let is_latest = before != Some(entry.key.as_bytes());
        before = Some(entry.key.as_bytes());
        let (key, version_id) = (answer::encoded(&entry.key, encoding), entry.version.id(bucket, &entry.key));
        let last_modified = answer::time(entry.version.modified_ms);
        let more = entry.version.object.as_ref().and_then(|object| object.more.as_deref());
        let owner = owners.of(bucket, more);
        let Some(object) = &entry.version.object else {
            markers.push(DeleteMarkerEntry {
                owner,
                key: Some(key),
                version_id: Some(version_id),
                is_latest: Some(is_latest),
                last_modified: Some(last_modified),
            });
            continue;
        };
        let (checksum_algorithm, checksum_type) =
            object.checksum.as_ref().map(|c| contents::checksum(c.value.algorithm, c.kind)).unzip();
        let (class, more) = (object.about.storage_class.as_deref(), object.more.as_deref());
        versions.push(ObjectVersion {
            etag: Some(object.etag.quoted()),
            checksum_algorithm,
            checksum_type,
            size: Some(object.size as i64),
            storage_class: Some(contents::storage_class(class)),
            restore_status: restore.and_then(|now_ms| restoring::status(class, more, now_ms)),
            key: Some(key),
            version_id: Some(version_id),
            is_latest: Some(is_latest),
            last_modified: Some(last_modified),
            owner,
        });
    }
    (versions, markers)
}
