//! PutBucketWebsite.

use api_s3::{PutBucketWebsite, PutBucketWebsiteRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, website::Website};

impl Handle<PutBucketWebsite> for S3 {
    in_bucket!(PutBucketWebsiteRequest, "s3:PutBucketWebsite");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketWebsite, Self>,
        input: PutBucketWebsiteRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let website = Website::read(input.website_configuration.clone())?;
        self.set(cx, &at, &input, &input.bucket, Some(&website)).await
    }
}
