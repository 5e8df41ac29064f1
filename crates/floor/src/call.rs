//! The stages that every call passes after its input is decoded: limits, load and authorise, handle, record.
//! The wire's door, another block's call and the outbox are three doors to this one function.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use env::{Counter, Histogram, Injected, Metrics, Point};
use http::{HeaderMap, Uri};
use wire::{Answer, Body, Fault, Meta, Operation, Protocol, ReplyContext, Request, Response};

use crate::{Admitted, Cx, Handle, fault::unavailable, served};

/// A boxed future that borrows.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An operation found by its type.
pub trait Call<O: Operation>: Send + Sync {
    /// Passes all stages.
    fn call<'a>(&'a self, cx: &'a mut Cx, input: O::Input) -> Boxed<'a, Answer<O::Output>>;
}

/// An operation found by its name.
pub trait Door: Send + Sync {
    /// Decodes a request from the wire, passes all stages, encodes the answer. Address and headers are gone once they are
    /// decoded: they hold the connection's memory, and an answer may be long in coming.
    fn serve<'a>(
        &'a self,
        cx: &'a mut Cx,
        protocol: &'a dyn Protocol,
        request: &mut Request,
        reply: &'a ReplyContext,
    ) -> Boxed<'a, Response>;

    /// Takes an input that the outbox kept.
    fn deliver<'a>(&'a self, cx: &'a mut Cx, input: &'a [u8]) -> Boxed<'a, Answer<()>>;

    /// What is known about the operation.
    fn meta(&self) -> &'static Meta;
}

/// An operation and its handler.
pub(crate) struct Route<O, H> {
    pub(crate) handler: Arc<H>,
    figures: Figures,
    operation: std::marker::PhantomData<fn() -> O>,
}

/// What is counted for an operation.
pub(crate) struct Figures {
    pub(crate) took: Histogram,
    pub(crate) faults_client: Counter,
    pub(crate) faults_server: Counter,
}

impl Figures {
    fn of(meta: &'static Meta, metrics: &Metrics) -> Self {
        let labels = format!("service=\"{}\",operation=\"{}\"", meta.service.id, meta.name);
        Self {
            took: metrics.histogram("kumiki_request_seconds", &labels),
            faults_client: metrics
                .counter("kumiki_request_faults_total", &format!("{labels},fault=\"client\"")),
            faults_server: metrics
                .counter("kumiki_request_faults_total", &format!("{labels},fault=\"server\"")),
        }
    }
}

impl<O: Operation, H: Handle<O>> Route<O, H> {
    pub(crate) fn new(handler: Arc<H>, metrics: &Metrics) -> Self {
        Self { handler, figures: Figures::of(O::META, metrics), operation: std::marker::PhantomData }
    }

    /// The input is lent, and taken by the handler alone: what is given to an `async fn` stands twice in its future, and
    /// futures are moved as a whole.
    async fn stages(&self, cx: &mut Cx, input: &mut O::Input) -> Answer<O::Output> {
        cx.enter::<H>();
        let started = cx.env().clocks.steady.now();
        let answer = self.decide_and_do(cx, input).await;
        let took = cx.env().clocks.steady.now().saturating_sub(started);
        served::record(O::META, cx, &self.figures, took, answer.as_ref().err());
        answer
    }

    async fn decide_and_do(&self, cx: &mut Cx, input: &mut O::Input) -> Answer<O::Output> {
        let violations = wire::check(input);
        if !violations.is_empty() {
            return Err(H::violated(O::META, &violations));
        }
        if let Some(injected) = cx.env().faults.at(Point::Admission) {
            injected_here(cx, injected).await?;
        }
        let place = self.handler.place(&cx.caller, input)?;
        let view = cx.view(&place).await?;
        let admitted = Admitted::<O, H>::on(&self.handler, cx, cx.caller.clone(), place, view, input).await?;
        self.handler.handle(cx, admitted, std::mem::take(input)).await
    }
}

async fn injected_here(cx: &Cx, injected: Injected) -> Answer<()> {
    match injected {
        Injected::Delay(time) => {
            cx.env().clocks.steady.wait(time).await;
            Ok(())
        }
        Injected::Error | Injected::Full => Err(unavailable("a fault was injected at admission")),
    }
}

impl<O: Operation, H: Handle<O>> Call<O> for Route<O, H> {
    fn call<'a>(&'a self, cx: &'a mut Cx, mut input: O::Input) -> Boxed<'a, Answer<O::Output>> {
        Box::pin(async move { self.stages(cx, &mut input).await })
    }
}

impl<O: Operation, H: Handle<O>> Door for Route<O, H> {
    fn serve<'a>(
        &'a self,
        cx: &'a mut Cx,
        protocol: &'a dyn Protocol,
        request: &mut Request,
        reply: &'a ReplyContext,
    ) -> Boxed<'a, Response> {
        let mut input = O::Input::default();
        let decoded = protocol.decode(O::META, request, &mut input);
        request.head.uri = Uri::default();
        request.head.headers = HeaderMap::default();
        request.body = Body::default();
        Box::pin(async move {
            if let Err(reject) = decoded {
                let fault = protocol.fault(&reject);
                served::record(O::META, cx, &self.figures, Duration::ZERO, Some(&fault));
                cx.refused = Some(fault.code().into());
                return protocol.refuse(Some(O::META), &fault, reply);
            }
            match self.stages(cx, &mut input).await {
                Ok(output) => protocol.encode(O::META, &output, reply),
                Err(fault) => {
                    cx.refused = Some(fault.code().into());
                    protocol.refuse(Some(O::META), &fault, reply)
                }
            }
        })
    }

    fn deliver<'a>(&'a self, cx: &'a mut Cx, input: &'a [u8]) -> Boxed<'a, Answer<()>> {
        Box::pin(async move {
            let mut decoded = O::Input::default();
            wire::pack::unpack(input, &mut decoded).map_err(|r| kept_input_is_damaged(O::META, &r))?;
            self.stages(cx, &mut decoded).await.map(|_| ())
        })
    }

    fn meta(&self) -> &'static Meta {
        O::META
    }
}

fn kept_input_is_damaged(meta: &'static Meta, reject: &wire::Reject) -> Fault {
    crate::fault::internal(format!(
        "the outbox kept an input of {} that cannot be read: {reject:?}",
        meta.name
    ))
}
