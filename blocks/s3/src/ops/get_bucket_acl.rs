//! GetBucketAcl.

use api_s3::{GetBucketAcl, GetBucketAclOutput, GetBucketAclRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<GetBucketAcl> for S3 {
    in_bucket!(GetBucketAclRequest, "s3:GetBucketAcl");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketAcl, Self>,
        input: GetBucketAclRequest,
    ) -> Answer<GetBucketAclOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let list = bucket.list();
        Ok(GetBucketAclOutput {
            owner: Some(bucket.names.owner(list.owner)),
            grants: Some(list.shown(bucket.names)),
        })
    }
}
