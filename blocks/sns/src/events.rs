//! What an application tells topics of: devices that are new, gone or changed, and deliveries that failed. It publishes as
//! `sns.amazonaws.com` on behalf of the application, and so under the topic's policy.
//! <https://docs.aws.amazon.com/sns/latest/dg/application-event-notifications.html>

use api_sns::{Publish, PublishInput};
use floor::{Arn, As, Cx, Entry, Lane, Sender};
use serde_json::{Map, Value};

use crate::{devices::Kept, envelope};

/// What may happen, as it is called in attributes (`EventEndpointCreated`) and in messages.
const NAMES: [&str; 4] = ["EndpointCreated", "EndpointDeleted", "EndpointUpdated", "DeliveryFailure"];

/// Whether an attribute of an application names the topic of an event.
pub(crate) fn is_attribute(name: &str) -> bool {
    name.strip_prefix("Event").is_some_and(|event| NAMES.contains(&event))
}

/// Whether a text is the ARN of a topic. Messages for no topic are told nobody.
pub(crate) fn is_topic(text: &str) -> bool {
    let arn = Arn::parse(text);
    arn.is_some_and(|arn| arn.service() == "sns" && !arn.resource().contains([':', '/']))
}

/// Something that happened to a device.
pub(crate) struct Event<'a> {
    /// One of the names.
    pub(crate) name: &'a str,
    /// The device's ARN.
    pub(crate) device: &'a str,
    pub(crate) at_ms: u64,
    /// The message that failed.
    pub(crate) message: Option<&'a str>,
}

/// Who tells it; made before the transaction.
pub(crate) fn sender(cx: &Cx, of: &Arn) -> Option<Sender> {
    let source_arn = application_of(of);
    Some(cx.sender(As::Service { source_arn, source_account: of.account().parse().ok()? }))
}

/// The application's ARN, from its own or a device's.
fn application_of(arn: &Arn) -> String {
    let mut pieces = arn.resource().split('/').skip(1);
    let (platform, name) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default());
    format!("arn:aws:sns:{}:{}:app/{platform}/{name}", arn.region(), arn.account())
}

impl Kept {
    /// The message to the topic that this application has for the event, if it has one.
    pub(crate) fn told(&self, event: &Event<'_>, sender: &Sender) -> Option<Entry> {
        let topic = self.attributes.get(&format!("Event{}", event.name))?;
        let region = Arn::parse(topic)?.region().parse().ok()?;
        let mut all = Map::new();
        let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
        if let Some(message) = event.message {
            put("DeliveryAttempts", 1.into());
            put("FailureMessage", "Endpoint is disabled".into());
            put("FailureType", "EndpointDisabled".into());
            put("MessageId", message.into());
        }
        put("EndpointArn", event.device.into());
        put("EventType", event.name.into());
        put("Resource", self.arn.as_str().into());
        put("Service", "SNS".into());
        put("Time", envelope::timestamp(event.at_ms).into());
        let input = PublishInput {
            topic_arn: Some(topic.clone()),
            message: Value::Object(all).to_string(),
            ..PublishInput::default()
        };
        Some(Entry::call::<Publish>(Lane::new(topic, &self.arn), sender, &region, &input))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_topics_are_known() {
        assert!(
            is_attribute("EventDeliveryFailure")
                && !is_attribute("EventX")
                && !is_attribute("EndpointCreated")
        );
        assert!(is_topic("arn:aws:sns:us-east-1:000000000000:t"));
        for wrong in
            ["", "t", "arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:sns:us-east-1:000000000000:app/ADM/a"]
        {
            assert!(!is_topic(wrong), "{wrong}");
        }
        let device = Arn::parse("arn:aws:sns:us-east-1:000000000000:endpoint/ADM/a/1-2").unwrap();
        assert_eq!(application_of(&device), "arn:aws:sns:us-east-1:000000000000:app/ADM/a");
    }
}
