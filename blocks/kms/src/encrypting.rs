//! What Encrypt, Decrypt and ReEncrypt share.

use floor::{Answer, Cx, fault::internal};
use wire::Blob;

use crate::{
    Kms,
    ciphertext::{self, Context, MaterialId},
    fault::Refused,
    material::Secret,
    records::Key,
    spec::Spec,
    store::off,
};

/// What a ciphertext held.
pub(crate) struct Opened {
    /// The plaintext.
    pub(crate) plain: Secret,
    /// The version of the key's material; symmetric keys only.
    pub(crate) material: Option<MaterialId>,
}

/// Refuses what a key cannot encrypt.
pub(crate) fn check(
    key: &Key,
    algorithm: &str,
    context: Option<&Context>,
    bytes: usize,
) -> Result<(), Refused> {
    key.must_have(key.spec.encryption_algorithms(key.usage), algorithm)?;
    check_context(key, context)?;
    let most = key.spec.plaintext_bytes_max(algorithm);
    if bytes > most {
        let spec = key.spec.text();
        let why = format!(
            "Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {most} bytes."
        );
        return Err(Refused::Validation(why));
    }
    Ok(())
}

fn check_context(key: &Key, context: Option<&Context>) -> Result<(), Refused> {
    if key.spec != Spec::Symmetric && context.is_some_and(|context| !context.is_empty()) {
        return Err(Refused::validation("EncryptionContext is not supported with asymmetric KMS keys."));
    }
    Ok(())
}

/// Whether a dry run asks about the key alone (`IGNORE_CIPHERTEXT`).
pub(crate) fn is_ignored(dry_run: Option<bool>, modifiers: Option<&[String]>) -> Result<bool, Refused> {
    let is_asked = modifiers.is_some_and(|all| all.iter().any(|one| one == "IGNORE_CIPHERTEXT"));
    if is_asked && dry_run != Some(true) {
        return Err(Refused::validation("DryRunModifiers can be specified only when DryRun is true."));
    }
    Ok(is_asked)
}

/// Refuses the attestation document of an enclave: who signs those (the Nitro Security Module of a machine of AWS) is
/// nowhere near, and to trust another would give an enclave's secrets to anybody.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/services-nitro-enclaves.html>
pub(crate) fn no_enclave(recipient: Option<&api_kms::RecipientInfo>) -> Result<(), Refused> {
    match recipient {
        None => Ok(()),
        Some(_) => Err(Refused::validation(
            "Recipient is not supported: attestation documents of enclaves cannot be verified here.",
        )),
    }
}

impl Kms {
    /// Encrypts with a key of any kind that does.
    pub(crate) async fn encrypt_with(
        &self,
        cx: &Cx,
        key: &Key,
        algorithm: &str,
        context: Option<&Context>,
        plain: &[u8],
    ) -> Answer<(Option<MaterialId>, Blob)> {
        if key.spec == Spec::Symmetric {
            let (material, blob) = self.encrypt(cx, key, context, plain).await?;
            return Ok((Some(material), blob));
        }
        let (_, material) = self.current(cx, key).await?;
        let pair = material.pair().map_err(|e| internal(e.to_string()))?;
        let blob = pair.encrypt(algorithm, plain).map_err(|e| internal(e.to_string()))?;
        Ok((None, blob.into()))
    }

    /// Decrypts what a key has encrypted, with the version of its material that did.
    pub(crate) async fn decrypt_with(
        &self,
        cx: &Cx,
        key: &Key,
        algorithm: &str,
        context: Option<&Context>,
        blob: &[u8],
    ) -> Answer<Opened> {
        key.must_have(key.spec.encryption_algorithms(key.usage), algorithm)?;
        check_context(key, context)?;
        if key.spec == Spec::Symmetric {
            return self.open_blob(cx, key, context, blob).await;
        }
        let (_, material) = self.current(cx, key).await?;
        let (with, blob) = (algorithm.to_owned(), blob.to_vec());
        let plain = off(move || material.pair()?.decrypt(&with, &blob)).await?;
        Ok(Opened { plain: plain.map_err(|_| Refused::Ciphertext)?, material: None })
    }

    async fn open_blob(&self, cx: &Cx, key: &Key, context: Option<&Context>, blob: &[u8]) -> Answer<Opened> {
        let parts = ciphertext::read(blob).ok_or(Refused::Ciphertext)?;
        if (parts.account, parts.key) != (key.account, key.id) {
            return Err(Refused::IncorrectKey.into());
        }
        let version = key.materials.iter().find(|version| version.id == parts.material);
        let version = version.filter(|version| version.is_there(cx.now().0)).ok_or(Refused::Ciphertext)?;
        let material = self.open(cx, key, version).await?;
        let with = material.symmetric().map_err(|e| internal(e.to_string()))?;
        let none = Context::new();
        let plain = parts.open(with, context.unwrap_or(&none)).ok_or(Refused::Ciphertext)?;
        Ok(Opened { plain: plain.into(), material: Some(parts.material) })
    }
}
