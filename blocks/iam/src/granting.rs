//! Which services policies open: ListPoliciesGrantingServiceAccess, and what reports of last accesses are about.
//! Only the policies of identities count, no boundaries and no policies of resources.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>

use std::sync::Arc;

use api_iam::{
    ListPoliciesGrantingServiceAccess, ListPoliciesGrantingServiceAccessEntry,
    ListPoliciesGrantingServiceAccessRequest, ListPoliciesGrantingServiceAccessResponse,
    PolicyGrantingServiceAccess,
};
use floor::{AccountId, Answer, Check, Get};
use policy::{Effect, Policy, Statement};

use crate::{
    act::{Act, Ask, Books},
    compiled, fault, paging,
    records::{self, Group, Kind, Policies, Role, User},
};

/// Entries on one page; the request does not say how many it wants.
const PAGE: i32 = 100;

/// What an action's text says of a service: whether it names some of its actions, and whether all. The service itself has
/// no wildcards in it but one that is all of it.
fn names(text: &str, service: &str) -> (bool, bool) {
    match text.split_once(':') {
        None => (text == "*", text == "*"),
        Some((of, action)) => {
            let is_named = of == "*" || of.eq_ignore_ascii_case(service);
            (is_named, is_named && action.bytes().all(|b| b == b'*'))
        }
    }
}

/// Whether a statement is about some of the service's actions, and whether about all.
fn covers(statement: &Statement, service: &str) -> (bool, bool) {
    let (texts, is_not) = statement.actions();
    let some = texts.iter().any(|text| names(text, service).0);
    let all = texts.iter().any(|text| names(text, service).1);
    if is_not { (!all, !some) } else { (some, all) }
}

/// Whether the policies together let anything be done with the service.
pub(crate) fn open(policies: &[Arc<Policy>], service: &str) -> bool {
    let of = |effect| {
        policies.iter().flat_map(|one| one.statements()).filter(move |statement| statement.effect() == effect)
    };
    let is_closed = of(Effect::Deny).any(|statement| {
        let is_always = statement.conditions().next().is_none();
        let mut resources = statement.resources();
        let is_everywhere = !statement.is_not_resource() && resources.any(|one| one == "*");
        is_always && is_everywhere && covers(statement, service).1
    });
    !is_closed && of(Effect::Allow).any(|statement| covers(statement, service).0)
}

/// A policy, and whose it is.
pub(crate) struct Held {
    pub(crate) name: String,
    /// Of a managed policy.
    pub(crate) arn: Option<String>,
    holder: (Kind, String),
    pub(crate) policy: Arc<Policy>,
}

/// A user, group or role.
pub(crate) enum Entity {
    User(User),
    Group(Group),
    Role(Role),
}

impl Entity {
    fn policies(&self) -> (Kind, &str, &Policies) {
        match self {
            Self::User(one) => (Kind::User, &one.name, &one.policies),
            Self::Group(one) => (Kind::Group, &one.name, &one.policies),
            Self::Role(one) => (Kind::Role, &one.name, &one.policies),
        }
    }

    fn arn(&self, account: &AccountId) -> String {
        match self {
            Self::User(one) => Kind::User.arn(account, &one.path, &one.name),
            Self::Group(one) => Kind::Group.arn(account, &one.path, &one.name),
            Self::Role(one) => Kind::Role.arn(account, &one.path, &one.name),
        }
    }
}

/// Splits `arn:aws:iam::ACCOUNT:KIND/PATH/NAME` of `account`.
pub(crate) fn kind_and_name<'a>(account: &AccountId, arn: &'a str) -> Option<(&'a str, &'a str)> {
    let rest = arn.strip_prefix("arn:aws:iam::")?.strip_prefix(account.as_str())?.strip_prefix(':')?;
    let (kind, path) = rest.split_once('/')?;
    Some((kind, path.rsplit('/').next()?))
}

/// The user, group or role with this very ARN.
pub(crate) async fn entity<R: Get>(read: &R, account: &AccountId, arn: &str) -> Answer<Option<Entity>> {
    let found = match kind_and_name(account, arn) {
        Some(("user", name)) => records::user(read, account, name).await?.map(Entity::User),
        Some(("group", name)) => records::group(read, account, name).await?.map(Entity::Group),
        Some(("role", name)) => records::role(read, account, name).await?.map(Entity::Role),
        _ => None,
    };
    Ok(found.filter(|found| found.arn(account) == arn))
}

pub(crate) fn no_such_arn(arn: &str) -> floor::Fault {
    fault::no_such_entity(format!("ARN {arn} was not found."))
}

impl<R: Get> Ask<'_, R> {
    /// A check on what `arn` names, with its tags.
    pub(crate) async fn on_arn(&self, action: &'static str, arn: &str) -> Answer<Check> {
        match kind_and_name(&self.account(), arn) {
            Some(("user", name)) => self.on_user(action, name).await,
            Some(("group", name)) => self.on_group(action, name).await,
            Some(("role", name)) => self.on_role(action, name).await,
            _ => self.on_policy(action, arn).await,
        }
    }
}

