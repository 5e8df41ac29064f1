//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct AddClientIDToOpenIDConnectProvider;

impl Operation for AddClientIDToOpenIDConnectProvider {
    const META: &'static Meta = &meta::ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::AddClientIDToOpenIDConnectProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct AddRoleToInstanceProfile;

impl Operation for AddRoleToInstanceProfile {
    const META: &'static Meta = &meta::ADD_ROLE_TO_INSTANCE_PROFILE;
    type Input = types::AddRoleToInstanceProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct AddUserToGroup;

impl Operation for AddUserToGroup {
    const META: &'static Meta = &meta::ADD_USER_TO_GROUP;
    type Input = types::AddUserToGroupRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct AttachGroupPolicy;

impl Operation for AttachGroupPolicy {
    const META: &'static Meta = &meta::ATTACH_GROUP_POLICY;
    type Input = types::AttachGroupPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct AttachRolePolicy;

impl Operation for AttachRolePolicy {
    const META: &'static Meta = &meta::ATTACH_ROLE_POLICY;
    type Input = types::AttachRolePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct AttachUserPolicy;

impl Operation for AttachUserPolicy {
    const META: &'static Meta = &meta::ATTACH_USER_POLICY;
    type Input = types::AttachUserPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
#[derive(Debug, Clone, Copy)]
pub struct ChangePassword;

impl Operation for ChangePassword {
    const META: &'static Meta = &meta::CHANGE_PASSWORD;
    type Input = types::ChangePasswordRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateAccessKey;

impl Operation for CreateAccessKey {
    const META: &'static Meta = &meta::CREATE_ACCESS_KEY;
    type Input = types::CreateAccessKeyRequest;
    type Output = types::CreateAccessKeyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateAccountAlias;

impl Operation for CreateAccountAlias {
    const META: &'static Meta = &meta::CREATE_ACCOUNT_ALIAS;
    type Input = types::CreateAccountAliasRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateGroup;

impl Operation for CreateGroup {
    const META: &'static Meta = &meta::CREATE_GROUP;
    type Input = types::CreateGroupRequest;
    type Output = types::CreateGroupResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateInstanceProfile;

impl Operation for CreateInstanceProfile {
    const META: &'static Meta = &meta::CREATE_INSTANCE_PROFILE;
    type Input = types::CreateInstanceProfileRequest;
    type Output = types::CreateInstanceProfileResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateLoginProfile;

impl Operation for CreateLoginProfile {
    const META: &'static Meta = &meta::CREATE_LOGIN_PROFILE;
    type Input = types::CreateLoginProfileRequest;
    type Output = types::CreateLoginProfileResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateOpenIDConnectProvider;

impl Operation for CreateOpenIDConnectProvider {
    const META: &'static Meta = &meta::CREATE_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::CreateOpenIDConnectProviderRequest;
    type Output = types::CreateOpenIDConnectProviderResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct CreatePolicy;

impl Operation for CreatePolicy {
    const META: &'static Meta = &meta::CREATE_POLICY;
    type Input = types::CreatePolicyRequest;
    type Output = types::CreatePolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
#[derive(Debug, Clone, Copy)]
pub struct CreatePolicyVersion;

impl Operation for CreatePolicyVersion {
    const META: &'static Meta = &meta::CREATE_POLICY_VERSION;
    type Input = types::CreatePolicyVersionRequest;
    type Output = types::CreatePolicyVersionResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateRole;

impl Operation for CreateRole {
    const META: &'static Meta = &meta::CREATE_ROLE;
    type Input = types::CreateRoleRequest;
    type Output = types::CreateRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateSAMLProvider;

impl Operation for CreateSAMLProvider {
    const META: &'static Meta = &meta::CREATE_SAML_PROVIDER;
    type Input = types::CreateSAMLProviderRequest;
    type Output = types::CreateSAMLProviderResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateServiceLinkedRole;

impl Operation for CreateServiceLinkedRole {
    const META: &'static Meta = &meta::CREATE_SERVICE_LINKED_ROLE;
    type Input = types::CreateServiceLinkedRoleRequest;
    type Output = types::CreateServiceLinkedRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateServiceSpecificCredential;

impl Operation for CreateServiceSpecificCredential {
    const META: &'static Meta = &meta::CREATE_SERVICE_SPECIFIC_CREDENTIAL;
    type Input = types::CreateServiceSpecificCredentialRequest;
    type Output = types::CreateServiceSpecificCredentialResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateUser;

impl Operation for CreateUser {
    const META: &'static Meta = &meta::CREATE_USER;
    type Input = types::CreateUserRequest;
    type Output = types::CreateUserResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateVirtualMFADevice;

impl Operation for CreateVirtualMFADevice {
    const META: &'static Meta = &meta::CREATE_VIRTUAL_MFA_DEVICE;
    type Input = types::CreateVirtualMFADeviceRequest;
    type Output = types::CreateVirtualMFADeviceResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct DeactivateMFADevice;

impl Operation for DeactivateMFADevice {
    const META: &'static Meta = &meta::DEACTIVATE_MFA_DEVICE;
    type Input = types::DeactivateMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAccessKey;

impl Operation for DeleteAccessKey {
    const META: &'static Meta = &meta::DELETE_ACCESS_KEY;
    type Input = types::DeleteAccessKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAccountAlias;

impl Operation for DeleteAccountAlias {
    const META: &'static Meta = &meta::DELETE_ACCOUNT_ALIAS;
    type Input = types::DeleteAccountAliasRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAccountPasswordPolicy;

impl Operation for DeleteAccountPasswordPolicy {
    const META: &'static Meta = &meta::DELETE_ACCOUNT_PASSWORD_POLICY;
    type Input = wire::Empty;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteGroup;

impl Operation for DeleteGroup {
    const META: &'static Meta = &meta::DELETE_GROUP;
    type Input = types::DeleteGroupRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteGroupPolicy;

impl Operation for DeleteGroupPolicy {
    const META: &'static Meta = &meta::DELETE_GROUP_POLICY;
    type Input = types::DeleteGroupPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteInstanceProfile;

impl Operation for DeleteInstanceProfile {
    const META: &'static Meta = &meta::DELETE_INSTANCE_PROFILE;
    type Input = types::DeleteInstanceProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteLoginProfile;

impl Operation for DeleteLoginProfile {
    const META: &'static Meta = &meta::DELETE_LOGIN_PROFILE;
    type Input = types::DeleteLoginProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteOpenIDConnectProvider;

impl Operation for DeleteOpenIDConnectProvider {
    const META: &'static Meta = &meta::DELETE_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::DeleteOpenIDConnectProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeletePolicy;

impl Operation for DeletePolicy {
    const META: &'static Meta = &meta::DELETE_POLICY;
    type Input = types::DeletePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
#[derive(Debug, Clone, Copy)]
pub struct DeletePolicyVersion;

impl Operation for DeletePolicyVersion {
    const META: &'static Meta = &meta::DELETE_POLICY_VERSION;
    type Input = types::DeletePolicyVersionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteRole;

impl Operation for DeleteRole {
    const META: &'static Meta = &meta::DELETE_ROLE;
    type Input = types::DeleteRoleRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteRolePermissionsBoundary;

impl Operation for DeleteRolePermissionsBoundary {
    const META: &'static Meta = &meta::DELETE_ROLE_PERMISSIONS_BOUNDARY;
    type Input = types::DeleteRolePermissionsBoundaryRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteRolePolicy;

impl Operation for DeleteRolePolicy {
    const META: &'static Meta = &meta::DELETE_ROLE_POLICY;
    type Input = types::DeleteRolePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteSAMLProvider;

impl Operation for DeleteSAMLProvider {
    const META: &'static Meta = &meta::DELETE_SAML_PROVIDER;
    type Input = types::DeleteSAMLProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteSSHPublicKey;

impl Operation for DeleteSSHPublicKey {
    const META: &'static Meta = &meta::DELETE_SSH_PUBLIC_KEY;
    type Input = types::DeleteSSHPublicKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteServerCertificate;

impl Operation for DeleteServerCertificate {
    const META: &'static Meta = &meta::DELETE_SERVER_CERTIFICATE;
    type Input = types::DeleteServerCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteServiceLinkedRole;

impl Operation for DeleteServiceLinkedRole {
    const META: &'static Meta = &meta::DELETE_SERVICE_LINKED_ROLE;
    type Input = types::DeleteServiceLinkedRoleRequest;
    type Output = types::DeleteServiceLinkedRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteServiceSpecificCredential;

impl Operation for DeleteServiceSpecificCredential {
    const META: &'static Meta = &meta::DELETE_SERVICE_SPECIFIC_CREDENTIAL;
    type Input = types::DeleteServiceSpecificCredentialRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteSigningCertificate;

impl Operation for DeleteSigningCertificate {
    const META: &'static Meta = &meta::DELETE_SIGNING_CERTIFICATE;
    type Input = types::DeleteSigningCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteUser;

impl Operation for DeleteUser {
    const META: &'static Meta = &meta::DELETE_USER;
    type Input = types::DeleteUserRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteUserPermissionsBoundary;

impl Operation for DeleteUserPermissionsBoundary {
    const META: &'static Meta = &meta::DELETE_USER_PERMISSIONS_BOUNDARY;
    type Input = types::DeleteUserPermissionsBoundaryRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteUserPolicy;

impl Operation for DeleteUserPolicy {
    const META: &'static Meta = &meta::DELETE_USER_POLICY;
    type Input = types::DeleteUserPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteVirtualMFADevice;

impl Operation for DeleteVirtualMFADevice {
    const META: &'static Meta = &meta::DELETE_VIRTUAL_MFA_DEVICE;
    type Input = types::DeleteVirtualMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DetachGroupPolicy;

impl Operation for DetachGroupPolicy {
    const META: &'static Meta = &meta::DETACH_GROUP_POLICY;
    type Input = types::DetachGroupPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DetachRolePolicy;

impl Operation for DetachRolePolicy {
    const META: &'static Meta = &meta::DETACH_ROLE_POLICY;
    type Input = types::DetachRolePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct DetachUserPolicy;

impl Operation for DetachUserPolicy {
    const META: &'static Meta = &meta::DETACH_USER_POLICY;
    type Input = types::DetachUserPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html>
#[derive(Debug, Clone, Copy)]
pub struct DisableOrganizationsRootCredentialsManagement;

impl Operation for DisableOrganizationsRootCredentialsManagement {
    const META: &'static Meta = &meta::DISABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT;
    type Input = types::DisableOrganizationsRootCredentialsManagementRequest;
    type Output = types::DisableOrganizationsRootCredentialsManagementResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html>
#[derive(Debug, Clone, Copy)]
pub struct DisableOrganizationsRootSessions;

impl Operation for DisableOrganizationsRootSessions {
    const META: &'static Meta = &meta::DISABLE_ORGANIZATIONS_ROOT_SESSIONS;
    type Input = types::DisableOrganizationsRootSessionsRequest;
    type Output = types::DisableOrganizationsRootSessionsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html>
#[derive(Debug, Clone, Copy)]
pub struct DisableOutboundWebIdentityFederation;

impl Operation for DisableOutboundWebIdentityFederation {
    const META: &'static Meta = &meta::DISABLE_OUTBOUND_WEB_IDENTITY_FEDERATION;
    type Input = wire::Empty;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableMFADevice;

impl Operation for EnableMFADevice {
    const META: &'static Meta = &meta::ENABLE_MFA_DEVICE;
    type Input = types::EnableMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableOrganizationsRootCredentialsManagement;

impl Operation for EnableOrganizationsRootCredentialsManagement {
    const META: &'static Meta = &meta::ENABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT;
    type Input = types::EnableOrganizationsRootCredentialsManagementRequest;
    type Output = types::EnableOrganizationsRootCredentialsManagementResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableOrganizationsRootSessions;

impl Operation for EnableOrganizationsRootSessions {
    const META: &'static Meta = &meta::ENABLE_ORGANIZATIONS_ROOT_SESSIONS;
    type Input = types::EnableOrganizationsRootSessionsRequest;
    type Output = types::EnableOrganizationsRootSessionsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableOutboundWebIdentityFederation;

impl Operation for EnableOutboundWebIdentityFederation {
    const META: &'static Meta = &meta::ENABLE_OUTBOUND_WEB_IDENTITY_FEDERATION;
    type Input = wire::Empty;
    type Output = types::EnableOutboundWebIdentityFederationResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateCredentialReport;

impl Operation for GenerateCredentialReport {
    const META: &'static Meta = &meta::GENERATE_CREDENTIAL_REPORT;
    type Input = wire::Empty;
    type Output = types::GenerateCredentialReportResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateServiceLastAccessedDetails;

impl Operation for GenerateServiceLastAccessedDetails {
    const META: &'static Meta = &meta::GENERATE_SERVICE_LAST_ACCESSED_DETAILS;
    type Input = types::GenerateServiceLastAccessedDetailsRequest;
    type Output = types::GenerateServiceLastAccessedDetailsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccessKeyLastUsed;

impl Operation for GetAccessKeyLastUsed {
    const META: &'static Meta = &meta::GET_ACCESS_KEY_LAST_USED;
    type Input = types::GetAccessKeyLastUsedRequest;
    type Output = types::GetAccessKeyLastUsedResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccountAuthorizationDetails;

impl Operation for GetAccountAuthorizationDetails {
    const META: &'static Meta = &meta::GET_ACCOUNT_AUTHORIZATION_DETAILS;
    type Input = types::GetAccountAuthorizationDetailsRequest;
    type Output = types::GetAccountAuthorizationDetailsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccountPasswordPolicy;

impl Operation for GetAccountPasswordPolicy {
    const META: &'static Meta = &meta::GET_ACCOUNT_PASSWORD_POLICY;
    type Input = wire::Empty;
    type Output = types::GetAccountPasswordPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
#[derive(Debug, Clone, Copy)]
pub struct GetAccountSummary;

impl Operation for GetAccountSummary {
    const META: &'static Meta = &meta::GET_ACCOUNT_SUMMARY;
    type Input = wire::Empty;
    type Output = types::GetAccountSummaryResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetContextKeysForCustomPolicy;

impl Operation for GetContextKeysForCustomPolicy {
    const META: &'static Meta = &meta::GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY;
    type Input = types::GetContextKeysForCustomPolicyRequest;
    type Output = types::GetContextKeysForPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetContextKeysForPrincipalPolicy;

impl Operation for GetContextKeysForPrincipalPolicy {
    const META: &'static Meta = &meta::GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY;
    type Input = types::GetContextKeysForPrincipalPolicyRequest;
    type Output = types::GetContextKeysForPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
#[derive(Debug, Clone, Copy)]
pub struct GetCredentialReport;

impl Operation for GetCredentialReport {
    const META: &'static Meta = &meta::GET_CREDENTIAL_REPORT;
    type Input = wire::Empty;
    type Output = types::GetCredentialReportResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct GetGroup;

impl Operation for GetGroup {
    const META: &'static Meta = &meta::GET_GROUP;
    type Input = types::GetGroupRequest;
    type Output = types::GetGroupResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetGroupPolicy;

impl Operation for GetGroupPolicy {
    const META: &'static Meta = &meta::GET_GROUP_POLICY;
    type Input = types::GetGroupPolicyRequest;
    type Output = types::GetGroupPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct GetInstanceProfile;

impl Operation for GetInstanceProfile {
    const META: &'static Meta = &meta::GET_INSTANCE_PROFILE;
    type Input = types::GetInstanceProfileRequest;
    type Output = types::GetInstanceProfileResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct GetLoginProfile;

impl Operation for GetLoginProfile {
    const META: &'static Meta = &meta::GET_LOGIN_PROFILE;
    type Input = types::GetLoginProfileRequest;
    type Output = types::GetLoginProfileResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct GetMFADevice;

impl Operation for GetMFADevice {
    const META: &'static Meta = &meta::GET_MFA_DEVICE;
    type Input = types::GetMFADeviceRequest;
    type Output = types::GetMFADeviceResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct GetOpenIDConnectProvider;

impl Operation for GetOpenIDConnectProvider {
    const META: &'static Meta = &meta::GET_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::GetOpenIDConnectProviderRequest;
    type Output = types::GetOpenIDConnectProviderResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html>
#[derive(Debug, Clone, Copy)]
pub struct GetOutboundWebIdentityFederationInfo;

impl Operation for GetOutboundWebIdentityFederationInfo {
    const META: &'static Meta = &meta::GET_OUTBOUND_WEB_IDENTITY_FEDERATION_INFO;
    type Input = wire::Empty;
    type Output = types::GetOutboundWebIdentityFederationInfoResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPolicy;

impl Operation for GetPolicy {
    const META: &'static Meta = &meta::GET_POLICY;
    type Input = types::GetPolicyRequest;
    type Output = types::GetPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPolicyVersion;

impl Operation for GetPolicyVersion {
    const META: &'static Meta = &meta::GET_POLICY_VERSION;
    type Input = types::GetPolicyVersionRequest;
    type Output = types::GetPolicyVersionResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
#[derive(Debug, Clone, Copy)]
pub struct GetRole;

impl Operation for GetRole {
    const META: &'static Meta = &meta::GET_ROLE;
    type Input = types::GetRoleRequest;
    type Output = types::GetRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetRolePolicy;

impl Operation for GetRolePolicy {
    const META: &'static Meta = &meta::GET_ROLE_POLICY;
    type Input = types::GetRolePolicyRequest;
    type Output = types::GetRolePolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSAMLProvider;

impl Operation for GetSAMLProvider {
    const META: &'static Meta = &meta::GET_SAML_PROVIDER;
    type Input = types::GetSAMLProviderRequest;
    type Output = types::GetSAMLProviderResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSSHPublicKey;

impl Operation for GetSSHPublicKey {
    const META: &'static Meta = &meta::GET_SSH_PUBLIC_KEY;
    type Input = types::GetSSHPublicKeyRequest;
    type Output = types::GetSSHPublicKeyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct GetServerCertificate;

impl Operation for GetServerCertificate {
    const META: &'static Meta = &meta::GET_SERVER_CERTIFICATE;
    type Input = types::GetServerCertificateRequest;
    type Output = types::GetServerCertificateResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html>
#[derive(Debug, Clone, Copy)]
pub struct GetServiceLastAccessedDetails;

impl Operation for GetServiceLastAccessedDetails {
    const META: &'static Meta = &meta::GET_SERVICE_LAST_ACCESSED_DETAILS;
    type Input = types::GetServiceLastAccessedDetailsRequest;
    type Output = types::GetServiceLastAccessedDetailsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html>
#[derive(Debug, Clone, Copy)]
pub struct GetServiceLastAccessedDetailsWithEntities;

impl Operation for GetServiceLastAccessedDetailsWithEntities {
    const META: &'static Meta = &meta::GET_SERVICE_LAST_ACCESSED_DETAILS_WITH_ENTITIES;
    type Input = types::GetServiceLastAccessedDetailsWithEntitiesRequest;
    type Output = types::GetServiceLastAccessedDetailsWithEntitiesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
#[derive(Debug, Clone, Copy)]
pub struct GetServiceLinkedRoleDeletionStatus;

impl Operation for GetServiceLinkedRoleDeletionStatus {
    const META: &'static Meta = &meta::GET_SERVICE_LINKED_ROLE_DELETION_STATUS;
    type Input = types::GetServiceLinkedRoleDeletionStatusRequest;
    type Output = types::GetServiceLinkedRoleDeletionStatusResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
#[derive(Debug, Clone, Copy)]
pub struct GetUser;

impl Operation for GetUser {
    const META: &'static Meta = &meta::GET_USER;
    type Input = types::GetUserRequest;
    type Output = types::GetUserResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetUserPolicy;

impl Operation for GetUserPolicy {
    const META: &'static Meta = &meta::GET_USER_POLICY;
    type Input = types::GetUserPolicyRequest;
    type Output = types::GetUserPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAccessKeys;

impl Operation for ListAccessKeys {
    const META: &'static Meta = &meta::LIST_ACCESS_KEYS;
    type Input = types::ListAccessKeysRequest;
    type Output = types::ListAccessKeysResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAccountAliases;

impl Operation for ListAccountAliases {
    const META: &'static Meta = &meta::LIST_ACCOUNT_ALIASES;
    type Input = types::ListAccountAliasesRequest;
    type Output = types::ListAccountAliasesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAttachedGroupPolicies;

impl Operation for ListAttachedGroupPolicies {
    const META: &'static Meta = &meta::LIST_ATTACHED_GROUP_POLICIES;
    type Input = types::ListAttachedGroupPoliciesRequest;
    type Output = types::ListAttachedGroupPoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAttachedRolePolicies;

impl Operation for ListAttachedRolePolicies {
    const META: &'static Meta = &meta::LIST_ATTACHED_ROLE_POLICIES;
    type Input = types::ListAttachedRolePoliciesRequest;
    type Output = types::ListAttachedRolePoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAttachedUserPolicies;

impl Operation for ListAttachedUserPolicies {
    const META: &'static Meta = &meta::LIST_ATTACHED_USER_POLICIES;
    type Input = types::ListAttachedUserPoliciesRequest;
    type Output = types::ListAttachedUserPoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct ListEntitiesForPolicy;

impl Operation for ListEntitiesForPolicy {
    const META: &'static Meta = &meta::LIST_ENTITIES_FOR_POLICY;
    type Input = types::ListEntitiesForPolicyRequest;
    type Output = types::ListEntitiesForPolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListGroupPolicies;

impl Operation for ListGroupPolicies {
    const META: &'static Meta = &meta::LIST_GROUP_POLICIES;
    type Input = types::ListGroupPoliciesRequest;
    type Output = types::ListGroupPoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
#[derive(Debug, Clone, Copy)]
pub struct ListGroups;

impl Operation for ListGroups {
    const META: &'static Meta = &meta::LIST_GROUPS;
    type Input = types::ListGroupsRequest;
    type Output = types::ListGroupsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
#[derive(Debug, Clone, Copy)]
pub struct ListGroupsForUser;

impl Operation for ListGroupsForUser {
    const META: &'static Meta = &meta::LIST_GROUPS_FOR_USER;
    type Input = types::ListGroupsForUserRequest;
    type Output = types::ListGroupsForUserResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListInstanceProfileTags;

impl Operation for ListInstanceProfileTags {
    const META: &'static Meta = &meta::LIST_INSTANCE_PROFILE_TAGS;
    type Input = types::ListInstanceProfileTagsRequest;
    type Output = types::ListInstanceProfileTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
#[derive(Debug, Clone, Copy)]
pub struct ListInstanceProfiles;

impl Operation for ListInstanceProfiles {
    const META: &'static Meta = &meta::LIST_INSTANCE_PROFILES;
    type Input = types::ListInstanceProfilesRequest;
    type Output = types::ListInstanceProfilesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
#[derive(Debug, Clone, Copy)]
pub struct ListInstanceProfilesForRole;

impl Operation for ListInstanceProfilesForRole {
    const META: &'static Meta = &meta::LIST_INSTANCE_PROFILES_FOR_ROLE;
    type Input = types::ListInstanceProfilesForRoleRequest;
    type Output = types::ListInstanceProfilesForRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListMFADeviceTags;

impl Operation for ListMFADeviceTags {
    const META: &'static Meta = &meta::LIST_MFA_DEVICE_TAGS;
    type Input = types::ListMFADeviceTagsRequest;
    type Output = types::ListMFADeviceTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
#[derive(Debug, Clone, Copy)]
pub struct ListMFADevices;

impl Operation for ListMFADevices {
    const META: &'static Meta = &meta::LIST_MFA_DEVICES;
    type Input = types::ListMFADevicesRequest;
    type Output = types::ListMFADevicesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListOpenIDConnectProviderTags;

impl Operation for ListOpenIDConnectProviderTags {
    const META: &'static Meta = &meta::LIST_OPEN_ID_CONNECT_PROVIDER_TAGS;
    type Input = types::ListOpenIDConnectProviderTagsRequest;
    type Output = types::ListOpenIDConnectProviderTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
#[derive(Debug, Clone, Copy)]
pub struct ListOpenIDConnectProviders;

impl Operation for ListOpenIDConnectProviders {
    const META: &'static Meta = &meta::LIST_OPEN_ID_CONNECT_PROVIDERS;
    type Input = types::ListOpenIDConnectProvidersRequest;
    type Output = types::ListOpenIDConnectProvidersResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>
#[derive(Debug, Clone, Copy)]
pub struct ListOrganizationsFeatures;

impl Operation for ListOrganizationsFeatures {
    const META: &'static Meta = &meta::LIST_ORGANIZATIONS_FEATURES;
    type Input = types::ListOrganizationsFeaturesRequest;
    type Output = types::ListOrganizationsFeaturesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPolicies;

impl Operation for ListPolicies {
    const META: &'static Meta = &meta::LIST_POLICIES;
    type Input = types::ListPoliciesRequest;
    type Output = types::ListPoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPoliciesGrantingServiceAccess;

impl Operation for ListPoliciesGrantingServiceAccess {
    const META: &'static Meta = &meta::LIST_POLICIES_GRANTING_SERVICE_ACCESS;
    type Input = types::ListPoliciesGrantingServiceAccessRequest;
    type Output = types::ListPoliciesGrantingServiceAccessResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPolicyTags;

impl Operation for ListPolicyTags {
    const META: &'static Meta = &meta::LIST_POLICY_TAGS;
    type Input = types::ListPolicyTagsRequest;
    type Output = types::ListPolicyTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPolicyVersions;

impl Operation for ListPolicyVersions {
    const META: &'static Meta = &meta::LIST_POLICY_VERSIONS;
    type Input = types::ListPolicyVersionsRequest;
    type Output = types::ListPolicyVersionsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListRolePolicies;

impl Operation for ListRolePolicies {
    const META: &'static Meta = &meta::LIST_ROLE_POLICIES;
    type Input = types::ListRolePoliciesRequest;
    type Output = types::ListRolePoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListRoleTags;

impl Operation for ListRoleTags {
    const META: &'static Meta = &meta::LIST_ROLE_TAGS;
    type Input = types::ListRoleTagsRequest;
    type Output = types::ListRoleTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
#[derive(Debug, Clone, Copy)]
pub struct ListRoles;

impl Operation for ListRoles {
    const META: &'static Meta = &meta::LIST_ROLES;
    type Input = types::ListRolesRequest;
    type Output = types::ListRolesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSAMLProviderTags;

impl Operation for ListSAMLProviderTags {
    const META: &'static Meta = &meta::LIST_SAML_PROVIDER_TAGS;
    type Input = types::ListSAMLProviderTagsRequest;
    type Output = types::ListSAMLProviderTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSAMLProviders;

impl Operation for ListSAMLProviders {
    const META: &'static Meta = &meta::LIST_SAML_PROVIDERS;
    type Input = types::ListSAMLProvidersRequest;
    type Output = types::ListSAMLProvidersResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSSHPublicKeys;

impl Operation for ListSSHPublicKeys {
    const META: &'static Meta = &meta::LIST_SSH_PUBLIC_KEYS;
    type Input = types::ListSSHPublicKeysRequest;
    type Output = types::ListSSHPublicKeysResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListServerCertificateTags;

impl Operation for ListServerCertificateTags {
    const META: &'static Meta = &meta::LIST_SERVER_CERTIFICATE_TAGS;
    type Input = types::ListServerCertificateTagsRequest;
    type Output = types::ListServerCertificateTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
#[derive(Debug, Clone, Copy)]
pub struct ListServerCertificates;

impl Operation for ListServerCertificates {
    const META: &'static Meta = &meta::LIST_SERVER_CERTIFICATES;
    type Input = types::ListServerCertificatesRequest;
    type Output = types::ListServerCertificatesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
#[derive(Debug, Clone, Copy)]
pub struct ListServiceSpecificCredentials;

impl Operation for ListServiceSpecificCredentials {
    const META: &'static Meta = &meta::LIST_SERVICE_SPECIFIC_CREDENTIALS;
    type Input = types::ListServiceSpecificCredentialsRequest;
    type Output = types::ListServiceSpecificCredentialsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSigningCertificates;

impl Operation for ListSigningCertificates {
    const META: &'static Meta = &meta::LIST_SIGNING_CERTIFICATES;
    type Input = types::ListSigningCertificatesRequest;
    type Output = types::ListSigningCertificatesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListUserPolicies;

impl Operation for ListUserPolicies {
    const META: &'static Meta = &meta::LIST_USER_POLICIES;
    type Input = types::ListUserPoliciesRequest;
    type Output = types::ListUserPoliciesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListUserTags;

impl Operation for ListUserTags {
    const META: &'static Meta = &meta::LIST_USER_TAGS;
    type Input = types::ListUserTagsRequest;
    type Output = types::ListUserTagsResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
#[derive(Debug, Clone, Copy)]
pub struct ListUsers;

impl Operation for ListUsers {
    const META: &'static Meta = &meta::LIST_USERS;
    type Input = types::ListUsersRequest;
    type Output = types::ListUsersResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
#[derive(Debug, Clone, Copy)]
pub struct ListVirtualMFADevices;

impl Operation for ListVirtualMFADevices {
    const META: &'static Meta = &meta::LIST_VIRTUAL_MFA_DEVICES;
    type Input = types::ListVirtualMFADevicesRequest;
    type Output = types::ListVirtualMFADevicesResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutGroupPolicy;

impl Operation for PutGroupPolicy {
    const META: &'static Meta = &meta::PUT_GROUP_POLICY;
    type Input = types::PutGroupPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html>
#[derive(Debug, Clone, Copy)]
pub struct PutRolePermissionsBoundary;

impl Operation for PutRolePermissionsBoundary {
    const META: &'static Meta = &meta::PUT_ROLE_PERMISSIONS_BOUNDARY;
    type Input = types::PutRolePermissionsBoundaryRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutRolePolicy;

impl Operation for PutRolePolicy {
    const META: &'static Meta = &meta::PUT_ROLE_POLICY;
    type Input = types::PutRolePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>
#[derive(Debug, Clone, Copy)]
pub struct PutUserPermissionsBoundary;

impl Operation for PutUserPermissionsBoundary {
    const META: &'static Meta = &meta::PUT_USER_PERMISSIONS_BOUNDARY;
    type Input = types::PutUserPermissionsBoundaryRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutUserPolicy;

impl Operation for PutUserPolicy {
    const META: &'static Meta = &meta::PUT_USER_POLICY;
    type Input = types::PutUserPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct RemoveClientIDFromOpenIDConnectProvider;

impl Operation for RemoveClientIDFromOpenIDConnectProvider {
    const META: &'static Meta = &meta::REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::RemoveClientIDFromOpenIDConnectProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct RemoveRoleFromInstanceProfile;

impl Operation for RemoveRoleFromInstanceProfile {
    const META: &'static Meta = &meta::REMOVE_ROLE_FROM_INSTANCE_PROFILE;
    type Input = types::RemoveRoleFromInstanceProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct RemoveUserFromGroup;

impl Operation for RemoveUserFromGroup {
    const META: &'static Meta = &meta::REMOVE_USER_FROM_GROUP;
    type Input = types::RemoveUserFromGroupRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
#[derive(Debug, Clone, Copy)]
pub struct ResetServiceSpecificCredential;

impl Operation for ResetServiceSpecificCredential {
    const META: &'static Meta = &meta::RESET_SERVICE_SPECIFIC_CREDENTIAL;
    type Input = types::ResetServiceSpecificCredentialRequest;
    type Output = types::ResetServiceSpecificCredentialResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct ResyncMFADevice;

impl Operation for ResyncMFADevice {
    const META: &'static Meta = &meta::RESYNC_MFA_DEVICE;
    type Input = types::ResyncMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
#[derive(Debug, Clone, Copy)]
pub struct SetDefaultPolicyVersion;

impl Operation for SetDefaultPolicyVersion {
    const META: &'static Meta = &meta::SET_DEFAULT_POLICY_VERSION;
    type Input = types::SetDefaultPolicyVersionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
#[derive(Debug, Clone, Copy)]
pub struct SetSecurityTokenServicePreferences;

impl Operation for SetSecurityTokenServicePreferences {
    const META: &'static Meta = &meta::SET_SECURITY_TOKEN_SERVICE_PREFERENCES;
    type Input = types::SetSecurityTokenServicePreferencesRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct SimulateCustomPolicy;

impl Operation for SimulateCustomPolicy {
    const META: &'static Meta = &meta::SIMULATE_CUSTOM_POLICY;
    type Input = types::SimulateCustomPolicyRequest;
    type Output = types::SimulatePolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct SimulatePrincipalPolicy;

impl Operation for SimulatePrincipalPolicy {
    const META: &'static Meta = &meta::SIMULATE_PRINCIPAL_POLICY;
    type Input = types::SimulatePrincipalPolicyRequest;
    type Output = types::SimulatePolicyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct TagInstanceProfile;

impl Operation for TagInstanceProfile {
    const META: &'static Meta = &meta::TAG_INSTANCE_PROFILE;
    type Input = types::TagInstanceProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct TagMFADevice;

impl Operation for TagMFADevice {
    const META: &'static Meta = &meta::TAG_MFA_DEVICE;
    type Input = types::TagMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct TagOpenIDConnectProvider;

impl Operation for TagOpenIDConnectProvider {
    const META: &'static Meta = &meta::TAG_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::TagOpenIDConnectProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct TagPolicy;

impl Operation for TagPolicy {
    const META: &'static Meta = &meta::TAG_POLICY;
    type Input = types::TagPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html>
#[derive(Debug, Clone, Copy)]
pub struct TagRole;

impl Operation for TagRole {
    const META: &'static Meta = &meta::TAG_ROLE;
    type Input = types::TagRoleRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct TagSAMLProvider;

impl Operation for TagSAMLProvider {
    const META: &'static Meta = &meta::TAG_SAML_PROVIDER;
    type Input = types::TagSAMLProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct TagServerCertificate;

impl Operation for TagServerCertificate {
    const META: &'static Meta = &meta::TAG_SERVER_CERTIFICATE;
    type Input = types::TagServerCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
#[derive(Debug, Clone, Copy)]
pub struct TagUser;

impl Operation for TagUser {
    const META: &'static Meta = &meta::TAG_USER;
    type Input = types::TagUserRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagInstanceProfile;

impl Operation for UntagInstanceProfile {
    const META: &'static Meta = &meta::UNTAG_INSTANCE_PROFILE;
    type Input = types::UntagInstanceProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagMFADevice;

impl Operation for UntagMFADevice {
    const META: &'static Meta = &meta::UNTAG_MFA_DEVICE;
    type Input = types::UntagMFADeviceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagOpenIDConnectProvider;

impl Operation for UntagOpenIDConnectProvider {
    const META: &'static Meta = &meta::UNTAG_OPEN_ID_CONNECT_PROVIDER;
    type Input = types::UntagOpenIDConnectProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagPolicy;

impl Operation for UntagPolicy {
    const META: &'static Meta = &meta::UNTAG_POLICY;
    type Input = types::UntagPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagRole;

impl Operation for UntagRole {
    const META: &'static Meta = &meta::UNTAG_ROLE;
    type Input = types::UntagRoleRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagSAMLProvider;

impl Operation for UntagSAMLProvider {
    const META: &'static Meta = &meta::UNTAG_SAML_PROVIDER;
    type Input = types::UntagSAMLProviderRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagServerCertificate;

impl Operation for UntagServerCertificate {
    const META: &'static Meta = &meta::UNTAG_SERVER_CERTIFICATE;
    type Input = types::UntagServerCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagUser;

impl Operation for UntagUser {
    const META: &'static Meta = &meta::UNTAG_USER;
    type Input = types::UntagUserRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateAccessKey;

impl Operation for UpdateAccessKey {
    const META: &'static Meta = &meta::UPDATE_ACCESS_KEY;
    type Input = types::UpdateAccessKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateAccountPasswordPolicy;

impl Operation for UpdateAccountPasswordPolicy {
    const META: &'static Meta = &meta::UPDATE_ACCOUNT_PASSWORD_POLICY;
    type Input = types::UpdateAccountPasswordPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateAssumeRolePolicy;

impl Operation for UpdateAssumeRolePolicy {
    const META: &'static Meta = &meta::UPDATE_ASSUME_ROLE_POLICY;
    type Input = types::UpdateAssumeRolePolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateGroup;

impl Operation for UpdateGroup {
    const META: &'static Meta = &meta::UPDATE_GROUP;
    type Input = types::UpdateGroupRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateLoginProfile;

impl Operation for UpdateLoginProfile {
    const META: &'static Meta = &meta::UPDATE_LOGIN_PROFILE;
    type Input = types::UpdateLoginProfileRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateOpenIDConnectProviderThumbprint;

impl Operation for UpdateOpenIDConnectProviderThumbprint {
    const META: &'static Meta = &meta::UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT;
    type Input = types::UpdateOpenIDConnectProviderThumbprintRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateRole;

impl Operation for UpdateRole {
    const META: &'static Meta = &meta::UPDATE_ROLE;
    type Input = types::UpdateRoleRequest;
    type Output = types::UpdateRoleResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateRoleDescription;

impl Operation for UpdateRoleDescription {
    const META: &'static Meta = &meta::UPDATE_ROLE_DESCRIPTION;
    type Input = types::UpdateRoleDescriptionRequest;
    type Output = types::UpdateRoleDescriptionResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateSAMLProvider;

impl Operation for UpdateSAMLProvider {
    const META: &'static Meta = &meta::UPDATE_SAML_PROVIDER;
    type Input = types::UpdateSAMLProviderRequest;
    type Output = types::UpdateSAMLProviderResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateSSHPublicKey;

impl Operation for UpdateSSHPublicKey {
    const META: &'static Meta = &meta::UPDATE_SSH_PUBLIC_KEY;
    type Input = types::UpdateSSHPublicKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateServerCertificate;

impl Operation for UpdateServerCertificate {
    const META: &'static Meta = &meta::UPDATE_SERVER_CERTIFICATE;
    type Input = types::UpdateServerCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateServiceSpecificCredential;

impl Operation for UpdateServiceSpecificCredential {
    const META: &'static Meta = &meta::UPDATE_SERVICE_SPECIFIC_CREDENTIAL;
    type Input = types::UpdateServiceSpecificCredentialRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateSigningCertificate;

impl Operation for UpdateSigningCertificate {
    const META: &'static Meta = &meta::UPDATE_SIGNING_CERTIFICATE;
    type Input = types::UpdateSigningCertificateRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateUser;

impl Operation for UpdateUser {
    const META: &'static Meta = &meta::UPDATE_USER;
    type Input = types::UpdateUserRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
#[derive(Debug, Clone, Copy)]
pub struct UploadSSHPublicKey;

impl Operation for UploadSSHPublicKey {
    const META: &'static Meta = &meta::UPLOAD_SSH_PUBLIC_KEY;
    type Input = types::UploadSSHPublicKeyRequest;
    type Output = types::UploadSSHPublicKeyResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct UploadServerCertificate;

impl Operation for UploadServerCertificate {
    const META: &'static Meta = &meta::UPLOAD_SERVER_CERTIFICATE;
    type Input = types::UploadServerCertificateRequest;
    type Output = types::UploadServerCertificateResponse;
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
#[derive(Debug, Clone, Copy)]
pub struct UploadSigningCertificate;

impl Operation for UploadSigningCertificate {
    const META: &'static Meta = &meta::UPLOAD_SIGNING_CERTIFICATE;
    type Input = types::UploadSigningCertificateRequest;
    type Output = types::UploadSigningCertificateResponse;
}
