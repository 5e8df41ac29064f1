//! Uploads in parts: their names, their records, and how parts make a whole.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>

use api_s3::CompletedPart;
use auth::{Identity, Kind as Principal};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use floor::{Caller, Get, Record as _, Target};
use wire::{Answer, Fault};

use crate::{
    S3,
    bucket::{Here, InBucket},
    checksum::{Algorithm, Checksum, Kind, Value},
    checksum_members,
    etag::{ETag, bare},
    fault,
    limits::{OBJECT_BYTES_MAX, PART_BYTES_MIN, PART_NUMBERS},
    payer::Terms,
    records::{self, Manifest, Part, Piece, Upload, UploadId},
};

impl UploadId {
    /// As clients know it: 22 characters that are safe in URLs.
    pub fn text(self) -> String {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.order.to_be_bytes());
        bytes[8..].copy_from_slice(&self.secret.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// From a request; what is no id names no upload.
    pub fn parse(text: &str) -> Answer<Self> {
        let bytes: Option<[u8; 16]> = URL_SAFE_NO_PAD.decode(text).ok().and_then(|b| b.try_into().ok());
        let bytes = bytes.ok_or_else(|| fault::no_such_upload(text))?;
        let number = |at: usize| bytes[at..at + 8].iter().fold(0, |n, b| n << 8 | u64::from(*b));
        Ok(Self { order: number(0), secret: number(8) })
    }
}

/// An upload that is under way.
pub async fn upload<R: Get>(read: &R, bucket: u64, key: &str, id: UploadId) -> Answer<Upload> {
    let found = read.load(&records::upload(bucket, key, id)).await?;
    found.ok_or_else(|| fault::no_such_upload(&id.text()))
}

/// The parts of an upload with numbers above `after`, in order.
pub async fn parts<R: Get>(
    read: &R,
    bucket: u64,
    id: UploadId,
    after: u16,
    limit: usize,
) -> Answer<Vec<(u16, Part)>> {
    let base = records::parts(bucket, id);
    let mut range = base.all();
    range.start =
        bytes::Bytes::copy_from_slice(base.clone().raw(&after.saturating_add(1).to_be_bytes()).as_slice());
    let found = read.range(range, limit).await?;
    let found = found.iter().map(|(key, value)| {
        let number = key[base.len()..].try_into().map(u16::from_be_bytes);
        let number = number.map_err(|_| floor::fault::internal("the key of a part cannot be read"))?;
        Ok((number, Part::decode(value)?))
    });
    found.collect()
}

/// A part's number from a request.
pub fn part_number(number: i32) -> Answer<u16> {
    if PART_NUMBERS.contains(&number) {
        Ok(number as u16)
    } else {
        Err(fault::invalid_part_number_argument(number))
    }
}

/// The checksum that an upload will have, from what its creation says.
pub fn planned(algorithm: Option<&str>, kind: Option<&str>) -> Answer<Option<(Algorithm, Kind)>> {
    let Some(algorithm) = algorithm else {
        return match kind {
            None => Ok(None),
            Some(_) => Err(fault::invalid_request(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
            )),
        };
    };
    let algorithm = Algorithm::parse(algorithm).ok_or_else(fault::unsupported_checksum)?;
    let kind = match kind {
        None => algorithm.kind_default(),
        Some(text) => Kind::parse(text)
            .ok_or_else(|| fault::invalid_request("Value for x-amz-checksum-type header is invalid."))?,
    };
    if algorithm.allows(kind) {
        return Ok(Some((algorithm, kind)));
    }
    Err(fault::invalid_request(format!(
        "The {} checksum type cannot be used with the {} checksum algorithm.",
        kind.name(),
        algorithm.lower()
    )))
}

/// What a request to complete an upload says.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The upload.
    pub id: UploadId,
    /// The parts, as the client lists them.
    pub parts: &'a [CompletedPart],
    /// The kind of checksum that the client expects.
    pub kind: Option<&'a str>,
    /// The checksum of the whole that the client expects.
    pub checksum: Option<(Algorithm, &'a str)>,
    /// The size that the client expects.
    pub size: Option<i64>,
}

/// An object made of parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whole {
    /// Its parts.
    pub manifest: Manifest,
    /// In bytes.
    pub size: u64,
    /// Its tag.
    pub etag: ETag,
    /// Its checksum.
    pub checksum: Option<Checksum>,
}

