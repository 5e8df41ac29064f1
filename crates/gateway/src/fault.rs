//! What the gateway itself refuses, in AWS's words.

use auth::{AuthError, Dialect};
use wire::{Fault, Protocol, ServiceMeta};

use crate::page::Stranger;

/// In whose words a request is refused.
pub(crate) fn dialect(service: &ServiceMeta, protocol: &dyn Protocol) -> Dialect {
    match protocol.name() {
        _ if service.s3 => Dialect::S3,
        // Services that changed from query to JSON kept their codes.
        "awsJson1_0" | "awsJson1_1" if !service.query_compatible => Dialect::Json,
        _ => Dialect::Query,
    }
}

/// A refused signature.
pub(crate) fn of_auth(error: &AuthError, dialect: Dialect) -> Fault {
    let refusal = error.refusal(dialect);
    let fault = Fault::coded(refusal.code, refusal.status, refusal.message);
    let fault = refusal.fields.into_iter().fold(fault, |fault, (name, value)| fault.with(name, value));
    match error {
        AuthError::Unavailable(cause) => fault.because(cause),
        _ => fault,
    }
}

/// A web page of another site asks with a credential that everybody knows.
pub(crate) fn of_stranger(stranger: Stranger, dialect: Dialect) -> Fault {
    let code = if dialect == Dialect::Json { "AccessDeniedException" } else { "AccessDenied" };
    let words = match stranger {
        Stranger::Host => {
            "Access Denied: with the default credential, which everybody knows, this server is not called by this name. \
             Name it in the setting `hosts`, or sign with a key of your own."
        }
        Stranger::Page => {
            "Access Denied: a page of another site asks with the default credential, which everybody knows. Name its \
             host in the setting `hosts`, or sign with a key of your own."
        }
    };
    Fault::coded(code, 403, words)
}

/// The client sent nothing for too long.
pub(crate) fn stalled(s3: bool) -> Fault {
    const WORDS: &str = "Your socket connection to the server was not read from or written to within the timeout \
                         period. Idle connections will be closed.";
    Fault::coded("RequestTimeout", if s3 { 400 } else { 408 }, WORDS)
}

/// The body is shorter than its head said.
pub(crate) fn incomplete() -> Fault {
    const WORDS: &str = "You did not provide the number of bytes specified by the Content-Length HTTP header";
    Fault::coded("IncompleteBody", 400, WORDS)
}

/// A body that is to be read whole is longer than may be.
pub(crate) fn too_large(s3: bool, bytes_max: u64) -> Fault {
    if s3 {
        let fault = Fault::coded("MaxMessageLengthExceeded", 400, "Your request was too big.");
        return fault.with("MaxMessageLengthBytes", bytes_max.to_string());
    }
    Fault::coded("RequestEntityTooLarge", 413, format!("HTTP content length exceeded {bytes_max} bytes."))
}

/// More than the server takes at a time.
pub(crate) fn overloaded(s3: bool) -> Fault {
    if s3 {
        return Fault::coded("SlowDown", 503, "Please reduce your request rate.");
    }
    Fault::coded("ServiceUnavailable", 503, "The service is unavailable. Please try again.")
}

/// Something in here went wrong; the log has said what.
pub(crate) fn internal() -> Fault {
    Fault::coded("InternalError", 500, "We encountered an internal error. Please try again.")
}

/// A `Host` header that names no host, or several.
pub(crate) fn bad_host() -> Fault {
    Fault::coded("InvalidRequest", 400, "The Host header does not name one host.")
}

/// A service that nothing here serves.
pub(crate) fn unserved(service: &str) -> Fault {
    Fault::coded("NotImplemented", 501, format!("The service {service:?} is not implemented."))
}

/// An upload without its length in the one framing that would do without. S3 names the header.
pub(crate) fn chunked_transfer() -> Fault {
    let words = "A header you provided implies functionality that is not implemented";
    Fault::coded("NotImplemented", 501, words).with("Header", "Transfer-Encoding")
}

/// An upload without its length.
pub(crate) fn no_length() -> Fault {
    Fault::coded("MissingContentLength", 411, "You must provide the Content-Length HTTP header.")
}

/// A browser's upload form.
pub(crate) fn upload_form() -> Fault {
    Fault::coded("NotImplemented", 501, "POST Object is not implemented.")
}

/// A form that cannot be taken apart.
pub(crate) fn malformed_form() -> Fault {
    let words = "The body of your POST request is not well-formed multipart/form-data.";
    Fault::coded("MalformedPOSTRequest", 400, words)
}

/// A form without a file.
pub(crate) fn no_file() -> Fault {
    let words = "POST requires exactly one file upload per request.";
    Fault::coded("InvalidArgument", 400, words).with("ArgumentName", "file").with("ArgumentValue", "0")
}

/// A form that says too much before its file.
pub(crate) fn fields_too_long(bytes_max: usize) -> Fault {
    let words = "Your POST request fields preceding the upload file were too large.";
    Fault::coded("MaxPostPreDataLengthExceeded", 400, words)
        .with("MaxPostPreDataLengthBytes", bytes_max.to_string())
}
