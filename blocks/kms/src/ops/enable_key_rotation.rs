//! EnableKeyRotation: new material for a key, every year or so; what was encrypted before stays readable.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html>

use api_kms::{EnableKeyRotation, EnableKeyRotationRequest};
use floor::{Admitted, Answer, Cx, Handle};

use crate::{
    Kms, changing,
    keyed::{About, on_key},
    limits::ROTATION_DAYS_DEFAULT,
    records::{Key, Rotation},
    spec::Origin,
};

impl Handle<EnableKeyRotation> for Kms {
    on_key!(EnableKeyRotationRequest, "kms:EnableKeyRotation", |caller, input| About::key(
        caller,
        &input.key_id
    )
    .with_some("kms:RotationPeriodInDays", input.rotation_period_in_days.map(|d| d.to_string())));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<EnableKeyRotation, Self>,
        input: EnableKeyRotationRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let change = |key: &mut Key| {
            key.must_rotate()?;
            key.must_be_of(Origin::AwsKms)?;
            changing::primary(key)?;
            key.usable(now)?;
            // Without a period the one that is in force stays, and so does the date.
            let days = input.rotation_period_in_days;
            match (key.rotation, days) {
                (Some(_), None) => {}
                (Some(rotation), Some(days)) if rotation.period_days == days => {}
                _ => key.rotation = Some(Rotation::from(now, days.unwrap_or(ROTATION_DAYS_DEFAULT))),
            }
            Ok(())
        };
        self.change(cx, &at, &input, change).await?;
        Ok(wire::Empty)
    }
}
