//! Fault points: named places that ask whether something should go wrong here. Idle, a question is one relaxed load.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;

use crate::Random;

/// A place that can fail on request.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Point {
    /// A request is admitted to its operation.
    Admission,
    /// A group of transactions is about to be applied.
    Commit,
    /// The log is about to be synced.
    Sync,
    /// A blob is read.
    BlobRead,
    /// A blob is written.
    BlobWrite,
    /// An outbox entry is about to be delivered.
    Delivery,
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Injected {
    /// The step takes this much longer.
    Delay(Duration),
    /// The step fails.
    Error,
    /// The step answers that there is no space.
    Full,
}

#[derive(Clone, Copy)]
struct Rule {
    what: Injected,
    /// How many questions in a million are answered with the fault.
    per_million: u32,
    left: u64,
}

/// The registry of a process. Cheap to clone; clones share it.
#[derive(Clone, Default)]
pub struct Faults(Arc<Inner>);

#[derive(Default)]
struct Inner {
    armed: AtomicBool,
    rules: Mutex<HashMap<Point, Rule>>,
    random: Mutex<Option<Random>>,
}

impl Faults {
    /// Asks whether something should go wrong here.
    #[inline]
    pub fn at(&self, point: Point) -> Option<Injected> {
        if self.0.armed.load(Ordering::Relaxed) { self.drawn(point) } else { None }
    }

    #[cold]
    fn drawn(&self, point: Point) -> Option<Injected> {
        let mut rules = self.0.rules.lock();
        let rule = rules.get_mut(&point)?;
        let hit = rule.per_million >= 1_000_000
            || self
                .0
                .random
                .lock()
                .as_ref()
                .is_some_and(|r| r.below(1_000_000) < u64::from(rule.per_million));
        if !hit || rule.left == 0 {
            return None;
        }
        rule.left -= 1;
        Some(rule.what)
    }

    /// From now on `per_million` of the questions at `point` are answered with `what`, at most `times` times.
    pub fn set(&self, point: Point, what: Injected, per_million: u32, times: u64, random: &Random) {
        self.0.random.lock().get_or_insert_with(|| random.clone());
        self.0.rules.lock().insert(point, Rule { what, per_million, left: times });
        self.0.armed.store(true, Ordering::SeqCst);
    }

    /// Takes the fault at `point` away.
    pub fn clear(&self, point: Point) {
        let mut rules = self.0.rules.lock();
        rules.remove(&point);
        self.0.armed.store(!rules.is_empty(), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_as_often_as_was_said() {
        let (faults, random) = (Faults::default(), Random::seeded(1));
        assert_eq!(faults.at(Point::Sync), None);
        faults.set(Point::Sync, Injected::Error, 1_000_000, 2, &random);
        let struck = (0..10).filter(|_| faults.at(Point::Sync).is_some()).count();
        assert_eq!((struck, faults.at(Point::Commit)), (2, None));
        faults.clear(Point::Sync);
        assert_eq!(faults.at(Point::Sync), None);
    }
}
