//! Uploads from browsers' forms: what the form says becomes a PutObject, whose answer becomes what browsers understand.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>

pub mod policy;

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use api_s3::{PutObject, PutObjectOutput, PutObjectRequest, Tagging};
use bytes::Bytes;
use floor::{As, Cx, web::Upload};
use futures_util::Stream as Chunks;
use http::{
    HeaderName, HeaderValue, Request, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wire::{
    Answer, Body, Fault, Operation as _, Protocol as _, ReplyContext, Response, Stream, StreamError,
    protocol::REST_XML,
    stream::BoxStream,
    xml::{XmlReader, XmlWriter},
};

use crate::{S3, fault};

use self::policy::{Document, Lengths};

/// What a policy need not name: what proves it, and what it is about.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>
const NOT_IN_POLICY: [&str; 5] = ["policy", "signature", "x-amz-signature", "AWSAccessKeyId", "file"];

/// Fields that prove who made the form, and are no headers of an upload.
const OF_SIGNATURES: [&str; 5] =
    ["x-amz-signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token"];

/// Fields that stand for headers, beside those of `x-amz-`.
const HEADERS: [&str; 7] = [
    "cache-control",
    "content-type",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-md5",
    "expires",
];

/// What stays as it is in addresses.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The fields of a form before its file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From names and values; of several with one name the first counts.
    pub fn of(given: Vec<(String, String)>) -> Self {
        Self(given)
    }

    /// The value of a field, whose name may be written in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut having = self.0.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
        having.next().map(|(_, value)| value.as_str())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The same with the file's name where it is asked for.
    fn with_file(self, name: &str) -> Self {
        // Some browsers give a path.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let filled = |(field, value): (String, String)| (field, value.replace("${filename}", name));
        Self(self.0.into_iter().map(filled).collect())
    }
}

impl S3 {
    /// Takes an upload whose signature, if it has one, was found to be good.
    pub(crate) async fn post(
        &self,
        cx: &mut Cx,
        upload: Upload,
        reply: &ReplyContext<'_>,
    ) -> Answer<Response> {
        let Upload { bucket, fields, file, body, is_signed } = upload;
        let fields = Fields::of(fields).with_file(file.as_deref().unwrap_or_default());
        let key = fields.get("key").ok_or_else(no_key)?.to_owned();
        if key.is_empty() {
            return Err(fault::invalid_argument("User key must have a length greater than 0.", "key", ""));
        }
        let lengths = match fields.get("policy").filter(|_| is_signed) {
            Some(policy) => Document::read(policy)?.check(&fields, &bucket, cx.env().clocks.auth.now().0)?,
            None => Lengths { min: 0, max: u64::MAX },
        };
        let mut input = input(&bucket, &key, &fields, &body, lengths)?;
        if let Some(tagging) = fields.get("tagging") {
            input.tagging = Some(tagging_header(tagging)?);
        }
        let region = cx.region().clone();
        let output = cx.call::<PutObject>(As::Caller, &region, input).await?;
        let base = cx.caller.origin.base_url.trim_end_matches('/');
        let location = format!("{base}/{bucket}/{}", utf8_percent_encode(&key, PLAIN));
        Ok(answer(&fields, &bucket, &key, &location, &output, reply))
    }
}

fn no_key() -> Fault {
    fault::invalid_argument(
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
        "key",
        "",
    )
}

/// The fields as the input of PutObject: those that stand for headers are read as headers are.
fn input(
    bucket: &str,
    key: &str,
    fields: &Fields,
    body: &Stream,
    lengths: Lengths,
) -> Answer<PutObjectRequest> {
    let mut request = Request::put(format!("/{}", utf8_percent_encode(key, PLAIN)));
    for (name, value) in &fields.0 {
        let name = name.to_ascii_lowercase();
        let name = if name == "acl" { "x-amz-acl".to_owned() } else { name };
        let is_header = HEADERS.contains(&name.as_str())
            || (name.starts_with("x-amz-") && !OF_SIGNATURES.contains(&name.as_str()));
        if !is_header {
            continue;
        }
        let pair = name.parse::<HeaderName>().ok().zip(HeaderValue::from_bytes(value.as_bytes()).ok());
        let Some((header, text)) = pair else {
            return Err(Fault::coded("InvalidArgument", 400, "Invalid argument.")
                .with("ArgumentName", name)
                .with("ArgumentValue", value));
        };
        let is_first = request.headers_ref().is_some_and(|headers| !headers.contains_key(&header));
        if is_first {
            request = request.header(header, text);
        }
    }
    let (head, ()) =
        request.body(()).map_err(|error| floor::fault::internal(error.to_string()))?.into_parts();
    let body = match body.take() {
        Some(chunks) => Stream::new(Measured { chunks, bytes: 0, lengths }, None),
        None => Stream::from(Bytes::new()),
    };
    let mut request = wire::Request { head, body: Body::Stream(body), bucket: Some(bucket.into()) };
    let mut input = PutObjectRequest::default();
    REST_XML.decode(PutObject::META, &mut request, &mut input).map_err(|reject| REST_XML.fault(&reject))?;
    Ok(input)
}

