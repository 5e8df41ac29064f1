//! The stages of a request before its operation: which service, which operation, who asks, what body.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use auth::{AuthError, Dialect, Region, Scheme, Verified, Verifier};
use env::Counter;
use floor::{
    Cx, Door, Floor, Gone,
    cx::{Caller, Origin},
    journal::Event,
    web::Web,
};
use futures_util::{FutureExt, future::BoxFuture};
use http::{HeaderValue, Method, Request, Response, header::SERVER, request::Parts};
use hyper::body::Incoming;
use wire::{
    Body, Fault, Meta, OperationRow, Protocol, ReplyContext, ServiceMeta, Stream, Trailers,
    protocol::{AWS_JSON_1_0, AWS_QUERY, REST_XML, unlisted_operation},
    route::{Lost, X_AMZ_TARGET},
    text::pairs,
};

use crate::{
    Config,
    claim::{self, Claim},
    cross,
    desk::{Desk, Line},
    fault, host,
    intake::{Check, Held, Intake, Passing},
    job::{Job, Named, Visit, needs_length, no_encryption, signed, unframed},
    origin::host_id,
    own, page, slow, upload,
};

/// What S3 calls itself.
const AMAZON_S3: HeaderValue = HeaderValue::from_static("AmazonS3");

/// The desk that the requests of a connection come to. One for each connection: what its requests share is counted
/// where no other core counts.
pub(crate) struct Front {
    hall: Arc<Hall>,
    /// No service has been passed before this one. Kept, because even an empty slice costs an allocation.
    pub(crate) no_via: Arc<[&'static str]>,
}

/// What all desks share.
pub(crate) struct Hall {
    pub(crate) floor: Arc<Floor>,
    pub(crate) verifier: Verifier,
    pub(crate) config: Config,
    services: Vec<&'static ServiceMeta>,
    pub(crate) host_id: String,
    pub(crate) default_region: Region,
    refused: Counter,
    /// Who notes requests to S3.
    pub(crate) noting: Option<Arc<dyn Web>>,
}

/// How a request is answered.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) service: &'static ServiceMeta,
    pub(crate) protocol: &'static dyn Protocol,
}

/// A refusal, and the operation it is of where one was found.
pub(crate) struct Refused {
    meta: Option<&'static Meta>,
    fault: Fault,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { meta: None, fault }
    }
}

/// A request that may enter.
struct Admitted<'a> {
    door: &'a Arc<dyn Door>,
    verified: Verified,
    /// Counts the body until the request is over.
    held: Held,
}

/// A request that has entered.
struct Entered<'a> {
    door: &'a Arc<dyn Door>,
    cx: Cx,
    /// Whether it names its region.
    is_named: bool,
    _held: Held,
}

impl std::ops::Deref for Front {
    type Target = Hall;
    fn deref(&self) -> &Hall {
        &self.hall
    }
}

impl Front {
    pub(crate) fn new(floor: Arc<Floor>, verifier: Verifier, config: Config) -> Self {
        let hall = Hall {
            services: floor.registry.services().to_vec(),
            noting: crate::noting::by(&floor),
            host_id: host_id(&floor.env.random),
            default_region: Region::default(),
            refused: floor.env.metrics.counter("kumiki_requests_refused_total", ""),
            floor,
            verifier,
            config,
        };
        Self { hall: Arc::new(hall), no_via: Arc::new([]) }
    }

    async fn own(self: Arc<Self>, question: own::Question) -> Response<Body> {
        let env = &self.floor.env;
        let known = own::Known {
            config: &self.config,
            services: &self.services,
            metrics: &env.metrics,
            uptime_s: env.clocks.steady.now().as_secs(),
            now: env.clocks.auth.now(),
        };
        own::answer(question, known).await
    }

