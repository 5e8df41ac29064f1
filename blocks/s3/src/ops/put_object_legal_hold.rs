//! PutObjectLegalHold.

use api_s3::{PutObjectLegalHold, PutObjectLegalHoldOutput, PutObjectLegalHoldRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{Here, place},
    fault,
    lock::{self, Asked, Named},
    payer::terms,
    reading::{Actions, InObject},
};

impl Handle<PutObjectLegalHold> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] =
        &["s3:PutObjectLegalHold", "s3:ListBucket", "s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &PutObjectLegalHoldRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutObjectLegalHoldRequest,
    ) -> Answer<Target<Self::Loaded>> {
        let (version, terms) = (input.version_id.as_deref(), terms!(caller, input));
        let actions = Actions("s3:PutObjectLegalHold", "s3:PutObjectLegalHold");
        let mut target = self.in_object(read, (&input.bucket, &input.key), version, terms, actions).await?;
        if let (Some(check), Some(given)) = (target.checks.first_mut(), &input.legal_hold) {
            let asked = Asked { hold: given.status.as_deref(), ..Asked::default() };
            *check = asked.keys(check.clone(), self.now_ms());
        }
        Ok(target)
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutObjectLegalHold, Self>,
        input: PutObjectLegalHoldRequest,
    ) -> Answer<PutObjectLegalHoldOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        lock::check_enabled(&here.bucket.record)?;
        let status = input.legal_hold.as_ref().and_then(|hold| hold.status.as_deref());
        let is_on = status.ok_or_else(fault::malformed_xml)? == "ON";
        let named = Named { bucket: &input.bucket, key: &input.key, version_id: input.version_id.as_deref() };
        let change = |more: &mut crate::more::More| {
            more.legal_hold = Some(is_on);
            Ok(())
        };
        self.amend(cx, &at, &input, named, change).await?;
        Ok(PutObjectLegalHoldOutput { request_charged: here.bucket.charged(&cx.caller.who) })
    }
}
