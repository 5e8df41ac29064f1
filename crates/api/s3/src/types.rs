//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::schema::TimeFormat;
use wire::{Map, Stream, Time, shape};

use crate::limits;

shape! {
    /// `AbacStatus`.
    #[derive(Clone)]
    AbacStatus {
        0 status: Option<String> = text("Status").limits(&limits::BUCKET_ABAC_STATUS);
    }
}

shape! {
    /// `AbortIncompleteMultipartUpload`.
    #[derive(Clone)]
    AbortIncompleteMultipartUpload {
        0 days_after_initiation: Option<i32> = integer("DaysAfterInitiation");
    }
}

shape! {
    /// `AbortMultipartUploadOutput`.
    #[derive(Clone)]
    AbortMultipartUploadOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        1 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
    }
}

shape! {
    /// `AbortMultipartUploadRequest`.
    #[derive(Clone)]
    AbortMultipartUploadRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 upload_id: String = text("UploadId").required().query("uploadId");
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        unlisted "IfMatchInitiatedTime".wire("x-amz-if-match-initiated-time").header("x-amz-if-match-initiated-time");
    }
}

shape! {
    /// `AccelerateConfiguration`.
    #[derive(Clone)]
    AccelerateConfiguration {
        0 status: Option<String> = text("Status").limits(&limits::BUCKET_ACCELERATE_STATUS);
    }
}

shape! {
    /// `AccessControlPolicy`.
    #[derive(Clone)]
    AccessControlPolicy {
        0 grants: Option<Vec<Grant>> = list("Grants").xml("AccessControlList").ec2("AccessControlList").item("Grant");
        1 owner: Option<Owner> = shape("Owner");
    }
}

shape! {
    /// `AccessControlTranslation`.
    #[derive(Clone)]
    AccessControlTranslation {
        0 owner: String = text("Owner").required().limits(&limits::OWNER_OVERRIDE);
    }
}

shape! {
    /// `AnalyticsAndOperator`.
    #[derive(Clone)]
    AnalyticsAndOperator {
        0 prefix: Option<String> = text("Prefix");
        1 tags: Option<Vec<Tag>> = list("Tags").xml("Tag").ec2("Tag").flat();
    }
}

shape! {
    /// `AnalyticsConfiguration`.
    #[derive(Clone)]
    AnalyticsConfiguration {
        0 id: String = text("Id").required();
        1 filter: Option<AnalyticsFilter> = shape("Filter");
        2 storage_class_analysis: StorageClassAnalysis = shape("StorageClassAnalysis").required();
    }
}

shape! {
    /// `AnalyticsExportDestination`.
    #[derive(Clone)]
    AnalyticsExportDestination {
        0 s3_bucket_destination: AnalyticsS3BucketDestination = shape("S3BucketDestination").required();
    }
}

shape! {
    /// `AnalyticsFilter`.
    #[derive(Clone)]
    AnalyticsFilter {
        0 prefix: Option<String> = text("Prefix");
        1 tag: Option<Tag> = shape("Tag");
        2 and: Option<AnalyticsAndOperator> = shape("And");
    }
}

shape! {
    /// `AnalyticsS3BucketDestination`.
    #[derive(Clone)]
    AnalyticsS3BucketDestination {
        0 format: String = text("Format").required().limits(&limits::ANALYTICS_S3_EXPORT_FILE_FORMAT);
        1 bucket_account_id: Option<String> = text("BucketAccountId");
        2 bucket: String = text("Bucket").required();
        3 prefix: Option<String> = text("Prefix");
    }
}

shape! {
    /// `BlockedEncryptionTypes`.
    #[derive(Clone)]
    BlockedEncryptionTypes {
        0 encryption_type: Option<Vec<String>> = list("EncryptionType").flat().limits(&limits::ENCRYPTION_TYPE_LIST);
    }
}

shape! {
    /// `Bucket`.
    #[derive(Clone)]
    Bucket {
        0 name: Option<String> = text("Name");
        1 creation_date: Option<Time> = time("CreationDate");
        2 bucket_region: Option<String> = text("BucketRegion");
        3 bucket_arn: Option<String> = text("BucketArn").limits(&limits::S3_REGIONAL_OR_S3_EXPRESS_BUCKET_ARN_STRING);
    }
}

shape! {
    /// `BucketLifecycleConfiguration`.
    #[derive(Clone)]
    BucketLifecycleConfiguration {
        0 rules: Vec<LifecycleRule> = list("Rules").required().xml("Rule").ec2("Rule").flat();
    }
}

shape! {
    /// `BucketLoggingStatus`.
    #[derive(Clone)]
    BucketLoggingStatus {
        0 logging_enabled: Option<LoggingEnabled> = shape("LoggingEnabled");
    }
}

shape! {
    /// `CORSConfiguration`.
    #[derive(Clone)]
    CORSConfiguration {
        0 cors_rules: Vec<CORSRule> = list("CORSRules").required().xml("CORSRule").ec2("CORSRule").flat();
    }
}

shape! {
    /// `CORSRule`.
    #[derive(Clone)]
    CORSRule {
        0 id: Option<String> = text("ID");
        1 allowed_headers: Option<Vec<String>> = list("AllowedHeaders").xml("AllowedHeader").ec2("AllowedHeader").flat();
        2 allowed_methods: Vec<String> = list("AllowedMethods").required().xml("AllowedMethod").ec2("AllowedMethod").flat();
        3 allowed_origins: Vec<String> = list("AllowedOrigins").required().xml("AllowedOrigin").ec2("AllowedOrigin").flat();
        4 expose_headers: Option<Vec<String>> = list("ExposeHeaders").xml("ExposeHeader").ec2("ExposeHeader").flat();
        5 max_age_seconds: Option<i32> = integer("MaxAgeSeconds");
    }
}

shape! {
    /// `Checksum`.
    #[derive(Clone)]
    Checksum {
        0 checksum_crc32: Option<String> = text("ChecksumCRC32");
        1 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        2 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        3 checksum_sha1: Option<String> = text("ChecksumSHA1");
        4 checksum_sha256: Option<String> = text("ChecksumSHA256");
        5 checksum_sha512: Option<String> = text("ChecksumSHA512");
        6 checksum_md5: Option<String> = text("ChecksumMD5");
        7 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        8 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        9 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
        10 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
    }
}

shape! {
    /// `CommonPrefix`.
    #[derive(Clone)]
    CommonPrefix {
        0 prefix: Option<String> = text("Prefix");
    }
}

shape! {
    /// `CompleteMultipartUploadOutput`.
    #[derive(Clone)]
    CompleteMultipartUploadOutput {
        0 location: Option<String> = text("Location");
        1 bucket: Option<String> = text("Bucket");
        2 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        3 expiration: Option<String> = text("Expiration").header("x-amz-expiration");
        4 etag: Option<String> = text("ETag");
        5 checksum_crc32: Option<String> = text("ChecksumCRC32");
        6 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        7 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        8 checksum_sha1: Option<String> = text("ChecksumSHA1");
        9 checksum_sha256: Option<String> = text("ChecksumSHA256");
        10 checksum_sha512: Option<String> = text("ChecksumSHA512");
        11 checksum_md5: Option<String> = text("ChecksumMD5");
        12 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        13 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        14 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
        15 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        16 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        17 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        18 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        19 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        20 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        root "CompleteMultipartUploadResult";
    }
}

shape! {
    /// `CompleteMultipartUploadRequest`.
    #[derive(Clone)]
    CompleteMultipartUploadRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 multipart_upload: Option<CompletedMultipartUpload> = shape("MultipartUpload").payload().xml("CompleteMultipartUpload").ec2("CompleteMultipartUpload");
        3 upload_id: String = text("UploadId").required().query("uploadId");
        4 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        5 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        6 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        7 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        8 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        9 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        10 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        11 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        12 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        13 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        14 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        15 mpu_object_size: Option<i64> = long("MpuObjectSize").header("x-amz-mp-object-size");
        16 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        17 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        18 if_match: Option<String> = text("IfMatch").header("if-match");
        19 if_none_match: Option<String> = text("IfNoneMatch").header("if-none-match");
        20 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        21 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        22 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
    }
}

shape! {
    /// `CompletedMultipartUpload`.
    #[derive(Clone)]
    CompletedMultipartUpload {
        0 parts: Option<Vec<CompletedPart>> = list("Parts").xml("Part").ec2("Part").flat();
    }
}

shape! {
    /// `CompletedPart`.
    #[derive(Clone)]
    CompletedPart {
        0 etag: Option<String> = text("ETag");
        1 checksum_crc32: Option<String> = text("ChecksumCRC32");
        2 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        3 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        4 checksum_sha1: Option<String> = text("ChecksumSHA1");
        5 checksum_sha256: Option<String> = text("ChecksumSHA256");
        6 checksum_sha512: Option<String> = text("ChecksumSHA512");
        7 checksum_md5: Option<String> = text("ChecksumMD5");
        8 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        9 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        10 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
        11 part_number: Option<i32> = integer("PartNumber");
    }
}

shape! {
    /// `Condition`.
    #[derive(Clone)]
    Condition {
        0 http_error_code_returned_equals: Option<String> = text("HttpErrorCodeReturnedEquals");
        1 key_prefix_equals: Option<String> = text("KeyPrefixEquals");
    }
}

shape! {
    /// `CopyObjectOutput`.
    #[derive(Clone)]
    CopyObjectOutput {
        0 copy_object_result: Option<CopyObjectResult> = shape("CopyObjectResult").payload();
        1 expiration: Option<String> = text("Expiration").header("x-amz-expiration");
        2 copy_source_version_id: Option<String> = text("CopySourceVersionId").header("x-amz-copy-source-version-id");
        3 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        4 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        5 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        6 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        7 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        8 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        9 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        10 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `CopyObjectRequest`.
    #[derive(Clone)]
    CopyObjectRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 bucket: String = text("Bucket").required().label("Bucket");
        2 cache_control: Option<String> = text("CacheControl").header("cache-control");
        3 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        4 content_disposition: Option<String> = text("ContentDisposition").header("content-disposition");
        5 content_encoding: Option<String> = text("ContentEncoding").header("content-encoding");
        6 content_language: Option<String> = text("ContentLanguage").header("content-language");
        7 content_type: Option<String> = text("ContentType").header("content-type");
        8 copy_source: String = text("CopySource").required().header("x-amz-copy-source").limits(&limits::COPY_SOURCE);
        9 copy_source_if_match: Option<String> = text("CopySourceIfMatch").header("x-amz-copy-source-if-match");
        10 copy_source_if_modified_since: Option<Time> = time("CopySourceIfModifiedSince").header("x-amz-copy-source-if-modified-since");
        11 copy_source_if_none_match: Option<String> = text("CopySourceIfNoneMatch").header("x-amz-copy-source-if-none-match");
        12 copy_source_if_unmodified_since: Option<Time> = time("CopySourceIfUnmodifiedSince").header("x-amz-copy-source-if-unmodified-since");
        13 expires: Option<String> = text("Expires").header("expires");
        14 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        15 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        16 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        17 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        18 if_match: Option<String> = text("IfMatch").header("if-match");
        19 if_none_match: Option<String> = text("IfNoneMatch").header("if-none-match");
        20 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        21 metadata: Option<Map<String>> = map("Metadata").prefix("x-amz-meta-");
        22 metadata_directive: Option<String> = text("MetadataDirective").header("x-amz-metadata-directive").limits(&limits::METADATA_DIRECTIVE);
        23 tagging_directive: Option<String> = text("TaggingDirective").header("x-amz-tagging-directive").limits(&limits::TAGGING_DIRECTIVE);
        24 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        25 storage_class: Option<String> = text("StorageClass").header("x-amz-storage-class").limits(&limits::STORAGE_CLASS);
        26 website_redirect_location: Option<String> = text("WebsiteRedirectLocation").header("x-amz-website-redirect-location");
        27 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        28 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        29 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        30 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        31 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        32 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        33 copy_source_sse_customer_algorithm: Option<String> = text("CopySourceSSECustomerAlgorithm").header("x-amz-copy-source-server-side-encryption-customer-algorithm");
        34 copy_source_sse_customer_key: Option<String> = text("CopySourceSSECustomerKey").header("x-amz-copy-source-server-side-encryption-customer-key").sensitive();
        35 copy_source_sse_customer_key_md5: Option<String> = text("CopySourceSSECustomerKeyMD5").header("x-amz-copy-source-server-side-encryption-customer-key-md5");
        36 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        37 tagging: Option<String> = text("Tagging").header("x-amz-tagging");
        38 object_lock_mode: Option<String> = text("ObjectLockMode").header("x-amz-object-lock-mode").limits(&limits::OBJECT_LOCK_MODE);
        39 object_lock_retain_until_date: Option<Time> = time("ObjectLockRetainUntilDate").header("x-amz-object-lock-retain-until-date").time(TimeFormat::Iso);
        40 object_lock_legal_hold_status: Option<String> = text("ObjectLockLegalHoldStatus").header("x-amz-object-lock-legal-hold").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
        41 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        42 expected_source_bucket_owner: Option<String> = text("ExpectedSourceBucketOwner").header("x-amz-source-expected-bucket-owner");
        unlisted "AnnotationDirective".wire("x-amz-object-annotation-directive").header("x-amz-object-annotation-directive");
        unlisted "ObjectLockEventHold".wire("x-amz-object-lock-event-hold").header("x-amz-object-lock-event-hold");
        unlisted "ObjectLockEventHoldDurationDays".wire("x-amz-object-lock-event-hold-duration-days").header("x-amz-object-lock-event-hold-duration-days");
        unlisted "ObjectLockEventHoldDurationYears".wire("x-amz-object-lock-event-hold-duration-years").header("x-amz-object-lock-event-hold-duration-years");
    }
}

