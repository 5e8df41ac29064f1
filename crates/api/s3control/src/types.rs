//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Map, Time, shape};

use crate::limits;

shape! {
    /// `AccessPoint`.
    #[derive(Clone)]
    AccessPoint {
        0 name: Option<String> = text("Name").required().limits(&limits::ACCESS_POINT_NAME);
        1 network_origin: Option<String> = text("NetworkOrigin").required().limits(&limits::NETWORK_ORIGIN);
        2 vpc_configuration: Option<VpcConfiguration> = shape("VpcConfiguration");
        3 bucket: Option<String> = text("Bucket").required().limits(&limits::ACCESS_POINT_BUCKET_NAME);
        4 access_point_arn: Option<String> = text("AccessPointArn").limits(&limits::S3_ACCESS_POINT_ARN);
        5 alias: Option<String> = text("Alias").limits(&limits::ALIAS);
        6 bucket_account_id: Option<String> = text("BucketAccountId").limits(&limits::ACCOUNT_ID);
        unlisted "DataSourceId";
        unlisted "DataSourceType";
    }
}

shape! {
    /// `CreateAccessPointRequest`.
    #[derive(Clone)]
    CreateAccessPointRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
        2 bucket: String = text("Bucket").required().limits(&limits::BUCKET_NAME);
        3 vpc_configuration: Option<VpcConfiguration> = shape("VpcConfiguration");
        4 public_access_block_configuration: Option<PublicAccessBlockConfiguration> = shape("PublicAccessBlockConfiguration");
        5 bucket_account_id: Option<String> = text("BucketAccountId").limits(&limits::ACCOUNT_ID);
        unlisted "Scope";
        unlisted "Tags";
    }
}

shape! {
    /// `CreateAccessPointResult`.
    #[derive(Clone)]
    CreateAccessPointResult {
        0 access_point_arn: Option<String> = text("AccessPointArn").limits(&limits::S3_ACCESS_POINT_ARN);
        1 alias: Option<String> = text("Alias").limits(&limits::ALIAS);
    }
}

shape! {
    /// `DeleteAccessPointPolicyRequest`.
    #[derive(Clone)]
    DeleteAccessPointPolicyRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
    }
}

shape! {
    /// `DeleteAccessPointRequest`.
    #[derive(Clone)]
    DeleteAccessPointRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
    }
}

shape! {
    /// `DeletePublicAccessBlockRequest`.
    #[derive(Clone)]
    DeletePublicAccessBlockRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
    }
}

shape! {
    /// `GetAccessPointPolicyRequest`.
    #[derive(Clone)]
    GetAccessPointPolicyRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
    }
}

shape! {
    /// `GetAccessPointPolicyResult`.
    #[derive(Clone)]
    GetAccessPointPolicyResult {
        0 policy: Option<String> = text("Policy");
    }
}

shape! {
    /// `GetAccessPointPolicyStatusRequest`.
    #[derive(Clone)]
    GetAccessPointPolicyStatusRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
    }
}

shape! {
    /// `GetAccessPointPolicyStatusResult`.
    #[derive(Clone)]
    GetAccessPointPolicyStatusResult {
        0 policy_status: Option<PolicyStatus> = shape("PolicyStatus");
    }
}

shape! {
    /// `GetAccessPointRequest`.
    #[derive(Clone)]
    GetAccessPointRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
    }
}

shape! {
    /// `GetAccessPointResult`.
    #[derive(Clone)]
    GetAccessPointResult {
        0 name: Option<String> = text("Name").limits(&limits::ACCESS_POINT_NAME);
        1 bucket: Option<String> = text("Bucket").limits(&limits::ACCESS_POINT_BUCKET_NAME);
        2 network_origin: Option<String> = text("NetworkOrigin").limits(&limits::NETWORK_ORIGIN);
        3 vpc_configuration: Option<VpcConfiguration> = shape("VpcConfiguration");
        4 public_access_block_configuration: Option<PublicAccessBlockConfiguration> = shape("PublicAccessBlockConfiguration");
        5 creation_date: Option<Time> = time("CreationDate");
        6 alias: Option<String> = text("Alias").limits(&limits::ALIAS);
        7 access_point_arn: Option<String> = text("AccessPointArn").limits(&limits::S3_ACCESS_POINT_ARN);
        8 endpoints: Option<Map<String>> = map("Endpoints").limits(&limits::ENDPOINTS);
        9 bucket_account_id: Option<String> = text("BucketAccountId").limits(&limits::ACCOUNT_ID);
        unlisted "DataSourceId";
        unlisted "DataSourceType";
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
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
    }
}

