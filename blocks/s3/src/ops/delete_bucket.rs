//! DeleteBucket.

use api_s3::{DeleteBucket, DeleteBucketRequest};
use floor::{Admitted, Cx, Entry, Get as _, Handle, Lane, Placement, Record as _};
use wire::{Answer, Empty};

use crate::{
    S3, access_point,
    bucket::in_bucket,
    claims::{self, RELEASE, Which},
    control, fault, purge,
    records::{self, Gone},
};

impl Handle<DeleteBucket> for S3 {
    in_bucket!(DeleteBucketRequest, "s3:DeleteBucket");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucket, Self>,
        input: DeleteBucketRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let (at, input, name) = (&at, &input, bucket.name.as_str());
        let attached = access_point::attached_of(name, bucket.record.owner);
        let view = cx.view(&Placement::directory(cx.region())).await?;
        if !view.range(attached.all(), 1).await?.is_empty() {
            return Err(control::fault::has_access_points(name));
        }
        drop(view);
        let (account, region) = (bucket.record.owner, &cx.region().clone());
        let sender = &claims::sender(cx, name, account);
        let deleted = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(name)?;
            let id = bucket.record.id;
            if !tx.range(records::currents(id).all(), 1).await?.is_empty() {
                return Err(fault::bucket_not_empty(name, false));
            }
            if !tx.range(records::olds(id).all(), 1).await?.is_empty() {
                return Err(fault::bucket_not_empty(name, true));
            }
            tx.delete(&records::bucket(name));
            tx.delete_range(&records::settings(id).all());
            tx.save(&records::gone(name), &Gone { id });
            let which = Which { name: name.to_owned(), id, account, region: region.clone() };
            tx.outbox(Entry::step(claims::lane(name), sender, region, RELEASE, which.encode()));
            if !tx.range(records::uploads(id).all(), 1).await?.is_empty() {
                let rest = purge::Purge { name: name.to_owned(), id };
                let lane = Lane::new("s3:purge", name);
                tx.outbox(Entry::step(lane, sender, region, purge::PURGE, rest.encode()));
            }
            Ok(which)
        });
        let which = deleted.await?;
        // The outbox would do it, too; done here, so that the next listing does not show the bucket.
        if let Err(error) = claims::release(cx, &which).await {
            tracing::warn!(%error, bucket = name, "a bucket's name is given back later");
        }
        Ok(Empty)
    }
}
