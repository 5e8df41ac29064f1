//! ScheduleKeyDeletion: a key that is deleted after a waiting period.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html>

use api_kms::{ScheduleKeyDeletion, ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    key::time,
    keyed::{About, on_key},
    limits::{DAY_MS, PENDING_DAYS, PENDING_DAYS_DEFAULT},
    records::{Deletion, Key},
};

impl Handle<ScheduleKeyDeletion> for Kms {
    on_key!(ScheduleKeyDeletionRequest, "kms:ScheduleKeyDeletion", |caller, input| About::key(
        caller,
        &input.key_id
    )
    .with_some(
        "kms:ScheduleKeyDeletionPendingWindowInDays",
        input.pending_window_in_days.map(|d| d.to_string())
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ScheduleKeyDeletion, Self>,
        input: ScheduleKeyDeletionRequest,
    ) -> Answer<ScheduleKeyDeletionResponse> {
        let days = input.pending_window_in_days.unwrap_or(PENDING_DAYS_DEFAULT);
        if !PENDING_DAYS.contains(&days) {
            let (least, most) = (PENDING_DAYS.start(), PENDING_DAYS.end());
            let why = format!("PendingWindowInDays must be between {least} and {most} days");
            return Err(Refused::Validation(why).into());
        }
        let now = cx.now().0;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            key.staying()?;
            // A primary is deleted after its replicas: its waiting period begins when the last of them is gone.
            let waits = key.is_primary() && key.family.as_ref().is_some_and(|f| !f.replicas.is_empty());
            let at_ms = (!waits).then(|| now + u64::from(days.unsigned_abs()) * DAY_MS);
            key.deletion = Some(Deletion { window_days: days, at_ms });
            Ok(())
        };
        let key = self.change(cx, &at, &input, change).await?;
        Ok(ScheduleKeyDeletionResponse {
            key_id: Some(key.arn()),
            deletion_date: key.deletion.and_then(|d| d.at_ms).and_then(time),
            key_state: Some(key.state(now).text().into()),
            pending_window_in_days: Some(days),
        })
    }
}
