//! SSE-KMS: objects that are encrypted with data keys of KMS, asked for as the caller.
//!
//! Every write asks for a data key of its own and every read has it decrypted; a bucket key changes what the data key is
//! bound to, as on AWS, and is not kept between requests: a key that was disabled fails the next one.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use floor::{Cx, data_keys};
use seal::MessageKey;
use wire::{Answer, Fault, Map};

use crate::{
    bucket::Bucket,
    fault,
    records::{DefaultEncryption, OfKms, Sealing},
};

/// The key of S3 itself.
const OWN: &str = "alias/aws/s3";
const HEADER: &str = "x-amz-server-side-encryption";
const CONTEXT_HEADER: &str = "x-amz-server-side-encryption-context";

/// What a request says of the encryption of an object.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// `x-amz-server-side-encryption`.
    pub algorithm: Option<&'a str>,
    /// `x-amz-server-side-encryption-aws-kms-key-id`.
    pub key: Option<&'a str>,
    /// `x-amz-server-side-encryption-context`.
    pub context: Option<&'a str>,
    /// `x-amz-server-side-encryption-bucket-key-enabled`.
    pub bucket_key: Option<bool>,
}

/// What the input of a write says of the object's encryption.
#[macro_export]
macro_rules! asked_encryption {
    ($input:expr) => {
        $crate::kms::Asked {
            algorithm: $input.server_side_encryption.as_deref(),
            key: $input.sse_kms_key_id.as_deref(),
            context: $input.sse_kms_encryption_context.as_deref(),
            bucket_key: $input.bucket_key_enabled,
        }
    };
}

/// Says in an answer how an object is encrypted.
#[macro_export]
macro_rules! set_encryption {
    ($output:expr, $sealing:expr) => {{
        let of_kms = $sealing.of_kms();
        $output.server_side_encryption = $sealing.algorithm().map(str::to_owned);
        $output.sse_kms_key_id = of_kms.map(|of| of.key.clone());
        $output.bucket_key_enabled = of_kms.and_then(|of| of.bucket_key.then_some(true));
    }};
}

/// How a data key is to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    key: String,
    context: Option<String>,
    bucket_key: bool,
    dual_layer: bool,
}

impl OfKms {
    /// As requests and answers spell it.
    pub fn algorithm(&self) -> &'static str {
        if self.dual_layer { "aws:kms:dsse" } else { "aws:kms" }
    }

    /// The client's context, as answers to writes give it back.
    pub fn context_text(&self) -> Option<String> {
        self.context.as_ref().map(|json| STANDARD.encode(json))
    }
}

/// Which data key a write needs: by what it says itself, or else by the bucket's default. None: the bucket's own key.
pub fn planned(asked: &Asked<'_>, default: Option<&DefaultEncryption>) -> Answer<Option<Plan>> {
    let algorithm = match asked.algorithm {
        Some(algorithm @ ("AES256" | "aws:kms" | "aws:kms:dsse")) => algorithm,
        Some(other @ "aws:fsx") => {
            return Err(fault::not_implemented(format_args!("{HEADER}: {other}")).with("Header", HEADER));
        }
        Some(other) => {
            let message = "The encryption method specified is not supported";
            return Err(fault::invalid_argument(message, HEADER, other));
        }
        None if asked.key.is_some() || asked.context.is_some() => return Err(needs_kms("null")),
        None => default.map_or("AES256", |d| d.algorithm.as_str()),
    };
    if algorithm == "AES256" {
        let for_kms = asked.key.is_some() || asked.context.is_some();
        return if for_kms { Err(needs_kms(algorithm)) } else { Ok(None) };
    }
    let of_default = default.filter(|d| d.algorithm == algorithm);
    let key = asked.key.or_else(|| of_default.and_then(|d| d.kms_key.as_deref())).unwrap_or(OWN);
    let dual_layer = algorithm == "aws:kms:dsse";
    let bucket_key = asked.bucket_key.unwrap_or_else(|| default.is_some_and(|d| d.bucket_key));
    let context = asked.context.map(read_context).transpose()?;
    Ok(Some(Plan { key: key.to_owned(), context, bucket_key: bucket_key && !dual_layer, dual_layer }))
}

fn needs_kms(given: &str) -> Fault {
    let message = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : \
                   aws:kms";
    fault::invalid_argument(message, HEADER, given)
}

