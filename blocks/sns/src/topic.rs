//! Topics: names, ARNs, attributes and what they default to.

use std::{collections::BTreeMap, sync::Arc};

use floor::{AccountId, Answer, Arn, Caller, Get, Placement, Record as _, Region, authorise};
use serde_json::json;

use crate::{
    archive,
    delivery_policy::{self, Effective},
    fault, feedback,
    limits::{
        self, LARGE_PROTOCOLS, MESSAGE_BYTES, POLICY_BYTES_MAX, POLICY_PRINCIPALS_MAX, POLICY_STATEMENTS_MAX,
    },
    records,
    records::Topic,
    signing::Version,
};

/// A topic's name, taken apart from its ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TopicName {
    pub(crate) region: Region,
    pub(crate) account: AccountId,
    pub(crate) name: String,
}

impl TopicName {
    /// Reads a topic's ARN that the parameter `parameter` gave.
    pub(crate) fn of_arn(text: &str, parameter: &str) -> Answer<Self> {
        let wrong = || {
            fault::invalid(format!(
                "{parameter} Reason: An ARN must have at least 6 elements, not {}",
                text.split(':').count()
            ))
        };
        let arn = Arn::parse(text).ok_or_else(wrong)?;
        let part = || fault::invalid(parameter);
        if arn.service() != "sns" || arn.resource().contains(':') {
            return Err(part());
        }
        let region = arn.region().parse().map_err(|_| part())?;
        let account = arn.account().parse().map_err(|_| part())?;
        Ok(Self { region, account, name: arn.resource().to_owned() })
    }

    /// Reads a subscription's ARN: its topic, and its own id.
    pub(crate) fn of_subscription(text: &str) -> Answer<(Self, String)> {
        let parts = text.split(':').count();
        if parts < 6 {
            let text = format!("SubscriptionArn Reason: An ARN must have at least 6 elements, not {parts}");
            return Err(fault::invalid(text));
        }
        let (topic, id) = text.rsplit_once(':').unwrap_or_default();
        if parts != 7 {
            return Err(fault::invalid("SubscriptionId"));
        }
        Ok((Self::of_arn(topic, "SubscriptionArn")?, id.to_owned()))
    }

    pub(crate) fn arn(&self) -> String {
        Arn::of("sns", &self.region, self.account, &self.name).to_string()
    }

    /// Where it lives. A topic of another region than the one asked is not found there.
    pub(crate) fn place(&self, caller: &Caller) -> Answer<Placement> {
        if self.region != caller.region {
            return Err(fault::invalid("TopicArn"));
        }
        Ok(self.place_anywhere())
    }

    /// Where it lives, for work that goes on after the request.
    pub(crate) fn place_anywhere(&self) -> Placement {
        Placement::of(&self.region, "topic", &format!("{}/{}", self.account, self.name))
    }

    pub(crate) fn key(&self) -> floor::Key {
        records::topic(self.account, &self.name)
    }

    pub(crate) async fn find<R: Get>(&self, read: &R) -> Answer<Option<Topic>> {
        read.load::<Topic>(&self.key()).await
    }

    pub(crate) async fn load<R: Get>(&self, read: &R) -> Answer<Topic> {
        self.find(read).await?.ok_or_else(fault::topic_missing)
    }

    /// The same, where it is asked for as something that has tags.
    pub(crate) async fn load_resource<R: Get>(&self, read: &R) -> Answer<Topic> {
        self.find(read).await?.ok_or_else(fault::resource_missing)
    }
}

/// "Topic names must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and
/// must be between 1 and 256 characters long. For a FIFO topic, the name must end with the .fifo suffix."
pub(crate) fn check_name(name: &str, fifo: bool) -> Answer<()> {
    let stem = if fifo { name.strip_suffix(".fifo") } else { Some(name) };
    let fits =
        |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    match stem {
        Some(stem) if fits(stem) && name.len() <= limits::TOPIC_NAME_CHARS_MAX => Ok(()),
        None => Err(fault::invalid("Topic Name Reason: FIFO topic name must end with .fifo")),
        Some(_) => Err(fault::invalid("Topic Name")),
    }
}

/// Attributes that may be set, at creation and after.
const SETTABLE: &[&str] = &[
    "DeliveryPolicy",
    "DisplayName",
    "Policy",
    "SignatureVersion",
    "TracingConfig",
    "ContentBasedDeduplication",
    "FifoThroughputScope",
    "KmsMasterKeyId",
];
/// Attributes of FIFO topics alone.
const FIFO_ONLY: [&str; 3] = ["ContentBasedDeduplication", "FifoThroughputScope", "ArchivePolicy"];

