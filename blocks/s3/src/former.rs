//! Records as earlier formats wrote them.

use floor::{AccountId, Record, Region, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    checksum::{Algorithm, Checksum, Kind},
    etag::ETag,
    more::{Ownership, PublicAccess},
    notification::Notification,
    records::{
        About, Beginning, BucketRecord, Claim, Data, DefaultEncryption, Object, Sealing, Upload, Version,
        Versioning,
    },
    tags::Tags,
    version_id::Order,
};

/// [`Claim`] before creations said who owns what is written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Claim1 {
    id: u64,
    account: AccountId,
    region: Region,
    created_ms: u64,
    tags: Tags,
}

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

/// [`BucketRecord`] before buckets had keys.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bucket2 {
    id: u64,
    owner: AccountId,
    created_ms: u64,
    versioning: Versioning,
    names_mfa_delete: bool,
    policy: Option<String>,
    tags: Tags,
    notifications: Vec<Notification>,
}

/// [`BucketRecord`] before there were keys of customers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bucket3 {
    id: u64,
    owner: AccountId,
    created_ms: u64,
    versioning: Versioning,
    names_mfa_delete: bool,
    policy: Option<String>,
    tags: Tags,
    notifications: Vec<Notification>,
    key: Option<Vec<u8>>,
    encryption: Option<DefaultEncryption>,
}

/// [`BucketRecord`] before there were lists, locks and configurations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bucket4 {
    id: u64,
    owner: AccountId,
    created_ms: u64,
    versioning: Versioning,
    names_mfa_delete: bool,
    policy: Option<String>,
    tags: Tags,
    notifications: Vec<Notification>,
    key: Option<Vec<u8>>,
    encryption: Option<DefaultEncryption>,
    takes_customer_keys: bool,
}

/// [`Object`] before objects were encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Object1 {
    size: u64,
    etag: ETag,
    checksum: Option<Checksum>,
    data: Data,
    about: About,
}

/// [`Version`] before objects were encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Version1 {
    order: Order,
    null: bool,
    modified_ms: u64,
    object: Option<Object1>,
}

/// [`Object`] before there were lists and locks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Object2 {
    size: u64,
    etag: ETag,
    checksum: Option<Checksum>,
    data: Data,
    about: About,
    sealing: Sealing,
}

/// [`Version`] before there were lists and locks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Version2 {
    order: Order,
    null: bool,
    modified_ms: u64,
    object: Option<Object2>,
}

/// [`Upload`] before there were lists and locks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Upload2 {
    initiated_ms: u64,
    seen: Option<Order>,
    about: About,
    checksum: Option<(Algorithm, Kind)>,
    initiator: (String, String),
    sealing: Sealing,
}

/// [`Upload`] before parts were encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Upload1 {
    initiated_ms: u64,
    seen: Option<Order>,
    about: About,
    checksum: Option<(Algorithm, Kind)>,
    initiator: (String, String),
}

first_format!(Claim1, Bucket1, Version1, Upload1);

impl Record for Claim {
    const FORMAT: u8 = 2;
    type Previous = Claim1;

    fn migrate(previous: Claim1) -> Self {
        let Claim1 { id, account, region, created_ms, tags } = previous;
        Self { id, account, region, created_ms, tags, beginning: Beginning::default() }
    }
}

impl Record for Version {
    const FORMAT: u8 = 3;
    type Previous = Version2;

    fn migrate(previous: Version2) -> Self {
        let Version2 { order, null, modified_ms, object } = previous;
        let object = object.map(|Object2 { size, etag, checksum, data, about, sealing }| Object {
            size,
            etag,
            checksum,
            data,
            about,
            sealing,
            more: None,
        });
        Self { order, null, modified_ms, object }
    }
}

impl Record for Version2 {
    const FORMAT: u8 = 2;
    type Previous = Version1;

    fn migrate(previous: Version1) -> Self {
        let Version1 { order, null, modified_ms, object } = previous;
        let object = object.map(|Object1 { size, etag, checksum, data, about }| Object2 {
            size,
            etag,
            checksum,
            data,
            about,
            sealing: Sealing::Not,
        });
        Self { order, null, modified_ms, object }
    }
}

impl Record for Upload {
    const FORMAT: u8 = 3;
    type Previous = Upload2;

    fn migrate(previous: Upload2) -> Self {
        let Upload2 { initiated_ms, seen, about, checksum, initiator, sealing } = previous;
        Self { initiated_ms, seen, about, checksum, initiator, sealing, more: None }
    }
}

