//! The source of a copy: named in a header, authorised like a read, and in another region read like by a client.

use std::{ops::Range, sync::Arc};

use api_s3::{
    GetObject, GetObjectRequest, GetObjectTagging, GetObjectTaggingRequest, HeadObject, HeadObjectOutput,
    HeadObjectRequest,
};
use auth::Region;
use floor::{As, Cx, Placement, cx::Through};
use percent_encoding::percent_decode_str;
use wire::{Answer, Fault, Stream};

use crate::{
    S3,
    access_point::Point,
    bucket::Here,
    checksum::Algorithm,
    conditions::Conditions,
    customer::{self, CustomerKey, Use},
    etag::ETag,
    fault, outgo, reading,
    reading::InObject,
    records::{About, Header, Object},
    tags::Tags,
};

/// What `x-amz-copy-source` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: String,
    /// The version.
    pub version_id: Option<String>,
    /// The customer's key for it.
    pub customer: Option<CustomerKey>,
    /// `x-amz-request-payer`.
    pub payer: Option<String>,
    /// The access point that the caller comes through to it.
    pub point: Option<Arc<Point>>,
}

impl Named {
    /// Reads `bucket/key` or `bucket/key?versionId=id`, URL-encoded, with or without a leading slash. In the place of the
    /// bucket there may be the ARN of an access point, before `/object/key`.
    pub fn parse(header: &str) -> Answer<Self> {
        let (path, query) = header.split_once('?').unwrap_or((header, ""));
        let path = decoded(path)?;
        let path = path.strip_prefix('/').unwrap_or(&path);
        let parts = if path.starts_with("arn:") { path.split_once("/object/") } else { path.split_once('/') };
        let (bucket, key) = parts.filter(|(_, key)| !key.is_empty()).ok_or_else(invalid)?;
        let version = query.split('&').find_map(|pair| pair.strip_prefix("versionId=")).map(decoded);
        Ok(Self {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            version_id: version.transpose()?,
            customer: None,
            payer: None,
            point: None,
        })
    }

    fn through(&self) -> Option<Arc<dyn Through>> {
        self.point.clone().map(|point| point as _)
    }
}

fn decoded(text: &str) -> Answer<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| invalid())
}

fn invalid() -> Fault {
    fault::invalid_argument("Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source")
}

/// A source that the caller may read.
pub struct Source {
    /// In bytes.
    pub size: u64,
    /// Its tag, in quotes.
    pub etag: String,
    /// Its version, where its bucket has versions.
    pub version_id: Option<String>,
    /// What is known of it, without tags where it is in another region.
    pub about: About,
    /// The algorithm of its checksum.
    pub algorithm: Option<Algorithm>,
    /// Whom its bucket charges for the read.
    pub charged: Option<String>,
    place: Where,
}

enum Where {
    Here(Placement, Arc<Here<InObject>>),
    There(Region, i32),
}

impl S3 {
    /// Finds a source and checks the conditions on it.
    pub async fn source(
        &self,
        cx: &Cx,
        named: &Named,
        expected_owner: Option<&str>,
        conditions: &Conditions<'_>,
    ) -> Answer<Source> {
        let request = GetObjectRequest {
            bucket: named.bucket.clone(),
            key: named.key.clone(),
            version_id: named.version_id.clone(),
            expected_bucket_owner: expected_owner.map(str::to_owned),
            request_payer: named.payer.clone(),
            ..GetObjectRequest::default()
        };
        let request = with_key(request, named);
        let at = cx.admit_through::<GetObject, Self>(self, &request, named.through()).await?;
        match at.loaded.or_elsewhere(cx, &named.bucket).await {
            Ok(here) => {
                let (stored, object) =
                    here.object(&named.key, named.version_id.as_deref(), "GET").map_err(of_source)?;
                reading::check_archived(object, cx.now().0).map_err(of_source)?;
                customer::opened(&object.sealing, named.customer.as_ref(), Use::Read)?;
                let modified = (stored.version.modified_ms / 1000) as i64;
                check(conditions, object.etag, modified, cx)?;
                let version_id = stored.version.id_in(&here.bucket, &named.key);
                let charged = here.bucket.charged(&cx.caller.who);
                let found = Source::here(object, version_id, at.place.clone(), at.loaded.clone());
                Ok(Source { charged, ..found })
            }
            Err(elsewhere) => self.source_there(cx, request, conditions, elsewhere).await,
        }
    }

