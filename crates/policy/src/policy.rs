//! A compiled policy.

use crate::{
    actions::{Action, Actions},
    arn::{Arn, ArnPattern},
    condition::Condition,
    decision::{Grant, StatementId},
    principal::{Name, PrincipalRule},
    request::Request,
};

/// A policy, parsed and compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub(crate) id: Option<String>,
    pub(crate) is_2012: bool,
    pub(crate) statements: Vec<Statement>,
}

/// Where a policy is used, which decides what elements it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// On a resource (bucket, queue, topic): `Principal` and `Resource` are required.
    Resource,
    /// On an identity (managed, inline, boundary, session, control policies): no `Principal`.
    Identity,
    /// On a role, saying who may assume it: `Principal` is required and there is no `Resource`.
    Trust,
}

/// What a statement does where it applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Grants, unless something denies.
    Allow,
    /// Denies, whatever grants.
    Deny,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub(crate) sid: Option<String>,
    pub(crate) effect: Effect,
    pub(crate) principal: Option<PrincipalRule>,
    pub(crate) actions: ActionRule,
    pub(crate) resources: Option<ResourceRule>,
    pub(crate) conditions: Vec<Condition>,
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActionRule {
    pub(crate) is_not: bool,
    /// As written.
    pub(crate) texts: Vec<String>,
    /// In lower case.
    pub(crate) patterns: Actions,
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ResourceRule {
    pub(crate) is_not: bool,
    pub(crate) patterns: Vec<ArnPattern>,
}

/// Why a statement does not apply to a request: the first of its elements that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It is about someone else.
    Principal,
    /// It is about another action.
    Action,
    /// It is about another resource.
    Resource,
    /// A condition does not hold.
    Condition {
        /// The operator, as the policy has it.
        operator: String,
        /// The key, as the policy has it.
        key: String,
    },
}

/// A request prepared for being held against many statements.
pub(crate) struct Question<'a> {
    request: &'a Request<'a>,
    action: Action,
    resource: Arn<'a>,
}

impl<'a> Question<'a> {
    pub(crate) fn new(request: &'a Request<'a>) -> Question<'a> {
        let resource = Arn::new(request.resource);
        Question { request, action: Action::new(request.action), resource }
    }
}

impl Policy {
    /// Its `Id`.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether it says that it is of the language's version 2012-10-17, the one that has variables.
    pub fn is_2012(&self) -> bool {
        self.is_2012
    }

    /// Its statements, in order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

impl Statement {
    /// Its `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Its `Effect`.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// The names of its `Principal`, or of its `NotPrincipal` if [`Statement::is_not_principal`].
    pub fn principals(&self) -> &[Name] {
        self.principal.as_ref().map_or(&[], |rule| &rule.names)
    }

    /// Whether it has a `NotPrincipal`.
    pub fn is_not_principal(&self) -> bool {
        self.principal.as_ref().is_some_and(|rule| rule.is_not)
    }

    /// Its actions as written, and whether they are those of a `NotAction`.
    pub fn actions(&self) -> (&[String], bool) {
        (&self.actions.texts, self.actions.is_not)
    }

    /// Its resources as written.
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.resources.iter().flat_map(|rule| rule.patterns.iter().map(ArnPattern::text))
    }

    /// Whether it has a `NotResource`.
    pub fn is_not_resource(&self) -> bool {
        self.resources.as_ref().is_some_and(|rule| rule.is_not)
    }

    /// Its conditions as written: operator, key, operands.
    pub fn conditions(&self) -> impl Iterator<Item = (&str, &str, &[String])> {
        self.conditions.iter().map(|one| (one.operator.as_str(), one.key.as_str(), one.operands.as_slice()))
    }

    pub(crate) fn id(&self, policy: usize, statement: usize) -> StatementId {
        StatementId { policy, statement, sid: self.sid.clone() }
    }

    /// By what the statement applies to the request, or why it does not. What is cheap and tells most apart comes
    /// first; the answer does not depend on the order.
    pub(crate) fn applies(&self, question: &Question<'_>) -> Result<Grant, Miss> {
        let context = question.request.context;
        let is_deny = self.effect == Effect::Deny;
        let named = self.actions.patterns.matches(&question.action);
        if named == self.actions.is_not {
            return Err(Miss::Action);
        }
        if let Some(rule) = &self.resources {
            let named = rule.patterns.iter().any(|pattern| pattern.matches(&question.resource, context));
            // A variable without a value excludes nothing that NotResource could then grant.
            let is_unfilled =
                rule.is_not && !is_deny && rule.patterns.iter().any(|pattern| pattern.is_unfilled(context));
            if named == rule.is_not || is_unfilled {
                return Err(Miss::Resource);
            }
        }
        let grant = match &self.principal {
            None => Grant::Attached,
            Some(rule) => rule.grant(&question.request.principal, is_deny).ok_or(Miss::Principal)?,
        };
        match self.conditions.iter().find(|condition| !condition.holds(context, !is_deny)) {
            None => Ok(grant),
            Some(one) => Err(Miss::Condition { operator: one.operator.clone(), key: one.key.clone() }),
        }
    }
}