/// Puts the parts of an upload together as the client asks. `parts` are those that were uploaded, in order.
pub fn assemble(upload: &Upload, parts: &[(u16, Part)], asked: &Asked<'_>) -> Answer<Whole> {
    check_order(asked)?;
    let kind = upload.checksum.map(|(_, kind)| kind.name());
    if asked.kind.is_some_and(|k| Some(k) != kind) {
        return Err(fault::invalid_request(format!(
            "The upload was created using the {} checksum mode. The complete request must use the same checksum \
             mode.",
            kind.unwrap_or("null")
        )));
    }
    let mut chosen = Vec::with_capacity(asked.parts.len());
    for (i, one) in asked.parts.iter().enumerate() {
        let number = one.part_number.unwrap_or_default();
        let part = find(parts, number).ok_or_else(|| invalid_part(asked, one))?;
        check_part(upload, part, asked, one)?;
        if i + 1 < asked.parts.len() && part.size < PART_BYTES_MIN {
            return Err(fault::entity_too_small(part.size, number as u16, ETag::whole(part.md5)));
        }
        chosen.push((number as u16, part));
    }
    let size: u64 = chosen.iter().map(|(_, part)| part.size).sum();
    if let Some(expected) = asked.size.filter(|s| *s != size as i64) {
        return Err(fault::invalid_request(format!(
            "The provided 'x-amz-mp-object-size' header value {expected} does not match what was computed: {size}"
        )));
    }
    if size > OBJECT_BYTES_MAX {
        return Err(fault::entity_too_large(size));
    }
    let checksum = whole_checksum(upload, &chosen, asked)?;
    let is_shown = upload.checksum.is_some_and(|(_, kind)| kind == Kind::Composite);
    let pieces = chosen.iter().map(|(number, part)| Piece {
        number: *number,
        size: part.size,
        data: part.data.clone(),
        checksum: is_shown.then(|| part.checksum.clone()),
    });
    Ok(Whole {
        manifest: Manifest { parts: pieces.collect() },
        size,
        etag: ETag::of_parts(chosen.iter().map(|(_, part)| part.md5)),
        checksum,
    })
}

/// The tag that an object has whose parts have the tags that the client lists; none where these are no tags.
pub fn etag_of(asked: &[CompletedPart]) -> Option<ETag> {
    let digests: Option<Vec<[u8; 16]>> =
        asked.iter().map(|part| hex::decode(bare(part.etag.as_deref()?)).ok()?.try_into().ok()).collect();
    Some(ETag::of_parts(digests?))
}

fn check_order(asked: &Asked<'_>) -> Answer<()> {
    if asked.parts.is_empty() {
        return Err(fault::invalid_request("You must specify at least one part"));
    }
    let numbers: Vec<_> = asked.parts.iter().map(|p| p.part_number.unwrap_or_default()).collect();
    if let Some(wrong) = numbers.iter().find(|n| !PART_NUMBERS.contains(n)) {
        return Err(fault::invalid_part_number_argument(*wrong));
    }
    if numbers.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(fault::invalid_part_order(&asked.id.text())) }
}

fn find(parts: &[(u16, Part)], number: i32) -> Option<&Part> {
    let at = parts.binary_search_by_key(&number, |(n, _)| i32::from(*n)).ok()?;
    Some(&parts[at].1)
}

fn invalid_part(asked: &Asked<'_>, one: &CompletedPart) -> Fault {
    let etag = bare(one.etag.as_deref().unwrap_or_default());
    fault::invalid_part(&asked.id.text(), one.part_number.unwrap_or_default(), etag)
}

/// Compares a part with what the client says of it.
fn check_part(upload: &Upload, part: &Part, asked: &Asked<'_>, one: &CompletedPart) -> Answer<()> {
    let is_named = one.etag.as_deref().is_some_and(|tag| ETag::whole(part.md5).is(tag));
    let given: Vec<_> = checksum_members!(one)
        .into_iter()
        .filter_map(|(a, header, value)| Some((a, header, value?)))
        .collect();
    let Some((algorithm, kind)) = upload.checksum else {
        return if is_named && given.is_empty() { Ok(()) } else { Err(invalid_part(asked, one)) };
    };
    if !is_named {
        return Err(invalid_part(asked, one));
    }
    let of_upload = given.iter().find(|(a, _, _)| *a == algorithm);
    match (of_upload, given.first(), kind) {
        (Some((_, _, text)), _, _) if *text == part.checksum.text() => Ok(()),
        (Some(_), _, _) => Err(invalid_part(asked, one)),
        (None, _, Kind::FullObject) => Ok(()),
        (None, Some((_, header, _)), Kind::Composite) => Err(Fault::coded(
            "BadDigest",
            400,
            format!(
                "The {} you specified for part {} did not match what we received.",
                header.trim_start_matches("x-amz-checksum-"),
                one.part_number.unwrap_or_default()
            ),
        )),
        (None, None, Kind::Composite) => Err(fault::invalid_request(format!(
            "The upload was created using a {} checksum. The complete request must include the checksum for each \
             part. It was missing for part {} in the request.",
            algorithm.lower(),
            one.part_number.unwrap_or_default()
        ))),
    }
}

