//! Replication at work: every change of a bucket that is replicated leaves an entry in the outbox, in the transaction of
//! the change itself, and each entry becomes a version, a delete marker or new tags in the destinations.
//!
//! Entries of one key are delivered in order and at least once. The destination remembers for each key how far it has
//! come ([`Replicated`]), in the transaction that writes the replica, so that what is delivered again changes nothing.
//! What the role may not do, or what has no destination any more, fails for good and says so in the object's status;
//! what cannot be done now, as while the destination's region is away, is tried again for as long as it takes.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html>

use std::sync::Arc;

use api_sts::{AssumeRole, AssumeRoleRequest};
use auth::{Identity, Region};
use floor::{Arn, Cx, Entry, Get as _, Lane, Placement, Record as _, Sender, Tx, first_format};
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault, Stream};

use crate::{
    S3,
    bucket::{Bucket, place_in, region_of},
    checksum::Algorithm,
    contents::text,
    event::{EventName, Subject},
    intake::{How, Received, Said},
    kms::Asked,
    limits::INLINE_BYTES_MAX,
    more::{More, Replication},
    outgo,
    records::{self, Object, Replicated, Sealing, Versioning, unpack},
    replication::{Configuration, Rule},
    telling::{Teller, as_bucket, lane_of},
    version_id::Order,
    versions::{self, Change, Slot, Stored, Which},
};

/// The step that replicates one change.
pub const REPLICATE: &str = "replicate";

/// The step that finds objects from before the rules.
pub const EXISTING: &str = "replicate-existing";

/// One change to be replicated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    bucket: String,
    id: u64,
    key: String,
    /// The version; none: the latest one has other tags.
    order: Option<Order>,
}

/// A walk over what a bucket had before its rules: from which key on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Walk {
    /// The bucket's name.
    pub bucket: String,
    /// Which bucket of this name.
    pub id: u64,
    /// The key behind which it goes on.
    pub after: String,
}

first_format!(Job, Walk);

/// How many keys a step of a walk looks at.
const WALK_KEYS: usize = 100;

/// The order of a key's replications. A region that is away holds up those keys only that share an order.
fn lane(bucket: &Bucket, key: &str) -> Lane {
    Lane::new(&bucket.arn, &format!("replication-{}", lane_of(key)))
}

/// The order of a bucket's walks.
pub fn lane_of_walk(bucket: &Bucket) -> Lane {
    Lane::new(&bucket.arn, "replication-existing")
}

/// What an event means for the replication of the bucket, if it means anything: deletions of versions are not
/// replicated, nor is what the lifecycle expires.
pub fn entry(bucket: &Bucket, subject: &Subject<'_>, sender: &Sender, region: &Region) -> Option<Entry> {
    let order = match subject.name {
        EventName::TaggingPut | EventName::TaggingDelete => None,
        EventName::MarkerCreated => Some(subject.order?),
        name if name.name().starts_with("s3:ObjectCreated:") => Some(subject.order?),
        _ => return None,
    };
    Some(entry_of(bucket, subject.key, order, sender, region))
}

fn entry_of(bucket: &Bucket, key: &str, order: Option<Order>, sender: &Sender, region: &Region) -> Entry {
    let job = Job { bucket: bucket.name.clone(), id: bucket.record.id, key: key.to_owned(), order };
    Entry::step(lane(bucket, key), sender, region, REPLICATE, job.encode())
}

/// A bucket that is replicated, and the object's key.
struct Source<'a> {
    bucket: &'a Bucket,
    place: &'a Placement,
    role: &'a Arc<Identity>,
    key: &'a str,
}

