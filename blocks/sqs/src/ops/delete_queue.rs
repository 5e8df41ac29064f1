//! DeleteQueue: a queue, with everything in it.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html>

use std::sync::Arc;

use api_sqs::{DeleteQueue, DeleteQueueRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    directory::Change,
    open::{Open, place_of},
    records,
};

impl Handle<DeleteQueue> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:DeleteQueue"];

    fn place(&self, caller: &Caller, input: &DeleteQueueRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteQueueRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:DeleteQueue").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteQueue, Self>,
        input: DeleteQueueRequest,
    ) -> Answer<wire::Empty> {
        let (change, sender) =
            (&Change::of(&at.loaded.name, cx.region()), &Change::sender(cx, &at.loaded.name));
        let (at, input, region, now) = (&at, &input, &cx.region().clone(), cx.now().0);
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            tx.delete(&records::queue(&open.name));
            for range in records::of_queue(open.queue.instance) {
                tx.delete_range(&range);
            }
            tx.outbox(change.entry(sender, region));
            let (leader, arn, lag) = (open.leader.clone(), open.arn.clone(), self.lag.clone());
            tx.on_commit(move |_| {
                leader.deleted();
                if let Some(lag) = lag {
                    lag.deleted(&arn, now);
                }
            });
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        self.list(cx, change).await?;
        Ok(wire::Empty)
    }
}
