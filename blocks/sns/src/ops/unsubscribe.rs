//! Unsubscribe: ends a subscription; one that is not there is no error.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html>

use api_sns::{Unsubscribe, UnsubscribeInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{
    Sns,
    confirmation::Ask,
    directory::Change,
    filter_count,
    records::{self, Subscription, Topic},
    topic::TopicName,
};

impl Handle<Unsubscribe> for Sns {
    type Loaded = Option<(Topic, Subscription)>;
    const ACTIONS: &'static [&'static str] = &["sns:Unsubscribe"];

    fn place(&self, caller: &Caller, input: &UnsubscribeInput) -> Answer<Placement> {
        let (name, _) = TopicName::of_subscription(&input.subscription_arn)?;
        // A link says no region but in the ARN.
        if caller.who.is_anonymous() { Ok(name.place_anywhere()) } else { name.place(caller) }
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UnsubscribeInput,
    ) -> Answer<Target<Option<(Topic, Subscription)>>> {
        let (name, id) = TopicName::of_subscription(&input.subscription_arn)?;
        let mut found = None;
        if let Some(topic) = name.find(read).await? {
            let subscription = read.load(&records::subscription(&topic.instance, &id)).await?;
            found = subscription.map(|s: Subscription| (topic, s));
        }
        // The topic's owner may end what others subscribed.
        let is_topics = caller.account() == name.account && !caller.who.is_anonymous();
        let owner = found.as_ref().map_or(name.account, |(_, s)| s.owner);
        let owner = if is_topics { name.account } else { owner };
        let by_link = found.as_ref().is_some_and(|(_, s)| s.may_be_ended_by_link());
        let check = Check::new("sns:Unsubscribe", input.subscription_arn.clone(), owner);
        Ok(Target::one(check.granted(by_link), found))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Unsubscribe, Self>,
        input: UnsubscribeInput,
    ) -> Answer<Empty> {
        let (name, _) = TopicName::of_subscription(&input.subscription_arn)?;
        let sender = Change::sender(cx, &name);
        let ask = Ask::new(cx);
        let by_link = cx.caller.who.is_anonymous();
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (name, sender, ask) = (&name, &sender, &ask);
        let write = |tx: floor::Tx| async move {
            let Some((topic, s)) = &*at.within(self, &tx, input).await? else { return Ok(None) };
            tx.delete(&records::subscription(&topic.instance, &s.id));
            tx.delete(&records::endpoint(&topic.instance, &s.protocol, &s.endpoint));
            tx.delete(&records::replay(&topic.instance, &s.id));
            tx.add(
                &records::count(
                    &topic.instance,
                    if s.pending_until_ms.is_some() { "pending" } else { "confirmed" },
                ),
                -1,
            );
            tx.add(&records::count(&topic.instance, "deleted"), 1);
            filter_count::add(&tx, &topic.instance, -i64::from(filter_count::has(s)));
            let is_told = s.is_http() || (by_link && s.protocol.starts_with("email"));
            if is_told && s.is_confirmed() {
                ask.send(&tx, (name, topic), s, true, sender);
            }
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
