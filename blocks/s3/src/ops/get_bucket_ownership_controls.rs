//! GetBucketOwnershipControls.

use api_s3::{
    GetBucketOwnershipControls, GetBucketOwnershipControlsOutput, GetBucketOwnershipControlsRequest,
    OwnershipControls, OwnershipControlsRule,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault};

impl Handle<GetBucketOwnershipControls> for S3 {
    in_bucket!(GetBucketOwnershipControlsRequest, "s3:GetBucketOwnershipControls");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketOwnershipControls, Self>,
        input: GetBucketOwnershipControlsRequest,
    ) -> Answer<GetBucketOwnershipControlsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let ownership = bucket.record.ownership.ok_or_else(|| fault::no_ownership_controls(&bucket.name))?;
        let rules = vec![OwnershipControlsRule { object_ownership: ownership.name().to_owned() }];
        Ok(GetBucketOwnershipControlsOutput { ownership_controls: Some(OwnershipControls { rules }) })
    }
}
