//! CancelKeyDeletion: a key that is not deleted after all; it stays disabled.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html>

use api_kms::{CancelKeyDeletion, CancelKeyDeletionRequest, CancelKeyDeletionResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    records::Key,
};

impl Handle<CancelKeyDeletion> for Kms {
    on_key!(CancelKeyDeletionRequest, "kms:CancelKeyDeletion", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CancelKeyDeletion, Self>,
        input: CancelKeyDeletionRequest,
    ) -> Answer<CancelKeyDeletionResponse> {
        let change = |key: &mut Key| {
            if key.deletion.is_none() {
                return Err(Refused::State(format!("{} is not pending deletion.", key.arn())));
            }
            key.deletion = None;
            key.is_disabled = true;
            Ok(())
        };
        let key = self.change(cx, &at, &input, change).await?;
        Ok(CancelKeyDeletionResponse { key_id: Some(key.arn()) })
    }
}
