//! GetBucketAbac.

use api_s3::{AbacStatus, GetBucketAbac, GetBucketAbacOutput, GetBucketAbacRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<GetBucketAbac> for S3 {
    in_bucket!(GetBucketAbacRequest, "s3:GetBucketAbac");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketAbac, Self>,
        input: GetBucketAbacRequest,
    ) -> Answer<GetBucketAbacOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let status = if bucket.record.abac { "Enabled" } else { "Disabled" };
        let status = AbacStatus { status: Some(status.to_owned()) };
        Ok(GetBucketAbacOutput { abac_status: Some(status) })
    }
}
