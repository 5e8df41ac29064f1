//! What goes by itself with time: messages whose retention is over, deduplication ids, remembered deliveries, and the
//! memory of queues that nobody uses.

use floor::{Answer, Cx, Get, Key, Placement, Record, Region, Tx, key::Parts};

use crate::{
    Sqs,
    names::QueueName,
    open::Open,
    receive::Leaving,
    records::{self, Head, Sent},
};

/// Queues that are looked at in one run: with more, a run goes on where the one before ended.
const QUEUES_MAX: usize = 5000;
/// Records that are taken out in one transaction.
const SLICE: usize = 200;
/// How long a delivery from another queue is remembered: longer than the outbox needs to take it off its list.
const TAKEN_MS: u64 = 24 * 3600 * 1000;

/// Where the next run begins.
#[derive(Default)]
pub(crate) struct Round(parking_lot::Mutex<Option<(Region, Vec<u8>)>>);

impl Sqs {
    /// One run. Answers how many records it took out.
    pub(crate) async fn tend(&self, cx: &mut Cx) -> Answer<u64> {
        let mut regions: Vec<Region> =
            cx.floor().cells.opened().iter().filter_map(|cell| cell.id().region().cloned()).collect();
        regions.sort();
        regions.dedup();
        let begin = self.round.0.lock().take();
        let (mut left, mut done) = (QUEUES_MAX, 0);
        for region in regions {
            let mut after = match &begin {
                Some((at, _)) if region < *at => continue,
                Some((at, key)) if region == *at => Some(key.clone()),
                _ => None,
            };
            loop {
                let page = self.listed(cx, &region, after.as_deref(), left.min(500)).await?;
                let Some((last, _)) = page.last() else { break };
                after = Some(last.clone());
                left -= page.len();
                for (_, name) in page {
                    done += self.tend_queue(cx, &region, &name).await?;
                }
                if left == 0 {
                    *self.round.0.lock() = after.map(|key| (region, key));
                    return Ok(done);
                }
            }
        }
        self.queues.forget_idle();
        Ok(done)
    }

    async fn listed(
        &self,
        cx: &Cx,
        region: &Region,
        after: Option<&[u8]>,
        limit: usize,
    ) -> Answer<Vec<(Vec<u8>, QueueName)>> {
        let mut range = Key::of("listed").all();
        if let Some(after) = after {
            range.start = floor::key::successor(after);
        }
        let pairs = cx.view(&Placement::directory(region)).await?.range(range, limit).await?;
        pairs.into_iter().map(|(key, _)| Ok((key.to_vec(), name_of(&key, 1)?))).collect()
    }

    async fn tend_queue(&self, cx: &mut Cx, region: &Region, name: &QueueName) -> Answer<u64> {
        let place = name.place(region);
        let view = cx.view(&place).await?;
        let Some(open) = self.queues.find(&view, region, name).await? else { return Ok(0) };
        drop(view);
        let mut done = self.expire(cx, &place, &open).await?;
        if open.is_fifo() {
            done += forget_ids(cx, &place, &open).await?;
        }
        Ok(done + forget_deliveries(cx, &place, &open).await?)
    }

    /// Takes out the messages whose retention is over. Answers how many. Where the oldest message is known to be
    /// young, nothing is read.
    pub(crate) async fn expire(&self, cx: &mut Cx, place: &Placement, open: &Open) -> Answer<u64> {
        let before = cx.now().0.saturating_sub(open.queue.settings.retention_s * 1000);
        if open.leader.oldest_ms() > before {
            return Ok(0);
        }
        open.leader.look_for_oldest();
        let done = self.expire_before(cx, place, open, before).await;
        if done.is_err() {
            open.leader.older(0);
        }
        done
    }