shape! {
    /// `CopyObjectResult`.
    #[derive(Clone)]
    CopyObjectResult {
        0 etag: Option<String> = text("ETag");
        1 last_modified: Option<Time> = time("LastModified");
        2 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        3 checksum_crc32: Option<String> = text("ChecksumCRC32");
        4 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        5 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        6 checksum_sha1: Option<String> = text("ChecksumSHA1");
        7 checksum_sha256: Option<String> = text("ChecksumSHA256");
        8 checksum_sha512: Option<String> = text("ChecksumSHA512");
        9 checksum_md5: Option<String> = text("ChecksumMD5");
        10 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        11 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        12 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
    }
}

shape! {
    /// `CopyPartResult`.
    #[derive(Clone)]
    CopyPartResult {
        0 etag: Option<String> = text("ETag");
        1 last_modified: Option<Time> = time("LastModified");
        2 checksum_crc32: Option<String> = text("ChecksumCRC32");
        3 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        4 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        5 checksum_sha1: Option<String> = text("ChecksumSHA1");
        6 checksum_sha256: Option<String> = text("ChecksumSHA256");
        7 checksum_sha512: Option<String> = text("ChecksumSHA512");
        8 checksum_md5: Option<String> = text("ChecksumMD5");
        9 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        10 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        11 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
    }
}

shape! {
    /// `CreateBucketConfiguration`.
    #[derive(Clone)]
    CreateBucketConfiguration {
        0 location_constraint: Option<String> = text("LocationConstraint");
        1 tags: Option<Vec<Tag>> = list("Tags").item("Tag");
        unlisted "Location";
        unlisted "Bucket";
    }
}

shape! {
    /// `CreateBucketOutput`.
    #[derive(Clone)]
    CreateBucketOutput {
        0 location: Option<String> = text("Location").header("location");
        1 bucket_arn: Option<String> = text("BucketArn").header("x-amz-bucket-arn").limits(&limits::S3_REGIONAL_OR_S3_EXPRESS_BUCKET_ARN_STRING);
    }
}

shape! {
    /// `CreateBucketRequest`.
    #[derive(Clone)]
    CreateBucketRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 bucket: String = text("Bucket").required().label("Bucket");
        2 create_bucket_configuration: Option<CreateBucketConfiguration> = shape("CreateBucketConfiguration").payload();
        3 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        4 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        5 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        6 grant_write: Option<String> = text("GrantWrite").header("x-amz-grant-write");
        7 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        8 object_lock_enabled_for_bucket: Option<bool> = boolean("ObjectLockEnabledForBucket").header("x-amz-bucket-object-lock-enabled");
        9 object_ownership: Option<String> = text("ObjectOwnership").header("x-amz-object-ownership").limits(&limits::OBJECT_OWNERSHIP);
        10 bucket_namespace: Option<String> = text("BucketNamespace").header("x-amz-bucket-namespace").limits(&limits::BUCKET_NAMESPACE);
    }
}

shape! {
    /// `CreateMultipartUploadOutput`.
    #[derive(Clone)]
    CreateMultipartUploadOutput {
        0 abort_date: Option<Time> = time("AbortDate").header("x-amz-abort-date");
        1 abort_rule_id: Option<String> = text("AbortRuleId").header("x-amz-abort-rule-id");
        2 bucket: Option<String> = text("Bucket");
        3 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        4 upload_id: Option<String> = text("UploadId");
        5 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        6 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        7 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        8 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        9 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        10 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        11 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        12 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        13 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        14 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        root "InitiateMultipartUploadResult";
    }
}

shape! {
    /// `CreateMultipartUploadRequest`.
    #[derive(Clone)]
    CreateMultipartUploadRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 bucket: String = text("Bucket").required().label("Bucket");
        2 cache_control: Option<String> = text("CacheControl").header("cache-control");
        3 content_disposition: Option<String> = text("ContentDisposition").header("content-disposition");
        4 content_encoding: Option<String> = text("ContentEncoding").header("content-encoding");
        5 content_language: Option<String> = text("ContentLanguage").header("content-language");
        6 content_type: Option<String> = text("ContentType").header("content-type");
        7 expires: Option<String> = text("Expires").header("expires");
        8 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        9 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        10 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        11 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        12 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        13 metadata: Option<Map<String>> = map("Metadata").prefix("x-amz-meta-");
        14 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        15 storage_class: Option<String> = text("StorageClass").header("x-amz-storage-class").limits(&limits::STORAGE_CLASS);
        16 website_redirect_location: Option<String> = text("WebsiteRedirectLocation").header("x-amz-website-redirect-location");
        17 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        18 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        19 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        20 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        21 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        22 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        23 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        24 tagging: Option<String> = text("Tagging").header("x-amz-tagging");
        25 object_lock_mode: Option<String> = text("ObjectLockMode").header("x-amz-object-lock-mode").limits(&limits::OBJECT_LOCK_MODE);
        26 object_lock_retain_until_date: Option<Time> = time("ObjectLockRetainUntilDate").header("x-amz-object-lock-retain-until-date").time(TimeFormat::Iso);
        27 object_lock_legal_hold_status: Option<String> = text("ObjectLockLegalHoldStatus").header("x-amz-object-lock-legal-hold").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
        28 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        29 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        30 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        unlisted "ObjectLockEventHold".wire("x-amz-object-lock-event-hold").header("x-amz-object-lock-event-hold");
        unlisted "ObjectLockEventHoldDurationDays".wire("x-amz-object-lock-event-hold-duration-days").header("x-amz-object-lock-event-hold-duration-days");
        unlisted "ObjectLockEventHoldDurationYears".wire("x-amz-object-lock-event-hold-duration-years").header("x-amz-object-lock-event-hold-duration-years");
    }
}

shape! {
    /// `DefaultRetention`.
    #[derive(Clone)]
    DefaultRetention {
        0 mode: Option<String> = text("Mode").limits(&limits::OBJECT_LOCK_RETENTION_MODE);
        1 days: Option<i32> = integer("Days");
        2 years: Option<i32> = integer("Years");
        unlisted "DefaultEventHold";
    }
}

shape! {
    /// `Delete`.
    #[derive(Clone)]
    Delete {
        0 objects: Vec<ObjectIdentifier> = list("Objects").required().xml("Object").ec2("Object").flat();
        1 quiet: Option<bool> = boolean("Quiet");
    }
}

shape! {
    /// `DeleteBucketAnalyticsConfigurationRequest`.
    #[derive(Clone)]
    DeleteBucketAnalyticsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketCorsRequest`.
    #[derive(Clone)]
    DeleteBucketCorsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketEncryptionRequest`.
    #[derive(Clone)]
    DeleteBucketEncryptionRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketIntelligentTieringConfigurationRequest`.
    #[derive(Clone)]
    DeleteBucketIntelligentTieringConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketInventoryConfigurationRequest`.
    #[derive(Clone)]
    DeleteBucketInventoryConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketLifecycleRequest`.
    #[derive(Clone)]
    DeleteBucketLifecycleRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketMetricsConfigurationRequest`.
    #[derive(Clone)]
    DeleteBucketMetricsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketOwnershipControlsRequest`.
    #[derive(Clone)]
    DeleteBucketOwnershipControlsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketPolicyRequest`.
    #[derive(Clone)]
    DeleteBucketPolicyRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketReplicationRequest`.
    #[derive(Clone)]
    DeleteBucketReplicationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketRequest`.
    #[derive(Clone)]
    DeleteBucketRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketTaggingRequest`.
    #[derive(Clone)]
    DeleteBucketTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteBucketWebsiteRequest`.
    #[derive(Clone)]
    DeleteBucketWebsiteRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteMarkerEntry`.
    #[derive(Clone)]
    DeleteMarkerEntry {
        0 owner: Option<Owner> = shape("Owner");
        1 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId");
        3 is_latest: Option<bool> = boolean("IsLatest");
        4 last_modified: Option<Time> = time("LastModified");
    }
}

shape! {
    /// `DeleteMarkerReplication`.
    #[derive(Clone)]
    DeleteMarkerReplication {
        0 status: Option<String> = text("Status").limits(&limits::DELETE_MARKER_REPLICATION_STATUS);
    }
}

shape! {
    /// `DeleteObjectOutput`.
    #[derive(Clone)]
    DeleteObjectOutput {
        0 delete_marker: Option<bool> = boolean("DeleteMarker").header("x-amz-delete-marker");
        1 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        2 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `DeleteObjectRequest`.
    #[derive(Clone)]
    DeleteObjectRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 bypass_governance_retention: Option<bool> = boolean("BypassGovernanceRetention").header("x-amz-bypass-governance-retention");
        5 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        6 if_match: Option<String> = text("IfMatch").header("if-match");
        unlisted "MFA".wire("x-amz-mfa").header("x-amz-mfa");
        unlisted "IfMatchLastModifiedTime".wire("x-amz-if-match-last-modified-time").header("x-amz-if-match-last-modified-time");
        unlisted "IfMatchSize".wire("x-amz-if-match-size").header("x-amz-if-match-size");
    }
}

shape! {
    /// `DeleteObjectTaggingOutput`.
    #[derive(Clone)]
    DeleteObjectTaggingOutput {
        0 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
    }
}

shape! {
    /// `DeleteObjectTaggingRequest`.
    #[derive(Clone)]
    DeleteObjectTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeleteObjectsOutput`.
    #[derive(Clone)]
    DeleteObjectsOutput {
        0 deleted: Option<Vec<DeletedObject>> = list("Deleted").flat();
        1 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        2 errors: Option<Vec<Error>> = list("Errors").xml("Error").ec2("Error").flat();
        root "DeleteResult";
    }
}

shape! {
    /// `DeleteObjectsRequest`.
    #[derive(Clone)]
    DeleteObjectsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 delete: Delete = shape("Delete").required().payload();
        2 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        3 bypass_governance_retention: Option<bool> = boolean("BypassGovernanceRetention").header("x-amz-bypass-governance-retention");
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        5 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        unlisted "MFA".wire("x-amz-mfa").header("x-amz-mfa");
    }
}

shape! {
    /// `DeletePublicAccessBlockRequest`.
    #[derive(Clone)]
    DeletePublicAccessBlockRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `DeletedObject`.
    #[derive(Clone)]
    DeletedObject {
        0 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        1 version_id: Option<String> = text("VersionId");
        2 delete_marker: Option<bool> = boolean("DeleteMarker");
        3 delete_marker_version_id: Option<String> = text("DeleteMarkerVersionId");
    }
}

shape! {
    /// `Destination`.
    #[derive(Clone)]
    Destination {
        0 bucket: String = text("Bucket").required();
        1 account: Option<String> = text("Account");
        2 storage_class: Option<String> = text("StorageClass").limits(&limits::STORAGE_CLASS);
        3 access_control_translation: Option<AccessControlTranslation> = shape("AccessControlTranslation");
        4 encryption_configuration: Option<EncryptionConfiguration> = shape("EncryptionConfiguration");
        5 replication_time: Option<ReplicationTime> = shape("ReplicationTime");
        6 metrics: Option<Metrics> = shape("Metrics");
    }
}

shape! {
    /// `EncryptionConfiguration`.
    #[derive(Clone)]
    EncryptionConfiguration {
        0 replica_kms_key_id: Option<String> = text("ReplicaKmsKeyID");
    }
}

shape! {
    /// `Error`.
    #[derive(Clone)]
    Error {
        0 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        1 version_id: Option<String> = text("VersionId");
        2 code: Option<String> = text("Code");
        3 message: Option<String> = text("Message");
    }
}

shape! {
    /// `ErrorDocument`.
    #[derive(Clone)]
    ErrorDocument {
        0 key: String = text("Key").required().limits(&limits::OBJECT_KEY);
    }
}

shape! {
    /// `ExistingObjectReplication`.
    #[derive(Clone)]
    ExistingObjectReplication {
        0 status: String = text("Status").required().limits(&limits::EXISTING_OBJECT_REPLICATION_STATUS);
    }
}

shape! {
    /// `FilterRule`.
    #[derive(Clone)]
    FilterRule {
        0 name: Option<String> = text("Name").limits(&limits::FILTER_RULE_NAME);
        1 value: Option<String> = text("Value");
    }
}

shape! {
    /// `GetBucketAbacOutput`.
    #[derive(Clone)]
    GetBucketAbacOutput {
        0 abac_status: Option<AbacStatus> = shape("AbacStatus").payload();
    }
}

