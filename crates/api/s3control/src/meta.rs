//! Facts of the service and its operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::operation::Segment::{Greedy, Label, Word};
use wire::operation::blank;
use wire::{Http, Meta, OperationRow, ServiceMeta};

use crate::{errors, types};

/// Facts of the service.
pub static SERVICE: ServiceMeta = ServiceMeta {
    id: "s3control",
    title: "AWS S3 Control",
    signing_name: "s3",
    endpoint_prefix: "s3-control",
    api_version: "2018-08-20",
    target_prefix: "",
    namespace: "com.amazonaws.s3control",
    xml_namespace: "http://awss3control.amazonaws.com/doc/2018-08-20/",
    query_compatible: false,
    s3: true,
    objects: false,
    protocols: &[&wire::protocol::REST_XML],
    operations: &OPERATIONS,
    literals: &[],
    routes: &[
        8, 25, 68, 86, 55, 56, 57, 90, 16, 26, 41, 43, 58, 77, 87, 0, 1, 3, 10, 12, 13, 17, 18, 20, 21, 22,
        23, 24, 28, 32, 33, 35, 36, 37, 39, 42, 44, 45, 47, 48, 49, 50, 51, 52, 53, 60, 62, 64, 70, 75, 76,
        78, 79, 80, 81, 82, 83, 84, 85, 89, 93, 94, 95, 31, 54, 4, 14, 38, 65, 2, 5, 6, 7, 9, 11, 15, 19, 27,
        29, 30, 34, 40, 46, 59, 61, 63, 66, 67, 69, 71, 72, 73, 88, 96, 92, 74, 91,
    ],
};

