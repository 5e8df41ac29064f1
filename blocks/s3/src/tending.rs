//! The caretaker of lifecycle rules: a pass over a bucket's versions and uploads for each day of the service clock, since
//! rules come due at midnights only. How far a pass is stands in a record, so that a restart goes on where it was.
//!
//! What was found due in a view is looked at again in the transaction that carries it out.

use bytes::Bytes;
use floor::{Cx, Get, Placement, Record as _, Region, Tx, first_format, key::Parts};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    S3,
    bucket::Bucket,
    contents, data,
    due::{Place, Seen, Wanted},
    event::{EventName, Extra, Subject},
    history::{At, Found, History},
    lifecycle::Lifecycle,
    limits::{DAY_MS, PART_NUMBERS},
    listing::Source as _,
    lock::{self, Bypass},
    multipart,
    records::{self, Upload, UploadId},
    telling::Teller,
    version_id::Order,
    versions::{self, Change, Deleted, Slot, Which},
};

/// How far the pass of a bucket is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tended {
    /// The bucket's region.
    pub region: Region,
    /// The day that the pass is for, since 1970.
    pub day: u64,
    /// What comes next.
    pub next: Next,
}

first_format!(Tended);

/// What comes next in a pass.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Next {
    /// Versions from here on.
    Versions {
        /// From this key on.
        key: Vec<u8>,
        /// Within it.
        within: Option<Within>,
    },
    /// Uploads behind this record.
    Uploads(Vec<u8>),
    /// The next day.
    Nothing,
}

/// A place among the versions of one key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Within {
    /// Behind this version.
    pub below: u64,
    /// When it was made.
    pub since_ms: u64,
    /// How many noncurrent versions there are up to it.
    pub newer: u32,
}

impl Tended {
    /// Before the first pass.
    pub fn new(region: Region, now_ms: u64) -> Self {
        Self { region, day: now_ms / DAY_MS, next: Next::Versions { key: Vec::new(), within: None } }
    }
}

/// Versions in one page.
const PAGE: usize = 500;

/// Pages of one bucket in one run.
const PAGES_MAX: usize = 40;

/// Actions in one transaction.
const BATCH: usize = 50;

/// Buckets in one cell and run.
const BUCKETS_MAX: usize = 10_000;

/// Goes on with all passes that are not done. Answers how many versions and uploads it changed.
pub async fn tend(s3: &S3, cx: &mut Cx) -> Answer<u64> {
    let mut done = 0;
    for place in cx.floor().cells.places() {
        let all = records::all_tended();
        let found = cx.view(&place).await?.range(all.all(), BUCKETS_MAX).await?;
        for (key, value) in found {
            let name = contents::text(&key[all.len()..])?;
            let tended = Tended::decode(&value)?;
            done += tend_bucket(s3, cx, &place, &name, tended).await?;
        }
        done += crate::restoring::tend(s3, cx, &place).await?;
    }
    Ok(done)
}

async fn tend_bucket(s3: &S3, cx: &mut Cx, place: &Placement, name: &str, mut tended: Tended) -> Answer<u64> {
    let now_ms = cx.now().0;
    if tended.next == Next::Nothing {
        if tended.day >= now_ms / DAY_MS {
            return Ok(0);
        }
        tended = Tended::new(tended.region, now_ms);
    }
    let mut done = 0;
    for _ in 0..PAGES_MAX {
        let view = cx.view(place).await?;
        let Some(bucket) = s3.bucket(&view, name).await? else { return forget(cx, place, name).await };
        let Some(lifecycle) = s3.setting::<Lifecycle, _>(&view, &bucket).await? else {
            return forget(cx, place, name).await;
        };
        let (todo, next) = match &tended.next {
            Next::Versions { key, within } => {
                let history = History { read: view, bucket: bucket.record.id };
                due_versions(&history, &lifecycle, (key, *within), now_ms).await?
            }
            Next::Uploads(behind) => {
                due_uploads(&view, &lifecycle, (bucket.record.id, behind), now_ms).await?
            }
            Next::Nothing => break,
        };
        let pass = Pass { s3, bucket: &bucket, lifecycle: &lifecycle, now_ms };
        for batch in todo.chunks(BATCH) {
            done += pass.carry_out(cx, place, &tended.region, batch).await?;
        }
        tended.next = next;
        let (key, tended) = (&records::tended(name), &tended);
        let saved = cx.cell(place).await?.transact(|tx| async move {
            // A configuration that was put meanwhile has begun a pass of its own.
            if tx.load::<Tended>(key).await?.is_some_and(|now| now.day <= tended.day) {
                tx.save(key, tended);
            }
            Ok(())
        });
        saved.await?;
    }
    Ok(done)
}

