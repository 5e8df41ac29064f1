//! The one way into a queue: SendMessage, SendMessageBatch and messages from other queues all end here.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use api_sqs::{
    MessageAttributeValue, MessageSystemAttributeValue, SendMessageBatchRequestEntry, SendMessageRequest,
};
use bytes::Bytes;
use floor::{Admitted, Answer, Commit, Cx, Get, Handle, Record, Tx, data_keys::DataKey};
use seal::MessageKey;
use wire::{Map, Operation};

use crate::{
    Sqs, digest,
    fault::Refused,
    leader::window::Arrival,
    limits::{DEDUPLICATION_MS, DELAY_S},
    message::{self, Attribute, Attributes, Value},
    open::Open,
    records::{self, Head, Message, Plain, Sent},
    stamp::Stamp,
};

/// A message as its sender gave it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) body: String,
    pub(crate) delay_s: Option<i32>,
    pub(crate) attributes: Option<Map<MessageAttributeValue>>,
    pub(crate) system_attributes: Option<Map<MessageSystemAttributeValue>>,
    pub(crate) deduplication_id: Option<String>,
    pub(crate) group: Option<String>,
}

impl From<SendMessageRequest> for Draft {
    fn from(input: SendMessageRequest) -> Self {
        Self {
            body: input.message_body,
            delay_s: input.delay_seconds,
            attributes: input.message_attributes,
            system_attributes: input.message_system_attributes,
            deduplication_id: input.message_deduplication_id,
            group: input.message_group_id,
        }
    }
}

impl From<SendMessageBatchRequestEntry> for Draft {
    fn from(entry: SendMessageBatchRequestEntry) -> Self {
        Self {
            body: entry.message_body,
            delay_s: entry.delay_seconds,
            attributes: entry.message_attributes,
            system_attributes: entry.message_system_attributes,
            deduplication_id: entry.message_deduplication_id,
            group: entry.message_group_id,
        }
    }
}

/// A message that may be stored.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) head: Head,
    pub(crate) id: [u8; 16],
    pub(crate) body_md5: [u8; 16],
    pub(crate) attributes_md5: Option<[u8; 16]>,
    pub(crate) system_attributes_md5: Option<[u8; 16]>,
    /// What is stored, and the nonce under which it is encrypted.
    plain: Plain,
    nonce: [u8; MessageKey::NONCE_BYTES],
    /// The message, where it must be locked with a data key before it is stored.
    unlocked: Option<Box<Message>>,
    /// What deduplication compares.
    digest: Option<[u8; 16]>,
}

/// What has become of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Its id, or that of the message that was sent before under the same deduplication id.
    pub(crate) id: [u8; 16],
    /// Its place; only FIFO queues tell.
    pub(crate) stamp: Option<Stamp>,
}

/// How long a draft is, as limits count it.
pub(crate) fn size(draft: &Draft) -> usize {
    let of = |(name, a): (&String, &MessageAttributeValue)| {
        let value = a.string_value.as_ref().map_or(0, String::len);
        name.len() + a.data_type.len() + value + a.binary_value.as_ref().map_or(0, Bytes::len)
    };
    draft.body.len() + draft.attributes.iter().flatten().map(of).sum::<usize>()
}

