//! The one way to delete messages that were received.

use std::sync::Arc;

use floor::{Admitted, Answer, Cx, Get, Handle, Placement, Tx};
use wire::Operation;

use crate::{
    Sqs,
    fault::Refused,
    open::Open,
    quotas::Quotas,
    receipt::Receipt,
    records::{self, Head, State},
    stamp::Stamp,
};

/// A receipt handle, as text and as it was read.
pub(crate) struct Presented<'a> {
    pub(crate) handle: &'a str,
    pub(crate) receipt: Receipt,
}

impl<'a> Presented<'a> {
    /// Reads a handle of a queue.
    pub(crate) fn read(open: &Open, handle: &'a str) -> Result<Self, Refused> {
        Ok(Self { handle, receipt: Receipt::read(handle, &open.queue.secret)? })
    }
}

impl Sqs {
    /// The message groups of messages that are to be deleted, where they have quotas of their own.
    pub(crate) async fn groups_of(
        &self,
        cx: &Cx,
        (place, open): (&Placement, &Open),
        presented: &[Presented<'_>],
    ) -> Answer<Vec<String>> {
        let mut groups = Vec::new();
        if self.quotas.is_none() || !Quotas::has_partitions(open) {
            return Ok(groups);
        }
        let view = cx.view(place).await?;
        for one in presented {
            let stored = view.get(&records::message(open.queue.instance, one.receipt.stamp)).await?;
            groups.extend(stored.map(|stored| Head::of(&stored)).transpose()?.and_then(|head| head.group));
        }
        Ok(groups)
    }

    /// Deletes messages, durable when this answers; one answer for each.
    ///
    /// A standard queue takes any handle that it gave for the message, also one of an earlier receive ("Older receipt
    /// handles might succeed when you use standard queues", <https://repost.aws/knowledge-center/sqs-receipt-handle-error>):
    /// whoever has one has done the work. A FIFO queue takes the last one only, and only while the message is hidden.
    pub(crate) async fn remove<O: Operation>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        presented: &[Presented<'_>],
    ) -> Answer<Vec<Result<(), Refused>>>
    where
        Self: Handle<O, Loaded = Arc<Open>>,
    {
        if presented.is_empty() {
            return Ok(Vec::new());
        }
        let now = cx.now().0;
        let secret = at.loaded.queue.secret;
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            if open.queue.secret != secret {
                return Err(Refused::NoSuchQueue.into()); // made anew under the same name
            }
            delete(&tx, &open, presented, now).await
        };
        let (outcomes, deleted) = cx.cell(&at.place).await?.transact(run).await?;
        self.figures.deleted.add(deleted);
        at.loaded.leader.tally.deleted.fetch_add(deleted, std::sync::atomic::Ordering::Relaxed);
        Ok(outcomes)
    }
}

async fn delete(
    tx: &Tx,
    open: &Open,
    presented: &[Presented<'_>],
    now: u64,
) -> Answer<(Vec<Result<(), Refused>>, u64)> {
    let mut outcomes = Vec::with_capacity(presented.len());
    let mut gone: Vec<Stamp> = Vec::with_capacity(presented.len());
    for Presented { handle, receipt } in presented {
        let (instance, stamp) = (open.queue.instance, receipt.stamp);
        let state: Option<State> = tx.load(&records::state(instance, stamp)).await?;
        let there = match state {
            Some(state) if open.is_fifo() => {
                if state.receives != receipt.receives || state.hidden_until_ms <= now {
                    outcomes.push(Err(Refused::expired(handle)));
                    continue;
                }
                true
            }
            Some(_) => true,
            // Deleted already; or a crash has taken back that it was received, which it was all the same.
            None => match tx.get(&records::message(instance, stamp)).await? {
                Some(stored) => {
                    let due_ms = Head::of(&stored)?.due_ms;
                    if due_ms > 0 {
                        tx.delete(&records::delay(instance, due_ms, stamp));
                    }
                    true
                }
                None => false,
            },
        };
        if there {
            take_out(tx, instance, stamp);
            gone.push(stamp);
        }
        outcomes.push(Ok(()));
    }
    let deleted = gone.len() as u64;
    leave(tx, open, gone);
    Ok((outcomes, deleted))
}

/// Takes out a message and its state.
pub(crate) fn take_out(tx: &Tx, instance: u64, stamp: Stamp) {
    tx.delete(&records::message(instance, stamp));
    tx.delete(&records::state(instance, stamp));
}

/// Messages that were taken out are counted, and the leader is told.
pub(crate) fn leave(tx: &Tx, open: &Open, gone: Vec<Stamp>) {
    if gone.is_empty() {
        return;
    }
    tx.add(&records::count(open.queue.instance), -(gone.len() as i64));
    let leader = open.leader.clone();
    tx.on_commit(move |commit| leader.removed(gone, commit.batch));
}
