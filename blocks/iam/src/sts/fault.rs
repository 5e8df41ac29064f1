//! STS's own words for what is refused.

use auth::SessionForm;
use floor::{Answer, Caller, Denial, Fault, fault::constraints};
use wire::Violation;

/// Input that breaks the model's limits.
pub(crate) fn validation(violations: &[Violation]) -> Fault {
    Fault::coded("ValidationError", 400, constraints(violations))
}

/// Input that breaks a rule that the model does not have.
pub(crate) fn validation_text(message: String) -> Fault {
    Fault::coded("ValidationError", 400, message)
}

/// `Value 'v' at 'place' failed to satisfy constraint: Member must ...`.
pub(crate) fn constraint(value: &str, place: &str, must: &str) -> Fault {
    let what = format!("Value '{value}' at '{place}' failed to satisfy constraint: Member must {must}");
    validation_text(format!("1 validation error detected: {what}"))
}

/// Input that breaks a pattern of the model. In AWS's words, as seen at AssumeRole:
/// <https://github.com/aws-actions/configure-aws-credentials/issues/1306>.
pub(crate) fn pattern(value: &str, place: &str, pattern: &str) -> Fault {
    constraint(value, place, &format!("satisfy regular expression pattern: {pattern}"))
}

/// A request without a signature.
pub(crate) fn unsigned() -> Fault {
    Fault::coded("MissingAuthenticationToken", 403, "Request is missing Authentication Token")
}

/// Credentials of STS that this operation does not take.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>
pub(crate) fn with_session_credentials(operation: &str) -> Fault {
    Fault::coded("AccessDenied", 403, format!("Cannot call {operation} with session credentials"))
}

/// A caller who may not do this. The reason stands in it where a statement denies, or a limit of the caller does not
/// allow; that nothing allows at all is said without one, as it always was.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    if denial.operation.name.starts_with("AssumeRoleWith") {
        return Fault::coded("AccessDenied", 403, format!("Not authorized to perform {}", denial.action));
    }
    if denial.caller.who.is_anonymous() {
        return unsigned();
    }
    let (who, action) = (denial.caller.who.arn(), denial.action);
    let message = match &denial.verdict {
        _ if denial.resource == "*" => format!("User: {who} is not authorized to perform: {action}"),
        policy::Verdict::Deny {
            by: policy::Source::Identity | policy::Source::Resource,
            statement: None,
        } => {
            format!("User: {who} is not authorized to perform: {action} on resource: {}", denial.resource)
        }
        _ => denial.message(),
    };
    Fault::coded("AccessDenied", 403, message)
}

/// The operations that make credentials from those that last take no others.
pub(crate) fn expect_lasting(caller: &Caller, operation: &str) -> Answer<()> {
    match &caller.who.kind {
        auth::Kind::Anonymous => Err(unsigned()),
        auth::Kind::Root | auth::Kind::User { .. } if caller.who.session.is_none() => Ok(()),
        _ => Err(with_session_credentials(operation)),
    }
}

/// Credentials of GetSessionToken and of GetFederationToken reach few operations of STS.
pub(crate) fn expect_free(caller: &Caller, operation: &str) -> Answer<()> {
    match caller.who.session.as_deref().map(|session| session.form) {
        Some(SessionForm::User | SessionForm::Federation) => Err(with_session_credentials(operation)),
        _ => Ok(()),
    }
}
