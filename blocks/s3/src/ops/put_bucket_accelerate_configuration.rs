//! PutBucketAccelerateConfiguration.

use api_s3::{PutBucketAccelerateConfiguration, PutBucketAccelerateConfigurationRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, fault};

impl Handle<PutBucketAccelerateConfiguration> for S3 {
    in_bucket!(PutBucketAccelerateConfigurationRequest, "s3:PutAccelerateConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketAccelerateConfiguration, Self>,
        input: PutBucketAccelerateConfigurationRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        if input.bucket.contains('.') {
            return Err(fault::invalid_request(
                "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
            ));
        }
        let status = input.accelerate_configuration.status.as_deref().ok_or_else(fault::malformed_xml)?;
        let is_on = status == "Enabled";
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.accelerates = Some(is_on)).await
    }
}
