//! PutBucketAcl.

use api_s3::{PutBucketAcl, PutBucketAclRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Empty};

use crate::{
    S3, access,
    acl::Of,
    bucket::{InBucket, place},
    given_acl,
};

impl Handle<PutBucketAcl> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutBucketAcl"];

    fn place(&self, caller: &Caller, input: &PutBucketAclRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &PutBucketAclRequest,
    ) -> Answer<Target<InBucket>> {
        let given = given_acl!(input, input.grant_write.as_deref());
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |bucket| {
            vec![access::of_list(bucket.check("s3:PutBucketAcl"), &given)]
        })
        .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketAcl, Self>,
        input: PutBucketAclRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let given = given_acl!(input, input.grant_write.as_deref());
        let owner = Some(bucket.record.owner);
        let body = input.access_control_policy.as_ref();
        let Some(list) = bucket.list_asked(Of::Bucket, owner, &given, body)? else { return Ok(Empty) };
        bucket.check_public(&cx.caller, &list, "s3:PutBucketAcl", None)?;
        let kept = bucket.kept(list);
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.acl.clone_from(&kept)).await
    }
}
