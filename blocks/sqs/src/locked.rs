//! SSE-KMS: messages whose content is encrypted with data keys of KMS, asked for as whoever sends and receives them.
//!
//! The content is locked in its message; what is around it (the message's id, its times, its group) is metadata, which
//! SSE does not encrypt, and is sealed with the queue's own key like every other message. So a message keeps its data key
//! when it moves to another queue: "Moving a message to a dead-letter queue does not affect its encryption".
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html>

use std::collections::HashMap;

use api_kms::{Decrypt, DecryptRequest, GenerateDataKey, GenerateDataKeyRequest};
use api_sqs::errors;
use floor::{
    Answer, As, Cx, Fault,
    data_keys::{DataKey, For, key_of},
    fault::internal,
};
use seal::MessageKey;
use serde::{Deserialize, Serialize};
use wire::ErrorMeta;

use crate::{Sqs, message::Attributes, open::Open, records::Message};

/// The content of a message, encrypted with a data key of KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// The ARN of the key of KMS.
    pub key: String,
    /// The data key, encrypted by it.
    pub data_key: Vec<u8>,
    /// The ARN of the queue that it was sent to, to which the data key is bound.
    pub queue: String,
    /// Nonce and ciphertext of the [`Content`].
    pub sealed: Vec<u8>,
}

/// What SSE encrypts.
#[derive(Serialize, Deserialize)]
struct Content {
    body: String,
    body_md5: [u8; 16],
    attributes: Attributes,
    trace: Option<String>,
}

/// Data keys in the clear, by what KMS encrypted them to.
pub(crate) type Keys = HashMap<Vec<u8>, MessageKey>;

/// The name under which the encryption context has the queue's ARN.
const BOUND_AS: &str = "aws:sqs:arn";

impl Message {
    /// The same message with its content locked.
    pub(crate) fn locked_with(
        self,
        key: &DataKey,
        queue: &str,
        nonce: &[u8; MessageKey::NONCE_BYTES],
    ) -> Answer<Self> {
        let Self { body, body_md5, attributes, trace, .. } = self;
        let content = Content { body, body_md5, attributes, trace };
        let plain =
            postcard::to_stdvec(&content).map_err(|e| internal(format!("a message's content: {e}")))?;
        let mut sealed = Vec::new();
        key.plain.seal_onto(nonce, queue.as_bytes(), &plain, &mut sealed);
        let (key, data_key) = (key.key.clone(), key.sealed.clone());
        Ok(Self {
            body: String::new(),
            body_md5: [0; 16],
            attributes: Attributes::new(),
            trace: None,
            locked: Some(Locked { key, data_key, queue: queue.to_owned(), sealed }),
            ..self
        })
    }

    /// The message as it was sent.
    pub(crate) fn unlocked(mut self, keys: &Keys) -> Answer<Self> {
        let Some(locked) = self.locked.take() else { return Ok(self) };
        let damaged = |why: &dyn std::fmt::Display| internal(format!("the content of a message: {why}"));
        let key = keys.get(&locked.data_key).ok_or_else(|| damaged(&"its data key was not asked for"))?;
        let plain = key.open_with_nonce(locked.queue.as_bytes(), &locked.sealed).map_err(|e| damaged(&e))?;
        let content = postcard::from_bytes(&plain).map_err(|e| damaged(&e))?;
        let Content { body, body_md5, attributes, trace } = content;
        Ok(Self { body, body_md5, attributes, trace, ..self })
    }
}

impl Open {
    fn data_keys<'a>(&self, queue: &'a str) -> For<'a> {
        For { resource: queue, bound_as: BOUND_AS, reuse_ms: self.queue.settings.kms_reuse_s * 1000 }
    }

    fn kms_key(&self, cx: &Cx) -> Option<String> {
        let key = self.queue.settings.kms_key.as_ref()?;
        Some(key_of(&cx.caller, self.name.account, key))
    }
}

impl Sqs {
    /// The data key that the caller's messages to a queue are locked with; none where it has no key of KMS.
    pub(crate) async fn locking_key(&self, cx: &Cx, open: &Open) -> Answer<Option<std::sync::Arc<DataKey>>> {
        let Some(key) = open.kms_key(cx) else { return Ok(None) };
        let made = self.data_keys.sealing(cx, open.data_keys(&open.arn), &key).await;
        made.map(Some).map_err(|fault| refused(cx, fault))
    }

