//! PutBucketAbac.

use api_s3::{PutBucketAbac, PutBucketAbacRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, fault};

impl Handle<PutBucketAbac> for S3 {
    in_bucket!(PutBucketAbacRequest, "s3:PutBucketAbac");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketAbac, Self>,
        input: PutBucketAbacRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let status = input.abac_status.status.as_deref().ok_or_else(fault::malformed_xml)?;
        let counts = status == "Enabled";
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.abac = counts).await
    }
}
