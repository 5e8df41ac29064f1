//! The one way a message goes to a topic, whichever operation it came by.
//!
//! Few subscribers are served in the publish's own commit: one outbox entry each. For many, the message is stored
//! once and a step pages through them afterwards; its place is kept with each page, so that a crash repeats at most
//! the page under way, under the same delivery ids.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use api_sns::{MessageAttributeValue, PublishBatchRequestEntry, PublishInput};
use floor::{
    AccountId, Admitted, Answer, Arn, As, Cx, Entry, Get, Handle, Key, Lane, Record as _, Region, Sender, Tx,
    first_format,
};
use seal::MessageKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    Sns, archive,
    envelope::{self, Stamp},
    fault,
    figures::Event,
    filter::Sight,
    limits,
    parcel::Parcel,
    records::{self, Attribute, AttributeValue, Message, Seen, Subscription, Topic},
    replay,
    signing::Signer,
    topic::{OfTopic, TopicName},
};

/// A message that has been checked, before it has an id.
pub(crate) struct Draft {
    body: String,
    subject: Option<String>,
    per_protocol: bool,
    attributes: Vec<Attribute>,
    group: Option<String>,
    deduplication: Option<String>,
}

/// What was made of it.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    pub(crate) id: String,
    pub(crate) sequence: Option<String>,
}

const NOT_FOR_THIS_TYPE: &str = "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter \
                                 that is not valid for this topic type";

impl Draft {
    pub(crate) fn of_input(input: PublishInput) -> Answer<Self> {
        Self {
            body: input.message,
            subject: input.subject,
            per_protocol: structure(input.message_structure.as_deref())?,
            attributes: attributes(input.message_attributes)?,
            group: input.message_group_id,
            deduplication: input.message_deduplication_id,
        }
        .checked()
    }

    pub(crate) fn of_entry(entry: PublishBatchRequestEntry) -> Answer<Self> {
        Self {
            body: entry.message,
            subject: entry.subject,
            per_protocol: structure(entry.message_structure.as_deref())?,
            attributes: attributes(entry.message_attributes)?,
            group: entry.message_group_id,
            deduplication: entry.message_deduplication_id,
        }
        .checked()
    }

    fn checked(self) -> Answer<Self> {
        if self.body.is_empty() {
            return Err(fault::invalid("Empty message"));
        }
        if let Some(subject) = &self.subject {
            let plain = |c: char| !c.is_control();
            if subject.is_empty()
                || subject.chars().count() >= limits::SUBJECT_CHARS_MAX
                || !subject.chars().all(plain)
            {
                return Err(fault::invalid("Subject"));
            }
        }
        check_id("MessageGroupId", self.group.as_deref())?;
        check_id("MessageDeduplicationId", self.deduplication.as_deref())?;
        if self.per_protocol {
            match serde_json::from_str(&self.body) {
                Ok(Value::Object(texts)) if texts.get("default").is_some_and(Value::is_string) => {}
                Ok(Value::Object(_)) => {
                    return Err(fault::invalid("Message Structure - No default entry in JSON message body"));
                }
                _ => return Err(fault::invalid("Message Structure - JSON message body failed to parse")),
            }
        }
        Ok(self)
    }

    /// A message that goes straight to a phone or a device.
    pub(crate) fn straight(self, id: String, at_ms: u64) -> Answer<Message> {
        if self.bytes() > limits::MESSAGE_BYTES_DEFAULT {
            return Err(fault::invalid("Message too long"));
        }
        if self.deduplication.is_some() {
            return Err(fault::invalid(NOT_FOR_THIS_TYPE));
        }
        Ok(Message {
            id,
            topic_arn: String::new(),
            body: self.body,
            subject: self.subject,
            per_protocol: self.per_protocol,
            attributes: self.attributes,
            group: None,
            deduplication: None,
            sequence: None,
            at_ms,
        })
    }

    /// The size that counts against the limit: body, and names, types and values of the attributes.
    pub(crate) fn bytes(&self) -> usize {
        let value = |v: &AttributeValue| match v {
            AttributeValue::Text(text) => text.len(),
            AttributeValue::Binary(bytes) => bytes.len(),
        };
        let attributes: usize =
            self.attributes.iter().map(|a| a.name.len() + a.data_type.len() + value(&a.value)).sum();
        self.body.len() + attributes
    }

