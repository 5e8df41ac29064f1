//! What is stored, and under which keys.
//!
//! In the queue's cell, where `instance` is drawn anew for every queue that is created:
//!
//! | key | record | written by |
//! |---|---|---|
//! | `queue` account name | [`Queue`] | CreateQueue, SetQueueAttributes, tags, permissions |
//! | `m` instance stamp | [`Message`] | sends |
//! | `s` instance stamp | [`State`] | receives, ChangeMessageVisibility |
//! | `l` instance due stamp | nothing: the index of delayed messages | sends; deleted by the first receive |
//! | `n` instance | how many messages there are, a counter | sends, deletes |
//! | `d` instance digest stamp | [`Sent`]: a deduplication id and the message it stands for | sends to FIFO queues |
//! | `x` instance until digest | nothing: the index of deduplication ids by their end | sends to FIFO queues |
//! | `v` instance delivery | when (ms, big-endian): an outbox delivery that was taken | messages from other queues |
//! | `t` instance start id | [`MoveTask`] | StartMessageMoveTask |
//!
//! In the region's directory cell: `listed` account name, [`Listed`]; `source` dead-letter queue, account, name.

use std::collections::BTreeMap;

use bytes::Bytes;
use floor::{AccountId, Answer, Key, KeyRange, Record, first_format};
use seal::MessageKey;
use serde::{Deserialize, Serialize};

use crate::{
    attributes::Settings,
    locked::Locked,
    message::Attributes,
    names::QueueName,
    stamp::{STAMP_BYTES, Stamp},
};

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Its own number: a queue that is made anew under the same name has another.
    pub instance: u64,
    /// What proves its receipt handles.
    pub secret: [u8; 16],
    /// What its owner may set.
    pub settings: Settings,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// When it was made, in ms of service time.
    pub created_ms: u64,
    /// When its settings were last changed.
    pub modified_ms: u64,
    /// When it was last purged; 0: never.
    pub purged_ms: u64,
    /// It holds messages that are older than their place says, having come from other queues.
    pub mixed_ages: bool,
    /// The key that its messages are encrypted with, sealed with the master key.
    pub key: Vec<u8>,
}

/// A message. What a page of the window needs comes first, so that the rest need not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// What the window needs.
    pub head: Head,
    /// Its id, a UUID.
    pub id: [u8; 16],
    /// `SenderId`.
    pub sender: String,
    /// The body.
    pub body: String,
    /// The body's MD5.
    pub body_md5: [u8; 16],
    /// Its attributes, sorted by name.
    pub attributes: Attributes,
    /// `AWSTraceHeader`.
    pub trace: Option<String>,
    /// `MessageDeduplicationId`.
    pub deduplication_id: Option<String>,
    /// The ARN of the queue that it was received from too often.
    pub dead_letter_source: Option<String>,
    /// Body, MD5, attributes and trace, where they are encrypted with a data key of KMS: those here are empty then.
    pub locked: Option<Locked>,
}

/// What stands in place of a format before a message of which all but the head is encrypted.
const SEALED: u8 = 2;

/// A message that may be stored: plain, and where its head ends.
#[derive(Clone, Debug)]
pub struct Plain {
    bytes: Vec<u8>,
    head: usize,
}

impl Message {
    /// Encodes it, in memory of the right size from the start.
    pub fn plain(&self) -> Plain {
        const REST_BYTES: usize = 192;
        let attributes: usize = self.attributes.iter().map(|(name, a)| name.len() + a.bytes() + 8).sum();
        let mut out = Vec::with_capacity(self.body.len() + attributes + REST_BYTES);
        out.push(Self::FORMAT);
        let Self {
            head,
            id,
            sender,
            body,
            body_md5,
            attributes,
            trace,
            deduplication_id,
            dead_letter_source,
            locked,
        } = self;
        let rest =
            (id, sender, body, body_md5, attributes, trace, deduplication_id, dead_letter_source, locked);
        let encoded = postcard::to_extend(head, out).and_then(|out| {
            let head = out.len();
            Ok(Plain { bytes: postcard::to_extend(&rest, out)?, head })
        });
        // Writing to memory cannot fail; should it ever, the slow way says why.
        encoded.unwrap_or_else(|_| Plain { bytes: self.encode(), head: 1 })
    }

    /// Reads a stored message. `key` is that of its queue.
    pub fn read(stored: &[u8], key: &MessageKey) -> Answer<Self> {
        let Some((&SEALED, fields)) = stored.split_first() else {
            return Self::decode(stored);
        };
        let damaged =
            |why: &dyn std::fmt::Display| floor::fault::internal(format!("a stored message: {why}"));
        let (head, sealed) = postcard::take_from_bytes::<Head>(fields).map_err(|e| damaged(&e))?;
        let bound_to = &fields[..fields.len() - sealed.len()];
        let rest = key.open_with_nonce(bound_to, sealed).map_err(|e| damaged(&e))?;
        let (id, sender, body, body_md5, attributes, trace, deduplication_id, dead_letter_source, locked) =
            postcard::from_bytes(&rest).map_err(|e| damaged(&e))?;
        Ok(Self {
            head,
            id,
            sender,
            body,
            body_md5,
            attributes,
            trace,
            deduplication_id,
            dead_letter_source,
            locked,
        })
    }
}

