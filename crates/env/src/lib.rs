//! The world as parameters: time, randomness, disk and fault points, and the figures that everything counts.
//!
//! Nothing above this crate asks the host for the time, opens a file for data or draws a random number: it takes
//! an [`Env`]. A test hands in another one, so that a failing run is a seed and not an anecdote.

pub mod clock;
pub mod disk;
pub mod fault;
pub mod metrics;
pub mod random;
pub mod sim_disk;

use std::sync::Arc;

pub use clock::{Clocks, ServiceClock, Steady, Timestamp, WallClock};
pub use disk::{Disk, File, Open, RealDisk, spare_bytes};
pub use fault::{Faults, Injected, Point};
pub use metrics::{Counter, Gauge, Histogram, Metrics};
pub use random::Random;
pub use sim_disk::SimDisk;

/// Everything that a process takes from its surroundings. Cheap to clone.
#[derive(Clone)]
pub struct Env {
    /// The three clocks.
    pub clocks: Clocks,
    /// The source of randomness.
    pub random: Random,
    /// Where data files live.
    pub disk: Arc<dyn Disk>,
    /// The registry of fault points.
    pub faults: Faults,
    /// The registry of figures.
    pub metrics: Metrics,
}

impl Env {
    /// The host's own time, entropy and disk.
    pub fn host() -> Self {
        Self {
            clocks: Clocks::host(),
            random: Random::host(),
            disk: Arc::new(RealDisk),
            faults: Faults::default(),
            metrics: Metrics::default(),
        }
    }

    /// A world that depends on `seed` alone: a disk in memory and clocks that only tests turn.
    pub fn simulated(seed: u64) -> Self {
        Self {
            clocks: Clocks::manual(Timestamp(1_700_000_000_000)),
            random: Random::seeded(seed),
            disk: Arc::new(SimDisk::new(seed)),
            faults: Faults::default(),
            metrics: Metrics::default(),
        }
    }
}
