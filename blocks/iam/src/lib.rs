//! IAM and STS: accounts, users, roles and their policies; temporary credentials; who stands behind an access key.

mod access_keys;
mod accesses;
mod account_details;
pub mod accounts;
mod act;
mod attachments;
mod certificates;
mod compiled;
mod copies;
mod credential_report;
mod directory;
mod exclusions;
mod fault;
#[cfg(test)]
mod fuzz;
mod granting;
mod group_policies;
mod groups;
mod holdings;
mod inline;
mod instance_profiles;
mod key_use;
mod last_accessed;
mod limits;
mod login_profiles;
mod malformed;
mod managed;
mod mfa;
mod mfa_codes;
mod mfa_tags;
mod names;
mod oidc;
mod organizations;
mod outbound;
mod paging;
mod passwords;
mod pem;
mod policies;
mod policy_entities;
mod policy_versions;
mod qr;
mod records;
mod role_policies;
mod roles;
mod saml;
mod secrets;
mod server_certificates;
mod service_credentials;
mod service_roles;
mod settings;
mod signing;
mod signing_certificates;
mod simulate;
mod simulation;
mod ssh;
mod ssh_keys;
pub mod sts;
mod summary;
mod tags;
mod totp;
mod trust;
mod user_policies;
mod users;

use std::{sync::Arc, time::Duration};

use api_iam::{
    AddUserToGroup, AttachGroupPolicy, CreateGroup, DeleteGroup, DeleteGroupPolicy, DetachGroupPolicy,
    GetGroup, GetGroupPolicy, ListAttachedGroupPolicies, ListGroupPolicies, ListGroups, ListGroupsForUser,
    PutGroupPolicy, RemoveUserFromGroup, UpdateGroup,
};
use api_iam::{
    AttachUserPolicy, CreateAccessKey, CreateUser, DeleteAccessKey, DeleteUser,
    DeleteUserPermissionsBoundary, DeleteUserPolicy, DetachUserPolicy, GetUser, GetUserPolicy,
    ListAccessKeys, ListAttachedUserPolicies, ListUserPolicies, ListUserTags, ListUsers,
    PutUserPermissionsBoundary, PutUserPolicy, TagUser, UntagUser, UpdateAccessKey, UpdateUser,
};
use api_iam::{
    ChangePassword, CreateAccountAlias, CreateLoginProfile, CreateVirtualMFADevice, DeactivateMFADevice,
    DeleteAccountAlias, DeleteAccountPasswordPolicy, DeleteLoginProfile, DeleteVirtualMFADevice,
    EnableMFADevice, GetAccessKeyLastUsed, GetAccountPasswordPolicy, GetLoginProfile, GetMFADevice,
    ListAccountAliases, ListMFADeviceTags, ListMFADevices, ListVirtualMFADevices, ResyncMFADevice,
    SetSecurityTokenServicePreferences, TagMFADevice, UntagMFADevice, UpdateAccountPasswordPolicy,
    UpdateLoginProfile,
};
use floor::{Block, Denial, Fault, Service};
use wire::{Meta, ServiceMeta, Violation};

pub use directory::{Admission, DEFAULT_KEY, Directory};

/// The block.
pub struct Iam {
    pub(crate) directory: Arc<Directory>,
}