shape! {
    /// `GetBucketAbacRequest`.
    #[derive(Clone)]
    GetBucketAbacRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketAccelerateConfigurationOutput`.
    #[derive(Clone)]
    GetBucketAccelerateConfigurationOutput {
        0 status: Option<String> = text("Status").limits(&limits::BUCKET_ACCELERATE_STATUS);
        1 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        root "AccelerateConfiguration";
    }
}

shape! {
    /// `GetBucketAccelerateConfigurationRequest`.
    #[derive(Clone)]
    GetBucketAccelerateConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        2 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
    }
}

shape! {
    /// `GetBucketAclOutput`.
    #[derive(Clone)]
    GetBucketAclOutput {
        0 owner: Option<Owner> = shape("Owner");
        1 grants: Option<Vec<Grant>> = list("Grants").xml("AccessControlList").ec2("AccessControlList").item("Grant");
        root "AccessControlPolicy";
    }
}

shape! {
    /// `GetBucketAclRequest`.
    #[derive(Clone)]
    GetBucketAclRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketAnalyticsConfigurationOutput`.
    #[derive(Clone)]
    GetBucketAnalyticsConfigurationOutput {
        0 analytics_configuration: Option<AnalyticsConfiguration> = shape("AnalyticsConfiguration").payload();
    }
}

shape! {
    /// `GetBucketAnalyticsConfigurationRequest`.
    #[derive(Clone)]
    GetBucketAnalyticsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketCorsOutput`.
    #[derive(Clone)]
    GetBucketCorsOutput {
        0 cors_rules: Option<Vec<CORSRule>> = list("CORSRules").xml("CORSRule").ec2("CORSRule").flat();
        root "CORSConfiguration";
    }
}

shape! {
    /// `GetBucketCorsRequest`.
    #[derive(Clone)]
    GetBucketCorsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketEncryptionOutput`.
    #[derive(Clone)]
    GetBucketEncryptionOutput {
        0 server_side_encryption_configuration: Option<ServerSideEncryptionConfiguration> = shape("ServerSideEncryptionConfiguration").payload();
    }
}

shape! {
    /// `GetBucketEncryptionRequest`.
    #[derive(Clone)]
    GetBucketEncryptionRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketIntelligentTieringConfigurationOutput`.
    #[derive(Clone)]
    GetBucketIntelligentTieringConfigurationOutput {
        0 intelligent_tiering_configuration: Option<IntelligentTieringConfiguration> = shape("IntelligentTieringConfiguration").payload();
    }
}

shape! {
    /// `GetBucketIntelligentTieringConfigurationRequest`.
    #[derive(Clone)]
    GetBucketIntelligentTieringConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketInventoryConfigurationOutput`.
    #[derive(Clone)]
    GetBucketInventoryConfigurationOutput {
        0 inventory_configuration: Option<InventoryConfiguration> = shape("InventoryConfiguration").payload();
    }
}

shape! {
    /// `GetBucketInventoryConfigurationRequest`.
    #[derive(Clone)]
    GetBucketInventoryConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketLifecycleConfigurationOutput`.
    #[derive(Clone)]
    GetBucketLifecycleConfigurationOutput {
        0 rules: Option<Vec<LifecycleRule>> = list("Rules").xml("Rule").ec2("Rule").flat();
        1 transition_default_minimum_object_size: Option<String> = text("TransitionDefaultMinimumObjectSize").header("x-amz-transition-default-minimum-object-size").limits(&limits::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE);
        root "LifecycleConfiguration";
    }
}

shape! {
    /// `GetBucketLifecycleConfigurationRequest`.
    #[derive(Clone)]
    GetBucketLifecycleConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketLocationOutput`.
    #[derive(Clone)]
    GetBucketLocationOutput {
        0 location_constraint: Option<String> = text("LocationConstraint");
        root "LocationConstraint".unwrapped();
    }
}

shape! {
    /// `GetBucketLocationRequest`.
    #[derive(Clone)]
    GetBucketLocationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketLoggingOutput`.
    #[derive(Clone)]
    GetBucketLoggingOutput {
        0 logging_enabled: Option<LoggingEnabled> = shape("LoggingEnabled");
        root "BucketLoggingStatus";
    }
}

shape! {
    /// `GetBucketLoggingRequest`.
    #[derive(Clone)]
    GetBucketLoggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketMetricsConfigurationOutput`.
    #[derive(Clone)]
    GetBucketMetricsConfigurationOutput {
        0 metrics_configuration: Option<MetricsConfiguration> = shape("MetricsConfiguration").payload();
    }
}

shape! {
    /// `GetBucketMetricsConfigurationRequest`.
    #[derive(Clone)]
    GetBucketMetricsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketNotificationConfigurationRequest`.
    #[derive(Clone)]
    GetBucketNotificationConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketOwnershipControlsOutput`.
    #[derive(Clone)]
    GetBucketOwnershipControlsOutput {
        0 ownership_controls: Option<OwnershipControls> = shape("OwnershipControls").payload();
    }
}

shape! {
    /// `GetBucketOwnershipControlsRequest`.
    #[derive(Clone)]
    GetBucketOwnershipControlsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketPolicyOutput`.
    #[derive(Clone)]
    GetBucketPolicyOutput {
        0 policy: Option<String> = text("Policy").payload().media();
    }
}

shape! {
    /// `GetBucketPolicyRequest`.
    #[derive(Clone)]
    GetBucketPolicyRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketPolicyStatusOutput`.
    #[derive(Clone)]
    GetBucketPolicyStatusOutput {
        0 policy_status: Option<PolicyStatus> = shape("PolicyStatus").payload();
    }
}

shape! {
    /// `GetBucketPolicyStatusRequest`.
    #[derive(Clone)]
    GetBucketPolicyStatusRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketReplicationOutput`.
    #[derive(Clone)]
    GetBucketReplicationOutput {
        0 replication_configuration: Option<ReplicationConfiguration> = shape("ReplicationConfiguration").payload();
    }
}

shape! {
    /// `GetBucketReplicationRequest`.
    #[derive(Clone)]
    GetBucketReplicationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketRequestPaymentOutput`.
    #[derive(Clone)]
    GetBucketRequestPaymentOutput {
        0 payer: Option<String> = text("Payer").limits(&limits::PAYER);
        root "RequestPaymentConfiguration";
    }
}

shape! {
    /// `GetBucketRequestPaymentRequest`.
    #[derive(Clone)]
    GetBucketRequestPaymentRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketTaggingOutput`.
    #[derive(Clone)]
    GetBucketTaggingOutput {
        0 tag_set: Option<Vec<Tag>> = list("TagSet").required().item("Tag");
        root "Tagging";
    }
}

shape! {
    /// `GetBucketTaggingRequest`.
    #[derive(Clone)]
    GetBucketTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketVersioningOutput`.
    #[derive(Clone)]
    GetBucketVersioningOutput {
        0 status: Option<String> = text("Status").limits(&limits::BUCKET_VERSIONING_STATUS);
        1 mfa_delete: Option<String> = text("MFADelete").xml("MfaDelete").ec2("MfaDelete").limits(&limits::MFA_DELETE_STATUS);
        root "VersioningConfiguration";
    }
}

shape! {
    /// `GetBucketVersioningRequest`.
    #[derive(Clone)]
    GetBucketVersioningRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetBucketWebsiteOutput`.
    #[derive(Clone)]
    GetBucketWebsiteOutput {
        0 redirect_all_requests_to: Option<RedirectAllRequestsTo> = shape("RedirectAllRequestsTo");
        1 index_document: Option<IndexDocument> = shape("IndexDocument");
        2 error_document: Option<ErrorDocument> = shape("ErrorDocument");
        3 routing_rules: Option<Vec<RoutingRule>> = list("RoutingRules").item("RoutingRule");
        root "WebsiteConfiguration";
    }
}

shape! {
    /// `GetBucketWebsiteRequest`.
    #[derive(Clone)]
    GetBucketWebsiteRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetObjectAclOutput`.
    #[derive(Clone)]
    GetObjectAclOutput {
        0 owner: Option<Owner> = shape("Owner");
        1 grants: Option<Vec<Grant>> = list("Grants").xml("AccessControlList").ec2("AccessControlList").item("Grant");
        2 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        root "AccessControlPolicy";
    }
}

shape! {
    /// `GetObjectAclRequest`.
    #[derive(Clone)]
    GetObjectAclRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetObjectAttributesOutput`.
    #[derive(Clone)]
    GetObjectAttributesOutput {
        0 delete_marker: Option<bool> = boolean("DeleteMarker").header("x-amz-delete-marker");
        1 last_modified: Option<Time> = time("LastModified").header("last-modified");
        2 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        3 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        4 etag: Option<String> = text("ETag");
        5 checksum: Option<Checksum> = shape("Checksum");
        6 object_parts: Option<GetObjectAttributesParts> = shape("ObjectParts");
        7 storage_class: Option<String> = text("StorageClass").limits(&limits::STORAGE_CLASS);
        8 object_size: Option<i64> = long("ObjectSize");
        root "GetObjectAttributesResponse";
    }
}

shape! {
    /// `GetObjectAttributesParts`.
    #[derive(Clone)]
    GetObjectAttributesParts {
        0 total_parts_count: Option<i32> = integer("TotalPartsCount").xml("PartsCount").ec2("PartsCount");
        1 part_number_marker: Option<i32> = integer("PartNumberMarker");
        2 next_part_number_marker: Option<i32> = integer("NextPartNumberMarker");
        3 max_parts: Option<i32> = integer("MaxParts");
        4 is_truncated: Option<bool> = boolean("IsTruncated");
        5 parts: Option<Vec<ObjectPart>> = list("Parts").xml("Part").ec2("Part").flat();
    }
}

shape! {
    /// `GetObjectAttributesRequest`.
    #[derive(Clone)]
    GetObjectAttributesRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 max_parts: Option<i32> = integer("MaxParts").header("x-amz-max-parts");
        4 part_number_marker: Option<i32> = integer("PartNumberMarker").header("x-amz-part-number-marker");
        5 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        6 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        7 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        8 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        9 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        10 object_attributes: Vec<String> = list("ObjectAttributes").required().header("x-amz-object-attributes").limits(&limits::OBJECT_ATTRIBUTES_LIST);
    }
}

shape! {
    /// `GetObjectLegalHoldOutput`.
    #[derive(Clone)]
    GetObjectLegalHoldOutput {
        0 legal_hold: Option<ObjectLockLegalHold> = shape("LegalHold").payload();
    }
}

shape! {
    /// `GetObjectLegalHoldRequest`.
    #[derive(Clone)]
    GetObjectLegalHoldRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetObjectLockConfigurationOutput`.
    #[derive(Clone)]
    GetObjectLockConfigurationOutput {
        0 object_lock_configuration: Option<ObjectLockConfiguration> = shape("ObjectLockConfiguration").payload();
    }
}

shape! {
    /// `GetObjectLockConfigurationRequest`.
    #[derive(Clone)]
    GetObjectLockConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetObjectOutput`.
    GetObjectOutput {
        0 body: Stream = stream("Body").payload();
        1 delete_marker: Option<bool> = boolean("DeleteMarker").header("x-amz-delete-marker");
        2 accept_ranges: Option<String> = text("AcceptRanges").header("accept-ranges");
        3 expiration: Option<String> = text("Expiration").header("x-amz-expiration");
        4 restore: Option<String> = text("Restore").header("x-amz-restore");
        5 last_modified: Option<Time> = time("LastModified").header("last-modified");
        6 content_length: Option<i64> = long("ContentLength").header("content-length");
        7 etag: Option<String> = text("ETag").header("etag");
        8 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        9 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        10 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        11 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        12 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        13 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        14 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        15 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        16 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        17 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        18 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        19 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        20 cache_control: Option<String> = text("CacheControl").header("cache-control");
        21 content_disposition: Option<String> = text("ContentDisposition").header("content-disposition");
        22 content_encoding: Option<String> = text("ContentEncoding").header("content-encoding");
        23 content_language: Option<String> = text("ContentLanguage").header("content-language");
        24 content_range: Option<String> = text("ContentRange").header("content-range");
        25 content_type: Option<String> = text("ContentType").header("content-type");
        26 expires: Option<String> = text("Expires").header("expires");
        27 website_redirect_location: Option<String> = text("WebsiteRedirectLocation").header("x-amz-website-redirect-location");
        28 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        29 metadata: Option<Map<String>> = map("Metadata").prefix("x-amz-meta-");
        30 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        31 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        32 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        33 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        34 storage_class: Option<String> = text("StorageClass").header("x-amz-storage-class").limits(&limits::STORAGE_CLASS);
        35 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        36 replication_status: Option<String> = text("ReplicationStatus").header("x-amz-replication-status").limits(&limits::REPLICATION_STATUS);
        37 parts_count: Option<i32> = integer("PartsCount").header("x-amz-mp-parts-count");
        38 tag_count: Option<i32> = integer("TagCount").header("x-amz-tagging-count");
        39 object_lock_mode: Option<String> = text("ObjectLockMode").header("x-amz-object-lock-mode").limits(&limits::OBJECT_LOCK_MODE);
        40 object_lock_retain_until_date: Option<Time> = time("ObjectLockRetainUntilDate").header("x-amz-object-lock-retain-until-date").time(TimeFormat::Iso);
        41 object_lock_legal_hold_status: Option<String> = text("ObjectLockLegalHoldStatus").header("x-amz-object-lock-legal-hold").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
        42 status_code: Option<i32> = integer("StatusCode").status();
        unlisted "MissingMeta".wire("x-amz-missing-meta").header("x-amz-missing-meta");
        unlisted "ObjectLockEventHold".wire("x-amz-object-lock-event-hold").header("x-amz-object-lock-event-hold");
        unlisted "ObjectLockEventHoldDurationDays".wire("x-amz-object-lock-event-hold-duration-days").header("x-amz-object-lock-event-hold-duration-days");
        unlisted "ObjectLockEventHoldDurationYears".wire("x-amz-object-lock-event-hold-duration-years").header("x-amz-object-lock-event-hold-duration-years");
    }
}

shape! {
    /// `GetObjectRequest`.
    #[derive(Clone)]
    GetObjectRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 if_match: Option<String> = text("IfMatch").header("if-match");
        2 if_modified_since: Option<Time> = time("IfModifiedSince").header("if-modified-since");
        3 if_none_match: Option<String> = text("IfNoneMatch").header("if-none-match");
        4 if_unmodified_since: Option<Time> = time("IfUnmodifiedSince").header("if-unmodified-since");
        5 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        6 range: Option<String> = text("Range").header("range");
        7 response_cache_control: Option<String> = text("ResponseCacheControl").query("response-cache-control");
        8 response_content_disposition: Option<String> = text("ResponseContentDisposition").query("response-content-disposition");
        9 response_content_encoding: Option<String> = text("ResponseContentEncoding").query("response-content-encoding");
        10 response_content_language: Option<String> = text("ResponseContentLanguage").query("response-content-language");
        11 response_content_type: Option<String> = text("ResponseContentType").query("response-content-type");
        12 response_expires: Option<Time> = time("ResponseExpires").query("response-expires").time(TimeFormat::Http);
        13 version_id: Option<String> = text("VersionId").query("versionId");
        14 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        15 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        16 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        17 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        18 part_number: Option<i32> = integer("PartNumber").query("partNumber");
        19 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        20 checksum_mode: Option<String> = text("ChecksumMode").header("x-amz-checksum-mode").limits(&limits::CHECKSUM_MODE);
    }
}

shape! {
    /// `GetObjectRetentionOutput`.
    #[derive(Clone)]
    GetObjectRetentionOutput {
        0 retention: Option<ObjectLockRetention> = shape("Retention").payload();
    }
}

shape! {
    /// `GetObjectRetentionRequest`.
    #[derive(Clone)]
    GetObjectRetentionRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GetObjectTaggingOutput`.
    #[derive(Clone)]
    GetObjectTaggingOutput {
        0 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        1 tag_set: Option<Vec<Tag>> = list("TagSet").required().item("Tag");
        root "Tagging";
    }
}

