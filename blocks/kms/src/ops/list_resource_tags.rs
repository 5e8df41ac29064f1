//! ListResourceTags: the tags of a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html>

use api_kms::{ListResourceTags, ListResourceTagsRequest, ListResourceTagsResponse, Tag};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    limits::TAGS_PER_PAGE,
    paging::Page,
};

impl Handle<ListResourceTags> for Kms {
    on_key!(ListResourceTagsRequest, "kms:ListResourceTags", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<ListResourceTags, Self>,
        input: ListResourceTagsRequest,
    ) -> Answer<ListResourceTagsResponse> {
        let page = Page::read(input.limit, input.marker.as_deref(), TAGS_PER_PAGE)?;
        let all = at.loaded.key.tags.iter();
        let (tags, next) = page.of(all, |(name, _)| (*name).clone());
        let tag = |(name, value): (&String, &String)| Tag { tag_key: name.clone(), tag_value: value.clone() };
        Ok(ListResourceTagsResponse {
            tags: Some(tags.into_iter().map(tag).collect()),
            truncated: Some(next.is_some()),
            next_marker: next,
        })
    }
}
