//! DisableKey: a key that cannot be used until it is enabled.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html>

use api_kms::{DisableKey, DisableKeyRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, changing,
    keyed::{About, on_key},
    records::Key,
};

impl Handle<DisableKey> for Kms {
    on_key!(DisableKeyRequest, "kms:DisableKey", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DisableKey, Self>,
        input: DisableKeyRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            changing::switchable(key, now)?;
            key.is_disabled = true;
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
