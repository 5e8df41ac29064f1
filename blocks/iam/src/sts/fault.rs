//! STS's own words for what is refused.

use floor::{Denial, Fault, fault::constraints};
use wire::Violation;

/// Input that breaks the model's limits.
pub(crate) fn validation(violations: &[Violation]) -> Fault {
    Fault::coded("ValidationError", 400, constraints(violations))
}

/// A caller who may not do this.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    if denial.caller.who.is_anonymous() {
        return Fault::coded("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    let (who, action) = (denial.caller.who.arn(), denial.action);
    Fault::coded("AccessDenied", 403, format!("User: {who} is not authorized to perform: {action}"))
}
