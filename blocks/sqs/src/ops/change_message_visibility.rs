//! ChangeMessageVisibility: until when a received message is hidden.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html>

use std::sync::Arc;

use api_sqs::{ChangeMessageVisibility, ChangeMessageVisibilityRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    open::{Open, place_of},
    remove::Presented,
    visibility::{Change, timeout},
};

impl Handle<ChangeMessageVisibility> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ChangeMessageVisibility"];

    fn place(&self, caller: &Caller, input: &ChangeMessageVisibilityRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ChangeMessageVisibilityRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:ChangeMessageVisibility").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ChangeMessageVisibility, Self>,
        input: ChangeMessageVisibilityRequest,
    ) -> Answer<wire::Empty> {
        let timeout_s = timeout(input.visibility_timeout)?;
        let presented = Presented::read(&at.loaded, &input.receipt_handle)?;
        for outcome in self.change_visibility(cx, &at, &input, &[Change { presented, timeout_s }]).await? {
            outcome?;
        }
        Ok(wire::Empty)
    }
}
