//! Data keys of KMS: what blocks encrypt under keys of their users, asked for as the caller.
//!
//! [`generate`] and [`decrypt`] ask KMS each time. [`Kept`] uses a data key again for some time, as SQS and SNS do: "Amazon
//! SQS distinguishes between callers based on their AWS credentials"; sessions of one role that differ in their name
//! alone are one requester.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html>

use std::{collections::HashMap, sync::Arc};

use api_kms::{Decrypt, DecryptRequest, GenerateDataKey, GenerateDataKeyRequest};
use auth::Kind;
use parking_lot::Mutex;
use seal::{MessageKey, Zeroizing};
use wire::{Answer, Fault, Map};

use crate::{As, Caller, Cx, Key, fault::internal};

/// A data key: in the clear, and as KMS encrypted it.
#[derive(Clone, Debug)]
pub struct DataKey {
    /// What encrypts.
    pub plain: MessageKey,
    /// The same, encrypted by KMS.
    pub sealed: Vec<u8>,
    /// The ARN of the key of KMS.
    pub key: String,
}

type Bytes = Zeroizing<[u8; seal::KEY_BYTES]>;

/// Asks for a data key.
pub async fn generate(cx: &Cx, key: String, context: Map<String>) -> Answer<DataKey> {
    Ok(make(cx, key, context).await?.0)
}

/// Has a data key decrypted by the key of KMS that encrypted it.
pub async fn decrypt(cx: &Cx, key: &str, sealed: &[u8], context: Map<String>) -> Answer<MessageKey> {
    Ok(MessageKey::new(&*decrypt_bytes(cx, key, sealed, context).await?))
}

async fn make(cx: &Cx, key: String, context: Map<String>) -> Answer<(DataKey, Bytes)> {
    must_be_known(cx, "kms:GenerateDataKey", &key)?;
    let request = GenerateDataKeyRequest {
        key_id: key,
        encryption_context: Some(context),
        key_spec: Some("AES_256".to_owned()),
        ..GenerateDataKeyRequest::default()
    };
    let made = cx.call::<GenerateDataKey>(As::Caller, cx.region(), request).await?;
    let none = || internal("KMS gave no data key");
    let bytes = key_bytes(made.plaintext.as_deref())?;
    let key = DataKey {
        plain: MessageKey::new(&bytes),
        sealed: made.ciphertext_blob.ok_or_else(none)?.to_vec(),
        key: made.key_id.ok_or_else(none)?,
    };
    Ok((key, bytes))
}

async fn decrypt_bytes(cx: &Cx, key: &str, sealed: &[u8], context: Map<String>) -> Answer<Bytes> {
    must_be_known(cx, "kms:Decrypt", key)?;
    let request = DecryptRequest {
        ciphertext_blob: Some(sealed.to_vec().into()),
        encryption_context: Some(context),
        key_id: Some(key.to_owned()),
        ..DecryptRequest::default()
    };
    key_bytes(cx.call::<Decrypt>(As::Caller, cx.region(), request).await?.plaintext.as_deref())
}

/// KMS takes signed requests only: what a resource's policy lets strangers do does not let them use a key, whatever the
/// key's policy says of everybody.
fn must_be_known(cx: &Cx, action: &str, key: &str) -> Answer<()> {
    if !cx.caller.who.is_anonymous() {
        return Ok(());
    }
    let why = format!(
        "User: anonymous is not authorized to perform: {action} on resource: {key} because no resource-based policy \
         allows the {action} action"
    );
    Err(Fault::coded("AccessDeniedException", 400, why))
}

fn key_bytes(plain: Option<&[u8]>) -> Answer<Bytes> {
    let bytes = plain.and_then(|plain| plain.try_into().ok()).map(Zeroizing::new);
    bytes.ok_or_else(|| internal("KMS gave a data key of another length"))
}

/// The id of a key as the settings of a resource of `owner` name it, so that it means the same whoever asks: an alias or
/// a bare id is one of the owner's.
pub fn key_of(caller: &Caller, owner: auth::AccountId, text: &str) -> String {
    match text {
        arn if arn.starts_with("arn:") || caller.account() == owner => arn.to_owned(),
        alias if alias.starts_with("alias/") => format!("arn:aws:kms:{}:{owner}:{alias}", caller.region),
        id => format!("arn:aws:kms:{}:{owner}:key/{id}", caller.region),
    }
}

