//! AddPermission: a statement of the topic's policy.
//! <https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html>

use api_sns::{AddPermission, AddPermissionInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{
    Sns, permission,
    records::Topic,
    topic::{TopicName, check_policy},
};

impl Handle<AddPermission> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:AddPermission"];

    fn place(&self, caller: &Caller, input: &AddPermissionInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &AddPermissionInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check =
            Check::new("sns:AddPermission", name.arn(), topic.account).policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<AddPermission, Self>,
        input: AddPermissionInput,
    ) -> Answer<Empty> {
        let (place, input, at) = (at.place.clone(), &input, &at);
        let name = &TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let write = |tx: floor::Tx| async move {
            let mut topic = Topic::clone(&*at.within(self, &tx, input).await?);
            let policy = permission::add(&topic.policy_text(&name.region), &name.arn(), input)?;
            check_policy(&policy)?;
            topic.attributes.insert("Policy".to_owned(), policy);
            tx.save(&name.key(), &topic);
            Ok(Empty)
        };
        cx.cell(&place).await?.transact(write).await
    }
}
