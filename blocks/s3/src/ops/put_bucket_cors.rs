//! PutBucketCors.

use api_s3::{PutBucketCors, PutBucketCorsRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, cors::Cors};

impl Handle<PutBucketCors> for S3 {
    in_bucket!(PutBucketCorsRequest, "s3:PutBucketCORS");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketCors, Self>,
        mut input: PutBucketCorsRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let cors = Cors::read(std::mem::take(&mut input.cors_configuration.cors_rules))?;
        self.set(cx, &at, &input, &input.bucket, Some(&cors)).await
    }
}
