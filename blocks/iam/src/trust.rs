//! Trust policies: who may assume a role.
//!
//! The users and roles that one names are kept by their unique ids ("AWS JSON policy elements: Principal"): who is
//! deleted and made anew under the same name is not trusted, who is renamed still is. In the text, an id whose owner is
//! gone stands for itself.

use std::collections::BTreeMap;

use api_iam::errors;
use bytes::Bytes;
use floor::{AccountId, Answer, Fault, Get};
use policy::{Policy, Usage};

use crate::{
    fault, inline, limits,
    records::{self, Kind, Role},
};

/// What a trust policy may grant. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>
const ACTIONS: &[&str] = &[
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetContext",
    "sts:SetSourceIdentity",
    "sts:TagSession",
];

/// Checks a new trust policy; answers the ids of the users and roles that it names.
pub(crate) async fn accept<R: Get>(
    read: &R,
    account: &AccountId,
    text: &str,
) -> Answer<BTreeMap<String, String>> {
    if inline::size(text) > limits::TRUST_MAX {
        return Err(fault::quota("ACLSizePerRole", limits::TRUST_MAX));
    }
    let policy = Policy::parse_as(text, Usage::Trust).map_err(|e| malformed(&e, text))?;
    for statement in policy.statements() {
        let (actions, is_not) = statement.actions();
        if is_not || !actions.iter().all(|action| is_of_assuming(action)) {
            return Err(refused("AssumeRole policy may only specify STS AssumeRole actions."));
        }
    }
    let mut ids = BTreeMap::new();
    for (kind, name) in policy::principals(text) {
        if kind != "AWS" {
            continue;
        }
        match id_of(read, account, &name).await? {
            Known::No => {}
            Known::Id(id) => drop(ids.insert(name, id)),
            Known::Gone => return Err(invalid_principal(&kind, &name)),
        }
    }
    Ok(ids)
}

/// Whether a pattern of actions is only about assuming roles.
fn is_of_assuming(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    match pattern.strip_suffix('*') {
        Some(head) => {
            head.starts_with("sts:") && ACTIONS.iter().any(|one| one.to_ascii_lowercase().starts_with(head))
        }
        None => ACTIONS.iter().any(|one| one.eq_ignore_ascii_case(&pattern)),
    }
}

/// What is known of a principal.
enum Known {
    /// It is no user or role of an account that is here.
    No,
    Id(String),
    /// It should be here, and is not.
    Gone,
}

async fn id_of<R: Get>(read: &R, own: &AccountId, arn: &str) -> Answer<Known> {
    if arn.starts_with("AIDA") || arn.starts_with("AROA") {
        return Ok(Known::Gone);
    }
    let Some((account, kind, name)) = parts(arn) else { return Ok(Known::No) };
    if account != *own {
        let record: Option<records::Account> = read.load(&records::account_key(&account)).await?;
        if record.is_none() && account != AccountId::DEFAULT {
            return Ok(Known::No);
        }
    }
    let found = entity(read, &account, kind, name).await?;
    Ok(match found.filter(|found| found.arn == arn) {
        Some(found) => Known::Id(found.id),
        None => Known::Gone,
    })
}

/// The account, the kind and the name in the ARN of a user or a role.
fn parts(arn: &str) -> Option<(AccountId, Kind, &str)> {
    let (account, rest) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    let (kind, rest) = rest.split_once('/')?;
    let kind = match kind {
        "user" => Kind::User,
        "role" => Kind::Role,
        _ => return None,
    };
    Some((account.parse().ok()?, kind, rest.rsplit('/').next()?))
}

struct Entity {
    arn: String,
    id: String,
}

async fn entity<R: Get>(read: &R, account: &AccountId, kind: Kind, name: &str) -> Answer<Option<Entity>> {
    Ok(if kind == Kind::User {
        let user = records::user(read, account, name).await?;
        user.map(|one| Entity { arn: kind.arn(account, &one.path, &one.name), id: one.id })
    } else {
        let role = records::role(read, account, name).await?;
        role.map(|one| Entity { arn: kind.arn(account, &one.path, &one.name), id: one.id })
    })
}

/// The trust policy of `role` as it stands now: users and roles by the ARNs that they have, or by their ids if they are
/// no more.
pub(crate) async fn in_force<R: Get>(read: &R, role: &Role) -> Answer<String> {
    let mut names = BTreeMap::new();
    for (arn, id) in &role.trusted {
        let current = current_arn(read, arn, id).await?.unwrap_or_else(|| id.clone());
        if current != *arn {
            names.insert(arn.as_str(), current);
        }
    }
    if names.is_empty() {
        return Ok(role.trust.clone());
    }
    Ok(policy::rename_principals(&role.trust, |name| names.get(name).cloned()))
}

async fn current_arn<R: Get>(read: &R, arn: &str, id: &str) -> Answer<Option<String>> {
    let Some((account, kind, name)) = parts(arn) else { return Ok(None) };
    let found = entity(read, &account, kind, name).await?.filter(|found| found.id == id);
    if found.is_some() {
        return Ok(found.map(|found| found.arn));
    }
    let renamed: Option<Bytes> = read.get(&records::renamed_key(&account, id)).await?;
    let Some(name) = renamed.and_then(|name| String::from_utf8(name.to_vec()).ok()) else { return Ok(None) };
    let found = entity(read, &account, kind, &name).await?.filter(|found| found.id == id);
    Ok(found.map(|found| found.arn))
}

fn malformed(error: &policy::Malformed, text: &str) -> Fault {
    if error.fault == policy::Fault::Principal {
        let wrong = error.message.rsplit_once("policy: ").map_or("", |(_, name)| name);
        let named = policy::principals(text).into_iter().find(|(_, name)| name == wrong);
        if let Some((kind, name)) = named {
            return invalid_principal(&kind, &name);
        }
    }
    inline::not_trust(error)
}

/// `Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/nobody"`.
fn invalid_principal(kind: &str, name: &str) -> Fault {
    refused(&format!("Invalid principal in policy: \"{}\":\"{name}\"", kind.to_ascii_uppercase()))
}

fn refused(why: &str) -> Fault {
    Fault::new(&errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION, why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_assuming() {
        for good in ["sts:AssumeRole", "sts:assumerole", "sts:AssumeRole*", "sts:*", "sts:TagSession"] {
            assert!(is_of_assuming(good), "{good}");
        }
        for bad in ["*", "sts:GetCallerIdentity", "s3:GetObject", "sts:Get*", "sts:AssumeRoot", "s*"] {
            assert!(!is_of_assuming(bad), "{bad}");
        }
    }
}
