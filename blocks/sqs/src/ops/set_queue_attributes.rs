//! SetQueueAttributes: what the owner of a queue may set.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>

use std::sync::Arc;

use api_sqs::{SetQueueAttributes, SetQueueAttributesRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    directory::Change,
    fault::Refused,
    open::{Open, place_of},
    records,
    records::Queue,
};

impl Handle<SetQueueAttributes> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:SetQueueAttributes"];

    fn place(&self, caller: &Caller, input: &SetQueueAttributesRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &SetQueueAttributesRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:SetQueueAttributes").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SetQueueAttributes, Self>,
        input: SetQueueAttributesRequest,
    ) -> Answer<wire::Empty> {
        if input.attributes.is_empty() {
            return Err(Refused::Missing("Attribute.Name").into());
        }
        let (name, before) = (&at.loaded.name, &at.loaded.queue.settings);
        let mut wanted = before.clone();
        wanted.set(&input.attributes)?;
        self.check_settings(cx, name, Some(before), &wanted).await?;
        let now = cx.now().0;
        let (change, sender) = (&Change::of(name, cx.region()), &Change::sender(cx, name));
        let (at, input, region) = (&at, &input, &cx.region().clone());
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let mut queue = Queue { modified_ms: now, ..open.queue.clone() };
            queue.settings.set(&input.attributes)?;
            let redirected = queue.settings.redrive != open.queue.settings.redrive;
            if redirected {
                tx.outbox(change.entry(sender, region));
            }
            tx.save(&records::queue(&open.name), &queue);
            Ok(redirected)
        };
        if cx.cell(&at.place).await?.transact(run).await? {
            self.list(cx, change).await?;
        }
        Ok(wire::Empty)
    }
}
