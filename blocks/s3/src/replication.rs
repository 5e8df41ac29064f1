//! Configurations of replication: which rules a bucket has, and which of them an object falls under.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html>

use floor::{Get, Record as _, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    bucket::Bucket,
    more::Replication,
    records::{self, Object, Sealing, Versioning},
    settings::{Of, Setting},
    tags::Tags,
};

/// `ReplicationConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Configuration {
    /// The ARN of the role that reads and writes.
    pub role: String,
    /// The rules, as they were given.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Of several rules with one destination the one with the highest counts. Rules of the first version have none.
    pub priority: Option<i32>,
    /// Whether it is followed.
    pub is_enabled: bool,
    /// Which objects.
    pub filter: Filter,
    /// `DeleteMarkerReplication`; rules of the first version have none.
    pub markers: Option<bool>,
    /// `ExistingObjectReplication`.
    pub existing: Option<bool>,
    /// `SseKmsEncryptedObjects`.
    pub kms: Option<bool>,
    /// `ReplicaModifications`.
    pub modifications: Option<bool>,
    /// Where to.
    pub destination: Destination,
}

/// Which objects a rule is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Filter {
    /// A rule of the first version: a prefix beside the rule's other members.
    First(String),
    /// `Filter` with nothing in it: all.
    All,
    /// `Filter` with a prefix.
    Prefix(String),
    /// `Filter` with a tag.
    Tag(String, String),
    /// `Filter` with `And`.
    And(Option<String>, Tags),
}

/// Where replicas go, and what they become.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Destination {
    /// The bucket's ARN.
    pub bucket: String,
    /// Its owner, where that is named.
    pub account: Option<String>,
    /// The storage class of replicas.
    pub storage_class: Option<String>,
    /// Whether replicas belong to the destination's owner.
    pub translates_owner: bool,
    /// The key of KMS for replicas of what is encrypted with one.
    pub kms_key: Option<String>,
    /// `ReplicationTime`: whether it is on, and its minutes.
    pub time: Option<(bool, Option<i32>)>,
    /// `Metrics`: whether they are on, and the minutes of their threshold.
    pub metrics: Option<(bool, Option<i32>)>,
}

first_format!(Configuration);

impl Setting for Configuration {
    const OF: Of = Of::Replication;
}

impl Filter {
    /// Whether an object of this key with these tags is meant.
    pub fn takes(&self, key: &str, tags: &Tags) -> bool {
        let has = |wanted: &(String, String)| tags.contains(wanted);
        match self {
            Self::All => true,
            Self::First(prefix) | Self::Prefix(prefix) => key.starts_with(prefix.as_str()),
            Self::Tag(name, value) => tags.iter().any(|(n, v)| n == name && v == value),
            Self::And(prefix, wanted) => {
                prefix.as_ref().is_none_or(|p| key.starts_with(p.as_str())) && wanted.iter().all(has)
            }
        }
    }

    /// Whether it asks for tags.
    pub fn asks_tags(&self) -> bool {
        match self {
            Self::Tag(..) => true,
            Self::And(_, tags) => !tags.is_empty(),
            _ => false,
        }
    }
}

impl Destination {
    /// The bucket's name.
    pub fn name(&self) -> &str {
        self.bucket.rsplit(':').next().unwrap_or_default()
    }

    /// Whether `ReplicationTime` is on.
    pub fn is_timed(&self) -> bool {
        self.time.is_some_and(|(is_on, _)| is_on)
    }

    /// Whether failures are told: with `Metrics`, or `ReplicationTime`.
    pub fn is_watched(&self) -> bool {
        self.is_timed() || self.metrics.is_some_and(|(is_on, _)| is_on)
    }
}

impl Rule {
    /// Whether deletions without a version go on to the destination. In the first version they do.
    pub fn takes_markers(&self) -> bool {
        match self.filter {
            Filter::First(_) => true,
            _ => self.markers == Some(true),
        }
    }

    fn takes_sealing(&self, sealing: &Sealing) -> bool {
        match sealing {
            Sealing::Bucket => true,
            Sealing::Kms(_) => self.kms == Some(true),
            // The key is the customer's; nobody else can read the bytes.
            Sealing::Customer(_) => false,
        }
    }
}

