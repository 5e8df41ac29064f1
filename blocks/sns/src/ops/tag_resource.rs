//! TagResource: tags of a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html>

use api_sns::{TagResource, TagResourceRequest, TagResourceResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sns, records::Topic, tags, topic::TopicName};

impl Handle<TagResource> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:TagResource"];

    fn place(&self, caller: &Caller, input: &TagResourceRequest) -> Answer<Placement> {
        TopicName::of_arn(&input.resource_arn, "ResourceArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &TagResourceRequest,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.resource_arn, "ResourceArn")?;
        let topic = name.load_resource(read).await?;
        let check =
            Check::new("sns:TagResource", name.arn(), topic.account).policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<TagResource, Self>,
        input: TagResourceRequest,
    ) -> Answer<TagResourceResponse> {
        let (place, input, at) = (at.place.clone(), &input, &at);
        let key = &TopicName::of_arn(&input.resource_arn, "ResourceArn")?.key();
        let write = |tx: floor::Tx| async move {
            let mut topic = Topic::clone(&*at.within(self, &tx, input).await?);
            tags::add(&mut topic.tags, &input.tags)?;
            tx.save(key, &topic);
            Ok(TagResourceResponse::default())
        };
        cx.cell(&place).await?.transact(write).await
    }
}