/// What data keys are used for.
#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    /// The ARN of the resource, to which its data keys are bound.
    pub resource: &'a str,
    /// The name under which the encryption context has it.
    pub bound_as: &'a str,
    /// How long a data key is used again, in ms of service time.
    pub reuse_ms: u64,
}

impl For<'_> {
    fn context(&self) -> Map<String> {
        Map::from([(self.bound_as.to_owned(), self.resource.to_owned())])
    }
}

/// Data keys that are used again, by each requester for itself.
#[derive(Debug, Default)]
pub struct Kept(Mutex<HashMap<Key, Held>>);

#[derive(Debug)]
struct Held {
    made_ms: u64,
    key: Arc<DataKey>,
}

/// Data keys that are kept at most.
const KEPT_MAX: usize = 10_000;
/// The longest time for which one is used again: SQS allows no more.
const REUSE_MS_MAX: u64 = 86_400_000;

impl Kept {
    /// A data key to encrypt with under `key`: the one at hand, or a new one. A new one is decrypted once before it is
    /// used, which asks the caller for `kms:Decrypt` too, as on AWS.
    pub async fn sealing(&self, cx: &Cx, of: For<'_>, key: &str) -> Answer<Arc<DataKey>> {
        let requester = requester(&cx.caller);
        let slot = requester.clone().text("seal").text(of.resource).text(key);
        if let Some(found) = self.at_hand(&slot, cx.now().0, of.reuse_ms) {
            return Ok(found);
        }
        let (made, bytes) = make(cx, key.to_owned(), of.context()).await?;
        if *decrypt_bytes(cx, &made.key, &made.sealed, of.context()).await? != *bytes {
            return Err(internal("KMS decrypts a data key to another"));
        }
        let made = Arc::new(made);
        let now = cx.now().0;
        self.keep(now, requester.text("open").text(of.resource).bytes(&made.sealed), made.clone());
        self.keep(now, slot, made.clone());
        Ok(made)
    }

    /// The data key that was encrypted to `sealed` by `key`.
    pub async fn opening(&self, cx: &Cx, of: For<'_>, key: &str, sealed: &[u8]) -> Answer<MessageKey> {
        let slot = requester(&cx.caller).text("open").text(of.resource).bytes(sealed);
        if let Some(found) = self.at_hand(&slot, cx.now().0, of.reuse_ms) {
            return Ok(found.plain.clone());
        }
        let plain = decrypt(cx, key, sealed, of.context()).await?;
        let found = DataKey { plain: plain.clone(), sealed: sealed.to_vec(), key: key.to_owned() };
        self.keep(cx.now().0, slot, Arc::new(found));
        Ok(plain)
    }

    fn at_hand(&self, slot: &Key, now: u64, reuse_ms: u64) -> Option<Arc<DataKey>> {
        let kept = self.0.lock();
        let held = kept.get(slot)?;
        (held.made_ms + reuse_ms > now).then(|| held.key.clone())
    }

    fn keep(&self, now: u64, slot: Key, key: Arc<DataKey>) {
        let mut kept = self.0.lock();
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, held| held.made_ms + REUSE_MS_MAX > now);
        }
        if kept.len() >= KEPT_MAX {
            kept.clear(); // each is asked for anew
        }
        kept.insert(slot, Held { made_ms: now, key });
    }
}

/// Who asks, as far as what KMS would answer may depend on it.
fn requester(caller: &Caller) -> Key {
    let who = &caller.who;
    let mut key = Key::of(who.principal_arn());
    if let Kind::Service { source_arn, source_account, .. } = &who.kind {
        let account = source_account.as_ref().map_or("", |account| account.as_str());
        key = key.text(source_arn.as_deref().unwrap_or("")).text(account);
    }
    // The unique id, without the name of a role's session.
    key = key.text(who.account.as_str()).text(who.user_id.split(':').next().unwrap_or_default());
    if let Some(session) = &who.session {
        let said =
            (&session.policy, &session.policy_arns, &session.tags, &session.keys, session.mfa_ms.is_some());
        key = key.text(&format!("{said:?}"));
    }
    caller.via.iter().fold(key.text("via"), |key, via| key.text(via))
}

