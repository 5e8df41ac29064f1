//! SQS: queues.
//!
//! Messages live in the queue's cell, in the order of their arrival ([`records`]); what makes receives quick is kept
//! in memory by the queue's [`leader`]. Every door ends in one of four functions: [`send`], [`receive`], [`remove`],
//! [`visibility`].

pub mod attributes;
pub mod batch;
pub mod digest;
pub mod directory;
pub mod fault;
pub mod figures;
#[cfg(test)]
mod fuzz;
pub mod lag;
pub mod leader;
pub mod limits;
mod listing;
pub mod locked;
pub mod message;
mod moving;
pub mod names;
pub mod open;
mod pages;
mod permission;
pub mod quotas;
pub mod receipt;
pub mod receive;
pub mod records;
pub mod redrive;
pub mod redriven;
pub mod remove;
#[cfg(test)]
mod scale;
pub mod send;
mod settings;
pub mod stamp;
mod tags;
mod tend;
pub mod visibility;

/// The operations, one file each.
pub mod ops {
    pub mod add_permission;
    pub mod cancel_message_move_task;
    pub mod change_message_visibility;
    pub mod change_message_visibility_batch;
    pub mod create_queue;
    pub mod delete_message;
    pub mod delete_message_batch;
    pub mod delete_queue;
    pub mod get_queue_attributes;
    pub mod get_queue_url;
    pub mod list_dead_letter_source_queues;
    pub mod list_message_move_tasks;
    pub mod list_queue_tags;
    pub mod list_queues;
    pub mod purge_queue;
    pub mod receive_message;
    pub mod remove_permission;
    pub mod send_message;
    pub mod send_message_batch;
    pub mod set_queue_attributes;
    pub mod start_message_move_task;
    pub mod tag_queue;
    pub mod untag_queue;
}

use std::{sync::Arc, time::Duration};

use api_sqs::{
    AddPermission, CancelMessageMoveTask, ChangeMessageVisibility, ChangeMessageVisibilityBatch, CreateQueue,
    DeleteMessage, DeleteMessageBatch, DeleteQueue, GetQueueAttributes, GetQueueUrl,
    ListDeadLetterSourceQueues, ListMessageMoveTasks, ListQueueTags, ListQueues, PurgeQueue, ReceiveMessage,
    RemovePermission, SendMessage, SendMessageBatch, SetQueueAttributes, StartMessageMoveTask, TagQueue,
    UntagQueue,
};
use env::{Counter, Env, Metrics};
use floor::{Block, Cx, Denial, Fault, Master, Record, Service, data_keys::Kept};
use wire::{Meta, ServiceMeta, Violation};

use crate::open::{Open, Queues};

/// The block.
pub struct Sqs {
    queues: Queues,
    /// The data keys of KMS that are used again.
    data_keys: Kept,
    /// The directory is brought up to date by one at a time.
    listing: tokio::sync::Mutex<()>,
    round: tend::Round,
    figures: Figures,
    /// What holds FIFO queues to their quotas, where that is wanted.
    quotas: Option<quotas::Quotas>,
    /// What makes standard queues as unsure as AWS's, where that is wanted.
    lag: Option<Arc<lag::Lag>>,
}

/// What is counted.
struct Figures {
    sent: Counter,
    received: Counter,
    deleted: Counter,
    empty_receives: Counter,
}

impl Sqs {
    /// A block that knows no queue yet.
    /// The keys of its queues are sealed with `seal`.
    pub fn new(env: &Env, seal: &Master) -> Self {
        let counter = |name| env.metrics.counter(name, "");
        Self {
            queues: Queues::new(env.clocks.service.clone(), seal.clone()),
            data_keys: Kept::default(),
            listing: tokio::sync::Mutex::default(),
            round: tend::Round::default(),
            figures: Figures {
                sent: counter("kumiki_sqs_messages_sent_total"),
                received: counter("kumiki_sqs_messages_received_total"),
                deleted: counter("kumiki_sqs_messages_deleted_total"),
                empty_receives: counter("kumiki_sqs_empty_receives_total"),
            },
            quotas: None,
            lag: None,
        }
    }

    /// The same, but FIFO queues take no more requests than AWS's: see [`quotas`].
    #[must_use]
    pub fn with_quotas(self) -> Self {
        Self { quotas: Some(quotas::Quotas::default()), ..self }
    }

    /// The same, but standard queues duplicate, reorder and miss messages now and then: see [`lag`].
    #[must_use]
    pub fn with_realistic_consistency(self, seed: u64) -> Self {
        Self { lag: Some(Arc::new(lag::Lag::new(seed))), ..self }
    }

    /// Takes one request from a queue's quota, where there is any.
    pub(crate) fn admit<'a>(
        &self,
        cx: &Cx,
        open: &Open,
        action: quotas::Action,
        groups: impl Iterator<Item = &'a str>,
    ) -> Result<(), fault::Refused> {
        match &self.quotas {
            Some(quotas) => quotas.admit(open, action, groups, cx.now().0),
            None => Ok(()),
        }
    }
}

impl Block for Sqs {
    const NAME: &'static str = "sqs";
    const PRINCIPAL: &'static str = "sqs.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_sqs::SERVICE
    }

    /// Policies of queues may let anybody in.
    fn takes_unsigned(_: &'static Meta) -> bool {
        true
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::violated(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(block: Arc<Sqs>, metrics: &Metrics) -> Service<Sqs> {
    Service::new(block, metrics)
        .serve::<AddPermission>()
        .serve::<CancelMessageMoveTask>()
        .serve::<ChangeMessageVisibility>()
        .serve::<ChangeMessageVisibilityBatch>()
        .serve::<CreateQueue>()
        .serve::<DeleteMessage>()
        .serve::<DeleteMessageBatch>()
        .serve::<DeleteQueue>()
        .serve::<GetQueueAttributes>()
        .serve::<GetQueueUrl>()
        .serve::<ListDeadLetterSourceQueues>()
        .serve::<ListMessageMoveTasks>()
        .serve::<ListQueueTags>()
        .serve::<ListQueues>()
        .serve::<PurgeQueue>()
        .serve::<ReceiveMessage>()
        .serve::<RemovePermission>()
        .serve::<SendMessage>()
        .serve::<SendMessageBatch>()
        .serve::<SetQueueAttributes>()
        .serve::<StartMessageMoveTask>()
        .serve::<TagQueue>()
        .serve::<UntagQueue>()
        .step(directory::LIST, |sqs, cx, input| {
            Box::pin(async move { sqs.list(cx, &directory::Change::read(input)?).await })
        })
        .step(redriven::ARRIVE, |sqs, cx, input| {
            Box::pin(async move { sqs.arrive(cx, redriven::Travelling::decode(input)?).await })
        })
        .step(moving::MOVE, |sqs, cx, input| {
            Box::pin(async move { sqs.move_all(cx, &moving::TaskAt::decode(input)?).await })
        })
        .caretaker("sqs-tend", Duration::from_secs(60), |sqs, cx| Box::pin(async move { sqs.tend(cx).await }))
}
