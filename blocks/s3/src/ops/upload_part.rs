//! UploadPart.

use api_s3::{UploadPart, UploadPartOutput, UploadPartRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Record as _, Target, Tx};
use wire::Answer;

use crate::{
    S3,
    access::Written,
    bucket::{Bucket, InBucket, place},
    checksum::Algorithm,
    checksum_members,
    customer::{self, Use},
    customer_key, data,
    etag::ETag,
    fault,
    intake::{How, Received, Said},
    multipart,
    payer::terms,
    records::{self, Part, Upload, UploadId},
    set_checksum, set_customer_key, set_encryption,
};

use super::put_object::put_checks;

impl Handle<UploadPart> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutObject"];

    fn place(&self, caller: &Caller, input: &UploadPartRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UploadPartRequest,
    ) -> Answer<Target<InBucket>> {
        let ask = |bucket: &Bucket| {
            let customer_algorithm = input.sse_customer_algorithm.as_deref();
            put_checks(caller, bucket, &input.key, Written { customer_algorithm, ..Written::default() }, None)
        };
        self.in_bucket(read, &input.bucket, terms!(caller, input), ask).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UploadPart, Self>,
        input: UploadPartRequest,
    ) -> Answer<UploadPartOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let number = multipart::part_number(input.part_number)?;
        let id = UploadId::parse(&input.upload_id)?;
        let upload = {
            let view = cx.view(&at.place).await?;
            multipart::upload(&view, bucket.record.id, &input.key, id).await?
        };
        let members = checksum_members!(input);
        let said = Said::of(
            input.content_md5.as_deref(),
            input.checksum_algorithm.as_deref(),
            members,
            &input.body,
        )?;
        let algorithms = algorithms(&upload, &said)?;
        let customer = customer_key!(input).read()?;
        let customer = customer.as_ref();
        customer::check_blocked(cx, &bucket, &input.key, customer, "s3:PutObject")?;
        let opened = customer::opened(&upload.sealing, customer, Use::Part)?;
        let sealer = &Self::sealer_of(cx, &bucket, &input.key, &upload.sealing, opened).await?;
        let how = How {
            said: &said,
            algorithms: &algorithms,
            inline_max: 0,
            hex_digest: false,
            sealer,
            key: &input.key,
        };
        let received = self.receive(cx, &at.place, &input.body, &how).await?;
        let (at, input, received_ref, now_ms) = (&at, &input, &received, cx.now().0);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let place = Place { bucket, key: &input.key, id, number };
            put_part(&tx, &place, received_ref, now_ms).await.map(|_| ())
        });
        if let Err(fault) = done.await {
            self.discard(cx, &at.place, &received.fresh).await;
            return Err(fault);
        }
        let mut output = UploadPartOutput {
            etag: Some(ETag::whole(received.md5).quoted()),
            request_charged: bucket.charged(&cx.caller.who),
            ..UploadPartOutput::default()
        };
        set_encryption!(output, upload.sealing);
        set_customer_key!(output, customer);
        if let Some(value) = received.checksums.iter().find(|c| Some(c.algorithm) == received.given) {
            set_checksum!(output, value.algorithm, value.text());
        }
        Ok(output)
    }
}

/// What is computed of a part: first the checksum that its record keeps, and the one that the client gives, if that
/// is another.
fn algorithms(upload: &Upload, said: &Said) -> Answer<Vec<Algorithm>> {
    let given = said.algorithm();
    match upload.checksum {
        Some((algorithm, _)) if given == Some(algorithm) => Ok(vec![algorithm]),
        Some((algorithm, _)) => Err(fault::invalid_request(format!(
            "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
            algorithm.lower(),
            given.map_or("null", Algorithm::lower)
        ))),
        None => {
            let mut all = vec![Algorithm::Crc64Nvme];
            all.extend(given.filter(|a| *a != Algorithm::Crc64Nvme));
            Ok(all)
        }
    }
}

/// Where a part goes.
pub(super) struct Place<'a> {
    pub(super) bucket: &'a Bucket,
    pub(super) key: &'a str,
    pub(super) id: UploadId,
    pub(super) number: u16,
}

/// Records a part, in place of an earlier one of its number.
pub(super) async fn put_part(tx: &Tx, place: &Place<'_>, received: &Received, now_ms: u64) -> Answer<Part> {
    let bucket = place.bucket.record.id;
    let (data, _) = received.keep(tx, place.bucket)?;
    multipart::upload(tx, bucket, place.key, place.id).await?;
    let key = records::part(bucket, place.id, place.number);
    if let Some(earlier) = tx.get(&key).await? {
        data::release_one(tx, bucket, &Part::decode(&earlier)?.data);
    }
    let checksum = received.checksums.first().cloned();
    let part = Part {
        size: received.size,
        md5: received.md5,
        checksum: checksum.ok_or_else(|| floor::fault::internal("a part was received without checksum"))?,
        modified_ms: now_ms,
        data,
    };
    tx.save(&key, &part);
    Ok(part)
}
