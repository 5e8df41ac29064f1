//! PutObject.

use api_s3::{PutObject, PutObjectOutput, PutObjectRequest};
use auth::Kind;
use floor::{Admitted, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, about,
    access::{self, Written},
    asked_encryption, asked_lock,
    bucket::{Bucket, InBucket, place},
    checksum::{Algorithm, Checksum},
    checksum_members, customer, customer_key,
    etag::ETag,
    event::{EventName, Subject},
    given_acl,
    intake::{How, Received, Said},
    limits::INLINE_BYTES_MAX,
    lock::Locked,
    more::More,
    payer::terms,
    records::{About, Object, OfKms, Version},
    set_checksum, set_customer_key, set_encryption,
    settings::Of,
    tags,
    telling::Teller,
    versions::{self, Change, Slot},
    write_conditions::WriteCondition,
};

impl Handle<PutObject> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = access::WRITING;

    fn place(&self, caller: &Caller, input: &PutObjectRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutObjectRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let written = Written {
                creates: true,
                storage_class: input.storage_class.as_deref(),
                encryption: input.server_side_encryption.as_deref(),
                kms_key: input.sse_kms_key_id.as_deref(),
                customer_algorithm: input.sse_customer_algorithm.as_deref(),
                if_match: input.if_match.as_deref(),
                if_none_match: input.if_none_match.as_deref(),
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
        at: Admitted<PutObject, Self>,
        mut input: PutObjectRequest,
    ) -> Answer<PutObjectOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        about::check_key(&input.key)?;
        bucket.list_for_write(&cx.caller, &given_acl!(input))?;
        about::check_redirect(input.website_redirect_location.as_deref())?;
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let said = about!(input);
        let about = said.checked()?;
        let members = checksum_members!(input);
        let said = Said::of(
            input.content_md5.as_deref(),
            input.checksum_algorithm.as_deref(),
            members,
            &input.body,
        )?;
        let locked = asked_lock!(input).checked(cx.now().0)?;
        let has_digest = said.md5.is_some() || said.algorithm().is_some();
        locked.in_bucket(&bucket.record, cx.now().0)?.check_digest(has_digest)?;
        let algorithm = said.algorithm().unwrap_or(Algorithm::Crc64Nvme);
        let customer = customer_key!(input).for_write(input.server_side_encryption.as_deref())?;
        let customer = customer.as_ref();
        customer::check_blocked(cx, &bucket, &input.key, customer, "s3:PutObject")?;
        let asked = asked_encryption!(input);
        let sealer = &Self::sealer(cx, &bucket, &input.key, &asked, customer).await?;
        let how = How {
            said: &said,
            algorithms: &[algorithm],
            inline_max: INLINE_BYTES_MAX,
            hex_digest: true,
            sealer,
            key: &input.key,
        };
        let received = self.receive(cx, &at.place, &input.body, &how).await?;
        let teller = Teller::new(self, cx, &bucket, cx.now().0);
        let is_form = cx.caller.signed.is_upload_form;
        let event = if is_form { EventName::CreatedPost } else { EventName::CreatedPut };
        let put = Put {
            at: &at,
            input: &input,
            about: &about,
            locked,
            condition,
            received: &received,
            teller,
            event,
        };
        match self.commit(cx, &put).await {
            Ok(mut output) => {
                set_customer_key!(output, customer);
                output.request_charged = bucket.charged(&cx.caller.who);
                Ok(output)
            }
            Err(fault) => {
                self.discard(cx, &at.place, &received.fresh).await;
                Err(fault)
            }
        }
    }
}

/// What a write asks for: tags and lists need rights of their own.
pub(super) fn put_checks(
    caller: &Caller,
    bucket: &Bucket,
    key: &str,
    written: Written<'_>,
    tagging: Option<&str>,
) -> Vec<Check> {
    // Tags that cannot be read are refused later, in words of their own.
    let tags = tagging.and_then(|t| tags::of_header(t).ok()).unwrap_or_default();
    let check = |action| access::of_requested(bucket.object_check(action, key), &tags);
    let mut checks = vec![access::of_write(check("s3:PutObject"), written)];
    // Services that deliver objects say whose these are; their policies need not speak of lists.
    // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html>
    if !written.list.is_empty() && !matches!(caller.who.kind, Kind::Service { .. }) {
        let check = bucket.for_writer(check("s3:PutObjectAcl"), &caller.who);
        checks.push(access::of_list(check, &written.list));
    }
    checks.extend(tagging.map(|_| check("s3:PutObjectTagging")));
    checks
}

/// All that a transaction needs.
struct Put<'a> {
    at: &'a Admitted<PutObject, S3>,
    input: &'a PutObjectRequest,
    about: &'a About,
    locked: Locked,
    condition: WriteCondition,
    received: &'a Received,
    teller: Teller,
    event: EventName,
}

impl S3 {
    async fn commit(&self, cx: &mut Cx, put: &Put<'_>) -> Answer<PutObjectOutput> {
        let now_ms = cx.now().0;
        let key = put.input.key.as_str();
        let releasing = &self.holds.releasing();
        let cell = cx.cell(&put.at.place).await?;
        let done = cell.transact(|tx| async move {
            let here = put.at.within(self, &tx, put.input).await?;
            let bucket = here.inside(&put.input.bucket)?;
            let slot = Slot::load(&tx, bucket, key).await?;
            put.condition.check(key, &slot)?;
            let redirect = &put.input.website_redirect_location;
            let acl = bucket.list_for_write(put.at.caller(), &given_acl!(put.input))?;
            let (data, inline) = put.received.keep(&tx, bucket)?;
            let object = Object {
                size: put.received.size,
                etag: ETag::whole(put.received.md5),
                checksum: put.received.checksums.first().cloned().map(Checksum::full),
                data,
                about: put.about.clone(),
                sealing: put.received.sealer.sealing.clone(),
                more: put
                    .locked
                    .in_bucket(&bucket.record, now_ms)?
                    .enter(More { acl, redirect: redirect.clone(), ..More::default() }.boxed()),
            };
            let change = Change { now_ms, tick: self.ticks.next(now_ms), releasing };
            let version = versions::put(&tx, bucket, key, &slot, object, &inline, change).await?;
            put.teller.tell(&tx, bucket, &Subject::of(put.event, key, &version, bucket));
            let mut output = output(&version, bucket, key);
            if bucket.record.has(Of::Lifecycle) {
                output.expiration = Box::pin(self.expiration(&tx, bucket, key, &version)).await?;
            }
            Ok(output)
        });
        done.await
    }
}

fn output(version: &Version, bucket: &Bucket, key: &str) -> PutObjectOutput {
    let mut output =
        PutObjectOutput { version_id: version.new_id_in(bucket, key), ..PutObjectOutput::default() };
    if let Some(object) = &version.object {
        set_encryption!(output, object.sealing);
        output.sse_kms_encryption_context = object.sealing.of_kms().and_then(OfKms::context_text);
        output.etag = Some(object.etag.quoted());
        if let Some(checksum) = &object.checksum {
            set_checksum!(output, checksum.value.algorithm, checksum.text());
            output.checksum_type = Some(checksum.kind.name().to_owned());
        }
    }
    output
}
