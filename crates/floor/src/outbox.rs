//! Effects on other blocks and cells: recorded in the transaction that causes them, delivered at least once.
//!
//! A *lane* is one destination and ordering group. Entries of a lane are delivered in the order of their commits;
//! lanes do not wait for one another, so that a dead destination delays only its own. An entry that the destination
//! refuses for good (a client error) is dropped and counted; what may succeed later is tried again with back-off for
//! as long as it takes.

use std::{collections::HashMap, sync::Arc, time::Duration};

use auth::{AccountId, Identity, Region};
use bytes::Bytes;
use env::{Injected, Point};
use parking_lot::Mutex;
use seal::MessageKey;
use serde::{Deserialize, Serialize};
use store::KeyRange;
use wire::{Answer, Fault, Operation, Shape};

use crate::{
    As, Caller, Cx, Floor, Gone, Key, Record,
    cells::OpenCell,
    cx::{HOPS_MAX, Origin, not_served},
    fault::{internal, of_store, unavailable},
    first_format,
    key::{Parts, successor},
};

/// One destination and ordering group.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Lane(Bytes);

const FAMILY: &[u8] = b"\0outbox\0";

impl Lane {
    /// The lane to `destination` (an ARN, say) for the ordering group `group` (empty: one order for all).
    pub fn new(destination: &str, group: &str) -> Self {
        let key = Key::of(destination).text(group);
        Self(Bytes::copy_from_slice(key.as_slice()))
    }

    pub(crate) fn prefix(&self) -> Bytes {
        [FAMILY, &self.0].concat().into()
    }

    fn of_key(key: &[u8]) -> Option<Self> {
        let tuple = key.strip_prefix(FAMILY)?;
        let mut parts = Parts::of(tuple);
        parts.bytes()?;
        parts.bytes()?;
        let rest = parts.rest().len();
        Some(Self(Bytes::copy_from_slice(&tuple[..tuple.len() - rest])))
    }

    fn destination(&self) -> String {
        Parts::of(&self.0).text().unwrap_or_default()
    }
}

/// The stable id of a delivery: the same however often it is tried.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct DeliveryId(pub String);

/// An identity for entries: never the caller's, whose rights may end before the delivery.
#[derive(Clone)]
pub struct Sender {
    block: &'static str,
    who: Arc<Identity>,
    via: Arc<[&'static str]>,
    hops: u8,
    base: String,
    /// What its entries are encrypted with, and what the nonces are made of: an entry that is made again in a repeated
    /// transaction is the same.
    key: MessageKey,
    salt: [u8; MessageKey::NONCE_BYTES],
}

impl Sender {
    pub(crate) fn new(cx: &Cx, as_: As) -> Self {
        let caller = cx.caller_as(as_, cx.region(), "");
        let key = cx.seal().key_for(PURPOSE);
        let salt = key.nonce(&cx.env().random);
        Self { block: cx.block, who: caller.who, via: caller.via, hops: cx.hops, base: cx.uuid(), key, salt }
    }

    /// Entries of this sender carry `id` as the beginning of their delivery ids, in place of a random one: for steps
    /// that may run again and must record the same deliveries.
    #[must_use]
    pub fn identified(mut self, id: &str) -> Self {
        id.clone_into(&mut self.base);
        self
    }
}

/// One effect to be delivered.
pub struct Entry {
    lane: Lane,
    stored: Stored,
}

/// Inputs are sealed under this word: they hold messages and what else users entrust to blocks.
const PURPOSE: &str = "outbox";

#[derive(Serialize, Deserialize)]
struct Stored {
    what: What,
    delivery: String,
    /// The service principal, its source ARN and source account.
    principal: String,
    source: Option<(String, AccountId)>,
    via: Vec<String>,
    hops: u8,
    region: Region,
    input: Input,
    /// What is delivered instead when this is refused for good: its lane and stored form.
    otherwise: Option<(Vec<u8>, Vec<u8>)>,
}

/// Sealed with the key of the outbox.
#[derive(Serialize, Deserialize)]
struct Input(Vec<u8>);

first_format!(Stored);

impl Input {
    fn seal(sender: &Sender, plain: &[u8]) -> Self {
        let mut sealed = Vec::new();
        sender.key.seal_onto(&seal::nonce_of(&sender.salt, &[plain]), &[], plain, &mut sealed);
        Self(sealed)
    }

