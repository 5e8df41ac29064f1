//! UntagQueue: fewer tags on a queue.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html>

use std::sync::Arc;

use api_sqs::{UntagQueue, UntagQueueRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    open::{Open, place_of},
    records,
    records::Queue,
};

impl Handle<UntagQueue> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:UntagQueue"];

    fn place(&self, caller: &Caller, input: &UntagQueueRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UntagQueueRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:UntagQueue").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UntagQueue, Self>,
        input: UntagQueueRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let mut tags = open.queue.tags.clone();
            tags.retain(|key, _| !input.tag_keys.contains(key));
            tx.save(&records::queue(&open.name), &Queue { tags, ..open.queue.clone() });
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