impl Record for Upload2 {
    const FORMAT: u8 = 2;
    type Previous = Upload1;

    fn migrate(previous: Upload1) -> Self {
        let Upload1 { initiated_ms, seen, about, checksum, initiator } = previous;
        Self { initiated_ms, seen, about, checksum, initiator, sealing: Sealing::Not }
    }
}

impl Record for BucketRecord {
    const FORMAT: u8 = 5;
    type Previous = Bucket4;

    /// What was not there before is as in new buckets.
    fn migrate(previous: Bucket4) -> Self {
        Self {
            id: previous.id,
            owner: previous.owner,
            created_ms: previous.created_ms,
            versioning: previous.versioning,
            names_mfa_delete: previous.names_mfa_delete,
            policy: previous.policy,
            tags: previous.tags,
            notifications: previous.notifications,
            key: previous.key,
            encryption: previous.encryption,
            takes_customer_keys: previous.takes_customer_keys,
            settings: 0,
            ownership: Some(Ownership::Enforced),
            public_access: Some(PublicAccess::BLOCKED),
            acl: None,
            requester_pays: false,
            lock: None,
            accelerates: None,
            abac: false,
        }
    }
}

impl Record for Bucket4 {
    const FORMAT: u8 = 4;
    type Previous = Bucket3;

    fn migrate(previous: Bucket3) -> Self {
        let Bucket3 {
            id,
            owner,
            created_ms,
            versioning,
            names_mfa_delete,
            policy,
            tags,
            notifications,
            key,
            encryption,
        } = previous;
        // Nothing was written under a customer's key before: such buckets are as new ones.
        Self {
            id,
            owner,
            created_ms,
            versioning,
            names_mfa_delete,
            policy,
            tags,
            notifications,
            key,
            encryption,
            takes_customer_keys: false,
        }
    }
}

impl Record for Bucket3 {
    const FORMAT: u8 = 3;
    type Previous = Bucket2;

    fn migrate(previous: Bucket2) -> Self {
        let Bucket2 { id, owner, created_ms, versioning, names_mfa_delete, policy, tags, notifications } =
            previous;
        Self {
            id,
            owner,
            created_ms,
            versioning,
            names_mfa_delete,
            policy,
            tags,
            notifications,
            key: None,
            encryption: None,
        }
    }
}

impl Record for Bucket2 {
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
            key: None,
            encryption: None,
            takes_customer_keys: false,
            settings: 0,
            ownership: Some(Ownership::Enforced),
            public_access: Some(PublicAccess::BLOCKED),
            acl: None,
            requester_pays: false,
            lock: None,
            accelerates: None,
            abac: false,
        };
        assert_eq!(BucketRecord::decode(&former.encode()).unwrap(), expected);
        assert_eq!(BucketRecord::decode(&expected.encode()).unwrap(), expected);
        let third = Bucket3 { key: Some(vec![1]), ..Bucket3::migrate(Bucket2::migrate(former)) };
        let read = BucketRecord::decode(&third.encode()).unwrap();
        assert_eq!(read, BucketRecord { key: Some(vec![1]), ..expected });
    }

    #[test]
    fn claims_of_the_first_format_are_read() {
        let account = "111122223333".parse().unwrap();
        let former = Claim1 { id: 7, account, region: Region::default(), created_ms: 8, tags: Tags::new() };
        let read = Claim::decode(&former.encode()).unwrap();
        assert_eq!((read.id, read.beginning), (7, Beginning::default()));
    }

    #[test]
    fn objects_and_uploads_that_are_not_encrypted_are_read() {
        let former = Version1 {
            order: Order(3),
            null: true,
            modified_ms: 4,
            object: Some(Object1 {
                size: 5,
                etag: ETag::whole([6; 16]),
                checksum: None,
                data: Data::Inline,
                about: About::default(),
            }),
        };
        let read = Version::decode(&former.encode()).unwrap();
        let object = read.object.as_ref().unwrap();
        assert_eq!((read.order, object.size, &object.sealing), (Order(3), 5, &Sealing::Not));
        assert_eq!(Version::decode(&read.encode()).unwrap(), read);
        let former = Upload1 {
            initiated_ms: 1,
            seen: None,
            about: About::default(),
            checksum: None,
            initiator: ("a".into(), "b".into()),
        };
        let read = Upload::decode(&former.encode()).unwrap();
        assert_eq!((read.initiated_ms, &read.sealing), (1, &Sealing::Not));
    }
}