    fn check_for(&self, topic: &Topic) -> Answer<()> {
        if self.bytes() > topic.message_bytes_max() {
            return Err(fault::invalid("Message too long"));
        }
        if !topic.fifo {
            return match &self.deduplication {
                Some(_) => Err(fault::invalid(NOT_FOR_THIS_TYPE)),
                None => Ok(()),
            };
        }
        if self.group.as_deref().is_none_or(str::is_empty) {
            return Err(fault::invalid("The MessageGroupId parameter is required for FIFO topics"));
        }
        if self.deduplication.is_none() && !topic.content_based_deduplication() {
            return Err(fault::invalid(
                "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided \
                 explicitly",
            ));
        }
        Ok(())
    }
}

/// "Can contain up to 128 alphanumeric characters and punctuation": what is more would be refused by the queues.
fn check_id(name: &str, id: Option<&str>) -> Answer<()> {
    let fits = |id: &str| id.len() <= limits::ORDER_ID_BYTES_MAX && id.bytes().all(|b| b.is_ascii_graphic());
    // Whether an empty one is a mistake depends on the topic.
    if id.is_none_or(fits) {
        return Ok(());
    }
    let why = "Can only include alphanumeric and punctuation characters. 1 to 128 in length";
    Err(fault::invalid(format!("{name} Reason: {why}")))
}

fn structure(text: Option<&str>) -> Answer<bool> {
    match text {
        None => Ok(false),
        Some("json") => Ok(true),
        Some(_) => Err(fault::invalid("MessageStructure")),
    }
}

fn attributes(given: Option<wire::Map<MessageAttributeValue>>) -> Answer<Vec<Attribute>> {
    given.into_iter().flatten().map(|(name, value)| attribute(name, value)).collect()
}

/// AWS's words for a name that it does not take.
fn check_name(name: &str) -> Answer<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let wrong = |why: &str| Err(fault::value(why.to_owned()));
    if name.is_empty() || name.len() >= limits::ATTRIBUTE_NAME_BYTES_END {
        return wrong("Length of message attribute name must be less than 256 bytes.");
    }
    if name.starts_with('.') {
        return wrong("Invalid message attribute name starting with character '.' was found.");
    }
    if name.ends_with('.') {
        return wrong("Invalid message attribute name ending with character '.' was found.");
    }
    if name.contains("..") {
        return wrong("Message attribute name can not have successive '.' character.");
    }
    match name.chars().find(|c| !fits(*c)) {
        None => Ok(()),
        Some(c) => wrong(&format!(
            "Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can only include \
             alphanumeric characters, hyphens, underscores, or dots.",
            u32::from(c)
        )),
    }
}

fn attribute(name: String, given: MessageAttributeValue) -> Answer<Attribute> {
    check_name(&name)?;
    let wrong = |why: String| Err(fault::value(why));
    let data_type = given.data_type;
    let kind = data_type.split('.').next().unwrap_or_default();
    let field = match kind {
        "String" | "Number" => "String",
        "Binary" => "Binary",
        _ => {
            return wrong(format!(
                "The message attribute '{name}' has an invalid message attribute type, the set of supported type \
                 prefixes is Binary, Number, and String."
            ));
        }
    };
    let value = match (field, given.string_value, given.binary_value) {
        ("String", Some(text), None) if !text.is_empty() => AttributeValue::Text(text),
        ("Binary", None, Some(bytes)) if !bytes.is_empty() => AttributeValue::Binary(bytes.to_vec()),
        ("String", None, Some(_)) | ("Binary", Some(_), None) => {
            return wrong(format!(
                "The message attribute '{name}' with type '{kind}' must use field '{field}'."
            ));
        }
        _ => {
            return wrong(format!(
                "The message attribute '{name}' must contain non-empty message attribute value for message attribute \
                 type '{data_type}'."
            ));
        }
    };
    if kind == "Number" && matches!(&value, AttributeValue::Text(text) if text.parse::<f64>().is_err()) {
        return wrong(format!("Could not cast message attribute '{name}' value to number."));
    }
    Ok(Attribute { name, data_type, value })
}

/// Who delivers, and for which topic; made before the transaction.
pub(crate) struct Desk {
    pub(crate) name: TopicName,
    arn: String,
    pub(crate) sender: Sender,
    pub(crate) at_ms: u64,
    /// What messages are encrypted with that wait for their fan-out, and what the nonces are made of.
    key: MessageKey,
    salt: [u8; MessageKey::NONCE_BYTES],
    /// What messages are signed with; none for a FIFO topic, and where nobody has subscribed yet.
    signer: Option<Arc<Signer>>,
    /// How many subscribers did not take a message in the transaction under way.
    filtered_out: AtomicU64,
}

