//! ChangeMessageVisibilityBatch: until when up to ten received messages are hidden.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html>

use std::sync::Arc;

use api_sqs::{
    ChangeMessageVisibilityBatch, ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResult,
    ChangeMessageVisibilityBatchResultEntry,
};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs, batch,
    fault::Refused,
    open::{Open, place_of},
    remove::Presented,
    visibility::{Change, timeout},
};

impl Handle<ChangeMessageVisibilityBatch> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ChangeMessageVisibility"];

    fn place(&self, caller: &Caller, input: &ChangeMessageVisibilityBatchRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ChangeMessageVisibilityBatchRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:ChangeMessageVisibility").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ChangeMessageVisibilityBatch, Self>,
        input: ChangeMessageVisibilityBatchRequest,
    ) -> Answer<ChangeMessageVisibilityBatchResult> {
        batch::check("ChangeMessageVisibilityBatch", input.entries.iter().map(|e| e.id.as_str()))?;
        let (mut ids, mut changes, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &input.entries {
            let read = || -> Result<Change<'_>, Refused> {
                let given = entry.visibility_timeout.ok_or(Refused::Missing("VisibilityTimeout"))?;
                let timeout_s = timeout(given)?;
                Ok(Change { presented: Presented::read(&at.loaded, &entry.receipt_handle)?, timeout_s })
            };
            match read() {
                Ok(change) => {
                    changes.push(change);
                    ids.push(entry.id.clone());
                }
                Err(refused) => failed.push(batch::failed(entry.id.clone(), &refused)),
            }
        }
        let outcomes = self.change_visibility(cx, &at, &input, &changes).await?;
        let mut successful = Vec::new();
        for (id, outcome) in ids.into_iter().zip(outcomes) {
            match outcome {
                Ok(()) => successful.push(ChangeMessageVisibilityBatchResultEntry { id: Some(id) }),
                Err(refused) => failed.push(batch::failed(id, &refused)),
            }
        }
        Ok(ChangeMessageVisibilityBatchResult { successful: Some(successful), failed: batch::some(failed) })
    }
}
