//! Bodies on their way in: received with bounded memory, hashed while they pass, and kept only when all that the
//! client said of them holds.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use floor::{Cx, Placement};
use futures_util::StreamExt as _;
use http::HeaderName;
use wire::{Answer, Stream, stream::BoxStream};

use crate::{
    S3,
    checksum::{Algorithm, Value},
    data::Fresh,
    digests::{Digests, Hashing},
    etag::ETag,
    fault,
    limits::{KEPT_BYTES_MAX, UPLOAD_BYTES_MAX},
    records::DataId,
    sealing::{Sealer, Stands},
};

/// The checksum members of an input, with their algorithms.
#[macro_export]
macro_rules! checksum_members {
    ($input:expr) => {
        [
            ($crate::checksum::Algorithm::Crc32, "x-amz-checksum-crc32", $input.checksum_crc32.as_deref()),
            ($crate::checksum::Algorithm::Crc32c, "x-amz-checksum-crc32c", $input.checksum_crc32c.as_deref()),
            (
                $crate::checksum::Algorithm::Crc64Nvme,
                "x-amz-checksum-crc64nvme",
                $input.checksum_crc64nvme.as_deref(),
            ),
            ($crate::checksum::Algorithm::Sha1, "x-amz-checksum-sha1", $input.checksum_sha1.as_deref()),
            ($crate::checksum::Algorithm::Sha256, "x-amz-checksum-sha256", $input.checksum_sha256.as_deref()),
            ($crate::checksum::Algorithm::Sha512, "x-amz-checksum-sha512", $input.checksum_sha512.as_deref()),
            ($crate::checksum::Algorithm::Md5, "x-amz-checksum-md5", $input.checksum_md5.as_deref()),
            (
                $crate::checksum::Algorithm::XxHash64,
                "x-amz-checksum-xxhash64",
                $input.checksum_xxhash64.as_deref(),
            ),
            (
                $crate::checksum::Algorithm::XxHash3,
                "x-amz-checksum-xxhash3",
                $input.checksum_xxhash3.as_deref(),
            ),
            (
                $crate::checksum::Algorithm::XxHash128,
                "x-amz-checksum-xxhash128",
                $input.checksum_xxhash128.as_deref(),
            ),
        ]
    };
}

/// Checksum members as [`checksum_members!`] gives them.
pub type Members<'a> = [(Algorithm, &'static str, Option<&'a str>); 10];

/// The one checksum that the client gave, if any, as text.
pub fn given(members: Members<'_>) -> Answer<Option<(Algorithm, &str)>> {
    let mut present = members.into_iter().filter_map(|(algorithm, _, value)| Some((algorithm, value?)));
    let Some((algorithm, value)) = present.next() else { return Ok(None) };
    if present.next().is_some() {
        return Err(fault::invalid_request(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        ));
    }
    Ok(Some((algorithm, value)))
}

/// What the client says of a body.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// `Content-MD5`, as it was given, and what it means.
    pub md5: Option<(String, [u8; 16])>,
    /// A checksum in a header.
    pub checksum: Option<Value>,
    /// The algorithm of a checksum that follows the body.
    pub algorithm: Option<Algorithm>,
}

impl Said {
    /// Reads the headers, and what they announce behind the body.
    pub fn of(
        content_md5: Option<&str>,
        algorithm: Option<&str>,
        members: Members<'_>,
        body: &Stream,
    ) -> Answer<Self> {
        let md5 = content_md5.map(|text| {
            let bytes: Option<[u8; 16]> = STANDARD.decode(text).ok().and_then(|b| b.try_into().ok());
            bytes.map(|b| (text.to_owned(), b)).ok_or_else(|| fault::invalid_digest(text))
        });
        let checksum = given(members)?.map(|(algorithm, text)| {
            let value = Value::parse(algorithm, text);
            value.ok_or_else(|| {
                fault::invalid_request(format!("Value for {} header is invalid.", algorithm.header()))
            })
        });
        let checksum = checksum.transpose()?;
        let named = algorithm
            .map(|name| Algorithm::parse(name).ok_or_else(fault::unsupported_checksum))
            .transpose()?;
        let announced = announced(body)?;
        if named.is_some() && announced.is_none() && checksum.is_none() {
            return Err(fault::invalid_request(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer \
                 headers were found.",
            ));
        }
        Ok(Self { md5: md5.transpose()?, checksum, algorithm: announced })
    }

    /// The algorithm of the checksum that it gives or promises.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.checksum.as_ref().map(|c| c.algorithm).or(self.algorithm)
    }
}

