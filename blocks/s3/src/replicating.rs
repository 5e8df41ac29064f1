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
use floor::{Arn, Cx, Entry, Get as _, Lane, Placement, Record as _, Sender, first_format};
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault};

use crate::{
    S3,
    bucket::{Bucket, place_in},
    contents::text,
    event::{EventName, Extra, Subject},
    more::Replication,
    records::{self, unpack},
    replicas::{Source, one},
    replication::{Configuration, Rule},
    telling::{Teller, as_bucket, lane_of},
    version_id::Order,
    versions::{self, Stored, Which},
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
    /// The version.
    order: Order,
    /// What is said of it has changed: its tags, its list, its lock. Else it is new.
    is_change: bool,
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
    match subject.name {
        EventName::TaggingPut | EventName::TaggingDelete | EventName::AclPut => {
            let which = Which::parse(Some(subject.version_id.as_deref()?), bucket, subject.key).ok()?;
            let order = match which {
                Which::Order(order) => order,
                Which::Elsewhere(foreign) => foreign.order,
                Which::Latest | Which::Null => return None,
            };
            Some(entry_of_change(bucket, subject.key, order, sender, region))
        }
        EventName::MarkerCreated => Some(entry_of(bucket, subject.key, subject.order?, sender, region)),
        name if name.name().starts_with("s3:ObjectCreated:") => {
            Some(entry_of(bucket, subject.key, subject.order?, sender, region))
        }
        _ => None,
    }
}

fn entry_of(bucket: &Bucket, key: &str, order: Order, sender: &Sender, region: &Region) -> Entry {
    let (name, id, key) = (bucket.name.clone(), bucket.record.id, key.to_owned());
    entry_for(bucket, &Job { bucket: name, id, key, order, is_change: false }, sender, region)
}

/// What is said of a version has changed.
pub fn entry_of_change(bucket: &Bucket, key: &str, order: Order, sender: &Sender, region: &Region) -> Entry {
    let (name, id, key) = (bucket.name.clone(), bucket.record.id, key.to_owned());
    entry_for(bucket, &Job { bucket: name, id, key, order, is_change: true }, sender, region)
}

fn entry_for(bucket: &Bucket, job: &Job, sender: &Sender, region: &Region) -> Entry {
    Entry::step(lane(bucket, &job.key), sender, region, REPLICATE, job.encode())
}

/// The rules that a change falls under; none: it is not replicated.
fn chosen<'a>(rules: &'a Configuration, stored: &Stored, job: &Job) -> Option<Vec<&'a Rule>> {
    let status = stored.object().and_then(|o| o.more.as_ref()).and_then(|more| more.replication);
    match (stored.object(), job.is_change) {
        (Some(object), false) if status == Some(Replication::Pending) => {
            Some(rules.rules_of(&job.key, object))
        }
        (Some(object), true) if status == Some(Replication::Completed) => {
            Some(rules.rules_of(&job.key, object))
        }
        // What is changed of a replica goes back, where the rule says so.
        (Some(object), true) if status == Some(Replication::Replica) => {
            let all = rules.rules_of(&job.key, object).into_iter();
            Some(all.filter(|rule| rule.modifications == Some(true)).collect())
        }
        (None, false) => Some(rules.rules_of_marker(&job.key)).filter(|rules| !rules.is_empty()),
        _ => None,
    }
}

/// Replicates one change.
pub async fn replicate(s3: &S3, cx: &mut Cx, job: &Job) -> Answer<()> {
    let place = place_in(cx.region(), &job.bucket);
    let view = cx.view(&place).await?;
    let Some(bucket) = s3.bucket(&view, &job.bucket).await?.filter(|b| b.record.id == job.id) else {
        return Ok(());
    };
    let Some(rules) = s3.setting::<Configuration, _>(&view, &bucket).await? else { return Ok(()) };
    let which = Which::Order(job.order);
    let Some(stored) = versions::find(&view, &bucket, &job.key, which).await? else { return Ok(()) };
    drop(view);
    let Some(chosen) = chosen(&rules, &stored, job) else { return Ok(()) };
    let mut ended = Ended { failed: Vec::new(), has_failed: chosen.is_empty(), rules: chosen.clone() };
    match assume(cx, &rules.role, &bucket).await {
        Ok(role) => {
            let source = Source { bucket: &bucket, place: &place, role: &role, key: &job.key };
            for rule in chosen {
                match one(s3, cx, &source, rule, &stored, !job.is_change).await {
                    Ok(()) => {}
                    Err(fault) if is_final(&fault) => {
                        ended.has_failed |= refused(&job.key, rule, &fault);
                        ended.failed.push((rule, reason(&fault)));
                    }
                    Err(fault) => {
                        let late = Late { bucket: &bucket, place: &place, key: &job.key, stored: &stored };
                        late.tell(s3, cx, rule).await?;
                        return Err(fault);
                    }
                }
            }
        }
        Err(fault) if is_final(&fault) => {
            let why = fault.message();
            tracing::warn!(bucket = job.bucket, why, "the role of a replication cannot be assumed");
            ended.has_failed = true;
            ended.failed = chosen.into_iter().map(|rule| (rule, "AssumeRoleNotPermitted")).collect();
        }
        Err(fault) => return Err(fault),
    }
    if job.is_change || stored.object().is_none() {
        return Ok(());
    }
    let status = if ended.has_failed { Replication::Failed } else { Replication::Completed };
    count(cx, status, &stored);
    settle(s3, cx, &place, &bucket, &job.key, &stored, &ended).await
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

/// How the replications of a version ended.
struct Ended<'a> {
    rules: Vec<&'a Rule>,
    failed: Vec<(&'a Rule, &'static str)>,
    has_failed: bool,
}

