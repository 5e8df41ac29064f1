//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Blob, Map, Time, shape};

use crate::limits;

shape! {
    /// `AccessKey`.
    #[derive(Clone)]
    AccessKey {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 access_key_id: Option<String> = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
        2 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
        3 secret_access_key: Option<String> = text("SecretAccessKey").required().sensitive();
        4 create_date: Option<Time> = time("CreateDate");
    }
}

shape! {
    /// `AccessKeyLastUsed`.
    #[derive(Clone)]
    AccessKeyLastUsed {
        0 last_used_date: Option<Time> = time("LastUsedDate");
        1 service_name: Option<String> = text("ServiceName").required();
        2 region: Option<String> = text("Region").required();
    }
}

shape! {
    /// `AccessKeyMetadata`.
    #[derive(Clone)]
    AccessKeyMetadata {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 access_key_id: Option<String> = text("AccessKeyId").limits(&limits::ACCESS_KEY_ID_TYPE);
        2 status: Option<String> = text("Status").limits(&limits::STATUS_TYPE);
        3 create_date: Option<Time> = time("CreateDate");
    }
}

shape! {
    /// `AddClientIDToOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    AddClientIDToOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 client_id: String = text("ClientID").required().limits(&limits::CLIENT_ID_TYPE);
    }
}

shape! {
    /// `AddRoleToInstanceProfileRequest`.
    #[derive(Clone)]
    AddRoleToInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `AddUserToGroupRequest`.
    #[derive(Clone)]
    AddUserToGroupRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
    }
}

shape! {
    /// `AttachGroupPolicyRequest`.
    #[derive(Clone)]
    AttachGroupPolicyRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `AttachRolePolicyRequest`.
    #[derive(Clone)]
    AttachRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `AttachUserPolicyRequest`.
    #[derive(Clone)]
    AttachUserPolicyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `AttachedPermissionsBoundary`.
    #[derive(Clone)]
    AttachedPermissionsBoundary {
        0 permissions_boundary_type: Option<String> = text("PermissionsBoundaryType").limits(&limits::PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE);
        1 permissions_boundary_arn: Option<String> = text("PermissionsBoundaryArn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `AttachedPolicy`.
    #[derive(Clone)]
    AttachedPolicy {
        0 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
        1 policy_arn: Option<String> = text("PolicyArn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `ChangePasswordRequest`.
    #[derive(Clone)]
    ChangePasswordRequest {
        0 old_password: String = text("OldPassword").required().sensitive().limits(&limits::PASSWORD_TYPE);
        1 new_password: String = text("NewPassword").required().sensitive().limits(&limits::PASSWORD_TYPE);
    }
}

shape! {
    /// `ContextEntry`.
    #[derive(Clone)]
    ContextEntry {
        0 context_key_name: Option<String> = text("ContextKeyName").limits(&limits::CONTEXT_KEY_NAME_TYPE);
        1 context_key_values: Option<Vec<String>> = list("ContextKeyValues");
        2 context_key_type: Option<String> = text("ContextKeyType").limits(&limits::CONTEXT_KEY_TYPE_ENUM);
    }
}

shape! {
    /// `CreateAccessKeyRequest`.
    #[derive(Clone)]
    CreateAccessKeyRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
    }
}

shape! {
    /// `CreateAccessKeyResponse`.
    #[derive(Clone)]
    CreateAccessKeyResponse {
        0 access_key: Option<AccessKey> = shape("AccessKey").required();
    }
}

shape! {
    /// `CreateAccountAliasRequest`.
    #[derive(Clone)]
    CreateAccountAliasRequest {
        0 account_alias: String = text("AccountAlias").required().limits(&limits::ACCOUNT_ALIAS_TYPE);
    }
}

shape! {
    /// `CreateGroupRequest`.
    #[derive(Clone)]
    CreateGroupRequest {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
    }
}

shape! {
    /// `CreateGroupResponse`.
    #[derive(Clone)]
    CreateGroupResponse {
        0 group: Option<Group> = shape("Group").required();
    }
}

shape! {
    /// `CreateInstanceProfileRequest`.
    #[derive(Clone)]
    CreateInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        2 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateInstanceProfileResponse`.
    #[derive(Clone)]
    CreateInstanceProfileResponse {
        0 instance_profile: Option<InstanceProfile> = shape("InstanceProfile").required();
    }
}

shape! {
    /// `CreateLoginProfileRequest`.
    #[derive(Clone)]
    CreateLoginProfileRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 password: Option<String> = text("Password").sensitive().limits(&limits::PASSWORD_TYPE);
        2 password_reset_required: Option<bool> = boolean("PasswordResetRequired");
    }
}

shape! {
    /// `CreateLoginProfileResponse`.
    #[derive(Clone)]
    CreateLoginProfileResponse {
        0 login_profile: Option<LoginProfile> = shape("LoginProfile").required();
    }
}

shape! {
    /// `CreateOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    CreateOpenIDConnectProviderRequest {
        0 url: String = text("Url").required().limits(&limits::OPEN_ID_CONNECT_PROVIDER_URL_TYPE);
        1 client_id_list: Option<Vec<String>> = list("ClientIDList").limits(&limits::CLIENT_ID_LIST_TYPE);
        2 thumbprint_list: Option<Vec<String>> = list("ThumbprintList").limits(&limits::THUMBPRINT_LIST_TYPE);
        3 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateOpenIDConnectProviderResponse`.
    #[derive(Clone)]
    CreateOpenIDConnectProviderResponse {
        0 open_id_connect_provider_arn: Option<String> = text("OpenIDConnectProviderArn").limits(&limits::ARN_TYPE);
        1 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreatePolicyRequest`.
    #[derive(Clone)]
    CreatePolicyRequest {
        0 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        1 path: Option<String> = text("Path").limits(&limits::POLICY_PATH_TYPE);
        2 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
        3 description: Option<String> = text("Description").limits(&limits::POLICY_DESCRIPTION_TYPE);
        4 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreatePolicyResponse`.
    #[derive(Clone)]
    CreatePolicyResponse {
        0 policy: Option<Policy> = shape("Policy");
    }
}

shape! {
    /// `CreatePolicyVersionRequest`.
    #[derive(Clone)]
    CreatePolicyVersionRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
        2 set_as_default: Option<bool> = boolean("SetAsDefault");
    }
}

shape! {
    /// `CreatePolicyVersionResponse`.
    #[derive(Clone)]
    CreatePolicyVersionResponse {
        0 policy_version: Option<PolicyVersion> = shape("PolicyVersion");
    }
}

shape! {
    /// `CreateRoleRequest`.
    #[derive(Clone)]
    CreateRoleRequest {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        2 assume_role_policy_document: String = text("AssumeRolePolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
        3 description: Option<String> = text("Description").limits(&limits::ROLE_DESCRIPTION_TYPE);
        4 max_session_duration: Option<i32> = integer("MaxSessionDuration").limits(&limits::ROLE_MAX_SESSION_DURATION_TYPE);
        5 permissions_boundary: Option<String> = text("PermissionsBoundary").limits(&limits::ARN_TYPE);
        6 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateRoleResponse`.
    #[derive(Clone)]
    CreateRoleResponse {
        0 role: Option<Role> = shape("Role").required();
    }
}

shape! {
    /// `CreateSAMLProviderRequest`.
    #[derive(Clone)]
    CreateSAMLProviderRequest {
        0 saml_metadata_document: String = text("SAMLMetadataDocument").required().limits(&limits::SAML_METADATA_DOCUMENT_TYPE);
        1 name: String = text("Name").required().limits(&limits::SAML_PROVIDER_NAME_TYPE);
        2 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        3 assertion_encryption_mode: Option<String> = text("AssertionEncryptionMode").limits(&limits::ASSERTION_ENCRYPTION_MODE_TYPE);
        4 add_private_key: Option<String> = text("AddPrivateKey").sensitive().limits(&limits::PRIVATE_KEY_TYPE);
    }
}

shape! {
    /// `CreateSAMLProviderResponse`.
    #[derive(Clone)]
    CreateSAMLProviderResponse {
        0 saml_provider_arn: Option<String> = text("SAMLProviderArn").limits(&limits::ARN_TYPE);
        1 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateServiceLinkedRoleRequest`.
    #[derive(Clone)]
    CreateServiceLinkedRoleRequest {
        0 aws_service_name: String = text("AWSServiceName").required().limits(&limits::GROUP_NAME_TYPE);
        1 description: Option<String> = text("Description").limits(&limits::ROLE_DESCRIPTION_TYPE);
        2 custom_suffix: Option<String> = text("CustomSuffix").limits(&limits::CUSTOM_SUFFIX_TYPE);
    }
}

shape! {
    /// `CreateServiceLinkedRoleResponse`.
    #[derive(Clone)]
    CreateServiceLinkedRoleResponse {
        0 role: Option<Role> = shape("Role");
    }
}

shape! {
    /// `CreateServiceSpecificCredentialRequest`.
    #[derive(Clone)]
    CreateServiceSpecificCredentialRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 service_name: String = text("ServiceName").required();
        2 credential_age_days: Option<i32> = integer("CredentialAgeDays").limits(&limits::CREDENTIAL_AGE_DAYS);
    }
}

shape! {
    /// `CreateServiceSpecificCredentialResponse`.
    #[derive(Clone)]
    CreateServiceSpecificCredentialResponse {
        0 service_specific_credential: Option<ServiceSpecificCredential> = shape("ServiceSpecificCredential");
    }
}

shape! {
    /// `CreateUserRequest`.
    #[derive(Clone)]
    CreateUserRequest {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        2 permissions_boundary: Option<String> = text("PermissionsBoundary").limits(&limits::ARN_TYPE);
        3 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateUserResponse`.
    #[derive(Clone)]
    CreateUserResponse {
        0 user: Option<User> = shape("User");
    }
}

shape! {
    /// `CreateVirtualMFADeviceRequest`.
    #[derive(Clone)]
    CreateVirtualMFADeviceRequest {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 virtual_mfa_device_name: String = text("VirtualMFADeviceName").required().limits(&limits::VIRTUAL_MFA_DEVICE_NAME);
        2 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `CreateVirtualMFADeviceResponse`.
    #[derive(Clone)]
    CreateVirtualMFADeviceResponse {
        0 virtual_mfa_device: Option<VirtualMFADevice> = shape("VirtualMFADevice").required();
    }
}

shape! {
    /// `DeactivateMFADeviceRequest`.
    #[derive(Clone)]
    DeactivateMFADeviceRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
    }
}

shape! {
    /// `DeleteAccessKeyRequest`.
    #[derive(Clone)]
    DeleteAccessKeyRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 access_key_id: String = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
    }
}

shape! {
    /// `DeleteAccountAliasRequest`.
    #[derive(Clone)]
    DeleteAccountAliasRequest {
        0 account_alias: String = text("AccountAlias").required().limits(&limits::ACCOUNT_ALIAS_TYPE);
    }
}

shape! {
    /// `DeleteGroupPolicyRequest`.
    #[derive(Clone)]
    DeleteGroupPolicyRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `DeleteGroupRequest`.
    #[derive(Clone)]
    DeleteGroupRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
    }
}

shape! {
    /// `DeleteInstanceProfileRequest`.
    #[derive(Clone)]
    DeleteInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
    }
}

shape! {
    /// `DeleteLoginProfileRequest`.
    #[derive(Clone)]
    DeleteLoginProfileRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
    }
}

shape! {
    /// `DeleteOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    DeleteOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DeletePolicyRequest`.
    #[derive(Clone)]
    DeletePolicyRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DeletePolicyVersionRequest`.
    #[derive(Clone)]
    DeletePolicyVersionRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 version_id: String = text("VersionId").required().limits(&limits::POLICY_VERSION_ID_TYPE);
    }
}

shape! {
    /// `DeleteRolePermissionsBoundaryRequest`.
    #[derive(Clone)]
    DeleteRolePermissionsBoundaryRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `DeleteRolePolicyRequest`.
    #[derive(Clone)]
    DeleteRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `DeleteRoleRequest`.
    #[derive(Clone)]
    DeleteRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `DeleteSAMLProviderRequest`.
    #[derive(Clone)]
    DeleteSAMLProviderRequest {
        0 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DeleteSSHPublicKeyRequest`.
    #[derive(Clone)]
    DeleteSSHPublicKeyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_id: String = text("SSHPublicKeyId").required().limits(&limits::PUBLIC_KEY_ID_TYPE);
    }
}

shape! {
    /// `DeleteServerCertificateRequest`.
    #[derive(Clone)]
    DeleteServerCertificateRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
    }
}