/// Who begins an upload, as listings name them: id, and name where there is one.
pub fn initiator(who: &Identity) -> (String, String) {
    match &who.kind {
        Principal::Root | Principal::Anonymous => (who.canonical_id.clone(), String::new()),
        Principal::User { name, .. } => (who.arn().to_owned(), name.clone()),
        _ => (who.arn().to_owned(), who.user_id.clone()),
    }
}

impl S3 {
    /// The target of an operation on an upload that whoever began it may do, whatever the bucket allows them.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions>
    pub async fn in_upload<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        bucket: &str,
        (key, upload): (&str, &str),
        terms: Terms<'_>,
        action: &'static str,
    ) -> Answer<Target<InBucket>> {
        let mut target = self.in_bucket(read, bucket, terms, |b| vec![b.object_check(action, key)]).await?;
        let Here::Here(bucket) = &target.loaded else { return Ok(target) };
        let who = &caller.who;
        if who.account == bucket.record.owner || who.is_anonymous() {
            return Ok(target);
        }
        let Ok(id) = UploadId::parse(upload) else { return Ok(target) };
        let found: Option<Upload> = read.load(&records::upload(bucket.record.id, key, id)).await?;
        if found.is_some_and(|found| found.initiator == initiator(who)) {
            let checks = std::mem::take(&mut target.checks).into_iter();
            target.checks = checks.map(|check| bucket.for_writer(check, who)).collect();
        }
        Ok(target)
    }
}

