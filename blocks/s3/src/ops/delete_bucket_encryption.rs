//! DeleteBucketEncryption: back to what a new bucket does.

use api_s3::{DeleteBucketEncryption, DeleteBucketEncryptionRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket};

impl Handle<DeleteBucketEncryption> for S3 {
    in_bucket!(DeleteBucketEncryptionRequest, "s3:PutEncryptionConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketEncryption, Self>,
        input: DeleteBucketEncryptionRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.change(cx, &at, &input, &input.bucket, |bucket| {
            bucket.encryption = None;
            bucket.takes_customer_keys = false;
        })
        .await
    }
}
