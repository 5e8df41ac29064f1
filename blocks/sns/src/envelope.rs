//! What a subscriber receives.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>

use api_sqs::MessageAttributeValue;
use base64::{Engine, prelude::BASE64_STANDARD};
use floor::{Arn, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::sync::Arc;

use crate::{
    delivery::Delivery,
    limits,
    records::{Attribute, AttributeValue, Message, Subscription},
    signing::{self, Version},
    topic::TopicName,
};

/// The text for `protocol`: with `MessageStructure=json` the one under its name, or `default`.
pub(crate) fn body_for(message: &Message, protocol: &str) -> String {
    if message.per_protocol
        && let Ok(Value::Object(texts)) = serde_json::from_str(&message.body)
        && let Some(Value::String(text)) = texts.get(protocol).or_else(|| texts.get("default"))
    {
        return text.clone();
    }
    message.body.clone()
}

/// The attributes as filters see them: an object, in which a `String.Array` has several values.
pub(crate) fn seen(message: &Message) -> Value {
    let mut all = Map::new();
    for attribute in &message.attributes {
        let AttributeValue::Text(text) = &attribute.value else { continue };
        let value = match attribute.data_type.split('.').next() {
            Some("Number") => text.parse::<f64>().map(Value::from).unwrap_or_default(),
            Some("String") if attribute.data_type == "String.Array" => array(text),
            Some("String") => text.clone().into(),
            _ => continue,
        };
        all.insert(attribute.name.clone(), value);
    }
    Value::Object(all)
}

/// "A valid String.Array attribute is a JSON array of strings, numbers and the keywords"; what nests is not seen.
fn array(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items.into_iter().filter(|v| !v.is_object() && !v.is_array()).collect(),
        _ => Value::Array(Vec::new()),
    }
}

/// A signature, and the name of the certificate that it is verified with.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    pub(crate) version: Version,
    pub(crate) signature: Arc<str>,
    pub(crate) certificate: String,
}

impl Stamp {
    fn put(&self, to: &Subscription, all: &mut Map<String, Value>) {
        all.insert("SignatureVersion".into(), self.version.text().into());
        all.insert("Signature".into(), (*self.signature).into());
        all.insert("SigningCertURL".into(), certificate_url(&to.base_url, &self.certificate).into());
    }
}

/// Those who verify take a certificate over TLS only; the same port speaks it.
fn certificate_url(base_url: &str, name: &str) -> String {
    let host = base_url.split_once("://").map_or(base_url, |(_, host)| host);
    format!("https://{host}/{name}")
}

/// What is signed of a message whose body is `body`.
pub(crate) fn signed_text(message: &Message, body: &str) -> String {
    let at = timestamp(message.at_ms);
    let mut fields = vec![("Message", body), ("MessageId", &message.id)];
    if let Some(subject) = &message.subject {
        fields.push(("Subject", subject));
    }
    fields.extend([("Timestamp", at.as_str()), ("TopicArn", &message.topic_arn), ("Type", "Notification")]);
    signing::text(&fields)
}

/// The JSON envelope. Messages of FIFO topics are not signed, as on AWS.
pub(crate) fn envelope(
    message: &Message,
    to: &Subscription,
    arn: &str,
    stamp: Option<&Stamp>,
    is_replayed: bool,
) -> String {
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
    put("Type", "Notification".into());
    put("MessageId", message.id.clone().into());
    if let Some(sequence) = message.sequence {
        put("SequenceNumber", sequence_text(sequence).into());
    }
    put("TopicArn", message.topic_arn.clone().into());
    if let Some(subject) = &message.subject {
        put("Subject", subject.clone().into());
    }
    put("Message", body_for(message, &to.protocol).into());
    put("Timestamp", timestamp(message.at_ms).into());
    if let Some(stamp) = stamp {
        stamp.put(to, &mut all);
    }
    let unsubscribe = unsubscribe_url(&to.base_url, arn);
    all.insert("UnsubscribeURL".to_owned(), unsubscribe.into());
    if !message.attributes.is_empty() {
        all.insert("MessageAttributes".to_owned(), attributes_json(message));
    }
    if is_replayed {
        all.insert(REPLAYED.to_owned(), "true".into());
    }
    pretty(&all)
}

/// What tells a message that is delivered again from an archive: "It includes a Replayed attribute".
/// <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html>
const REPLAYED: &str = "Replayed";
pub(crate) fn unsubscribe_url(base_url: &str, arn: &str) -> String {
    format!("{base_url}/?Action=Unsubscribe&SubscriptionArn={arn}")
}

/// A message about a subscription itself: it waits for confirmation, or has ended.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Notice {
    /// It has ended, and may be brought back.
    pub(crate) is_farewell: bool,
    pub(crate) id: String,
    pub(crate) topic_arn: String,
    pub(crate) token: String,
    pub(crate) at_ms: u64,
}

