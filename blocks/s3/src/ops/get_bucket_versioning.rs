//! GetBucketVersioning.

use api_s3::{GetBucketVersioning, GetBucketVersioningOutput, GetBucketVersioningRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, records::Versioning};

impl Handle<GetBucketVersioning> for S3 {
    in_bucket!(GetBucketVersioningRequest, "s3:GetBucketVersioning");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketVersioning, Self>,
        input: GetBucketVersioningRequest,
    ) -> Answer<GetBucketVersioningOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let status = match bucket.record.versioning {
            Versioning::Never => None,
            Versioning::Enabled => Some("Enabled".to_owned()),
            Versioning::Suspended => Some("Suspended".to_owned()),
        };
        let mfa_delete = bucket.record.names_mfa_delete.then(|| "Disabled".to_owned());
        Ok(GetBucketVersioningOutput { status, mfa_delete })
    }
}
