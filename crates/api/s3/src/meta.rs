//! Facts of the service and its operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::operation::Segment::{Greedy, Label, Word};
use wire::operation::blank;
use wire::{Checksum, Http, Meta, OperationRow, ServiceMeta};

use crate::{errors, types};

/// Facts of the service.
pub static SERVICE: ServiceMeta = ServiceMeta {
    id: "s3",
    title: "Amazon Simple Storage Service",
    signing_name: "s3",
    endpoint_prefix: "s3",
    api_version: "2006-03-01",
    target_prefix: "",
    namespace: "com.amazonaws.s3",
    xml_namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
    query_compatible: false,
    s3: true,
    objects: true,
    protocols: &[&wire::protocol::REST_XML],
    operations: &OPERATIONS,
    literals: &[
        "abac",
        "accelerate",
        "acl",
        "analytics",
        "annotation",
        "attributes",
        "cors",
        "delete",
        "encryption",
        "intelligent-tiering",
        "inventory",
        "legal-hold",
        "lifecycle",
        "location",
        "logging",
        "metadataAnnotationTable",
        "metadataConfiguration",
        "metadataInventoryTable",
        "metadataJournalTable",
        "metadataTable",
        "metrics",
        "notification",
        "object-lock",
        "ownershipControls",
        "policy",
        "policyStatus",
        "publicAccessBlock",
        "renameObject",
        "replication",
        "requestPayment",
        "restore",
        "retention",
        "select",
        "session",
        "tagging",
        "torrent",
        "uploads",
        "versioning",
        "versions",
        "website",
    ],
    routes: &[
        115, 31, 34, 35, 42, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 26, 27, 28, 29, 30, 32, 33, 37,
        38, 39, 44, 45, 46, 47, 48, 49, 50, 51, 52, 58, 62, 65, 66, 67, 68, 71, 73, 75, 77, 78, 79, 80, 81,
        82, 83, 84, 86, 87, 88, 90, 91, 92, 93, 94, 95, 96, 97, 102, 105, 4, 5, 7, 15, 16, 36, 40, 41, 43,
        85, 89, 109, 110, 111, 3, 8, 63, 69, 74, 70, 108, 55, 6, 25, 54, 56, 57, 59, 60, 99, 101, 103, 104,
        107, 24, 61, 72, 100, 106, 112, 114, 113, 0, 1, 2, 76, 23, 53, 64, 98,
    ],
};

