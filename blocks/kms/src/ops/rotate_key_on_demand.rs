//! RotateKeyOnDemand: new material for a key, now.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html>

use api_kms::{RotateKeyOnDemand, RotateKeyOnDemandRequest, RotateKeyOnDemandResponse};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, changing,
    fault::Refused,
    keyed::{About, on_key},
    limits::ROTATIONS_ON_DEMAND_MAX,
    records::{How, Key},
    spec::Origin,
    store::made,
};

impl Handle<RotateKeyOnDemand> for Kms {
    on_key!(RotateKeyOnDemandRequest, "kms:RotateKeyOnDemand", |caller, input| About::key(
        caller,
        &input.key_id
    ));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<RotateKeyOnDemand, Self>,
        input: RotateKeyOnDemandRequest,
    ) -> Answer<RotateKeyOnDemandResponse> {
        let now = cx.now().0;
        let key = &at.loaded.key;
        key.must_rotate()?;
        changing::primary(key)?;
        key.usable(now)?;
        let made = match key.origin {
            Origin::AwsKms => Some(made(cx, key.account, key.id, key.spec).await?),
            Origin::External => None,
        };
        let change = |key: &mut Key| {
            key.usable(now)?;
            let on_demand =
                key.materials.iter().filter(|version| version.how == How::OnDemand && !version.is_pending);
            if on_demand.count() >= ROTATIONS_ON_DEMAND_MAX {
                let why = "The on-demand rotation limit of this KMS key has been reached.";
                return Err(Refused::Limit(why.into()));
            }
            match &made {
                Some((id, sealed)) => key.rotate(*id, sealed.clone(), How::OnDemand, now),
                None => changing::use_pending(key, now)?,
            }
            Ok(())
        };
        let key = self.change(cx, &at, &input, change).await?;
        Ok(RotateKeyOnDemandResponse { key_id: Some(key.arn()) })
    }
}
