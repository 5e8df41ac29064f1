//! GenerateDataKeyPair: a key pair for data, its private key encrypted under a key of KMS, and in the clear.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html>

use api_kms::{GenerateDataKeyPair, GenerateDataKeyPairRequest, GenerateDataKeyPairResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, data_keys, encrypting,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<GenerateDataKeyPair> for Kms {
    on_key!(GenerateDataKeyPairRequest, "kms:GenerateDataKeyPair", |caller, input| About::named(
        caller,
        &input.key_id
    )
    .context(input.encryption_context.as_ref())
    .tokens(input.grant_tokens.as_ref())
    .with("kms:DataKeyPairSpec", input.key_pair_spec.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GenerateDataKeyPair, Self>,
        input: GenerateDataKeyPairRequest,
    ) -> Answer<GenerateDataKeyPairResponse> {
        let found = self.real(cx, &at.loaded).await?;
        let key = &found.key;
        let spec = data_keys::pair_spec(&input.key_pair_spec)?;
        encrypting::no_enclave(input.recipient.as_ref())?;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::EncryptDecrypt, "GenerateDataKeyPair")?;
        data_keys::must_be_symmetric(key)?;
        dry_run(input.dry_run)?;
        let pair = data_keys::pair(cx, spec).await?;
        let (material, blob) =
            self.encrypt(cx, key, input.encryption_context.as_ref(), &pair.private).await?;
        self.used(cx, key, "GenerateDataKeyPair");
        Ok(GenerateDataKeyPairResponse {
            private_key_ciphertext_blob: Some(blob),
            private_key_plaintext: Some(pair.private.to_vec().into()),
            public_key: Some(pair.public.into()),
            key_id: Some(key.arn()),
            key_pair_spec: Some(spec.text().into()),
            key_material_id: Some(hex::encode(material)),
            ciphertext_for_recipient: None,
        })
    }
}
