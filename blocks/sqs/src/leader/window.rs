//! What is known in memory of a queue's messages: a window on the order of arrivals, and who is hidden until when.
//!
//! The window holds the *stamps* of messages, never their bodies, and is bounded whatever the queue holds: what
//! stands behind the cursor is on disk alone and is read page by page when the window runs low. A message that is
//! received leaves the ready ones for the hidden ones and comes back when its time has come. Everything here follows
//! from records and can be lost.
//!
//! Invariants:
//! - every message up to the cursor is ready, claimed, hidden or delayed, or gone;
//! - what is hidden behind the cursor is learnt when the cursor comes to it: a page says so of its messages. All of it is
//!   read for who wants to know how many are in flight ([`Window::count`]), and beside the first claims where they could
//!   be too many ([`Window::wants_hidden`]);
//! - a message is received only while it is claimed, and claimed by one receive at a time;
//! - a stamp in the window may be that of a message that is gone: a receive finds out and says [`Window::removed`].

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use crate::{
    leader::{
        delays::{Delays, Due},
        groups::{Groups, Item},
        tenants::Ready,
    },
    limits::IN_FLIGHT_MAX,
    stamp::Stamp,
};

/// A standard queue keeps no more ready messages in memory than this when they arrive.
pub const READY_MAX: usize = 4096;
/// A page is read when fewer than this are ready.
pub const READY_LOW: usize = 64;
/// So many messages of one tenant are kept in memory while older ones of others do not fit into it.
const AHEAD_OF_TENANT: usize = 64;
/// A FIFO queue looks for groups in this many messages (quotas: "the first 120,000 messages").
pub const GROUPS_MAX: usize = 120_000;

/// A message that came, or was read back.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Which.
    pub stamp: Stamp,
    /// When it may first be received, in ms of service time; 0: at once.
    pub due: u64,
    /// Its message group.
    pub group: Option<String>,
    /// When it was sent, in ms of service time.
    pub sent: u64,
    /// Until when it is hidden, as the records of a page say.
    pub hidden: u64,
}

enum Order {
    Standard {
        ready: Ready,
        delays: Delays,
        /// What is known of the messages behind the cursor.
        ahead: HashSet<Stamp>,
    },
    Fifo {
        groups: Groups,
        delays: Delays,
    },
}

/// The window of one queue.
pub struct Window {
    order: Order,
    claimed: HashSet<Stamp>,
    /// Received and not yet deleted, with the time at which it is shown again.
    hidden: HashMap<Stamp, u64>,
    /// When something changes by itself: hidden messages, and the delayed ones of FIFO queues.
    deadlines: BTreeSet<(u64, Stamp)>,
    /// Messages behind the cursor of which more is known than a page may say: they were hidden, shown or deleted since
    /// the window was made.
    later: BTreeSet<Stamp>,
    cursor: Stamp,
    complete: bool,
    /// All that is hidden or delayed is known, or counted.
    counted: bool,
    /// So many messages behind the cursor, at most, are hidden and not known to be.
    unknown: u64,
    /// How many may be in flight.
    in_flight_max: usize,
    /// The last batch that brought a message behind the cursor.
    unseen: u64,
    /// The latest time that the window was told.
    now: u64,
}

impl Window {
    /// The window of a queue that holds nothing.
    pub fn empty(fifo: bool) -> Self {
        Self { complete: true, counted: true, ..Self::of(fifo, 0, Delays::none()) }
    }

    /// The window of a queue that holds so many messages, of which nothing has been read.
    pub fn unread(fifo: bool, now: u64, held: u64) -> Self {
        Self { unknown: held, ..Self::of(fifo, now, Delays::unread(now)) }
    }

    /// The same for a queue of which fewer messages may be in flight.
    #[cfg(test)]
    #[must_use]
    pub fn with_in_flight_max(self, in_flight_max: usize) -> Self {
        Self { in_flight_max, ..self }
    }

