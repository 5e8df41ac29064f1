//! GetObject.

use api_s3::{GetObject, GetObjectOutput, GetObjectRequest};
use floor::{Admitted, Cx, Handle, Placement};
use wire::{Answer, Stream};

use crate::{
    S3,
    conditions::conditions,
    customer_key, describe_object,
    lock::Locked,
    outgo,
    reading::{self, InObject, Selected, in_object},
    restoring, set_lock,
};

/// How often a read begins anew because the object was replaced between looking it up and opening its bytes.
const ATTEMPTS: usize = 5;

impl Handle<GetObject> for S3 {
    in_object!(
        paid GetObjectRequest,
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectRetention",
        "s3:GetObjectLegalHold"
    );

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObject, Self>,
        mut input: GetObjectRequest,
    ) -> Answer<GetObjectOutput> {
        let mut here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let mut again;
        for _ in 0..ATTEMPTS {
            if let Some((selected, body)) = self.open(cx, &at.place, here, &input).await? {
                let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
                let mut output = GetObjectOutput { body, ..GetObjectOutput::default() };
                describe_object!(output, &here.bucket, stored, object, selected, input);
                let locked =
                    Locked::of(object).told::<GetObject, Self>(cx, self, &here.bucket, &input.key).await;
                set_lock!(output, locked);
                output.request_charged = here.bucket.charged(&cx.caller.who);
                output.restore = restoring::header(object, cx.now().0);
                output.expiration = self.expiration_of(cx, &at.place, here, &input.key).await?;
                return Ok(output);
            }
            again = Box::pin(cx.admit::<GetObject, Self>(self, &input)).await?.loaded; // rare, and large
            here = again.inside(&input.bucket)?;
        }
        Err(floor::fault::slow_down("the object is replaced faster than it can be opened"))
    }
}

impl S3 {
    async fn open(
        &self,
        cx: &Cx,
        place: &Placement,
        here: &InObject,
        input: &GetObjectRequest,
    ) -> Answer<Option<(Selected, Stream)>> {
        let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        let opened = reading::opened(object, &customer_key!(input))?;
        reading::check_conditions(&conditions!(input), stored, object, cx.now().0)?;
        reading::check_archived(object, cx.now().0)?;
        let (header, part) = (input.range.as_deref(), input.part_number);
        let selected = if header.is_none() && part.is_none() {
            Some(Selected::all(object))
        } else {
            let view = cx.view(place).await?;
            Box::pin(reading::select(&view, &here.bucket, object, header, part)).await?
        };
        let Some(selected) = selected else { return Ok(None) };
        let sealer = Self::sealer_of(cx, &here.bucket, &input.key, &object.sealing, opened).await?;
        let body =
            outgo::open(&self.holds, cx, place, sealer, &input.key, stored, selected.range.clone()).await?;
        Ok(body.map(|body| (selected, body)))
    }
}
