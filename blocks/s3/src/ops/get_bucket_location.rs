//! GetBucketLocation.

use api_s3::{GetBucketLocation, GetBucketLocationOutput, GetBucketLocationRequest};
use auth::Region;
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

impl Handle<GetBucketLocation> for S3 {
    in_bucket!(GetBucketLocationRequest, "s3:GetBucketLocation");

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