/// The JSON behind `x-amz-server-side-encryption-context`.
fn read_context(header: &str) -> Answer<String> {
    let json = STANDARD.decode(header).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let json = json.filter(|text| serde_json::from_str::<BTreeMap<String, String>>(text).is_ok());
    let wrong = "The header \'x-amz-server-side-encryption-context\' shall be Base64-encoded UTF-8 string holding JSON \
                 which represents a string-string map";
    json.ok_or_else(|| fault::invalid_argument(wrong, CONTEXT_HEADER, header))
}

/// What a data key is bound to: what the client says, and the object (or, with a bucket key, the bucket).
fn context(bucket: &Bucket, key: &str, given: Option<&str>, bucket_key: bool) -> Map<String> {
    let given = given.and_then(|json| serde_json::from_str::<BTreeMap<String, String>>(json).ok());
    let mut context: Map<String> = given.into_iter().flatten().collect();
    let arn = if bucket_key { bucket.arn.clone() } else { format!("{}/{key}", bucket.arn) };
    context.insert("aws:s3:arn".to_owned(), arn);
    context
}

/// Asks for a data key.
pub async fn generate(cx: &Cx, bucket: &Bucket, key: &str, plan: Plan) -> Answer<(Sealing, MessageKey)> {
    let bound_to = context(bucket, key, plan.context.as_deref(), plan.bucket_key);
    let made = data_keys::generate(cx, plan.key, bound_to).await.map_err(wrapped)?;
    let of = OfKms {
        key: made.key,
        data_key: made.sealed,
        context: plan.context,
        bucket_key: plan.bucket_key,
        dual_layer: plan.dual_layer,
    };
    Ok((Sealing::Kms(Box::new(of)), made.plain))
}

/// Has a data key decrypted.
pub async fn decrypt(cx: &Cx, bucket: &Bucket, key: &str, of: &OfKms) -> Answer<MessageKey> {
    let bound_to = context(bucket, key, of.context.as_deref(), of.bucket_key);
    data_keys::decrypt(cx, &of.key, &of.data_key, bound_to).await.map_err(wrapped)
}

/// What KMS refuses, as S3 says it.
fn wrapped(fault: Fault) -> Fault {
    match fault.code() {
        "AccessDeniedException" => fault::access_denied(fault.message().to_owned()),
        code if fault.status() < 500 => Fault::coded(format!("KMS.{code}"), 400, fault.message().to_owned()),
        _ => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_of(algorithm: &str, key: Option<&str>) -> DefaultEncryption {
        let kms_key = key.map(str::to_owned);
        DefaultEncryption { algorithm: algorithm.to_owned(), kms_key, bucket_key: true }
    }

    #[test]
    fn requests_come_before_defaults() {
        let asked = Asked::default();
        assert_eq!(planned(&asked, None).unwrap(), None);
        let kms = default_of("aws:kms", Some("k"));
        let plan = planned(&asked, Some(&kms)).unwrap().unwrap();
        assert_eq!((plan.key.as_str(), plan.bucket_key, plan.dual_layer), ("k", true, false));
        let aes = Asked { algorithm: Some("AES256"), ..asked };
        assert_eq!(planned(&aes, Some(&kms)).unwrap(), None);
        let own = Asked { algorithm: Some("aws:kms"), bucket_key: Some(false), ..asked };
        let plan = planned(&own, Some(&default_of("AES256", None))).unwrap().unwrap();
        assert_eq!((plan.key.as_str(), plan.bucket_key), (OWN, false));
        let dual = Asked { algorithm: Some("aws:kms:dsse"), key: Some("k2"), ..asked };
        let plan = planned(&dual, Some(&kms)).unwrap().unwrap();
        assert_eq!((plan.key.as_str(), plan.bucket_key, plan.dual_layer), ("k2", false, true));
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let refused = |asked: Asked<'_>| planned(&asked, None).unwrap_err().message().to_owned();
        let key = Some("k");
        assert!(refused(Asked { key, ..Asked::default() }).contains("requires HTTP header"));
        let algorithm = Some("AES256");
        assert!(refused(Asked { algorithm, key, ..Asked::default() }).contains("requires HTTP header"));
        assert!(refused(Asked { algorithm: Some("AES"), ..Asked::default() }).contains("not supported"));
        for context in ["?", "eA==", "WyJhIl0="] {
            let asked = Asked { algorithm: Some("aws:kms"), context: Some(context), ..Asked::default() };
            assert!(refused(asked).contains("string-string map"), "{context}");
        }
    }
}
