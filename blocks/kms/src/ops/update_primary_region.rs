//! UpdatePrimaryRegion: a replica becomes the primary, and the primary a replica.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html>

use api_kms::{UpdatePrimaryRegion, UpdatePrimaryRegionRequest};
use floor::{Admitted, Answer, Cx, Handle, Region};

use crate::{
    Kms,
    fault::Refused,
    keyed::{About, on_key},
    records::Key,
};

impl Handle<UpdatePrimaryRegion> for Kms {
    on_key!(UpdatePrimaryRegionRequest, "kms:UpdatePrimaryRegion", |caller, input| {
        About::key(caller, &input.key_id).with("kms:PrimaryRegion", input.primary_region.clone())
    });

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UpdatePrimaryRegion, Self>,
        input: UpdatePrimaryRegionRequest,
    ) -> Answer<wire::Empty> {
        let to: Region = input
            .primary_region
            .parse()
            .map_err(|_| Refused::validation(format!("{} is not a region.", input.primary_region)))?;
        let now = cx.now().0;
        self.change(cx, &at, &input, |key| swap(key, &to, now)).await?;
        Ok(wire::Empty)
    }
}

fn swap(key: &mut Key, to: &Region, now_ms: u64) -> Result<(), Refused> {
    key.usable(now_ms)?;
    let arn = key.arn();
    let is_primary = key.is_primary();
    let Some(family) = key.family.as_mut().filter(|_| is_primary) else {
        return Err(Refused::Unsupported(format!("{arn} is not a multi-Region primary key.")));
    };
    if family.primary == *to {
        return Ok(());
    }
    if !family.replicas.contains(to) {
        return Err(Refused::NotFound(format!("Key '{}' does not exist", key.id.arn(to, key.account))));
    }
    let former = std::mem::replace(&mut family.primary, to.clone());
    family.replicas.retain(|region| region != to);
    family.replicas.push(former);
    family.replicas.sort();
    Ok(())
}
