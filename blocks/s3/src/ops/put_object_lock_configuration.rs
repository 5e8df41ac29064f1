//! PutObjectLockConfiguration: what is enabled once stays so.

use api_s3::{
    PutObjectLockConfiguration, PutObjectLockConfigurationOutput, PutObjectLockConfigurationRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3,
    bucket::in_bucket,
    fault, lock,
    records::{self, Versioning},
};

impl Handle<PutObjectLockConfiguration> for S3 {
    in_bucket!(paid PutObjectLockConfigurationRequest, "s3:PutBucketObjectLockConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutObjectLockConfiguration, Self>,
        input: PutObjectLockConfigurationRequest,
    ) -> Answer<PutObjectLockConfigurationOutput> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let asked = lock::configured(input.object_lock_configuration.as_ref())?;
        let (at, input) = (&at, &input);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let mut record = here.inside(&input.bucket)?.record.clone();
            if record.versioning != Versioning::Enabled {
                return Err(fault::invalid_bucket_state(
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
                ));
            }
            record.lock = Some(asked);
            tx.save(&records::bucket(&input.bucket), &record);
            let request_charged = here.inside(&input.bucket)?.charged(&at.caller().who);
            Ok(PutObjectLockConfigurationOutput { request_charged })
        });
        done.await
    }
}
