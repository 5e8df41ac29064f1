//! PutBucketTagging.

use api_s3::{PutBucketTagging, PutBucketTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{
    S3,
    bucket::in_bucket,
    tags::{self, Tagged},
};

impl Handle<PutBucketTagging> for S3 {
    in_bucket!(PutBucketTaggingRequest, "s3:PutBucketTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketTagging, Self>,
        mut input: PutBucketTaggingRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?.check_tags_are_free()?;
        let given = std::mem::take(&mut input.tagging.tag_set);
        let tags = &tags::checked(given.into_iter().map(|t| (t.key, t.value)), Tagged::Bucket)?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.tags.clone_from(tags)).await
    }
}
