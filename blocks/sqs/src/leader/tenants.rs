//! Fair queues: whose the messages of a standard queue are, and whose stand back.
//!
//! Messages with one `MessageGroupId` are of one tenant; one without is a tenant by itself. A tenant that has more than a
//! tenth of what is in flight, and at least thirty messages of it, or more than a tenth of the time that consumers spent
//! lately, is noisy: messages of others go before its own, until its backlog is gone or it has sent nothing for five
//! minutes. Of several noisy ones the one with the fewest messages in flight goes first.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html>

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    sync::Arc,
};

use crate::stamp::Stamp;

/// With fewer messages in flight nobody is noisy for their number.
const NOISY_IN_FLIGHT: usize = 30;
/// A tenant is noisy that has more than one of so many of all messages in flight, or of all time.
const NOISY_SHARE: u64 = 10;
/// Who sends nothing for so long is noisy no longer.
const QUIET_AFTER_MS: u64 = 5 * 60 * 1000;
/// The time that consumers spent counts half after so long.
const HALF_LIFE_MS: u64 = 60 * 1000;
/// Less time than this says nothing of anybody.
const BUSY_MS_MIN: u64 = 10_000;

/// The ready messages of a standard queue.
#[derive(Default)]
pub struct Ready {
    /// Those of quiet tenants, and of none.
    quiet: BTreeSet<Stamp>,
    /// None as long as no message has a tenant.
    tenants: Option<Box<Tenants>>,
}

#[derive(Default)]
struct Tenants {
    by_name: HashMap<Arc<str>, Tenant>,
    /// Whose a message is that is known: ready, claimed or hidden.
    of: HashMap<Stamp, Owned>,
    noisy: BTreeSet<Arc<str>>,
    /// Ready messages of noisy tenants.
    standing_back: usize,
    /// How long consumers worked lately, and as of when.
    busy_ms: u64,
    busy_as_of: u64,
}

struct Owned {
    tenant: Arc<str>,
    /// Since when it is in flight.
    since: Option<u64>,
}

#[derive(Default)]
struct Tenant {
    ready: BTreeSet<Stamp>,
    /// How many messages are known, whatever their state.
    known: usize,
    in_flight: usize,
    sent_ms: u64,
    busy_ms: u64,
}

impl Ready {
    /// How many messages are ready.
    pub fn count(&self) -> usize {
        self.quiet.len() + self.tenants.as_ref().map_or(0, |tenants| tenants.standing_back)
    }

    /// How many messages of a tenant are known.
    pub fn known_of(&self, tenant: &str) -> usize {
        let tenant = self.tenants.as_ref().and_then(|tenants| tenants.by_name.get(tenant));
        tenant.map_or(0, |tenant| tenant.known)
    }

    /// Whether any tenant stands back.
    pub fn has_noisy(&self) -> bool {
        self.tenants.as_ref().is_some_and(|tenants| !tenants.noisy.is_empty())
    }

    /// Whether a tenant stands back.
    #[cfg(test)]
    pub fn is_noisy(&self, tenant: &str) -> bool {
        self.tenants.as_ref().is_some_and(|tenants| tenants.noisy.contains(tenant))
    }

    /// Says whose a message is, and when it was sent.
    pub fn belongs(&mut self, stamp: Stamp, tenant: &str, sent_ms: u64, is_hidden: bool) {
        let tenants = self.tenants.get_or_insert_default();
        let name = match tenants.by_name.get_key_value(tenant) {
            Some((name, _)) => name.clone(),
            None => Arc::from(tenant),
        };
        let Entry::Vacant(vacant) = tenants.of.entry(stamp) else { return };
        vacant.insert(Owned { tenant: name.clone(), since: is_hidden.then_some(tenants.busy_as_of) });
        let tenant = tenants.by_name.entry(name).or_default();
        tenant.known += 1;
        tenant.in_flight += usize::from(is_hidden);
        tenant.sent_ms = tenant.sent_ms.max(sent_ms);
    }

