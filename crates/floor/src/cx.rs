//! What a request is given.

use std::{
    marker::PhantomData,
    sync::{Arc, OnceLock},
    time::Duration,
};

use auth::{AccountId, Identity, Kind, Region};
use env::{Env, Timestamp};
use http::HeaderValue;
use parking_lot::Mutex;
use seal::Master;
use wire::{Answer, Fault, Operation};

use crate::{
    Admitted, Block, Cells, Check, DeliveryId, Gone, Handle, Journal, Placement, Registry, RightsOf, Sender,
    authorise::Standing,
    caretaker::Caretakers,
    fault::internal,
    tx::{CellRef, Prefix, View},
};

/// How many calls deep blocks may call one another: a loop of notifications ends here with a clear error.
pub const HOPS_MAX: u8 = 16;

/// What a process has one of.
pub struct Floor {
    /// Time, randomness, disk, faults, figures.
    pub env: Env,
    /// The master key: what is secret in a record is sealed with it.
    pub seal: Master,
    /// Where records and bytes live.
    pub cells: Cells,
    /// What is served.
    pub registry: Registry,
    /// What runs in the background.
    pub caretakers: Caretakers,
    /// Where the rights of users and sessions are found; as long as nothing is set, only roots have rights.
    pub rights: OnceLock<Arc<dyn RightsOf>>,
    /// The access log.
    pub journal: Journal,
}

impl Floor {
    /// Lays the floor under the blocks of `registry`.
    pub fn lay(env: Env, seal: Master, cells: Cells, registry: Registry) -> Arc<Self> {
        let (caretakers, rights) = (Caretakers::default(), OnceLock::new());
        let floor =
            Arc::new(Self { env, seal, cells, registry, caretakers, rights, journal: Journal::default() });
        floor.cells.belong_to(&floor);
        floor
    }

    /// The cell of a placement, for what `B` does outside of requests.
    pub async fn cell<B: Block>(&self, at: &Placement) -> Answer<CellRef<'static>> {
        let cell = self.cells.at(at).await?;
        Ok(CellRef { cell, prefix: Prefix(B::NAME), lent: PhantomData })
    }

    /// What is durable of `B`'s records in a placement's cell: for what a block does outside of requests.
    pub async fn view<B: Block>(&self, at: &Placement) -> Answer<View<'static>> {
        let cell = self.cells.at(at).await?;
        Ok(View { inner: cell.records.view(), prefix: Prefix(B::NAME), lent: PhantomData })
    }
}

/// Where a request came from, and how.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The caller's address.
    pub source_ip: String,
    /// Whether it came over TLS.
    pub secure: bool,
    /// The version of TLS: `1.2` or `1.3`; empty without.
    pub tls: &'static str,
    /// The cipher suite of TLS, as RFC 8446 and its forerunners name it; empty without.
    pub cipher: &'static str,
    /// `http://localhost:4566`: what the caller reached us by, for the URLs that answers contain.
    pub base_url: String,
    /// The User-Agent header.
    pub user_agent: String,
    /// The Referer header.
    pub referer: String,
}

/// How a request was signed, for the policies that ask.
#[derive(Clone, Debug, Default)]
pub struct Signed {
    /// Where the signature stood: `REST-HEADER`, `REST-QUERY-STRING` or `POST`.
    pub form: Option<&'static str>,
    /// Its version: `AWS4-HMAC-SHA256`, or `AWS` for the second.
    pub version: Option<&'static str>,
    /// How old it was, where it says.
    pub age_ms: Option<u64>,
    /// `x-amz-content-sha256`, as it was sent.
    pub content: Option<HeaderValue>,
    /// A browser's upload form, signed or not.
    pub is_upload_form: bool,
}

/// What stands between the caller and a resource, with rules of its own: an access point of S3. Blocks make it and know
/// it again.
pub trait Through: std::any::Any + std::fmt::Debug + Send + Sync {}

/// Who calls, where, and through whom.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The principal.
    pub who: Arc<Identity>,
    /// The region that is asked.
    pub region: Region,
    /// The services that the call passed before this one, first first (`aws:CalledVia`).
    pub via: Arc<[&'static str]>,
    /// Where the first request came from.
    pub origin: Arc<Origin>,
    /// How it was signed.
    pub signed: Signed,
    /// What the request came through: see [`crate::Block::through`].
    pub through: Option<Arc<dyn Through>>,
}

impl Caller {
    /// The caller's account.
    pub fn account(&self) -> AccountId {
        self.who.account
    }
}