shape! {
    /// `ListAccessPointsRequest`.
    #[derive(Clone)]
    ListAccessPointsRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 bucket: Option<String> = text("Bucket").query("bucket").limits(&limits::BUCKET_NAME);
        2 next_token: Option<String> = text("NextToken").query("nextToken").limits(&limits::NON_EMPTY_MAX_LENGTH1024_STRING);
        3 max_results: Option<i32> = integer("MaxResults").query("maxResults").limits(&limits::MAX_RESULTS);
        unlisted "DataSourceId".wire("dataSourceId").query("dataSourceId");
        unlisted "DataSourceType".wire("dataSourceType").query("dataSourceType");
    }
}

shape! {
    /// `ListAccessPointsResult`.
    #[derive(Clone)]
    ListAccessPointsResult {
        0 access_point_list: Option<Vec<AccessPoint>> = list("AccessPointList").item("AccessPoint");
        1 next_token: Option<String> = text("NextToken").limits(&limits::NON_EMPTY_MAX_LENGTH1024_STRING);
    }
}

shape! {
    /// `ListTagsForResourceRequest`.
    #[derive(Clone)]
    ListTagsForResourceRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 resource_arn: String = text("ResourceArn").required().label("resourceArn").limits(&limits::S3_RESOURCE_ARN);
    }
}

shape! {
    /// `ListTagsForResourceResult`.
    #[derive(Clone)]
    ListTagsForResourceResult {
        0 tags: Option<Vec<Tag>> = list("Tags").item("Tag").limits(&limits::TAG_LIST);
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
    /// `PutAccessPointPolicyRequest`.
    #[derive(Clone)]
    PutAccessPointPolicyRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 name: String = text("Name").required().label("name").limits(&limits::ACCESS_POINT_NAME);
        2 policy: String = text("Policy").required();
    }
}

shape! {
    /// `PutPublicAccessBlockRequest`.
    #[derive(Clone)]
    PutPublicAccessBlockRequest {
        0 public_access_block_configuration: PublicAccessBlockConfiguration = shape("PublicAccessBlockConfiguration").required().payload();
        1 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
    }
}

shape! {
    /// `Tag`.
    #[derive(Clone)]
    Tag {
        0 key: String = text("Key").required().limits(&limits::TAG_KEY_STRING);
        1 value: String = text("Value").required().limits(&limits::TAG_VALUE_STRING);
    }
}

shape! {
    /// `TagResourceRequest`.
    #[derive(Clone)]
    TagResourceRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 resource_arn: String = text("ResourceArn").required().label("resourceArn").limits(&limits::S3_RESOURCE_ARN);
        2 tags: Vec<Tag> = list("Tags").required().item("Tag").limits(&limits::TAG_LIST);
    }
}

shape! {
    /// `TagResourceResult`.
    #[derive(Clone)]
    TagResourceResult {
    }
}

shape! {
    /// `UntagResourceRequest`.
    #[derive(Clone)]
    UntagResourceRequest {
        0 account_id: String = text("AccountId").required().header("x-amz-account-id").limits(&limits::ACCOUNT_ID);
        1 resource_arn: String = text("ResourceArn").required().label("resourceArn").limits(&limits::S3_RESOURCE_ARN);
        2 tag_keys: Vec<String> = list("TagKeys").required().query("tagKeys").limits(&limits::TAG_KEY_LIST);
    }
}

shape! {
    /// `UntagResourceResult`.
    #[derive(Clone)]
    UntagResourceResult {
    }
}

shape! {
    /// `VpcConfiguration`.
    #[derive(Clone)]
    VpcConfiguration {
        0 vpc_id: String = text("VpcId").required().limits(&limits::VPC_ID);
    }
}
