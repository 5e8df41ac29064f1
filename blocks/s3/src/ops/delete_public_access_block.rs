//! DeletePublicAccessBlock.

use api_s3::{DeletePublicAccessBlock, DeletePublicAccessBlockRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket};

impl Handle<DeletePublicAccessBlock> for S3 {
    in_bucket!(DeletePublicAccessBlockRequest, "s3:PutBucketPublicAccessBlock");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeletePublicAccessBlock, Self>,
        input: DeletePublicAccessBlockRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.public_access = None).await
    }
}
