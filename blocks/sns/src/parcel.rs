//! Deliveries to endpoints that are no queues: each its own step of the outbox, on a lane of its subscription, so that an
//! endpoint that is slow or gone delays nobody else.
//!
//! A try that fails is recorded with the time of the next and leaves the lane free for other messages; a caretaker puts
//! what is due on its lane again. What was recorded survives a crash, and a try that was under way then is made again:
//! endpoints tell repeats by `MessageId`.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};

use floor::{Answer, Arn, As, Cx, Entry, Get, Lane, Placement, Record, Region, Sender, Tx, first_format};
use http::{HeaderMap, HeaderValue};
use parking_lot::Mutex;
use seal::MessageKey;
use serde::{Deserialize, Serialize};

use crate::{
    Sns,
    delivery::Delivery,
    delivery_policy::{Effective, Retries},
    envelope::{self, Notice, Stamp},
    figures::Event,
    limits,
    post::Failure,
    records::{self, Message, Subscription, Topic},
    topic::TopicName,
};

/// The step's name in the outbox.
pub(crate) const CARRY: &str = "carry";
/// What waits for its next try is sealed under this word.
const PURPOSE: &str = "sns parcel";

/// One delivery.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Parcel {
    topic_arn: String,
    instance: String,
    /// The subscription's id.
    subscription: String,
    content: Content,
    /// How many tries have failed.
    failed: u64,
    /// Its turn has been reserved, where the subscription has a limit.
    has_turn: bool,
}

/// What is delivered.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) enum Content {
    Message(Message),
    /// To a subscription that may have ended: it is carried along.
    Notice(Notice, Subscription),
}

first_format!(Parcel);

impl Parcel {
    /// A message for a subscription.
    pub(crate) fn of_message(topic: &Topic, message: &Message, to: &Subscription) -> Self {
        Self::new(&message.topic_arn, &topic.instance, to, Content::Message(message.clone()))
    }

    /// A notice about a subscription.
    pub(crate) fn of_notice(topic: &Topic, notice: Notice, to: &Subscription) -> Self {
        let topic_arn = notice.topic_arn.clone();
        Self::new(&topic_arn, &topic.instance, to, Content::Notice(notice, to.clone()))
    }

    fn new(topic_arn: &str, instance: &str, to: &Subscription, content: Content) -> Self {
        let (topic_arn, instance) = (topic_arn.to_owned(), instance.to_owned());
        Self { topic_arn, instance, subscription: to.id.clone(), content, failed: 0, has_turn: false }
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    /// When it was published.
    pub(crate) fn at_ms(&self) -> u64 {
        match &self.content {
            Content::Message(message) => message.at_ms,
            Content::Notice(notice, _) => notice.at_ms,
        }
    }

    pub(crate) fn id(&self) -> &str {
        match &self.content {
            Content::Message(message) => &message.id,
            Content::Notice(notice, _) => &notice.id,
        }
    }

    pub(crate) fn arn(&self) -> String {
        format!("{}:{}", self.topic_arn, self.subscription)
    }

    /// The step that delivers it. A subscription has a few lanes, as its messages have no order among them.
    pub(crate) fn entry(&self, sender: &Sender, region: &Region) -> Entry {
        let number = self.id().bytes().fold(0_u8, |all, byte| all.wrapping_mul(31).wrapping_add(byte));
        let lane = Lane::new(&self.arn(), &format!("{}", number % limits::LANES_A_SUBSCRIPTION));
        let sender =
            sender.clone().identified(&format!("{}-{}-{}", self.id(), self.subscription, self.failed));
        Entry::step(lane, &sender, region, CARRY, self.encode())
    }
}

/// When something is due next, over all cells that are open, so that nobody looks before; and how fast endpoints are
/// served.
#[derive(Default)]
pub(crate) struct Schedule {
    next_ms: AtomicU64,
    cells: AtomicUsize,
    /// When a subscription with a limit may be served next, by its ARN, in microseconds.
    turns: Mutex<HashMap<String, u64>>,
}

impl Schedule {
    fn add(&self, at_ms: u64) {
        self.next_ms.fetch_min(at_ms, Ordering::SeqCst);
    }

