//! PutBucketOwnershipControls.

use api_s3::{PutBucketOwnershipControls, PutBucketOwnershipControlsRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, fault, more::Ownership};

impl Handle<PutBucketOwnershipControls> for S3 {
    in_bucket!(PutBucketOwnershipControlsRequest, "s3:PutBucketOwnershipControls");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketOwnershipControls, Self>,
        input: PutBucketOwnershipControlsRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let [rule] = input.ownership_controls.rules.as_slice() else { return Err(fault::malformed_xml()) };
        let ownership = Ownership::parse(&rule.object_ownership).ok_or_else(fault::malformed_xml)?;
        if ownership == Ownership::Enforced && bucket.list().is_shared() {
            return Err(fault::list_of_enforced());
        }
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.ownership = Some(ownership)).await
    }
}