    async fn expire_before(&self, cx: &mut Cx, place: &Placement, open: &Open, before: u64) -> Answer<u64> {
        // A message that is sent now says so a little before it is committed.
        const UNDER_WAY_MS: u64 = 60_000;
        open.leader.older(cx.now().0.saturating_sub(UNDER_WAY_MS));
        let family = records::messages(open.queue.instance);
        let (mut range, mut done) = (family.all(), 0);
        loop {
            let limit = if range.start == family.as_slice() { 1 } else { SLICE };
            let pairs = cx.view(place).await?.range(range.clone(), limit).await?;
            let (mut expired, mut young) = (Vec::new(), false);
            for (key, stored) in &pairs {
                let sent_ms = Head::of(stored)?.sent_ms;
                if sent_ms <= before {
                    expired.push(records::stamp_of(key)?);
                } else {
                    open.leader.older(sent_ms);
                    // What follows was sent later, unless it came from other queues.
                    young = true;
                    if !open.queue.mixed_ages {
                        break;
                    }
                }
            }
            done += expired.len() as u64;
            if !expired.is_empty() {
                self.dismiss(cx, place, open, &Leaving { expired, dead: Vec::new() }).await?;
            }
            match pairs.last() {
                Some((last, _)) if pairs.len() == limit && (!young || open.queue.mixed_ages) => {
                    range.start = floor::key::successor(last);
                }
                _ => return Ok(done),
            }
        }
    }
}

/// The queue that a key of the directory names, after `skip` texts.
pub(crate) fn name_of(key: &[u8], skip: usize) -> Answer<QueueName> {
    let mut parts = Parts::of(key);
    for _ in 0..skip {
        parts.text();
    }
    let read = parts.text().and_then(|account| account.parse().ok()).zip(parts.text());
    let (account, name) =
        read.ok_or_else(|| floor::fault::internal("a key of the directory cannot be read"))?;
    Ok(QueueName { account, name })
}

/// Forgets the deduplication ids whose five minutes are over.
async fn forget_ids(cx: &mut Cx, place: &Placement, open: &Open) -> Answer<u64> {
    let (instance, now) = (open.queue.instance, cx.now().0);
    let family = records::ends(instance);
    let over = family.to(&records::ends(instance).number(now));
    let mut done = 0;
    loop {
        let found = cx.view(place).await?.range(over.clone(), SLICE).await?;
        if found.is_empty() {
            return Ok(done);
        }
        done += found.len() as u64;
        let (found, family) = (&found, &family);
        let run = |tx: Tx| async move {
            for (key, _) in found {
                let Ok(digest) = <[u8; 16]>::try_from(&key[family.len() + 8..]) else {
                    return Err(floor::fault::internal("a key of a deduplication id cannot be read"));
                };
                for (sent_key, stored) in tx.range(records::sent(instance, &digest).all(), SLICE).await? {
                    if Sent::decode(&stored)?.until_ms <= now {
                        tx.delete(&records::sent(instance, &digest).raw(&sent_key[sent_key.len() - 11..]));
                    }
                }
                tx.delete(&family.clone().raw(&key[family.len()..]));
            }
            Ok(())
        };
        cx.cell(place).await?.transact(run).await?;
    }
}

/// Forgets deliveries that the outbox has long taken off its list.
async fn forget_deliveries(cx: &mut Cx, place: &Placement, open: &Open) -> Answer<u64> {
    let before = cx.now().0.saturating_sub(TAKEN_MS);
    let family = records::taken_all(open.queue.instance);
    let (mut range, mut done) = (family.all(), 0);
    loop {
        let pairs = cx.view(place).await?.range(range.clone(), SLICE).await?;
        let Some((last, _)) = pairs.last() else { return Ok(done) };
        range.start = floor::key::successor(last);
        let old = |at: &[u8]| <[u8; 8]>::try_from(at).is_ok_and(|at| u64::from_be_bytes(at) < before);
        let gone: Vec<_> =
            pairs.iter().filter(|(_, at)| old(at)).map(|(key, _)| &key[family.len()..]).collect();
        if gone.is_empty() {
            continue;
        }
        done += gone.len() as u64;
        let (gone, family) = (&gone, &family);
        let run = |tx: Tx| async move {
            for rest in gone {
                tx.delete(&family.clone().raw(rest));
            }
            Ok(())
        };
        cx.cell(place).await?.transact(run).await?;
    }
}
