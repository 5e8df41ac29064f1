//! Notification configurations: what is valid, what overlaps, which events they want.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html>

use floor::Arn;
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault};

use crate::{event::EventName, fault::invalid_argument, limits::KEY_BYTES_MAX};

/// One configuration: these events, of these keys, to this destination.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notification {
    /// Its name in events.
    pub id: String,
    /// Where to.
    pub destination: Destination,
    /// Event types, some of them ending in `*`.
    pub events: Vec<String>,
    /// Conditions on keys, in the order in which they were given.
    pub rules: Vec<(Side, String)>,
}

/// Where events go.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Destination {
    /// A queue's ARN.
    Queue(String),
    /// A topic's ARN.
    Topic(String),
}

/// Which end of a key a rule is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Side {
    /// Its beginning.
    Prefix,
    /// Its end.
    Suffix,
}

impl Side {
    /// As answers spell it; requests may use any case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prefix => "Prefix",
            Self::Suffix => "Suffix",
        }
    }

    /// From a request.
    pub fn parse(name: &str) -> Answer<Self> {
        [Self::Prefix, Self::Suffix].into_iter().find(|s| s.name().eq_ignore_ascii_case(name)).ok_or_else(
            || invalid_argument("filter rule name must be either prefix or suffix", "FilterRule.Name", name),
        )
    }
}

impl Destination {
    /// The ARN.
    pub fn arn(&self) -> &str {
        match self {
            Self::Queue(arn) | Self::Topic(arn) => arn,
        }
    }

    /// Whether it keeps an order, which S3 does not offer.
    pub fn is_fifo(&self) -> bool {
        self.arn().rsplit('.').next() == Some("fifo")
    }

    fn check(&self, region: &str) -> Answer<()> {
        let (is_one, member): (fn(&Arn) -> bool, _) = match self {
            Self::Queue(_) => (Arn::is_queue, "Queue"),
            Self::Topic(_) => (Arn::is_topic, "Topic"),
        };
        let arn = Arn::parse(self.arn()).filter(is_one);
        let Some(arn) = arn else {
            return Err(invalid_argument("The ARN could not be parsed", member, self.arn()));
        };
        if arn.region() != region {
            return Err(invalid_argument(
                "The notification destination service region is not valid for the bucket location constraint",
                member,
                self.arn(),
            ));
        }
        Ok(())
    }
}

/// The event types that may be asked for. Some never happen here yet; AWS lists them all the same.
const EVENTS: [&str; 27] = [
    "s3:ReducedRedundancyLostObject",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:LifecycleTransition",
    "s3:IntelligentTiering",
    "s3:ObjectAcl:Put",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put",
    "s3:ObjectTagging:Delete",
];

impl Notification {
    /// Whether it wants to hear of this.
    pub fn wants(&self, event: EventName, key: &str) -> bool {
        let name = event.name();
        self.events.iter().any(|e| covers(e, name))
            && self.rules.iter().all(|(side, value)| match side {
                Side::Prefix => key.starts_with(value.as_str()),
                Side::Suffix => key.ends_with(value.as_str()),
            })
    }

    fn side(&self, side: Side) -> &str {
        self.rules.iter().find(|(s, _)| *s == side).map_or("", |(_, value)| value)
    }

    /// What stands in it by itself, for a bucket in `region`.
    fn check(&self, region: &str) -> Answer<()> {
        if self.events.is_empty() {
            return Err(crate::fault::malformed_xml());
        }
        for event in &self.events {
            if !EVENTS.contains(&event.as_str()) {
                let message = "A specified event is not supported for notifications.";
                return Err(invalid_argument(message, "Event", event));
            }
        }
        for (side, message) in [
            (Side::Prefix, "Cannot specify more than one prefix rule in a filter."),
            (Side::Suffix, "Cannot specify more than one suffix rule in a filter."),
        ] {
            if self.rules.iter().filter(|(s, _)| *s == side).count() > 1 {
                return Err(invalid_argument(message, "FilterRule.Name", side.name().to_ascii_lowercase()));
            }
        }
        if let Some((_, value)) = self.rules.iter().find(|(_, value)| value.len() > KEY_BYTES_MAX) {
            let message = "Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation";
            return Err(invalid_argument(message, "FilterRule.Value", value));
        }
        self.destination.check(region)
    }

    /// Why an event could go to both, if one could.
    fn overlap(&self, other: &Self) -> Option<Fault> {
        let shared = self.events.iter().any(|a| other.events.iter().any(|b| covers(a, b) || covers(b, a)));
        let (p, q) = (self.side(Side::Prefix), other.side(Side::Prefix));
        let (s, t) = (self.side(Side::Suffix), other.side(Side::Suffix));
        let keys = (p.starts_with(q) || q.starts_with(p)) && (s.ends_with(t) || t.ends_with(s));
        if !shared || !keys {
            return None;
        }
        let events = [self.events.join(", "), other.events.join(", ")].join(", ");
        Some(if self.rules.is_empty() && other.rules.is_empty() {
            let message =
                "Configurations overlap. Configurations on the same bucket cannot share a common event type.";
            invalid_argument(message, "Event", events)
        } else {
            let message = "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the \
                           prefixes are overlapping for the same event type.";
            invalid_argument(message, "Event", events)
        })
    }
}