    /// Takes the next turn of a subscription and answers when it is.
    fn turn(&self, arn: &str, per_second: u64, now_ms: u64) -> u64 {
        const KEPT: usize = 10_000;
        let now_us = now_ms * 1000;
        let mut turns = self.turns.lock();
        if turns.len() >= KEPT {
            turns.retain(|_, next_us| *next_us > now_us);
        }
        let next = turns.entry(arn.to_owned()).or_default();
        let mine = now_us.max(*next);
        *next = mine + 1_000_000 / per_second.max(1);
        mine / 1000
    }
}

/// Where a parcel goes, as it was when its try began.
pub(crate) struct Address {
    pub(crate) name: TopicName,
    pub(crate) topic: Topic,
    pub(crate) to: Subscription,
}

impl Sns {
    /// Makes one try, and those that follow it at once.
    pub(crate) async fn carry(&self, cx: &mut Cx, mut parcel: Parcel) -> Answer<()> {
        loop {
            let Some(address) = self.address(cx, &parcel).await? else { return Ok(()) };
            if let (Content::Notice(notice, _), "sqs") = (&parcel.content, address.to.protocol.as_str()) {
                return self.ask_queue(cx, &address, &parcel, notice).await;
            }
            let policy = address.to.delivery_policy(&address.topic);
            if let Some(rate) = policy.per_second.filter(|_| !parcel.has_turn) {
                let (now_ms, arn) = (cx.now().0, parcel.arn());
                let at_ms = self.schedule.turn(&arn, rate, now_ms);
                if at_ms > now_ms {
                    parcel.has_turn = true;
                    return self.put_off(cx, &address, &parcel, at_ms).await;
                }
            }
            parcel.has_turn = false;
            let why = match self.tried(cx, &parcel, &address, &policy).await? {
                Ok(()) => {
                    cx.env().metrics.counter("kumiki_sns_delivered_total", "").add(1);
                    if matches!(parcel.content, Content::Message(_)) {
                        self.figures.count(&cx.env().metrics, &parcel.topic_arn, Event::Delivered, 1);
                    }
                    return Ok(());
                }
                Err(why) => why,
            };
            cx.env().metrics.counter("kumiki_sns_failed_tries_total", "").add(1);
            parcel.failed += 1;
            if parcel.failed == 1 {
                tracing::warn!(subscription = parcel.arn(), %why, "a delivery failed for the first time");
            }
            let retries = if address.to.is_http() { policy.retries } else { Retries::MAIL };
            let wait = match &why {
                Failure::Later(_) => retries.wait(parcel.failed),
                Failure::ForGood(_) => None,
            };
            match wait {
                Some(wait) if wait.is_zero() => {}
                Some(wait) => return self.put_off(cx, &address, &parcel, cx.now().plus(wait).0).await,
                None => return self.give_up(cx, &address, &parcel, &why).await,
            }
        }
    }

    /// None where nobody waits for the parcel any more.
    async fn address(&self, cx: &Cx, parcel: &Parcel) -> Answer<Option<Address>> {
        let name = TopicName::of_arn(&parcel.topic_arn, "TopicArn")?;
        let view = cx.view(&name.place_anywhere()).await?;
        let Some(topic) = name.find(&view).await?.filter(|topic| topic.instance == parcel.instance) else {
            return Ok(None);
        };
        let found: Option<Subscription> =
            view.load(&records::subscription(&topic.instance, &parcel.subscription)).await?;
        let to = match (&parcel.content, found) {
            (Content::Message(_), Some(to)) => to.pending_until_ms.is_none().then_some(to),
            (Content::Message(_), None) => None,
            (Content::Notice(notice, kept), found) => {
                (notice.is_farewell || found.is_some()).then(|| kept.clone())
            }
        };
        Ok(to.map(|to| Address { name, topic, to }))
    }

    async fn tried(
        &self,
        cx: &Cx,
        parcel: &Parcel,
        address: &Address,
        policy: &Effective,
    ) -> Answer<Result<(), Failure>> {
        let to = &address.to;
        let stamp = self.stamp(cx, parcel, address).await?;
        if !to.is_http() {
            return self.tried_elsewhere(cx, parcel, address, stamp.as_ref()).await;
        }
        let (kind, text) = match &parcel.content {
            Content::Notice(notice, _) => (notice.kind(), notice.text(to, &parcel.arn(), stamp.as_ref())),
            Content::Message(message) if to.raw() => {
                ("Notification", envelope::body_for(message, &to.protocol))
            }
            Content::Message(message) => {
                ("Notification", envelope::envelope(message, to, &parcel.arn(), stamp.as_ref(), false))
            }
        };
        let Some(headers) = headers(parcel, kind, to, policy) else {
            return Ok(Err(Failure::ForGood("a header cannot be sent".to_owned())));
        };
        Ok(self.post.post(cx.env(), &to.endpoint, headers, text).await)
    }

