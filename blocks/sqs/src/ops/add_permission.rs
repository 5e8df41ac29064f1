//! AddPermission: one more statement in a queue's policy.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>

use std::sync::Arc;

use api_sqs::{AddPermission, AddPermissionRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    open::{Open, place_of},
    permission::Permission,
    settings::check_policy,
};

impl Handle<AddPermission> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:AddPermission"];

    fn place(&self, caller: &Caller, input: &AddPermissionRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &AddPermissionRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:AddPermission").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AddPermission, Self>,
        input: AddPermissionRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let now = cx.now().0;
        let permission =
            &Permission { label: &input.label, accounts: &input.aws_account_ids, actions: &input.actions };
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let policy = permission.add(open.queue.settings.policy.as_deref(), &open.arn)?;
            check_policy(&policy)?;
            open.save_policy(&tx, Some(policy), now);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
