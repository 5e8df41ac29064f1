//! What a service has for web browsers beside its operations: answers to questions of cross-origin resource
//! sharing, forms with files, and web sites.

use std::sync::Arc;

use http::{HeaderMap, request::Parts};
use wire::{Answer, ReplyContext, Response, Stream};

use crate::{Block, Cx, call::Boxed};

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
}
