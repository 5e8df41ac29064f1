//! GetDataProtectionPolicy: the policy as it was put; empty where there is none.
//! <https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html>

use api_sns::{GetDataProtectionPolicy, GetDataProtectionPolicyInput, GetDataProtectionPolicyResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Sns,
    records::{self, Topic},
    topic::TopicName,
};

impl Handle<GetDataProtectionPolicy> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:GetDataProtectionPolicy"];

    fn place(&self, caller: &Caller, input: &GetDataProtectionPolicyInput) -> Answer<Placement> {
        TopicName::of_arn(&input.resource_arn, "ResourceArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetDataProtectionPolicyInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.resource_arn, "ResourceArn")?;
        let topic = name.load(read).await?;
        let check = Check::new("sns:GetDataProtectionPolicy", name.arn(), topic.account);
        Ok(Target::one(check.policy(topic.policy(&caller.region)?), topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetDataProtectionPolicy, Self>,
        _: GetDataProtectionPolicyInput,
    ) -> Answer<GetDataProtectionPolicyResponse> {
        let view = cx.view(&at.place).await?;
        let policy = view.get(&records::protection(&at.loaded.instance)).await?;
        let text = |bytes: bytes::Bytes| String::from_utf8_lossy(&bytes).into_owned();
        Ok(GetDataProtectionPolicyResponse { data_protection_policy: policy.map(text) })
    }
}
