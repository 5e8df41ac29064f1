//! DeriveSharedSecret: the secret shared with the owner of another key pair.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html>

use api_kms::{DeriveSharedSecret, DeriveSharedSecretRequest, DeriveSharedSecretResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, encrypting,
    fault::Refused,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<DeriveSharedSecret> for Kms {
    on_key!(DeriveSharedSecretRequest, "kms:DeriveSharedSecret", |caller, input| About::named(
        caller,
        &input.key_id
    )
    .tokens(input.grant_tokens.as_ref())
    .with("kms:KeyAgreementAlgorithm", input.key_agreement_algorithm.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeriveSharedSecret, Self>,
        input: DeriveSharedSecretRequest,
    ) -> Answer<DeriveSharedSecretResponse> {
        let key = &at.loaded.key;
        encrypting::no_enclave(input.recipient.as_ref())?;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::KeyAgreement, "DeriveSharedSecret")?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let secret = material.pair().and_then(|pair| pair.agree(&input.public_key));
        let why = "The public key is not a SubjectPublicKeyInfo in DER on the curve of the KMS key.";
        let secret = secret.map_err(|_| Refused::validation(why))?;
        self.used(cx, key, "DeriveSharedSecret");
        Ok(DeriveSharedSecretResponse {
            key_id: Some(key.arn()),
            shared_secret: Some(secret.to_vec().into()),
            key_agreement_algorithm: Some(input.key_agreement_algorithm),
            key_origin: Some(key.origin.text().into()),
            ciphertext_for_recipient: None,
        })
    }
}
