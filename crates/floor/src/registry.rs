//! What is served: filled once, when the process is assembled. What is not registered does not exist.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
    time::Duration,
};

use auth::Region;
use env::Metrics;
use wire::{Answer, Meta, Operation, ServiceMeta};

use crate::{
    Block, Call, Caretaker, Cx, Door, Handle,
    call::{Boxed, Route},
    cx::Through,
    web::{Entered, Web},
};

/// What is known of a registered operation: coverage, documentation and the checks on them are derived from it.
#[derive(Clone, Copy)]
pub struct Registration {
    /// The operation.
    pub meta: &'static Meta,
    /// The IAM actions that it may ask for; empty where anyone may call it.
    pub actions: &'static [&'static str],
}

/// A continuation that a block keeps in the outbox: see [`crate::Entry::step`].
pub(crate) type Step = Arc<dyn for<'a> Fn(&'a mut Cx, &'a [u8]) -> Boxed<'a, Answer<()>> + Send + Sync>;

/// Where something lives: see [`Service::home`].
pub(crate) type Home =
    Arc<dyn for<'a> Fn(&'a mut Cx, &'a str) -> Boxed<'a, Answer<Option<Region>>> + Send + Sync>;

/// A name in a request's address that may not be the resource's own.
#[derive(Clone, Debug)]
pub struct Address {
    /// The name.
    pub name: String,
    /// The host is an endpoint where only such names are.
    pub is_at_endpoint: bool,
    /// It stands in the host, rather than in the path.
    pub is_in_host: bool,
}

/// What stands behind such a name.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The resource's own name.
    pub name: String,
    /// What the caller comes through to it.
    pub through: Arc<dyn Through>,
}

/// What stands behind a name: see [`Service::behind`].
pub(crate) type FindBehind =
    Arc<dyn for<'a> Fn(&'a mut Cx, &'a Address) -> Boxed<'a, Answer<Option<Behind>>> + Send + Sync>;

/// A block and the operations that it serves.
pub struct Service<B> {
    block: Arc<B>,
    metrics: Metrics,
    part: Registry,
}

impl<B: Block> Service<B> {
    /// A block that serves nothing yet.
    pub fn new(block: Arc<B>, metrics: &Metrics) -> Self {
        let mut part = Registry::default();
        part.services.push(B::service());
        part.principals.push(B::PRINCIPAL);
        part.unsigned.insert(B::service().id, B::takes_unsigned);
        Self { block, metrics: metrics.clone(), part }
    }

    /// Serves `O`.
    #[must_use]
    pub fn serve<O: Operation>(mut self) -> Self
    where
        B: Handle<O>,
    {
        let route = Arc::new(Route::<O, B>::new(self.block.clone(), &self.metrics));
        let call: Arc<dyn Call<O>> = route.clone();
        self.part.calls.insert(TypeId::of::<O>(), Box::new(call));
        self.part.doors.entry(O::META.service.id).or_default().insert(O::META.name, route);
        self.part.registrations.push(Registration { meta: O::META, actions: <B as Handle<O>>::ACTIONS });
        self
    }

