//! CompleteMultipartUpload: the object's record lists the parts; no byte of them is moved.

use api_s3::{
    CompleteMultipartUpload, CompleteMultipartUploadOutput, CompleteMultipartUploadRequest, CompletedPart,
};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target, Tx};
use wire::Answer;

use crate::{
    S3,
    access::Written,
    answer,
    bucket::{Bucket, InBucket, place},
    checksum_members,
    customer::{self, CustomerKey, Use},
    customer_key, data,
    event::{EventName, Subject},
    fault, intake,
    limits::PART_NUMBERS,
    lock::Locked,
    multipart::{self, Asked, assemble},
    payer::terms,
    records::{self, Data, DataId, Object, Parts, Upload, UploadId, Version},
    set_checksum, set_encryption,
    telling::Teller,
    versions::{self, Change, Slot},
    write_conditions::WriteCondition,
};

use super::put_object::put_checks;

impl Handle<CompleteMultipartUpload> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutObject"];

    fn place(&self, caller: &Caller, input: &CompleteMultipartUploadRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &CompleteMultipartUploadRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let written = Written {
                creates: true,
                if_match: input.if_match.as_deref(),
                if_none_match: input.if_none_match.as_deref(),
                ..Written::default()
            };
            put_checks(caller, bucket, &input.key, written, None)
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CompleteMultipartUpload, Self>,
        mut input: CompleteMultipartUploadRequest,
    ) -> Answer<CompleteMultipartUploadOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let id = UploadId::parse(&input.upload_id)?;
        let parts = match input.multipart_upload.take() {
            Some(list) => list.parts.filter(|p| !p.is_empty()).ok_or_else(fault::malformed_xml)?,
            None => return Err(fault::invalid_request("You must specify at least one part")),
        };
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let now_ms = cx.now().0;
        let completion = &Completion {
            asked: Asked {
                id,
                parts: &parts,
                kind: input.checksum_type.as_deref(),
                checksum: intake::given(checksum_members!(input))?,
                size: input.mpu_object_size,
            },
            key: &input.key,
            condition,
            manifest: self.data_id(cx),
            customer: customer_key!(input).read()?,
            teller: Teller::new(self, cx, &bucket, now_ms),
        };
        let releasing = &self.holds.releasing();
        let (at, input) = (&at, &input);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let change = Change { now_ms, tick: self.ticks.next(now_ms), releasing };
            let version = completion.run(&tx, bucket, change).await?;
            let expiration = self.expiration(&tx, bucket, completion.key, &version).await?;
            Ok((version.new_id_in(bucket, completion.key), version, expiration))
        });
        let (version_id, version, expiration) = done.await?;
        let request_charged = bucket.charged(&cx.caller.who);
        Ok(CompleteMultipartUploadOutput {
            expiration,
            request_charged,
            ..output(cx, input, version_id, &version)
        })
    }
}

/// All that a transaction needs.
struct Completion<'a> {
    asked: Asked<'a>,
    key: &'a str,
    condition: WriteCondition,
    manifest: DataId,
    customer: Option<CustomerKey>,
    teller: Teller,
}

impl Completion<'_> {
    async fn run(&self, tx: &Tx, bucket: &Bucket, change: Change<'_>) -> Answer<Version> {
        let (id, key) = (bucket.record.id, self.key);
        let slot = Slot::load(tx, bucket, key).await?;
        let upload = match multipart::upload(tx, id, key, self.asked.id).await {
            Ok(upload) => upload,
            Err(fault) if fault.status() == 404 => {
                return completed_before(&slot, self.asked.id, self.asked.parts).ok_or(fault);
            }
            Err(fault) => return Err(fault),
        };
        // The key may be left out: no part is read.
        if let Some(key) = &self.customer {
            customer::opened(&upload.sealing, Some(key), Use::Part)?;
        }
        let uploaded = multipart::parts(tx, id, self.asked.id, 0, *PART_NUMBERS.end() as usize).await?;
        let whole = assemble(&upload, &uploaded, &self.asked)?;
        self.condition.check_since(key, &slot, upload.seen)?;
        for (number, part) in &uploaded {
            if whole.manifest.parts.binary_search_by_key(number, |p| p.number).is_err() {
                data::release_one(tx, id, &part.data);
            }
        }
        self.forget_upload(tx, id);
        tx.save(&records::manifest(id, self.manifest), &whole.manifest);
        let Upload { about, sealing, more, .. } = upload;
        let parts = Parts { manifest: self.manifest, count: whole.etag.parts, upload: self.asked.id };
        let object = Object {
            size: whole.size,
            etag: whole.etag,
            checksum: whole.checksum,
            data: Data::Parts(parts),
            about,
            sealing,
            more,
        };
        let locked = Locked::of(&object).in_bucket(&bucket.record, change.now_ms)?;
        let object = Object { more: locked.enter(object.more), ..object };
        let version = versions::put(tx, bucket, key, &slot, object, &[], change).await?;
        self.teller.tell(tx, bucket, &Subject::of(EventName::CreatedMultipart, key, &version, bucket));
        Ok(version)
    }

    fn forget_upload(&self, tx: &Tx, bucket: u64) {
        tx.delete(&records::upload(bucket, self.key, self.asked.id));
        tx.delete_range(&records::parts(bucket, self.asked.id).all());
    }
}

/// The object that this upload has become, where it still is the latest: a client that did not hear the first answer
/// asks again.
fn completed_before(slot: &Slot, id: UploadId, asked: &[CompletedPart]) -> Option<Version> {
    let (stored, object) = slot.current()?;
    let is_it = matches!(&object.data, Data::Parts(parts) if parts.upload == id);
    (is_it && multipart::etag_of(asked) == Some(object.etag)).then(|| stored.version.clone())
}

fn output(
    cx: &Cx,
    input: &CompleteMultipartUploadRequest,
    version_id: Option<String>,
    version: &Version,
) -> CompleteMultipartUploadOutput {
    let base = cx.caller.origin.base_url.trim_end_matches('/');
    let key = answer::encoded(&input.key, Some("url"));
    let mut output = CompleteMultipartUploadOutput {
        location: Some(format!("{base}/{}/{key}", input.bucket)),
        bucket: Some(input.bucket.clone()),
        key: Some(input.key.clone()),
        version_id,
        ..CompleteMultipartUploadOutput::default()
    };
    if let Some(object) = &version.object {
        set_encryption!(output, object.sealing);
        output.etag = Some(object.etag.quoted());
        if let Some(checksum) = &object.checksum {
            set_checksum!(output, checksum.value.algorithm, checksum.text());
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
    }
    output
}
