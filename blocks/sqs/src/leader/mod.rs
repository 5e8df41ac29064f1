//! What the leader of a queue keeps in memory: the window, those who wait, and who reads.
//!
//! All of it follows from records. It is brought up to date by commit hooks, in the order of commits; a request
//! changes it only by claiming messages that it is about to receive.

pub mod delays;
pub mod groups;
pub mod line;
#[cfg(test)]
mod model;
pub mod tenants;
pub mod window;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use env::ServiceClock;
use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::{
    figures::Tally,
    leader::{
        delays::Due,
        line::{Line, Seat},
        window::{Arrival, Window},
    },
    stamp::Stamp,
};

/// A queue's leader.
pub struct Leader {
    fifo: bool,
    clock: ServiceClock,
    inner: Mutex<Inner>,
    /// Told when a read has ended.
    read: Notify,
    used: AtomicBool,
    /// No message was sent before this; 0: not known, so that somebody must look.
    oldest_ms: AtomicU64,
    /// What happened to the queue since it is known.
    pub(crate) tally: Tally,
}

struct Inner {
    phase: Phase,
    /// Somebody reads a page.
    paging: bool,
    /// Somebody reads what is hidden, or hidden and delayed.
    counting: bool,
    line: Line,
    deleted: bool,
    /// FIFO receives that may be repeated, by their attempt id.
    attempts: HashMap<String, Attempt>,
}

/// How much is known.
enum Phase {
    /// Nothing: commits that come now will be seen by whoever reads.
    Unread,
    /// Somebody reads; what is committed meanwhile.
    Reading(Vec<(u64, Event)>),
    Known(Box<Window>),
}

#[derive(Clone, Debug)]
enum Event {
    Arrived(Vec<Arrival>),
    Hidden(Stamp, u64),
    Removed(Vec<Stamp>),
    Emptied,
}

/// A FIFO receive that may be repeated.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// What it received, and which receive of each that was.
    pub received: Vec<(Stamp, u32)>,
    /// Until when it may be repeated.
    pub until_ms: u64,
}

/// Something that must be read before more can be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// Which delayed messages are due first. All else is read page by page.
    First,
    /// What is hidden and delayed.
    Count,
    /// What is hidden, as too many messages could be in flight. Nobody waits for that.
    Hidden,
    /// A page of messages after this one.
    Page(Stamp),
    /// A page of the index of delays after this one.
    Delays(Due),
}

/// How an attempt to claim messages ended.
pub enum Try {
    /// With messages.
    Taken(Claim),
    /// The caller must read first.
    Read(Reading),
    /// Somebody reads: try again after that.
    Busy,
    /// Too many messages are in flight.
    Full,
    /// There is nothing.
    Empty,
    /// There is nothing: the caller stands in line now.
    Waits,
    /// The queue was deleted.
    Deleted,
}

/// A place in line.
pub struct Standing {
    leader: Arc<Leader>,
    ticket: u64,
    /// Where messages are laid down for him.
    pub seat: Arc<Seat>,
}

/// Messages that are held for one receive. What is neither received nor gone when this is dropped is shown again.
pub struct Claim {
    leader: Arc<Leader>,
    stamps: Vec<Stamp>,
}

/// The right to read for the others. Where it is dropped without a result somebody else reads.
pub struct Reading {
    leader: Arc<Leader>,
    /// What is to be read.
    pub what: Read,
    done: bool,
}

impl Leader {
    /// The leader of a queue of which nothing is known.
    pub fn new(fifo: bool, clock: ServiceClock) -> Self {
        let inner = Inner {
            phase: Phase::Unread,
            paging: false,
            counting: false,
            line: Line::default(),
            deleted: false,
            attempts: HashMap::new(),
        };
        Self {
            fifo,
            clock,
            inner: Mutex::new(inner),
            read: Notify::new(),
            used: AtomicBool::new(true),
            oldest_ms: AtomicU64::new(0),
            tally: Tally::default(),
        }
    }

    fn now(&self) -> u64 {
        self.clock.now().0
    }