/// Whether the type `wide`, which may end in `*`, takes in `event`.
fn covers(wide: &str, event: &str) -> bool {
    match wide.strip_suffix('*') {
        Some(start) => event.starts_with(start),
        None => wide == event,
    }
}

/// Whether all of them together may be a bucket's configuration; destinations are not asked.
pub fn check(all: &[Notification], region: &str) -> Answer<()> {
    for (i, one) in all.iter().enumerate() {
        one.check(region)?;
        if all[..i].iter().any(|earlier| earlier.id == one.id) {
            let message = "Same ID used for multiple configurations. IDs must be unique";
            return Err(invalid_argument(message, "Id", &one.id));
        }
    }
    for (i, one) in all.iter().enumerate() {
        if let Some(fault) = all[..i].iter().find_map(|earlier| earlier.overlap(one)) {
            return Err(fault);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";

    fn to_queue(id: &str, events: &[&str], rules: &[(Side, &str)]) -> Notification {
        Notification {
            id: id.into(),
            destination: Destination::Queue(QUEUE.into()),
            events: events.iter().map(|e| (*e).to_owned()).collect(),
            rules: rules.iter().map(|(s, v)| (*s, (*v).to_owned())).collect(),
        }
    }

    fn refused(all: &[Notification]) -> String {
        check(all, "us-east-1").unwrap_err().message().to_owned()
    }

    #[test]
    fn filters_choose_events_and_keys() {
        let jpgs = to_queue("1", &["s3:ObjectCreated:*"], &[(Side::Prefix, "in/"), (Side::Suffix, ".jpg")]);
        assert!(
            jpgs.wants(EventName::CreatedPut, "in/a.jpg") && jpgs.wants(EventName::CreatedCopy, "in/.jpg")
        );
        assert!(
            !jpgs.wants(EventName::CreatedPut, "in/a.png") && !jpgs.wants(EventName::CreatedPut, "out/a.jpg")
        );
        assert!(!jpgs.wants(EventName::Removed, "in/a.jpg"));
        let exact = to_queue("2", &["s3:ObjectRemoved:Delete"], &[]);
        assert!(exact.wants(EventName::Removed, "x") && !exact.wants(EventName::MarkerCreated, "x"));
    }

    #[test]
    fn overlaps_are_refused() {
        let created = to_queue("1", &["s3:ObjectCreated:*"], &[]);
        let put = to_queue("2", &["s3:ObjectCreated:Put"], &[]);
        let removed = to_queue("3", &["s3:ObjectRemoved:*"], &[]);
        assert!(check(&[created.clone(), removed], "us-east-1").is_ok());
        assert!(refused(&[created.clone(), put]).starts_with("Configurations overlap."));
        let images = to_queue("4", &["s3:ObjectCreated:Put"], &[(Side::Prefix, "images/")]);
        assert!(refused(&[created, images.clone()]).starts_with("Configuration is ambiguously defined."));
        let logs = to_queue("5", &["s3:ObjectCreated:*"], &[(Side::Prefix, "logs/")]);
        assert!(check(&[images.clone(), logs], "us-east-1").is_ok());
        let jpg =
            to_queue("6", &["s3:ObjectCreated:Put"], &[(Side::Prefix, "images"), (Side::Suffix, ".jpg")]);
        let png =
            to_queue("7", &["s3:ObjectCreated:Put"], &[(Side::Prefix, "images/"), (Side::Suffix, ".png")]);
        assert!(check(&[jpg.clone(), png], "us-east-1").is_ok());
        assert!(check(&[jpg, images], "us-east-1").is_err());
    }

    #[test]
    fn each_must_be_whole() {
        assert!(Side::parse("SUFFIX").is_ok());
        assert_eq!(
            Side::parse("x").unwrap_err().message(),
            "filter rule name must be either prefix or suffix"
        );
        let event = refused(&[to_queue("1", &["s3:ObjectCreated:Nope"], &[])]);
        assert_eq!(event, "A specified event is not supported for notifications.");
        let mut wrong = to_queue("1", &["s3:ObjectCreated:*"], &[]);
        wrong.destination = Destination::Queue("invalid-queue".into());
        let fault = check(&[wrong.clone()], "us-east-1").unwrap_err();
        assert_eq!(fault.message(), "The ARN could not be parsed");
        assert_eq!(
            fault.fields().collect::<Vec<_>>(),
            [("ArgumentName", "Queue"), ("ArgumentValue", "invalid-queue")]
        );
        wrong.destination = Destination::Topic(QUEUE.into());
        assert_eq!(refused(&[wrong]), "The ARN could not be parsed");
        let here = to_queue("1", &["s3:ObjectCreated:*"], &[]);
        assert!(check(&[here], "eu-west-1").unwrap_err().message().contains("region is not valid"));
        let twice = to_queue("1", &["s3:ObjectCreated:*"], &[(Side::Prefix, "a"), (Side::Prefix, "b")]);
        assert_eq!(refused(&[twice]), "Cannot specify more than one prefix rule in a filter.");
        let same = [to_queue("1", &["s3:ObjectCreated:*"], &[]), to_queue("1", &["s3:ObjectRemoved:*"], &[])];
        assert_eq!(refused(&same), "Same ID used for multiple configurations. IDs must be unique");
    }
}