shape! {
    /// `GetObjectTaggingRequest`.
    #[derive(Clone)]
    GetObjectTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        4 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
    }
}

shape! {
    /// `GetPublicAccessBlockOutput`.
    #[derive(Clone)]
    GetPublicAccessBlockOutput {
        0 public_access_block_configuration: Option<PublicAccessBlockConfiguration> = shape("PublicAccessBlockConfiguration").payload();
    }
}

shape! {
    /// `GetPublicAccessBlockRequest`.
    #[derive(Clone)]
    GetPublicAccessBlockRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `GlacierJobParameters`.
    #[derive(Clone)]
    GlacierJobParameters {
        0 tier: String = text("Tier").required().limits(&limits::TIER);
    }
}

shape! {
    /// `Grant`.
    #[derive(Clone)]
    Grant {
        0 grantee: Option<Grantee> = shape("Grantee");
        1 permission: Option<String> = text("Permission").limits(&limits::PERMISSION);
    }
}

shape! {
    /// `Grantee`.
    #[derive(Clone)]
    Grantee {
        0 display_name: Option<String> = text("DisplayName");
        1 email_address: Option<String> = text("EmailAddress");
        2 id: Option<String> = text("ID");
        3 r#type: String = text("Type").required().xml("xsi:type").ec2("Xsi:type").attribute().limits(&limits::TYPE);
        4 uri: Option<String> = text("URI");
        root "Grantee".namespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
    }
}

shape! {
    /// `HeadBucketOutput`.
    #[derive(Clone)]
    HeadBucketOutput {
        0 bucket_arn: Option<String> = text("BucketArn").header("x-amz-bucket-arn").limits(&limits::S3_REGIONAL_OR_S3_EXPRESS_BUCKET_ARN_STRING);
        1 bucket_region: Option<String> = text("BucketRegion").header("x-amz-bucket-region").limits(&limits::REGION);
        2 access_point_alias: Option<bool> = boolean("AccessPointAlias").header("x-amz-access-point-alias");
        unlisted "BucketLocationType".wire("x-amz-bucket-location-type").header("x-amz-bucket-location-type");
        unlisted "BucketLocationName".wire("x-amz-bucket-location-name").header("x-amz-bucket-location-name");
    }
}

shape! {
    /// `HeadBucketRequest`.
    #[derive(Clone)]
    HeadBucketRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `HeadObjectOutput`.
    #[derive(Clone)]
    HeadObjectOutput {
        0 delete_marker: Option<bool> = boolean("DeleteMarker").header("x-amz-delete-marker");
        1 accept_ranges: Option<String> = text("AcceptRanges").header("accept-ranges");
        2 expiration: Option<String> = text("Expiration").header("x-amz-expiration");
        3 restore: Option<String> = text("Restore").header("x-amz-restore");
        4 last_modified: Option<Time> = time("LastModified").header("last-modified");
        5 content_length: Option<i64> = long("ContentLength").header("content-length");
        6 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        7 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        8 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        9 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        10 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        11 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        12 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        13 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        14 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        15 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        16 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        17 etag: Option<String> = text("ETag").header("etag");
        18 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        19 cache_control: Option<String> = text("CacheControl").header("cache-control");
        20 content_disposition: Option<String> = text("ContentDisposition").header("content-disposition");
        21 content_encoding: Option<String> = text("ContentEncoding").header("content-encoding");
        22 content_language: Option<String> = text("ContentLanguage").header("content-language");
        23 content_type: Option<String> = text("ContentType").header("content-type");
        24 content_range: Option<String> = text("ContentRange").header("content-range");
        25 expires: Option<String> = text("Expires").header("expires");
        26 website_redirect_location: Option<String> = text("WebsiteRedirectLocation").header("x-amz-website-redirect-location");
        27 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        28 metadata: Option<Map<String>> = map("Metadata").prefix("x-amz-meta-");
        29 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        30 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        31 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        32 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        33 storage_class: Option<String> = text("StorageClass").header("x-amz-storage-class").limits(&limits::STORAGE_CLASS);
        34 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        35 replication_status: Option<String> = text("ReplicationStatus").header("x-amz-replication-status").limits(&limits::REPLICATION_STATUS);
        36 parts_count: Option<i32> = integer("PartsCount").header("x-amz-mp-parts-count");
        37 tag_count: Option<i32> = integer("TagCount").header("x-amz-tagging-count");
        38 object_lock_mode: Option<String> = text("ObjectLockMode").header("x-amz-object-lock-mode").limits(&limits::OBJECT_LOCK_MODE);
        39 object_lock_retain_until_date: Option<Time> = time("ObjectLockRetainUntilDate").header("x-amz-object-lock-retain-until-date").time(TimeFormat::Iso);
        40 object_lock_legal_hold_status: Option<String> = text("ObjectLockLegalHoldStatus").header("x-amz-object-lock-legal-hold").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
        41 status_code: Option<i32> = integer("StatusCode").status();
        unlisted "ArchiveStatus".wire("x-amz-archive-status").header("x-amz-archive-status");
        unlisted "MissingMeta".wire("x-amz-missing-meta").header("x-amz-missing-meta");
        unlisted "ObjectLockEventHold".wire("x-amz-object-lock-event-hold").header("x-amz-object-lock-event-hold");
        unlisted "ObjectLockEventHoldDurationDays".wire("x-amz-object-lock-event-hold-duration-days").header("x-amz-object-lock-event-hold-duration-days");
        unlisted "ObjectLockEventHoldDurationYears".wire("x-amz-object-lock-event-hold-duration-years").header("x-amz-object-lock-event-hold-duration-years");
    }
}

shape! {
    /// `HeadObjectRequest`.
    #[derive(Clone)]
    HeadObjectRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 if_match: Option<String> = text("IfMatch").header("if-match");
        2 if_modified_since: Option<Time> = time("IfModifiedSince").header("if-modified-since");
        3 if_none_match: Option<String> = text("IfNoneMatch").header("if-none-match");
        4 if_unmodified_since: Option<Time> = time("IfUnmodifiedSince").header("if-unmodified-since");
        5 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        6 range: Option<String> = text("Range").header("range");
        7 response_cache_control: Option<String> = text("ResponseCacheControl").query("response-cache-control");
        8 response_content_disposition: Option<String> = text("ResponseContentDisposition").query("response-content-disposition");
        9 response_content_encoding: Option<String> = text("ResponseContentEncoding").query("response-content-encoding");
        10 response_content_language: Option<String> = text("ResponseContentLanguage").query("response-content-language");
        11 response_content_type: Option<String> = text("ResponseContentType").query("response-content-type");
        12 response_expires: Option<Time> = time("ResponseExpires").query("response-expires").time(TimeFormat::Http);
        13 version_id: Option<String> = text("VersionId").query("versionId");
        14 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        15 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        16 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        17 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        18 part_number: Option<i32> = integer("PartNumber").query("partNumber");
        19 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        20 checksum_mode: Option<String> = text("ChecksumMode").header("x-amz-checksum-mode").limits(&limits::CHECKSUM_MODE);
    }
}

shape! {
    /// `IndexDocument`.
    #[derive(Clone)]
    IndexDocument {
        0 suffix: String = text("Suffix").required();
    }
}

shape! {
    /// `Initiator`.
    #[derive(Clone)]
    Initiator {
        0 id: Option<String> = text("ID");
        1 display_name: Option<String> = text("DisplayName");
    }
}

shape! {
    /// `IntelligentTieringAndOperator`.
    #[derive(Clone)]
    IntelligentTieringAndOperator {
        0 prefix: Option<String> = text("Prefix");
        1 tags: Option<Vec<Tag>> = list("Tags").xml("Tag").ec2("Tag").flat();
    }
}

shape! {
    /// `IntelligentTieringConfiguration`.
    #[derive(Clone)]
    IntelligentTieringConfiguration {
        0 id: String = text("Id").required();
        1 filter: Option<IntelligentTieringFilter> = shape("Filter");
        2 status: String = text("Status").required().limits(&limits::INTELLIGENT_TIERING_STATUS);
        3 tierings: Vec<Tiering> = list("Tierings").required().xml("Tiering").ec2("Tiering").flat();
    }
}

shape! {
    /// `IntelligentTieringFilter`.
    #[derive(Clone)]
    IntelligentTieringFilter {
        0 prefix: Option<String> = text("Prefix");
        1 tag: Option<Tag> = shape("Tag");
        2 and: Option<IntelligentTieringAndOperator> = shape("And");
    }
}

shape! {
    /// `InvalidObjectState`.
    #[derive(Clone)]
    InvalidObjectState {
        0 storage_class: Option<String> = text("StorageClass").limits(&limits::STORAGE_CLASS);
        1 access_tier: Option<String> = text("AccessTier").limits(&limits::INTELLIGENT_TIERING_ACCESS_TIER);
    }
}

shape! {
    /// `InventoryConfiguration`.
    #[derive(Clone)]
    InventoryConfiguration {
        0 destination: InventoryDestination = shape("Destination").required();
        1 is_enabled: bool = boolean("IsEnabled").required();
        2 filter: Option<InventoryFilter> = shape("Filter");
        3 id: String = text("Id").required();
        4 included_object_versions: String = text("IncludedObjectVersions").required().limits(&limits::INVENTORY_INCLUDED_OBJECT_VERSIONS);
        5 optional_fields: Option<Vec<String>> = list("OptionalFields").item("Field").limits(&limits::INVENTORY_OPTIONAL_FIELDS);
        6 schedule: InventorySchedule = shape("Schedule").required();
    }
}

shape! {
    /// `InventoryDestination`.
    #[derive(Clone)]
    InventoryDestination {
        0 s3_bucket_destination: InventoryS3BucketDestination = shape("S3BucketDestination").required();
    }
}

shape! {
    /// `InventoryEncryption`.
    #[derive(Clone)]
    InventoryEncryption {
        0 sses3: Option<SSES3> = shape("SSES3").xml("SSE-S3").ec2("SSE-S3");
        1 sse_kms: Option<SSEKMS> = shape("SSEKMS").xml("SSE-KMS").ec2("SSE-KMS");
    }
}

shape! {
    /// `InventoryFilter`.
    #[derive(Clone)]
    InventoryFilter {
        0 prefix: String = text("Prefix").required();
    }
}

shape! {
    /// `InventoryS3BucketDestination`.
    #[derive(Clone)]
    InventoryS3BucketDestination {
        0 account_id: Option<String> = text("AccountId");
        1 bucket: String = text("Bucket").required();
        2 format: String = text("Format").required().limits(&limits::INVENTORY_FORMAT);
        3 prefix: Option<String> = text("Prefix");
        4 encryption: Option<InventoryEncryption> = shape("Encryption");
    }
}

shape! {
    /// `InventorySchedule`.
    #[derive(Clone)]
    InventorySchedule {
        0 frequency: String = text("Frequency").required().limits(&limits::INVENTORY_FREQUENCY);
    }
}

shape! {
    /// `LifecycleExpiration`.
    #[derive(Clone)]
    LifecycleExpiration {
        0 date: Option<Time> = time("Date").time(TimeFormat::Iso);
        1 days: Option<i32> = integer("Days");
        2 expired_object_delete_marker: Option<bool> = boolean("ExpiredObjectDeleteMarker");
    }
}

