//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html>
#[derive(Debug, Clone, Copy)]
pub struct AbortMultipartUpload;

impl Operation for AbortMultipartUpload {
    const META: &'static Meta = &meta::ABORT_MULTIPART_UPLOAD;
    type Input = types::AbortMultipartUploadRequest;
    type Output = types::AbortMultipartUploadOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>
#[derive(Debug, Clone, Copy)]
pub struct CompleteMultipartUpload;

impl Operation for CompleteMultipartUpload {
    const META: &'static Meta = &meta::COMPLETE_MULTIPART_UPLOAD;
    type Input = types::CompleteMultipartUploadRequest;
    type Output = types::CompleteMultipartUploadOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>
#[derive(Debug, Clone, Copy)]
pub struct CopyObject;

impl Operation for CopyObject {
    const META: &'static Meta = &meta::COPY_OBJECT;
    type Input = types::CopyObjectRequest;
    type Output = types::CopyObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateBucket;

impl Operation for CreateBucket {
    const META: &'static Meta = &meta::CREATE_BUCKET;
    type Input = types::CreateBucketRequest;
    type Output = types::CreateBucketOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateMultipartUpload;

impl Operation for CreateMultipartUpload {
    const META: &'static Meta = &meta::CREATE_MULTIPART_UPLOAD;
    type Input = types::CreateMultipartUploadRequest;
    type Output = types::CreateMultipartUploadOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucket;

impl Operation for DeleteBucket {
    const META: &'static Meta = &meta::DELETE_BUCKET;
    type Input = types::DeleteBucketRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketAnalyticsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketAnalyticsConfiguration;

impl Operation for DeleteBucketAnalyticsConfiguration {
    const META: &'static Meta = &meta::DELETE_BUCKET_ANALYTICS_CONFIGURATION;
    type Input = types::DeleteBucketAnalyticsConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketCors;

impl Operation for DeleteBucketCors {
    const META: &'static Meta = &meta::DELETE_BUCKET_CORS;
    type Input = types::DeleteBucketCorsRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketEncryption;

impl Operation for DeleteBucketEncryption {
    const META: &'static Meta = &meta::DELETE_BUCKET_ENCRYPTION;
    type Input = types::DeleteBucketEncryptionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketIntelligentTieringConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketIntelligentTieringConfiguration;

impl Operation for DeleteBucketIntelligentTieringConfiguration {
    const META: &'static Meta = &meta::DELETE_BUCKET_INTELLIGENT_TIERING_CONFIGURATION;
    type Input = types::DeleteBucketIntelligentTieringConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketInventoryConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketInventoryConfiguration;

impl Operation for DeleteBucketInventoryConfiguration {
    const META: &'static Meta = &meta::DELETE_BUCKET_INVENTORY_CONFIGURATION;
    type Input = types::DeleteBucketInventoryConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketLifecycle;

impl Operation for DeleteBucketLifecycle {
    const META: &'static Meta = &meta::DELETE_BUCKET_LIFECYCLE;
    type Input = types::DeleteBucketLifecycleRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetricsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketMetricsConfiguration;

impl Operation for DeleteBucketMetricsConfiguration {
    const META: &'static Meta = &meta::DELETE_BUCKET_METRICS_CONFIGURATION;
    type Input = types::DeleteBucketMetricsConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketOwnershipControls;

impl Operation for DeleteBucketOwnershipControls {
    const META: &'static Meta = &meta::DELETE_BUCKET_OWNERSHIP_CONTROLS;
    type Input = types::DeleteBucketOwnershipControlsRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketPolicy;

impl Operation for DeleteBucketPolicy {
    const META: &'static Meta = &meta::DELETE_BUCKET_POLICY;
    type Input = types::DeleteBucketPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketReplication.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketReplication;

impl Operation for DeleteBucketReplication {
    const META: &'static Meta = &meta::DELETE_BUCKET_REPLICATION;
    type Input = types::DeleteBucketReplicationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketTagging;

impl Operation for DeleteBucketTagging {
    const META: &'static Meta = &meta::DELETE_BUCKET_TAGGING;
    type Input = types::DeleteBucketTaggingRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketWebsite.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteBucketWebsite;

impl Operation for DeleteBucketWebsite {
    const META: &'static Meta = &meta::DELETE_BUCKET_WEBSITE;
    type Input = types::DeleteBucketWebsiteRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteObject;

impl Operation for DeleteObject {
    const META: &'static Meta = &meta::DELETE_OBJECT;
    type Input = types::DeleteObjectRequest;
    type Output = types::DeleteObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteObjectTagging;

impl Operation for DeleteObjectTagging {
    const META: &'static Meta = &meta::DELETE_OBJECT_TAGGING;
    type Input = types::DeleteObjectTaggingRequest;
    type Output = types::DeleteObjectTaggingOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteObjects;

impl Operation for DeleteObjects {
    const META: &'static Meta = &meta::DELETE_OBJECTS;
    type Input = types::DeleteObjectsRequest;
    type Output = types::DeleteObjectsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct DeletePublicAccessBlock;

impl Operation for DeletePublicAccessBlock {
    const META: &'static Meta = &meta::DELETE_PUBLIC_ACCESS_BLOCK;
    type Input = types::DeletePublicAccessBlockRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAbac.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketAbac;

impl Operation for GetBucketAbac {
    const META: &'static Meta = &meta::GET_BUCKET_ABAC;
    type Input = types::GetBucketAbacRequest;
    type Output = types::GetBucketAbacOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketAccelerateConfiguration;

impl Operation for GetBucketAccelerateConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_ACCELERATE_CONFIGURATION;
    type Input = types::GetBucketAccelerateConfigurationRequest;
    type Output = types::GetBucketAccelerateConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketAcl;

impl Operation for GetBucketAcl {
    const META: &'static Meta = &meta::GET_BUCKET_ACL;
    type Input = types::GetBucketAclRequest;
    type Output = types::GetBucketAclOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAnalyticsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketAnalyticsConfiguration;

impl Operation for GetBucketAnalyticsConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_ANALYTICS_CONFIGURATION;
    type Input = types::GetBucketAnalyticsConfigurationRequest;
    type Output = types::GetBucketAnalyticsConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketCors;

impl Operation for GetBucketCors {
    const META: &'static Meta = &meta::GET_BUCKET_CORS;
    type Input = types::GetBucketCorsRequest;
    type Output = types::GetBucketCorsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketEncryption;

impl Operation for GetBucketEncryption {
    const META: &'static Meta = &meta::GET_BUCKET_ENCRYPTION;
    type Input = types::GetBucketEncryptionRequest;
    type Output = types::GetBucketEncryptionOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketIntelligentTieringConfiguration;

impl Operation for GetBucketIntelligentTieringConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_INTELLIGENT_TIERING_CONFIGURATION;
    type Input = types::GetBucketIntelligentTieringConfigurationRequest;
    type Output = types::GetBucketIntelligentTieringConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketInventoryConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketInventoryConfiguration;

impl Operation for GetBucketInventoryConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_INVENTORY_CONFIGURATION;
    type Input = types::GetBucketInventoryConfigurationRequest;
    type Output = types::GetBucketInventoryConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketLifecycleConfiguration;

impl Operation for GetBucketLifecycleConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_LIFECYCLE_CONFIGURATION;
    type Input = types::GetBucketLifecycleConfigurationRequest;
    type Output = types::GetBucketLifecycleConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketLocation;

impl Operation for GetBucketLocation {
    const META: &'static Meta = &meta::GET_BUCKET_LOCATION;
    type Input = types::GetBucketLocationRequest;
    type Output = types::GetBucketLocationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketLogging;

impl Operation for GetBucketLogging {
    const META: &'static Meta = &meta::GET_BUCKET_LOGGING;
    type Input = types::GetBucketLoggingRequest;
    type Output = types::GetBucketLoggingOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketMetricsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketMetricsConfiguration;

impl Operation for GetBucketMetricsConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_METRICS_CONFIGURATION;
    type Input = types::GetBucketMetricsConfigurationRequest;
    type Output = types::GetBucketMetricsConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketNotificationConfiguration;

impl Operation for GetBucketNotificationConfiguration {
    const META: &'static Meta = &meta::GET_BUCKET_NOTIFICATION_CONFIGURATION;
    type Input = types::GetBucketNotificationConfigurationRequest;
    type Output = types::NotificationConfiguration;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketOwnershipControls;

impl Operation for GetBucketOwnershipControls {
    const META: &'static Meta = &meta::GET_BUCKET_OWNERSHIP_CONTROLS;
    type Input = types::GetBucketOwnershipControlsRequest;
    type Output = types::GetBucketOwnershipControlsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketPolicy;

impl Operation for GetBucketPolicy {
    const META: &'static Meta = &meta::GET_BUCKET_POLICY;
    type Input = types::GetBucketPolicyRequest;
    type Output = types::GetBucketPolicyOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketPolicyStatus;

impl Operation for GetBucketPolicyStatus {
    const META: &'static Meta = &meta::GET_BUCKET_POLICY_STATUS;
    type Input = types::GetBucketPolicyStatusRequest;
    type Output = types::GetBucketPolicyStatusOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketReplication;

impl Operation for GetBucketReplication {
    const META: &'static Meta = &meta::GET_BUCKET_REPLICATION;
    type Input = types::GetBucketReplicationRequest;
    type Output = types::GetBucketReplicationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketRequestPayment;

impl Operation for GetBucketRequestPayment {
    const META: &'static Meta = &meta::GET_BUCKET_REQUEST_PAYMENT;
    type Input = types::GetBucketRequestPaymentRequest;
    type Output = types::GetBucketRequestPaymentOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketTagging;

impl Operation for GetBucketTagging {
    const META: &'static Meta = &meta::GET_BUCKET_TAGGING;
    type Input = types::GetBucketTaggingRequest;
    type Output = types::GetBucketTaggingOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketVersioning;

impl Operation for GetBucketVersioning {
    const META: &'static Meta = &meta::GET_BUCKET_VERSIONING;
    type Input = types::GetBucketVersioningRequest;
    type Output = types::GetBucketVersioningOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html>
#[derive(Debug, Clone, Copy)]
pub struct GetBucketWebsite;

impl Operation for GetBucketWebsite {
    const META: &'static Meta = &meta::GET_BUCKET_WEBSITE;
    type Input = types::GetBucketWebsiteRequest;
    type Output = types::GetBucketWebsiteOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObject;

impl Operation for GetObject {
    const META: &'static Meta = &meta::GET_OBJECT;
    type Input = types::GetObjectRequest;
    type Output = types::GetObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectAcl;

impl Operation for GetObjectAcl {
    const META: &'static Meta = &meta::GET_OBJECT_ACL;
    type Input = types::GetObjectAclRequest;
    type Output = types::GetObjectAclOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectAttributes;

impl Operation for GetObjectAttributes {
    const META: &'static Meta = &meta::GET_OBJECT_ATTRIBUTES;
    type Input = types::GetObjectAttributesRequest;
    type Output = types::GetObjectAttributesOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectLegalHold;

impl Operation for GetObjectLegalHold {
    const META: &'static Meta = &meta::GET_OBJECT_LEGAL_HOLD;
    type Input = types::GetObjectLegalHoldRequest;
    type Output = types::GetObjectLegalHoldOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectLockConfiguration;

impl Operation for GetObjectLockConfiguration {
    const META: &'static Meta = &meta::GET_OBJECT_LOCK_CONFIGURATION;
    type Input = types::GetObjectLockConfigurationRequest;
    type Output = types::GetObjectLockConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectRetention;

impl Operation for GetObjectRetention {
    const META: &'static Meta = &meta::GET_OBJECT_RETENTION;
    type Input = types::GetObjectRetentionRequest;
    type Output = types::GetObjectRetentionOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct GetObjectTagging;

impl Operation for GetObjectTagging {
    const META: &'static Meta = &meta::GET_OBJECT_TAGGING;
    type Input = types::GetObjectTaggingRequest;
    type Output = types::GetObjectTaggingOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPublicAccessBlock;

impl Operation for GetPublicAccessBlock {
    const META: &'static Meta = &meta::GET_PUBLIC_ACCESS_BLOCK;
    type Input = types::GetPublicAccessBlockRequest;
    type Output = types::GetPublicAccessBlockOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
#[derive(Debug, Clone, Copy)]
pub struct HeadBucket;

impl Operation for HeadBucket {
    const META: &'static Meta = &meta::HEAD_BUCKET;
    type Input = types::HeadBucketRequest;
    type Output = types::HeadBucketOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
#[derive(Debug, Clone, Copy)]
pub struct HeadObject;

impl Operation for HeadObject {
    const META: &'static Meta = &meta::HEAD_OBJECT;
    type Input = types::HeadObjectRequest;
    type Output = types::HeadObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html>
#[derive(Debug, Clone, Copy)]
pub struct ListBucketAnalyticsConfigurations;

impl Operation for ListBucketAnalyticsConfigurations {
    const META: &'static Meta = &meta::LIST_BUCKET_ANALYTICS_CONFIGURATIONS;
    type Input = types::ListBucketAnalyticsConfigurationsRequest;
    type Output = types::ListBucketAnalyticsConfigurationsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html>
#[derive(Debug, Clone, Copy)]
pub struct ListBucketIntelligentTieringConfigurations;

impl Operation for ListBucketIntelligentTieringConfigurations {
    const META: &'static Meta = &meta::LIST_BUCKET_INTELLIGENT_TIERING_CONFIGURATIONS;
    type Input = types::ListBucketIntelligentTieringConfigurationsRequest;
    type Output = types::ListBucketIntelligentTieringConfigurationsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketInventoryConfigurations.html>
#[derive(Debug, Clone, Copy)]
pub struct ListBucketInventoryConfigurations;

impl Operation for ListBucketInventoryConfigurations {
    const META: &'static Meta = &meta::LIST_BUCKET_INVENTORY_CONFIGURATIONS;
    type Input = types::ListBucketInventoryConfigurationsRequest;
    type Output = types::ListBucketInventoryConfigurationsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketMetricsConfigurations.html>
#[derive(Debug, Clone, Copy)]
pub struct ListBucketMetricsConfigurations;

impl Operation for ListBucketMetricsConfigurations {
    const META: &'static Meta = &meta::LIST_BUCKET_METRICS_CONFIGURATIONS;
    type Input = types::ListBucketMetricsConfigurationsRequest;
    type Output = types::ListBucketMetricsConfigurationsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
#[derive(Debug, Clone, Copy)]
pub struct ListBuckets;

impl Operation for ListBuckets {
    const META: &'static Meta = &meta::LIST_BUCKETS;
    type Input = types::ListBucketsRequest;
    type Output = types::ListBucketsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html>
#[derive(Debug, Clone, Copy)]
pub struct ListMultipartUploads;

impl Operation for ListMultipartUploads {
    const META: &'static Meta = &meta::LIST_MULTIPART_UPLOADS;
    type Input = types::ListMultipartUploadsRequest;
    type Output = types::ListMultipartUploadsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>
#[derive(Debug, Clone, Copy)]
pub struct ListObjectVersions;

impl Operation for ListObjectVersions {
    const META: &'static Meta = &meta::LIST_OBJECT_VERSIONS;
    type Input = types::ListObjectVersionsRequest;
    type Output = types::ListObjectVersionsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html>
#[derive(Debug, Clone, Copy)]
pub struct ListObjects;

impl Operation for ListObjects {
    const META: &'static Meta = &meta::LIST_OBJECTS;
    type Input = types::ListObjectsRequest;
    type Output = types::ListObjectsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
#[derive(Debug, Clone, Copy)]
pub struct ListObjectsV2;

impl Operation for ListObjectsV2 {
    const META: &'static Meta = &meta::LIST_OBJECTS_V2;
    type Input = types::ListObjectsV2Request;
    type Output = types::ListObjectsV2Output;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html>
#[derive(Debug, Clone, Copy)]
pub struct ListParts;

impl Operation for ListParts {
    const META: &'static Meta = &meta::LIST_PARTS;
    type Input = types::ListPartsRequest;
    type Output = types::ListPartsOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketAbac;

impl Operation for PutBucketAbac {
    const META: &'static Meta = &meta::PUT_BUCKET_ABAC;
    type Input = types::PutBucketAbacRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketAccelerateConfiguration;

impl Operation for PutBucketAccelerateConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_ACCELERATE_CONFIGURATION;
    type Input = types::PutBucketAccelerateConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketAcl;

impl Operation for PutBucketAcl {
    const META: &'static Meta = &meta::PUT_BUCKET_ACL;
    type Input = types::PutBucketAclRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketAnalyticsConfiguration;

impl Operation for PutBucketAnalyticsConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_ANALYTICS_CONFIGURATION;
    type Input = types::PutBucketAnalyticsConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketCors;

impl Operation for PutBucketCors {
    const META: &'static Meta = &meta::PUT_BUCKET_CORS;
    type Input = types::PutBucketCorsRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketEncryption;

impl Operation for PutBucketEncryption {
    const META: &'static Meta = &meta::PUT_BUCKET_ENCRYPTION;
    type Input = types::PutBucketEncryptionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketIntelligentTieringConfiguration;

impl Operation for PutBucketIntelligentTieringConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_INTELLIGENT_TIERING_CONFIGURATION;
    type Input = types::PutBucketIntelligentTieringConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketInventoryConfiguration;

impl Operation for PutBucketInventoryConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_INVENTORY_CONFIGURATION;
    type Input = types::PutBucketInventoryConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketLifecycleConfiguration;

impl Operation for PutBucketLifecycleConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_LIFECYCLE_CONFIGURATION;
    type Input = types::PutBucketLifecycleConfigurationRequest;
    type Output = types::PutBucketLifecycleConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketLogging;

impl Operation for PutBucketLogging {
    const META: &'static Meta = &meta::PUT_BUCKET_LOGGING;
    type Input = types::PutBucketLoggingRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketMetricsConfiguration;

impl Operation for PutBucketMetricsConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_METRICS_CONFIGURATION;
    type Input = types::PutBucketMetricsConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketNotificationConfiguration;

impl Operation for PutBucketNotificationConfiguration {
    const META: &'static Meta = &meta::PUT_BUCKET_NOTIFICATION_CONFIGURATION;
    type Input = types::PutBucketNotificationConfigurationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketOwnershipControls;

impl Operation for PutBucketOwnershipControls {
    const META: &'static Meta = &meta::PUT_BUCKET_OWNERSHIP_CONTROLS;
    type Input = types::PutBucketOwnershipControlsRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketPolicy;

impl Operation for PutBucketPolicy {
    const META: &'static Meta = &meta::PUT_BUCKET_POLICY;
    type Input = types::PutBucketPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketReplication;

impl Operation for PutBucketReplication {
    const META: &'static Meta = &meta::PUT_BUCKET_REPLICATION;
    type Input = types::PutBucketReplicationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketRequestPayment;

impl Operation for PutBucketRequestPayment {
    const META: &'static Meta = &meta::PUT_BUCKET_REQUEST_PAYMENT;
    type Input = types::PutBucketRequestPaymentRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketTagging;

impl Operation for PutBucketTagging {
    const META: &'static Meta = &meta::PUT_BUCKET_TAGGING;
    type Input = types::PutBucketTaggingRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketVersioning;

impl Operation for PutBucketVersioning {
    const META: &'static Meta = &meta::PUT_BUCKET_VERSIONING;
    type Input = types::PutBucketVersioningRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html>
#[derive(Debug, Clone, Copy)]
pub struct PutBucketWebsite;

impl Operation for PutBucketWebsite {
    const META: &'static Meta = &meta::PUT_BUCKET_WEBSITE;
    type Input = types::PutBucketWebsiteRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObject;

impl Operation for PutObject {
    const META: &'static Meta = &meta::PUT_OBJECT;
    type Input = types::PutObjectRequest;
    type Output = types::PutObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObjectAcl;

impl Operation for PutObjectAcl {
    const META: &'static Meta = &meta::PUT_OBJECT_ACL;
    type Input = types::PutObjectAclRequest;
    type Output = types::PutObjectAclOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObjectLegalHold;

impl Operation for PutObjectLegalHold {
    const META: &'static Meta = &meta::PUT_OBJECT_LEGAL_HOLD;
    type Input = types::PutObjectLegalHoldRequest;
    type Output = types::PutObjectLegalHoldOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObjectLockConfiguration;

impl Operation for PutObjectLockConfiguration {
    const META: &'static Meta = &meta::PUT_OBJECT_LOCK_CONFIGURATION;
    type Input = types::PutObjectLockConfigurationRequest;
    type Output = types::PutObjectLockConfigurationOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObjectRetention;

impl Operation for PutObjectRetention {
    const META: &'static Meta = &meta::PUT_OBJECT_RETENTION;
    type Input = types::PutObjectRetentionRequest;
    type Output = types::PutObjectRetentionOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html>
#[derive(Debug, Clone, Copy)]
pub struct PutObjectTagging;

impl Operation for PutObjectTagging {
    const META: &'static Meta = &meta::PUT_OBJECT_TAGGING;
    type Input = types::PutObjectTaggingRequest;
    type Output = types::PutObjectTaggingOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html>
#[derive(Debug, Clone, Copy)]
pub struct PutPublicAccessBlock;

impl Operation for PutPublicAccessBlock {
    const META: &'static Meta = &meta::PUT_PUBLIC_ACCESS_BLOCK;
    type Input = types::PutPublicAccessBlockRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html>
#[derive(Debug, Clone, Copy)]
pub struct RestoreObject;

impl Operation for RestoreObject {
    const META: &'static Meta = &meta::RESTORE_OBJECT;
    type Input = types::RestoreObjectRequest;
    type Output = types::RestoreObjectOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html>
#[derive(Debug, Clone, Copy)]
pub struct UploadPart;

impl Operation for UploadPart {
    const META: &'static Meta = &meta::UPLOAD_PART;
    type Input = types::UploadPartRequest;
    type Output = types::UploadPartOutput;
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html>
#[derive(Debug, Clone, Copy)]
pub struct UploadPartCopy;

impl Operation for UploadPartCopy {
    const META: &'static Meta = &meta::UPLOAD_PART_COPY;
    type Input = types::UploadPartCopyRequest;
    type Output = types::UploadPartCopyOutput;
}