shape! {
    /// `DeleteServiceLinkedRoleRequest`.
    #[derive(Clone)]
    DeleteServiceLinkedRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `DeleteServiceLinkedRoleResponse`.
    #[derive(Clone)]
    DeleteServiceLinkedRoleResponse {
        0 deletion_task_id: Option<String> = text("DeletionTaskId").required().limits(&limits::DELETION_TASK_ID_TYPE);
    }
}

shape! {
    /// `DeleteServiceSpecificCredentialRequest`.
    #[derive(Clone)]
    DeleteServiceSpecificCredentialRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 service_specific_credential_id: String = text("ServiceSpecificCredentialId").required().limits(&limits::SERVICE_SPECIFIC_CREDENTIAL_ID);
    }
}

shape! {
    /// `DeleteSigningCertificateRequest`.
    #[derive(Clone)]
    DeleteSigningCertificateRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 certificate_id: String = text("CertificateId").required().limits(&limits::CERTIFICATE_ID_TYPE);
    }
}

shape! {
    /// `DeleteUserPermissionsBoundaryRequest`.
    #[derive(Clone)]
    DeleteUserPermissionsBoundaryRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
    }
}

shape! {
    /// `DeleteUserPolicyRequest`.
    #[derive(Clone)]
    DeleteUserPolicyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `DeleteUserRequest`.
    #[derive(Clone)]
    DeleteUserRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
    }
}

shape! {
    /// `DeleteVirtualMFADeviceRequest`.
    #[derive(Clone)]
    DeleteVirtualMFADeviceRequest {
        0 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
    }
}

shape! {
    /// `DeletionTaskFailureReasonType`.
    #[derive(Clone)]
    DeletionTaskFailureReasonType {
        0 reason: Option<String> = text("Reason").limits(&limits::REASON_TYPE);
        1 role_usage_list: Option<Vec<RoleUsageType>> = list("RoleUsageList");
    }
}

shape! {
    /// `DetachGroupPolicyRequest`.
    #[derive(Clone)]
    DetachGroupPolicyRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DetachRolePolicyRequest`.
    #[derive(Clone)]
    DetachRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DetachUserPolicyRequest`.
    #[derive(Clone)]
    DetachUserPolicyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `DisableOrganizationsRootCredentialsManagementRequest`.
    #[derive(Clone)]
    DisableOrganizationsRootCredentialsManagementRequest {
    }
}

shape! {
    /// `DisableOrganizationsRootCredentialsManagementResponse`.
    #[derive(Clone)]
    DisableOrganizationsRootCredentialsManagementResponse {
        0 organization_id: Option<String> = text("OrganizationId").limits(&limits::ORGANIZATION_ID_TYPE);
        1 enabled_features: Option<Vec<String>> = list("EnabledFeatures").limits(&limits::FEATURES_LIST_TYPE);
    }
}

shape! {
    /// `DisableOrganizationsRootSessionsRequest`.
    #[derive(Clone)]
    DisableOrganizationsRootSessionsRequest {
    }
}

shape! {
    /// `DisableOrganizationsRootSessionsResponse`.
    #[derive(Clone)]
    DisableOrganizationsRootSessionsResponse {
        0 organization_id: Option<String> = text("OrganizationId").limits(&limits::ORGANIZATION_ID_TYPE);
        1 enabled_features: Option<Vec<String>> = list("EnabledFeatures").limits(&limits::FEATURES_LIST_TYPE);
    }
}

shape! {
    /// `EnableMFADeviceRequest`.
    #[derive(Clone)]
    EnableMFADeviceRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        2 authentication_code1: String = text("AuthenticationCode1").required().limits(&limits::AUTHENTICATION_CODE_TYPE);
        3 authentication_code2: String = text("AuthenticationCode2").required().limits(&limits::AUTHENTICATION_CODE_TYPE);
    }
}

shape! {
    /// `EnableOrganizationsRootCredentialsManagementRequest`.
    #[derive(Clone)]
    EnableOrganizationsRootCredentialsManagementRequest {
    }
}

shape! {
    /// `EnableOrganizationsRootCredentialsManagementResponse`.
    #[derive(Clone)]
    EnableOrganizationsRootCredentialsManagementResponse {
        0 organization_id: Option<String> = text("OrganizationId").limits(&limits::ORGANIZATION_ID_TYPE);
        1 enabled_features: Option<Vec<String>> = list("EnabledFeatures").limits(&limits::FEATURES_LIST_TYPE);
    }
}

shape! {
    /// `EnableOrganizationsRootSessionsRequest`.
    #[derive(Clone)]
    EnableOrganizationsRootSessionsRequest {
    }
}

shape! {
    /// `EnableOrganizationsRootSessionsResponse`.
    #[derive(Clone)]
    EnableOrganizationsRootSessionsResponse {
        0 organization_id: Option<String> = text("OrganizationId").limits(&limits::ORGANIZATION_ID_TYPE);
        1 enabled_features: Option<Vec<String>> = list("EnabledFeatures").limits(&limits::FEATURES_LIST_TYPE);
    }
}

shape! {
    /// `EnableOutboundWebIdentityFederationResponse`.
    #[derive(Clone)]
    EnableOutboundWebIdentityFederationResponse {
        0 issuer_identifier: Option<String> = text("IssuerIdentifier");
    }
}

shape! {
    /// `EntityDetails`.
    #[derive(Clone)]
    EntityDetails {
        0 entity_info: Option<EntityInfo> = shape("EntityInfo").required();
        1 last_authenticated: Option<Time> = time("LastAuthenticated");
    }
}

shape! {
    /// `EntityInfo`.
    #[derive(Clone)]
    EntityInfo {
        0 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        1 name: Option<String> = text("Name").required().limits(&limits::USER_NAME_TYPE);
        2 r#type: Option<String> = text("Type").required().limits(&limits::POLICY_OWNER_ENTITY_TYPE);
        3 id: Option<String> = text("Id").required().limits(&limits::ID_TYPE);
        4 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
    }
}

shape! {
    /// `ErrorDetails`.
    #[derive(Clone)]
    ErrorDetails {
        0 message: Option<String> = text("Message").required();
        1 code: Option<String> = text("Code").required();
    }
}

shape! {
    /// `EvaluationResult`.
    #[derive(Clone)]
    EvaluationResult {
        0 eval_action_name: Option<String> = text("EvalActionName").required().limits(&limits::ACTION_NAME_TYPE);
        1 eval_resource_name: Option<String> = text("EvalResourceName").limits(&limits::RESOURCE_NAME_TYPE);
        2 eval_decision: Option<String> = text("EvalDecision").required().limits(&limits::POLICY_EVALUATION_DECISION_TYPE);
        3 matched_statements: Option<Vec<Statement>> = list("MatchedStatements");
        4 missing_context_values: Option<Vec<String>> = list("MissingContextValues").limits(&limits::CONTEXT_KEY_NAMES_RESULT_LIST_TYPE);
        5 organizations_decision_detail: Option<OrganizationsDecisionDetail> = shape("OrganizationsDecisionDetail");
        6 permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = shape("PermissionsBoundaryDecisionDetail");
        7 eval_decision_details: Option<Map<String>> = map("EvalDecisionDetails").limits(&limits::EVAL_DECISION_DETAILS_TYPE);
        8 resource_specific_results: Option<Vec<ResourceSpecificResult>> = list("ResourceSpecificResults");
    }
}

shape! {
    /// `GenerateCredentialReportResponse`.
    #[derive(Clone)]
    GenerateCredentialReportResponse {
        0 state: Option<String> = text("State").limits(&limits::REPORT_STATE_TYPE);
        1 description: Option<String> = text("Description");
    }
}

shape! {
    /// `GenerateServiceLastAccessedDetailsRequest`.
    #[derive(Clone)]
    GenerateServiceLastAccessedDetailsRequest {
        0 arn: String = text("Arn").required().limits(&limits::ARN_TYPE);
        1 granularity: Option<String> = text("Granularity").limits(&limits::ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE);
    }
}

shape! {
    /// `GenerateServiceLastAccessedDetailsResponse`.
    #[derive(Clone)]
    GenerateServiceLastAccessedDetailsResponse {
        0 job_id: Option<String> = text("JobId").limits(&limits::JOB_ID_TYPE);
    }
}

shape! {
    /// `GetAccessKeyLastUsedRequest`.
    #[derive(Clone)]
    GetAccessKeyLastUsedRequest {
        0 access_key_id: String = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
    }
}

