//! What a subscriber receives.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>

use api_sqs::{MessageAttributeValue, SendMessageRequest};
use base64::{Engine, prelude::BASE64_STANDARD};
use floor::{Arn, Timestamp};
use serde_json::{Map, Value, json};

use crate::{
    limits,
    records::{AttributeValue, Message, Subscription},
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

/// The JSON envelope. Signature, SigningCertURL and SignatureVersion are not there: messages are not signed yet, and
/// a value that no validator accepts would be worse than none.
fn envelope(message: &Message, subscription_arn: &str, region: &str, is_replayed: bool) -> String {
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
    put("Message", body_for(message, "sqs").into());
    put("Timestamp", timestamp(message.at_ms).into());
    let unsubscribe =
        format!("https://sns.{region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription_arn}");
    put("UnsubscribeURL", unsubscribe.into());
    if !message.attributes.is_empty() {
        put("MessageAttributes", attributes_json(message));
    }
    if is_replayed {
        put(REPLAYED, "true".into());
    }
    pretty(&all)
}

/// What tells a message that is delivered again from an archive: "It includes a Replayed attribute".
/// <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html>
const REPLAYED: &str = "Replayed";

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

/// The call that brings `message` to a queue. `None` where it cannot be mapped: raw delivery takes ten attributes at
/// most, and AWS drops a message that has more as a client error.
pub(crate) fn to_queue(
    message: &Message,
    to: &Subscription,
    arn: &str,
    queue: &Arn,
    is_replayed: bool,
) -> Option<SendMessageRequest> {
    if to.raw() && message.attributes.len() > limits::RAW_ATTRIBUTES_MAX {
        return None;
    }
    let fifo = is_fifo(queue);
    let mut request = SendMessageRequest { queue_url: queue_url(queue), ..SendMessageRequest::default() };
    request.message_group_id.clone_from(&message.group);
    if fifo {
        request.message_deduplication_id.clone_from(&message.deduplication);
    }
    if to.raw() {
        request.message_body = body_for(message, "sqs");
        let mut attributes: wire::Map<_> = message.attributes.iter().map(raw_attribute).collect();
        if is_replayed && attributes.len() < limits::RAW_ATTRIBUTES_MAX {
            let value = Some("true".to_owned());
            let mark = MessageAttributeValue {
                data_type: "String".into(),
                string_value: value,
                ..Default::default()
            };
            attributes.insert(REPLAYED.to_owned(), mark);
        }
        request.message_attributes = (!attributes.is_empty()).then_some(attributes);
    } else {
        request.message_body = envelope(message, arn, queue.region(), is_replayed);
    }
    // No queue takes more, and so it is like a message that cannot be mapped.
    (request.message_body.len() <= limits::QUEUE_BODY_BYTES_MAX).then_some(request)
}

fn raw_attribute(attribute: &crate::records::Attribute) -> (String, MessageAttributeValue) {
    let mut value =
        MessageAttributeValue { data_type: attribute.data_type.clone(), ..MessageAttributeValue::default() };
    match &attribute.value {
        AttributeValue::Text(text) => value.string_value = Some(text.clone()),
        AttributeValue::Binary(bytes) => value.binary_value = Some(bytes.clone().into()),
    }
    (attribute.name.clone(), value)
}
