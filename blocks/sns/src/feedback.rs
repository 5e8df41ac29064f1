//! Attributes that say what is to be logged of deliveries. They are checked and kept; nothing is logged yet.
//! <https://docs.aws.amazon.com/sns/latest/dg/topics-attrib.html>

use floor::Arn;

/// The protocols that a topic has such attributes for.
const PROTOCOLS: &[&str] = &["Application", "Firehose", "HTTP", "Lambda", "SQS"];

/// Whether a topic has an attribute of this name.
pub(crate) fn is_of_topic(name: &str) -> bool {
    let rest = PROTOCOLS.iter().find_map(|protocol| name.strip_prefix(protocol));
    rest.is_some_and(|rest| {
        matches!(rest, "SuccessFeedbackRoleArn" | "FailureFeedbackRoleArn" | "SuccessFeedbackSampleRate")
    })
}

/// Whether that names a role: it may be empty.
pub(crate) fn is_role_of_topic(name: &str) -> bool {
    is_of_topic(name) && name.ends_with("RoleArn")
}

/// Whether a text is a rate in percent.
pub(crate) fn is_rate(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit()) && value.parse::<u8>().is_ok_and(|n| n <= 100)
}

/// Whether it may have the value; otherwise why not, for rates in AWS's words. A role may be taken away.
pub(crate) fn check(name: &str, value: &str) -> Result<(), String> {
    if name.ends_with("SampleRate") {
        let why = || format!("{value} value provided is not an integer between 0-100");
        return if is_rate(value) { Ok(()) } else { Err(why()) };
    }
    let is_role = Arn::parse(value).is_some_and(|arn| {
        arn.service() == "iam"
            && arn.account().len() == 12
            && arn.resource().strip_prefix("role/").is_some_and(|name| !name.is_empty())
    });
    if value.is_empty() || is_role { Ok(()) } else { Err(format!("{value} is not the ARN of an IAM role")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_known_and_checked() {
        assert!(is_of_topic("SQSSuccessFeedbackRoleArn") && is_of_topic("HTTPSuccessFeedbackSampleRate"));
        for name in ["SQSFailureFeedbackSampleRate", "SMSSuccessFeedbackRoleArn", "SuccessFeedbackRoleArn"] {
            assert!(!is_of_topic(name), "{name}");
        }
        for (name, value, fits) in [
            ("SQSSuccessFeedbackSampleRate", "0", true),
            ("SQSSuccessFeedbackSampleRate", "100", true),
            ("SQSSuccessFeedbackSampleRate", "101", false),
            ("SQSSuccessFeedbackSampleRate", "+1", false),
            ("SQSSuccessFeedbackSampleRate", "", false),
            ("SQSFailureFeedbackRoleArn", "arn:aws:iam::000000000000:role/logs", true),
            ("SQSFailureFeedbackRoleArn", "", true),
            ("SQSFailureFeedbackRoleArn", "arn:aws:iam::000000000000:role/", false),
            ("SQSFailureFeedbackRoleArn", "arn:aws:iam::000000000000:user/me", false),
            ("SQSFailureFeedbackRoleArn", "logs", false),
        ] {
            assert_eq!(check(name, value).is_ok(), fits, "{name}={value}");
        }
    }
}
