//! What a service has for web browsers beside its operations: answers to questions of cross-origin resource
//! sharing, forms with files, and web sites.

use std::sync::Arc;

use auth::{Identity, Region};
use http::{HeaderMap, Method, Uri, Version, request::Parts};
use wire::{Answer, ReplyContext, Response, Stream};

use crate::{
    Block, Cx, Floor,
    call::Boxed,
    cx::{Origin, Signed},
};

/// What a browser says of a page that asks for something of another origin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cross {
    /// The bucket that is asked, as the address names it.
    pub name: String,
    /// `OBJECT` or `BUCKET`: what the address names.
    pub resource: &'static str,
    /// `Origin`.
    pub origin: Option<String>,
    /// The method that is asked for: `Access-Control-Request-Method`, or that of the request itself.
    pub method: Option<String>,
    /// `Access-Control-Request-Headers`.
    pub headers: Option<String>,
    /// The question before a request (`OPTIONS`), not the request.
    pub is_preflight: bool,
}

/// A form with a file that a browser sends. Who signed it is the caller.
#[derive(Debug)]
pub struct Upload {
    /// The bucket that it is for.
    pub bucket: String,
    /// The fields before the file, as they were given.
    pub fields: Vec<(String, String)>,
    /// The file's name, where it has one.
    pub file: Option<String>,
    /// The file.
    pub body: Stream,
    /// Somebody signed the form, whose policy then counts.
    pub is_signed: bool,
}

/// Who asked, as an answer carries it to those who note requests.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Who asked.
    pub who: Arc<Identity>,
    /// In which region.
    pub region: Region,
    /// How it was signed.
    pub signed: Signed,
    /// Whether an access control list let the caller in.
    pub by_list: bool,
}

/// The code of an error, as an answer carries it to those who note requests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal(pub Box<str>);

/// A request that was answered, for the access log of its bucket.
#[derive(Clone, Debug)]
pub struct Seen {
    /// When it came, on the clock of the service, in milliseconds since 1970.
    pub at_ms: u64,
    /// The region that was asked.
    pub region: Region,
    /// The bucket.
    pub bucket: String,
    /// The key.
    pub key: Option<String>,
    /// The method.
    pub method: Method,
    /// The address.
    pub uri: Uri,
    /// The version of HTTP.
    pub version: Version,
    /// The host that was asked.
    pub host: String,
    /// Whether that is a website endpoint.
    pub is_website: bool,
    /// `x-amz-copy-source`.
    pub copied: Option<String>,
    /// Bytes of the body that came, without its framing.
    pub taken_bytes: Option<u64>,
    /// Where it came from.
    pub origin: Arc<Origin>,
    /// Who asked; none: that was not found out.
    pub who: Option<Arc<Identity>>,
    /// How it was signed.
    pub signed: Signed,
    /// Whether an access control list let the caller in.
    pub by_list: bool,
    /// The id of the answer.
    pub request_id: Arc<str>,
    /// The second one.
    pub host_id: String,
    /// The status.
    pub status: u16,
    /// The code of the error.
    pub error: Option<Box<str>>,
    /// Bytes of the answer's body.
    pub bytes_sent: u64,
    /// How long what is in the answer is in all, as its head says.
    pub whole_bytes: Option<u64>,
    /// `x-amz-version-id`.
    pub version_id: Option<String>,
    /// Until the last byte was sent.
    pub total_ms: u64,
    /// Until the first.
    pub turnaround_ms: u64,
}

impl Seen {
    /// The parameters of the address.
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// The line that requests begin with.
    pub fn line(&self) -> String {
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        format!("{} {path} {:?}", self.method, self.version)
    }
}

/// Implemented by blocks that browsers come to.
pub trait Web: Send + Sync + 'static {
    /// The headers that an answer has for a page of another origin; none where it may not look into it. A question
    /// ahead (preflight) that is not granted is refused instead.
    fn cross<'a>(&'a self, cx: &'a mut Cx, asked: &'a Cross) -> Boxed<'a, Answer<HeaderMap>>;

    /// Answers at the website endpoint of `name`.
    fn site<'a>(
        &'a self,
        cx: &'a mut Cx,
        name: &'a str,
        head: &'a Parts,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Response>;

    /// Takes a form with a file.
    fn upload<'a>(
        &'a self,
        cx: &'a mut Cx,
        upload: Upload,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Answer<Response>>;

    /// Whether requests to any bucket may be noted: asked before each, so that it must be cheap.
    fn notes_any(&self) -> bool;

    /// Whether requests to this bucket are noted.
    fn notes(&self, bucket: &str) -> bool;

    /// Notes a request. Nobody waits for it.
    fn note(&self, floor: &Arc<Floor>, seen: &Seen);
}

/// A block as the gateway meets it: each question enters it.
pub(crate) struct Entered<B>(pub(crate) Arc<B>);

impl<B: Block + Web> Web for Entered<B> {
    fn cross<'a>(&'a self, cx: &'a mut Cx, asked: &'a Cross) -> Boxed<'a, Answer<HeaderMap>> {
        cx.enter::<B>();
        self.0.cross(cx, asked)
    }

    fn site<'a>(
        &'a self,
        cx: &'a mut Cx,
        name: &'a str,
        head: &'a Parts,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Response> {
        cx.enter::<B>();
        self.0.site(cx, name, head, reply)
    }

    fn upload<'a>(
        &'a self,
        cx: &'a mut Cx,
        upload: Upload,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Answer<Response>> {
        cx.enter::<B>();
        self.0.upload(cx, upload, reply)
    }

    fn notes_any(&self) -> bool {
        self.0.notes_any()
    }

    fn notes(&self, bucket: &str) -> bool {
        self.0.notes(bucket)
    }

    fn note(&self, floor: &Arc<Floor>, seen: &Seen) {
        self.0.note(floor, seen);
    }
}