    fn of(fifo: bool, now: u64, delays: Delays) -> Self {
        let order = if fifo {
            Order::Fifo { groups: Groups::default(), delays }
        } else {
            Order::Standard { ready: Ready::default(), delays, ahead: HashSet::new() }
        };
        Self {
            order,
            claimed: HashSet::new(),
            hidden: HashMap::new(),
            deadlines: BTreeSet::new(),
            later: BTreeSet::new(),
            cursor: Stamp::FIRST,
            complete: false,
            counted: false,
            unknown: 0,
            in_flight_max: IN_FLIGHT_MAX,
            unseen: 0,
            now,
        }
    }

    /// Somebody begins to read what is hidden and delayed.
    pub fn begin_count(&mut self) {
        self.delays().begin_count();
    }

    /// All that is hidden, and the whole index of delays, as of `batch`.
    pub fn count(&mut self, hidden: Vec<(Stamp, u64)>, delays: &[Due], batch: u64, now: u64) {
        if self.counted {
            return; // emptied meanwhile
        }
        self.learn(hidden, now);
        self.delays().end_count(delays, batch);
        self.counted = true;
    }

    /// Whether what is hidden is to be read, as too many messages could be in flight when `max` more are claimed.
    pub fn wants_hidden(&mut self, max: usize, now: u64) -> bool {
        if self.unknown == 0 {
            return false;
        }
        self.expire(now);
        self.unknown + (self.in_flight() + max) as u64 > self.in_flight_max as u64
    }

    /// All that is hidden, where that is not known by now.
    pub fn learn_hidden(&mut self, hidden: Vec<(Stamp, u64)>, now: u64) {
        if self.unknown > 0 {
            self.learn(hidden, now); // it was not emptied meanwhile, nor read page by page
        }
    }

    fn learn(&mut self, hidden: Vec<(Stamp, u64)>, now: u64) {
        self.expire(now);
        for (stamp, until) in hidden {
            if stamp > self.cursor && until > self.now && !self.later.contains(&stamp) {
                self.hide_until(stamp, until);
            }
        }
        self.unknown = 0;
    }

    fn in_flight(&self) -> usize {
        self.hidden.len() + self.claimed.len()
    }

    /// A message was committed. Messages come in the order of their stamps.
    pub fn arrived(&mut self, arrival: &Arrival, now: u64) {
        self.now = self.now.max(now);
        if arrival.due > 0 {
            self.delays().arrived((arrival.due, arrival.stamp));
        }
        if self.complete && self.has_room() {
            self.know(arrival);
            return;
        }
        self.complete = false;
        self.unseen = self.unseen.max(arrival.stamp.batch);
        self.know_ahead(arrival);
    }

    /// Notes a message behind the cursor, of a tenant with few messages in memory: it need not wait until those before it
    /// are gone.
    fn know_ahead(&mut self, Arrival { stamp, due, group, sent, .. }: &Arrival) {
        let Order::Standard { ready, ahead, .. } = &mut self.order else { return };
        if *due > 0 || ahead.len() >= READY_MAX {
            return;
        }
        match group {
            Some(tenant) if ready.known_of(tenant) < AHEAD_OF_TENANT => {
                ready.belongs(*stamp, tenant, *sent, false);
            }
            None if ready.has_noisy() => {}
            _ => return,
        }
        ahead.insert(*stamp);
        ready.insert(*stamp);
    }

    fn has_room(&self) -> bool {
        match &self.order {
            Order::Standard { ready, .. } => ready.count() < READY_MAX,
            Order::Fifo { groups, .. } => groups.messages() < GROUPS_MAX,
        }
    }

