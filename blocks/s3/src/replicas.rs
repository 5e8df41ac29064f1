//! Replicas: what a replication writes into a destination, in the role that its configuration names.
//!
//! A replica has the id of its source's version, its time and its place in order: what was written into the destination
//! itself since stays above it, and buckets that are replicated into one another end up alike.

use std::sync::Arc;

use auth::Identity;
use floor::{Cx, Get as _, Placement, Tx};
use wire::{Answer, Fault, Stream};

use crate::{
    S3,
    bucket::{Bucket, place_in, region_of},
    checksum::Algorithm,
    event::{EventName, Subject},
    holds::Releasing,
    intake::{How, Received, Said},
    kms::Asked,
    limits::INLINE_BYTES_MAX,
    more::{Acl, More, Replication},
    outgo,
    records::{self, Object, Replicated, Sealing, Version, Versioning},
    replication::Rule,
    telling::Teller,
    version_id::Order,
    versions::{self, Slot, Stored, Which},
};

/// A bucket that is replicated, and the object's key.
pub struct Source<'a> {
    /// The bucket.
    pub bucket: &'a Bucket,
    /// Where it lives.
    pub place: &'a Placement,
    /// The role that reads and writes.
    pub role: &'a Arc<Identity>,
    /// The key.
    pub key: &'a str,
}

fn denied(action: &str) -> Fault {
    Fault::coded("AccessDenied", 403, format!("The role of the replication may not {action}"))
}

/// A destination, as the role sees it.
struct Destination {
    cx: Cx,
    place: Placement,
    bucket: Arc<Bucket>,
}

/// One change for one destination.
pub async fn one(
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
        Some(object) => follow(&mut to, source, stored, object).await,
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
        let marker = Version { order, null: false, modified_ms: now_ms, object: None };
        let marker = write(s3, &tx, &bucket, source.key, &slot, marker, &[], (now_ms, releasing)).await?;
        advance(&tx, &bucket, source, Replicated { source: order, here: marker.order });
        let name = EventName::MarkerCreated;
        teller.tell(&tx, &bucket, &Subject::of(name, source.key, &marker, &bucket));
        Ok(())
    });
    done.await
}

/// Writes what came from a source into the destination, in its order; in another where that is taken.
#[expect(clippy::too_many_arguments, reason = "what a write of a version needs, from two callers")]
async fn write(
    s3: &S3,
    tx: &Tx,
    to: &Bucket,
    key: &str,
    slot: &Slot,
    version: Version,
    inline: &[u8],
    (now_ms, releasing): (u64, &Releasing),
) -> Answer<Version> {
    match versions::put_replica(tx, to, key, slot, version, inline, releasing).await? {
        Ok(version) => Ok(version),
        Err(mut taken) => {
            taken.order = slot.next(s3.ticks.next(now_ms));
            if let Some(more) = taken.object.as_mut().and_then(|object| object.more.as_mut()) {
                more.origin = None;
            }
            let written = versions::put_replica(tx, to, key, slot, taken, inline, releasing).await?;
            written.map_err(|_| floor::fault::internal("the order of a replica is taken twice"))
        }
    }
}

/// Where a version of the source is in the destination: its replica, or what it is a replica of.
async fn counterpart(
    tx: &Tx,
    to: &Bucket,
    source: &Source<'_>,
    order: Order,
    origin: Option<u64>,
) -> Answer<Option<Stored>> {
    let here = match progress(tx, to, source).await?.filter(|p| p.source == order) {
        Some(reached) => reached.here,
        None => order,
    };
    let found = versions::find(tx, to, source.key, Which::Order(here)).await?;
    // One id means one version, wherever it is.
    let from = origin.unwrap_or(source.bucket.record.id);
    Ok(found.filter(|f| here != order || f.version.origin().unwrap_or(to.record.id) == from))
}

/// Has what is said of the replica follow what is said of its source: tags, list, lock.
async fn follow(to: &mut Destination, source: &Source<'_>, stored: &Stored, object: &Object) -> Answer<()> {
    if !to.cx.may(&[to.bucket.object_check("s3:ReplicateTags", source.key)]).await? {
        return Err(denied("s3:ReplicateTags"));
    }
    let (bucket, order, origin) = (&to.bucket, stored.version.order, stored.version.origin());
    let more = object.more.as_deref();
    let list = more.and_then(|more| more.acl.clone()).filter(|_| source.has_common_lists(bucket));
    let list = &list;
    let done = to.cx.cell(&to.place).await?.transact(|tx| async move {
        let Some(mut found) = counterpart(&tx, bucket, source, order, origin).await? else { return Ok(()) };
        let Some(there) = &mut found.version.object else { return Ok(()) };
        there.about.tags.clone_from(&object.about.tags);
        let mut changed = there.more.take().map(|more| *more).unwrap_or_default();
        if source.has_common_lists(bucket) {
            changed.acl.clone_from(list);
        }
        if bucket.record.lock.is_some() {
            changed.retention = more.and_then(|more| more.retention);
            changed.legal_hold = more.and_then(|more| more.legal_hold);
        }
        there.more = changed.boxed();
        versions::rewrite(&tx, bucket, source.key, &found).await
    });
    done.await
}