/// Judges a draft by the queue's settings and makes it ready.
pub(crate) fn parcel(cx: &Cx, open: &Open, draft: Draft) -> Result<Parcel, Refused> {
    let settings = &open.queue.settings;
    message::check_body(&draft.body)?;
    if size(&draft) as u64 > settings.message_bytes_max {
        return Err(Refused::MessageLength(settings.message_bytes_max));
    }
    let attributes = attributes(draft.attributes)?;
    message::check_attributes(&attributes)?;
    let trace = trace(draft.system_attributes)?;
    check_ids(open, draft.group.as_deref(), draft.deduplication_id.as_deref())?;
    let delay_s = delay(open, draft.delay_s)?;
    let deduplication_id = deduplication_id(open, draft.deduplication_id, &draft.body)?;
    let digest = open.queue.settings.fifo.as_ref().zip(deduplication_id.as_deref()).map(|(fifo, id)| {
        let group = if fifo.scope_is_group { draft.group.as_deref().unwrap_or("") } else { "" };
        digest::short(&[group, id])
    });
    let now = cx.now().0;
    let id = new_id(cx);
    let due_ms = if delay_s == 0 { 0 } else { now + delay_s * 1000 };
    let attributes_md5 = digest::of_attributes(attributes.iter().map(|(n, a)| (n.as_str(), a)));
    let system_attributes_md5 = trace.as_ref().and_then(|t| digest::of_attributes([(TRACE, t)]));
    let message = Message {
        head: Head { sent_ms: now, due_ms, group: draft.group },
        id,
        sender: cx.caller.who.user_id.clone(),
        body_md5: digest::of_body(&draft.body),
        body: draft.body,
        attributes,
        trace: trace.map(|t| match t.value {
            Value::Text(text) => text,
            Value::Binary(_) => String::new(),
        }),
        deduplication_id,
        dead_letter_source: None,
        locked: None,
    };
    let parcel = Parcel::of(cx, &message, digest);
    let unlocked = open.queue.settings.kms_key.is_some().then(|| Box::new(message));
    Ok(Parcel { attributes_md5, system_attributes_md5, unlocked, ..parcel })
}

impl Parcel {
    /// A message that was judged before.
    pub(crate) fn of(cx: &Cx, message: &Message, digest: Option<[u8; 16]>) -> Self {
        let mut nonce = [0; MessageKey::NONCE_BYTES];
        cx.env().random.fill(&mut nonce);
        Self::with_nonce(message, digest, nonce)
    }

    /// As [`Parcel::of`], for who makes it inside a transaction, which may run again.
    pub(crate) fn with_nonce(
        message: &Message,
        digest: Option<[u8; 16]>,
        nonce: [u8; MessageKey::NONCE_BYTES],
    ) -> Self {
        Self {
            head: message.head.clone(),
            id: message.id,
            body_md5: message.body_md5,
            attributes_md5: None,
            system_attributes_md5: None,
            plain: message.plain(),
            nonce,
            unlocked: None,
            digest,
        }
    }

    /// The same with its content locked.
    fn locked(&self, cx: &Cx, key: &DataKey, queue: &str) -> Answer<Self> {
        let Some(message) = &self.unlocked else { return Ok(self.clone()) };
        let mut nonce = [0; MessageKey::NONCE_BYTES];
        cx.env().random.fill(&mut nonce);
        let message = message.as_ref().clone().locked_with(key, queue, &nonce)?;
        Ok(Self { plain: message.plain(), unlocked: None, ..self.clone() })
    }
}

const TRACE: &str = "AWSTraceHeader";

fn attributes(given: Option<Map<MessageAttributeValue>>) -> Result<Attributes, Refused> {
    let read = |(name, a): (String, MessageAttributeValue)| {
        if !a.string_list_values.unwrap_or_default().is_empty()
            || !a.binary_list_values.unwrap_or_default().is_empty()
        {
            return Err(Refused::Unsupported(
                "Message attribute lists in SendMessage are not supported.".into(),
            ));
        }
        if a.data_type.is_empty() {
            return Err(Refused::Wrong(format!(
                "The message attribute '{name}' must contain non-empty message attribute type."
            )));
        }
        let value = match (a.string_value, a.binary_value) {
            (Some(text), None) => Value::Text(text),
            (None, Some(bytes)) => Value::Binary(bytes.to_vec()),
            (None, None) if a.data_type.starts_with("Binary") => Value::Binary(Vec::new()),
            (None, None) => Value::Text(String::new()),
            (Some(_), Some(_)) => {
                return Err(Refused::Wrong(format!(
                    "Message (user) attribute '{name}' has multiple values."
                )));
            }
        };
        Ok((name, Attribute { data_type: a.data_type, value }))
    };
    given.into_iter().flatten().map(read).collect()
}

/// The one system attribute that senders may give. (The stage before has refused other names.)
fn trace(given: Option<Map<MessageSystemAttributeValue>>) -> Result<Option<Attribute>, Refused> {
    let Some((_, a)) = given.into_iter().flatten().next() else { return Ok(None) };
    match a.string_value {
        Some(text) if a.data_type == "String" && !text.is_empty() => {
            Ok(Some(Attribute { data_type: a.data_type, value: Value::Text(text) }))
        }
        _ => Err(Refused::AttributeEmpty { name: TRACE.to_owned(), base: "String".to_owned() }),
    }
}

