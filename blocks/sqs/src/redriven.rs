//! Messages that leave a queue by themselves: to a dead-letter queue, or for good.
//!
//! The other queue may live in another cell, so a message travels through the outbox: one transaction takes it out of
//! its queue and records the step that brings it to the other. The step may run more than once; the receiving queue
//! remembers which deliveries it has taken.

use std::sync::{Arc, OnceLock};

use floor::{Answer, As, Cx, Entry, Get, Lane, Placement, Record as _, Sender, Tx, first_format};
use seal::MessageKey;
use serde::{Deserialize, Serialize};

use crate::{
    Sqs, digest,
    names::QueueName,
    open::Open,
    receive::Leaving,
    records::{self, Head, Message, Queue, State},
    remove::{leave, take_out},
    send::{self, Parcel},
};

/// The step's name in the outbox.
pub(crate) const ARRIVE: &str = "arrive";

/// A message on its way to another queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Travelling {
    /// The ARN of the queue that it leaves.
    pub(crate) from: String,
    /// The ARN of the queue that it goes to.
    pub(crate) to: String,
    pub(crate) message: Message,
    pub(crate) state: State,
    /// It has come back from a queue that is gone.
    pub(crate) returned: bool,
}

first_format!(Travelling);

impl Travelling {
    /// The step, to be recorded in the transaction that takes the message out of its queue. One order is kept for
    /// each message group.
    pub(crate) fn entry(&self, sender: &Sender) -> Answer<Entry> {
        let (_, region) = QueueName::of_arn(&self.to).ok_or_else(unreadable)?;
        let lane = Lane::new(&self.to, self.message.head.group.as_deref().unwrap_or_default());
        Ok(Entry::step(lane, sender, &region, ARRIVE, self.encode()))
    }
}

fn unreadable() -> floor::Fault {
    floor::fault::internal("the ARN of a travelling message's queue cannot be read")
}

impl Sqs {
    /// Takes messages out of their queue that were received too often or kept too long. Answers `false`, and does
    /// nothing with those that were received too often, where their dead-letter queue is gone.
    pub(crate) async fn dismiss(
        &self,
        cx: &mut Cx,
        place: &Placement,
        open: &Open,
        leaving: &Leaving,
    ) -> Answer<bool> {
        let target = match &open.queue.settings.redrive {
            Some(redrive) if !leaving.dead.is_empty() => self.find_arn(cx, &redrive.target).await?,
            _ => None,
        };
        let sender =
            &cx.sender(As::Service { source_arn: open.arn.clone(), source_account: open.name.account });
        let moved = target.is_some() || leaving.dead.is_empty();
        let target = &target;
        let run = |tx: Tx| async move {
            let queue: Option<Queue> = tx.load(&records::queue(&open.name)).await?;
            if queue.is_none_or(|q| q.instance != open.queue.instance) {
                return Ok(()); // deleted meanwhile, with all its messages
            }
            let instance = open.queue.instance;
            let mut gone = Vec::new();
            for stamp in &leaving.expired {
                if let Some(stored) = tx.get(&records::message(instance, *stamp)).await? {
                    let head = Head::of(&stored)?;
                    if head.due_ms > 0 {
                        tx.delete(&records::delay(instance, head.due_ms, *stamp));
                    }
                    take_out(&tx, instance, *stamp);
                    gone.push(*stamp);
                }
            }
            for stamp in leaving.dead.iter().filter(|_| target.is_some()) {
                let message = open.message(&tx, *stamp).await?;
                let state: Option<State> = tx.load(&records::state(instance, *stamp)).await?;
                if let (Some(message), Some(state), Some(target)) = (message, state, target) {
                    take_out(&tx, instance, *stamp);
                    let (from, to) = (open.arn.clone(), target.arn.clone());
                    let message = Message { dead_letter_source: Some(from.clone()), ..message };
                    tx.outbox(Travelling { from, to, message, state, returned: false }.entry(sender)?);
                    gone.push(*stamp);
                }
            }
            leave(&tx, open, gone);
            Ok(())
        };
        cx.cell(place).await?.transact(run).await?;
        Ok(moved)
    }

    /// The queue of an ARN.
    pub(crate) async fn find_arn(&self, cx: &Cx, arn: &str) -> Answer<Option<Arc<Open>>> {
        let Some((name, region)) = QueueName::of_arn(arn) else { return Ok(None) };
        let view = cx.view(&name.place(&region)).await?;
        self.queues.find(&view, &region, &name).await
    }

    /// Brings a message into the queue that it goes to; where that is gone, back into the one that it came from.
    pub(crate) async fn arrive(&self, cx: &mut Cx, travelling: Travelling) -> Answer<()> {
        let now = cx.now().0;
        let (name, region) = QueueName::of_arn(&travelling.to).ok_or_else(unreadable)?;
        let delivery = cx.delivery().map(|d| digest::short(&[&d.0])).unwrap_or_default();
        let place = name.place(&region);
        let mut nonce = [0; MessageKey::NONCE_BYTES];
        cx.env().random.fill(&mut nonce);
        let taken = {
            let (travelling, name, region) = (&travelling, &name, &region);
            let run = |tx: Tx| async move {
                let Some(open) = self.queues.find(&tx, region, name).await? else { return Ok(false) };
                let marker = records::taken(open.queue.instance, &delivery);
                if tx.get(&marker).await?.is_some() {
                    return Ok(true);
                }
                tx.put(&marker, now.to_be_bytes().to_vec());
                put(&tx, &open, travelling, now, nonce).await?;
                Ok(true)
            };
            cx.cell(&place).await?.transact(run).await?
        };
        if taken || travelling.returned {
            return Ok(()); // both queues are gone, and with them their messages
        }
        let Travelling { from, to, mut message, state, .. } = travelling;
        message.dead_letter_source = None;
        let back = Travelling { from: to, to: from, message, state, returned: true };
        Box::pin(self.arrive(cx, back)).await
    }
}

/// What a message is encrypted under when it arrives.
type Nonce = [u8; MessageKey::NONCE_BYTES];

async fn put(tx: &Tx, open: &Open, travelling: &Travelling, now: u64, nonce: Nonce) -> Answer<()> {
    let instance = open.queue.instance;
    let mut message = travelling.message.clone();
    message.head.due_ms = 0;
    if open.is_fifo() {
        // "For FIFO queues, the enqueue timestamp resets when the message moves" (developer guide,
        // sqs-dead-letter-queues). A standard queue keeps it, and with it the end of the message.
        message.head.sent_ms = now;
    } else if !open.queue.mixed_ages {
        tx.save(&records::queue(&open.name), &Queue { mixed_ages: true, ..open.queue.clone() });
    }
    let (leader, sent_ms) = (open.leader.clone(), message.head.sent_ms);
    tx.on_commit(move |_| leader.older(sent_ms));
    if travelling.state.receives > 0 {
        let state = State { hidden_until_ms: 0, ..travelling.state };
        tx.put_stamped(&records::states(instance), &[0], state.encode());
    }
    let parcel = Parcel::with_nonce(&message, None, nonce);
    send::store(tx, open, &[parcel], now, &Arc::new(OnceLock::new())).await?;
    Ok(())
}
