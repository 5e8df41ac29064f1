//! What the floor itself can answer with.

use store::StoreError;
use wire::Fault;

/// An error that is Kumiki's own: the caller reads no detail, the log does.
pub fn internal(cause: impl Into<String>) -> Fault {
    Fault::coded("InternalError", 500, "We encountered an internal error. Please try again.").because(cause.into())
}

/// Nothing is wrong with the request, but it cannot be served now; clients back off and try again.
pub fn unavailable(cause: impl Into<String>) -> Fault {
    Fault::coded("ServiceUnavailable", 503, "Service is unable to handle request.").because(cause.into())
}

/// Too much conflicts on one record; clients back off and try again.
pub fn slow_down(cause: impl Into<String>) -> Fault {
    Fault::coded("SlowDown", 503, "Please reduce your request rate.").because(cause.into())
}

/// A store's error as a caller may read it. (A function, and not `From`, because neither type is the floor's.)
pub(crate) fn of_store(error: StoreError) -> Fault {
    match error {
        StoreError::Conflict => slow_down("too many conflicts on one record"),
        StoreError::Full | StoreError::Closed => unavailable(error.to_string()),
        _ => internal(error.to_string()),
    }
}

/// A blob store's error as a caller may read it.
pub fn of_blob(error: &blob::BlobError) -> Fault {
    match error {
        blob::BlobError::Full => unavailable(error.to_string()),
        _ => internal(error.to_string()),
    }
}
