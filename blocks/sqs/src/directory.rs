//! The region's listing of queues, and of the queues that send their dead letters elsewhere.
//!
//! A queue lives in its own cell and its entry in the directory's; no transaction spans the two. Whoever makes,
//! deletes or redirects a queue records a step in the same commit that brings the entry up to date, and takes it at
//! once himself, so that the next listing shows the change. The step looks at what is true now and writes that; one
//! runs at a time, so the last one after the last change leaves the truth, also after a crash between the two.

use floor::{Answer, As, Cx, Entry, Get, Lane, Placement, Record, Region, Sender, Tx, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    Sqs,
    names::QueueName,
    records::{self, Listed, Queue},
};

/// The step's name in the outbox.
pub(crate) const LIST: &str = "list";

/// A queue whose entry is to be brought up to date.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Change {
    arn: String,
}

first_format!(Change);

impl Change {
    pub(crate) fn of(name: &QueueName, region: &Region) -> Self {
        Self { arn: name.arn(region) }
    }

    pub(crate) fn read(stored: &[u8]) -> Answer<Self> {
        Self::decode(stored)
    }

    /// The step, to be recorded in the transaction that makes the change.
    pub(crate) fn entry(&self, sender: &Sender, region: &Region) -> Entry {
        Entry::step(Lane::new("sqs-directory", &self.arn), sender, region, LIST, self.encode())
    }

    /// An identity for that entry.
    pub(crate) fn sender(cx: &Cx, name: &QueueName) -> Sender {
        cx.sender(As::Service { source_arn: name.arn(cx.region()), source_account: name.account })
    }
}

impl Sqs {
    /// Brings the directory up to date.
    pub(crate) async fn list(&self, cx: &mut Cx, change: &Change) -> Answer<()> {
        let _one_at_a_time = self.listing.lock().await;
        let (name, region) = QueueName::of_arn(&change.arn)
            .ok_or_else(|| floor::fault::internal("the ARN of a listed queue cannot be read"))?;
        let truth = cx.view(&name.place(&region)).await?.load::<Queue>(&records::queue(&name)).await?;
        let truth = truth.map(|queue| Listed {
            instance: queue.instance,
            dead_letter: queue.settings.redrive.map(|r| r.target),
        });
        let (name, truth) = (&name, &truth);
        let write = |tx: Tx| async move {
            let key = records::listed(name);
            let before: Option<Listed> = tx.load(&key).await?;
            if before == *truth {
                return Ok(());
            }
            if let Some(target) = before.as_ref().and_then(|l| l.dead_letter.as_deref()) {
                tx.delete(&records::source(target, name));
            }
            match truth {
                None => tx.delete(&key),
                Some(listed) => {
                    tx.save(&key, listed);
                    if let Some(target) = &listed.dead_letter {
                        tx.put(&records::source(target, name), &b"1"[..]);
                    }
                }
            }
            Ok(())
        };
        cx.cell(&Placement::directory(&region)).await?.transact(write).await
    }
}
