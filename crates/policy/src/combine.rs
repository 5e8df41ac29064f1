//! From the outcomes of all policies that matter to one answer.
//!
//! Source: "Policy evaluation logic" of the IAM user guide, with "Evaluating identity-based policies with
//! resource-based policies", "Cross-account policy evaluation logic" and the notes on role sessions in "AWS JSON
//! policy elements: Principal". It is no chain: within one account a resource's policy that names the caller itself
//! (or everybody) allows in spite of an implicit deny in a boundary or session policy; one that names the caller's
//! role is limited by both; one that names the account only lets the account's own policies decide.

use crate::decision::{Decision, Grant, StatementId};

/// Who the caller is to the account that owns the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A principal of the same account.
    SameAccount,
    /// A principal of another account.
    OtherAccount,
    /// A service acting by itself: only the resource's policy can let it in.
    Service,
    /// Nobody, or someone an identity provider vouches for: the same.
    Outsider,
}

/// What is known of one request.
#[derive(Clone, Debug)]
pub struct Outcomes<'a> {
    /// Who asks.
    pub caller: Caller,
    /// The policies attached to the caller. For a root user [`Outcomes::ROOT`].
    pub identity: &'a Decision,
    /// The policy of the resource; `None` if it has none.
    pub resource: Option<&'a Decision>,
    /// The permissions boundary of the caller.
    pub boundary: Option<&'a Decision>,
    /// The policies given when the session was made.
    pub session: Option<&'a Decision>,
    /// The organisation's limit on its principals. Not for services.
    pub service_control: Option<&'a Decision>,
    /// The organisation's limit on its resources.
    pub resource_control: Option<&'a Decision>,
    /// Whether the caller's own policies are not enough even in its own account: keys of KMS, and assuming a role.
    pub needs_resource_policy: bool,
}

impl Outcomes<'_> {
    /// What a root user's own policies come to: everything is allowed.
    pub const ROOT: Decision = Decision::Allow {
        by: Grant::Attached,
        statement: StatementId { policy: 0, statement: 0, sid: None },
    };

    /// Only the caller's own policies and the resource's.
    pub fn of<'a>(caller: Caller, identity: &'a Decision, resource: Option<&'a Decision>) -> Outcomes<'a> {
        Outcomes {
            caller,
            identity,
            resource,
            boundary: None,
            session: None,
            service_control: None,
            resource_control: None,
            needs_resource_policy: false,
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request may proceed.
    Allow,
    /// It may not.
    Deny {
        /// Whose fault it is.
        by: Source,
        /// The statement that denies; `None` where nothing allows.
        statement: Option<StatementId>,
    },
}

/// The kinds of policy, as AWS names them in its refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Attached to the caller.
    Identity,
    /// Attached to the resource.
    Resource,
    /// The caller's permissions boundary.
    Boundary,
    /// The session's policies.
    Session,
    /// The organisation's, on principals.
    ServiceControl,
    /// The organisation's, on resources.
    ResourceControl,
}

impl Source {
    /// `identity-based policy`, ...
    pub fn name(self) -> &'static str {
        match self {
            Source::Identity => "identity-based policy",
            Source::Resource => "resource-based policy",
            Source::Boundary => "permissions boundary",
            Source::Session => "session policy",
            Source::ServiceControl => "service control policy",
            Source::ResourceControl => "resource control policy",
        }
    }
}

impl Verdict {
    /// Whether it is [`Verdict::Allow`].
    pub fn is_allow(&self) -> bool {
        *self == Verdict::Allow
    }

    /// AWS's sentence for a refusal ("Troubleshoot access denied error messages"); empty for an allowed request.
    pub fn message(&self, caller_arn: &str, action: &str, resource: &str) -> String {
        let Verdict::Deny { by, statement } = self else { return String::new() };
        let reason = match (statement, by) {
            (Some(_), Source::Identity) => "with an explicit deny in an identity-based policy".to_owned(),
            (Some(_), by) => format!("with an explicit deny in a {}", by.name()),
            (None, by) => format!("because no {} allows the {action} action", by.name()),
        };
        format!("User: {caller_arn} is not authorized to perform: {action} on resource: {resource} {reason}")
    }
}

/// The answer that the outcomes come to.
pub fn combine(outcomes: &Outcomes<'_>) -> Verdict {
    if let Some(denied) = explicit_deny(outcomes) {
        return denied;
    }
    let has_principal = matches!(outcomes.caller, Caller::SameAccount | Caller::OtherAccount);
    if !permits(outcomes.resource_control) {
        return nothing_in(Source::ResourceControl);
    }
    if has_principal && !permits(outcomes.service_control) {
        return nothing_in(Source::ServiceControl);
    }
    let granted = outcomes.resource.and_then(|decision| match decision {
        Decision::Allow { by, .. } => Some(*by),
        _ => None,
    });
    match outcomes.caller {
        Caller::Service | Caller::Outsider if granted.is_some() => Verdict::Allow,
        Caller::Service | Caller::Outsider => nothing_in(Source::Resource),
        Caller::OtherAccount if granted.is_none() => nothing_in(Source::Resource),
        Caller::OtherAccount => within_limits(outcomes, outcomes.identity.is_allow()),
        Caller::SameAccount => same_account(outcomes, granted),
    }
}

fn same_account(outcomes: &Outcomes<'_>, granted: Option<Grant>) -> Verdict {
    match granted {
        Some(Grant::Account | Grant::Attached) => within_limits(outcomes, outcomes.identity.is_allow()),
        Some(Grant::Role) => within_limits(outcomes, true),
        Some(_) => Verdict::Allow,
        None if outcomes.needs_resource_policy => nothing_in(Source::Resource),
        None => within_limits(outcomes, outcomes.identity.is_allow()),
    }
}

/// What a boundary and the session's policies leave of a grant.
fn within_limits(outcomes: &Outcomes<'_>, is_granted: bool) -> Verdict {
    if !is_granted {
        nothing_in(Source::Identity)
    } else if !permits(outcomes.boundary) {
        nothing_in(Source::Boundary)
    } else if !permits(outcomes.session) {
        nothing_in(Source::Session)
    } else {
        Verdict::Allow
    }
}

/// A limit that is not there limits nothing.
fn permits(limit: Option<&Decision>) -> bool {
    limit.is_none_or(Decision::is_allow)
}

fn nothing_in(by: Source) -> Verdict {
    Verdict::Deny { by, statement: None }
}

fn explicit_deny(outcomes: &Outcomes<'_>) -> Option<Verdict> {
    let all = [
        (Source::Resource, outcomes.resource),
        (Source::Identity, Some(outcomes.identity)),
        (Source::Boundary, outcomes.boundary),
        (Source::Session, outcomes.session),
        (Source::ServiceControl, outcomes.service_control),
        (Source::ResourceControl, outcomes.resource_control),
    ];
    all.into_iter().find_map(|(by, decision)| match decision {
        Some(Decision::ExplicitDeny { statement }) => {
            Some(Verdict::Deny { by, statement: Some(statement.clone()) })
        }
        _ => None,
    })
}
