//! The upkeep of what is stored as bytes: drives are looked after, what they lack is rebuilt, and everything is read and
//! checked at a steady pace, whether anybody asks for it or not.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use blob::BlobError;
use env::{Counter, Metrics, Timestamp};
use parking_lot::Mutex;
use wire::Answer;

use crate::{
    BlobId, Caretaker, Floor,
    cells::OpenCell,
    fault::{of_blob, of_store},
    sweeper::owner_key,
};

/// How often drives are looked after.
const TEND_EVERY: Duration = Duration::from_secs(2);
/// How long after something could not be rebuilt that is tried again, where no drive has come back meanwhile.
const COMPARE_AGAIN_AFTER: Duration = Duration::from_secs(600);
/// How often a part of the scrub is done.
const SCRUB_EVERY: Duration = Duration::from_secs(60);
/// What a scrub reads a second: 10 TB in two weeks.
const SCRUB_BYTES_A_SECOND: u64 = 8 << 20;
/// What is read in one part, about as much as its time allows.
const SCRUB_BYTES_A_PART: u64 = SCRUB_BYTES_A_SECOND * 45;
/// Blobs that are looked at in one part, at most.
const SCRUB_BLOBS_A_PART: usize = 2000;
/// The time between the beginnings of two passes.
const PASS_EVERY: Duration = Duration::from_secs(7 * 24 * 3600);

/// What was checked and found since the start.
pub struct Found {
    /// Blobs that were read whole.
    pub blobs: Counter,
    /// Their bytes.
    pub bytes: Counter,
    /// Files and shards that were damaged or missing.
    pub wrong: Counter,
    /// Shards that were written anew.
    pub rebuilt: Counter,
    /// Blobs that could not be brought back, each time that was tried.
    pub lost: Counter,
    /// Passes over everything that were completed.
    pub passes: Counter,
}

impl Found {
    /// The figures in a registry.
    pub fn of(metrics: &Metrics) -> Self {
        Self {
            blobs: metrics.counter("kumiki_scrub_blobs_total", ""),
            bytes: metrics.counter("kumiki_scrub_bytes_total", ""),
            wrong: metrics.counter("kumiki_scrub_wrong_total", ""),
            rebuilt: metrics.counter("kumiki_scrub_rebuilt_total", ""),
            lost: metrics.counter("kumiki_scrub_lost_total", ""),
            passes: metrics.counter("kumiki_scrub_passes_total", ""),
        }
    }
}

/// The floor's own caretakers of bytes.
pub(crate) fn caretakers(floor: &Floor) -> Vec<Caretaker> {
    let mut all = vec![scrubbing()];
    if floor.cells.drives().is_some() {
        all.extend([tending(), mending()]);
    }
    all
}

/// Probes the drives: notes those that went away, takes back those that are well.
fn tending() -> Caretaker {
    Caretaker::new("tend-drives", TEND_EVERY, |cx| {
        Box::pin(async move {
            let Some(drives) = cx.floor().cells.drives().cloned() else { return Ok(0) };
            drives.tend().await;
            Ok(0)
        })
    })
}

/// What was done to blobs that lack shards.
#[derive(Clone, Copy, Default)]
struct Mended {
    rebuilt: u64,
    /// Blobs that could not be rebuilt.
    failed: u64,
}

/// Rebuilds what was found to be missing, and after a drive came back, looks for it. Drives are said to have all that they
/// should have once nothing failed.
fn mending() -> Caretaker {
    let failed: Arc<Mutex<Option<(u64, Timestamp)>>> = Arc::default();
    Caretaker::new("mend-blobs", TEND_EVERY, move |cx| {
        let failed = failed.clone();
        Box::pin(async move {
            let Some(drives) = cx.floor().cells.drives().cloned() else { return Ok(0) };
            let before = *failed.lock();
            if before.is_some_and(|(wanted, at)| {
                wanted == drives.wanted() && cx.now() >= at.plus(COMPARE_AGAIN_AFTER)
            }) {
                drives.compare_again();
            }
            let (wanted, mut mended) = (drives.wanted(), Mended::default());
            for cell in cx.floor().cells.opened() {
                mend(&cell, &mut mended).await?;
            }
            if mended.failed > 0 {
                *failed.lock() = Some((wanted, cx.now()));
            } else if before.is_none_or(|(then, _)| then != wanted) {
                *failed.lock() = None;
                drives.caught_up(wanted);
            }
            Ok(mended.rebuilt)
        })
    })
}

async fn mend(cell: &OpenCell, mended: &mut Mended) -> Answer<()> {
    for id in cell.blobs.take_wounded() {
        heal(cell, id, mended).await?;
    }
    let Some(wanted) = cell.blobs.to_compare() else { return Ok(()) };
    let mut after = None;
    loop {
        let (lacking, next) = cell.blobs.lacking(after).await.map_err(|e| of_blob(&e))?;
        for id in lacking {
            heal(cell, id, mended).await?;
        }
        if next.is_none() {
            break;
        }
        after = next;
    }
    cell.blobs.compared(wanted);
    Ok(())
}