/// Judges a policy that a topic is to have.
pub(crate) fn check_policy(text: &str) -> Answer<()> {
    let bad = || fault::invalid("Policy Error: null");
    if text.len() > POLICY_BYTES_MAX {
        return Err(bad());
    }
    let policy = authorise::compiled(text).map_err(|_| bad())?;
    let statements = policy.statements();
    let principals = statements.iter().map(|one| one.principals().len()).sum::<usize>();
    if statements.len() > POLICY_STATEMENTS_MAX || principals > POLICY_PRINCIPALS_MAX {
        return Err(bad());
    }
    Ok(())
}

/// Whether `name` may have the value `value`.
pub(crate) fn check_attribute(name: &str, value: &str, fifo: bool) -> Answer<()> {
    let one_of = |words: &[&str]| {
        if words.contains(&value) {
            Ok(())
        } else {
            Err(fault::invalid(format!("Attributes Reason: {name}: Invalid value [{value}]")))
        }
    };
    match name {
        "Policy" | "DeliveryPolicy" if value.is_empty() => Ok(()),
        "Policy" => check_policy(value),
        "DisplayName" if value.chars().count() > 100 => Err(fault::invalid("Attributes Reason: DisplayName")),
        "DeliveryPolicy" => delivery_policy::topic_text(value).map(|_| ()),
        "SignatureVersion" => one_of(&["1", "2"]),
        "TracingConfig" => one_of(&["PassThrough", "Active"]),
        _ if FIFO_ONLY.contains(&name) && !fifo => {
            Err(fault::invalid(format!("Attributes Reason: Unknown attribute {name}")))
        }
        "ContentBasedDeduplication" => one_of(&["true", "false"]),
        "FifoThroughputScope" => one_of(&["Topic", "MessageGroup"]),
        _ if SETTABLE.contains(&name) => Ok(()),
        "ArchivePolicy" => archive::days(value).map(|_| ()),
        "MaximumMessageSize" if value.parse().is_ok_and(|bytes| MESSAGE_BYTES.contains(&bytes)) => Ok(()),
        "MaximumMessageSize" => {
            let (least, most) = (MESSAGE_BYTES.start(), MESSAGE_BYTES.end());
            Err(fault::invalid(format!(
                "MaximumMessageSize: Invalid value [{value}]. Must be an integer between {least} and {most}"
            )))
        }
        _ if feedback::is_of_topic(name) => {
            feedback::check(name, value).map_err(|why| fault::invalid(format!("{name}: {why}")))
        }
        _ => Err(fault::invalid("AttributeName")),
    }
}

fn large(how: &str) -> floor::Fault {
    fault::invalid(format!(
        "MaximumMessageSize Reason: A topic with a MaximumMessageSize above 262144 bytes {how}"
    ))
}

/// The policy that a topic has until another is set: its owner may do everything.
pub(crate) fn default_policy(arn: &str, owner: AccountId) -> String {
    let actions = [
        "SNS:GetTopicAttributes",
        "SNS:SetTopicAttributes",
        "SNS:AddPermission",
        "SNS:RemovePermission",
        "SNS:DeleteTopic",
        "SNS:Subscribe",
        "SNS:ListSubscriptionsByTopic",
        "SNS:Publish",
    ];
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Sid": "__default_statement_ID",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": actions,
            "Resource": arn,
            "Condition": {"StringEquals": {"AWS:SourceOwner": owner.as_str()}},
        }],
    })
    .to_string()
}

/// A value that was checked, as it is stored.
pub(crate) fn normal(name: &str, value: String) -> Answer<String> {
    if name == "DeliveryPolicy" && !value.is_empty() {
        return delivery_policy::topic_text(&value);
    }
    Ok(value)
}

/// What an operation that publishes has loaded.
pub(crate) trait OfTopic {
    /// The topic.
    fn topic(&self) -> Answer<&Topic>;
}

impl OfTopic for Topic {
    fn topic(&self) -> Answer<&Topic> {
        Ok(self)
    }
}

impl Topic {
    pub(crate) fn arn(&self, region: &Region) -> String {
        Arn::of("sns", region, self.account, &self.name).to_string()
    }

    /// Its policy, compiled.
    pub(crate) fn policy(&self, region: &Region) -> Answer<Option<Arc<policy::Policy>>> {
        let text = match self.attributes.get("Policy") {
            Some(text) => text.clone(),
            None => default_policy(&self.arn(region), self.account),
        };
        authorise::compiled(&text).map(Some)
    }

