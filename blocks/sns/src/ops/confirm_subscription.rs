//! ConfirmSubscription: no subscription waits for one yet, since queues are confirmed by who subscribes them.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>

use api_sns::{ConfirmSubscription, ConfirmSubscriptionInput, ConfirmSubscriptionResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Record, Target};

use crate::{
    Sns, fault,
    records::{self, Subscription, Topic},
    topic::TopicName,
};

impl Handle<ConfirmSubscription> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:ConfirmSubscription"];

    fn place(&self, caller: &Caller, input: &ConfirmSubscriptionInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ConfirmSubscriptionInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:ConfirmSubscription", name.arn(), topic.account);
        Ok(Target::one(check.policy(topic.policy(&caller.region)?), topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ConfirmSubscription, Self>,
        input: ConfirmSubscriptionInput,
    ) -> Answer<ConfirmSubscriptionResponse> {
        let (place, at, input) = (at.place.clone(), &at, &input);
        let write = |tx: floor::Tx| async move {
            let topic = at.within(self, &tx, input).await?;
            for (_, value) in
                tx.range(records::subscriptions(&topic.instance).all(), PENDING_LOOKED_AT_MAX).await?
            {
                let mut s = Subscription::decode(&value)?;
                if s.pending.as_deref() == Some(&input.token) {
                    s.pending = None;
                    tx.save(&records::subscription(&topic.instance, &s.id), &s);
                    tx.add(&records::count(&topic.instance, "pending"), -1);
                    tx.add(&records::count(&topic.instance, "confirmed"), 1);
                    let arn = format!("{}:{}", input.topic_arn, s.id);
                    return Ok(ConfirmSubscriptionResponse { subscription_arn: Some(arn) });
                }
            }
            Err(fault::invalid("Token"))
        };
        cx.cell(&place).await?.transact(write).await
    }
}

/// Pending subscriptions are few.
const PENDING_LOOKED_AT_MAX: usize = 10_000;
