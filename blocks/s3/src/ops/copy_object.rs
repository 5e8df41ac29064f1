//! CopyObject.

use api_s3::{CopyObject, CopyObjectOutput, CopyObjectRequest, CopyObjectResult};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, about,
    access::{self, Written},
    answer, asked_encryption, asked_lock,
    bucket::{Bucket, InBucket, place},
    checksum::{Algorithm, Checksum},
    conditions::Conditions,
    copying::{Named, Source},
    customer, customer_key,
    etag::ETag,
    event::{EventName, Subject},
    fault, given_acl,
    intake::{How, Received, Said},
    limits::{COPY_BYTES_MAX, INLINE_BYTES_MAX},
    lock::Locked,
    more::More,
    payer::terms,
    records::{About, Object, OfKms, Version},
    sealing::Sealer,
    set_checksum, set_customer_key, set_encryption, source_key,
    telling::Teller,
    versions::{self, Change, Slot},
    write_conditions::WriteCondition,
};

use super::put_object::put_checks;

/// How often a copy begins anew because its source was replaced meanwhile.
const ATTEMPTS: usize = 5;

impl Handle<CopyObject> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = access::WRITING;

    fn place(&self, caller: &Caller, input: &CopyObjectRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &CopyObjectRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let written = Written {
                creates: true,
                storage_class: input.storage_class.as_deref(),
                encryption: input.server_side_encryption.as_deref(),
                kms_key: input.sse_kms_key_id.as_deref(),
                customer_algorithm: input.sse_customer_algorithm.as_deref(),
                copy_source: Some(&input.copy_source),
                metadata_directive: input.metadata_directive.as_deref(),
                if_match: input.if_match.as_deref(),
                if_none_match: input.if_none_match.as_deref(),
                redirect: input.website_redirect_location.as_deref(),
                list: given_acl!(input),
            };
            let checks = put_checks(caller, bucket, &input.key, written, input.tagging.as_deref());
            asked_lock!(input).ask(checks, bucket, &input.key, self.now_ms())
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CopyObject, Self>,
        mut input: CopyObjectRequest,
    ) -> Answer<CopyObjectOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        about::check_key(&input.key)?;
        bucket.list_for_write(&cx.caller, &given_acl!(input))?;
        about::check_redirect(input.website_redirect_location.as_deref())?;
        let condition = WriteCondition::parse(input.if_match.as_deref(), input.if_none_match.as_deref())?;
        let mut named = self.find_source(cx, Named::parse(&input.copy_source)?).await?;
        named.customer = source_key!(input).read()?;
        named.payer.clone_from(&input.request_payer);
        let customer = customer_key!(input).for_write(input.server_side_encryption.as_deref())?;
        let customer = customer.as_ref();
        check_changes_something(&named, &input)?;
        let said = about!(input).checked()?;
        let locked = asked_lock!(input).checked(cx.now().0)?;
        locked.in_bucket(&bucket.record, cx.now().0)?;
        customer::check_blocked(cx, &bucket, &input.key, customer, "s3:CopyObject")?;
        let asked = asked_encryption!(input);
        let sealer = Self::sealer(cx, &bucket, &input.key, &asked, customer).await?;
        let (source, received) = self.fetch(cx, &at.place, &named, &input, &sealer).await?;
        let about = match self.described(cx, &named, &source, &input, said, &bucket).await {
            Ok(about) => about,
            Err(fault) => {
                self.discard(cx, &at.place, &received.fresh).await;
                return Err(fault);
            }
        };
        let teller = Teller::new(self, cx, &bucket, cx.now().0);
        let copy =
            Copy { at: &at, input: &input, about: &about, locked, condition, received: &received, teller };
        match self.commit_copy(cx, &copy).await {
            Ok((version, version_id, expiration)) => {
                let charged = bucket.charged(&cx.caller.who).or_else(|| source.charged.clone());
                let mut output = output(&version, version_id, source);
                output.request_charged = charged;
                output.expiration = expiration;
                set_customer_key!(output, customer);
                Ok(output)
            }
            Err(fault) => {
                self.discard(cx, &at.place, &received.fresh).await;
                Err(fault)
            }
        }
    }
}

/// A copy onto itself must change something.
fn check_changes_something(named: &Named, input: &CopyObjectRequest) -> Answer<()> {
    let same = named.bucket == input.bucket && named.key == input.key && named.version_id.is_none();
    let replaced = input.metadata_directive.as_deref() == Some("REPLACE");
    let encrypted = input.server_side_encryption.is_some() || input.sse_customer_algorithm.is_some();
    let changed = input.storage_class.is_some() || encrypted || input.website_redirect_location.is_some();
    if same && !replaced && !changed {
        return Err(fault::invalid_request(
            "This copy request is illegal because it is trying to copy an object to itself without changing the \
             object's metadata, storage class, website redirect location or encryption attributes.",
        ));
    }
    Ok(())
}