/// The checksum of the whole, compared with what the client says of it.
fn whole_checksum(upload: &Upload, chosen: &[(u16, &Part)], asked: &Asked<'_>) -> Answer<Option<Checksum>> {
    let (algorithm, kind) = upload.checksum.unwrap_or((Algorithm::Crc64Nvme, Kind::FullObject));
    let values: Vec<(&Value, u64)> = chosen.iter().map(|(_, part)| (&part.checksum, part.size)).collect();
    let whole = Checksum::of_parts(algorithm, kind, values.into_iter())
        .ok_or_else(|| floor::fault::internal("the checksums of parts do not fit together"))?;
    if let Some((given, text)) = asked.checksum {
        let matches = given == algorithm && (text == whole.text() || text == whole.value.text());
        // AWS takes the checksum of a whole object only where its kind is named as well.
        let is_named = kind == Kind::Composite || upload.checksum.is_none() || asked.kind.is_some();
        if !matches || !is_named {
            return Err(fault::bad_checksum(algorithm.lower()));
        }
    }
    Ok(Some(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{About, Data};

    const ID: UploadId = UploadId { order: 1, secret: 2 };

    fn upload_with(checksum: Option<(Algorithm, Kind)>) -> Upload {
        Upload {
            initiated_ms: 0,
            seen: None,
            about: About::default(),
            checksum,
            initiator: (String::new(), String::new()),
            sealing: crate::records::Sealing::Bucket,
            more: None,
        }
    }

    fn part(bytes: &[u8], size: u64, algorithm: Algorithm) -> Part {
        use md5::{Digest as _, Md5};
        let checksum = Value::of(algorithm, bytes);
        Part { size, md5: Md5::digest(bytes).into(), checksum, modified_ms: 0, data: Data::Inline }
    }

    fn listed(number: i32, part: &Part) -> CompletedPart {
        let etag = Some(ETag::whole(part.md5).quoted());
        CompletedPart { part_number: Some(number), etag, ..CompletedPart::default() }
    }

    fn asked(parts: &[CompletedPart]) -> Asked<'_> {
        Asked { id: ID, parts, kind: None, checksum: None, size: None }
    }

    fn refused(upload: &Upload, parts: &[(u16, Part)], asked: &Asked<'_>) -> String {
        let fault = assemble(upload, parts, asked).unwrap_err();
        format!("{}: {}", fault.code(), fault.message())
    }

    #[test]
    fn ids_are_read_back() {
        let id = UploadId { order: 77, secret: u64::MAX };
        assert_eq!(UploadId::parse(&id.text()).unwrap(), id);
        assert_eq!(UploadId::parse("fakeid").unwrap_err().code(), "NoSuchUpload");
    }

    #[test]
    fn plans_are_those_that_aws_offers() {
        assert_eq!(planned(None, None).unwrap(), None);
        assert_eq!(planned(Some("CRC32"), None).unwrap(), Some((Algorithm::Crc32, Kind::Composite)));
        assert_eq!(planned(Some("CRC64NVME"), None).unwrap(), Some((Algorithm::Crc64Nvme, Kind::FullObject)));
        let refused = |a, k| planned(a, k).unwrap_err().message().to_owned();
        assert_eq!(
            refused(Some("CRC64NVME"), Some("COMPOSITE")),
            "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm."
        );
        assert!(
            refused(Some("SHA1"), Some("FULL_OBJECT")).starts_with("The FULL_OBJECT checksum type cannot")
        );
        assert!(refused(None, Some("COMPOSITE")).contains("can only be used with"));
        assert_eq!(planned(Some("SHA512"), None).unwrap(), Some((Algorithm::Sha512, Kind::Composite)));
        assert!(refused(Some("XXHASH3"), Some("FULL_OBJECT")).starts_with("The FULL_OBJECT"));
        assert!(refused(Some("CRC16"), None).starts_with("Checksum algorithm provided is unsupported"));
    }

    #[test]
    fn parts_make_a_whole() {
        let upload = upload_with(None);
        let big = part(b"one", PART_BYTES_MIN, Algorithm::Crc64Nvme);
        let last = part(b"two", 3, Algorithm::Crc64Nvme);
        let parts = [(2, big.clone()), (5, last.clone()), (7, last.clone())];
        let chosen = [listed(2, &big), listed(7, &last)];
        let whole = assemble(&upload, &parts, &asked(&chosen)).unwrap();
        assert_eq!((whole.size, whole.etag.parts), (PART_BYTES_MIN + 3, 2));
        assert_eq!(etag_of(&chosen), Some(whole.etag));
        assert_eq!(whole.manifest.parts.iter().map(|p| p.number).collect::<Vec<_>>(), [2, 7]);
        assert_eq!(whole.checksum.unwrap().kind, Kind::FullObject);
    }

    #[test]
    fn the_words_of_refusal_are_those_of_aws() {
        let upload = upload_with(None);
        let small = part(b"one", 4, Algorithm::Crc64Nvme);
        let parts = [(1, small.clone()), (2, small.clone())];
        assert_eq!(
            refused(&upload, &parts, &asked(&[])),
            "InvalidRequest: You must specify at least one part"
        );
        let unordered = [listed(2, &small), listed(1, &small)];
        assert!(refused(&upload, &parts, &asked(&unordered)).starts_with("InvalidPartOrder"));
        let missing = [listed(3, &small)];
        assert!(refused(&upload, &parts, &asked(&missing)).starts_with("InvalidPart:"));
        let both = [listed(1, &small), listed(2, &small)];
        assert!(refused(&upload, &parts, &asked(&both)).starts_with("EntityTooSmall"));
        let one = [listed(1, &small)];
        let sized = Asked { size: Some(5), ..asked(&one) };
        assert!(
            refused(&upload, &parts, &sized).ends_with("header value 5 does not match what was computed: 4")
        );
        let kind = Asked { kind: Some("COMPOSITE"), ..asked(&one) };
        assert!(refused(&upload, &parts, &kind).contains("using the null checksum mode"));
        let mut with_checksum = one.clone();
        with_checksum[0].checksum_crc64nvme = Some(small.checksum.text());
        assert!(refused(&upload, &parts, &asked(&with_checksum)).starts_with("InvalidPart:"));
    }

    #[test]
    fn composite_uploads_want_a_checksum_of_each_part() {
        let upload = upload_with(Some((Algorithm::Sha256, Kind::Composite)));
        let one = part(b"one", 4, Algorithm::Sha256);
        let parts = [(1, one.clone())];
        let mut chosen = [listed(1, &one)];
        assert!(
            refused(&upload, &parts, &asked(&chosen)).ends_with("It was missing for part 1 in the request.")
        );
        chosen[0].checksum_crc32 = Some("AAAAAA==".into());
        assert_eq!(
            refused(&upload, &parts, &asked(&chosen)),
            "BadDigest: The crc32 you specified for part 1 did not match what we received."
        );
        chosen[0].checksum_sha256 = Some(Value::of(Algorithm::Sha256, b"two").text());
        assert!(refused(&upload, &parts, &asked(&chosen)).starts_with("InvalidPart:"));
        chosen[0].checksum_sha256 = Some(one.checksum.text());
        let whole = assemble(&upload, &parts, &asked(&chosen)).unwrap();
        assert!(whole.checksum.clone().unwrap().text().ends_with("-1"));
        assert_eq!(whole.manifest.parts[0].checksum, Some(one.checksum));
        let wrong = Asked { checksum: Some((Algorithm::Sha256, "AAAA")), ..asked(&chosen) };
        assert!(refused(&upload, &parts, &wrong).starts_with("BadDigest: The sha256 you specified"));
    }
}
