//! PutKeyPolicy: another policy for a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html>

use api_kms::{PutKeyPolicy, PutKeyPolicyRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::truth,
    keyed::{About, on_key},
    policy,
    records::Key,
};

impl Handle<PutKeyPolicy> for Kms {
    on_key!(PutKeyPolicyRequest, "kms:PutKeyPolicy", |caller, input| About::key(caller, &input.key_id).with(
        "kms:BypassPolicyLockoutSafetyCheck",
        truth(input.bypass_policy_lockout_safety_check == Some(true))
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutKeyPolicy, Self>,
        input: PutKeyPolicyRequest,
    ) -> Answer<wire::Empty> {
        if input.policy_name.as_deref().is_some_and(|name| name != policy::NAME) {
            return Err(Refused::NoPolicy.into());
        }
        let (caller, text) = (&cx.caller.clone(), &input.policy);
        let bypass = input.bypass_policy_lockout_safety_check == Some(true);
        let change = |key: &mut Key| {
            key.must_be_customers()?;
            policy::check(text, caller, &key.arn(), key.account, bypass)?;
            key.policy.clone_from(text);
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
