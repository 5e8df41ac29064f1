//! DeleteMessageBatch: up to ten received messages out of their queue, in one commit.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>

use std::sync::Arc;

use api_sqs::{
    DeleteMessageBatch, DeleteMessageBatchRequest, DeleteMessageBatchResult, DeleteMessageBatchResultEntry,
};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs, batch,
    open::{Open, place_of},
    quotas::Action,
    remove::Presented,
};

impl Handle<DeleteMessageBatch> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:DeleteMessage"];

    fn place(&self, caller: &Caller, input: &DeleteMessageBatchRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteMessageBatchRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:DeleteMessage").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteMessageBatch, Self>,
        input: DeleteMessageBatchRequest,
    ) -> Answer<DeleteMessageBatchResult> {
        batch::check("DeleteMessageBatch", input.entries.iter().map(|e| e.id.as_str()))?;
        let (mut ids, mut presented, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &input.entries {
            match Presented::read(&at.loaded, &entry.receipt_handle) {
                Ok(read) => {
                    presented.push(read);
                    ids.push(entry.id.clone());
                }
                Err(refused) => failed.push(batch::failed(entry.id.clone(), &refused)),
            }
        }
        let groups = self.groups_of(cx, (&at.place, &at.loaded), &presented).await?;
        self.admit(cx, &at.loaded, Action::Delete, groups.iter().map(String::as_str))?;
        let outcomes = self.remove(cx, &at, &input, &presented).await?;
        let mut successful = Vec::new();
        for (id, outcome) in ids.into_iter().zip(outcomes) {
            match outcome {
                Ok(()) => successful.push(DeleteMessageBatchResultEntry { id: Some(id) }),
                Err(refused) => failed.push(batch::failed(id, &refused)),
            }
        }
        Ok(DeleteMessageBatchResult { successful: Some(successful), failed: batch::some(failed) })
    }
}
