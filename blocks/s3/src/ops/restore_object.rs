//! RestoreObject.

use api_s3::{RestoreObject, RestoreObjectOutput, RestoreObjectRequest};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3, about,
    event::{EventName, Subject},
    fault,
    more::Restored,
    reading::in_object,
    restoring::{self, Waiting},
    telling::Teller,
    versions,
};

impl Handle<RestoreObject> for S3 {
    in_object!(paid RestoreObjectRequest, "s3:RestoreObject", "s3:RestoreObject");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RestoreObject, Self>,
        input: RestoreObjectRequest,
    ) -> Answer<RestoreObjectOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let given = input.restore_request.as_ref().ok_or_else(fault::malformed_xml)?;
        let days = given.days.ok_or_else(fault::malformed_xml)?;
        let days = u32::try_from(days).ok().filter(|days| *days > 0).ok_or_else(|| {
            fault::invalid_argument("restoration days should be at least 1", "Days", days.to_string())
        })?;
        let job = given.glacier_job_parameters.as_ref().map(|job| job.tier.as_str());
        let tier = job.or(given.tier.as_deref()).unwrap_or("Standard");
        let (now_ms, region) = (cx.now().0, cx.region().clone());
        let teller = &Teller::new(self, cx, &here.bucket, now_ms);
        let (at, input, region) = (&at, &input, &region);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let here = here.inside(&input.bucket)?;
            let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "POST")?;
            let class = object.about.storage_class.as_deref();
            if !about::is_archived(class) {
                return Err(fault::not_archived(class.unwrap_or("STANDARD")));
            }
            let takes_ms = restoring::duration_ms(class.unwrap_or_default(), tier)?;
            restoring::check_free(object, now_ms)?;
            // A copy that is there stays there, for longer or shorter.
            let readable = restoring::of(object).filter(|restored| restored.is_readable(now_ms));
            let restored = match readable {
                Some(before) => Restored { ready_ms: before.ready_ms, ..Restored::asked(now_ms, 0, days) },
                None => Restored::asked(now_ms, takes_ms, days),
            };
            let mut changed = stored.clone();
            if let Some(object) = &mut changed.version.object {
                let mut more = object.more.take().map(|more| *more).unwrap_or_default();
                more.restored = Some(restored);
                object.more = more.boxed();
            }
            versions::rewrite(&tx, &here.bucket, &input.key, &changed).await?;
            let waiting = Waiting {
                region: region.clone(),
                bucket: input.bucket.clone(),
                id: here.bucket.record.id,
                key: input.key.clone(),
                order: stored.version.order,
                null: stored.version.null,
            };
            let at_ms = if readable.is_some() { restored.until_ms } else { restored.ready_ms };
            restoring::wait(&tx, at_ms, self.ticks.next(now_ms), &waiting);
            if readable.is_none() {
                let about = Subject::of(EventName::RestorePost, &input.key, &changed.version, &here.bucket);
                teller.tell(&tx, &here.bucket, &about);
            }
            let status_code = Some(if readable.is_some() { 200 } else { 202 });
            let request_charged = here.bucket.charged(&at.caller().who);
            Ok(RestoreObjectOutput { status_code, request_charged })
        });
        done.await
    }
}
