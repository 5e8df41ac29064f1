//! ListBuckets.

use api_s3::{ListBuckets, ListBucketsOutput, ListBucketsRequest};
use auth::{AccountId, Region};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Record as _, Target, key::successor};
use wire::Answer;

use crate::{
    S3, answer,
    bucket::arn,
    fault,
    limits::{LIST_BUCKETS_MAX, REGIONS},
    records::{self, Owned},
};

impl Handle<ListBuckets> for S3 {
    type Loaded = ();

    const ACTIONS: &'static [&'static str] = &["s3:ListAllMyBuckets"];

    fn place(&self, caller: &Caller, _: &ListBucketsRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, _: &ListBucketsRequest) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("s3:ListAllMyBuckets", "arn:aws:s3:::*", caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<ListBuckets, Self>,
        input: ListBucketsRequest,
    ) -> Answer<ListBucketsOutput> {
        let max = match input.max_buckets {
            None => usize::MAX,
            Some(max) if (1..=LIST_BUCKETS_MAX).contains(&max) => max as usize,
            Some(max) => {
                let message = "Argument max-buckets must be an integer between 1 and 10000";
                return Err(fault::invalid_argument(message, "max-buckets", max.to_string()));
            }
        };
        let only = input.bucket_region.as_deref().map(region).transpose()?;
        let prefix = input.prefix.as_deref().unwrap_or_default();
        let after =
            input.continuation_token.as_deref().filter(|t| !t.is_empty()).map(read_token).transpose()?;
        let account = cx.caller.account();
        let want = max.saturating_add(1);
        let mut found = Vec::new();
        for region in regions(cx, only.as_ref()) {
            match in_region(cx, &region, account, prefix, after.as_deref(), want).await {
                Ok(mut there) => found.append(&mut there),
                Err(error) if region == *cx.region() => return Err(error),
                // A region that cannot be read takes only its own buckets out of the list.
                Err(error) => tracing::warn!(%region, %error, "the buckets of a region cannot be listed"),
            }
        }
        found.sort_by(|a: &api_s3::Bucket, b| a.name.cmp(&b.name));
        let more = found.len() > max;
        found.truncate(max);
        let last = found.last().and_then(|b| b.name.as_deref());
        Ok(ListBucketsOutput {
            continuation_token: last.filter(|_| more).map(token),
            buckets: Some(found),
            owner: Some(self.names.owner(Some(account))),
            prefix: input.prefix,
        })
    }
}

/// The regions to look into: this one and all others that hold anything.
fn regions(cx: &Cx, only: Option<&Region>) -> Vec<Region> {
    let mut all = cx.floor().cells.regions();
    if !all.contains(cx.region()) {
        all.push(cx.region().clone());
    }
    all.retain(|region| only.is_none_or(|only| only == region));
    all
}

async fn in_region(
    cx: &Cx,
    region: &Region,
    account: AccountId,
    prefix: &str,
    after: Option<&str>,
    want: usize,
) -> Answer<Vec<api_s3::Bucket>> {
    let base = records::owned_by(account);
    let mut range = records::owned(account, prefix).all();
    if let Some(after) = after.filter(|a| *a >= prefix) {
        range.start = Bytes::copy_from_slice(records::owned(account, &format!("{after}\0")).as_slice());
    }
    if prefix.is_empty() {
        range.end = successor(base.as_slice());
    }
    let view = cx.view(&Placement::directory(region)).await?;
    let found = view.range(range, want).await?;
    let buckets = found.iter().map(|(key, value)| {
        let name = String::from_utf8_lossy(&key[base.len()..]).into_owned();
        let owned = Owned::decode(value)?;
        Ok(api_s3::Bucket {
            creation_date: Some(answer::time(owned.created_ms)),
            bucket_region: Some(region.to_string()),
            bucket_arn: Some(arn(&name)),
            name: Some(name),
        })
    });
    buckets.collect()
}

fn region(text: &str) -> Answer<Region> {
    let known = REGIONS.contains(&text).then(|| text.parse().ok()).flatten();
    known.ok_or_else(|| fault::not_a_region(text))
}

fn token(last: &str) -> String {
    URL_SAFE_NO_PAD.encode(last)
}

pub(crate) fn read_token(token: &str) -> Answer<String> {
    let name = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    name.ok_or_else(fault::incorrect_token)
}
