//! GetBucketRequestPayment.

use api_s3::{GetBucketRequestPayment, GetBucketRequestPaymentOutput, GetBucketRequestPaymentRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<GetBucketRequestPayment> for S3 {
    in_bucket!(GetBucketRequestPaymentRequest, "s3:GetBucketRequestPayment");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketRequestPayment, Self>,
        input: GetBucketRequestPaymentRequest,
    ) -> Answer<GetBucketRequestPaymentOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let payer = if bucket.record.requester_pays { "Requester" } else { "BucketOwner" };
        Ok(GetBucketRequestPaymentOutput { payer: Some(payer.to_owned()) })
    }
}
