//! Facts of the service and its operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::operation::blank;
use wire::{Http, Meta, OperationRow, ServiceMeta};

use crate::{errors, types};

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
    objects: false,
    protocols: &[&wire::protocol::AWS_QUERY],
    operations: &OPERATIONS,
    literals: &[],
    routes: &[],
};

static OPERATIONS: [OperationRow; 11] = [
    OperationRow { name: "AssumeRole", http: &AT_ROOT, meta: Some(&ASSUME_ROLE) },
    OperationRow { name: "AssumeRoleWithSAML", http: &AT_ROOT, meta: Some(&ASSUME_ROLE_WITH_SAML) },
    OperationRow {
        name: "AssumeRoleWithWebIdentity",
        http: &AT_ROOT,
        meta: Some(&ASSUME_ROLE_WITH_WEB_IDENTITY),
    },
    OperationRow { name: "AssumeRoot", http: &AT_ROOT, meta: Some(&ASSUME_ROOT) },
    OperationRow {
        name: "DecodeAuthorizationMessage",
        http: &AT_ROOT,
        meta: Some(&DECODE_AUTHORIZATION_MESSAGE),
    },
    OperationRow { name: "GetAccessKeyInfo", http: &AT_ROOT, meta: Some(&GET_ACCESS_KEY_INFO) },
    OperationRow { name: "GetCallerIdentity", http: &AT_ROOT, meta: Some(&GET_CALLER_IDENTITY) },
    OperationRow { name: "GetDelegatedAccessToken", http: &AT_ROOT, meta: Some(&GET_DELEGATED_ACCESS_TOKEN) },
    OperationRow { name: "GetFederationToken", http: &AT_ROOT, meta: Some(&GET_FEDERATION_TOKEN) },
    OperationRow { name: "GetSessionToken", http: &AT_ROOT, meta: Some(&GET_SESSION_TOKEN) },
    OperationRow { name: "GetWebIdentityToken", http: &AT_ROOT, meta: Some(&GET_WEB_IDENTITY_TOKEN) },
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

pub(crate) static ASSUME_ROLE: Meta = Meta {
    service: &SERVICE,
    name: "AssumeRole",
    http: &AT_ROOT,
    input: types::AssumeRoleRequest::SCHEMA,
    output: types::AssumeRoleResponse::SCHEMA,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
        &errors::EXPIRED_TOKEN_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::AssumeRoleRequest>,
    new_output: blank::<types::AssumeRoleResponse>,
};

pub(crate) static ASSUME_ROLE_WITH_SAML: Meta = Meta {
    service: &SERVICE,
    name: "AssumeRoleWithSAML",
    http: &AT_ROOT,
    input: types::AssumeRoleWithSAMLRequest::SCHEMA,
    output: types::AssumeRoleWithSAMLResponse::SCHEMA,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::IDP_REJECTED_CLAIM_EXCEPTION,
        &errors::INVALID_IDENTITY_TOKEN_EXCEPTION,
        &errors::EXPIRED_TOKEN_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::AssumeRoleWithSAMLRequest>,
    new_output: blank::<types::AssumeRoleWithSAMLResponse>,
};

pub(crate) static ASSUME_ROLE_WITH_WEB_IDENTITY: Meta = Meta {
    service: &SERVICE,
    name: "AssumeRoleWithWebIdentity",
    http: &AT_ROOT,
    input: types::AssumeRoleWithWebIdentityRequest::SCHEMA,
    output: types::AssumeRoleWithWebIdentityResponse::SCHEMA,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::IDP_REJECTED_CLAIM_EXCEPTION,
        &errors::IDP_COMMUNICATION_ERROR_EXCEPTION,
        &errors::INVALID_IDENTITY_TOKEN_EXCEPTION,
        &errors::EXPIRED_TOKEN_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::AssumeRoleWithWebIdentityRequest>,
    new_output: blank::<types::AssumeRoleWithWebIdentityResponse>,
};

pub(crate) static ASSUME_ROOT: Meta = Meta {
    service: &SERVICE,
    name: "AssumeRoot",
    http: &AT_ROOT,
    input: types::AssumeRootRequest::SCHEMA,
    output: types::AssumeRootResponse::SCHEMA,
    errors: &[&errors::REGION_DISABLED_EXCEPTION, &errors::EXPIRED_TOKEN_EXCEPTION],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::AssumeRootRequest>,
    new_output: blank::<types::AssumeRootResponse>,
};

pub(crate) static DECODE_AUTHORIZATION_MESSAGE: Meta = Meta {
    service: &SERVICE,
    name: "DecodeAuthorizationMessage",
    http: &AT_ROOT,
    input: types::DecodeAuthorizationMessageRequest::SCHEMA,
    output: types::DecodeAuthorizationMessageResponse::SCHEMA,
    errors: &[&errors::INVALID_AUTHORIZATION_MESSAGE_EXCEPTION],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::DecodeAuthorizationMessageRequest>,
    new_output: blank::<types::DecodeAuthorizationMessageResponse>,
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

pub(crate) static GET_DELEGATED_ACCESS_TOKEN: Meta = Meta {
    service: &SERVICE,
    name: "GetDelegatedAccessToken",
    http: &AT_ROOT,
    input: types::GetDelegatedAccessTokenRequest::SCHEMA,
    output: types::GetDelegatedAccessTokenResponse::SCHEMA,
    errors: &[
        &errors::EXPIRED_TRADE_IN_TOKEN_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetDelegatedAccessTokenRequest>,
    new_output: blank::<types::GetDelegatedAccessTokenResponse>,
};

pub(crate) static GET_FEDERATION_TOKEN: Meta = Meta {
    service: &SERVICE,
    name: "GetFederationToken",
    http: &AT_ROOT,
    input: types::GetFederationTokenRequest::SCHEMA,
    output: types::GetFederationTokenResponse::SCHEMA,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetFederationTokenRequest>,
    new_output: blank::<types::GetFederationTokenResponse>,
};

pub(crate) static GET_SESSION_TOKEN: Meta = Meta {
    service: &SERVICE,
    name: "GetSessionToken",
    http: &AT_ROOT,
    input: types::GetSessionTokenRequest::SCHEMA,
    output: types::GetSessionTokenResponse::SCHEMA,
    errors: &[&errors::REGION_DISABLED_EXCEPTION],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetSessionTokenRequest>,
    new_output: blank::<types::GetSessionTokenResponse>,
};

pub(crate) static GET_WEB_IDENTITY_TOKEN: Meta = Meta {
    service: &SERVICE,
    name: "GetWebIdentityToken",
    http: &AT_ROOT,
    input: types::GetWebIdentityTokenRequest::SCHEMA,
    output: types::GetWebIdentityTokenResponse::SCHEMA,
    errors: &[
        &errors::SESSION_DURATION_ESCALATION_EXCEPTION,
        &errors::OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION,
        &errors::JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
    new_input: blank::<types::GetWebIdentityTokenRequest>,
    new_output: blank::<types::GetWebIdentityTokenResponse>,
};