    /// A message may be received.
    pub fn insert(&mut self, stamp: Stamp) {
        let Some(tenants) = &mut self.tenants else {
            self.quiet.insert(stamp);
            return;
        };
        tenants.landed(stamp);
        let Some(owned) = tenants.of.get(&stamp) else {
            self.quiet.insert(stamp);
            return;
        };
        let is_new = tenants.by_name.get_mut(&owned.tenant).is_some_and(|tenant| tenant.ready.insert(stamp));
        if !tenants.noisy.contains(&owned.tenant) {
            self.quiet.insert(stamp);
        } else if is_new {
            tenants.standing_back += 1;
        }
    }

    /// A message may not be received for now; `is_gone`: never again.
    pub fn remove(&mut self, stamp: Stamp, is_gone: bool, now: u64) {
        self.quiet.remove(&stamp);
        let Some(tenants) = &mut self.tenants else { return };
        tenants.unready(stamp);
        if is_gone {
            tenants.gone(stamp, now);
        }
    }

    /// A message is in flight that was ready no longer.
    pub fn flies(&mut self, stamp: Stamp, now: u64) {
        let Some(tenants) = &mut self.tenants else { return };
        tenants.flies(stamp, now);
    }

    /// Takes the next message for a receive, of `in_flight` in the queue.
    pub fn take(&mut self, in_flight: usize, now: u64) -> Option<Stamp> {
        let Some(tenants) = &mut self.tenants else { return self.quiet.pop_first() };
        let stamp = match self.quiet.pop_first() {
            Some(stamp) => stamp,
            None => tenants.next_of_noisy()?,
        };
        tenants.unready(stamp);
        if let Some(name) = tenants.flies(stamp, now)
            && tenants.becomes_noisy(&name, in_flight + 1, now)
        {
            let ready = tenants.by_name.get(&name).map(|tenant| &tenant.ready).into_iter().flatten();
            let moved = ready.filter(|stamp| self.quiet.remove(stamp)).count();
            tenants.standing_back += moved;
            tenants.noisy.insert(name);
        }
        self.hush(now);
        Some(stamp)
    }

    /// Tenants without a backlog, or who have sent nothing for long, are noisy no longer.
    fn hush(&mut self, now: u64) {
        let Some(tenants) = &mut self.tenants else { return };
        let Tenants { by_name, noisy, standing_back, .. } = &mut **tenants;
        let quiet = &mut self.quiet;
        noisy.retain(|name| {
            let Some(tenant) = by_name.get(name) else { return false };
            let stays = !tenant.ready.is_empty() && now < tenant.sent_ms.saturating_add(QUIET_AFTER_MS);
            if !stays {
                *standing_back -= tenant.ready.len();
                quiet.extend(&tenant.ready);
            }
            stays
        });
    }
}

impl Tenants {
    /// The oldest message of the noisy tenant that has the fewest in flight.
    fn next_of_noisy(&self) -> Option<Stamp> {
        let waiting = self.noisy.iter().filter_map(|name| self.by_name.get(name));
        let first = waiting.filter_map(|tenant| Some((tenant.in_flight, *tenant.ready.first()?))).min();
        first.map(|(_, stamp)| stamp)
    }

    fn unready(&mut self, stamp: Stamp) {
        let Some(owned) = self.of.get(&stamp) else { return };
        let Some(tenant) = self.by_name.get_mut(&owned.tenant) else { return };
        if tenant.ready.remove(&stamp) && self.noisy.contains(&owned.tenant) {
            self.standing_back -= 1;
        }
    }

    /// A message is in flight. Answers whose it is.
    fn flies(&mut self, stamp: Stamp, now: u64) -> Option<Arc<str>> {
        let owned = self.of.get_mut(&stamp)?;
        let tenant = self.by_name.get_mut(&owned.tenant)?;
        if owned.since.replace(now).is_none() {
            tenant.in_flight += 1;
        }
        Some(owned.tenant.clone())
    }