    /// A source in another region: asked like any client would.
    async fn source_there(
        &self,
        cx: &Cx,
        request: GetObjectRequest,
        conditions: &Conditions<'_>,
        elsewhere: Fault,
    ) -> Answer<Source> {
        let region = elsewhere.headers().iter().find(|(name, _)| name.as_str() == "x-amz-bucket-region");
        let region = region.and_then(|(_, value)| value.to_str().ok()?.parse::<Region>().ok());
        let Some(region) = region else { return Err(elsewhere) };
        let head = HeadObjectRequest {
            bucket: request.bucket,
            key: request.key,
            version_id: request.version_id,
            expected_bucket_owner: request.expected_bucket_owner,
            checksum_mode: Some("ENABLED".to_owned()),
            request_payer: request.request_payer,
            sse_customer_algorithm: request.sse_customer_algorithm,
            sse_customer_key: request.sse_customer_key,
            sse_customer_key_md5: request.sse_customer_key_md5,
            ..HeadObjectRequest::default()
        };
        let found = cx.call::<HeadObject>(As::Caller, &region, head).await.map_err(of_source)?;
        let etag = found.etag.clone().unwrap_or_default();
        let modified = found.last_modified.map_or(0, wire::Time::seconds);
        let parsed = ETag::parse(&etag).ok_or_else(|| floor::fault::internal("a tag cannot be read"))?;
        check(conditions, parsed, modified, cx)?;
        Ok(Source {
            size: found.content_length.unwrap_or_default() as u64,
            etag,
            version_id: found.version_id.clone(),
            algorithm: algorithm(&found),
            charged: found.request_charged.clone(),
            place: Where::There(region, found.tag_count.unwrap_or_default()),
            about: about(found),
        })
    }

    /// The tags of a source; the caller must be allowed to read those, too.
    pub async fn source_tags(&self, cx: &Cx, named: &Named, source: &Source) -> Answer<Tags> {
        let request = GetObjectTaggingRequest {
            bucket: named.bucket.clone(),
            key: named.key.clone(),
            version_id: named.version_id.clone(),
            request_payer: named.payer.clone(),
            ..GetObjectTaggingRequest::default()
        };
        match &source.place {
            Where::Here(..) if source.about.tags.is_empty() => Ok(Tags::new()),
            Where::There(_, 0) => Ok(Tags::new()),
            Where::Here(..) => {
                cx.admit_through::<GetObjectTagging, Self>(self, &request, named.through()).await?;
                Ok(source.about.tags.clone())
            }
            Where::There(region, _) => {
                let found = cx.call::<GetObjectTagging>(As::Caller, region, request).await?;
                Ok(found.tag_set.unwrap_or_default().into_iter().map(|t| (t.key, t.value)).collect())
            }
        }
    }

    /// Opens bytes of a source. None: it was replaced since it was found.
    pub async fn open_source(
        &self,
        cx: &Cx,
        named: &Named,
        source: &Source,
        range: Range<u64>,
    ) -> Answer<Option<Stream>> {
        match &source.place {
            Where::Here(place, here) => {
                let here = here.inside(&named.bucket)?;
                let Some((stored, object)) = here.found.as_ref().and_then(|s| Some((s, s.object()?))) else {
                    return Ok(None);
                };
                let opened = customer::opened(&object.sealing, named.customer.as_ref(), Use::Read)?;
                let sealer = Self::sealer_of(cx, &here.bucket, &named.key, &object.sealing, opened).await?;
                outgo::open(&self.holds, cx, place, sealer, &named.key, stored, range).await
            }
            Where::There(region, _) => {
                let whole = range == (0..source.size);
                let request = GetObjectRequest {
                    bucket: named.bucket.clone(),
                    key: named.key.clone(),
                    version_id: named.version_id.clone(),
                    if_match: Some(source.etag.clone()),
                    request_payer: named.payer.clone(),
                    range: (!whole).then(|| format!("bytes={}-{}", range.start, range.end.saturating_sub(1))),
                    ..GetObjectRequest::default()
                };
                let request = with_key(request, named);
                match cx.call::<GetObject>(As::Caller, region, request).await {
                    Ok(found) => Ok(Some(found.body)),
                    Err(fault) if matches!(fault.status(), 404 | 412) => Ok(None),
                    Err(fault) => Err(fault),
                }
            }
        }
    }
}

