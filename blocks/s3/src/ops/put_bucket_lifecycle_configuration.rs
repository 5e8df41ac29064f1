//! PutBucketLifecycleConfiguration, and PutBucketLifecycle of older clients, which is the same request.

use api_s3::{
    PutBucketLifecycleConfiguration, PutBucketLifecycleConfigurationOutput,
    PutBucketLifecycleConfigurationRequest,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket, lifecycle, records, settings, tending::Tended};

impl Handle<PutBucketLifecycleConfiguration> for S3 {
    in_bucket!(PutBucketLifecycleConfigurationRequest, "s3:PutLifecycleConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketLifecycleConfiguration, Self>,
        input: PutBucketLifecycleConfigurationRequest,
    ) -> Answer<PutBucketLifecycleConfigurationOutput> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let minimum = input.transition_default_minimum_object_size.as_deref();
        let name = || cx.env().random.bytes16();
        let asked = lifecycle::read(input.lifecycle_configuration.as_ref(), minimum, name)?;
        // What is due already is done soon.
        let tended = Tended::new(cx.region().clone(), cx.now().0);
        let (at, input, asked, tended) = (&at, &input, &asked, &tended);
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            settings::put(&tx, &input.bucket, &here.inside(&input.bucket)?.record, Some(asked));
            tx.save(&records::tended(&input.bucket), tended);
            Ok(())
        });
        done.await?;
        Ok(PutBucketLifecycleConfigurationOutput {
            transition_default_minimum_object_size: Some(asked.minimum()),
        })
    }
}