    /// Notes the next message in order.
    fn know(&mut self, arrival: &Arrival) {
        let Arrival { stamp, due, group, sent, hidden } = arrival;
        self.cursor = self.cursor.max(*stamp);
        if *hidden > self.now && !self.later.contains(stamp) && !self.claimed.contains(stamp) {
            self.forget_deadline(*stamp);
            self.hidden.insert(*stamp, *hidden);
            self.deadlines.insert((*hidden, *stamp));
        }
        let hidden = self.hidden.contains_key(stamp);
        let delayed = *due > self.now;
        match &mut self.order {
            Order::Standard { ready, ahead, .. } => {
                ahead.remove(stamp);
                if let Some(tenant) = group {
                    ready.belongs(*stamp, tenant, *sent, hidden);
                }
                if !(hidden || delayed || self.claimed.contains(stamp)) {
                    ready.insert(*stamp);
                }
            }
            Order::Fifo { groups, .. } => {
                let held = hidden || delayed;
                groups.insert(
                    *stamp,
                    group.as_deref().unwrap_or(""),
                    if held { Item::Held } else { Item::Ready },
                );
                if delayed && !hidden {
                    self.deadlines.insert((*due, *stamp));
                }
            }
        }
    }

    /// Where the next page of messages must be read from (excluded), when the window runs low.
    pub fn wants_page(&self) -> Option<Stamp> {
        let low = match &self.order {
            Order::Standard { ready, .. } => ready.count() < READY_LOW,
            Order::Fifo { groups, .. } => groups.ready() < READY_LOW && groups.messages() < GROUPS_MAX,
        };
        (low && !self.complete).then_some(self.cursor)
    }

    /// A page of messages from where [`Window::wants_page`] said, as of `batch`; `end` where nothing follows.
    pub fn page(&mut self, from: Stamp, found: &[Arrival], end: bool, batch: u64, now: u64) {
        self.expire(now);
        if from != self.cursor || self.complete {
            return; // another has brought it
        }
        for arrival in found {
            self.know(arrival);
        }
        self.later = self.later.split_off(&self.cursor);
        self.complete = end && self.unseen <= batch;
        // What was there when the window was made comes before all that came since.
        self.unknown = if end { 0 } else { self.unknown.saturating_sub(found.len() as u64) };
    }

    /// Where the index of delays must be read on, when it is wanted.
    pub fn wants_delays(&self) -> Option<Due> {
        match &self.order {
            Order::Standard { delays, .. } => delays.wants(),
            Order::Fifo { .. } => None, // they stand in their groups
        }
    }

    /// A page of the index of delays.
    pub fn page_of_delays(&mut self, from: Due, found: Vec<Due>, end: bool, batch: u64) {
        if let Order::Standard { delays, .. } = &mut self.order {
            delays.page(from, found, end, batch);
        }
    }

    /// Shows what is hidden no longer.
    pub fn expire(&mut self, now: u64) {
        self.now = self.now.max(now);
        while let Some((until, stamp)) = self.deadlines.first().copied().filter(|d| d.0 <= self.now) {
            self.deadlines.pop_first();
            if self.hidden.get(&stamp) == Some(&until) {
                self.hidden.remove(&stamp);
            }
            self.show(stamp);
        }
        while let Some(stamp) = self.due() {
            self.show(stamp);
        }
    }

    fn due(&mut self) -> Option<Stamp> {
        let now = self.now;
        self.delays().due(now)
    }

    fn delays(&mut self) -> &mut Delays {
        let (Order::Standard { delays, .. } | Order::Fifo { delays, .. }) = &mut self.order;
        delays
    }

    /// A message may be received, unless something still holds it or the cursor will come to it.
    fn show(&mut self, stamp: Stamp) {
        if self.claimed.contains(&stamp) || self.hidden.contains_key(&stamp) {
            return;
        }
        let is_behind = stamp > self.cursor;
        match &mut self.order {
            Order::Standard { ahead, .. } if is_behind && !ahead.contains(&stamp) => {}
            Order::Fifo { .. } if is_behind => {}
            Order::Standard { ready, .. } => ready.insert(stamp),
            Order::Fifo { groups, .. } => groups.set(stamp, Item::Ready),
        }
    }

