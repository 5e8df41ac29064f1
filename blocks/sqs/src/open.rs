//! Queues as requests meet them: the record, decoded once, with its leader.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use env::ServiceClock;
use floor::{Answer, Caller, Check, Get, Master, Placement, Record, Region, Target, Tx};
use parking_lot::Mutex;
use policy::Policy;
use seal::MessageKey;

use crate::{
    Sqs,
    fault::Refused,
    leader::Leader,
    names::QueueName,
    records::{self, Message, Queue},
    stamp::Stamp,
};

/// A queue.
pub struct Open {
    /// Its account and name.
    pub name: QueueName,
    /// Its ARN.
    pub arn: String,
    /// Its record.
    pub queue: Queue,
    /// Its policy, compiled.
    pub policy: Option<Arc<Policy>>,
    /// What is kept in memory of its messages.
    pub leader: Arc<Leader>,
    /// The key of its messages.
    key: MessageKey,
    stored: Bytes,
}

/// Keys of queues are sealed under this word.
const PURPOSE: &str = "sqs queue";

impl Open {
    /// What messages are encrypted with that are sent now.
    pub(crate) fn seals(&self) -> Option<&MessageKey> {
        let settings = &self.queue.settings;
        (settings.managed_sse || settings.kms_key.is_some()).then_some(&self.key)
    }

    /// One of its messages.
    pub(crate) async fn message<R: Get>(&self, read: &R, stamp: Stamp) -> Answer<Option<Message>> {
        let stored = read.get(&records::message(self.queue.instance, stamp)).await?;
        stored.map(|stored| Message::read(&stored, &self.key)).transpose()
    }

    /// Whether it is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.queue.settings.fifo.is_some()
    }

    /// Gives the queue another policy, as part of a transaction.
    pub(crate) fn save_policy(&self, tx: &Tx, policy: Option<String>, now: u64) {
        let mut queue = Queue { modified_ms: now, ..self.queue.clone() };
        queue.settings.policy = policy;
        tx.save(&records::queue(&self.name), &queue);
    }

    /// The question whether the caller may do `action` to it.
    pub fn check(&self, action: &'static str) -> Check {
        let check = Check::new(action, self.arn.clone(), self.name.account).policy(self.policy.clone());
        if OWNER_ONLY.contains(&action) { check.owner_only() } else { check }
    }
}

/// "Cross-account permissions don't apply to the following actions" (developer guide,
/// `sqs-limitations-of-custom-policies`).
const OWNER_ONLY: [&str; 10] = [
    "sqs:AddPermission",
    "sqs:CancelMessageMoveTask",
    "sqs:DeleteQueue",
    "sqs:ListMessageMoveTasks",
    "sqs:ListQueueTags",
    "sqs:RemovePermission",
    "sqs:SetQueueAttributes",
    "sqs:StartMessageMoveTask",
    "sqs:TagQueue",
    "sqs:UntagQueue",
];

/// The queues that were asked for lately.
pub(crate) struct Queues {
    clock: ServiceClock,
    master: Master,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// By region and record key: the same name may stand in several regions.
    open: HashMap<Vec<u8>, Arc<Open>>,
    /// By instance. A leader stays here as long as anybody has it: there must never be two of one queue.
    leaders: HashMap<u64, Arc<Leader>>,
}

impl Queues {
    pub(crate) fn new(clock: ServiceClock, master: Master) -> Self {
        Self { clock, master, known: Mutex::default() }
    }

    /// A key for a new queue, as its record holds it.
    pub(crate) fn new_key(&self, instance: u64) -> Vec<u8> {
        self.master.new_key(PURPOSE, &instance.to_be_bytes())
    }

    fn key_of(&self, queue: &Queue) -> Answer<MessageKey> {
        let bound_to = queue.instance.to_be_bytes();
        let key = self.master.open_key(PURPOSE, &bound_to, &queue.key);
        key.map_err(|e| floor::fault::internal(format!("the key of a queue: {e}")))
    }

    /// The queue that `read` shows, if there is one.
    pub(crate) async fn find<R: Get>(
        &self,
        read: &R,
        region: &Region,
        name: &QueueName,
    ) -> Answer<Option<Arc<Open>>> {
        let key = records::queue(name);
        let Some(stored) = read.get(&key).await? else { return Ok(None) };
        let at = [region.as_str().as_bytes(), b"/", key.as_slice()].concat();
        if let Some(open) = self.known.lock().open.get(&at)
            && open.stored == stored
        {
            return Ok(Some(open.clone()));
        }
        let queue = Queue::decode(&stored)?;
        let policy = queue.settings.policy.as_deref().map(floor::authorise::compiled).transpose()?;
        let leader = self.leader(queue.instance, name.is_fifo());
        let arn = name.arn(region);
        let key = self.key_of(&queue)?;
        let open = Arc::new(Open { name: name.clone(), arn, queue, policy, leader, key, stored });
        self.known.lock().open.insert(at, open.clone());
        Ok(Some(open))
    }

    fn leader(&self, instance: u64, fifo: bool) -> Arc<Leader> {
        let made = || Arc::new(Leader::new(fifo, self.clock.clone()));
        self.known.lock().leaders.entry(instance).or_insert_with(made).clone()
    }

    /// The leader of a queue that is known.
    pub(crate) fn known_leader(&self, instance: u64) -> Option<Arc<Leader>> {
        self.known.lock().leaders.get(&instance).cloned()
    }

    /// Forgets the queues that nobody uses and of which memory knows nothing that records do not say at once.
    /// Answers how many were forgotten.
    pub(crate) fn forget_idle(&self) -> u64 {
        let mut known = self.known.lock();
        let before = known.leaders.len();
        let Known { open, leaders } = &mut *known;
        leaders.retain(|_, leader| {
            // Two hold it at rest: this map, and the open queue that stands in the other.
            Arc::strong_count(leader) > 2 || !leader.is_idle()
        });
        open.retain(|_, open| Arc::strong_count(open) > 1 || leaders.contains_key(&open.queue.instance));
        (before - leaders.len()) as u64
    }
}

impl Sqs {
    /// The queue that `read` shows; refused where there is none.
    pub(crate) async fn queue<R: Get>(
        &self,
        read: &R,
        region: &Region,
        name: &QueueName,
    ) -> Answer<Arc<Open>> {
        Ok(self.queues.find(read, region, name).await?.ok_or(Refused::NoSuchQueue)?)
    }

    /// The target of an operation on the queue of a URL, which asks for one action.
    pub(crate) async fn on_queue<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        url: &str,
        action: &'static str,
    ) -> Answer<Target<Arc<Open>>> {
        let name = QueueName::of_url(url, caller.account())?;
        let open = self.queue(read, &caller.region, &name).await?;
        Ok(Target::one(open.check(action), open))
    }
}

/// Where the queue of a URL lives.
pub(crate) fn place_of(caller: &Caller, url: &str) -> Answer<Placement> {
    Ok(QueueName::of_url(url, caller.account())?.place(&caller.region))
}
