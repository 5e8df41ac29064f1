//! Cross-origin resource sharing: questions of browsers ahead of requests, and what answers say to pages of other
//! origins. A request without `Origin` costs one look for that header.

use std::{borrow::Cow, sync::Arc};

use auth::Identity;
use floor::{
    Cx,
    cx::{Caller, Signed},
    web::Cross,
};
use http::{
    HeaderMap, Method, Response,
    header::{
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, AsHeaderName, CONTENT_LENGTH, ORIGIN,
    },
    request::Parts,
};
use wire::{Body, Fault, ReplyContext, ServiceMeta, text::percent_decode};

use crate::{
    front::{Front, Manner},
    job::{Job, Visit},
};

/// The bucket that an address names, in the host or as the first piece of the path; and whether more follows.
pub(crate) fn addressed<'a>(bucket: Option<&'a str>, path: &'a str) -> Option<(Cow<'a, str>, bool)> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if let Some(bucket) = bucket {
        return Some((Cow::Borrowed(bucket), !path.is_empty()));
    }
    let (name, key) = path.split_once('/').unwrap_or((path, ""));
    let name = percent_decode(name, false).filter(|name| !name.is_empty())?;
    Some((name, !key.is_empty()))
}

/// Whether it may be a page of another origin that asks.
pub(crate) fn is_asked(head: &Parts) -> bool {
    head.method == Method::OPTIONS || head.headers.contains_key(ORIGIN)
}

/// What the page of another origin asks; none where no page of another does, or no bucket is asked.
pub(crate) fn asked(head: &Parts, bucket: Option<&str>) -> Option<Cross> {
    if !is_asked(head) {
        return None;
    }
    let is_preflight = head.method == Method::OPTIONS;
    let (name, has_key) = addressed(bucket, head.uri.path())?;
    let method = text(&head.headers, ACCESS_CONTROL_REQUEST_METHOD);
    Some(Cross {
        name: name.into_owned(),
        resource: if has_key { "OBJECT" } else { "BUCKET" },
        origin: text(&head.headers, ORIGIN),
        method: method.or_else(|| (!is_preflight).then(|| head.method.as_str().to_owned())),
        headers: text(&head.headers, ACCESS_CONTROL_REQUEST_HEADERS),
        is_preflight,
    })
}

fn text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

impl Front {
    /// A request to S3 at a website endpoint, or of a page of another origin.
    pub(crate) async fn web(&self, job: &mut Job, manner: Manner) -> Response<Body> {
        let bucket = job.request.bucket.clone();
        let asked = asked(&job.request.head, bucket.as_deref());
        if let Some(bucket) = bucket.filter(|_| job.is_website()) {
            let mut response = self.site(&job.visit, manner, &job.request.head, &bucket).await;
            if let Some(asked) = asked.filter(|asked| !asked.is_preflight) {
                self.say_cross(&job.visit, manner.service, &asked, &mut response).await;
            }
            return response;
        }
        match asked {
            None => self.objects(job, manner).await,
            Some(asked) if asked.is_preflight => self.preflight(&job.visit, manner, &asked).await,
            Some(asked) => {
                let mut response = self.objects(job, manner).await;
                self.say_cross(&job.visit, manner.service, &asked, &mut response).await;
                response
            }
        }
    }

    /// Answers the question ahead of a request.
    pub(crate) async fn preflight(&self, visit: &Visit, manner: Manner, asked: &Cross) -> Response<Body> {
        let reply = self.reply(visit, Some(manner.service));
        match self.judge_cross(visit, manner.service, asked).await {
            Ok(headers) => {
                let mut response = Response::new(Body::default());
                *response.headers_mut() = headers;
                response.headers_mut().insert(CONTENT_LENGTH, 0.into());
                identified(&mut response, &reply);
                response
            }
            Err(fault) => self.refuse(manner.protocol, fault.into(), &reply, &visit.origin),
        }
    }

    /// Says to a page of another origin whether it may look into the answer. Where the rules cannot be read, it may not.
    pub(crate) async fn say_cross(
        &self,
        visit: &Visit,
        service: &'static ServiceMeta,
        asked: &Cross,
        response: &mut Response<Body>,
    ) {
        match self.judge_cross(visit, service, asked).await {
            Ok(headers) => response.headers_mut().extend(headers),
            Err(fault) => {
                tracing::debug!(target: "kumiki::refused", cross = fault.code(), cause = fault.cause());
            }
        }
    }

    /// Answers at a website endpoint.
    pub(crate) async fn site(
        &self,
        visit: &Visit,
        manner: Manner,
        head: &Parts,
        bucket: &str,
    ) -> Response<Body> {
        let reply = self.reply(visit, Some(manner.service));
        let refuse = |fault: wire::Fault| self.refuse(manner.protocol, fault.into(), &reply, &visit.origin);
        let Some(web) = self.floor.registry.web(manner.service.id) else {
            return refuse(crate::fault::unserved("s3-website"));
        };
        let mut cx = self.stranger(visit);
        match self.floor.registry.home(manner.service.id, &mut cx, bucket).await {
            Ok(Some(region)) => cx.caller.region = region,
            Ok(None) => {}
            Err(fault) => return refuse(fault),
        }
        let mut response = web.site(&mut cx, bucket, head, &reply).await;
        crate::front::named(&mut response, manner.service);
        response
    }

    async fn judge_cross(
        &self,
        visit: &Visit,
        service: &'static ServiceMeta,
        asked: &Cross,
    ) -> wire::Answer<HeaderMap> {
        let Some(web) = self.floor.registry.web(service.id) else {
            let why = "The specified method is not allowed against this resource.";
            let refused = || Fault::coded("MethodNotAllowed", 405, why);
            return if asked.is_preflight { Err(refused()) } else { Ok(HeaderMap::new()) };
        };
        let mut cx = self.stranger(visit);
        if let Some(region) = self.floor.registry.home(service.id, &mut cx, &asked.name).await? {
            cx.caller.region = region;
        }
        web.cross(&mut cx, asked).await
    }

    /// A context for what is asked by nobody in particular.
    pub(crate) fn stranger(&self, visit: &Visit) -> Cx {
        let caller = Caller {
            who: Arc::new(Identity::anonymous()),
            region: visit.region.clone().unwrap_or_else(|| self.default_region.clone()),
            via: self.no_via.clone(),
            origin: visit.origin.clone(),
            signed: Signed::default(),
            through: None,
        };
        Cx::new(&self.floor, caller, visit.request_id.clone(), visit.gone.clone())
    }
}

/// The ids that all answers of S3 have.
fn identified(response: &mut Response<Body>, reply: &ReplyContext<'_>) {
    let headers = response.headers_mut();
    for (name, id) in [("x-amz-request-id", reply.request_id), ("x-amz-id-2", reply.host_id)] {
        if let Ok(id) = id.parse() {
            headers.insert(name, id);
        }
    }
    if let Some(service) = reply.service {
        crate::front::named(response, service);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_bucket_and_perhaps_a_key() {
        let read = |bucket, path| addressed(bucket, path).map(|(name, key)| (name.into_owned(), key));
        assert_eq!(read(None, "/"), None);
        assert_eq!(read(None, "/b"), Some(("b".into(), false)));
        assert_eq!(read(None, "/b/"), Some(("b".into(), false)));
        assert_eq!(read(None, "/b%2E/k/l"), Some(("b.".into(), true)));
        assert_eq!(read(Some("b"), "/k"), Some(("b".into(), true)));
        assert_eq!(read(Some("b"), "/"), Some(("b".into(), false)));
    }
}