/// Rebuilds what a blob lacks. One that nobody owns may be unfinished or half dropped: that is no loss.
async fn heal(cell: &OpenCell, id: BlobId, mended: &mut Mended) -> Answer<()> {
    match cell.blobs.heal(id).await {
        Ok(checked) => {
            mended.rebuilt += checked.rebuilt as u64;
            mended.failed += u64::from(checked.rebuilt < checked.wrong);
        }
        Err(BlobError::Silent) => mended.failed += 1, // it is on the list again
        Err(error) => {
            if is_owned(cell, id).await? {
                tracing::error!(%id, %error, "a blob lacks shards and cannot be rebuilt now");
                mended.failed += 1;
            }
        }
    }
    Ok(())
}

async fn is_owned(cell: &OpenCell, id: BlobId) -> Answer<bool> {
    Ok(cell.records.view().get(&owner_key(id)).await.map_err(of_store)?.is_some())
}

/// Where a cell's scrub is.
struct Pass {
    begun: Timestamp,
    /// A start begins anywhere, so that what is at the end is read, too, on a server that is often started anew.
    is_whole: bool,
    /// The last blob that was read; none before the first.
    after: Option<BlobId>,
    is_over: bool,
}

/// Reads everything that is owned, and rebuilds what is damaged where there are drives; else it is reported.
fn scrubbing() -> Caretaker {
    let passes: Arc<Mutex<HashMap<String, Pass>>> = Arc::default();
    let spent = Arc::new(AtomicU64::new(0));
    Caretaker::new("scrub-blobs", SCRUB_EVERY, move |cx| {
        let (passes, spent) = (passes.clone(), spent.clone());
        Box::pin(async move {
            spent.store(0, Ordering::SeqCst);
            let found = Found::of(&cx.floor().env.metrics);
            let mut checked = 0;
            for cell in cx.floor().cells.opened() {
                let name = cell.id().to_string();
                let kept = passes.lock().remove(&name);
                let mut pass = kept.unwrap_or_else(|| first(cx.now(), cx.floor().env.random.number()));
                checked += scrub(&cell, &mut pass, cx.now(), &found, &spent).await?;
                passes.lock().insert(name, pass);
            }
            Ok(checked)
        })
    })
}

/// A pass from anywhere in the past month on, as blobs are named by time.
fn first(now: Timestamp, random: u64) -> Pass {
    let month_ms = 30 * 24 * 3600 * 1000;
    let at_ms = now.0.saturating_sub(random % month_ms);
    let mut from = [0; 16];
    from[..6].copy_from_slice(&at_ms.to_be_bytes()[2..]);
    Pass { begun: now, is_whole: false, after: Some(BlobId(from)), is_over: false }
}

/// Does a part of a cell's pass.
async fn scrub(
    cell: &OpenCell,
    pass: &mut Pass,
    now: Timestamp,
    found: &Found,
    spent: &AtomicU64,
) -> Answer<u64> {
    if pass.is_over {
        if pass.is_whole && now < pass.begun.plus(PASS_EVERY) {
            return Ok(0);
        }
        *pass = Pass { begun: now, is_whole: true, after: None, is_over: false };
    }
    let listed = cell.blobs.list_older(Timestamp(u64::MAX), pass.after, SCRUB_BLOBS_A_PART);
    let listed = listed.await.map_err(|e| of_blob(&e))?;
    let is_all = listed.len() < SCRUB_BLOBS_A_PART;
    let mut checked = 0;
    for id in listed {
        if spent.load(Ordering::SeqCst) >= SCRUB_BYTES_A_PART {
            return Ok(checked);
        }
        let before = pass.after.replace(id);
        if !is_owned(cell, id).await? {
            continue;
        }
        checked += 1;
        match cell.blobs.check(id, SCRUB_BYTES_A_SECOND).await {
            Ok(result) => {
                found.blobs.add(1);
                found.bytes.add(result.len);
                found.wrong.add(result.wrong as u64);
                found.rebuilt.add(result.rebuilt as u64);
                spent.fetch_add(result.len, Ordering::SeqCst);
            }
            Err(BlobError::Silent) => {
                pass.after = before; // the next part begins with it, and without the drive
                return Ok(checked);
            }
            Err(error) if matches!(error, BlobError::Missing(_)) && !is_owned(cell, id).await? => {}
            Err(error) => {
                tracing::error!(cell = %cell.id(), %id, %error, "the scrub found a blob that cannot be brought back");
                found.lost.add(1);
                found.wrong.add(1);
            }
        }
    }
    pass.is_over = is_all;
    if is_all && pass.is_whole {
        found.passes.add(1);
    }
    Ok(checked)
}