/// Messages are sealed under this word.
const PURPOSE: &str = "sns message";

impl Desk {
    pub(crate) fn new(cx: &Cx, name: &TopicName, signer: Option<Arc<Signer>>) -> Self {
        let arn = name.arn();
        let sender = cx.sender(As::Service { source_arn: arn.clone(), source_account: name.account });
        let key = cx.seal().key_for(PURPOSE);
        let salt = key.nonce(&cx.env().random);
        let (name, filtered_out) = (name.clone(), AtomicU64::new(0));
        Self { name, arn, sender, at_ms: cx.now().0, key, salt, signer, filtered_out }
    }

    /// A message as it is stored.
    pub(crate) fn sealed(&self, message: &Message) -> Vec<u8> {
        let plain = message.encode();
        let mut out = Vec::new();
        let nonce = seal::nonce_of(&self.salt, &[&plain]);
        self.key.seal_onto(&nonce, message.id.as_bytes(), &plain, &mut out);
        out
    }

    /// The inverse of [`Desk::sealed`].
    pub(crate) fn open(&self, id: &str, stored: &[u8]) -> Answer<Message> {
        let plain = self.key.open_with_nonce(id.as_bytes(), stored);
        Message::decode(&plain.map_err(|e| floor::fault::internal(format!("the message {id}: {e}")))?)
    }

    /// The delivery of a message to a subscriber, if it takes it.
    async fn entry(&self, sight: &Sight<'_>, topic: &Topic, to: &Subscription) -> Answer<Option<Entry>> {
        if !to.is_confirmed() {
            return Ok(None);
        }
        if !to.takes(sight) {
            self.filtered_out.fetch_add(1, Relaxed);
            return Ok(None);
        }
        let message = sight.message();
        if to.protocol != "sqs" {
            let parcel = Parcel::of_message(topic, message, to);
            return Ok(Some(parcel.entry(&self.sender, &self.name.region)));
        }
        let stamp = self.stamp(message, topic, to).await?;
        Ok(self.to_queue(message, to, stamp.as_ref(), None))
    }

    /// The delivery of a message once more, for the how manieth time, from the archive.
    pub(crate) fn replayed(&self, sight: &Sight<'_>, to: &Subscription, replay: &str) -> Option<Entry> {
        let is_taken = to.is_confirmed() && to.takes(sight);
        is_taken.then(|| self.to_queue(sight.message(), to, None, Some(replay))).flatten()
    }

    /// The signature of a message in its envelope.
    async fn stamp(&self, message: &Message, topic: &Topic, to: &Subscription) -> Answer<Option<Stamp>> {
        let Some(signer) = self.signer.as_ref().filter(|_| !to.raw() && !topic.fifo) else { return Ok(None) };
        let version = topic.signature_version();
        let text = envelope::signed_text(message, &envelope::body_for(message, &to.protocol));
        let signature = signer.sign(version, text).await?;
        Ok(Some(Stamp { version, signature, certificate: signer.name().to_owned() }))
    }

    fn to_queue(
        &self,
        message: &Message,
        to: &Subscription,
        stamp: Option<&Stamp>,
        replay: Option<&str>,
    ) -> Option<Entry> {
        let queue = Arn::parse(&to.endpoint)?;
        let delivery = envelope::to_queue(message, to, &self.name, &queue, (stamp, replay.is_some()))?;
        // The ids of deliveries are the same however often this is made.
        let id = format!("{}-{}{}", message.id, to.id, replay.unwrap_or_default());
        let sender = self.sender.clone().identified(&id);
        let group = format!("{}:{} {}", self.arn, to.id, message.group.as_deref().unwrap_or(""));
        delivery.entry(Lane::new(queue.as_str(), &group), &sender)
    }

