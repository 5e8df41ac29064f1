//! What a principal may do by the policies attached to it, and where that is found.

use std::{borrow::Borrow, sync::Arc};

use auth::{Identity, Region};
use policy::Policy;
use wire::Answer;

use crate::call::Boxed;

/// A policy and what it is called: the ARN of a managed one, the name of an inline one.
#[derive(Clone, Debug)]
pub struct Attached {
    /// `arn:aws:iam::aws:policy/ReadOnlyAccess`, or the name of an inline policy.
    pub name: Arc<str>,
    /// The policy.
    pub policy: Arc<Policy>,
}

impl Borrow<Policy> for Attached {
    fn borrow(&self) -> &Policy {
        &self.policy
    }
}

/// What limits and grants the actions of one principal, besides the policies of resources.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    /// The policies attached to it and to its groups.
    pub identity: Vec<Attached>,
    /// Its permissions boundary.
    pub boundary: Option<Attached>,
    /// The policies of its session; `None` where the session has none and so is not limited by any.
    pub session: Option<Vec<Attached>>,
    /// The tags of the principal and of its session (`aws:PrincipalTag/...`).
    pub tags: Vec<(String, String)>,
}

/// Where rights are found. Only users, sessions and federated users are asked for: roots need none, and services and
/// strangers have none.
pub trait RightsOf: Send + Sync {
    /// The rights of `who` as `region` knows them, where they are at hand. They must be current: a change that has
    /// been answered shows.
    fn at_hand(&self, who: &Identity, region: &Region) -> Option<Arc<Rights>>;

    /// The rights of `who` as `region` knows them. A principal that is no longer there has none.
    fn find<'a>(&'a self, who: &'a Identity, region: &'a Region) -> Boxed<'a, Answer<Arc<Rights>>>;
}