    /// Told when a read has ended; to be asked for before [`Leader::attempt`].
    pub fn read_ended(&self) -> tokio::sync::futures::Notified<'_> {
        self.read.notified()
    }

    /// Tries to claim up to `max` messages for somebody who may stand in line already, and puts him there where he
    /// `waits` and there is nothing.
    pub fn attempt(self: &Arc<Self>, max: usize, standing: &mut Option<Standing>, waits: bool) -> Try {
        let now = self.now();
        let mut inner = self.inner.lock();
        self.used.store(true, Ordering::Relaxed);
        if inner.deleted {
            return Try::Deleted;
        }
        if let Some(given) = standing.as_ref().and_then(|s| s.seat.take()) {
            return Try::Taken(Claim { leader: self.clone(), stamps: given });
        }
        let first = match standing {
            Some(standing) => inner.line.is_first(standing.ticket),
            None => inner.line.is_empty(),
        };
        let Inner { phase, paging, counting, .. } = &mut *inner;
        let window = match phase {
            Phase::Unread => {
                *phase = Phase::Reading(Vec::new());
                return Try::Read(self.reading(Read::First));
            }
            Phase::Reading(_) => return Try::Busy,
            Phase::Known(window) => window,
        };
        if first {
            if window.wants_hidden(max, now) && !std::mem::replace(counting, true) {
                return Try::Read(self.reading(Read::Hidden));
            }
            let stamps = window.claim(max, now);
            if !stamps.is_empty() {
                return Try::Taken(Claim { leader: self.clone(), stamps });
            }
            if window.is_full() && !self.fifo {
                return Try::Full;
            }
            let wanted = window.wants_delays().map(Read::Delays);
            if let Some(what) = window.wants_page().map(Read::Page).or(wanted) {
                if *paging {
                    return Try::Busy;
                }
                *paging = true;
                return Try::Read(self.reading(what));
            }
        }
        if !waits {
            return Try::Empty;
        }
        if standing.is_none() {
            *standing = Some(self.stand(&mut inner, max));
        }
        Try::Waits
    }

    fn reading(self: &Arc<Self>, what: Read) -> Reading {
        Reading { leader: self.clone(), what, done: false }
    }

    fn stand(self: &Arc<Self>, inner: &mut Inner, max: usize) -> Standing {
        let (ticket, seat) = inner.line.join(max);
        Standing { leader: self.clone(), ticket, seat }
    }

    /// Gives messages to those who wait, and wakes the first of them where he must read or look at the clock anew.
    fn serve(inner: &mut Inner, now: u64) {
        let Phase::Known(window) = &mut inner.phase else {
            inner.line.wake_first();
            return;
        };
        while let Some(max) = inner.line.first_wants() {
            let stamps = window.claim(max, now);
            if stamps.is_empty() {
                break;
            }
            inner.line.give(stamps);
        }
        let reads = window.wants_page().is_some() || window.wants_delays().is_some();
        inner.line.watch(window.next_deadline(), reads);
    }

    fn change(&self, batch: u64, event: Event) {
        let now = self.now();
        let inner = &mut *self.inner.lock();
        match &mut inner.phase {
            Phase::Unread => return,
            Phase::Reading(events) => {
                events.push((batch, event));
                return;
            }
            Phase::Known(window) => apply(window, event, self.fifo, now),
        }
        Self::serve(inner, now);
    }

    /// Messages were committed by the batch `batch`; they are in the order of their stamps.
    pub fn arrived(&self, arrivals: Vec<Arrival>, batch: u64) {
        self.change(batch, Event::Arrived(arrivals));
    }

    /// A message was received, and is hidden.
    pub fn received(&self, stamps: &[Stamp], until: u64) {
        let now = self.now();
        let inner = &mut *self.inner.lock();
        if let Phase::Known(window) = &mut inner.phase {
            window.expire(now);
            for stamp in stamps {
                window.received(*stamp, until);
            }
            Self::serve(inner, now);
        }
    }

    /// The time until which a message is hidden was changed by the batch `batch`.
    pub fn hidden(&self, stamp: Stamp, until: u64, batch: u64) {
        self.change(batch, Event::Hidden(stamp, until));
    }

    /// Messages are gone: deleted, expired or sent elsewhere by the batch `batch`.
    pub fn removed(&self, stamps: Vec<Stamp>, batch: u64) {
        self.change(batch, Event::Removed(stamps));
    }

    /// All messages are gone.
    pub fn emptied(&self, batch: u64) {
        self.change(batch, Event::Emptied);
    }

    /// The queue is gone; whoever waits is told.
    pub fn deleted(&self) {
        let mut inner = self.inner.lock();
        inner.deleted = true;
        inner.line.wake_all();
        drop(inner);
        self.read.notify_waiters();
    }

    /// The message groups of claimed messages.
    pub fn groups_of(&self, claim: &Claim) -> Vec<Option<Arc<str>>> {
        match &self.inner.lock().phase {
            Phase::Known(window) => window.groups_of(claim.stamps()),
            _ => vec![None; claim.stamps().len()],
        }
    }

    /// How many messages are in flight and how many delayed; nothing where that must be read first.
    pub fn counts(self: &Arc<Self>) -> Result<(u64, u64), Try> {
        let now = self.now();
        let inner = &mut *self.inner.lock();
        match &mut inner.phase {
            Phase::Known(window) => match window.counts(now) {
                Some(counts) => {
                    Self::serve(inner, now);
                    Ok(counts)
                }
                None if inner.counting => Err(Try::Busy),
                None => {
                    window.begin_count();
                    inner.counting = true;
                    Err(Try::Read(self.reading(Read::Count)))
                }
            },
            Phase::Reading(_) => Err(Try::Busy),
            Phase::Unread => {
                inner.phase = Phase::Reading(Vec::new());
                Err(Try::Read(self.reading(Read::First)))
            }
        }
    }

    /// A former receive with this attempt id.
    pub fn attempt_of(&self, id: &str) -> Option<Attempt> {
        let now = self.now();
        self.inner.lock().attempts.get(id).filter(|a| a.until_ms > now).cloned()
    }

    /// Remembers a receive by its attempt id.
    pub fn remember(&self, id: &str, attempt: Attempt) {
        const ATTEMPTS_MAX: usize = 10_000;
        let now = self.now();
        let attempts = &mut self.inner.lock().attempts;
        if attempts.len() >= ATTEMPTS_MAX {
            attempts.retain(|_, a| a.until_ms > now);
        }
        if attempts.len() < ATTEMPTS_MAX {
            attempts.insert(id.to_owned(), attempt);
        }
    }

    /// When the oldest message was sent, at the earliest; 0 where that is not known.
    pub fn oldest_ms(&self) -> u64 {
        self.oldest_ms.load(Ordering::SeqCst)
    }

    /// Somebody begins to look for the oldest message. What comes from now on is told with [`Leader::older`].
    pub fn look_for_oldest(&self) {
        self.oldest_ms.store(u64::MAX, Ordering::SeqCst);
    }

    /// There is a message that was sent at `sent_ms`.
    pub fn older(&self, sent_ms: u64) {
        self.oldest_ms.fetch_min(sent_ms, Ordering::SeqCst);
    }

    /// Whether it knows nothing that must be kept, and was not used since this was last asked.
    pub fn is_idle(&self) -> bool {
        let now = self.now();
        let mut inner = self.inner.lock();
        inner.attempts.retain(|_, a| a.until_ms > now);
        let knows = match &inner.phase {
            Phase::Unread => false,
            Phase::Reading(_) => true,
            Phase::Known(window) => !window.is_idle(),
        };
        !self.used.swap(false, Ordering::Relaxed)
            && !knows
            && inner.line.is_empty()
            && inner.attempts.is_empty()
    }
}

