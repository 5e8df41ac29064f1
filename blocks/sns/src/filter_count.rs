//! How many filter policies there may be. Those of a topic are counted in its cell, with the subscriptions; those of an
//! account with its listing, which follows a moment later.
//! <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>: "up to 200 filter policies per
//! topic, and 10,000 filter policies per AWS account".

use api_sns::errors;
use floor::{AccountId, Answer, Cx, Fault, Get, Key, Placement, Tx};

use crate::{
    limits,
    records::{self, Subscription},
};

/// Whether a subscription has one.
pub(crate) fn has(subscription: &Subscription) -> bool {
    subscription.attributes.contains_key("FilterPolicy")
}

fn of_topic(instance: &str) -> Key {
    records::count(instance, "filters")
}

fn of_account(account: AccountId) -> Key {
    Key::of("filters").text(account.as_str())
}

/// Whether an account in this region may have no more; asked before the transaction.
pub(crate) async fn is_account_full(cx: &Cx, account: AccountId) -> Answer<bool> {
    let view = cx.view(&Placement::directory(cx.region())).await?;
    let counted = view.get(&of_account(account)).await?;
    Ok(floor::tx::counter(counted.as_ref())? >= limits::FILTERS_AN_ACCOUNT_MAX)
}

/// Counts a change of a topic's subscription. One more is refused where there may be no more.
pub(crate) async fn change(
    tx: &Tx,
    instance: &str,
    (had, has): (bool, bool),
    is_account_full: bool,
) -> Answer<()> {
    if has && !had {
        let counted = tx.get(&of_topic(instance)).await?;
        if is_account_full || floor::tx::counter(counted.as_ref())? >= limits::FILTERS_A_TOPIC_MAX {
            let text = "Filter policy limit exceeded";
            return Err(Fault::new(&errors::FILTER_POLICY_LIMIT_EXCEEDED_EXCEPTION, text));
        }
    }
    add(tx, instance, i64::from(has) - i64::from(had));
    Ok(())
}

/// Counts without asking: what ends, and what comes back.
pub(crate) fn add(tx: &Tx, instance: &str, more: i64) {
    if more != 0 {
        tx.add(&of_topic(instance), more);
    }
}

/// The same for an account.
pub(crate) fn add_to_account(tx: &Tx, account: AccountId, (had, has): (bool, bool)) {
    if had != has {
        tx.add(&of_account(account), i64::from(has) - i64::from(had));
    }
}

#[cfg(test)]
mod tests {
    use api_sns::*;

    use super::*;
    use crate::{Sns, testing::World};

    impl World {
        async fn topic(&self, name: &str) -> String {
            let input = CreateTopicInput { name: name.to_owned(), ..CreateTopicInput::default() };
            self.call::<CreateTopic>(input).await.unwrap().topic_arn.unwrap()
        }

        async fn subscribe(&self, topic: &str, number: u32, filter: Option<&str>) -> Answer<String> {
            let attributes =
                filter.map(|text| std::iter::once(("FilterPolicy".to_owned(), text.to_owned())).collect());
            let answer = self.call::<Subscribe>(SubscribeInput {
                topic_arn: topic.to_owned(),
                protocol: "sms".to_owned(),
                endpoint: Some(format!("+1555{number:07}")),
                attributes,
                ..SubscribeInput::default()
            });
            Ok(answer.await?.subscription_arn.unwrap())
        }

        async fn filter(&self, arn: &str, text: &str) -> Answer<()> {
            let input = SetSubscriptionAttributesInput {
                subscription_arn: arn.to_owned(),
                attribute_name: "FilterPolicy".to_owned(),
                attribute_value: Some(text.to_owned()),
            };
            self.call::<SetSubscriptionAttributes>(input).await.map(|_| ())
        }

        /// As if the account had so many more.
        async fn pretend(&self, more: i64) {
            let place = Placement::directory(&World::region());
            let write = |tx: Tx| async move {
                tx.add(&of_account(AccountId::DEFAULT), more);
                Ok(())
            };
            self.0.cell::<Sns>(&place).await.unwrap().transact(write).await.unwrap();
        }
    }

    const FILTER: &str = r#"{"a":["b"]}"#;

    fn is_over(answer: Result<impl Sized, Fault>) {
        let fault = answer.err().unwrap();
        assert_eq!((fault.code(), fault.status()), ("FilterPolicyLimitExceeded", 403));
    }

    #[tokio::test]
    async fn an_account_has_so_many_and_no_more() {
        let world = World::new();
        let (one, other) = (world.topic("one").await, world.topic("other").await);
        world.pretend(limits::FILTERS_AN_ACCOUNT_MAX - 1).await;
        let last = world.subscribe(&one, 1, Some(FILTER)).await.unwrap();
        is_over(world.subscribe(&other, 2, Some(FILTER)).await);
        let plain = world.subscribe(&other, 2, None).await.unwrap();
        is_over(world.filter(&plain, FILTER).await);
        // What has one may have another, and asks again for what it has.
        world.filter(&last, r#"{"a":["c"]}"#).await.unwrap();
        assert_eq!(world.subscribe(&one, 1, Some(r#"{"a":["c"]}"#)).await.unwrap(), last);
        // An empty policy is none.
        world.filter(&last, "{}").await.unwrap();
        world.filter(&plain, FILTER).await.unwrap();
        is_over(world.filter(&last, FILTER).await);
        // What goes with its topic, or by itself, is counted out.
        world.call::<DeleteTopic>(DeleteTopicInput { topic_arn: other }).await.unwrap();
        world.filter(&last, FILTER).await.unwrap();
        world.call::<Unsubscribe>(UnsubscribeInput { subscription_arn: last }).await.unwrap();
        world.subscribe(&one, 3, Some(FILTER)).await.unwrap();
        is_over(world.subscribe(&one, 4, Some(FILTER)).await);
    }

    #[tokio::test]
    async fn a_topic_has_so_many_and_no_more() {
        let world = World::new();
        let topic = world.topic("t").await;
        let mut arns = Vec::new();
        for number in 0..limits::FILTERS_A_TOPIC_MAX as u32 {
            arns.push(world.subscribe(&topic, number, Some(FILTER)).await.unwrap());
        }
        is_over(world.subscribe(&topic, 999, Some(FILTER)).await);
        let plain = world.subscribe(&topic, 999, None).await.unwrap();
        is_over(world.filter(&plain, FILTER).await);
        world.filter(&arns[0], "").await.unwrap();
        world.filter(&plain, FILTER).await.unwrap();
        is_over(world.filter(&arns[0], FILTER).await);
    }
}
