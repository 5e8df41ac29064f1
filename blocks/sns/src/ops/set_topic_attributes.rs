//! SetTopicAttributes: one attribute of a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html>

use api_sns::{SetTopicAttributes, SetTopicAttributesInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{Sns, archive, records::Topic, topic, topic::TopicName};

impl Handle<SetTopicAttributes> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:SetTopicAttributes"];

    fn place(&self, caller: &Caller, input: &SetTopicAttributesInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &SetTopicAttributesInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:SetTopicAttributes", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SetTopicAttributes, Self>,
        input: SetTopicAttributesInput,
    ) -> Answer<Empty> {
        let (place, input, at) = (at.place.clone(), &input, &at);
        let (name, value) = (&input.attribute_name, input.attribute_value.clone().unwrap_or_default());
        topic::check_attribute(name, &value, at.loaded.fifo)?;
        let (archive_id, now_ms) = (&cx.uuid(), cx.now().0);
        let value = topic::normal(name, value)?;
        let (key, value) = (&TopicName::of_arn(&input.topic_arn, "TopicArn")?.key(), &value);
        let write = |tx: floor::Tx| async move {
            let mut topic = Topic::clone(&*at.within(self, &tx, input).await?);
            if value.is_empty() || archive::is_none(name, value) {
                topic.attributes.remove(name);
            } else {
                topic.attributes.insert(name.clone(), value.clone());
            }
            if name == "ArchivePolicy" {
                archive::set(&tx, &topic, archive_id, now_ms).await?;
            }
            if name == "MaximumMessageSize" {
                topic.check_large(&tx, None).await?;
            }
            tx.save(key, &topic);
            Ok(Empty)
        };
        cx.cell(&place).await?.transact(write).await
    }
}