    /// Futures are moved as a whole: the request stands once in this one and is lent on, and ways that few requests go are
    /// boxed.
    #[expect(clippy::manual_async_fn, reason = "what an async fn is given stands twice in its future")]
    fn serve(self: Arc<Self>, mut job: Job) -> impl Future<Output = Response<Body>> + Send {
        async move {
            let service = match &job.claimed.service {
                Ok(Claim::Of(service)) => *service,
                Ok(Claim::InForm) => return Box::pin(self.form(&mut job)).await,
                Err(name) => return self.turn_away(&job.visit, &job.request.head, fault::unserved(name)),
            };
            let manner = Manner { service, protocol: protocol_of(service, &job.request.head) };
            if service.objects {
                let kept = self.keep(&job.visit, &job.request, job.is_website());
                let response = if job.is_website() || cross::is_asked(&job.request.head) {
                    Box::pin(self.web(&mut job, manner)).await
                } else {
                    self.objects(&mut job, manner).await
                };
                return match kept {
                    Some(kept) => self.note(kept, response),
                    None => response,
                };
            }
            self.enter(manner, self.admit(&mut job, manner).await, &job.visit, &mut job.request).await
        }
    }

    /// A request to S3 that is not about the web.
    pub(crate) async fn objects(&self, job: &mut Job, manner: Manner) -> Response<Body> {
        if let Some(bucket) = upload::asked(&job.request) {
            return Box::pin(self.upload(job, manner, bucket)).await;
        }
        self.enter(manner, self.admit_streaming(job, manner).await, &job.visit, &mut job.request).await
    }