    /// The signature, where one is sent.
    async fn stamp(&self, cx: &Cx, parcel: &Parcel, address: &Address) -> Answer<Option<Stamp>> {
        let to = &address.to;
        let text = match &parcel.content {
            Content::Message(_) if to.raw() => return Ok(None),
            Content::Message(message) => {
                envelope::signed_text(message, &envelope::body_for(message, &to.protocol))
            }
            Content::Notice(notice, _) => notice.signed_text(to, &parcel.arn()),
        };
        let Some(signer) = self.signer(cx, &address.name.region).await? else { return Ok(None) };
        let version = address.topic.signature_version();
        let signature = signer.sign(version, text).await?;
        Ok(Some(Stamp { version, signature, certificate: signer.name().to_owned() }))
    }

    /// Records the next try.
    async fn put_off(&self, cx: &mut Cx, address: &Address, parcel: &Parcel, at_ms: u64) -> Answer<()> {
        let key = cx.seal().key_for(PURPOSE);
        let (id, nonce) = (cx.uuid(), key.nonce(&cx.env().random));
        let mut sealed = Vec::new();
        key.seal_onto(&nonce, id.as_bytes(), &parcel.encode(), &mut sealed);
        let (at, sealed) = (&records::again(at_ms, &id), &sealed);
        let write = |tx: Tx| async move {
            tx.put(at, sealed.clone());
            Ok(())
        };
        cx.cell(&address.name.place_anywhere()).await?.transact(write).await?;
        self.schedule.add(at_ms);
        Ok(())
    }

    /// Hands a message to the dead-letter queue, if there is one. Notices are nobody's to keep.
    async fn give_up(&self, cx: &mut Cx, address: &Address, parcel: &Parcel, why: &Failure) -> Answer<()> {
        cx.env().metrics.counter("kumiki_sns_given_up_total", "").add(1);
        tracing::warn!(subscription = parcel.arn(), tries = parcel.failed, %why, "a delivery was given up");
        let Content::Message(message) = &parcel.content else { return Ok(()) };
        self.figures.count(&cx.env().metrics, &parcel.topic_arn, Event::Failed, 1);
        let Some(queue) = address.to.dead_letter_queue() else { return Ok(()) };
        let stamp = self.stamp(cx, parcel, address).await?;
        let stamp = (stamp.as_ref(), false);
        let delivery = envelope::to_queue(message, &address.to, &address.name, &queue, stamp);
        let sender = sender(cx, &address.name).identified(&format!("{}-{}-dead", message.id, address.to.id));
        let (lane, sender) = (&Lane::new(queue.as_str(), &parcel.arn()), &sender);
        let Some(delivery) = &delivery.map(Delivery::of_dead_letter) else { return Ok(()) };
        hand_over(cx, &address.name, delivery, (lane, sender)).await
    }

    /// Hands a notice to the queue that it is about, as the topic: the queue's policy must let it send.
    async fn ask_queue(
        &self,
        cx: &mut Cx,
        address: &Address,
        parcel: &Parcel,
        notice: &Notice,
    ) -> Answer<()> {
        let Some(queue) = Arn::parse(&address.to.endpoint) else { return Ok(()) };
        let stamp = self.stamp(cx, parcel, address).await?;
        let text = notice.text(&address.to, &parcel.arn(), stamp.as_ref());
        let of = (address.to.id.as_str(), notice.id.as_str());
        let delivery = Delivery::of_notice(&address.name, text, &queue, of);
        let sender = &sender(cx, &address.name).identified(&format!("{}-{}-notice", of.1, of.0));
        hand_over(cx, &address.name, &delivery, (&Lane::new(queue.as_str(), &parcel.arn()), sender)).await
    }

    /// Puts what is due on its lanes: the caretaker's step. Answers how much that was.
    pub(crate) async fn resume(&self, cx: &mut Cx) -> Answer<u64> {
        self.post.sweep(cx.env().clocks.steady.now());
        let (places, now_ms) = (cx.floor().cells.places(), cx.now().0);
        // A cell that was opened since the last look may have brought something.
        let is_same = self.schedule.cells.swap(places.len(), Ordering::SeqCst) == places.len();
        if is_same && self.schedule.next_ms.load(Ordering::SeqCst) > now_ms {
            return Ok(0);
        }
        self.schedule.next_ms.store(u64::MAX, Ordering::SeqCst);
        let mut resumed = 0;
        for place in places {
            let done = self.resume_in(cx, &place, now_ms).await;
            if done.is_err() {
                self.schedule.add(now_ms);
            }
            resumed += done?;
        }
        Ok(resumed)
    }

