//! PurgeQueue: all messages out of a queue.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html>

use std::sync::Arc;

use api_sqs::{PurgeQueue, PurgeQueueRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    fault::Refused,
    limits::PURGE_INTERVAL_MS,
    open::{Open, place_of},
    records,
    records::Queue,
};

impl Handle<PurgeQueue> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:PurgeQueue"];

    fn place(&self, caller: &Caller, input: &PurgeQueueRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PurgeQueueRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:PurgeQueue").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PurgeQueue, Self>,
        input: PurgeQueueRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let purged = open.queue.purged_ms;
            if purged > 0 && now.saturating_sub(purged) < PURGE_INTERVAL_MS {
                return Err(Refused::PurgeInProgress(open.name.name.clone()).into());
            }
            let queue = Queue { purged_ms: now, mixed_ages: false, ..open.queue.clone() };
            tx.save(&records::queue(&open.name), &queue);
            for range in records::of_messages(open.queue.instance) {
                tx.delete_range(&range);
            }
            let leader = open.leader.clone();
            tx.on_commit(move |commit| leader.emptied(commit.batch));
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