/// Why a replication failed, in AWS's words.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html>
fn reason(fault: &Fault) -> &'static str {
    match (fault.code(), fault.message()) {
        ("NoSuchBucket", _) => "DstBucketNotFound",
        ("InvalidBucketState", _) => "DstBucketUnversioned",
        ("InvalidRequest", _) => "DstBucketObjectLockConfigMissing",
        ("AccessDenied", why) if why.contains("s3:GetObjectVersionTagging") => "SrcGetTaggingNotPermitted",
        ("AccessDenied", why) if why.contains("s3:GetObjectVersionAcl") => "SrcGetAclNotPermitted",
        ("AccessDenied", why) if why.contains("s3:GetObject") => "SrcGetObjectNotPermitted",
        ("AccessDenied", why) if why.contains("s3:ReplicateTags") => "DstPutTaggingNotPermitted",
        ("AccessDenied", why) if why.contains("s3:ObjectOwnerOverride") => "DstPutAclNotPermitted",
        ("AccessDenied", why) if why.contains("s3:ReplicateDelete") => "DstDelObjNotPermitted",
        ("AccessDenied", _) => "DstPutObjectNotPermitted",
        (code, _) if code.starts_with("KMS.") || code.contains("KMS") => "DstKmsKeyInvalidState",
        _ => "InitiateReplicationNotPermitted",
    }
}

/// `ReplicationTime`, and the threshold of `Metrics`, are fifteen minutes.
const LATE_MS: u64 = 15 * 60 * 1000;

/// A version whose replication cannot be ended yet.
struct Late<'a> {
    bucket: &'a Bucket,
    place: &'a Placement,
    key: &'a str,
    stored: &'a Stored,
}

impl Late<'_> {
    /// Tells once that it takes longer than its rule says.
    async fn tell(&self, s3: &S3, cx: &mut Cx, rule: &Rule) -> Answer<()> {
        let now_ms = cx.now().0;
        let is_late = now_ms.saturating_sub(self.stored.version.modified_ms) >= LATE_MS;
        let is_told = self.stored.object().and_then(|o| o.more.as_ref()).is_none_or(|more| more.is_late);
        if !is_late || is_told || !rule.destination.is_timed() {
            return Ok(());
        }
        let teller = &Teller::of_itself(s3, cx, self.bucket, &cx.region().clone(), now_ms);
        let which = Which::Order(self.stored.version.order);
        let done = cx.cell(self.place).await?.transact(|tx| async move {
            let found = versions::find(&tx, self.bucket, self.key, which).await?;
            let Some(mut found) = found else { return Ok(()) };
            let Some(object) = &mut found.version.object else { return Ok(()) };
            object.more.get_or_insert_default().is_late = true;
            versions::rewrite(&tx, self.bucket, self.key, &found).await?;
            let event = EventName::ReplicationLate;
            teller.tell(&tx, self.bucket, &told(event, self.bucket, self.key, &found, rule, None));
            Ok(())
        });
        done.await
    }
}

/// What is said of a replication.
fn told<'a>(
    name: EventName,
    bucket: &Bucket,
    key: &'a str,
    stored: &Stored,
    rule: &Rule,
    reason: Option<&'static str>,
) -> Subject<'a> {
    Subject {
        extra: Some(Extra::Replication {
            rule: rule.id.clone(),
            destination: rule.destination.bucket.clone(),
            requested_ms: stored.version.modified_ms,
            reason,
        }),
        ..Subject::of(name, key, &stored.version, bucket)
    }
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

/// Says of the source how its replication ended, and tells those who want to know.
async fn settle(
    s3: &S3,
    cx: &mut Cx,
    place: &Placement,
    bucket: &Bucket,
    key: &str,
    stored: &Stored,
    ended: &Ended<'_>,
) -> Answer<()> {
    let which = Which::Order(stored.version.order);
    let now_ms = cx.now().0;
    let teller = &Teller::of_itself(s3, cx, bucket, &cx.region().clone(), now_ms);
    let done = cx.cell(place).await?.transact(|tx| async move {
        let Some(mut found) = versions::find(&tx, bucket, key, which).await? else { return Ok(()) };
        let Some(object) = &mut found.version.object else { return Ok(()) };
        let more = object.more.get_or_insert_default();
        more.replication = Some(if ended.has_failed { Replication::Failed } else { Replication::Completed });
        let was_late = std::mem::take(&mut more.is_late);
        versions::rewrite(&tx, bucket, key, &found).await?;
        for (rule, reason) in ended.failed.iter().filter(|(rule, _)| rule.destination.is_watched()) {
            let event = EventName::ReplicationFailed;
            teller.tell(&tx, bucket, &told(event, bucket, key, &found, rule, Some(reason)));
        }
        for rule in ended.rules.iter().filter(|rule| was_late && rule.destination.is_timed()) {
            if ended.failed.iter().all(|(failed, _)| failed.id != rule.id) {
                let event = EventName::ReplicationDone;
                teller.tell(&tx, bucket, &told(event, bucket, key, &found, rule, None));
            }
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
                tx.outbox(entry_of(&bucket, &key, version.order, sender, region));
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
