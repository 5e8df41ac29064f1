//! What is answered when something about access points or accounts is not done: see [`crate::fault`].

use auth::AccountId;
use wire::Fault;

use crate::fault::bad;

/// There is no such access point.
pub fn no_such_access_point(name: &str) -> Fault {
    Fault::coded("NoSuchAccessPoint", 404, "The specified accesspoint does not exist")
        .with("AccessPointName", name)
}

/// The access point has no policy.
pub fn no_such_access_point_policy(name: &str) -> Fault {
    Fault::coded("NoSuchAccessPointPolicy", 404, "The specified accesspoint policy does not exist")
        .with("AccessPointName", name)
}

/// The caller has an access point of that name.
pub fn access_point_already_owned(name: &str) -> Fault {
    Fault::coded(
        "AccessPointAlreadyOwnedByYou",
        409,
        "Your previous request to create the named accesspoint succeeded and you already own it.",
    )
    .with("AccessPointName", name)
}

/// The account has as many as it may.
pub fn too_many_access_points() -> Fault {
    bad(
        "TooManyAccessPoints",
        "You have attempted to create more access points than are allowed for an account.",
    )
}

/// Buckets with access points stay.
pub fn has_access_points(bucket: &str) -> Fault {
    bad(
        "BucketHasAccessPointsAttached",
        "The bucket that you tried to delete has access points attached. Delete your access points before attempting to \
         delete your bucket.",
    )
    .with("BucketName", bucket)
}

/// There is no block of public access for the account.
pub fn no_account_public_access_block(account: AccountId) -> Fault {
    let message = "The public access block configuration was not found";
    Fault::coded("NoSuchPublicAccessBlockConfiguration", 404, message).with("AccountId", account.as_str())
}

/// The name breaks the rules of access points' names.
pub fn invalid_access_point() -> Fault {
    bad("InvalidAccessPoint", "The specified access point name or account is not valid.")
}

/// What the request asks for is not asked for through access points.
pub fn not_for_access_points(method: &'static str) -> Fault {
    Fault::coded("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        .with("Method", method)
        .with("ResourceType", "ACCESSPOINT")
}