    /// Has the data keys of locked messages decrypted, for the caller who receives them from a queue.
    pub(crate) async fn unlock(
        &self,
        cx: &Cx,
        open: &Open,
        locked: &[Locked],
        keys: &mut Keys,
    ) -> Answer<()> {
        for one in locked {
            if !keys.contains_key(&one.data_key) {
                let of = open.data_keys(&one.queue);
                let opened = self.data_keys.opening(cx, of, &one.key, &one.data_key).await;
                keys.insert(one.data_key.clone(), opened.map_err(|fault| refused(cx, fault))?);
            }
        }
        Ok(())
    }

    /// Whether the caller may have messages moved out of one queue and into another, as far as their keys go.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html>
    pub(crate) async fn may_move(&self, cx: &Cx, from: &Open, to: Option<&Open>) -> Answer<()> {
        for open in [Some(from), to].into_iter().flatten() {
            let Some(key_id) = open.kms_key(cx) else { continue };
            let context = || Some(wire::Map::from([(BOUND_AS.to_owned(), open.arn.clone())]));
            let decrypt = DecryptRequest {
                key_id: Some(key_id.clone()),
                encryption_context: context(),
                dry_run: Some(true),
                dry_run_modifiers: Some(vec!["IGNORE_CIPHERTEXT".to_owned()]),
                ..DecryptRequest::default()
            };
            would_succeed(cx, cx.call::<Decrypt>(As::Caller, cx.region(), decrypt).await)?;
            if to.is_some_and(|to| to.arn == open.arn) {
                let generate = GenerateDataKeyRequest {
                    key_id,
                    encryption_context: context(),
                    key_spec: Some("AES_256".to_owned()),
                    dry_run: Some(true),
                    ..GenerateDataKeyRequest::default()
                };
                would_succeed(cx, cx.call::<GenerateDataKey>(As::Caller, cx.region(), generate).await)?;
            }
        }
        Ok(())
    }
}

/// A dry run tells with an error that it would have succeeded.
fn would_succeed<T>(cx: &Cx, answer: Answer<T>) -> Answer<()> {
    match answer {
        Err(fault) if fault.code() != "DryRunOperationException" => Err(refused(cx, fault)),
        _ => Ok(()),
    }
}

/// What KMS refuses, as SQS passes it on: `KMS.` before the code, and whose error it was behind the message.
fn refused(cx: &Cx, fault: Fault) -> Fault {
    let meta: &'static ErrorMeta = match fault.code() {
        "AccessDeniedException" | "NotAuthorizedException" => &errors::KMS_ACCESS_DENIED,
        "DisabledException" => &errors::KMS_DISABLED,
        "NotFoundException" | "InvalidArnException" => &errors::KMS_NOT_FOUND,
        "KMSInvalidStateException" => &errors::KMS_INVALID_STATE,
        "InvalidKeyUsageException" | "UnsupportedOperationException" => &errors::KMS_INVALID_KEY_USAGE,
        "ThrottlingException" | "LimitExceededException" => &errors::KMS_THROTTLED,
        _ => return fault,
    };
    Fault::new(meta, floor::data_keys::passed_on(cx, &fault))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        message::{Attribute, Value},
        records::Head,
    };

    proptest! {
        #[test]
        fn what_is_locked_is_unlocked(body in "\\PC{1,40}", md5: [u8; 16], trace: Option<String>, value: Vec<u8>) {
            let attribute = Attribute { data_type: "Binary".into(), value: Value::Binary(value) };
            let message = Message {
                head: Head { sent_ms: 1, due_ms: 2, group: Some("g".into()) },
                id: [7; 16],
                sender: "me".into(),
                body,
                body_md5: md5,
                attributes: vec![("a".into(), attribute)],
                trace,
                deduplication_id: Some("d".into()),
                dead_letter_source: None,
                locked: None,
            };
            let plain = MessageKey::new(&[5; 32]);
            let key = DataKey { plain: plain.clone(), sealed: vec![1, 2], key: "arn".into() };
            let locked = message.clone().locked_with(&key, "queue", &[3; 24]).unwrap();
            prop_assert!(locked.body.is_empty() && locked.attributes.is_empty() && locked.trace.is_none());
            prop_assert_eq!(&locked.head, &message.head);
            prop_assert!(locked.clone().unlocked(&Keys::new()).is_err());
            let moved = Message { dead_letter_source: Some("q".into()), ..locked.clone() };
            let keys = Keys::from([(vec![1, 2], plain)]);
            let unlocked = moved.unlocked(&keys).unwrap();
            prop_assert_eq!(unlocked, Message { dead_letter_source: Some("q".into()), ..message });
            let mut changed = locked;
            changed.locked.as_mut().unwrap().queue.push('x');
            prop_assert!(changed.unlocked(&keys).is_err());
        }
    }
}