impl Configuration {
    /// The rules that an object falls under: of each destination the one with the highest priority.
    pub fn rules_of(&self, key: &str, object: &Object) -> Vec<&Rule> {
        let takes = |r: &&Rule| r.filter.takes(key, &object.about.tags) && r.takes_sealing(&object.sealing);
        self.foremost(takes)
    }

    /// The rules that a delete marker falls under: filters with tags never take one.
    pub fn rules_of_marker(&self, key: &str) -> Vec<&Rule> {
        let found = self.foremost(|r| !r.filter.asks_tags() && r.filter.takes(key, &Tags::new()));
        found.into_iter().filter(|r| r.takes_markers()).collect()
    }

    fn foremost(&self, takes: impl Fn(&&Rule) -> bool) -> Vec<&Rule> {
        let mut all: Vec<&Rule> = Vec::new();
        for rule in self.rules.iter().filter(|r| r.is_enabled).filter(takes) {
            match all.iter_mut().find(|r| r.destination.bucket == rule.destination.bucket) {
                Some(other) if other.priority < rule.priority => *other = rule,
                Some(_) => {}
                None => all.push(rule),
            }
        }
        all
    }
}

/// Says of a new object that it waits for its replication, if it does. Replicas are not replicated again.
pub async fn mark<R: Get>(read: &R, bucket: &Bucket, key: &str, object: &mut Object) -> Answer<()> {
    let is_replica = object.more.as_ref().is_some_and(|more| more.replication == Some(Replication::Replica));
    if is_replica || !bucket.record.has(Of::Replication) || bucket.record.versioning != Versioning::Enabled {
        return Ok(());
    }
    let stored = read.get(&records::setting(bucket.record.id, Of::Replication)).await?;
    let Some(stored) = stored else { return Ok(()) };
    if !Configuration::decode(&stored)?.rules_of(key, object).is_empty() {
        object.more.get_or_insert_default().replication = Some(Replication::Pending);
    }
    Ok(())
}

impl Replication {
    /// As headers spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Replica => "REPLICA",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(bucket: &str, priority: i32, filter: Filter) -> Rule {
        Rule {
            id: format!("{priority}"),
            priority: Some(priority),
            is_enabled: true,
            filter,
            markers: Some(true),
            existing: None,
            kms: None,
            modifications: None,
            destination: Destination {
                bucket: format!("arn:aws:s3:::{bucket}"),
                account: None,
                storage_class: None,
                translates_owner: false,
                kms_key: None,
                time: None,
                metrics: None,
            },
        }
    }

    #[test]
    fn each_destination_follows_its_foremost_rule() {
        let prefix = |p: &str| Filter::Prefix(p.to_owned());
        let mut off = rule("a", 9, Filter::All);
        off.is_enabled = false;
        let mut keeps = rule("a", 5, prefix("logs/"));
        keeps.markers = Some(false);
        let rules = vec![off, rule("a", 1, Filter::All), keeps, rule("b", 2, prefix("x"))];
        let configuration = Configuration { role: String::new(), rules };
        let ids = |key: &str| -> Vec<_> {
            configuration.rules_of_marker(key).into_iter().map(|r| r.id.clone()).collect()
        };
        assert_eq!(ids("other"), ["1"]);
        assert_eq!(ids("x"), ["1", "2"]);
        assert!(ids("logs/1").is_empty(), "the rule that counts leaves markers out");
    }

    #[test]
    fn filters_choose() {
        let tags = vec![("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())];
        let and = |prefix: Option<&str>, n: usize| Filter::And(prefix.map(str::to_owned), tags[..n].to_vec());
        assert!(and(Some("k"), 2).takes("key", &tags) && !and(Some("x"), 2).takes("key", &tags));
        assert!(!and(None, 2).takes("key", &tags[..1].to_vec()));
        assert!(Filter::Tag("b".into(), "2".into()).takes("", &tags));
        assert!(!Filter::Tag("b".into(), "1".into()).takes("", &tags));
        assert!(and(None, 1).asks_tags() && !and(Some("k"), 0).asks_tags());
    }
}
