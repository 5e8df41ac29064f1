//! SSE-KMS: topics that have a key of KMS.
//!
//! Who publishes must be let by the key; a data key is asked for as the publisher and used again for up to five minutes,
//! as on AWS. What waits for its delivery is sealed with the server's own keys, like that of every topic: the deliveries go
//! on when the publisher's rights have ended.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html>

use api_sns::errors;
use floor::{
    Answer, Cx, Fault,
    data_keys::{For, key_of, passed_on},
};
use wire::ErrorMeta;

use crate::{Sns, limits, records::Topic, topic::TopicName};

/// The name under which the encryption context has the topic's ARN.
const BOUND_AS: &str = "aws:sns:topicArn";

impl Sns {
    /// Asks for a data key where the topic has a key of KMS.
    pub(crate) async fn ask_for_key(&self, cx: &Cx, name: &TopicName, topic: &Topic) -> Answer<()> {
        let Some(key) = topic.attributes.get("KmsMasterKeyId") else { return Ok(()) };
        let (arn, key) = (name.arn(), key_of(&cx.caller, topic.account, key));
        let reuse_ms = limits::DATA_KEY_REUSE.as_millis() as u64;
        let of = For { resource: &arn, bound_as: BOUND_AS, reuse_ms };
        self.data_keys.sealing(cx, of, &key).await.map(|_| ()).map_err(|fault| refused(cx, fault))
    }
}

/// What KMS refuses, as SNS passes it on.
fn refused(cx: &Cx, fault: Fault) -> Fault {
    let meta: &'static ErrorMeta = match fault.code() {
        "AccessDeniedException" | "NotAuthorizedException" => &errors::KMS_ACCESS_DENIED_EXCEPTION,
        "DisabledException" => &errors::KMS_DISABLED_EXCEPTION,
        "NotFoundException" | "InvalidArnException" => &errors::KMS_NOT_FOUND_EXCEPTION,
        "KMSInvalidStateException" | "InvalidKeyUsageException" | "UnsupportedOperationException" => {
            &errors::KMS_INVALID_STATE_EXCEPTION
        }
        "ThrottlingException" | "LimitExceededException" => &errors::KMS_THROTTLING_EXCEPTION,
        _ => return fault,
    };
    Fault::new(meta, passed_on(cx, &fault))
}
