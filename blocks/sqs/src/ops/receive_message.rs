//! ReceiveMessage: up to ten messages, hidden for a while.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>

use std::{collections::HashSet, sync::Arc, time::Duration};

use api_sqs::{Message, MessageAttributeValue, ReceiveMessage, ReceiveMessageRequest, ReceiveMessageResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};
use wire::Map;

use crate::{
    Sqs, attributes, digest,
    fault::Refused,
    leader::Attempt,
    limits::{RECEIVE_ATTEMPT_MS, RECEIVE_MAX, WAIT_S},
    message::{Attribute, Attributes, Value, is_fifo_id},
    open::{Open, place_of},
    quotas::Action,
    receipt::Receipt,
    receive::{Received, Wanted},
    send::uuid,
    visibility,
};

impl Handle<ReceiveMessage> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ReceiveMessage"];

    fn place(&self, caller: &Caller, input: &ReceiveMessageRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ReceiveMessageRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:ReceiveMessage").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ReceiveMessage, Self>,
        input: ReceiveMessageRequest,
    ) -> Answer<ReceiveMessageResult> {
        let wanted = wanted(&at.loaded, &input)?;
        check_names(input.attribute_names.as_deref().unwrap_or_default())?;
        let attempt = attempt(&at.loaded, &input)?;
        self.admit(cx, &at.loaded, Action::Receive, std::iter::empty())?;
        let again = match attempt {
            Some(id) => Box::pin(self.receive_again(cx, &at, &input, id, wanted.visibility_ms)).await?,
            None => None,
        };
        let received = match again {
            Some(again) => again,
            None => self.receive(cx, &at, &input, wanted).await?,
        };
        if let Some(id) = attempt.filter(|_| !received.is_empty()) {
            let of = |r: &Received| (r.stamp, r.state.receives);
            let until_ms = cx.now().0 + RECEIVE_ATTEMPT_MS;
            at.loaded.leader.remember(id, Attempt { received: received.iter().map(of).collect(), until_ms });
        }
        let asked = Asked::of(&input);
        let messages: Vec<_> = received.into_iter().map(|r| asked.message(&at.loaded, r)).collect();
        Ok(ReceiveMessageResult { messages: (!messages.is_empty()).then_some(messages) })
    }
}

fn wanted(open: &Open, input: &ReceiveMessageRequest) -> Result<Wanted, Refused> {
    let settings = &open.queue.settings;
    let max = i64::from(input.max_number_of_messages.unwrap_or(1));
    if !RECEIVE_MAX.contains(&max) {
        return Err(Refused::parameter("MaxNumberOfMessages", max, "Must be between 1 and 10, if provided."));
    }
    let wait_s = match input.wait_time_seconds {
        None => settings.wait_s,
        Some(given) => u64::try_from(given).ok().filter(|s| WAIT_S.contains(s)).ok_or_else(|| {
            Refused::parameter("WaitTimeSeconds", given, "Must be >= 0 and <= 20, if provided.")
        })?,
    };
    let visibility_s = input.visibility_timeout.map_or(Ok(settings.visibility_s), visibility::timeout)?;
    Ok(Wanted { max: max as usize, visibility_ms: visibility_s * 1000, wait: Duration::from_secs(wait_s) })
}

/// The id under which a FIFO receive may be repeated.
fn attempt<'a>(open: &Open, input: &'a ReceiveMessageRequest) -> Result<Option<&'a str>, Refused> {
    const NAME: &str = "ReceiveRequestAttemptId";
    match input.receive_request_attempt_id.as_deref() {
        Some(id) if !open.is_fifo() => {
            let why = "The request include parameter that is not valid for this queue type.";
            Err(Refused::parameter(NAME, id, why))
        }
        Some(id) if !is_fifo_id(id) => {
            let why = format!(
                "{NAME} can only include alphanumeric and punctuation characters. 1 to 128 in length."
            );
            Err(Refused::parameter(NAME, id, why))
        }
        id => Ok(id),
    }
}