    /// Puts one message into the topic inside `tx`.
    async fn put(&self, tx: &Tx, topic: &mut Topic, draft: &Draft, id: &str) -> Answer<Published> {
        draft.check_for(topic)?;
        let mut message = Message {
            id: id.to_owned(),
            topic_arn: self.arn.clone(),
            body: draft.body.clone(),
            subject: draft.subject.clone(),
            per_protocol: draft.per_protocol,
            attributes: draft.attributes.clone(),
            group: draft.group.clone(),
            deduplication: draft.deduplication.clone(),
            sequence: None,
            at_ms: self.at_ms,
        };
        if topic.fifo {
            let by_content = || hex::encode(Sha256::digest(draft.body.as_bytes()));
            let deduplication = message.deduplication.get_or_insert_with(by_content).clone();
            let group = if topic.deduplicates_by_group() { draft.group.as_deref().unwrap_or("") } else { "" };
            let key = records::seen(&topic.instance, group, &deduplication);
            if let Some(seen) = tx.load::<Seen>(&key).await?
                && seen.until_ms > self.at_ms
            {
                return Ok(Published {
                    id: seen.message,
                    sequence: Some(envelope::sequence_text(seen.sequence)),
                });
            }
            topic.sequence += 1;
            message.sequence = Some(topic.sequence);
            self.remember(tx, &key, id, topic.sequence);
            archive::keep(tx, topic, self, &message).await?;
        }
        self.hand_out(tx, topic, &message).await?;
        Ok(Published { id: message.id, sequence: message.sequence.map(envelope::sequence_text) })
    }

    fn remember(&self, tx: &Tx, key: &Key, message: &str, sequence: u64) {
        let until_ms = self.at_ms + limits::DEDUPLICATION.as_millis() as u64;
        tx.save(key, &Seen { message: message.to_owned(), sequence, until_ms });
        tx.put(&records::seen_until(until_ms, key), &b"1"[..]);
    }

    async fn hand_out(&self, tx: &Tx, topic: &Topic, message: &Message) -> Answer<()> {
        let all = records::subscriptions(&topic.instance).all();
        let at_once = limits::FAN_OUT_AT_ONCE.min(many(message));
        let found = tx.range(all, at_once + 1).await?;
        if found.len() > at_once {
            tx.put(&records::message(&topic.instance, &message.id), self.sealed(message));
            let lane = Lane::new(&self.arn, message.group.as_deref().unwrap_or(&message.id));
            tx.outbox(FanOut::begin(self, topic, &message.id).entry(lane, &self.sender));
            return Ok(());
        }
        self.deliver(tx, topic, message, found).await
    }

    /// Records the delivery of a message to each of these subscribers that takes it.
    async fn deliver(
        &self,
        tx: &Tx,
        topic: &Topic,
        message: &Message,
        to: Vec<(bytes::Bytes, bytes::Bytes)>,
    ) -> Answer<()> {
        let all: Vec<_> = to.iter().map(|(_, stored)| Subscription::decode(stored)).collect::<Answer<_>>()?;
        let mut held_back = Vec::new();
        for to in &all {
            held_back.push(replay::holds_back(tx, &topic.instance, to, message).await?);
        }
        let sight = Sight::of(message);
        for (to, _) in all.iter().zip(held_back).filter(|(_, is_held_back)| !is_held_back) {
            if let Some(entry) = self.entry(&sight, topic, to).await? {
                tx.outbox(entry);
            }
        }
        Ok(())
    }
}

/// To how many subscribers a message may go in one commit, by its size: it may become twice as long in the JSON around it,
/// and is kept again for the dead-letter queue.
fn many(message: &Message) -> usize {
    (limits::HANDED_OUT_BYTES / (4 * (message.body.len() + 1024))).max(4)
}

impl Sns {
    /// Publishes all of `drafts` in one commit.
    pub(crate) async fn publish_all<O>(
        &self,
        cx: &mut Cx,
        name: &TopicName,
        at: &Admitted<O, Self>,
        input: &O::Input,
        drafts: &[Draft],
    ) -> Answer<Vec<Published>>
    where
        O: wire::Operation,
        Self: Handle<O>,
        <Self as Handle<O>>::Loaded: OfTopic,
    {
        let topic = at.loaded.topic()?;
        if topic.attributes.contains_key("KmsMasterKeyId") {
            Box::pin(self.ask_for_key(cx, name, topic)).await?;
        }
        let signer = if topic.fifo { None } else { self.signer(cx, &name.region).await? };
        let desk = Desk::new(cx, name, signer);
        let ids: Vec<_> = drafts.iter().map(|_| cx.uuid()).collect();
        let place = name.place_anywhere();
        let (desk, ids) = (&desk, &ids);
        let cell = cx.cell(&place).await?;
        let all = cell.transact(|tx| async move {
            desk.filtered_out.store(0, Relaxed);
            let mut topic = at.within(self, &tx, input).await?.topic()?.clone();
            let before = topic.sequence;
            let mut done = Vec::with_capacity(drafts.len());
            for (draft, id) in drafts.iter().zip(ids) {
                done.push(desk.put(&tx, &mut topic, draft, id).await?);
            }
            if topic.sequence != before {
                tx.save(&desk.name.key(), &topic);
            }
            Ok(done)
        });
        let done = all.await?;
        let metrics = &cx.env().metrics;
        self.figures.count(metrics, &desk.arn, Event::Published, done.len() as u64);
        self.figures.count(metrics, &desk.arn, Event::FilteredOut, desk.filtered_out.load(Relaxed));
        Ok(done)
    }
}

