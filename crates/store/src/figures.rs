//! What a cell counts.

use env::{Counter, Gauge, Histogram, Metrics};

pub(crate) struct Figures {
    /// Transactions that were committed.
    pub commits: Counter,
    /// Batches that were made durable, and how many syncs that took.
    pub batches: Counter,
    pub syncs: Counter,
    /// Attempts that lost against others.
    pub conflicts: Counter,
    /// Transactions that were refused for want of space.
    pub full: Counter,
    /// Time of a group's write and sync.
    pub sync: Histogram,
    /// Time that groups were held up because the mover was behind.
    pub paced_us: Counter,
    /// Bytes of log written.
    pub log_bytes: Counter,
    /// Records moved to the base, and the slices that took.
    pub moved: Counter,
    pub slices: Counter,
    /// Memory of the overlays.
    pub overlay_bytes: Gauge,
}

impl Figures {
    pub(crate) fn new(metrics: &Metrics, cell: &str) -> Self {
        let label = if cell.is_empty() { String::new() } else { format!("cell=\"{cell}\"") };
        Self {
            commits: metrics.counter("kumiki_store_commits_total", &label),
            batches: metrics.counter("kumiki_store_batches_total", &label),
            syncs: metrics.counter("kumiki_store_syncs_total", &label),
            conflicts: metrics.counter("kumiki_store_conflicts_total", &label),
            full: metrics.counter("kumiki_store_full_total", &label),
            sync: metrics.histogram("kumiki_store_sync_seconds", &label),
            paced_us: metrics.counter("kumiki_store_paced_microseconds_total", &label),
            log_bytes: metrics.counter("kumiki_store_log_bytes_total", &label),
            moved: metrics.counter("kumiki_store_moved_records_total", &label),
            slices: metrics.counter("kumiki_store_moved_slices_total", &label),
            overlay_bytes: metrics.gauge("kumiki_store_overlay_bytes", &label),
        }
    }
}