shape! {
    /// `LifecycleRule`.
    #[derive(Clone)]
    LifecycleRule {
        0 expiration: Option<LifecycleExpiration> = shape("Expiration");
        1 id: Option<String> = text("ID");
        2 prefix: Option<String> = text("Prefix");
        3 filter: Option<LifecycleRuleFilter> = shape("Filter");
        4 status: String = text("Status").required().limits(&limits::EXPIRATION_STATUS);
        5 transitions: Option<Vec<Transition>> = list("Transitions").xml("Transition").ec2("Transition").flat();
        6 noncurrent_version_transitions: Option<Vec<NoncurrentVersionTransition>> = list("NoncurrentVersionTransitions").xml("NoncurrentVersionTransition").ec2("NoncurrentVersionTransition").flat();
        7 noncurrent_version_expiration: Option<NoncurrentVersionExpiration> = shape("NoncurrentVersionExpiration");
        8 abort_incomplete_multipart_upload: Option<AbortIncompleteMultipartUpload> = shape("AbortIncompleteMultipartUpload");
    }
}

shape! {
    /// `LifecycleRuleAndOperator`.
    #[derive(Clone)]
    LifecycleRuleAndOperator {
        0 prefix: Option<String> = text("Prefix");
        1 tags: Option<Vec<Tag>> = list("Tags").xml("Tag").ec2("Tag").flat();
        2 object_size_greater_than: Option<i64> = long("ObjectSizeGreaterThan");
        3 object_size_less_than: Option<i64> = long("ObjectSizeLessThan");
    }
}

shape! {
    /// `LifecycleRuleFilter`.
    #[derive(Clone)]
    LifecycleRuleFilter {
        0 prefix: Option<String> = text("Prefix");
        1 tag: Option<Tag> = shape("Tag");
        2 object_size_greater_than: Option<i64> = long("ObjectSizeGreaterThan");
        3 object_size_less_than: Option<i64> = long("ObjectSizeLessThan");
        4 and: Option<LifecycleRuleAndOperator> = shape("And");
    }
}

shape! {
    /// `ListBucketAnalyticsConfigurationsOutput`.
    #[derive(Clone)]
    ListBucketAnalyticsConfigurationsOutput {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 continuation_token: Option<String> = text("ContinuationToken");
        2 next_continuation_token: Option<String> = text("NextContinuationToken");
        3 analytics_configuration_list: Option<Vec<AnalyticsConfiguration>> = list("AnalyticsConfigurationList").xml("AnalyticsConfiguration").ec2("AnalyticsConfiguration").flat();
        root "ListBucketAnalyticsConfigurationResult";
    }
}

shape! {
    /// `ListBucketAnalyticsConfigurationsRequest`.
    #[derive(Clone)]
    ListBucketAnalyticsConfigurationsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `ListBucketIntelligentTieringConfigurationsOutput`.
    #[derive(Clone)]
    ListBucketIntelligentTieringConfigurationsOutput {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 continuation_token: Option<String> = text("ContinuationToken");
        2 next_continuation_token: Option<String> = text("NextContinuationToken");
        3 intelligent_tiering_configuration_list: Option<Vec<IntelligentTieringConfiguration>> = list("IntelligentTieringConfigurationList").xml("IntelligentTieringConfiguration").ec2("IntelligentTieringConfiguration").flat();
    }
}

shape! {
    /// `ListBucketIntelligentTieringConfigurationsRequest`.
    #[derive(Clone)]
    ListBucketIntelligentTieringConfigurationsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `ListBucketInventoryConfigurationsOutput`.
    #[derive(Clone)]
    ListBucketInventoryConfigurationsOutput {
        0 continuation_token: Option<String> = text("ContinuationToken");
        1 inventory_configuration_list: Option<Vec<InventoryConfiguration>> = list("InventoryConfigurationList").xml("InventoryConfiguration").ec2("InventoryConfiguration").flat();
        2 is_truncated: Option<bool> = boolean("IsTruncated");
        3 next_continuation_token: Option<String> = text("NextContinuationToken");
        root "ListInventoryConfigurationsResult";
    }
}

shape! {
    /// `ListBucketInventoryConfigurationsRequest`.
    #[derive(Clone)]
    ListBucketInventoryConfigurationsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `ListBucketMetricsConfigurationsOutput`.
    #[derive(Clone)]
    ListBucketMetricsConfigurationsOutput {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 continuation_token: Option<String> = text("ContinuationToken");
        2 next_continuation_token: Option<String> = text("NextContinuationToken");
        3 metrics_configuration_list: Option<Vec<MetricsConfiguration>> = list("MetricsConfigurationList").xml("MetricsConfiguration").ec2("MetricsConfiguration").flat();
        root "ListMetricsConfigurationsResult";
    }
}

shape! {
    /// `ListBucketMetricsConfigurationsRequest`.
    #[derive(Clone)]
    ListBucketMetricsConfigurationsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `ListBucketsOutput`.
    #[derive(Clone)]
    ListBucketsOutput {
        0 buckets: Option<Vec<Bucket>> = list("Buckets").item("Bucket");
        1 owner: Option<Owner> = shape("Owner");
        2 continuation_token: Option<String> = text("ContinuationToken");
        3 prefix: Option<String> = text("Prefix");
        root "ListAllMyBucketsResult";
    }
}

shape! {
    /// `ListBucketsRequest`.
    #[derive(Clone)]
    ListBucketsRequest {
        0 max_buckets: Option<i32> = integer("MaxBuckets").query("max-buckets").limits(&limits::MAX_BUCKETS);
        1 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        2 prefix: Option<String> = text("Prefix").query("prefix");
        3 bucket_region: Option<String> = text("BucketRegion").query("bucket-region");
    }
}

shape! {
    /// `ListMultipartUploadsOutput`.
    #[derive(Clone)]
    ListMultipartUploadsOutput {
        0 bucket: Option<String> = text("Bucket");
        1 key_marker: Option<String> = text("KeyMarker");
        2 upload_id_marker: Option<String> = text("UploadIdMarker");
        3 next_key_marker: Option<String> = text("NextKeyMarker");
        4 prefix: Option<String> = text("Prefix");
        5 delimiter: Option<String> = text("Delimiter");
        6 next_upload_id_marker: Option<String> = text("NextUploadIdMarker");
        7 max_uploads: Option<i32> = integer("MaxUploads");
        8 is_truncated: Option<bool> = boolean("IsTruncated");
        9 uploads: Option<Vec<MultipartUpload>> = list("Uploads").xml("Upload").ec2("Upload").flat();
        10 common_prefixes: Option<Vec<CommonPrefix>> = list("CommonPrefixes").flat();
        11 encoding_type: Option<String> = text("EncodingType").limits(&limits::ENCODING_TYPE);
        12 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        root "ListMultipartUploadsResult";
    }
}

shape! {
    /// `ListMultipartUploadsRequest`.
    #[derive(Clone)]
    ListMultipartUploadsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 delimiter: Option<String> = text("Delimiter").query("delimiter");
        2 encoding_type: Option<String> = text("EncodingType").query("encoding-type").limits(&limits::ENCODING_TYPE);
        3 key_marker: Option<String> = text("KeyMarker").query("key-marker");
        4 max_uploads: Option<i32> = integer("MaxUploads").query("max-uploads");
        5 prefix: Option<String> = text("Prefix").query("prefix");
        6 upload_id_marker: Option<String> = text("UploadIdMarker").query("upload-id-marker");
        7 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        8 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
    }
}

shape! {
    /// `ListObjectVersionsOutput`.
    #[derive(Clone)]
    ListObjectVersionsOutput {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 key_marker: Option<String> = text("KeyMarker");
        2 version_id_marker: Option<String> = text("VersionIdMarker");
        3 next_key_marker: Option<String> = text("NextKeyMarker");
        4 next_version_id_marker: Option<String> = text("NextVersionIdMarker");
        5 versions: Option<Vec<ObjectVersion>> = list("Versions").xml("Version").ec2("Version").flat();
        6 delete_markers: Option<Vec<DeleteMarkerEntry>> = list("DeleteMarkers").xml("DeleteMarker").ec2("DeleteMarker").flat();
        7 name: Option<String> = text("Name");
        8 prefix: Option<String> = text("Prefix");
        9 delimiter: Option<String> = text("Delimiter");
        10 max_keys: Option<i32> = integer("MaxKeys");
        11 common_prefixes: Option<Vec<CommonPrefix>> = list("CommonPrefixes").flat();
        12 encoding_type: Option<String> = text("EncodingType").limits(&limits::ENCODING_TYPE);
        13 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        root "ListVersionsResult";
    }
}

shape! {
    /// `ListObjectVersionsRequest`.
    #[derive(Clone)]
    ListObjectVersionsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 delimiter: Option<String> = text("Delimiter").query("delimiter");
        2 encoding_type: Option<String> = text("EncodingType").query("encoding-type").limits(&limits::ENCODING_TYPE);
        3 key_marker: Option<String> = text("KeyMarker").query("key-marker");
        4 max_keys: Option<i32> = integer("MaxKeys").query("max-keys");
        5 prefix: Option<String> = text("Prefix").query("prefix");
        6 version_id_marker: Option<String> = text("VersionIdMarker").query("version-id-marker");
        7 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        8 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        9 optional_object_attributes: Option<Vec<String>> = list("OptionalObjectAttributes").header("x-amz-optional-object-attributes").limits(&limits::OPTIONAL_OBJECT_ATTRIBUTES_LIST);
    }
}

shape! {
    /// `ListObjectsOutput`.
    #[derive(Clone)]
    ListObjectsOutput {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 marker: Option<String> = text("Marker");
        2 next_marker: Option<String> = text("NextMarker");
        3 contents: Option<Vec<Object>> = list("Contents").flat();
        4 name: Option<String> = text("Name");
        5 prefix: Option<String> = text("Prefix");
        6 delimiter: Option<String> = text("Delimiter");
        7 max_keys: Option<i32> = integer("MaxKeys");
        8 common_prefixes: Option<Vec<CommonPrefix>> = list("CommonPrefixes").flat();
        9 encoding_type: Option<String> = text("EncodingType").limits(&limits::ENCODING_TYPE);
        10 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        11 bucket_region: Option<String> = text("BucketRegion").header("x-amz-bucket-region").limits(&limits::REGION);
        root "ListBucketResult";
    }
}

shape! {
    /// `ListObjectsRequest`.
    #[derive(Clone)]
    ListObjectsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 delimiter: Option<String> = text("Delimiter").query("delimiter");
        2 encoding_type: Option<String> = text("EncodingType").query("encoding-type").limits(&limits::ENCODING_TYPE);
        3 marker: Option<String> = text("Marker").query("marker");
        4 max_keys: Option<i32> = integer("MaxKeys").query("max-keys");
        5 prefix: Option<String> = text("Prefix").query("prefix");
        6 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        7 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        8 optional_object_attributes: Option<Vec<String>> = list("OptionalObjectAttributes").header("x-amz-optional-object-attributes").limits(&limits::OPTIONAL_OBJECT_ATTRIBUTES_LIST);
    }
}

shape! {
    /// `ListObjectsV2Output`.
    #[derive(Clone)]
    ListObjectsV2Output {
        0 is_truncated: Option<bool> = boolean("IsTruncated");
        1 contents: Option<Vec<Object>> = list("Contents").flat();
        2 name: Option<String> = text("Name");
        3 prefix: Option<String> = text("Prefix");
        4 delimiter: Option<String> = text("Delimiter");
        5 max_keys: Option<i32> = integer("MaxKeys");
        6 common_prefixes: Option<Vec<CommonPrefix>> = list("CommonPrefixes").flat();
        7 encoding_type: Option<String> = text("EncodingType").limits(&limits::ENCODING_TYPE);
        8 key_count: Option<i32> = integer("KeyCount");
        9 continuation_token: Option<String> = text("ContinuationToken");
        10 next_continuation_token: Option<String> = text("NextContinuationToken");
        11 start_after: Option<String> = text("StartAfter");
        12 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        13 bucket_region: Option<String> = text("BucketRegion").header("x-amz-bucket-region").limits(&limits::REGION);
        root "ListBucketResult";
    }
}

shape! {
    /// `ListObjectsV2Request`.
    #[derive(Clone)]
    ListObjectsV2Request {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 delimiter: Option<String> = text("Delimiter").query("delimiter");
        2 encoding_type: Option<String> = text("EncodingType").query("encoding-type").limits(&limits::ENCODING_TYPE);
        3 max_keys: Option<i32> = integer("MaxKeys").query("max-keys");
        4 prefix: Option<String> = text("Prefix").query("prefix");
        5 continuation_token: Option<String> = text("ContinuationToken").query("continuation-token");
        6 fetch_owner: Option<bool> = boolean("FetchOwner").query("fetch-owner");
        7 start_after: Option<String> = text("StartAfter").query("start-after");
        8 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        9 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        10 optional_object_attributes: Option<Vec<String>> = list("OptionalObjectAttributes").header("x-amz-optional-object-attributes").limits(&limits::OPTIONAL_OBJECT_ATTRIBUTES_LIST);
    }
}

