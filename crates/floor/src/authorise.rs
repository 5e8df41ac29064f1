//! The authorise stage: every check of an operation against the policies that apply.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use auth::Kind;
use parking_lot::RwLock;
use policy::{Context, Decision, Outcomes, Policy, Principal, Request, Values, Verdict, request::Account};
use wire::{Answer, Fault, Meta};

use crate::{Block, Caller, Check, Denial};

/// Allows or refuses all of `checks` for `caller`.
pub(crate) fn authorise<B: Block>(meta: &'static Meta, caller: &Caller, checks: &[Check]) -> Answer<()> {
    for check in checks {
        let verdict = decide(caller, check);
        if !verdict.is_allow() {
            let denial =
                Denial { operation: meta, caller, action: check.action, resource: &check.resource, verdict };
            return Err(B::denied(&denial));
        }
    }
    Ok(())
}

fn decide(caller: &Caller, check: &Check) -> Verdict {
    let of_resource = check.policy.as_ref().map(|policy| {
        let arns = Arns::of(caller);
        let context = &Circumstances { caller, check };
        let (principal, action, resource) = (arns.principal(caller), check.action, check.resource.as_str());
        policy.decide(&Request { principal, action, resource, context })
    });
    // Until IAM is here there are roots, services and strangers: only a root has rights of its own.
    let own = if matches!(caller.who.kind, Kind::Root) { Outcomes::ROOT } else { Decision::ImplicitDeny };
    let relation = match caller.who.kind {
        Kind::Service { .. } => policy::Caller::Service,
        Kind::Anonymous => policy::Caller::Outsider,
        _ if caller.who.account == check.owner => policy::Caller::SameAccount,
        _ => policy::Caller::OtherAccount,
    };
    policy::combine(&Outcomes::of(relation, &own, of_resource.as_ref()))
}

/// The texts that a principal borrows.
struct Arns {
    own: String,
    role: String,
}

impl Arns {
    fn of(caller: &Caller) -> Self {
        match caller.who.kind {
            Kind::Root | Kind::Anonymous | Kind::Service { .. } => {
                Self { own: String::new(), role: String::new() }
            }
            _ => Self { own: caller.who.arn(), role: caller.who.principal_arn() },
        }
    }

    fn principal<'a>(&'a self, caller: &'a Caller) -> Principal<'a> {
        let who = &caller.who;
        let account = Account { id: who.account.as_str(), canonical_id: &who.canonical_id };
        match &who.kind {
            Kind::Root => Principal::Root(account),
            Kind::User { .. } => Principal::User { account, arn: &self.own },
            Kind::RoleSession { .. } => {
                Principal::RoleSession { account, role_arn: &self.role, session_arn: &self.own }
            }
            Kind::FederatedUser { .. } => Principal::FederatedUser { account, arn: &self.own },
            Kind::Service { principal, .. } => Principal::Service(principal),
            Kind::Anonymous => Principal::Anonymous,
        }
    }
}

/// The condition keys of a request: the global ones, and the operation's own.
struct Circumstances<'a> {
    caller: &'a Caller,
    check: &'a Check,
}

impl Context for Circumstances<'_> {
    fn get(&self, key: &str) -> Option<Values<'_>> {
        if let Some((_, value)) = self.check.keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
            return Some(value.borrowed());
        }
        let (who, origin) = (&self.caller.who, &self.caller.origin);
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
            "aws:sourceip" if self.caller.via.is_empty() => present(&origin.source_ip),
            "aws:securetransport" => truth(origin.secure),
            "aws:useragent" => present(&origin.user_agent),
            "aws:referer" => present(&origin.referer),
            "aws:requestedregion" => Some(Values::from(self.caller.region.as_str())),
            "aws:viaawsservice" => truth(!self.caller.via.is_empty()),
            "aws:calledvia" if !self.caller.via.is_empty() => {
                Some(Values::Many(self.caller.via.iter().map(|v| Cow::Borrowed(*v)).collect()))
            }
            "aws:calledviafirst" => self.caller.via.first().map(|v| Values::from(*v)),
            "aws:calledvialast" => self.caller.via.last().map(|v| Values::from(*v)),
            _ => None,
        }
    }
}

fn present(text: &str) -> Option<Values<'_>> {
    if text.is_empty() { None } else { Some(Values::from(text)) }
}

/// How many compiled policies are kept.
const COMPILED_MAX: usize = 4096;

/// A policy's text, compiled. Compiled policies are kept by their text: a changed policy is another text, so that a
/// change takes effect with the next request.
pub fn compiled(text: &str) -> Answer<Arc<Policy>> {
    static KEPT: LazyLock<RwLock<HashMap<String, Arc<Policy>>>> = LazyLock::new(RwLock::default);
    if let Some(found) = KEPT.read().get(text) {
        return Ok(found.clone());
    }
    let made =
        Policy::parse(text).map_err(|e| Fault::coded("MalformedPolicyDocument", 400, e.to_string()))?;
    let made = Arc::new(made);
    let mut kept = KEPT.write();
    if kept.len() >= COMPILED_MAX {
        kept.clear();
    }
    kept.insert(text.to_owned(), made.clone());
    Ok(made)
}
