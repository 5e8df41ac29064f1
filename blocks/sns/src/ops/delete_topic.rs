//! DeleteTopic: a topic and its subscriptions; a topic that is not there is no error.
//! <https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html>

use api_sns::{DeleteTopic, DeleteTopicInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Record, Target};
use wire::Empty;

use crate::{
    Sns,
    directory::Change,
    fault,
    records::{self, Subscription, Topic},
    topic::TopicName,
};

impl Handle<DeleteTopic> for Sns {
    type Loaded = Option<Topic>;
    const ACTIONS: &'static [&'static str] = &["sns:DeleteTopic"];

    fn place(&self, caller: &Caller, input: &DeleteTopicInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteTopicInput,
    ) -> Answer<Target<Option<Topic>>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.find(read).await?;
        let policy = topic.as_ref().map(|t| t.policy(&caller.region)).transpose()?.flatten();
        Ok(Target::one(Check::new("sns:DeleteTopic", name.arn(), name.account).policy(policy), topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteTopic, Self>,
        input: DeleteTopicInput,
    ) -> Answer<Empty> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let sender = Change::sender(cx, &name);
        let (place, at, input) = (at.place.clone(), &at, &input);
        let (name, sender) = (&name, &sender);
        // A topic may have more subscriptions than a transaction should touch: they go a page at a time, the topic
        // with the last.
        loop {
            let write = |tx: floor::Tx| async move {
                let Some(topic) = &*at.within(self, &tx, input).await? else { return Ok((true, Vec::new())) };
                if topic.attributes.contains_key("ArchivePolicy") {
                    return Err(fault::state("Cannot delete a topic with an ArchivePolicy"));
                }
                let all = records::subscriptions(&topic.instance).all();
                let found = tx.range(all, PAGE).await?;
                let mut changes = Vec::new();
                for (_, value) in &found {
                    let s = Subscription::decode(value)?;
                    tx.delete(&records::subscription(&topic.instance, &s.id));
                    tx.delete(&records::endpoint(&topic.instance, &s.protocol, &s.endpoint));
                    tx.delete(&records::replay(&topic.instance, &s.id));
                    changes.push(Change::of_subscription(name, &s.id, s.owner));
                }
                let last = found.len() < PAGE;
                if last {
                    tx.delete(&name.key());
                    tx.delete(&records::protection(&topic.instance));
                    for what in ["confirmed", "pending", "deleted", "filters"] {
                        tx.delete(&records::count(&topic.instance, what));
                    }
                    changes.push(Change::of_topic(name));
                }
                for change in &changes {
                    tx.outbox(change.entry(sender, name));
                }
                Ok((last, changes))
            };
            let (last, changes) = cx.cell(&place).await?.transact(write).await?;
            for change in &changes {
                self.list(cx, change).await?;
            }
            if last {
                self.figures.forget(&name.arn());
                return Ok(Empty);
            }
        }
    }
}

const PAGE: usize = 200;
