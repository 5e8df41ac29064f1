//! Deliveries to queues: each a step of the outbox, on a lane of its subscription and message group. What the queue
//! refuses for good goes to the subscription's dead-letter queue at once; the message is kept once for both.

use api_sqs::{SendMessage, SendMessageRequest};
use floor::{Answer, Arn, As, Cx, Entry, Fault, Lane, Record as _, Region, Sender, first_format};
use serde::{Deserialize, Serialize};

use crate::{Sns, envelope, figures::Event, records::Attribute, topic::TopicName};

/// The step's name in the outbox.
pub(crate) const DELIVER: &str = "deliver";

/// A message to a queue, and the queue that has it where the first refuses it for good.
#[derive(Serialize, Deserialize)]
pub(crate) struct Delivery {
    topic_arn: String,
    pub(crate) body: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
    queue: String,
    dead: Option<String>,
    /// It is no message for a subscription: what one could not have, on its way to the dead-letter queue, or a notice.
    is_other: bool,
}

first_format!(Delivery);

impl Delivery {
    pub(crate) fn new(topic: &TopicName, body: String, queue: &Arn, dead: Option<&Arn>) -> Self {
        Self {
            topic_arn: topic.arn(),
            body,
            attributes: Vec::new(),
            group: None,
            deduplication: None,
            queue: queue.to_string(),
            dead: dead.map(Arn::to_string),
            is_other: false,
        }
    }

    /// The same, where the queue is the dead-letter queue.
    pub(crate) fn of_dead_letter(self) -> Self {
        Self { dead: None, is_other: true, ..self }
    }

    /// A notice about a subscription. A FIFO queue takes it as a group of its own.
    pub(crate) fn of_notice(topic: &TopicName, text: String, queue: &Arn, (of, id): (&str, &str)) -> Self {
        let ordered = |text: &str| envelope::is_fifo(queue).then(|| text.to_owned());
        let (group, deduplication) = (ordered(of), ordered(id));
        Self { is_other: true, group, deduplication, ..Self::new(topic, text, queue, None) }
    }

    /// The step, in the topic's region.
    pub(crate) fn entry(&self, lane: Lane, sender: &Sender) -> Option<Entry> {
        let region: Region = Arn::parse(&self.topic_arn)?.region().parse().ok()?;
        Some(Entry::step(lane, sender, &region, DELIVER, self.encode()))
    }

    pub(crate) async fn run(self, sns: &Sns, cx: &mut Cx) -> Answer<()> {
        let n = u64::from(!self.is_other);
        let count = |event| sns.figures.count(&cx.env().metrics, &self.topic_arn, event, n);
        let refused = match self.send(cx, &self.queue).await {
            None => return Ok(()),
            Some(Ok(())) => {
                count(Event::Delivered);
                return Ok(());
            }
            Some(Err(refused)) if is_final(&refused) => refused,
            Some(Err(later)) => return Err(later),
        };
        match self.send_on(cx).await {
            Some(Err(later)) if !is_final(&later) => return Err(later),
            _ => count(Event::Failed),
        }
        let (queue, code, why) = (&self.queue, refused.code(), refused.message());
        tracing::warn!(queue, code, why, "a delivery was refused for good");
        Ok(())
    }

    async fn send_on(&self, cx: &Cx) -> Option<Result<(), Fault>> {
        self.send(cx, self.dead.as_deref()?).await
    }

    /// Sends it to one of the queues; `None` where that cannot be one.
    async fn send(&self, cx: &Cx, queue: &str) -> Option<Result<(), Fault>> {
        let (queue, topic) = (Arn::parse(queue)?, TopicName::of_arn(&self.topic_arn, "TopicArn").ok()?);
        let region: Region = queue.region().parse().ok()?;
        let attributes: wire::Map<_> = self.attributes.iter().map(envelope::raw_attribute).collect();
        let request = SendMessageRequest {
            queue_url: envelope::queue_url(&queue),
            message_body: self.body.clone(),
            message_attributes: (!self.attributes.is_empty()).then_some(attributes),
            message_group_id: self.group.clone(),
            message_deduplication_id: self.deduplication.clone(),
            ..SendMessageRequest::default()
        };
        let as_topic = As::Service { source_arn: topic.arn(), source_account: topic.account };
        Some(cx.call::<SendMessage>(as_topic, &region, request).await.map(|_| ()))
    }
}

/// Whether trying again would not help.
fn is_final(fault: &Fault) -> bool {
    let code = fault.code();
    fault.status() < 500
        && fault.status() != 429
        && !["Throttl", "SlowDown", "OverLimit"].iter().any(|word| code.contains(word))
}
