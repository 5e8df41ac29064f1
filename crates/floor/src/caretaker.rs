//! Background work: named, paced, visible. Nothing else spawns loops.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use auth::{Identity, Region};
use parking_lot::Mutex;
use wire::Answer;

use crate::{Caller, Cx, Floor, Gone, call::Boxed, cx::Origin, sweeper, upkeep};

type Run = Arc<dyn for<'a> Fn(&'a mut Cx) -> Boxed<'a, Answer<u64>> + Send + Sync>;

/// One kind of background work: an idempotent step that is run at an interval and answers how much it did.
#[derive(Clone)]
pub struct Caretaker {
    /// Its name in `kumiki status`.
    pub name: &'static str,
    /// The service time between two runs.
    pub interval: Duration,
    run: Run,
    figures: Arc<Figures>,
}

#[derive(Default)]
struct Figures {
    runs: AtomicU64,
    done: AtomicU64,
    failures: AtomicU64,
    last_error: Mutex<Option<String>>,
}

/// What a caretaker has done so far.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Its name.
    pub name: &'static str,
    /// How often it ran.
    pub runs: u64,
    /// How many things it did in all.
    pub done: u64,
    /// How many runs failed.
    pub failures: u64,
    /// Why the last of them failed.
    pub last_error: Option<String>,
}

impl Caretaker {
    /// A caretaker that runs `step` every `interval`.
    pub fn new<F>(name: &'static str, interval: Duration, step: F) -> Self
    where
        F: for<'a> Fn(&'a mut Cx) -> Boxed<'a, Answer<u64>> + Send + Sync + 'static,
    {
        Self { name, interval, run: Arc::new(step), figures: Arc::default() }
    }

    /// Runs it once, now.
    pub async fn run_once(&self, floor: &Arc<Floor>) {
        let caller = Caller {
            who: Arc::new(Identity::service("kumiki.internal", None, None)),
            region: Region::default(),
            via: Arc::new([]),
            origin: Arc::new(Origin::default()),
            signed: crate::cx::Signed::default(),
            through: None,
        };
        let id = floor.env.random.uuid();
        let mut cx = Cx::new(floor, caller, id.into(), Gone::default());
        self.figures.runs.fetch_add(1, Ordering::Relaxed);
        match (self.run)(&mut cx).await {
            Ok(done) => {
                self.figures.done.fetch_add(done, Ordering::Relaxed);
            }
            Err(fault) => {
                self.figures.failures.fetch_add(1, Ordering::Relaxed);
                let why = fault.cause().unwrap_or(fault.message()).to_owned();
                tracing::warn!(caretaker = self.name, why, "a run of background work failed");
                *self.figures.last_error.lock() = Some(why);
            }
        }
    }
}

/// The caretakers of a process.
#[derive(Default)]
pub struct Caretakers {
    running: Mutex<Vec<(Caretaker, tokio::task::JoinHandle<()>)>>,
}

impl Caretakers {
    /// Starts those of every block, and the floor's own.
    pub fn start(floor: &Arc<Floor>) {
        let mut all = floor.registry.caretakers.clone();
        all.push(sweeping());
        all.extend(upkeep::caretakers(floor));
        for caretaker in all {
            let (mine, weak) = (caretaker.clone(), Arc::downgrade(floor));
            let clock = floor.env.clocks.service.clone();
            let running = tokio::spawn(async move {
                loop {
                    clock.until(clock.now().plus(mine.interval)).await;
                    let Some(floor) = weak.upgrade() else { return };
                    mine.run_once(&floor).await;
                }
            });
            floor.caretakers.running.lock().push((caretaker, running));
        }
    }

    /// Stops all of them.
    pub fn stop(&self) {
        for (_, running) in self.running.lock().drain(..) {
            running.abort();
        }
    }

    /// What each has done so far.
    pub fn progress(&self) -> Vec<Progress> {
        let of = |c: &Caretaker| Progress {
            name: c.name,
            runs: c.figures.runs.load(Ordering::Relaxed),
            done: c.figures.done.load(Ordering::Relaxed),
            failures: c.figures.failures.load(Ordering::Relaxed),
            last_error: c.figures.last_error.lock().clone(),
        };
        self.running.lock().iter().map(|(c, _)| of(c)).collect()
    }
}

/// Removes the blobs that a crash left without an owner.
fn sweeping() -> Caretaker {
    Caretaker::new("sweep-blobs", Duration::from_secs(3600), |cx| {
        Box::pin(async move {
            let mut removed = 0;
            for cell in cx.floor().cells.opened() {
                let older_than = env::Timestamp(cx.now().0.saturating_sub(sweeper::GRACE.as_millis() as u64));
                let mut after = None;
                loop {
                    let (gone, next) = sweeper::sweep(&cell, older_than, after, 1000).await?;
                    removed += gone as u64;
                    if next.is_none() {
                        break;
                    }
                    after = next;
                }
            }
            Ok(removed)
        })
    })
}
