//! DeleteObject.

use api_s3::{DeleteObject, DeleteObjectOutput, DeleteObjectRequest};
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target, Tx};
use wire::Answer;

use crate::{
    S3, about, access,
    bucket::{Bucket, InBucket, place},
    etag::ETag,
    event::{EventName, Subject},
    lock::{self, Bypass},
    payer::terms,
    telling::Teller,
    versions::{self, Change, Deleted, Slot, Which},
    write_conditions::check_delete,
};

impl Handle<DeleteObject> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] =
        &["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:BypassGovernanceRetention"];

    fn place(&self, caller: &Caller, input: &DeleteObjectRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteObjectRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            checks(bucket, &input.key, input.version_id.as_deref(), input.if_match.as_deref())
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteObject, Self>,
        input: DeleteObjectRequest,
    ) -> Answer<DeleteObjectOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        about::check_key(&input.key)?;
        let which = Which::parse(input.version_id.as_deref(), &bucket, &input.key)?;
        let bypass = &Bypass::of::<DeleteObject, Self>(
            cx,
            self,
            input.bypass_governance_retention,
            (&bucket, &input.key),
        )
        .await?;
        let now_ms = cx.now().0;
        let teller = &Teller::new(self, cx, &bucket, now_ms);
        let releasing = &self.holds.releasing();
        let (at, input) = (&at, &input);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let change = Change { now_ms, tick: self.ticks.next(now_ms), releasing };
            let if_match = input.if_match.as_deref();
            let deletion = Deletion { key: &input.key, which, if_match, bypass, change };
            let deleted = delete(&tx, bucket, &deletion, teller).await?;
            let request_charged = bucket.charged(&at.caller().who);
            Ok(DeleteObjectOutput { request_charged, ..output(bucket, input, &deleted) })
        });
        done.await
    }
}

/// What a deletion asks for. A condition on the tag tells what the tag is, so that it needs the right to read.
fn checks(bucket: &Bucket, key: &str, version_id: Option<&str>, if_match: Option<&str>) -> Vec<Check> {
    let check = match version_id {
        None => access::of_deletion(bucket.object_check("s3:DeleteObject", key), if_match),
        Some(_) => access::of_version(bucket.object_check("s3:DeleteObjectVersion", key), version_id),
    };
    let mut checks = vec![check];
    if if_match.is_some_and(|tags| tags != "*") {
        checks.push(bucket.object_check("s3:GetObject", key));
    }
    checks
}

/// One key to be deleted.
pub(super) struct Deletion<'a> {
    pub(super) key: &'a str,
    pub(super) which: Which,
    pub(super) if_match: Option<&'a str>,
    pub(super) bypass: &'a Bypass,
    pub(super) change: Change<'a>,
}

/// Deletes one key and tells of it.
pub(super) async fn delete(
    tx: &Tx,
    bucket: &Bucket,
    deletion: &Deletion<'_>,
    teller: &Teller,
) -> Answer<Deleted> {
    let Deletion { key, which, if_match, bypass, change } = deletion;
    let deleted = if *which == Which::Latest {
        let slot = Slot::load(tx, bucket, key).await?;
        let etag = slot.current().map(|(_, object)| object.etag);
        check_delete(*if_match, slot.latest().is_some(), etag)?;
        versions::delete_latest(tx, bucket, key, &slot, *change).await?
    } else {
        let found = versions::find(tx, bucket, key, *which).await?;
        let etag = found.as_ref().and_then(|f| f.object()).map(|o| o.etag);
        check_delete(*if_match, found.is_some(), etag)?;
        if let Some(object) = found.as_ref().and_then(|f| f.object()) {
            lock::check_removal(object, bypass, change.now_ms)?;
        }
        versions::delete_version(tx, bucket, key, *which, *change).await?
    };
    if let Some(subject) = subject(bucket, key, &deleted) {
        teller.tell(tx, bucket, &subject);
    }
    Ok(deleted)
}

fn subject<'a>(bucket: &Bucket, key: &'a str, deleted: &Deleted) -> Option<Subject<'a>> {
    let nothing = ETag { md5: md5_of_nothing(), parts: 0 };
    let (name, version, etag, order) = match deleted {
        Deleted::Nothing => return None,
        Deleted::Removed { version, order } => (EventName::Removed, version, None, *order),
        Deleted::Marked(marker) => (EventName::MarkerCreated, marker, Some(nothing), marker.order),
    };
    let version_id = version.new_id_in(bucket, key);
    Some(Subject { name, key, size: None, etag, version_id, order: Some(order), extra: None })
}

fn md5_of_nothing() -> [u8; 16] {
    use md5::{Digest as _, Md5};
    Md5::digest([]).into()
}

fn output(bucket: &Bucket, input: &DeleteObjectRequest, deleted: &Deleted) -> DeleteObjectOutput {
    let version_id = input.version_id.clone();
    match deleted {
        Deleted::Nothing => DeleteObjectOutput { version_id, ..DeleteObjectOutput::default() },
        Deleted::Removed { version, .. } => DeleteObjectOutput {
            version_id: input.version_id.as_ref().and(version.id_in(bucket, &input.key)),
            delete_marker: version.object.is_none().then_some(true),
            ..DeleteObjectOutput::default()
        },
        Deleted::Marked(marker) => DeleteObjectOutput {
            version_id: Some(marker.id(bucket, &input.key)),
            delete_marker: Some(true),
            ..DeleteObjectOutput::default()
        },
    }
}
