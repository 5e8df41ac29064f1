//! What decides beside the policy of a bucket: access control lists, and the block of public access.

use auth::{AccountId, Identity, Kind};

use crate::{
    bucket::Bucket,
    more::{Acl, Grant, Grantee, Permission, PublicAccess},
    records::BucketRecord,
};

/// What decides beside a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    owner: AccountId,
    policy: Heed,
    /// The grants that count.
    grants: Vec<Grant>,
    /// Whether they are those of an object.
    is_object: bool,
}

/// To whom a policy may allow something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Heed {
    /// To everybody.
    All,
    /// `RestrictPublicBuckets` holds, and the policy is public: to the owner's account and to services.
    Restricted,
    /// To nobody: the object is not the bucket owner's.
    Nobody,
}

impl Beside {
    /// What decides beside the policy of this bucket; none where nothing does.
    pub fn of(record: &BucketRecord, blocks: PublicAccess, has_public_policy: bool) -> Option<Self> {
        let is_restricted = has_public_policy && blocks.restrict;
        let policy = if is_restricted { Heed::Restricted } else { Heed::All };
        let grants = counting(record, blocks, record.acl.as_ref());
        let is_needed = is_restricted || !grants.is_empty();
        is_needed.then_some(Self { owner: record.owner, policy, grants, is_object: false })
    }

    /// What decides over an object that this account writes into somebody else's bucket.
    pub fn of_writer(owner: AccountId) -> Self {
        Self { owner, policy: Heed::Nobody, grants: Vec::new(), is_object: true }
    }

    /// The same for an object with a list of its own, in a bucket where lists count.
    pub fn of_object(bucket: &Bucket, list: &Acl) -> Self {
        let record = &bucket.record;
        let is_foreign = list.owner.is_some_and(|owner| owner != record.owner);
        let is_restricted = bucket.beside.as_ref().is_some_and(|beside| beside.policy == Heed::Restricted);
        let policy = match is_restricted {
            _ if is_foreign => Heed::Nobody,
            true => Heed::Restricted,
            false => Heed::All,
        };
        let owner = list.owner.unwrap_or(record.owner);
        Self { owner, policy, grants: counting(record, bucket.blocks, Some(list)), is_object: true }
    }

    /// What decides beside a public policy that is for the owner's account alone.
    pub fn restricted(owner: AccountId) -> Self {
        Self { owner, policy: Heed::Restricted, grants: Vec::new(), is_object: false }
    }

    /// The same where more is blocked: where the policy is public, and lists are not to let in the public.
    #[must_use]
    pub fn under(&self, blocks: PublicAccess, has_public_policy: bool) -> Self {
        let mut under = self.clone();
        if has_public_policy && blocks.restrict && under.policy == Heed::All {
            under.policy = Heed::Restricted;
        }
        if blocks.ignore_acls {
            under.grants.retain(|grant| !grant.grantee.is_public());
        }
        under
    }
}

/// The grants of a list that count.
fn counting(record: &BucketRecord, blocks: PublicAccess, list: Option<&Acl>) -> Vec<Grant> {
    let Some(list) = list.filter(|_| record.has_lists()) else { return Vec::new() };
    let counts = |grant: &&Grant| !(blocks.ignore_acls && grant.grantee.is_public());
    list.grants.iter().filter(counts).cloned().collect()
}