fn check_ids(open: &Open, group: Option<&str>, deduplication_id: Option<&str>) -> Result<(), Refused> {
    for (name, id) in [("MessageGroupId", group), ("MessageDeduplicationId", deduplication_id)] {
        if let Some(id) = id.filter(|id| !message::is_fifo_id(id)) {
            let why = format!(
                "{name} can only include alphanumeric and punctuation characters. 1 to 128 in length."
            );
            return Err(Refused::parameter(name, id, why));
        }
    }
    match (open.is_fifo(), group, deduplication_id) {
        (true, None, _) => Err(Refused::Missing("MessageGroupId")),
        (false, _, Some(id)) => Err(Refused::parameter(
            "MessageDeduplicationId",
            id,
            "The request includes a parameter that is not valid for this queue type.",
        )),
        _ => Ok(()),
    }
}

fn delay(open: &Open, given: Option<i32>) -> Result<u64, Refused> {
    let default = open.queue.settings.delay_s;
    match given {
        None => Ok(default),
        Some(0) if open.is_fifo() => Ok(default),
        Some(given) if open.is_fifo() => Err(Refused::parameter(
            "DelaySeconds",
            given,
            "The request include parameter that is not valid for this queue type.",
        )),
        Some(given) => u64::try_from(given).ok().filter(|s| DELAY_S.contains(s)).ok_or_else(|| {
            Refused::parameter("DelaySeconds", given, "DelaySeconds must be >= 0 and <= 900.")
        }),
    }
}

fn deduplication_id(open: &Open, given: Option<String>, body: &str) -> Result<Option<String>, Refused> {
    match (&open.queue.settings.fifo, given) {
        (None, _) => Ok(None),
        (Some(_), Some(id)) => Ok(Some(id)),
        (Some(fifo), None) if fifo.content_based_deduplication => Ok(Some(digest::deduplication_id(body))),
        (Some(_), None) => Err(Refused::NoDeduplicationId),
    }
}

impl Sqs {
    /// Stores messages, durable when this answers. They arrive together, in their order.
    pub(crate) async fn send<O: Operation>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        parcels: &[Parcel],
    ) -> Answer<Vec<Outcome>>
    where
        Self: Handle<O, Loaded = Arc<Open>>,
    {
        if parcels.is_empty() {
            return Ok(Vec::new());
        }
        let locked: Vec<Parcel>;
        let parcels = if at.loaded.queue.settings.kms_key.is_some() {
            locked = Box::pin(self.locked(cx, &at.loaded, parcels)).await?;
            &locked[..]
        } else {
            parcels
        };
        let now = cx.now().0;
        let committed = &Arc::new(OnceLock::new());
        let run = |tx: Tx| async move {
            let open = at.within(self, &tx, input).await?;
            store(&tx, &open, parcels, now, committed).await
        };
        let stored = cx.cell(&at.place).await?.transact(run).await?;
        let sent = stored.iter().filter(|s| matches!(s, Stored::New(_))).count() as u64;
        self.figures.sent.add(sent);
        at.loaded.leader.tally.sent.fetch_add(sent, std::sync::atomic::Ordering::Relaxed);
        let commit = committed.get().copied();
        Ok(stored.into_iter().zip(parcels).map(|(s, p)| s.outcome(p, commit)).collect())
    }
}

impl Sqs {
    /// The parcels with their contents locked, for a queue that has a key of KMS.
    async fn locked(&self, cx: &Cx, open: &Open, parcels: &[Parcel]) -> Answer<Vec<Parcel>> {
        match self.locking_key(cx, open).await? {
            Some(key) => parcels.iter().map(|p| p.locked(cx, &key, &open.arn)).collect(),
            None => Ok(parcels.to_vec()),
        }
    }
}

/// What a transaction did with a parcel.
#[derive(Clone, Copy)]
pub(crate) enum Stored {
    /// It is the so-manieth message of the transaction.
    New(u8),
    /// It repeats a message of this transaction.
    Twin(u8, [u8; 16]),
    /// It repeats an earlier message.
    Repeats(Stamp, [u8; 16]),
}

