//! GetBucketLocation.

use api_s3::{GetBucketLocation, GetBucketLocationOutput, GetBucketLocationRequest};
use auth::Region;
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{InBucket, place},
};

impl Handle<GetBucketLocation> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:GetBucketLocation"];

    fn place(&self, caller: &Caller, input: &GetBucketLocationRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &GetBucketLocationRequest,
    ) -> Answer<Target<InBucket>> {
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |b| vec![b.check("s3:GetBucketLocation")]).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketLocation, Self>,
        input: GetBucketLocationRequest,
    ) -> Answer<GetBucketLocationOutput> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        // The first region is answered by an empty element.
        let region = cx.region();
        let location = if *region == Region::default() { String::new() } else { region.to_string() };
        Ok(GetBucketLocationOutput { location_constraint: Some(location) })
    }
}