/// Replicates one change.
pub async fn replicate(s3: &S3, cx: &mut Cx, job: &Job) -> Answer<()> {
    let place = place_in(cx.region(), &job.bucket);
    let view = cx.view(&place).await?;
    let Some(bucket) = s3.bucket(&view, &job.bucket).await?.filter(|b| b.record.id == job.id) else {
        return Ok(());
    };
    let Some(rules) = s3.setting::<Configuration, _>(&view, &bucket).await? else { return Ok(()) };
    let which = job.order.map_or(Which::Latest, Which::Order);
    let Some(stored) = versions::find(&view, &bucket, &job.key, which).await? else { return Ok(()) };
    drop(view);
    let status = stored.object().and_then(|o| o.more.as_ref()).and_then(|more| more.replication);
    let chosen = match (stored.object(), job.order) {
        (Some(object), Some(_)) if status == Some(Replication::Pending) => rules.rules_of(&job.key, object),
        (Some(object), None) if status == Some(Replication::Completed) => rules.rules_of(&job.key, object),
        (None, Some(_)) => rules.rules_of_marker(&job.key),
        _ => return Ok(()),
    };
    if chosen.is_empty() && stored.object().is_none() {
        return Ok(());
    }
    let mut has_failed = chosen.is_empty();
    match assume(cx, &rules.role, &bucket).await {
        Ok(role) => {
            let source = Source { bucket: &bucket, place: &place, role: &role, key: &job.key };
            for rule in chosen {
                match one(s3, cx, &source, rule, &stored, job.order.is_some()).await {
                    Ok(()) => {}
                    Err(fault) if is_final(&fault) => has_failed |= refused(&job.key, rule, &fault),
                    Err(fault) => return Err(fault),
                }
            }
        }
        Err(fault) if is_final(&fault) => {
            let why = fault.message();
            tracing::warn!(bucket = job.bucket, why, "the role of a replication cannot be assumed");
            has_failed = true;
        }
        Err(fault) => return Err(fault),
    }
    if job.order.is_none() || stored.object().is_none() {
        return Ok(());
    }
    let status = if has_failed { Replication::Failed } else { Replication::Completed };
    count(cx, status, &stored);
    settle(cx, &place, &bucket, &job.key, &stored, status).await
}

fn refused(key: &str, rule: &Rule, fault: &Fault) -> bool {
    let (code, why) = (fault.code(), fault.message());
    tracing::warn!(
        key,
        rule = rule.id,
        destination = rule.destination.bucket,
        code,
        why,
        "a replication failed"
    );
    true
}

/// How many replications ended how, and how long after the write they did.
fn count(cx: &Cx, status: Replication, stored: &Stored) {
    let metrics = &cx.env().metrics;
    let labels = format!("status=\"{}\"", status.name());
    metrics.counter("kumiki_s3_replications_total", &labels).add(1);
    if status == Replication::Completed {
        let lag_ms = cx.now().0.saturating_sub(stored.version.modified_ms);
        metrics.histogram("kumiki_s3_replication_lag_seconds", "").note_us(lag_ms * 1000);
    }
}

/// What will be refused again, however often it is asked: as with the outbox.
fn is_final(fault: &Fault) -> bool {
    fault.status() < 500 && fault.status() != 429 && !fault.code().contains("Throttl")
}

fn denied(action: &str) -> Fault {
    Fault::coded("AccessDenied", 403, format!("The role of the replication may not {action}"))
}

/// A session of the role that the configuration names, if it trusts S3.
async fn assume(cx: &Cx, role: &str, bucket: &Bucket) -> Answer<Arc<Identity>> {
    let session = "s3-replication".to_owned();
    let asked = AssumeRoleRequest {
        role_arn: role.to_owned(),
        role_session_name: session.clone(),
        ..AssumeRoleRequest::default()
    };
    let answer = cx.call::<AssumeRole>(as_bucket(bucket), cx.region(), asked).await?;
    let named = answer.assumed_role_user.and_then(|user| user.assumed_role_id);
    let parsed = Arn::parse(role).and_then(|arn| {
        let account = arn.account().parse().ok()?;
        let (path, name) = arn.resource().strip_prefix("role")?.rsplit_once('/')?;
        let id = named.as_deref()?.split(':').next()?.to_owned();
        Some(Identity::role_session(account, format!("{path}/"), name, id, session))
    });
    parsed.map(Arc::new).ok_or_else(|| floor::fault::internal("the session of a role has no name"))
}

/// A destination, as the role sees it.
struct Destination {
    cx: Cx,
    place: Placement,
    bucket: Arc<Bucket>,
}

