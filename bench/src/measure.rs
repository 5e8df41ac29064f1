//! Runs a load for a time and says what it cost the server.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kumiki_bench::client::Connection;

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

/// Runs `load` on `connections` connections for `time`, after a tenth of it as warm-up.
pub(crate) async fn run<L: Load>(
    address: &str,
    pid: u32,
    connections: usize,
    time: Duration,
    load: Arc<L>,
) -> io::Result<Counted> {
    let (stop, counting) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let done = Arc::new(AtomicU64::new(0));
    let mut tasks = Vec::new();
    for connection in 0..connections {
        let mut at = Connection::open(address).await?;
        let (load, stop, counting, done) = (load.clone(), stop.clone(), counting.clone(), done.clone());
        tasks.push(tokio::spawn(async move {
            let mut latencies: Vec<u32> = Vec::new();
            let mut n = 0;
            while !stop.load(Ordering::Relaxed) {
                let started = Instant::now();
                load.run(&mut at, connection, n).await?;
                n += 1;
                if counting.load(Ordering::Relaxed) {
                    done.fetch_add(1, Ordering::Relaxed);
                    latencies.push(started.elapsed().as_micros() as u32);
                }
            }
            Ok::<_, io::Error>(latencies)
        }));
    }
    tokio::time::sleep(time / 10).await;
    counting.store(true, Ordering::Relaxed);
    let (started, cpu) = (Instant::now(), cpu_seconds(pid));
    tokio::time::sleep(time).await;
    let mut counted = Counted {
        done: done.load(Ordering::Relaxed),
        cpu_seconds: cpu_seconds(pid) - cpu,
        seconds: started.elapsed().as_secs_f64(),
        latencies_us: Vec::new(),
    };
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        counted.latencies_us.extend(task.await.map_err(io::Error::other)??);
    }
    Ok(counted)
}