/// The document in the field `tagging`, as the header that says the same.
fn tagging_header(document: &str) -> Answer<String> {
    let mut tagging = Tagging::default();
    let read = || {
        let mut reader = XmlReader::new(document.as_bytes())?;
        reader.root()?;
        reader.members(&mut tagging, true)?;
        reader.end()
    };
    read_all(read)?;
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let pairs: Vec<_> =
        tagging.tag_set.iter().map(|tag| format!("{}={}", encoded(&tag.key), encoded(&tag.value))).collect();
    Ok(pairs.join("&"))
}

fn read_all(read: impl FnOnce() -> Result<(), wire::Reject>) -> Answer<()> {
    read().map_err(|_| fault::malformed_xml())
}

/// A file on its way in, held to the lengths that the policy allows.
struct Measured {
    chunks: BoxStream,
    bytes: u64,
    lengths: Lengths,
}

impl Chunks for Measured {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.chunks.as_mut().poll_next(cx));
        let refused = |code, words, bytes: u64, bound: &'static str, limit: u64| {
            let fault = Fault::coded(code, 400, words).with("ProposedSize", bytes.to_string());
            Poll::Ready(Some(Err(StreamError::Refused(fault.with(bound, limit.to_string())))))
        };
        match next {
            Some(Ok(chunk)) => {
                self.bytes += chunk.len() as u64;
                if self.bytes > self.lengths.max {
                    let words = "Your proposed upload exceeds the maximum allowed size";
                    return refused("EntityTooLarge", words, self.bytes, "MaxSizeAllowed", self.lengths.max);
                }
                Poll::Ready(Some(Ok(chunk)))
            }
            None if self.bytes < self.lengths.min => {
                let words = "Your proposed upload is smaller than the minimum allowed size";
                let (bytes, min) = (self.bytes, self.lengths.min);
                // Once is enough: whoever asks again has all there was.
                self.lengths.min = 0;
                refused("EntityTooSmall", words, bytes, "MinSizeAllowed", min)
            }
            other => Poll::Ready(other),
        }
    }
}

/// What a browser is answered: where to go next, a document, or nothing.
fn answer(
    fields: &Fields,
    bucket: &str,
    key: &str,
    location: &str,
    output: &PutObjectOutput,
    reply: &ReplyContext<'_>,
) -> Response {
    let mut response = REST_XML.encode(PutObject::META, output, reply);
    let etag = output.etag.as_deref().unwrap_or_default();
    let mut say = |name: HeaderName, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            response.headers_mut().insert(name, value);
        }
    };
    say(LOCATION, location);
    if let Some(next) = next_page(fields, bucket, key, etag) {
        say(LOCATION, &next);
        *response.status_mut() = StatusCode::SEE_OTHER;
        return response;
    }
    match fields.get("success_action_status") {
        Some("200") => {}
        Some("201") => {
            let document = document(location, bucket, key, etag);
            say(CONTENT_TYPE, "application/xml");
            say(CONTENT_LENGTH, &document.len().to_string());
            *response.status_mut() = StatusCode::CREATED;
            *response.body_mut() = document.into();
        }
        _ => {
            response.headers_mut().remove(CONTENT_LENGTH);
            *response.status_mut() = StatusCode::NO_CONTENT;
        }
    }
    response
}

/// Where the browser is sent, where the form says it, with what has become of the file.
fn next_page(fields: &Fields, bucket: &str, key: &str, etag: &str) -> Option<String> {
    let page = fields.get("success_action_redirect").or_else(|| fields.get("redirect"))?;
    let is_address =
        page.parse::<http::Uri>().is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some());
    if !is_address {
        return None;
    }
    let (page, fragment) =
        page.split_once('#').map_or((page, None), |(page, fragment)| (page, Some(fragment)));
    let mark = if page.contains('?') { '&' } else { '?' };
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let query = format!("bucket={}&key={}&etag={}", encoded(bucket), encoded(key), encoded(etag));
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    Some(format!("{page}{mark}{query}{fragment}"))
}

fn document(location: &str, bucket: &str, key: &str, etag: &str) -> String {
    let mut writer = XmlWriter::new(true);
    writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open("PostResponse", "");
    for (name, text) in [("Location", location), ("Bucket", bucket), ("Key", key), ("ETag", etag)] {
        writer.element(name, text);
    }
    writer.close("PostResponse");
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(given: &[(&str, &str)]) -> Fields {
        Fields::of(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn the_files_name_stands_where_it_is_asked_for() {
        let filled = fields(&[("key", "in/${filename}"), ("note", "x")]).with_file("C:\\fakepath\\a.txt");
        assert_eq!((filled.get("KEY"), filled.get("note")), (Some("in/a.txt"), Some("x")));
    }

    #[test]
    fn a_browser_is_sent_on_with_what_has_become_of_the_file() {
        let next = |page: &str| next_page(&fields(&[("success_action_redirect", page)]), "b", "a b", "\"e\"");
        let said = "bucket=b&key=a%20b&etag=%22e%22";
        assert_eq!(next("http://x/done"), Some(format!("http://x/done?{said}")));
        assert_eq!(next("http://x/?a=1#top"), Some(format!("http://x/?a=1&{said}#top")));
        assert_eq!((next("/done"), next("")), (None, None));
    }

    #[test]
    fn tags_come_as_a_document() {
        let document = "<Tagging><TagSet><Tag><Key>a b</Key><Value>&amp;</Value></Tag></TagSet></Tagging>";
        assert_eq!(tagging_header(document).unwrap(), "a%20b=%26");
        assert_eq!(tagging_header("<Tagging>").unwrap_err().code(), "MalformedXML");
    }
}
