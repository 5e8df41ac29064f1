//! ListObjects: the first version, by markers.

use api_s3::{ListObjects, ListObjectsOutput, ListObjectsRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, answer,
    bucket::{InBucket, place},
    contents::{self, Currents, Owners},
    lag::Seen,
    listing::{self, Query},
    payer::terms,
};

use super::list_objects_v2::checks;

impl Handle<ListObjects> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:ListBucket"];

    fn place(&self, caller: &Caller, input: &ListObjectsRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListObjectsRequest,
    ) -> Answer<Target<InBucket>> {
        let (prefix, delimiter, max) = (input.prefix.as_deref(), input.delimiter.as_deref(), input.max_keys);
        self.in_bucket(read, &input.bucket, terms!(caller, input), |b| checks(b, prefix, delimiter, max))
            .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListObjects, Self>,
        input: ListObjectsRequest,
    ) -> Answer<ListObjectsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let max = contents::page_size(input.max_keys, "maxKeys")?;
        let prefix = input.prefix.as_deref().unwrap_or_default();
        let marker = input.marker.as_deref().unwrap_or_default();
        let delimiter = contents::delimiter(input.delimiter.as_deref());
        let encoding = input.encoding_type.as_deref();
        let start =
            if marker.is_empty() { Vec::new() } else { listing::behind_marker(marker, prefix, delimiter) };
        let stored = Currents { view: cx.view(&at.place).await?, bucket: bucket.record.id };
        let source = Seen { stored, bucket: bucket.record.id, copy: self.copy() };
        let page = listing::page(&source, &Query { prefix, delimiter, start, max: max as usize }).await?;
        let last = if page.ends_with_prefix {
            page.prefixes.last().map(String::as_str)
        } else {
            page.items.last().map(|i| i.key.as_str())
        };
        // Without a delimiter, clients go on behind the last key.
        let next_marker = last
            .filter(|_| page.next.is_some() && delimiter.is_some())
            .map(|last| answer::encoded(last, encoding));
        let restore = contents::wants_restore(input.optional_object_attributes.as_deref(), cx.now().0);
        let owners = &Owners::new(bucket);
        let found = contents::all(page.items, bucket, encoding, Some(owners), restore)?;
        Ok(ListObjectsOutput {
            request_charged: bucket.charged(&cx.caller.who),
            is_truncated: Some(page.next.is_some()),
            marker: Some(answer::encoded(marker, encoding)),
            next_marker,
            contents: found,
            bucket_region: Some(cx.region().to_string()),
            name: Some(bucket.name.clone()),
            prefix: Some(answer::encoded(prefix, encoding)),
            delimiter: delimiter.map(|d| answer::encoded(d, encoding)),
            max_keys: Some(max),
            common_prefixes: contents::common_prefixes(&page.prefixes, encoding),
            encoding_type: input.encoding_type.clone(),
        })
    }
}
