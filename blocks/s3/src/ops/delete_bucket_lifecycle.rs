//! DeleteBucketLifecycle.

use api_s3::{DeleteBucketLifecycle, DeleteBucketLifecycleRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, lifecycle::Lifecycle};

impl Handle<DeleteBucketLifecycle> for S3 {
    in_bucket!(DeleteBucketLifecycleRequest, "s3:PutLifecycleConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketLifecycle, Self>,
        input: DeleteBucketLifecycleRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.set::<Lifecycle, _>(cx, &at, &input, &input.bucket, None).await
    }
}
