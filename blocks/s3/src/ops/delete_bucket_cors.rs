//! DeleteBucketCors.

use api_s3::{DeleteBucketCors, DeleteBucketCorsRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, cors::Cors};

impl Handle<DeleteBucketCors> for S3 {
    in_bucket!(DeleteBucketCorsRequest, "s3:PutBucketCORS");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketCors, Self>,
        input: DeleteBucketCorsRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.set::<Cors, _>(cx, &at, &input, &input.bucket, None).await
    }
}
