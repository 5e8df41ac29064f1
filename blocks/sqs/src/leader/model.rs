//! The window against a model that knows everything: whatever happens in whatever order, a claim takes what is
//! visible, nothing else, and never leaves out what is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::{
    leader::{
        delays::Due,
        window::{Arrival, READY_MAX, Window},
    },
    limits::IN_FLIGHT_MAX,
    stamp::Stamp,
};

#[derive(Clone, Debug)]
enum Step {
    Send {
        delay: u64,
        group: u8,
    },
    Receive {
        max: usize,
        visibility: u64,
    },
    /// Claims, and lets go again.
    Hesitate {
        max: usize,
    },
    Delete {
        which: usize,
    },
    Hide {
        which: usize,
        timeout: u64,
    },
    Turn {
        by: u64,
    },
    Restart,
    Count,
    Purge,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let delay = prop_oneof![3 => Just(0_u64), 1 => 1_u64..50];
    let step = prop_oneof![
        6 => (delay, 0_u8..4).prop_map(|(delay, group)| Step::Send { delay, group }),
        5 => (1_usize..11, prop_oneof![Just(0_u64), 1_u64..40])
            .prop_map(|(max, visibility)| Step::Receive { max, visibility }),
        1 => (1_usize..11).prop_map(|max| Step::Hesitate { max }),
        3 => any::<usize>().prop_map(|which| Step::Delete { which }),
        2 => (any::<usize>(), 0_u64..60).prop_map(|(which, timeout)| Step::Hide { which, timeout }),
        4 => (1_u64..30).prop_map(|by| Step::Turn { by }),
        1 => Just(Step::Restart),
        1 => Just(Step::Count),
        1 => Just(Step::Purge),
    ];
    prop::collection::vec(step, 0..120)
}

#[derive(Clone, Debug)]
struct Message {
    sent: u64,
    due: u64,
    group: u8,
    received: bool,
    hidden_until: u64,
}

/// What is on disk, and the window that is tried.
struct World {
    fifo: bool,
    now: u64,
    batch: u64,
    disk: BTreeMap<Stamp, Message>,
    window: Window,
    in_flight_max: usize,
}

const PAGE: usize = 3;

impl World {
    fn new(fifo: bool) -> Self {
        Self::limited(fifo, IN_FLIGHT_MAX)
    }

    fn limited(fifo: bool, in_flight_max: usize) -> Self {
        let window = Window::empty(fifo).with_in_flight_max(in_flight_max);
        Self { fifo, now: 1000, batch: 0, disk: BTreeMap::new(), window, in_flight_max }
    }

    fn hidden(&self) -> Vec<(Stamp, u64)> {
        let hidden = self.disk.iter().filter(|(_, m)| m.hidden_until > self.now);
        hidden.map(|(stamp, m)| (*stamp, m.hidden_until)).collect()
    }

    fn arrival(&self, stamp: Stamp) -> Arrival {
        let message = &self.disk[&stamp];
        let has_group = self.fifo || message.group > 0;
        Arrival {
            stamp,
            due: message.due,
            group: has_group.then(|| message.group.to_string()),
            sent: message.sent,
            hidden: message.hidden_until,
        }
    }

    fn send(&mut self, delay: u64, group: u8) {
        self.batch += 1;
        let due = if delay == 0 { 0 } else { self.now + delay };
        let stamp = Stamp::new(self.batch, 0, 0);
        self.disk.insert(stamp, Message { sent: self.now, due, group, received: false, hidden_until: 0 });
        let arrival = self.arrival(stamp);
        self.window.arrived(&arrival, self.now);
    }

    fn index(&self) -> BTreeSet<Due> {
        let delayed = self.disk.iter().filter(|(_, m)| m.due > 0 && !m.received);
        delayed.map(|(stamp, m)| (m.due, *stamp)).collect()
    }

    /// Claims as a receive does, reading what the window wants.
    fn claim(&mut self, max: usize) -> Vec<Stamp> {
        loop {
            if self.window.wants_hidden(max, self.now) {
                self.window.learn_hidden(self.hidden(), self.now);
            }
            let claimed = self.window.claim(max, self.now);
            if !claimed.is_empty() {
                return claimed;
            }
            if let Some(from) = self.window.wants_delays() {
                let after = (std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded);
                let page: Vec<_> = self.index().range(after).take(PAGE).copied().collect();
                let end = page.len() < PAGE;
                self.window.page_of_delays(from, page, end, self.batch);
            } else if let Some(from) = self.window.wants_page() {
                let after = (std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded);
                let stamps: Vec<_> = self.disk.range(after).take(PAGE).map(|(stamp, _)| *stamp).collect();
                let page: Vec<_> = stamps.iter().map(|stamp| self.arrival(*stamp)).collect();
                self.window.page(from, &page, page.len() < PAGE, self.batch, self.now);
            } else {
                return claimed;
            }
        }
    }

