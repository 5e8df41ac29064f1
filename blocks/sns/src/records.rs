//! What is stored, and under which keys.
//!
//! In a topic's cell: the topic by account and name; under its instance id (a topic that is deleted and made again is
//! another) the subscriptions, an index of endpoints, messages whose fan-out is under way, deduplication ids and
//! counters. In the region's directory cell: one entry for each topic and each subscription, for the listings.

use std::collections::BTreeMap;

use floor::{AccountId, Key, first_format};
use serde::{Deserialize, Serialize};

/// A topic.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Topic {
    /// Tells a topic from one of the same name that was deleted.
    pub(crate) instance: String,
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) fifo: bool,
    /// Milliseconds since the epoch.
    pub(crate) created_ms: u64,
    /// Attributes that were set; what is not here has its default.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) tags: BTreeMap<String, String>,
    /// The last sequence number given out (FIFO).
    pub(crate) sequence: u64,
}

/// A subscription.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Subscription {
    /// The last part of its ARN.
    pub(crate) id: String,
    pub(crate) owner: AccountId,
    /// Who subscribed, as an ARN.
    pub(crate) principal: String,
    pub(crate) protocol: String,
    pub(crate) endpoint: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// The token that confirms it; none once it is confirmed.
    pub(crate) pending: Option<String>,
}

/// A typed value of a message attribute.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) data_type: String,
    pub(crate) value: AttributeValue,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub(crate) enum AttributeValue {
    Text(String),
    Binary(Vec<u8>),
}

/// A message as it was published.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) topic_arn: String,
    pub(crate) body: String,
    pub(crate) subject: Option<String>,
    /// The body is a JSON object with a text per protocol.
    pub(crate) per_protocol: bool,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
    pub(crate) sequence: Option<u64>,
    pub(crate) at_ms: u64,
}

/// A deduplication id that was seen.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) message: String,
    pub(crate) sequence: u64,
    pub(crate) until_ms: u64,
}

/// A directory entry of a subscription.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) arn: String,
    pub(crate) owner: AccountId,
    pub(crate) protocol: String,
    pub(crate) endpoint: String,
    pub(crate) topic_arn: String,
    pub(crate) pending: bool,
}

first_format!(Topic, Subscription, Message, Seen, Listed);

pub(crate) fn topic(account: AccountId, name: &str) -> Key {
    Key::of("topic").text(account.as_str()).text(name)
}

pub(crate) fn subscriptions(instance: &str) -> Key {
    Key::of("subscription").text(instance)
}

pub(crate) fn subscription(instance: &str, id: &str) -> Key {
    subscriptions(instance).text(id)
}

/// Which subscription an endpoint has: subscribing twice answers the first one.
pub(crate) fn endpoint(instance: &str, protocol: &str, endpoint: &str) -> Key {
    Key::of("endpoint").text(instance).text(protocol).text(endpoint)
}

pub(crate) fn message(instance: &str, id: &str) -> Key {
    Key::of("message").text(instance).text(id)
}

pub(crate) fn seen(instance: &str, scope: &str, id: &str) -> Key {
    Key::of("seen").text(instance).text(scope).text(id)
}

/// Deduplication ids by the moment they may be forgotten.
pub(crate) fn seen_until(until_ms: u64, of: &Key) -> Key {
    Key::of("seen-until").number(until_ms).raw(of.as_slice())
}

pub(crate) fn seen_by(until_ms: u64) -> (Key, Key) {
    (Key::of("seen-until").number(0), Key::of("seen-until").number(until_ms))
}

/// How many subscriptions a topic has in the state `what`.
pub(crate) fn count(instance: &str, what: &str) -> Key {
    Key::of("count").text(instance).text(what)
}

pub(crate) fn topics_listed(account: AccountId) -> Key {
    Key::of("listed-topic").text(account.as_str())
}

pub(crate) fn topic_listed(account: AccountId, name: &str) -> Key {
    topics_listed(account).text(name)
}

pub(crate) fn subscriptions_listed(owner: AccountId) -> Key {
    Key::of("listed-subscription").text(owner.as_str())
}

pub(crate) fn subscription_listed(owner: AccountId, arn: &str) -> Key {
    subscriptions_listed(owner).text(arn)
}
