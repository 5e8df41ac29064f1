//! StartMessageMoveTask: the messages of a dead-letter queue go back, or elsewhere.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>

use std::sync::Arc;

use api_sqs::{SendMessage, StartMessageMoveTask, StartMessageMoveTaskRequest, StartMessageMoveTaskResult};
use floor::{Admitted, Answer, As, Caller, Cx, Entry, Get, Handle, Lane, Placement, Record, Target, Tx};

use crate::{
    Sqs,
    fault::Refused,
    limits::{MOVE_PER_SECOND, MOVE_TASKS_LISTED},
    moving::{self, MOVE, TaskAt, missing, queue_of},
    open::Open,
    records::{self, MoveStatus, MoveTask},
    tend::name_of,
};

impl Handle<StartMessageMoveTask> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] =
        &["sqs:StartMessageMoveTask", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

    fn place(&self, caller: &Caller, input: &StartMessageMoveTaskRequest) -> Answer<Placement> {
        Ok(queue_of(&input.source_arn, "SourceArn")?.0.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &StartMessageMoveTaskRequest,
    ) -> Answer<Target<Arc<Open>>> {
        let open = self.source(caller, read, &input.source_arn).await?;
        let checks = <Self as Handle<StartMessageMoveTask>>::ACTIONS.iter().map(|a| open.check(a)).collect();
        Ok(Target { checks, loaded: open })
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<StartMessageMoveTask, Self>,
        input: StartMessageMoveTaskRequest,
    ) -> Answer<StartMessageMoveTaskResult> {
        let open = &at.loaded;
        let per_second = rate(input.max_number_of_messages_per_second)?;
        let sources = self.sources(cx, open).await?;
        let destination = match &input.destination_arn {
            Some(destination) => Some(self.destination(cx, open, destination).await?),
            None => None,
        };
        let targets = destination.as_ref().map_or(&sources[..], std::slice::from_ref);
        let sends = targets.iter().map(|target| target.check("sqs:SendMessage")).collect();
        cx.ask::<SendMessage, _>(self, sends).await?;
        self.may_move(cx, open, destination.as_deref()).await?;
        let (in_flight, delayed) = self.counts(cx.floor(), &at.place, open).await?;
        let counted = cx.view(&at.place).await?.get(&records::count(open.queue.instance)).await?;
        let held = floor::tx::counter(counted.as_ref())?.max(0) as u64;
        let task = MoveTask {
            id: cx.uuid(),
            destination: input.destination_arn.clone(),
            per_second,
            to_move: held.saturating_sub(in_flight + delayed),
            moved: 0,
            status: MoveStatus::Running,
            failure: None,
            started_ms: cx.now().0,
        };
        let handle = moving::Handle { id: task.id.clone(), source_arn: open.arn.clone() };
        let sender =
            cx.sender(As::Service { source_arn: open.arn.clone(), source_account: open.name.account });
        let (at, input, task, sender, region) = (&at, &input, &task, &sender, &cx.region().clone());
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            let instance = open.queue.instance;
            begin(&tx, instance, task).await?;
            let work = TaskAt {
                source_arn: open.arn.clone(),
                instance,
                started_ms: task.started_ms,
                id: task.id.clone(),
            };
            tx.outbox(Entry::step(Lane::new("sqs-move", &task.id), sender, region, MOVE, work.encode()));
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(StartMessageMoveTaskResult { task_handle: Some(handle.text()) })
    }
}

fn rate(given: Option<i32>) -> Result<Option<u32>, Refused> {
    match given {
        Some(rate) if !MOVE_PER_SECOND.contains(&i64::from(rate)) => {
            let why = "MaxNumberOfMessagesPerSecond must be an integer between 1 and 500.";
            Err(Refused::parameter("MaxNumberOfMessagesPerSecond", rate, why))
        }
        given => Ok(given.map(|rate| rate as u32)),
    }
}

/// Writes the task where no other runs, and forgets the oldest of those that are over.
async fn begin(tx: &Tx, instance: u64, task: &MoveTask) -> Answer<()> {
    let before = moving::tasks(tx, instance, usize::MAX).await?;
    if before.iter().any(|t| matches!(t.status, MoveStatus::Running | MoveStatus::Cancelling)) {
        let text = "There is already a task running. Only one active task is allowed for a source queue arn at a given time.";
        return Err(Refused::Wrong(text.into()).into());
    }
    for old in before.iter().skip(*MOVE_TASKS_LISTED.end() as usize - 1) {
        tx.delete(&records::move_task(instance, old.started_ms, &old.id));
    }
    tx.save(&records::move_task(instance, task.started_ms, &task.id), task);
    Ok(())
}

impl Sqs {
    /// The queue of a `SourceArn`.
    pub(crate) async fn source<R: Get>(&self, caller: &Caller, read: &R, arn: &str) -> Answer<Arc<Open>> {
        let (name, region) = queue_of(arn, "SourceArn")?;
        let here = region == caller.region;
        let found = if here { self.queues.find(read, &region, &name).await? } else { None };
        Ok(found.ok_or_else(|| missing("SourceArn"))?)
    }

    /// The queues whose dead letters go to this one. Only the messages of a dead-letter queue are moved.
    async fn sources(&self, cx: &Cx, open: &Open) -> Answer<Vec<Arc<Open>>> {
        let view = cx.view(&Placement::directory(cx.region())).await?;
        let keys = view.range(records::sources(&open.arn).all(), usize::MAX).await?;
        if keys.is_empty() {
            let text = "Source queue must be configured as a Dead Letter Queue.";
            return Err(Refused::Wrong(text.into()).into());
        }
        let mut found = Vec::with_capacity(keys.len());
        for (key, _) in keys {
            found.extend(self.find_arn(cx, &name_of(&key, 2)?.arn(cx.region())).await?);
        }
        Ok(found)
    }

    /// The queue of a `DestinationArn`. Nothing is moved between accounts: "Cross-account permissions don't apply to"
    /// move tasks (developer guide, `sqs-limitations-of-custom-policies`).
    async fn destination(&self, cx: &Cx, open: &Open, arn: &str) -> Answer<Arc<Open>> {
        let (name, region) = queue_of(arn, "DestinationArn")?;
        let is_near = region == *cx.region() && name.account == open.name.account;
        let found = if is_near { self.find_arn(cx, arn).await? } else { None };
        let found = found.ok_or_else(|| missing("DestinationArn"))?;
        if found.arn == open.arn {
            return Err(Refused::Wrong(
                "Source queue arn and destination queue arn cannot be the same.".into(),
            )
            .into());
        }
        if found.is_fifo() != open.is_fifo() {
            let text = "Source queue and destination queue must be of the same type.";
            return Err(Refused::Wrong(text.into()).into());
        }
        Ok(found)
    }
}
