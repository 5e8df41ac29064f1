//! Figures: counters, gauges and histograms in one registry, written out in Prometheus' text format.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use parking_lot::Mutex;

/// The registry of a process. Cheap to clone; clones share it.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<Name, Series>>>);

type Name = (&'static str, String);

#[derive(Clone)]
enum Series {
    Counter(Counter),
    Gauge(Gauge),
    Histogram(Histogram),
}

/// A figure that only rises.
#[derive(Clone, Default)]
pub struct Counter(Arc<AtomicU64>);

impl Counter {
    /// Adds `n`.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
    /// The present figure.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A figure that rises and falls.
#[derive(Clone, Default)]
pub struct Gauge(Arc<AtomicI64>);

impl Gauge {
    /// Sets it.
    pub fn set(&self, to: i64) {
        self.0.store(to, Ordering::Relaxed);
    }
    /// Adds `n`, which may be negative.
    pub fn add(&self, n: i64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
    /// The present figure.
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Bucket bounds in microseconds: doubling from 50 us to about 26 s.
const BOUNDS: usize = 20;

fn bound_us(i: usize) -> u64 {
    50 << i
}

/// A distribution of durations, in microseconds.
#[derive(Clone, Default)]
pub struct Histogram(Arc<HistogramInner>);

#[derive(Default)]
struct HistogramInner {
    buckets: [AtomicU64; BOUNDS + 1],
    sum_us: AtomicU64,
}

impl Histogram {
    /// Notes one duration.
    pub fn note_us(&self, us: u64) {
        let i = (0..BOUNDS).find(|i| us <= bound_us(*i)).unwrap_or(BOUNDS);
        self.0.buckets[i].fetch_add(1, Ordering::Relaxed);
        self.0.sum_us.fetch_add(us, Ordering::Relaxed);
    }
    /// How many durations were noted.
    pub fn count(&self) -> u64 {
        self.0.buckets.iter().map(|b| b.load(Ordering::Relaxed)).sum()
    }
}

impl Metrics {
    /// The counter of that name and labels (`key="value",...` or empty), made at the first call.
    pub fn counter(&self, name: &'static str, labels: &str) -> Counter {
        let made = || Series::Counter(Counter::default());
        match self.0.lock().entry((name, labels.into())).or_insert_with(made) {
            Series::Counter(c) => c.clone(),
            _ => Counter::default(),
        }
    }

    /// The gauge of that name and labels, made at the first call.
    pub fn gauge(&self, name: &'static str, labels: &str) -> Gauge {
        let made = || Series::Gauge(Gauge::default());
        match self.0.lock().entry((name, labels.into())).or_insert_with(made) {
            Series::Gauge(g) => g.clone(),
            _ => Gauge::default(),
        }
    }

    /// The histogram of that name and labels, made at the first call.
    pub fn histogram(&self, name: &'static str, labels: &str) -> Histogram {
        let made = || Series::Histogram(Histogram::default());
        match self.0.lock().entry((name, labels.into())).or_insert_with(made) {
            Series::Histogram(h) => h.clone(),
            _ => Histogram::default(),
        }
    }

    /// All figures in Prometheus' text format 0.0.4.
    pub fn render(&self) -> String {
        let mut out = String::new();
        let mut last = "";
        for ((name, labels), series) in self.0.lock().iter() {
            let kind = match series {
                Series::Counter(_) => "counter",
                Series::Gauge(_) => "gauge",
                Series::Histogram(_) => "histogram",
            };
            if *name != last {
                let _ = writeln!(out, "# TYPE {name} {kind}");
                last = name;
            }
            match series {
                Series::Counter(c) => line(&mut out, name, "", labels, c.get()),
                Series::Gauge(g) => line(&mut out, name, "", labels, g.get()),
                Series::Histogram(h) => render_histogram(&mut out, name, labels, h),
            }
        }
        out
    }
}

fn line(out: &mut String, name: &str, suffix: &str, labels: &str, value: impl std::fmt::Display) {
    let braces = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _ = writeln!(out, "{name}{suffix}{braces} {value}");
}

fn render_histogram(out: &mut String, name: &str, labels: &str, h: &Histogram) {
    let comma = if labels.is_empty() { "" } else { "," };
    let mut sum = 0;
    for (i, bucket) in h.0.buckets.iter().enumerate() {
        sum += bucket.load(Ordering::Relaxed);
        let le = if i < BOUNDS { format!("{}", bound_us(i) as f64 / 1e6) } else { "+Inf".into() };
        line(out, name, "_bucket", &format!("{labels}{comma}le=\"{le}\""), sum);
    }
    line(out, name, "_sum", labels, h.0.sum_us.load(Ordering::Relaxed) as f64 / 1e6);
    line(out, name, "_count", labels, sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.counter("kumiki_requests_total", "service=\"s3\"").add(2);
        metrics.counter("kumiki_requests_total", "service=\"s3\"").add(1);
        metrics.gauge("kumiki_open", "").set(-4);
        metrics.histogram("kumiki_seconds", "").note_us(70);
        let text = metrics.render();
        assert!(
            text.contains("# TYPE kumiki_requests_total counter\nkumiki_requests_total{service=\"s3\"} 3\n")
        );
        assert!(text.contains("kumiki_open -4\n"));
        assert!(text.contains("kumiki_seconds_bucket{le=\"0.00005\"} 0\n"));
        assert!(text.contains("kumiki_seconds_bucket{le=\"0.0001\"} 1\n"));
        assert!(text.contains("kumiki_seconds_count 1\n"));
    }
}
