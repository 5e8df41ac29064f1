//! RemovePermission: one statement less in a queue's policy.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html>

use std::sync::Arc;

use api_sqs::{RemovePermission, RemovePermissionRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    open::{Open, place_of},
    permission,
};

impl Handle<RemovePermission> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:RemovePermission"];

    fn place(&self, caller: &Caller, input: &RemovePermissionRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &RemovePermissionRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:RemovePermission").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RemovePermission, Self>,
        input: RemovePermissionRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let now = cx.now().0;
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let policy = permission::remove(open.queue.settings.policy.as_deref(), &open.arn, &input.label)?;
            open.save_policy(&tx, policy, now);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
