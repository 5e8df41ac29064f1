//! PutBucketVersioning.

use api_s3::{PutBucketVersioning, PutBucketVersioningRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty, Fault};

use crate::{S3, fault, records::Versioning};

use super::in_bucket;

impl Handle<PutBucketVersioning> for S3 {
    in_bucket!(PutBucketVersioningRequest, "s3:PutBucketVersioning");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketVersioning, Self>,
        input: PutBucketVersioningRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
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
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.versioning = versioning).await
    }
}
