//! DeleteObjectTagging.

use api_s3::{DeleteObjectTagging, DeleteObjectTaggingOutput, DeleteObjectTaggingRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, event::EventName, reading::in_object, tagging::Retag, tags::Tags};

impl Handle<DeleteObjectTagging> for S3 {
    in_object!(DeleteObjectTaggingRequest, "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteObjectTagging, Self>,
        input: DeleteObjectTaggingRequest,
    ) -> Answer<DeleteObjectTaggingOutput> {
        let retag = Retag {
            bucket: &input.bucket,
            key: &input.key,
            version_id: input.version_id.as_deref(),
            tags: &Tags::new(),
            event: EventName::TaggingDelete,
            method: "DELETE",
        };
        let version_id = self.retag(cx, &at, &input, &retag).await?;
        Ok(DeleteObjectTaggingOutput { version_id })
    }
}