impl Stored {
    fn outcome(self, parcel: &Parcel, commit: Option<Commit>) -> Outcome {
        let fifo = parcel.digest.is_some();
        let at = |entry| commit.filter(|_| fifo).map(|c| Stamp::new(c.batch, c.index, entry));
        match self {
            Self::New(entry) => Outcome { id: parcel.id, stamp: at(entry) },
            Self::Twin(entry, id) => Outcome { id, stamp: at(entry) },
            Self::Repeats(stamp, id) => Outcome { id, stamp: Some(stamp) },
        }
    }
}

/// Writes messages into a queue's cell, as part of a transaction.
pub(crate) async fn store(
    tx: &Tx,
    open: &Open,
    parcels: &[Parcel],
    now: u64,
    committed: &Arc<OnceLock<Commit>>,
) -> Answer<Vec<Stored>> {
    let instance = open.queue.instance;
    let prefix = records::messages(instance);
    let mut stored = Vec::with_capacity(parcels.len());
    let mut arrivals = Vec::with_capacity(parcels.len());
    let mut here: HashMap<[u8; 16], (u8, [u8; 16])> = HashMap::new();
    for parcel in parcels {
        let entry = arrivals.len() as u8;
        if let Some(digest) = &parcel.digest {
            if let Some((twin, id)) = here.get(digest) {
                stored.push(Stored::Twin(*twin, *id));
                continue;
            }
            if let Some((stamp, id)) = repeats(tx, instance, digest, now).await? {
                stored.push(Stored::Repeats(stamp, id));
                continue;
            }
            here.insert(*digest, (entry, parcel.id));
            let until_ms = now + DEDUPLICATION_MS;
            let sent = Sent { id: parcel.id, until_ms };
            tx.put_stamped(&records::sent(instance, digest), &[entry], sent.encode());
            tx.put(&records::end(instance, until_ms, digest), Bytes::new());
        }
        let value = match open.seals() {
            Some(key) => parcel.plain.sealed(key, &key.in_run(parcel.nonce)),
            None => parcel.plain.as_it_is(),
        };
        tx.put_stamped(&prefix, &[entry], value);
        if parcel.head.due_ms > 0 {
            tx.put_stamped(&records::delays_at(instance, parcel.head.due_ms), &[entry], Bytes::new());
        }
        arrivals.push(parcel.head.clone());
        stored.push(Stored::New(entry));
    }
    if !arrivals.is_empty() {
        tx.add(&records::count(instance), arrivals.len() as i64);
        let (leader, committed) = (open.leader.clone(), committed.clone());
        tx.on_commit(move |commit| {
            let stamped = |(entry, Head { sent_ms, due_ms, group })| Arrival {
                stamp: Stamp::new(commit.batch, commit.index, entry),
                due: due_ms,
                group,
                sent: sent_ms,
                hidden: 0,
            };
            leader.arrived((0..).zip(arrivals).map(stamped).collect(), commit.batch);
            let _ = committed.set(commit);
        });
    }
    Ok(stored)
}

/// The message that was sent under the same deduplication id within the last five minutes.
async fn repeats(tx: &Tx, instance: u64, digest: &[u8; 16], now: u64) -> Answer<Option<(Stamp, [u8; 16])>> {
    let mut range = records::sent(instance, digest).all();
    range.reverse = true;
    let Some((key, stored)) = tx.range(range, 1).await?.into_iter().next() else { return Ok(None) };
    let sent = Sent::decode(&stored)?;
    Ok(if sent.until_ms > now { Some((records::stamp_of(&key)?, sent.id)) } else { None })
}

/// A new id: a UUID of version 4.
pub(crate) fn new_id(cx: &Cx) -> [u8; 16] {
    let mut id = cx.env().random.bytes16();
    id[6] = id[6] & 0x0f | 0x40;
    id[8] = id[8] & 0x3f | 0x80;
    id
}

/// The text of a message's id.
pub(crate) fn uuid(id: &[u8; 16]) -> String {
    let mut out = String::with_capacity(36);
    for (i, byte) in id.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        for nibble in [byte >> 4, byte & 15] {
            out.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    out
}