    /// A message is in flight no longer.
    fn landed(&mut self, stamp: Stamp) {
        let Some(owned) = self.of.get_mut(&stamp) else { return };
        if owned.since.take().is_some()
            && let Some(tenant) = self.by_name.get_mut(&owned.tenant)
        {
            tenant.in_flight -= 1;
        }
    }

    /// A message is gone; if it was in flight, somebody has worked on it.
    fn gone(&mut self, stamp: Stamp, now: u64) {
        let Some(owned) = self.of.remove(&stamp) else { return };
        self.age(now);
        let Some(tenant) = self.by_name.get_mut(&owned.tenant) else { return };
        tenant.known -= 1;
        if let Some(since) = owned.since {
            let spent = now.saturating_sub(since);
            tenant.in_flight -= 1;
            tenant.busy_ms += spent;
            self.busy_ms += spent;
        }
        if tenant.known == 0 && tenant.busy_ms == 0 {
            self.by_name.remove(&owned.tenant);
            self.noisy.remove(&owned.tenant);
        }
    }

    /// Time that was spent long ago counts less.
    fn age(&mut self, now: u64) {
        let lives = now.saturating_sub(self.busy_as_of) / HALF_LIFE_MS;
        if lives == 0 {
            return;
        }
        self.busy_as_of += lives * HALF_LIFE_MS;
        let halved = |ms: u64| ms.checked_shr(u32::try_from(lives).unwrap_or(u32::MAX)).unwrap_or_default();
        self.busy_ms = halved(self.busy_ms);
        let noisy = &mut self.noisy;
        self.by_name.retain(|name, tenant| {
            tenant.busy_ms = halved(tenant.busy_ms);
            let stays = tenant.known > 0 || tenant.busy_ms > 0;
            if !stays {
                noisy.remove(name);
            }
            stays
        });
    }

