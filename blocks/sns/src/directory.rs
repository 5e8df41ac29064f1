//! The region's listings of topics and subscriptions.
//!
//! A topic lives in its own cell and its entry in the directory's; no transaction spans the two. Whoever changes a
//! topic records a step in the same commit that brings the entry up to date, and takes it at once himself so that the
//! next listing shows the change. The step looks at what is true now and writes that; one runs at a time, so the last
//! one after the last change leaves the truth.

use floor::{Answer, As, Cx, Entry, Get, Lane, Placement, Sender, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    Sns, filter_count,
    records::{self, Listed, Subscription},
    topic::TopicName,
};

/// What is to be brought up to date.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Change {
    topic_arn: String,
    /// One of its subscriptions, rather than the topic itself: its id and owner.
    subscription: Option<(String, floor::AccountId)>,
}

first_format!(Change);

/// The step's name in the outbox.
pub(crate) const LIST: &str = "list";

impl Change {
    pub(crate) fn of_topic(topic: &TopicName) -> Self {
        Self { topic_arn: topic.arn(), subscription: None }
    }

    pub(crate) fn of_subscription(topic: &TopicName, id: &str, owner: floor::AccountId) -> Self {
        Self { topic_arn: topic.arn(), subscription: Some((id.to_owned(), owner)) }
    }

    /// The step, to be recorded in the transaction that makes the change.
    pub(crate) fn entry(&self, sender: &Sender, topic: &TopicName) -> Entry {
        let lane = Lane::new("sns-directory", &self.topic_arn);
        Entry::step(lane, sender, &topic.region, LIST, floor::Record::encode(self))
    }

    /// An identity for that entry.
    pub(crate) fn sender(cx: &Cx, topic: &TopicName) -> Sender {
        cx.sender(As::Service { source_arn: topic.arn(), source_account: topic.account })
    }
}

impl Sns {
    /// Brings the directory up to date.
    pub(crate) async fn list(&self, cx: &mut Cx, change: &Change) -> Answer<()> {
        let _one_at_a_time = self.listing.lock().await;
        let topic = TopicName::of_arn(&change.topic_arn, "TopicArn")?;
        let view = cx.view(&topic.place_anywhere()).await?;
        let found = topic.find(&view).await?;
        let subscription = match (&found, &change.subscription) {
            (Some(t), Some((id, _))) => {
                view.load::<Subscription>(&records::subscription(&t.instance, id)).await?
            }
            _ => None,
        };
        drop(view);
        let directory = Placement::directory(&topic.region);
        let (topic, found, subscription) = (&topic, &found, &subscription);
        let write = |tx: floor::Tx| async move {
            match &change.subscription {
                None if found.is_some() => {
                    tx.put(&records::topic_listed(topic.account, &topic.name), &b"1"[..]);
                }
                None => tx.delete(&records::topic_listed(topic.account, &topic.name)),
                Some((id, owner)) => {
                    let arn = format!("{}:{id}", change.topic_arn);
                    let key = records::subscription_listed(*owner, &arn);
                    let had = tx.load::<Listed>(&key).await?.is_some_and(|listed| listed.is_filtered);
                    let has = subscription.as_ref().is_some_and(filter_count::has);
                    filter_count::add_to_account(&tx, *owner, (had, has));
                    match subscription {
                        Some(s) => tx.save(&key, &Listed::of(s, &arn, &change.topic_arn)),
                        None => tx.delete(&key),
                    }
                }
            }
            Ok(())
        };
        cx.cell(&directory).await?.transact(write).await
    }
}

impl Listed {
    pub(crate) fn of(s: &Subscription, arn: &str, topic_arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            owner: s.owner,
            protocol: s.protocol.clone(),
            endpoint: s.endpoint.clone(),
            topic_arn: topic_arn.to_owned(),
            pending: s.pending_until_ms.is_some(),
            is_filtered: filter_count::has(s),
        }
    }
}
