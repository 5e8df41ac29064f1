//! Facts of the service and its operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::operation::blank;
use wire::{Http, Meta, OperationRow, ServiceMeta};

use crate::types;

/// Facts of the service.
pub static SERVICE: ServiceMeta = ServiceMeta {
    id: "sts",
    title: "AWS Security Token Service",
    signing_name: "sts",
    endpoint_prefix: "sts",
    api_version: "2011-06-15",
    target_prefix: "",
    namespace: "com.amazonaws.sts",
    xml_namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    query_compatible: false,
    s3: false,
    protocols: &[&wire::protocol::AWS_QUERY],
    operations: &OPERATIONS,
    literals: &[],
    routes: &[],
};

static OPERATIONS: [OperationRow; 11] = [
    OperationRow { name: "AssumeRole", http: &AT_ROOT, meta: None },
    OperationRow { name: "AssumeRoleWithSAML", http: &AT_ROOT, meta: None },
    OperationRow { name: "AssumeRoleWithWebIdentity", http: &AT_ROOT, meta: None },
    OperationRow { name: "AssumeRoot", http: &AT_ROOT, meta: None },
    OperationRow { name: "DecodeAuthorizationMessage", http: &AT_ROOT, meta: None },
    OperationRow { name: "GetAccessKeyInfo", http: &AT_ROOT, meta: Some(&GET_ACCESS_KEY_INFO) },
    OperationRow { name: "GetCallerIdentity", http: &AT_ROOT, meta: Some(&GET_CALLER_IDENTITY) },
    OperationRow { name: "GetDelegatedAccessToken", http: &AT_ROOT, meta: None },
    OperationRow { name: "GetFederationToken", http: &AT_ROOT, meta: None },
    OperationRow { name: "GetSessionToken", http: &AT_ROOT, meta: None },
    OperationRow { name: "GetWebIdentityToken", http: &AT_ROOT, meta: None },
];

static AT_ROOT: Http = Http {
    method: "POST",
    uri: "/",
    path: &[],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

pub(crate) static GET_ACCESS_KEY_INFO: Meta = Meta {
    service: &SERVICE,
    name: "GetAccessKeyInfo",
    http: &AT_ROOT,
    input: types::GetAccessKeyInfoRequest::SCHEMA,
    output: types::GetAccessKeyInfoResponse::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetAccessKeyInfoRequest>,
    new_output: blank::<types::GetAccessKeyInfoResponse>,
};

pub(crate) static GET_CALLER_IDENTITY: Meta = Meta {
    service: &SERVICE,
    name: "GetCallerIdentity",
    http: &AT_ROOT,
    input: types::GetCallerIdentityRequest::SCHEMA,
    output: types::GetCallerIdentityResponse::SCHEMA,
    errors: &[],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetCallerIdentityRequest>,
    new_output: blank::<types::GetCallerIdentityResponse>,
};
