//! GetPublicAccessBlock.

use api_s3::{
    GetPublicAccessBlock, GetPublicAccessBlockOutput, GetPublicAccessBlockRequest,
    PublicAccessBlockConfiguration,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault};

impl Handle<GetPublicAccessBlock> for S3 {
    in_bucket!(GetPublicAccessBlockRequest, "s3:GetBucketPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetPublicAccessBlock, Self>,
        input: GetPublicAccessBlockRequest,
    ) -> Answer<GetPublicAccessBlockOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let block = bucket.record.public_access.ok_or_else(|| fault::no_public_access_block(&bucket.name))?;
        Ok(GetPublicAccessBlockOutput {
            public_access_block_configuration: Some(PublicAccessBlockConfiguration {
                block_public_acls: Some(block.block_acls),
                ignore_public_acls: Some(block.ignore_acls),
                block_public_policy: Some(block.block_policy),
                restrict_public_buckets: Some(block.restrict),
            }),
        })
    }
}
