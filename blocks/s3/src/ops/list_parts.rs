//! ListParts.

use api_s3::{Initiator, ListParts, ListPartsOutput, ListPartsRequest, Part as Listed};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, answer,
    bucket::{InBucket, place},
    contents,
    customer::{self, Use},
    customer_key,
    etag::ETag,
    lifecycle::Lifecycle,
    multipart,
    payer::terms,
    records::{Part, Upload, UploadId},
    set_checksum,
};

impl Handle<ListParts> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:ListMultipartUploadParts"];

    fn place(&self, caller: &Caller, input: &ListPartsRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListPartsRequest,
    ) -> Answer<Target<InBucket>> {
        let upload = (input.key.as_str(), input.upload_id.as_str());
        let action = "s3:ListMultipartUploadParts";
        self.in_upload(caller, read, &input.bucket, upload, terms!(caller, input), action).await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListParts, Self>,
        input: ListPartsRequest,
    ) -> Answer<ListPartsOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let max = contents::page_size(input.max_parts, "max-parts")?;
        let after = input.part_number_marker.unwrap_or_default().clamp(0, i32::from(u16::MAX));
        let id = UploadId::parse(&input.upload_id)?;
        let view = cx.view(&at.place).await?;
        let upload = multipart::upload(&view, bucket.record.id, &input.key, id).await?;
        if let Some(key) = customer_key!(input).read()? {
            customer::opened(&upload.sealing, Some(&key), Use::Part)?;
        }
        let want = max as usize + 1;
        let mut found = multipart::parts(&view, bucket.record.id, id, after as u16, want).await?;
        let is_truncated = found.len() == want && max > 0;
        found.truncate(max as usize);
        let last = found.last().map_or(after, |(number, _)| i32::from(*number));
        let parts = found.iter().map(|(number, part)| listed(*number, part, &upload)).collect();
        let lifecycle = self.setting::<Lifecycle, _>(&view, bucket).await?;
        let aborts = lifecycle.as_deref().and_then(|rules| rules.aborts(&input.key, upload.initiated_ms));
        Ok(ListPartsOutput {
            request_charged: bucket.charged(&cx.caller.who),
            abort_date: aborts.map(|(at_ms, _)| answer::time(at_ms)),
            abort_rule_id: aborts.map(|(_, rule)| rule.to_owned()),
            bucket: Some(input.bucket),
            key: Some(input.key),
            upload_id: Some(input.upload_id),
            part_number_marker: Some(after),
            next_part_number_marker: Some(last),
            max_parts: Some(max),
            is_truncated: Some(is_truncated),
            parts: contents::some(parts),
            initiator: Some(initiator(&upload)),
            owner: bucket.owner_of(upload.more.as_deref()),
            storage_class: Some(upload.about.storage_class.clone().unwrap_or_else(|| "STANDARD".to_owned())),
            checksum_algorithm: upload.checksum.map(|(algorithm, _)| algorithm.name().to_owned()),
            checksum_type: upload.checksum.map(|(_, kind)| kind.name().to_owned()),
            version_id: None,
        })
    }
}

fn listed(number: u16, part: &Part, upload: &Upload) -> Listed {
    let mut listed = Listed {
        part_number: Some(i32::from(number)),
        last_modified: Some(answer::time(part.modified_ms)),
        etag: Some(ETag::whole(part.md5).quoted()),
        size: Some(part.size as i64),
        ..Listed::default()
    };
    if upload.checksum.is_some() {
        set_checksum!(listed, part.checksum.algorithm, part.checksum.text());
    }
    listed
}

/// Who began an upload.
pub(super) fn initiator(upload: &Upload) -> Initiator {
    let (id, name) = &upload.initiator;
    Initiator { id: Some(id.clone()), display_name: Some(name.clone()).filter(|n| !n.is_empty()) }
}
