//! SetSubscriptionAttributes: one attribute of a subscription.
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html>

use api_sns::{SetSubscriptionAttributes, SetSubscriptionAttributesInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{
    Sns,
    directory::Change,
    filter_count,
    listing::find,
    records,
    records::{Subscription, Topic},
    replay, subscription,
    topic::TopicName,
};

impl Handle<SetSubscriptionAttributes> for Sns {
    type Loaded = (Topic, Subscription);
    const ACTIONS: &'static [&'static str] = &["sns:SetSubscriptionAttributes"];

    fn place(&self, caller: &Caller, input: &SetSubscriptionAttributesInput) -> Answer<Placement> {
        TopicName::of_subscription(&input.subscription_arn)?.0.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &SetSubscriptionAttributesInput,
    ) -> Answer<Target<(Topic, Subscription)>> {
        let (topic, subscription) = find(read, &input.subscription_arn).await?;
        let check =
            Check::new("sns:SetSubscriptionAttributes", input.subscription_arn.clone(), subscription.owner);
        Ok(Target::one(check, (topic, subscription)))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SetSubscriptionAttributes, Self>,
        input: SetSubscriptionAttributesInput,
    ) -> Answer<Empty> {
        let (name, _) = TopicName::of_subscription(&input.subscription_arn)?;
        let sender = Change::sender(cx, &name);
        let (name, sender, run) = (&name, &sender, &cx.uuid());
        let asks = input.attribute_name == "FilterPolicy" && !filter_count::has(&at.loaded.1);
        let is_full = asks && filter_count::is_account_full(cx, at.loaded.1.owner).await?;
        let (place, at, input) = (at.place.clone(), &at, &input);
        let write = |tx: floor::Tx| async move {
            let loaded = at.within(self, &tx, input).await?;
            let (topic, mut changed) = (&loaded.0, loaded.1.clone());
            let value = input.attribute_value.as_deref().unwrap_or_default();
            subscription::set_attribute(&mut changed.attributes, &input.attribute_name, value)?;
            subscription::check_dead_letters(&changed.endpoint, &changed.attributes)?;
            subscription::check_raw(&changed.protocol, &changed.attributes)?;
            if input.attribute_name == "ReplayPolicy" {
                replay::begin(&tx, topic, &changed, name, sender, run).await?;
            }
            let (had, has) = (filter_count::has(&loaded.1), filter_count::has(&changed));
            filter_count::change(&tx, &topic.instance, (had, has), is_full).await?;
            tx.save(&records::subscription(&topic.instance, &changed.id), &changed);
            let change = (had != has).then(|| Change::of_subscription(name, &changed.id, changed.owner));
            if let Some(change) = &change {
                tx.outbox(change.entry(sender, name));
            }
            Ok(change)
        };
        if let Some(change) = cx.cell(&place).await?.transact(write).await? {
            self.list(cx, &change).await?;
        }
        Ok(Empty)
    }
}
