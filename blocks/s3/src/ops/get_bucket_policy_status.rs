//! GetBucketPolicyStatus: whether a bucket's policy is public, by S3's own rules.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>, "The meaning of
//! public".

use api_s3::{
    GetBucketPolicyStatus, GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest, PolicyStatus,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault, public};

impl Handle<GetBucketPolicyStatus> for S3 {
    in_bucket!(GetBucketPolicyStatusRequest, "s3:GetBucketPolicyStatus");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketPolicyStatus, Self>,
        input: GetBucketPolicyStatusRequest,
    ) -> Answer<GetBucketPolicyStatusOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let policy = bucket.policy.as_ref().ok_or_else(|| fault::no_such_bucket_policy(&bucket.name))?;
        let is_public = Some(public::is_public(policy));
        Ok(GetBucketPolicyStatusOutput { policy_status: Some(PolicyStatus { is_public }) })
    }
}
