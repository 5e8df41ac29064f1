//! Key material at rest and in memory: sealed in records, opened once and kept.

use std::{collections::HashMap, sync::Arc};

use floor::{AccountId, Answer, Cx, Get as _, Record, Region, Tx, authorise::compiled, fault::internal};
use parking_lot::{Mutex, RwLock};
use policy::Policy;
use seal::Master;
use wire::Blob;

use crate::{
    Kms,
    ciphertext::MaterialId,
    fault::Refused,
    key,
    keyed::{Found, FoundKey},
    material::{self, Material, Secret},
    names::{self, KeyId},
    records::{self, Alias, How, Key, LastUse, Rotation, Version},
    spec::Spec,
};

/// What sealed material is for.
const PURPOSE: &str = "kms";

/// Opened keys that are kept: an RSA key of 4096 bits is the largest, with about 4 KiB.
const OPENED_MAX: usize = 4096;

/// Decoded keys that are kept, each with a policy of up to 32 KiB and a handful of versions.
const DECODED_MAX: usize = 4096;

type Name = (AccountId, KeyId, MaterialId);

/// A key and its policy, and the bytes that they were read from: a key that was changed has other bytes, so that nothing is
/// ever stale.
type Decoded = (Blob, Arc<Key>, Arc<Policy>);

/// What a process keeps in memory.
#[derive(Default)]
pub(crate) struct Kept {
    opened: RwLock<HashMap<Name, Arc<Material>>>,
    decoded: RwLock<HashMap<(Region, AccountId, KeyId), Decoded>>,
    pub(crate) used: Mutex<HashMap<(Region, AccountId, KeyId), LastUse>>,
}

impl Kept {
    /// The key that is `stored` for a region.
    pub(crate) fn read(
        &self,
        region: &Region,
        account: AccountId,
        id: KeyId,
        stored: Blob,
    ) -> Answer<(Arc<Key>, Arc<Policy>)> {
        let name = (region.clone(), account, id);
        if let Some((from, key, policy)) = self.decoded.read().get(&name)
            && *from == stored
        {
            return Ok((key.clone(), policy.clone()));
        }
        let key = Arc::new(<Key as Record>::decode(&stored)?);
        let policy = compiled(&key.policy)?;
        let mut decoded = self.decoded.write();
        if decoded.len() >= DECODED_MAX {
            decoded.clear();
        }
        decoded.insert(name, (stored, key.clone(), policy.clone()));
        Ok((key, policy))
    }

    /// Forgets a version whose material is gone.
    pub(crate) fn forget(&self, key: &Key) {
        let mut opened = self.opened.write();
        for version in &key.materials {
            opened.remove(&(key.account, key.id, version.id));
        }
    }
}

/// Work that takes longer than the reactor may wait.
pub(crate) async fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| internal(e.to_string()))
}

/// What sealed material is bound to: it cannot be moved to another key.
fn binding(account: AccountId, id: KeyId, version: MaterialId) -> Vec<u8> {
    let mut out = format!("{account}/{id}/").into_bytes();
    out.extend_from_slice(&version);
    out
}

/// The name of material, and the material as it is stored.
pub(crate) fn sealed(seal: &Master, account: AccountId, id: KeyId, bytes: &[u8]) -> (MaterialId, Vec<u8>) {
    let version = material::id(id, bytes);
    (version, seal.seal(PURPOSE, &binding(account, id, version), bytes))
}

/// New material, sealed.
pub(crate) async fn made(
    cx: &Cx,
    account: AccountId,
    id: KeyId,
    spec: Spec,
) -> Answer<(MaterialId, Vec<u8>)> {
    let random = cx.env().random.clone();
    let bytes: Secret =
        off(move || material::generate(spec, &random)).await?.map_err(|e| internal(e.to_string()))?;
    Ok(sealed(cx.seal(), account, id, &bytes))
}

/// The first version of a key's material.
pub(crate) fn first((id, sealed): (MaterialId, Vec<u8>), now_ms: u64) -> Version {
    Version {
        id,
        sealed: Some(sealed),
        since_ms: now_ms,
        how: How::First,
        is_pending: false,
        expires_ms: None,
        description: None,
    }
}

