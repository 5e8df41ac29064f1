//! How a block writes an operation.

use std::{borrow::Cow, future::Future, sync::Arc};

use auth::{AccountId, Identity};
use bytes::Bytes;
use parking_lot::Mutex;
use policy::{Policy, Values, Verdict};
use store::KeyRange;
use wire::{Answer, Fault, Meta, Operation, ServiceMeta, Violation};

use crate::{
    Caller, Cx, Floor, Key, Placement, Rights, Tx,
    authorise::Standing,
    tx::{Get, View},
};

/// What all operations of a block share.
pub trait Block: Send + Sync + Sized + 'static {
    /// The block's name: the prefix of its records. Never changes.
    const NAME: &'static str;
    /// The principal it acts as towards other blocks: `s3.amazonaws.com`.
    const PRINCIPAL: &'static str;

    /// The API it serves.
    fn service() -> &'static ServiceMeta;

    /// Whether a request for the operation may come without a signature: where a resource's policy may let anybody in,
    /// or the caller proves who it is in another way.
    fn takes_unsigned(_: &'static Meta) -> bool {
        false
    }

    /// The answer to input that breaks the model's limits, in the service's own words.
    fn violated(meta: &'static Meta, violations: &[Violation]) -> Fault;

    /// The answer to a caller who may not do this, in the service's own words.
    fn denied(denial: &Denial<'_>) -> Fault;

    /// What is asked for an operation where the caller came through something that has a say of its own
    /// ([`Caller::through`]), instead of `checks`.
    fn through(caller: &Caller, operation: &'static Meta, checks: Vec<Check>) -> Answer<Vec<Check>> {
        let _ = (caller, operation);
        Ok(checks)
    }
}

/// Why a caller was refused.
#[derive(Debug)]
pub struct Denial<'a> {
    /// The operation.
    pub operation: &'static Meta,
    /// Who called.
    pub caller: &'a Caller,
    /// The IAM action that was refused.
    pub action: &'static str,
    /// The resource's ARN.
    pub resource: &'a str,
    /// See [`Check::named`].
    pub named: Option<&'a str>,
    /// What the policies came to.
    pub verdict: Verdict,
    /// The policies let the caller in, and the operation is for the owner's account alone: see [`Check::owner_only`].
    pub is_foreign: bool,
}

impl Denial<'_> {
    /// AWS's sentence: `User: ARN is not authorized to perform: ... because no ... policy allows ...`.
    pub fn message(&self) -> String {
        self.verdict.message(self.caller.who.arn(), self.action, self.resource)
    }
}

/// One question to the policies: may the caller do `action` to `resource`?
#[derive(Clone, Debug)]
pub struct Check {
    /// The IAM action: `sqs:SendMessage`. One of the handler's [`Handle::ACTIONS`].
    pub action: &'static str,
    /// The ARN of the resource.
    pub resource: String,
    /// The account that owns it.
    pub owner: AccountId,
    /// The resource's own policy.
    pub policy: Option<Arc<Policy>>,
    /// Condition keys of the service for this request: `s3:prefix`, ...
    pub keys: Vec<(Cow<'static, str>, Values<'static>)>,
    /// See [`Check::needs_resource_policy`].
    pub needs_resource_policy: bool,
    /// See [`Check::granted`].
    pub is_granted: bool,
    /// See [`Check::vouched_by`].
    pub vouched_by: Option<String>,
    /// How the caller called the resource, where that is not its ARN: refusals may tell no more.
    pub named: Option<String>,
    /// See [`Check::owner_only`].
    pub is_owner_only: bool,
    /// See [`Check::beside`].
    pub beside: Option<Arc<dyn Beside>>,
}

/// What a resource has beside its policy: access control lists, and blocks of public access.
pub trait Beside: std::any::Any + std::fmt::Debug + Send + Sync {
    /// Whether it lets the caller do this, as a policy of the resource that names the caller itself.
    fn grants(&self, caller: &Identity, action: &str) -> bool;

    /// Whether the caller may what the resource's policy allows it. What that denies is denied in any case.
    fn heeds_policy(&self, caller: &Identity) -> bool;
}

impl Check {
    /// A check on a resource without a policy of its own and without further keys.
    pub fn new(action: &'static str, resource: impl Into<String>, owner: AccountId) -> Self {
        Self {
            action,
            resource: resource.into(),
            owner,
            policy: None,
            keys: Vec::new(),
            needs_resource_policy: false,
            is_granted: false,
            vouched_by: None,
            named: None,
            is_owner_only: false,
            beside: None,
        }
    }

    /// Only for principals of the account that owns the resource, whomever else its policy names: where AWS says that
    /// an operation has no cross-account use.
    #[must_use]
    pub fn owner_only(mut self) -> Self {
        self.is_owner_only = true;
        self
    }

    /// Asked for somebody whom an identity provider vouches for, by the provider's ARN, whoever signed the request: only
    /// the resource's policy can let them in.
    #[must_use]
    pub fn vouched_by(mut self, provider: String) -> Self {
        self.vouched_by = Some(provider);
        self
    }

    /// The caller's own policies are not enough, even in the account that owns the resource: keys of KMS, and the
    /// trust policies of roles.
    #[must_use]
    pub fn needs_resource_policy(mut self) -> Self {
        self.needs_resource_policy = true;
        self
    }

    /// Something besides policies lets the caller in, as one that the resource's policy named itself: a grant of KMS.
    #[must_use]
    pub fn granted(mut self, is_granted: bool) -> Self {
        self.is_granted = is_granted;
        self
    }