impl Books {
    /// The policies of an entity itself.
    async fn held_by(&self, entity: &Entity, all: &mut Vec<Held>) -> Answer<()> {
        let (kind, of, policies) = entity.policies();
        let mut hold = |name: &str, arn: Option<&String>, text: &str| {
            let policy = compiled::identity_policy(text)?;
            all.push(Held {
                name: name.to_owned(),
                arn: arn.cloned(),
                holder: (kind, of.to_owned()),
                policy,
            });
            Ok::<_, floor::Fault>(())
        };
        for arn in &policies.attached {
            if let Some(text) = records::policy_text(self, &self.account(), arn).await? {
                hold(arn.rsplit('/').next().unwrap_or(arn), Some(arn), &text)?;
            }
        }
        for (name, text) in &policies.inline {
            hold(name, None, text)?;
        }
        Ok(())
    }

    /// The policies of an entity; for a user, those of the groups too.
    pub(crate) async fn held(&self, entity: &Entity) -> Answer<Vec<Held>> {
        let mut all = Vec::new();
        self.held_by(entity, &mut all).await?;
        if let Entity::User(user) = entity {
            for name in &user.groups {
                if let Some(group) = records::group(self, &self.account(), name).await? {
                    self.held_by(&Entity::Group(group), &mut all).await?;
                }
            }
        }
        Ok(all)
    }
}

fn shown(held: &Held) -> PolicyGrantingServiceAccess {
    let is_inline = held.arn.is_none();
    let (kind, name) = &held.holder;
    PolicyGrantingServiceAccess {
        policy_name: Some(held.name.clone()),
        policy_type: Some(if is_inline { "INLINE" } else { "MANAGED" }.to_owned()),
        policy_arn: held.arn.clone(),
        // "This field is null for managed policies."
        entity_type: is_inline.then(|| kind.word().to_uppercase()),
        entity_name: is_inline.then(|| name.clone()),
    }
}

impl Act for ListPoliciesGrantingServiceAccess {
    const ACTION: &'static str = "iam:ListPoliciesGrantingServiceAccess";

    async fn about<R: Get>(
        ask: &Ask<'_, R>,
        input: &ListPoliciesGrantingServiceAccessRequest,
    ) -> Answer<Check> {
        ask.on_arn(Self::ACTION, &input.arn).await
    }

    async fn act(
        books: &Books,
        input: &ListPoliciesGrantingServiceAccessRequest,
    ) -> Answer<ListPoliciesGrantingServiceAccessResponse> {
        let entity =
            entity(books, &books.account(), &input.arn).await?.ok_or_else(|| no_such_arn(&input.arn))?;
        let held = books.held(&entity).await?;
        let mut all = Vec::new();
        for service in &input.service_namespaces {
            if !service.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)) {
                return Err(fault::validation_text(&format!(
                    "1 validation error detected: Value '{service}' at 'serviceNamespaces' failed to satisfy constraint: \
                     Member must satisfy regular expression pattern: [\\w-]*"
                )));
            }
            let granting = held.iter().filter(|one| open(std::slice::from_ref(&one.policy), service));
            all.push(ListPoliciesGrantingServiceAccessEntry {
                service_namespace: Some(service.clone()),
                policies: Some(granting.map(shown).collect()),
            });
        }
        let page = paging::of_list(all, (input.marker.as_ref(), Some(PAGE)))?;
        Ok(ListPoliciesGrantingServiceAccessResponse {
            is_truncated: Some(page.is_truncated()),
            policies_granting_service_access: Some(page.items),
            marker: page.marker,
        })
    }
}

#[cfg(test)]
mod tests {
    use policy::Usage;

    use super::*;

    fn policy(statements: &str) -> Arc<Policy> {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
        Arc::new(Policy::parse_as(&text, Usage::Identity).unwrap())
    }

    #[test]
    fn services_that_are_open() {
        let allow = |what: &str| format!(r#"{{"Effect":"Allow","Resource":"*",{what}}}"#);
        let deny = |what: &str| format!(r#"{{"Effect":"Deny",{what}}}"#);
        for (statements, opens, shuts) in [
            (allow(r#""Action":"*""#), "s3 sqs", ""),
            (allow(r#""Action":"S3:Get*""#), "s3", "sqs s"),
            (allow(r#""Action":"*:*""#), "s3 sqs", ""),
            (allow(r#""Action":["sqs:*","iam:List?sers"]"#), "sqs iam", "s3"),
            (allow(r#""NotAction":"iam:*""#), "s3", "iam"),
            (allow(r#""NotAction":"iam:Get*""#), "s3 iam", ""),
            (allow(r#""NotAction":"*""#), "", "s3 iam"),
            (allow(r#""Action":"*""#) + "," + &deny(r#""Action":"s3:*","Resource":"*""#), "iam", "s3"),
            (allow(r#""Action":"*""#) + "," + &deny(r#""Action":"s3:Get*","Resource":"*""#), "iam s3", ""),
            (allow(r#""Action":"*""#) + "," + &deny(r#""NotAction":"s3:*","Resource":"*""#), "s3", "iam"),
            (
                allow(r#""Action":"*""#) + "," + &deny(r#""Action":"s3:*","Resource":"arn:aws:s3:::b""#),
                "s3",
                "",
            ),
            (
                allow(r#""Action":"*""#)
                    + ","
                    + &deny(
                        r#""Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#,
                    ),
                "s3",
                "",
            ),
        ] {
            let all = [policy(&statements)];
            for service in opens.split_whitespace() {
                assert!(open(&all, service), "{service}: {statements}");
            }
            for service in shuts.split_whitespace() {
                assert!(!open(&all, service), "{service}: {statements}");
            }
        }
    }
}
