//! GetBucketEncryption.

use api_s3::{
    BlockedEncryptionTypes, GetBucketEncryption, GetBucketEncryptionOutput, GetBucketEncryptionRequest,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
};
use floor::{Admitted, Cx, Handle};
use wire::Answer;

use crate::{S3, bucket::in_bucket};

use super::put_bucket_encryption::{NONE, SSE_C};

impl Handle<GetBucketEncryption> for S3 {
    in_bucket!(GetBucketEncryptionRequest, "s3:GetEncryptionConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketEncryption, Self>,
        input: GetBucketEncryptionRequest,
    ) -> Answer<GetBucketEncryptionOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let default = bucket.record.encryption.as_ref();
        // A bucket that was never asked is encrypted all the same, and says so.
        let by_default = ServerSideEncryptionByDefault {
            sse_algorithm: default.map_or("AES256", |d| d.algorithm.as_str()).to_owned(),
            kms_master_key_id: default.and_then(|d| d.kms_key.clone()),
        };
        let rule = ServerSideEncryptionRule {
            apply_server_side_encryption_by_default: Some(by_default),
            bucket_key_enabled: Some(default.is_some_and(|d| d.bucket_key)),
            blocked_encryption_types: Some(BlockedEncryptionTypes {
                encryption_type: Some(vec![
                    if bucket.record.takes_customer_keys { NONE } else { SSE_C }.to_owned(),
                ]),
            }),
        };
        let configuration = ServerSideEncryptionConfiguration { rules: vec![rule] };
        Ok(GetBucketEncryptionOutput { server_side_encryption_configuration: Some(configuration) })
    }
}