impl Block for Iam {
    const NAME: &'static str = "iam";
    const PRINCIPAL: &'static str = "iam.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_iam::SERVICE
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::validation(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// How often the regions' copies are looked after, besides after each change.
const COPIES_EVERY: Duration = Duration::from_secs(1);

/// The operations that the block serves.
pub fn service(directory: &Arc<Directory>, metrics: &env::Metrics) -> Service<Iam> {
    let block = Arc::new(Iam { directory: directory.clone() });
    let service = Service::new(block, metrics).caretaker("iam-copies", COPIES_EVERY, |iam, cx| {
        Box::pin(async move { iam.directory.tend(&cx.floor().clone()).await })
    });
    let service = service.caretaker("iam-key-use", key_use::STORED_EVERY, |iam, cx| {
        Box::pin(async move {
            let (uses, floor) = (&iam.directory.uses, cx.floor().clone());
            Ok(uses.store(&floor).await? + uses.accesses.store(&floor).await?)
        })
    });
    let service = service.caretaker("iam-signing", signing::TENDED_EVERY, |iam, cx| {
        Box::pin(async move { iam.directory.tend_keys(&cx.floor().clone()).await })
    });
    let service = groups(service);
    let service = providers(profiles(policies_of_accounts(roles(service))));
    let service = account(service);
    let service = logins(service);
    let service = certificates_and_keys(service);
    users(service)
}

/// Groups, who is in them, and their policies.
fn groups(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<AddUserToGroup>()
        .serve::<AttachGroupPolicy>()
        .serve::<CreateGroup>()
        .serve::<DeleteGroup>()
        .serve::<DeleteGroupPolicy>()
        .serve::<DetachGroupPolicy>()
        .serve::<GetGroup>()
        .serve::<GetGroupPolicy>()
        .serve::<ListAttachedGroupPolicies>()
        .serve::<ListGroupPolicies>()
        .serve::<ListGroups>()
        .serve::<ListGroupsForUser>()
        .serve::<PutGroupPolicy>()
        .serve::<RemoveUserFromGroup>()
        .serve::<UpdateGroup>()
}

/// Users, their access keys and policies.
fn users(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<AttachUserPolicy>()
        .serve::<CreateAccessKey>()
        .serve::<CreateUser>()
        .serve::<DeleteAccessKey>()
        .serve::<DeleteUser>()
        .serve::<DeleteUserPermissionsBoundary>()
        .serve::<DeleteUserPolicy>()
        .serve::<DetachUserPolicy>()
        .serve::<GetUser>()
        .serve::<GetUserPolicy>()
        .serve::<ListAccessKeys>()
        .serve::<ListAttachedUserPolicies>()
        .serve::<ListUserPolicies>()
        .serve::<ListUserTags>()
        .serve::<ListUsers>()
        .serve::<PutUserPermissionsBoundary>()
        .serve::<PutUserPolicy>()
        .serve::<TagUser>()
        .serve::<UntagUser>()
        .serve::<UpdateAccessKey>()
        .serve::<UpdateUser>()
}

/// Roles and their policies.
fn roles(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<api_iam::AttachRolePolicy>()
        .serve::<api_iam::CreateRole>()
        .serve::<api_iam::DeleteRole>()
        .serve::<api_iam::DeleteRolePermissionsBoundary>()
        .serve::<api_iam::DeleteRolePolicy>()
        .serve::<api_iam::DetachRolePolicy>()
        .serve::<api_iam::GetRole>()
        .serve::<api_iam::GetRolePolicy>()
        .serve::<api_iam::ListAttachedRolePolicies>()
        .serve::<api_iam::ListRolePolicies>()
        .serve::<api_iam::ListRoleTags>()
        .serve::<api_iam::ListRoles>()
        .serve::<api_iam::PutRolePermissionsBoundary>()
        .serve::<api_iam::PutRolePolicy>()
        .serve::<api_iam::TagRole>()
        .serve::<api_iam::UntagRole>()
        .serve::<api_iam::UpdateAssumeRolePolicy>()
        .serve::<api_iam::UpdateRole>()
        .serve::<api_iam::UpdateRoleDescription>()
}

/// Managed policies and their versions.
fn policies_of_accounts(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<api_iam::CreatePolicy>()
        .serve::<api_iam::CreatePolicyVersion>()
        .serve::<api_iam::DeletePolicy>()
        .serve::<api_iam::DeletePolicyVersion>()
        .serve::<api_iam::GetAccountAuthorizationDetails>()
        .serve::<api_iam::GetContextKeysForCustomPolicy>()
        .serve::<api_iam::GetContextKeysForPrincipalPolicy>()
        .serve::<api_iam::GetPolicy>()
        .serve::<api_iam::GetPolicyVersion>()
        .serve::<api_iam::ListEntitiesForPolicy>()
        .serve::<api_iam::ListPolicies>()
        .serve::<api_iam::ListPolicyTags>()
        .serve::<api_iam::ListPolicyVersions>()
        .serve::<api_iam::SetDefaultPolicyVersion>()
        .serve::<api_iam::SimulateCustomPolicy>()
        .serve::<api_iam::SimulatePrincipalPolicy>()
        .serve::<api_iam::TagPolicy>()
        .serve::<api_iam::UntagPolicy>()
}

/// Instance profiles, and roles that are linked to services.
fn profiles(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<api_iam::AddRoleToInstanceProfile>()
        .serve::<api_iam::CreateInstanceProfile>()
        .serve::<api_iam::CreateServiceLinkedRole>()
        .serve::<api_iam::DeleteInstanceProfile>()
        .serve::<api_iam::DeleteServiceLinkedRole>()
        .serve::<api_iam::GetInstanceProfile>()
        .serve::<api_iam::GetServiceLinkedRoleDeletionStatus>()
        .serve::<api_iam::ListInstanceProfileTags>()
        .serve::<api_iam::ListInstanceProfiles>()
        .serve::<api_iam::ListInstanceProfilesForRole>()
        .serve::<api_iam::RemoveRoleFromInstanceProfile>()
        .serve::<api_iam::TagInstanceProfile>()
        .serve::<api_iam::UntagInstanceProfile>()
}

/// Identity providers.
fn providers(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<api_iam::AddClientIDToOpenIDConnectProvider>()
        .serve::<api_iam::CreateOpenIDConnectProvider>()
        .serve::<api_iam::CreateSAMLProvider>()
        .serve::<api_iam::DeleteOpenIDConnectProvider>()
        .serve::<api_iam::DeleteSAMLProvider>()
        .serve::<api_iam::DisableOutboundWebIdentityFederation>()
        .serve::<api_iam::EnableOutboundWebIdentityFederation>()
        .serve::<api_iam::GetOutboundWebIdentityFederationInfo>()
        .serve::<api_iam::GetOpenIDConnectProvider>()
        .serve::<api_iam::GetSAMLProvider>()
        .serve::<api_iam::ListOpenIDConnectProviderTags>()
        .serve::<api_iam::ListOpenIDConnectProviders>()
        .serve::<api_iam::ListSAMLProviderTags>()
        .serve::<api_iam::ListSAMLProviders>()
        .serve::<api_iam::RemoveClientIDFromOpenIDConnectProvider>()
        .serve::<api_iam::TagOpenIDConnectProvider>()
        .serve::<api_iam::TagSAMLProvider>()
        .serve::<api_iam::UntagOpenIDConnectProvider>()
        .serve::<api_iam::UntagSAMLProvider>()
        .serve::<api_iam::UpdateOpenIDConnectProviderThumbprint>()
        .serve::<api_iam::UpdateSAMLProvider>()
}

/// What an account sets for itself.
fn account(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<CreateAccountAlias>()
        .serve::<DeleteAccountAlias>()
        .serve::<DeleteAccountPasswordPolicy>()
        .serve::<api_iam::DisableOrganizationsRootCredentialsManagement>()
        .serve::<api_iam::DisableOrganizationsRootSessions>()
        .serve::<api_iam::EnableOrganizationsRootCredentialsManagement>()
        .serve::<api_iam::EnableOrganizationsRootSessions>()
        .serve::<api_iam::GenerateCredentialReport>()
        .serve::<api_iam::GenerateServiceLastAccessedDetails>()
        .serve::<GetAccessKeyLastUsed>()
        .serve::<GetAccountPasswordPolicy>()
        .serve::<api_iam::GetAccountSummary>()
        .serve::<api_iam::GetCredentialReport>()
        .serve::<api_iam::GetServiceLastAccessedDetails>()
        .serve::<api_iam::GetServiceLastAccessedDetailsWithEntities>()
        .serve::<ListAccountAliases>()
        .serve::<api_iam::ListOrganizationsFeatures>()
        .serve::<api_iam::ListPoliciesGrantingServiceAccess>()
        .serve::<SetSecurityTokenServicePreferences>()
        .serve::<UpdateAccountPasswordPolicy>()
}

/// Passwords and MFA devices.
fn logins(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<ChangePassword>()
        .serve::<CreateLoginProfile>()
        .serve::<CreateVirtualMFADevice>()
        .serve::<DeactivateMFADevice>()
        .serve::<DeleteLoginProfile>()
        .serve::<DeleteVirtualMFADevice>()
        .serve::<EnableMFADevice>()
        .serve::<GetLoginProfile>()
        .serve::<GetMFADevice>()
        .serve::<ListMFADeviceTags>()
        .serve::<ListMFADevices>()
        .serve::<ListVirtualMFADevices>()
        .serve::<ResyncMFADevice>()
        .serve::<TagMFADevice>()
        .serve::<UntagMFADevice>()
        .serve::<UpdateLoginProfile>()
}

/// Certificates, SSH keys, and credentials for one service each.
fn certificates_and_keys(service: Service<Iam>) -> Service<Iam> {
    service
        .serve::<api_iam::CreateServiceSpecificCredential>()
        .serve::<api_iam::DeleteSSHPublicKey>()
        .serve::<api_iam::DeleteServerCertificate>()
        .serve::<api_iam::DeleteServiceSpecificCredential>()
        .serve::<api_iam::DeleteSigningCertificate>()
        .serve::<api_iam::GetSSHPublicKey>()
        .serve::<api_iam::GetServerCertificate>()
        .serve::<api_iam::ListSSHPublicKeys>()
        .serve::<api_iam::ListServerCertificateTags>()
        .serve::<api_iam::ListServerCertificates>()
        .serve::<api_iam::ListServiceSpecificCredentials>()
        .serve::<api_iam::ListSigningCertificates>()
        .serve::<api_iam::ResetServiceSpecificCredential>()
        .serve::<api_iam::TagServerCertificate>()
        .serve::<api_iam::UntagServerCertificate>()
        .serve::<api_iam::UpdateSSHPublicKey>()
        .serve::<api_iam::UpdateServerCertificate>()
        .serve::<api_iam::UpdateServiceSpecificCredential>()
        .serve::<api_iam::UpdateSigningCertificate>()
        .serve::<api_iam::UploadSSHPublicKey>()
        .serve::<api_iam::UploadServerCertificate>()
        .serve::<api_iam::UploadSigningCertificate>()
}