    async fn admit(&self, job: &mut Job, manner: Manner) -> Result<Admitted<'_>, Refused> {
        let admitted = if manner.service.s3 {
            self.admit_streaming(job, manner).await
        } else {
            self.admit_whole(job, manner).await
        };
        self.signed_only(manner, admitted?)
    }

    /// S3's way: the head is verified before the body is read, so that a refusal comes before an upload, and a long
    /// body passes by under its checks.
    async fn admit_streaming(&self, job: &mut Job, manner: Manner) -> Result<Admitted<'_>, Refused> {
        let Job { request, body, visit, .. } = job;
        let (door, meta, verified) = self.admit_head(visit, manner, request).await?;
        let of = |fault| Refused { meta: Some(meta), fault };
        let refused = |error| of(fault::of_auth(&error, Dialect::S3));
        let body = body.take().ok_or_else(fault::internal)?;
        let check = Check::new(&verified.payload, &request.head.headers, &body).map_err(refused)?;
        if let Some(length) = check.decoded_bytes() {
            unframed(&mut request.head, length);
        }
        let mut held = Held::default();
        if meta.streaming_input {
            let length = check.decoded_bytes().or_else(|| body.length());
            needs_length(&request.head, length).map_err(of)?;
            let trailers = Trailers::default();
            if let Some(names) = request.head.headers.get("x-amz-trailer") {
                trailers.announce(names.clone());
            }
            let passing = Passing::new(body, check, trailers.clone());
            request.body = Body::Stream(Stream::new(passing, length).with_trailers(trailers));
        } else {
            let bytes;
            (bytes, held) = body.collect(self.config.limits.document_bytes_max).await.map_err(of)?;
            let (bytes, trailers) = check.whole(bytes).map_err(refused)?;
            request.head.headers.extend(trailers); // a checksum counts wherever it stands
            request.body = Body::Full(bytes);
        }
        Ok(Admitted { door, verified, held })
    }

    /// A head's operation and signer. What a URL carries for headers becomes headers, and may name another operation.
    async fn admit_head(
        &self,
        visit: &Visit,
        manner: Manner,
        request: &mut wire::Request,
    ) -> Result<(&Arc<dyn Door>, &'static Meta, Verified), Refused> {
        let (door, meta) = self.door(manner, request)?;
        let of = |fault| Refused { meta: Some(meta), fault };
        let mut verified = self.verify(visit, manner, request, None).await.map_err(of)?;
        let carried = std::mem::take(&mut verified.carried);
        if carried.is_empty() {
            no_encryption(&request.head).map_err(of)?;
            return Ok((door, meta, verified));
        }
        request.head.headers.extend(carried);
        let (door, meta) = self.door(manner, request)?;
        no_encryption(&request.head).map_err(|fault| Refused { meta: Some(meta), fault })?;
        Ok((door, meta, verified))
    }

    /// The way of all others, whose signatures cover the hash of the body.
    async fn admit_whole(&self, job: &mut Job, manner: Manner) -> Result<Admitted<'_>, Refused> {
        let held = job.collect(self.config.limits.body_bytes_max).await?;
        self.admit_collected(job, manner, held).await
    }

    async fn admit_collected(
        &self,
        job: &mut Job,
        manner: Manner,
        held: Held,
    ) -> Result<Admitted<'_>, Refused> {
        let Job { request, visit, .. } = job;
        let (door, meta) = self.door(manner, request)?;
        let of = |fault| Refused { meta: Some(meta), fault };
        let verified = self.verify(visit, manner, request, Some(request.bytes())).await.map_err(of)?;
        Ok(Admitted { door, verified, held })
    }

    /// Refuses what nobody signed, unless the service takes such requests.
    fn signed_only<'a>(&self, manner: Manner, admitted: Admitted<'a>) -> Result<Admitted<'a>, Refused> {
        let meta = admitted.door.meta();
        if !admitted.verified.identity.is_anonymous() || self.floor.registry.takes_unsigned(meta) {
            return Ok(admitted);
        }
        let dialect = fault::dialect(manner.service, manner.protocol);
        Err(Refused { meta: Some(meta), fault: fault::of_auth(&AuthError::MissingToken, dialect) })
    }

    /// An unsigned form on a host that says nothing: its action tells the service.
    async fn form(&self, job: &mut Job) -> Response<Body> {
        let unknown = |visit: &Visit, refused| {
            self.refuse(&AWS_QUERY, refused, &self.reply(visit, None), &visit.origin)
        };
        let held = match job.collect(self.config.limits.body_bytes_max).await {
            Ok(held) => held,
            Err(fault) => return unknown(&job.visit, fault.into()),
        };
        let form = std::str::from_utf8(job.request.bytes()).unwrap_or_default();
        let Some(service) = claim::of_action(form, &self.services) else {
            let action = pairs(form).find(|(key, _)| *key == "Action").map(|(_, value)| value.to_owned());
            let lost = AWS_QUERY.lost(&action.map_or(Lost::NoAction, Lost::Unknown));
            return unknown(&job.visit, lost.into());
        };
        let manner = Manner { service, protocol: protocol_of(service, &job.request.head) };
        let admitted = self.admit_collected(job, manner, held).await;
        let admitted = admitted.and_then(|admitted| self.signed_only(manner, admitted));
        self.enter(manner, admitted, &job.visit, &mut job.request).await
    }

    async fn verify(
        &self,
        visit: &Visit,
        manner: Manner,
        request: &wire::Request,
        body: Option<&[u8]>,
    ) -> Result<Verified, Fault> {
        let service = manner.service;
        let region = visit.region.as_ref().map(Region::as_str);
        let bucket = request.bucket.as_deref();
        let scheme = Scheme { s3: service.s3, service: service.signing_name, region, bucket, body };
        let now = self.floor.env.clocks.auth.now();
        let dialect = fault::dialect(service, manner.protocol);
        let verified = self.verifier.verify(&request.head, now, scheme).await;
        let verified = verified.map_err(|error| fault::of_auth(&error, dialect))?;
        let strange = || page::judge(&request.head, service.objects, &self.config.hosts);
        match verified.is_public.then(strange).flatten() {
            Some(stranger) => Err(fault::of_stranger(stranger, dialect)),
            None => Ok(verified),
        }
    }

    /// The operation that a request asks for, and its handler.
    fn door(
        &self,
        manner: Manner,
        request: &wire::Request,
    ) -> Result<(&Arc<dyn Door>, &'static Meta), Refused> {
        let row: &'static OperationRow = manner.protocol.find(manner.service, request).map_err(|lost| {
            let head = &request.head;
            if manner.service.objects && head.method == Method::POST && claim::is_upload_form(&head.headers) {
                return fault::upload_form();
            }
            manner.protocol.lost(&lost)
        })?;
        let meta = row.meta.ok_or_else(|| unlisted_operation(row))?;
        let door =
            self.floor.registry.door(manner.service.id, meta.name).ok_or_else(|| unlisted_operation(row))?;
        Ok((door, meta))
    }

    fn enter<'a>(
        &'a self,
        manner: Manner,
        admitted: Result<Admitted<'a>, Refused>,
        visit: &'a Visit,
        request: &'a mut wire::Request,
    ) -> impl Future<Output = Response<Body>> + Send + 'a {
        let reply = self.reply(visit, Some(manner.service));
        let mut entered = match admitted {
            Ok(admitted) => Ok(self.entered(admitted, visit, &request.head, manner.service)),
            Err(refused) => Err(Some(self.refuse(manner.protocol, refused, &reply, &visit.origin))),
        };
        async move {
            let Entered { door, cx, is_named, .. } = match &mut entered {
                Ok(entered) => entered,
                Err(refused) => return refused.take().unwrap_or_default(),
            };
            let found = match self.go_home(cx, manner.service, request, *is_named).await {
                Ok(()) => self.go_through(cx, visit, manner.service, request).await,
                refused => refused,
            };
            if let Err(fault) = found {
                let refused = Refused { meta: Some(door.meta()), fault };
                return self.refuse(manner.protocol, refused, &reply, &visit.origin);
            }
            let served = match begun(door, cx, manner.protocol, request, &reply) {
                Some(served) => AssertUnwindSafe(served).catch_unwind().await.ok(),
                None => None,
            };
            let Some(mut response) = served else {
                let refused = Refused { meta: Some(door.meta()), fault: fault::internal() };
                return self.refuse(manner.protocol, refused, &reply, &visit.origin);
            };
            named(&mut response, manner.service);
            if manner.service.s3 {
                self.tell_asker(&mut response, cx).await;
            }
            response
        }
    }

    fn entered<'a>(
        &self,
        admitted: Admitted<'a>,
        visit: &Visit,
        head: &Parts,
        service: &ServiceMeta,
    ) -> Entered<'a> {
        let Admitted { door, verified, held } = admitted;
        let signed = signed(&verified, self.floor.env.clocks.auth.now(), head, service);
        let region = verified.region.or_else(|| visit.region.clone());
        let is_named = region.is_some();
        let region = region.unwrap_or_else(|| self.default_region.clone());
        let origin = visit.origin.clone();
        let via = self.no_via.clone();
        let caller = Caller { who: verified.identity, region, via, origin, signed, through: None };
        let cx = Cx::new(&self.floor, caller, visit.request_id.clone(), visit.gone.clone());
        Entered { door, cx, is_named, _held: held }
    }

    pub(crate) fn reply<'a>(
        &'a self,
        visit: &'a Visit,
        service: Option<&'static ServiceMeta>,
    ) -> ReplyContext<'a> {
        let host_id = if service.is_some_and(|s| s.s3) { self.host_id.as_str() } else { "" };
        ReplyContext { request_id: &visit.request_id, host_id, service, head: visit.is_head }
    }

    /// An answer of S3's before it is known.
    fn begun(&self, visit: &Visit) -> Response<Body> {
        let mut response = Response::new(Body::default());
        let ids = [("x-amz-request-id", &*visit.request_id), ("x-amz-id-2", &self.host_id)];
        for (name, id) in ids {
            if let Ok(id) = HeaderValue::from_str(id) {
                response.headers_mut().insert(name, id);
            }
        }
        response.headers_mut().insert(SERVER, AMAZON_S3);
        response
    }

    pub(crate) fn refuse(
        &self,
        protocol: &dyn Protocol,
        refused: Refused,
        reply: &ReplyContext<'_>,
        origin: &Origin,
    ) -> Response<Body> {
        let Refused { meta, fault } = refused;
        self.refused.add(1);
        tracing::debug!(
            target: "kumiki::refused",
            service = reply.service.map(|s| s.id),
            operation = meta.map(|m| m.name),
            request_id = reply.request_id,
            fault = fault.code(),
            cause = fault.cause(),
        );
        self.floor.journal.note(&Event {
            at: self.floor.env.clocks.auth.now(),
            request_id: reply.request_id,
            operation: (reply.service.map(|s| s.id), meta.map(|m| m.name)),
            caller: None,
            origin,
            checks: &[],
            fault: Some(&fault),
            took_us: 0,
        });
        let mut response = protocol.refuse(meta, &fault, reply);
        if let Some(service) = reply.service {
            named(&mut response, service);
            self.tell_refusal(&mut response, service, &fault);
        }
        response
    }

    /// In the protocol that the head looks like, where there is no service to ask.
    fn turn_away(&self, visit: &Visit, head: &Parts, fault: Fault) -> Response<Body> {
        let protocol: &dyn Protocol = if head.headers.contains_key(X_AMZ_TARGET) {
            &AWS_JSON_1_0
        } else if claim::is_form(&head.headers) {
            &AWS_QUERY
        } else {
            &REST_XML
        };
        self.refuse(protocol, fault.into(), &self.reply(visit, None), &visit.origin)
    }
}

