//! SNS's own errors, in AWS's words.

use std::borrow::Cow;

use api_sns::errors;
use floor::{Denial, Fault, fault::constraints};
use wire::Violation;

pub(crate) fn invalid(what: impl std::fmt::Display) -> Fault {
    Fault::new(&errors::INVALID_PARAMETER_EXCEPTION, format!("Invalid parameter: {what}"))
}

/// What is no phone number.
pub(crate) fn sms_endpoint(endpoint: &str) -> Fault {
    Fault::new(&errors::INVALID_PARAMETER_EXCEPTION, format!("Invalid SMS endpoint: {endpoint}"))
}

/// A token that is none at all.
pub(crate) fn invalid_token() -> Fault {
    Fault::new(&errors::INVALID_PARAMETER_EXCEPTION, "Invalid token")
}

pub(crate) fn topic_missing() -> Fault {
    Fault::new(&errors::NOT_FOUND_EXCEPTION, "Topic does not exist")
}

/// Something with tags that is not there.
pub(crate) fn resource_missing() -> Fault {
    Fault::new(&errors::RESOURCE_NOT_FOUND_EXCEPTION, "Resource does not exist")
}

pub(crate) fn subscription_missing() -> Fault {
    Fault::new(&errors::NOT_FOUND_EXCEPTION, "Subscription does not exist")
}

/// Something that the topic's state forbids.
pub(crate) fn state(what: impl std::fmt::Display) -> Fault {
    Fault::new(&errors::INVALID_STATE_EXCEPTION, format!("Invalid state: {what}"))
}

/// A value that is refused.
pub(crate) fn value(message: impl Into<Cow<'static, str>>) -> Fault {
    Fault::new(&errors::INVALID_PARAMETER_VALUE_EXCEPTION, message.into())
}

/// Something that AWS has and Kumiki has not yet.
pub(crate) fn not_yet(what: &str) -> Fault {
    Fault::coded("NotImplemented", 501, format!("{what} is not implemented yet"))
}

/// Input that breaks the model's limits. A phone's number is nobody's to see, as on AWS.
pub(crate) fn violated(violations: &[Violation]) -> Fault {
    let mut text = constraints(violations);
    for broken in violations.iter().filter(|one| one.path.iter().any(|name| name == "PhoneNumber")) {
        text = text.replacen(&format!("Value '{}' at", broken.value), "Value at", 1);
    }
    Fault::coded("ValidationError", 400, text)
}

/// An endpoint that is no device.
pub(crate) fn application_endpoint(arn: &str) -> Fault {
    invalid(format!("Application endpoint arn invalid:{arn}"))
}

pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    if denial.caller.who.is_anonymous() {
        return Fault::coded("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    let text = denial.message().replacen("sns:", "SNS:", 1);
    Fault::new(&errors::AUTHORIZATION_ERROR_EXCEPTION, text)
}
