//! Message move tasks: the messages of a dead-letter queue go back to where they came from, or elsewhere.
//!
//! A task is a record in the queue's cell and a step in the outbox, which goes on after a crash. It claims messages
//! as a receive does and, in one transaction each time, takes some out, records their journeys and counts them. Moved
//! messages are new ones: they have new ids and begin their retention anew (developer guide,
//! `sqs-configure-dead-letter-queue-redrive`).

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use floor::{Answer, As, Cx, Get, Placement, Record, Tx, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    Sqs,
    fault::Refused,
    names::QueueName,
    open::Open,
    records::{self, Message, MoveStatus, MoveTask, State},
    redriven::Travelling,
    remove::{leave, take_out},
    stamp::Stamp,
};

/// The step's name in the outbox.
pub(crate) const MOVE: &str = "move";

/// Messages that are moved in one transaction, at most.
const SLICE: usize = 50;

/// Which task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TaskAt {
    pub(crate) source_arn: String,
    pub(crate) instance: u64,
    pub(crate) started_ms: u64,
    pub(crate) id: String,
}

first_format!(TaskAt);

/// What a task handle says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Handle {
    #[serde(rename = "taskId")]
    pub(crate) id: String,
    #[serde(rename = "sourceArn")]
    pub(crate) source_arn: String,
}

impl Handle {
    pub(crate) fn text(&self) -> String {
        STANDARD.encode(serde_json::json!({ "taskId": self.id, "sourceArn": self.source_arn }).to_string())
    }

    pub(crate) fn read(text: &str) -> Result<Self, Refused> {
        let invalid = || Refused::Wrong("Value for parameter TaskHandle is invalid.".into());
        let json = STANDARD.decode(text).map_err(|_| invalid())?;
        serde_json::from_slice(&json).map_err(|_| invalid())
    }
}

/// The queue of a `SourceArn` or `DestinationArn`.
pub(crate) fn queue_of(arn: &str, parameter: &str) -> Result<(QueueName, floor::Region), Refused> {
    QueueName::of_arn(arn).ok_or_else(|| {
        Refused::Wrong(format!(
            "You must use this format to specify the {parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
        ))
    })
}

/// The queue of that parameter does not exist.
pub(crate) fn missing(parameter: &str) -> Refused {
    Refused::NoSuchResource(format!(
        "The resource that you specified for the {parameter} parameter doesn't exist."
    ))
}

/// The tasks of a queue, the latest first.
pub(crate) async fn tasks<R: Get>(read: &R, instance: u64, limit: usize) -> Answer<Vec<MoveTask>> {
    let pairs = read.range(records::move_tasks(instance).all(), limit).await?;
    pairs.iter().map(|(_, stored)| MoveTask::decode(stored)).collect()
}

/// How a slice of a task's work ended.
enum Slice {
    /// This many messages were moved.
    Moved(u64),
    /// The task is over.
    Over,
}

impl Sqs {
    /// Works on a task until it is over.
    pub(crate) async fn move_all(&self, cx: &mut Cx, at: &TaskAt) -> Answer<()> {
        let (name, region) = queue_of(&at.source_arn, "SourceArn")?;
        let place = name.place(&region);
        loop {
            let view = cx.view(&place).await?;
            let open = self.queues.find(&view, &region, &name).await?;
            let key = records::move_task(at.instance, at.started_ms, &at.id);
            let task: Option<MoveTask> = view.load(&key).await?;
            drop(view);
            let (Some(open), Some(task)) = (open.filter(|o| o.queue.instance == at.instance), task) else {
                return Ok(()); // the queue is gone, and with it the task
            };
            match self.move_slice(cx, &place, &open, &task).await? {
                Slice::Over => return Ok(()),
                Slice::Moved(moved) => {
                    if let Some(rate) = task.per_second {
                        let wait = Duration::from_millis(moved * 1000 / u64::from(rate.max(1)));
                        let service = cx.env().clocks.service.clone();
                        service.until(service.now().plus(wait)).await;
                    }
                }
            }
        }
    }

