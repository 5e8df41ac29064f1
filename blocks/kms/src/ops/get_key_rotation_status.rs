//! GetKeyRotationStatus: whether and when a key gets new material.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html>

use api_kms::{GetKeyRotationStatus, GetKeyRotationStatusRequest, GetKeyRotationStatusResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    key::time,
    keyed::{About, on_key},
    spec::Spec,
};

impl Handle<GetKeyRotationStatus> for Kms {
    on_key!(GetKeyRotationStatusRequest, "kms:GetKeyRotationStatus", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<GetKeyRotationStatus, Self>,
        _: GetKeyRotationStatusRequest,
    ) -> Answer<GetKeyRotationStatusResponse> {
        let key = &at.loaded.key;
        if key.spec != Spec::Symmetric {
            key.must_rotate()?;
        }
        key.staying()?;
        Ok(GetKeyRotationStatusResponse {
            key_rotation_enabled: Some(key.rotation.is_some()),
            key_id: Some(key.arn()),
            rotation_period_in_days: key.rotation.map(|r| r.period_days),
            next_rotation_date: key.rotation.and_then(|r| time(r.next_ms)),
            on_demand_rotation_start_date: None, // it is done when RotateKeyOnDemand answers
        })
    }
}
