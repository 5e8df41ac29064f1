//! GetKeyLastUsage: when a key was used last, and for what.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html>

use api_kms::{GetKeyLastUsage, GetKeyLastUsageRequest, GetKeyLastUsageResponse, KeyLastUsageData};
use floor::Get as _;
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms,
    key::time,
    keyed::{About, on_key},
    records::{self, LastUse},
};

impl Handle<GetKeyLastUsage> for Kms {
    on_key!(GetKeyLastUsageRequest, "kms:GetKeyLastUsage", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetKeyLastUsage, Self>,
        _: GetKeyLastUsageRequest,
    ) -> Answer<GetKeyLastUsageResponse> {
        let key = &at.loaded.key;
        let name = (key.region.clone(), key.account, key.id);
        let seen = self.kept.used.lock().get(&name).cloned();
        let seen = match seen {
            Some(seen) => Some(seen),
            None => cx.view(&at.place).await?.load(&records::last_use(key.account, key.id)).await?,
        };
        Ok(GetKeyLastUsageResponse {
            key_id: Some(key.arn()),
            key_last_usage: seen.map(|seen: LastUse| KeyLastUsageData {
                operation: Some(seen.operation),
                timestamp: time(seen.at_ms),
                cloud_trail_event_id: None,
                kms_request_id: Some(seen.request),
            }),
            tracking_start_date: time(key.created_ms),
            key_creation_date: time(key.created_ms),
        })
    }
}
