//! The `Principal` and `NotPrincipal` elements.

use crate::{decision::Grant, request::Principal};

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrincipalRule {
    /// `NotPrincipal`.
    pub(crate) is_not: bool,
    pub(crate) names: Vec<Name>,
}

/// One principal as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// `"*"`: everybody, anonymous callers and services included.
    Everyone,
    /// `{"AWS": "*"}`: the same, except those an identity provider vouches for.
    EveryAws,
    /// An account: its id, or the ARN of its root.
    Account(String),
    /// The ARN of a role: all its sessions.
    Role(String),
    /// The ARN of a user, a session of a role, or a federated user.
    Arn(String),
    /// A service principal.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// An account by its canonical user id.
    CanonicalUser(String),
}

impl Name {
    /// The name of type `kind` (`AWS`, `Service`, ...) that reads `text`; `None` if no principal is named so.
    pub(crate) fn parse(kind: &str, text: &str) -> Option<Name> {
        match kind {
            "AWS" => Name::parse_aws(text),
            "Service" => {
                let is_service = text.ends_with(".amazonaws.com") || text.ends_with(".amazon.com");
                (is_service && is_plain(text)).then(|| Name::Service(text.to_owned()))
            }
            "Federated" => is_plain(text).then(|| Name::Federated(text.to_owned())),
            "CanonicalUser" => {
                let is_id = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
                is_id.then(|| Name::CanonicalUser(text.to_ascii_lowercase()))
            }
            _ => None,
        }
    }

    fn parse_aws(text: &str) -> Option<Name> {
        if text == "*" {
            return Some(Name::EveryAws);
        }
        if is_account(text) {
            return Some(Name::Account(text.to_owned()));
        }
        let mut parts = text.splitn(6, ':');
        let [Some("arn"), Some(_), Some(service), Some(""), Some(account), Some(resource)] =
            [(); 6].map(|()| parts.next())
        else {
            return None;
        };
        if !is_account(account) || !is_plain(text) {
            return None;
        }
        let has_name = |kind: &str| resource.strip_prefix(kind).is_some_and(|name| !name.is_empty());
        match service {
            "iam" if resource == "root" => Some(Name::Account(account.to_owned())),
            "iam" if has_name("role/") => Some(Name::Role(text.to_owned())),
            "iam" if has_name("user/") => Some(Name::Arn(text.to_owned())),
            "sts" if has_name("assumed-role/") || has_name("federated-user/") => {
                Some(Name::Arn(text.to_owned()))
            }
            _ => None,
        }
    }

    fn grant(&self, caller: &Principal<'_>) -> Option<Grant> {
        match (self, caller) {
            (Name::EveryAws, Principal::Federated(_)) => None,
            (Name::Everyone | Name::EveryAws, _) => Some(Grant::Everyone),
            (Name::Account(id), _) => {
                caller.account().filter(|account| account.id == id).map(|_| Grant::Account)
            }
            (Name::CanonicalUser(id), _) => {
                caller.account().filter(|account| account.canonical_id == id).map(|_| Grant::Account)
            }
            (Name::Role(arn), Principal::RoleSession { role_arn, .. }) => {
                (arn == role_arn).then_some(Grant::Role)
            }
            (
                Name::Arn(arn),
                Principal::RoleSession { session_arn: own, .. }
                | Principal::User { arn: own, .. }
                | Principal::FederatedUser { arn: own, .. },
            ) => (arn == own).then_some(Grant::Itself),
            (Name::Service(name), Principal::Service(own)) => (name == own).then_some(Grant::Service),
            (Name::Federated(name), Principal::Federated(own)) => (name == own).then_some(Grant::Federated),
            _ => None,
        }
    }
}

impl PrincipalRule {
    /// By what the rule applies to `caller`, if it does.
    ///
    /// `NotPrincipal` in a `Deny` spares only who is named himself: the account beside a user in such lists does not
    /// spare its other users (the example of AWS's page on `NotPrincipal`). In an `Allow` it leaves out everybody
    /// whom any of the names covers.
    pub(crate) fn grant(&self, caller: &Principal<'_>, is_deny: bool) -> Option<Grant> {
        let mut grants = self.names.iter().filter_map(|name| name.grant(caller));
        if !self.is_not {
            return grants.max();
        }
        let is_root = matches!(caller, Principal::Root(_));
        let is_spared =
            grants.any(|grant| !is_deny || is_root || !matches!(grant, Grant::Account | Grant::Role));
        (!is_spared).then_some(Grant::NotExcluded)
    }
}

pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Principals have no wildcards within their names.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['*', '?', '$', ' ', '"'])
}
