//! VerifyMac: whether a code is a message's.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html>

use api_kms::{VerifyMac, VerifyMacRequest, VerifyMacResponse};
use floor::fault::internal;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    spec::Usage,
    store::dry_run,
};

impl Handle<VerifyMac> for Kms {
    on_key!(VerifyMacRequest, "kms:VerifyMac", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref())
        .with("kms:MacAlgorithm", input.mac_algorithm.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<VerifyMac, Self>,
        input: VerifyMacRequest,
    ) -> Answer<VerifyMacResponse> {
        let key = &at.loaded.key;
        key.usable(cx.now().0)?;
        key.must_be_for(Usage::GenerateVerifyMac, "VerifyMac")?;
        key.must_have(key.spec.mac_algorithms(), &input.mac_algorithm)?;
        dry_run(input.dry_run)?;
        let (_, material) = self.current(cx, key).await?;
        if !material.is_mac(&input.message, &input.mac).map_err(|e| internal(e.to_string()))? {
            return Err(Refused::Mac.into());
        }
        self.used(cx, key, "VerifyMac");
        Ok(VerifyMacResponse {
            key_id: Some(key.arn()),
            mac_valid: Some(true),
            mac_algorithm: Some(input.mac_algorithm),
        })
    }
}