static OPERATIONS: [OperationRow; 97] = [
    OperationRow {
        name: "AssociateAccessGrantsIdentityCenter",
        http: &AT_ASSOCIATE_ACCESS_GRANTS_IDENTITY_CENTER,
        meta: None,
    },
    OperationRow { name: "CreateAccessGrant", http: &AT_CREATE_ACCESS_GRANT, meta: None },
    OperationRow { name: "CreateAccessGrantsInstance", http: &AT_CREATE_ACCESS_GRANTS_INSTANCE, meta: None },
    OperationRow { name: "CreateAccessGrantsLocation", http: &AT_CREATE_ACCESS_GRANTS_LOCATION, meta: None },
    OperationRow {
        name: "CreateAccessPoint",
        http: &AT_CREATE_ACCESS_POINT,
        meta: Some(&CREATE_ACCESS_POINT),
    },
    OperationRow {
        name: "CreateAccessPointForObjectLambda",
        http: &AT_CREATE_ACCESS_POINT_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow { name: "CreateBucket", http: &AT_CREATE_BUCKET, meta: None },
    OperationRow { name: "CreateJob", http: &AT_CREATE_JOB, meta: None },
    OperationRow {
        name: "CreateMultiRegionAccessPoint",
        http: &AT_CREATE_MULTI_REGION_ACCESS_POINT,
        meta: None,
    },
    OperationRow { name: "CreateStorageLensGroup", http: &AT_CREATE_STORAGE_LENS_GROUP, meta: None },
    OperationRow { name: "DeleteAccessGrant", http: &AT_DELETE_ACCESS_GRANT, meta: None },
    OperationRow { name: "DeleteAccessGrantsInstance", http: &AT_DELETE_ACCESS_GRANTS_INSTANCE, meta: None },
    OperationRow {
        name: "DeleteAccessGrantsInstanceResourcePolicy",
        http: &AT_DELETE_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY,
        meta: None,
    },
    OperationRow { name: "DeleteAccessGrantsLocation", http: &AT_DELETE_ACCESS_GRANTS_LOCATION, meta: None },
    OperationRow {
        name: "DeleteAccessPoint",
        http: &AT_DELETE_ACCESS_POINT,
        meta: Some(&DELETE_ACCESS_POINT),
    },
    OperationRow {
        name: "DeleteAccessPointForObjectLambda",
        http: &AT_DELETE_ACCESS_POINT_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow {
        name: "DeleteAccessPointPolicy",
        http: &AT_DELETE_ACCESS_POINT_POLICY,
        meta: Some(&DELETE_ACCESS_POINT_POLICY),
    },
    OperationRow {
        name: "DeleteAccessPointPolicyForObjectLambda",
        http: &AT_DELETE_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow { name: "DeleteAccessPointScope", http: &AT_DELETE_ACCESS_POINT_SCOPE, meta: None },
    OperationRow { name: "DeleteBucket", http: &AT_DELETE_BUCKET, meta: None },
    OperationRow {
        name: "DeleteBucketLifecycleConfiguration",
        http: &AT_DELETE_BUCKET_LIFECYCLE_CONFIGURATION,
        meta: None,
    },
    OperationRow { name: "DeleteBucketPolicy", http: &AT_DELETE_BUCKET_POLICY, meta: None },
    OperationRow { name: "DeleteBucketReplication", http: &AT_DELETE_BUCKET_REPLICATION, meta: None },
    OperationRow { name: "DeleteBucketTagging", http: &AT_DELETE_BUCKET_TAGGING, meta: None },
    OperationRow { name: "DeleteJobTagging", http: &AT_DELETE_JOB_TAGGING, meta: None },
    OperationRow {
        name: "DeleteMultiRegionAccessPoint",
        http: &AT_DELETE_MULTI_REGION_ACCESS_POINT,
        meta: None,
    },
    OperationRow {
        name: "DeletePublicAccessBlock",
        http: &AT_DELETE_PUBLIC_ACCESS_BLOCK,
        meta: Some(&DELETE_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow {
        name: "DeleteStorageLensConfiguration",
        http: &AT_DELETE_STORAGE_LENS_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "DeleteStorageLensConfigurationTagging",
        http: &AT_DELETE_STORAGE_LENS_CONFIGURATION_TAGGING,
        meta: None,
    },
    OperationRow { name: "DeleteStorageLensGroup", http: &AT_DELETE_STORAGE_LENS_GROUP, meta: None },
    OperationRow { name: "DescribeJob", http: &AT_DESCRIBE_JOB, meta: None },
    OperationRow {
        name: "DescribeMultiRegionAccessPointOperation",
        http: &AT_DESCRIBE_MULTI_REGION_ACCESS_POINT_OPERATION,
        meta: None,
    },
    OperationRow {
        name: "DissociateAccessGrantsIdentityCenter",
        http: &AT_DISSOCIATE_ACCESS_GRANTS_IDENTITY_CENTER,
        meta: None,
    },
    OperationRow { name: "GetAccessGrant", http: &AT_GET_ACCESS_GRANT, meta: None },
    OperationRow { name: "GetAccessGrantsInstance", http: &AT_GET_ACCESS_GRANTS_INSTANCE, meta: None },
    OperationRow {
        name: "GetAccessGrantsInstanceForPrefix",
        http: &AT_GET_ACCESS_GRANTS_INSTANCE_FOR_PREFIX,
        meta: None,
    },
    OperationRow {
        name: "GetAccessGrantsInstanceResourcePolicy",
        http: &AT_GET_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY,
        meta: None,
    },
    OperationRow { name: "GetAccessGrantsLocation", http: &AT_GET_ACCESS_GRANTS_LOCATION, meta: None },
    OperationRow { name: "GetAccessPoint", http: &AT_GET_ACCESS_POINT, meta: Some(&GET_ACCESS_POINT) },
    OperationRow {
        name: "GetAccessPointConfigurationForObjectLambda",
        http: &AT_GET_ACCESS_POINT_CONFIGURATION_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow {
        name: "GetAccessPointForObjectLambda",
        http: &AT_GET_ACCESS_POINT_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow {
        name: "GetAccessPointPolicy",
        http: &AT_GET_ACCESS_POINT_POLICY,
        meta: Some(&GET_ACCESS_POINT_POLICY),
    },
    OperationRow {
        name: "GetAccessPointPolicyForObjectLambda",
        http: &AT_GET_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow {
        name: "GetAccessPointPolicyStatus",
        http: &AT_GET_ACCESS_POINT_POLICY_STATUS,
        meta: Some(&GET_ACCESS_POINT_POLICY_STATUS),
    },
    OperationRow {
        name: "GetAccessPointPolicyStatusForObjectLambda",
        http: &AT_GET_ACCESS_POINT_POLICY_STATUS_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow { name: "GetAccessPointScope", http: &AT_GET_ACCESS_POINT_SCOPE, meta: None },
    OperationRow { name: "GetBucket", http: &AT_GET_BUCKET, meta: None },
    OperationRow {
        name: "GetBucketLifecycleConfiguration",
        http: &AT_GET_BUCKET_LIFECYCLE_CONFIGURATION,
        meta: None,
    },
    OperationRow { name: "GetBucketPolicy", http: &AT_GET_BUCKET_POLICY, meta: None },
    OperationRow { name: "GetBucketReplication", http: &AT_GET_BUCKET_REPLICATION, meta: None },
    OperationRow { name: "GetBucketTagging", http: &AT_GET_BUCKET_TAGGING, meta: None },
    OperationRow { name: "GetBucketVersioning", http: &AT_GET_BUCKET_VERSIONING, meta: None },
    OperationRow { name: "GetDataAccess", http: &AT_GET_DATA_ACCESS, meta: None },
    OperationRow { name: "GetJobTagging", http: &AT_GET_JOB_TAGGING, meta: None },
    OperationRow { name: "GetMultiRegionAccessPoint", http: &AT_GET_MULTI_REGION_ACCESS_POINT, meta: None },
    OperationRow {
        name: "GetMultiRegionAccessPointPolicy",
        http: &AT_GET_MULTI_REGION_ACCESS_POINT_POLICY,
        meta: None,
    },
    OperationRow {
        name: "GetMultiRegionAccessPointPolicyStatus",
        http: &AT_GET_MULTI_REGION_ACCESS_POINT_POLICY_STATUS,
        meta: None,
    },
    OperationRow {
        name: "GetMultiRegionAccessPointRoutes",
        http: &AT_GET_MULTI_REGION_ACCESS_POINT_ROUTES,
        meta: None,
    },
    OperationRow {
        name: "GetPublicAccessBlock",
        http: &AT_GET_PUBLIC_ACCESS_BLOCK,
        meta: Some(&GET_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow {
        name: "GetStorageLensConfiguration",
        http: &AT_GET_STORAGE_LENS_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "GetStorageLensConfigurationTagging",
        http: &AT_GET_STORAGE_LENS_CONFIGURATION_TAGGING,
        meta: None,
    },
    OperationRow { name: "GetStorageLensGroup", http: &AT_GET_STORAGE_LENS_GROUP, meta: None },
    OperationRow { name: "ListAccessGrants", http: &AT_LIST_ACCESS_GRANTS, meta: None },
    OperationRow { name: "ListAccessGrantsInstances", http: &AT_LIST_ACCESS_GRANTS_INSTANCES, meta: None },
    OperationRow { name: "ListAccessGrantsLocations", http: &AT_LIST_ACCESS_GRANTS_LOCATIONS, meta: None },
    OperationRow { name: "ListAccessPoints", http: &AT_LIST_ACCESS_POINTS, meta: Some(&LIST_ACCESS_POINTS) },
    OperationRow {
        name: "ListAccessPointsForDirectoryBuckets",
        http: &AT_LIST_ACCESS_POINTS_FOR_DIRECTORY_BUCKETS,
        meta: None,
    },
    OperationRow {
        name: "ListAccessPointsForObjectLambda",
        http: &AT_LIST_ACCESS_POINTS_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow { name: "ListCallerAccessGrants", http: &AT_LIST_CALLER_ACCESS_GRANTS, meta: None },
    OperationRow { name: "ListJobs", http: &AT_LIST_JOBS, meta: None },
    OperationRow {
        name: "ListMultiRegionAccessPoints",
        http: &AT_LIST_MULTI_REGION_ACCESS_POINTS,
        meta: None,
    },
    OperationRow { name: "ListRegionalBuckets", http: &AT_LIST_REGIONAL_BUCKETS, meta: None },
    OperationRow {
        name: "ListStorageLensConfigurations",
        http: &AT_LIST_STORAGE_LENS_CONFIGURATIONS,
        meta: None,
    },
    OperationRow { name: "ListStorageLensGroups", http: &AT_LIST_STORAGE_LENS_GROUPS, meta: None },
    OperationRow {
        name: "ListTagsForResource",
        http: &AT_LIST_TAGS_FOR_RESOURCE,
        meta: Some(&LIST_TAGS_FOR_RESOURCE),
    },
    OperationRow {
        name: "PutAccessGrantsInstanceResourcePolicy",
        http: &AT_PUT_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY,
        meta: None,
    },
    OperationRow {
        name: "PutAccessPointConfigurationForObjectLambda",
        http: &AT_PUT_ACCESS_POINT_CONFIGURATION_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow {
        name: "PutAccessPointPolicy",
        http: &AT_PUT_ACCESS_POINT_POLICY,
        meta: Some(&PUT_ACCESS_POINT_POLICY),
    },
    OperationRow {
        name: "PutAccessPointPolicyForObjectLambda",
        http: &AT_PUT_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA,
        meta: None,
    },
    OperationRow { name: "PutAccessPointScope", http: &AT_PUT_ACCESS_POINT_SCOPE, meta: None },
    OperationRow {
        name: "PutBucketLifecycleConfiguration",
        http: &AT_PUT_BUCKET_LIFECYCLE_CONFIGURATION,
        meta: None,
    },
    OperationRow { name: "PutBucketPolicy", http: &AT_PUT_BUCKET_POLICY, meta: None },
    OperationRow { name: "PutBucketReplication", http: &AT_PUT_BUCKET_REPLICATION, meta: None },
    OperationRow { name: "PutBucketTagging", http: &AT_PUT_BUCKET_TAGGING, meta: None },
    OperationRow { name: "PutBucketVersioning", http: &AT_PUT_BUCKET_VERSIONING, meta: None },
    OperationRow { name: "PutJobTagging", http: &AT_PUT_JOB_TAGGING, meta: None },
    OperationRow {
        name: "PutMultiRegionAccessPointPolicy",
        http: &AT_PUT_MULTI_REGION_ACCESS_POINT_POLICY,
        meta: None,
    },
    OperationRow {
        name: "PutPublicAccessBlock",
        http: &AT_PUT_PUBLIC_ACCESS_BLOCK,
        meta: Some(&PUT_PUBLIC_ACCESS_BLOCK),
    },
    OperationRow {
        name: "PutStorageLensConfiguration",
        http: &AT_PUT_STORAGE_LENS_CONFIGURATION,
        meta: None,
    },
    OperationRow {
        name: "PutStorageLensConfigurationTagging",
        http: &AT_PUT_STORAGE_LENS_CONFIGURATION_TAGGING,
        meta: None,
    },
    OperationRow {
        name: "SubmitMultiRegionAccessPointRoutes",
        http: &AT_SUBMIT_MULTI_REGION_ACCESS_POINT_ROUTES,
        meta: None,
    },
    OperationRow { name: "TagResource", http: &AT_TAG_RESOURCE, meta: Some(&TAG_RESOURCE) },
    OperationRow { name: "UntagResource", http: &AT_UNTAG_RESOURCE, meta: Some(&UNTAG_RESOURCE) },
    OperationRow { name: "UpdateAccessGrantsLocation", http: &AT_UPDATE_ACCESS_GRANTS_LOCATION, meta: None },
    OperationRow { name: "UpdateJobPriority", http: &AT_UPDATE_JOB_PRIORITY, meta: None },
    OperationRow { name: "UpdateJobStatus", http: &AT_UPDATE_JOB_STATUS, meta: None },
    OperationRow { name: "UpdateStorageLensGroup", http: &AT_UPDATE_STORAGE_LENS_GROUP, meta: None },
];

static AT_ASSOCIATE_ACCESS_GRANTS_IDENTITY_CENTER: Http = Http {
    method: "POST",
    uri: "/v20180820/accessgrantsinstance/identitycenter",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("identitycenter")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_ACCESS_GRANT: Http = Http {
    method: "POST",
    uri: "/v20180820/accessgrantsinstance/grant",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("grant")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_ACCESS_GRANTS_INSTANCE: Http = Http {
    method: "POST",
    uri: "/v20180820/accessgrantsinstance",
    path: &[Word("v20180820"), Word("accessgrantsinstance")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_ACCESS_GRANTS_LOCATION: Http = Http {
    method: "POST",
    uri: "/v20180820/accessgrantsinstance/location",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("location")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_ACCESS_POINT: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspoint/{name}",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_ACCESS_POINT_FOR_OBJECT_LAMBDA: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspointforobjectlambda/{name}",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_BUCKET: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}",
    path: &[Word("v20180820"), Word("bucket"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_JOB: Http = Http {
    method: "POST",
    uri: "/v20180820/jobs",
    path: &[Word("v20180820"), Word("jobs")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_MULTI_REGION_ACCESS_POINT: Http = Http {
    method: "POST",
    uri: "/v20180820/async-requests/mrap/create",
    path: &[Word("v20180820"), Word("async-requests"), Word("mrap"), Word("create")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_CREATE_STORAGE_LENS_GROUP: Http = Http {
    method: "POST",
    uri: "/v20180820/storagelensgroup",
    path: &[Word("v20180820"), Word("storagelensgroup")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_ACCESS_GRANT: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accessgrantsinstance/grant/{id}",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("grant"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_GRANTS_INSTANCE: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accessgrantsinstance",
    path: &[Word("v20180820"), Word("accessgrantsinstance")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accessgrantsinstance/resourcepolicy",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("resourcepolicy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_GRANTS_LOCATION: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accessgrantsinstance/location/{id}",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("location"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_POINT: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accesspoint/{name}",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_POINT_FOR_OBJECT_LAMBDA: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accesspointforobjectlambda/{name}",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_POINT_POLICY: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accesspoint/{name}/policy",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accesspointforobjectlambda/{name}/policy",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_ACCESS_POINT_SCOPE: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accesspoint/{name}/scope",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("scope")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET: Http = Http {
    method: "DELETE",
    uri: "/v20180820/bucket/{name}",
    path: &[Word("v20180820"), Word("bucket"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET_LIFECYCLE_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/v20180820/bucket/{name}/lifecycleconfiguration",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("lifecycleconfiguration")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET_POLICY: Http = Http {
    method: "DELETE",
    uri: "/v20180820/bucket/{name}/policy",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET_REPLICATION: Http = Http {
    method: "DELETE",
    uri: "/v20180820/bucket/{name}/replication",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("replication")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_BUCKET_TAGGING: Http = Http {
    method: "DELETE",
    uri: "/v20180820/bucket/{name}/tagging",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DELETE_JOB_TAGGING: Http = Http {
    method: "DELETE",
    uri: "/v20180820/jobs/{id}/tagging",
    path: &[Word("v20180820"), Word("jobs"), Label("id"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_MULTI_REGION_ACCESS_POINT: Http = Http {
    method: "POST",
    uri: "/v20180820/async-requests/mrap/delete",
    path: &[Word("v20180820"), Word("async-requests"), Word("mrap"), Word("delete")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "DELETE",
    uri: "/v20180820/configuration/publicAccessBlock",
    path: &[Word("v20180820"), Word("configuration"), Word("publicAccessBlock")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_STORAGE_LENS_CONFIGURATION: Http = Http {
    method: "DELETE",
    uri: "/v20180820/storagelens/{storagelensid}",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_STORAGE_LENS_CONFIGURATION_TAGGING: Http = Http {
    method: "DELETE",
    uri: "/v20180820/storagelens/{storagelensid}/tagging",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DELETE_STORAGE_LENS_GROUP: Http = Http {
    method: "DELETE",
    uri: "/v20180820/storagelensgroup/{name}",
    path: &[Word("v20180820"), Word("storagelensgroup"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_DESCRIBE_JOB: Http = Http {
    method: "GET",
    uri: "/v20180820/jobs/{id}",
    path: &[Word("v20180820"), Word("jobs"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DESCRIBE_MULTI_REGION_ACCESS_POINT_OPERATION: Http = Http {
    method: "GET",
    uri: "/v20180820/async-requests/mrap/{request_token+}",
    path: &[Word("v20180820"), Word("async-requests"), Word("mrap"), Greedy("request_token")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_DISSOCIATE_ACCESS_GRANTS_IDENTITY_CENTER: Http = Http {
    method: "DELETE",
    uri: "/v20180820/accessgrantsinstance/identitycenter",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("identitycenter")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_GRANT: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/grant/{id}",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("grant"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_GRANTS_INSTANCE: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance",
    path: &[Word("v20180820"), Word("accessgrantsinstance")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_GRANTS_INSTANCE_FOR_PREFIX: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/prefix",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("prefix")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/resourcepolicy",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("resourcepolicy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_GRANTS_LOCATION: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/location/{id}",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("location"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspoint/{name}",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_CONFIGURATION_FOR_OBJECT_LAMBDA: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointforobjectlambda/{name}/configuration",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("configuration")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_FOR_OBJECT_LAMBDA: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointforobjectlambda/{name}",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_POLICY: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspoint/{name}/policy",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointforobjectlambda/{name}/policy",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_POLICY_STATUS: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspoint/{name}/policyStatus",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("policyStatus")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_POLICY_STATUS_FOR_OBJECT_LAMBDA: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointforobjectlambda/{name}/policyStatus",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("policyStatus")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_ACCESS_POINT_SCOPE: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspoint/{name}/scope",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("scope")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}",
    path: &[Word("v20180820"), Word("bucket"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_LIFECYCLE_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}/lifecycleconfiguration",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("lifecycleconfiguration")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_POLICY: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}/policy",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_REPLICATION: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}/replication",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("replication")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_TAGGING: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}/tagging",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_BUCKET_VERSIONING: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket/{name}/versioning",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("versioning")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_DATA_ACCESS: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/dataaccess",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("dataaccess")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_JOB_TAGGING: Http = Http {
    method: "GET",
    uri: "/v20180820/jobs/{id}/tagging",
    path: &[Word("v20180820"), Word("jobs"), Label("id"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_MULTI_REGION_ACCESS_POINT: Http = Http {
    method: "GET",
    uri: "/v20180820/mrap/instances/{name+}",
    path: &[Word("v20180820"), Word("mrap"), Word("instances"), Greedy("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_MULTI_REGION_ACCESS_POINT_POLICY: Http = Http {
    method: "GET",
    uri: "/v20180820/mrap/instances/{name+}/policy",
    path: &[Word("v20180820"), Word("mrap"), Word("instances"), Greedy("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_MULTI_REGION_ACCESS_POINT_POLICY_STATUS: Http = Http {
    method: "GET",
    uri: "/v20180820/mrap/instances/{name+}/policystatus",
    path: &[Word("v20180820"), Word("mrap"), Word("instances"), Greedy("name"), Word("policystatus")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_MULTI_REGION_ACCESS_POINT_ROUTES: Http = Http {
    method: "GET",
    uri: "/v20180820/mrap/instances/{mrap+}/routes",
    path: &[Word("v20180820"), Word("mrap"), Word("instances"), Greedy("mrap"), Word("routes")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "GET",
    uri: "/v20180820/configuration/publicAccessBlock",
    path: &[Word("v20180820"), Word("configuration"), Word("publicAccessBlock")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_STORAGE_LENS_CONFIGURATION: Http = Http {
    method: "GET",
    uri: "/v20180820/storagelens/{storagelensid}",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_STORAGE_LENS_CONFIGURATION_TAGGING: Http = Http {
    method: "GET",
    uri: "/v20180820/storagelens/{storagelensid}/tagging",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_GET_STORAGE_LENS_GROUP: Http = Http {
    method: "GET",
    uri: "/v20180820/storagelensgroup/{name}",
    path: &[Word("v20180820"), Word("storagelensgroup"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_GRANTS: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/grants",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("grants")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_GRANTS_INSTANCES: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstances",
    path: &[Word("v20180820"), Word("accessgrantsinstances")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_GRANTS_LOCATIONS: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/locations",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("locations")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_POINTS: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspoint",
    path: &[Word("v20180820"), Word("accesspoint")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_POINTS_FOR_DIRECTORY_BUCKETS: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointfordirectory",
    path: &[Word("v20180820"), Word("accesspointfordirectory")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_ACCESS_POINTS_FOR_OBJECT_LAMBDA: Http = Http {
    method: "GET",
    uri: "/v20180820/accesspointforobjectlambda",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_CALLER_ACCESS_GRANTS: Http = Http {
    method: "GET",
    uri: "/v20180820/accessgrantsinstance/caller/grants",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("caller"), Word("grants")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_JOBS: Http = Http {
    method: "GET",
    uri: "/v20180820/jobs",
    path: &[Word("v20180820"), Word("jobs")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_MULTI_REGION_ACCESS_POINTS: Http = Http {
    method: "GET",
    uri: "/v20180820/mrap/instances",
    path: &[Word("v20180820"), Word("mrap"), Word("instances")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_REGIONAL_BUCKETS: Http = Http {
    method: "GET",
    uri: "/v20180820/bucket",
    path: &[Word("v20180820"), Word("bucket")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_STORAGE_LENS_CONFIGURATIONS: Http = Http {
    method: "GET",
    uri: "/v20180820/storagelens",
    path: &[Word("v20180820"), Word("storagelens")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_STORAGE_LENS_GROUPS: Http = Http {
    method: "GET",
    uri: "/v20180820/storagelensgroup",
    path: &[Word("v20180820"), Word("storagelensgroup")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_LIST_TAGS_FOR_RESOURCE: Http = Http {
    method: "GET",
    uri: "/v20180820/tags/{resourceArn+}",
    path: &[Word("v20180820"), Word("tags"), Greedy("resourceArn")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_ACCESS_GRANTS_INSTANCE_RESOURCE_POLICY: Http = Http {
    method: "PUT",
    uri: "/v20180820/accessgrantsinstance/resourcepolicy",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("resourcepolicy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_ACCESS_POINT_CONFIGURATION_FOR_OBJECT_LAMBDA: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspointforobjectlambda/{name}/configuration",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("configuration")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_ACCESS_POINT_POLICY: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspoint/{name}/policy",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_ACCESS_POINT_POLICY_FOR_OBJECT_LAMBDA: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspointforobjectlambda/{name}/policy",
    path: &[Word("v20180820"), Word("accesspointforobjectlambda"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_ACCESS_POINT_SCOPE: Http = Http {
    method: "PUT",
    uri: "/v20180820/accesspoint/{name}/scope",
    path: &[Word("v20180820"), Word("accesspoint"), Label("name"), Word("scope")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_LIFECYCLE_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}/lifecycleconfiguration",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("lifecycleconfiguration")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_POLICY: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}/policy",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_REPLICATION: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}/replication",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("replication")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_TAGGING: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}/tagging",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_BUCKET_VERSIONING: Http = Http {
    method: "PUT",
    uri: "/v20180820/bucket/{name}/versioning",
    path: &[Word("v20180820"), Word("bucket"), Label("name"), Word("versioning")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_JOB_TAGGING: Http = Http {
    method: "PUT",
    uri: "/v20180820/jobs/{id}/tagging",
    path: &[Word("v20180820"), Word("jobs"), Label("id"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_MULTI_REGION_ACCESS_POINT_POLICY: Http = Http {
    method: "POST",
    uri: "/v20180820/async-requests/mrap/put-policy",
    path: &[Word("v20180820"), Word("async-requests"), Word("mrap"), Word("put-policy")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_PUBLIC_ACCESS_BLOCK: Http = Http {
    method: "PUT",
    uri: "/v20180820/configuration/publicAccessBlock",
    path: &[Word("v20180820"), Word("configuration"), Word("publicAccessBlock")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_STORAGE_LENS_CONFIGURATION: Http = Http {
    method: "PUT",
    uri: "/v20180820/storagelens/{storagelensid}",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_PUT_STORAGE_LENS_CONFIGURATION_TAGGING: Http = Http {
    method: "PUT",
    uri: "/v20180820/storagelens/{storagelensid}/tagging",
    path: &[Word("v20180820"), Word("storagelens"), Label("storagelensid"), Word("tagging")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_SUBMIT_MULTI_REGION_ACCESS_POINT_ROUTES: Http = Http {
    method: "PATCH",
    uri: "/v20180820/mrap/instances/{mrap+}/routes",
    path: &[Word("v20180820"), Word("mrap"), Word("instances"), Greedy("mrap"), Word("routes")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_TAG_RESOURCE: Http = Http {
    method: "POST",
    uri: "/v20180820/tags/{resourceArn+}",
    path: &[Word("v20180820"), Word("tags"), Greedy("resourceArn")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

static AT_UNTAG_RESOURCE: Http = Http {
    method: "DELETE",
    uri: "/v20180820/tags/{resourceArn+}",
    path: &[Word("v20180820"), Word("tags"), Greedy("resourceArn")],
    literals: &[],
    with_query: &["tagKeys"],
    with_header: &[],
    status: 204,
};

static AT_UPDATE_ACCESS_GRANTS_LOCATION: Http = Http {
    method: "PUT",
    uri: "/v20180820/accessgrantsinstance/location/{id}",
    path: &[Word("v20180820"), Word("accessgrantsinstance"), Word("location"), Label("id")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_JOB_PRIORITY: Http = Http {
    method: "POST",
    uri: "/v20180820/jobs/{id}/priority",
    path: &[Word("v20180820"), Word("jobs"), Label("id"), Word("priority")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_JOB_STATUS: Http = Http {
    method: "POST",
    uri: "/v20180820/jobs/{id}/status",
    path: &[Word("v20180820"), Word("jobs"), Label("id"), Word("status")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

static AT_UPDATE_STORAGE_LENS_GROUP: Http = Http {
    method: "PUT",
    uri: "/v20180820/storagelensgroup/{name}",
    path: &[Word("v20180820"), Word("storagelensgroup"), Label("name")],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 204,
};

pub(crate) static CREATE_ACCESS_POINT: Meta = Meta {
    service: &SERVICE,
    name: "CreateAccessPoint",
    http: &AT_CREATE_ACCESS_POINT,
    input: types::CreateAccessPointRequest::SCHEMA,
    output: types::CreateAccessPointResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::CreateAccessPointRequest>,
    new_output: blank::<types::CreateAccessPointResult>,
};

pub(crate) static DELETE_ACCESS_POINT: Meta = Meta {
    service: &SERVICE,
    name: "DeleteAccessPoint",
    http: &AT_DELETE_ACCESS_POINT,
    input: types::DeleteAccessPointRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteAccessPointRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static DELETE_ACCESS_POINT_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "DeleteAccessPointPolicy",
    http: &AT_DELETE_ACCESS_POINT_POLICY,
    input: types::DeleteAccessPointPolicyRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DeleteAccessPointPolicyRequest>,
    new_output: blank::<wire::Empty>,
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

pub(crate) static GET_ACCESS_POINT: Meta = Meta {
    service: &SERVICE,
    name: "GetAccessPoint",
    http: &AT_GET_ACCESS_POINT,
    input: types::GetAccessPointRequest::SCHEMA,
    output: types::GetAccessPointResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetAccessPointRequest>,
    new_output: blank::<types::GetAccessPointResult>,
};

pub(crate) static GET_ACCESS_POINT_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "GetAccessPointPolicy",
    http: &AT_GET_ACCESS_POINT_POLICY,
    input: types::GetAccessPointPolicyRequest::SCHEMA,
    output: types::GetAccessPointPolicyResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetAccessPointPolicyRequest>,
    new_output: blank::<types::GetAccessPointPolicyResult>,
};

pub(crate) static GET_ACCESS_POINT_POLICY_STATUS: Meta = Meta {
    service: &SERVICE,
    name: "GetAccessPointPolicyStatus",
    http: &AT_GET_ACCESS_POINT_POLICY_STATUS,
    input: types::GetAccessPointPolicyStatusRequest::SCHEMA,
    output: types::GetAccessPointPolicyStatusResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetAccessPointPolicyStatusRequest>,
    new_output: blank::<types::GetAccessPointPolicyStatusResult>,
};

pub(crate) static GET_PUBLIC_ACCESS_BLOCK: Meta = Meta {
    service: &SERVICE,
    name: "GetPublicAccessBlock",
    http: &AT_GET_PUBLIC_ACCESS_BLOCK,
    input: types::GetPublicAccessBlockRequest::SCHEMA,
    output: types::GetPublicAccessBlockOutput::SCHEMA,
    errors: &[&errors::NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetPublicAccessBlockRequest>,
    new_output: blank::<types::GetPublicAccessBlockOutput>,
};

pub(crate) static LIST_ACCESS_POINTS: Meta = Meta {
    service: &SERVICE,
    name: "ListAccessPoints",
    http: &AT_LIST_ACCESS_POINTS,
    input: types::ListAccessPointsRequest::SCHEMA,
    output: types::ListAccessPointsResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListAccessPointsRequest>,
    new_output: blank::<types::ListAccessPointsResult>,
};

pub(crate) static LIST_TAGS_FOR_RESOURCE: Meta = Meta {
    service: &SERVICE,
    name: "ListTagsForResource",
    http: &AT_LIST_TAGS_FOR_RESOURCE,
    input: types::ListTagsForResourceRequest::SCHEMA,
    output: types::ListTagsForResourceResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::ListTagsForResourceRequest>,
    new_output: blank::<types::ListTagsForResourceResult>,
};

pub(crate) static PUT_ACCESS_POINT_POLICY: Meta = Meta {
    service: &SERVICE,
    name: "PutAccessPointPolicy",
    http: &AT_PUT_ACCESS_POINT_POLICY,
    input: types::PutAccessPointPolicyRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::PutAccessPointPolicyRequest>,
    new_output: blank::<wire::Empty>,
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
    checksum: None,
    new_input: blank::<types::PutPublicAccessBlockRequest>,
    new_output: blank::<wire::Empty>,
};

pub(crate) static TAG_RESOURCE: Meta = Meta {
    service: &SERVICE,
    name: "TagResource",
    http: &AT_TAG_RESOURCE,
    input: types::TagResourceRequest::SCHEMA,
    output: types::TagResourceResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::TagResourceRequest>,
    new_output: blank::<types::TagResourceResult>,
};

pub(crate) static UNTAG_RESOURCE: Meta = Meta {
    service: &SERVICE,
    name: "UntagResource",
    http: &AT_UNTAG_RESOURCE,
    input: types::UntagResourceRequest::SCHEMA,
    output: types::UntagResourceResult::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::UntagResourceRequest>,
    new_output: blank::<types::UntagResourceResult>,
};
