//! UntagResource: takes tags of a topic away.
//! <https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html>

use api_sns::{UntagResource, UntagResourceRequest, UntagResourceResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sns, records::Topic, topic::TopicName};

impl Handle<UntagResource> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:UntagResource"];

    fn place(&self, caller: &Caller, input: &UntagResourceRequest) -> Answer<Placement> {
        TopicName::of_arn(&input.resource_arn, "ResourceArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UntagResourceRequest,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.resource_arn, "ResourceArn")?;
        let topic = name.load_resource(read).await?;
        let check =
            Check::new("sns:UntagResource", name.arn(), topic.account).policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UntagResource, Self>,
        input: UntagResourceRequest,
    ) -> Answer<UntagResourceResponse> {
        let (place, input, at) = (at.place.clone(), &input, &at);
        let key = &TopicName::of_arn(&input.resource_arn, "ResourceArn")?.key();
        let write = |tx: floor::Tx| async move {
            let mut topic = Topic::clone(&*at.within(self, &tx, input).await?);
            topic.tags.retain(|name, _| !input.tag_keys.contains(name));
            tx.save(key, &topic);
            Ok(UntagResourceResponse::default())
        };
        cx.cell(&place).await?.transact(write).await
    }
}
