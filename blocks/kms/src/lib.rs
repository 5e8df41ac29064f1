//! KMS: keys that never leave it.
//!
//! All keys of an account in a region stand in one cell with their aliases and grants ([`records`]), their material sealed
//! with the master key of the data directory ([`store`]). Who may use a key is asked of its policy, its grants and the
//! caller's own policies ([`keyed`]). Ciphertexts name their key and its version ([`ciphertext`]).
//!
//! # What is not as on AWS
//! - Attestation documents of enclaves (`Recipient`) are refused. There are no custom key stores.
//! - A digest made outside for ML-DSA (`EXTERNAL_MU`) is refused, and so are data key pairs of ML-KEM.
//! - A grant to an account's root is a grant to its root user alone.
//! - GetKeyLastUsage has no id of an event; what a crash loses of it is the last minute.

pub mod aliased;
mod change;
mod changing;
pub mod ciphertext;
mod data_keys;
mod encrypting;
pub mod fault;
pub mod grants;
mod importing;
pub mod key;
pub mod keyed;
pub mod limits;
pub mod material;
pub mod metadata;
pub mod names;
mod paging;
pub mod policy;
pub mod records;
mod regions;
mod signing;
pub mod spec;
mod store;
mod tags;
mod tend;

/// The operations, one file each.
pub mod ops {
    pub mod cancel_key_deletion;
    pub mod connect_custom_key_store;
    pub mod create_alias;
    pub mod create_custom_key_store;
    pub mod create_grant;
    pub mod create_key;
    pub mod decapsulate;
    pub mod decrypt;
    pub mod delete_alias;
    pub mod delete_custom_key_store;
    pub mod delete_imported_key_material;
    pub mod derive_shared_secret;
    pub mod describe_custom_key_stores;
    pub mod describe_key;
    pub mod disable_key;
    pub mod disable_key_rotation;
    pub mod disconnect_custom_key_store;
    pub mod enable_key;
    pub mod enable_key_rotation;
    pub mod encapsulate;
    pub mod encrypt;
    pub mod generate_data_key;
    pub mod generate_data_key_pair;
    pub mod generate_data_key_pair_without_plaintext;
    pub mod generate_data_key_without_plaintext;
    pub mod generate_mac;
    pub mod generate_random;
    pub mod get_key_last_usage;
    pub mod get_key_policy;
    pub mod get_key_rotation_status;
    pub mod get_parameters_for_import;
    pub mod get_public_key;
    pub mod import_key_material;
    pub mod list_aliases;
    pub mod list_grants;
    pub mod list_key_policies;
    pub mod list_key_rotations;
    pub mod list_keys;
    pub mod list_resource_tags;
    pub mod list_retirable_grants;
    pub mod put_key_policy;
    pub mod re_encrypt;
    pub mod replicate_key;
    pub mod retire_grant;
    pub mod revoke_grant;
    pub mod rotate_key_on_demand;
    pub mod schedule_key_deletion;
    pub mod sign;
    pub mod tag_resource;
    pub mod untag_resource;
    pub mod update_alias;
    pub mod update_custom_key_store;
    pub mod update_key_description;
    pub mod update_primary_region;
    pub mod verify;
    pub mod verify_mac;
}

use std::{sync::Arc, time::Duration};

use api_kms::{
    CancelKeyDeletion, ConnectCustomKeyStore, CreateAlias, CreateCustomKeyStore, CreateGrant, CreateKey,
    Decapsulate, Decrypt, DeleteAlias, DeleteCustomKeyStore, DeleteImportedKeyMaterial, DeriveSharedSecret,
    DescribeCustomKeyStores, DescribeKey, DisableKey, DisableKeyRotation, DisconnectCustomKeyStore,
    EnableKey, EnableKeyRotation, Encapsulate, Encrypt, GenerateDataKey, GenerateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext, GenerateDataKeyWithoutPlaintext, GenerateMac, GenerateRandom,
    GetKeyLastUsage, GetKeyPolicy, GetKeyRotationStatus, GetParametersForImport, GetPublicKey,
    ImportKeyMaterial, ListAliases, ListGrants, ListKeyPolicies, ListKeyRotations, ListKeys,
    ListResourceTags, ListRetirableGrants, PutKeyPolicy, ReEncrypt, ReplicateKey, RetireGrant, RevokeGrant,
    RotateKeyOnDemand, ScheduleKeyDeletion, Sign, TagResource, UntagResource, UpdateAlias,
    UpdateCustomKeyStore, UpdateKeyDescription, UpdatePrimaryRegion, Verify, VerifyMac,
};
use env::Metrics;
use floor::{Block, Denial, Fault, Service};
use wire::{Meta, ServiceMeta, Violation};

