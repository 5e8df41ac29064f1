//! GenerateRandom: random bytes.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html>

use api_kms::{GenerateRandom, GenerateRandomRequest, GenerateRandomResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Kms, encrypting, fault::Refused, names};

impl Handle<GenerateRandom> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:GenerateRandom"];

    fn place(&self, caller: &Caller, _: &GenerateRandomRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &GenerateRandomRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:GenerateRandom", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<GenerateRandom, Self>,
        input: GenerateRandomRequest,
    ) -> Answer<GenerateRandomResponse> {
        if input.custom_key_store_id.is_some() {
            return Err(Refused::NoKeyStore("There are no custom key stores here.".into()).into());
        }
        encrypting::no_enclave(input.recipient.as_ref())?;
        let bytes = input.number_of_bytes.ok_or_else(|| Refused::validation("NumberOfBytes is required."))?;
        let mut random = vec![0; usize::try_from(bytes).unwrap_or(0)];
        cx.env().random.fill(&mut random);
        Ok(GenerateRandomResponse { plaintext: Some(random.into()), ciphertext_for_recipient: None })
    }
}
