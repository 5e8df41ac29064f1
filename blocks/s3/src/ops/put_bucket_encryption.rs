//! PutBucketEncryption.

use api_s3::{PutBucketEncryption, PutBucketEncryptionRequest, ServerSideEncryptionConfiguration};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Empty};

use crate::{S3, bucket::in_bucket, fault, records::DefaultEncryption};

impl Handle<PutBucketEncryption> for S3 {
    in_bucket!(PutBucketEncryptionRequest, "s3:PutEncryptionConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketEncryption, Self>,
        input: PutBucketEncryptionRequest,
    ) -> Answer<Empty> {
        at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let asked = read(&input.server_side_encryption_configuration)?;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.encryption = Some(asked.clone())).await
    }
}

/// The one rule that a configuration has. The key need not exist: writes find out.
fn read(configuration: &ServerSideEncryptionConfiguration) -> Answer<DefaultEncryption> {
    let [rule] = configuration.rules.as_slice() else { return Err(fault::malformed_xml()) };
    let default = rule.apply_server_side_encryption_by_default.as_ref().ok_or_else(fault::malformed_xml)?;
    let kms_key = default.kms_master_key_id.clone().filter(|key| !key.is_empty());
    match default.sse_algorithm.as_str() {
        "AES256" if kms_key.is_some() => {
            let message = "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse";
            return Err(fault::invalid_argument(message, "ApplyServerSideEncryptionByDefault", "AES256"));
        }
        "AES256" | "aws:kms" | "aws:kms:dsse" => {}
        _ => return Err(fault::malformed_xml()),
    }
    let bucket_key = rule.bucket_key_enabled.unwrap_or_default();
    Ok(DefaultEncryption { algorithm: default.sse_algorithm.clone(), kms_key, bucket_key })
}
