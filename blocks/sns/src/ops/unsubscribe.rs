//! Unsubscribe: ends a subscription; one that is not there is no error.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html>

use api_sns::{Unsubscribe, UnsubscribeInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{
    Sns,
    directory::Change,
    records::{self, Subscription, Topic},
    topic::TopicName,
};

impl Handle<Unsubscribe> for Sns {
    type Loaded = Option<(Topic, Subscription)>;
    const ACTIONS: &'static [&'static str] = &["sns:Unsubscribe"];

    fn place(&self, caller: &Caller, input: &UnsubscribeInput) -> Answer<Placement> {
        TopicName::of_subscription(&input.subscription_arn)?.0.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &UnsubscribeInput,
    ) -> Answer<Target<Option<(Topic, Subscription)>>> {
        let (name, id) = TopicName::of_subscription(&input.subscription_arn)?;
        let mut found = None;
        if let Some(topic) = name.find(read).await? {
            let subscription = read.load(&records::subscription(&topic.instance, &id)).await?;
            found = subscription.map(|s: Subscription| (topic, s));
        }
        let owner = found.as_ref().map_or(name.account, |(_, s)| s.owner);
        Ok(Target::one(Check::new("sns:Unsubscribe", input.subscription_arn.clone(), owner), found))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Unsubscribe, Self>,
        input: UnsubscribeInput,
    ) -> Answer<Empty> {
        let (name, _) = TopicName::of_subscription(&input.subscription_arn)?;
        let sender = Change::sender(cx, &name);
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (name, sender) = (&name, &sender);
        let write = |tx: floor::Tx| async move {
            let Some((topic, s)) = &*at.within(self, &tx, input).await? else { return Ok(None) };
            tx.delete(&records::subscription(&topic.instance, &s.id));
            tx.delete(&records::endpoint(&topic.instance, &s.protocol, &s.endpoint));
            tx.delete(&records::replay(&topic.instance, &s.id));
            tx.add(
                &records::count(&topic.instance, if s.pending.is_some() { "pending" } else { "confirmed" }),
                -1,
            );
            tx.add(&records::count(&topic.instance, "deleted"), 1);
            let change = Change::of_subscription(name, &s.id, s.owner);
            tx.outbox(change.entry(sender, name));
            Ok(Some(change))
        };
        if let Some(change) = cx.cell(&place).await?.transact(write).await? {
            self.list(cx, &change).await?;
        }
        Ok(Empty)
    }
}
