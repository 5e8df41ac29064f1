//! Decrypt: what Encrypt and GenerateDataKey encrypted; the ciphertext names its key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html>

use api_kms::{Decrypt, DecryptRequest, DecryptResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, encrypting,
    fault::Refused,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<Decrypt> for Kms {
    on_key!(DecryptRequest, "kms:Decrypt", |caller, input| About::decrypting(
        caller,
        input.key_id.as_deref(),
        input.ciphertext_blob.as_deref(),
        algorithm(input)
    )
    .context(input.encryption_context.as_ref())
    .tokens(input.grant_tokens.as_ref())
    .with("kms:EncryptionAlgorithm", algorithm(input).to_owned()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Decrypt, Self>,
        input: DecryptRequest,
    ) -> Answer<DecryptResponse> {
        let (found, algorithm) = (&at.loaded, algorithm(&input));
        let key = &found.key;
        encrypting::no_enclave(input.recipient.as_ref())?;
        key.usable(cx.now().0)?;
        if key.usage != Usage::EncryptDecrypt {
            return Err(Refused::IncorrectKey.into());
        }
        if encrypting::is_ignored(input.dry_run, input.dry_run_modifiers.as_deref())? {
            return Err(Refused::DryRun.into());
        }
        let blob = input.ciphertext_blob.as_deref().ok_or(Refused::Ciphertext)?;
        let context = input.encryption_context.as_ref();
        let opened = self.decrypt_with(cx, key, algorithm, context, blob).await?;
        dry_run(input.dry_run)?;
        self.used(cx, key, "Decrypt");
        Ok(DecryptResponse {
            key_id: Some(key.arn()),
            plaintext: Some(opened.plain.to_vec().into()),
            encryption_algorithm: Some(algorithm.to_owned()),
            key_material_id: opened.material.map(hex::encode),
            ciphertext_for_recipient: None,
        })
    }
}

fn algorithm(input: &DecryptRequest) -> &str {
    input.encryption_algorithm.as_deref().unwrap_or("SYMMETRIC_DEFAULT")
}
