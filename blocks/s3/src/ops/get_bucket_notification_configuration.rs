//! GetBucketNotificationConfiguration.

use api_s3::{
    GetBucketNotificationConfiguration, GetBucketNotificationConfigurationRequest, NotificationConfiguration,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, configuration};

impl Handle<GetBucketNotificationConfiguration> for S3 {
    in_bucket!(GetBucketNotificationConfigurationRequest, "s3:GetBucketNotification");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketNotificationConfiguration, Self>,
        input: GetBucketNotificationConfigurationRequest,
    ) -> Answer<NotificationConfiguration> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        Ok(configuration::write(&bucket.record.notifications))
    }
}