    /// With what the resource has beside its policy.
    #[must_use]
    pub fn beside(mut self, beside: Option<Arc<dyn Beside>>) -> Self {
        self.beside = beside;
        self
    }

    /// With the resource's policy.
    #[must_use]
    pub fn policy(mut self, policy: Option<Arc<Policy>>) -> Self {
        self.policy = policy;
        self
    }

    /// With one more condition key: of one value (a text), or of a set of them (a vector).
    #[must_use]
    pub fn key(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Values<'static>>) -> Self {
        self.keys.push((name.into(), value.into()));
        self
    }
}

/// What an operation is about: the questions to be asked, and the records read to ask them.
pub struct Target<L> {
    /// All of them must be allowed.
    pub checks: Vec<Check>,
    /// What the handler receives.
    pub loaded: L,
}

impl<L> Target<L> {
    /// One question.
    pub fn one(check: Check, loaded: L) -> Self {
        Self { checks: vec![check], loaded }
    }

    /// Nothing to be asked: only for operations that are on the list of those anyone may call.
    pub fn anyone(loaded: L) -> Self {
        Self { checks: Vec::new(), loaded }
    }
}

/// One operation of a block.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not handle `{O}`",
    note = "`impl Handle<{O}> for {Self}` stands in a file of its own in the block's `src/ops/`, which `pub mod ops` in its `src/lib.rs` names"
)]
pub trait Handle<O: Operation>: Block {
    /// What [`Handle::resource`] reads and [`Handle::handle`] receives.
    type Loaded: Send + Sync + 'static;

    /// The IAM actions that this operation may ask for; empty only where anyone may call it.
    const ACTIONS: &'static [&'static str];

    /// Where the resource lives. Pure: the gateway asks too.
    fn place(&self, caller: &Caller, input: &O::Input) -> Answer<Placement>;

    /// Reads what authorisation needs and says what is to be allowed. It runs on a view, and inside a transaction
    /// again when what it read has changed.
    fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &O::Input,
    ) -> impl Future<Output = Answer<Target<Self::Loaded>>> + Send;

    /// Does it.
    fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<O, Self>,
        input: O::Input,
    ) -> impl Future<Output = Answer<O::Output>> + Send;
}

/// The proof that the caller may do `O`, with what was read to decide it.
pub struct Admitted<O: Operation, H: Handle<O>> {
    /// What [`Handle::resource`] loaded.
    pub loaded: Arc<H::Loaded>,
    /// Where the resource lives.
    pub place: Placement,
    caller: Caller,
    floor: Arc<Floor>,
    rights: Option<Arc<Rights>>,
    noted: Vec<Note>,
}

enum Note {
    Key(Key, Option<Bytes>),
    Range(KeyRange, usize, Vec<(Bytes, Bytes)>),
}

impl<O: Operation, H: Handle<O>> Admitted<O, H> {
    /// Loads and authorises on `view`.
    pub(crate) async fn on(
        handler: &H,
        cx: &Cx,
        caller: Caller,
        place: Placement,
        view: View<'_>,
        input: &O::Input,
    ) -> Answer<Self> {
        let floor = &cx.floor;
        let noting = Noting { view, noted: Mutex::default() };
        let mut target = handler.resource(&caller, &noting, input).await?;
        target.checks = H::through(&caller, O::META, target.checks)?;
        let standing = Standing::of(floor, &caller).await?;
        let admitted = standing.admit::<H>(O::META, H::ACTIONS, &target.checks);
        cx.asked.lock().append(&mut target.checks);
        admitted?;
        let (noted, rights) = (noting.noted.into_inner(), standing.rights);
        let floor = floor.clone();
        Ok(Self { loaded: Arc::new(target.loaded), place, caller, floor, rights, noted })
    }

    /// What was loaded, as the transaction sees it. Where it has changed since, or what the caller may do has, it is
    /// loaded and authorised anew, so that a policy taken away during a long upload counts.
    pub async fn within(&self, handler: &H, tx: &Tx, input: &O::Input) -> Answer<Arc<H::Loaded>> {
        let standing = Standing::of(&self.floor, &self.caller).await?;
        if self.rights.as_ref().map(Arc::as_ptr) == standing.rights.as_ref().map(Arc::as_ptr)
            && self.is_current(tx).await?
        {
            return Ok(self.loaded.clone());
        }
        let mut target = handler.resource(&self.caller, tx, input).await?;
        target.checks = H::through(&self.caller, O::META, target.checks)?;
        standing.admit::<H>(O::META, H::ACTIONS, &target.checks)?;
        Ok(Arc::new(target.loaded))
    }

    /// Whether the transaction sees what the view saw.
    async fn is_current(&self, tx: &Tx) -> Answer<bool> {
        for note in &self.noted {
            let same = match note {
                Note::Key(key, value) => tx.get(key).await? == *value,
                Note::Range(range, limit, pairs) => tx.range(range.clone(), *limit).await? == *pairs,
            };
            if !same {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Who was admitted.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }
}

/// A view that remembers what was asked of it.
struct Noting<'a> {
    view: View<'a>,
    noted: Mutex<Vec<Note>>,
}

impl Get for Noting<'_> {
    async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
        let value = self.view.get(key).await?;
        self.noted.lock().push(Note::Key(key.clone(), value.clone()));
        Ok(value)
    }

    async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
        let pairs = self.view.range(range.clone(), limit).await?;
        self.noted.lock().push(Note::Range(range, limit, pairs.clone()));
        Ok(pairs)
    }
}
