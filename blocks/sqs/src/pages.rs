//! What the leader reads of a queue's records: pages, which cost no more for what else the queue holds or has held.

use floor::{Answer, Get, Record as _};

use crate::{
    leader::{delays::Due, window::Arrival},
    records::{self, Head, State},
    stamp::Stamp,
};

/// Messages of one page of the window.
pub(crate) const PAGE: usize = 256;
/// Bytes that a page should not have: the next one is asked for with fewer messages.
const PAGE_BYTES: usize = 1 << 20;

/// A page of messages after `from`, with what has become of them. Answers also whether it is the last.
pub(crate) async fn messages<R: Get>(view: &R, instance: u64, from: Stamp) -> Answer<(Vec<Arrival>, bool)> {
    let family = records::messages(instance);
    let mut found = Vec::new();
    let (mut last, mut bytes, mut end) = (from, 0, false);
    while found.len() < PAGE && bytes < PAGE_BYTES && !end {
        // A few first: they tell how large the others may be.
        let fit = (PAGE_BYTES * found.len()).checked_div(bytes).unwrap_or(0);
        let limit = fit.clamp(8, PAGE);
        let pairs = view.range(records::after(&family, &records::message(instance, last)), limit).await?;
        end = pairs.len() < limit;
        let (before, first) = (last, found.len());
        for (key, stored) in &pairs {
            let Head { sent_ms, due_ms, group } = Head::of(stored)?;
            last = records::stamp_of(key)?;
            found.push(Arrival { stamp: last, due: due_ms, group, sent: sent_ms, hidden: 0 });
            bytes += stored.len();
        }
        mark_hidden(view, instance, before, &mut found[first..]).await?;
    }
    Ok((found, end))
}

/// Says of messages that follow `before` until when they are hidden.
async fn mark_hidden<R: Get>(view: &R, instance: u64, before: Stamp, found: &mut [Arrival]) -> Answer<()> {
    let Some(last) = found.last().map(|arrival| arrival.stamp) else { return Ok(()) };
    let mut range = records::after(&records::states(instance), &records::state(instance, before));
    range.end = floor::key::successor(records::state(instance, last).as_slice());
    let states = view.range(range, found.len()).await?;
    for (key, stored) in &states {
        let stamp = records::stamp_of(key)?;
        if let Ok(at) = found.binary_search_by_key(&stamp, |arrival| arrival.stamp) {
            found[at].hidden = State::decode(stored)?.hidden_until_ms;
        }
    }
    Ok(())
}

/// What is hidden now, from all states of a queue.
pub(crate) async fn hidden<R: Get>(view: &R, instance: u64, now: u64) -> Answer<Vec<(Stamp, u64)>> {
    const PAGE: usize = 1000;
    let family = records::states(instance);
    let mut hidden = Vec::new();
    let mut range = family.all();
    loop {
        let pairs = view.range(range, PAGE).await?;
        for (key, stored) in &pairs {
            let state = State::decode(stored)?;
            if state.hidden_until_ms > now {
                hidden.push((records::stamp_of(key)?, state.hidden_until_ms));
            }
        }
        match pairs.last() {
            Some((last, _)) if pairs.len() == PAGE => {
                range = records::after(&family, &records::state(instance, records::stamp_of(last)?));
            }
            _ => return Ok(hidden),
        }
    }
}

/// Up to `max` entries of the index of delays after `from`.
pub(crate) async fn delays<R: Get>(view: &R, instance: u64, from: Due, max: usize) -> Answer<Vec<Due>> {
    const PAGE: usize = 1000;
    let family = records::delays(instance);
    let mut found: Vec<Due> = Vec::new();
    loop {
        let (due, stamp) = found.last().copied().unwrap_or(from);
        let limit = PAGE.min(max - found.len());
        let pairs = view.range(records::after(&family, &records::delay(instance, due, stamp)), limit).await?;
        for (key, _) in &pairs {
            let due = floor::key::Parts::of(&key[family.len()..]).number();
            let due = due.ok_or_else(|| floor::fault::internal("a key of a delayed message has no time"))?;
            found.push((due, records::stamp_of(key)?));
        }
        if pairs.len() < limit || found.len() >= max {
            return Ok(found);
        }
    }
}
