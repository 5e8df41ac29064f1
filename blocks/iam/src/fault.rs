//! IAM's own words for what is refused.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>

use api_iam::errors;
use floor::{Denial, Fault, fault::constraints};
use wire::Violation;

use crate::records::Kind;

/// Input that breaks the model's limits.
pub(crate) fn validation(violations: &[Violation]) -> Fault {
    Fault::coded("ValidationError", 400, constraints(violations))
}

/// Input that breaks a rule that the model does not have.
pub(crate) fn validation_text(message: &str) -> Fault {
    Fault::coded("ValidationError", 400, message.to_owned())
}

/// A caller who may not do this. What exists already is named by its kind and name, what is made or listed by its ARN.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    if denial.caller.who.is_anonymous() {
        return Fault::coded("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    let by_arn = denial.operation.name.starts_with("Create") || denial.resource.ends_with('/');
    let shown = if by_arn { None } else { kind_and_name(denial.resource) };
    let resource = shown.as_deref().unwrap_or(denial.resource);
    let who = denial.caller.who.arn();
    Fault::coded("AccessDenied", 403, denial.verdict.message(who, denial.action, resource))
}

/// `role deploy` of `arn:aws:iam::111122223333:role/ci/deploy`. Policies are named by their ARN always.
fn kind_and_name(arn: &str) -> Option<String> {
    let (kind, rest) = arn.splitn(6, ':').nth(5)?.split_once('/')?;
    let name = rest.rsplit('/').next()?;
    matches!(kind, "user" | "role" | "group" | "instance-profile").then(|| {
        let kind = if kind == "instance-profile" { "instance profile" } else { kind };
        format!("{kind} {name}")
    })
}

/// No entity of that name.
pub(crate) fn no_such(kind: Kind, name: &str) -> Fault {
    let what = match kind {
        Kind::User => format!("The user with name {name} cannot be found."),
        Kind::Group => format!("The group with name {name} cannot be found."),
        Kind::Role => format!("The role with name {name} cannot be found."),
        Kind::Policy => format!("Policy {name} does not exist or is not attachable."),
        Kind::InstanceProfile => format!("Instance Profile {name} cannot be found."),
    };
    Fault::new(&errors::NO_SUCH_ENTITY_EXCEPTION, what)
}

/// There is one of that name.
pub(crate) fn exists(kind: Kind, name: &str) -> Fault {
    let what = match kind {
        Kind::User => format!("User with name {name} already exists."),
        Kind::Group => format!("Group with name {name} already exists."),
        Kind::Role => format!("Role with name {name} already exists."),
        Kind::Policy => {
            format!("A policy called {name} already exists. Duplicate names are not allowed.")
        }
        Kind::InstanceProfile => format!("Instance Profile {name} already exists."),
    };
    Fault::new(&errors::ENTITY_ALREADY_EXISTS_EXCEPTION, what)
}

/// Something still depends on it.
pub(crate) fn conflict(message: &str) -> Fault {
    Fault::new(&errors::DELETE_CONFLICT_EXCEPTION, message.to_owned())
}

/// A quota is used up: `what` is AWS's word for it (`AccessKeysPerUser`), `most` its value.
pub(crate) fn quota(what: &str, most: usize) -> Fault {
    Fault::new(&errors::LIMIT_EXCEEDED_EXCEPTION, format!("Cannot exceed quota for {what}: {most}"))
}

/// What is not there.
pub(crate) fn no_such_entity(message: String) -> Fault {
    Fault::new(&errors::NO_SUCH_ENTITY_EXCEPTION, message)
}
