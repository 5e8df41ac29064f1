//! Subscriptions: protocols, attributes, filters.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use floor::{Answer, Arn, Memo};
use serde_json::Value;

use crate::{
    delivery_policy::{self, Effective},
    envelope, fault,
    filter::{Filter, Refused, Sight, no_json},
    limits, mail, phones, post,
    records::{Subscription, Topic},
    replay,
};

/// Protocols that AWS has. Functions and streams are not delivered to yet, and refused by name.
const PROTOCOLS: &[&str] =
    &["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"];

/// Whether the endpoint may be subscribed with this protocol.
pub(crate) fn check_endpoint(protocol: &str, endpoint: Option<&str>, fifo: bool) -> Answer<String> {
    if !PROTOCOLS.contains(&protocol) {
        let text = format!("Amazon SNS does not support this protocol string: {protocol}");
        return Err(fault::invalid(text));
    }
    let endpoint = endpoint.unwrap_or_default();
    if protocol != "sqs" && fifo {
        // Queues are what keeps an order.
        return Err(fault::invalid(format!("Protocol Reason: FIFO topics do not deliver to {protocol}")));
    }
    match protocol {
        "sqs" => {}
        "http" | "https" => return check_url(protocol, endpoint),
        "email" | "email-json" if mail::is_address(endpoint) => return Ok(endpoint.to_owned()),
        "email" | "email-json" => return Err(fault::invalid("Email address")),
        "sms" if phones::is_endpoint(endpoint) => return Ok(endpoint.to_owned()),
        "sms" => return Err(fault::sms_endpoint(endpoint)),
        "application" => {
            let arn = Arn::parse(endpoint).filter(|arn| arn.resource().starts_with("endpoint/"));
            let arn = arn.filter(|arn| arn.service() == "sns" && arn.resource().split('/').count() == 4);
            return arn.map(|_| endpoint.to_owned()).ok_or_else(|| fault::application_endpoint(endpoint));
        }
        _ => return Err(fault::not_yet(&format!("delivery to the protocol {protocol}"))),
    }
    let arn = Arn::parse(endpoint).filter(Arn::is_queue);
    let Some(arn) = arn else { return Err(fault::invalid("SQS endpoint ARN")) };
    if !fifo && envelope::is_fifo(&arn) {
        // AWS says "Invalid parameter: " twice here.
        let text = "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics";
        return Err(fault::invalid(text));
    }
    Ok(endpoint.to_owned())
}

fn check_url(protocol: &str, url: &str) -> Answer<String> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if scheme != Some(protocol) {
        return Err(fault::invalid("Endpoint must match the specified protocol"));
    }
    if url.len() > limits::ENDPOINT_CHARS_MAX || !post::is_url(url) {
        return Err(fault::invalid("Endpoint"));
    }
    Ok(url.to_owned())
}

/// Attributes that clients may set.
const SETTABLE: &[&str] = &[
    "DeliveryPolicy",
    "FilterPolicy",
    "FilterPolicyScope",
    "RawMessageDelivery",
    "RedrivePolicy",
    "ReplayPolicy",
];

/// Sets an attribute, or takes it away where `value` is empty and that is allowed.
pub(crate) fn set_attribute(all: &mut BTreeMap<String, String>, name: &str, value: &str) -> Answer<()> {
    set(all, name, value)?;
    check_filter(all)
}

/// The attributes that a new subscription is given. A filter policy is judged by its scope wherever that stands.
pub(crate) fn given<'a>(
    each: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> Answer<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for (name, value) in each {
        set(&mut all, name, value)?;
    }
    check_filter(&mut all)?;
    Ok(all)
}

