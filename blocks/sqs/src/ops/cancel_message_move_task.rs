//! CancelMessageMoveTask: a move task stops where it is.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html>

use std::sync::Arc;

use api_sqs::{CancelMessageMoveTask, CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs,
    fault::Refused,
    moving::{self, queue_of},
    open::Open,
    records::{self, MoveStatus, MoveTask},
};

impl Handle<CancelMessageMoveTask> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:CancelMessageMoveTask"];

    fn place(&self, caller: &Caller, input: &CancelMessageMoveTaskRequest) -> Answer<Placement> {
        let handle = moving::Handle::read(&input.task_handle)?;
        Ok(queue_of(&handle.source_arn, "SourceArn")?.0.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &CancelMessageMoveTaskRequest,
    ) -> Answer<Target<Arc<Open>>> {
        let handle = moving::Handle::read(&input.task_handle)?;
        let open = self.source(caller, read, &handle.source_arn).await?;
        Ok(Target::one(open.check("sqs:CancelMessageMoveTask"), open))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CancelMessageMoveTask, Self>,
        input: CancelMessageMoveTaskRequest,
    ) -> Answer<CancelMessageMoveTaskResult> {
        let handle = moving::Handle::read(&input.task_handle)?;
        let (at, input, id) = (&at, &input, &handle.id);
        let run = |tx: Tx| async move {
            let instance = at.within(self, &tx, input).await?.queue.instance;
            let tasks = moving::tasks(&tx, instance, usize::MAX).await?;
            let Some(task) = tasks.into_iter().find(|task| task.id == *id) else {
                return Err(Refused::NoSuchResource("Task does not exist.".into()).into());
            };
            if task.status != MoveStatus::Running {
                return Err(Refused::Wrong("Only active tasks can be cancelled.".into()).into());
            }
            let key = records::move_task(instance, task.started_ms, &task.id);
            let moved = task.moved;
            tx.save(&key, &MoveTask { status: MoveStatus::Cancelling, ..task });
            Ok(moved)
        };
        let moved = cx.cell(&at.place).await?.transact(run).await?;
        Ok(CancelMessageMoveTaskResult { approximate_number_of_messages_moved: Some(moved as i64) })
    }
}
