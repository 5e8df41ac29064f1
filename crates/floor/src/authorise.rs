//! The authorise stage: every check of an operation against the policies that apply.

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use auth::{Identity, Kind};
use env::Timestamp;
use policy::{
    Context, Decision, Grant, Outcomes, Policy, Principal, Request, Source, StatementId, Usage, Values,
    Verdict, request::Account,
};
use wire::{Answer, Fault, Meta};

use crate::{Block, Caller, Check, Denial, Floor, Memo, Rights, explain};

/// What a caller brings to every check: its own policies, and the moment of the request.
pub(crate) struct Standing<'a> {
    pub(crate) caller: &'a Caller,
    /// `None` for roots without a session, services and strangers.
    pub(crate) rights: Option<Arc<Rights>>,
    pub(crate) now: Timestamp,
}

impl<'a> Standing<'a> {
    /// Finds what the caller's own policies are.
    pub(crate) async fn of(floor: &Floor, caller: &'a Caller) -> Answer<Self> {
        let who = &caller.who;
        let has_rights = match who.kind {
            Kind::Root => who.session.is_some(),
            Kind::User { .. } | Kind::RoleSession { .. } | Kind::FederatedUser { .. } => true,
            Kind::Service { .. } | Kind::Anonymous => false,
        };
        let rights = match floor.rights.get() {
            Some(of) if has_rights => Some(match of.at_hand(who, &caller.region) {
                Some(rights) => rights,
                None => of.find(who, &caller.region).await?,
            }),
            _ => None,
        };
        Ok(Self { caller, rights, now: floor.env.clocks.service.now() })
    }

    /// Allows or refuses all of `checks`.
    pub(crate) fn admit<B: Block>(
        &self,
        meta: &'static Meta,
        actions: &[&str],
        checks: &[Check],
    ) -> Answer<()> {
        for check in checks {
            debug_assert!(actions.contains(&check.action), "{} asks for {}", meta.name, check.action);
            let mut verdict = self.decide(check);
            let is_foreign = verdict.is_allow() && check.is_owner_only && !self.is_of_owner(check);
            if is_foreign {
                verdict = Verdict::Deny { by: Source::Resource, statement: None };
            }
            if !verdict.is_allow() {
                let (action, resource) = (check.action, check.resource.as_str());
                let named = check.named.as_deref();
                let denial = Denial {
                    operation: meta,
                    caller: self.caller,
                    action,
                    resource,
                    named,
                    verdict,
                    is_foreign,
                };
                let fault = B::denied(&denial).by_policy();
                return Err(match fault.cause() {
                    None => fault.because(explain::denied(self, check)),
                    Some(_) => fault,
                });
            }
        }
        Ok(())
    }

    /// Whether the caller is a principal of the account that owns the resource.
    fn is_of_owner(&self, check: &Check) -> bool {
        let who = &self.caller.who;
        who.account == check.owner && !matches!(who.kind, Kind::Anonymous | Kind::Service { .. })
    }

    /// What all policies that matter to `check` come to.
    pub(crate) fn decide(&self, check: &Check) -> Verdict {
        let caller = self.caller;
        let is_root = matches!(caller.who.kind, Kind::Root);
        let rights = self.rights.as_deref();
        let is_own = caller.who.account == check.owner && check.vouched_by.is_none();
        if is_root && rights.is_none() && check.policy.is_none() && is_own {
            return Verdict::Allow;
        }
        self.ask(check, |request| self.combine(check, request))
    }

