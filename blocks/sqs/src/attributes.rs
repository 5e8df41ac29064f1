//! The attributes of a queue: names, defaults, ranges.

use std::{collections::BTreeMap, ops::RangeInclusive};

use serde::{Deserialize, Serialize};

use crate::{
    fault::Refused,
    limits::{DELAY_S, KMS_REUSE_S, MESSAGE_BYTES, RETENTION_S, VISIBILITY_S, WAIT_S},
    redrive::{RedriveAllow, RedrivePolicy},
};

/// What the owner of a queue may set, with AWS's defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Seconds that a message is delayed when it does not say itself.
    pub delay_s: u64,
    /// Bytes that a message may have.
    pub message_bytes_max: u64,
    /// Seconds that a message is kept.
    pub retention_s: u64,
    /// Seconds that a receive waits when it does not say itself.
    pub wait_s: u64,
    /// Seconds that a received message is hidden when the receive does not say.
    pub visibility_s: u64,
    /// The queue's policy, as it was given.
    pub policy: Option<String>,
    /// Where messages go that are received too often.
    pub redrive: Option<RedrivePolicy>,
    /// Which queues may send theirs here.
    pub redrive_allow: Option<RedriveAllow>,
    /// `SqsManagedSseEnabled`.
    pub managed_sse: bool,
    /// `KmsMasterKeyId`, as it was given: what new messages are encrypted with in place of the queue's own key.
    pub kms_key: Option<String>,
    /// Seconds for which a data key is used again.
    pub kms_reuse_s: u64,
    /// What only FIFO queues have.
    pub fifo: Option<Fifo>,
}

/// What only FIFO queues have.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fifo {
    /// Bodies give deduplication ids.
    pub content_based_deduplication: bool,
    /// Deduplication is per message group.
    pub scope_is_group: bool,
    /// The throughput quota is per message group.
    pub limit_is_per_group: bool,
}

impl Settings {
    /// The defaults of CreateQueue.
    pub fn new(fifo: bool) -> Self {
        Self {
            delay_s: 0,
            message_bytes_max: *MESSAGE_BYTES.end(),
            retention_s: 345_600,
            wait_s: 0,
            visibility_s: 30,
            policy: None,
            redrive: None,
            redrive_allow: None,
            managed_sse: true,
            kms_key: None,
            kms_reuse_s: 300,
            fifo: fifo.then(Fifo::default),
        }
    }

    /// Sets attributes as SetQueueAttributes does; none is set where one is refused.
    pub fn set(&mut self, attributes: &BTreeMap<String, String>) -> Result<(), Refused> {
        let mut next = self.clone();
        for (name, value) in attributes {
            next.set_one(name, value)?;
        }
        let has_key = attributes.get("KmsMasterKeyId").is_some_and(|key| !key.is_empty());
        if has_key && attributes.contains_key("SqsManagedSseEnabled") && next.managed_sse {
            return Err(Refused::OneEncryption);
        }
        next.check()?;
        *self = next;
        Ok(())
    }

