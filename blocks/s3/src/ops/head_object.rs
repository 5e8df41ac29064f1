//! HeadObject.

use api_s3::{HeadObject, HeadObjectOutput, HeadObjectRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{Here, place},
    describe_object,
    reading::{self, Actions, InObject},
};

use super::conditions;

impl Handle<HeadObject> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] =
        &["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &HeadObjectRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &HeadObjectRequest,
    ) -> Answer<Target<Here<InObject>>> {
        let (version, owner) = (input.version_id.as_deref(), input.expected_bucket_owner.as_deref());
        let actions = Actions("s3:GetObject", "s3:GetObjectVersion");
        self.in_object(read, (&input.bucket, &input.key), version, owner, actions).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<HeadObject, Self>,
        mut input: HeadObjectRequest,
    ) -> Answer<HeadObjectOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "HEAD")?;
        reading::check_conditions(&conditions!(input), stored, object, cx.now().0)?;
        let view = cx.view(&at.place).await?;
        let (header, part) = (input.range.as_deref(), input.part_number);
        let selected = reading::select(&view, &here.bucket, object, header, part).await?;
        let selected =
            selected.ok_or_else(|| floor::fault::slow_down("the object was replaced meanwhile"))?;
        let mut output = HeadObjectOutput::default();
        describe_object!(output, &here.bucket, stored, object, selected, input);
        Ok(output)
    }
}