impl Plain {
    /// The stored form without encryption.
    pub fn as_it_is(&self) -> Bytes {
        Bytes::copy_from_slice(&self.bytes)
    }

    /// The stored form of which all but the head is encrypted, and the head bound to the rest.
    pub fn sealed(&self, key: &MessageKey, nonce: &[u8; MessageKey::NONCE_BYTES]) -> Bytes {
        let (head, rest) = self.bytes.split_at(self.head);
        let sealed = MessageKey::NONCE_BYTES + rest.len() + seal::TAG_BYTES;
        let mut out = Vec::with_capacity(head.len() + sealed);
        out.push(SEALED);
        out.extend_from_slice(&head[1..]);
        key.seal_onto(nonce, &head[1..], rest, &mut out);
        out.into()
    }
}

/// What the window needs of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// When it was sent, in ms of service time.
    pub sent_ms: u64,
    /// When it may first be received; 0: at once.
    pub due_ms: u64,
    /// `MessageGroupId`.
    pub group: Option<String>,
}

impl Head {
    /// The head of a stored message.
    pub fn of(stored: &[u8]) -> Answer<Self> {
        match stored.split_first() {
            Some((&(Message::FORMAT | SEALED), fields)) => postcard::take_from_bytes(fields)
                .map(|(head, _)| head)
                .map_err(|e| floor::fault::internal(format!("the head of a stored message: {e}"))),
            _ => Ok(Message::decode(stored)?.head),
        }
    }
}

/// What has become of a message since it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// How often it was received.
    pub receives: u32,
    /// When for the first time.
    pub first_received_ms: u64,
    /// When for the last time.
    pub received_ms: u64,
    /// Until when it is hidden.
    pub hidden_until_ms: u64,
}

/// What a deduplication id stands for. The message's stamp is in the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The message's id.
    pub id: [u8; 16],
    /// Until when the deduplication id is remembered.
    pub until_ms: u64,
}

/// A task that moves the messages of a dead-letter queue elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveTask {
    /// Its id, a UUID.
    pub id: String,
    /// The ARN of the queue that the messages go to; none: each goes back to the one that it came from.
    pub destination: Option<String>,
    /// Messages per second; none: as fast as it goes.
    pub per_second: Option<u32>,
    /// How many messages there were when it began.
    pub to_move: u64,
    /// How many were moved.
    pub moved: u64,
    /// What has become of it.
    pub status: MoveStatus,
    /// Why it failed.
    pub failure: Option<String>,
    /// When it began, in ms of service time.
    pub started_ms: u64,
}

/// What has become of a move task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveStatus {
    /// It moves messages.
    Running,
    /// It was told to stop.
    Cancelling,
    /// It has stopped.
    Cancelled,
    /// It has moved all.
    Completed,
    /// It could not go on.
    Failed,
}

/// A queue in the region's directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which queue of this name.
    pub instance: u64,
    /// The ARN of its dead-letter queue.
    pub dead_letter: Option<String>,
}

first_format!(Queue, Message, State, Sent, MoveTask, Listed);

/// The queue's record.
pub fn queue(name: &QueueName) -> Key {
    Key::of("queue").text(name.account.as_str()).text(&name.name)
}

fn of_instance(family: &str, instance: u64) -> Key {
    Key::of(family).number(instance)
}

/// What the keys of all messages begin with.
pub fn messages(instance: u64) -> Key {
    of_instance("m", instance)
}

/// A message's record.
pub fn message(instance: u64, stamp: Stamp) -> Key {
    messages(instance).raw(&stamp.bytes())
}

/// What the keys of all states begin with.
pub fn states(instance: u64) -> Key {
    of_instance("s", instance)
}

/// The state of a message.
pub fn state(instance: u64, stamp: Stamp) -> Key {
    states(instance).raw(&stamp.bytes())
}

/// What the index of delayed messages begins with.
pub fn delays(instance: u64) -> Key {
    of_instance("l", instance)
}

/// What the index of messages that become due at `due_ms` begins with.
pub fn delays_at(instance: u64, due_ms: u64) -> Key {
    delays(instance).number(due_ms)
}

/// A delayed message in the index.
pub fn delay(instance: u64, due_ms: u64, stamp: Stamp) -> Key {
    delays_at(instance, due_ms).raw(&stamp.bytes())
}

/// How many messages the queue has.
pub fn count(instance: u64) -> Key {
    of_instance("n", instance)
}

