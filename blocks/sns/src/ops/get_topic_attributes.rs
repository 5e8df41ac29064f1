//! GetTopicAttributes: everything about a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html>

use api_sns::{GetTopicAttributes, GetTopicAttributesInput, GetTopicAttributesResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Sns, envelope, records,
    records::{Archive, Topic},
    topic::TopicName,
};

impl Handle<GetTopicAttributes> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:GetTopicAttributes"];

    fn place(&self, caller: &Caller, input: &GetTopicAttributesInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetTopicAttributesInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:GetTopicAttributes", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetTopicAttributes, Self>,
        input: GetTopicAttributesInput,
    ) -> Answer<GetTopicAttributesResponse> {
        let view = cx.view(&at.place).await?;
        let mut all = at.loaded.described(cx.region());
        for (attribute, what) in [
            ("SubscriptionsConfirmed", "confirmed"),
            ("SubscriptionsPending", "pending"),
            ("SubscriptionsDeleted", "deleted"),
        ] {
            let counted = view.get(&records::count(&at.loaded.instance, what)).await?;
            all.insert(attribute.to_owned(), floor::tx::counter(counted.as_ref())?.to_string());
        }
        if let Some(archive) = view.load::<Archive>(&records::archive(&at.loaded.instance)).await? {
            all.insert("BeginningArchiveTime".to_owned(), envelope::timestamp(archive.begins_ms(cx.now().0)));
        }
        let _ = input;
        Ok(GetTopicAttributesResponse { attributes: Some(all.into_iter().collect()) })
    }
}
