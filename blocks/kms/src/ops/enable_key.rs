//! EnableKey: a key that was disabled can be used again.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html>

use api_kms::{EnableKey, EnableKeyRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, changing,
    keyed::{About, on_key},
    records::Key,
};

impl Handle<EnableKey> for Kms {
    on_key!(EnableKeyRequest, "kms:EnableKey", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<EnableKey, Self>,
        input: EnableKeyRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            changing::switchable(key, now)?;
            key.is_disabled = false;
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