/// Where a fan-out stands.
#[derive(Serialize, Deserialize)]
pub(crate) struct FanOut {
    region: Region,
    account: AccountId,
    topic: String,
    instance: String,
    message: String,
    /// The last subscription that has been served.
    after: Option<String>,
}

first_format!(FanOut);

/// The step's name in the outbox.
pub(crate) const FAN_OUT: &str = "fan-out";

impl FanOut {
    fn begin(desk: &Desk, topic: &Topic, message: &str) -> Self {
        Self {
            region: desk.name.region.clone(),
            account: topic.account,
            topic: topic.name.clone(),
            instance: topic.instance.clone(),
            message: message.to_owned(),
            after: None,
        }
    }

    fn entry(&self, lane: Lane, sender: &Sender) -> Entry {
        Entry::step(lane, sender, &self.region, FAN_OUT, floor::Record::encode(self))
    }

    fn name(&self) -> TopicName {
        TopicName { region: self.region.clone(), account: self.account, name: self.topic.clone() }
    }

    /// Where the place of a fan-out that has begun is kept.
    fn cursor(&self) -> Key {
        Key::of("fan-out").text(&self.instance).text(&self.message)
    }

    /// Serves every subscriber that is left, a page a commit.
    pub(crate) async fn run(self, sns: &Sns, cx: &mut Cx) -> Answer<()> {
        let name = self.name();
        let place = name.place_anywhere();
        let signer = sns.signer(cx, &name.region).await?;
        let desk = Desk::new(cx, &name, signer);
        loop {
            let (this, desk) = (&self, &desk);
            let cell = cx.cell(&place).await?;
            let page = |tx| async move {
                desk.filtered_out.store(0, Relaxed);
                this.page(&tx, desk).await
            };
            let is_last = cell.transact(page).await?;
            let filtered_out = desk.filtered_out.load(Relaxed);
            sns.figures.count(&cx.env().metrics, &desk.arn, Event::FilteredOut, filtered_out);
            if is_last {
                return Ok(());
            }
        }
    }

    /// One page; answers whether it was the last.
    async fn page(&self, tx: &Tx, desk: &Desk) -> Answer<bool> {
        let stored = records::message(&self.instance, &self.message);
        // Gone: an earlier run of this step has finished.
        let Some(message) = tx.get(&stored).await? else { return Ok(true) };
        let message = desk.open(&self.message, &message)?;
        let topic = desk.name.find(tx).await?.filter(|topic| topic.instance == self.instance);
        let Some(topic) = topic else {
            tx.delete(&stored);
            tx.delete(&self.cursor());
            return Ok(true);
        };
        let all = records::subscriptions(&self.instance);
        let mut range = all.all();
        if let Some(after) = tx.get(&self.cursor()).await? {
            range.start = after;
        }
        let page = limits::FAN_OUT_PAGE.min(many(&message));
        let found = tx.range(range, page).await?;
        let last = found.last().map(|(key, _)| key.clone());
        let is_whole = found.len() < page;
        desk.deliver(tx, &topic, &message, found).await?;
        if is_whole {
            tx.delete(&stored);
            tx.delete(&self.cursor());
            return Ok(true);
        }
        if let Some(last) = last {
            tx.put(&self.cursor(), [&last[..], &[0]].concat());
        }
        Ok(false)
    }
}

/// Forgets the deduplication ids of one cell whose time is over; a page a commit.
pub(crate) async fn forget(cx: &mut Cx, place: &floor::Placement, now_ms: u64) -> Answer<u64> {
    const PAGE: usize = 1000;
    let mut forgotten = 0;
    loop {
        let write = |tx: Tx| async move {
            let (start, end) = records::seen_by(now_ms);
            let prefix = start.len();
            let found = tx.range(start.to(&end), PAGE).await?;
            for (key, _) in &found {
                tx.delete(&Key::exactly(&key[prefix..]));
                tx.delete(&Key::exactly(key));
            }
            Ok(found.len())
        };
        let done = cx.cell(place).await?.transact(write).await?;
        forgotten += done as u64;
        if done < PAGE {
            return Ok(forgotten);
        }
    }
}