/// One change for one destination.
async fn one(
    s3: &S3,
    cx: &Cx,
    source: &Source<'_>,
    rule: &Rule,
    stored: &Stored,
    is_new: bool,
) -> Answer<()> {
    let name = rule.destination.name();
    let missing = || Fault::coded("NoSuchBucket", 404, "The destination bucket does not exist");
    let region = region_of(cx, name).await?.ok_or_else(missing)?;
    let place = place_in(&region, name);
    // A name that is claimed and not there is being given back, or its region is away.
    let away = || floor::fault::unavailable("the destination bucket is not in its region");
    let bucket = s3.bucket(&cx.view(&place).await?, name).await?.ok_or_else(away)?;
    if bucket.record.versioning != Versioning::Enabled {
        return Err(Fault::coded("InvalidBucketState", 409, "The destination bucket keeps no versions"));
    }
    let mut to = Destination { cx: cx.acting(source.role.clone(), &region), place, bucket };
    match stored.object() {
        None => mark(s3, &mut to, source, stored.version.order).await,
        Some(object) if is_new => copy(s3, cx, &mut to, source, rule, stored, object).await,
        Some(object) => retag(&mut to, source, stored, object).await,
    }
}

/// How far the key has come in the destination.
async fn progress(tx: &Tx, to: &Bucket, source: &Source<'_>) -> Answer<Option<Replicated>> {
    tx.load(&records::replicated(to.record.id, source.bucket.record.id, source.key)).await
}

fn advance(tx: &Tx, to: &Bucket, source: &Source<'_>, reached: Replicated) {
    tx.save(&records::replicated(to.record.id, source.bucket.record.id, source.key), &reached);
}

/// The destination as the transaction sees it.
async fn still(s3: &S3, tx: &Tx, to: &Bucket) -> Answer<Arc<Bucket>> {
    let found = s3.bucket(tx, &to.name).await?.filter(|b| b.record.id == to.record.id);
    let found = found.filter(|b| b.record.versioning == Versioning::Enabled);
    found.ok_or_else(|| Fault::coded("InvalidBucketState", 409, "The destination bucket is not as it was"))
}

/// Hides the key in the destination.
async fn mark(s3: &S3, to: &mut Destination, source: &Source<'_>, order: Order) -> Answer<()> {
    if !to.cx.may(&[to.bucket.object_check("s3:ReplicateDelete", source.key)]).await? {
        return Err(denied("s3:ReplicateDelete"));
    }
    let now_ms = to.cx.now().0;
    let teller = &Teller::new(s3, &to.cx, &to.bucket, now_ms).of_replication();
    let releasing = &s3.holds.releasing();
    let bucket = &to.bucket.clone();
    let done = to.cx.cell(&to.place).await?.transact(|tx| async move {
        let bucket = still(s3, &tx, bucket).await?;
        if progress(&tx, &bucket, source).await?.is_some_and(|p| p.source >= order) {
            return Ok(());
        }
        let slot = Slot::load(&tx, &bucket, source.key).await?;
        let change = Change { now_ms, tick: s3.ticks.next(now_ms), releasing };
        let deleted = versions::delete_latest(&tx, &bucket, source.key, &slot, change).await?;
        if let versions::Deleted::Marked(marker) = &deleted {
            advance(&tx, &bucket, source, Replicated { source: order, here: marker.order });
            let name = EventName::MarkerCreated;
            teller.tell(&tx, &bucket, &crate::ops::put_object::subject(name, source.key, marker, &bucket));
        }
        Ok(())
    });
    done.await
}

/// Gives the replica the tags of its source.
async fn retag(to: &mut Destination, source: &Source<'_>, stored: &Stored, object: &Object) -> Answer<()> {
    if !to.cx.may(&[to.bucket.object_check("s3:ReplicateTags", source.key)]).await? {
        return Err(denied("s3:ReplicateTags"));
    }
    let (bucket, order) = (&to.bucket, stored.version.order);
    let done = to.cx.cell(&to.place).await?.transact(|tx| async move {
        let Some(reached) = progress(&tx, bucket, source).await?.filter(|p| p.source == order) else {
            return Ok(());
        };
        let found = versions::find(&tx, bucket, source.key, Which::Order(reached.here)).await?;
        let Some(mut replica) = found else { return Ok(()) };
        if let Some(found) = &mut replica.version.object {
            found.about.tags.clone_from(&object.about.tags);
            versions::rewrite(&tx, bucket, source.key, &replica).await?;
        }
        Ok(())
    });
    done.await
}

