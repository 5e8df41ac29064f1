//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html>
#[derive(Debug, Clone, Copy)]
pub struct CancelKeyDeletion;

impl Operation for CancelKeyDeletion {
    const META: &'static Meta = &meta::CANCEL_KEY_DELETION;
    type Input = types::CancelKeyDeletionRequest;
    type Output = types::CancelKeyDeletionResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ConnectCustomKeyStore.html>
#[derive(Debug, Clone, Copy)]
pub struct ConnectCustomKeyStore;

impl Operation for ConnectCustomKeyStore {
    const META: &'static Meta = &meta::CONNECT_CUSTOM_KEY_STORE;
    type Input = types::ConnectCustomKeyStoreRequest;
    type Output = types::ConnectCustomKeyStoreResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateAlias;

impl Operation for CreateAlias {
    const META: &'static Meta = &meta::CREATE_ALIAS;
    type Input = types::CreateAliasRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateCustomKeyStore.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateCustomKeyStore;

impl Operation for CreateCustomKeyStore {
    const META: &'static Meta = &meta::CREATE_CUSTOM_KEY_STORE;
    type Input = types::CreateCustomKeyStoreRequest;
    type Output = types::CreateCustomKeyStoreResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateGrant;

impl Operation for CreateGrant {
    const META: &'static Meta = &meta::CREATE_GRANT;
    type Input = types::CreateGrantRequest;
    type Output = types::CreateGrantResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateKey;

impl Operation for CreateKey {
    const META: &'static Meta = &meta::CREATE_KEY;
    type Input = types::CreateKeyRequest;
    type Output = types::CreateKeyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html>
#[derive(Debug, Clone, Copy)]
pub struct Decapsulate;

impl Operation for Decapsulate {
    const META: &'static Meta = &meta::DECAPSULATE;
    type Input = types::DecapsulateRequest;
    type Output = types::DecapsulateResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html>
#[derive(Debug, Clone, Copy)]
pub struct Decrypt;

impl Operation for Decrypt {
    const META: &'static Meta = &meta::DECRYPT;
    type Input = types::DecryptRequest;
    type Output = types::DecryptResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteAlias;

impl Operation for DeleteAlias {
    const META: &'static Meta = &meta::DELETE_ALIAS;
    type Input = types::DeleteAliasRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteCustomKeyStore.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteCustomKeyStore;

impl Operation for DeleteCustomKeyStore {
    const META: &'static Meta = &meta::DELETE_CUSTOM_KEY_STORE;
    type Input = types::DeleteCustomKeyStoreRequest;
    type Output = types::DeleteCustomKeyStoreResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteImportedKeyMaterial;

impl Operation for DeleteImportedKeyMaterial {
    const META: &'static Meta = &meta::DELETE_IMPORTED_KEY_MATERIAL;
    type Input = types::DeleteImportedKeyMaterialRequest;
    type Output = types::DeleteImportedKeyMaterialResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html>
#[derive(Debug, Clone, Copy)]
pub struct DeriveSharedSecret;

impl Operation for DeriveSharedSecret {
    const META: &'static Meta = &meta::DERIVE_SHARED_SECRET;
    type Input = types::DeriveSharedSecretRequest;
    type Output = types::DeriveSharedSecretResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html>
#[derive(Debug, Clone, Copy)]
pub struct DescribeCustomKeyStores;

impl Operation for DescribeCustomKeyStores {
    const META: &'static Meta = &meta::DESCRIBE_CUSTOM_KEY_STORES;
    type Input = types::DescribeCustomKeyStoresRequest;
    type Output = types::DescribeCustomKeyStoresResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>
#[derive(Debug, Clone, Copy)]
pub struct DescribeKey;

impl Operation for DescribeKey {
    const META: &'static Meta = &meta::DESCRIBE_KEY;
    type Input = types::DescribeKeyRequest;
    type Output = types::DescribeKeyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html>
#[derive(Debug, Clone, Copy)]
pub struct DisableKey;

impl Operation for DisableKey {
    const META: &'static Meta = &meta::DISABLE_KEY;
    type Input = types::DisableKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html>
#[derive(Debug, Clone, Copy)]
pub struct DisableKeyRotation;

impl Operation for DisableKeyRotation {
    const META: &'static Meta = &meta::DISABLE_KEY_ROTATION;
    type Input = types::DisableKeyRotationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisconnectCustomKeyStore.html>
#[derive(Debug, Clone, Copy)]
pub struct DisconnectCustomKeyStore;

impl Operation for DisconnectCustomKeyStore {
    const META: &'static Meta = &meta::DISCONNECT_CUSTOM_KEY_STORE;
    type Input = types::DisconnectCustomKeyStoreRequest;
    type Output = types::DisconnectCustomKeyStoreResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableKey;

impl Operation for EnableKey {
    const META: &'static Meta = &meta::ENABLE_KEY;
    type Input = types::EnableKeyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html>
#[derive(Debug, Clone, Copy)]
pub struct EnableKeyRotation;

impl Operation for EnableKeyRotation {
    const META: &'static Meta = &meta::ENABLE_KEY_ROTATION;
    type Input = types::EnableKeyRotationRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html>
#[derive(Debug, Clone, Copy)]
pub struct Encapsulate;

impl Operation for Encapsulate {
    const META: &'static Meta = &meta::ENCAPSULATE;
    type Input = types::EncapsulateRequest;
    type Output = types::EncapsulateResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>
#[derive(Debug, Clone, Copy)]
pub struct Encrypt;

impl Operation for Encrypt {
    const META: &'static Meta = &meta::ENCRYPT;
    type Input = types::EncryptRequest;
    type Output = types::EncryptResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKey;

impl Operation for GenerateDataKey {
    const META: &'static Meta = &meta::GENERATE_DATA_KEY;
    type Input = types::GenerateDataKeyRequest;
    type Output = types::GenerateDataKeyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyPair;

impl Operation for GenerateDataKeyPair {
    const META: &'static Meta = &meta::GENERATE_DATA_KEY_PAIR;
    type Input = types::GenerateDataKeyPairRequest;
    type Output = types::GenerateDataKeyPairResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyPairWithoutPlaintext;

impl Operation for GenerateDataKeyPairWithoutPlaintext {
    const META: &'static Meta = &meta::GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT;
    type Input = types::GenerateDataKeyPairWithoutPlaintextRequest;
    type Output = types::GenerateDataKeyPairWithoutPlaintextResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateDataKeyWithoutPlaintext;

impl Operation for GenerateDataKeyWithoutPlaintext {
    const META: &'static Meta = &meta::GENERATE_DATA_KEY_WITHOUT_PLAINTEXT;
    type Input = types::GenerateDataKeyWithoutPlaintextRequest;
    type Output = types::GenerateDataKeyWithoutPlaintextResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateMac;

impl Operation for GenerateMac {
    const META: &'static Meta = &meta::GENERATE_MAC;
    type Input = types::GenerateMacRequest;
    type Output = types::GenerateMacResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html>
#[derive(Debug, Clone, Copy)]
pub struct GenerateRandom;

impl Operation for GenerateRandom {
    const META: &'static Meta = &meta::GENERATE_RANDOM;
    type Input = types::GenerateRandomRequest;
    type Output = types::GenerateRandomResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html>
#[derive(Debug, Clone, Copy)]
pub struct GetKeyLastUsage;

impl Operation for GetKeyLastUsage {
    const META: &'static Meta = &meta::GET_KEY_LAST_USAGE;
    type Input = types::GetKeyLastUsageRequest;
    type Output = types::GetKeyLastUsageResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetKeyPolicy;

impl Operation for GetKeyPolicy {
    const META: &'static Meta = &meta::GET_KEY_POLICY;
    type Input = types::GetKeyPolicyRequest;
    type Output = types::GetKeyPolicyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html>
#[derive(Debug, Clone, Copy)]
pub struct GetKeyRotationStatus;

impl Operation for GetKeyRotationStatus {
    const META: &'static Meta = &meta::GET_KEY_ROTATION_STATUS;
    type Input = types::GetKeyRotationStatusRequest;
    type Output = types::GetKeyRotationStatusResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html>
#[derive(Debug, Clone, Copy)]
pub struct GetParametersForImport;

impl Operation for GetParametersForImport {
    const META: &'static Meta = &meta::GET_PARAMETERS_FOR_IMPORT;
    type Input = types::GetParametersForImportRequest;
    type Output = types::GetParametersForImportResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPublicKey;

impl Operation for GetPublicKey {
    const META: &'static Meta = &meta::GET_PUBLIC_KEY;
    type Input = types::GetPublicKeyRequest;
    type Output = types::GetPublicKeyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html>
#[derive(Debug, Clone, Copy)]
pub struct ImportKeyMaterial;

impl Operation for ImportKeyMaterial {
    const META: &'static Meta = &meta::IMPORT_KEY_MATERIAL;
    type Input = types::ImportKeyMaterialRequest;
    type Output = types::ImportKeyMaterialResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>
#[derive(Debug, Clone, Copy)]
pub struct ListAliases;

impl Operation for ListAliases {
    const META: &'static Meta = &meta::LIST_ALIASES;
    type Input = types::ListAliasesRequest;
    type Output = types::ListAliasesResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
#[derive(Debug, Clone, Copy)]
pub struct ListGrants;

impl Operation for ListGrants {
    const META: &'static Meta = &meta::LIST_GRANTS;
    type Input = types::ListGrantsRequest;
    type Output = types::ListGrantsResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html>
#[derive(Debug, Clone, Copy)]
pub struct ListKeyPolicies;

impl Operation for ListKeyPolicies {
    const META: &'static Meta = &meta::LIST_KEY_POLICIES;
    type Input = types::ListKeyPoliciesRequest;
    type Output = types::ListKeyPoliciesResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html>
#[derive(Debug, Clone, Copy)]
pub struct ListKeyRotations;

impl Operation for ListKeyRotations {
    const META: &'static Meta = &meta::LIST_KEY_ROTATIONS;
    type Input = types::ListKeyRotationsRequest;
    type Output = types::ListKeyRotationsResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
#[derive(Debug, Clone, Copy)]
pub struct ListKeys;

impl Operation for ListKeys {
    const META: &'static Meta = &meta::LIST_KEYS;
    type Input = types::ListKeysRequest;
    type Output = types::ListKeysResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html>
#[derive(Debug, Clone, Copy)]
pub struct ListResourceTags;

impl Operation for ListResourceTags {
    const META: &'static Meta = &meta::LIST_RESOURCE_TAGS;
    type Input = types::ListResourceTagsRequest;
    type Output = types::ListResourceTagsResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html>
#[derive(Debug, Clone, Copy)]
pub struct ListRetirableGrants;

impl Operation for ListRetirableGrants {
    const META: &'static Meta = &meta::LIST_RETIRABLE_GRANTS;
    type Input = types::ListRetirableGrantsRequest;
    type Output = types::ListGrantsResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutKeyPolicy;

impl Operation for PutKeyPolicy {
    const META: &'static Meta = &meta::PUT_KEY_POLICY;
    type Input = types::PutKeyPolicyRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html>
#[derive(Debug, Clone, Copy)]
pub struct ReEncrypt;

impl Operation for ReEncrypt {
    const META: &'static Meta = &meta::RE_ENCRYPT;
    type Input = types::ReEncryptRequest;
    type Output = types::ReEncryptResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html>
#[derive(Debug, Clone, Copy)]
pub struct ReplicateKey;

impl Operation for ReplicateKey {
    const META: &'static Meta = &meta::REPLICATE_KEY;
    type Input = types::ReplicateKeyRequest;
    type Output = types::ReplicateKeyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html>
#[derive(Debug, Clone, Copy)]
pub struct RetireGrant;

impl Operation for RetireGrant {
    const META: &'static Meta = &meta::RETIRE_GRANT;
    type Input = types::RetireGrantRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html>
#[derive(Debug, Clone, Copy)]
pub struct RevokeGrant;

impl Operation for RevokeGrant {
    const META: &'static Meta = &meta::REVOKE_GRANT;
    type Input = types::RevokeGrantRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html>
#[derive(Debug, Clone, Copy)]
pub struct RotateKeyOnDemand;

impl Operation for RotateKeyOnDemand {
    const META: &'static Meta = &meta::ROTATE_KEY_ON_DEMAND;
    type Input = types::RotateKeyOnDemandRequest;
    type Output = types::RotateKeyOnDemandResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html>
#[derive(Debug, Clone, Copy)]
pub struct ScheduleKeyDeletion;

impl Operation for ScheduleKeyDeletion {
    const META: &'static Meta = &meta::SCHEDULE_KEY_DELETION;
    type Input = types::ScheduleKeyDeletionRequest;
    type Output = types::ScheduleKeyDeletionResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>
#[derive(Debug, Clone, Copy)]
pub struct Sign;

impl Operation for Sign {
    const META: &'static Meta = &meta::SIGN;
    type Input = types::SignRequest;
    type Output = types::SignResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct TagResource;

impl Operation for TagResource {
    const META: &'static Meta = &meta::TAG_RESOURCE;
    type Input = types::TagResourceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagResource;

impl Operation for UntagResource {
    const META: &'static Meta = &meta::UNTAG_RESOURCE;
    type Input = types::UntagResourceRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateAlias;

impl Operation for UpdateAlias {
    const META: &'static Meta = &meta::UPDATE_ALIAS;
    type Input = types::UpdateAliasRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateCustomKeyStore;

impl Operation for UpdateCustomKeyStore {
    const META: &'static Meta = &meta::UPDATE_CUSTOM_KEY_STORE;
    type Input = types::UpdateCustomKeyStoreRequest;
    type Output = types::UpdateCustomKeyStoreResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdateKeyDescription;

impl Operation for UpdateKeyDescription {
    const META: &'static Meta = &meta::UPDATE_KEY_DESCRIPTION;
    type Input = types::UpdateKeyDescriptionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html>
#[derive(Debug, Clone, Copy)]
pub struct UpdatePrimaryRegion;

impl Operation for UpdatePrimaryRegion {
    const META: &'static Meta = &meta::UPDATE_PRIMARY_REGION;
    type Input = types::UpdatePrimaryRegionRequest;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html>
#[derive(Debug, Clone, Copy)]
pub struct Verify;

impl Operation for Verify {
    const META: &'static Meta = &meta::VERIFY;
    type Input = types::VerifyRequest;
    type Output = types::VerifyResponse;
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html>
#[derive(Debug, Clone, Copy)]
pub struct VerifyMac;

impl Operation for VerifyMac {
    const META: &'static Meta = &meta::VERIFY_MAC;
    type Input = types::VerifyMacRequest;
    type Output = types::VerifyMacResponse;
}