shape! {
    /// `ListPartsOutput`.
    #[derive(Clone)]
    ListPartsOutput {
        0 abort_date: Option<Time> = time("AbortDate").header("x-amz-abort-date");
        1 abort_rule_id: Option<String> = text("AbortRuleId").header("x-amz-abort-rule-id");
        2 bucket: Option<String> = text("Bucket");
        3 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        4 upload_id: Option<String> = text("UploadId");
        5 part_number_marker: Option<i32> = integer("PartNumberMarker");
        6 next_part_number_marker: Option<i32> = integer("NextPartNumberMarker");
        7 max_parts: Option<i32> = integer("MaxParts");
        8 is_truncated: Option<bool> = boolean("IsTruncated");
        9 parts: Option<Vec<Part>> = list("Parts").xml("Part").ec2("Part").flat();
        10 initiator: Option<Initiator> = shape("Initiator");
        11 owner: Option<Owner> = shape("Owner");
        12 storage_class: Option<String> = text("StorageClass").limits(&limits::STORAGE_CLASS);
        13 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        14 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").limits(&limits::CHECKSUM_ALGORITHM);
        15 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        16 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        root "ListPartsResult";
    }
}

shape! {
    /// `ListPartsRequest`.
    #[derive(Clone)]
    ListPartsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 max_parts: Option<i32> = integer("MaxParts").query("max-parts");
        3 part_number_marker: Option<i32> = integer("PartNumberMarker").query("part-number-marker");
        4 upload_id: String = text("UploadId").required().query("uploadId");
        5 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        6 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        7 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        8 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        9 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
    }
}

shape! {
    /// `LoggingEnabled`.
    #[derive(Clone)]
    LoggingEnabled {
        0 target_bucket: String = text("TargetBucket").required();
        1 target_grants: Option<Vec<TargetGrant>> = list("TargetGrants").item("Grant");
        2 target_prefix: String = text("TargetPrefix").required();
        3 target_object_key_format: Option<TargetObjectKeyFormat> = shape("TargetObjectKeyFormat");
    }
}

shape! {
    /// `Metrics`.
    #[derive(Clone)]
    Metrics {
        0 status: String = text("Status").required().limits(&limits::METRICS_STATUS);
        1 event_threshold: Option<ReplicationTimeValue> = shape("EventThreshold");
    }
}

shape! {
    /// `MetricsAndOperator`.
    #[derive(Clone)]
    MetricsAndOperator {
        0 prefix: Option<String> = text("Prefix");
        1 tags: Option<Vec<Tag>> = list("Tags").xml("Tag").ec2("Tag").flat();
        2 access_point_arn: Option<String> = text("AccessPointArn");
    }
}

shape! {
    /// `MetricsConfiguration`.
    #[derive(Clone)]
    MetricsConfiguration {
        0 id: String = text("Id").required();
        1 filter: Option<MetricsFilter> = shape("Filter");
    }
}

shape! {
    /// `MetricsFilter`.
    #[derive(Clone)]
    MetricsFilter {
        0 prefix: Option<String> = text("Prefix");
        1 tag: Option<Tag> = shape("Tag");
        2 access_point_arn: Option<String> = text("AccessPointArn");
        3 and: Option<MetricsAndOperator> = shape("And");
    }
}

shape! {
    /// `MultipartUpload`.
    #[derive(Clone)]
    MultipartUpload {
        0 upload_id: Option<String> = text("UploadId");
        1 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        2 initiated: Option<Time> = time("Initiated");
        3 storage_class: Option<String> = text("StorageClass").limits(&limits::STORAGE_CLASS);
        4 owner: Option<Owner> = shape("Owner");
        5 initiator: Option<Initiator> = shape("Initiator");
        6 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").limits(&limits::CHECKSUM_ALGORITHM);
        7 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        8 version_id: Option<String> = text("VersionId");
    }
}

shape! {
    /// `NoncurrentVersionExpiration`.
    #[derive(Clone)]
    NoncurrentVersionExpiration {
        0 noncurrent_days: Option<i32> = integer("NoncurrentDays");
        1 newer_noncurrent_versions: Option<i32> = integer("NewerNoncurrentVersions");
    }
}

shape! {
    /// `NoncurrentVersionTransition`.
    #[derive(Clone)]
    NoncurrentVersionTransition {
        0 noncurrent_days: Option<i32> = integer("NoncurrentDays");
        1 storage_class: Option<String> = text("StorageClass").limits(&limits::TRANSITION_STORAGE_CLASS);
        2 newer_noncurrent_versions: Option<i32> = integer("NewerNoncurrentVersions");
    }
}

shape! {
    /// `NotificationConfiguration`.
    #[derive(Clone)]
    NotificationConfiguration {
        0 topic_configurations: Option<Vec<TopicConfiguration>> = list("TopicConfigurations").xml("TopicConfiguration").ec2("TopicConfiguration").flat();
        1 queue_configurations: Option<Vec<QueueConfiguration>> = list("QueueConfigurations").xml("QueueConfiguration").ec2("QueueConfiguration").flat();
        unlisted "LambdaFunctionConfigurations".wire("CloudFunctionConfiguration");
        unlisted "EventBridgeConfiguration";
    }
}

shape! {
    /// `NotificationConfigurationFilter`.
    #[derive(Clone)]
    NotificationConfigurationFilter {
        0 key: Option<S3KeyFilter> = shape("Key").xml("S3Key").ec2("S3Key");
    }
}

shape! {
    /// `Object`.
    #[derive(Clone)]
    Object {
        0 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        1 last_modified: Option<Time> = time("LastModified");
        2 etag: Option<String> = text("ETag");
        3 checksum_algorithm: Option<Vec<String>> = list("ChecksumAlgorithm").flat().limits(&limits::CHECKSUM_ALGORITHM_LIST);
        4 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        5 size: Option<i64> = long("Size");
        6 storage_class: Option<String> = text("StorageClass").limits(&limits::OBJECT_STORAGE_CLASS);
        7 owner: Option<Owner> = shape("Owner");
        8 restore_status: Option<RestoreStatus> = shape("RestoreStatus");
    }
}

shape! {
    /// `ObjectIdentifier`.
    #[derive(Clone)]
    ObjectIdentifier {
        0 key: String = text("Key").required().limits(&limits::OBJECT_KEY);
        1 version_id: Option<String> = text("VersionId");
        2 etag: Option<String> = text("ETag");
        unlisted "LastModifiedTime";
        unlisted "Size";
    }
}

shape! {
    /// `ObjectLockConfiguration`.
    #[derive(Clone)]
    ObjectLockConfiguration {
        0 object_lock_enabled: Option<String> = text("ObjectLockEnabled").limits(&limits::OBJECT_LOCK_ENABLED);
        1 rule: Option<ObjectLockRule> = shape("Rule");
    }
}

shape! {
    /// `ObjectLockLegalHold`.
    #[derive(Clone)]
    ObjectLockLegalHold {
        0 status: Option<String> = text("Status").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
    }
}

shape! {
    /// `ObjectLockRetention`.
    #[derive(Clone)]
    ObjectLockRetention {
        0 mode: Option<String> = text("Mode").limits(&limits::OBJECT_LOCK_RETENTION_MODE);
        1 retain_until_date: Option<Time> = time("RetainUntilDate").time(TimeFormat::Iso);
        unlisted "EventHold";
        unlisted "EventHoldDuration";
    }
}

shape! {
    /// `ObjectLockRule`.
    #[derive(Clone)]
    ObjectLockRule {
        0 default_retention: Option<DefaultRetention> = shape("DefaultRetention");
    }
}

shape! {
    /// `ObjectPart`.
    #[derive(Clone)]
    ObjectPart {
        0 part_number: Option<i32> = integer("PartNumber");
        1 size: Option<i64> = long("Size");
        2 checksum_crc32: Option<String> = text("ChecksumCRC32");
        3 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        4 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        5 checksum_sha1: Option<String> = text("ChecksumSHA1");
        6 checksum_sha256: Option<String> = text("ChecksumSHA256");
        7 checksum_sha512: Option<String> = text("ChecksumSHA512");
        8 checksum_md5: Option<String> = text("ChecksumMD5");
        9 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        10 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        11 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
    }
}

shape! {
    /// `ObjectVersion`.
    #[derive(Clone)]
    ObjectVersion {
        0 etag: Option<String> = text("ETag");
        1 checksum_algorithm: Option<Vec<String>> = list("ChecksumAlgorithm").flat().limits(&limits::CHECKSUM_ALGORITHM_LIST);
        2 checksum_type: Option<String> = text("ChecksumType").limits(&limits::CHECKSUM_TYPE);
        3 size: Option<i64> = long("Size");
        4 storage_class: Option<String> = text("StorageClass").limits(&limits::OBJECT_VERSION_STORAGE_CLASS);
        5 key: Option<String> = text("Key").limits(&limits::OBJECT_KEY);
        6 version_id: Option<String> = text("VersionId");
        7 is_latest: Option<bool> = boolean("IsLatest");
        8 last_modified: Option<Time> = time("LastModified");
        9 owner: Option<Owner> = shape("Owner");
        10 restore_status: Option<RestoreStatus> = shape("RestoreStatus");
    }
}

shape! {
    /// `Owner`.
    #[derive(Clone)]
    Owner {
        0 display_name: Option<String> = text("DisplayName");
        1 id: Option<String> = text("ID");
    }
}

shape! {
    /// `OwnershipControls`.
    #[derive(Clone)]
    OwnershipControls {
        0 rules: Vec<OwnershipControlsRule> = list("Rules").required().xml("Rule").ec2("Rule").flat();
    }
}

shape! {
    /// `OwnershipControlsRule`.
    #[derive(Clone)]
    OwnershipControlsRule {
        0 object_ownership: String = text("ObjectOwnership").required().limits(&limits::OBJECT_OWNERSHIP);
    }
}

shape! {
    /// `Part`.
    #[derive(Clone)]
    Part {
        0 part_number: Option<i32> = integer("PartNumber");
        1 last_modified: Option<Time> = time("LastModified");
        2 etag: Option<String> = text("ETag");
        3 size: Option<i64> = long("Size");
        4 checksum_crc32: Option<String> = text("ChecksumCRC32");
        5 checksum_crc32c: Option<String> = text("ChecksumCRC32C");
        6 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME");
        7 checksum_sha1: Option<String> = text("ChecksumSHA1");
        8 checksum_sha256: Option<String> = text("ChecksumSHA256");
        9 checksum_sha512: Option<String> = text("ChecksumSHA512");
        10 checksum_md5: Option<String> = text("ChecksumMD5");
        11 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64");
        12 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3");
        13 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128");
    }
}

shape! {
    /// `PartitionedPrefix`.
    #[derive(Clone)]
    PartitionedPrefix {
        0 partition_date_source: Option<String> = text("PartitionDateSource").limits(&limits::PARTITION_DATE_SOURCE);
    }
}

shape! {
    /// `PolicyStatus`.
    #[derive(Clone)]
    PolicyStatus {
        0 is_public: Option<bool> = boolean("IsPublic");
    }
}

shape! {
    /// `PublicAccessBlockConfiguration`.
    #[derive(Clone)]
    PublicAccessBlockConfiguration {
        0 block_public_acls: Option<bool> = boolean("BlockPublicAcls");
        1 ignore_public_acls: Option<bool> = boolean("IgnorePublicAcls");
        2 block_public_policy: Option<bool> = boolean("BlockPublicPolicy");
        3 restrict_public_buckets: Option<bool> = boolean("RestrictPublicBuckets");
    }
}

shape! {
    /// `PutBucketAbacRequest`.
    #[derive(Clone)]
    PutBucketAbacRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        4 abac_status: AbacStatus = shape("AbacStatus").required().payload();
    }
}

shape! {
    /// `PutBucketAccelerateConfigurationRequest`.
    #[derive(Clone)]
    PutBucketAccelerateConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 accelerate_configuration: AccelerateConfiguration = shape("AccelerateConfiguration").required().payload();
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        3 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
    }
}

shape! {
    /// `PutBucketAclRequest`.
    #[derive(Clone)]
    PutBucketAclRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 access_control_policy: Option<AccessControlPolicy> = shape("AccessControlPolicy").payload();
        2 bucket: String = text("Bucket").required().label("Bucket");
        3 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        5 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        6 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        7 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        8 grant_write: Option<String> = text("GrantWrite").header("x-amz-grant-write");
        9 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        10 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketAnalyticsConfigurationRequest`.
    #[derive(Clone)]
    PutBucketAnalyticsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 analytics_configuration: AnalyticsConfiguration = shape("AnalyticsConfiguration").required().payload();
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketCorsRequest`.
    #[derive(Clone)]
    PutBucketCorsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 cors_configuration: CORSConfiguration = shape("CORSConfiguration").required().payload();
        2 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        3 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketEncryptionRequest`.
    #[derive(Clone)]
    PutBucketEncryptionRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 server_side_encryption_configuration: ServerSideEncryptionConfiguration = shape("ServerSideEncryptionConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketIntelligentTieringConfigurationRequest`.
    #[derive(Clone)]
    PutBucketIntelligentTieringConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        3 intelligent_tiering_configuration: IntelligentTieringConfiguration = shape("IntelligentTieringConfiguration").required().payload();
    }
}

