//! DescribeKey: what is known of a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>

use api_kms::{DescribeKey, DescribeKeyRequest, DescribeKeyResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    metadata,
};

impl Handle<DescribeKey> for Kms {
    on_key!(DescribeKeyRequest, "kms:DescribeKey", |caller, input| About::named(caller, &input.key_id)
        .tokens(input.grant_tokens.as_ref()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DescribeKey, Self>,
        _: DescribeKeyRequest,
    ) -> Answer<DescribeKeyResponse> {
        // An alias of AWS makes its key also when it is only asked about, as there.
        let found = self.real(cx, &at.loaded).await?;
        Ok(DescribeKeyResponse { key_metadata: Some(metadata::of(&found.key, cx.now().0)) })
    }
}
