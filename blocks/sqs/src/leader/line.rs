//! Those who wait for messages of a queue: first come, first served.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::stamp::Stamp;

/// The line of one queue.
#[derive(Default)]
pub struct Line {
    standing: BTreeMap<u64, (usize, Arc<Seat>)>,
    next: u64,
    /// The deadline that the first in line was told, with his ticket.
    kept: Option<(u64, Option<u64>)>,
    deadline: Option<u64>,
}

/// Where messages are laid down for one who waits.
#[derive(Default)]
pub struct Seat {
    given: Mutex<Vec<Stamp>>,
    told: Notify,
}

impl Seat {
    /// Waits until something is laid down here, or there is reason to try again.
    pub async fn told(&self) {
        self.told.notified().await;
    }

    /// What was laid down.
    pub fn take(&self) -> Option<Vec<Stamp>> {
        let given = std::mem::take(&mut *self.given.lock());
        (!given.is_empty()).then_some(given)
    }
}

impl Line {
    /// Nobody waits.
    pub fn is_empty(&self) -> bool {
        self.standing.is_empty()
    }

    /// One more waits, for up to `max` messages.
    pub fn join(&mut self, max: usize) -> (u64, Arc<Seat>) {
        let ticket = self.next;
        self.next += 1;
        let seat = Arc::new(Seat::default());
        self.standing.insert(ticket, (max, seat.clone()));
        (ticket, seat)
    }

    /// One waits no more.
    pub fn leave(&mut self, ticket: u64) {
        self.standing.remove(&ticket);
    }

    /// Whether nobody stands before him.
    pub fn is_first(&self, ticket: u64) -> bool {
        self.standing.first_key_value().is_none_or(|(first, _)| ticket <= *first)
    }

    /// How many messages the first wants.
    pub fn first_wants(&self) -> Option<usize> {
        self.standing.first_key_value().map(|(_, (max, _))| *max)
    }

    /// Gives the first his messages; he leaves the line.
    pub fn give(&mut self, stamps: Vec<Stamp>) {
        if let Some((_, (_, seat))) = self.standing.pop_first() {
            *seat.given.lock() = stamps;
            seat.told.notify_one();
        }
    }

    /// Something changes by itself at `deadline`, or must be read now: the first is told where he does not know.
    pub fn watch(&mut self, deadline: Option<u64>, reads: bool) {
        self.deadline = deadline;
        let Some((first, _)) = self.standing.first_key_value() else { return };
        let knows = self.kept.is_some_and(|(ticket, told)| {
            ticket == *first && (told == deadline || told.is_some_and(|t| deadline.is_none_or(|d| d >= t)))
        });
        if reads || !knows {
            self.wake_first();
        }
    }

    /// When one must look anew: for the first only.
    pub fn deadline_for(&mut self, ticket: u64) -> Option<u64> {
        if !self.is_first(ticket) {
            return None;
        }
        self.kept = Some((ticket, self.deadline));
        self.deadline
    }

    /// The first tries again.
    pub fn wake_first(&self) {
        if let Some((_, (_, seat))) = self.standing.first_key_value() {
            seat.told.notify_one();
        }
    }

    /// All try again.
    pub fn wake_all(&self) {
        for (_, seat) in self.standing.values() {
            seat.told.notify_one();
        }
    }
}