/// The message of an error of KMS as other services pass it on: they tell whose error it was.
pub fn passed_on(cx: &Cx, fault: &Fault) -> String {
    let message = if fault.message().is_empty() { "null" } else { fault.message() };
    format!(
        "{message} (Service: AWSKMS; Status Code: {}; Error Code: {}; Request ID: {}; Proxy: null)",
        fault.status(),
        fault.code(),
        cx.uuid(),
    )
}

#[cfg(test)]
mod tests {
    use auth::{AccountId, Identity, Session, SessionForm};

    use super::*;
    use crate::cx::Origin;

    fn caller(who: Identity, via: &[&'static str]) -> Caller {
        let region = "eu-west-1".parse().unwrap();
        let origin = Arc::new(Origin::default());
        let signed = crate::cx::Signed::default();
        Caller { who: Arc::new(who), region, via: via.into(), origin, signed, through: None }
    }

    fn of_role(name: &str, policy: Option<&str>) -> Identity {
        let session = Session {
            form: SessionForm::Role,
            issued_ms: 1,
            expires_ms: 2,
            policy: policy.map(str::to_owned),
            policy_arns: Vec::new(),
            tags: Vec::new(),
            transitive: Vec::new(),
            source_identity: None,
            provider: None,
            mfa_ms: None,
            issuer: None,
            issuer_id: None,
            keys: Vec::new(),
        };
        let (path, role) = ("/".to_owned(), "r".to_owned());
        Identity::role_session(AccountId::DEFAULT, path, role, "AROA", name).in_session(session)
    }

    #[test]
    fn requesters_are_told_apart_as_sqs_does() {
        let of = |who| requester(&caller(who, &["sqs.amazonaws.com"]));
        let service = |arn: &str| Identity::service("s3.amazonaws.com", Some(arn.into()), None);
        assert_eq!(of(of_role("one", None)), of(of_role("two", None)));
        let different = [
            of(of_role("one", None)),
            of(of_role("one", Some("{}"))),
            of(Identity::root(AccountId::DEFAULT)),
            of(Identity::root("111122223333".parse().unwrap())),
            of(service("a")),
            of(service("b")),
            requester(&caller(of_role("one", None), &["sns.amazonaws.com", "sqs.amazonaws.com"])),
        ];
        for (at, one) in different.iter().enumerate() {
            assert!(!different[..at].contains(one), "{at}");
        }
    }

    #[test]
    fn keys_are_those_of_the_owner() {
        let here = caller(Identity::root(AccountId::DEFAULT), &[]);
        let there: AccountId = "111122223333".parse().unwrap();
        for text in ["alias/a", "id", "arn:aws:kms:eu-west-1:1:key/k"] {
            assert_eq!(key_of(&here, AccountId::DEFAULT, text), text);
        }
        assert_eq!(key_of(&here, there, "alias/a"), "arn:aws:kms:eu-west-1:111122223333:alias/a");
        assert_eq!(key_of(&here, there, "id"), "arn:aws:kms:eu-west-1:111122223333:key/id");
        assert_eq!(key_of(&here, there, "arn:x"), "arn:x");
    }

    #[test]
    fn what_is_kept_ends_and_has_a_bound() {
        let kept = Kept::default();
        let plain = MessageKey::new(&[1; 32]);
        let key = Arc::new(DataKey { plain, sealed: vec![1], key: "k".into() });
        let slot = |n: usize| Key::of("slot").number(n as u64);
        kept.keep(1000, slot(0), key.clone());
        assert!(kept.at_hand(&slot(0), 1059, 60).is_some() && kept.at_hand(&slot(0), 1060, 60).is_none());
        for n in 1..2 * KEPT_MAX {
            kept.keep(2000 + REUSE_MS_MAX, slot(n), key.clone());
            assert!(kept.0.lock().len() <= KEPT_MAX);
            assert!(kept.at_hand(&slot(n), 2000 + REUSE_MS_MAX, 60).is_some());
        }
        assert!(kept.at_hand(&slot(0), 1000, 60).is_none());
    }
}