    /// Runs `step` for the outbox entries of that name.
    #[must_use]
    pub fn step<F>(mut self, name: &'static str, step: F) -> Self
    where
        F: for<'a> Fn(Arc<B>, &'a mut Cx, &'a [u8]) -> Boxed<'a, Answer<()>> + Send + Sync + 'static,
    {
        let block = self.block.clone();
        let run: Step = Arc::new(move |cx, bytes| {
            cx.enter::<B>();
            step(block.clone(), cx, bytes)
        });
        self.part.steps.entry(B::NAME).or_default().insert(name, run);
        self
    }

    /// Says where something lives by its name, for requests that name no region themselves: unsigned ones, and those
    /// signed in a way that has none.
    #[must_use]
    pub fn home<F>(mut self, home: F) -> Self
    where
        F: for<'a> Fn(&'a mut Cx, &'a str) -> Boxed<'a, Answer<Option<Region>>> + Send + Sync + 'static,
    {
        let find: Home = Arc::new(move |cx, name| {
            cx.enter::<B>();
            home(cx, name)
        });
        self.part.homes.insert(B::service().id, find);
        self
    }

    /// Says what stands behind a name that clients use for another resource's: an access point for its bucket. None
    /// where it is the resource's own.
    #[must_use]
    pub fn behind<F>(mut self, find: F) -> Self
    where
        F: for<'a> Fn(Arc<B>, &'a mut Cx, &'a Address) -> Boxed<'a, Answer<Option<Behind>>>
            + Send
            + Sync
            + 'static,
    {
        let block = self.block.clone();
        let find: FindBehind = Arc::new(move |cx, address| {
            cx.enter::<B>();
            find(block.clone(), cx, address)
        });
        self.part.behind.insert(B::service().id, find);
        self
    }

    /// Has something for web browsers.
    #[must_use]
    pub fn web(mut self) -> Self
    where
        B: Web,
    {
        self.part.webs.insert(B::service().id, Arc::new(Entered(self.block.clone())));
        self
    }

    /// Runs `step` every `interval` of service time, in the background, one at a time.
    #[must_use]
    pub fn caretaker<F>(mut self, name: &'static str, interval: Duration, step: F) -> Self
    where
        F: for<'a> Fn(Arc<B>, &'a mut Cx) -> Boxed<'a, Answer<u64>> + Send + Sync + 'static,
    {
        let block = self.block.clone();
        self.part.caretakers.push(Caretaker::new(name, interval, move |cx| {
            cx.enter::<B>();
            step(block.clone(), cx)
        }));
        self
    }
}

/// By the service's or block's name, then by the operation's or step's.
type ByName<T> = HashMap<&'static str, HashMap<&'static str, T>>;

/// Everything that is served.
#[derive(Default)]
pub struct Registry {
    services: Vec<&'static ServiceMeta>,
    calls: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    doors: ByName<Arc<dyn Door>>,
    steps: ByName<Step>,
    homes: HashMap<&'static str, Home>,
    behind: HashMap<&'static str, FindBehind>,
    webs: HashMap<&'static str, Arc<dyn Web>>,
    registrations: Vec<Registration>,
    unsigned: HashMap<&'static str, fn(&'static Meta) -> bool>,
    principals: Vec<&'static str>,
    pub(crate) caretakers: Vec<Caretaker>,
}

impl Registry {
    /// With a block.
    #[must_use]
    pub fn with<B: Block>(mut self, service: Service<B>) -> Self {
        let part = service.part;
        self.services.extend(part.services);
        self.calls.extend(part.calls);
        self.doors.extend(part.doors);
        self.steps.extend(part.steps);
        self.homes.extend(part.homes);
        self.behind.extend(part.behind);
        self.webs.extend(part.webs);
        self.unsigned.extend(part.unsigned);
        self.registrations.extend(part.registrations);
        self.caretakers.extend(part.caretakers);
        self.principals.extend(part.principals);
        self
    }

    /// The APIs that are served.
    pub fn services(&self) -> &[&'static ServiceMeta] {
        &self.services
    }

    /// The service principals of the blocks.
    pub(crate) fn principals(&self) -> impl Iterator<Item = &'static str> {
        self.principals.iter().copied()
    }

    /// All registered operations.
    pub fn registrations(&self) -> &[Registration] {
        &self.registrations
    }

    /// An operation by its type.
    pub fn call<O: Operation>(&self) -> Option<&Arc<dyn Call<O>>> {
        self.calls.get(&TypeId::of::<O>())?.downcast_ref()
    }

    /// An operation by its service's id and its name.
    pub fn door(&self, service: &str, operation: &str) -> Option<&Arc<dyn Door>> {
        self.doors.get(service)?.get(operation)
    }

    /// The region where `name` lives, as the service says; `None` where it says nothing.
    pub async fn home(&self, service: &str, cx: &mut Cx, name: &str) -> Answer<Option<Region>> {
        match self.homes.get(service) {
            Some(find) => find(cx, name).await,
            None => Ok(None),
        }
    }

    /// What stands behind a name, as the service says; `None` where it is the resource's own.
    pub async fn behind(&self, service: &str, cx: &mut Cx, address: &Address) -> Answer<Option<Behind>> {
        match self.behind.get(service) {
            Some(find) => find(cx, address).await,
            None => Ok(None),
        }
    }

    /// What the service has for web browsers.
    pub fn web(&self, service: &str) -> Option<&Arc<dyn Web>> {
        self.webs.get(service)
    }

    /// Whether the operation may be asked for without a signature.
    pub fn takes_unsigned(&self, operation: &'static Meta) -> bool {
        self.unsigned.get(operation.service.id).is_some_and(|takes| takes(operation))
    }

    pub(crate) fn step(&self, block: &str, name: &str) -> Option<&Step> {
        self.steps.get(block)?.get(name)
    }
}
