//! RevokeGrant: who had been let in is no longer.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html>

use api_kms::{RevokeGrant, RevokeGrantRequest};
use floor::{Admitted, Answer, Cx, Get as _, Handle, Tx};

use crate::{
    Kms,
    fault::Refused,
    grants,
    keyed::{About, on_key},
    records::{self, Grant},
};

impl Handle<RevokeGrant> for Kms {
    on_key!(RevokeGrantRequest, "kms:RevokeGrant", |caller, input| {
        About::key(caller, &input.key_id)
            .with("kms:GrantIsForAWSResource", crate::keyed::truth(!caller.via.is_empty()))
    });

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RevokeGrant, Self>,
        input: RevokeGrantRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let key = &at.within(self, &tx, input).await?.key;
            let grant: Option<Grant> = tx.load(&records::grant(key.account, key.id, &input.grant_id)).await?;
            let grant = grant.ok_or_else(|| Refused::NoGrant(input.grant_id.clone()))?;
            if input.dry_run == Some(true) {
                return Err(Refused::DryRun.into());
            }
            grants::remove(&tx, key.account, &grant);
            tx.add(&records::grant_count(key.account, key.id), -1);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