fn set(all: &mut BTreeMap<String, String>, name: &str, value: &str) -> Answer<()> {
    if !SETTABLE.contains(&name) {
        if name == "SubscriptionRoleArn" {
            return Err(fault::not_yet(&format!("the subscription attribute {name}")));
        }
        return Err(fault::invalid("AttributeName"));
    }
    if name == "ReplayPolicy" && replay::Span::read(value)?.is_none() {
        all.remove(name);
        return Ok(());
    }
    if value.is_empty() && name != "RawMessageDelivery" && name != "FilterPolicyScope" {
        all.remove(name);
        return Ok(());
    }
    let mut value = value.to_owned();
    match name {
        "RawMessageDelivery" if ["true", "false"].iter().any(|truth| value.eq_ignore_ascii_case(truth)) => {
            value.make_ascii_lowercase();
        }
        "RawMessageDelivery" => {
            let text = format!("RawMessageDelivery: Invalid value [{value}]. Must be true or false.");
            return Err(fault::invalid(text));
        }
        "FilterPolicyScope" if !matches!(value.as_str(), "MessageAttributes" | "MessageBody") => {
            let text = format!(
                "FilterPolicyScope: Invalid value [{value}]. Please use either MessageBody or MessageAttributes"
            );
            return Err(fault::invalid(text));
        }
        "RedrivePolicy" => check_redrive(&value)?,
        "DeliveryPolicy" => value = delivery_policy::subscription_text(&value)?,
        _ => {}
    }
    all.insert(name.to_owned(), value);
    Ok(())
}

/// "Raw message delivery" is for queues, HTTP endpoints and streams alone.
pub(crate) fn check_raw(protocol: &str, attributes: &BTreeMap<String, String>) -> Answer<()> {
    let is_raw = attributes.get("RawMessageDelivery").is_some_and(|value| value == "true");
    if is_raw && !matches!(protocol, "sqs" | "http" | "https" | "firehose") {
        let text = format!("Delivery protocol [{protocol}] does not support raw message delivery.");
        return Err(fault::invalid(text));
    }
    Ok(())
}

/// A filter policy and its scope must fit each other, whichever was set last. An empty one takes it away.
fn check_filter(all: &mut BTreeMap<String, String>) -> Answer<()> {
    let Some(policy) = all.get("FilterPolicy") else { return Ok(()) };
    let filter = compiled(policy, in_body(all)).map_err(|Refused(why)| fault::invalid(why))?;
    if filter.is_empty() {
        all.remove("FilterPolicy");
    }
    Ok(())
}

fn in_body(all: &BTreeMap<String, String>) -> bool {
    all.get("FilterPolicyScope").is_some_and(|s| s == "MessageBody")
}

/// What goes to a FIFO queue in order can only stay so in another.
pub(crate) fn check_dead_letters(endpoint: &str, attributes: &BTreeMap<String, String>) -> Answer<()> {
    let dead = attributes.get("RedrivePolicy").and_then(|policy| dead_letter_queue(policy));
    match (Arn::parse(endpoint), dead) {
        (Some(queue), Some(dead)) if envelope::is_fifo(&queue) && !envelope::is_fifo(&dead) => {
            Err(fault::invalid(
                "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
            ))
        }
        _ => Ok(()),
    }
}

fn dead_letter_queue(policy: &str) -> Option<Arn> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    Arn::parse(policy.get("deadLetterTargetArn")?.as_str()?)
}

