//! PutPublicAccessBlock. What the configuration does not name is not blocked.

use api_s3::{PutPublicAccessBlock, PutPublicAccessBlockRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, more::PublicAccess};

impl Handle<PutPublicAccessBlock> for S3 {
    in_bucket!(PutPublicAccessBlockRequest, "s3:PutBucketPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutPublicAccessBlock, Self>,
        input: PutPublicAccessBlockRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let asked = &input.public_access_block_configuration;
        let block = PublicAccess {
            block_acls: asked.block_public_acls.unwrap_or_default(),
            ignore_acls: asked.ignore_public_acls.unwrap_or_default(),
            block_policy: asked.block_public_policy.unwrap_or_default(),
            restrict: asked.restrict_public_buckets.unwrap_or_default(),
        };
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.public_access = Some(block)).await
    }
}
