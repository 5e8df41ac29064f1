//! PutDataProtectionPolicy: the one that a topic has from now on; an empty text takes it away.
//! <https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html>

use api_sns::{PutDataProtectionPolicy, PutDataProtectionPolicyInput};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};
use wire::Empty;

use crate::{
    Sns, protection,
    records::{self, Topic},
    topic::TopicName,
};

impl Handle<PutDataProtectionPolicy> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:PutDataProtectionPolicy"];

    fn place(&self, caller: &Caller, input: &PutDataProtectionPolicyInput) -> Answer<Placement> {
        TopicName::of_arn(&input.resource_arn, "ResourceArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PutDataProtectionPolicyInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.resource_arn, "ResourceArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:PutDataProtectionPolicy", name.arn(), topic.account);
        Ok(Target::one(check.policy(topic.policy(&caller.region)?), topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutDataProtectionPolicy, Self>,
        input: PutDataProtectionPolicyInput,
    ) -> Answer<Empty> {
        let (place, at, input) = (at.place.clone(), &at, &input);
        let policy = &input.data_protection_policy;
        if !policy.is_empty() {
            protection::check(policy, at.loaded.fifo)?;
        }
        let write = |tx: floor::Tx| async move {
            let topic = at.within(self, &tx, input).await?;
            let key = records::protection(&topic.instance);
            if policy.is_empty() {
                tx.delete(&key);
            } else {
                tx.put(&key, policy.clone().into_bytes());
            }
            Ok(Empty)
        };
        cx.cell(&place).await?.transact(write).await
    }
}
