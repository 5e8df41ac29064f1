//! STS's own words for what is refused.

use floor::{Denial, Fault};
use wire::Violation;

/// Input that breaks the model's limits.
pub(crate) fn validation(violations: &[Violation]) -> Fault {
    let all: Vec<_> = violations.iter().map(ToString::to_string).collect();
    let (n, s) = (all.len(), if all.len() == 1 { "" } else { "s" });
    Fault::coded("ValidationError", 400, format!("{n} validation error{s} detected: {}", all.join("; ")))
}

/// A caller who may not do this.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    if denial.caller.who.is_anonymous() {
        return Fault::coded("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    let (who, action) = (denial.caller.who.arn(), denial.action);
    Fault::coded("AccessDenied", 403, format!("User: {who} is not authorized to perform: {action}"))
}
