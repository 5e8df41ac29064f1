//! GetObjectAttributes.

use api_s3::{
    Checksum as Attribute, GetObjectAttributes, GetObjectAttributesOutput, GetObjectAttributesParts,
    GetObjectAttributesRequest, ObjectPart,
};
use floor::{Admitted, Caller, Cx, Get, Handle, Placement, Target};
use wire::Answer;

use crate::{
    S3, answer,
    bucket::{Here, place},
    contents, customer_key, data, fault,
    payer::terms,
    reading::{self, Actions, InObject},
    records::{Data, Manifest, Object},
    set_checksum,
};

impl Handle<GetObjectAttributes> for S3 {
    type Loaded = Here<InObject>;

    const ACTIONS: &'static [&'static str] = &[
        "s3:GetObject",
        "s3:GetObjectAttributes",
        "s3:GetObjectVersion",
        "s3:GetObjectVersionAttributes",
        "s3:ListBucket",
        "s3:ListBucketVersions",
    ];

    fn place(&self, caller: &Caller, input: &GetObjectAttributesRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetObjectAttributesRequest,
    ) -> Answer<Target<Here<InObject>>> {
        let (version, terms) = (input.version_id.as_deref(), terms!(caller, input));
        let actions = Actions("s3:GetObject", "s3:GetObjectVersion");
        let name = (input.bucket.as_str(), input.key.as_str());
        let mut target = self.in_object(read, name, version, terms, actions).await?;
        if let Here::Here(here) = &target.loaded {
            let action =
                if version.is_some() { "s3:GetObjectVersionAttributes" } else { "s3:GetObjectAttributes" };
            target.checks.push(here.bucket.object_check(action, &input.key));
        }
        Ok(target)
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetObjectAttributes, Self>,
        input: GetObjectAttributesRequest,
    ) -> Answer<GetObjectAttributesOutput> {
        let here = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (stored, object) = here.object(&input.key, input.version_id.as_deref(), "GET")?;
        reading::opened(object, &customer_key!(input))?;
        let mut output = GetObjectAttributesOutput {
            last_modified: Some(answer::time(stored.version.modified_ms)),
            version_id: stored.version.id_in(&here.bucket, &input.key),
            request_charged: here.bucket.charged(&cx.caller.who),
            ..GetObjectAttributesOutput::default()
        };
        for name in input.object_attributes.iter().flat_map(|a| a.split(',')).map(str::trim) {
            match name {
                "ETag" => output.etag = Some(object.etag.to_string()),
                "Checksum" => output.checksum = checksum(object),
                "StorageClass" => {
                    let class = object.about.storage_class.as_deref();
                    output.storage_class = Some(contents::storage_class(class));
                }
                "ObjectSize" => output.object_size = Some(object.size as i64),
                "ObjectParts" => {
                    let Data::Parts(parts) = &object.data else { continue };
                    let view = cx.view(&at.place).await?;
                    let manifest = data::manifest(&view, here.bucket.record.id, parts.manifest).await?;
                    let manifest = manifest
                        .ok_or_else(|| floor::fault::slow_down("the object was replaced meanwhile"))?;
                    output.object_parts = Some(object_parts(&manifest, &input)?);
                }
                _ => {
                    let message = "Invalid attribute name specified.";
                    return Err(fault::invalid_argument(message, "x-amz-object-attributes", name));
                }
            }
        }
        Ok(output)
    }
}

fn checksum(object: &Object) -> Option<Attribute> {
    let checksum = object.checksum.as_ref()?;
    let mut attribute = Attribute::default();
    set_checksum!(attribute, checksum.value.algorithm, checksum.value.text());
    attribute.checksum_type = Some(checksum.kind.name().to_owned());
    Some(attribute)
}

/// The parts one by one are told only where they have checksums of their own.
fn object_parts(manifest: &Manifest, input: &GetObjectAttributesRequest) -> Answer<GetObjectAttributesParts> {
    let total_parts_count = Some(manifest.parts.len() as i32);
    if manifest.parts.iter().all(|p| p.checksum.is_none()) {
        return Ok(GetObjectAttributesParts { total_parts_count, ..GetObjectAttributesParts::default() });
    }
    let max = contents::page_size(input.max_parts, "max-parts")?;
    let after = input.part_number_marker.unwrap_or_default();
    let mut behind = manifest.parts.iter().filter(|p| i32::from(p.number) > after);
    let page: Vec<_> = behind.by_ref().take(max as usize).collect();
    let last = page.last().map_or(after, |p| i32::from(p.number));
    let parts = page.into_iter().map(|piece| {
        let mut part = ObjectPart {
            part_number: Some(i32::from(piece.number)),
            size: Some(piece.size as i64),
            ..ObjectPart::default()
        };
        if let Some(value) = &piece.checksum {
            set_checksum!(part, value.algorithm, value.text());
        }
        part
    });
    let parts = contents::some(parts.collect());
    Ok(GetObjectAttributesParts {
        total_parts_count,
        part_number_marker: Some(after),
        next_part_number_marker: Some(last),
        max_parts: Some(max),
        is_truncated: Some(behind.next().is_some()),
        parts,
    })
}
