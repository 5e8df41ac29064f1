//! GetKeyPolicy: the policy of a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>

use api_kms::{GetKeyPolicy, GetKeyPolicyRequest, GetKeyPolicyResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    policy,
};

impl Handle<GetKeyPolicy> for Kms {
    on_key!(GetKeyPolicyRequest, "kms:GetKeyPolicy", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<GetKeyPolicy, Self>,
        input: GetKeyPolicyRequest,
    ) -> Answer<GetKeyPolicyResponse> {
        if input.policy_name.as_deref().is_some_and(|name| name != policy::NAME) {
            return Err(Refused::NoPolicy.into());
        }
        Ok(GetKeyPolicyResponse {
            policy: Some(at.loaded.key.policy.clone()),
            policy_name: Some(policy::NAME.into()),
        })
    }
}