impl Source<'_> {
    /// Whether lists count in both buckets, and belong to one account.
    fn has_common_lists(&self, to: &Bucket) -> bool {
        self.bucket.has_lists() && to.has_lists() && self.bucket.record.owner == to.record.owner
    }

    /// The list of a replica. In another account's bucket it still belongs to whoever owns its source, unless the rule
    /// gives it to the bucket's owner.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-change-owner.html>
    fn list_there(&self, to: &Bucket, rule: &Rule, object: &Object) -> Option<Acl> {
        let is_given_away = self.bucket.record.owner != to.record.owner && rule.destination.translates_owner;
        if !to.has_lists() || is_given_away {
            return None;
        }
        to.kept(self.bucket.list_of_object(object))
    }
}

/// Whether the role may read the source and write the replica.
async fn check_copy(
    cx: &Cx,
    to: &Destination,
    source: &Source<'_>,
    rule: &Rule,
    object: &Object,
) -> Answer<()> {
    let more = object.more.as_deref().cloned().unwrap_or_default();
    // Tags, lists and locks have rights of their own.
    let (has_tags, has_list) = (!object.about.tags.is_empty(), more.acl.is_some());
    let is_given_away =
        rule.destination.translates_owner && source.bucket.record.owner != to.bucket.record.owner;
    let read = [
        ("s3:GetObjectVersionForReplication", true),
        ("s3:GetObjectVersionTagging", has_tags),
        ("s3:GetObjectVersionAcl", has_list),
        ("s3:GetObjectRetention", more.retention.is_some()),
        ("s3:GetObjectLegalHold", more.legal_hold.is_some()),
    ];
    let write = [
        ("s3:ReplicateObject", true),
        ("s3:ReplicateTags", has_tags),
        ("s3:ObjectOwnerOverrideToBucketOwner", is_given_away),
    ];
    let reader = cx.acting(source.role.clone(), cx.region());
    for (action, _) in read.into_iter().filter(|(_, is_asked)| *is_asked) {
        if !reader.may(&[source.bucket.object_check(action, source.key)]).await? {
            return Err(denied(action));
        }
    }
    for (action, _) in write.into_iter().filter(|(_, is_asked)| *is_asked) {
        if !to.cx.may(&[to.bucket.object_check(action, source.key)]).await? {
            return Err(denied(action));
        }
    }
    if (more.retention.is_some() || more.legal_hold.is_some()) && to.bucket.record.lock.is_none() {
        let message = "The destination bucket has no Object Lock";
        return Err(Fault::coded("InvalidRequest", 400, message));
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
    check_copy(cx, to, source, rule, object).await?;
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
    // Bytes inside the record are bound to the entity tag: that of parts is none of theirs, and under keys of KMS it is
    // random.
    let is_of_bytes = object.etag.parts == 0 && object.sealing.tells_md5() && sealer.sealing.tells_md5();
    let how = How {
        said: &Said::default(),
        algorithms: &[algorithm],
        inline_max: if is_of_bytes { INLINE_BYTES_MAX } else { 0 },
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
                origin: Some(replica.stored.version.origin().unwrap_or(source.bucket.record.id)),
                is_late: false,
                acl: source.list_there(&bucket, replica.rule, of),
                ..of.more.as_deref().cloned().unwrap_or_default()
            }
            .boxed(),
        };
        // A replica is as old as what it is of, and has its id.
        let modified_ms = replica.stored.version.modified_ms;
        let version = Version { order, null: false, modified_ms, object: Some(object) };
        let written = (now_ms, releasing);
        let version = write(s3, &tx, &bucket, source.key, &slot, version, &inline, written).await?;
        advance(&tx, &bucket, source, Replicated { source: order, here: version.order });
        let subject = Subject::of(EventName::CreatedPut, source.key, &version, &bucket);
        teller.tell(&tx, &bucket, &subject);
        Ok(true)
    });
    done.await
}
