//! The outcome of policies for one request.

use std::borrow::Borrow;

use crate::{
    decision::{Decision, Grant, StatementId},
    policy::{Effect, Miss, Policy, Question},
    request::Request,
};

/// The outcome of policies of one kind: a statement that denies decides; else one that allows; else nothing does.
/// The order of policies and statements has no influence, except on which of several equal ones is named.
///
/// ```
/// use policy::{Policy, Principal, Request, decide, request::Account};
///
/// let policy = Policy::parse(r#"{"Version": "2012-10-17", "Statement": {
///     "Effect": "Allow", "Principal": "*", "Action": "s3:Get*", "Resource": "arn:aws:s3:::photos/*"}}"#)?;
/// let ann = Principal::User {
///     account: Account { id: "111122223333", canonical_id: "" },
///     arn: "arn:aws:iam::111122223333:user/ann",
/// };
/// let request =
///     Request { principal: ann, action: "s3:GetObject", resource: "arn:aws:s3:::photos/cat.jpg", context: &() };
/// assert!(decide(&[&policy], &request).is_allow());
/// assert!(!decide(&[&policy], &Request { action: "s3:PutObject", ..request }).is_allow());
/// # Ok::<(), policy::Malformed>(())
/// ```
pub fn decide<P: Borrow<Policy>>(policies: &[P], request: &Request<'_>) -> Decision {
    let question = Question::new(request);
    let mut allowed: Option<(Grant, usize, usize)> = None;
    for (p, policy) in policies.iter().enumerate() {
        for (s, statement) in policy.borrow().statements.iter().enumerate() {
            // A statement that could only allow what is allowed already, and not by a narrower name, is skipped.
            if statement.effect == Effect::Allow && allowed.is_some_and(|(grant, ..)| grant >= Grant::Itself)
            {
                continue;
            }
            let Ok(grant) = statement.applies(&question) else { continue };
            if statement.effect == Effect::Deny {
                return Decision::ExplicitDeny { statement: statement.id(p, s) };
            }
            if allowed.is_none_or(|(before, ..)| grant > before) {
                allowed = Some((grant, p, s));
            }
        }
    }
    match allowed {
        None => Decision::ImplicitDeny,
        Some((by, p, s)) => Decision::Allow { by, statement: policies[p].borrow().statements[s].id(p, s) },
    }
}

impl Policy {
    /// [`decide`] for this policy alone.
    pub fn decide(&self, request: &Request<'_>) -> Decision {
        decide(&[self], request)
    }
}

/// What one statement had to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The statement.
    pub statement: StatementId,
    /// Its effect.
    pub effect: Effect,
    /// By what it applies, or the first element by which it does not.
    pub verdict: Result<Grant, Miss>,
}

/// What every statement had to say: the reasons behind [`decide`], for people.
pub fn explain<P: Borrow<Policy>>(policies: &[P], request: &Request<'_>) -> Vec<Line> {
    let question = Question::new(request);
    let mut lines = Vec::new();
    for (p, policy) in policies.iter().enumerate() {
        for (s, statement) in policy.borrow().statements.iter().enumerate() {
            lines.push(Line {
                statement: statement.id(p, s),
                effect: statement.effect,
                verdict: statement.applies(&question),
            });
        }
    }
    lines
}