/// What the keys of a deduplication id begin with.
pub fn sent(instance: u64, digest: &[u8; 16]) -> Key {
    of_instance("d", instance).raw(digest)
}

/// What the index of deduplication ids by their end begins with.
pub fn ends(instance: u64) -> Key {
    of_instance("x", instance)
}

/// A deduplication id in the index.
pub fn end(instance: u64, until_ms: u64, digest: &[u8; 16]) -> Key {
    ends(instance).number(until_ms).raw(digest)
}

/// What the keys of deliveries that were taken begin with.
pub fn taken_all(instance: u64) -> Key {
    of_instance("v", instance)
}

/// A delivery that was taken.
pub fn taken(instance: u64, delivery: &[u8; 16]) -> Key {
    taken_all(instance).raw(delivery)
}

/// What the keys of move tasks begin with; the latest comes first.
pub fn move_tasks(instance: u64) -> Key {
    of_instance("t", instance)
}

/// A move task.
pub fn move_task(instance: u64, started_ms: u64, id: &str) -> Key {
    move_tasks(instance).descending(started_ms).text(id)
}

/// Everything that belongs to the messages of a queue.
pub fn of_messages(instance: u64) -> [KeyRange; 4] {
    ["m", "s", "l", "n"].map(|family| of_instance(family, instance).all())
}

/// Everything that belongs to a queue, its own record aside.
pub fn of_queue(instance: u64) -> [KeyRange; 8] {
    ["m", "s", "l", "n", "d", "x", "v", "t"].map(|family| of_instance(family, instance).all())
}

/// The stamp at the end of a key.
pub fn stamp_of(key: &[u8]) -> Answer<Stamp> {
    key.len()
        .checked_sub(STAMP_BYTES)
        .and_then(|at| Stamp::read(&key[at..]))
        .ok_or_else(|| floor::fault::internal("a key of a message has no stamp"))
}

/// The keys of a family that come after `after`.
pub fn after(family: &Key, after: &Key) -> KeyRange {
    KeyRange { start: floor::key::successor(after.as_slice()), ..family.all() }
}

/// A queue's entry in the directory.
pub fn listed(name: &QueueName) -> Key {
    listed_of(name.account).text(&name.name)
}

/// The entries of an account.
pub fn listed_of(account: AccountId) -> Key {
    Key::of("listed").text(account.as_str())
}

/// The queues that send their messages to a dead-letter queue.
pub fn sources(dead_letter: &str) -> Key {
    Key::of("source").text(dead_letter)
}

/// One of them.
pub fn source(dead_letter: &str, name: &QueueName) -> Key {
    sources(dead_letter).text(name.account.as_str()).text(&name.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read_without_the_rest() {
        let message = Message {
            head: Head { sent_ms: 1_700_000_000_000, due_ms: 5, group: Some("g".into()) },
            id: [7; 16],
            sender: "AIDA".into(),
            body: "body".into(),
            body_md5: [1; 16],
            attributes: Vec::new(),
            trace: None,
            deduplication_id: Some("d".into()),
            dead_letter_source: None,
            locked: None,
        };
        let (key, other) = (MessageKey::new(&[1; 32]), MessageKey::new(&[2; 32]));
        let stored = message.plain().as_it_is();
        assert_eq!(stored, message.encode());
        assert_eq!(Head::of(&stored).unwrap(), message.head);
        assert_eq!(Message::decode(&stored).unwrap(), message);
        assert!(Head::of(&stored[..3]).is_err());
        assert_eq!(Message::read(&stored, &key).unwrap(), message);

        let sealed = message.plain().sealed(&key, &[9; 24]);
        assert_eq!(Head::of(&sealed).unwrap(), message.head);
        assert_eq!(Message::read(&sealed, &key).unwrap(), message);
        assert!(Message::read(&sealed, &other).is_err());
        assert!(!sealed.windows(4).any(|w| w == b"body" || w == b"AIDA"));
        for at in 0..sealed.len() {
            let mut changed = sealed.to_vec();
            changed[at] ^= 1;
            assert!(Message::read(&changed, &key).is_err(), "{at}");
        }
    }

    #[test]
    fn keys_carry_their_stamps() {
        let stamp = Stamp::new(9, 8, 7);
        for key in [message(1, stamp), state(1, stamp), delay(1, 2, stamp)] {
            assert_eq!(stamp_of(key.as_slice()).unwrap(), stamp);
        }
        assert!(stamp_of(b"m").is_err());
        let (range, first) = (after(&messages(1), &message(1, stamp)), message(1, stamp));
        assert!(first.as_slice() < &range.start[..]);
        assert!(message(1, Stamp::new(9, 8, 8)).as_slice() >= &range.start[..]);
        assert!(message(2, stamp).as_slice() >= &range.end[..]);
    }
}
