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
    pub(crate) async fn keep(&self, tx: &Tx, account: AccountId, sent: &Sent) -> Answer<()> {
        let (key, plain) = (key_of(account, sent), sent.encode());
        if tx.get(&key).await?.is_none() {
            tx.add(&count(), 1);
        }
        let nonce = seal::nonce_of(&self.salt, &[key.as_slice(), &plain]);
        let mut sealed = Vec::new();
        self.key.seal_onto(&nonce, key.as_slice(), &plain, &mut sealed);
        tx.put(&key, sealed);
        tx.put(&by_time(sent.at_ms).raw(key.as_slice()), &b"1"[..]);
        Ok(())
    }
}

/// How many are kept.
fn count() -> Key {
    Key::of("sent-count")
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

/// Forgets what was sent two weeks ago, and the oldest of what is more than `most`.
pub(crate) async fn forget(floor: &Floor, place: &Placement, now_ms: u64, most: i64) -> Answer<u64> {
    const PAGE: i64 = 500;
    let until_ms = now_ms.saturating_sub(limits::SENT_KEPT.as_millis() as u64);
    let (start, old, any) = (by_time(0), by_time(until_ms), by_time(u64::MAX));
    let prefix = start.len();
    let mut forgotten = 0;
    loop {
        let view = floor.view::<Sns>(place).await?;
        let over = floor::tx::counter(view.get(&count()).await?.as_ref())? - most;
        let (range, page) = if over > 0 { (start.to(&any), over.min(PAGE)) } else { (start.to(&old), PAGE) };
        if view.range(range.clone(), 1).await?.is_empty() {
            return Ok(forgotten);
        }
        drop(view);
        let range = &range;
        let write = |tx: Tx| async move {
            let found = tx.range(range.clone(), page as usize).await?;
            for (key, _) in &found {
                tx.delete(&Key::exactly(&key[prefix..]));
                tx.delete(&Key::exactly(key));
            }
            tx.add(&count(), -(found.len() as i64));
            Ok(found.len())
        };
        forgotten += floor.cell::<Sns>(place).await?.transact(write).await? as u64;
    }
}

#[cfg(test)]
mod tests {
    use api_sns::{Publish, PublishInput};

    use super::*;
    use crate::{Settings, testing::World};

    async fn texts(world: &World) -> Vec<String> {
        let shown = Sns::new(Settings::default()).sent(&world.0, AccountId::DEFAULT).await.unwrap();
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let text = |one: &Value| one["Message"].as_str().unwrap().to_owned();
        shown["Messages"].as_array().unwrap().iter().map(text).collect()
    }

    #[tokio::test]
    async fn the_oldest_go_when_there_are_too_many() {
        let world = World::new();
        for number in 0..7 {
            world.0.env.clocks.service.turn(std::time::Duration::from_millis(1));
            let input = PublishInput {
                phone_number: Some("+15551234567".to_owned()),
                message: number.to_string(),
                ..PublishInput::default()
            };
            world.call::<Publish>(input).await.unwrap();
        }
        let place = &Placement::directory(&World::region());
        let now_ms = world.cx().now().0;
        assert_eq!(forget(&world.0, place, now_ms, 7).await.unwrap(), 0);
        assert_eq!(forget(&world.0, place, now_ms, 3).await.unwrap(), 4);
        assert_eq!(texts(&world).await, ["6", "5", "4"]);
        let later_ms = now_ms + limits::SENT_KEPT.as_millis() as u64;
        assert_eq!(forget(&world.0, place, later_ms, 3).await.unwrap(), 2);
        assert_eq!(texts(&world).await, ["6"]);
        assert_eq!(forget(&world.0, place, later_ms + 5, 3).await.unwrap(), 1);
        assert!(texts(&world).await.is_empty());
    }
}
