//! GenerateMac: the code of a message.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html>

use api_kms::{GenerateMac, GenerateMacRequest, GenerateMacResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<GenerateMac> for Kms {
    on_key!(GenerateMacRequest, "kms:GenerateMac", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:MacAlgorithm", input.mac_algorithm.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GenerateMac, Self>,
        input: GenerateMacRequest,
    ) -> Answer<GenerateMacResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::GenerateVerifyMac, "GenerateMac")?;
        key.must_have(key.spec.mac_algorithms(), &input.mac_algorithm)?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        let mac = material.mac(&input.message).map_err(|e| internal(e.to_string()))?;
        self.used(cx, key, "GenerateMac");
        Ok(GenerateMacResponse {
            mac: Some(mac.into()),
            mac_algorithm: Some(input.mac_algorithm),
            key_id: Some(key.arn()),
        })
    }
}
