//! How many requests a second a FIFO queue takes, for who asks to be held to it (`--enforce-quotas`).
//!
//! "FIFO quotas": 300 transactions per second and action; a batch is one of them, so ten times as many messages. With high
//! throughput the queue as a whole takes what its region allows, and each partition 300. A partition holds whole message
//! groups; how many AWS does not say, so here each has one group, which is the most that a client can hope for. A send and a
//! delete count once for each group that they name messages of, and are refused where one of them has nothing left. A
//! receive counts for the groups of what it gets; groups that have nothing left are passed over, and it is refused where
//! there are messages of no others. Standard queues have no quota that AWS names. See
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>.
//!
//! A bucket holds what may be used in one second, and fills on the service clock. A restart forgets it.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use parking_lot::Mutex;

use crate::{fault::Refused, open::Open};

/// Requests a second of one action, for a queue or for a partition of it.
pub const PER_SECOND: u64 = 300;

/// Requests a second of one action for a queue with high throughput, by region.
pub fn high_throughput(region: &str) -> u64 {
    match region {
        "us-east-1" | "us-west-2" | "eu-west-1" => 70_000,
        "us-east-2" | "eu-central-1" => 19_000,
        "ap-south-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-northeast-1" => 9_000,
        "eu-west-2" | "sa-east-1" => 4_500,
        _ => 2_400,
    }
}

/// What is counted. A batch counts as the action that it repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// SendMessage, SendMessageBatch.
    Send,
    /// ReceiveMessage.
    Receive,
    /// DeleteMessage, DeleteMessageBatch.
    Delete,
}

/// A queue's instance, and of which message group, by its hash.
type Of = (u64, Action, Option<u64>);

/// What may still be used.
#[derive(Default)]
pub struct Quotas(Mutex<HashMap<Of, Bucket>>);

struct Bucket {
    /// In thousandths of a request.
    left: u64,
    as_of_ms: u64,
}

impl Bucket {
    fn left(&self, per_second: u64, now_ms: u64) -> u64 {
        // A request per second is a thousandth of it per millisecond.
        let filled = now_ms.saturating_sub(self.as_of_ms).saturating_mul(per_second);
        self.left.saturating_add(filled).min(per_second * 1000)
    }
}

impl Quotas {
    /// Whether message groups of a queue have quotas of their own.
    pub(crate) fn has_partitions(open: &Open) -> bool {
        open.queue.settings.fifo.as_ref().is_some_and(|fifo| fifo.limit_is_per_group)
    }

    /// Takes one request from the quota of each of these groups that has any left. Answers which have, in their order.
    pub(crate) fn admit_each(
        &self,
        open: &Open,
        action: Action,
        groups: &[Option<Arc<str>>],
        now_ms: u64,
    ) -> Vec<bool> {
        self.take_each(open.queue.instance, action, groups, now_ms)
    }

    fn take_each(&self, queue: u64, action: Action, groups: &[Option<Arc<str>>], now_ms: u64) -> Vec<bool> {
        let buckets = &mut *self.0.lock();
        forget_full(buckets, now_ms);
        let mut taken: HashMap<&str, bool> = HashMap::new();
        let mut all = Vec::with_capacity(groups.len());
        for group in groups {
            // A message whose group is not known is gone.
            let Some(group) = group.as_deref() else {
                all.push(true);
                continue;
            };
            let has_any = *taken.entry(group).or_insert_with(|| {
                let of = (queue, action, Some(hash(group)));
                let left = buckets.get(&of).map_or(PER_SECOND * 1000, |one| one.left(PER_SECOND, now_ms));
                if left >= 1000 {
                    buckets.insert(of, Bucket { left: left - 1000, as_of_ms: now_ms });
                }
                left >= 1000
            });
            all.push(has_any);
        }
        all
    }

    /// Takes one request from a queue's quota; refused where nothing is left of it, or of that of a message group.
    pub(crate) fn admit<'a>(
        &self,
        open: &Open,
        action: Action,
        groups: impl Iterator<Item = &'a str>,
        now_ms: u64,
    ) -> Result<(), Refused> {
        let Some(fifo) = &open.queue.settings.fifo else { return Ok(()) };
        let region = open.arn.split(':').nth(3).unwrap_or_default();
        self.take(open.queue.instance, action, fifo.limit_is_per_group.then_some((region, groups)), now_ms)
    }

    fn take<'a>(
        &self,
        queue: u64,
        action: Action,
        high: Option<(&str, impl Iterator<Item = &'a str>)>,
        now_ms: u64,
    ) -> Result<(), Refused> {
        let mut all: Vec<(Of, u64)> = Vec::with_capacity(2);
        match high {
            None => all.push(((queue, action, None), PER_SECOND)),
            Some((region, groups)) => {
                all.push(((queue, action, None), high_throughput(region)));
                let distinct: BTreeSet<u64> = groups.map(hash).collect();
                all.extend(distinct.into_iter().map(|group| ((queue, action, Some(group)), PER_SECOND)));
            }
        }
        let buckets = &mut *self.0.lock();
        let left = |buckets: &HashMap<Of, Bucket>, of: &Of, per_second: u64| {
            buckets.get(of).map_or(per_second * 1000, |bucket| bucket.left(per_second, now_ms))
        };
        if all.iter().any(|(of, per_second)| left(buckets, of, *per_second) < 1000) {
            return Err(Refused::Throttled);
        }
        forget_full(buckets, now_ms);
        for (of, per_second) in all {
            let left = left(buckets, &of, per_second) - 1000;
            buckets.insert(of, Bucket { left, as_of_ms: now_ms });
        }
        Ok(())
    }
}

