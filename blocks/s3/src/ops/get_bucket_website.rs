//! GetBucketWebsite.

use std::sync::Arc;

use api_s3::{GetBucketWebsite, GetBucketWebsiteOutput, GetBucketWebsiteRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault, website::Website};

impl Handle<GetBucketWebsite> for S3 {
    in_bucket!(GetBucketWebsiteRequest, "s3:GetBucketWebsite");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketWebsite, Self>,
        input: GetBucketWebsiteRequest,
    ) -> Answer<GetBucketWebsiteOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let website: Option<Arc<Website>> = self.setting(&cx.view(&at.place).await?, bucket).await?;
        let website = website.ok_or_else(|| fault::no_such_website(&input.bucket))?;
        Ok((&*website).into())
    }
}