impl Notice {
    pub(crate) fn kind(&self) -> &'static str {
        if self.is_farewell { "UnsubscribeConfirmation" } else { "SubscriptionConfirmation" }
    }

    fn words(&self, arn: &str) -> String {
        if self.is_farewell {
            return format!(
                "You have chosen to deactivate subscription {arn}.\nTo cancel this operation and restore the \
                 subscription, visit the SubscribeURL included in this message."
            );
        }
        format!(
            "You have chosen to subscribe to the topic {}.\nTo confirm the subscription, visit the SubscribeURL \
             included in this message.",
            self.topic_arn
        )
    }

    pub(crate) fn url(&self, to: &Subscription) -> String {
        format!(
            "{}/?Action=ConfirmSubscription&TopicArn={}&Token={}",
            to.base_url, self.topic_arn, self.token
        )
    }

    /// What is signed of it.
    pub(crate) fn signed_text(&self, to: &Subscription, arn: &str) -> String {
        signing::text(&[
            ("Message", &self.words(arn)),
            ("MessageId", &self.id),
            ("SubscribeURL", &self.url(to)),
            ("Timestamp", &timestamp(self.at_ms)),
            ("Token", &self.token),
            ("TopicArn", &self.topic_arn),
            ("Type", self.kind()),
        ])
    }

    /// As it is sent.
    pub(crate) fn text(&self, to: &Subscription, arn: &str, stamp: Option<&Stamp>) -> String {
        let mut all = Map::new();
        for (name, value) in [
            ("Type", self.kind().to_owned()),
            ("MessageId", self.id.clone()),
            ("Token", self.token.clone()),
            ("TopicArn", self.topic_arn.clone()),
            ("Message", self.words(arn)),
            ("SubscribeURL", self.url(to)),
            ("Timestamp", timestamp(self.at_ms)),
        ] {
            all.insert(name.to_owned(), value.into());
        }
        if let Some(stamp) = stamp {
            stamp.put(to, &mut all);
        }
        pretty(&all)
    }
}

/// AWS writes `"name" : value`, one member a line; users' recordings compare the text.
fn pretty(all: &Map<String, Value>) -> String {
    let lines: Vec<_> =
        all.iter().map(|(name, value)| format!("  {} : {value}", Value::from(name.as_str()))).collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn attributes_json(message: &Message) -> Value {
    let one = |value: &AttributeValue| match value {
        AttributeValue::Text(text) => text.clone(),
        AttributeValue::Binary(bytes) => BASE64_STANDARD.encode(bytes),
    };
    let all = message
        .attributes
        .iter()
        .map(|a| (a.name.clone(), json!({"Type": a.data_type, "Value": one(&a.value)})));
    Value::Object(all.collect())
}

/// Sequence numbers have twenty digits.
pub(crate) fn sequence_text(sequence: u64) -> String {
    format!("1{sequence:019}")
}

pub(crate) fn timestamp(at_ms: u64) -> String {
    let mut text = String::new();
    wire::Time::from_millis(Timestamp(at_ms).0 as i64).write(wire::schema::TimeFormat::Iso, true, &mut text);
    text
}

/// The URL under which the SQS block knows the queue of an ARN.
pub(crate) fn queue_url(queue: &Arn) -> String {
    format!("https://sqs.{}.amazonaws.com/{}/{}", queue.region(), queue.account(), queue.resource())
}

/// Whether the queue's name says that it is a FIFO one: the suffix is lower-case on AWS.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "a suffix of AWS's, not of a file")]
pub(crate) fn is_fifo(queue: &Arn) -> bool {
    queue.resource().ends_with(".fifo")
}

/// The delivery that brings `message` to a queue. `None` where it cannot be mapped: raw delivery takes ten attributes at
/// most, and AWS drops a message that has more as a client error; no queue takes a body above a MiB.
pub(crate) fn to_queue(
    message: &Message,
    to: &Subscription,
    topic: &TopicName,
    queue: &Arn,
    (stamp, is_replayed): (Option<&Stamp>, bool),
) -> Option<Delivery> {
    if to.raw() && message.attributes.len() > limits::RAW_ATTRIBUTES_MAX {
        return None;
    }
    let arn = format!("{}:{}", topic.arn(), to.id);
    let body = if to.raw() {
        body_for(message, &to.protocol)
    } else {
        envelope(message, to, &arn, stamp, is_replayed)
    };
    if body.len() > limits::QUEUE_BODY_BYTES_MAX {
        return None;
    }
    let mut all = Delivery::new(topic, body, queue, to.dead_letter_queue().as_ref());
    all.group.clone_from(&message.group);
    if is_fifo(queue) {
        all.deduplication.clone_from(&message.deduplication);
    }
    if to.raw() {
        all.attributes.clone_from(&message.attributes);
        if is_replayed && all.attributes.len() < limits::RAW_ATTRIBUTES_MAX {
            let (name, value) = (REPLAYED.to_owned(), AttributeValue::Text("true".to_owned()));
            all.attributes.push(Attribute { name, data_type: "String".to_owned(), value });
        }
    }
    Some(all)
}

pub(crate) fn raw_attribute(attribute: &Attribute) -> (String, MessageAttributeValue) {
    let mut value =
        MessageAttributeValue { data_type: attribute.data_type.clone(), ..MessageAttributeValue::default() };
    match &attribute.value {
        AttributeValue::Text(text) => value.string_value = Some(text.clone()),
        AttributeValue::Binary(bytes) => value.binary_value = Some(bytes.clone().into()),
    }
    (attribute.name.clone(), value)
}
