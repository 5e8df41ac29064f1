//! Verify: whether a signature is a message's.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html>

use api_kms::{Verify, VerifyRequest, VerifyResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    signing,
    spec::Usage,
    store::{dry_run, off},
};

impl Handle<Verify> for Kms {
    on_key!(VerifyRequest, "kms:Verify", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:SigningAlgorithm", input.signing_algorithm.clone())
        .with("kms:MessageType", input.message_type.clone().unwrap_or_else(|| "RAW".into())));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Verify, Self>,
        input: VerifyRequest,
    ) -> Answer<VerifyResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::SignVerify, "Verify")?;
        let algorithm = input.signing_algorithm;
        let is_digest = signing::check(key, &algorithm, input.message_type.as_deref(), &input.message)?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let (with, message, signature) = (algorithm.clone(), input.message, input.signature);
        let verify =
            move || material.pair()?.verify(&with, signing::message(is_digest, &message), &signature);
        if !off(verify).await?.map_err(|e| internal(e.to_string()))? {
            return Err(Refused::Signature.into());
        }
        self.used(cx, key, "Verify");
        Ok(VerifyResponse {
            key_id: Some(key.arn()),
            signature_valid: Some(true),
            signing_algorithm: Some(algorithm),
        })
    }
}
