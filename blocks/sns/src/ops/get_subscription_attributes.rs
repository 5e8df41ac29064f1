//! GetSubscriptionAttributes: everything about a subscription.
//! <https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html>

use api_sns::{GetSubscriptionAttributes, GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Sns,
    listing::find,
    records::{self, Replay, Subscription, Topic},
    topic::TopicName,
};

impl Handle<GetSubscriptionAttributes> for Sns {
    type Loaded = (Topic, Subscription);
    const ACTIONS: &'static [&'static str] = &["sns:GetSubscriptionAttributes"];

    fn place(&self, caller: &Caller, input: &GetSubscriptionAttributesInput) -> Answer<Placement> {
        TopicName::of_subscription(&input.subscription_arn)?.0.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &GetSubscriptionAttributesInput,
    ) -> Answer<Target<(Topic, Subscription)>> {
        let (topic, subscription) = find(read, &input.subscription_arn).await?;
        let check =
            Check::new("sns:GetSubscriptionAttributes", input.subscription_arn.clone(), subscription.owner);
        Ok(Target::one(check, (topic, subscription)))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetSubscriptionAttributes, Self>,
        input: GetSubscriptionAttributesInput,
    ) -> Answer<GetSubscriptionAttributesResponse> {
        let (name, _) = TopicName::of_subscription(&input.subscription_arn)?;
        let (topic, subscription) = &*at.loaded;
        let mut all = subscription.described(&input.subscription_arn, &name.arn(), topic);
        let view = cx.view(&at.place).await?;
        let replay = view.load::<Replay>(&records::replay(&topic.instance, &subscription.id)).await?;
        if let Some(replay) = replay {
            all.insert("ReplayStatus".to_owned(), replay.status(cx.now().0).to_owned());
        }
        Ok(GetSubscriptionAttributesResponse { attributes: Some(all.into_iter().collect()) })
    }
}
