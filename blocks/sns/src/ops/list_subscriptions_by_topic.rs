//! ListSubscriptionsByTopic: a page of 100 subscriptions of a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html>

use api_sns::{ListSubscriptionsByTopic, ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sns, listing, records, records::Subscription, records::Topic, topic::TopicName};

impl Handle<ListSubscriptionsByTopic> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:ListSubscriptionsByTopic"];

    fn place(&self, caller: &Caller, input: &ListSubscriptionsByTopicInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListSubscriptionsByTopicInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:ListSubscriptionsByTopic", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListSubscriptionsByTopic, Self>,
        input: ListSubscriptionsByTopicInput,
    ) -> Answer<ListSubscriptionsByTopicResponse> {
        let view = cx.view(&at.place).await?;
        let all = records::subscriptions(&at.loaded.instance);
        let page = listing::page(&view, &all, input.next_token.as_deref()).await?;
        let decode = |value: &[u8]| <Subscription as floor::Record>::decode(value);
        let found = page.values.iter().map(|v| decode(v)).collect::<Answer<Vec<_>>>()?;
        let one = |s: &Subscription| listing::subscription(&s.listed(&input.topic_arn));
        Ok(ListSubscriptionsByTopicResponse {
            subscriptions: Some(found.iter().map(one).collect()),
            next_token: page.next,
        })
    }
}