shape! {
    /// `GetAccessKeyLastUsedResponse`.
    #[derive(Clone)]
    GetAccessKeyLastUsedResponse {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 access_key_last_used: Option<AccessKeyLastUsed> = shape("AccessKeyLastUsed");
    }
}

shape! {
    /// `GetAccountAuthorizationDetailsRequest`.
    #[derive(Clone)]
    GetAccountAuthorizationDetailsRequest {
        0 filter: Option<Vec<String>> = list("Filter").limits(&limits::ENTITY_LIST_TYPE);
        1 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `GetAccountAuthorizationDetailsResponse`.
    #[derive(Clone)]
    GetAccountAuthorizationDetailsResponse {
        0 user_detail_list: Option<Vec<UserDetail>> = list("UserDetailList");
        1 group_detail_list: Option<Vec<GroupDetail>> = list("GroupDetailList");
        2 role_detail_list: Option<Vec<RoleDetail>> = list("RoleDetailList");
        3 policies: Option<Vec<ManagedPolicyDetail>> = list("Policies");
        4 is_truncated: Option<bool> = boolean("IsTruncated");
        5 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `GetAccountPasswordPolicyResponse`.
    #[derive(Clone)]
    GetAccountPasswordPolicyResponse {
        0 password_policy: Option<PasswordPolicy> = shape("PasswordPolicy").required();
    }
}

shape! {
    /// `GetAccountSummaryResponse`.
    #[derive(Clone)]
    GetAccountSummaryResponse {
        0 summary_map: Option<Map<i32>> = map("SummaryMap").limits(&limits::SUMMARY_MAP_TYPE);
    }
}

shape! {
    /// `GetContextKeysForCustomPolicyRequest`.
    #[derive(Clone)]
    GetContextKeysForCustomPolicyRequest {
        0 policy_input_list: Vec<String> = list("PolicyInputList").required().limits(&limits::SIMULATION_POLICY_LIST_TYPE);
    }
}

shape! {
    /// `GetContextKeysForPolicyResponse`.
    #[derive(Clone)]
    GetContextKeysForPolicyResponse {
        0 context_key_names: Option<Vec<String>> = list("ContextKeyNames").limits(&limits::CONTEXT_KEY_NAMES_RESULT_LIST_TYPE);
    }
}

shape! {
    /// `GetContextKeysForPrincipalPolicyRequest`.
    #[derive(Clone)]
    GetContextKeysForPrincipalPolicyRequest {
        0 policy_source_arn: String = text("PolicySourceArn").required().limits(&limits::ARN_TYPE);
        1 policy_input_list: Option<Vec<String>> = list("PolicyInputList").limits(&limits::SIMULATION_POLICY_LIST_TYPE);
    }
}

shape! {
    /// `GetCredentialReportResponse`.
    #[derive(Clone)]
    GetCredentialReportResponse {
        0 content: Option<Blob> = blob("Content");
        1 report_format: Option<String> = text("ReportFormat").limits(&limits::REPORT_FORMAT_TYPE);
        2 generated_time: Option<Time> = time("GeneratedTime");
    }
}

shape! {
    /// `GetGroupPolicyRequest`.
    #[derive(Clone)]
    GetGroupPolicyRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `GetGroupPolicyResponse`.
    #[derive(Clone)]
    GetGroupPolicyResponse {
        0 group_name: Option<String> = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_name: Option<String> = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: Option<String> = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `GetGroupRequest`.
    #[derive(Clone)]
    GetGroupRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `GetGroupResponse`.
    #[derive(Clone)]
    GetGroupResponse {
        0 group: Option<Group> = shape("Group").required();
        1 users: Option<Vec<User>> = list("Users").required();
        2 is_truncated: Option<bool> = boolean("IsTruncated");
        3 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `GetInstanceProfileRequest`.
    #[derive(Clone)]
    GetInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
    }
}

shape! {
    /// `GetInstanceProfileResponse`.
    #[derive(Clone)]
    GetInstanceProfileResponse {
        0 instance_profile: Option<InstanceProfile> = shape("InstanceProfile").required();
    }
}

shape! {
    /// `GetLoginProfileRequest`.
    #[derive(Clone)]
    GetLoginProfileRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
    }
}

shape! {
    /// `GetLoginProfileResponse`.
    #[derive(Clone)]
    GetLoginProfileResponse {
        0 login_profile: Option<LoginProfile> = shape("LoginProfile").required();
    }
}

shape! {
    /// `GetMFADeviceRequest`.
    #[derive(Clone)]
    GetMFADeviceRequest {
        0 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        1 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
    }
}

shape! {
    /// `GetMFADeviceResponse`.
    #[derive(Clone)]
    GetMFADeviceResponse {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 serial_number: Option<String> = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        2 enable_date: Option<Time> = time("EnableDate");
        3 certifications: Option<Map<String>> = map("Certifications").limits(&limits::CERTIFICATION_MAP_TYPE);
    }
}

shape! {
    /// `GetOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    GetOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetOpenIDConnectProviderResponse`.
    #[derive(Clone)]
    GetOpenIDConnectProviderResponse {
        0 url: Option<String> = text("Url").limits(&limits::OPEN_ID_CONNECT_PROVIDER_URL_TYPE);
        1 client_id_list: Option<Vec<String>> = list("ClientIDList").limits(&limits::CLIENT_ID_LIST_TYPE);
        2 thumbprint_list: Option<Vec<String>> = list("ThumbprintList").limits(&limits::THUMBPRINT_LIST_TYPE);
        3 create_date: Option<Time> = time("CreateDate");
        4 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `GetOutboundWebIdentityFederationInfoResponse`.
    #[derive(Clone)]
    GetOutboundWebIdentityFederationInfoResponse {
        0 issuer_identifier: Option<String> = text("IssuerIdentifier");
        1 jwt_vending_enabled: Option<bool> = boolean("JwtVendingEnabled");
    }
}

shape! {
    /// `GetPolicyRequest`.
    #[derive(Clone)]
    GetPolicyRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetPolicyResponse`.
    #[derive(Clone)]
    GetPolicyResponse {
        0 policy: Option<Policy> = shape("Policy");
    }
}

shape! {
    /// `GetPolicyVersionRequest`.
    #[derive(Clone)]
    GetPolicyVersionRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 version_id: String = text("VersionId").required().limits(&limits::POLICY_VERSION_ID_TYPE);
    }
}

shape! {
    /// `GetPolicyVersionResponse`.
    #[derive(Clone)]
    GetPolicyVersionResponse {
        0 policy_version: Option<PolicyVersion> = shape("PolicyVersion");
    }
}

shape! {
    /// `GetRolePolicyRequest`.
    #[derive(Clone)]
    GetRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `GetRolePolicyResponse`.
    #[derive(Clone)]
    GetRolePolicyResponse {
        0 role_name: Option<String> = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_name: Option<String> = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: Option<String> = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `GetRoleRequest`.
    #[derive(Clone)]
    GetRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `GetRoleResponse`.
    #[derive(Clone)]
    GetRoleResponse {
        0 role: Option<Role> = shape("Role").required();
    }
}

shape! {
    /// `GetSAMLProviderRequest`.
    #[derive(Clone)]
    GetSAMLProviderRequest {
        0 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `GetSAMLProviderResponse`.
    #[derive(Clone)]
    GetSAMLProviderResponse {
        0 saml_provider_uuid: Option<String> = text("SAMLProviderUUID").limits(&limits::PRIVATE_KEY_ID_TYPE);
        1 saml_metadata_document: Option<String> = text("SAMLMetadataDocument").limits(&limits::SAML_METADATA_DOCUMENT_TYPE);
        2 create_date: Option<Time> = time("CreateDate");
        3 valid_until: Option<Time> = time("ValidUntil");
        4 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        5 assertion_encryption_mode: Option<String> = text("AssertionEncryptionMode").limits(&limits::ASSERTION_ENCRYPTION_MODE_TYPE);
        6 private_key_list: Option<Vec<SAMLPrivateKey>> = list("PrivateKeyList").limits(&limits::PRIVATE_KEY_LIST);
    }
}

shape! {
    /// `GetSSHPublicKeyRequest`.
    #[derive(Clone)]
    GetSSHPublicKeyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_id: String = text("SSHPublicKeyId").required().limits(&limits::PUBLIC_KEY_ID_TYPE);
        2 encoding: String = text("Encoding").required().limits(&limits::ENCODING_TYPE);
    }
}

shape! {
    /// `GetSSHPublicKeyResponse`.
    #[derive(Clone)]
    GetSSHPublicKeyResponse {
        0 ssh_public_key: Option<SSHPublicKey> = shape("SSHPublicKey");
    }
}

shape! {
    /// `GetServerCertificateRequest`.
    #[derive(Clone)]
    GetServerCertificateRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
    }
}

shape! {
    /// `GetServerCertificateResponse`.
    #[derive(Clone)]
    GetServerCertificateResponse {
        0 server_certificate: Option<ServerCertificate> = shape("ServerCertificate").required();
    }
}

shape! {
    /// `GetServiceLastAccessedDetailsRequest`.
    #[derive(Clone)]
    GetServiceLastAccessedDetailsRequest {
        0 job_id: String = text("JobId").required().limits(&limits::JOB_ID_TYPE);
        1 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `GetServiceLastAccessedDetailsResponse`.
    #[derive(Clone)]
    GetServiceLastAccessedDetailsResponse {
        0 job_status: Option<String> = text("JobStatus").required().limits(&limits::JOB_STATUS_TYPE);
        1 job_type: Option<String> = text("JobType").limits(&limits::ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE);
        2 job_creation_date: Option<Time> = time("JobCreationDate").required();
        3 services_last_accessed: Option<Vec<ServiceLastAccessed>> = list("ServicesLastAccessed").required();
        4 job_completion_date: Option<Time> = time("JobCompletionDate").required();
        5 is_truncated: Option<bool> = boolean("IsTruncated");
        6 marker: Option<String> = text("Marker");
        7 error: Option<ErrorDetails> = shape("Error");
    }
}

shape! {
    /// `GetServiceLastAccessedDetailsWithEntitiesRequest`.
    #[derive(Clone)]
    GetServiceLastAccessedDetailsWithEntitiesRequest {
        0 job_id: String = text("JobId").required().limits(&limits::JOB_ID_TYPE);
        1 service_namespace: String = text("ServiceNamespace").required().limits(&limits::SERVICE_NAMESPACE_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
        3 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `GetServiceLastAccessedDetailsWithEntitiesResponse`.
    #[derive(Clone)]
    GetServiceLastAccessedDetailsWithEntitiesResponse {
        0 job_status: Option<String> = text("JobStatus").required().limits(&limits::JOB_STATUS_TYPE);
        1 job_creation_date: Option<Time> = time("JobCreationDate").required();
        2 job_completion_date: Option<Time> = time("JobCompletionDate").required();
        3 entity_details_list: Option<Vec<EntityDetails>> = list("EntityDetailsList").required();
        4 is_truncated: Option<bool> = boolean("IsTruncated");
        5 marker: Option<String> = text("Marker");
        6 error: Option<ErrorDetails> = shape("Error");
    }
}

shape! {
    /// `GetServiceLinkedRoleDeletionStatusRequest`.
    #[derive(Clone)]
    GetServiceLinkedRoleDeletionStatusRequest {
        0 deletion_task_id: String = text("DeletionTaskId").required().limits(&limits::DELETION_TASK_ID_TYPE);
    }
}

shape! {
    /// `GetServiceLinkedRoleDeletionStatusResponse`.
    #[derive(Clone)]
    GetServiceLinkedRoleDeletionStatusResponse {
        0 status: Option<String> = text("Status").required().limits(&limits::DELETION_TASK_STATUS_TYPE);
        1 reason: Option<DeletionTaskFailureReasonType> = shape("Reason");
    }
}

shape! {
    /// `GetUserPolicyRequest`.
    #[derive(Clone)]
    GetUserPolicyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `GetUserPolicyResponse`.
    #[derive(Clone)]
    GetUserPolicyResponse {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 policy_name: Option<String> = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: Option<String> = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `GetUserRequest`.
    #[derive(Clone)]
    GetUserRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
    }
}

shape! {
    /// `GetUserResponse`.
    #[derive(Clone)]
    GetUserResponse {
        0 user: Option<User> = shape("User").required();
    }
}

shape! {
    /// `Group`.
    #[derive(Clone)]
    Group {
        0 path: Option<String> = text("Path").required().limits(&limits::PATH_TYPE);
        1 group_name: Option<String> = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        2 group_id: Option<String> = text("GroupId").required().limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate").required();
    }
}

shape! {
    /// `GroupDetail`.
    #[derive(Clone)]
    GroupDetail {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 group_name: Option<String> = text("GroupName").limits(&limits::GROUP_NAME_TYPE);
        2 group_id: Option<String> = text("GroupId").limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate");
        5 group_policy_list: Option<Vec<PolicyDetail>> = list("GroupPolicyList");
        6 attached_managed_policies: Option<Vec<AttachedPolicy>> = list("AttachedManagedPolicies");
    }
}

shape! {
    /// `InlinePolicyIdentifierType`.
    #[derive(Clone)]
    InlinePolicyIdentifierType {
        0 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        1 attachment_type: String = text("AttachmentType").required().limits(&limits::ATTACHMENT_TYPE);
        2 attachment_name: String = text("AttachmentName").required().limits(&limits::ATTACHMENT_NAME);
    }
}

shape! {
    /// `InstanceProfile`.
    #[derive(Clone)]
    InstanceProfile {
        0 path: Option<String> = text("Path").required().limits(&limits::PATH_TYPE);
        1 instance_profile_name: Option<String> = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        2 instance_profile_id: Option<String> = text("InstanceProfileId").required().limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate").required();
        5 roles: Option<Vec<Role>> = list("Roles").required();
        6 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `ListAccessKeysRequest`.
    #[derive(Clone)]
    ListAccessKeysRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListAccessKeysResponse`.
    #[derive(Clone)]
    ListAccessKeysResponse {
        0 access_key_metadata: Option<Vec<AccessKeyMetadata>> = list("AccessKeyMetadata").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListAccountAliasesRequest`.
    #[derive(Clone)]
    ListAccountAliasesRequest {
        0 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        1 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListAccountAliasesResponse`.
    #[derive(Clone)]
    ListAccountAliasesResponse {
        0 account_aliases: Option<Vec<String>> = list("AccountAliases").required().limits(&limits::ACCOUNT_ALIAS_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListAttachedGroupPoliciesRequest`.
    #[derive(Clone)]
    ListAttachedGroupPoliciesRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 path_prefix: Option<String> = text("PathPrefix").limits(&limits::POLICY_PATH_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        3 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListAttachedGroupPoliciesResponse`.
    #[derive(Clone)]
    ListAttachedGroupPoliciesResponse {
        0 attached_policies: Option<Vec<AttachedPolicy>> = list("AttachedPolicies");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListAttachedRolePoliciesRequest`.
    #[derive(Clone)]
    ListAttachedRolePoliciesRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 path_prefix: Option<String> = text("PathPrefix").limits(&limits::POLICY_PATH_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        3 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListAttachedRolePoliciesResponse`.
    #[derive(Clone)]
    ListAttachedRolePoliciesResponse {
        0 attached_policies: Option<Vec<AttachedPolicy>> = list("AttachedPolicies");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListAttachedUserPoliciesRequest`.
    #[derive(Clone)]
    ListAttachedUserPoliciesRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 path_prefix: Option<String> = text("PathPrefix").limits(&limits::POLICY_PATH_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        3 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListAttachedUserPoliciesResponse`.
    #[derive(Clone)]
    ListAttachedUserPoliciesResponse {
        0 attached_policies: Option<Vec<AttachedPolicy>> = list("AttachedPolicies");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListEntitiesForPolicyRequest`.
    #[derive(Clone)]
    ListEntitiesForPolicyRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 entity_filter: Option<String> = text("EntityFilter").limits(&limits::ENTITY_TYPE);
        2 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_TYPE);
        3 policy_usage_filter: Option<String> = text("PolicyUsageFilter").limits(&limits::POLICY_USAGE_TYPE);
        4 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        5 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListEntitiesForPolicyResponse`.
    #[derive(Clone)]
    ListEntitiesForPolicyResponse {
        0 policy_groups: Option<Vec<PolicyGroup>> = list("PolicyGroups");
        1 policy_users: Option<Vec<PolicyUser>> = list("PolicyUsers");
        2 policy_roles: Option<Vec<PolicyRole>> = list("PolicyRoles");
        3 is_truncated: Option<bool> = boolean("IsTruncated");
        4 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListGroupPoliciesRequest`.
    #[derive(Clone)]
    ListGroupPoliciesRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListGroupPoliciesResponse`.
    #[derive(Clone)]
    ListGroupPoliciesResponse {
        0 policy_names: Option<Vec<String>> = list("PolicyNames").required().limits(&limits::POLICY_NAME_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListGroupsForUserRequest`.
    #[derive(Clone)]
    ListGroupsForUserRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListGroupsForUserResponse`.
    #[derive(Clone)]
    ListGroupsForUserResponse {
        0 groups: Option<Vec<Group>> = list("Groups").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListGroupsRequest`.
    #[derive(Clone)]
    ListGroupsRequest {
        0 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_PREFIX_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListGroupsResponse`.
    #[derive(Clone)]
    ListGroupsResponse {
        0 groups: Option<Vec<Group>> = list("Groups").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListInstanceProfileTagsRequest`.
    #[derive(Clone)]
    ListInstanceProfileTagsRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListInstanceProfileTagsResponse`.
    #[derive(Clone)]
    ListInstanceProfileTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListInstanceProfilesForRoleRequest`.
    #[derive(Clone)]
    ListInstanceProfilesForRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListInstanceProfilesForRoleResponse`.
    #[derive(Clone)]
    ListInstanceProfilesForRoleResponse {
        0 instance_profiles: Option<Vec<InstanceProfile>> = list("InstanceProfiles").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListInstanceProfilesRequest`.
    #[derive(Clone)]
    ListInstanceProfilesRequest {
        0 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_PREFIX_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListInstanceProfilesResponse`.
    #[derive(Clone)]
    ListInstanceProfilesResponse {
        0 instance_profiles: Option<Vec<InstanceProfile>> = list("InstanceProfiles").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListMFADeviceTagsRequest`.
    #[derive(Clone)]
    ListMFADeviceTagsRequest {
        0 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListMFADeviceTagsResponse`.
    #[derive(Clone)]
    ListMFADeviceTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListMFADevicesRequest`.
    #[derive(Clone)]
    ListMFADevicesRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListMFADevicesResponse`.
    #[derive(Clone)]
    ListMFADevicesResponse {
        0 mfa_devices: Option<Vec<MFADevice>> = list("MFADevices").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListOpenIDConnectProviderTagsRequest`.
    #[derive(Clone)]
    ListOpenIDConnectProviderTagsRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListOpenIDConnectProviderTagsResponse`.
    #[derive(Clone)]
    ListOpenIDConnectProviderTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListOpenIDConnectProvidersRequest`.
    #[derive(Clone)]
    ListOpenIDConnectProvidersRequest {
    }
}

shape! {
    /// `ListOpenIDConnectProvidersResponse`.
    #[derive(Clone)]
    ListOpenIDConnectProvidersResponse {
        0 open_id_connect_provider_list: Option<Vec<OpenIDConnectProviderListEntry>> = list("OpenIDConnectProviderList");
    }
}

shape! {
    /// `ListOrganizationsFeaturesRequest`.
    #[derive(Clone)]
    ListOrganizationsFeaturesRequest {
    }
}

shape! {
    /// `ListOrganizationsFeaturesResponse`.
    #[derive(Clone)]
    ListOrganizationsFeaturesResponse {
        0 organization_id: Option<String> = text("OrganizationId").limits(&limits::ORGANIZATION_ID_TYPE);
        1 enabled_features: Option<Vec<String>> = list("EnabledFeatures").limits(&limits::FEATURES_LIST_TYPE);
    }
}

shape! {
    /// `ListPoliciesGrantingServiceAccessEntry`.
    #[derive(Clone)]
    ListPoliciesGrantingServiceAccessEntry {
        0 service_namespace: Option<String> = text("ServiceNamespace").limits(&limits::SERVICE_NAMESPACE_TYPE);
        1 policies: Option<Vec<PolicyGrantingServiceAccess>> = list("Policies");
    }
}

shape! {
    /// `ListPoliciesGrantingServiceAccessRequest`.
    #[derive(Clone)]
    ListPoliciesGrantingServiceAccessRequest {
        0 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        1 arn: String = text("Arn").required().limits(&limits::ARN_TYPE);
        2 service_namespaces: Vec<String> = list("ServiceNamespaces").required().limits(&limits::SERVICE_NAMESPACE_LIST_TYPE);
    }
}

shape! {
    /// `ListPoliciesGrantingServiceAccessResponse`.
    #[derive(Clone)]
    ListPoliciesGrantingServiceAccessResponse {
        0 policies_granting_service_access: Option<Vec<ListPoliciesGrantingServiceAccessEntry>> = list("PoliciesGrantingServiceAccess").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListPoliciesRequest`.
    #[derive(Clone)]
    ListPoliciesRequest {
        0 scope: Option<String> = text("Scope").limits(&limits::POLICY_SCOPE_TYPE);
        1 only_attached: Option<bool> = boolean("OnlyAttached");
        2 path_prefix: Option<String> = text("PathPrefix").limits(&limits::POLICY_PATH_TYPE);
        3 policy_usage_filter: Option<String> = text("PolicyUsageFilter").limits(&limits::POLICY_USAGE_TYPE);
        4 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        5 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListPoliciesResponse`.
    #[derive(Clone)]
    ListPoliciesResponse {
        0 policies: Option<Vec<Policy>> = list("Policies");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListPolicyTagsRequest`.
    #[derive(Clone)]
    ListPolicyTagsRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListPolicyTagsResponse`.
    #[derive(Clone)]
    ListPolicyTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListPolicyVersionsRequest`.
    #[derive(Clone)]
    ListPolicyVersionsRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListPolicyVersionsResponse`.
    #[derive(Clone)]
    ListPolicyVersionsResponse {
        0 versions: Option<Vec<PolicyVersion>> = list("Versions");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListRolePoliciesRequest`.
    #[derive(Clone)]
    ListRolePoliciesRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListRolePoliciesResponse`.
    #[derive(Clone)]
    ListRolePoliciesResponse {
        0 policy_names: Option<Vec<String>> = list("PolicyNames").required().limits(&limits::POLICY_NAME_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListRoleTagsRequest`.
    #[derive(Clone)]
    ListRoleTagsRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListRoleTagsResponse`.
    #[derive(Clone)]
    ListRoleTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListRolesRequest`.
    #[derive(Clone)]
    ListRolesRequest {
        0 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_PREFIX_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListRolesResponse`.
    #[derive(Clone)]
    ListRolesResponse {
        0 roles: Option<Vec<Role>> = list("Roles").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListSAMLProviderTagsRequest`.
    #[derive(Clone)]
    ListSAMLProviderTagsRequest {
        0 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListSAMLProviderTagsResponse`.
    #[derive(Clone)]
    ListSAMLProviderTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListSAMLProvidersRequest`.
    #[derive(Clone)]
    ListSAMLProvidersRequest {
    }
}

shape! {
    /// `ListSAMLProvidersResponse`.
    #[derive(Clone)]
    ListSAMLProvidersResponse {
        0 saml_provider_list: Option<Vec<SAMLProviderListEntry>> = list("SAMLProviderList");
    }
}

shape! {
    /// `ListSSHPublicKeysRequest`.
    #[derive(Clone)]
    ListSSHPublicKeysRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListSSHPublicKeysResponse`.
    #[derive(Clone)]
    ListSSHPublicKeysResponse {
        0 ssh_public_keys: Option<Vec<SSHPublicKeyMetadata>> = list("SSHPublicKeys");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListServerCertificateTagsRequest`.
    #[derive(Clone)]
    ListServerCertificateTagsRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListServerCertificateTagsResponse`.
    #[derive(Clone)]
    ListServerCertificateTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListServerCertificatesRequest`.
    #[derive(Clone)]
    ListServerCertificatesRequest {
        0 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_PREFIX_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListServerCertificatesResponse`.
    #[derive(Clone)]
    ListServerCertificatesResponse {
        0 server_certificate_metadata_list: Option<Vec<ServerCertificateMetadata>> = list("ServerCertificateMetadataList").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListServiceSpecificCredentialsRequest`.
    #[derive(Clone)]
    ListServiceSpecificCredentialsRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 service_name: Option<String> = text("ServiceName");
        2 all_users: Option<bool> = boolean("AllUsers");
        3 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        4 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListServiceSpecificCredentialsResponse`.
    #[derive(Clone)]
    ListServiceSpecificCredentialsResponse {
        0 service_specific_credentials: Option<Vec<ServiceSpecificCredentialMetadata>> = list("ServiceSpecificCredentials");
        1 marker: Option<String> = text("Marker");
        2 is_truncated: Option<bool> = boolean("IsTruncated");
    }
}

shape! {
    /// `ListSigningCertificatesRequest`.
    #[derive(Clone)]
    ListSigningCertificatesRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListSigningCertificatesResponse`.
    #[derive(Clone)]
    ListSigningCertificatesResponse {
        0 certificates: Option<Vec<SigningCertificate>> = list("Certificates").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListUserPoliciesRequest`.
    #[derive(Clone)]
    ListUserPoliciesRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListUserPoliciesResponse`.
    #[derive(Clone)]
    ListUserPoliciesResponse {
        0 policy_names: Option<Vec<String>> = list("PolicyNames").required().limits(&limits::POLICY_NAME_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListUserTagsRequest`.
    #[derive(Clone)]
    ListUserTagsRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListUserTagsResponse`.
    #[derive(Clone)]
    ListUserTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListUsersRequest`.
    #[derive(Clone)]
    ListUsersRequest {
        0 path_prefix: Option<String> = text("PathPrefix").limits(&limits::PATH_PREFIX_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListUsersResponse`.
    #[derive(Clone)]
    ListUsersResponse {
        0 users: Option<Vec<User>> = list("Users").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `ListVirtualMFADevicesRequest`.
    #[derive(Clone)]
    ListVirtualMFADevicesRequest {
        0 assignment_status: Option<String> = text("AssignmentStatus").limits(&limits::ASSIGNMENT_STATUS_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
    }
}

shape! {
    /// `ListVirtualMFADevicesResponse`.
    #[derive(Clone)]
    ListVirtualMFADevicesResponse {
        0 virtual_mfa_devices: Option<Vec<VirtualMFADevice>> = list("VirtualMFADevices").required();
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `LoginProfile`.
    #[derive(Clone)]
    LoginProfile {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 create_date: Option<Time> = time("CreateDate").required();
        2 password_reset_required: Option<bool> = boolean("PasswordResetRequired");
    }
}

shape! {
    /// `MFADevice`.
    #[derive(Clone)]
    MFADevice {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 serial_number: Option<String> = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        2 enable_date: Option<Time> = time("EnableDate").required();
    }
}

shape! {
    /// `ManagedPolicyDetail`.
    #[derive(Clone)]
    ManagedPolicyDetail {
        0 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
        1 policy_id: Option<String> = text("PolicyId").limits(&limits::ID_TYPE);
        2 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        3 path: Option<String> = text("Path").limits(&limits::POLICY_PATH_TYPE);
        4 default_version_id: Option<String> = text("DefaultVersionId").limits(&limits::POLICY_VERSION_ID_TYPE);
        5 attachment_count: Option<i32> = integer("AttachmentCount");
        6 permissions_boundary_usage_count: Option<i32> = integer("PermissionsBoundaryUsageCount");
        7 is_attachable: Option<bool> = boolean("IsAttachable");
        8 description: Option<String> = text("Description").limits(&limits::POLICY_DESCRIPTION_TYPE);
        9 create_date: Option<Time> = time("CreateDate");
        10 update_date: Option<Time> = time("UpdateDate");
        11 policy_version_list: Option<Vec<PolicyVersion>> = list("PolicyVersionList");
    }
}

shape! {
    /// `OpenIDConnectProviderListEntry`.
    #[derive(Clone)]
    OpenIDConnectProviderListEntry {
        0 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `OrderedOrganizationPolicyType`.
    #[derive(Clone)]
    OrderedOrganizationPolicyType {
        0 service_control_policy_input_list: Option<Vec<String>> = list("ServiceControlPolicyInputList").limits(&limits::SIMULATION_POLICY_LIST_TYPE);
    }
}

shape! {
    /// `OrganizationsDecisionDetail`.
    #[derive(Clone)]
    OrganizationsDecisionDetail {
        0 allowed_by_organizations: Option<bool> = boolean("AllowedByOrganizations");
    }
}

shape! {
    /// `PasswordPolicy`.
    #[derive(Clone)]
    PasswordPolicy {
        0 minimum_password_length: Option<i32> = integer("MinimumPasswordLength").limits(&limits::MINIMUM_PASSWORD_LENGTH_TYPE);
        1 require_symbols: Option<bool> = boolean("RequireSymbols");
        2 require_numbers: Option<bool> = boolean("RequireNumbers");
        3 require_uppercase_characters: Option<bool> = boolean("RequireUppercaseCharacters");
        4 require_lowercase_characters: Option<bool> = boolean("RequireLowercaseCharacters");
        5 allow_users_to_change_password: Option<bool> = boolean("AllowUsersToChangePassword");
        6 expire_passwords: Option<bool> = boolean("ExpirePasswords");
        7 max_password_age: Option<i32> = integer("MaxPasswordAge").limits(&limits::MAX_PASSWORD_AGE_TYPE);
        8 password_reuse_prevention: Option<i32> = integer("PasswordReusePrevention").limits(&limits::PASSWORD_REUSE_PREVENTION_TYPE);
        9 hard_expiry: Option<bool> = boolean("HardExpiry");
    }
}

shape! {
    /// `PermissionsBoundaryDecisionDetail`.
    #[derive(Clone)]
    PermissionsBoundaryDecisionDetail {
        0 allowed_by_permissions_boundary: Option<bool> = boolean("AllowedByPermissionsBoundary");
    }
}

shape! {
    /// `Policy`.
    #[derive(Clone)]
    Policy {
        0 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
        1 policy_id: Option<String> = text("PolicyId").limits(&limits::ID_TYPE);
        2 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        3 path: Option<String> = text("Path").limits(&limits::POLICY_PATH_TYPE);
        4 default_version_id: Option<String> = text("DefaultVersionId").limits(&limits::POLICY_VERSION_ID_TYPE);
        5 attachment_count: Option<i32> = integer("AttachmentCount");
        6 permissions_boundary_usage_count: Option<i32> = integer("PermissionsBoundaryUsageCount");
        7 is_attachable: Option<bool> = boolean("IsAttachable");
        8 description: Option<String> = text("Description").limits(&limits::POLICY_DESCRIPTION_TYPE);
        9 create_date: Option<Time> = time("CreateDate");
        10 update_date: Option<Time> = time("UpdateDate");
        11 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `PolicyDetail`.
    #[derive(Clone)]
    PolicyDetail {
        0 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
        1 policy_document: Option<String> = text("PolicyDocument").limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `PolicyGrantingServiceAccess`.
    #[derive(Clone)]
    PolicyGrantingServiceAccess {
        0 policy_name: Option<String> = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        1 policy_type: Option<String> = text("PolicyType").required().limits(&limits::POLICY_TYPE);
        2 policy_arn: Option<String> = text("PolicyArn").limits(&limits::ARN_TYPE);
        3 entity_type: Option<String> = text("EntityType").limits(&limits::POLICY_OWNER_ENTITY_TYPE);
        4 entity_name: Option<String> = text("EntityName").limits(&limits::ENTITY_NAME_TYPE);
    }
}

shape! {
    /// `PolicyGroup`.
    #[derive(Clone)]
    PolicyGroup {
        0 group_name: Option<String> = text("GroupName").limits(&limits::GROUP_NAME_TYPE);
        1 group_id: Option<String> = text("GroupId").limits(&limits::ID_TYPE);
    }
}

shape! {
    /// `PolicyIdentifier`.
    #[derive(Clone)]
    PolicyIdentifier {
        0 policy_type: Option<String> = text("PolicyType").limits(&limits::POLICY_IDENTIFIER_POLICY_TYPE);
        1 policy_arn: Option<String> = text("PolicyArn").limits(&limits::ARN_TYPE);
        2 inline_policy_identifier: Option<InlinePolicyIdentifierType> = shape("InlinePolicyIdentifier");
        root "PolicyIdentifier".union();
    }
}

shape! {
    /// `PolicyRole`.
    #[derive(Clone)]
    PolicyRole {
        0 role_name: Option<String> = text("RoleName").limits(&limits::ROLE_NAME_TYPE);
        1 role_id: Option<String> = text("RoleId").limits(&limits::ID_TYPE);
    }
}

shape! {
    /// `PolicyUser`.
    #[derive(Clone)]
    PolicyUser {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 user_id: Option<String> = text("UserId").limits(&limits::ID_TYPE);
    }
}

shape! {
    /// `PolicyVersion`.
    #[derive(Clone)]
    PolicyVersion {
        0 document: Option<String> = text("Document").limits(&limits::POLICY_DOCUMENT_TYPE);
        1 version_id: Option<String> = text("VersionId").limits(&limits::POLICY_VERSION_ID_TYPE);
        2 is_default_version: Option<bool> = boolean("IsDefaultVersion");
        3 create_date: Option<Time> = time("CreateDate");
    }
}

shape! {
    /// `Position`.
    #[derive(Clone)]
    Position {
        0 line: Option<i32> = integer("Line");
        1 column: Option<i32> = integer("Column");
    }
}

shape! {
    /// `PutGroupPolicyRequest`.
    #[derive(Clone)]
    PutGroupPolicyRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `PutRolePermissionsBoundaryRequest`.
    #[derive(Clone)]
    PutRolePermissionsBoundaryRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 permissions_boundary: String = text("PermissionsBoundary").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `PutRolePolicyRequest`.
    #[derive(Clone)]
    PutRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `PutUserPermissionsBoundaryRequest`.
    #[derive(Clone)]
    PutUserPermissionsBoundaryRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 permissions_boundary: String = text("PermissionsBoundary").required().limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `PutUserPolicyRequest`.
    #[derive(Clone)]
    PutUserPolicyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 policy_name: String = text("PolicyName").required().limits(&limits::POLICY_NAME_TYPE);
        2 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `RemoveClientIDFromOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    RemoveClientIDFromOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 client_id: String = text("ClientID").required().limits(&limits::CLIENT_ID_TYPE);
    }
}

shape! {
    /// `RemoveRoleFromInstanceProfileRequest`.
    #[derive(Clone)]
    RemoveRoleFromInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
    }
}

shape! {
    /// `RemoveUserFromGroupRequest`.
    #[derive(Clone)]
    RemoveUserFromGroupRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
    }
}

shape! {
    /// `ResetServiceSpecificCredentialRequest`.
    #[derive(Clone)]
    ResetServiceSpecificCredentialRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 service_specific_credential_id: String = text("ServiceSpecificCredentialId").required().limits(&limits::SERVICE_SPECIFIC_CREDENTIAL_ID);
    }
}

shape! {
    /// `ResetServiceSpecificCredentialResponse`.
    #[derive(Clone)]
    ResetServiceSpecificCredentialResponse {
        0 service_specific_credential: Option<ServiceSpecificCredential> = shape("ServiceSpecificCredential");
    }
}

shape! {
    /// `ResourceSpecificResult`.
    #[derive(Clone)]
    ResourceSpecificResult {
        0 eval_resource_name: Option<String> = text("EvalResourceName").required().limits(&limits::RESOURCE_NAME_TYPE);
        1 eval_resource_decision: Option<String> = text("EvalResourceDecision").required().limits(&limits::POLICY_EVALUATION_DECISION_TYPE);
        2 matched_statements: Option<Vec<Statement>> = list("MatchedStatements");
        3 missing_context_values: Option<Vec<String>> = list("MissingContextValues").limits(&limits::CONTEXT_KEY_NAMES_RESULT_LIST_TYPE);
        4 eval_decision_details: Option<Map<String>> = map("EvalDecisionDetails").limits(&limits::EVAL_DECISION_DETAILS_TYPE);
        5 permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = shape("PermissionsBoundaryDecisionDetail");
    }
}

shape! {
    /// `ResyncMFADeviceRequest`.
    #[derive(Clone)]
    ResyncMFADeviceRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        2 authentication_code1: String = text("AuthenticationCode1").required().limits(&limits::AUTHENTICATION_CODE_TYPE);
        3 authentication_code2: String = text("AuthenticationCode2").required().limits(&limits::AUTHENTICATION_CODE_TYPE);
    }
}

shape! {
    /// `Role`.
    #[derive(Clone)]
    Role {
        0 path: Option<String> = text("Path").required().limits(&limits::PATH_TYPE);
        1 role_name: Option<String> = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        2 role_id: Option<String> = text("RoleId").required().limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate").required();
        5 assume_role_policy_document: Option<String> = text("AssumeRolePolicyDocument").limits(&limits::POLICY_DOCUMENT_TYPE);
        6 description: Option<String> = text("Description").limits(&limits::ROLE_DESCRIPTION_TYPE);
        7 max_session_duration: Option<i32> = integer("MaxSessionDuration").limits(&limits::ROLE_MAX_SESSION_DURATION_TYPE);
        8 permissions_boundary: Option<AttachedPermissionsBoundary> = shape("PermissionsBoundary");
        9 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        10 role_last_used: Option<RoleLastUsed> = shape("RoleLastUsed");
        11 source_role_template: Option<SourceRoleTemplate> = shape("SourceRoleTemplate");
    }
}

shape! {
    /// `RoleDetail`.
    #[derive(Clone)]
    RoleDetail {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 role_name: Option<String> = text("RoleName").limits(&limits::ROLE_NAME_TYPE);
        2 role_id: Option<String> = text("RoleId").limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate");
        5 assume_role_policy_document: Option<String> = text("AssumeRolePolicyDocument").limits(&limits::POLICY_DOCUMENT_TYPE);
        6 instance_profile_list: Option<Vec<InstanceProfile>> = list("InstanceProfileList");
        7 role_policy_list: Option<Vec<PolicyDetail>> = list("RolePolicyList");
        8 attached_managed_policies: Option<Vec<AttachedPolicy>> = list("AttachedManagedPolicies");
        9 permissions_boundary: Option<AttachedPermissionsBoundary> = shape("PermissionsBoundary");
        10 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
        11 role_last_used: Option<RoleLastUsed> = shape("RoleLastUsed");
    }
}

shape! {
    /// `RoleLastUsed`.
    #[derive(Clone)]
    RoleLastUsed {
        0 last_used_date: Option<Time> = time("LastUsedDate");
        1 region: Option<String> = text("Region");
    }
}

shape! {
    /// `RoleUsageType`.
    #[derive(Clone)]
    RoleUsageType {
        0 region: Option<String> = text("Region").limits(&limits::REGION_NAME_TYPE);
        1 resources: Option<Vec<String>> = list("Resources").limits(&limits::ARN_LIST_TYPE);
    }
}

shape! {
    /// `SAMLPrivateKey`.
    #[derive(Clone)]
    SAMLPrivateKey {
        0 key_id: Option<String> = text("KeyId").limits(&limits::PRIVATE_KEY_ID_TYPE);
        1 timestamp: Option<Time> = time("Timestamp");
    }
}

shape! {
    /// `SAMLProviderListEntry`.
    #[derive(Clone)]
    SAMLProviderListEntry {
        0 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        1 valid_until: Option<Time> = time("ValidUntil");
        2 create_date: Option<Time> = time("CreateDate");
    }
}

shape! {
    /// `SSHPublicKey`.
    #[derive(Clone)]
    SSHPublicKey {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_id: Option<String> = text("SSHPublicKeyId").required().limits(&limits::PUBLIC_KEY_ID_TYPE);
        2 fingerprint: Option<String> = text("Fingerprint").required().limits(&limits::PUBLIC_KEY_FINGERPRINT_TYPE);
        3 ssh_public_key_body: Option<String> = text("SSHPublicKeyBody").required().limits(&limits::PUBLIC_KEY_MATERIAL_TYPE);
        4 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
        5 upload_date: Option<Time> = time("UploadDate");
    }
}

shape! {
    /// `SSHPublicKeyMetadata`.
    #[derive(Clone)]
    SSHPublicKeyMetadata {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_id: Option<String> = text("SSHPublicKeyId").required().limits(&limits::PUBLIC_KEY_ID_TYPE);
        2 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
        3 upload_date: Option<Time> = time("UploadDate").required();
    }
}

shape! {
    /// `ServerCertificate`.
    #[derive(Clone)]
    ServerCertificate {
        0 server_certificate_metadata: Option<ServerCertificateMetadata> = shape("ServerCertificateMetadata").required();
        1 certificate_body: Option<String> = text("CertificateBody").required().limits(&limits::CERTIFICATE_BODY_TYPE);
        2 certificate_chain: Option<String> = text("CertificateChain").limits(&limits::CERTIFICATE_CHAIN_TYPE);
        3 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `ServerCertificateMetadata`.
    #[derive(Clone)]
    ServerCertificateMetadata {
        0 path: Option<String> = text("Path").required().limits(&limits::PATH_TYPE);
        1 server_certificate_name: Option<String> = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        2 server_certificate_id: Option<String> = text("ServerCertificateId").required().limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        4 upload_date: Option<Time> = time("UploadDate");
        5 expiration: Option<Time> = time("Expiration");
    }
}

shape! {
    /// `ServiceLastAccessed`.
    #[derive(Clone)]
    ServiceLastAccessed {
        0 service_name: Option<String> = text("ServiceName").required();
        1 last_authenticated: Option<Time> = time("LastAuthenticated");
        2 service_namespace: Option<String> = text("ServiceNamespace").required().limits(&limits::SERVICE_NAMESPACE_TYPE);
        3 last_authenticated_entity: Option<String> = text("LastAuthenticatedEntity").limits(&limits::ARN_TYPE);
        4 last_authenticated_region: Option<String> = text("LastAuthenticatedRegion");
        5 total_authenticated_entities: Option<i32> = integer("TotalAuthenticatedEntities");
        6 tracked_actions_last_accessed: Option<Vec<TrackedActionLastAccessed>> = list("TrackedActionsLastAccessed");
    }
}

shape! {
    /// `ServiceSpecificCredential`.
    #[derive(Clone)]
    ServiceSpecificCredential {
        0 create_date: Option<Time> = time("CreateDate").required();
        1 expiration_date: Option<Time> = time("ExpirationDate");
        2 service_name: Option<String> = text("ServiceName").required();
        3 service_user_name: Option<String> = text("ServiceUserName").limits(&limits::SERVICE_USER_NAME);
        4 service_password: Option<String> = text("ServicePassword").sensitive();
        5 service_credential_alias: Option<String> = text("ServiceCredentialAlias").limits(&limits::SERVICE_CREDENTIAL_ALIAS);
        6 service_credential_secret: Option<String> = text("ServiceCredentialSecret").sensitive();
        7 service_specific_credential_id: Option<String> = text("ServiceSpecificCredentialId").required().limits(&limits::SERVICE_SPECIFIC_CREDENTIAL_ID);
        8 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        9 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
    }
}

shape! {
    /// `ServiceSpecificCredentialMetadata`.
    #[derive(Clone)]
    ServiceSpecificCredentialMetadata {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
        2 service_user_name: Option<String> = text("ServiceUserName").limits(&limits::SERVICE_USER_NAME);
        3 service_credential_alias: Option<String> = text("ServiceCredentialAlias").limits(&limits::SERVICE_CREDENTIAL_ALIAS);
        4 create_date: Option<Time> = time("CreateDate").required();
        5 expiration_date: Option<Time> = time("ExpirationDate");
        6 service_specific_credential_id: Option<String> = text("ServiceSpecificCredentialId").required().limits(&limits::SERVICE_SPECIFIC_CREDENTIAL_ID);
        7 service_name: Option<String> = text("ServiceName").required();
    }
}

shape! {
    /// `SetDefaultPolicyVersionRequest`.
    #[derive(Clone)]
    SetDefaultPolicyVersionRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 version_id: String = text("VersionId").required().limits(&limits::POLICY_VERSION_ID_TYPE);
    }
}

shape! {
    /// `SetSecurityTokenServicePreferencesRequest`.
    #[derive(Clone)]
    SetSecurityTokenServicePreferencesRequest {
        0 global_endpoint_token_version: String = text("GlobalEndpointTokenVersion").required().limits(&limits::GLOBAL_ENDPOINT_TOKEN_VERSION);
    }
}

shape! {
    /// `SigningCertificate`.
    #[derive(Clone)]
    SigningCertificate {
        0 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 certificate_id: Option<String> = text("CertificateId").required().limits(&limits::CERTIFICATE_ID_TYPE);
        2 certificate_body: Option<String> = text("CertificateBody").required().limits(&limits::CERTIFICATE_BODY_TYPE);
        3 status: Option<String> = text("Status").required().limits(&limits::STATUS_TYPE);
        4 upload_date: Option<Time> = time("UploadDate");
    }
}

shape! {
    /// `SimulateCustomPolicyRequest`.
    #[derive(Clone)]
    SimulateCustomPolicyRequest {
        0 policy_input_list: Vec<String> = list("PolicyInputList").required().limits(&limits::SIMULATION_POLICY_LIST_TYPE);
        1 permissions_boundary_policy_input_list: Option<Vec<String>> = list("PermissionsBoundaryPolicyInputList").limits(&limits::SIMULATION_POLICY_LIST_TYPE);
        2 ordered_organization_policy_input_list: Option<Vec<OrderedOrganizationPolicyType>> = list("OrderedOrganizationPolicyInputList").limits(&limits::ORGANIZATION_POLICY_LIST_TYPE);
        3 action_names: Vec<String> = list("ActionNames").required().limits(&limits::ACTION_NAME_LIST_TYPE);
        4 resource_arns: Option<Vec<String>> = list("ResourceArns").limits(&limits::RESOURCE_NAME_LIST_TYPE);
        5 resource_policy: Option<String> = text("ResourcePolicy").limits(&limits::POLICY_DOCUMENT_TYPE);
        6 resource_owner: Option<String> = text("ResourceOwner").limits(&limits::RESOURCE_NAME_TYPE);
        7 caller_arn: Option<String> = text("CallerArn").limits(&limits::RESOURCE_NAME_TYPE);
        8 context_entries: Option<Vec<ContextEntry>> = list("ContextEntries");
        9 resource_handling_option: Option<String> = text("ResourceHandlingOption").limits(&limits::RESOURCE_HANDLING_OPTION_TYPE);
        10 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
        11 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `SimulatePolicyResponse`.
    #[derive(Clone)]
    SimulatePolicyResponse {
        0 evaluation_results: Option<Vec<EvaluationResult>> = list("EvaluationResults");
        1 is_truncated: Option<bool> = boolean("IsTruncated");
        2 marker: Option<String> = text("Marker");
    }
}

shape! {
    /// `SimulatePrincipalPolicyRequest`.
    #[derive(Clone)]
    SimulatePrincipalPolicyRequest {
        0 policy_source_arn: String = text("PolicySourceArn").required().limits(&limits::ARN_TYPE);
        1 policy_input_list: Option<Vec<String>> = list("PolicyInputList").limits(&limits::SIMULATION_POLICY_LIST_TYPE);
        2 permissions_boundary_policy_input_list: Option<Vec<String>> = list("PermissionsBoundaryPolicyInputList").limits(&limits::SIMULATION_POLICY_LIST_TYPE);
        3 policy_exclusion_list: Option<Vec<PolicyIdentifier>> = list("PolicyExclusionList").limits(&limits::POLICY_EXCLUSIONS_LIST_TYPE);
        4 action_names: Vec<String> = list("ActionNames").required().limits(&limits::ACTION_NAME_LIST_TYPE);
        5 resource_arns: Option<Vec<String>> = list("ResourceArns").limits(&limits::RESOURCE_NAME_LIST_TYPE);
        6 resource_policy: Option<String> = text("ResourcePolicy").limits(&limits::POLICY_DOCUMENT_TYPE);
        7 resource_owner: Option<String> = text("ResourceOwner").limits(&limits::RESOURCE_NAME_TYPE);
        8 caller_arn: Option<String> = text("CallerArn").limits(&limits::RESOURCE_NAME_TYPE);
        9 context_entries: Option<Vec<ContextEntry>> = list("ContextEntries");
        10 resource_handling_option: Option<String> = text("ResourceHandlingOption").limits(&limits::RESOURCE_HANDLING_OPTION_TYPE);
        11 max_items: Option<i32> = integer("MaxItems").limits(&limits::MAX_ITEMS_TYPE);
        12 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `SourceRoleTemplate`.
    #[derive(Clone)]
    SourceRoleTemplate {
        0 template_arn: Option<String> = text("TemplateArn").required().limits(&limits::ARN_TYPE);
        1 template_minor_version: Option<i32> = integer("TemplateMinorVersion").required();
    }
}

shape! {
    /// `Statement`.
    #[derive(Clone)]
    Statement {
        0 source_policy_id: Option<String> = text("SourcePolicyId");
        1 source_policy_type: Option<String> = text("SourcePolicyType").limits(&limits::POLICY_SOURCE_TYPE);
        2 start_position: Option<Position> = shape("StartPosition");
        3 end_position: Option<Position> = shape("EndPosition");
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

shape! {
    /// `TagInstanceProfileRequest`.
    #[derive(Clone)]
    TagInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagMFADeviceRequest`.
    #[derive(Clone)]
    TagMFADeviceRequest {
        0 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    TagOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagPolicyRequest`.
    #[derive(Clone)]
    TagPolicyRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagRoleRequest`.
    #[derive(Clone)]
    TagRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagSAMLProviderRequest`.
    #[derive(Clone)]
    TagSAMLProviderRequest {
        0 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagServerCertificateRequest`.
    #[derive(Clone)]
    TagServerCertificateRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TagUserRequest`.
    #[derive(Clone)]
    TagUserRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 tags: Vec<Tag> = list("Tags").required().limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `TrackedActionLastAccessed`.
    #[derive(Clone)]
    TrackedActionLastAccessed {
        0 action_name: Option<String> = text("ActionName");
        1 last_accessed_entity: Option<String> = text("LastAccessedEntity").limits(&limits::ARN_TYPE);
        2 last_accessed_time: Option<Time> = time("LastAccessedTime");
        3 last_accessed_region: Option<String> = text("LastAccessedRegion");
    }
}

shape! {
    /// `UntagInstanceProfileRequest`.
    #[derive(Clone)]
    UntagInstanceProfileRequest {
        0 instance_profile_name: String = text("InstanceProfileName").required().limits(&limits::INSTANCE_PROFILE_NAME_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagMFADeviceRequest`.
    #[derive(Clone)]
    UntagMFADeviceRequest {
        0 serial_number: String = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagOpenIDConnectProviderRequest`.
    #[derive(Clone)]
    UntagOpenIDConnectProviderRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagPolicyRequest`.
    #[derive(Clone)]
    UntagPolicyRequest {
        0 policy_arn: String = text("PolicyArn").required().limits(&limits::ARN_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagRoleRequest`.
    #[derive(Clone)]
    UntagRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagSAMLProviderRequest`.
    #[derive(Clone)]
    UntagSAMLProviderRequest {
        0 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagServerCertificateRequest`.
    #[derive(Clone)]
    UntagServerCertificateRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UntagUserRequest`.
    #[derive(Clone)]
    UntagUserRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST_TYPE);
    }
}

shape! {
    /// `UpdateAccessKeyRequest`.
    #[derive(Clone)]
    UpdateAccessKeyRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 access_key_id: String = text("AccessKeyId").required().limits(&limits::ACCESS_KEY_ID_TYPE);
        2 status: String = text("Status").required().limits(&limits::STATUS_TYPE);
    }
}

shape! {
    /// `UpdateAccountPasswordPolicyRequest`.
    #[derive(Clone)]
    UpdateAccountPasswordPolicyRequest {
        0 minimum_password_length: Option<i32> = integer("MinimumPasswordLength").limits(&limits::MINIMUM_PASSWORD_LENGTH_TYPE);
        1 require_symbols: Option<bool> = boolean("RequireSymbols");
        2 require_numbers: Option<bool> = boolean("RequireNumbers");
        3 require_uppercase_characters: Option<bool> = boolean("RequireUppercaseCharacters");
        4 require_lowercase_characters: Option<bool> = boolean("RequireLowercaseCharacters");
        5 allow_users_to_change_password: Option<bool> = boolean("AllowUsersToChangePassword");
        6 max_password_age: Option<i32> = integer("MaxPasswordAge").limits(&limits::MAX_PASSWORD_AGE_TYPE);
        7 password_reuse_prevention: Option<i32> = integer("PasswordReusePrevention").limits(&limits::PASSWORD_REUSE_PREVENTION_TYPE);
        8 hard_expiry: Option<bool> = boolean("HardExpiry");
    }
}

shape! {
    /// `UpdateAssumeRolePolicyRequest`.
    #[derive(Clone)]
    UpdateAssumeRolePolicyRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 policy_document: String = text("PolicyDocument").required().limits(&limits::POLICY_DOCUMENT_TYPE);
    }
}

shape! {
    /// `UpdateGroupRequest`.
    #[derive(Clone)]
    UpdateGroupRequest {
        0 group_name: String = text("GroupName").required().limits(&limits::GROUP_NAME_TYPE);
        1 new_path: Option<String> = text("NewPath").limits(&limits::PATH_TYPE);
        2 new_group_name: Option<String> = text("NewGroupName").limits(&limits::GROUP_NAME_TYPE);
    }
}

shape! {
    /// `UpdateLoginProfileRequest`.
    #[derive(Clone)]
    UpdateLoginProfileRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 password: Option<String> = text("Password").sensitive().limits(&limits::PASSWORD_TYPE);
        2 password_reset_required: Option<bool> = boolean("PasswordResetRequired");
    }
}

shape! {
    /// `UpdateOpenIDConnectProviderThumbprintRequest`.
    #[derive(Clone)]
    UpdateOpenIDConnectProviderThumbprintRequest {
        0 open_id_connect_provider_arn: String = text("OpenIDConnectProviderArn").required().limits(&limits::ARN_TYPE);
        1 thumbprint_list: Vec<String> = list("ThumbprintList").required().limits(&limits::THUMBPRINT_LIST_TYPE);
    }
}

shape! {
    /// `UpdateRoleDescriptionRequest`.
    #[derive(Clone)]
    UpdateRoleDescriptionRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 description: String = text("Description").required().limits(&limits::ROLE_DESCRIPTION_TYPE);
    }
}

shape! {
    /// `UpdateRoleDescriptionResponse`.
    #[derive(Clone)]
    UpdateRoleDescriptionResponse {
        0 role: Option<Role> = shape("Role");
    }
}

shape! {
    /// `UpdateRoleRequest`.
    #[derive(Clone)]
    UpdateRoleRequest {
        0 role_name: String = text("RoleName").required().limits(&limits::ROLE_NAME_TYPE);
        1 description: Option<String> = text("Description").limits(&limits::ROLE_DESCRIPTION_TYPE);
        2 max_session_duration: Option<i32> = integer("MaxSessionDuration").limits(&limits::ROLE_MAX_SESSION_DURATION_TYPE);
    }
}

shape! {
    /// `UpdateRoleResponse`.
    #[derive(Clone)]
    UpdateRoleResponse {
    }
}

shape! {
    /// `UpdateSAMLProviderRequest`.
    #[derive(Clone)]
    UpdateSAMLProviderRequest {
        0 saml_metadata_document: Option<String> = text("SAMLMetadataDocument").limits(&limits::SAML_METADATA_DOCUMENT_TYPE);
        1 saml_provider_arn: String = text("SAMLProviderArn").required().limits(&limits::ARN_TYPE);
        2 assertion_encryption_mode: Option<String> = text("AssertionEncryptionMode").limits(&limits::ASSERTION_ENCRYPTION_MODE_TYPE);
        3 add_private_key: Option<String> = text("AddPrivateKey").sensitive().limits(&limits::PRIVATE_KEY_TYPE);
        4 remove_private_key: Option<String> = text("RemovePrivateKey").limits(&limits::PRIVATE_KEY_ID_TYPE);
    }
}

shape! {
    /// `UpdateSAMLProviderResponse`.
    #[derive(Clone)]
    UpdateSAMLProviderResponse {
        0 saml_provider_arn: Option<String> = text("SAMLProviderArn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `UpdateSSHPublicKeyRequest`.
    #[derive(Clone)]
    UpdateSSHPublicKeyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_id: String = text("SSHPublicKeyId").required().limits(&limits::PUBLIC_KEY_ID_TYPE);
        2 status: String = text("Status").required().limits(&limits::STATUS_TYPE);
    }
}

shape! {
    /// `UpdateServerCertificateRequest`.
    #[derive(Clone)]
    UpdateServerCertificateRequest {
        0 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        1 new_path: Option<String> = text("NewPath").limits(&limits::PATH_TYPE);
        2 new_server_certificate_name: Option<String> = text("NewServerCertificateName").limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
    }
}

shape! {
    /// `UpdateServiceSpecificCredentialRequest`.
    #[derive(Clone)]
    UpdateServiceSpecificCredentialRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        1 service_specific_credential_id: String = text("ServiceSpecificCredentialId").required().limits(&limits::SERVICE_SPECIFIC_CREDENTIAL_ID);
        2 status: String = text("Status").required().limits(&limits::STATUS_TYPE);
    }
}

shape! {
    /// `UpdateSigningCertificateRequest`.
    #[derive(Clone)]
    UpdateSigningCertificateRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 certificate_id: String = text("CertificateId").required().limits(&limits::CERTIFICATE_ID_TYPE);
        2 status: String = text("Status").required().limits(&limits::STATUS_TYPE);
    }
}

shape! {
    /// `UpdateUserRequest`.
    #[derive(Clone)]
    UpdateUserRequest {
        0 user_name: String = text("UserName").required().limits(&limits::EXISTING_USER_NAME_TYPE);
        1 new_path: Option<String> = text("NewPath").limits(&limits::PATH_TYPE);
        2 new_user_name: Option<String> = text("NewUserName").limits(&limits::USER_NAME_TYPE);
    }
}

shape! {
    /// `UploadSSHPublicKeyRequest`.
    #[derive(Clone)]
    UploadSSHPublicKeyRequest {
        0 user_name: String = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        1 ssh_public_key_body: String = text("SSHPublicKeyBody").required().limits(&limits::PUBLIC_KEY_MATERIAL_TYPE);
    }
}

shape! {
    /// `UploadSSHPublicKeyResponse`.
    #[derive(Clone)]
    UploadSSHPublicKeyResponse {
        0 ssh_public_key: Option<SSHPublicKey> = shape("SSHPublicKey");
    }
}

shape! {
    /// `UploadServerCertificateRequest`.
    #[derive(Clone)]
    UploadServerCertificateRequest {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 server_certificate_name: String = text("ServerCertificateName").required().limits(&limits::SERVER_CERTIFICATE_NAME_TYPE);
        2 certificate_body: String = text("CertificateBody").required().limits(&limits::CERTIFICATE_BODY_TYPE);
        3 private_key: String = text("PrivateKey").required().sensitive().limits(&limits::PRIVATE_KEY_TYPE);
        4 certificate_chain: Option<String> = text("CertificateChain").limits(&limits::CERTIFICATE_CHAIN_TYPE);
        5 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `UploadServerCertificateResponse`.
    #[derive(Clone)]
    UploadServerCertificateResponse {
        0 server_certificate_metadata: Option<ServerCertificateMetadata> = shape("ServerCertificateMetadata");
        1 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `UploadSigningCertificateRequest`.
    #[derive(Clone)]
    UploadSigningCertificateRequest {
        0 user_name: Option<String> = text("UserName").limits(&limits::EXISTING_USER_NAME_TYPE);
        1 certificate_body: String = text("CertificateBody").required().limits(&limits::CERTIFICATE_BODY_TYPE);
    }
}

shape! {
    /// `UploadSigningCertificateResponse`.
    #[derive(Clone)]
    UploadSigningCertificateResponse {
        0 certificate: Option<SigningCertificate> = shape("Certificate").required();
    }
}

shape! {
    /// `User`.
    #[derive(Clone)]
    User {
        0 path: Option<String> = text("Path").required().limits(&limits::PATH_TYPE);
        1 user_name: Option<String> = text("UserName").required().limits(&limits::USER_NAME_TYPE);
        2 user_id: Option<String> = text("UserId").required().limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").required().limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate").required();
        5 password_last_used: Option<Time> = time("PasswordLastUsed");
        6 permissions_boundary: Option<AttachedPermissionsBoundary> = shape("PermissionsBoundary");
        7 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `UserDetail`.
    #[derive(Clone)]
    UserDetail {
        0 path: Option<String> = text("Path").limits(&limits::PATH_TYPE);
        1 user_name: Option<String> = text("UserName").limits(&limits::USER_NAME_TYPE);
        2 user_id: Option<String> = text("UserId").limits(&limits::ID_TYPE);
        3 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        4 create_date: Option<Time> = time("CreateDate");
        5 user_policy_list: Option<Vec<PolicyDetail>> = list("UserPolicyList");
        6 group_list: Option<Vec<String>> = list("GroupList").limits(&limits::GROUP_NAME_LIST_TYPE);
        7 attached_managed_policies: Option<Vec<AttachedPolicy>> = list("AttachedManagedPolicies");
        8 permissions_boundary: Option<AttachedPermissionsBoundary> = shape("PermissionsBoundary");
        9 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}

shape! {
    /// `VirtualMFADevice`.
    #[derive(Clone)]
    VirtualMFADevice {
        0 serial_number: Option<String> = text("SerialNumber").required().limits(&limits::SERIAL_NUMBER_TYPE);
        1 base32_string_seed: Option<Blob> = blob("Base32StringSeed").sensitive();
        2 qr_code_png: Option<Blob> = blob("QRCodePNG").sensitive();
        3 user: Option<User> = shape("User");
        4 enable_date: Option<Time> = time("EnableDate");
        5 tags: Option<Vec<Tag>> = list("Tags").limits(&limits::TAG_LIST_TYPE);
    }
}
