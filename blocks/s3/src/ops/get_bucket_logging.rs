//! GetBucketLogging.

use api_s3::{GetBucketLogging, GetBucketLoggingOutput, GetBucketLoggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, logging::Logging};

impl Handle<GetBucketLogging> for S3 {
    in_bucket!(GetBucketLoggingRequest, "s3:GetBucketLogging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketLogging, Self>,
        input: GetBucketLoggingRequest,
    ) -> Answer<GetBucketLoggingOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let logging = self.setting::<Logging, _>(&cx.view(&at.place).await?, bucket).await?;
        Ok(GetBucketLoggingOutput { logging_enabled: logging.map(|logging| logging.shown(bucket.names)) })
    }
}