/// A body that was received whole and found to be what the client said.
#[derive(Clone, Debug)]
pub struct Received {
    /// In bytes.
    pub size: u64,
    /// Its MD5, or what stands for it in the entity tag.
    pub md5: [u8; 16],
    /// Its checksums, in the order in which they were asked for.
    pub checksums: Vec<Value>,
    /// The algorithm of which the client gave a checksum, in a header or behind the body.
    pub given: Option<Algorithm>,
    /// The bytes.
    pub fresh: Fresh,
    /// What has encrypted them.
    pub sealer: Sealer,
}

/// How a body is to be received.
#[derive(Clone, Debug)]
pub struct How<'a> {
    /// What the client says of it.
    pub said: &'a Said,
    /// Which checksums are wanted.
    pub algorithms: &'a [Algorithm],
    /// Up to how many bytes it may be kept inline.
    pub inline_max: usize,
    /// How an error about Content-MD5 gives the expected digest: in hexadecimal digits, or as it was sent.
    pub hex_digest: bool,
    /// What encrypts it.
    pub sealer: &'a Sealer,
    /// The object's key.
    pub key: &'a str,
}

impl How<'_> {
    /// What stands for the MD5 in the entity tag.
    fn tag(&self, cx: &Cx, md5: [u8; 16]) -> [u8; 16] {
        if self.sealer.sealing.tells_md5() { md5 } else { cx.env().random.bytes16() }
    }
}

impl S3 {
    /// Receives `body` for an owner at `place`.
    pub async fn receive(
        &self,
        cx: &Cx,
        place: &Placement,
        body: &Stream,
        how: &How<'_>,
    ) -> Answer<Received> {
        if let Some(length) = body.length().filter(|l| *l > UPLOAD_BYTES_MAX) {
            return Err(fault::entity_too_large(length));
        }
        let mut chunks = body.take();
        let (first, ended) = first_chunks(&mut chunks).await?;
        let trailer = || of_trailers(body);
        if ended {
            let bytes = joined(first);
            let mut digests = Digests::new(how.algorithms);
            digests.update(&bytes);
            let (md5, checksums) = digests.finish();
            let trailer = trailer()?;
            let checked = check(how, md5, &checksums, trailer.as_ref(), |a| Value::of(a, &bytes))?;
            check_length(body, bytes.len() as u64)?;
            let md5 = how.tag(cx, md5);
            let size = bytes.len() as u64;
            let fresh = if bytes.len() <= how.inline_max {
                let stands = Stands::Inline(how.key, ETag::whole(md5));
                Fresh::Inline(how.sealer.seal(cx, stands, &bytes))
            } else {
                let id = self.data_id(cx);
                Fresh::Kept(id, how.sealer.seal(cx, Stands::Kept(id), &bytes))
            };
            let sealer = how.sealer.clone();
            return Ok(Received { size, md5, checksums, given: checked, fresh, sealer });
        }
        let Some(chunks) = chunks else { return Err(floor::fault::internal("a stream lost its chunks")) };
        Box::pin(self.stream(cx, place, body, first, chunks, how)).await
    }

    /// The longer part: through the blob store.
    async fn stream(
        &self,
        cx: &Cx,
        place: &Placement,
        body: &Stream,
        first: Vec<Bytes>,
        mut chunks: BoxStream,
        how: &How<'_>,
    ) -> Answer<Received> {
        let blobs = cx.blobs(place).await?;
        let mut writer = blobs.writer().sealed(&how.sealer.key);
        if let Some(length) = body.length() {
            writer = writer.expecting(length);
        }
        let mut hashing = Hashing::new(how.algorithms);
        let mut first = first.into_iter();
        loop {
            let chunk = match first.next() {
                Some(chunk) => chunk,
                None => match chunks.next().await {
                    Some(chunk) => chunk?,
                    None => break,
                },
            };
            if writer.len() + chunk.len() as u64 > UPLOAD_BYTES_MAX {
                return Err(fault::entity_too_large(writer.len() + chunk.len() as u64));
            }
            hashing.update(chunk.clone()).await?;
            writer.write(chunk).await.map_err(|e| floor::fault::of_blob(&e))?;
        }
        let (md5, checksums) = hashing.finish().await?;
        check_length(body, writer.len())?;
        let trailer = of_trailers(body)?;
        if let Some(value) = trailer.as_ref().filter(|t| !how.algorithms.contains(&t.algorithm)) {
            let message = format!("The trailer {} was not announced.", value.algorithm.header());
            return Err(fault::invalid_request(message));
        }
        let given =
            check(how, md5, &checksums, trailer.as_ref(), |a| Value { algorithm: a, bytes: Vec::new() })?;
        let md5 = how.tag(cx, md5);
        let blob = writer.finish().await.map_err(|e| floor::fault::of_blob(&e))?;
        let sealer = how.sealer.clone();
        Ok(Received { size: blob.len, md5, checksums, given, fresh: Fresh::Blob(blob), sealer })
    }

