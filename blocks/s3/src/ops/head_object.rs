//! HeadObject.

use api_s3::{HeadObject, HeadObjectOutput, HeadObjectRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3, conditions::conditions, customer_key, describe_object, lock::Locked, reading, reading::in_object,
    restoring, set_lock,
};

impl Handle<HeadObject> for S3 {
    in_object!(
        paid HeadObjectRequest,
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold"
    );

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<HeadObject, Self>,
        mut input: HeadObjectRequest,
    ) -> Answer<HeadObjectOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "HEAD")?;
        reading::opened(object, &customer_key!(input))?;
        reading::check_conditions(&conditions!(input), stored, object, cx.now().0)?;
        let view = cx.view(&at.place).await?;
        let (header, part) = (input.range.as_deref(), input.part_number);
        let selected = reading::select(&view, &here.bucket, object, header, part).await?;
        let selected =
            selected.ok_or_else(|| floor::fault::slow_down("the object was replaced meanwhile"))?;
        let mut output = HeadObjectOutput::default();
        describe_object!(output, &here.bucket, stored, object, selected, input);
        let locked = Locked::of(object).told::<HeadObject, Self>(cx, self, &here.bucket, &input.key).await;
        set_lock!(output, locked);
        output.request_charged = here.bucket.charged(&cx.caller.who);
        output.restore = restoring::header(object, cx.now().0);
        output.expiration = self.expiration_of(cx, &at.place, here, &input.key).await?;
        Ok(output)
    }
}