    fn becomes_noisy(&mut self, name: &Arc<str>, in_flight: usize, now: u64) -> bool {
        self.age(now);
        let Some(tenant) = self.by_name.get(name).filter(|_| !self.noisy.contains(name)) else {
            return false;
        };
        let exceeds = |part: u64, whole: u64| part.saturating_mul(NOISY_SHARE) > whole;
        let by_number =
            tenant.in_flight >= NOISY_IN_FLIGHT && exceeds(tenant.in_flight as u64, in_flight as u64);
        let by_time = self.busy_ms >= BUSY_MS_MIN && exceeds(tenant.busy_ms, self.busy_ms);
        (by_number || by_time)
            && !tenant.ready.is_empty()
            && now < tenant.sent_ms.saturating_add(QUIET_AFTER_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(n: u64) -> Stamp {
        Stamp::new(n, 0, 0)
    }

    struct Queue {
        ready: Ready,
        sent: u64,
        flying: Vec<Stamp>,
        now: u64,
    }

    impl Queue {
        fn new() -> Self {
            Self { ready: Ready::default(), sent: 0, flying: Vec::new(), now: 1_000_000 }
        }

        fn send(&mut self, tenant: &str) -> Stamp {
            self.sent += 1;
            let stamp = stamp(self.sent);
            if !tenant.is_empty() {
                self.ready.belongs(stamp, tenant, self.now, false);
            }
            self.ready.insert(stamp);
            stamp
        }

        fn take(&mut self) -> Option<Stamp> {
            let taken = self.ready.take(self.flying.len(), self.now)?;
            self.flying.push(taken);
            Some(taken)
        }

        fn finish(&mut self, stamp: Stamp) {
            self.flying.retain(|one| *one != stamp);
            self.ready.remove(stamp, true, self.now);
        }
    }

    #[test]
    fn without_tenants_messages_come_as_they_arrived() {
        let mut queue = Queue::new();
        let sent: Vec<_> = (0..100).map(|_| queue.send("")).collect();
        let taken: Vec<_> = (0..100).filter_map(|_| queue.take()).collect();
        assert_eq!(taken, sent);
        assert_eq!((queue.take(), queue.ready.count()), (None, 0));
    }

    #[test]
    fn a_tenant_with_many_in_flight_stands_back() {
        let mut queue = Queue::new();
        let loud: Vec<_> = (0..100).map(|_| queue.send("loud")).collect();
        let soft = [queue.send("soft"), queue.send(""), queue.send("other")];
        let taken: Vec<_> = (0..30).filter_map(|_| queue.take()).collect();
        assert_eq!(taken, loud[..30]);
        assert!(queue.ready.is_noisy("loud") && !queue.ready.is_noisy("soft"));
        assert_eq!(queue.ready.count(), 73);
        let taken: Vec<_> = (0..3).filter_map(|_| queue.take()).collect();
        assert_eq!(taken, soft);
        // Nobody else has anything.
        assert_eq!(queue.take(), Some(loud[30]));
        // What others send goes first, also while the noisy one has little in flight.
        for stamp in &loud[..31] {
            queue.finish(*stamp);
        }
        let late = queue.send("soft");
        assert_eq!(queue.take(), Some(late));
        let rest: Vec<_> = std::iter::from_fn(|| queue.take()).collect();
        assert_eq!(rest, loud[31..]);
        // Its backlog is gone: what it sends now is as what others send.
        assert!(!queue.ready.is_noisy("loud"));
        assert_eq!(queue.ready.count(), 0);
    }

    #[test]
    fn of_noisy_tenants_the_one_with_the_fewest_in_flight_goes_first() {
        let mut queue = Queue::new();
        for _ in 0..40 {
            queue.send("a");
        }
        for _ in 0..60 {
            queue.send("b");
        }
        for _ in 0..60 {
            queue.take().unwrap();
        }
        assert!(queue.ready.is_noisy("a") && queue.ready.is_noisy("b"));
        let of_a = |queue: &Queue| queue.flying.iter().filter(|s| s.batch <= 40).count();
        assert_eq!(of_a(&queue), 30);
        for _ in 0..10 {
            queue.take().unwrap();
        }
        assert_eq!(of_a(&queue), 35, "side by side");
    }

    #[test]
    fn a_tenant_whose_messages_take_long_stands_back() {
        let mut queue = Queue::new();
        for _ in 0..10 {
            let slow = queue.send("slow");
            assert_eq!(queue.take(), Some(slow));
            queue.now += 5_000;
            queue.finish(slow);
            let quick = queue.send("quick");
            assert_eq!(queue.take(), Some(quick));
            queue.now += 10;
            queue.finish(quick);
        }
        let slow = [queue.send("slow"), queue.send("slow"), queue.send("slow")];
        let quick = queue.send("quick");
        assert_eq!(queue.take(), Some(slow[0]));
        assert!(queue.ready.is_noisy("slow"));
        assert_eq!(queue.take(), Some(quick));
        assert_eq!(queue.take(), Some(slow[1]));
        // It is forgotten in time.
        queue.finish(slow[0]);
        queue.finish(slow[1]);
        queue.now += QUIET_AFTER_MS;
        let quick = queue.send("quick");
        queue.take().unwrap();
        assert!(!queue.ready.is_noisy("slow"), "it sent nothing for five minutes");
        queue.finish(quick);
    }

    #[test]
    fn what_comes_back_is_counted_once() {
        let mut queue = Queue::new();
        let sent: Vec<_> = (0..40).map(|_| queue.send("a")).collect();
        for _ in 0..35 {
            queue.take().unwrap();
        }
        for stamp in &sent[..35] {
            queue.ready.insert(*stamp);
            queue.ready.insert(*stamp);
        }
        queue.flying.clear();
        assert_eq!(queue.ready.count(), 40);
        for stamp in sent {
            queue.ready.remove(stamp, false, queue.now);
            queue.ready.remove(stamp, true, queue.now);
        }
        assert_eq!((queue.ready.count(), queue.take()), (0, None));
        let tenants = queue.ready.tenants.unwrap();
        assert!(tenants.of.is_empty() && tenants.by_name.values().all(|t| t.known == 0 && t.in_flight == 0));
    }
}