    async fn resume_in(&self, cx: &mut Cx, place: &Placement, now_ms: u64) -> Answer<u64> {
        const PAGE: usize = 100;
        let (start, end) = records::again_by(now_ms + 1);
        let mut resumed = 0;
        loop {
            let view = cx.view(place).await?;
            let found = view.range(start.to(&end), PAGE).await?;
            drop(view);
            if found.is_empty() {
                break;
            }
            let due = due(cx, &found)?;
            let (found, due) = (&found, &due);
            let write = |tx: Tx| async move {
                for ((key, _), (parcel, sender, region)) in found.iter().zip(due) {
                    let key = floor::Key::exactly(key);
                    if tx.get(&key).await?.is_some() {
                        tx.delete(&key);
                        tx.outbox(parcel.entry(sender, region));
                    }
                }
                Ok(())
            };
            cx.cell(place).await?.transact(write).await?;
            resumed += found.len() as u64;
        }
        let (start, end) = records::again_by(u64::MAX);
        let next = cx.view(place).await?.range(start.to(&end), 1).await?;
        if let Some((key, _)) = next.first() {
            self.schedule.add(number_of(key).unwrap_or(now_ms));
        }
        Ok(resumed)
    }
}

/// Puts a delivery to a queue on its lane.
async fn hand_over(
    cx: &mut Cx,
    topic: &TopicName,
    delivery: &Delivery,
    (lane, sender): (&Lane, &Sender),
) -> Answer<()> {
    let write = |tx: Tx| async move {
        if let Some(entry) = delivery.entry(lane.clone(), sender) {
            tx.outbox(entry);
        }
        Ok(())
    };
    cx.cell(&topic.place_anywhere()).await?.transact(write).await
}

/// The parcels of records that are due, and what sends them.
fn due(cx: &Cx, found: &[(bytes::Bytes, bytes::Bytes)]) -> Answer<Vec<(Parcel, Sender, Region)>> {
    let seal: MessageKey = cx.seal().key_for(PURPOSE);
    let one = |(key, sealed): &(bytes::Bytes, bytes::Bytes)| {
        let id = id_of(key).ok_or_else(|| floor::fault::internal("the key of a parcel cannot be read"))?;
        let opened = seal.open_with_nonce(id.as_bytes(), sealed);
        let parcel = Parcel::decode(&opened.map_err(|e| floor::fault::internal(format!("a parcel: {e}")))?)?;
        let name = TopicName::of_arn(&parcel.topic_arn, "TopicArn")?;
        Ok((parcel, sender(cx, &name), name.region))
    };
    found.iter().map(one).collect()
}

/// Who delivers for a topic.
fn sender(cx: &Cx, name: &TopicName) -> Sender {
    cx.sender(As::Service { source_arn: name.arn(), source_account: name.account })
}

fn number_of(key: &[u8]) -> Option<u64> {
    let mut parts = floor::key::Parts::of(key);
    parts.text()?;
    parts.number()
}

fn id_of(key: &[u8]) -> Option<String> {
    let mut parts = floor::key::Parts::of(key);
    parts.text()?;
    parts.number()?;
    parts.text()
}

/// The headers of a POST. <https://docs.aws.amazon.com/sns/latest/dg/http-header.html>
fn headers(parcel: &Parcel, kind: &str, to: &Subscription, policy: &Effective) -> Option<HeaderMap> {
    let is_message = matches!(parcel.content, Content::Message(_));
    let content_type = if is_message { policy.content_type.as_str() } else { "text/plain; charset=UTF-8" };
    let mut all = HeaderMap::new();
    let arn = parcel.arn();
    let mut put = |name: &'static str, value: &str| {
        HeaderValue::try_from(value).map(|value| all.insert(name, value)).ok()
    };
    put("x-amz-sns-message-type", kind)?;
    put("x-amz-sns-message-id", parcel.id())?;
    put("x-amz-sns-topic-arn", &parcel.topic_arn)?;
    if !matches!(&parcel.content, Content::Notice(notice, _) if !notice.is_farewell) {
        put("x-amz-sns-subscription-arn", &arn)?;
    }
    if is_message && to.raw() {
        put("x-amz-sns-rawdelivery", "true")?;
    }
    put("content-type", content_type)?;
    put("accept-encoding", "gzip,deflate")?;
    put("user-agent", "Amazon Simple Notification Service Agent")?;
    Some(all)
}