    fn is_visible(&self, message: &Message) -> bool {
        message.hidden_until <= self.now && message.due <= self.now
    }

    /// What may be received now: everything visible; of a FIFO queue, what no hidden message of its group precedes.
    fn visible(&self) -> Vec<Stamp> {
        let mut blocked = BTreeSet::new();
        let mut visible = Vec::new();
        for (stamp, message) in &self.disk {
            if !self.is_visible(message) {
                blocked.insert(message.group);
            } else if !self.fifo || !blocked.contains(&message.group) {
                visible.push(*stamp);
            }
        }
        visible
    }

    fn check(&self, claimed: &[Stamp], max: usize) -> Result<(), TestCaseError> {
        let visible = self.visible();
        let room = self.in_flight_max.saturating_sub(self.hidden().len());
        prop_assert!(claimed.len() <= max.min(room), "{} of {max}, with room for {room}", claimed.len());
        prop_assert!(claimed.iter().all(|s| visible.contains(s)), "{claimed:?} of {visible:?}");
        let distinct: BTreeSet<_> = claimed.iter().collect();
        prop_assert_eq!(distinct.len(), claimed.len());
        prop_assert_eq!(claimed.is_empty(), visible.is_empty() || room == 0, "of {:?}", visible);
        if self.fifo {
            for group in 0..4 {
                let of = |stamps: &[Stamp]| -> Vec<_> {
                    stamps.iter().filter(|s| self.disk[s].group == group).copied().collect()
                };
                let (all, taken) = (of(&visible), of(claimed));
                prop_assert_eq!(&all[..taken.len()], &taken[..]);
            }
        }
        Ok(())
    }

    fn nth(&self, which: usize, of: impl Fn(&Message) -> bool) -> Option<Stamp> {
        let all: Vec<_> = self.disk.iter().filter(|(_, m)| of(m)).map(|(stamp, _)| *stamp).collect();
        (!all.is_empty()).then(|| all[which % all.len()])
    }

    fn run(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Send { delay, group } => self.send(delay, group),
            Step::Receive { max, visibility } => {
                let claimed = self.claim(max);
                self.check(&claimed, max)?;
                for stamp in claimed {
                    let until = self.now + visibility;
                    if let Some(message) = self.disk.get_mut(&stamp) {
                        (message.received, message.hidden_until) = (true, until);
                    }
                    self.window.received(stamp, until);
                }
            }
            Step::Hesitate { max } => {
                let claimed = self.claim(max);
                self.check(&claimed, max)?;
                prop_assert!(claimed.into_iter().all(|stamp| self.window.unclaim(stamp)));
            }
            Step::Delete { which } => {
                if let Some(stamp) = self.nth(which, |m| m.received) {
                    self.disk.remove(&stamp);
                    self.window.removed(stamp);
                }
            }
            Step::Hide { which, timeout } => {
                let now = self.now;
                if let Some(stamp) = self.nth(which, |m| m.received && m.hidden_until > now) {
                    if let Some(message) = self.disk.get_mut(&stamp) {
                        message.hidden_until = now + timeout;
                    }
                    self.window.expire(now);
                    self.window.hide(stamp, now + timeout);
                }
            }
            Step::Turn { by } => self.now += by,
            Step::Restart => {
                let delays: Vec<_> =
                    self.index().into_iter().filter(|due| due.0 > self.now).take(PAGE).collect();
                let end = delays.len() < PAGE;
                let window = Window::unread(self.fifo, self.now, self.disk.len() as u64);
                self.window = window.with_in_flight_max(self.in_flight_max);
                self.window.page_of_delays((self.now, Stamp::FIRST), delays, end, self.batch);
            }
            Step::Count => {
                self.window.begin_count();
                let hidden = self.hidden();
                let delays: Vec<_> = self.index().into_iter().filter(|due| due.0 > self.now).collect();
                self.window.count(hidden, &delays, self.batch, self.now);
                prop_assert!(self.window.counts(self.now).is_some());
            }
            Step::Purge => {
                self.disk.clear();
                self.window = Window::empty(self.fifo).with_in_flight_max(self.in_flight_max);
            }
        }
        let in_flight = self.disk.values().filter(|m| m.hidden_until > self.now).count() as u64;
        if let Some((counted, _)) = self.window.counts(self.now) {
            prop_assert_eq!(counted, in_flight);
        }
        Ok(())
    }
}

proptest! {
    /// And never so much that more are in flight than may be, with starts in between.
    #[test]
    fn a_claim_takes_what_is_visible(fifo: bool, few in 1_usize..20, is_limited: bool, steps in steps()) {
        let mut world = World::limited(fifo, if is_limited { few } else { IN_FLIGHT_MAX });
        for step in &steps {
            world.run(step)?;
        }
        // In the end everything is shown.
        world.run(&Step::Turn { by: 1000 })?;
        let mut left = world.disk.len();
        while left > 0 {
            let claimed = world.claim(10);
            world.check(&claimed, 10)?;
            for stamp in claimed {
                world.disk.remove(&stamp);
                world.window.removed(stamp);
                left -= 1;
            }
        }
        prop_assert!(world.claim(10).is_empty());
    }
}

