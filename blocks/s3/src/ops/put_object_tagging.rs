//! PutObjectTagging.

use api_s3::{PutObjectTagging, PutObjectTaggingOutput, PutObjectTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3,
    event::EventName,
    tagging::Retag,
    tags::{self, Tagged},
};

use super::in_object;

impl Handle<PutObjectTagging> for S3 {
    in_object!(PutObjectTaggingRequest, "s3:PutObjectTagging", "s3:PutObjectVersionTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutObjectTagging, Self>,
        mut input: PutObjectTaggingRequest,
    ) -> Answer<PutObjectTaggingOutput> {
        let given = std::mem::take(&mut input.tagging.tag_set);
        let tags = tags::checked(given.into_iter().map(|t| (t.key, t.value)), Tagged::Object)?;
        let retag = Retag {
            bucket: &input.bucket,
            key: &input.key,
            version_id: input.version_id.as_deref(),
            tags: &tags,
            event: EventName::TaggingPut,
            method: "PUT",
        };
        let version_id = self.retag(cx, &at, &input, &retag).await?;
        Ok(PutObjectTaggingOutput { version_id })
    }
}
