//! Dead-letter queues: which queue sends its messages where, and which queue takes them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    fault::Refused,
    limits::{MAX_RECEIVE_COUNT, REDRIVE_SOURCES_MAX},
    names::QueueName,
};

/// Where messages go that are received too often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedrivePolicy {
    /// The ARN of the dead-letter queue.
    pub target: String,
    /// How often a message may be received.
    pub receives_max: u32,
}

impl RedrivePolicy {
    /// Reads the attribute. `maxReceiveCount` may be a number or the text of one.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let refused = |why: &str| Refused::redrive(text, why);
        let Ok(Value::Object(map)) = serde_json::from_str(text) else {
            return Err(refused("Redrive policy is not a valid JSON map."));
        };
        if map.keys().any(|k| k != "deadLetterTargetArn" && k != "maxReceiveCount") {
            return Err(refused(
                "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].",
            ));
        }
        let missing =
            |name: &str| refused(&format!("Redrive policy does not contain mandatory attribute: {name}."));
        let target = map.get("deadLetterTargetArn").ok_or_else(|| missing("deadLetterTargetArn"))?;
        let count = map.get("maxReceiveCount").ok_or_else(|| missing("maxReceiveCount"))?;
        let target = target.as_str().filter(|arn| QueueName::of_arn(arn).is_some());
        let target = target.ok_or_else(|| refused("Invalid value for deadLetterTargetArn."))?;
        let number = count.as_u64().or_else(|| count.as_str()?.parse().ok());
        let receives_max = number.filter(|n| MAX_RECEIVE_COUNT.contains(n)).ok_or_else(|| {
            let shown = count.as_str().map_or_else(|| count.to_string(), str::to_owned);
            refused(&format!(
                "Invalid value for maxReceiveCount: {shown}, valid values are from 1 to 1000 both inclusive."
            ))
        })?;
        Ok(Self { target: target.to_owned(), receives_max: receives_max as u32 })
    }

    /// The attribute.
    pub fn text(&self) -> String {
        format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":{}}}"#, self.target, self.receives_max)
    }
}

/// Which queues may name this one as their dead-letter queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RedriveAllow {
    /// All of the account and region.
    All,
    /// None.
    None,
    /// Those with these ARNs.
    Queues(Vec<String>),
}

impl RedriveAllow {
    /// Reads the attribute.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let refused = |why: &str| Refused::redrive_allow(text, why);
        let Ok(Value::Object(map)) = serde_json::from_str(text) else {
            return Err(refused("Redrive allow policy is not a valid JSON map."));
        };
        if map.keys().any(|k| k != "redrivePermission" && k != "sourceQueueArns") {
            return Err(refused(
                "Only following attributes are supported: [sourceQueueArns, redrivePermission].",
            ));
        }
        let permission = map.get("redrivePermission").and_then(Value::as_str);
        match (permission, map.get("sourceQueueArns")) {
            (Some("allowAll"), None) => Ok(Self::All),
            (Some("denyAll"), None) => Ok(Self::None),
            (Some("byQueue"), Some(Value::Array(arns))) => Self::by_queue(arns).map_err(|why| refused(&why)),
            (Some("allowAll" | "denyAll"), Some(_)) => {
                Err(refused("The sourceQueueArns parameter is valid only with redrivePermission byQueue."))
            }
            (Some("byQueue"), _) => {
                Err(refused("Redrive allow policy must contain sourceQueueArns with byQueue."))
            }
            _ => Err(refused("Invalid value for redrivePermission: must be allowAll, denyAll or byQueue.")),
        }
    }

    fn by_queue(arns: &[Value]) -> Result<Self, String> {
        if arns.is_empty() || arns.len() > REDRIVE_SOURCES_MAX {
            return Err(format!("sourceQueueArns must name 1 to {REDRIVE_SOURCES_MAX} queues."));
        }
        let read = |arn: &Value| {
            let arn = arn.as_str().filter(|a| QueueName::of_arn(a).is_some());
            arn.map(str::to_owned).ok_or_else(|| "Invalid value for sourceQueueArns.".to_owned())
        };
        Ok(Self::Queues(arns.iter().map(read).collect::<Result<_, _>>()?))
    }

    /// The attribute.
    pub fn text(&self) -> String {
        match self {
            Self::All => r#"{"redrivePermission":"allowAll"}"#.to_owned(),
            Self::None => r#"{"redrivePermission":"denyAll"}"#.to_owned(),
            Self::Queues(arns) => {
                let quoted: Vec<_> = arns.iter().map(|a| format!("\"{a}\"")).collect();
                format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":[{}]}}"#, quoted.join(","))
            }
        }
    }

    /// Whether the queue `source` may send its messages here.
    pub fn allows(&self, source: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Queues(arns) => arns.iter().any(|arn| arn == source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: &str = "arn:aws:sqs:us-east-1:000000000000:dead";

    #[test]
    fn a_redrive_policy_is_normalised() {
        for count in ["3", "\"3\""] {
            let text = format!(r#"{{"maxReceiveCount": {count}, "deadLetterTargetArn": "{TARGET}"}}"#);
            let policy = RedrivePolicy::parse(&text).unwrap();
            assert_eq!(policy.text(), format!(r#"{{"deadLetterTargetArn":"{TARGET}","maxReceiveCount":3}}"#));
        }
        for (text, why) in [
            ("[]", "not a valid JSON map"),
            (r#"{"maxReceiveCount":1}"#, "mandatory attribute: deadLetterTargetArn"),
            (r#"{"deadLetterTargetArn":"x"}"#, "mandatory attribute: maxReceiveCount"),
            (
                r#"{"deadLetterTargetArn":"dummy","maxReceiveCount":1}"#,
                "Invalid value for deadLetterTargetArn",
            ),
            (
                r#"{"deadLetterTargetArn":"arn:aws:sqs:r:000000000000:d","maxReceiveCount":1,"x":1}"#,
                "Only following attributes",
            ),
        ] {
            let error = RedrivePolicy::parse(text).unwrap_err().to_string();
            assert!(error.contains(why) && error.contains(text), "{error}");
        }
        for count in ["0", "1001", "\"x\"", "1.5", "-1"] {
            let text = format!(r#"{{"maxReceiveCount":{count},"deadLetterTargetArn":"{TARGET}"}}"#);
            let error = RedrivePolicy::parse(&text).unwrap_err().to_string();
            assert!(error.contains("from 1 to 1000"), "{error}");
        }
    }

    #[test]
    fn an_allow_policy_names_its_sources() {
        let by_queue = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{TARGET}"]}}"#);
        for text in [r#"{"redrivePermission":"allowAll"}"#, r#"{"redrivePermission":"denyAll"}"#, &by_queue] {
            assert_eq!(RedriveAllow::parse(text).unwrap().text(), text);
        }
        let policy = RedriveAllow::parse(&by_queue).unwrap();
        assert!(policy.allows(TARGET) && !policy.allows("arn:aws:sqs:us-east-1:000000000000:other"));
        let eleven = vec![format!("\"{TARGET}\""); 11].join(",");
        for text in [
            "1",
            r#"{"redrivePermission":"some"}"#,
            r#"{"redrivePermission":"byQueue"}"#,
            r#"{"redrivePermission":"byQueue","sourceQueueArns":[]}"#,
            r#"{"redrivePermission":"byQueue","sourceQueueArns":["x"]}"#,
            r#"{"redrivePermission":"denyAll","sourceQueueArns":[]}"#,
            &format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":[{eleven}]}}"#),
        ] {
            assert!(RedriveAllow::parse(text).is_err(), "{text}");
        }
    }
}
