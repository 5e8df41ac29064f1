//! What AWS's standard queues do now and then, on request: see `docs/decisions/022-waits-and-doubts-on-request.md`.
//!
//! AWS's queue stands on many servers. A short poll asks some of them and misses what lies on the others; messages overtake
//! one another; a message that was received, or even deleted, comes once more from a server that had not heard of it; and
//! the name of a deleted queue is blocked for a minute.
//!
//! What is stored is as it always is, and so are counts: only answers to ReceiveMessage and CreateQueue differ. FIFO queues
//! promise more and keep it.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html>
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html>

use std::collections::{HashMap, VecDeque};

use env::Random;
use parking_lot::Mutex;

use crate::{leader::Claim, open::Open, receive::Received};

/// How late a message comes once more, at most.
pub const LAG_MS: u64 = 5000;
/// How long a deleted queue's name is blocked (DeleteQueue).
pub const BLOCKED_MS: u64 = 60_000;
/// One of so many messages comes once more.
pub const TWINS: u64 = 20;
/// One of so many receives takes a later message before the first.
pub const OVERTAKEN: u64 = 4;
/// One of so many short polls finds nothing.
pub const EMPTY: u64 = 8;
/// The others miss one of so many messages.
pub const MISSED: u64 = 4;

/// So many messages that come once more are kept.
const TWINS_MAX: usize = 1000;
/// Longer bodies do not come once more.
const TWIN_BYTES_MAX: usize = 16 << 10;

/// What is kept beside the records.
pub struct Lag {
    random: Random,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    twins: VecDeque<Twin>,
    /// The ARNs of queues that were deleted, and when.
    deleted: HashMap<String, u64>,
}

/// A message that will come once more.
struct Twin {
    instance: u64,
    received_ms: u64,
    shown_ms: u64,
    received: Received,
}

impl Lag {
    /// The same seed does the same to the same requests.
    pub fn new(seed: u64) -> Self {
        Self { random: Random::seeded(seed), kept: Mutex::default() }
    }

    /// Lets go of claimed messages that a receive of up to `max` does not see. The claim has one more than that where
    /// there is one.
    pub(crate) fn overlook(&self, claim: &mut Claim, max: usize, is_short: bool) {
        if is_short {
            let finds = self.random.below(EMPTY) != 0;
            claim.keep(|_| finds && self.random.below(MISSED) != 0);
        }
        let many = claim.stamps().len();
        let overtaken = if many > 1 && self.random.below(OVERTAKEN) == 0 { 0 } else { max };
        claim.keep(|at| at != overtaken);
        claim.keep(|at| at < max);
    }

    /// Some of these messages will come once more.
    pub(crate) fn received(&self, open: &Open, received: &[Received], now_ms: u64) {
        for one in received {
            if self.random.below(TWINS) != 0 || one.message.body.len() > TWIN_BYTES_MAX {
                continue;
            }
            let shown_ms = now_ms + 1 + self.random.below(LAG_MS);
            let twins = &mut self.kept.lock().twins;
            if twins.len() >= TWINS_MAX {
                twins.pop_front();
            }
            let (instance, received) = (open.queue.instance, one.clone());
            twins.push_back(Twin { instance, received_ms: now_ms, shown_ms, received });
        }
    }

    /// A message of the queue that comes once more now.
    pub(crate) fn twin(&self, open: &Open, now_ms: u64) -> Option<Received> {
        let twins = &mut self.kept.lock().twins;
        let is_now = |twin: &Twin| twin.instance == open.queue.instance && twin.shown_ms <= now_ms;
        let Twin { received_ms, received, .. } = twins.remove(twins.iter().position(is_now)?)?;
        let is_over = received.message.head.sent_ms + open.queue.settings.retention_s * 1000 <= now_ms;
        if is_over || received_ms <= open.queue.purged_ms {
            return None;
        }
        let mut again = received;
        again.state.receives += 1;
        Some(again)
    }

    /// A queue was deleted.
    pub(crate) fn deleted(&self, arn: &str, now_ms: u64) {
        let deleted = &mut self.kept.lock().deleted;
        deleted.retain(|_, at_ms| *at_ms + BLOCKED_MS > now_ms);
        deleted.insert(arn.to_owned(), now_ms);
    }

    /// Whether a queue of this ARN was deleted within the last minute.
    pub(crate) fn is_blocked(&self, arn: &str, now_ms: u64) -> bool {
        self.kept.lock().deleted.get(arn).is_some_and(|at_ms| *at_ms + BLOCKED_MS > now_ms)
    }
}
