//! GetObjectRetention.

use api_s3::{GetObjectRetention, GetObjectRetentionOutput, GetObjectRetentionRequest, ObjectLockRetention};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{
    S3, fault,
    lock::{self, Locked},
    reading::in_object,
};

impl Handle<GetObjectRetention> for S3 {
    in_object!(paid GetObjectRetentionRequest, "s3:GetObjectRetention", "s3:GetObjectRetention");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectRetention, Self>,
        input: GetObjectRetentionRequest,
    ) -> Answer<GetObjectRetentionOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        lock::check_enabled(&here.bucket.record)?;
        let (_, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        let locked = Locked::of(object);
        let mode = locked.mode().ok_or_else(|| fault::no_lock_of_object(&input.key))?;
        let retention = ObjectLockRetention { mode: Some(mode), retain_until_date: locked.until() };
        Ok(GetObjectRetentionOutput { retention: Some(retention) })
    }
}
