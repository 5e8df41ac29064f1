//! UploadPartCopy.

use api_s3::{CopyPartResult, UploadPartCopy, UploadPartCopyOutput, UploadPartCopyRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::{Answer, Fault};

use crate::{
    S3,
    access::Written,
    answer,
    bucket::{Bucket, InBucket, place},
    checksum::Algorithm,
    conditions::Conditions,
    copying::{Named, Source},
    customer::{self, Use},
    customer_key,
    etag::ETag,
    fault,
    intake::{How, Received, Said},
    limits::UPLOAD_BYTES_MAX,
    multipart,
    payer::terms,
    range::{self, CopyRangeError},
    records::UploadId,
    sealing::Sealer,
    set_checksum, set_customer_key, set_encryption, source_key,
};

use super::{
    put_object::put_checks,
    upload_part::{Place, put_part},
};

/// How often a copy begins anew because its source was replaced meanwhile.
const ATTEMPTS: usize = 5;

impl Handle<UploadPartCopy> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutObject"];

    fn place(&self, caller: &Caller, input: &UploadPartCopyRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UploadPartCopyRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let written = Written {
                copy_source: Some(&input.copy_source),
                customer_algorithm: input.sse_customer_algorithm.as_deref(),
                ..Written::default()
            };
            put_checks(caller, bucket, &input.key, written, None)
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UploadPartCopy, Self>,
        input: UploadPartCopyRequest,
    ) -> Answer<UploadPartCopyOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let number = multipart::part_number(input.part_number)?;
        let id = UploadId::parse(&input.upload_id)?;
        let upload = {
            let view = cx.view(&at.place).await?;
            multipart::upload(&view, bucket.record.id, &input.key, id).await?
        };
        let mut named = self.find_source(cx, Named::parse(&input.copy_source)?).await?;
        named.customer = source_key!(input).read()?;
        named.payer.clone_from(&input.request_payer);
        let customer = customer_key!(input).read()?;
        let customer = customer.as_ref();
        customer::check_blocked(cx, &bucket, &input.key, customer, "s3:PutObject")?;
        let algorithm = upload.checksum.map_or(Algorithm::Crc64Nvme, |(algorithm, _)| algorithm);
        let opened = customer::opened(&upload.sealing, customer, Use::Part)?;
        let sealer = Self::sealer_of(cx, &bucket, &input.key, &upload.sealing, opened).await?;
        let (source, received) = self.fetch_part(cx, &at.place, &named, &input, algorithm, &sealer).await?;
        let (at, input, received_ref, now_ms) = (&at, &input, &received, cx.now().0);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let place = Place { bucket, key: &input.key, id, number };
            put_part(&tx, &place, received_ref, now_ms).await
        });
        let part = match done.await {
            Ok(part) => part,
            Err(fault) => {
                self.discard(cx, &at.place, &received.fresh).await;
                return Err(fault);
            }
        };
        let mut result = CopyPartResult {
            etag: Some(ETag::whole(part.md5).quoted()),
            last_modified: Some(answer::time(part.modified_ms)),
            ..CopyPartResult::default()
        };
        if upload.checksum.is_some() {
            set_checksum!(result, part.checksum.algorithm, part.checksum.text());
        }
        let mut output = UploadPartCopyOutput {
            copy_part_result: Some(result),
            copy_source_version_id: source.version_id,
            request_charged: bucket.charged(&cx.caller.who).or(source.charged),
            ..UploadPartCopyOutput::default()
        };
        set_encryption!(output, upload.sealing);
        set_customer_key!(output, customer);
        Ok(output)
    }
}

impl S3 {
    async fn fetch_part(
        &self,
        cx: &Cx,
        place: &Placement,
        named: &Named,
        input: &UploadPartCopyRequest,
        algorithm: Algorithm,
        sealer: &Sealer,
    ) -> Answer<(Source, Received)> {
        let conditions = Conditions {
            if_match: input.copy_source_if_match.as_deref(),
            if_none_match: input.copy_source_if_none_match.as_deref(),
            if_modified_since: input.copy_source_if_modified_since.map(wire::Time::seconds),
            if_unmodified_since: input.copy_source_if_unmodified_since.map(wire::Time::seconds),
        };
        for _ in 0..ATTEMPTS {
            let owner = input.expected_source_bucket_owner.as_deref();
            let source = self.source(cx, named, owner, &conditions).await?;
            let range = match input.copy_source_range.as_deref() {
                None => 0..source.size,
                Some(header) => {
                    range::copied(header, source.size).map_err(|e| bad_range(e, header, source.size))?
                }
            };
            if range.end - range.start > UPLOAD_BYTES_MAX {
                return Err(fault::invalid_request(format!(
                    "The specified copy source is larger than the maximum allowable size for a copy source: \
                     {UPLOAD_BYTES_MAX}"
                )));
            }
            let Some(body) = self.open_source(cx, named, &source, range).await? else { continue };
            let said = Said::default();
            let how = How {
                said: &said,
                algorithms: &[algorithm],
                inline_max: 0,
                hex_digest: false,
                sealer,
                key: &input.key,
            };
            let received = self.receive(cx, place, &body, &how).await?;
            return Ok((source, received));
        }
        Err(floor::fault::slow_down("the source is replaced faster than it can be read"))
    }
}

fn bad_range(error: CopyRangeError, header: &str, size: u64) -> Fault {
    match error {
        CopyRangeError::Form => fault::invalid_argument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the \
             zero-based offsets of the first and last bytes to copy",
            "x-amz-copy-source-range",
            header,
        ),
        CopyRangeError::Behind => {
            fault::invalid_request("The specified copy range is invalid for the source object size")
        }
        CopyRangeError::TooLong => fault::invalid_argument(
            format!("Range specified is not valid for source object of size: {size}"),
            "x-amz-copy-source-range",
            header,
        ),
    }
}
