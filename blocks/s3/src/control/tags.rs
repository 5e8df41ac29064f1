//! Tags of resources by their ARN. Of those that have tags on AWS, buckets are here.

use api_s3control::{
    ListTagsForResource, ListTagsForResourceRequest, ListTagsForResourceResult, Tag, TagResource,
    TagResourceRequest, TagResourceResult, UntagResource, UntagResourceRequest, UntagResourceResult,
};
use floor::{Admitted, Arn, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Operation};

use super::Control;
use crate::{
    bucket::{Bucket, InBucket, place},
    fault,
    records::{self, BucketRecord},
    tags::{self, Tagged},
};

/// The bucket that an ARN names.
fn bucket_in(arn: &str) -> Answer<String> {
    let parsed = Arn::parse(arn).filter(|arn| arn.service() == "s3");
    let parsed = parsed.ok_or_else(|| fault::invalid_request("The resource ARN is not valid."))?;
    let is_bucket = parsed.region().is_empty() && !parsed.resource().contains(['/', ':']);
    if is_bucket {
        Ok(parsed.resource().to_owned())
    } else {
        Err(fault::not_implemented("Tagging of resources other than buckets"))
    }
}

/// What each of them loads and asks.
macro_rules! of_the_resource {
    ($input:ty, $action:literal $(, $keys:ident)?) => {
        type Loaded = InBucket;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, caller: &Caller, input: &$input) -> Answer<Placement> {
            place(caller, &bucket_in(&input.resource_arn)?)
        }

        async fn resource<R: Get>(
            &self,
            _: &Caller,
            read: &R,
            input: &$input,
        ) -> Answer<Target<InBucket>> {
            let name = bucket_in(&input.resource_arn)?;
            let owner = Some(input.account_id.as_str());
            let ask = |bucket: &Bucket| vec![$($keys)?(bucket.check($action), input)];
            self.s3.in_bucket(read, &name, owner, ask).await
        }
    };
}

fn as_it_is<I>(check: Check, _: &I) -> Check {
    check
}

/// The tags of the request: one by one, and the set of their keys.
fn with_tags(check: Check, input: &TagResourceRequest) -> Check {
    let check = input
        .tags
        .iter()
        .fold(check, |check, tag| check.key(format!("aws:RequestTag/{}", tag.key), tag.value.clone()));
    let keys: Vec<_> = input.tags.iter().map(|tag| tag.key.clone()).collect();
    check.key("aws:TagKeys", keys)
}

fn with_keys(check: Check, input: &UntagResourceRequest) -> Check {
    check.key("aws:TagKeys", input.tag_keys.clone())
}

impl Handle<TagResource> for Control {
    of_the_resource!(TagResourceRequest, "s3:TagResource", with_tags);

    /// Adds to the tags, or gives those of the same key another value.
    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<TagResource, Self>,
        input: TagResourceRequest,
    ) -> Answer<TagResourceResult> {
        let given = input.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone()));
        let given = &tags::checked(given, Tagged::Bucket)?;
        self.change_tags(cx, &at, &input, &input.resource_arn, |record| {
            record.tags.retain(|(key, _)| given.iter().all(|(new, _)| new != key));
            record.tags.extend(given.iter().cloned());
        })
        .await?;
        Ok(TagResourceResult {})
    }
}

impl Handle<UntagResource> for Control {
    of_the_resource!(UntagResourceRequest, "s3:UntagResource", with_keys);

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UntagResource, Self>,
        input: UntagResourceRequest,
    ) -> Answer<UntagResourceResult> {
        self.change_tags(cx, &at, &input, &input.resource_arn, |record| {
            record.tags.retain(|(key, _)| !input.tag_keys.contains(key));
        })
        .await?;
        Ok(UntagResourceResult {})
    }
}

impl Handle<ListTagsForResource> for Control {
    of_the_resource!(ListTagsForResourceRequest, "s3:ListTagsForResource", as_it_is);

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListTagsForResource, Self>,
        input: ListTagsForResourceRequest,
    ) -> Answer<ListTagsForResourceResult> {
        let bucket = at.loaded.or_elsewhere(cx, &bucket_in(&input.resource_arn)?).await?;
        let tags =
            bucket.record.tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() });
        Ok(ListTagsForResourceResult { tags: Some(tags.collect()) })
    }
}

impl Control {
    async fn change_tags<O, F>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        arn: &str,
        change: F,
    ) -> Answer<()>
    where
        O: Operation,
        Self: Handle<O, Loaded = InBucket>,
        F: Fn(&mut BucketRecord) + Send + Sync,
    {
        let (name, change) = (&bucket_in(arn)?, &change);
        at.loaded.or_elsewhere(cx, name).await?;
        let changed = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let mut record = here.inside(name)?.record.clone();
            change(&mut record);
            // All of them together may be too many.
            tags::checked(record.tags.iter().cloned(), Tagged::Bucket)?;
            tx.save(&records::bucket(name), &record);
            Ok(())
        });
        changed.await
    }
}
