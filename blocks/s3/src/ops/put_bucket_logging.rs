//! PutBucketLogging. That the target lets logs in is asked when they are delivered, not here: AWS takes a configuration
//! whose target has no such policy yet.

use api_s3::{PutBucketLogging, PutBucketLoggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{
    S3,
    bucket::{Bucket, in_bucket, place_in, region_of},
    fault,
    logging::Logging,
};

impl Handle<PutBucketLogging> for S3 {
    in_bucket!(PutBucketLoggingRequest, "s3:PutBucketLogging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketLogging, Self>,
        input: PutBucketLoggingRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        // "To set the logging status of a bucket, you must be the bucket owner."
        // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html>
        if cx.caller.account() != bucket.record.owner {
            return Err(fault::access_denied("Access Denied"));
        }
        let given = input.bucket_logging_status.logging_enabled.as_ref();
        let logging = given.map(Logging::read).transpose()?;
        if let Some(logging) = &logging {
            self.check_target(cx, bucket, logging).await?;
        }
        self.set(cx, &at, &input, &input.bucket, logging.as_ref()).await
    }
}

impl S3 {
    async fn check_target(&self, cx: &Cx, source: &Bucket, logging: &Logging) -> Answer<()> {
        let name = logging.target.as_str();
        let missing = || fault::invalid_log_target("The target bucket for logging does not exist", name);
        let region = region_of(cx, name).await?.ok_or_else(missing)?;
        if region != *cx.region() {
            return Err(fault::cross_location_logging(cx.region().as_str(), region.as_str()));
        }
        let view = cx.view(&place_in(&region, name)).await?;
        let target = self.bucket(&view, name).await?.ok_or_else(missing)?;
        if target.record.owner != source.record.owner {
            return Err(fault::invalid_log_target(
                "The owner for the bucket to be logged and the target bucket must be the same.",
                name,
            ));
        }
        // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>
        if target.record.requester_pays {
            return Err(fault::invalid_log_target(
                "The target bucket for logging cannot be a Requester Pays bucket",
                name,
            ));
        }
        if !target.has_lists() && logging.grants.as_ref().is_some_and(|grants| !grants.is_empty()) {
            return Err(fault::lists_not_supported());
        }
        Ok(())
    }
}
