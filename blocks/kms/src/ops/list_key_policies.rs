//! ListKeyPolicies: the names of a key's policies: there is one.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html>

use api_kms::{ListKeyPolicies, ListKeyPoliciesRequest, ListKeyPoliciesResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    policy,
};

impl Handle<ListKeyPolicies> for Kms {
    on_key!(ListKeyPoliciesRequest, "kms:ListKeyPolicies", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<ListKeyPolicies, Self>,
        input: ListKeyPoliciesRequest,
    ) -> Answer<ListKeyPoliciesResponse> {
        if input.marker.is_some() {
            return Err(Refused::Marker.into());
        }
        Ok(ListKeyPoliciesResponse {
            policy_names: Some(vec![policy::NAME.into()]),
            next_marker: None,
            truncated: Some(false),
        })
    }
}
