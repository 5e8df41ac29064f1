//! Three clocks, because three questions are asked of time and one answer does not fit them.
//!
//! `auth` is the host's wall time (signatures, token expiry): it must agree with the clients. `service` is the time
//! of the service's own promises (delays, retention, lifecycle): it never goes back, and may be turned forward.
//! `steady` counts from the start of the process (deadlines, leases, back-off).

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// Milliseconds since the Unix epoch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// Whole seconds since the epoch.
    pub fn seconds(self) -> u64 {
        self.0 / 1000
    }

    /// This moment and `later` added, saturating.
    #[must_use]
    pub fn plus(self, later: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(later.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The time from `earlier` to this moment; zero where `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}ms", self.0)
    }
}

/// A source of wall time.
pub trait WallClock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The host's wall clock: the only place that reads it.
struct HostWall;

impl WallClock for HostWall {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that the ban points to")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// Wall time that stands still until it is set.
#[derive(Clone)]
pub struct ManualWall(Arc<AtomicU64>);

impl ManualWall {
    /// Sets the time.
    pub fn set(&self, to: Timestamp) {
        self.0.store(to.0, Ordering::SeqCst);
    }
}

impl WallClock for ManualWall {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Time since the process (or the simulation) began.
#[derive(Clone)]
pub struct Steady(Arc<SteadyKind>);

enum SteadyKind {
    Host(Instant),
    Manual { now_us: AtomicU64, turned: Notify },
}

impl Steady {
    /// Time since this clock was made; it never goes back.
    pub fn now(&self) -> Duration {
        match &*self.0 {
            SteadyKind::Host(start) => start.elapsed(),
            SteadyKind::Manual { now_us, .. } => Duration::from_micros(now_us.load(Ordering::SeqCst)),
        }
    }

    /// Waits until `self.now() >= at`.
    pub async fn until(&self, at: Duration) {
        match &*self.0 {
            SteadyKind::Host(start) => tokio::time::sleep_until((*start + at).into()).await,
            SteadyKind::Manual { turned, .. } => loop {
                let waiting = turned.notified();
                if self.now() >= at {
                    return;
                }
                waiting.await;
            },
        }
    }

    /// Waits for `time`.
    pub async fn wait(&self, time: Duration) {
        self.until(self.now() + time).await;
    }

    /// Turns a simulated clock forward; the host's clock cannot be turned.
    ///
    /// # Panics
    /// On the host's clock: only a simulation may do this.
    pub fn turn(&self, by: Duration) {
        match &*self.0 {
            SteadyKind::Host(_) => panic!("the host's steady clock cannot be turned"),
            SteadyKind::Manual { now_us, turned } => {
                now_us.fetch_add(by.as_micros() as u64, Ordering::SeqCst);
                turned.notify_waiters();
            }
        }
    }
}

/// The time of the service's own promises. It never goes back, even when the host's clock does, and can be turned
/// forward while the process runs.
#[derive(Clone)]
pub struct ServiceClock(Arc<ServiceInner>);

struct ServiceInner {
    wall: Arc<dyn WallClock>,
    steady: Steady,
    ahead_ms: AtomicU64,
    latest_ms: AtomicU64,
    turned: Notify,
}

impl ServiceClock {
    fn new(wall: Arc<dyn WallClock>, steady: Steady) -> Self {
        Self(Arc::new(ServiceInner {
            wall,
            steady,
            ahead_ms: AtomicU64::new(0),
            latest_ms: AtomicU64::new(0),
            turned: Notify::new(),
        }))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        let at = self.0.wall.now().0.saturating_add(self.0.ahead_ms.load(Ordering::SeqCst));
        Timestamp(self.0.latest_ms.fetch_max(at, Ordering::SeqCst).max(at))
    }

    /// How far this clock has been turned ahead of the host's.
    pub fn ahead(&self) -> Duration {
        Duration::from_millis(self.0.ahead_ms.load(Ordering::SeqCst))
    }

    /// Turns the clock forward and wakes those who wait for a moment that has now come.
    pub fn turn(&self, by: Duration) {
        self.0.ahead_ms.fetch_add(by.as_millis() as u64, Ordering::SeqCst);
        self.0.turned.notify_waiters();
    }

    /// Raises the clock to at least `to` (what an earlier run of the process had already promised).
    pub fn at_least(&self, to: Timestamp) {
        self.0.latest_ms.fetch_max(to.0, Ordering::SeqCst);
    }

    /// Waits until `self.now() >= at`, also when the clock is turned meanwhile.
    pub async fn until(&self, at: Timestamp) {
        loop {
            let turned = self.0.turned.notified();
            let now = self.now();
            if now >= at {
                return;
            }
            tokio::select! {
                () = turned => {}
                () = self.0.steady.wait(at.since(now)) => {}
            }
        }
    }
}

/// The three clocks of a process.
#[derive(Clone)]
pub struct Clocks {
    /// The host's wall time.
    pub auth: Arc<dyn WallClock>,
    /// The time of the service's promises.
    pub service: ServiceClock,
    /// Time since the start.
    pub steady: Steady,
}

impl Clocks {
    /// The host's clocks.
    pub fn host() -> Self {
        let steady = Steady(Arc::new(SteadyKind::Host(Instant::now())));
        let auth: Arc<dyn WallClock> = Arc::new(HostWall);
        Self { service: ServiceClock::new(auth.clone(), steady.clone()), auth, steady }
    }

    /// Clocks that stand still: `service` and `steady` move by `turn` alone.
    pub fn manual(start: Timestamp) -> Self {
        let wall: Arc<dyn WallClock> = Arc::new(ManualWall(Arc::new(AtomicU64::new(start.0))));
        let steady =
            Steady(Arc::new(SteadyKind::Manual { now_us: AtomicU64::new(0), turned: Notify::new() }));
        Self { service: ServiceClock::new(wall.clone(), steady.clone()), auth: wall, steady }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_time_never_goes_back() {
        let wall = ManualWall(Arc::new(AtomicU64::new(5_000)));
        let steady = Clocks::manual(Timestamp(0)).steady;
        let clock = ServiceClock::new(Arc::new(wall.clone()), steady);
        assert_eq!(clock.now(), Timestamp(5_000));
        wall.set(Timestamp(1_000));
        assert_eq!(clock.now(), Timestamp(5_000));
        clock.turn(Duration::from_secs(10));
        assert_eq!(clock.now(), Timestamp(11_000));
    }

    #[tokio::test]
    async fn turning_the_clock_wakes_those_who_wait() {
        let clocks = Clocks::manual(Timestamp(0));
        let clock = clocks.service.clone();
        let waiting = tokio::spawn(async move { clock.until(Timestamp(60_000)).await });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clocks.service.turn(Duration::from_secs(60));
        waiting.await.expect("the waiter ends");
    }
}
