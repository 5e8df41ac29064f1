//! What earlier versions stored, and what becomes of it.

use std::collections::BTreeMap;

use floor::{Record, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    attributes::{Fifo, Settings},
    message::Attributes,
    records::{Head, Message, Queue, State},
    redrive::{RedriveAllow, RedrivePolicy},
    redriven::Travelling,
};

/// [`Settings`] before there were keys of KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings2 {
    delay_s: u64,
    message_bytes_max: u64,
    retention_s: u64,
    wait_s: u64,
    visibility_s: u64,
    policy: Option<String>,
    redrive: Option<RedrivePolicy>,
    redrive_allow: Option<RedriveAllow>,
    managed_sse: bool,
    fifo: Option<Fifo>,
}

impl From<Settings2> for Settings {
    fn from(former: Settings2) -> Self {
        Self {
            delay_s: former.delay_s,
            message_bytes_max: former.message_bytes_max,
            retention_s: former.retention_s,
            wait_s: former.wait_s,
            visibility_s: former.visibility_s,
            policy: former.policy,
            redrive: former.redrive,
            redrive_allow: former.redrive_allow,
            managed_sse: former.managed_sse,
            fifo: former.fifo,
            ..Self::new(false)
        }
    }
}

/// [`Queue`] before queues had keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue1 {
    instance: u64,
    secret: [u8; 16],
    settings: Settings2,
    tags: BTreeMap<String, String>,
    created_ms: u64,
    modified_ms: u64,
    purged_ms: u64,
    mixed_ages: bool,
}

/// [`Queue`] before there were keys of KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue2 {
    instance: u64,
    secret: [u8; 16],
    settings: Settings2,
    tags: BTreeMap<String, String>,
    created_ms: u64,
    modified_ms: u64,
    purged_ms: u64,
    mixed_ages: bool,
    key: Option<Vec<u8>>,
}

impl Record for Queue2 {
    const FORMAT: u8 = 2;
    type Previous = Queue1;

    fn migrate(previous: Queue1) -> Self {
        let Queue1 { instance, secret, settings, tags, created_ms, modified_ms, purged_ms, mixed_ages } =
            previous;
        Self { instance, secret, settings, tags, created_ms, modified_ms, purged_ms, mixed_ages, key: None }
    }
}

impl Record for Queue {
    const FORMAT: u8 = 3;
    type Previous = Queue2;

    fn migrate(previous: Queue2) -> Self {
        let Queue2 { instance, secret, settings, tags, created_ms, modified_ms, purged_ms, mixed_ages, key } =
            previous;
        let settings = settings.into();
        Self { instance, secret, settings, tags, created_ms, modified_ms, purged_ms, mixed_ages, key }
    }
}

/// [`Message`] before there were keys of KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message1 {
    head: Head,
    id: [u8; 16],
    sender: String,
    body: String,
    body_md5: [u8; 16],
    attributes: Attributes,
    trace: Option<String>,
    deduplication_id: Option<String>,
    dead_letter_source: Option<String>,
}

impl From<Message1> for Message {
    fn from(former: Message1) -> Self {
        let Message1 {
            head,
            id,
            sender,
            body,
            body_md5,
            attributes,
            trace,
            deduplication_id,
            dead_letter_source,
        } = former;
        Self {
            head,
            id,
            sender,
            body,
            body_md5,
            attributes,
            trace,
            deduplication_id,
            dead_letter_source,
            locked: None,
        }
    }
}

impl Record for Message {
    // 2 stood for an encrypted message, and 4 does.
    const FORMAT: u8 = 3;
    type Previous = Message1;

    fn migrate(previous: Message1) -> Self {
        previous.into()
    }
}

/// [`Travelling`] before there were keys of KMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Travelling1 {
    from: String,
    to: String,
    message: Message1,
    state: State,
    returned: bool,
}

impl Record for Travelling {
    const FORMAT: u8 = 2;
    type Previous = Travelling1;

    fn migrate(previous: Travelling1) -> Self {
        let Travelling1 { from, to, message, state, returned } = previous;
        Self { from, to, message: message.into(), state, returned }
    }
}

first_format!(Queue1, Message1, Travelling1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_earlier_versions_stored_is_read() {
        let settings = Settings2 {
            delay_s: 1,
            message_bytes_max: 2048,
            retention_s: 60,
            wait_s: 3,
            visibility_s: 4,
            policy: None,
            redrive: None,
            redrive_allow: None,
            managed_sse: true,
            fifo: Some(Fifo::default()),
        };
        let first = Queue1 {
            instance: 7,
            secret: [1; 16],
            settings: settings.clone(),
            tags: BTreeMap::new(),
            created_ms: 1,
            modified_ms: 2,
            purged_ms: 3,
            mixed_ages: true,
        };
        let queue = Queue::decode(&first.encode()).unwrap();
        assert_eq!((queue.instance, queue.key.clone(), queue.mixed_ages), (7, None, true));
        let expected = Settings {
            delay_s: 1,
            message_bytes_max: 2048,
            retention_s: 60,
            wait_s: 3,
            ..Settings::new(true)
        };
        assert_eq!(queue.settings, Settings { visibility_s: 4, ..expected });
        let second = Queue2 { key: Some(vec![9]), ..Queue2::migrate(first) };
        assert_eq!(Queue::decode(&second.encode()).unwrap(), Queue { key: Some(vec![9]), ..queue });
    }

    #[test]
    fn a_message_of_an_earlier_version_is_read() {
        let former = Message1 {
            head: Head { sent_ms: 5, due_ms: 0, group: None },
            id: [3; 16],
            sender: "s".into(),
            body: "b".into(),
            body_md5: [2; 16],
            attributes: Vec::new(),
            trace: None,
            deduplication_id: None,
            dead_letter_source: Some("d".into()),
        };
        let message = Message::from(former.clone());
        let plain = former.encode();
        assert_eq!(Head::of(&plain).unwrap(), message.head);
        assert_eq!(Message::read(&plain, None).unwrap(), message);
        let (key, nonce) = (seal::MessageKey::new(&[1; 32]), [9; 24]);
        let head = postcard::to_stdvec(&former.head).unwrap();
        let mut sealed = [&[2], &head[..]].concat();
        key.seal_onto(&nonce, &head, &plain[1 + head.len()..], &mut sealed);
        assert_eq!(Head::of(&sealed).unwrap(), message.head);
        assert_eq!(Message::read(&sealed, Some(&key)).unwrap(), message);
        let travelling = Travelling1 {
            from: "f".into(),
            to: "t".into(),
            message: former,
            state: State::default(),
            returned: true,
        };
        assert_eq!(Travelling::decode(&travelling.encode()).unwrap().message, message);
    }
}