    fn open(&self, floor: &Floor) -> Answer<Vec<u8>> {
        let opened = floor.seal.key_for(PURPOSE).open_with_nonce(&[], &self.0);
        opened.map_err(|e| internal(format!("an entry of the outbox: {e}")))
    }
}

#[derive(Serialize, Deserialize)]
enum What {
    Call { service: String, operation: String },
    Step { block: String, name: String },
}

impl Entry {
    /// A call of `O` in `region`.
    pub fn call<O: Operation>(lane: Lane, sender: &Sender, region: &Region, input: &O::Input) -> Self
    where
        O::Input: Shape,
    {
        debug_assert!(O::META.whole, "an input with a stream cannot be kept");
        let what = What::Call { service: O::META.service.id.to_owned(), operation: O::META.name.to_owned() };
        Self { lane, stored: Self::stored(what, sender, region, &wire::pack::pack(input)) }
    }

    /// A step of the sending block itself: work that goes on after the commit and survives a crash. It may run more
    /// than once.
    pub fn step(
        lane: Lane,
        sender: &Sender,
        region: &Region,
        name: &'static str,
        input: impl AsRef<[u8]>,
    ) -> Self {
        let what = What::Step { block: sender.block.to_owned(), name: name.to_owned() };
        Self { lane, stored: Self::stored(what, sender, region, input.as_ref()) }
    }

    fn stored(what: What, sender: &Sender, region: &Region, input: &[u8]) -> Stored {
        let (principal, source) = match &sender.who.kind {
            auth::Kind::Service { principal, source_arn, source_account } => {
                ((*principal).to_owned(), source_arn.clone().zip(*source_account))
            }
            _ => (String::new(), None),
        };
        Stored {
            what,
            delivery: sender.base.clone(),
            principal,
            source,
            via: sender.via.iter().map(|v| (*v).to_owned()).collect(),
            hops: sender.hops,
            region: region.clone(),
            input: Input::seal(sender, input),
            otherwise: None,
        }
    }

    /// Where the destination refuses this for good, `fallback` is delivered instead (a dead-letter queue).
    #[must_use]
    pub fn otherwise(mut self, fallback: Entry) -> Self {
        let (lane, stored) = fallback.into_stored(0);
        self.stored.otherwise = Some((lane.0.to_vec(), stored));
        self
    }

    pub(crate) fn into_stored(mut self, number: u16) -> (Lane, Vec<u8>) {
        self.stored.delivery = format!("{}-{number}", self.stored.delivery);
        (self.lane, self.stored.encode())
    }
}

/// The lanes of a cell that have something to deliver.
#[derive(Default)]
pub(crate) struct Lanes {
    /// A lane stands here while a task works on it.
    busy: Mutex<HashMap<Lane, Busy>>,
}

#[derive(Default)]
struct Busy {
    /// More has been committed since its task last looked.
    again: bool,
    /// Its first entry was refused so often in a row, and last for this.
    refused: Option<(u32, String)>,
}

/// A destination that does not take the first entry of a lane: what is behind it in that lane waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stalled {
    /// Where to.
    pub destination: String,
    /// Attempts in a row that failed.
    pub failures: u32,
    /// Why the last one did.
    pub why: String,
}

impl Lanes {
    fn start(&self, lane: &Lane) -> bool {
        let mut busy = self.busy.lock();
        if let Some(at) = busy.get_mut(lane) {
            at.again = true;
            return false;
        }
        busy.insert(lane.clone(), Busy::default());
        true
    }