    /// The first attribute that a repeated CreateQueue gives another value than the queue has.
    pub fn differs(&self, attributes: &BTreeMap<String, String>) -> Result<Option<&'static str>, Refused> {
        for (name, value) in attributes {
            let mut other = self.clone();
            other.set_one(name, value)?;
            if other != *self {
                return Ok(NAMES.iter().find(|n| *n == name).copied());
            }
        }
        Ok(None)
    }

    fn set_one(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        match name {
            "DelaySeconds" => number("DelaySeconds", value, &DELAY_S, &mut self.delay_s),
            "MaximumMessageSize" => {
                number("MaximumMessageSize", value, &MESSAGE_BYTES, &mut self.message_bytes_max)
            }
            "MessageRetentionPeriod" => {
                number("MessageRetentionPeriod", value, &RETENTION_S, &mut self.retention_s)
            }
            "ReceiveMessageWaitTimeSeconds" => {
                number("ReceiveMessageWaitTimeSeconds", value, &WAIT_S, &mut self.wait_s)
            }
            "VisibilityTimeout" => number("VisibilityTimeout", value, &VISIBILITY_S, &mut self.visibility_s),
            "Policy" => {
                self.policy = (!value.is_empty()).then(|| value.to_owned());
                Ok(())
            }
            "RedrivePolicy" => {
                self.redrive = if value.is_empty() { None } else { Some(RedrivePolicy::parse(value)?) };
                Ok(())
            }
            "RedriveAllowPolicy" => {
                self.redrive_allow = if value.is_empty() { None } else { Some(RedriveAllow::parse(value)?) };
                Ok(())
            }
            "SqsManagedSseEnabled" => {
                truth("SqsManagedSseEnabled", value, &mut self.managed_sse)?;
                if self.managed_sse {
                    self.kms_key = None;
                }
                Ok(())
            }
            "KmsMasterKeyId" => {
                self.kms_key = (!value.is_empty()).then(|| value.to_owned());
                self.managed_sse &= self.kms_key.is_none();
                Ok(())
            }
            "KmsDataKeyReusePeriodSeconds" => {
                number("KmsDataKeyReusePeriodSeconds", value, &KMS_REUSE_S, &mut self.kms_reuse_s)
            }
            _ => self.set_fifo(name, value),
        }
    }

    fn set_fifo(&mut self, name: &str, value: &str) -> Result<(), Refused> {
        let only_fifo = |name| Refused::OnlyForFifo(name);
        match (name, &mut self.fifo) {
            ("FifoQueue", Some(_)) if value.eq_ignore_ascii_case("true") => Ok(()),
            ("FifoQueue", Some(_)) => Err(Refused::QueueType),
            ("ContentBasedDeduplication", Some(fifo)) => {
                truth("ContentBasedDeduplication", value, &mut fifo.content_based_deduplication)
            }
            ("DeduplicationScope", Some(fifo)) => {
                word("DeduplicationScope", value, ["queue", "messageGroup"], &mut fifo.scope_is_group)
            }
            ("FifoThroughputLimit", Some(fifo)) => word(
                "FifoThroughputLimit",
                value,
                ["perQueue", "perMessageGroupId"],
                &mut fifo.limit_is_per_group,
            ),
            ("DeduplicationScope", None) => Err(only_fifo("DeduplicationScope")),
            ("FifoThroughputLimit", None) => Err(only_fifo("FifoThroughputLimit")),
            _ => Err(Refused::UnknownAttribute(name.to_owned())),
        }
    }

    /// Rules between attributes.
    fn check(&self) -> Result<(), Refused> {
        match &self.fifo {
            Some(fifo) if fifo.limit_is_per_group && !fifo.scope_is_group => {
                Err(Refused::ThroughputNeedsScope)
            }
            _ => Ok(()),
        }
    }

    /// The attributes as GetQueueAttributes gives them.
    pub fn list(&self, to: &mut BTreeMap<String, String>) {
        let mut put = |name: &str, value: String| to.insert(name.to_owned(), value);
        put("DelaySeconds", self.delay_s.to_string());
        put("MaximumMessageSize", self.message_bytes_max.to_string());
        put("MessageRetentionPeriod", self.retention_s.to_string());
        put("ReceiveMessageWaitTimeSeconds", self.wait_s.to_string());
        put("VisibilityTimeout", self.visibility_s.to_string());
        put("SqsManagedSseEnabled", self.managed_sse.to_string());
        if let Some(key) = &self.kms_key {
            put("KmsMasterKeyId", key.clone());
            put("KmsDataKeyReusePeriodSeconds", self.kms_reuse_s.to_string());
        }
        if let Some(policy) = &self.policy {
            put("Policy", policy.clone());
        }
        if let Some(redrive) = &self.redrive {
            put("RedrivePolicy", redrive.text());
        }
        if let Some(allow) = &self.redrive_allow {
            put("RedriveAllowPolicy", allow.text());
        }
        if let Some(fifo) = &self.fifo {
            let either = |chosen, words: [&str; 2]| words[usize::from(chosen)].to_owned();
            put("FifoQueue", "true".to_owned());
            put("ContentBasedDeduplication", fifo.content_based_deduplication.to_string());
            put("DeduplicationScope", either(fifo.scope_is_group, ["queue", "messageGroup"]));
            put("FifoThroughputLimit", either(fifo.limit_is_per_group, ["perQueue", "perMessageGroupId"]));
        }
    }
}

/// Refuses names that are none of a queue's attributes.
pub fn check_names(asked: &[String]) -> Result<(), Refused> {
    match asked.iter().find(|name| *name != "All" && !NAMES.contains(&name.as_str())) {
        Some(unknown) => Err(Refused::UnknownAttribute(unknown.clone())),
        None => Ok(()),
    }
}

/// Every attribute of the model, `All` aside.
pub const NAMES: [&str; 21] = [
    "Policy",
    "VisibilityTimeout",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
    "ApproximateNumberOfMessagesDelayed",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "RedrivePolicy",
    "FifoQueue",
    "ContentBasedDeduplication",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "RedriveAllowPolicy",
    "SqsManagedSseEnabled",
];

fn number(
    name: &'static str,
    value: &str,
    range: &RangeInclusive<u64>,
    into: &mut u64,
) -> Result<(), Refused> {
    let found = value.trim().parse().ok().filter(|n| range.contains(n));
    *into = found.ok_or(Refused::AttributeValue(name))?;
    Ok(())
}

fn truth(name: &'static str, value: &str, into: &mut bool) -> Result<(), Refused> {
    let found = value.trim().to_ascii_lowercase().parse();
    *into = found.map_err(|_| Refused::AttributeValue(name))?;
    Ok(())
}

