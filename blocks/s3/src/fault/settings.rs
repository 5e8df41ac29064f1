//! Refusals of what a bucket or an object is set to.

use auth::Identity;
use wire::Fault;

use super::{access_denied, bad};

/// There are no tags.
pub fn no_such_tag_set(bucket: &str) -> Fault {
    Fault::coded("NoSuchTagSet", 404, "The TagSet does not exist").with("BucketName", bucket)
}

/// There is no policy.
pub fn no_such_bucket_policy(bucket: &str) -> Fault {
    Fault::coded("NoSuchBucketPolicy", 404, "The bucket policy does not exist").with("BucketName", bucket)
}

/// Access control lists do not count here.
pub fn lists_not_supported() -> Fault {
    bad("AccessControlListNotSupported", "The bucket does not allow ACLs")
}

/// The list of a bucket lets others in, and lists are not to count.
pub fn list_of_enforced() -> Fault {
    let message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
    bad("InvalidBucketAclWithObjectOwnership", message)
}

/// The body is no access control list.
pub fn malformed_acl() -> Fault {
    bad(
        "MalformedACLError",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

/// Grantees are not named by e-mail since October 2025.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html>
pub fn email_grantee() -> Fault {
    Fault::coded("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
}

/// A list in the headers and another one in the body.
pub fn unexpected_content() -> Fault {
    bad("UnexpectedContent", "This request does not support content")
}

/// Neither the headers nor the body say what is asked for.
pub fn missing_security_header(header: &'static str) -> Fault {
    bad("MissingSecurityHeader", "Your request was missing a required header")
        .with("MissingHeaderName", header)
}

/// There are no ownership controls.
pub fn no_ownership_controls(bucket: &str) -> Fault {
    Fault::coded("OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found")
        .with("BucketName", bucket)
}

/// There is no block of public access.
pub fn no_public_access_block(bucket: &str) -> Fault {
    let message = "The public access block configuration was not found";
    Fault::coded("NoSuchPublicAccessBlockConfiguration", 404, message).with("BucketName", bucket)
}

/// What was to be stored would open the bucket to the public, and that is blocked.
pub fn public_blocked(caller: &Identity, action: &str, resource: &str, what: &str, setting: &str) -> Fault {
    access_denied(format!(
        "User: {} is not authorized to perform: {action} on resource: \"{resource}\" because public {what} are \
         prevented by the {setting} setting in S3 Block Public Access.",
        caller.arn()
    ))
}

/// There is no configuration with this id.
pub fn no_such_configuration() -> Fault {
    Fault::coded("NoSuchConfiguration", 404, "The specified configuration does not exist.")
}

/// The bucket has as many of a kind as it may have.
pub fn too_many_configurations() -> Fault {
    bad(
        "TooManyConfigurations",
        "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.",
    )
}

/// No configuration can have this id.
pub fn invalid_configuration_id() -> Fault {
    bad("InvalidConfigurationId", "The specified configuration id is invalid.")
}

/// The address names another id than the document.
pub fn id_mismatch() -> Fault {
    bad("IdMismatch", "Document ID does not match the specified configuration ID.")
}

/// Reports cannot go there.
pub fn invalid_destination() -> Fault {
    bad("InvalidS3DestinationBucket", "Invalid bucket ARN.")
}

/// Access logs cannot go to this bucket.
pub fn invalid_log_target(message: &'static str, target: &str) -> Fault {
    bad("InvalidTargetBucketForLogging", message).with("TargetBucket", target)
}

/// Access logs cannot go to a bucket in another region. The code is AWS's.
pub fn cross_location_logging(source: &str, target: &str) -> Fault {
    let message = "Cross S3 location logging not allowed. ";
    let fault = Fault::coded("CrossLocationLoggingProhibitted", 403, message);
    let fault = if source == "us-east-1" { fault } else { fault.with("SourceBucketLocation", source) };
    fault.with("TargetBucketLocation", target)
}

/// There are no lifecycle rules.
pub fn no_lifecycle(bucket: &str) -> Fault {
    Fault::coded("NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist")
        .with("BucketName", bucket)
}

/// A copy is being made.
pub fn restore_in_progress() -> Fault {
    Fault::coded("RestoreAlreadyInProgress", 409, "Object restore is already in progress")
}

/// There is nothing to restore.
pub fn not_archived(class: &str) -> Fault {
    Fault::coded("InvalidObjectState", 403, "Restore is not allowed for the object's current storage class")
        .with("StorageClass", class)
}

/// The bucket has no Object Lock.
pub fn no_lock_configuration(bucket: &str) -> Fault {
    Fault::coded(
        "ObjectLockConfigurationNotFoundError",
        404,
        "Object Lock configuration does not exist for this bucket",
    )
    .with("BucketName", bucket)
}

/// The object has no retention, or no legal hold.
pub fn no_lock_of_object(key: &str) -> Fault {
    Fault::coded(
        "NoSuchObjectLockConfiguration",
        404,
        "The specified object does not have a ObjectLock configuration",
    )
    .with("Key", key)
}

/// The bucket is not in a state for this.
pub fn invalid_bucket_state(message: &'static str) -> Fault {
    Fault::coded("InvalidBucketState", 409, message)
}

/// The storage class is not one of AWS's.
pub fn invalid_storage_class(class: &str) -> Fault {
    bad("InvalidStorageClass", "The storage class you specified is not valid")
        .with("StorageClassRequested", class)
}
