//! Publish: a message to every subscriber of a topic.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>

use api_sns::{Publish, PublishInput, PublishResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sns, fault, publish::Draft, records::Topic, topic::TopicName};

fn named(input: &PublishInput) -> Answer<TopicName> {
    match (&input.topic_arn, &input.target_arn) {
        (Some(arn), None) => TopicName::of_arn(arn, "TopicArn"),
        (None, Some(arn)) if arn.contains(":endpoint/") => {
            Err(fault::not_yet("delivery to platform endpoints"))
        }
        (None, Some(arn)) => TopicName::of_arn(arn, "TargetArn"),
        _ => Err(fault::invalid("TopicArn or TargetArn Reason: no value for required parameter")),
    }
}

impl Handle<Publish> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:Publish"];

    fn place(&self, caller: &Caller, input: &PublishInput) -> Answer<Placement> {
        named(input)?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PublishInput,
    ) -> Answer<Target<Topic>> {
        let name = named(input)?;
        let topic = name.load(read).await?;
        let check =
            Check::new("sns:Publish", name.arn(), topic.account).policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<Publish, Self>,
        input: PublishInput,
    ) -> Answer<PublishResponse> {
        let draft = Draft::of_input(input.clone())?;
        let mut published = self.publish_all(cx, &named(&input)?, &at, &input, &[draft]).await?;
        let one = floor::tx::expected(published.pop(), "the one message that was published")?;
        Ok(PublishResponse { message_id: Some(one.id), sequence_number: one.sequence })
    }
}
