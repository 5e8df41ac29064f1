//! Principals as they act in a request, and where their keys are found.

use crate::{AccountId, AuthError, Region};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// Who acts: a principal together with its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account the principal belongs to. For an anonymous caller: [`AccountId::DEFAULT`], which grants nothing;
    /// for a service: the account it acts for, if there is one.
    pub account: AccountId,
    /// Which principal of the account.
    pub kind: Kind,
    /// The access key that signed the request; `None` for services and anonymous callers.
    pub access_key: Option<String>,
    /// The unique id (`AIDA...`, `AROA...:session`, the account id for root), as `aws:userid` and GetCallerIdentity say.
    pub user_id: String,
    /// The account's canonical user id (64 hexadecimal digits); empty for anonymous callers.
    pub canonical_id: String,
    /// What was settled when temporary credentials were issued; `None` for those that last.
    pub session: Option<Arc<Session>>,
    arn: Box<str>,
    /// Only where it differs from the ARN.
    principal_arn: Option<Box<str>>,
}

/// What was settled when temporary credentials were issued, and holds as long as they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// By which operation.
    pub form: SessionForm,
    /// When they were issued (`aws:TokenIssueTime`), in milliseconds since the epoch.
    pub issued_ms: u64,
    /// When they end, in milliseconds since the epoch.
    pub expires_ms: u64,
    /// The text of the session policy.
    pub policy: Option<String>,
    /// The ARNs of managed policies that are session policies.
    pub policy_arns: Vec<String>,
    /// The session tags (`aws:PrincipalTag/...`).
    pub tags: Vec<(String, String)>,
    /// The keys of those tags that pass on to the next role of a chain.
    pub transitive: Vec<String>,
    /// `aws:SourceIdentity`.
    pub source_identity: Option<String>,
    /// The provider that vouched for the caller (`aws:FederatedProvider`).
    pub provider: Option<String>,
    /// When the caller showed a code of its MFA device, in milliseconds since the epoch.
    pub mfa_ms: Option<u64>,
    /// The name of the user whose policies apply: [`SessionForm::Federation`]. `None` for the root.
    pub issuer: Option<String>,
    /// That user's unique id.
    pub issuer_id: Option<String>,
    /// What the provider said of the caller, as condition keys (`accounts.google.com:sub`, `saml:sub`, ...).
    pub keys: Vec<(String, Vec<String>)>,
}

/// The operations that issue temporary credentials, as far as what they issue differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionForm {
    /// AssumeRole, by any proof of who the caller is.
    Role,
    /// GetSessionToken: the user itself.
    User,
    /// GetFederationToken.
    Federation,
    /// AssumeRoot.
    Root,
}

/// The kinds of principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The account itself.
    Root,
    /// An IAM user. `path` begins and ends with `/`.
    User {
        /// `/` or `/division/team/`.
        path: String,
        /// The friendly name.
        name: String,
    },
    /// A session of an assumed role.
    RoleSession {
        /// The role's path; it is part of the role's ARN and absent from the session's.
        path: String,
        /// The role's friendly name.
        role: String,
        /// The role session name.
        session: String,
    },
    /// A session of GetFederationToken.
    FederatedUser {
        /// The name given in GetFederationToken.
        name: String,
    },
    /// A block acting by itself, such as `s3.amazonaws.com` delivering a notification.
    Service {
        /// The service principal.
        principal: &'static str,
        /// The resource on whose behalf it acts (`aws:SourceArn`).
        source_arn: Option<String>,
        /// The account that owns that resource (`aws:SourceAccount`).
        source_account: Option<AccountId>,
    },
    /// A request without credentials.
    Anonymous,
}

impl Identity {
    /// The root of `account`.
    pub fn root(account: AccountId) -> Identity {
        Identity::of(account, Kind::Root, account.to_string())
    }