/// The block.
#[derive(Default)]
pub struct Kms {
    kept: store::Kept,
}

impl Block for Kms {
    const NAME: &'static str = "kms";
    const PRINCIPAL: &'static str = "kms.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_kms::SERVICE
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::violated(violations)
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}

/// The operations that the block serves.
pub fn service(block: Arc<Kms>, metrics: &Metrics) -> Service<Kms> {
    Service::new(block, metrics)
        .serve::<CancelKeyDeletion>()
        .serve::<ConnectCustomKeyStore>()
        .serve::<CreateAlias>()
        .serve::<CreateCustomKeyStore>()
        .serve::<CreateGrant>()
        .serve::<CreateKey>()
        .serve::<Decapsulate>()
        .serve::<Decrypt>()
        .serve::<DeleteAlias>()
        .serve::<DeleteCustomKeyStore>()
        .serve::<DeleteImportedKeyMaterial>()
        .serve::<DeriveSharedSecret>()
        .serve::<DescribeCustomKeyStores>()
        .serve::<DescribeKey>()
        .serve::<DisableKey>()
        .serve::<DisableKeyRotation>()
        .serve::<DisconnectCustomKeyStore>()
        .serve::<EnableKey>()
        .serve::<EnableKeyRotation>()
        .serve::<Encapsulate>()
        .serve::<Encrypt>()
        .serve::<GenerateDataKey>()
        .serve::<GenerateDataKeyPair>()
        .serve::<GenerateDataKeyPairWithoutPlaintext>()
        .serve::<GenerateDataKeyWithoutPlaintext>()
        .serve::<GenerateMac>()
        .serve::<GenerateRandom>()
        .serve::<GetKeyLastUsage>()
        .serve::<GetKeyPolicy>()
        .serve::<GetKeyRotationStatus>()
        .serve::<GetParametersForImport>()
        .serve::<GetPublicKey>()
        .serve::<ImportKeyMaterial>()
        .serve::<ListAliases>()
        .serve::<ListGrants>()
        .serve::<ListKeyPolicies>()
        .serve::<ListKeyRotations>()
        .serve::<ListKeys>()
        .serve::<ListResourceTags>()
        .serve::<ListRetirableGrants>()
        .serve::<PutKeyPolicy>()
        .serve::<ReEncrypt>()
        .serve::<ReplicateKey>()
        .serve::<RetireGrant>()
        .serve::<RevokeGrant>()
        .serve::<RotateKeyOnDemand>()
        .serve::<ScheduleKeyDeletion>()
        .serve::<Sign>()
        .serve::<TagResource>()
        .serve::<UntagResource>()
        .serve::<UpdateAlias>()
        .serve::<UpdateCustomKeyStore>()
        .serve::<UpdateKeyDescription>()
        .serve::<UpdatePrimaryRegion>()
        .serve::<Verify>()
        .serve::<VerifyMac>()
        .step(regions::HEAR, |kms, cx, news| {
            Box::pin(async move { kms.hear(cx, &regions::News::read(news)?).await })
        })
        .step(regions::PART, |kms, cx, gone| {
            Box::pin(async move { kms.part(cx, &regions::Gone::read(gone)?).await })
        })
        .caretaker("kms-tend", Duration::from_secs(60), |kms, cx| Box::pin(async move { kms.tend(cx).await }))
}