    async fn move_slice(
        &self,
        cx: &mut Cx,
        place: &Placement,
        open: &Arc<Open>,
        task: &MoveTask,
    ) -> Answer<Slice> {
        match task.status {
            MoveStatus::Running => {}
            MoveStatus::Cancelling => {
                return self.end(cx, place, open, task, MoveStatus::Cancelled, None).await;
            }
            _ => return Ok(Slice::Over),
        }
        // A tenth of a second's messages at a time, so that a slow task is steady and is cancelled soon.
        let max = task.per_second.map_or(SLICE, |rate| (rate as usize / 10).clamp(1, SLICE));
        let Some(claim) = self.claim(cx, place, open, max, None).await? else {
            return self.end(cx, place, open, task, MoveStatus::Completed, None).await;
        };
        let mut journeys = Vec::new();
        for stamp in claim.stamps() {
            let message = open.message(&cx.view(place).await?, *stamp).await?;
            let Some(message) = message else { continue };
            let to = match (&task.destination, &message.dead_letter_source) {
                (Some(to), _) => Some(to.clone()),
                (None, Some(source)) if self.is_source(cx, open, source).await? => Some(source.clone()),
                (None, _) => None,
            };
            let Some(to) = to else {
                let why = "CouldNotDetermineMessageSource";
                return self.end(cx, place, open, task, MoveStatus::Failed, Some(why)).await;
            };
            if self.find_arn(cx, &to).await?.is_none() {
                let why = "AWS.SimpleQueueService.NonExistentQueue";
                return self.end(cx, place, open, task, MoveStatus::Failed, Some(why)).await;
            }
            journeys.push((*stamp, journey(cx, open, message, to)));
        }
        self.depart(cx, place, open, task, &journeys).await
    }

    /// Whether the queue with the ARN `source` still sends its dead letters here. Whoever began the task was asked for
    /// the right to send to those that do, and to no others.
    async fn is_source(&self, cx: &Cx, open: &Open, source: &str) -> Answer<bool> {
        let Some((name, region)) = QueueName::of_arn(source) else { return Ok(false) };
        let view = cx.view(&Placement::directory(&region)).await?;
        Ok(view.get(&records::source(&open.arn, &name)).await?.is_some())
    }

    /// Takes messages out of their queue and records their journeys.
    async fn depart(
        &self,
        cx: &mut Cx,
        place: &Placement,
        open: &Open,
        task: &MoveTask,
        journeys: &[(Stamp, Travelling)],
    ) -> Answer<Slice> {
        let sender =
            &cx.sender(As::Service { source_arn: open.arn.clone(), source_account: open.name.account });
        let instance = open.queue.instance;
        let run = |tx: Tx| async move {
            let key = records::move_task(instance, task.started_ms, &task.id);
            let Some(task) = tx.load::<MoveTask>(&key).await? else { return Ok(Slice::Over) };
            if task.status != MoveStatus::Running {
                return Ok(Slice::Moved(0)); // cancelled meanwhile: the next slice sees to it
            }
            let mut gone = Vec::new();
            for (stamp, journey) in journeys {
                if tx.get(&records::message(instance, *stamp)).await?.is_some() {
                    take_out(&tx, instance, *stamp);
                    tx.outbox(journey.entry(sender)?);
                    gone.push(*stamp);
                }
            }
            let moved = gone.len() as u64;
            leave(&tx, open, gone);
            tx.save(&key, &MoveTask { moved: task.moved + moved, ..task });
            Ok(Slice::Moved(moved))
        };
        cx.cell(place).await?.transact(run).await
    }

    async fn end(
        &self,
        cx: &mut Cx,
        place: &Placement,
        open: &Open,
        task: &MoveTask,
        status: MoveStatus,
        failure: Option<&str>,
    ) -> Answer<Slice> {
        let instance = open.queue.instance;
        let run = |tx: Tx| async move {
            let key = records::move_task(instance, task.started_ms, &task.id);
            if let Some(task) = tx.load::<MoveTask>(&key).await? {
                tx.save(&key, &MoveTask { status, failure: failure.map(str::to_owned), ..task });
            }
            Ok(Slice::Over)
        };
        cx.cell(place).await?.transact(run).await
    }
}

fn journey(cx: &Cx, open: &Open, message: Message, to: String) -> Travelling {
    let mut head = message.head.clone();
    (head.sent_ms, head.due_ms) = (cx.now().0, 0);
    let id = crate::send::new_id(cx);
    let message = Message { head, id, dead_letter_source: None, ..message };
    Travelling { from: open.arn.clone(), to, message, state: State::default(), returned: false }
}