impl floor::Beside for Beside {
    fn grants(&self, caller: &Identity, action: &str) -> bool {
        let needed = if self.is_object { of_object(action) } else { of_bucket(action) };
        let Some(needed) = needed else { return false };
        self.grants.iter().any(|grant| {
            (grant.permission == needed || grant.permission == Permission::FullControl)
                && self.is(caller, &grant.grantee)
        })
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html>
    fn heeds_policy(&self, caller: &Identity) -> bool {
        match (self.policy, &caller.kind) {
            (Heed::All, _) | (Heed::Restricted, Kind::Service { .. }) => true,
            (Heed::Nobody, _) | (Heed::Restricted, Kind::Anonymous) => false,
            (Heed::Restricted, _) => caller.account == self.owner,
        }
    }
}

impl Beside {
    /// Whether the caller is among those that a grant means. Within the owner's account, a grant to the account leaves
    /// the decision to the caller's own policies.
    fn is(&self, caller: &Identity, grantee: &Grantee) -> bool {
        let is_service = matches!(caller.kind, Kind::Service { .. });
        match grantee {
            Grantee::Everybody => true,
            Grantee::Authenticated => !is_service && !caller.is_anonymous(),
            Grantee::LogDelivery => {
                matches!(caller.kind, Kind::Service { principal, .. } if principal == LOG_DELIVERY)
            }
            Grantee::Account(id) => !is_service && caller.account != self.owner && caller.canonical_id == *id,
        }
    }
}

/// The service that writes server access logs.
const LOG_DELIVERY: &str = "logging.s3.amazonaws.com";

/// The permission on a bucket that an action needs. A list of a bucket does not permit what is missing in it to be read,
/// but whoever may list it may be told that it is missing.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions>
fn of_bucket(action: &str) -> Option<Permission> {
    Some(match action {
        "s3:ListBucket"
        | "s3:ListBucketVersions"
        | "s3:ListBucketMultipartUploads"
        | "s3:GetObject"
        | "s3:GetObjectVersion"
        | "s3:GetObjectAcl"
        | "s3:GetObjectVersionAcl" => Permission::Read,
        // Writers say what the list of the new object is.
        "s3:PutObject" | "s3:PutObjectAcl" | "s3:DeleteObject" => Permission::Write,
        "s3:GetBucketAcl" => Permission::ReadAcp,
        "s3:PutBucketAcl" => Permission::WriteAcp,
        _ => return None,
    })
}

/// The permission on an object that an action needs.
fn of_object(action: &str) -> Option<Permission> {
    Some(match action {
        "s3:GetObject" | "s3:GetObjectVersion" => Permission::Read,
        "s3:GetObjectAcl" | "s3:GetObjectVersionAcl" => Permission::ReadAcp,
        "s3:PutObjectAcl" | "s3:PutObjectVersionAcl" => Permission::WriteAcp,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use floor::Beside as _;

    use super::*;

    const OWNER: AccountId = AccountId::DEFAULT;

    fn other() -> AccountId {
        "111122223333".parse().unwrap()
    }

    fn beside(grantee: Grantee, permission: Permission, is_object: bool) -> Beside {
        Beside { owner: OWNER, policy: Heed::All, grants: vec![Grant { grantee, permission }], is_object }
    }

    #[test]
    fn grants_are_to_those_they_name() {
        let read = |grantee| beside(grantee, Permission::Read, true);
        let may = |list: &Beside, who: &Identity| list.grants(who, "s3:GetObject");
        let (owner, root, anyone) = (Identity::root(OWNER), Identity::root(other()), Identity::anonymous());
        let all = read(Grantee::Everybody);
        assert!(may(&all, &owner) && may(&all, &root) && may(&all, &anyone));
        let signed = read(Grantee::Authenticated);
        assert!(may(&signed, &root) && !may(&signed, &anyone));
        let named = read(Grantee::of(Some(other())));
        assert!(may(&named, &root) && !may(&named, &anyone) && !may(&named, &owner));
        // Callers of the owner's account have policies of their own.
        assert!(!may(&read(Grantee::of(Some(OWNER))), &owner));
        // Nobody is the canonical id of those who sign nothing.
        assert!(!may(&read(Grantee::of(None)), &anyone));
        assert!(!may(&read(Grantee::LogDelivery), &root));
    }

    #[test]
    fn permissions_are_those_of_aws() {
        let may = |permission, is_object, action: &str| {
            beside(Grantee::Everybody, permission, is_object).grants(&Identity::anonymous(), action)
        };
        assert!(
            may(Permission::Write, false, "s3:PutObject") && !may(Permission::Write, true, "s3:PutObject")
        );
        assert!(
            may(Permission::Read, false, "s3:ListBucket") && !may(Permission::Write, false, "s3:ListBucket")
        );
        assert!(may(Permission::ReadAcp, true, "s3:GetObjectAcl"));
        assert!(!may(Permission::ReadAcp, true, "s3:GetObject"));
        for action in ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObjectAcl"] {
            assert!(may(Permission::FullControl, true, action), "{action}");
        }
        for action in
            ["s3:DeleteBucket", "s3:PutBucketPolicy", "s3:DeleteObjectVersion", "s3:GetBucketPolicy"]
        {
            assert!(!may(Permission::FullControl, false, action), "{action}");
        }
    }

    #[test]
    fn restricted_policies_are_for_the_account() {
        let heeds = |policy, who: &Identity| {
            Beside { policy, ..beside(Grantee::Everybody, Permission::Read, false) }.heeds_policy(who)
        };
        let (own, root, anyone) = (Identity::root(OWNER), Identity::root(other()), Identity::anonymous());
        let service = Identity::service("cloudtrail.amazonaws.com", None, None);
        for (who, all, restricted) in
            [(&own, true, true), (&root, true, false), (&anyone, true, false), (&service, true, true)]
        {
            assert_eq!((heeds(Heed::All, who), heeds(Heed::Restricted, who)), (all, restricted));
            assert!(!heeds(Heed::Nobody, who));
        }
    }
}
