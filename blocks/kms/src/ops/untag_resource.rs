//! UntagResource: fewer tags on a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html>

use api_kms::{UntagResource, UntagResourceRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    records::Key,
    tags,
};

impl Handle<UntagResource> for Kms {
    on_key!(UntagResourceRequest, "kms:UntagResource", |caller, input| About::key(caller, &input.key_id)
        .with("aws:TagKeys", input.tag_keys.clone()));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UntagResource, Self>,
        input: UntagResourceRequest,
    ) -> Answer<wire::Empty> {
        let names = &input.tag_keys;
        tags::check_keys(names)?;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            key.staying()?;
            key.tags.retain(|name, _| !names.contains(name));
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
