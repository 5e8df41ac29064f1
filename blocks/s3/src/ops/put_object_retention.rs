//! PutObjectRetention.

use api_s3::{PutObjectRetention, PutObjectRetentionOutput, PutObjectRetentionRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{Here, place},
    fault,
    lock::{self, Asked, Bypass, Named},
    payer::terms,
    reading::{Actions, InObject},
};

impl Handle<PutObjectRetention> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] =
        &["s3:PutObjectRetention", "s3:BypassGovernanceRetention", "s3:ListBucket", "s3:ListBucketVersions"];

    fn place(&self, caller: &Caller, input: &PutObjectRetentionRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutObjectRetentionRequest,
    ) -> Answer<Target<Self::Loaded>> {
        let (version, terms) = (input.version_id.as_deref(), terms!(caller, input));
        let actions = Actions("s3:PutObjectRetention", "s3:PutObjectRetention");
        let mut target = self.in_object(read, (&input.bucket, &input.key), version, terms, actions).await?;
        if let (Some(check), Some(given)) = (target.checks.first_mut(), &input.retention) {
            let asked = Asked { mode: given.mode.as_deref(), until: given.retain_until_date, hold: None };
            *check = asked.keys(check.clone(), self.now_ms());
        }
        Ok(target)
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutObjectRetention, Self>,
        input: PutObjectRetentionRequest,
    ) -> Answer<PutObjectRetentionOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        lock::check_enabled(&here.bucket.record)?;
        let now_ms = cx.now().0;
        let given = input.retention.as_ref().ok_or_else(fault::malformed_xml)?;
        let new = lock::retention_of(given, now_ms)?;
        let place = (here.bucket.as_ref(), input.key.as_str());
        let bypass =
            Bypass::of::<PutObjectRetention, Self>(cx, self, input.bypass_governance_retention, place)
                .await?;
        let named = Named { bucket: &input.bucket, key: &input.key, version_id: input.version_id.as_deref() };
        let change = |more: &mut crate::more::More| {
            lock::check_change(more.retention, new, &bypass, now_ms)?;
            more.retention = new;
            Ok(())
        };
        self.amend(cx, &at, &input, named, change).await?;
        Ok(PutObjectRetentionOutput { request_charged: here.bucket.charged(&cx.caller.who) })
    }
}