shape! {
    /// `PutBucketInventoryConfigurationRequest`.
    #[derive(Clone)]
    PutBucketInventoryConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 inventory_configuration: InventoryConfiguration = shape("InventoryConfiguration").required().payload();
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketLifecycleConfigurationOutput`.
    #[derive(Clone)]
    PutBucketLifecycleConfigurationOutput {
        0 transition_default_minimum_object_size: Option<String> = text("TransitionDefaultMinimumObjectSize").header("x-amz-transition-default-minimum-object-size").limits(&limits::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE);
    }
}

shape! {
    /// `PutBucketLifecycleConfigurationRequest`.
    #[derive(Clone)]
    PutBucketLifecycleConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        2 lifecycle_configuration: Option<BucketLifecycleConfiguration> = shape("LifecycleConfiguration").payload();
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        4 transition_default_minimum_object_size: Option<String> = text("TransitionDefaultMinimumObjectSize").header("x-amz-transition-default-minimum-object-size").limits(&limits::TRANSITION_DEFAULT_MINIMUM_OBJECT_SIZE);
    }
}

shape! {
    /// `PutBucketLoggingRequest`.
    #[derive(Clone)]
    PutBucketLoggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 bucket_logging_status: BucketLoggingStatus = shape("BucketLoggingStatus").required().payload();
        2 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        3 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketMetricsConfigurationRequest`.
    #[derive(Clone)]
    PutBucketMetricsConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 id: String = text("Id").required().query("id");
        2 metrics_configuration: MetricsConfiguration = shape("MetricsConfiguration").required().payload();
        3 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketNotificationConfigurationRequest`.
    #[derive(Clone)]
    PutBucketNotificationConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 notification_configuration: NotificationConfiguration = shape("NotificationConfiguration").required().payload();
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        3 skip_destination_validation: Option<bool> = boolean("SkipDestinationValidation").header("x-amz-skip-destination-validation");
    }
}

shape! {
    /// `PutBucketOwnershipControlsRequest`.
    #[derive(Clone)]
    PutBucketOwnershipControlsRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        3 ownership_controls: OwnershipControls = shape("OwnershipControls").required().payload();
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
    }
}

shape! {
    /// `PutBucketPolicyRequest`.
    #[derive(Clone)]
    PutBucketPolicyRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 confirm_remove_self_bucket_access: Option<bool> = boolean("ConfirmRemoveSelfBucketAccess").header("x-amz-confirm-remove-self-bucket-access");
        4 policy: Option<String> = text("Policy").payload();
        5 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketReplicationRequest`.
    #[derive(Clone)]
    PutBucketReplicationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 replication_configuration: ReplicationConfiguration = shape("ReplicationConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        unlisted "Token".wire("x-amz-bucket-object-lock-token").header("x-amz-bucket-object-lock-token");
    }
}

shape! {
    /// `PutBucketRequestPaymentRequest`.
    #[derive(Clone)]
    PutBucketRequestPaymentRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 request_payment_configuration: RequestPaymentConfiguration = shape("RequestPaymentConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketTaggingRequest`.
    #[derive(Clone)]
    PutBucketTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 tagging: Tagging = shape("Tagging").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutBucketVersioningRequest`.
    #[derive(Clone)]
    PutBucketVersioningRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 versioning_configuration: VersioningConfiguration = shape("VersioningConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        unlisted "MFA".wire("x-amz-mfa").header("x-amz-mfa");
    }
}

shape! {
    /// `PutBucketWebsiteRequest`.
    #[derive(Clone)]
    PutBucketWebsiteRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 website_configuration: WebsiteConfiguration = shape("WebsiteConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutObjectAclOutput`.
    #[derive(Clone)]
    PutObjectAclOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `PutObjectAclRequest`.
    #[derive(Clone)]
    PutObjectAclRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 access_control_policy: Option<AccessControlPolicy> = shape("AccessControlPolicy").payload();
        2 bucket: String = text("Bucket").required().label("Bucket");
        3 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        5 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        6 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        7 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        8 grant_write: Option<String> = text("GrantWrite").header("x-amz-grant-write");
        9 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        10 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        11 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        12 version_id: Option<String> = text("VersionId").query("versionId");
        13 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutObjectLegalHoldOutput`.
    #[derive(Clone)]
    PutObjectLegalHoldOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `PutObjectLegalHoldRequest`.
    #[derive(Clone)]
    PutObjectLegalHoldRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 legal_hold: Option<ObjectLockLegalHold> = shape("LegalHold").payload();
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 version_id: Option<String> = text("VersionId").query("versionId");
        5 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        6 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        7 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutObjectLockConfigurationOutput`.
    #[derive(Clone)]
    PutObjectLockConfigurationOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `PutObjectLockConfigurationRequest`.
    #[derive(Clone)]
    PutObjectLockConfigurationRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 object_lock_configuration: Option<ObjectLockConfiguration> = shape("ObjectLockConfiguration").payload();
        2 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        3 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        5 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        unlisted "Token".wire("x-amz-bucket-object-lock-token").header("x-amz-bucket-object-lock-token");
    }
}

shape! {
    /// `PutObjectOutput`.
    #[derive(Clone)]
    PutObjectOutput {
        0 expiration: Option<String> = text("Expiration").header("x-amz-expiration");
        1 etag: Option<String> = text("ETag").header("etag");
        2 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        3 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        4 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        5 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        6 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        7 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        8 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        9 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        10 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        11 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        12 checksum_type: Option<String> = text("ChecksumType").header("x-amz-checksum-type").limits(&limits::CHECKSUM_TYPE);
        13 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        14 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
        15 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        16 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        17 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        18 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        19 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        20 size: Option<i64> = long("Size").header("x-amz-object-size");
        21 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `PutObjectRequest`.
    PutObjectRequest {
        0 acl: Option<String> = text("ACL").header("x-amz-acl");
        1 body: Stream = stream("Body").payload();
        2 bucket: String = text("Bucket").required().label("Bucket");
        3 cache_control: Option<String> = text("CacheControl").header("cache-control");
        4 content_disposition: Option<String> = text("ContentDisposition").header("content-disposition");
        5 content_encoding: Option<String> = text("ContentEncoding").header("content-encoding");
        6 content_language: Option<String> = text("ContentLanguage").header("content-language");
        7 content_length: Option<i64> = long("ContentLength").header("content-length");
        8 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        9 content_type: Option<String> = text("ContentType").header("content-type");
        10 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        11 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        12 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        13 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        14 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        15 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        16 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        17 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        18 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        19 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        20 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        21 expires: Option<String> = text("Expires").header("expires");
        22 if_match: Option<String> = text("IfMatch").header("if-match");
        23 if_none_match: Option<String> = text("IfNoneMatch").header("if-none-match");
        24 grant_full_control: Option<String> = text("GrantFullControl").header("x-amz-grant-full-control");
        25 grant_read: Option<String> = text("GrantRead").header("x-amz-grant-read");
        26 grant_read_acp: Option<String> = text("GrantReadACP").header("x-amz-grant-read-acp");
        27 grant_write_acp: Option<String> = text("GrantWriteACP").header("x-amz-grant-write-acp");
        28 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        29 metadata: Option<Map<String>> = map("Metadata").prefix("x-amz-meta-");
        30 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        31 storage_class: Option<String> = text("StorageClass").header("x-amz-storage-class").limits(&limits::STORAGE_CLASS);
        32 website_redirect_location: Option<String> = text("WebsiteRedirectLocation").header("x-amz-website-redirect-location");
        33 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        34 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        35 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        36 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        37 sse_kms_encryption_context: Option<String> = text("SSEKMSEncryptionContext").header("x-amz-server-side-encryption-context").sensitive();
        38 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        39 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        40 tagging: Option<String> = text("Tagging").header("x-amz-tagging");
        41 object_lock_mode: Option<String> = text("ObjectLockMode").header("x-amz-object-lock-mode").limits(&limits::OBJECT_LOCK_MODE);
        42 object_lock_retain_until_date: Option<Time> = time("ObjectLockRetainUntilDate").header("x-amz-object-lock-retain-until-date").time(TimeFormat::Iso);
        43 object_lock_legal_hold_status: Option<String> = text("ObjectLockLegalHoldStatus").header("x-amz-object-lock-legal-hold").limits(&limits::OBJECT_LOCK_LEGAL_HOLD_STATUS);
        44 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        unlisted "WriteOffsetBytes".wire("x-amz-write-offset-bytes").header("x-amz-write-offset-bytes");
        unlisted "ObjectLockEventHold".wire("x-amz-object-lock-event-hold").header("x-amz-object-lock-event-hold");
        unlisted "ObjectLockEventHoldDurationDays".wire("x-amz-object-lock-event-hold-duration-days").header("x-amz-object-lock-event-hold-duration-days");
        unlisted "ObjectLockEventHoldDurationYears".wire("x-amz-object-lock-event-hold-duration-years").header("x-amz-object-lock-event-hold-duration-years");
    }
}

shape! {
    /// `PutObjectRetentionOutput`.
    #[derive(Clone)]
    PutObjectRetentionOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
    }
}

shape! {
    /// `PutObjectRetentionRequest`.
    #[derive(Clone)]
    PutObjectRetentionRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 retention: Option<ObjectLockRetention> = shape("Retention").payload();
        3 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        4 version_id: Option<String> = text("VersionId").query("versionId");
        5 bypass_governance_retention: Option<bool> = boolean("BypassGovernanceRetention").header("x-amz-bypass-governance-retention");
        6 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        7 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        8 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `PutObjectTaggingOutput`.
    #[derive(Clone)]
    PutObjectTaggingOutput {
        0 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
    }
}

shape! {
    /// `PutObjectTaggingRequest`.
    #[derive(Clone)]
    PutObjectTaggingRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        5 tagging: Tagging = shape("Tagging").required().payload();
        6 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        7 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
    }
}

shape! {
    /// `PutPublicAccessBlockRequest`.
    #[derive(Clone)]
    PutPublicAccessBlockRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        2 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        3 public_access_block_configuration: PublicAccessBlockConfiguration = shape("PublicAccessBlockConfiguration").required().payload();
        4 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `QueueConfiguration`.
    #[derive(Clone)]
    QueueConfiguration {
        0 id: Option<String> = text("Id");
        1 queue_arn: String = text("QueueArn").required().xml("Queue").ec2("Queue");
        2 events: Vec<String> = list("Events").required().xml("Event").ec2("Event").flat().limits(&limits::EVENT_LIST);
        3 filter: Option<NotificationConfigurationFilter> = shape("Filter");
    }
}

shape! {
    /// `Redirect`.
    #[derive(Clone)]
    Redirect {
        0 host_name: Option<String> = text("HostName");
        1 http_redirect_code: Option<String> = text("HttpRedirectCode");
        2 protocol: Option<String> = text("Protocol").limits(&limits::PROTOCOL);
        3 replace_key_prefix_with: Option<String> = text("ReplaceKeyPrefixWith");
        4 replace_key_with: Option<String> = text("ReplaceKeyWith");
    }
}

shape! {
    /// `RedirectAllRequestsTo`.
    #[derive(Clone)]
    RedirectAllRequestsTo {
        0 host_name: String = text("HostName").required();
        1 protocol: Option<String> = text("Protocol").limits(&limits::PROTOCOL);
    }
}

shape! {
    /// `ReplicaModifications`.
    #[derive(Clone)]
    ReplicaModifications {
        0 status: String = text("Status").required().limits(&limits::REPLICA_MODIFICATIONS_STATUS);
    }
}

shape! {
    /// `ReplicationConfiguration`.
    #[derive(Clone)]
    ReplicationConfiguration {
        0 role: String = text("Role").required();
        1 rules: Vec<ReplicationRule> = list("Rules").required().xml("Rule").ec2("Rule").flat();
    }
}

shape! {
    /// `ReplicationRule`.
    #[derive(Clone)]
    ReplicationRule {
        0 id: Option<String> = text("ID");
        1 priority: Option<i32> = integer("Priority");
        2 prefix: Option<String> = text("Prefix");
        3 filter: Option<ReplicationRuleFilter> = shape("Filter");
        4 status: String = text("Status").required().limits(&limits::REPLICATION_RULE_STATUS);
        5 source_selection_criteria: Option<SourceSelectionCriteria> = shape("SourceSelectionCriteria");
        6 existing_object_replication: Option<ExistingObjectReplication> = shape("ExistingObjectReplication");
        7 destination: Destination = shape("Destination").required();
        8 delete_marker_replication: Option<DeleteMarkerReplication> = shape("DeleteMarkerReplication");
    }
}

shape! {
    /// `ReplicationRuleAndOperator`.
    #[derive(Clone)]
    ReplicationRuleAndOperator {
        0 prefix: Option<String> = text("Prefix");
        1 tags: Option<Vec<Tag>> = list("Tags").xml("Tag").ec2("Tag").flat();
    }
}

shape! {
    /// `ReplicationRuleFilter`.
    #[derive(Clone)]
    ReplicationRuleFilter {
        0 prefix: Option<String> = text("Prefix");
        1 tag: Option<Tag> = shape("Tag");
        2 and: Option<ReplicationRuleAndOperator> = shape("And");
    }
}

shape! {
    /// `ReplicationTime`.
    #[derive(Clone)]
    ReplicationTime {
        0 status: String = text("Status").required().limits(&limits::REPLICATION_TIME_STATUS);
        1 time: ReplicationTimeValue = shape("Time").required();
    }
}

shape! {
    /// `ReplicationTimeValue`.
    #[derive(Clone)]
    ReplicationTimeValue {
        0 minutes: Option<i32> = integer("Minutes");
    }
}