/// Whom a block acts as when it calls another.
#[derive(Clone, Debug)]
pub enum As {
    /// The caller of this request, as AWS's forward access sessions.
    Caller,
    /// The block's own service principal, on behalf of a resource: the called resource's policy must allow it.
    Service {
        /// `aws:SourceArn`.
        source_arn: String,
        /// `aws:SourceAccount`.
        source_account: AccountId,
    },
}

/// The context of one call. It is not cloned; it is lent to one thing at a time.
pub struct Cx {
    pub(crate) floor: Arc<Floor>,
    /// Who calls, where, and through whom.
    pub caller: Caller,
    pub(crate) block: &'static str,
    pub(crate) principal: &'static str,
    pub(crate) service: &'static str,
    pub(crate) request_id: Arc<str>,
    pub(crate) deadline: Duration,
    pub(crate) hops: u8,
    pub(crate) gone: Gone,
    pub(crate) delivery: Option<DeliveryId>,
    /// What the policies were asked, for the record.
    pub(crate) asked: Mutex<Vec<Check>>,
    /// The code of the error that was answered.
    pub(crate) refused: Option<Box<str>>,
}

/// How long a request may take in all, unless its operation waits by contract.
pub const DEADLINE: Duration = Duration::from_secs(60);

impl Cx {
    /// The context of a request from outside.
    pub fn new(floor: &Arc<Floor>, caller: Caller, request_id: Arc<str>, gone: Gone) -> Self {
        Self {
            floor: floor.clone(),
            caller,
            block: "",
            principal: "",
            service: "",
            request_id,
            deadline: floor.env.clocks.steady.now() + DEADLINE,
            hops: 0,
            gone,
            delivery: None,
            asked: Mutex::default(),
            refused: None,
        }
    }

    /// The same context inside another block.
    pub(crate) fn enter<B: Block>(&mut self) {
        self.block = B::NAME;
        self.principal = B::PRINCIPAL;
        self.service = B::service().id;
    }

    /// The time of the service's promises.
    pub fn now(&self) -> Timestamp {
        self.floor.env.clocks.service.now()
    }

    /// Time, randomness, disk, faults, figures.
    pub fn env(&self) -> &Env {
        &self.floor.env
    }

    /// The master key.
    pub fn seal(&self) -> &Master {
        &self.floor.seal
    }

    /// What the process has one of.
    pub fn floor(&self) -> &Arc<Floor> {
        &self.floor
    }

    /// The region that is asked.
    pub fn region(&self) -> &Region {
        &self.caller.region
    }

    /// The id that the answer names.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// A random UUID. Made before a transaction: its closure may run more than once.
    pub fn uuid(&self) -> String {
        self.floor.env.random.uuid()
    }

    /// When the request must be over, on the steady clock.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// Whether the caller still listens. Waits end when it is gone; commits do not.
    pub fn gone(&self) -> &Gone {
        &self.gone
    }

    /// The stable id of the outbox delivery that this call is, if it is one: a receiver that promises order or
    /// exactly-once drops repeats by it.
    pub fn delivery(&self) -> Option<&DeliveryId> {
        self.delivery.as_ref()
    }

