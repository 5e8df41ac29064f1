//! CreateMultipartUpload.

use api_s3::{CreateMultipartUpload, CreateMultipartUploadOutput, CreateMultipartUploadRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, about,
    access::{self, Written},
    answer, asked_encryption, asked_lock,
    bucket::{Bucket, InBucket, place},
    customer, customer_key, given_acl,
    lifecycle::Lifecycle,
    more::More,
    multipart,
    payer::terms,
    records::{self, OfKms, Upload, UploadId},
    set_customer_key, set_encryption,
    versions::Slot,
};

use super::put_object::put_checks;

impl Handle<CreateMultipartUpload> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = access::WRITING;

    fn place(&self, caller: &Caller, input: &CreateMultipartUploadRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &CreateMultipartUploadRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let written = Written {
                storage_class: input.storage_class.as_deref(),
                encryption: input.server_side_encryption.as_deref(),
                kms_key: input.sse_kms_key_id.as_deref(),
                customer_algorithm: input.sse_customer_algorithm.as_deref(),
                redirect: input.website_redirect_location.as_deref(),
                list: given_acl!(input),
                ..Written::default()
            };
            let checks = put_checks(caller, bucket, &input.key, written, input.tagging.as_deref());
            asked_lock!(input).ask(checks, bucket, &input.key, self.now_ms())
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateMultipartUpload, Self>,
        mut input: CreateMultipartUploadRequest,
    ) -> Answer<CreateMultipartUploadOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        about::check_key(&input.key)?;
        let checksum =
            multipart::planned(input.checksum_algorithm.as_deref(), input.checksum_type.as_deref())?;
        let acl = bucket.list_for_write(&cx.caller, &given_acl!(input))?;
        let redirect = input.website_redirect_location.take();
        about::check_redirect(redirect.as_deref())?;
        let more = More { acl, redirect, ..More::default() }.boxed();
        let about = about!(input).checked()?;
        let now_ms = cx.now().0;
        let locked = asked_lock!(input).checked(now_ms)?;
        locked.in_bucket(&bucket.record, now_ms)?;
        let id = UploadId { order: self.ticks.next(now_ms), secret: cx.env().random.number() };
        let initiator = multipart::initiator(&cx.caller.who);
        let customer = customer_key!(input).for_write(input.server_side_encryption.as_deref())?;
        let customer = customer.as_ref();
        customer::check_blocked(cx, &bucket, &input.key, customer, "s3:PutObject")?;
        let asked = asked_encryption!(input);
        let sealing = Self::sealer(cx, &bucket, &input.key, &asked, customer).await?.sealing;
        let upload = Upload {
            initiated_ms: now_ms,
            seen: None,
            about,
            checksum,
            initiator,
            sealing,
            more: locked.enter(more),
        };
        let (at, input, upload) = (&at, &input, &upload);
        let begun = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let slot = Slot::load(&tx, bucket, &input.key).await?;
            let seen = slot.current().map(|(stored, _)| stored.version.order);
            tx.save(&records::upload(bucket.record.id, &input.key, id), &Upload { seen, ..upload.clone() });
            self.setting::<Lifecycle, _>(&tx, bucket).await
        });
        let lifecycle = begun.await?;
        let aborts = lifecycle.as_deref().and_then(|rules| rules.aborts(&input.key, now_ms));
        let mut output = CreateMultipartUploadOutput {
            request_charged: bucket.charged(&cx.caller.who),
            bucket: Some(input.bucket.clone()),
            key: Some(input.key.clone()),
            upload_id: Some(id.text()),
            abort_date: aborts.map(|(at_ms, _)| answer::time(at_ms)),
            abort_rule_id: aborts.map(|(_, rule)| rule.to_owned()),
            checksum_algorithm: checksum.map(|(algorithm, _)| algorithm.name().to_owned()),
            checksum_type: checksum.map(|(_, kind)| kind.name().to_owned()),
            sse_kms_encryption_context: upload.sealing.of_kms().and_then(OfKms::context_text),
            ..CreateMultipartUploadOutput::default()
        };
        set_encryption!(output, upload.sealing);
        set_customer_key!(output, customer);
        Ok(output)
    }
}
