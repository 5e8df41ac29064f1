//! DeleteBucketWebsite.

use api_s3::{DeleteBucketWebsite, DeleteBucketWebsiteRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, website::Website};

impl Handle<DeleteBucketWebsite> for S3 {
    in_bucket!(DeleteBucketWebsiteRequest, "s3:DeleteBucketWebsite");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketWebsite, Self>,
        input: DeleteBucketWebsiteRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.set::<Website, _>(cx, &at, &input, &input.bucket, None).await
    }
}