impl S3 {
    /// Reads the source, and writes its bytes to where the copy will be.
    async fn fetch(
        &self,
        cx: &Cx,
        place: &Placement,
        named: &Named,
        input: &CopyObjectRequest,
        sealer: &Sealer,
    ) -> Answer<(Source, Received)> {
        let conditions = Conditions {
            if_match: input.copy_source_if_match.as_deref(),
            if_none_match: input.copy_source_if_none_match.as_deref(),
            if_modified_since: input.copy_source_if_modified_since.map(wire::Time::seconds),
            if_unmodified_since: input.copy_source_if_unmodified_since.map(wire::Time::seconds),
        };
        let asked = input.checksum_algorithm.as_deref();
        let asked = asked.map(|a| Algorithm::parse(a).ok_or_else(fault::unsupported_checksum)).transpose()?;
        for _ in 0..ATTEMPTS {
            let owner = input.expected_source_bucket_owner.as_deref();
            let source = self.source(cx, named, owner, &conditions).await?;
            if source.size > COPY_BYTES_MAX {
                return Err(fault::invalid_request(format!(
                    "The specified copy source is larger than the maximum allowable size for a copy source: \
                     {COPY_BYTES_MAX}"
                )));
            }
            let Some(body) = self.open_source(cx, named, &source, 0..source.size).await? else { continue };
            let algorithm = asked.or(source.algorithm).unwrap_or(Algorithm::Crc64Nvme);
            let said = Said::default();
            let how = How {
                said: &said,
                algorithms: &[algorithm],
                inline_max: INLINE_BYTES_MAX,
                hex_digest: false,
                sealer,
                key: &input.key,
            };
            let received = self.receive(cx, place, &body, &how).await?;
            return Ok((source, received));
        }
        Err(floor::fault::slow_down("the source is replaced faster than it can be read"))
    }

    /// What is said of the copy: by the source, by the request, or some by each.
    async fn described(
        &self,
        cx: &Cx,
        named: &Named,
        source: &Source,
        input: &CopyObjectRequest,
        said: About,
        bucket: &Bucket,
    ) -> Answer<About> {
        let replaced = input.metadata_directive.as_deref() == Some("REPLACE");
        let brings_tags = input.tagging_directive.as_deref() == Some("REPLACE");
        let tags = if brings_tags { said.tags } else { self.source_tags(cx, named, source).await? };
        if !brings_tags && !tags.is_empty() {
            // They are written as those that a request brings.
            let check = bucket.object_check("s3:PutObjectTagging", &input.key);
            cx.ask::<CopyObject, _>(self, vec![access::of_requested(check, &tags)]).await?;
        }
        let (headers, metadata) = if replaced {
            (said.headers, said.metadata)
        } else {
            (source.about.headers.clone(), source.about.metadata.clone())
        };
        Ok(About { headers, metadata, tags, storage_class: said.storage_class })
    }

    async fn commit_copy(
        &self,
        cx: &mut Cx,
        copy: &Copy<'_>,
    ) -> Answer<(Version, Option<String>, Option<String>)> {
        let now_ms = cx.now().0;
        let key = copy.input.key.as_str();
        let releasing = &self.holds.releasing();
        let done = cx.cell(&copy.at.place).await?.transact(|tx| async move {
            let here = copy.at.within(self, &tx, copy.input).await?;
            let bucket = here.inside(&copy.input.bucket)?;
            let slot = Slot::load(&tx, bucket, key).await?;
            copy.condition.check(key, &slot)?;
            // That of the source is not copied.
            let redirect = &copy.input.website_redirect_location;
            let acl = bucket.list_for_write(copy.at.caller(), &given_acl!(copy.input))?;
            let (data, inline) = copy.received.keep(&tx, bucket)?;
            let object = Object {
                size: copy.received.size,
                etag: ETag::whole(copy.received.md5),
                checksum: copy.received.checksums.first().cloned().map(Checksum::full),
                data,
                about: copy.about.clone(),
                sealing: copy.received.sealer.sealing.clone(),
                more: copy
                    .locked
                    .in_bucket(&bucket.record, now_ms)?
                    .enter(More { acl, redirect: redirect.clone(), ..More::default() }.boxed()),
            };
            let change = Change { now_ms, tick: self.ticks.next(now_ms), releasing };
            let version = versions::put(&tx, bucket, key, &slot, object, &inline, change).await?;
            copy.teller.tell(&tx, bucket, &Subject::of(EventName::CreatedCopy, key, &version, bucket));
            let version_id = version.new_id_in(bucket, key);
            let expiration = self.expiration(&tx, bucket, key, &version).await?;
            Ok((version, version_id, expiration))
        });
        done.await
    }
}

/// All that a transaction needs.
struct Copy<'a> {
    at: &'a Admitted<CopyObject, S3>,
    input: &'a CopyObjectRequest,
    about: &'a About,
    locked: Locked,
    condition: WriteCondition,
    received: &'a Received,
    teller: Teller,
}

fn output(version: &Version, version_id: Option<String>, source: Source) -> CopyObjectOutput {
    let mut result = CopyObjectResult {
        last_modified: Some(answer::time(version.modified_ms)),
        ..CopyObjectResult::default()
    };
    if let Some(object) = &version.object {
        result.etag = Some(object.etag.quoted());
        if let Some(checksum) = &object.checksum {
            set_checksum!(result, checksum.value.algorithm, checksum.text());
            result.checksum_type = Some(checksum.kind.name().to_owned());
        }
    }
    let mut output = CopyObjectOutput {
        copy_object_result: Some(result),
        copy_source_version_id: source.version_id,
        version_id,
        ..CopyObjectOutput::default()
    };
    if let Some(object) = &version.object {
        set_encryption!(output, object.sealing);
        output.sse_kms_encryption_context = object.sealing.of_kms().and_then(OfKms::context_text);
    }
    output
}