fn apply(window: &mut Window, event: Event, fifo: bool, now: u64) {
    match event {
        Event::Arrived(arrivals) => arrivals.iter().for_each(|a| window.arrived(a, now)),
        Event::Hidden(stamp, until) => {
            window.expire(now);
            window.hide(stamp, until);
        }
        Event::Removed(stamps) => stamps.into_iter().for_each(|s| window.removed(s)),
        Event::Emptied => *window = Window::empty(fifo),
    }
}

impl Reading {
    /// Which messages are due first after `from`, as of `batch`; `end` where no others follow. The queue holds `held`
    /// messages.
    pub fn first(mut self, from: u64, delays: Vec<Due>, end: bool, held: u64, batch: u64) {
        let leader = self.leader.clone();
        let now = leader.now();
        let inner = &mut *leader.inner.lock();
        let Phase::Reading(events) = std::mem::replace(&mut inner.phase, Phase::Unread) else { return };
        let mut window = Window::unread(leader.fifo, from, held);
        window.page_of_delays((from, Stamp::FIRST), delays, end, batch);
        for (at, event) in events {
            if at > batch {
                apply(&mut window, event, leader.fifo, now);
            }
        }
        inner.phase = Phase::Known(Box::new(window));
        self.done = true;
        Leader::serve(inner, now);
        leader.read.notify_waiters();
    }