    /// Whether the task may end: nothing was committed since it last looked.
    fn end(&self, lane: &Lane) -> bool {
        let mut busy = self.busy.lock();
        match busy.get_mut(lane) {
            Some(at) if at.again => {
                *at = Busy::default();
                false
            }
            _ => {
                busy.remove(lane);
                true
            }
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.busy.lock().len()
    }

    fn refused(&self, lane: &Lane, failures: u32, why: &str) {
        if let Some(at) = self.busy.lock().get_mut(lane) {
            at.refused = Some((failures, why.to_owned()));
        }
    }

    fn taken(&self, lane: &Lane) {
        if let Some(at) = self.busy.lock().get_mut(lane) {
            at.refused = None;
        }
    }

    /// One for each destination: the lane that failed most often.
    pub(crate) fn stalled(&self) -> Vec<Stalled> {
        let busy = self.busy.lock();
        let refused = busy.iter().filter_map(|(lane, at)| Some((lane, at.refused.clone()?)));
        let mut all: Vec<_> = refused
            .map(|(lane, (failures, why))| Stalled { destination: lane.destination(), failures, why })
            .collect();
        all.sort_by(|a, b| a.destination.cmp(&b.destination).then(b.failures.cmp(&a.failures)));
        all.dedup_by(|later, kept| later.destination == kept.destination);
        all
    }
}

/// A lane has something to deliver.
pub(crate) fn wake(cell: &Arc<OpenCell>, lane: &Lane) {
    if cell.lanes.start(lane) {
        let (cell_of_task, lane) = (cell.clone(), lane.clone());
        cell.spawn(async move { work(&cell_of_task, &lane).await });
    }
}

/// Finds the lanes that a former process left, by skipping from one to the next.
pub(crate) async fn resume(cell: &Arc<OpenCell>) -> Answer<()> {
    let mut start = Bytes::from_static(FAMILY);
    let end = successor(FAMILY);
    let view = cell.records.view();
    loop {
        let range = KeyRange::new(start.clone(), end.clone());
        let found = view.range(range, 1).await.map_err(of_store)?;
        let Some((key, _)) = found.first() else { return Ok(()) };
        let lane = Lane::of_key(key).ok_or_else(|| internal("an outbox key cannot be read"))?;
        wake(cell, &lane);
        start = successor(&lane.prefix());
    }
}

const PAGE: usize = 64;
const BACK_OFF_FIRST: Duration = Duration::from_millis(50);
const BACK_OFF_MAX: Duration = Duration::from_secs(20);

async fn work(cell: &Arc<OpenCell>, lane: &Lane) {
    let mut failures = 0;
    loop {
        match page(cell, lane).await {
            Ok(0) if cell.lanes.end(lane) => return,
            Ok(_) => {
                failures = 0;
                cell.lanes.taken(lane);
            }
            Err(fault) => {
                let Some(floor) = cell.floor.upgrade() else { return };
                let wait = back_off(failures);
                failures = failures.saturating_add(1);
                let why = fault.cause().unwrap_or(fault.message());
                cell.lanes.refused(lane, failures, why);
                tracing::debug!(
                    destination = lane.destination(),
                    code = fault.code(),
                    why,
                    "delivery failed; it waits"
                );
                let steady = floor.env.clocks.steady.clone();
                drop(floor);
                steady.wait(wait).await;
            }
        }
    }
}

fn back_off(failures: u32) -> Duration {
    BACK_OFF_FIRST.saturating_mul(1 << failures.min(16)).min(BACK_OFF_MAX)
}

/// Delivers the next page of a lane in order. Answers how many entries are done with; what was delivered before a
/// failure is taken out all the same.
async fn page(cell: &Arc<OpenCell>, lane: &Lane) -> Answer<usize> {
    let floor = cell.floor.upgrade().ok_or_else(|| unavailable("the floor is gone"))?;
    let prefix = lane.prefix();
    let range = KeyRange::new(prefix.clone(), successor(&prefix));
    let found = cell.records.view().range(range, PAGE).await.map_err(of_store)?;
    let mut done = Vec::new();
    let mut instead = Vec::new();
    let mut failed = None;
    for (key, value) in found {
        match deliver(&floor, &value).await {
            Ok(()) => done.push(key),
            Err(fault) if is_final(&fault) => {
                floor.env.metrics.counter("kumiki_outbox_dropped_total", "").add(1);
                tracing::warn!(
                    destination = lane.destination(),
                    code = fault.code(),
                    why = fault.message(),
                    "a delivery was refused for good"
                );
                instead.extend(Stored::decode(&value).ok().and_then(|s| s.otherwise));
                done.push(key);
            }
            Err(fault) => {
                failed = Some(fault);
                break;
            }
        }
    }
    let count = done.len();
    if count > 0 {
        take_out(cell, &done, &instead).await?;
        floor.env.metrics.counter("kumiki_outbox_delivered_total", "").add(count as u64);
    }
    failed.map_or(Ok(count), Err)
}

async fn take_out(cell: &Arc<OpenCell>, done: &[Bytes], instead: &[(Vec<u8>, Vec<u8>)]) -> Answer<()> {
    let taken = cell.records.transact(|tx| async move {
        for key in done {
            tx.delete(key.clone());
        }
        for (number, (lane, stored)) in instead.iter().enumerate() {
            let lane = Lane(Bytes::copy_from_slice(lane));
            tx.put_stamped(lane.prefix(), (number as u16).to_be_bytes().to_vec(), stored.clone());
            let cell = cell.clone();
            tx.on_commit(move |_| wake(&cell, &lane));
        }
        Ok::<_, store::StoreError>(())
    });
    taken.await.map_err(of_store)
}

/// A client error will not go away by itself, except those that say so.
fn is_final(fault: &Fault) -> bool {
    let later = [
        "Throttling",
        "ThrottlingException",
        "RequestThrottled",
        "SlowDown",
        "OverLimit",
        "KMS.ThrottlingException",
        "KMSThrottling",
    ];
    fault.status() < 500 && fault.status() != 429 && !later.contains(&fault.code())
}

async fn deliver(floor: &Arc<Floor>, value: &[u8]) -> Answer<()> {
    if let Some(injected) = floor.env.faults.at(Point::Delivery) {
        match injected {
            Injected::Delay(time) => floor.env.clocks.steady.wait(time).await,
            Injected::Error | Injected::Full => return Err(unavailable("a fault was injected at delivery")),
        }
    }
    let stored = Stored::decode(value)?;
    if stored.hops >= HOPS_MAX {
        return Err(Fault::coded("InvalidRequest", 400, "The request passed through too many services."));
    }
    let mut cx = context(floor, &stored);
    let input = stored.input.open(floor)?;
    match &stored.what {
        What::Call { service, operation } => {
            let door = floor.registry.door(service, operation).ok_or_else(|| not_served(operation))?;
            door.deliver(&mut cx, &input).await
        }
        What::Step { block, name } => {
            let step = floor.registry.step(block, name).ok_or_else(|| not_served(name))?;
            step(&mut cx, &input).await
        }
    }
}

fn context(floor: &Arc<Floor>, stored: &Stored) -> Cx {
    let (source_arn, source_account) = stored.source.clone().unzip();
    let who = Identity::service(known_principal(floor, &stored.principal), source_arn, source_account);
    let via: Vec<_> = stored.via.iter().map(|v| known_principal(floor, v)).collect();
    let caller = Caller {
        who: Arc::new(who),
        region: stored.region.clone(),
        via: via.into(),
        origin: Arc::new(Origin::default()),
        signed: crate::cx::Signed::default(),
        through: None,
    };
    let mut cx = Cx::new(floor, caller, floor.env.random.uuid().into(), Gone::default());
    cx.hops = stored.hops + 1;
    cx.delivery = Some(DeliveryId(stored.delivery.clone()));
    cx
}

/// The principal as the registry spells it; one that no block has acts as nobody.
fn known_principal(floor: &Floor, text: &str) -> &'static str {
    floor.registry.principals().find(|p| *p == text).unwrap_or("nobody.kumiki.internal")
}