/// One of two words; whether it is the second.
fn word(name: &'static str, value: &str, words: [&str; 2], into: &mut bool) -> Result<(), Refused> {
    let at = words.iter().position(|w| *w == value);
    *into = at.ok_or(Refused::AttributeValue(name))? == 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn what_is_set_is_listed() {
        let mut settings = Settings::new(true);
        let wanted = map(&[
            ("ContentBasedDeduplication", "true"),
            ("DeduplicationScope", "messageGroup"),
            ("DelaySeconds", "900"),
            ("FifoQueue", "true"),
            ("FifoThroughputLimit", "perMessageGroupId"),
            ("MaximumMessageSize", "1024"),
            ("MessageRetentionPeriod", "60"),
            ("Policy", "{}"),
            ("ReceiveMessageWaitTimeSeconds", "20"),
            ("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#),
            (
                "RedrivePolicy",
                r#"{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:d.fifo","maxReceiveCount":3}"#,
            ),
            ("SqsManagedSseEnabled", "false"),
            ("VisibilityTimeout", "43200"),
        ]);
        settings.set(&wanted).unwrap();
        let mut listed = BTreeMap::new();
        settings.list(&mut listed);
        assert_eq!(listed, wanted);
        assert_eq!(settings.differs(&wanted).unwrap(), None);
        assert_eq!(settings.differs(&map(&[("DelaySeconds", "1")])).unwrap(), Some("DelaySeconds"));
        settings.set(&map(&[("Policy", ""), ("RedrivePolicy", ""), ("RedriveAllowPolicy", "")])).unwrap();
        assert_eq!((settings.policy, settings.redrive, settings.redrive_allow), (None, None, None));
    }

    #[test]
    fn what_is_out_of_range_changes_nothing() {
        let refused = |fifo: bool, name: &str, value: &str| {
            let mut settings = Settings::new(fifo);
            let error = settings.set(&map(&[(name, value)])).unwrap_err();
            assert_eq!(settings, Settings::new(fifo));
            error.to_string()
        };
        assert_eq!(refused(false, "DelaySeconds", "901"), "Invalid value for the parameter DelaySeconds.");
        for (name, value) in [
            ("DelaySeconds", "-1"),
            ("DelaySeconds", "x"),
            ("MaximumMessageSize", "1023"),
            ("MaximumMessageSize", "1048577"),
            ("MessageRetentionPeriod", "59"),
            ("MessageRetentionPeriod", "1209601"),
            ("ReceiveMessageWaitTimeSeconds", "21"),
            ("VisibilityTimeout", "43201"),
            ("SqsManagedSseEnabled", "yes"),
        ] {
            assert_eq!(refused(false, name, value), format!("Invalid value for the parameter {name}."));
        }
        assert_eq!(refused(false, "FifoQueue", "true"), "Unknown Attribute FifoQueue.");
        assert_eq!(refused(false, "QueueArn", "x"), "Unknown Attribute QueueArn.");
        assert_eq!(
            refused(false, "DeduplicationScope", "queue"),
            "You can specify the DeduplicationScope only when FifoQueue is set to true."
        );
        assert_eq!(
            refused(true, "FifoQueue", "false"),
            "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."
        );
        assert_eq!(
            refused(true, "DeduplicationScope", "x"),
            "Invalid value for the parameter DeduplicationScope."
        );
        refused(true, "FifoThroughputLimit", "perMessageGroupId");
        for (name, value) in
            [("KmsDataKeyReusePeriodSeconds", "59"), ("KmsDataKeyReusePeriodSeconds", "86401")]
        {
            assert_eq!(refused(false, name, value), format!("Invalid value for the parameter {name}."));
        }
    }

    #[test]
    fn there_is_one_encryption_at_a_time() {
        let listed = |settings: &Settings| {
            let mut all = BTreeMap::new();
            settings.list(&mut all);
            all.retain(|name, _| name.contains("Kms") || name.contains("Sse"));
            all
        };
        let managed = map(&[("SqsManagedSseEnabled", "true")]);
        let kms = map(&[
            ("KmsDataKeyReusePeriodSeconds", "60"),
            ("KmsMasterKeyId", "k"),
            ("SqsManagedSseEnabled", "false"),
        ]);
        let mut settings = Settings::new(false);
        settings.set(&map(&[("KmsMasterKeyId", "k"), ("KmsDataKeyReusePeriodSeconds", "60")])).unwrap();
        assert_eq!(listed(&settings), kms);
        assert_eq!(settings.differs(&kms).unwrap(), None);
        let both = map(&[("KmsMasterKeyId", "k"), ("SqsManagedSseEnabled", "true")]);
        assert_eq!(settings.set(&both), Err(Refused::OneEncryption));
        assert_eq!(listed(&settings), kms);
        settings.set(&managed).unwrap();
        assert_eq!(listed(&settings), managed);
        settings.set(&kms).unwrap();
        settings.set(&map(&[("KmsMasterKeyId", "")])).unwrap();
        assert_eq!(listed(&settings), map(&[("SqsManagedSseEnabled", "false")]));
    }
}