/// The read of a source, with its customer's key.
fn with_key(request: GetObjectRequest, named: &Named) -> GetObjectRequest {
    let Some(key) = &named.customer else { return request };
    GetObjectRequest {
        sse_customer_algorithm: Some(customer::ALGORITHM.to_owned()),
        sse_customer_key: Some(key.header()),
        sse_customer_key_md5: Some(key.md5.clone()),
        ..request
    }
}

impl Source {
    fn here(object: &Object, version_id: Option<String>, place: Placement, at: Arc<Here<InObject>>) -> Self {
        Self {
            size: object.size,
            etag: object.etag.quoted(),
            version_id,
            about: object.about.clone(),
            algorithm: object.checksum.as_ref().map(|c| c.value.algorithm),
            charged: None,
            place: Where::Here(place, at),
        }
    }
}

fn check(conditions: &Conditions<'_>, etag: ETag, modified: i64, cx: &Cx) -> Answer<()> {
    match conditions.failed(etag, modified, cx.now().seconds() as i64) {
        None => Ok(()),
        Some(failed) => Err(fault::precondition_failed(failed.copy_header())),
    }
}

/// What is wrong with a read, said of the source of a copy.
fn of_source(fault: Fault) -> Fault {
    match fault.code() {
        "MethodNotAllowed" => fault::invalid_request(
            "The source of a copy request may not specifically refer to a delete marker by version id.",
        ),
        "InvalidObjectState" => Fault::coded(
            "ObjectNotInActiveTierError",
            403,
            "The source object of the COPY action is not in the active tier and is only stored in Amazon S3 Glacier.",
        ),
        _ => fault,
    }
}

fn about(found: HeadObjectOutput) -> About {
    let headers = [
        (Header::ContentType, found.content_type),
        (Header::ContentEncoding, found.content_encoding),
        (Header::ContentDisposition, found.content_disposition),
        (Header::ContentLanguage, found.content_language),
        (Header::CacheControl, found.cache_control),
        (Header::Expires, found.expires),
    ];
    About {
        headers: headers.into_iter().filter_map(|(header, value)| Some((header, value?))).collect(),
        metadata: found.metadata.unwrap_or_default(),
        tags: Tags::new(),
        storage_class: found.storage_class,
    }
}

fn algorithm(found: &HeadObjectOutput) -> Option<Algorithm> {
    let members = [
        (Algorithm::Crc32, &found.checksum_crc32),
        (Algorithm::Crc32c, &found.checksum_crc32c),
        (Algorithm::Crc64Nvme, &found.checksum_crc64nvme),
        (Algorithm::Sha1, &found.checksum_sha1),
        (Algorithm::Sha256, &found.checksum_sha256),
        (Algorithm::Sha512, &found.checksum_sha512),
        (Algorithm::Md5, &found.checksum_md5),
        (Algorithm::XxHash64, &found.checksum_xxhash64),
        (Algorithm::XxHash3, &found.checksum_xxhash3),
        (Algorithm::XxHash128, &found.checksum_xxhash128),
    ];
    members.into_iter().find(|(_, value)| value.is_some()).map(|(algorithm, _)| algorithm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_named_in_many_ways() {
        let named = |key: &str, version: Option<&str>| Named {
            bucket: "b".into(),
            key: key.into(),
            version_id: version.map(str::to_owned),
            customer: None,
            payer: None,
            point: None,
        };
        for (header, expected) in [
            ("b/k", named("k", None)),
            ("/b/k", named("k", None)),
            ("b/a%2Fk%20x%2B", named("a/k x+", None)),
            ("b/a+b//c", named("a b//c", None)),
            ("b%2Fk", named("k", None)),
            ("b/k?versionId=v%2B1", named("k", Some("v+1"))),
            ("b/k%3Fv?versionId=null", named("k?v", Some("null"))),
            (
                "arn:aws:s3:us-east-1:000000000000:accesspoint/p/object/a/k",
                Named {
                    bucket: "arn:aws:s3:us-east-1:000000000000:accesspoint/p".into(),
                    ..named("a/k", None)
                },
            ),
        ] {
            assert_eq!(Named::parse(header).unwrap(), expected, "{header}");
        }
        for wrong in ["", "b", "b/", "/b", "b/%FF", "arn:aws:s3:us-east-1:000000000000:accesspoint/p/k"] {
            assert_eq!(
                Named::parse(wrong).unwrap_err().message(),
                "Invalid copy source object key",
                "{wrong}"
            );
        }
    }
}
