//! Key material from outside.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html>

use api_kms::ImportKeyMaterialRequest;
use floor::{Record as _, first_format};
use seal::Master;
use serde::{Deserialize, Serialize};

use crate::{
    ciphertext::MaterialId,
    fault::Refused,
    limits::{DAY_MS, IMPORTED_DAYS_MAX},
    material::WrappingAlgorithm,
    records::{How, Key, Version},
    spec::Spec,
};

const PURPOSE: &str = "kms-import";

/// What an import token says: the private key for what will be wrapped. It is sealed, and nothing of it is stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct ImportToken {
    pub(crate) private: Vec<u8>,
    pub(crate) algorithm: WrappingAlgorithm,
    pub(crate) valid_to_ms: u64,
}

first_format!(ImportToken);

impl ImportToken {
    fn binding(key: &Key) -> String {
        key.arn()
    }

    pub(crate) fn sealed(&self, seal: &Master, key: &Key) -> Vec<u8> {
        seal.seal(PURPOSE, Self::binding(key).as_bytes(), &self.encode())
    }

    pub(crate) fn open(seal: &Master, key: &Key, token: &[u8], now_ms: u64) -> Result<Self, Refused> {
        let opened =
            seal.open(PURPOSE, Self::binding(key).as_bytes(), token).map_err(|_| Refused::ImportToken)?;
        let token = Self::decode(&opened).map_err(|_| Refused::ImportToken)?;
        if token.valid_to_ms <= now_ms { Err(Refused::ImportTokenExpired) } else { Ok(token) }
    }
}

impl Drop for ImportToken {
    fn drop(&mut self) {
        seal::Zeroize::zeroize(&mut self.private);
    }
}

/// Material that has arrived.
pub(crate) struct Arrived {
    pub(crate) id: MaterialId,
    pub(crate) sealed: Vec<u8>,
    pub(crate) expires: Option<u64>,
    pub(crate) now: u64,
}

/// When the material is to end.
pub(crate) fn expires(input: &ImportKeyMaterialRequest, now_ms: u64) -> Result<Option<u64>, Refused> {
    let never = input.expiration_model.as_deref() == Some("KEY_MATERIAL_DOES_NOT_EXPIRE");
    let to = input.valid_to.map(|to| u64::try_from(to.millis()).unwrap_or(0));
    match to {
        Some(_) if never => {
            let why = "A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE";
            Err(Refused::validation(why))
        }
        None if !never => Err(Refused::validation(
            "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
        )),
        Some(to) if to <= now_ms || to > now_ms + IMPORTED_DAYS_MAX * DAY_MS => {
            Err(Refused::validation("The validTo date must be in the future and at most 365 days away."))
        }
        to => Ok(to),
    }
}

/// Bytes that are no material of this kind of key.
pub(crate) fn not_of(spec: Spec) -> Refused {
    Refused::IncorrectMaterial(format!(
        "The imported key material is not valid for key spec {}.",
        spec.text()
    ))
}

/// Puts material into its key: anew what the key had before, else as the first, else as the next.
pub(crate) fn arrive(
    key: &mut Key,
    input: &ImportKeyMaterialRequest,
    arrived: &Arrived,
) -> Result<(), Refused> {
    key.staying()?;
    if let Some(named) = input.key_material_id.as_deref()
        && material_id(named)? != arrived.id
    {
        return Err(Refused::IncorrectMaterial(
            "The key material in the request does not match the KeyMaterialId in the request.".into(),
        ));
    }
    let is_new = input.import_type.as_deref() == Some("NEW_KEY_MATERIAL");
    let known = key.materials.iter_mut().find(|version| version.id == arrived.id);
    if let Some(version) = known {
        if is_new {
            return Err(Refused::IncorrectMaterial(
                "The key material was imported into this key before.".into(),
            ));
        }
        version.sealed = Some(arrived.sealed.clone());
        version.expires_ms = arrived.expires;
        if let Some(description) = &input.key_material_description {
            version.description = Some(description.clone());
        }
        return Ok(());
    }
    let is_first = key.materials.is_empty();
    if !is_first && (!is_new || key.spec != Spec::Symmetric) {
        let why = "The key material in the request is not the key material that was imported before.";
        return Err(Refused::IncorrectMaterial(why.into()));
    }
    // What waited and was never used makes way.
    key.materials.retain(|version| !version.is_pending);
    key.materials.push(Version {
        id: arrived.id,
        sealed: Some(arrived.sealed.clone()),
        since_ms: arrived.now,
        how: How::First,
        is_pending: !is_first,
        expires_ms: arrived.expires,
        description: input.key_material_description.clone(),
    });
    Ok(())
}

/// Takes material out of its key; its name stays, so that only the same can come back.
pub(crate) fn delete(key: &mut Key, id: Option<MaterialId>) -> Result<(), Refused> {
    let id = match id {
        Some(id) => id,
        None => match key.current() {
            Some(version) => version.id,
            None => return Ok(()), // there is none: nothing happens, as at AWS
        },
    };
    let Some(version) = key.materials.iter_mut().find(|version| version.id == id) else {
        return Err(Refused::NotFound(format!("Key material {} is not found.", hex::encode(id))));
    };
    version.sealed = None;
    version.expires_ms = None;
    key.materials.retain(|version| !version.is_pending || version.sealed.is_some());
    Ok(())
}

/// Reads `KeyMaterialId`.
pub(crate) fn material_id(text: &str) -> Result<MaterialId, Refused> {
    let read = hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    read.ok_or_else(|| Refused::validation(format!("KeyMaterialId {text} is not valid.")))
}
