//! ListTagsForResource: the tags of a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html>

use api_sns::{ListTagsForResource, ListTagsForResourceRequest, ListTagsForResourceResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sns, records::Topic, topic::TopicName};

impl Handle<ListTagsForResource> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:ListTagsForResource"];

    fn place(&self, caller: &Caller, input: &ListTagsForResourceRequest) -> Answer<Placement> {
        TopicName::of_arn(&input.resource_arn, "ResourceArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListTagsForResourceRequest,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.resource_arn, "ResourceArn")?;
        let topic = name.load_resource(read).await?;
        let check = Check::new("sns:ListTagsForResource", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListTagsForResource, Self>,
        input: ListTagsForResourceRequest,
    ) -> Answer<ListTagsForResourceResponse> {
        let (_, _) = (cx, input);
        let one = |(key, value): (&String, &String)| api_sns::Tag { key: key.clone(), value: value.clone() };
        Ok(ListTagsForResourceResponse { tags: Some(at.loaded.tags.iter().map(one).collect()) })
    }
}
