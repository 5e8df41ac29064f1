//! What S3 answers when it does not do what was asked: codes, statuses, texts and extra members are AWS's.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>, and answers recorded from AWS.

mod settings;

use std::fmt::Display;

use floor::Denial;
use http::HeaderName;
use policy::{Source, Verdict};
use wire::{Broken, Fault, Violation};

use crate::{
    conditions::Failed,
    etag::ETag,
    limits::{KEY_BYTES_MAX, METADATA_BYTES_MAX, PART_BYTES_MIN, UPLOAD_BYTES_MAX},
};

pub use settings::*;

/// Names the version behind an error.
pub const X_AMZ_VERSION_ID: HeaderName = HeaderName::from_static("x-amz-version-id");

/// Says that a delete marker is behind an error.
pub const X_AMZ_DELETE_MARKER: HeaderName = HeaderName::from_static("x-amz-delete-marker");

pub(crate) fn bad(code: &'static str, message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::coded(code, 400, message)
}

/// There is no such bucket here or anywhere.
pub fn no_such_bucket(bucket: &str) -> Fault {
    Fault::coded("NoSuchBucket", 404, "The specified bucket does not exist").with("BucketName", bucket)
}

/// The bucket lives in another region.
pub fn permanent_redirect(bucket: &str, region: &str, host: &str) -> Fault {
    Fault::coded(
        "PermanentRedirect",
        301,
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all \
         future requests to this endpoint.",
    )
    .with("Endpoint", host)
    .with("Bucket", bucket)
    .header(HeaderName::from_static("x-amz-bucket-region"), region)
}

/// The name breaks the rules.
pub fn invalid_bucket_name(bucket: &str) -> Fault {
    bad("InvalidBucketName", "The specified bucket is not valid.").with("BucketName", bucket)
}

/// Somebody else has the name.
pub fn bucket_already_exists(bucket: &str) -> Fault {
    Fault::coded(
        "BucketAlreadyExists",
        409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. \
         Please select a different name and try again.",
    )
    .with("BucketName", bucket)
}

/// The caller has the name already.
pub fn bucket_already_owned(bucket: &str) -> Fault {
    Fault::coded(
        "BucketAlreadyOwnedByYou",
        409,
        "Your previous request to create the named bucket succeeded and you already own it.",
    )
    .with("BucketName", bucket)
}

/// The bucket still holds objects; `versions`: only ones that a plain listing does not show.
pub fn bucket_not_empty(bucket: &str, versions: bool) -> Fault {
    let message = if versions {
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    } else {
        "The bucket you tried to delete is not empty"
    };
    Fault::coded("BucketNotEmpty", 409, message).with("BucketName", bucket)
}

/// Two requests about the same bucket's existence met.
pub fn operation_aborted() -> Fault {
    Fault::coded(
        "OperationAborted",
        409,
        "A conflicting conditional operation is currently in progress against this resource. Please try again.",
    )
}

/// There is no such region.
pub fn not_a_region(text: &str) -> Fault {
    bad("InvalidArgument", format!("Argument value {text} is not a valid AWS Region"))
        .with("ArgumentName", "bucket-region")
}

/// A continuation token that we never gave out.
pub fn incorrect_token() -> Fault {
    bad("InvalidArgument", "The continuation token provided is incorrect")
        .with("ArgumentName", "continuation-token")
}

/// The region cannot be a location.
pub fn invalid_location(constraint: &str) -> Fault {
    bad("InvalidLocationConstraint", "The specified location-constraint is not valid")
        .with("LocationConstraint", constraint)
}

/// The location is not the region that was asked.
pub fn illegal_location(constraint: &str) -> Fault {
    bad(
        "IllegalLocationConstraintException",
        format!(
            "The {constraint} location constraint is incompatible for the region specific endpoint this request was \
             sent to."
        ),
    )
}

/// The bucket is no web site.
pub fn no_such_website(bucket: &str) -> Fault {
    Fault::coded(
        "NoSuchWebsiteConfiguration",
        404,
        "The specified bucket does not have a website configuration",
    )
    .with("BucketName", bucket)
}

/// The bucket has no rules of cross-origin sharing.
pub fn no_such_cors(bucket: &str) -> Fault {
    Fault::coded("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist")
        .with("BucketName", bucket)
}

/// There is no such object.
pub fn no_such_key(key: &str) -> Fault {
    Fault::coded("NoSuchKey", 404, "The specified key does not exist.").with("Key", key)
}

/// There is no such version of the object.
pub fn no_such_version(key: &str, version_id: &str) -> Fault {
    Fault::coded("NoSuchVersion", 404, "The specified version does not exist.")
        .with("Key", key)
        .with("VersionId", version_id)
}

/// No version ever had this id.
pub fn invalid_version_id(version_id: &str) -> Fault {
    invalid_argument("Invalid version id specified", "versionId", version_id)
}