    /// The cell of a placement. It borrows the whole context, so that nothing else can be asked for inside its
    /// transactions: ids, time and blobs are made before.
    pub async fn cell(&mut self, at: &Placement) -> Answer<CellRef<'_>> {
        let cell = self.floor.cells.at(at).await?;
        Ok(CellRef { cell, prefix: Prefix(self.block), lent: PhantomData })
    }

    /// What is durable in a placement's cell.
    pub async fn view(&self, at: &Placement) -> Answer<View<'_>> {
        let cell = self.floor.cells.at(at).await?;
        Ok(View { inner: cell.records.view(), prefix: Prefix(self.block), lent: PhantomData })
    }

    /// The blob store of a placement's cell.
    pub async fn blobs(&self, at: &Placement) -> Answer<blob::Blobs> {
        Ok(self.floor.cells.at(at).await?.blobs.clone())
    }

    /// Calls another block's operation: limits, load, authorise, handle, as if it came from the wire.
    pub async fn call<O: Operation>(&self, as_: As, region: &Region, input: O::Input) -> Answer<O::Output> {
        let mut cx = self.beneath(as_, region, O::META.service.id)?;
        let call = self.floor.registry.call::<O>().ok_or_else(|| not_served(O::META.name))?;
        call.call(&mut cx, input).await
    }

    /// Whom `as_` means, from this block to `service`. One that calls itself is not passed (`aws:ViaAWSService`).
    pub(crate) fn caller_as(&self, as_: As, region: &Region, service: &str) -> Caller {
        let who = match as_ {
            As::Caller => self.caller.who.clone(),
            As::Service { source_arn, source_account } => {
                Arc::new(Identity::service(self.principal, Some(source_arn), Some(source_account)))
            }
        };
        let signed = if matches!(who.kind, Kind::Service { .. }) {
            Signed::default()
        } else {
            self.caller.signed.clone()
        };
        let mut via = self.caller.via.to_vec();
        if !self.principal.is_empty() && self.service != service {
            via.push(self.principal);
        }
        let origin = self.caller.origin.clone();
        Caller { who, region: region.clone(), via: via.into(), origin, signed, through: None }
    }

    fn beneath(&self, as_: As, region: &Region, service: &str) -> Answer<Cx> {
        if self.hops >= HOPS_MAX {
            return Err(Fault::coded("InvalidRequest", 400, "The request passed through too many services."));
        }
        Ok(Cx {
            floor: self.floor.clone(),
            caller: self.caller_as(as_, region, service),
            block: "",
            principal: "",
            service: "",
            request_id: self.request_id.clone(),
            deadline: self.deadline,
            hops: self.hops + 1,
            gone: self.gone.clone(),
            delivery: None,
            asked: Mutex::default(),
            refused: None,
        })
    }

    /// Admits the caller to a further operation that this request implies (the source of a copy), to which it comes
    /// straight.
    pub async fn admit<O: Operation, H: Handle<O>>(
        &self,
        handler: &H,
        input: &O::Input,
    ) -> Answer<Admitted<O, H>> {
        self.admit_through(handler, input, None).await
    }

    /// The same, where the caller comes through something else to it than this request does: `through`.
    pub async fn admit_through<O: Operation, H: Handle<O>>(
        &self,
        handler: &H,
        input: &O::Input,
        through: Option<Arc<dyn Through>>,
    ) -> Answer<Admitted<O, H>> {
        let caller = Caller { through, ..self.caller.clone() };
        let place = handler.place(&caller, input)?;
        let view = self.view(&place).await?;
        Admitted::on(handler, self, caller, place, view, input).await
    }

    /// Asks whether the caller may what this request implies besides, of something in another cell than its own.
    pub async fn ask<O: Operation, H: Handle<O>>(&self, _: &H, mut checks: Vec<Check>) -> Answer<()> {
        checks = H::through(&self.caller, O::META, checks)?;
        let standing = Standing::of(&self.floor, &self.caller).await?;
        let admitted = standing.admit::<H>(O::META, H::ACTIONS, &checks);
        self.asked.lock().append(&mut checks);
        admitted
    }

    /// The context of what this block does as another principal than its caller, in `region`: a role that it was given.
    #[must_use]
    pub fn acting(&self, who: Arc<Identity>, region: &Region) -> Self {
        let (via, origin) = (self.caller.via.clone(), self.caller.origin.clone());
        let (region, signed) = (region.clone(), Signed::default());
        let caller = Caller { who, region, via, origin, signed, through: None };
        Self {
            floor: self.floor.clone(),
            caller,
            block: self.block,
            principal: self.principal,
            service: self.service,
            request_id: self.request_id.clone(),
            deadline: self.deadline,
            hops: self.hops,
            gone: self.gone.clone(),
            delivery: self.delivery.clone(),
            asked: Mutex::default(),
            refused: None,
        }
    }

    /// Whether the caller may do all of this, where nobody has asked for an operation: background work in a role.
    pub async fn may(&self, checks: &[Check]) -> Answer<bool> {
        let standing = Standing::of(&self.floor, &self.caller).await?;
        Ok(checks.iter().all(|check| standing.decide(check).is_allow()))
    }

    /// The code of the error that was answered.
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Whether policies alone would not have let the caller in: an access control list did.
    pub async fn leaned_on_lists(&self) -> bool {
        let who = &self.caller.who;
        let leans = |check: &&Check| check.beside.as_ref().is_some_and(|b| b.grants(who, check.action));
        let bare: Vec<_> = self.asked.lock().iter().filter(leans).map(|c| c.clone().beside(None)).collect();
        !bare.is_empty() && !self.may(&bare).await.unwrap_or(true)
    }

    /// An identity with which entries go to the outbox; made before the transaction that records them.
    pub fn sender(&self, as_: As) -> Sender {
        Sender::new(self, as_)
    }
}

pub(crate) fn not_served(operation: &str) -> Fault {
    internal(format!("no block serves {operation}"))
}