impl Kms {
    /// The version that encrypts and signs, opened.
    pub(crate) async fn current(&self, cx: &Cx, key: &Key) -> Answer<(MaterialId, Arc<Material>)> {
        let version = key.current().ok_or_else(|| internal("a key without material"))?;
        Ok((version.id, self.open(cx, key, version).await?))
    }

    /// A version, opened.
    pub(crate) async fn open(&self, cx: &Cx, key: &Key, version: &Version) -> Answer<Arc<Material>> {
        let name = (key.account, key.id, version.id);
        if let Some(opened) = self.kept.opened.read().get(&name) {
            return Ok(opened.clone());
        }
        let sealed =
            version.sealed.as_deref().ok_or_else(|| internal("material that is gone was asked for"))?;
        let bound = binding(key.account, key.id, version.id);
        let bytes = cx.seal().open(PURPOSE, &bound, sealed).map_err(|e| internal(e.to_string()))?;
        let spec = key.spec;
        let opened = if spec.is_asymmetric() {
            off(move || material::open(spec, &bytes)).await?
        } else {
            material::open(spec, &bytes)
        };
        let opened = Arc::new(opened.map_err(|e| internal(e.to_string()))?);
        let mut kept = self.kept.opened.write();
        if kept.len() >= OPENED_MAX {
            kept.clear();
        }
        kept.insert(name, opened.clone());
        Ok(opened)
    }

    /// Encrypts with a symmetric key.
    pub(crate) async fn encrypt(
        &self,
        cx: &Cx,
        key: &Key,
        context: Option<&crate::ciphertext::Context>,
        plain: &[u8],
    ) -> Answer<(MaterialId, Blob)> {
        let (id, material) = self.current(cx, key).await?;
        let with = material.symmetric().map_err(|e| internal(e.to_string()))?;
        let nonce = with.nonce(&cx.env().random);
        let (none, names) = (crate::ciphertext::Context::new(), (key.account, key.id, id));
        let blob = crate::ciphertext::seal(names, with, &nonce, context.unwrap_or(&none), plain);
        Ok((id, blob.into()))
    }

    /// The key, made where it is one of AWS that is used for the first time.
    pub(crate) async fn real(&self, cx: &mut Cx, found: &FoundKey) -> Answer<FoundKey> {
        if !found.is_new {
            return Ok(found.clone());
        }
        let now = cx.now().0;
        let virgin = &found.key;
        let version = made(cx, virgin.account, virgin.id, virgin.spec).await?;
        let (version, found) = (&version, &found);
        let run = |tx: Tx| async move {
            if let Some(key) = tx.load::<Key>(&records::key(virgin.account, virgin.id)).await? {
                let policy = compiled(&key.policy)?;
                let key = Arc::new(key);
                return Ok(Arc::new(Found { key, policy, is_new: false, ..Found::clone(found) }));
            }
            let mut key = Key::clone(virgin);
            key.created_ms = now;
            key.materials = vec![first(version.clone(), now)];
            key.rotation = key.rotation.map(|rotation| Rotation::from(now, rotation.period_days));
            key::save(&tx, None, &key);
            for alias in &found.aliases {
                let record = Alias { target: key.id, created_ms: now, updated_ms: now };
                tx.save(&records::alias(key.account, alias), &record);
                tx.put(&records::alias_of(key.account, key.id, alias), &b"1"[..]);
            }
            Ok(Arc::new(Found { key: key.into(), is_new: false, ..Found::clone(found) }))
        };
        cx.cell(&names::place(&virgin.region, virgin.account)).await?.transact(run).await
    }

    /// Notes that a key was used; the record follows within a minute.
    pub(crate) fn used(&self, cx: &Cx, key: &Key, operation: &str) {
        let use_ =
            LastUse { operation: operation.into(), at_ms: cx.now().0, request: cx.request_id().into() };
        self.kept.used.lock().insert((key.region.clone(), key.account, key.id), use_);
    }
}

/// Ends a dry run: all that can be refused has been.
pub(crate) fn dry_run(asked: Option<bool>) -> Result<(), Refused> {
    if asked == Some(true) { Err(Refused::DryRun) } else { Ok(()) }
}
