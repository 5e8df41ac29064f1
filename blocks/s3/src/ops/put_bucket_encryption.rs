//! PutBucketEncryption.

use api_s3::{
    PutBucketEncryption, PutBucketEncryptionRequest, ServerSideEncryptionConfiguration,
    ServerSideEncryptionRule,
};
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
        self.change(cx, &at, &input, &input.bucket, |bucket| {
            if let Some(default) = &asked.default {
                bucket.encryption = Some(default.clone());
            }
            bucket.takes_customer_keys = asked.takes_customer_keys.unwrap_or(bucket.takes_customer_keys);
        })
        .await
    }
}

/// `BlockedEncryptionTypes`: nothing.
pub(super) const NONE: &str = "NONE";
/// `BlockedEncryptionTypes`: keys of customers.
pub(super) const SSE_C: &str = "SSE-C";

/// What a configuration changes. What it leaves out stays as it is.
struct Asked {
    default: Option<DefaultEncryption>,
    takes_customer_keys: Option<bool>,
}

fn read(configuration: &ServerSideEncryptionConfiguration) -> Answer<Asked> {
    let [rule] = configuration.rules.as_slice() else { return Err(fault::malformed_xml()) };
    let blocked = rule.blocked_encryption_types.as_ref().map(|blocked| blocked.encryption_type.as_deref());
    let takes_customer_keys = match blocked.map(Option::unwrap_or_default) {
        None => None,
        Some([one]) if one == NONE => Some(true),
        Some([one]) if one == SSE_C => Some(false),
        Some(_) => return Err(fault::malformed_xml()),
    };
    let default = default(rule)?;
    if default.is_none() && takes_customer_keys.is_none() {
        return Err(fault::malformed_xml());
    }
    Ok(Asked { default, takes_customer_keys })
}

/// The one rule that a configuration has. The key need not exist: writes find out.
fn default(rule: &ServerSideEncryptionRule) -> Answer<Option<DefaultEncryption>> {
    let Some(default) = rule.apply_server_side_encryption_by_default.as_ref() else { return Ok(None) };
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
    Ok(Some(DefaultEncryption { algorithm: default.sse_algorithm.clone(), kms_key, bucket_key }))
}
