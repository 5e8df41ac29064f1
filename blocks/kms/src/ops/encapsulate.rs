//! Encapsulate: a secret for whoever has the private key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html>

use api_kms::{Encapsulate, EncapsulateRequest, EncapsulateResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<Encapsulate> for Kms {
    on_key!(EncapsulateRequest, "kms:Encapsulate", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:EncapsulationAlgorithm", input.encapsulation_algorithm.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Encapsulate, Self>,
        input: EncapsulateRequest,
    ) -> Answer<EncapsulateResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::EncapsulateDecapsulate, "Encapsulate")?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let (secret, blob) = material.encapsulate().map_err(|e| internal(e.to_string()))?;
        self.used(cx, key, "Encapsulate");
        Ok(EncapsulateResponse {
            key_id: Some(key.arn()),
            shared_secret: Some(secret.to_vec().into()),
            shared_secret_ciphertext_blob: Some(blob.into()),
            encapsulation_algorithm: Some(input.encapsulation_algorithm),
        })
    }
}