/// Has a request decoded; none where that panics.
fn begun<'a>(
    door: &'a Arc<dyn Door>,
    cx: &'a mut Cx,
    protocol: &'a dyn Protocol,
    request: &mut wire::Request,
    reply: &'a ReplyContext<'a>,
) -> Option<BoxFuture<'a, Response<Body>>> {
    let serve = move || {
        let cx = cx; // given away, so that it can be called once only
        door.serve(cx, protocol, request, reply)
    };
    catch_unwind(AssertUnwindSafe(serve)).ok()
}

/// The answer names the server, as S3's do and no others.
pub(crate) fn named(response: &mut Response<Body>, service: &ServiceMeta) {
    if service.s3 {
        response.headers_mut().insert(SERVER, AMAZON_S3);
    }
}

/// The protocol that a request is in; the service's last, which asks least, where it is in none.
fn protocol_of(service: &'static ServiceMeta, head: &Parts) -> &'static dyn Protocol {
    let least = || service.protocols.last().copied().unwrap_or(&REST_XML);
    service.protocol(head).unwrap_or_else(least)
}

impl Desk for Front {
    type Body = Body;

    fn another(self: &Arc<Self>) -> Arc<Self> {
        Arc::new(Self { hall: self.hall.clone(), no_via: Arc::new([]) })
    }

    fn answer(
        self: &Arc<Self>,
        line: &Line,
        request: Request<Incoming>,
        gone: Gone,
    ) -> BoxFuture<'static, Response<Body>> {
        let (head, body) = request.into_parts();
        if !host::is_good(&head) {
            let visit = Visit::new(line, &head, false, Named::default(), gone);
            return Box::pin(std::future::ready(self.turn_away(&visit, &head, fault::bad_host())));
        }
        let mut claimed = claim::read(&head, &self.services, &self.config.hosts);
        let front = self.clone();
        if let Some(question) = own::asked(&head, &claimed, &self.config.hosts) {
            return Box::pin(front.own(question));
        }
        let is = |of: fn(&ServiceMeta) -> bool| matches!(claimed.service, Ok(Claim::Of(s)) if of(s));
        let (s3, objects) = (is(|service| service.s3), is(|service| service.objects));
        let visit = Visit::new(line, &head, s3, (claimed.region.clone(), claimed.endpoint), gone);
        let body = Some(Intake::new(body, &head.headers, line.pulse.clone(), s3));
        let is_slow = s3 && slow::is_asked(&head);
        let bucket = claimed.bucket.take().filter(|_| objects);
        let request = wire::Request { head, body: Body::default(), bucket };
        if !is_slow {
            return Box::pin(front.serve(Job { request, body, claimed, visit }));
        }
        let run = Box::pin(front.serve(Job { request, body, claimed, visit: visit.clone() }));
        let front = self.clone();
        let begun = move || front.begun(&visit);
        Box::pin(slow::answered(run, self.floor.env.clocks.steady.clone(), begun))
    }

    fn overloaded(&self, line: &Line, request: Request<Incoming>) -> Response<Body> {
        let (head, body) = request.into_parts();
        let claimed = claim::read(&head, &self.services, &self.config.hosts);
        let service = match claimed.service {
            Ok(Claim::Of(service)) => Some(service),
            _ => None,
        };
        let s3 = service.is_some_and(|s| s.s3);
        drop(Intake::new(body, &head.headers, line.pulse.clone(), s3));
        let visit = Visit::new(line, &head, s3, Named::default(), Gone::default());
        let protocol = service.map_or(&AWS_QUERY as &dyn Protocol, |s| protocol_of(s, &head));
        self.refuse(protocol, fault::overloaded(s3).into(), &self.reply(&visit, service), &visit.origin)
    }

    fn failed() -> Response<Body> {
        REST_XML.refuse(None, &fault::internal(), &ReplyContext::default())
    }
}
