//! What nobody here can deliver: text messages, notifications to devices, and e-mail where no server for it is named.
//! It is kept for two weeks, for whoever wants to read it.

use base64::{Engine, prelude::BASE64_STANDARD};
use floor::{AccountId, Answer, Cx, Floor, Get, Key, Placement, Record, Region, Tx, first_format};
use seal::MessageKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::{
    Sns, envelope, limits,
    records::{Attribute, AttributeValue},
};

/// What is kept is sealed under this word.
const PURPOSE: &str = "sns sent";

/// Something that was sent.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Sent {
    /// `sms`, `application`, `email` or `email-json`.
    pub(crate) protocol: String,
    /// A phone number, the ARN of a device, an address.
    pub(crate) to: String,
    pub(crate) topic_arn: Option<String>,
    pub(crate) subscription_arn: Option<String>,
    pub(crate) message_id: String,
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) at_ms: u64,
}

first_format!(Sent);

fn all(account: AccountId) -> Key {
    Key::of("sent").text(account.as_str())
}

fn key_of(account: AccountId, sent: &Sent) -> Key {
    all(account).number(sent.at_ms).text(&sent.message_id).text(&sent.to)
}

/// By the moment of sending, over all accounts.
fn by_time(at_ms: u64) -> Key {
    Key::of("sent-at").number(at_ms)
}

/// Keeps what is sent; made before the transaction.
pub(crate) struct Keeper {
    key: MessageKey,
    salt: [u8; MessageKey::NONCE_BYTES],
}

impl Keeper {
    pub(crate) fn new(cx: &Cx) -> Self {
        let key = cx.seal().key_for(PURPOSE);
        let salt = key.nonce(&cx.env().random);
        Self { key, salt }
    }

    /// Keeps it, in the directory of the region. The same message to the same address is kept once.
    pub(crate) fn keep(&self, tx: &Tx, account: AccountId, sent: &Sent) {
        let (key, plain) = (key_of(account, sent), sent.encode());
        let nonce = seal::nonce_of(&self.salt, &[key.as_slice(), &plain]);
        let mut sealed = Vec::new();
        self.key.seal_onto(&nonce, key.as_slice(), &plain, &mut sealed);
        tx.put(&key, sealed);
        tx.put(&by_time(sent.at_ms).raw(key.as_slice()), &b"1"[..]);
    }
}

impl Sent {
    fn shown(&self, region: &Region) -> Value {
        let attribute = |one: &Attribute| {
            let value = match &one.value {
                AttributeValue::Text(text) => text.clone(),
                AttributeValue::Binary(bytes) => BASE64_STANDARD.encode(bytes),
            };
            (one.name.clone(), json!({"Type": one.data_type, "Value": value}))
        };
        let attributes: serde_json::Map<_, _> = self.attributes.iter().map(attribute).collect();
        json!({
            "Protocol": self.protocol, "To": self.to, "Region": region.as_str(), "TopicArn": self.topic_arn,
            "SubscriptionArn": self.subscription_arn, "MessageId": self.message_id, "Subject": self.subject,
            "Message": self.body, "MessageAttributes": attributes, "Timestamp": envelope::timestamp(self.at_ms),
        })
    }
}

impl Sns {
    /// What an account sent by e-mail, to phones and to devices, the latest first, as JSON.
    pub async fn sent(&self, floor: &Arc<Floor>, account: AccountId) -> Answer<String> {
        let sealing = floor.seal.key_for(PURPOSE);
        let mut found = Vec::new();
        for region in floor.cells.regions() {
            let view = floor.view::<Self>(&Placement::directory(&region)).await?;
            let mut range = all(account).all();
            range.reverse = true;
            for (key, sealed) in view.range(range, limits::SENT_SHOWN).await? {
                let plain = sealing.open_with_nonce(&key, &sealed);
                let plain =
                    plain.map_err(|e| floor::fault::internal(format!("a message that was sent: {e}")))?;
                found.push((region.clone(), Sent::decode(&plain)?));
            }
        }
        found.sort_by_key(|(_, sent)| std::cmp::Reverse(sent.at_ms));
        found.truncate(limits::SENT_SHOWN);
        let shown: Vec<_> = found.iter().map(|(region, sent)| sent.shown(region)).collect();
        Ok(json!({"Messages": shown}).to_string())
    }
}

/// Forgets what was sent two weeks ago.
pub(crate) async fn forget(cx: &mut Cx, place: &Placement, now_ms: u64) -> Answer<u64> {
    const PAGE: usize = 500;
    let until_ms = now_ms.saturating_sub(limits::SENT_KEPT.as_millis() as u64);
    let (start, end) = (by_time(0), by_time(until_ms));
    let (prefix, range) = (start.len(), &start.to(&end));
    let mut forgotten = 0;
    loop {
        let write = |tx: Tx| async move {
            let found = tx.range(range.clone(), PAGE).await?;
            for (key, _) in &found {
                tx.delete(&Key::exactly(&key[prefix..]));
                tx.delete(&Key::exactly(key));
            }
            Ok(found.len())
        };
        if cx.view(place).await?.range(range.clone(), 1).await?.is_empty() {
            return Ok(forgotten);
        }
        forgotten += cx.cell(place).await?.transact(write).await? as u64;
    }
}
