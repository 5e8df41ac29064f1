//! What is stored, and under which keys.
//!
//! In a topic's cell: the topic by account and name; under its instance id (a topic that is deleted and made again is
//! another) the subscriptions, an index of endpoints, messages whose fan-out is under way, deduplication ids and
//! counters. In the region's directory cell: one entry for each topic and each subscription, for the listings.

#![expect(unreachable_pub, reason = "what an operation loads must be public; the module is not")]

use std::collections::BTreeMap;

use floor::{AccountId, Key, first_format};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A topic.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Topic {
    /// Tells a topic from one of the same name that was deleted.
    pub instance: String,
    pub account: AccountId,
    pub name: String,
    pub fifo: bool,
    /// Milliseconds since the epoch.
    pub created_ms: u64,
    /// Attributes that were set; what is not here has its default.
    pub attributes: BTreeMap<String, String>,
    pub tags: BTreeMap<String, String>,
    /// The last sequence number given out (FIFO).
    pub sequence: u64,
}

/// A subscription.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Subscription {
    /// The last part of its ARN.
    pub id: String,
    pub owner: AccountId,
    /// Who subscribed, as an ARN.
    pub principal: String,
    pub protocol: String,
    pub endpoint: String,
    pub attributes: BTreeMap<String, String>,
    /// When it ends unless somebody confirms it until then; none once it is confirmed.
    pub pending_until_ms: Option<u64>,
    /// Who confirmed it showed who they are.
    pub confirmed_by_caller: bool,
    /// Only its owner and the topic's may end it.
    pub is_guarded: bool,
    /// Where the links in its messages lead: `https://localhost:4566`.
    pub base_url: String,
}

/// What a token stands for.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Token {
    pub topic_arn: String,
    /// The subscription's id.
    pub subscription: String,
    /// The subscription that it brings back; none for one that confirms.
    pub former: Option<Subscription>,
    pub until_ms: u64,
}

/// A typed value of a message attribute.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    pub data_type: String,
    pub value: AttributeValue,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    Text(String),
    Binary(Vec<u8>),
}

/// A message as it was published.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Message {
    pub id: String,
    pub topic_arn: String,
    pub body: String,
    pub subject: Option<String>,
    /// The body is a JSON object with a text per protocol.
    pub per_protocol: bool,
    pub attributes: Vec<Attribute>,
    pub group: Option<String>,
    pub deduplication: Option<String>,
    pub sequence: Option<u64>,
    pub at_ms: u64,
}

/// A deduplication id that was seen.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Seen {
    pub message: String,
    pub sequence: u64,
    pub until_ms: u64,
}

/// A directory entry of a subscription.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Listed {
    pub arn: String,
    pub owner: AccountId,
    pub protocol: String,
    pub endpoint: String,
    pub topic_arn: String,
    pub pending: bool,
    /// It has a filter policy.
    pub is_filtered: bool,
}

/// The archive of a topic.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Archive {
    /// Its messages stand under this: an archive that was given up and begun again is another.
    pub id: String,
    pub since_ms: u64,
    pub days: u64,
}

/// A message in it, sealed.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Archived {
    pub message: String,
    pub at_ms: u64,
    pub sealed: Vec<u8>,
}

/// A replay to one subscription.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Replay {
    /// Tells it from others of the same subscription.
    pub run: String,
    pub archive: String,
    pub from_ms: u64,
    pub until_ms: Option<u64>,
    /// The first sequence number that is not dealt with.
    pub next: u64,
    pub stage: Stage,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Pending,
    Running,
    /// What was published since goes its usual way.
    CaughtUp,
    Failed,
}

first_format!(Topic, Subscription, Token, Message, Seen, Listed, Archive, Archived, Replay);

/// The archive that a topic has.
pub(crate) fn archive(instance: &str) -> Key {
    archives().text(instance)
}

pub(crate) fn archives() -> Key {
    Key::of("archive")
}

/// Archives that were given up, whose messages are to go.
pub(crate) fn archives_gone() -> Key {
    Key::of("archive-gone")
}

/// The messages of an archive, by their sequence numbers.
pub(crate) fn archived_all(archive: &str) -> Key {
    Key::of("archived").text(archive)
}

pub(crate) fn archived(archive: &str, sequence: u64) -> Key {
    archived_all(archive).number(sequence)
}

pub(crate) fn replay(instance: &str, subscription: &str) -> Key {
    Key::of("replay").text(instance).text(subscription)
}

/// The data protection policy of a topic.
pub(crate) fn protection(instance: &str) -> Key {
    Key::of("protection").text(instance)
}

pub(crate) fn topic(account: AccountId, name: &str) -> Key {
    Key::of("topic").text(account.as_str()).text(name)
}

pub(crate) fn subscriptions(instance: &str) -> Key {
    Key::of("subscription").text(instance)
}

pub(crate) fn subscription(instance: &str, id: &str) -> Key {
    subscriptions(instance).text(id)
}

/// Which subscription an endpoint has: subscribing twice answers the first one. Addresses may be longer than keys.
pub(crate) fn endpoint(instance: &str, protocol: &str, endpoint: &str) -> Key {
    let key = Key::of("endpoint").text(instance).text(protocol);
    if endpoint.len() <= 256 {
        return key.text(endpoint);
    }
    key.text(&format!("{}#{}", &hex::encode(Sha256::digest(endpoint)), endpoint.len()))
}

/// A token, by its digest: nobody who reads records can confirm with it.
pub(crate) fn token(instance: &str, token: &str) -> Key {
    Key::of("token").text(instance).text(&hex::encode(Sha256::digest(token)))
}

/// Tokens by the moment they end.
pub(crate) fn token_until(until_ms: u64, of: &Key) -> Key {
    Key::of("token-until").number(until_ms).raw(of.as_slice())
}

pub(crate) fn token_by(until_ms: u64) -> (Key, Key) {
    (Key::of("token-until").number(0), Key::of("token-until").number(until_ms))
}

/// A delivery that is tried again at `at_ms`.
pub(crate) fn again(at_ms: u64, id: &str) -> Key {
    Key::of("again").number(at_ms).text(id)
}

pub(crate) fn again_by(at_ms: u64) -> (Key, Key) {
    (Key::of("again").number(0), Key::of("again").number(at_ms))
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
