//! `KeyMetadata`.

use api_kms::{KeyMetadata, MultiRegionConfiguration, MultiRegionKey};

use crate::{
    key::{State, time},
    records::Key,
    spec::{Origin, Spec, Usage},
};

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    (!texts.is_empty()).then(|| texts.iter().map(|t| (*t).to_owned()).collect())
}

/// What DescribeKey tells of a key.
pub fn of(key: &Key, now_ms: u64) -> KeyMetadata {
    let state = key.state(now_ms);
    let (spec, usage) = (key.spec, key.usage);
    let expiring = key.current().filter(|v| key.origin == Origin::External && v.is_there(now_ms));
    let current = key.current().filter(|v| spec == Spec::Symmetric && v.sealed.is_some());
    KeyMetadata {
        aws_account_id: Some(key.account.to_string()),
        key_id: Some(key.id.to_string()),
        arn: Some(key.arn()),
        creation_date: time(key.created_ms),
        enabled: Some(state == State::Enabled),
        description: Some(key.description.clone()),
        key_usage: Some(usage.text().into()),
        key_state: Some(state.text().into()),
        deletion_date: key.deletion.and_then(|d| d.at_ms).and_then(time),
        valid_to: expiring.and_then(|v| v.expires_ms).and_then(time),
        origin: Some(key.origin.text().into()),
        custom_key_store_id: None,
        cloud_hsm_cluster_id: None,
        expiration_model: expiring.map(|v| expiration_model(v.expires_ms).into()),
        key_manager: Some(if key.managed_by.is_some() { "AWS" } else { "CUSTOMER" }.into()),
        customer_master_key_spec: Some(spec.text().into()),
        key_spec: Some(spec.text().into()),
        encryption_algorithms: texts(spec.encryption_algorithms(usage)),
        signing_algorithms: texts(spec.signing_algorithms(usage)),
        key_agreement_algorithms: texts(key_agreement_algorithms(usage)),
        encapsulation_algorithms: texts(encapsulation_algorithms(usage)),
        multi_region: Some(key.family.is_some()),
        multi_region_configuration: configuration(key),
        pending_deletion_window_in_days: key
            .deletion
            .filter(|d| d.at_ms.is_none())
            .map(|deletion| deletion.window_days),
        mac_algorithms: texts(spec.mac_algorithms()),
        xks_key_configuration: None,
        current_key_material_id: current.map(|v| hex::encode(v.id)),
    }
}

/// `KeyAgreementAlgorithms`.
pub fn key_agreement_algorithms(usage: Usage) -> &'static [&'static str] {
    if usage == Usage::KeyAgreement { &["ECDH"] } else { &[] }
}

/// `EncapsulationAlgorithms`.
pub fn encapsulation_algorithms(usage: Usage) -> &'static [&'static str] {
    if usage == Usage::EncapsulateDecapsulate { &["ML_KEM"] } else { &[] }
}

/// `ExpirationModel`.
pub fn expiration_model(expires_ms: Option<u64>) -> &'static str {
    if expires_ms.is_some() { "KEY_MATERIAL_EXPIRES" } else { "KEY_MATERIAL_DOES_NOT_EXPIRE" }
}

fn configuration(key: &Key) -> Option<MultiRegionConfiguration> {
    let family = key.family.as_ref()?;
    let member = |region: &floor::Region| MultiRegionKey {
        arn: Some(key.id.arn(region, key.account)),
        region: Some(region.to_string()),
    };
    let kind = if key.is_primary() { "PRIMARY" } else { "REPLICA" };
    Some(MultiRegionConfiguration {
        multi_region_key_type: Some(kind.into()),
        primary_key: Some(member(&family.primary)),
        replica_keys: Some(family.replicas.iter().map(member).collect()),
    })
}
