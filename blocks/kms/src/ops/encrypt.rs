//! Encrypt: up to 4 KiB under a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>

use api_kms::{Encrypt, EncryptRequest, EncryptResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, encrypting,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<Encrypt> for Kms {
    on_key!(EncryptRequest, "kms:Encrypt", |caller, input| About::named(caller, &input.key_id)
        .context(input.encryption_context.as_ref())
        .tokens(input.grant_tokens.as_ref())
        .with("kms:EncryptionAlgorithm", algorithm(input).to_owned()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Encrypt, Self>,
        input: EncryptRequest,
    ) -> Answer<EncryptResponse> {
        let found = self.real(cx, &at.loaded).await?;
        let (key, algorithm) = (&found.key, algorithm(&input));
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::EncryptDecrypt, "Encrypt")?;
        encrypting::check(key, algorithm, input.encryption_context.as_ref(), input.plaintext.len())?;
        dry_run(input.dry_run)?;
        let (_, blob) = self
            .encrypt_with(cx, key, algorithm, input.encryption_context.as_ref(), &input.plaintext)
            .await?;
        self.used(cx, key, "Encrypt");
        Ok(EncryptResponse {
            ciphertext_blob: Some(blob),
            key_id: Some(key.arn()),
            encryption_algorithm: Some(algorithm.to_owned()),
        })
    }
}

fn algorithm(input: &EncryptRequest) -> &str {
    input.encryption_algorithm.as_deref().unwrap_or("SYMMETRIC_DEFAULT")
}
