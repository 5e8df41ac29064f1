//! GetBucketLifecycleConfiguration, and GetBucketLifecycle of older clients, which is the same request.

use api_s3::{
    GetBucketLifecycleConfiguration, GetBucketLifecycleConfigurationOutput,
    GetBucketLifecycleConfigurationRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, fault, lifecycle::Lifecycle};

impl Handle<GetBucketLifecycleConfiguration> for S3 {
    in_bucket!(GetBucketLifecycleConfigurationRequest, "s3:GetLifecycleConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketLifecycleConfiguration, Self>,
        input: GetBucketLifecycleConfigurationRequest,
    ) -> Answer<GetBucketLifecycleConfigurationOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let view = cx.view(&at.place).await?;
        let found = self.setting::<Lifecycle, _>(&view, bucket).await?;
        let found = found.ok_or_else(|| fault::no_lifecycle(&bucket.name))?;
        Ok(GetBucketLifecycleConfigurationOutput {
            rules: Some(found.described()),
            transition_default_minimum_object_size: Some(found.minimum()),
        })
    }
}