/// The bucket is gone, or has no rules any more.
async fn forget(cx: &mut Cx, place: &Placement, name: &str) -> Answer<u64> {
    let done = cx.cell(place).await?.transact(|tx| async move {
        tx.delete(&records::tended(name));
        Ok(0)
    });
    done.await
}

/// One thing that is due.
enum Due {
    Version(Box<Found>, Wanted),
    Upload(String, UploadId),
}

async fn due_versions<G: Get>(
    history: &History<G>,
    lifecycle: &Lifecycle,
    (key, within): (&[u8], Option<Within>),
    now_ms: u64,
) -> Answer<(Vec<Due>, Next)> {
    let from = At { key: key.to_vec(), below: within.map(|w| Order(w.below)) };
    let mut found = history.read(&from, None, PAGE + 1).await?;
    let is_last = found.len() <= PAGE;
    let beyond = if is_last { None } else { found.pop().map(|f| f.key) };
    let mut before = within.map(|w| (key.to_vec(), w));
    let mut todo = Vec::new();
    let keys: Vec<_> = found.iter().skip(1).map(|f| Some(f.key.clone())).chain([beyond]).collect();
    for (one, next_key) in found.into_iter().zip(keys) {
        let (order, modified_ms) = (one.version.order.0, one.version.modified_ms);
        let earlier = before.take().filter(|(key, _)| key == one.key.as_bytes()).map(|(_, w)| w);
        let (place, newer) = match earlier {
            None => (Place::Latest { alone: next_key.as_ref() != Some(&one.key) }, 0),
            Some(w) => (Place::Noncurrent { since_ms: w.since_ms, newer: w.newer }, w.newer + 1),
        };
        before = Some((one.key.clone().into_bytes(), Within { below: order, since_ms: modified_ms, newer }));
        let seen = Seen { key: &one.key, modified_ms, object: one.version.object.as_ref(), place };
        if let Some(wanted) = lifecycle.due(&seen, now_ms) {
            todo.push(Due::Version(Box::new(one), wanted));
        }
    }
    let next = match before {
        Some((key, within)) if !is_last => Next::Versions { key, within: Some(within) },
        _ => Next::Uploads(Vec::new()),
    };
    Ok((todo, next))
}

async fn due_uploads<G: Get>(
    read: &G,
    lifecycle: &Lifecycle,
    (bucket, behind): (u64, &[u8]),
    now_ms: u64,
) -> Answer<(Vec<Due>, Next)> {
    let base = records::uploads(bucket);
    let mut range = base.all();
    if !behind.is_empty() {
        range.start = Bytes::from([behind, &[0]].concat());
    }
    let found = read.range(range, PAGE).await?;
    let next = match found.last() {
        Some((key, _)) if found.len() == PAGE => Next::Uploads(key.to_vec()),
        _ => Next::Nothing,
    };
    let mut todo = Vec::new();
    for (key, value) in found {
        let mut parts = Parts::of(&key[base.len()..]);
        let read = (parts.bytes(), parts.number(), parts.number());
        let (Some(name), Some(order), Some(secret)) = read else {
            return Err(floor::fault::internal("the key of an upload cannot be read"));
        };
        let name = contents::text(&name)?;
        let initiated_ms = Upload::decode(&value)?.initiated_ms;
        if lifecycle.aborts(&name, initiated_ms).is_some_and(|(at_ms, _)| at_ms <= now_ms) {
            todo.push(Due::Upload(name, UploadId { order, secret }));
        }
    }
    Ok((todo, next))
}

/// One pass, as it was begun.
struct Pass<'a> {
    s3: &'a S3,
    bucket: &'a Bucket,
    lifecycle: &'a Lifecycle,
    now_ms: u64,
}

impl Pass<'_> {
    async fn carry_out(&self, cx: &mut Cx, place: &Placement, region: &Region, batch: &[Due]) -> Answer<u64> {
        let teller = &Teller::of_itself(self.s3, cx, self.bucket, region, self.now_ms);
        let releasing = &self.s3.holds.releasing();
        let done = cx.cell(place).await?.transact(|tx| async move {
            let Some(bucket) = self.s3.bucket(&tx, &self.bucket.name).await? else { return Ok(0) };
            let lifecycle = self.s3.setting::<Lifecycle, _>(&tx, &bucket).await?;
            if bucket.record.id != self.bucket.record.id || lifecycle.as_deref() != Some(self.lifecycle) {
                return Ok(0);
            }
            let mut done = 0;
            for due in batch {
                let tick = self.s3.ticks.next(self.now_ms);
                let change = Change { now_ms: self.now_ms, tick, releasing };
                let is_done = match due {
                    Due::Version(found, wanted) => {
                        change_one(&tx, &bucket, found, wanted, change, teller).await?
                    }
                    Due::Upload(key, id) => abort(&tx, bucket.record.id, key, *id).await?,
                };
                done += u64::from(is_done);
            }
            Ok(done)
        });
        done.await
    }
}

