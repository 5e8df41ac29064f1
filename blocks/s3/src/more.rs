//! What few objects and buckets have: access control lists, locks, redirects, states of replication and of archives.

use auth::AccountId;
use serde::{Deserialize, Serialize};

/// Who owns what is written into a bucket, and whether access control lists count.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Ownership {
    /// `BucketOwnerEnforced`: the bucket's owner, and no list counts.
    #[default]
    Enforced,
    /// `BucketOwnerPreferred`: the bucket's owner where the writer says `bucket-owner-full-control`.
    Preferred,
    /// `ObjectWriter`: whoever wrote it.
    Writer,
}

impl Ownership {
    /// All of them, with their names.
    const NAMES: [(Self, &str); 3] = [
        (Self::Enforced, "BucketOwnerEnforced"),
        (Self::Preferred, "BucketOwnerPreferred"),
        (Self::Writer, "ObjectWriter"),
    ];

    /// As clients name it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    /// The inverse of [`Ownership::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, one)| *one == name).map(|(one, _)| *one)
    }
}

/// `PublicAccessBlockConfiguration`.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "they are AWS's")]
pub struct PublicAccess {
    /// `BlockPublicAcls`.
    pub block_acls: bool,
    /// `IgnorePublicAcls`.
    pub ignore_acls: bool,
    /// `BlockPublicPolicy`.
    pub block_policy: bool,
    /// `RestrictPublicBuckets`.
    pub restrict: bool,
}

impl PublicAccess {
    /// All of it, as new buckets have.
    pub const BLOCKED: Self =
        Self { block_acls: true, ignore_acls: true, block_policy: true, restrict: true };

    /// What this or the other blocks: of several settings that matter, "the most restrictive combination" holds.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            block_acls: self.block_acls || other.block_acls,
            ignore_acls: self.ignore_acls || other.ignore_acls,
            block_policy: self.block_policy || other.block_policy,
            restrict: self.restrict || other.restrict,
        }
    }
}

/// An access control list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Acl {
    /// The owner; none: somebody who signed nothing.
    pub owner: Option<AccountId>,
    /// Who may do what.
    pub grants: Vec<Grant>,
}

/// One line of an access control list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// To whom.
    pub grantee: Grantee,
    /// What.
    pub permission: Permission,
}

/// Whom a line of an access control list means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Grantee {
    /// An account, by its canonical id.
    Account(String),
    /// `AllUsers`.
    Everybody,
    /// `AuthenticatedUsers`.
    Authenticated,
    /// `LogDelivery`.
    LogDelivery,
}

/// What a line of an access control list permits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Permission {
    /// `FULL_CONTROL`.
    FullControl,
    /// `READ`.
    Read,
    /// `WRITE`.
    Write,
    /// `READ_ACP`.
    ReadAcp,
    /// `WRITE_ACP`.
    WriteAcp,
}

/// Object Lock of a bucket; where there is none, it was never enabled.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Lock {
    /// How long new objects are retained of which the client does not say it.
    pub default: Option<DefaultRetention>,
}

/// `DefaultRetention`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DefaultRetention {
    /// `COMPLIANCE`, else `GOVERNANCE`.
    pub is_compliance: bool,
    /// How long.
    pub period: Period,
}

/// A time as it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Period {
    /// In days.
    Days(u32),
    /// In years.
    Years(u32),
}

/// Until when a version must not be removed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retention {
    /// `COMPLIANCE`, else `GOVERNANCE`.
    pub is_compliance: bool,
    /// In milliseconds since 1970.
    pub until_ms: u64,
}

/// `x-amz-replication-status`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Replication {
    /// `PENDING`.
    Pending,
    /// `COMPLETED`.
    Completed,
    /// `FAILED`.
    Failed,
    /// `REPLICA`.
    Replica,
}

/// A copy of an archived object that can be read for a while (`x-amz-restore`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Restored {
    /// When it can be read, in milliseconds since 1970; before, the request is ongoing.
    pub ready_ms: u64,
    /// Until when, in milliseconds since 1970.
    pub until_ms: u64,
}

/// What few objects have.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct More {
    /// Its list, with its owner; none: the bucket's owner may do everything.
    pub acl: Option<Acl>,
    /// Its retention.
    pub retention: Option<Retention>,
    /// Its legal hold; none: it was never set.
    pub legal_hold: Option<bool>,
    /// `x-amz-website-redirect-location`.
    pub redirect: Option<String>,
    /// How far its replication is.
    pub replication: Option<Replication>,
    /// Its copy out of the archive.
    pub restored: Option<Restored>,
    /// Of a replica: the number of the bucket that it was written into, of which its id is made.
    pub origin: Option<u64>,
    /// Its replication takes longer than `ReplicationTime` says, and that was told.
    pub is_late: bool,
}

impl More {
    /// As it is stored: nothing, where there is nothing.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}
