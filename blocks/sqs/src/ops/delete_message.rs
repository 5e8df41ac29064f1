//! DeleteMessage: one received message out of its queue.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html>

use std::sync::Arc;

use api_sqs::{DeleteMessage, DeleteMessageRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    open::{Open, place_of},
    quotas::Action,
    remove::Presented,
};

impl Handle<DeleteMessage> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:DeleteMessage"];

    fn place(&self, caller: &Caller, input: &DeleteMessageRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteMessageRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:DeleteMessage").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteMessage, Self>,
        input: DeleteMessageRequest,
    ) -> Answer<wire::Empty> {
        let presented = [Presented::read(&at.loaded, &input.receipt_handle)?];
        let groups = self.groups_of(cx, (&at.place, &at.loaded), &presented).await?;
        self.admit(cx, &at.loaded, Action::Delete, groups.iter().map(String::as_str))?;
        for outcome in self.remove(cx, &at, &input, &presented).await? {
            outcome?;
        }
        Ok(wire::Empty)
    }
}
