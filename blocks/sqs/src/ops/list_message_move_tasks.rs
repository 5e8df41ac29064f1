//! ListMessageMoveTasks: the latest move tasks of a dead-letter queue.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html>

use std::sync::Arc;

use api_sqs::{
    ListMessageMoveTasks, ListMessageMoveTasksRequest, ListMessageMoveTasksResult,
    ListMessageMoveTasksResultEntry,
};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    fault::Refused,
    limits::MOVE_TASKS_LISTED,
    moving::{self, queue_of},
    open::Open,
    records::{MoveStatus, MoveTask},
};

impl Handle<ListMessageMoveTasks> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ListMessageMoveTasks"];

    fn place(&self, caller: &Caller, input: &ListMessageMoveTasksRequest) -> Answer<Placement> {
        Ok(queue_of(&input.source_arn, "SourceArn")?.0.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListMessageMoveTasksRequest,
    ) -> Answer<Target<Arc<Open>>> {
        let open = self.source(caller, read, &input.source_arn).await?;
        Ok(Target::one(open.check("sqs:ListMessageMoveTasks"), open))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListMessageMoveTasks, Self>,
        input: ListMessageMoveTasksRequest,
    ) -> Answer<ListMessageMoveTasksResult> {
        let max = input.max_results.map_or(*MOVE_TASKS_LISTED.start(), i64::from);
        if !MOVE_TASKS_LISTED.contains(&max) {
            let why = "MaxResults must be an integer between 1 and 10.";
            return Err(Refused::parameter("MaxResults", max, why).into());
        }
        let view = cx.view(&at.place).await?;
        let tasks = moving::tasks(&view, at.loaded.queue.instance, max as usize).await?;
        let results = tasks.into_iter().map(|task| entry(&at.loaded, task)).collect();
        Ok(ListMessageMoveTasksResult { results: Some(results) })
    }
}

fn entry(open: &Open, task: MoveTask) -> ListMessageMoveTasksResultEntry {
    let status = match task.status {
        MoveStatus::Running => "RUNNING",
        MoveStatus::Cancelling => "CANCELLING",
        MoveStatus::Cancelled => "CANCELLED",
        MoveStatus::Completed => "COMPLETED",
        MoveStatus::Failed => "FAILED",
    };
    let handle = moving::Handle { id: task.id, source_arn: open.arn.clone() };
    ListMessageMoveTasksResultEntry {
        task_handle: (task.status == MoveStatus::Running).then(|| handle.text()),
        status: Some(status.to_owned()),
        source_arn: Some(open.arn.clone()),
        destination_arn: task.destination,
        max_number_of_messages_per_second: task.per_second.map(|rate| rate as i32),
        approximate_number_of_messages_moved: Some(task.moved as i64),
        approximate_number_of_messages_to_move: Some(task.to_move as i64),
        failure_reason: task.failure,
        started_timestamp: Some(task.started_ms as i64),
    }
}