shape! {
    /// `RequestPaymentConfiguration`.
    #[derive(Clone)]
    RequestPaymentConfiguration {
        0 payer: String = text("Payer").required().limits(&limits::PAYER);
    }
}

shape! {
    /// `RestoreObjectOutput`.
    #[derive(Clone)]
    RestoreObjectOutput {
        0 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        1 status_code: Option<i32> = integer("StatusCode").status();
        unlisted "RestoreOutputPath".wire("x-amz-restore-output-path").header("x-amz-restore-output-path");
    }
}

shape! {
    /// `RestoreObjectRequest`.
    #[derive(Clone)]
    RestoreObjectRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        2 version_id: Option<String> = text("VersionId").query("versionId");
        3 restore_request: Option<RestoreRequest> = shape("RestoreRequest").payload();
        4 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        5 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        6 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `RestoreRequest`.
    #[derive(Clone)]
    RestoreRequest {
        0 days: Option<i32> = integer("Days");
        1 glacier_job_parameters: Option<GlacierJobParameters> = shape("GlacierJobParameters");
        2 tier: Option<String> = text("Tier").limits(&limits::TIER);
        3 description: Option<String> = text("Description");
        unlisted "Type";
        unlisted "SelectParameters";
        unlisted "OutputLocation";
    }
}

shape! {
    /// `RestoreStatus`.
    #[derive(Clone)]
    RestoreStatus {
        0 is_restore_in_progress: Option<bool> = boolean("IsRestoreInProgress");
        1 restore_expiry_date: Option<Time> = time("RestoreExpiryDate");
    }
}

shape! {
    /// `RoutingRule`.
    #[derive(Clone)]
    RoutingRule {
        0 condition: Option<Condition> = shape("Condition");
        1 redirect: Redirect = shape("Redirect").required();
    }
}

shape! {
    /// `S3KeyFilter`.
    #[derive(Clone)]
    S3KeyFilter {
        0 filter_rules: Option<Vec<FilterRule>> = list("FilterRules").xml("FilterRule").ec2("FilterRule").flat();
    }
}

shape! {
    /// `SSEKMS`.
    #[derive(Clone)]
    SSEKMS {
        0 key_id: String = text("KeyId").required().sensitive();
        root "SSE-KMS";
    }
}

shape! {
    /// `SSES3`.
    #[derive(Clone)]
    SSES3 {
        root "SSE-S3";
    }
}

shape! {
    /// `ServerSideEncryptionByDefault`.
    #[derive(Clone)]
    ServerSideEncryptionByDefault {
        0 sse_algorithm: String = text("SSEAlgorithm").required().limits(&limits::SERVER_SIDE_ENCRYPTION);
        1 kms_master_key_id: Option<String> = text("KMSMasterKeyID").sensitive();
    }
}

shape! {
    /// `ServerSideEncryptionConfiguration`.
    #[derive(Clone)]
    ServerSideEncryptionConfiguration {
        0 rules: Vec<ServerSideEncryptionRule> = list("Rules").required().xml("Rule").ec2("Rule").flat();
    }
}

shape! {
    /// `ServerSideEncryptionRule`.
    #[derive(Clone)]
    ServerSideEncryptionRule {
        0 apply_server_side_encryption_by_default: Option<ServerSideEncryptionByDefault> = shape("ApplyServerSideEncryptionByDefault");
        1 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled");
        2 blocked_encryption_types: Option<BlockedEncryptionTypes> = shape("BlockedEncryptionTypes");
    }
}

shape! {
    /// `SimplePrefix`.
    #[derive(Clone)]
    SimplePrefix {
    }
}

shape! {
    /// `SourceSelectionCriteria`.
    #[derive(Clone)]
    SourceSelectionCriteria {
        0 sse_kms_encrypted_objects: Option<SseKmsEncryptedObjects> = shape("SseKmsEncryptedObjects");
        1 replica_modifications: Option<ReplicaModifications> = shape("ReplicaModifications");
    }
}

shape! {
    /// `SseKmsEncryptedObjects`.
    #[derive(Clone)]
    SseKmsEncryptedObjects {
        0 status: String = text("Status").required().limits(&limits::SSE_KMS_ENCRYPTED_OBJECTS_STATUS);
    }
}

shape! {
    /// `StorageClassAnalysis`.
    #[derive(Clone)]
    StorageClassAnalysis {
        0 data_export: Option<StorageClassAnalysisDataExport> = shape("DataExport");
    }
}

shape! {
    /// `StorageClassAnalysisDataExport`.
    #[derive(Clone)]
    StorageClassAnalysisDataExport {
        0 output_schema_version: String = text("OutputSchemaVersion").required().limits(&limits::STORAGE_CLASS_ANALYSIS_SCHEMA_VERSION);
        1 destination: AnalyticsExportDestination = shape("Destination").required();
    }
}

shape! {
    /// `Tag`.
    #[derive(Clone)]
    Tag {
        0 key: String = text("Key").required().limits(&limits::OBJECT_KEY);
        1 value: String = text("Value").required();
    }
}

shape! {
    /// `Tagging`.
    #[derive(Clone)]
    Tagging {
        0 tag_set: Vec<Tag> = list("TagSet").required().item("Tag");
    }
}

shape! {
    /// `TargetGrant`.
    #[derive(Clone)]
    TargetGrant {
        0 grantee: Option<Grantee> = shape("Grantee");
        1 permission: Option<String> = text("Permission");
    }
}

shape! {
    /// `TargetObjectKeyFormat`.
    #[derive(Clone)]
    TargetObjectKeyFormat {
        0 simple_prefix: Option<SimplePrefix> = shape("SimplePrefix");
        1 partitioned_prefix: Option<PartitionedPrefix> = shape("PartitionedPrefix");
    }
}

shape! {
    /// `Tiering`.
    #[derive(Clone)]
    Tiering {
        0 days: i32 = integer("Days").required();
        1 access_tier: String = text("AccessTier").required().limits(&limits::INTELLIGENT_TIERING_ACCESS_TIER);
    }
}

shape! {
    /// `TopicConfiguration`.
    #[derive(Clone)]
    TopicConfiguration {
        0 id: Option<String> = text("Id");
        1 topic_arn: String = text("TopicArn").required().xml("Topic").ec2("Topic");
        2 events: Vec<String> = list("Events").required().xml("Event").ec2("Event").flat().limits(&limits::EVENT_LIST);
        3 filter: Option<NotificationConfigurationFilter> = shape("Filter");
    }
}

shape! {
    /// `Transition`.
    #[derive(Clone)]
    Transition {
        0 date: Option<Time> = time("Date").time(TimeFormat::Iso);
        1 days: Option<i32> = integer("Days");
        2 storage_class: Option<String> = text("StorageClass").limits(&limits::TRANSITION_STORAGE_CLASS);
    }
}

shape! {
    /// `UploadPartCopyOutput`.
    #[derive(Clone)]
    UploadPartCopyOutput {
        0 copy_source_version_id: Option<String> = text("CopySourceVersionId").header("x-amz-copy-source-version-id");
        1 copy_part_result: Option<CopyPartResult> = shape("CopyPartResult").payload();
        2 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        3 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        4 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        5 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        6 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        7 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        8 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
    }
}

shape! {
    /// `UploadPartCopyRequest`.
    #[derive(Clone)]
    UploadPartCopyRequest {
        0 bucket: String = text("Bucket").required().label("Bucket");
        1 copy_source: String = text("CopySource").required().header("x-amz-copy-source").limits(&limits::COPY_SOURCE);
        2 copy_source_if_match: Option<String> = text("CopySourceIfMatch").header("x-amz-copy-source-if-match");
        3 copy_source_if_modified_since: Option<Time> = time("CopySourceIfModifiedSince").header("x-amz-copy-source-if-modified-since");
        4 copy_source_if_none_match: Option<String> = text("CopySourceIfNoneMatch").header("x-amz-copy-source-if-none-match");
        5 copy_source_if_unmodified_since: Option<Time> = time("CopySourceIfUnmodifiedSince").header("x-amz-copy-source-if-unmodified-since");
        6 copy_source_range: Option<String> = text("CopySourceRange").header("x-amz-copy-source-range");
        7 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        8 part_number: i32 = integer("PartNumber").required().query("partNumber");
        9 upload_id: String = text("UploadId").required().query("uploadId");
        10 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        11 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        12 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        13 copy_source_sse_customer_algorithm: Option<String> = text("CopySourceSSECustomerAlgorithm").header("x-amz-copy-source-server-side-encryption-customer-algorithm");
        14 copy_source_sse_customer_key: Option<String> = text("CopySourceSSECustomerKey").header("x-amz-copy-source-server-side-encryption-customer-key").sensitive();
        15 copy_source_sse_customer_key_md5: Option<String> = text("CopySourceSSECustomerKeyMD5").header("x-amz-copy-source-server-side-encryption-customer-key-md5");
        16 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        17 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
        18 expected_source_bucket_owner: Option<String> = text("ExpectedSourceBucketOwner").header("x-amz-source-expected-bucket-owner");
    }
}

shape! {
    /// `UploadPartOutput`.
    #[derive(Clone)]
    UploadPartOutput {
        0 server_side_encryption: Option<String> = text("ServerSideEncryption").header("x-amz-server-side-encryption").limits(&limits::SERVER_SIDE_ENCRYPTION);
        1 etag: Option<String> = text("ETag").header("etag");
        2 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        3 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        4 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        5 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        6 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        7 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        8 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        9 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        10 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        11 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        12 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        13 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        14 sse_kms_key_id: Option<String> = text("SSEKMSKeyId").header("x-amz-server-side-encryption-aws-kms-key-id").sensitive();
        15 bucket_key_enabled: Option<bool> = boolean("BucketKeyEnabled").header("x-amz-server-side-encryption-bucket-key-enabled");
        16 request_charged: Option<String> = text("RequestCharged").header("x-amz-request-charged").limits(&limits::REQUEST_CHARGED);
        17 version_id: Option<String> = text("VersionId").header("x-amz-version-id");
    }
}

shape! {
    /// `UploadPartRequest`.
    UploadPartRequest {
        0 body: Stream = stream("Body").payload();
        1 bucket: String = text("Bucket").required().label("Bucket");
        2 content_length: Option<i64> = long("ContentLength").header("content-length");
        3 content_md5: Option<String> = text("ContentMD5").header("content-md5");
        4 checksum_algorithm: Option<String> = text("ChecksumAlgorithm").header("x-amz-sdk-checksum-algorithm").limits(&limits::CHECKSUM_ALGORITHM);
        5 checksum_crc32: Option<String> = text("ChecksumCRC32").header("x-amz-checksum-crc32");
        6 checksum_crc32c: Option<String> = text("ChecksumCRC32C").header("x-amz-checksum-crc32c");
        7 checksum_crc64nvme: Option<String> = text("ChecksumCRC64NVME").header("x-amz-checksum-crc64nvme");
        8 checksum_sha1: Option<String> = text("ChecksumSHA1").header("x-amz-checksum-sha1");
        9 checksum_sha256: Option<String> = text("ChecksumSHA256").header("x-amz-checksum-sha256");
        10 checksum_sha512: Option<String> = text("ChecksumSHA512").header("x-amz-checksum-sha512");
        11 checksum_md5: Option<String> = text("ChecksumMD5").header("x-amz-checksum-md5");
        12 checksum_xxhash64: Option<String> = text("ChecksumXXHASH64").header("x-amz-checksum-xxhash64");
        13 checksum_xxhash3: Option<String> = text("ChecksumXXHASH3").header("x-amz-checksum-xxhash3");
        14 checksum_xxhash128: Option<String> = text("ChecksumXXHASH128").header("x-amz-checksum-xxhash128");
        15 key: String = text("Key").required().label("Key").limits(&limits::OBJECT_KEY);
        16 part_number: i32 = integer("PartNumber").required().query("partNumber");
        17 upload_id: String = text("UploadId").required().query("uploadId");
        18 sse_customer_algorithm: Option<String> = text("SSECustomerAlgorithm").header("x-amz-server-side-encryption-customer-algorithm");
        19 sse_customer_key: Option<String> = text("SSECustomerKey").header("x-amz-server-side-encryption-customer-key").sensitive();
        20 sse_customer_key_md5: Option<String> = text("SSECustomerKeyMD5").header("x-amz-server-side-encryption-customer-key-md5");
        21 request_payer: Option<String> = text("RequestPayer").header("x-amz-request-payer").limits(&limits::REQUEST_PAYER);
        22 expected_bucket_owner: Option<String> = text("ExpectedBucketOwner").header("x-amz-expected-bucket-owner");
    }
}

shape! {
    /// `VersioningConfiguration`.
    #[derive(Clone)]
    VersioningConfiguration {
        0 mfa_delete: Option<String> = text("MFADelete").xml("MfaDelete").ec2("MfaDelete").limits(&limits::MFA_DELETE);
        1 status: Option<String> = text("Status").limits(&limits::BUCKET_VERSIONING_STATUS);
    }
}

shape! {
    /// `WebsiteConfiguration`.
    #[derive(Clone)]
    WebsiteConfiguration {
        0 error_document: Option<ErrorDocument> = shape("ErrorDocument");
        1 index_document: Option<IndexDocument> = shape("IndexDocument");
        2 redirect_all_requests_to: Option<RedirectAllRequestsTo> = shape("RedirectAllRequestsTo");
        3 routing_rules: Option<Vec<RoutingRule>> = list("RoutingRules").item("RoutingRule");
    }
}