    /// The user `name` at `path` (`/` or `/a/b/`) with the unique id `user_id` (`AIDA...`).
    pub fn user(
        account: AccountId,
        path: impl Into<String>,
        name: impl Into<String>,
        user_id: impl Into<String>,
    ) -> Identity {
        Identity::of(account, Kind::User { path: path.into(), name: name.into() }, user_id.into())
    }

    /// The session `session` of the role `role` at `path`; `role_id` is the role's unique id (`AROA...`).
    pub fn role_session(
        account: AccountId,
        path: impl Into<String>,
        role: impl Into<String>,
        role_id: impl fmt::Display,
        session: impl Into<String>,
    ) -> Identity {
        let session = session.into();
        let user_id = format!("{role_id}:{session}");
        Identity::of(account, Kind::RoleSession { path: path.into(), role: role.into(), session }, user_id)
    }

    /// The federated session `name`.
    pub fn federated_user(account: AccountId, name: impl Into<String>) -> Identity {
        let name = name.into();
        let user_id = format!("{account}:{name}");
        Identity::of(account, Kind::FederatedUser { name }, user_id)
    }

    /// The service `principal` (`s3.amazonaws.com`) acting for the resource `source_arn` of `source_account`.
    pub fn service(
        principal: &'static str,
        source_arn: Option<String>,
        source_account: Option<AccountId>,
    ) -> Identity {
        let account = source_account.unwrap_or(AccountId::DEFAULT);
        Identity::of(account, Kind::Service { principal, source_arn, source_account }, principal.to_owned())
    }

    /// A caller without credentials.
    pub fn anonymous() -> Identity {
        let canonical_id = String::new();
        let anonymous = Identity::of(AccountId::DEFAULT, Kind::Anonymous, "anonymous".to_owned());
        Identity { canonical_id, ..anonymous }
    }

    fn of(account: AccountId, kind: Kind, user_id: String) -> Identity {
        let (arn, principal_arn) = arns_of(account, &kind);
        let canonical_id = account.canonical_id();
        Identity { account, kind, access_key: None, user_id, canonical_id, session: None, arn, principal_arn }
    }

    /// The same principal under another name or path.
    #[must_use]
    pub fn called(self, kind: Kind) -> Identity {
        let (arn, principal_arn) = arns_of(self.account, &kind);
        Identity { kind, arn, principal_arn, ..self }
    }

    /// The same principal, signing with `access_key`.
    #[must_use]
    pub fn with_access_key(mut self, access_key: impl Into<String>) -> Identity {
        self.access_key = Some(access_key.into());
        self
    }

    /// The same principal, acting in `session`.
    #[must_use]
    pub fn in_session(mut self, session: Session) -> Identity {
        self.session = Some(Arc::new(session));
        self
    }

    /// Whether the caller showed no credentials.
    pub fn is_anonymous(&self) -> bool {
        matches!(self.kind, Kind::Anonymous)
    }

    /// The ARN that GetCallerIdentity answers and that a policy's `Principal` may name. A role's session has its
    /// session ARN (see [`Identity::principal_arn`] for the role's); a service has its principal name and an
    /// anonymous caller `*`, because AWS gives them no ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The value of `aws:PrincipalArn`: as [`Identity::arn`], except that a session of a role has the role's ARN.
    pub fn principal_arn(&self) -> &str {
        self.principal_arn.as_deref().unwrap_or(&self.arn)
    }

