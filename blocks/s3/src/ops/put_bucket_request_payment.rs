//! PutBucketRequestPayment.

use api_s3::{PutBucketRequestPayment, PutBucketRequestPaymentRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket};

impl Handle<PutBucketRequestPayment> for S3 {
    in_bucket!(PutBucketRequestPaymentRequest, "s3:PutBucketRequestPayment");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketRequestPayment, Self>,
        input: PutBucketRequestPaymentRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let pays = input.request_payment_configuration.payer == "Requester";
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.requester_pays = pays).await
    }
}
