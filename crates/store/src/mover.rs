//! Bringing a sealed overlay into the base, slice by slice.
//!
//! The overlay hides what is half moved, and the log still has all of it: so each slice is a transaction of its own
//! and memory for dirty pages stays small.

use std::time::Duration;

use bytes::Bytes;
use parking_lot::{Condvar, Mutex};

use crate::{
    StoreError,
    engine::Slice,
    shared::{Runs, Shared},
    snapshot::State,
};

/// How long the mover waits before it tries again on a full disk.
const RETRY: Duration = Duration::from_secs(1);

#[derive(Default)]
pub(crate) struct Mover {
    progress: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Default)]
struct Progress {
    /// The last key that was moved.
    after: Option<Bytes>,
    moved: usize,
    records: usize,
    /// Time per record of the last slices, smoothed.
    record_us: f64,
    stuck: Option<StoreError>,
    stop: bool,
}

impl Mover {
    /// Moves one slice; answers whether there was one.
    pub(crate) fn step(&self, shared: &Shared) -> Result<bool, StoreError> {
        let state = shared.state();
        let Some(sealed) = &state.sealed else { return Ok(false) };
        let began = shared.env.clocks.steady.now();
        let after = self.progress.lock().after.clone();
        let (part, cleared, records) = {
            let read = sealed.read();
            let part = read.slice(after.as_ref(), shared.options.slice_records, shared.options.slice_bytes);
            let all = read.cleared().iter().filter(|_| after.is_none());
            let cleared: Vec<_> = all.map(|c| (c.start.clone(), c.end.clone())).collect();
            (part, cleared, read.len())
        };
        let last = part.items.last().map(|(k, _)| k.clone());
        let writes: Vec<_> = part.items.into_iter().map(|(k, v)| (k, v.stored())).collect();
        let through = (!part.more).then(|| sealed.applied());
        let newest = state.active.durable();
        let absorbed = shared.engine.absorb(Slice { cleared: &cleared, writes: &writes, through, newest });
        if let Err(e) = absorbed {
            self.progress.lock().stuck = Some(e.clone());
            self.changed.notify_all();
            return Err(e);
        }
        let base = shared.engine.base();
        let left = part.more.then(|| sealed.clone());
        shared.replace_state(|s| State { active: s.active.clone(), sealed: left, base });
        drop(state);
        shared.figures.moved.add(writes.len() as u64);
        shared.figures.slices.add(1);
        let took = shared.env.clocks.steady.now().saturating_sub(began);
        let mut progress = self.progress.lock();
        progress.note(writes.len(), took);
        progress.stuck = None;
        progress.records = records;
        progress.moved += writes.len();
        progress.after = last.filter(|_| part.more);
        if !part.more {
            progress.moved = 0;
        }
        self.changed.notify_all();
        Ok(true)
    }

    /// The mover's thread.
    pub(crate) fn run(&self, shared: &Shared) {
        loop {
            {
                let mut progress = self.progress.lock();
                while !progress.stop && (shared.state().sealed.is_none() || shared.health().is_err()) {
                    self.changed.wait(&mut progress);
                }
                if progress.stop {
                    return;
                }
            }
            match self.step(shared) {
                Ok(_) => {}
                Err(StoreError::Full) => {
                    tracing::warn!(cell = %shared.options.name, "no space to move records; trying again");
                    let mut progress = self.progress.lock();
                    if !progress.stop {
                        self.changed.wait_for(&mut progress, RETRY);
                    }
                }
                Err(e) => shared.break_down(&e),
            }
        }
    }

    /// Waits until no overlay is sealed, or tells why that cannot be.
    pub(crate) fn wait_free(&self, shared: &Shared) -> Result<(), StoreError> {
        if shared.runs() != Runs::Threads {
            while self.step(shared)? {}
            return Ok(());
        }
        let mut progress = self.progress.lock();
        loop {
            if shared.state().sealed.is_none() {
                return Ok(());
            }
            shared.health()?;
            if let Some(e) = &progress.stuck {
                return Err(e.clone());
            }
            self.changed.wait(&mut progress);
        }
    }

    /// How long the next group should wait so that the mover stays ahead: nothing while the overlay has room to
    /// spare, then more and more, up to the time that the mover takes for as many records.
    pub(crate) fn lag(&self, shared: &Shared, records: usize) -> Duration {
        let state = shared.state();
        if state.sealed.is_none() {
            return Duration::ZERO;
        }
        let progress = self.progress.lock();
        let filled = state.active.bytes() as f64 / shared.options.overlay_bytes as f64;
        let moved = progress.moved as f64 / progress.records.max(1) as f64;
        let behind = (filled - moved.max(0.5)).clamp(0.0, 0.5) * 2.0;
        Duration::from_micros((progress.record_us * records as f64 * behind * 2.0) as u64)
    }

    /// Waits for `time`, or until the mover has got on.
    pub(crate) fn wait_a_little(&self, time: Duration) {
        let mut progress = self.progress.lock();
        if progress.stuck.is_none() {
            self.changed.wait_for(&mut progress, time);
        }
    }

    /// Why nothing can be moved at present.
    pub(crate) fn stuck(&self) -> Option<StoreError> {
        self.progress.lock().stuck.clone()
    }

    /// Something has changed: an overlay was sealed, or the cell broke.
    pub(crate) fn wake(&self) {
        drop(self.progress.lock());
        self.changed.notify_all();
    }

    pub(crate) fn stop(&self) {
        self.progress.lock().stop = true;
        self.changed.notify_all();
    }
}

impl Progress {
    fn note(&mut self, records: usize, took: Duration) {
        if records > 0 {
            let each = took.as_micros() as f64 / records as f64;
            self.record_us = if self.record_us == 0.0 { each } else { self.record_us * 0.7 + each * 0.3 };
        }
    }
}
