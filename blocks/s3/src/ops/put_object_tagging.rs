//! PutObjectTagging.

use api_s3::{PutObjectTagging, PutObjectTaggingOutput, PutObjectTaggingRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, access,
    bucket::{Here, place},
    event::EventName,
    payer::terms,
    reading::{Actions, InObject},
    tagging::Retag,
    tags::{self, Tagged},
};

impl Handle<PutObjectTagging> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] =
        &["s3:PutObjectTagging", "s3:PutObjectVersionTagging", "s3:ListBucket", "s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &PutObjectTaggingRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutObjectTaggingRequest,
    ) -> Answer<Target<Self::Loaded>> {
        let (version, terms) = (input.version_id.as_deref(), terms!(caller, input));
        let actions = Actions("s3:PutObjectTagging", "s3:PutObjectVersionTagging");
        let mut target = self.in_object(read, (&input.bucket, &input.key), version, terms, actions).await?;
        if let Some(check) = target.checks.first_mut() {
            let given = input.tagging.tag_set.iter().map(|t| (t.key.clone(), t.value.clone())).collect();
            *check = access::of_requested(check.clone(), &given);
        }
        Ok(target)
    }

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
