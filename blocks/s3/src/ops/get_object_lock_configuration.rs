//! GetObjectLockConfiguration.

use api_s3::{
    GetObjectLockConfiguration, GetObjectLockConfigurationOutput, GetObjectLockConfigurationRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault, lock};

impl Handle<GetObjectLockConfiguration> for S3 {
    in_bucket!(GetObjectLockConfigurationRequest, "s3:GetBucketObjectLockConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectLockConfiguration, Self>,
        input: GetObjectLockConfigurationRequest,
    ) -> Answer<GetObjectLockConfigurationOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let found = bucket.record.lock.ok_or_else(|| fault::no_lock_configuration(&bucket.name))?;
        Ok(GetObjectLockConfigurationOutput { object_lock_configuration: Some(lock::described(found)) })
    }
}