async fn abort(tx: &Tx, bucket: u64, key: &str, id: UploadId) -> Answer<bool> {
    let place = records::upload(bucket, key, id);
    if tx.get(&place).await?.is_none() {
        return Ok(false);
    }
    for (_, part) in multipart::parts(tx, bucket, id, 0, *PART_NUMBERS.end() as usize).await? {
        data::release_one(tx, bucket, &part.data);
    }
    tx.delete_range(&records::parts(bucket, id).all());
    tx.delete(&place);
    Ok(true)
}

/// Carries out what is wanted of a version, where all is as it was found.
async fn change_one(
    tx: &Tx,
    bucket: &Bucket,
    found: &Found,
    wanted: &Wanted,
    change: Change<'_>,
    teller: &Teller,
) -> Answer<bool> {
    let (key, version) = (found.key.as_str(), &found.version);
    let which = if version.null { Which::Null } else { Which::Order(version.order) };
    let Some(stored) = versions::find(tx, bucket, key, which).await? else { return Ok(false) };
    let slot = Slot::load(tx, bucket, key).await?;
    let is_latest = slot.latest().is_some_and(|latest| latest.version.order == version.order);
    let fits = match wanted {
        Wanted::Expire | Wanted::RemoveMarker => is_latest,
        Wanted::Remove(_) => !is_latest,
        Wanted::Move(_) => true,
    };
    // Where it was changed meanwhile, the next pass sees it.
    if stored.version != *version || !fits {
        return Ok(false);
    }
    let deleted = match wanted {
        Wanted::Expire => versions::delete_latest(tx, bucket, key, &slot, change).await?,
        Wanted::Remove(kept) => {
            if stored.object().is_some_and(|o| lock::check_removal(o, &Bypass::NO, change.now_ms).is_err())
                || newer_noncurrent(tx, bucket, key, version.order, &slot, *kept).await? < *kept as usize
            {
                return Ok(false);
            }
            versions::delete_version(tx, bucket, key, which, change).await?
        }
        Wanted::RemoveMarker => {
            let all = tx.range(records::olds_of(bucket.record.id, key.as_bytes()).all(), 2).await?;
            if all.len() != 1 {
                return Ok(false);
            }
            versions::delete_version(tx, bucket, key, which, change).await?
        }
        Wanted::Move(_) => return relocate(tx, bucket, key, &stored, wanted, teller).await,
    };
    tell(tx, bucket, key, &deleted, teller);
    Ok(true)
}

/// How many noncurrent versions are newer than one, up to as many as matter.
async fn newer_noncurrent(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    order: Order,
    slot: &Slot,
    most: u32,
) -> Answer<usize> {
    let olds = records::olds_of(bucket.record.id, key.as_bytes());
    // A delete marker that is the latest stands among the older ones.
    let latest = usize::from(slot.current().is_none());
    let range = olds.to(&records::old(bucket.record.id, key, order));
    let found = tx.range(range, most as usize + latest).await?;
    Ok(found.len().saturating_sub(latest))
}

async fn relocate(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    stored: &versions::Stored,
    wanted: &Wanted,
    teller: &Teller,
) -> Answer<bool> {
    let Wanted::Move(class) = wanted else { return Ok(false) };
    let mut moved = stored.clone();
    let Some(object) = &mut moved.version.object else { return Ok(false) };
    object.about.storage_class = Some(class.clone());
    versions::rewrite(tx, bucket, key, &moved).await?;
    let mut subject = Subject::of(EventName::Transitioned, key, &moved.version, bucket);
    subject.extra = Some(Extra::Transition(class.clone()));
    teller.tell(tx, bucket, &subject);
    Ok(true)
}

fn tell(tx: &Tx, bucket: &Bucket, key: &str, deleted: &Deleted, teller: &Teller) {
    let (name, version, order) = match deleted {
        Deleted::Nothing => return,
        Deleted::Removed { version, order } => (EventName::Expired, version, *order),
        Deleted::Marked(marker) => (EventName::ExpiredMarker, marker, marker.order),
    };
    let subject = Subject { order: Some(order), ..Subject::of(name, key, version, bucket) };
    teller.tell(tx, bucket, &subject);
}
