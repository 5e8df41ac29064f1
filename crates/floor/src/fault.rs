//! What the floor itself can answer with.

use std::fmt::Write as _;
use store::StoreError;

use wire::{Broken, Fault, Violation};

/// An error that is Kumiki's own: the caller reads no detail, the log does.
pub fn internal(cause: impl Into<String>) -> Fault {
    Fault::coded("InternalError", 500, "We encountered an internal error. Please try again.")
        .because(cause.into())
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
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
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
        // Drives that are away may come back.
        blob::BlobError::Full | blob::BlobError::TooFew { .. } | blob::BlobError::Silent => {
            unavailable(error.to_string())
        }
        _ => internal(error.to_string()),
    }
}

/// The words that most services have for input that breaks the model's limits: `1 validation error detected: Value
/// '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1`.
pub fn constraints(violations: &[Violation]) -> String {
    let plural = if violations.len() == 1 { "" } else { "s" };
    let mut out = format!("{} validation error{plural} detected: ", violations.len());
    for (i, v) in violations.iter().enumerate() {
        let joined = if i == 0 { "" } else { "; " };
        let path: Vec<_> = v.path.iter().map(|p| lower_first(p)).collect();
        let _ = write!(
            out,
            "{joined}Value '{}' at '{}' failed to satisfy constraint: Member must {}",
            v.value,
            path.join("."),
            must(&v.broken)
        );
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_lowercase().to_string() + chars.as_str()).unwrap_or_default()
}

fn must(broken: &Broken) -> String {
    match broken {
        Broken::TooShort(n) => format!("have length greater than or equal to {n}"),
        Broken::TooLong(n) => format!("have length less than or equal to {n}"),
        Broken::TooSmall(n) => format!("have value greater than or equal to {n}"),
        Broken::TooLarge(n) => format!("have value less than or equal to {n}"),
        Broken::NotOneOf(words) => format!("satisfy enum value set: [{}]", words.join(", ")),
    }
}