/// What the request names is a delete marker, which can only be deleted.
pub fn is_delete_marker(method: &'static str) -> Fault {
    Fault::coded("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        .with("Method", method)
        .with("ResourceType", "DeleteMarker")
        .header(X_AMZ_DELETE_MARKER, "true")
        .header(http::header::ALLOW, "DELETE")
}

/// The bucket's policy is for its owner's account.
fn policy_of_another(method: &'static str) -> Fault {
    Fault::coded("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        .with("Method", method)
        .with("ResourceType", "BUCKETPOLICY")
}

/// There is no such upload, or no longer.
pub fn no_such_upload(upload_id: &str) -> Fault {
    Fault::coded(
        "NoSuchUpload",
        404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or \
         completed.",
    )
    .with("UploadId", upload_id)
}

/// A page cannot send browsers there.
pub fn invalid_redirect(message: &'static str) -> Fault {
    bad("InvalidRedirectLocation", message)
}

/// A value that a header or parameter may not have.
pub fn invalid_argument(
    message: impl Into<std::borrow::Cow<'static, str>>,
    name: &'static str,
    value: impl Into<String>,
) -> Fault {
    bad("InvalidArgument", message).with("ArgumentName", name).with("ArgumentValue", value)
}

/// A request that contradicts itself or the state of things.
pub fn invalid_request(message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    bad("InvalidRequest", message)
}

/// A header with a meaning that is not offered.
pub fn not_implemented_header(header: &'static str, more: Option<&'static str>) -> Fault {
    let fault = Fault::coded(
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented",
    )
    .with("Header", header);
    match more {
        Some(more) => fault.with("additionalMessage", more),
        None => fault,
    }
}

/// Something that AWS offers and Kumiki does not yet.
pub fn not_implemented(what: impl Display) -> Fault {
    Fault::coded("NotImplemented", 501, format!("{what} is not implemented."))
}

/// A document that is not what the schema says.
pub fn malformed_xml() -> Fault {
    bad(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

/// The caller may not.
pub fn access_denied(message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::coded("AccessDenied", 403, message)
}

/// The key is longer than keys may be.
pub fn key_too_long(key: &str) -> Fault {
    bad("KeyTooLongError", "Your key is too long")
        .with("Size", key.len().to_string())
        .with("MaxSizeAllowed", KEY_BYTES_MAX.to_string())
}

/// The user metadata is larger than it may be.
pub fn metadata_too_large(size: usize) -> Fault {
    bad("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
        .with("Size", size.to_string())
        .with("MaxSizeAllowed", METADATA_BYTES_MAX.to_string())
}

/// The body is larger than one upload may be.
pub fn entity_too_large(size: u64) -> Fault {
    bad("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
        .with("ProposedSize", size.to_string())
        .with("MaxSizeAllowed", UPLOAD_BYTES_MAX.to_string())
}

/// A part other than the last is smaller than parts must be.
pub fn entity_too_small(size: u64, part: u16, etag: ETag) -> Fault {
    bad("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
        .with("ProposedSize", size.to_string())
        .with("MinSizeAllowed", PART_BYTES_MIN.to_string())
        .with("PartNumber", part.to_string())
        .with("ETag", etag.to_string())
}

/// The request does not say how long its body is.
pub fn missing_content_length() -> Fault {
    Fault::coded("MissingContentLength", 411, "You must provide the Content-Length HTTP header.")
}

/// The body is shorter or longer than the request says.
pub fn incomplete_body() -> Fault {
    bad(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header.",
    )
}

/// A part that CompleteMultipartUpload names is not there, or not as it says.
pub fn invalid_part(upload_id: &str, part: i32, etag: &str) -> Fault {
    bad(
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the \
         specified entity tag may not match the part's entity tag.",
    )
    .with("UploadId", upload_id)
    .with("PartNumber", part.to_string())
    .with("ETag", etag)
}

/// The parts of CompleteMultipartUpload are not in order.
pub fn invalid_part_order(upload_id: &str) -> Fault {
    bad(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
    )
    .with("UploadId", upload_id)
}

/// No part can have this number.
pub fn invalid_part_number_argument(number: i32) -> Fault {
    let message = "Part number must be an integer between 1 and 10000, inclusive";
    invalid_argument(message, "partNumber", number.to_string())
}

/// The object has fewer parts than the number that was asked for.
pub fn invalid_part_number(asked: i32, parts: u16) -> Fault {
    Fault::coded("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
        .with("PartNumberRequested", asked.to_string())
        .with("ActualPartCount", parts.to_string())
}

/// The range lies behind the object's end.
pub fn invalid_range(asked: &str, size: u64) -> Fault {
    Fault::coded("InvalidRange", 416, "The requested range is not satisfiable")
        .with("RangeRequested", asked)
        .with("ActualObjectSize", size.to_string())
        .header(http::header::CONTENT_RANGE, &format!("bytes */{size}"))
}

/// A condition did not hold.
pub fn precondition_failed(header: &'static str) -> Fault {
    Fault::coded("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
        .with("Condition", header)
}

/// The reader has it already, or a condition did not hold.
pub fn condition(failed: Failed) -> Fault {
    if failed.is_not_modified() {
        Fault::coded("NotModified", 304, "Not Modified")
    } else {
        precondition_failed(failed.header())
    }
}

/// A conditional write lost against another one that came in between.
pub fn conditional_conflict(header: &'static str, key: &str) -> Fault {
    Fault::coded(
        "ConditionalRequestConflict",
        409,
        "The conditional request cannot succeed due to a conflicting operation against this resource.",
    )
    .with("Condition", header)
    .with("Key", key)
}

/// Content-MD5 is not the MD5 of anything.
pub fn invalid_digest(value: &str) -> Fault {
    bad("InvalidDigest", "The Content-MD5 you specified was invalid.").with("Content-MD5", value)
}

/// Content-MD5 is not the MD5 of the body.
pub fn bad_md5(expected: &str, calculated: &str) -> Fault {
    bad("BadDigest", "The Content-MD5 you specified did not match what we received.")
        .with("ExpectedDigest", expected)
        .with("CalculatedDigest", calculated)
}

/// A checksum is not that of the body. `algorithm` as the text spells it.
pub fn bad_checksum(algorithm: &str) -> Fault {
    bad("BadDigest", format!("The {algorithm} you specified did not match the calculated checksum."))
}

/// The policy is not a policy for this bucket.
pub fn malformed_policy(message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    bad("MalformedPolicy", message)
}

/// The answer to input that breaks a limit of the model.
pub fn violated(violations: &[Violation]) -> Fault {
    let Some(first) = violations.first() else { return malformed_xml() };
    let names: Vec<_> = first.path.iter().map(String::as_str).collect();
    let value = first.value.as_str();
    match (names.last().copied().unwrap_or_default(), &first.broken) {
        ("Key", Broken::TooLong(_)) => key_too_long(value),
        ("LocationConstraint", _) => invalid_location(value),
        ("ChecksumAlgorithm", _) => unsupported_checksum(),
        _ if names.contains(&"AccessControlPolicy") => malformed_acl().because(format!("{first:?}")),
        ("ObjectOwnership", _) if names.len() == 1 => invalid_argument(
            format!("Invalid x-amz-object-ownership header: {value}"),
            "x-amz-object-ownership",
            value,
        ),
        ("BucketNamespace", _) => invalid_argument(
            format!("Invalid x-amz-bucket-namespace header: {value}"),
            "x-amz-bucket-namespace",
            value,
        ),
        ("StorageClass", _) => invalid_storage_class(value),
        ("EncodingType", _) => {
            invalid_argument("Invalid Encoding Method specified in Request", "encoding-type", value)
        }
        ("MetadataDirective", _) => {
            invalid_argument("Unknown metadata directive.", "x-amz-metadata-directive", value)
        }
        ("TaggingDirective", _) => {
            invalid_argument("Unknown tagging directive.", "x-amz-tagging-directive", value)
        }
        ("ObjectLockMode", _) => {
            invalid_argument("Unknown wormMode directive.", "x-amz-object-lock-mode", value)
        }
        ("ObjectLockLegalHoldStatus", _) => invalid_argument(
            "Legal Hold must be either of 'ON' or 'OFF'",
            "x-amz-object-lock-legal-hold",
            value,
        ),
        ("ServerSideEncryption", _) => invalid_argument(
            "The encryption method specified is not supported",
            "x-amz-server-side-encryption",
            value,
        ),
        ("Name", Broken::NotOneOf(_)) if names.contains(&"FilterRules") => {
            invalid_argument("filter rule name must be either prefix or suffix", "FilterRule.Name", value)
        }
        _ if names.len() == 1 => invalid_argument("Invalid argument.", "", "").because(format!("{first:?}")),
        _ => malformed_xml().because(format!("{first:?}")),
    }
}

/// An algorithm that is not offered.
pub fn unsupported_checksum() -> Fault {
    invalid_request(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, \
         CRC64NVME, SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128]",
    )
}

/// The answer to a caller who may not. Only callers of the bucket's own account read why.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>
pub fn denied(denial: &Denial<'_>) -> Fault {
    let caller = &denial.caller.who;
    match denial.verdict {
        // "If you have the correct permissions, but you're not using an identity that belongs to the bucket owner's
        // account, Amazon S3 returns a 405 Method Not Allowed error" (PutBucketPolicy, and its two sisters).
        _ if denial.is_foreign => policy_of_another(denial.operation.http.method),
        Verdict::Deny { by: Source::Resource, statement: None } => access_denied("Access Denied"),
        _ if caller.is_anonymous() => access_denied("Access Denied"),
        _ => {
            let resource = format!("\"{}\"", denial.resource);
            access_denied(denial.verdict.message(caller.arn(), denial.action, &resource))
        }
    }
}
