//! TagQueue: more tags on a queue, or other values.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html>

use std::sync::Arc;

use api_sqs::{TagQueue, TagQueueRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    open::{Open, place_of},
    records,
    records::Queue,
    tags,
};

impl Handle<TagQueue> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:TagQueue"];

    fn place(&self, caller: &Caller, input: &TagQueueRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &TagQueueRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:TagQueue").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<TagQueue, Self>,
        input: TagQueueRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let mut tags = open.queue.tags.clone();
            tags.extend(input.tags.clone());
            tags::check(&tags)?;
            tx.save(&records::queue(&open.name), &Queue { tags, ..open.queue.clone() });
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
