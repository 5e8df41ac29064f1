//! What Sign and Verify share.

use crate::{
    fault::Refused,
    material::{self, Message},
    records::Key,
};

/// Refuses what a key does not sign; says whether the message is a digest.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html>
pub(crate) fn check(key: &Key, algorithm: &str, kind: Option<&str>, message: &[u8]) -> Result<bool, Refused> {
    key.must_have(key.spec.signing_algorithms(key.usage), algorithm)?;
    let kind = kind.unwrap_or("RAW");
    if kind == "EXTERNAL_MU" {
        let why = "MessageType EXTERNAL_MU is not implemented: give the message itself (RAW).";
        return Err(Refused::Unsupported(why.into()));
    }
    let is_digest = kind == "DIGEST";
    let wants = match algorithm {
        "ED25519_SHA_512" | "ML_DSA_SHAKE_256" if is_digest => Some("RAW"),
        "ED25519_PH_SHA_512" if !is_digest => Some("DIGEST"),
        _ => None,
    };
    if let Some(wants) = wants {
        let why = format!("Signing algorithm {algorithm} requires MessageType {wants}.");
        return Err(Refused::Validation(why));
    }
    if is_digest && material::digest_bytes(algorithm) != Some(message.len()) {
        let why = format!("Digest is invalid length for algorithm {algorithm}.");
        return Err(Refused::Validation(why));
    }
    Ok(is_digest)
}

/// The message as it is signed.
pub(crate) fn message(is_digest: bool, bytes: &[u8]) -> Message<'_> {
    if is_digest { Message::Digest(bytes) } else { Message::Raw(bytes) }
}