/// A bucket that nothing was taken from for a second is full, and says nothing.
fn forget_full(buckets: &mut HashMap<Of, Bucket>, now_ms: u64) {
    const MANY: usize = 10_000;
    if buckets.len() >= MANY && buckets.len() == buckets.capacity() {
        buckets.retain(|_, bucket| bucket.as_of_ms + 1000 > now_ms);
    }
}

fn hash(group: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    group.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How many of so many requests are taken.
    fn taken(
        quotas: &Quotas,
        many: u64,
        action: Action,
        high: Option<(&str, &[&'static str])>,
        now_ms: u64,
    ) -> u64 {
        let take = || quotas.take(1, action, high.map(|(r, groups)| (r, groups.iter().copied())), now_ms);
        (0..many).filter(|_| take().is_ok()).count() as u64
    }

    #[test]
    fn a_queue_takes_300_a_second_of_each_action() {
        let quotas = Quotas::default();
        for action in [Action::Send, Action::Receive, Action::Delete] {
            assert_eq!(taken(&quotas, 400, action, None, 5000), 300);
            assert_eq!(taken(&quotas, 400, action, None, 5100), 30);
            assert_eq!(taken(&quotas, 400, action, None, 5103), 0);
            assert_eq!(taken(&quotas, 400, action, None, 5104), 1);
            assert_eq!(taken(&quotas, 400, action, None, 9000), 300);
        }
    }

    #[test]
    fn with_high_throughput_each_group_has_its_300() {
        let quotas = Quotas::default();
        let send = |many, groups: &[&'static str]| {
            taken(&quotas, many, Action::Send, Some(("eu-north-1", groups)), 1000)
        };
        assert_eq!(send(400, &["a"]), 300);
        assert_eq!(send(400, &["b", "a"]), 0, "a batch is taken whole or not at all");
        assert_eq!(send(400, &["b"; 10]), 300, "ten messages of a group are one request");
        for group in ["c", "d", "e", "f", "g"] {
            assert_eq!(send(400, &[group]), 300);
        }
        // 2,400 in all.
        assert_eq!(send(400, &["h"]), 300);
        assert_eq!(send(400, &["i"]), 0);
    }

    #[test]
    fn of_several_groups_those_are_taken_that_have_any_left() {
        let quotas = Quotas::default();
        let groups = |names: &str| -> Vec<Option<Arc<str>>> {
            names.chars().map(|name| (name != '-').then(|| Arc::from(name.to_string()))).collect()
        };
        let take = |names: &str, now_ms| quotas.take_each(1, Action::Receive, &groups(names), now_ms);
        for _ in 0..300 {
            assert_eq!(take("aaa", 1000), [true; 3], "messages of a group are one request");
        }
        assert_eq!(take("aba-", 1000), [false, true, false, true]);
        assert_eq!(take("ab", 1004), [true, true], "some of it comes back");
        assert_eq!(take("ab", 1004), [false, true]);
        // What is deleted counts for itself.
        assert_eq!(taken(&quotas, 400, Action::Delete, Some(("us-east-1", &["a"])), 1004), 300);
    }

    #[test]
    fn buckets_are_forgotten_when_they_are_full() {
        let quotas = Quotas::default();
        for n in 0..60_000_u64 {
            let group = n.to_string();
            quotas.take(1, Action::Send, Some(("us-east-1", std::iter::once(&*group))), n).unwrap();
        }
        assert!(quotas.0.lock().len() < 40_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// In no second more is taken than twice the quota, over long no more than the quota; and whoever asks no faster is
        /// never refused.
        #[test]
        fn no_more_than_the_quota_is_taken(gaps in prop::collection::vec(0_u64..20, 1..2000)) {
            let quotas = Quotas::default();
            let (mut now, mut all) = (0, 0);
            for gap in gaps {
                now += gap;
                all += taken(&quotas, 7, Action::Send, None, now);
                prop_assert!(all <= PER_SECOND + now * PER_SECOND / 1000);
            }
            let calm = Quotas::default();
            prop_assert!((0..1000).all(|n| taken(&calm, 3, Action::Send, None, n * 10) == 3));
        }
    }
}
