//! Records as earlier formats wrote them.

use floor::{AccountId, Record, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    notification::Notification,
    records::{BucketRecord, Versioning},
    tags::Tags,
};

/// [`BucketRecord`] before it knew of `MfaDelete`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bucket1 {
    id: u64,
    owner: AccountId,
    created_ms: u64,
    versioning: Versioning,
    policy: Option<String>,
    tags: Tags,
    notifications: Vec<Notification>,
}

first_format!(Bucket1);

impl Record for BucketRecord {
    const FORMAT: u8 = 2;
    type Previous = Bucket1;

    fn migrate(previous: Bucket1) -> Self {
        let Bucket1 { id, owner, created_ms, versioning, policy, tags, notifications } = previous;
        Self { id, owner, created_ms, versioning, names_mfa_delete: false, policy, tags, notifications }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_of_the_first_format_are_read() {
        let owner: AccountId = "111122223333".parse().unwrap();
        let former = Bucket1 {
            id: 7,
            owner,
            created_ms: 8,
            versioning: Versioning::Suspended,
            policy: Some("{}".into()),
            tags: vec![("a".into(), "1".into())],
            notifications: Vec::new(),
        };
        let expected = BucketRecord {
            id: 7,
            owner,
            created_ms: 8,
            versioning: Versioning::Suspended,
            names_mfa_delete: false,
            policy: Some("{}".into()),
            tags: vec![("a".into(), "1".into())],
            notifications: Vec::new(),
        };
        assert_eq!(BucketRecord::decode(&former.encode()).unwrap(), expected);
        assert_eq!(BucketRecord::decode(&expected.encode()).unwrap(), expected);
    }
}
