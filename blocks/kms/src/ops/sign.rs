//! Sign: the signature of a message or of its digest.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>

use api_kms::{Sign, SignRequest, SignResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    signing,
    spec::Usage,
    store::{dry_run, off},
};

impl Handle<Sign> for Kms {
    on_key!(SignRequest, "kms:Sign", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:SigningAlgorithm", input.signing_algorithm.clone())
        .with("kms:MessageType", input.message_type.clone().unwrap_or_else(|| "RAW".into())));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Sign, Self>,
        input: SignRequest,
    ) -> Answer<SignResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::SignVerify, "Sign")?;
        let algorithm = input.signing_algorithm;
        let is_digest = signing::check(key, &algorithm, input.message_type.as_deref(), &input.message)?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let (with, message) = (algorithm.clone(), input.message);
        let signature = off(move || material.pair()?.sign(&with, signing::message(is_digest, &message)));
        let signature = signature.await?.map_err(|e| internal(e.to_string()))?;
        self.used(cx, key, "Sign");
        Ok(SignResponse {
            key_id: Some(key.arn()),
            signature: Some(signature.into()),
            signing_algorithm: Some(algorithm),
        })
    }
}
