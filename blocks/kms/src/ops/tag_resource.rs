//! TagResource: more tags on a key, or other values.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html>

use api_kms::{TagResource, TagResourceRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    records::Key,
    tags,
};

impl Handle<TagResource> for Kms {
    on_key!(TagResourceRequest, "kms:TagResource", |caller, input| About::key(caller, &input.key_id)
        .with_tags(&input.tags));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<TagResource, Self>,
        input: TagResourceRequest,
    ) -> Answer<wire::Empty> {
        let given = &tags::read(&input.tags)?;
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            key.staying()?;
            key.tags.extend(given.clone());
            tags::check_count(&key.tags)
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
