//! ListObjectsV2.

use api_s3::{ListObjectsV2, ListObjectsV2Output, ListObjectsV2Request};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, access, answer,
    bucket::{Bucket, InBucket, place},
    contents::{self, Currents, Owners},
    fault,
    lag::Seen,
    listing::{self, Query, behind_key},
    payer::terms,
};

impl Handle<ListObjectsV2> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:ListBucket"];

    fn place(&self, caller: &Caller, input: &ListObjectsV2Request) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListObjectsV2Request,
    ) -> Answer<Target<InBucket>> {
        let (prefix, delimiter, max) = (input.prefix.as_deref(), input.delimiter.as_deref(), input.max_keys);
        self.in_bucket(read, &input.bucket, terms!(caller, input), |b| checks(b, prefix, delimiter, max))
            .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListObjectsV2, Self>,
        input: ListObjectsV2Request,
    ) -> Answer<ListObjectsV2Output> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let max = contents::page_size(input.max_keys, "maxKeys")?;
        let prefix = input.prefix.as_deref().unwrap_or_default();
        let delimiter = contents::delimiter(input.delimiter.as_deref());
        let encoding = input.encoding_type.as_deref();
        let start = match (input.continuation_token.as_deref(), input.start_after.as_deref()) {
            (Some(token), _) => read_token(token)?,
            (None, Some(after)) if !after.is_empty() => behind_key(after),
            (None, _) => Vec::new(),
        };
        let stored = Currents { view: cx.view(&at.place).await?, bucket: bucket.record.id };
        let source = Seen { stored, bucket: bucket.record.id, copy: self.copy() };
        let page = listing::page(&source, &Query { prefix, delimiter, start, max: max as usize }).await?;
        let owners = (input.fetch_owner == Some(true)).then(|| Owners::new(bucket));
        let owners = owners.as_ref();
        let restore = contents::wants_restore(input.optional_object_attributes.as_deref(), cx.now().0);
        let key_count = page.items.len() + page.prefixes.len();
        let found = contents::all(page.items, bucket, encoding, owners, restore)?;
        Ok(ListObjectsV2Output {
            request_charged: bucket.charged(&cx.caller.who),
            is_truncated: Some(page.next.is_some()),
            contents: found,
            bucket_region: Some(cx.region().to_string()),
            name: Some(bucket.name.clone()),
            prefix: Some(answer::encoded(prefix, encoding)),
            delimiter: delimiter.map(|d| answer::encoded(d, encoding)),
            max_keys: Some(max),
            common_prefixes: contents::common_prefixes(&page.prefixes, encoding),
            key_count: Some(key_count as i32),
            next_continuation_token: page.next.as_deref().map(token),
            start_after: input.start_after.as_deref().map(|s| answer::encoded(s, encoding)),
            continuation_token: input.continuation_token,
            encoding_type: input.encoding_type,
        })
    }
}

/// The right to list, with what policies may say about listings.
pub(super) fn checks(
    bucket: &Bucket,
    prefix: Option<&str>,
    delimiter: Option<&str>,
    max: Option<i32>,
) -> Vec<Check> {
    vec![access::of_listing(bucket.check("s3:ListBucket"), prefix, delimiter, max)]
}

/// What a continuation token begins with: another layout would have another.
const TOKEN_FORMAT: u8 = 1;

/// The place where the next page begins.
pub(crate) fn token(next: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(next.len() + 5);
    bytes.push(TOKEN_FORMAT);
    bytes.extend_from_slice(&crc_fast::crc32_iscsi(next).to_be_bytes());
    bytes.extend_from_slice(next);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The inverse of [`token`].
pub(crate) fn read_token(token: &str) -> Answer<Vec<u8>> {
    let next = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| {
        let (sum, next) = bytes.strip_prefix(&[TOKEN_FORMAT])?.split_first_chunk::<4>()?;
        (u32::from_be_bytes(*sum) == crc_fast::crc32_iscsi(next)).then(|| next.to_vec())
    });
    next.ok_or_else(fault::incorrect_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_ours() {
        assert_eq!(read_token(&token(b"a/b\0")).unwrap(), b"a/b\0");
        for wrong in ["", "abc", "AAAAAAA", "not base64!"] {
            assert_eq!(read_token(wrong).unwrap_err().code(), "InvalidArgument");
        }
    }
}