    /// A page of messages, as of `batch`; `end` where none follows.
    pub fn page(mut self, from: Stamp, found: &[Arrival], end: bool, batch: u64) {
        let leader = self.leader.clone();
        let now = leader.now();
        let inner = &mut *leader.inner.lock();
        if let Phase::Known(window) = &mut inner.phase {
            window.page(from, found, end, batch, now);
        }
        self.ended(inner, now);
    }

    /// A page of the index of delays, as of `batch`; `end` where none follows.
    pub fn delays(mut self, from: Due, found: Vec<Due>, end: bool, batch: u64) {
        let leader = self.leader.clone();
        let now = leader.now();
        let inner = &mut *leader.inner.lock();
        if let Phase::Known(window) = &mut inner.phase {
            window.page_of_delays(from, found, end, batch);
        }
        self.ended(inner, now);
    }

    /// All that is hidden, and the index of delays, as of `batch`.
    pub fn counted(mut self, hidden: Vec<(Stamp, u64)>, delays: &[Due], batch: u64) {
        let leader = self.leader.clone();
        let now = leader.now();
        let inner = &mut *leader.inner.lock();
        if let Phase::Known(window) = &mut inner.phase {
            window.count(hidden, delays, batch, now);
        }
        self.ended(inner, now);
    }

    /// All that is hidden.
    pub fn hidden(mut self, hidden: Vec<(Stamp, u64)>) {
        let leader = self.leader.clone();
        let now = leader.now();
        let inner = &mut *leader.inner.lock();
        if let Phase::Known(window) = &mut inner.phase {
            window.learn_hidden(hidden, now);
        }
        self.ended(inner, now);
    }

    fn ended(&mut self, inner: &mut Inner, now: u64) {
        match self.what {
            Read::Count | Read::Hidden => inner.counting = false,
            _ => inner.paging = false,
        }
        self.done = true;
        Leader::serve(inner, now);
        self.leader.read.notify_waiters();
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let inner = &mut *self.leader.inner.lock();
        match self.what {
            Read::First => inner.phase = Phase::Unread,
            Read::Count | Read::Hidden => inner.counting = false,
            Read::Page(_) | Read::Delays(_) => inner.paging = false,
        }
        inner.line.wake_first();
        self.leader.read.notify_waiters();
    }
}

impl Claim {
    /// Which messages.
    pub fn stamps(&self) -> &[Stamp] {
        &self.stamps
    }

    /// Lets go of the messages that `keeps` does not keep, by their places in this claim.
    pub fn keep(&mut self, keeps: impl Fn(usize) -> bool) {
        drop(self.split(keeps));
    }

    /// The messages that `keeps` does not keep, as a claim of their own.
    #[must_use]
    pub fn split(&mut self, keeps: impl Fn(usize) -> bool) -> Self {
        let all = std::mem::take(&mut self.stamps).into_iter().enumerate();
        let (kept, let_go): (Vec<_>, Vec<_>) = all.partition(|(at, _)| keeps(*at));
        let stamps = |numbered: Vec<(usize, Stamp)>| numbered.into_iter().map(|(_, stamp)| stamp).collect();
        self.stamps = stamps(kept);
        Self { leader: self.leader.clone(), stamps: stamps(let_go) }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let inner = &mut *self.leader.inner.lock();
        let Phase::Known(window) = &mut inner.phase else { return };
        let unclaimed = self.stamps.iter().filter(|stamp| window.unclaim(**stamp)).count();
        if unclaimed > 0 {
            Leader::serve(inner, self.leader.now());
        }
    }
}

impl Standing {
    /// When he must look anew: the first in line keeps the time for all.
    pub fn deadline(&self) -> Option<u64> {
        self.leader.inner.lock().line.deadline_for(self.ticket)
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        let now = self.leader.now();
        let inner = &mut *self.leader.inner.lock();
        inner.line.leave(self.ticket);
        let given = self.seat.take().unwrap_or_default();
        if let Phase::Known(window) = &mut inner.phase {
            for stamp in given {
                window.unclaim(stamp);
            }
        }
        Leader::serve(inner, now);
    }
}
