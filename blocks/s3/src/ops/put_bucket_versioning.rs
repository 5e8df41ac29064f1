//! PutBucketVersioning.

use api_s3::{PutBucketVersioning, PutBucketVersioningRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty, Fault};

use crate::{
    S3,
    bucket::in_bucket,
    fault,
    records::{self, Versioning},
    settings::Of,
};

impl Handle<PutBucketVersioning> for S3 {
    in_bucket!(PutBucketVersioningRequest, "s3:PutBucketVersioning");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketVersioning, Self>,
        input: PutBucketVersioningRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let names_mfa_delete = match input.versioning_configuration.mfa_delete.as_deref() {
            None => false,
            Some("Disabled") => true,
            Some("Enabled") => return Err(fault::not_implemented("MfaDelete")),
            Some(_) => return Err(fault::malformed_xml()),
        };
        let versioning = match input.versioning_configuration.status.as_deref() {
            Some("Enabled") => Versioning::Enabled,
            Some("Suspended") => Versioning::Suspended,
            Some(_) => return Err(fault::malformed_xml()),
            None => {
                return Err(Fault::coded(
                    "IllegalVersioningConfigurationException",
                    400,
                    "The Versioning element must be specified",
                ));
            }
        };
        let (at, input) = (&at, &input);
        let changed = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let mut record = here.inside(&input.bucket)?.record.clone();
            if record.lock.is_some() && versioning == Versioning::Suspended {
                return Err(fault::invalid_bucket_state(
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be \
                     changed.",
                ));
            }
            if record.has(Of::Replication) && versioning == Versioning::Suspended {
                return Err(fault::invalid_bucket_state(
                    "A replication configuration is present on this bucket, so you cannot change the versioning \
                     state. To change the versioning state, first delete the replication configuration.",
                ));
            }
            record.versioning = versioning;
            record.names_mfa_delete |= names_mfa_delete;
            tx.save(&records::bucket(&input.bucket), &record);
            Ok(Empty)
        });
        changed.await
    }
}