    /// Puts the question of `check` to `answer`.
    pub(crate) fn ask<T>(&self, check: &Check, answer: impl FnOnce(&Request<'_>) -> T) -> T {
        let context = &Circumstances { standing: self, check };
        let principal = match &check.vouched_by {
            Some(provider) => Principal::Federated(provider),
            None => principal(&self.caller.who),
        };
        let (action, resource) = (check.action, check.resource.as_str());
        answer(&Request { principal, action, resource, context })
    }

    fn combine(&self, check: &Check, request: &Request<'_>) -> Verdict {
        let (caller, rights) = (self.caller, self.rights.as_deref());
        let of_resource = decide_of_resource(&caller.who, check, request);
        if check.vouched_by.is_some() {
            let (who, own) = (policy::Caller::Outsider, Decision::ImplicitDeny);
            return policy::combine(&Outcomes::of(who, &own, of_resource.as_ref()));
        }
        let own = if matches!(caller.who.kind, Kind::Root) {
            Outcomes::ROOT
        } else {
            rights.map_or(Decision::ImplicitDeny, |rights| policy::decide(&rights.identity, request))
        };
        let boundary = rights.and_then(|r| r.boundary.as_ref()).map(|one| one.policy.decide(request));
        let session = rights.and_then(|r| r.session.as_deref()).map(|all| policy::decide(all, request));
        let relation = match caller.who.kind {
            Kind::Service { .. } => policy::Caller::Service,
            Kind::Anonymous => policy::Caller::Outsider,
            _ if caller.who.account == check.owner => policy::Caller::SameAccount,
            _ => policy::Caller::OtherAccount,
        };
        policy::combine(&Outcomes {
            boundary: boundary.as_ref(),
            session: session.as_ref(),
            needs_resource_policy: check.needs_resource_policy,
            ..Outcomes::of(relation, &own, of_resource.as_ref())
        })
    }
}

/// What the resource itself says: its policy, and what lets the caller in beside it.
fn decide_of_resource(who: &Identity, check: &Check, request: &Request<'_>) -> Option<Decision> {
    let mut decision = check.policy.as_ref().map(|policy| policy.decide(request));
    let mut is_granted = check.is_granted;
    if let Some(beside) = &check.beside {
        is_granted |= beside.grants(who, check.action);
        if decision.as_ref().is_some_and(Decision::is_allow) && !beside.heeds_policy(who) {
            decision = Some(Decision::ImplicitDeny);
        }
    }
    if !is_granted || decision.as_ref().is_some_and(Decision::is_explicit_deny) {
        return decision;
    }
    Some(Decision::Allow { by: Grant::Itself, statement: StatementId { policy: 0, statement: 0, sid: None } })
}

/// A principal as policies name it.
pub fn principal(who: &Identity) -> Principal<'_> {
    let account = Account { id: who.account.as_str(), canonical_id: &who.canonical_id };
    match &who.kind {
        Kind::Root => Principal::Root(account),
        Kind::User { .. } => Principal::User { account, arn: who.arn() },
        Kind::RoleSession { .. } => {
            Principal::RoleSession { account, role_arn: who.principal_arn(), session_arn: who.arn() }
        }
        Kind::FederatedUser { .. } => Principal::FederatedUser { account, arn: who.arn() },
        Kind::Service { principal, .. } => Principal::Service(principal),
        Kind::Anonymous => Principal::Anonymous,
    }
}

/// The condition keys of a request: the global ones, and the operation's own.
struct Circumstances<'a> {
    standing: &'a Standing<'a>,
    check: &'a Check,
}

impl Context for Circumstances<'_> {
    fn get(&self, key: &str) -> Option<Values<'_>> {
        if let Some((_, value)) = self.check.keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            return Some(value.borrowed());
        }
        let caller = self.standing.caller;
        let (who, origin) = (&caller.who, &caller.origin);
        let truth = |b: bool| Some(Values::from(if b { "true" } else { "false" }));
        let is_service = matches!(who.kind, Kind::Service { .. });
        match key {
            "aws:sourcearn" => match &who.kind {
                Kind::Service { source_arn: Some(arn), .. } => Some(Values::from(arn.as_str())),
                _ => None,
            },
            "aws:sourceaccount" => match &who.kind {
                Kind::Service { source_account: Some(account), .. } => Some(Values::from(account.as_str())),
                _ => None,
            },
            "aws:principalarn" if !is_service && !who.is_anonymous() => {
                Some(Values::from(who.principal_arn()))
            }
            "aws:principalaccount" if !is_service && !who.is_anonymous() => {
                Some(Values::from(who.account.as_str()))
            }
            "aws:principaltype" => Some(Values::from(who.principal_type())),
            "aws:principalisawsservice" => truth(is_service),
            "aws:principalservicename" => match &who.kind {
                Kind::Service { principal, .. } => Some(Values::from(*principal)),
                _ => None,
            },
            "aws:username" => who.user_name().map(Values::from),
            "aws:userid" => Some(Values::from(who.user_id.as_str())),
            "aws:sourceip" if caller.via.is_empty() => present(&origin.source_ip),
            "aws:securetransport" => truth(origin.secure),
            "aws:useragent" => present(&origin.user_agent),
            "aws:referer" => present(&origin.referer),
            "aws:requestedregion" => Some(Values::from(caller.region.as_str())),
            "aws:viaawsservice" => truth(!caller.via.is_empty()),
            "aws:calledvia" if !caller.via.is_empty() => {
                Some(Values::Many(caller.via.iter().map(|v| Cow::Borrowed(*v)).collect()))
            }
            "aws:calledviafirst" => caller.via.first().map(|v| Values::from(*v)),
            "aws:calledvialast" => caller.via.last().map(|v| Values::from(*v)),
            "aws:resourceaccount" => Some(Values::from(self.check.owner.as_str())),
            "aws:currenttime" => Some(Values::from(iso(self.standing.now.0))),
            "aws:epochtime" => Some(Values::from((self.standing.now.0 / 1000).to_string())),
            _ if key.starts_with("s3:") => self.of_signature(key),
            _ => self.of_session(key),
        }
    }
}

