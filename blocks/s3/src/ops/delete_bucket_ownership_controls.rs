//! DeleteBucketOwnershipControls: from then on objects belong to whoever writes them.

use api_s3::{DeleteBucketOwnershipControls, DeleteBucketOwnershipControlsRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket};

impl Handle<DeleteBucketOwnershipControls> for S3 {
    in_bucket!(DeleteBucketOwnershipControlsRequest, "s3:PutBucketOwnershipControls");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketOwnershipControls, Self>,
        input: DeleteBucketOwnershipControlsRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.ownership = None).await
    }
}