    /// The value of `aws:PrincipalType`.
    pub fn principal_type(&self) -> &'static str {
        match &self.kind {
            Kind::Root => "Account",
            Kind::User { .. } => "User",
            Kind::RoleSession { .. } => "AssumedRole",
            Kind::FederatedUser { .. } => "FederatedUser",
            Kind::Service { .. } => "Service",
            Kind::Anonymous => "Anonymous",
        }
    }

    /// The value of `aws:username`, which only IAM users have.
    pub fn user_name(&self) -> Option<&str> {
        match &self.kind {
            Kind::User { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// The ARN, and the principal's where that is another.
fn arns_of(account: AccountId, kind: &Kind) -> (Box<str>, Option<Box<str>>) {
    let arn = match kind {
        Kind::Root => format!("arn:aws:iam::{account}:root"),
        Kind::User { path, name } => format!("arn:aws:iam::{account}:user{path}{name}"),
        Kind::RoleSession { role, session, .. } => {
            format!("arn:aws:sts::{account}:assumed-role/{role}/{session}")
        }
        Kind::FederatedUser { name } => format!("arn:aws:sts::{account}:federated-user/{name}"),
        Kind::Service { principal, .. } => (*principal).to_owned(),
        Kind::Anonymous => "*".to_owned(),
    };
    let principal_arn = match kind {
        Kind::RoleSession { path, role, .. } => {
            Some(format!("arn:aws:iam::{account}:role{path}{role}").into())
        }
        _ => None,
    };
    (arn.into(), principal_arn)
}

/// What stands behind an access key.
#[derive(Clone)]
pub struct Credential {
    /// The secret access key.
    pub secret: Arc<str>,
    /// Whom it makes the caller.
    pub identity: Arc<Identity>,
    /// Differs whenever the secret of this access key id differs (rotation, import): derived signing keys are
    /// cached under it.
    pub generation: u64,
    /// Taken at its word: whatever is signed with it counts as signed right. Only where the operator asked for it.
    pub is_taken_at_its_word: bool,
    /// Everybody knows it: the default credential, and what is taken at its word.
    pub is_public: bool,
}

impl fmt::Debug for Credential {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("identity", &self.identity)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// Where access keys are looked up.
pub trait Identities: Send + Sync {
    /// The credential of `access_key`. `token` is the request's `X-Amz-Security-Token`, if it had one: an
    /// implementation refuses temporary keys without their token, long-lived keys with one
    /// ([`AuthError::InvalidToken`]), and expired ones ([`AuthError::ExpiredToken`]). An unknown or inactive key is
    /// [`AuthError::UnknownKey`]. `region` is the one that the signature names, if it names one: its copy is asked.
    fn find<'a>(
        &'a self,
        access_key: &'a str,
        token: Option<&'a str>,
        region: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>>;

    /// A request to `service` that this key signed was verified. `region` as for [`Identities::find`]. It must be quick:
    /// it is told of each request.
    fn used(&self, access_key: &str, service: &str, region: Option<&Region>) {
        let _ = (access_key, service, region);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountId {
        "123456789012".parse().unwrap()
    }

    #[test]
    fn arns_are_those_of_aws() {
        let session = Identity::role_session(account(), "/svc/", "deploy", "AROAEXAMPLE", "ci");
        let table = [
            (Identity::root(account()), "arn:aws:iam::123456789012:root", "Account"),
            (Identity::user(account(), "/", "ann", "AIDAX"), "arn:aws:iam::123456789012:user/ann", "User"),
            (
                Identity::user(account(), "/a/b/", "ann", "X"),
                "arn:aws:iam::123456789012:user/a/b/ann",
                "User",
            ),
            (session.clone(), "arn:aws:sts::123456789012:assumed-role/deploy/ci", "AssumedRole"),
            (
                Identity::federated_user(account(), "bob"),
                "arn:aws:sts::123456789012:federated-user/bob",
                "FederatedUser",
            ),
            (Identity::service("s3.amazonaws.com", None, None), "s3.amazonaws.com", "Service"),
            (Identity::anonymous(), "*", "Anonymous"),
        ];
        for (identity, arn, kind) in table {
            assert_eq!(identity.arn(), arn);
            assert_eq!(identity.principal_type(), kind);
        }
        assert_eq!(session.principal_arn(), "arn:aws:iam::123456789012:role/svc/deploy");
        assert_eq!(session.user_id, "AROAEXAMPLE:ci");
    }

    #[test]
    fn secrets_are_not_printed() {
        let identity = Arc::new(Identity::root(account()));
        let credential = Credential {
            secret: "hush".into(),
            identity,
            generation: 1,
            is_taken_at_its_word: false,
            is_public: false,
        };
        assert!(!format!("{credential:?}").contains("hush"));
    }
}
