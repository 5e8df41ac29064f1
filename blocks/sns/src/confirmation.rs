//! Subscriptions that wait until the owner of the endpoint confirms them, and those that may come back.

use floor::{Answer, Cx, Get, Key, Sender, Tx};

use crate::{
    Sns,
    directory::Change,
    envelope::Notice,
    filter_count, limits,
    parcel::Parcel,
    records::{self, Subscription, Token, Topic},
    topic::TopicName,
};

/// What is made before a transaction that asks the owner of an endpoint for something.
pub(crate) struct Ask {
    pub(crate) token: String,
    message: String,
    pub(crate) until_ms: u64,
    at_ms: u64,
}

/// Letters of a token.
const TOKEN_CHARS: usize = 128;

impl Ask {
    pub(crate) fn new(cx: &Cx) -> Self {
        let mut token = [0; TOKEN_CHARS / 2];
        cx.env().random.fill(&mut token);
        let at_ms = cx.now().0;
        let until_ms = at_ms + limits::TOKEN_LIFE.as_millis() as u64;
        Self { token: hex::encode(token), message: cx.uuid(), until_ms, at_ms }
    }

    /// Asks the endpoint to confirm its subscription, or tells that it has ended.
    pub(crate) fn send(
        &self,
        tx: &Tx,
        (name, topic): (&TopicName, &Topic),
        of: &Subscription,
        is_farewell: bool,
        sender: &Sender,
    ) {
        let notice = Notice {
            is_farewell,
            id: self.message.clone(),
            topic_arn: name.arn(),
            token: self.token.clone(),
            at_ms: self.at_ms,
        };
        let key = records::token(&topic.instance, &self.token);
        let stands_for = Token {
            topic_arn: name.arn(),
            subscription: of.id.clone(),
            former: is_farewell.then(|| of.clone()),
            until_ms: self.until_ms,
        };
        tx.save(&key, &stands_for);
        tx.put(&records::token_until(self.until_ms, &key), name.arn().into_bytes());
        tx.outbox(Parcel::of_notice(topic, notice, of).entry(sender, &name.region));
    }
}

/// Whether a text can be a token of ours.
pub(crate) fn is_token(text: &str) -> bool {
    text.len() == TOKEN_CHARS && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Forgets the tokens of one cell whose time is over, and the subscriptions that nobody confirmed.
pub(crate) async fn forget(sns: &Sns, cx: &mut Cx, place: &floor::Placement, now_ms: u64) -> Answer<u64> {
    const PAGE: usize = 100;
    let mut forgotten = 0;
    loop {
        let (start, end) = records::token_by(now_ms);
        let prefix = start.len();
        let view = cx.view(place).await?;
        let found = view.range(start.to(&end), PAGE).await?;
        drop(view);
        for (key, topic_arn) in &found {
            let name = &TopicName::of_arn(&String::from_utf8_lossy(topic_arn), "TopicArn")?;
            let sender = &Change::sender(cx, name);
            let (until, token) = (&Key::exactly(key), &Key::exactly(&key[prefix..]));
            let write = |tx: Tx| async move {
                let ended = end_unconfirmed(&tx, name, token, sender).await?;
                tx.delete(until);
                tx.delete(token);
                Ok(ended)
            };
            if let Some(change) = cx.cell(place).await?.transact(write).await? {
                sns.list(cx, &change).await?;
            }
        }
        forgotten += found.len() as u64;
        if found.len() < PAGE {
            return Ok(forgotten);
        }
    }
}

/// Ends the subscription that a token would have confirmed, if it still waits for no later one.
async fn end_unconfirmed(tx: &Tx, name: &TopicName, token: &Key, sender: &Sender) -> Answer<Option<Change>> {
    let Some(token) = tx.load::<Token>(token).await?.filter(|token| token.former.is_none()) else {
        return Ok(None);
    };
    let Some(topic) = name.find(tx).await? else { return Ok(None) };
    let key = records::subscription(&topic.instance, &token.subscription);
    let Some(s) = tx.load::<Subscription>(&key).await? else { return Ok(None) };
    if s.pending_until_ms != Some(token.until_ms) {
        return Ok(None);
    }
    tx.delete(&key);
    tx.delete(&records::endpoint(&topic.instance, &s.protocol, &s.endpoint));
    tx.add(&records::count(&topic.instance, "pending"), -1);
    filter_count::add(tx, &topic.instance, -i64::from(filter_count::has(&s)));
    let change = Change::of_subscription(name, &s.id, s.owner);
    tx.outbox(change.entry(sender, name));
    Ok(Some(change))
}