/// Whether the role may read the source and write the replica.
async fn check_copy(cx: &Cx, to: &Destination, source: &Source<'_>, object: &Object) -> Answer<()> {
    let read = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"];
    let write = ["s3:ReplicateObject", "s3:ReplicateTags"];
    // Tags have rights of their own.
    let asked = if object.about.tags.is_empty() { 1 } else { 2 };
    let reader = cx.acting(source.role.clone(), cx.region());
    for action in read.into_iter().take(asked) {
        if !reader.may(&[source.bucket.object_check(action, source.key)]).await? {
            return Err(denied(action));
        }
    }
    for action in write.into_iter().take(asked) {
        if !to.cx.may(&[to.bucket.object_check(action, source.key)]).await? {
            return Err(denied(action));
        }
    }
    Ok(())
}

/// Writes the replica of a version.
async fn copy(
    s3: &S3,
    cx: &Cx,
    to: &mut Destination,
    source: &Source<'_>,
    rule: &Rule,
    stored: &Stored,
    object: &Object,
) -> Answer<()> {
    check_copy(cx, to, source, object).await?;
    let Some(body) = open(s3, cx, source, stored, object).await? else { return Ok(()) };
    let is_kms = matches!(object.sealing, Sealing::Kms(_));
    let asked = Asked {
        algorithm: is_kms.then_some("aws:kms"),
        key: rule.destination.kms_key.as_deref().filter(|_| is_kms),
        context: None,
        bucket_key: None,
    };
    let bucket = to.bucket.clone();
    let sealer = &S3::sealer(&mut to.cx, &bucket, source.key, &asked, None).await?;
    let algorithm = object.checksum.as_ref().map_or(Algorithm::Crc64Nvme, |c| c.value.algorithm);
    let how = How {
        said: &Said::default(),
        algorithms: &[algorithm],
        // Bytes inside the record are bound to the entity tag, and that of parts is none of theirs.
        inline_max: if object.etag.parts == 0 { INLINE_BYTES_MAX } else { 0 },
        hex_digest: false,
        sealer,
        key: source.key,
    };
    let received = s3.receive(&to.cx, &to.place, &body, &how).await?;
    let replica = Replica { source, rule, stored, object, received: &received };
    let committed = commit(s3, to, &replica).await;
    if !matches!(committed, Ok(true)) {
        s3.discard(&to.cx, &to.place, &received.fresh).await;
    }
    committed.map(|_| ())
}

/// Opens the bytes of a source, in the role; none: it is gone.
async fn open(
    s3: &S3,
    cx: &Cx,
    source: &Source<'_>,
    stored: &Stored,
    object: &Object,
) -> Answer<Option<Stream>> {
    let reader = cx.acting(source.role.clone(), cx.region());
    let sealer = S3::sealer_of(&reader, source.bucket, source.key, &object.sealing, None).await?;
    outgo::open(&s3.holds, &reader, source.place, sealer, source.key, stored, 0..object.size).await
}

/// All that a transaction needs.
struct Replica<'a> {
    source: &'a Source<'a>,
    rule: &'a Rule,
    stored: &'a Stored,
    object: &'a Object,
    received: &'a Received,
}