    /// Takes up to `max` messages for a receive. Each comes back with [`Window::received`], [`Window::unclaim`] or
    /// [`Window::removed`].
    pub fn claim(&mut self, max: usize, now: u64) -> Vec<Stamp> {
        self.expire(now);
        let max = max.min(self.in_flight_max.saturating_sub(self.in_flight()));
        let mut into = Vec::with_capacity(max.min(10));
        match &mut self.order {
            Order::Standard { ready, .. } => {
                let (in_flight, now) = (self.hidden.len() + self.claimed.len(), self.now);
                into.extend((0..max).map_while(|taken| ready.take(in_flight + taken, now)));
            }
            Order::Fifo { groups, .. } => groups.claim(max, &mut into),
        }
        self.claimed.extend(&into);
        into
    }

    /// The message groups of messages of a FIFO queue.
    pub fn groups_of(&self, stamps: &[Stamp]) -> Vec<Option<Arc<str>>> {
        let of = |stamp: &Stamp| match &self.order {
            Order::Fifo { groups, .. } => groups.of(*stamp),
            Order::Standard { .. } => None,
        };
        stamps.iter().map(of).collect()
    }

    /// Whether no more messages may be in flight.
    pub fn is_full(&self) -> bool {
        self.in_flight() >= self.in_flight_max
    }

    /// A claimed message was not received after all. Answers whether it was claimed.
    pub fn unclaim(&mut self, stamp: Stamp) -> bool {
        let claimed = self.claimed.remove(&stamp);
        if claimed {
            self.show(stamp);
        }
        claimed
    }

    /// A claimed message was received and is hidden.
    pub fn received(&mut self, stamp: Stamp, until: u64) {
        if self.claimed.remove(&stamp) {
            self.note_later(stamp);
            self.hide_until(stamp, until);
        }
    }

    /// What a page will say of a message behind the cursor may be old.
    fn note_later(&mut self, stamp: Stamp) {
        if stamp > self.cursor {
            self.later.insert(stamp);
        }
    }

    /// The time until which a message is hidden was changed.
    pub fn hide(&mut self, stamp: Stamp, until: u64) {
        self.note_later(stamp);
        match &mut self.order {
            Order::Standard { ready, .. } => {
                ready.remove(stamp, false, self.now);
                ready.flies(stamp, self.now);
            }
            Order::Fifo { groups, .. } => groups.set(stamp, Item::Held),
        }
        self.hide_until(stamp, until);
    }

    fn hide_until(&mut self, stamp: Stamp, until: u64) {
        self.forget_deadline(stamp);
        if until <= self.now {
            self.show(stamp);
        } else {
            self.hidden.insert(stamp, until);
            self.deadlines.insert((until, stamp));
        }
    }

    fn forget_deadline(&mut self, stamp: Stamp) {
        if let Some(until) = self.hidden.remove(&stamp) {
            self.deadlines.remove(&(until, stamp));
        }
    }

    /// A message is gone.
    pub fn removed(&mut self, stamp: Stamp) {
        self.note_later(stamp);
        self.claimed.remove(&stamp);
        self.forget_deadline(stamp);
        match &mut self.order {
            Order::Standard { ready, ahead, .. } => {
                ahead.remove(&stamp);
                ready.remove(stamp, true, self.now);
            }
            Order::Fifo { groups, .. } => groups.remove(stamp),
        }
    }

    /// When something changes by itself next.
    pub fn next_deadline(&self) -> Option<u64> {
        let hidden = self.deadlines.first().map(|d| d.0);
        let delayed = match &self.order {
            Order::Standard { delays, .. } => delays.next(),
            Order::Fifo { .. } => None,
        };
        hidden.into_iter().chain(delayed).min()
    }

    /// How many messages are in flight, and how many are delayed; nothing where that must be read first.
    pub fn counts(&mut self, now: u64) -> Option<(u64, u64)> {
        self.expire(now);
        let now = self.now;
        self.counted.then(|| (self.hidden.len() as u64, self.delays().waiting(now)))
    }

    /// Whether the window says nothing that records do not say at once.
    pub fn is_idle(&self) -> bool {
        let delays_done = match &self.order {
            Order::Standard { delays, .. } => delays.is_empty(),
            Order::Fifo { .. } => self.deadlines.is_empty(),
        };
        self.claimed.is_empty() && self.hidden.is_empty() && delays_done
    }
}