#[test]
fn no_more_than_120000_are_in_flight() {
    let mut world = World::new(false);
    for _ in 0..IN_FLIGHT_MAX + 5 {
        world.send(0, 0);
    }
    let (mut last, mut taken) = (Stamp::FIRST, 0);
    loop {
        let claimed = world.claim(10);
        let Some(newest) = claimed.last() else { break };
        (last, taken) = (*newest, taken + claimed.len());
        for stamp in claimed {
            world.window.received(stamp, world.now + 30);
        }
    }
    assert_eq!(taken, IN_FLIGHT_MAX);
    assert!(world.window.is_full());
    world.window.removed(last);
    assert!(!world.window.is_full());
    assert_eq!(world.claim(10).len(), 1);
}

/// "SQS looks through the first 120,000 messages to determine available message groups": what lies behind a backlog of one
/// group that long waits, without an error.
#[test]
fn a_fifo_queue_looks_for_groups_in_its_first_120000_messages() {
    use crate::leader::window::GROUPS_MAX;
    let mut world = World::new(true);
    for _ in 0..GROUPS_MAX {
        world.send(0, 1);
    }
    world.send(0, 2);
    let delete = |world: &mut World, stamp: Stamp| {
        world.disk.remove(&stamp);
        world.window.removed(stamp);
    };
    let first = world.claim(1)[0];
    world.window.received(first, world.now + 30);
    assert!(world.claim(10).is_empty(), "the group is blocked, and no other is among them");
    delete(&mut world, first);
    let second = world.claim(1)[0];
    assert_eq!(world.disk[&second].group, 1);
    world.window.received(second, world.now + 30);
    let other = world.claim(10);
    assert_eq!(other.iter().map(|stamp| world.disk[stamp].group).collect::<Vec<_>>(), [2]);
    for stamp in other {
        world.window.received(stamp, world.now + 30);
    }
    // With a start in between it is the same.
    delete(&mut world, second);
    world.window = Window::unread(true, world.now + 30, world.disk.len() as u64);
    world.now += 30;
    let third = world.claim(1)[0];
    assert!(third > second && world.disk[&third].group == 1);
}

/// A FIFO queue of which 120,000 messages are in flight gives no error, and no message.
#[test]
fn a_full_fifo_queue_is_silent() {
    let mut window = Window::empty(true);
    for n in 0..IN_FLIGHT_MAX as u64 + 5 {
        let stamp = Stamp::new(n + 1, 0, 0);
        let group = Some((n % 1000).to_string());
        window.arrived(&Arrival { stamp, due: 0, group, sent: 1000, hidden: 0 }, 1000);
    }
    let mut taken = 0;
    loop {
        let claimed = window.claim(10, 1000);
        let Some(last) = claimed.last().copied() else { break };
        taken += claimed.len();
        for stamp in claimed {
            window.received(stamp, 5000);
        }
        if taken == IN_FLIGHT_MAX {
            assert!(window.is_full() && window.claim(10, 1000).is_empty());
            window.removed(last);
            break;
        }
    }
    assert!(!window.is_full());
}

#[test]
fn what_does_not_fit_into_memory_is_read_back() {
    let mut world = World::new(false);
    let all = READY_MAX + 500;
    for _ in 0..all {
        world.send(0, 0);
    }
    assert!(world.window.wants_page().is_none());
    let mut last = Stamp::FIRST;
    for _ in 0..all {
        let claimed = world.claim(1);
        assert!(claimed[0] > last, "the order of arrivals is kept");
        last = claimed[0];
        world.disk.remove(&last);
        world.window.removed(last);
    }
    assert!(world.claim(1).is_empty() && world.disk.is_empty());
}

#[test]
fn a_quiet_tenant_does_not_wait_for_the_backlog_of_a_noisy_one() {
    let mut world = World::new(false);
    for _ in 0..READY_MAX + 2000 {
        world.send(0, 1);
    }
    for _ in 0..5 {
        world.send(0, 2);
    }
    let mut taken = Vec::new();
    for _ in 0..40 {
        let claimed = world.claim(1);
        taken.push(world.disk[&claimed[0]].group);
        world.window.received(claimed[0], world.now + 1000);
    }
    assert_eq!(
        taken[30..35],
        [2; 5],
        "behind thirty of the noisy one, though its backlog does not fit into memory"
    );
    assert_eq!(taken[35..], [1; 5]);
    // What was taken early is not given twice when the cursor comes to it.
    let mut given = 40;
    loop {
        let claimed = world.claim(10);
        if claimed.is_empty() {
            break;
        }
        for stamp in claimed {
            given += 1;
            world.disk.remove(&stamp);
            world.window.removed(stamp);
        }
    }
    assert_eq!(given, READY_MAX + 2005);
}
