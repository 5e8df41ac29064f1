//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static ANALYTICS_S3_EXPORT_FILE_FORMAT: Limits = Limits { words: &["CSV"], ..Limits::NONE };

pub(crate) static BUCKET_ABAC_STATUS: Limits = Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static BUCKET_ACCELERATE_STATUS: Limits =
    Limits { words: &["Enabled", "Suspended"], ..Limits::NONE };

pub(crate) static BUCKET_NAMESPACE: Limits =
    Limits { words: &["account-regional", "global"], ..Limits::NONE };

pub(crate) static BUCKET_VERSIONING_STATUS: Limits =
    Limits { words: &["Enabled", "Suspended"], ..Limits::NONE };

pub(crate) static CHECKSUM_ALGORITHM: Limits = Limits {
    words: &[
        "CRC32",
        "CRC32C",
        "SHA1",
        "SHA256",
        "CRC64NVME",
        "SHA512",
        "MD5",
        "XXHASH64",
        "XXHASH3",
        "XXHASH128",
    ],
    ..Limits::NONE
};

pub(crate) static CHECKSUM_ALGORITHM_LIST: Limits =
    Limits { item: Some(&CHECKSUM_ALGORITHM), ..Limits::NONE };

pub(crate) static CHECKSUM_MODE: Limits = Limits { words: &["ENABLED"], ..Limits::NONE };

pub(crate) static CHECKSUM_TYPE: Limits = Limits { words: &["COMPOSITE", "FULL_OBJECT"], ..Limits::NONE };

pub(crate) static COPY_SOURCE: Limits = Limits { pattern: "\\/?.+\\/.+", ..Limits::NONE };

pub(crate) static DELETE_MARKER_REPLICATION_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static ENCODING_TYPE: Limits = Limits { words: &["url"], ..Limits::NONE };

pub(crate) static ENCRYPTION_TYPE: Limits = Limits { words: &["NONE", "SSE-C"], ..Limits::NONE };

pub(crate) static ENCRYPTION_TYPE_LIST: Limits = Limits { item: Some(&ENCRYPTION_TYPE), ..Limits::NONE };

pub(crate) static EVENT: Limits = Limits {
    words: &[
        "s3:ReducedRedundancyLostObject",
        "s3:ObjectCreated:*",
        "s3:ObjectCreated:Put",
        "s3:ObjectCreated:Post",
        "s3:ObjectCreated:Copy",
        "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*",
        "s3:ObjectRemoved:Delete",
        "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*",
        "s3:ObjectRestore:Post",
        "s3:ObjectRestore:Completed",
        "s3:Replication:*",
        "s3:Replication:OperationFailedReplication",
        "s3:Replication:OperationNotTracked",
        "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold",
        "s3:ObjectRestore:Delete",
        "s3:LifecycleTransition",
        "s3:IntelligentTiering",
        "s3:ObjectAcl:Put",
        "s3:LifecycleExpiration:*",
        "s3:LifecycleExpiration:Delete",
        "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:ObjectTagging:*",
        "s3:ObjectTagging:Put",
        "s3:ObjectTagging:Delete",
        "s3:ObjectAnnotation:*",
        "s3:ObjectAnnotation:Put",
        "s3:ObjectAnnotation:Delete",
        "s3:ObjectRetention:Put",
    ],
    ..Limits::NONE
};

pub(crate) static EVENT_LIST: Limits = Limits { item: Some(&EVENT), ..Limits::NONE };

pub(crate) static EXISTING_OBJECT_REPLICATION_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static EXPIRATION_STATUS: Limits = Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static FILTER_RULE_NAME: Limits = Limits { words: &["prefix", "suffix"], ..Limits::NONE };

pub(crate) static INTELLIGENT_TIERING_ACCESS_TIER: Limits =
    Limits { words: &["ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"], ..Limits::NONE };

pub(crate) static INTELLIGENT_TIERING_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static INVENTORY_FORMAT: Limits = Limits { words: &["CSV", "ORC", "Parquet"], ..Limits::NONE };

pub(crate) static INVENTORY_FREQUENCY: Limits = Limits { words: &["Daily", "Weekly"], ..Limits::NONE };

pub(crate) static INVENTORY_INCLUDED_OBJECT_VERSIONS: Limits =
    Limits { words: &["All", "Current"], ..Limits::NONE };

pub(crate) static INVENTORY_OPTIONAL_FIELD: Limits = Limits {
    words: &[
        "Size",
        "LastModifiedDate",
        "StorageClass",
        "ETag",
        "IsMultipartUploaded",
        "ReplicationStatus",
        "EncryptionStatus",
        "ObjectLockRetainUntilDate",
        "ObjectLockMode",
        "ObjectLockLegalHoldStatus",
        "ObjectLockEventHoldStatus",
        "ObjectLockEventHoldDuration",
        "IntelligentTieringAccessTier",
        "BucketKeyStatus",
        "ChecksumAlgorithm",
        "ObjectAccessControlList",
        "ObjectOwner",
        "LifecycleExpirationDate",
        "IntelligentTieringReferenceDate",
    ],
    ..Limits::NONE
};

pub(crate) static INVENTORY_OPTIONAL_FIELDS: Limits =
    Limits { item: Some(&INVENTORY_OPTIONAL_FIELD), ..Limits::NONE };

pub(crate) static MAX_BUCKETS: Limits = Limits { min: Some(1), max: Some(10000), ..Limits::NONE };

pub(crate) static METADATA_DIRECTIVE: Limits = Limits { words: &["COPY", "REPLACE"], ..Limits::NONE };