impl Circumstances<'_> {
    /// The keys of S3 that are about signatures and TLS.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html>
    fn of_signature(&self, key: &str) -> Option<Values<'_>> {
        if !self.check.action.starts_with("s3:") {
            return None;
        }
        let Caller { signed, origin, .. } = self.standing.caller;
        match key {
            "s3:authtype" => signed.form.map(Values::from),
            "s3:signatureversion" => signed.version.map(Values::from),
            "s3:signatureage" => signed.age_ms.map(|age| Values::from(age.to_string())),
            "s3:x-amz-content-sha256" => signed.content.as_ref()?.to_str().ok().map(Values::from),
            "s3:tlsversion" => present(origin.tls),
            _ => None,
        }
    }

    /// The keys that tags and temporary credentials bring.
    fn of_session(&self, key: &str) -> Option<Values<'_>> {
        if let Some(name) = key.strip_prefix("aws:principaltag/") {
            let tags = &self.standing.rights.as_ref()?.tags;
            let (_, value) = tags.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name))?;
            return Some(Values::from(value.as_str()));
        }
        let session = self.standing.caller.who.session.as_deref()?;
        match key {
            "aws:multifactorauthpresent" => {
                Some(Values::from(if session.mfa_ms.is_some() { "true" } else { "false" }))
            }
            "aws:multifactorauthage" => {
                Some(Values::from((self.standing.now.0.saturating_sub(session.mfa_ms?) / 1000).to_string()))
            }
            "aws:tokenissuetime" => Some(Values::from(iso(session.issued_ms))),
            "aws:sourceidentity" => Some(Values::from(session.source_identity.as_deref()?)),
            "aws:federatedprovider" => Some(Values::from(session.provider.as_deref()?)),
            _ => session.keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, v)| values(v)),
        }
    }
}

fn values(all: &[String]) -> Values<'_> {
    match all {
        [one] => Values::from(one.as_str()),
        many => Values::Many(many.iter().map(|one| Cow::Borrowed(one.as_str())).collect()),
    }
}

/// `2026-11-21T17:00:00Z`.
fn iso(ms: u64) -> String {
    let mut text = String::with_capacity(20);
    wire::Time::from_millis(ms as i64).write(wire::schema::TimeFormat::Iso, false, &mut text);
    text
}

fn present(text: &str) -> Option<Values<'_>> {
    if text.is_empty() { None } else { Some(Values::from(text)) }
}

/// Bytes of the texts whose compiled policies are kept.
const COMPILED_BYTES_MAX: usize = 8 << 20;

/// The policy of a resource, compiled: see [`compiled_as`].
pub fn compiled(text: &str) -> Answer<Arc<Policy>> {
    compiled_as(text, Usage::Resource)
}

/// A policy's text, compiled. Compiled policies are kept by their text: a changed policy is another text, so that a
/// change takes effect with the next request.
pub fn compiled_as(text: &str, usage: Usage) -> Answer<Arc<Policy>> {
    static KEPT: LazyLock<Memo<Usage, Policy>> = LazyLock::new(|| Memo::new(COMPILED_BYTES_MAX));
    let malformed = |e: policy::Malformed| Fault::coded("MalformedPolicyDocument", 400, e.to_string());
    KEPT.get(text, usage, || Policy::parse_as(text, usage).map_err(malformed))
}
