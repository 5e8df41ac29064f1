//! GetBucketAccelerateConfiguration.

use api_s3::{
    GetBucketAccelerateConfiguration, GetBucketAccelerateConfigurationOutput,
    GetBucketAccelerateConfigurationRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<GetBucketAccelerateConfiguration> for S3 {
    in_bucket!(paid GetBucketAccelerateConfigurationRequest, "s3:GetAccelerateConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketAccelerateConfiguration, Self>,
        input: GetBucketAccelerateConfigurationRequest,
    ) -> Answer<GetBucketAccelerateConfigurationOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let status = |is_on: bool| if is_on { "Enabled" } else { "Suspended" }.to_owned();
        Ok(GetBucketAccelerateConfigurationOutput {
            status: bucket.record.accelerates.map(status),
            request_charged: bucket.charged(&cx.caller.who),
        })
    }
}
