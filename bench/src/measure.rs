//! Runs a load for a time and says what it cost the server.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use kumiki_bench::client::Connection;
use tokio::sync::Barrier;

/// What one connection does, over and over.
pub(crate) trait Load: Send + Sync + 'static {
    /// The next operation of connection `connection`, for the `n`-th time.
    fn run(
        &self,
        at: &mut Connection,
        connection: usize,
        n: u64,
    ) -> impl Future<Output = io::Result<()>> + Send;
}

/// What was counted, of one or more runs.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    done: u64,
    cpu_seconds: f64,
    seconds: f64,
    latencies_us: Vec<u32>,
}

/// What follows from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) per_second: f64,
    pub(crate) per_cpu_second: f64,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
}

/// CPU seconds that the process has used so far.
fn cpu_seconds(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|f| f.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0 // USER_HZ is 100 on every Linux that this runs on
}

impl Counted {
    /// Both together.
    pub(crate) fn add(&mut self, other: Self) {
        self.done += other.done;
        self.cpu_seconds += other.cpu_seconds;
        self.seconds += other.seconds;
        self.latencies_us.extend(other.latencies_us);
    }

    pub(crate) fn figures(mut self) -> Figures {
        self.latencies_us.sort_unstable();
        let last = self.latencies_us.len().saturating_sub(1);
        let at = |share: f64| self.latencies_us.get((last as f64 * share) as usize).copied().unwrap_or(0);
        Figures {
            per_second: self.done as f64 / self.seconds.max(0.001),
            per_cpu_second: self.done as f64 / self.cpu_seconds.max(0.01),
            p50_us: u64::from(at(0.5)),
            p99_us: u64::from(at(0.99)),
        }
    }
}

/// Runs `load` on `connections` connections for `time`, after one operation of each as warm-up. What was begun in that
/// time is waited for and counted, with all that it cost: an operation may take longer than `time`.
pub(crate) async fn run<L: Load>(
    address: &str,
    pid: u32,
    connections: usize,
    time: Duration,
    load: Arc<L>,
) -> io::Result<Counted> {
    let (stop, ready) = (Arc::new(AtomicBool::new(false)), Arc::new(Barrier::new(connections + 1)));
    let mut tasks = Vec::new();
    for connection in 0..connections {
        let mut at = Connection::open(address).await?;
        let (load, stop, ready) = (load.clone(), stop.clone(), ready.clone());
        tasks.push(tokio::spawn(async move {
            let warm = load.run(&mut at, connection, 0).await;
            ready.wait().await;
            warm?;
            let mut latencies: Vec<u32> = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let started = Instant::now();
                load.run(&mut at, connection, 1 + latencies.len() as u64).await?;
                latencies.push(started.elapsed().as_micros() as u32);
            }
            Ok::<_, io::Error>(latencies)
        }));
    }
    ready.wait().await;
    let (started, cpu) = (Instant::now(), cpu_seconds(pid));
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    let mut counted = Counted::default();
    for task in tasks {
        counted.latencies_us.extend(task.await.map_err(io::Error::other)??);
    }
    counted.done = counted.latencies_us.len() as u64;
    counted.cpu_seconds = cpu_seconds(pid) - cpu;
    counted.seconds = started.elapsed().as_secs_f64();
    Ok(counted)
}