/// Answers whether it was written: it may have been before.
async fn commit(s3: &S3, to: &mut Destination, replica: &Replica<'_>) -> Answer<bool> {
    let (source, of) = (replica.source, replica.object);
    let now_ms = to.cx.now().0;
    let teller = &Teller::new(s3, &to.cx, &to.bucket, now_ms).of_replication();
    let releasing = &s3.holds.releasing();
    let (bucket, order) = (&to.bucket.clone(), replica.stored.version.order);
    let done = to.cx.cell(&to.place).await?.transact(|tx| async move {
        let bucket = still(s3, &tx, bucket).await?;
        if progress(&tx, &bucket, source).await?.is_some_and(|p| p.source >= order) {
            return Ok(false);
        }
        let slot = Slot::load(&tx, &bucket, source.key).await?;
        let (data, inline) = replica.received.keep(&tx, &bucket)?;
        let mut about = of.about.clone();
        if let Some(class) = &replica.rule.destination.storage_class {
            about.storage_class = Some(class.clone()).filter(|class| class != "STANDARD");
        }
        let object = Object {
            size: replica.received.size,
            etag: of.etag,
            checksum: of.checksum.clone(),
            data,
            about,
            sealing: replica.received.sealer.sealing.clone(),
            more: More {
                replication: Some(Replication::Replica),
                restored: None,
                ..of.more.as_deref().cloned().unwrap_or_default()
            }
            .boxed(),
        };
        // A replica is as old as what it is of.
        let modified_ms = replica.stored.version.modified_ms;
        let change = Change { now_ms: modified_ms, tick: s3.ticks.next(now_ms), releasing };
        let version = versions::put(&tx, &bucket, source.key, &slot, object, &inline, change).await?;
        advance(&tx, &bucket, source, Replicated { source: order, here: version.order });
        let subject = crate::ops::put_object::subject(EventName::CreatedPut, source.key, &version, &bucket);
        teller.tell(&tx, &bucket, &subject);
        Ok(true)
    });
    done.await
}

/// Says of the source how its replication ended.
async fn settle(
    cx: &mut Cx,
    place: &Placement,
    bucket: &Bucket,
    key: &str,
    stored: &Stored,
    status: Replication,
) -> Answer<()> {
    let which = Which::Order(stored.version.order);
    let done = cx.cell(place).await?.transact(|tx| async move {
        let Some(mut found) = versions::find(&tx, bucket, key, which).await? else { return Ok(()) };
        if let Some(object) = &mut found.version.object {
            object.more.get_or_insert_default().replication = Some(status);
            versions::rewrite(&tx, bucket, key, &found).await?;
        }
        Ok(())
    });
    done.await
}

/// Sends what a bucket had before its rules on its way, some keys at a time; goes on from where it was.
pub async fn existing(s3: &S3, cx: &mut Cx, walk: &Walk) -> Answer<()> {
    let place = place_in(cx.region(), &walk.bucket);
    let view = cx.view(&place).await?;
    let Some(bucket) = s3.bucket(&view, &walk.bucket).await?.filter(|b| b.record.id == walk.id) else {
        return Ok(());
    };
    drop(view);
    let (sender, region) = (&cx.sender(as_bucket(&bucket)), &cx.region().clone());
    let done = cx.cell(&place).await?.transact(|tx| async move {
        let Some(bucket) = s3.bucket(&tx, &walk.bucket).await?.filter(|b| b.record.id == walk.id) else {
            return Ok(());
        };
        let Some(rules) = s3.setting::<Configuration, _>(&tx, &bucket).await? else { return Ok(()) };
        let base = records::currents(walk.id);
        let mut range = base.all();
        let start = base.clone().raw(&crate::listing::behind_key(&walk.after));
        if !walk.after.is_empty() {
            range.start = bytes::Bytes::copy_from_slice(start.as_slice());
        }
        let found = tx.range(range, WALK_KEYS).await?;
        let mut after = None;
        for (place, value) in &found {
            let key = text(&place[base.len()..])?;
            let (mut version, inline) = unpack(value)?;
            if !version.null
                && let Some(object) = &mut version.object
                && object.more.as_ref().is_none_or(|more| more.replication.is_none())
                && rules.rules_of(&key, object).iter().any(|rule| rule.existing == Some(true))
            {
                object.more.get_or_insert_default().replication = Some(Replication::Pending);
                tx.put(&records::current(walk.id, &key), records::pack(&version, &inline));
                tx.outbox(entry_of(&bucket, &key, Some(version.order), sender, region));
            }
            after = Some(key);
        }
        if let Some(after) = after.filter(|_| found.len() == WALK_KEYS) {
            let next = Walk { after, ..walk.clone() };
            tx.outbox(Entry::step(lane_of_walk(&bucket), sender, region, EXISTING, next.encode()));
        }
        Ok(())
    });
    done.await
}
