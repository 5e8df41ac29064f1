//! RemovePermission: a statement of the topic's policy.
//! <https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html>

use api_sns::{RemovePermission, RemovePermissionInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{Sns, permission, records::Topic, topic::TopicName};

impl Handle<RemovePermission> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:RemovePermission"];

    fn place(&self, caller: &Caller, input: &RemovePermissionInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &RemovePermissionInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:RemovePermission", name.arn(), topic.account)
            .policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RemovePermission, Self>,
        input: RemovePermissionInput,
    ) -> Answer<Empty> {
        let (place, input, at) = (at.place.clone(), &input, &at);
        let name = &TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let write = |tx: floor::Tx| async move {
            let mut topic = Topic::clone(&*at.within(self, &tx, input).await?);
            let policy = permission::remove(&topic.policy_text(&name.region), &input.label)?;
            topic.attributes.insert("Policy".to_owned(), policy);
            tx.save(&name.key(), &topic);
            Ok(Empty)
        };
        cx.cell(&place).await?.transact(write).await
    }
}
