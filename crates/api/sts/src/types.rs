//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Time, shape};

use crate::limits;

shape! {
    /// `AssumeRoleRequest`.
    #[derive(Clone)]
    AssumeRoleRequest {
        0 role_arn: String = text("RoleArn").required().limits(&limits::ARN_TYPE);
        1 role_session_name: String = text("RoleSessionName").required().limits(&limits::ROLE_SESSION_NAME_TYPE);
        2 policy_arns: Option<Vec<PolicyDescriptorType>> = list("PolicyArns");
        3 policy: Option<String> = text("Policy").limits(&limits::UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE);
        4 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::ROLE_DURATION_SECONDS_TYPE);
        5 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        6 transitive_tag_keys: Option<Vec<String>> = list("TransitiveTagKeys").limits(&limits::TAG_KEY_LIST_TYPE);
        7 external_id: Option<String> = text("ExternalId").limits(&limits::EXTERNAL_ID_TYPE);
        8 serial_number: Option<String> = text("SerialNumber").limits(&limits::SERIAL_NUMBER_TYPE);
        9 token_code: Option<String> = text("TokenCode").limits(&limits::TOKEN_CODE_TYPE);
        10 source_identity: Option<String> = text("SourceIdentity").limits(&limits::SOURCE_IDENTITY_TYPE);
        11 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
        unlisted "ProvidedContexts";
    }
}

