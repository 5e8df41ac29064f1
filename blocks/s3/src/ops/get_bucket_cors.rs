//! GetBucketCors.

use std::sync::Arc;

use api_s3::{GetBucketCors, GetBucketCorsOutput, GetBucketCorsRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, cors::Cors, fault};

impl Handle<GetBucketCors> for S3 {
    in_bucket!(GetBucketCorsRequest, "s3:GetBucketCORS");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketCors, Self>,
        input: GetBucketCorsRequest,
    ) -> Answer<GetBucketCorsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let cors: Option<Arc<Cors>> = self.setting(&cx.view(&at.place).await?, bucket).await?;
        let cors = cors.ok_or_else(|| fault::no_such_cors(&input.bucket))?;
        Ok(GetBucketCorsOutput { cors_rules: Some(cors.rules.iter().map(Into::into).collect()) })
    }
}
