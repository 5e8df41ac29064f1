//! UpdateKeyDescription: other words for a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html>

use api_kms::{UpdateKeyDescription, UpdateKeyDescriptionRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    records::Key,
};

impl Handle<UpdateKeyDescription> for Kms {
    on_key!(UpdateKeyDescriptionRequest, "kms:UpdateKeyDescription", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UpdateKeyDescription, Self>,
        input: UpdateKeyDescriptionRequest,
    ) -> Answer<wire::Empty> {
        let description = &input.description;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            key.staying()?;
            key.description.clone_from(description);
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
