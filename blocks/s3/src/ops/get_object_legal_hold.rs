//! GetObjectLegalHold.

use api_s3::{GetObjectLegalHold, GetObjectLegalHoldOutput, GetObjectLegalHoldRequest, ObjectLockLegalHold};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3, fault,
    lock::{self, Locked},
    reading::in_object,
};

impl Handle<GetObjectLegalHold> for S3 {
    in_object!(paid GetObjectLegalHoldRequest, "s3:GetObjectLegalHold", "s3:GetObjectLegalHold");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectLegalHold, Self>,
        input: GetObjectLegalHoldRequest,
    ) -> Answer<GetObjectLegalHoldOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        lock::check_enabled(&here.bucket.record)?;
        let (_, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        let status = Locked::of(object).hold().ok_or_else(|| fault::no_lock_of_object(&input.key))?;
        Ok(GetObjectLegalHoldOutput { legal_hold: Some(ObjectLockLegalHold { status: Some(status) }) })
    }
}