static OPERATIONS: [OperationRow; 116] = [
    OperationRow {
        name: "AbortMultipartUpload",
        http: &AT_ABORT_MULTIPART_UPLOAD,
        meta: Some(&ABORT_MULTIPART_UPLOAD),
    },
    OperationRow {
        name: "CompleteMultipartUpload",
        http: &AT_COMPLETE_MULTIPART_UPLOAD,
        meta: Some(&COMPLETE_MULTIPART_UPLOAD),
    },
    OperationRow { name: "CopyObject", http: &AT_COPY_OBJECT, meta: Some(&COPY_OBJECT) },
    OperationRow { name: "CreateBucket", http: &AT_CREATE_BUCKET, meta: Some(&CREATE_BUCKET) },
    OperationRow {
        name: "CreateBucketMetadataConfiguration",
        http: &AT_CREATE_BUCKET_METADATA_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "CreateBucketMetadataTableConfiguration",
        http: &AT_CREATE_BUCKET_METADATA_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "CreateMultipartUpload",
        http: &AT_CREATE_MULTIPART_UPLOAD,
        meta: Some(&CREATE_MULTIPART_UPLOAD),
    },
    OperationRow { name: "CreateSession", http: &AT_CREATE_SESSION, meta: None },
    OperationRow { name: "DeleteBucket", http: &AT_DELETE_BUCKET, meta: Some(&DELETE_BUCKET) },
    OperationRow {
        name: "DeleteBucketAnalyticsConfiguration",
        http: &AT_DELETE_BUCKET_ANALYTICS_CONFIGURATION,
        meta: Some(&DELETE_BUCKET_ANALYTICS_CONFIGURATION),
    },
    OperationRow { name: "DeleteBucketCors", http: &AT_DELETE_BUCKET_CORS, meta: Some(&DELETE_BUCKET_CORS) },
    OperationRow {
        name: "DeleteBucketEncryption",
        http: &AT_DELETE_BUCKET_ENCRYPTION,
        meta: Some(&DELETE_BUCKET_ENCRYPTION),
    },
    OperationRow {
        name: "DeleteBucketIntelligentTieringConfiguration",
        http: &AT_DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
        meta: Some(&DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION),
    },
    OperationRow {
        name: "DeleteBucketInventoryConfiguration",
        http: &AT_DELETE_BUCKET_INVENTORY_CONFIGURATION,
        meta: Some(&DELETE_BUCKET_INVENTORY_CONFIGURATION),
    },
    OperationRow {
        name: "DeleteBucketLifecycle",
        http: &AT_DELETE_BUCKET_LIFECYCLE,
        meta: Some(&DELETE_BUCKET_LIFECYCLE),
    },
    OperationRow {
        name: "DeleteBucketMetadataConfiguration",
        http: &AT_DELETE_BUCKET_METADATA_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "DeleteBucketMetadataTableConfiguration",
        http: &AT_DELETE_BUCKET_METADATA_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "DeleteBucketMetricsConfiguration",
        http: &AT_DELETE_BUCKET_METRICS_CONFIGURATION,
        meta: Some(&DELETE_BUCKET_METRICS_CONFIGURATION),
    },
    OperationRow {
        name: "DeleteBucketOwnershipControls",
        http: &AT_DELETE_BUCKET_OWNERSHIP_CONTROLS,
        meta: Some(&DELETE_BUCKET_OWNERSHIP_CONTROLS),
    },
    OperationRow {
        name: "DeleteBucketPolicy",
        http: &AT_DELETE_BUCKET_POLICY,
        meta: Some(&DELETE_BUCKET_POLICY),
    },
    OperationRow {
        name: "DeleteBucketReplication",
        http: &AT_DELETE_BUCKET_REPLICATION,
        meta: Some(&DELETE_BUCKET_REPLICATION),
    },
    OperationRow {
        name: "DeleteBucketTagging",
        http: &AT_DELETE_BUCKET_TAGGING,
        meta: Some(&DELETE_BUCKET_TAGGING),
    },
    OperationRow {
        name: "DeleteBucketWebsite",
        http: &AT_DELETE_BUCKET_WEBSITE,
        meta: Some(&DELETE_BUCKET_WEBSITE),
    },
    OperationRow { name: "DeleteObject", http: &AT_DELETE_OBJECT, meta: Some(&DELETE_OBJECT) },
    OperationRow { name: "DeleteObjectAnnotation", http: &AT_DELETE_OBJECT_ANNOTATION, meta: None },
    OperationRow {
        name: "DeleteObjectTagging",
        http: &AT_DELETE_OBJECT_TAGGING,
        meta: Some(&DELETE_OBJECT_TAGGING),
    },
    OperationRow { name: "DeleteObjects", http: &AT_DELETE_OBJECTS, meta: Some(&DELETE_OBJECTS) },
    OperationRow {
        name: "DeletePublicAccessBlock",
        http: &AT_DELETE_PUBLIC_ACCESS_BLOCK,
        meta: Some(&DELETE_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow { name: "GetBucketAbac", http: &AT_GET_BUCKET_ABAC, meta: Some(&GET_BUCKET_ABAC) },
    OperationRow {
        name: "GetBucketAccelerateConfiguration",
        http: &AT_GET_BUCKET_ACCELERATE_CONFIGURATION,
        meta: Some(&GET_BUCKET_ACCELERATE_CONFIGURATION),
    },
    OperationRow { name: "GetBucketAcl", http: &AT_GET_BUCKET_ACL, meta: Some(&GET_BUCKET_ACL) },
    OperationRow {
        name: "GetBucketAnalyticsConfiguration",
        http: &AT_GET_BUCKET_ANALYTICS_CONFIGURATION,
        meta: Some(&GET_BUCKET_ANALYTICS_CONFIGURATION),
    },
    OperationRow { name: "GetBucketCors", http: &AT_GET_BUCKET_CORS, meta: Some(&GET_BUCKET_CORS) },
    OperationRow {
        name: "GetBucketEncryption",
        http: &AT_GET_BUCKET_ENCRYPTION,
        meta: Some(&GET_BUCKET_ENCRYPTION),
    },
    OperationRow {
        name: "GetBucketIntelligentTieringConfiguration",
        http: &AT_GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
        meta: Some(&GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION),
    },
    OperationRow {
        name: "GetBucketInventoryConfiguration",
        http: &AT_GET_BUCKET_INVENTORY_CONFIGURATION,
        meta: Some(&GET_BUCKET_INVENTORY_CONFIGURATION),
    },
    OperationRow { name: "GetBucketLifecycle", http: &AT_GET_BUCKET_LIFECYCLE, meta: None },
    OperationRow {
        name: "GetBucketLifecycleConfiguration",
        http: &AT_GET_BUCKET_LIFECYCLE,
        meta: Some(&GET_BUCKET_LIFECYCLE_CONFIGURATION),
    },
    OperationRow {
        name: "GetBucketLocation",
        http: &AT_GET_BUCKET_LOCATION,
        meta: Some(&GET_BUCKET_LOCATION),
    },
    OperationRow { name: "GetBucketLogging", http: &AT_GET_BUCKET_LOGGING, meta: Some(&GET_BUCKET_LOGGING) },
    OperationRow {
        name: "GetBucketMetadataConfiguration",
        http: &AT_GET_BUCKET_METADATA_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "GetBucketMetadataTableConfiguration",
        http: &AT_GET_BUCKET_METADATA_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "GetBucketMetricsConfiguration",
        http: &AT_GET_BUCKET_METRICS_CONFIGURATION,
        meta: Some(&GET_BUCKET_METRICS_CONFIGURATION),
    },
    OperationRow { name: "GetBucketNotification", http: &AT_GET_BUCKET_NOTIFICATION, meta: None },
    OperationRow {
        name: "GetBucketNotificationConfiguration",
        http: &AT_GET_BUCKET_NOTIFICATION,
        meta: Some(&GET_BUCKET_NOTIFICATION_CONFIGURATION),
    },
    OperationRow {
        name: "GetBucketOwnershipControls",
        http: &AT_GET_BUCKET_OWNERSHIP_CONTROLS,
        meta: Some(&GET_BUCKET_OWNERSHIP_CONTROLS),
    },
    OperationRow { name: "GetBucketPolicy", http: &AT_GET_BUCKET_POLICY, meta: Some(&GET_BUCKET_POLICY) },
    OperationRow {
        name: "GetBucketPolicyStatus",
        http: &AT_GET_BUCKET_POLICY_STATUS,
        meta: Some(&GET_BUCKET_POLICY_STATUS),
    },
    OperationRow {
        name: "GetBucketReplication",
        http: &AT_GET_BUCKET_REPLICATION,
        meta: Some(&GET_BUCKET_REPLICATION),
    },
    OperationRow {
        name: "GetBucketRequestPayment",
        http: &AT_GET_BUCKET_REQUEST_PAYMENT,
        meta: Some(&GET_BUCKET_REQUEST_PAYMENT),
    },
    OperationRow { name: "GetBucketTagging", http: &AT_GET_BUCKET_TAGGING, meta: Some(&GET_BUCKET_TAGGING) },
    OperationRow {
        name: "GetBucketVersioning",
        http: &AT_GET_BUCKET_VERSIONING,
        meta: Some(&GET_BUCKET_VERSIONING),
    },
    OperationRow { name: "GetBucketWebsite", http: &AT_GET_BUCKET_WEBSITE, meta: Some(&GET_BUCKET_WEBSITE) },
    OperationRow { name: "GetObject", http: &AT_GET_OBJECT, meta: Some(&GET_OBJECT) },
    OperationRow { name: "GetObjectAcl", http: &AT_GET_OBJECT_ACL, meta: Some(&GET_OBJECT_ACL) },
    OperationRow { name: "GetObjectAnnotation", http: &AT_GET_OBJECT_ANNOTATION, meta: None },
    OperationRow {
        name: "GetObjectAttributes",
        http: &AT_GET_OBJECT_ATTRIBUTES,
        meta: Some(&GET_OBJECT_ATTRIBUTES),
    },
    OperationRow {
        name: "GetObjectLegalHold",
        http: &AT_GET_OBJECT_LEGAL_HOLD,
        meta: Some(&GET_OBJECT_LEGAL_HOLD),
    },
    OperationRow {
        name: "GetObjectLockConfiguration",
        http: &AT_GET_OBJECT_LOCK_CONFIGURATION,
        meta: Some(&GET_OBJECT_LOCK_CONFIGURATION),
    },
    OperationRow {
        name: "GetObjectRetention",
        http: &AT_GET_OBJECT_RETENTION,
        meta: Some(&GET_OBJECT_RETENTION),
    },
    OperationRow { name: "GetObjectTagging", http: &AT_GET_OBJECT_TAGGING, meta: Some(&GET_OBJECT_TAGGING) },
    OperationRow { name: "GetObjectTorrent", http: &AT_GET_OBJECT_TORRENT, meta: None },
    OperationRow {
        name: "GetPublicAccessBlock",
        http: &AT_GET_PUBLIC_ACCESS_BLOCK,
        meta: Some(&GET_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow { name: "HeadBucket", http: &AT_HEAD_BUCKET, meta: Some(&HEAD_BUCKET) },
    OperationRow { name: "HeadObject", http: &AT_HEAD_OBJECT, meta: Some(&HEAD_OBJECT) },
    OperationRow {
        name: "ListBucketAnalyticsConfigurations",
        http: &AT_LIST_BUCKET_ANALYTICS_CONFIGURATIONS,
        meta: Some(&LIST_BUCKET_ANALYTICS_CONFIGURATIONS),
    },
    OperationRow {
        name: "ListBucketIntelligentTieringConfigurations",
        http: &AT_LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS,
        meta: Some(&LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS),
    },
    OperationRow {
        name: "ListBucketInventoryConfigurations",
        http: &AT_LIST_BUCKET_INVENTORY_CONFIGURATIONS,
        meta: Some(&LIST_BUCKET_INVENTORY_CONFIGURATIONS),
    },
    OperationRow {
        name: "ListBucketMetricsConfigurations",
        http: &AT_LIST_BUCKET_METRICS_CONFIGURATIONS,
        meta: Some(&LIST_BUCKET_METRICS_CONFIGURATIONS),
    },
    OperationRow { name: "ListBuckets", http: &AT_LIST_BUCKETS, meta: Some(&LIST_BUCKETS) },
    OperationRow { name: "ListDirectoryBuckets", http: &AT_LIST_BUCKETS, meta: None },
    OperationRow {
        name: "ListMultipartUploads",
        http: &AT_LIST_MULTIPART_UPLOADS,
        meta: Some(&LIST_MULTIPART_UPLOADS),
    },
    OperationRow { name: "ListObjectAnnotations", http: &AT_LIST_OBJECT_ANNOTATIONS, meta: None },
    OperationRow {
        name: "ListObjectVersions",
        http: &AT_LIST_OBJECT_VERSIONS,
        meta: Some(&LIST_OBJECT_VERSIONS),
    },
    OperationRow { name: "ListObjects", http: &AT_LIST_OBJECTS, meta: Some(&LIST_OBJECTS) },
    OperationRow { name: "ListObjectsV2", http: &AT_LIST_OBJECTS_V2, meta: Some(&LIST_OBJECTS_V2) },
    OperationRow { name: "ListParts", http: &AT_LIST_PARTS, meta: Some(&LIST_PARTS) },
    OperationRow { name: "PutBucketAbac", http: &AT_PUT_BUCKET_ABAC, meta: Some(&PUT_BUCKET_ABAC) },
    OperationRow {
        name: "PutBucketAccelerateConfiguration",
        http: &AT_PUT_BUCKET_ACCELERATE_CONFIGURATION,
        meta: Some(&PUT_BUCKET_ACCELERATE_CONFIGURATION),
    },
    OperationRow { name: "PutBucketAcl", http: &AT_PUT_BUCKET_ACL, meta: Some(&PUT_BUCKET_ACL) },
    OperationRow {
        name: "PutBucketAnalyticsConfiguration",
        http: &AT_PUT_BUCKET_ANALYTICS_CONFIGURATION,
        meta: Some(&PUT_BUCKET_ANALYTICS_CONFIGURATION),
    },
    OperationRow { name: "PutBucketCors", http: &AT_PUT_BUCKET_CORS, meta: Some(&PUT_BUCKET_CORS) },
    OperationRow {
        name: "PutBucketEncryption",
        http: &AT_PUT_BUCKET_ENCRYPTION,
        meta: Some(&PUT_BUCKET_ENCRYPTION),
    },
    OperationRow {
        name: "PutBucketIntelligentTieringConfiguration",
        http: &AT_PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
        meta: Some(&PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION),
    },
    OperationRow {
        name: "PutBucketInventoryConfiguration",
        http: &AT_PUT_BUCKET_INVENTORY_CONFIGURATION,
        meta: Some(&PUT_BUCKET_INVENTORY_CONFIGURATION),
    },
    OperationRow { name: "PutBucketLifecycle", http: &AT_PUT_BUCKET_LIFECYCLE, meta: None },
    OperationRow {
        name: "PutBucketLifecycleConfiguration",
        http: &AT_PUT_BUCKET_LIFECYCLE,
        meta: Some(&PUT_BUCKET_LIFECYCLE_CONFIGURATION),
    },
    OperationRow { name: "PutBucketLogging", http: &AT_PUT_BUCKET_LOGGING, meta: Some(&PUT_BUCKET_LOGGING) },
    OperationRow {
        name: "PutBucketMetricsConfiguration",
        http: &AT_PUT_BUCKET_METRICS_CONFIGURATION,
        meta: Some(&PUT_BUCKET_METRICS_CONFIGURATION),
    },
    OperationRow { name: "PutBucketNotification", http: &AT_PUT_BUCKET_NOTIFICATION, meta: None },
    OperationRow {
        name: "PutBucketNotificationConfiguration",
        http: &AT_PUT_BUCKET_NOTIFICATION,
        meta: Some(&PUT_BUCKET_NOTIFICATION_CONFIGURATION),
    },
    OperationRow {
        name: "PutBucketOwnershipControls",
        http: &AT_PUT_BUCKET_OWNERSHIP_CONTROLS,
        meta: Some(&PUT_BUCKET_OWNERSHIP_CONTROLS),
    },
    OperationRow { name: "PutBucketPolicy", http: &AT_PUT_BUCKET_POLICY, meta: Some(&PUT_BUCKET_POLICY) },
    OperationRow {
        name: "PutBucketReplication",
        http: &AT_PUT_BUCKET_REPLICATION,
        meta: Some(&PUT_BUCKET_REPLICATION),
    },
    OperationRow {
        name: "PutBucketRequestPayment",
        http: &AT_PUT_BUCKET_REQUEST_PAYMENT,
        meta: Some(&PUT_BUCKET_REQUEST_PAYMENT),
    },
    OperationRow { name: "PutBucketTagging", http: &AT_PUT_BUCKET_TAGGING, meta: Some(&PUT_BUCKET_TAGGING) },
    OperationRow {
        name: "PutBucketVersioning",
        http: &AT_PUT_BUCKET_VERSIONING,
        meta: Some(&PUT_BUCKET_VERSIONING),
    },
    OperationRow { name: "PutBucketWebsite", http: &AT_PUT_BUCKET_WEBSITE, meta: Some(&PUT_BUCKET_WEBSITE) },
    OperationRow { name: "PutObject", http: &AT_PUT_OBJECT, meta: Some(&PUT_OBJECT) },
    OperationRow { name: "PutObjectAcl", http: &AT_PUT_OBJECT_ACL, meta: Some(&PUT_OBJECT_ACL) },
    OperationRow { name: "PutObjectAnnotation", http: &AT_PUT_OBJECT_ANNOTATION, meta: None },
    OperationRow {
        name: "PutObjectLegalHold",
        http: &AT_PUT_OBJECT_LEGAL_HOLD,
        meta: Some(&PUT_OBJECT_LEGAL_HOLD),
    },
    OperationRow {
        name: "PutObjectLockConfiguration",
        http: &AT_PUT_OBJECT_LOCK_CONFIGURATION,
        meta: Some(&PUT_OBJECT_LOCK_CONFIGURATION),
    },
    OperationRow {
        name: "PutObjectRetention",
        http: &AT_PUT_OBJECT_RETENTION,
        meta: Some(&PUT_OBJECT_RETENTION),
    },
    OperationRow { name: "PutObjectTagging", http: &AT_PUT_OBJECT_TAGGING, meta: Some(&PUT_OBJECT_TAGGING) },
    OperationRow {
        name: "PutPublicAccessBlock",
        http: &AT_PUT_PUBLIC_ACCESS_BLOCK,
        meta: Some(&PUT_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow { name: "RenameObject", http: &AT_RENAME_OBJECT, meta: None },
    OperationRow { name: "RestoreObject", http: &AT_RESTORE_OBJECT, meta: Some(&RESTORE_OBJECT) },
    OperationRow { name: "SelectObjectContent", http: &AT_SELECT_OBJECT_CONTENT, meta: None },
    OperationRow {
        name: "UpdateBucketMetadataAnnotationTableConfiguration",
        http: &AT_UPDATE_BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "UpdateBucketMetadataInventoryTableConfiguration",
        http: &AT_UPDATE_BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "UpdateBucketMetadataJournalTableConfiguration",
        http: &AT_UPDATE_BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION,
        meta: None,
    },
    OperationRow { name: "UpdateObjectEncryption", http: &AT_UPDATE_OBJECT_ENCRYPTION, meta: None },
    OperationRow { name: "UploadPart", http: &AT_UPLOAD_PART, meta: Some(&UPLOAD_PART) },
    OperationRow { name: "UploadPartCopy", http: &AT_UPLOAD_PART_COPY, meta: Some(&UPLOAD_PART_COPY) },
    OperationRow { name: "WriteGetObjectResponse", http: &AT_WRITE_GET_OBJECT_RESPONSE, meta: None },
];

static AT_ABORT_MULTIPART_UPLOAD: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &["uploadId"],
    with_header: &[],
    status: 204,
};

static AT_COMPLETE_MULTIPART_UPLOAD: Http = Http {
    method: "POST",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &["uploadId"],
    with_header: &[],
    status: 200,
};

static AT_COPY_OBJECT: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &["x-amz-copy-source"],
    status: 200,
};

static AT_CREATE_BUCKET: Http = Http {
    method: "PUT",
    uri: "/{Bucket}",
    path: &[Label("Bucket")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_BUCKET_METADATA_CONFIGURATION: Http = Http {
    method: "POST",
    uri: "/{Bucket}?metadataConfiguration",
    path: &[Label("Bucket")],
    literals: &[("metadataConfiguration", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_BUCKET_METADATA_TABLE_CONFIGURATION: Http = Http {
    method: "POST",
    uri: "/{Bucket}?metadataTable",
    path: &[Label("Bucket")],
    literals: &[("metadataTable", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_MULTIPART_UPLOAD: Http = Http {
    method: "POST",
    uri: "/{Bucket}/{Key+}?uploads",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("uploads", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_SESSION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?session",
    path: &[Label("Bucket")],
    literals: &[("session", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}",
    path: &[Label("Bucket")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_ANALYTICS_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?analytics",
    path: &[Label("Bucket")],
    literals: &[("analytics", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_CORS: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?cors",
    path: &[Label("Bucket")],
    literals: &[("cors", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_ENCRYPTION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?encryption",
    path: &[Label("Bucket")],
    literals: &[("encryption", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?intelligent-tiering",
    path: &[Label("Bucket")],
    literals: &[("intelligent-tiering", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_INVENTORY_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?inventory",
    path: &[Label("Bucket")],
    literals: &[("inventory", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_LIFECYCLE: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?lifecycle",
    path: &[Label("Bucket")],
    literals: &[("lifecycle", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_METADATA_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?metadataConfiguration",
    path: &[Label("Bucket")],
    literals: &[("metadataConfiguration", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_METADATA_TABLE_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?metadataTable",
    path: &[Label("Bucket")],
    literals: &[("metadataTable", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_METRICS_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?metrics",
    path: &[Label("Bucket")],
    literals: &[("metrics", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_OWNERSHIP_CONTROLS: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?ownershipControls",
    path: &[Label("Bucket")],
    literals: &[("ownershipControls", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_POLICY: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?policy",
    path: &[Label("Bucket")],
    literals: &[("policy", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_REPLICATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?replication",
    path: &[Label("Bucket")],
    literals: &[("replication", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_TAGGING: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?tagging",
    path: &[Label("Bucket")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_BUCKET_WEBSITE: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?website",
    path: &[Label("Bucket")],
    literals: &[("website", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_OBJECT: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_OBJECT_ANNOTATION: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}/{Key+}?annotation",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("annotation", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_OBJECT_TAGGING: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}/{Key+}?tagging",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_OBJECTS: Http = Http {
    method: "POST",
    uri: "/{Bucket}?delete",
    path: &[Label("Bucket")],
    literals: &[("delete", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "DELETE",
    uri: "/{Bucket}?publicAccessBlock",
    path: &[Label("Bucket")],
    literals: &[("publicAccessBlock", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_GET_BUCKET_ABAC: Http = Http {
    method: "GET",
    uri: "/{Bucket}?abac",
    path: &[Label("Bucket")],
    literals: &[("abac", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_ACCELERATE_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?accelerate",
    path: &[Label("Bucket")],
    literals: &[("accelerate", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_ACL: Http = Http {
    method: "GET",
    uri: "/{Bucket}?acl",
    path: &[Label("Bucket")],
    literals: &[("acl", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_ANALYTICS_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?analytics",
    path: &[Label("Bucket")],
    literals: &[("analytics", "")],
    with_query: &["id"],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_CORS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?cors",
    path: &[Label("Bucket")],
    literals: &[("cors", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_ENCRYPTION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?encryption",
    path: &[Label("Bucket")],
    literals: &[("encryption", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?intelligent-tiering",
    path: &[Label("Bucket")],
    literals: &[("intelligent-tiering", "")],
    with_query: &["id"],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_INVENTORY_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?inventory",
    path: &[Label("Bucket")],
    literals: &[("inventory", "")],
    with_query: &["id"],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_LIFECYCLE: Http = Http {
    method: "GET",
    uri: "/{Bucket}?lifecycle",
    path: &[Label("Bucket")],
    literals: &[("lifecycle", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_LOCATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?location",
    path: &[Label("Bucket")],
    literals: &[("location", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_LOGGING: Http = Http {
    method: "GET",
    uri: "/{Bucket}?logging",
    path: &[Label("Bucket")],
    literals: &[("logging", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_METADATA_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?metadataConfiguration",
    path: &[Label("Bucket")],
    literals: &[("metadataConfiguration", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_METADATA_TABLE_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?metadataTable",
    path: &[Label("Bucket")],
    literals: &[("metadataTable", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_METRICS_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?metrics",
    path: &[Label("Bucket")],
    literals: &[("metrics", "")],
    with_query: &["id"],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_NOTIFICATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?notification",
    path: &[Label("Bucket")],
    literals: &[("notification", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_OWNERSHIP_CONTROLS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?ownershipControls",
    path: &[Label("Bucket")],
    literals: &[("ownershipControls", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_POLICY: Http = Http {
    method: "GET",
    uri: "/{Bucket}?policy",
    path: &[Label("Bucket")],
    literals: &[("policy", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_POLICY_STATUS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?policyStatus",
    path: &[Label("Bucket")],
    literals: &[("policyStatus", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_REPLICATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?replication",
    path: &[Label("Bucket")],
    literals: &[("replication", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_REQUEST_PAYMENT: Http = Http {
    method: "GET",
    uri: "/{Bucket}?requestPayment",
    path: &[Label("Bucket")],
    literals: &[("requestPayment", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_TAGGING: Http = Http {
    method: "GET",
    uri: "/{Bucket}?tagging",
    path: &[Label("Bucket")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_VERSIONING: Http = Http {
    method: "GET",
    uri: "/{Bucket}?versioning",
    path: &[Label("Bucket")],
    literals: &[("versioning", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_WEBSITE: Http = Http {
    method: "GET",
    uri: "/{Bucket}?website",
    path: &[Label("Bucket")],
    literals: &[("website", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_ACL: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?acl",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("acl", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_ANNOTATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?annotation",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("annotation", "")],
    with_query: &["annotationName"],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_ATTRIBUTES: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?attributes",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("attributes", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_LEGAL_HOLD: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?legal-hold",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("legal-hold", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_LOCK_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/{Bucket}?object-lock",
    path: &[Label("Bucket")],
    literals: &[("object-lock", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_RETENTION: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?retention",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("retention", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_TAGGING: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?tagging",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_OBJECT_TORRENT: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?torrent",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("torrent", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "GET",
    uri: "/{Bucket}?publicAccessBlock",
    path: &[Label("Bucket")],
    literals: &[("publicAccessBlock", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_HEAD_BUCKET: Http = Http {
    method: "HEAD",
    uri: "/{Bucket}",
    path: &[Label("Bucket")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_HEAD_OBJECT: Http = Http {
    method: "HEAD",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_BUCKET_ANALYTICS_CONFIGURATIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?analytics",
    path: &[Label("Bucket")],
    literals: &[("analytics", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?intelligent-tiering",
    path: &[Label("Bucket")],
    literals: &[("intelligent-tiering", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_BUCKET_INVENTORY_CONFIGURATIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?inventory",
    path: &[Label("Bucket")],
    literals: &[("inventory", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_BUCKET_METRICS_CONFIGURATIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?metrics",
    path: &[Label("Bucket")],
    literals: &[("metrics", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_BUCKETS: Http = Http {
    method: "GET",
    uri: "/",
    path: &[],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_MULTIPART_UPLOADS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?uploads",
    path: &[Label("Bucket")],
    literals: &[("uploads", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_OBJECT_ANNOTATIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}?annotation",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("annotation", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_OBJECT_VERSIONS: Http = Http {
    method: "GET",
    uri: "/{Bucket}?versions",
    path: &[Label("Bucket")],
    literals: &[("versions", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_OBJECTS: Http = Http {
    method: "GET",
    uri: "/{Bucket}",
    path: &[Label("Bucket")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_OBJECTS_V2: Http = Http {
    method: "GET",
    uri: "/{Bucket}?list-type=2",
    path: &[Label("Bucket")],
    literals: &[("list-type", "2")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_PARTS: Http = Http {
    method: "GET",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &["uploadId"],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_ABAC: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?abac",
    path: &[Label("Bucket")],
    literals: &[("abac", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_ACCELERATE_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?accelerate",
    path: &[Label("Bucket")],
    literals: &[("accelerate", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_ACL: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?acl",
    path: &[Label("Bucket")],
    literals: &[("acl", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_ANALYTICS_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?analytics",
    path: &[Label("Bucket")],
    literals: &[("analytics", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_CORS: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?cors",
    path: &[Label("Bucket")],
    literals: &[("cors", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_ENCRYPTION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?encryption",
    path: &[Label("Bucket")],
    literals: &[("encryption", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?intelligent-tiering",
    path: &[Label("Bucket")],
    literals: &[("intelligent-tiering", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_INVENTORY_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?inventory",
    path: &[Label("Bucket")],
    literals: &[("inventory", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_LIFECYCLE: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?lifecycle",
    path: &[Label("Bucket")],
    literals: &[("lifecycle", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_LOGGING: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?logging",
    path: &[Label("Bucket")],
    literals: &[("logging", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_METRICS_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?metrics",
    path: &[Label("Bucket")],
    literals: &[("metrics", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_NOTIFICATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?notification",
    path: &[Label("Bucket")],
    literals: &[("notification", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_OWNERSHIP_CONTROLS: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?ownershipControls",
    path: &[Label("Bucket")],
    literals: &[("ownershipControls", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_POLICY: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?policy",
    path: &[Label("Bucket")],
    literals: &[("policy", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_REPLICATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?replication",
    path: &[Label("Bucket")],
    literals: &[("replication", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_REQUEST_PAYMENT: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?requestPayment",
    path: &[Label("Bucket")],
    literals: &[("requestPayment", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_TAGGING: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?tagging",
    path: &[Label("Bucket")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_PUT_BUCKET_VERSIONING: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?versioning",
    path: &[Label("Bucket")],
    literals: &[("versioning", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_WEBSITE: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?website",
    path: &[Label("Bucket")],
    literals: &[("website", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_ACL: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?acl",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("acl", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_ANNOTATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?annotation",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("annotation", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_LEGAL_HOLD: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?legal-hold",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("legal-hold", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_LOCK_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?object-lock",
    path: &[Label("Bucket")],
    literals: &[("object-lock", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_RETENTION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?retention",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("retention", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_OBJECT_TAGGING: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?tagging",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("tagging", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?publicAccessBlock",
    path: &[Label("Bucket")],
    literals: &[("publicAccessBlock", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_RENAME_OBJECT: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?renameObject",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("renameObject", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_RESTORE_OBJECT: Http = Http {
    method: "POST",
    uri: "/{Bucket}/{Key+}?restore",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("restore", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_SELECT_OBJECT_CONTENT: Http = Http {
    method: "POST",
    uri: "/{Bucket}/{Key+}?select&select-type=2",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("select", ""), ("select-type", "2")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_BUCKET_METADATA_ANNOTATION_TABLE_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?metadataAnnotationTable",
    path: &[Label("Bucket")],
    literals: &[("metadataAnnotationTable", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_BUCKET_METADATA_INVENTORY_TABLE_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?metadataInventoryTable",
    path: &[Label("Bucket")],
    literals: &[("metadataInventoryTable", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_BUCKET_METADATA_JOURNAL_TABLE_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}?metadataJournalTable",
    path: &[Label("Bucket")],
    literals: &[("metadataJournalTable", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_OBJECT_ENCRYPTION: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}?encryption",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[("encryption", "")],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPLOAD_PART: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &["partNumber", "uploadId"],
    with_header: &[],
    status: 200,
};

static AT_UPLOAD_PART_COPY: Http = Http {
    method: "PUT",
    uri: "/{Bucket}/{Key+}",
    path: &[Label("Bucket"), Greedy("Key")],
    literals: &[],
    with_query: &["partNumber", "uploadId"],
    with_header: &["x-amz-copy-source"],
    status: 200,
};

static AT_WRITE_GET_OBJECT_RESPONSE: Http = Http {
    method: "POST",
    uri: "/WriteGetObjectResponse",
    path: &[Word("WriteGetObjectResponse")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

pub(crate) static ABORT_MULTIPART_UPLOAD: Meta = Meta {
    service: &SERVICE,
    name: "AbortMultipartUpload",
    http: &AT_ABORT_MULTIPART_UPLOAD,
    input: types::AbortMultipartUploadRequest::SCHEMA,
    output: types::AbortMultipartUploadOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_UPLOAD],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::AbortMultipartUploadRequest>,
    new_output: blank::<types::AbortMultipartUploadOutput>,
};

pub(crate) static COMPLETE_MULTIPART_UPLOAD: Meta = Meta {
    service: &SERVICE,
    name: "CompleteMultipartUpload",
    http: &AT_COMPLETE_MULTIPART_UPLOAD,
    input: types::CompleteMultipartUploadRequest::SCHEMA,
    output: types::CompleteMultipartUploadOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::CompleteMultipartUploadRequest>,
    new_output: blank::<types::CompleteMultipartUploadOutput>,
};

pub(crate) static COPY_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "CopyObject",
    http: &AT_COPY_OBJECT,
    input: types::CopyObjectRequest::SCHEMA,
    output: types::CopyObjectOutput::SCHEMA,
    errors: &[&errors::OBJECT_NOT_IN_ACTIVE_TIER_ERROR],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::CopyObjectRequest>,
    new_output: blank::<types::CopyObjectOutput>,
};

pub(crate) static CREATE_BUCKET: Meta = Meta {
    service: &SERVICE,
    name: "CreateBucket",
    http: &AT_CREATE_BUCKET,
    input: types::CreateBucketRequest::SCHEMA,
    output: types::CreateBucketOutput::SCHEMA,
    errors: &[&errors::BUCKET_ALREADY_EXISTS, &errors::BUCKET_ALREADY_OWNED_BY_YOU],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::CreateBucketRequest>,
    new_output: blank::<types::CreateBucketOutput>,
};

pub(crate) static CREATE_MULTIPART_UPLOAD: Meta = Meta {
    service: &SERVICE,
    name: "CreateMultipartUpload",
    http: &AT_CREATE_MULTIPART_UPLOAD,
    input: types::CreateMultipartUploadRequest::SCHEMA,
    output: types::CreateMultipartUploadOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::CreateMultipartUploadRequest>,
    new_output: blank::<types::CreateMultipartUploadOutput>,
};

pub(crate) static DELETE_BUCKET: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucket",
    http: &AT_DELETE_BUCKET,
    input: types::DeleteBucketRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_ANALYTICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketAnalyticsConfiguration",
    http: &AT_DELETE_BUCKET_ANALYTICS_CONFIGURATION,
    input: types::DeleteBucketAnalyticsConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketAnalyticsConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_CORS: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketCors",
    http: &AT_DELETE_BUCKET_CORS,
    input: types::DeleteBucketCorsRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketCorsRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_ENCRYPTION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketEncryption",
    http: &AT_DELETE_BUCKET_ENCRYPTION,
    input: types::DeleteBucketEncryptionRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketEncryptionRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketIntelligentTieringConfiguration",
    http: &AT_DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
    input: types::DeleteBucketIntelligentTieringConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketIntelligentTieringConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_INVENTORY_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketInventoryConfiguration",
    http: &AT_DELETE_BUCKET_INVENTORY_CONFIGURATION,
    input: types::DeleteBucketInventoryConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketInventoryConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_LIFECYCLE: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketLifecycle",
    http: &AT_DELETE_BUCKET_LIFECYCLE,
    input: types::DeleteBucketLifecycleRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketLifecycleRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_METRICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketMetricsConfiguration",
    http: &AT_DELETE_BUCKET_METRICS_CONFIGURATION,
    input: types::DeleteBucketMetricsConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketMetricsConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_OWNERSHIP_CONTROLS: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketOwnershipControls",
    http: &AT_DELETE_BUCKET_OWNERSHIP_CONTROLS,
    input: types::DeleteBucketOwnershipControlsRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketOwnershipControlsRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketPolicy",
    http: &AT_DELETE_BUCKET_POLICY,
    input: types::DeleteBucketPolicyRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketPolicyRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_REPLICATION: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketReplication",
    http: &AT_DELETE_BUCKET_REPLICATION,
    input: types::DeleteBucketReplicationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketReplicationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketTagging",
    http: &AT_DELETE_BUCKET_TAGGING,
    input: types::DeleteBucketTaggingRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketTaggingRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_BUCKET_WEBSITE: Meta = Meta {
    service: &SERVICE,
    name: "DeleteBucketWebsite",
    http: &AT_DELETE_BUCKET_WEBSITE,
    input: types::DeleteBucketWebsiteRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteBucketWebsiteRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "DeleteObject",
    http: &AT_DELETE_OBJECT,
    input: types::DeleteObjectRequest::SCHEMA,
    output: types::DeleteObjectOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteObjectRequest>,
    new_output: blank::<types::DeleteObjectOutput>,
};

pub(crate) static DELETE_OBJECT_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "DeleteObjectTagging",
    http: &AT_DELETE_OBJECT_TAGGING,
    input: types::DeleteObjectTaggingRequest::SCHEMA,
    output: types::DeleteObjectTaggingOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteObjectTaggingRequest>,
    new_output: blank::<types::DeleteObjectTaggingOutput>,
};

pub(crate) static DELETE_OBJECTS: Meta = Meta {
    service: &SERVICE,
    name: "DeleteObjects",
    http: &AT_DELETE_OBJECTS,
    input: types::DeleteObjectsRequest::SCHEMA,
    output: types::DeleteObjectsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::DeleteObjectsRequest>,
    new_output: blank::<types::DeleteObjectsOutput>,
};

pub(crate) static DELETE_PUBLIC_ACCESS_BLOCK: Meta = Meta {
    service: &SERVICE,
    name: "DeletePublicAccessBlock",
    http: &AT_DELETE_PUBLIC_ACCESS_BLOCK,
    input: types::DeletePublicAccessBlockRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeletePublicAccessBlockRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static GET_BUCKET_ABAC: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketAbac",
    http: &AT_GET_BUCKET_ABAC,
    input: types::GetBucketAbacRequest::SCHEMA,
    output: types::GetBucketAbacOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketAbacRequest>,
    new_output: blank::<types::GetBucketAbacOutput>,
};

pub(crate) static GET_BUCKET_ACCELERATE_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketAccelerateConfiguration",
    http: &AT_GET_BUCKET_ACCELERATE_CONFIGURATION,
    input: types::GetBucketAccelerateConfigurationRequest::SCHEMA,
    output: types::GetBucketAccelerateConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketAccelerateConfigurationRequest>,
    new_output: blank::<types::GetBucketAccelerateConfigurationOutput>,
};

pub(crate) static GET_BUCKET_ACL: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketAcl",
    http: &AT_GET_BUCKET_ACL,
    input: types::GetBucketAclRequest::SCHEMA,
    output: types::GetBucketAclOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketAclRequest>,
    new_output: blank::<types::GetBucketAclOutput>,
};

pub(crate) static GET_BUCKET_ANALYTICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketAnalyticsConfiguration",
    http: &AT_GET_BUCKET_ANALYTICS_CONFIGURATION,
    input: types::GetBucketAnalyticsConfigurationRequest::SCHEMA,
    output: types::GetBucketAnalyticsConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketAnalyticsConfigurationRequest>,
    new_output: blank::<types::GetBucketAnalyticsConfigurationOutput>,
};

pub(crate) static GET_BUCKET_CORS: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketCors",
    http: &AT_GET_BUCKET_CORS,
    input: types::GetBucketCorsRequest::SCHEMA,
    output: types::GetBucketCorsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketCorsRequest>,
    new_output: blank::<types::GetBucketCorsOutput>,
};

pub(crate) static GET_BUCKET_ENCRYPTION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketEncryption",
    http: &AT_GET_BUCKET_ENCRYPTION,
    input: types::GetBucketEncryptionRequest::SCHEMA,
    output: types::GetBucketEncryptionOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketEncryptionRequest>,
    new_output: blank::<types::GetBucketEncryptionOutput>,
};

pub(crate) static GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketIntelligentTieringConfiguration",
    http: &AT_GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
    input: types::GetBucketIntelligentTieringConfigurationRequest::SCHEMA,
    output: types::GetBucketIntelligentTieringConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketIntelligentTieringConfigurationRequest>,
    new_output: blank::<types::GetBucketIntelligentTieringConfigurationOutput>,
};

pub(crate) static GET_BUCKET_INVENTORY_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketInventoryConfiguration",
    http: &AT_GET_BUCKET_INVENTORY_CONFIGURATION,
    input: types::GetBucketInventoryConfigurationRequest::SCHEMA,
    output: types::GetBucketInventoryConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketInventoryConfigurationRequest>,
    new_output: blank::<types::GetBucketInventoryConfigurationOutput>,
};

pub(crate) static GET_BUCKET_LIFECYCLE_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketLifecycleConfiguration",
    http: &AT_GET_BUCKET_LIFECYCLE,
    input: types::GetBucketLifecycleConfigurationRequest::SCHEMA,
    output: types::GetBucketLifecycleConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketLifecycleConfigurationRequest>,
    new_output: blank::<types::GetBucketLifecycleConfigurationOutput>,
};

pub(crate) static GET_BUCKET_LOCATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketLocation",
    http: &AT_GET_BUCKET_LOCATION,
    input: types::GetBucketLocationRequest::SCHEMA,
    output: types::GetBucketLocationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketLocationRequest>,
    new_output: blank::<types::GetBucketLocationOutput>,
};

pub(crate) static GET_BUCKET_LOGGING: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketLogging",
    http: &AT_GET_BUCKET_LOGGING,
    input: types::GetBucketLoggingRequest::SCHEMA,
    output: types::GetBucketLoggingOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketLoggingRequest>,
    new_output: blank::<types::GetBucketLoggingOutput>,
};

pub(crate) static GET_BUCKET_METRICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketMetricsConfiguration",
    http: &AT_GET_BUCKET_METRICS_CONFIGURATION,
    input: types::GetBucketMetricsConfigurationRequest::SCHEMA,
    output: types::GetBucketMetricsConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketMetricsConfigurationRequest>,
    new_output: blank::<types::GetBucketMetricsConfigurationOutput>,
};

pub(crate) static GET_BUCKET_NOTIFICATION_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketNotificationConfiguration",
    http: &AT_GET_BUCKET_NOTIFICATION,
    input: types::GetBucketNotificationConfigurationRequest::SCHEMA,
    output: types::NotificationConfiguration::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketNotificationConfigurationRequest>,
    new_output: blank::<types::NotificationConfiguration>,
};

pub(crate) static GET_BUCKET_OWNERSHIP_CONTROLS: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketOwnershipControls",
    http: &AT_GET_BUCKET_OWNERSHIP_CONTROLS,
    input: types::GetBucketOwnershipControlsRequest::SCHEMA,
    output: types::GetBucketOwnershipControlsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketOwnershipControlsRequest>,
    new_output: blank::<types::GetBucketOwnershipControlsOutput>,
};

pub(crate) static GET_BUCKET_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketPolicy",
    http: &AT_GET_BUCKET_POLICY,
    input: types::GetBucketPolicyRequest::SCHEMA,
    output: types::GetBucketPolicyOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketPolicyRequest>,
    new_output: blank::<types::GetBucketPolicyOutput>,
};

pub(crate) static GET_BUCKET_POLICY_STATUS: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketPolicyStatus",
    http: &AT_GET_BUCKET_POLICY_STATUS,
    input: types::GetBucketPolicyStatusRequest::SCHEMA,
    output: types::GetBucketPolicyStatusOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketPolicyStatusRequest>,
    new_output: blank::<types::GetBucketPolicyStatusOutput>,
};

pub(crate) static GET_BUCKET_REPLICATION: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketReplication",
    http: &AT_GET_BUCKET_REPLICATION,
    input: types::GetBucketReplicationRequest::SCHEMA,
    output: types::GetBucketReplicationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketReplicationRequest>,
    new_output: blank::<types::GetBucketReplicationOutput>,
};

pub(crate) static GET_BUCKET_REQUEST_PAYMENT: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketRequestPayment",
    http: &AT_GET_BUCKET_REQUEST_PAYMENT,
    input: types::GetBucketRequestPaymentRequest::SCHEMA,
    output: types::GetBucketRequestPaymentOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketRequestPaymentRequest>,
    new_output: blank::<types::GetBucketRequestPaymentOutput>,
};

pub(crate) static GET_BUCKET_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketTagging",
    http: &AT_GET_BUCKET_TAGGING,
    input: types::GetBucketTaggingRequest::SCHEMA,
    output: types::GetBucketTaggingOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketTaggingRequest>,
    new_output: blank::<types::GetBucketTaggingOutput>,
};

pub(crate) static GET_BUCKET_VERSIONING: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketVersioning",
    http: &AT_GET_BUCKET_VERSIONING,
    input: types::GetBucketVersioningRequest::SCHEMA,
    output: types::GetBucketVersioningOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketVersioningRequest>,
    new_output: blank::<types::GetBucketVersioningOutput>,
};

pub(crate) static GET_BUCKET_WEBSITE: Meta = Meta {
    service: &SERVICE,
    name: "GetBucketWebsite",
    http: &AT_GET_BUCKET_WEBSITE,
    input: types::GetBucketWebsiteRequest::SCHEMA,
    output: types::GetBucketWebsiteOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetBucketWebsiteRequest>,
    new_output: blank::<types::GetBucketWebsiteOutput>,
};

pub(crate) static GET_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "GetObject",
    http: &AT_GET_OBJECT,
    input: types::GetObjectRequest::SCHEMA,
    output: types::GetObjectOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_KEY, &errors::INVALID_OBJECT_STATE],
    whole: false,
    streaming_input: false,
    streaming_output: true,
    checksum: Some(Checksum { required: false, algorithm_member: "", validation_member: "ChecksumMode" }),
    new_input: blank::<types::GetObjectRequest>,
    new_output: blank::<types::GetObjectOutput>,
};

pub(crate) static GET_OBJECT_ACL: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectAcl",
    http: &AT_GET_OBJECT_ACL,
    input: types::GetObjectAclRequest::SCHEMA,
    output: types::GetObjectAclOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_KEY],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectAclRequest>,
    new_output: blank::<types::GetObjectAclOutput>,
};

pub(crate) static GET_OBJECT_ATTRIBUTES: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectAttributes",
    http: &AT_GET_OBJECT_ATTRIBUTES,
    input: types::GetObjectAttributesRequest::SCHEMA,
    output: types::GetObjectAttributesOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_KEY],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectAttributesRequest>,
    new_output: blank::<types::GetObjectAttributesOutput>,
};

pub(crate) static GET_OBJECT_LEGAL_HOLD: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectLegalHold",
    http: &AT_GET_OBJECT_LEGAL_HOLD,
    input: types::GetObjectLegalHoldRequest::SCHEMA,
    output: types::GetObjectLegalHoldOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectLegalHoldRequest>,
    new_output: blank::<types::GetObjectLegalHoldOutput>,
};

pub(crate) static GET_OBJECT_LOCK_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectLockConfiguration",
    http: &AT_GET_OBJECT_LOCK_CONFIGURATION,
    input: types::GetObjectLockConfigurationRequest::SCHEMA,
    output: types::GetObjectLockConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectLockConfigurationRequest>,
    new_output: blank::<types::GetObjectLockConfigurationOutput>,
};

pub(crate) static GET_OBJECT_RETENTION: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectRetention",
    http: &AT_GET_OBJECT_RETENTION,
    input: types::GetObjectRetentionRequest::SCHEMA,
    output: types::GetObjectRetentionOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectRetentionRequest>,
    new_output: blank::<types::GetObjectRetentionOutput>,
};

pub(crate) static GET_OBJECT_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "GetObjectTagging",
    http: &AT_GET_OBJECT_TAGGING,
    input: types::GetObjectTaggingRequest::SCHEMA,
    output: types::GetObjectTaggingOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetObjectTaggingRequest>,
    new_output: blank::<types::GetObjectTaggingOutput>,
};

pub(crate) static GET_PUBLIC_ACCESS_BLOCK: Meta = Meta {
    service: &SERVICE,
    name: "GetPublicAccessBlock",
    http: &AT_GET_PUBLIC_ACCESS_BLOCK,
    input: types::GetPublicAccessBlockRequest::SCHEMA,
    output: types::GetPublicAccessBlockOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetPublicAccessBlockRequest>,
    new_output: blank::<types::GetPublicAccessBlockOutput>,
};

pub(crate) static HEAD_BUCKET: Meta = Meta {
    service: &SERVICE,
    name: "HeadBucket",
    http: &AT_HEAD_BUCKET,
    input: types::HeadBucketRequest::SCHEMA,
    output: types::HeadBucketOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_BUCKET],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::HeadBucketRequest>,
    new_output: blank::<types::HeadBucketOutput>,
};

pub(crate) static HEAD_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "HeadObject",
    http: &AT_HEAD_OBJECT,
    input: types::HeadObjectRequest::SCHEMA,
    output: types::HeadObjectOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_KEY],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::HeadObjectRequest>,
    new_output: blank::<types::HeadObjectOutput>,
};

pub(crate) static LIST_BUCKET_ANALYTICS_CONFIGURATIONS: Meta = Meta {
    service: &SERVICE,
    name: "ListBucketAnalyticsConfigurations",
    http: &AT_LIST_BUCKET_ANALYTICS_CONFIGURATIONS,
    input: types::ListBucketAnalyticsConfigurationsRequest::SCHEMA,
    output: types::ListBucketAnalyticsConfigurationsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListBucketAnalyticsConfigurationsRequest>,
    new_output: blank::<types::ListBucketAnalyticsConfigurationsOutput>,
};

pub(crate) static LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS: Meta = Meta {
    service: &SERVICE,
    name: "ListBucketIntelligentTieringConfigurations",
    http: &AT_LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS,
    input: types::ListBucketIntelligentTieringConfigurationsRequest::SCHEMA,
    output: types::ListBucketIntelligentTieringConfigurationsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListBucketIntelligentTieringConfigurationsRequest>,
    new_output: blank::<types::ListBucketIntelligentTieringConfigurationsOutput>,
};

pub(crate) static LIST_BUCKET_INVENTORY_CONFIGURATIONS: Meta = Meta {
    service: &SERVICE,
    name: "ListBucketInventoryConfigurations",
    http: &AT_LIST_BUCKET_INVENTORY_CONFIGURATIONS,
    input: types::ListBucketInventoryConfigurationsRequest::SCHEMA,
    output: types::ListBucketInventoryConfigurationsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListBucketInventoryConfigurationsRequest>,
    new_output: blank::<types::ListBucketInventoryConfigurationsOutput>,
};

pub(crate) static LIST_BUCKET_METRICS_CONFIGURATIONS: Meta = Meta {
    service: &SERVICE,
    name: "ListBucketMetricsConfigurations",
    http: &AT_LIST_BUCKET_METRICS_CONFIGURATIONS,
    input: types::ListBucketMetricsConfigurationsRequest::SCHEMA,
    output: types::ListBucketMetricsConfigurationsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListBucketMetricsConfigurationsRequest>,
    new_output: blank::<types::ListBucketMetricsConfigurationsOutput>,
};

pub(crate) static LIST_BUCKETS: Meta = Meta {
    service: &SERVICE,
    name: "ListBuckets",
    http: &AT_LIST_BUCKETS,
    input: types::ListBucketsRequest::SCHEMA,
    output: types::ListBucketsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListBucketsRequest>,
    new_output: blank::<types::ListBucketsOutput>,
};

pub(crate) static LIST_MULTIPART_UPLOADS: Meta = Meta {
    service: &SERVICE,
    name: "ListMultipartUploads",
    http: &AT_LIST_MULTIPART_UPLOADS,
    input: types::ListMultipartUploadsRequest::SCHEMA,
    output: types::ListMultipartUploadsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListMultipartUploadsRequest>,
    new_output: blank::<types::ListMultipartUploadsOutput>,
};

pub(crate) static LIST_OBJECT_VERSIONS: Meta = Meta {
    service: &SERVICE,
    name: "ListObjectVersions",
    http: &AT_LIST_OBJECT_VERSIONS,
    input: types::ListObjectVersionsRequest::SCHEMA,
    output: types::ListObjectVersionsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListObjectVersionsRequest>,
    new_output: blank::<types::ListObjectVersionsOutput>,
};

pub(crate) static LIST_OBJECTS: Meta = Meta {
    service: &SERVICE,
    name: "ListObjects",
    http: &AT_LIST_OBJECTS,
    input: types::ListObjectsRequest::SCHEMA,
    output: types::ListObjectsOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_BUCKET],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListObjectsRequest>,
    new_output: blank::<types::ListObjectsOutput>,
};

pub(crate) static LIST_OBJECTS_V2: Meta = Meta {
    service: &SERVICE,
    name: "ListObjectsV2",
    http: &AT_LIST_OBJECTS_V2,
    input: types::ListObjectsV2Request::SCHEMA,
    output: types::ListObjectsV2Output::SCHEMA,
    errors: &[&errors::NO_SUCH_BUCKET],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListObjectsV2Request>,
    new_output: blank::<types::ListObjectsV2Output>,
};

pub(crate) static LIST_PARTS: Meta = Meta {
    service: &SERVICE,
    name: "ListParts",
    http: &AT_LIST_PARTS,
    input: types::ListPartsRequest::SCHEMA,
    output: types::ListPartsOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListPartsRequest>,
    new_output: blank::<types::ListPartsOutput>,
};

pub(crate) static PUT_BUCKET_ABAC: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketAbac",
    http: &AT_PUT_BUCKET_ABAC,
    input: types::PutBucketAbacRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum {
        required: false,
        algorithm_member: "ChecksumAlgorithm",
        validation_member: "",
    }),
    new_input: blank::<types::PutBucketAbacRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_ACCELERATE_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketAccelerateConfiguration",
    http: &AT_PUT_BUCKET_ACCELERATE_CONFIGURATION,
    input: types::PutBucketAccelerateConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum {
        required: false,
        algorithm_member: "ChecksumAlgorithm",
        validation_member: "",
    }),
    new_input: blank::<types::PutBucketAccelerateConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_ACL: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketAcl",
    http: &AT_PUT_BUCKET_ACL,
    input: types::PutBucketAclRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketAclRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_ANALYTICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketAnalyticsConfiguration",
    http: &AT_PUT_BUCKET_ANALYTICS_CONFIGURATION,
    input: types::PutBucketAnalyticsConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutBucketAnalyticsConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_CORS: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketCors",
    http: &AT_PUT_BUCKET_CORS,
    input: types::PutBucketCorsRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketCorsRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_ENCRYPTION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketEncryption",
    http: &AT_PUT_BUCKET_ENCRYPTION,
    input: types::PutBucketEncryptionRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketEncryptionRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketIntelligentTieringConfiguration",
    http: &AT_PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION,
    input: types::PutBucketIntelligentTieringConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutBucketIntelligentTieringConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_INVENTORY_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketInventoryConfiguration",
    http: &AT_PUT_BUCKET_INVENTORY_CONFIGURATION,
    input: types::PutBucketInventoryConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutBucketInventoryConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_LIFECYCLE_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketLifecycleConfiguration",
    http: &AT_PUT_BUCKET_LIFECYCLE,
    input: types::PutBucketLifecycleConfigurationRequest::SCHEMA,
    output: types::PutBucketLifecycleConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketLifecycleConfigurationRequest>,
    new_output: blank::<types::PutBucketLifecycleConfigurationOutput>,
};

pub(crate) static PUT_BUCKET_LOGGING: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketLogging",
    http: &AT_PUT_BUCKET_LOGGING,
    input: types::PutBucketLoggingRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketLoggingRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_METRICS_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketMetricsConfiguration",
    http: &AT_PUT_BUCKET_METRICS_CONFIGURATION,
    input: types::PutBucketMetricsConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutBucketMetricsConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_NOTIFICATION_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketNotificationConfiguration",
    http: &AT_PUT_BUCKET_NOTIFICATION,
    input: types::PutBucketNotificationConfigurationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutBucketNotificationConfigurationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_OWNERSHIP_CONTROLS: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketOwnershipControls",
    http: &AT_PUT_BUCKET_OWNERSHIP_CONTROLS,
    input: types::PutBucketOwnershipControlsRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketOwnershipControlsRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketPolicy",
    http: &AT_PUT_BUCKET_POLICY,
    input: types::PutBucketPolicyRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketPolicyRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_REPLICATION: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketReplication",
    http: &AT_PUT_BUCKET_REPLICATION,
    input: types::PutBucketReplicationRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketReplicationRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_REQUEST_PAYMENT: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketRequestPayment",
    http: &AT_PUT_BUCKET_REQUEST_PAYMENT,
    input: types::PutBucketRequestPaymentRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketRequestPaymentRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketTagging",
    http: &AT_PUT_BUCKET_TAGGING,
    input: types::PutBucketTaggingRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketTaggingRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_VERSIONING: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketVersioning",
    http: &AT_PUT_BUCKET_VERSIONING,
    input: types::PutBucketVersioningRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketVersioningRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_BUCKET_WEBSITE: Meta = Meta {
    service: &SERVICE,
    name: "PutBucketWebsite",
    http: &AT_PUT_BUCKET_WEBSITE,
    input: types::PutBucketWebsiteRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutBucketWebsiteRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static PUT_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "PutObject",
    http: &AT_PUT_OBJECT,
    input: types::PutObjectRequest::SCHEMA,
    output: types::PutObjectOutput::SCHEMA,
    errors: &[
        &errors::INVALID_REQUEST,
        &errors::INVALID_WRITE_OFFSET,
        &errors::TOO_MANY_PARTS,
        &errors::ENCRYPTION_TYPE_MISMATCH,
    ],
    whole: false,
    streaming_input: true,
    streaming_output: false,
    checksum: Some(Checksum {
        required: false,
        algorithm_member: "ChecksumAlgorithm",
        validation_member: "",
    }),
    new_input: blank::<types::PutObjectRequest>,
    new_output: blank::<types::PutObjectOutput>,
};

pub(crate) static PUT_OBJECT_ACL: Meta = Meta {
    service: &SERVICE,
    name: "PutObjectAcl",
    http: &AT_PUT_OBJECT_ACL,
    input: types::PutObjectAclRequest::SCHEMA,
    output: types::PutObjectAclOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_KEY],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutObjectAclRequest>,
    new_output: blank::<types::PutObjectAclOutput>,
};

pub(crate) static PUT_OBJECT_LEGAL_HOLD: Meta = Meta {
    service: &SERVICE,
    name: "PutObjectLegalHold",
    http: &AT_PUT_OBJECT_LEGAL_HOLD,
    input: types::PutObjectLegalHoldRequest::SCHEMA,
    output: types::PutObjectLegalHoldOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutObjectLegalHoldRequest>,
    new_output: blank::<types::PutObjectLegalHoldOutput>,
};

pub(crate) static PUT_OBJECT_LOCK_CONFIGURATION: Meta = Meta {
    service: &SERVICE,
    name: "PutObjectLockConfiguration",
    http: &AT_PUT_OBJECT_LOCK_CONFIGURATION,
    input: types::PutObjectLockConfigurationRequest::SCHEMA,
    output: types::PutObjectLockConfigurationOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutObjectLockConfigurationRequest>,
    new_output: blank::<types::PutObjectLockConfigurationOutput>,
};

pub(crate) static PUT_OBJECT_RETENTION: Meta = Meta {
    service: &SERVICE,
    name: "PutObjectRetention",
    http: &AT_PUT_OBJECT_RETENTION,
    input: types::PutObjectRetentionRequest::SCHEMA,
    output: types::PutObjectRetentionOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutObjectRetentionRequest>,
    new_output: blank::<types::PutObjectRetentionOutput>,
};

pub(crate) static PUT_OBJECT_TAGGING: Meta = Meta {
    service: &SERVICE,
    name: "PutObjectTagging",
    http: &AT_PUT_OBJECT_TAGGING,
    input: types::PutObjectTaggingRequest::SCHEMA,
    output: types::PutObjectTaggingOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutObjectTaggingRequest>,
    new_output: blank::<types::PutObjectTaggingOutput>,
};

pub(crate) static PUT_PUBLIC_ACCESS_BLOCK: Meta = Meta {
    service: &SERVICE,
    name: "PutPublicAccessBlock",
    http: &AT_PUT_PUBLIC_ACCESS_BLOCK,
    input: types::PutPublicAccessBlockRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum { required: true, algorithm_member: "ChecksumAlgorithm", validation_member: "" }),
    new_input: blank::<types::PutPublicAccessBlockRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static RESTORE_OBJECT: Meta = Meta {
    service: &SERVICE,
    name: "RestoreObject",
    http: &AT_RESTORE_OBJECT,
    input: types::RestoreObjectRequest::SCHEMA,
    output: types::RestoreObjectOutput::SCHEMA,
    errors: &[&errors::OBJECT_ALREADY_IN_ACTIVE_TIER_ERROR],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: Some(Checksum {
        required: false,
        algorithm_member: "ChecksumAlgorithm",
        validation_member: "",
    }),
    new_input: blank::<types::RestoreObjectRequest>,
    new_output: blank::<types::RestoreObjectOutput>,
};

pub(crate) static UPLOAD_PART: Meta = Meta {
    service: &SERVICE,
    name: "UploadPart",
    http: &AT_UPLOAD_PART,
    input: types::UploadPartRequest::SCHEMA,
    output: types::UploadPartOutput::SCHEMA,
    errors: &[],
    whole: false,
    streaming_input: true,
    streaming_output: false,
    checksum: Some(Checksum {
        required: false,
        algorithm_member: "ChecksumAlgorithm",
        validation_member: "",
    }),
    new_input: blank::<types::UploadPartRequest>,
    new_output: blank::<types::UploadPartOutput>,
};

pub(crate) static UPLOAD_PART_COPY: Meta = Meta {
    service: &SERVICE,
    name: "UploadPartCopy",
    http: &AT_UPLOAD_PART_COPY,
    input: types::UploadPartCopyRequest::SCHEMA,
    output: types::UploadPartCopyOutput::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::UploadPartCopyRequest>,
    new_output: blank::<types::UploadPartCopyOutput>,
};