    /// Removes bytes that got no owner after all; a crash before leaves them to the sweeper.
    pub async fn discard(&self, cx: &Cx, place: &Placement, fresh: &Fresh) {
        let Fresh::Blob(blob) = fresh else { return };
        let Ok(blobs) = cx.blobs(place).await else { return };
        if let Err(error) = blobs.drop_blob(blob.id).await {
            tracing::debug!(%error, "an unowned blob is left to the sweeper");
        }
    }

    /// A name for a body or manifest.
    pub fn data_id(&self, cx: &Cx) -> DataId {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&self.ticks.next(cx.now().0).to_be_bytes());
        id[8..].copy_from_slice(&cx.env().random.number().to_be_bytes());
        DataId(id)
    }
}

/// The first chunks, as many as may be kept outside the blob store and one more; and whether these were all.
async fn first_chunks(chunks: &mut Option<BoxStream>) -> Answer<(Vec<Bytes>, bool)> {
    let mut first = Vec::new();
    let mut bytes = 0;
    let Some(chunks) = chunks else { return Ok((first, true)) };
    while bytes <= KEPT_BYTES_MAX {
        match chunks.next().await {
            None => return Ok((first, true)),
            Some(chunk) => {
                let chunk = chunk?;
                bytes += chunk.len();
                first.push(chunk);
            }
        }
    }
    Ok((first, false))
}

fn joined(mut chunks: Vec<Bytes>) -> Bytes {
    if chunks.len() == 1 {
        return chunks.pop().unwrap_or_default();
    }
    let mut out = BytesMut::with_capacity(chunks.iter().map(Bytes::len).sum());
    for chunk in chunks {
        out.extend_from_slice(&chunk);
    }
    out.freeze()
}

fn check_length(body: &Stream, got: u64) -> Answer<()> {
    if body.length().is_some_and(|said| said != got) { Err(fault::incomplete_body()) } else { Ok(()) }
}

/// The algorithm of the checksum that is announced to follow the body.
fn announced(body: &Stream) -> Answer<Option<Algorithm>> {
    let Some(names) = body.trailers().announced() else { return Ok(None) };
    let mut checksums = names.split(',').map(str::trim).filter(|n| n.starts_with("x-amz-checksum-"));
    let Some(name) = checksums.next() else { return Ok(None) };
    let algorithm = Algorithm::ALL.into_iter().find(|a| a.header().eq_ignore_ascii_case(name));
    let unsupported = || {
        let message = format!("The value specified in the x-amz-trailer header is not supported: {name}");
        fault::invalid_request(message)
    };
    algorithm.map(Some).ok_or_else(unsupported)
}

/// The checksum behind the body, if there is one.
fn of_trailers(body: &Stream) -> Answer<Option<Value>> {
    let trailers = body.trailers();
    for algorithm in Algorithm::ALL {
        if let Some(text) = trailers.get(&HeaderName::from_static(algorithm.header())) {
            let value = Value::parse(algorithm, text.trim());
            let invalid = || {
                fault::invalid_request(format!(
                    "Value for {} trailing header is invalid.",
                    algorithm.header()
                ))
            };
            return value.map(Some).ok_or_else(invalid);
        }
    }
    Ok(None)
}

/// Compares a body with what the client said of it. Answers the algorithm of which it gave a checksum.
fn check(
    how: &How<'_>,
    md5: [u8; 16],
    checksums: &[Value],
    trailer: Option<&Value>,
    compute: impl Fn(Algorithm) -> Value,
) -> Answer<Option<Algorithm>> {
    if let Some((text, expected)) = &how.said.md5
        && *expected != md5
    {
        let expected = if how.hex_digest { hex::encode(expected) } else { text.clone() };
        return Err(fault::bad_md5(&expected, &STANDARD.encode(md5)));
    }
    let given = how.said.checksum.as_ref().or(trailer);
    if let Some(given) = given {
        let known = checksums.iter().find(|c| c.algorithm == given.algorithm).cloned();
        if known.unwrap_or_else(|| compute(given.algorithm)) != *given {
            return Err(fault::bad_checksum(given.algorithm.name()));
        }
    }
    Ok(given.map(|g| g.algorithm))
}
