//! What the block has for web browsers.

use std::{pin::Pin, sync::Arc};

use floor::{
    Cx, Floor,
    web::{Cross, Seen, Upload, Web},
};
use http::{HeaderMap, request::Parts};
use wire::{Answer, ReplyContext, Response};

use crate::S3;

/// A boxed future that borrows.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl Web for S3 {
    fn cross<'a>(&'a self, cx: &'a mut Cx, asked: &'a Cross) -> Boxed<'a, Answer<HeaderMap>> {
        Box::pin(self.judge_cross(cx, asked))
    }

    fn site<'a>(
        &'a self,
        cx: &'a mut Cx,
        name: &'a str,
        head: &'a Parts,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Response> {
        Box::pin(self.show(cx, name, head, reply))
    }

    fn upload<'a>(
        &'a self,
        cx: &'a mut Cx,
        upload: Upload,
        reply: &'a ReplyContext<'a>,
    ) -> Boxed<'a, Answer<Response>> {
        Box::pin(self.post(cx, upload, reply))
    }

    fn notes_any(&self) -> bool {
        self.logs.any()
    }

    fn notes(&self, bucket: &str) -> bool {
        self.logs.owner(bucket).is_some()
    }

    fn note(&self, floor: &Arc<Floor>, seen: &Seen) {
        self.logs.note(floor, seen);
    }
}
