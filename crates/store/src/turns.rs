//! Turns: those who keep losing over the same key try one after the other.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

use crate::Key;

/// Conflicts after which a transaction waits for its turn.
pub(crate) const CONFLICTS_BEFORE_TURN: u32 = 3;
/// How long a transaction waits for its turn before it tries without one: who has the turn may be slow.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long others who read a key give way to the one whose turn it is: long enough for any closure that only
/// reads and decides, short enough that a slow one holds nobody up.
const PROTECTED: Duration = Duration::from_millis(20);

#[derive(Default)]
struct Lane {
    one: Arc<tokio::sync::Mutex<()>>,
    /// When the present turn ends to be protected, in microseconds of the steady clock.
    protected_us: Arc<AtomicU64>,
}

/// The keys over which there are turns.
#[derive(Default)]
pub(crate) struct Turns {
    lanes: Mutex<HashMap<Key, Lane>>,
    count: AtomicUsize,
}

/// The right to try next. The committer drops it as soon as the transaction is applied, before the sync.
pub(crate) struct Turn {
    turns: Arc<Turns>,
    pub key: Key,
    held: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for the turn at a key, in the order of asking; nothing where that takes too long.
    pub(crate) async fn take(self: &Arc<Self>, key: Key, clock: &env::Steady) -> Option<Turn> {
        let (one, protected_us) = {
            let mut lanes = self.lanes.lock();
            let lane = lanes.entry(key.clone()).or_default();
            let both = (lane.one.clone(), lane.protected_us.clone());
            self.count.store(lanes.len(), Ordering::Relaxed);
            both
        };
        let mut turn = Turn { turns: self.clone(), key, held: None };
        turn.held = tokio::select! {
            biased;
            held = one.lock_owned() => Some(held),
            () = clock.wait(PATIENCE) => None,
        };
        turn.held.as_ref()?;
        protected_us.store((clock.now() + PROTECTED).as_micros() as u64, Ordering::Relaxed);
        Some(turn)
    }

    /// Whether there are turns at all.
    pub(crate) fn any(&self) -> bool {
        self.count.load(Ordering::Relaxed) > 0
    }

    /// Whether there are turns over a key.
    pub(crate) fn over(&self, key: &[u8]) -> bool {
        self.any() && self.lanes.lock().contains_key(key)
    }

    /// Whether one who has no turn must give way at a key.
    pub(crate) fn protects(&self, key: &[u8], now: Duration) -> bool {
        let lanes = self.lanes.lock();
        lanes.get(key).is_some_and(|l| l.protected_us.load(Ordering::Relaxed) > now.as_micros() as u64)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut lanes = self.turns.lanes.lock();
        if let Some(lane) = lanes.get(&self.key) {
            if self.held.take().is_some() {
                lane.protected_us.store(0, Ordering::Relaxed);
            }
            // Nobody else holds or waits for it.
            if Arc::strong_count(&lane.one) == 1 {
                lanes.remove(&self.key);
            }
        }
        self.turns.count.store(lanes.len(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_at_a_time_and_nothing_is_left() {
        let (turns, inside) = (Arc::new(Turns::default()), Arc::new(AtomicUsize::new(0)));
        let clock = env::Clocks::host().steady;
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (turns, inside, clock) = (turns.clone(), inside.clone(), clock.clone());
                tokio::spawn(async move {
                    let _turn = turns.take(Key::from_static(b"k"), &clock).await.unwrap();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    assert!(turns.protects(b"k", clock.now()) && !turns.protects(b"l", clock.now()));
                    tokio::task::yield_now().await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert!(!turns.any() && !turns.over(b"k"));
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let (turns, clock) = (Arc::new(Turns::default()), env::Clocks::manual(env::Timestamp(0)).steady);
        let first = turns.take(Key::from_static(b"k"), &clock).await;
        let second = {
            let (turns, clock) = (turns.clone(), clock.clone());
            tokio::spawn(async move { turns.take(Key::from_static(b"k"), &clock).await.is_none() })
        };
        tokio::task::yield_now().await;
        clock.turn(PATIENCE);
        assert!(second.await.unwrap());
        drop(first);
        assert!(!turns.any());
    }
}