/// The model gives `AttributeNames` the names of queue attributes; what the service takes, and what everybody sends, are
/// those of message system attributes.
fn check_names(asked: &[String]) -> Result<(), Refused> {
    let queue = |name: &String| attributes::check_names(std::slice::from_ref(name)).is_ok();
    match asked.iter().find(|name| !SYSTEM_ATTRIBUTES.contains(&name.as_str()) && !queue(name)) {
        Some(unknown) => Err(Refused::UnknownAttribute(unknown.clone())),
        None => Ok(()),
    }
}

const SYSTEM_ATTRIBUTES: [&str; 9] = [
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

/// What a receive asks to be told of its messages.
struct Asked<'a> {
    system: HashSet<&'a str>,
    names: &'a [String],
}

impl<'a> Asked<'a> {
    fn of(input: &'a ReceiveMessageRequest) -> Self {
        let system = input.attribute_names.iter().chain(&input.message_system_attribute_names).flatten();
        let names = input.message_attribute_names.as_deref().unwrap_or_default();
        Self { system: system.map(String::as_str).collect(), names }
    }

    fn message(&self, open: &Open, received: Received) -> Message {
        let receipt = Receipt { stamp: received.stamp, receives: received.state.receives };
        let attributes = self.system_attributes(open, &received);
        let chosen: Attributes =
            received.message.attributes.into_iter().filter(|(name, _)| self.wants(name)).collect();
        let md5 = digest::of_attributes(chosen.iter().map(|(n, a)| (n.as_str(), a)));
        let values: Map<_> = chosen.into_iter().map(|(name, a)| (name, value(a))).collect();
        Message {
            message_id: Some(uuid(&received.message.id)),
            receipt_handle: Some(receipt.handle(&open.queue.secret)),
            md5_of_body: Some(digest::text(received.message.body_md5)),
            body: Some(received.message.body),
            attributes: (!attributes.is_empty()).then_some(attributes),
            md5_of_message_attributes: md5.map(digest::text),
            message_attributes: (!values.is_empty()).then_some(values),
        }
    }

    /// `All`, `.*`, a name, or the beginning of names before `.*`.
    fn wants(&self, name: &str) -> bool {
        self.names.iter().any(|asked| match asked.strip_suffix(".*") {
            Some(beginning) => name.starts_with(beginning),
            None => asked == name || asked == "All",
        })
    }

    fn system_attributes(&self, open: &Open, received: &Received) -> Map<String> {
        let mut all = Map::new();
        if self.system.is_empty() {
            return all;
        }
        let everything = self.system.contains("All");
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|_| everything || self.system.contains(name)) {
                all.insert(name.to_owned(), value);
            }
        };
        let (message, state) = (&received.message, &received.state);
        put("SenderId", Some(message.sender.clone()));
        put("SentTimestamp", Some(message.head.sent_ms.to_string()));
        put("ApproximateReceiveCount", Some(state.receives.to_string()));
        put("ApproximateFirstReceiveTimestamp", Some(state.first_received_ms.to_string()));
        put("MessageGroupId", message.head.group.clone());
        put("MessageDeduplicationId", message.deduplication_id.clone());
        put("AWSTraceHeader", message.trace.clone());
        put("DeadLetterQueueSourceArn", message.dead_letter_source.clone());
        put("SequenceNumber", open.is_fifo().then(|| received.stamp.sequence_number()));
        all
    }
}

fn value(attribute: Attribute) -> MessageAttributeValue {
    let (string_value, binary_value) = match attribute.value {
        Value::Text(text) => (Some(text), None),
        Value::Binary(bytes) => (None, Some(bytes.into())),
    };
    MessageAttributeValue {
        string_value,
        binary_value,
        data_type: attribute.data_type,
        ..MessageAttributeValue::default()
    }
}
