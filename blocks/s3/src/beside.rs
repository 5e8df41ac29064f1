//! What decides beside the policy of a bucket: the block of public access.

use auth::{AccountId, Identity, Kind};

use crate::records::BucketRecord;

/// What decides beside a policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    owner: AccountId,
    /// `RestrictPublicBuckets` holds: what a public policy allows counts for the owner's account and for services only.
    is_restricted: bool,
}

impl Beside {
    /// What decides beside the policy of this bucket; none where nothing does.
    pub fn of(record: &BucketRecord, has_public_policy: bool) -> Option<Self> {
        let is_restricted = has_public_policy && record.public_access.is_some_and(|block| block.restrict);
        is_restricted.then_some(Self { owner: record.owner, is_restricted })
    }
}

impl floor::Beside for Beside {
    fn grants(&self, _: &Identity, _: &str) -> bool {
        false
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html>
    fn heeds_policy(&self, caller: &Identity) -> bool {
        !self.is_restricted
            || match caller.kind {
                Kind::Service { .. } => true,
                Kind::Anonymous => false,
                _ => caller.account == self.owner,
            }
    }
}
