//! What is told of queues: counters since the server knows them, and how many messages they hold now.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use floor::{Answer, Floor, Get, Key, Placement, Record as _, Region};
use serde::{Deserialize, Serialize};

use crate::{
    Sqs,
    names::QueueName,
    records::{self, Head, Listed},
    tend::name_of,
};

/// Queues that are told of at a time; more are only counted.
const QUEUES_MAX: usize = 10_000;
const PAGE: usize = 500;

/// What happened to one queue since the server knows it.
#[derive(Default, Debug)]
pub struct Tally {
    pub(crate) sent: AtomicU64,
    pub(crate) received: AtomicU64,
    pub(crate) deleted: AtomicU64,
    pub(crate) empty_receives: AtomicU64,
}

/// One queue, in the words of AWS's metrics.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html>
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// Where it is.
    pub region: String,
    /// Its owner.
    pub account: String,
    /// Its name.
    pub name: String,
    /// `NumberOfMessagesSent`.
    pub sent: u64,
    /// `NumberOfMessagesReceived`.
    pub received: u64,
    /// `NumberOfMessagesDeleted`.
    pub deleted: u64,
    /// `NumberOfEmptyReceives`.
    pub empty_receives: u64,
    /// `ApproximateNumberOfMessagesVisible`.
    pub visible: u64,
    /// `ApproximateNumberOfMessagesNotVisible`.
    pub in_flight: u64,
    /// `ApproximateNumberOfMessagesDelayed`.
    pub delayed: u64,
    /// `ApproximateAgeOfOldestMessage`, in milliseconds; none where there is no message.
    pub oldest_ms: Option<u64>,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
}

impl Sqs {
    /// All queues of the regions that have data, and how many more there are than are told of.
    pub async fn figures(&self, floor: &Floor) -> Answer<(Vec<QueueFigures>, u64)> {
        let (mut all, mut left_out) = (Vec::new(), 0);
        for region in floor.cells.regions() {
            let mut range = Key::of("listed").all();
            loop {
                let directory = floor.view::<Self>(&Placement::directory(&region)).await?;
                let page = directory.range(range.clone(), PAGE).await?;
                for (key, stored) in &page {
                    if all.len() >= QUEUES_MAX {
                        left_out += 1;
                        continue;
                    }
                    let name = name_of(key, 1)?;
                    all.push(self.figures_of(floor, &region, &name, Listed::decode(stored)?).await?);
                }
                match page.last() {
                    Some((last, _)) if page.len() == PAGE => range.start = floor::key::successor(last),
                    _ => break,
                }
            }
        }
        Ok((all, left_out))
    }

    async fn figures_of(
        &self,
        floor: &Floor,
        region: &Region,
        name: &QueueName,
        listed: Listed,
    ) -> Answer<QueueFigures> {
        let place = name.place(region);
        let view = floor.view::<Self>(&place).await?;
        let counted = floor::tx::counter(view.get(&records::count(listed.instance)).await?.as_ref())?;
        let mut figures = QueueFigures {
            region: region.as_str().to_owned(),
            account: name.account.to_string(),
            name: name.name.clone(),
            dead_letter: listed.dead_letter,
            ..QueueFigures::default()
        };
        if let Some(leader) = self.queues.known_leader(listed.instance) {
            let tally = &leader.tally;
            figures.sent = tally.sent.load(Relaxed);
            figures.received = tally.received.load(Relaxed);
            figures.deleted = tally.deleted.load(Relaxed);
            figures.empty_receives = tally.empty_receives.load(Relaxed);
        }
        if counted <= 0 {
            return Ok(figures);
        }
        let now = floor.env.clocks.service.now().0;
        let oldest = view.range(records::messages(listed.instance).all(), 1).await?;
        if let Some((_, stored)) = oldest.first() {
            figures.oldest_ms = Some(now.saturating_sub(Head::of(stored)?.sent_ms));
        }
        if let Some(open) = self.queues.find(&view, region, name).await? {
            (figures.in_flight, figures.delayed) = self.counts(floor, &place, &open).await?;
        }
        figures.visible = (counted as u64).saturating_sub(figures.in_flight + figures.delayed);
        Ok(figures)
    }
}
