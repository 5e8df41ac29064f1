//! What a decision is asked about: who, what, on which resource, under which circumstances.

use std::borrow::Cow;

/// The caller, as a policy's `Principal` element may name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal<'a> {
    /// No credentials. Only `"*"` names it.
    Anonymous,
    /// The root of an account.
    Root(Account<'a>),
    /// An IAM user.
    User {
        /// The account it belongs to.
        account: Account<'a>,
        /// `arn:aws:iam::ACCOUNT:user/path/name`.
        arn: &'a str,
    },
    /// A session of an assumed role.
    RoleSession {
        /// The account of the role.
        account: Account<'a>,
        /// `arn:aws:iam::ACCOUNT:role/path/name`.
        role_arn: &'a str,
        /// `arn:aws:sts::ACCOUNT:assumed-role/name/session`.
        session_arn: &'a str,
    },
    /// A session of GetFederationToken.
    FederatedUser {
        /// The account of the user that asked for it.
        account: Account<'a>,
        /// `arn:aws:sts::ACCOUNT:federated-user/name`.
        arn: &'a str,
    },
    /// An AWS service acting by itself: `s3.amazonaws.com`.
    Service(&'a str),
    /// Someone an identity provider vouches for, before a role is assumed: the provider's ARN or host name.
    Federated(&'a str),
}

/// An account under its two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account<'a> {
    /// Twelve digits.
    pub id: &'a str,
    /// Sixty-four hexadecimal digits, as `CanonicalUser` names it; may be empty where no policy could.
    pub canonical_id: &'a str,
}

impl<'a> Principal<'a> {
    /// The account, for principals that belong to one.
    pub fn account(&self) -> Option<Account<'a>> {
        match *self {
            Principal::Root(account)
            | Principal::User { account, .. }
            | Principal::RoleSession { account, .. }
            | Principal::FederatedUser { account, .. } => Some(account),
            Principal::Anonymous | Principal::Service(_) | Principal::Federated(_) => None,
        }
    }
}

/// One request for one permission.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: Principal<'a>,
    /// The action, as `s3:GetObject`; compared without regard to case.
    pub action: &'a str,
    /// The ARN of the resource.
    pub resource: &'a str,
    /// The circumstances.
    pub context: &'a dyn Context,
}

/// The condition keys of a request.
pub trait Context {
    /// The values of `key`, which is given in lower case with its prefix (`aws:sourceip`, `s3:prefix`, and for keys
    /// with a name in them `aws:resourcetag/Team`, the name after the slash as the policy has it). `None` if the
    /// request has no such key.
    fn get(&self, key: &str) -> Option<Values<'_>>;
}

/// The values of one condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values<'a> {
    /// A key that has a single value.
    One(Cow<'a, str>),
    /// A key that has a set of values, possibly empty (`aws:TagKeys`).
    Many(Vec<Cow<'a, str>>),
}

impl Values<'_> {
    /// The values as a slice.
    pub fn as_slice(&self) -> &[Cow<'_, str>] {
        match self {
            Values::One(value) => std::slice::from_ref(value),
            Values::Many(values) => values,
        }
    }

    /// The same values, borrowed.
    pub fn borrowed(&self) -> Values<'_> {
        match self {
            Values::One(value) => Values::One(Cow::Borrowed(value)),
            Values::Many(values) => Values::Many(values.iter().map(|v| Cow::Borrowed(v.as_ref())).collect()),
        }
    }
}

impl<'a> From<&'a str> for Values<'a> {
    fn from(value: &'a str) -> Self {
        Values::One(Cow::Borrowed(value))
    }
}

impl From<String> for Values<'_> {
    fn from(value: String) -> Self {
        Values::One(Cow::Owned(value))
    }
}

impl From<Vec<String>> for Values<'_> {
    fn from(values: Vec<String>) -> Self {
        Values::Many(values.into_iter().map(Cow::Owned).collect())
    }
}

/// No condition keys at all.
impl Context for () {
    fn get(&self, _: &str) -> Option<Values<'_>> {
        None
    }
}

/// A list of keys (in lower case) and values; for tests and small sets.
impl Context for &[(&str, &str)] {
    fn get(&self, key: &str) -> Option<Values<'_>> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| Values::from(*value))
    }
}
