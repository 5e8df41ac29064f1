//! AbortMultipartUpload.

use api_s3::{AbortMultipartUpload, AbortMultipartUploadOutput, AbortMultipartUploadRequest};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3,
    bucket::{InBucket, place},
    data,
    limits::PART_NUMBERS,
    multipart,
    payer::terms,
    records::{self, UploadId},
};

impl Handle<AbortMultipartUpload> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:AbortMultipartUpload"];

    fn place(&self, caller: &Caller, input: &AbortMultipartUploadRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &AbortMultipartUploadRequest,
    ) -> Answer<Target<InBucket>> {
        let upload = (input.key.as_str(), input.upload_id.as_str());
        let action = "s3:AbortMultipartUpload";
        self.in_upload(caller, read, &input.bucket, upload, terms!(caller, input), action).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AbortMultipartUpload, Self>,
        input: AbortMultipartUploadRequest,
    ) -> Answer<AbortMultipartUploadOutput> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let upload_id = UploadId::parse(&input.upload_id)?;
        let (at, input) = (&at, &input);
        let aborted = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            let id = bucket.record.id;
            multipart::upload(&tx, id, &input.key, upload_id).await?;
            for (_, part) in multipart::parts(&tx, id, upload_id, 0, *PART_NUMBERS.end() as usize).await? {
                data::release_one(&tx, id, &part.data);
            }
            tx.delete_range(&records::parts(id, upload_id).all());
            tx.delete(&records::upload(id, &input.key, upload_id));
            let request_charged = bucket.charged(&at.caller().who);
            Ok(AbortMultipartUploadOutput { request_charged, ..AbortMultipartUploadOutput::default() })
        });
        aborted.await
    }
}
