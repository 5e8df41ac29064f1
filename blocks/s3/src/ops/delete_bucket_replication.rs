//! DeleteBucketReplication. What waits for its replication stays as it is.

use api_s3::{DeleteBucketReplication, DeleteBucketReplicationRequest};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, replication::Configuration};

impl Handle<DeleteBucketReplication> for S3 {
    in_bucket!(DeleteBucketReplicationRequest, "s3:PutReplicationConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteBucketReplication, Self>,
        input: DeleteBucketReplicationRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        self.set::<Configuration, _>(cx, &at, &input, &input.bucket, None).await
    }
}
