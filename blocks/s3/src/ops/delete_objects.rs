//! DeleteObjects: up to a thousand keys, each with its own outcome.

use std::collections::HashSet;

use api_s3::{
    DeleteObject, DeleteObjectRequest, DeleteObjects, DeleteObjectsOutput, DeleteObjectsRequest,
    DeletedObject, ObjectIdentifier,
};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Fault};

use crate::{
    S3, about,
    bucket::{Bucket, InBucket, place, place_in},
    contents, fault,
    limits::DELETE_KEYS_MAX,
    lock::Bypass,
    log_line::Batched,
    payer::terms,
    settings::Of,
    telling::Teller,
    versions::{self, Change, Deleted, Which},
};

use super::delete_object::{Deletion, delete};

impl Handle<DeleteObjects> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] =
        &["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:BypassGovernanceRetention"];

    fn place(&self, caller: &Caller, input: &DeleteObjectsRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    /// Each key is asked about by itself, and refused by itself.
    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteObjectsRequest,
    ) -> Answer<Target<InBucket>> {
        self.in_bucket(read, &input.bucket, terms!(caller, input), |_| Vec::new()).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteObjects, Self>,
        mut input: DeleteObjectsRequest,
    ) -> Answer<DeleteObjectsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let wanted = std::mem::take(&mut input.delete.objects);
        if wanted.is_empty() || wanted.len() > DELETE_KEYS_MAX {
            return Err(fault::malformed_xml());
        }
        let mut outcomes = Vec::with_capacity(wanted.len());
        let mut bypasses = Vec::with_capacity(wanted.len());
        for one in &wanted {
            // Unlike DeleteObject, it takes the header for buckets without Object Lock, where it means nothing.
            let asked = input.bypass_governance_retention.filter(|_| bucket.record.lock.is_some());
            bypasses.push(Bypass::of::<DeleteObjects, Self>(cx, self, asked, (&bucket, &one.key)).await?);
            outcomes.push(self.may(cx, &bucket, one, input.request_payer.as_deref()).await.err());
        }
        let mut repeated = HashSet::new();
        let now_ms = cx.now().0;
        let releasing = &self.holds.releasing();
        let teller = &Teller::new(self, cx, &bucket, now_ms);
        let (at, input, bucket) = (&at, &input, &bucket);
        let todo: Vec<_> = (0..wanted.len())
            .filter(|i| outcomes[*i].is_none() && repeated.insert((&wanted[*i].key, &wanted[*i].version_id)))
            .collect();
        let (todo, wanted_ref, bypasses) = (&todo, &wanted, &bypasses);
        let cell = cx.cell(&at.place).await?;
        let done = cell.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let here = here.inside(&input.bucket)?;
            if here.record.policy != bucket.record.policy {
                return Err(floor::fault::slow_down("the bucket's policy was changed meanwhile"));
            }
            let bucket = here;
            let mut done = Vec::with_capacity(todo.len());
            for i in todo {
                let one = &wanted_ref[*i];
                let which = Which::parse(one.version_id.as_deref(), bucket, &one.key)?;
                let change = Change { now_ms, tick: self.ticks.next(now_ms), releasing };
                let (if_match, bypass) = (one.etag.as_deref(), &bypasses[*i]);
                let deletion = Deletion { key: &one.key, which, if_match, bypass, change };
                // A key whose condition fails is left alone; the others go on.
                done.push(match delete(&tx, bucket, &deletion, teller).await {
                    Err(fault) if fault.status() >= 500 => return Err(fault),
                    outcome => outcome,
                });
            }
            Ok(done)
        });
        let mut deleted = Vec::new();
        for (i, outcome) in todo.iter().zip(done.await?) {
            match outcome {
                Ok(outcome) => deleted.push(answer(bucket, &wanted[*i], &outcome)),
                Err(fault) => outcomes[*i] = Some(fault),
            }
        }
        if bucket.record.has(Of::Logging) {
            let batched = wanted.iter().zip(&outcomes).map(|(one, fault)| Batched {
                key: one.key.clone(),
                version_id: one.version_id.clone(),
                failed: fault.as_ref().map(|fault| (fault.status(), fault.code().to_owned())),
            });
            self.logs.batch(cx.request_id(), batched.collect());
        }
        let errors = wanted.iter().zip(outcomes).filter_map(|(w, fault)| Some(error(w, &fault?)));
        let errors = contents::some(errors.collect());
        let quiet = input.delete.quiet == Some(true);
        let deleted = if quiet { None } else { contents::some(deleted) };
        Ok(DeleteObjectsOutput { deleted, errors, request_charged: bucket.charged(&cx.caller.who) })
    }
}

impl S3 {
    /// Whether one of the keys is a key, and may be deleted.
    async fn may(
        &self,
        cx: &Cx,
        bucket: &Bucket,
        wanted: &ObjectIdentifier,
        payer: Option<&str>,
    ) -> Answer<()> {
        about::check_key(&wanted.key)?;
        // Here, unlike in DeleteObject, an id that never was one of this key is that of a version that is not there.
        let version_id = wanted.version_id.as_deref();
        match Which::parse(version_id, bucket, &wanted.key) {
            Ok(Which::Elsewhere(foreign)) => {
                let view = cx.view(&place_in(cx.region(), &bucket.name)).await?;
                let which = Which::Elsewhere(foreign);
                if versions::find(&view, bucket, &wanted.key, which).await?.is_none() {
                    return Err(fault::no_such_version(&wanted.key, version_id.unwrap_or_default()));
                }
            }
            Ok(_) => {}
            _ => return Err(fault::no_such_version(&wanted.key, version_id.unwrap_or_default())),
        }
        let one = DeleteObjectRequest {
            bucket: bucket.name.clone(),
            key: wanted.key.clone(),
            version_id: wanted.version_id.clone(),
            if_match: wanted.etag.clone(),
            request_payer: payer.map(str::to_owned),
            ..DeleteObjectRequest::default()
        };
        cx.admit::<DeleteObject, Self>(self, &one).await.map(|_| ())
    }
}

fn answer(bucket: &Bucket, wanted: &ObjectIdentifier, deleted: &Deleted) -> DeletedObject {
    let key = Some(wanted.key.clone());
    let version_id = wanted.version_id.clone();
    match deleted {
        Deleted::Removed { version, .. } if version.object.is_none() => DeletedObject {
            key,
            delete_marker_version_id: version_id.clone(),
            version_id,
            delete_marker: Some(true),
        },
        Deleted::Nothing | Deleted::Removed { .. } => {
            DeletedObject { key, version_id, ..DeletedObject::default() }
        }
        Deleted::Marked(marker) => DeletedObject {
            key,
            version_id: None,
            delete_marker: Some(true),
            delete_marker_version_id: Some(marker.id(bucket, &wanted.key)),
        },
    }
}

fn error(wanted: &ObjectIdentifier, fault: &Fault) -> api_s3::Error {
    api_s3::Error {
        key: Some(wanted.key.clone()),
        version_id: wanted.version_id.clone(),
        code: Some(fault.code().to_owned()),
        message: Some(fault.message().to_owned()),
    }
}
