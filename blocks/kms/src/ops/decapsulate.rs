//! Decapsulate: the secret of Encapsulate.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html>

use api_kms::{Decapsulate, DecapsulateRequest, DecapsulateResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<Decapsulate> for Kms {
    on_key!(DecapsulateRequest, "kms:Decapsulate", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:EncapsulationAlgorithm", input.encapsulation_algorithm.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Decapsulate, Self>,
        input: DecapsulateRequest,
    ) -> Answer<DecapsulateResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::EncapsulateDecapsulate, "Decapsulate")?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let secret = material.decapsulate(&input.shared_secret_ciphertext_blob);
        let secret = secret.map_err(|_| Refused::Ciphertext)?;
        self.used(cx, key, "Decapsulate");
        Ok(DecapsulateResponse {
            key_id: Some(key.arn()),
            shared_secret: Some(secret.to_vec().into()),
            encapsulation_algorithm: Some(input.encapsulation_algorithm),
        })
    }
}
