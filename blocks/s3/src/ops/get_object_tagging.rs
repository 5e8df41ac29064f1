//! GetObjectTagging.

use api_s3::{GetObjectTagging, GetObjectTaggingOutput, GetObjectTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, answer, reading::in_object};

impl Handle<GetObjectTagging> for S3 {
    in_object!(paid GetObjectTaggingRequest, "s3:GetObjectTagging", "s3:GetObjectVersionTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectTagging, Self>,
        input: GetObjectTaggingRequest,
    ) -> Answer<GetObjectTaggingOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        Ok(GetObjectTaggingOutput {
            version_id: stored.version.id_in(&here.bucket, &input.key),
            tag_set: Some(answer::tag_set(&object.about.tags)),
        })
    }
}
