//! DisableKeyRotation: no new material by itself.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html>

use api_kms::{DisableKeyRotation, DisableKeyRotationRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, changing,
    keyed::{About, on_key},
    records::Key,
    spec::Origin,
};

impl Handle<DisableKeyRotation> for Kms {
    on_key!(DisableKeyRotationRequest, "kms:DisableKeyRotation", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DisableKeyRotation, Self>,
        input: DisableKeyRotationRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let change = |key: &mut Key| {
            key.must_rotate()?;
            key.must_be_of(Origin::AwsKms)?;
            changing::primary(key)?;
            key.usable(now)?;
            key.rotation = None;
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
