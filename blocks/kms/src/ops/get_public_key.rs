//! GetPublicKey: the public key of a key pair.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html>

use api_kms::{GetPublicKey, GetPublicKeyRequest, GetPublicKeyResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    metadata,
};

impl Handle<GetPublicKey> for Kms {
    on_key!(GetPublicKeyRequest, "kms:GetPublicKey", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetPublicKey, Self>,
        _: GetPublicKeyRequest,
    ) -> Answer<GetPublicKeyResponse> {
        let key = &at.loaded.key;
        if !key.spec.is_asymmetric() {
            return Err(Refused::Unsupported(format!(
                "{} key spec is {} which is not valid for GetPublicKey.",
                key.arn(),
                key.spec.text()
            ))
            .into());
        }
        key.usable(cx.now().0)?;
        let (_, material) = self.current(cx, key).await?;
        let public = material.public().map_err(|e| internal(e.to_string()))?;
        let told = metadata::of(key, cx.now().0);
        Ok(GetPublicKeyResponse {
            key_id: told.arn,
            public_key: Some(public.into()),
            customer_master_key_spec: told.customer_master_key_spec,
            key_spec: told.key_spec,
            key_usage: told.key_usage,
            encryption_algorithms: told.encryption_algorithms,
            signing_algorithms: told.signing_algorithms,
            key_agreement_algorithms: told.key_agreement_algorithms,
            encapsulation_algorithms: told.encapsulation_algorithms,
        })
    }
}