fn check_redrive(value: &str) -> Answer<()> {
    let policy: Value = serde_json::from_str(value)
        .map_err(|e| fault::invalid(format!("RedrivePolicy: {}", no_json(value, &e))))?;
    match policy.get("deadLetterTargetArn").and_then(Value::as_str).and_then(Arn::parse) {
        Some(arn) if arn.is_queue() => Ok(()),
        _ => Err(fault::invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn")),
    }
}

/// Bytes of the texts whose compiled filters are kept.
const COMPILED_BYTES_MAX: usize = 4 << 20;

/// A compiled filter, about the body or not, or why it is refused.
fn compiled(text: &str, body: bool) -> Result<Arc<Filter>, Refused> {
    static KEPT: LazyLock<Memo<bool, Filter>> = LazyLock::new(|| Memo::new(COMPILED_BYTES_MAX));
    KEPT.get(text, body, || Filter::parse(text, body))
}

impl Subscription {
    pub(crate) fn raw(&self) -> bool {
        self.attributes.get("RawMessageDelivery").is_some_and(|v| v == "true")
    }

    pub(crate) fn is_http(&self) -> bool {
        matches!(self.protocol.as_str(), "http" | "https")
    }

    /// Whether those who have its link may end it.
    pub(crate) fn may_be_ended_by_link(&self) -> bool {
        !self.is_guarded && matches!(self.protocol.as_str(), "http" | "https" | "email" | "email-json")
    }

    /// What counts for deliveries to it.
    pub(crate) fn delivery_policy(&self, topic: &Topic) -> Effective {
        Effective::of(topic.attributes.get("DeliveryPolicy"), self.attributes.get("DeliveryPolicy"))
    }

    /// The queue that takes what cannot be delivered.
    pub(crate) fn dead_letter_queue(&self) -> Option<Arn> {
        dead_letter_queue(self.attributes.get("RedrivePolicy")?)
    }

    /// Whether nobody has to confirm it any more.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.pending_until_ms.is_none()
    }

    /// Whether it takes the message: its filter admits it.
    pub(crate) fn takes(&self, sight: &Sight<'_>) -> bool {
        let Some(policy) = self.attributes.get("FilterPolicy") else { return true };
        let body = in_body(&self.attributes);
        // It was read when it was set; one that cannot be read now admits nothing.
        compiled(policy, body).is_ok_and(|filter| filter.admits(sight, body, &self.protocol))
    }

    /// What GetSubscriptionAttributes answers.
    pub(crate) fn described(&self, arn: &str, topic_arn: &str, topic: &Topic) -> BTreeMap<String, String> {
        let mut all = self.attributes.clone();
        let truth = |b: bool| if b { "true" } else { "false" }.to_owned();
        all.insert("SubscriptionArn".into(), arn.into());
        all.insert("TopicArn".into(), topic_arn.into());
        all.insert("Owner".into(), self.owner.to_string());
        all.insert("Protocol".into(), self.protocol.clone());
        all.insert("Endpoint".into(), self.endpoint.clone());
        all.insert("PendingConfirmation".into(), truth(self.pending_until_ms.is_some()));
        all.insert("ConfirmationWasAuthenticated".into(), truth(self.confirmed_by_caller));
        all.insert("SubscriptionPrincipal".into(), self.principal.clone());
        all.entry("RawMessageDelivery".into()).or_insert_with(|| "false".into());
        if self.is_http() {
            let effective = self.delivery_policy(topic).of_subscription_text();
            all.insert("EffectiveDeliveryPolicy".into(), effective);
        }
        if all.contains_key("FilterPolicy") {
            all.entry("FilterPolicyScope".into()).or_insert_with(|| "MessageAttributes".into());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_checked() {
        let queue = "arn:aws:sqs:us-east-1:000000000000:q";
        assert!(check_endpoint("sqs", Some(queue), false).is_ok());
        assert!(check_endpoint("sqs", Some(&format!("{queue}.fifo")), false).is_err());
        assert!(check_endpoint("sqs", Some(&format!("{queue}.fifo")), true).is_ok());
        assert!(check_endpoint("sqs", None, false).is_err());
        for wrong in ["arn:aws:sqs:us-east-1:000000000000:111111111111/victim", "arn:aws:sqs:us-east-1:me:q"]
        {
            assert!(check_endpoint("sqs", Some(wrong), false).is_err(), "{wrong}");
            assert!(check_redrive(&format!(r#"{{"deadLetterTargetArn":"{wrong}"}}"#)).is_err(), "{wrong}");
        }
        assert_eq!(check_endpoint("lambda", Some("x"), false).unwrap_err().status(), 501);
        assert!(check_endpoint("http", Some("http://example.com/x"), false).is_ok());
        for wrong in
            ["https://example.com", "example.com", "http://", &format!("http://a/{}", "x".repeat(2048))]
        {
            assert!(check_endpoint("http", Some(wrong), false).is_err(), "{wrong}");
        }
        assert_eq!(check_endpoint("pigeon", Some("x"), false).unwrap_err().status(), 400);
    }

    #[test]
    fn a_filter_and_its_scope_must_fit() {
        let mut all = BTreeMap::new();
        set_attribute(&mut all, "FilterPolicyScope", "MessageBody").unwrap();
        set_attribute(&mut all, "FilterPolicy", r#"{"a":{"b":["c"]}}"#).unwrap();
        assert!(set_attribute(&mut all.clone(), "FilterPolicyScope", "MessageAttributes").is_err());
        set_attribute(&mut all, "FilterPolicy", "").unwrap();
        assert!(!all.contains_key("FilterPolicy"));
    }
}
