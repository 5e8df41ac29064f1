//! GenerateDataKey: a key for data, encrypted under a key of KMS, and in the clear.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html>

use api_kms::{GenerateDataKey, GenerateDataKeyRequest, GenerateDataKeyResponse};
use floor::{Admitted, Answer, Cx, Handle};
use seal::Zeroizing;

use crate::{
    Kms, data_keys, encrypting,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<GenerateDataKey> for Kms {
    on_key!(GenerateDataKeyRequest, "kms:GenerateDataKey", |caller, input| About::named(
        caller,
        &input.key_id
    )
    .context(input.encryption_context.as_ref())
    .tokens(input.grant_tokens.as_ref()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GenerateDataKey, Self>,
        input: GenerateDataKeyRequest,
    ) -> Answer<GenerateDataKeyResponse> {
        let found = self.real(cx, &at.loaded).await?;
        let key = &found.key;
        let bytes = data_keys::bytes(input.key_spec.as_deref(), input.number_of_bytes)?;
        encrypting::no_enclave(input.recipient.as_ref())?;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::EncryptDecrypt, "GenerateDataKey")?;
        data_keys::must_be_symmetric(key)?;
        dry_run(input.dry_run)?;
        let mut plain = Zeroizing::new(vec![0; bytes]);
        cx.env().random.fill(&mut plain);
        let (material, blob) = self.encrypt(cx, key, input.encryption_context.as_ref(), &plain).await?;
        self.used(cx, key, "GenerateDataKey");
        Ok(GenerateDataKeyResponse {
            ciphertext_blob: Some(blob),
            plaintext: Some(plain.to_vec().into()),
            key_id: Some(key.arn()),
            key_material_id: Some(hex::encode(material)),
            ciphertext_for_recipient: None,
        })
    }
}