pub(crate) static METRICS_STATUS: Limits = Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static MFA_DELETE: Limits = Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static MFA_DELETE_STATUS: Limits = Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static OBJECT_ATTRIBUTES: Limits =
    Limits { words: &["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"], ..Limits::NONE };

pub(crate) static OBJECT_ATTRIBUTES_LIST: Limits = Limits { item: Some(&OBJECT_ATTRIBUTES), ..Limits::NONE };

pub(crate) static OBJECT_KEY: Limits = Limits { min: Some(1), ..Limits::NONE };

pub(crate) static OBJECT_LOCK_ENABLED: Limits = Limits { words: &["Enabled"], ..Limits::NONE };

pub(crate) static OBJECT_LOCK_LEGAL_HOLD_STATUS: Limits = Limits { words: &["ON", "OFF"], ..Limits::NONE };

pub(crate) static OBJECT_LOCK_MODE: Limits = Limits { words: &["GOVERNANCE", "COMPLIANCE"], ..Limits::NONE };

pub(crate) static OBJECT_LOCK_RETENTION_MODE: Limits =
    Limits { words: &["GOVERNANCE", "COMPLIANCE"], ..Limits::NONE };

pub(crate) static OBJECT_OWNERSHIP: Limits =
    Limits { words: &["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"], ..Limits::NONE };

pub(crate) static OBJECT_STORAGE_CLASS: Limits = Limits {
    words: &[
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "GLACIER",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "DEEP_ARCHIVE",
        "OUTPOSTS",
        "GLACIER_IR",
        "SNOW",
        "EXPRESS_ONEZONE",
        "FSX_OPENZFS",
        "FSX_ONTAP",
        "AWS_BACKUP_WARM",
        "AWS_BACKUP_LOW_COST_WARM",
    ],
    ..Limits::NONE
};

pub(crate) static OBJECT_VERSION_STORAGE_CLASS: Limits = Limits { words: &["STANDARD"], ..Limits::NONE };

pub(crate) static OPTIONAL_OBJECT_ATTRIBUTES: Limits = Limits { words: &["RestoreStatus"], ..Limits::NONE };

pub(crate) static OPTIONAL_OBJECT_ATTRIBUTES_LIST: Limits =
    Limits { item: Some(&OPTIONAL_OBJECT_ATTRIBUTES), ..Limits::NONE };

pub(crate) static OWNER_OVERRIDE: Limits = Limits { words: &["Destination"], ..Limits::NONE };

pub(crate) static PARTITION_DATE_SOURCE: Limits =
    Limits { words: &["EventTime", "DeliveryTime"], ..Limits::NONE };

pub(crate) static PAYER: Limits = Limits { words: &["Requester", "BucketOwner"], ..Limits::NONE };

pub(crate) static PERMISSION: Limits =
    Limits { words: &["FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"], ..Limits::NONE };

pub(crate) static PROTOCOL: Limits = Limits { words: &["http", "https"], ..Limits::NONE };

pub(crate) static REGION: Limits = Limits { min: Some(0), max: Some(20), ..Limits::NONE };

pub(crate) static REPLICATION_RULE_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static REPLICATION_STATUS: Limits =
    Limits { words: &["COMPLETE", "PENDING", "FAILED", "REPLICA", "COMPLETED"], ..Limits::NONE };

pub(crate) static REPLICATION_TIME_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static REPLICA_MODIFICATIONS_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static REQUEST_CHARGED: Limits = Limits { words: &["requester"], ..Limits::NONE };

pub(crate) static REQUEST_PAYER: Limits = Limits { words: &["requester"], ..Limits::NONE };

pub(crate) static S3_REGIONAL_OR_S3_EXPRESS_BUCKET_ARN_STRING: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "arn:[^:]+:(s3|s3express):.*", ..Limits::NONE };

pub(crate) static SERVER_SIDE_ENCRYPTION: Limits =
    Limits { words: &["AES256", "aws:fsx", "aws:backup", "aws:kms", "aws:kms:dsse"], ..Limits::NONE };

pub(crate) static SSE_KMS_ENCRYPTED_OBJECTS_STATUS: Limits =
    Limits { words: &["Enabled", "Disabled"], ..Limits::NONE };

pub(crate) static STORAGE_CLASS: Limits = Limits {
    words: &[
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "DEEP_ARCHIVE",
        "OUTPOSTS",
        "GLACIER_IR",
        "SNOW",
        "EXPRESS_ONEZONE",
        "FSX_OPENZFS",
        "FSX_ONTAP",
        "AWS_BACKUP_WARM",
        "AWS_BACKUP_LOW_COST_WARM",
    ],
    ..Limits::NONE
};

pub(crate) static STORAGE_CLASS_ANALYSIS_SCHEMA_VERSION: Limits = Limits { words: &["V_1"], ..Limits::NONE };

pub(crate) static TAGGING_DIRECTIVE: Limits = Limits { words: &["COPY", "REPLACE"], ..Limits::NONE };

pub(crate) static TIER: Limits = Limits { words: &["Standard", "Bulk", "Expedited"], ..Limits::NONE };

pub(crate) static TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE: Limits =
    Limits { words: &["varies_by_storage_class", "all_storage_classes_128K"], ..Limits::NONE };

pub(crate) static TRANSITION_STORAGE_CLASS: Limits = Limits {
    words: &["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"],
    ..Limits::NONE
};

pub(crate) static TYPE: Limits =
    Limits { words: &["CanonicalUser", "AmazonCustomerByEmail", "Group"], ..Limits::NONE };