shape! {
    /// `AssumeRoleResponse`.
    #[derive(Clone)]
    AssumeRoleResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 assumed_role_user: Option<AssumedRoleUser> = shape("AssumedRoleUser");
        2 packed_policy_size: Option<i32> = integer("PackedPolicySize").limits(&limits::NON_NEGATIVE_INTEGER_TYPE);
        3 source_identity: Option<String> = text("SourceIdentity").limits(&limits::SOURCE_IDENTITY_TYPE);
        4 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        5 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRoleWithSAMLRequest`.
    #[derive(Clone)]
    AssumeRoleWithSAMLRequest {
        0 role_arn: String = text("RoleArn").required().limits(&limits::ARN_TYPE);
        1 principal_arn: String = text("PrincipalArn").required().limits(&limits::ARN_TYPE);
        2 saml_assertion: String = text("SAMLAssertion").required().sensitive().limits(&limits::SAML_ASSERTION_TYPE);
        3 policy_arns: Option<Vec<PolicyDescriptorType>> = list("PolicyArns");
        4 policy: Option<String> = text("Policy").limits(&limits::SESSION_POLICY_DOCUMENT_TYPE);
        5 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::ROLE_DURATION_SECONDS_TYPE);
        6 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRoleWithSAMLResponse`.
    #[derive(Clone)]
    AssumeRoleWithSAMLResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 assumed_role_user: Option<AssumedRoleUser> = shape("AssumedRoleUser");
        2 packed_policy_size: Option<i32> = integer("PackedPolicySize").limits(&limits::NON_NEGATIVE_INTEGER_TYPE);
        3 subject: Option<String> = text("Subject");
        4 subject_type: Option<String> = text("SubjectType");
        5 issuer: Option<String> = text("Issuer");
        6 audience: Option<String> = text("Audience");
        7 name_qualifier: Option<String> = text("NameQualifier");
        8 source_identity: Option<String> = text("SourceIdentity").limits(&limits::SOURCE_IDENTITY_TYPE);
        9 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        10 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRoleWithWebIdentityRequest`.
    #[derive(Clone)]
    AssumeRoleWithWebIdentityRequest {
        0 role_arn: String = text("RoleArn").required().limits(&limits::ARN_TYPE);
        1 role_session_name: String = text("RoleSessionName").required().limits(&limits::ROLE_SESSION_NAME_TYPE);
        2 web_identity_token: String = text("WebIdentityToken").required().sensitive().limits(&limits::CLIENT_TOKEN_TYPE);
        3 provider_id: Option<String> = text("ProviderId").limits(&limits::URL_TYPE);
        4 policy_arns: Option<Vec<PolicyDescriptorType>> = list("PolicyArns");
        5 policy: Option<String> = text("Policy").limits(&limits::SESSION_POLICY_DOCUMENT_TYPE);
        6 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::ROLE_DURATION_SECONDS_TYPE);
        7 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRoleWithWebIdentityResponse`.
    #[derive(Clone)]
    AssumeRoleWithWebIdentityResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 subject_from_web_identity_token: Option<String> = text("SubjectFromWebIdentityToken").limits(&limits::WEB_IDENTITY_SUBJECT_TYPE);
        2 assumed_role_user: Option<AssumedRoleUser> = shape("AssumedRoleUser");
        3 packed_policy_size: Option<i32> = integer("PackedPolicySize").limits(&limits::NON_NEGATIVE_INTEGER_TYPE);
        4 provider: Option<String> = text("Provider");
        5 audience: Option<String> = text("Audience");
        6 source_identity: Option<String> = text("SourceIdentity").limits(&limits::SOURCE_IDENTITY_TYPE);
        7 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        8 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRootRequest`.
    #[derive(Clone)]
    AssumeRootRequest {
        0 target_principal: String = text("TargetPrincipal").required().limits(&limits::TARGET_PRINCIPAL_TYPE);
        1 task_policy_arn: PolicyDescriptorType = shape("TaskPolicyArn").required();
        2 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::ROOT_DURATION_SECONDS_TYPE);
        3 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumeRootResponse`.
    #[derive(Clone)]
    AssumeRootResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 source_identity: Option<String> = text("SourceIdentity").limits(&limits::SOURCE_IDENTITY_TYPE);
        2 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        3 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `AssumedRoleUser`.
    #[derive(Clone)]
    AssumedRoleUser {
        0 assumed_role_id: Option<String> = text("AssumedRoleId").required().limits(&limits::ASSUMED_ROLE_ID_TYPE);
        1 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `Credentials`.
    #[derive(Clone)]
    Credentials {
        0 access_key_id: Option<String> = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
        1 secret_access_key: Option<String> = text("SecretAccessKey").required().sensitive();
        2 session_token: Option<String> = text("SessionToken").required();
        3 expiration: Option<Time> = time("Expiration").required();
    }
}

shape! {
    /// `DecodeAuthorizationMessageRequest`.
    #[derive(Clone)]
    DecodeAuthorizationMessageRequest {
        0 encoded_message: String = text("EncodedMessage").required().limits(&limits::ENCODED_MESSAGE_TYPE);
    }
}

shape! {
    /// `DecodeAuthorizationMessageResponse`.
    #[derive(Clone)]
    DecodeAuthorizationMessageResponse {
        0 decoded_message: Option<String> = text("DecodedMessage");
    }
}

shape! {
    /// `FederatedUser`.
    #[derive(Clone)]
    FederatedUser {
        0 federated_user_id: Option<String> = text("FederatedUserId").required().limits(&limits::FEDERATED_ID_TYPE);
        1 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetAccessKeyInfoRequest`.
    #[derive(Clone)]
    GetAccessKeyInfoRequest {
        0 access_key_id: String = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
    }
}

shape! {
    /// `GetAccessKeyInfoResponse`.
    #[derive(Clone)]
    GetAccessKeyInfoResponse {
        0 account: Option<String> = text("Account");
    }
}

shape! {
    /// `GetCallerIdentityRequest`.
    #[derive(Clone)]
    GetCallerIdentityRequest {
    }
}

shape! {
    /// `GetCallerIdentityResponse`.
    #[derive(Clone)]
    GetCallerIdentityResponse {
        0 user_id: Option<String> = text("UserId");
        1 account: Option<String> = text("Account");
        2 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetDelegatedAccessTokenRequest`.
    #[derive(Clone)]
    GetDelegatedAccessTokenRequest {
        0 trade_in_token: String = text("TradeInToken").required().sensitive();
    }
}

shape! {
    /// `GetDelegatedAccessTokenResponse`.
    #[derive(Clone)]
    GetDelegatedAccessTokenResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 packed_policy_size: Option<i32> = integer("PackedPolicySize").limits(&limits::NON_NEGATIVE_INTEGER_TYPE);
        2 assumed_principal: Option<String> = text("AssumedPrincipal").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetFederationTokenRequest`.
    #[derive(Clone)]
    GetFederationTokenRequest {
        0 name: String = text("Name").required().limits(&limits::USER_NAME_TYPE);
        1 policy: Option<String> = text("Policy").limits(&limits::SESSION_POLICY_DOCUMENT_TYPE);
        2 policy_arns: Option<Vec<PolicyDescriptorType>> = list("PolicyArns");
        3 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::DURATION_SECONDS_TYPE);
        4 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        5 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `GetFederationTokenResponse`.
    #[derive(Clone)]
    GetFederationTokenResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 federated_user: Option<FederatedUser> = shape("FederatedUser");
        2 packed_policy_size: Option<i32> = integer("PackedPolicySize").limits(&limits::NON_NEGATIVE_INTEGER_TYPE);
        3 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        4 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `GetSessionTokenRequest`.
    #[derive(Clone)]
    GetSessionTokenRequest {
        0 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::DURATION_SECONDS_TYPE);
        1 serial_number: Option<String> = text("SerialNumber").limits(&limits::SERIAL_NUMBER_TYPE);
        2 token_code: Option<String> = text("TokenCode").limits(&limits::TOKEN_CODE_TYPE);
        3 minimum_session_token_size: Option<i32> = integer("MinimumSessionTokenSize").limits(&limits::MINIMUM_SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `GetSessionTokenResponse`.
    #[derive(Clone)]
    GetSessionTokenResponse {
        0 credentials: Option<Credentials> = shape("Credentials");
        1 session_token_utilization: Option<i32> = integer("SessionTokenUtilization").limits(&limits::SESSION_TOKEN_UTILIZATION_TYPE);
        2 session_token_size: Option<i32> = integer("SessionTokenSize").limits(&limits::SESSION_TOKEN_SIZE_TYPE);
    }
}

shape! {
    /// `GetWebIdentityTokenRequest`.
    #[derive(Clone)]
    GetWebIdentityTokenRequest {
        0 audience: Vec<String> = list("Audience").required().limits(&limits::WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE);
        1 duration_seconds: Option<i32> = integer("DurationSeconds").limits(&limits::WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE);
        2 signing_algorithm: String = text("SigningAlgorithm").required().limits(&limits::JWT_ALGORITHM_TYPE);
        3 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `GetWebIdentityTokenResponse`.
    #[derive(Clone)]
    GetWebIdentityTokenResponse {
        0 web_identity_token: Option<String> = text("WebIdentityToken").sensitive();
        1 expiration: Option<Time> = time("Expiration");
    }
}

shape! {
    /// `PolicyDescriptorType`.
    #[derive(Clone)]
    PolicyDescriptorType {
        0 arn: Option<String> = text("arn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `Tag`.
    #[derive(Clone)]
    Tag {
        0 key: String = text("Key").required().limits(&limits::TAG_KEY_TYPE);
        1 value: String = text("Value").required().limits(&limits::TAG_VALUE_TYPE);
    }
}