    pub(crate) fn policy_text(&self, region: &Region) -> String {
        self.attributes
            .get("Policy")
            .cloned()
            .unwrap_or_else(|| default_policy(&self.arn(region), self.account))
    }

    pub(crate) fn content_based_deduplication(&self) -> bool {
        self.attributes.get("ContentBasedDeduplication").is_some_and(|v| v == "true")
    }

    /// How large a message may be, with its attributes.
    pub(crate) fn message_bytes_max(&self) -> usize {
        let set = self.attributes.get("MaximumMessageSize").and_then(|text| text.parse().ok());
        set.unwrap_or(limits::MESSAGE_BYTES_DEFAULT)
    }

    /// Whether it takes messages that not every kind of subscriber does.
    pub(crate) fn is_large(&self) -> bool {
        self.message_bytes_max() > limits::MESSAGE_BYTES_DEFAULT
    }

    /// Whether the subscriptions that it has let it be a large one, and this one more where one is to come.
    pub(crate) async fn check_large<R: Get>(&self, read: &R, more: Option<&str>) -> Answer<()> {
        if !self.is_large() {
            return Ok(());
        }
        let all = records::subscriptions(&self.instance).all();
        let found = read.range(all, limits::LARGE_SUBSCRIPTIONS_MAX + 1).await?;
        if found.len() + usize::from(more.is_some()) > limits::LARGE_SUBSCRIPTIONS_MAX {
            return Err(large("must have 100 or fewer subscriptions"));
        }
        let fits = |protocol: &str| LARGE_PROTOCOLS.contains(&protocol);
        let mut protocols = more.into_iter().map(str::to_owned).collect::<Vec<_>>();
        for (_, stored) in &found {
            protocols.push(records::Subscription::decode(stored)?.protocol);
        }
        if protocols.iter().all(|protocol| fits(protocol)) {
            return Ok(());
        }
        Err(large("can only have Amazon SQS, Amazon Data Firehose and AWS Lambda subscriptions"))
    }

    /// What its messages are signed with.
    pub(crate) fn signature_version(&self) -> Version {
        if self.attributes.get("SignatureVersion").is_some_and(|v| v == "2") {
            Version::Two
        } else {
            Version::One
        }
    }

    pub(crate) fn deduplicates_by_group(&self) -> bool {
        self.attributes.get("FifoThroughputScope").is_some_and(|v| v == "MessageGroup")
    }

    /// What GetTopicAttributes answers, counters aside.
    pub(crate) fn described(&self, region: &Region) -> BTreeMap<String, String> {
        let mut all = self.attributes.clone();
        all.insert("TopicArn".into(), self.arn(region));
        all.insert("Owner".into(), self.account.to_string());
        all.insert("Policy".into(), self.policy_text(region));
        all.entry("DisplayName".into()).or_default();
        let delivery = Effective::of(self.attributes.get("DeliveryPolicy"), None);
        all.insert("EffectiveDeliveryPolicy".into(), delivery.of_topic_text());
        if self.fifo {
            all.insert("FifoTopic".into(), "true".into());
            all.entry("ContentBasedDeduplication".into()).or_insert_with(|| "false".into());
            all.entry("FifoThroughputScope".into()).or_insert_with(|| "Topic".into());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rule() {
        for (name, fifo, fits) in [
            ("a", false, true),
            ("A_b-9", false, true),
            ("a.fifo", true, true),
            ("", false, false),
            ("a.fifo", false, false),
            ("a", true, false),
            (".fifo", true, false),
            ("a b", false, false),
            (&"x".repeat(256), false, true),
            (&"x".repeat(257), false, false),
        ] {
            assert_eq!(check_name(name, fifo).is_ok(), fits, "{name}");
        }
    }

    #[test]
    fn arns_are_taken_apart() {
        let arn = "arn:aws:sns:us-east-1:000000000000:t";
        assert_eq!(TopicName::of_arn(arn, "TopicArn").unwrap().arn(), arn);
        let (topic, id) = TopicName::of_subscription(&format!("{arn}:1-2")).unwrap();
        assert_eq!((topic.arn().as_str(), id.as_str()), (arn, "1-2"));
        for wrong in ["", "t", "arn:aws:sqs:us-east-1:000000000000:t", "arn:aws:sns:us-east-1:1:t"] {
            assert!(TopicName::of_arn(wrong, "TopicArn").is_err(), "{wrong}");
        }
    }
}
