//! Deliveries that are too large to be kept twice, once for the queue and once for its dead-letter queue.

use api_sqs::{SendMessage, SendMessageRequest};
use floor::{Answer, Arn, As, Cx, Entry, Fault, Lane, Record as _, Region, Sender, first_format};
use serde::{Deserialize, Serialize};

use crate::{envelope, topic::TopicName};

/// The step's name in the outbox.
pub(crate) const DELIVER: &str = "deliver";

/// A message to a queue, and the queue that has it where the first refuses it for good.
#[derive(Serialize, Deserialize)]
pub(crate) struct Delivery {
    topic_arn: String,
    request: Vec<u8>,
    queue: String,
    dead: Option<String>,
}

first_format!(Delivery);

impl Delivery {
    pub(crate) fn of(
        topic: &TopicName,
        request: &SendMessageRequest,
        queue: &Arn,
        dead: Option<&Arn>,
    ) -> Self {
        Self {
            topic_arn: topic.arn(),
            request: wire::pack::pack(request),
            queue: queue.to_string(),
            dead: dead.map(Arn::to_string),
        }
    }

    /// The step, in the topic's region.
    pub(crate) fn entry(&self, lane: Lane, sender: &Sender) -> Option<Entry> {
        let region: Region = Arn::parse(&self.topic_arn)?.region().parse().ok()?;
        Some(Entry::step(lane, sender, &region, DELIVER, self.encode()))
    }

    pub(crate) async fn run(self, cx: &mut Cx) -> Answer<()> {
        let Some(Err(refused)) = self.send(cx, &self.queue).await else { return Ok(()) };
        let is_final = refused.status() < 500 && refused.status() != 429;
        let dead = self.dead.as_deref().filter(|_| is_final);
        let Some(dead) = dead else { return Err(refused) };
        self.send(cx, dead).await.unwrap_or(Ok(()))
    }

    /// Sends it to one of the queues; `None` where that cannot be one.
    async fn send(&self, cx: &Cx, queue: &str) -> Option<Result<(), Fault>> {
        let (queue, topic) = (Arn::parse(queue)?, TopicName::of_arn(&self.topic_arn, "TopicArn").ok()?);
        let region: Region = queue.region().parse().ok()?;
        let mut request = SendMessageRequest::default();
        wire::pack::unpack(&self.request, &mut request).ok()?;
        request.queue_url = envelope::queue_url(&queue);
        let as_topic = As::Service { source_arn: topic.arn(), source_account: topic.account };
        Some(cx.call::<SendMessage>(as_topic, &region, request).await.map(|_| ()))
    }
}
