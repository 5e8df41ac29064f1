//! Lifecycle configurations: what is valid, and how they are kept and told.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html>

use api_s3::{BucketLifecycleConfiguration, LifecycleExpiration, LifecycleRule, LifecycleRuleFilter};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use floor::{Cx, Get, Placement, first_format};
use serde::{Deserialize, Serialize};
use wire::{Answer, Fault, Time};

use crate::{
    S3,
    bucket::Bucket,
    due::depth,
    fault::{self, invalid_argument, invalid_request},
    limits::{DAY_MS, KEY_BYTES_MAX, LIFECYCLE_RULES_MAX, NEWER_VERSIONS_MAX, RULE_ID_CHARS_MAX},
    reading::InObject,
    records::Version,
    settings::{Of, Setting},
    tags::{self, Tagged, Tags},
    versions::Which,
};

/// `LifecycleConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lifecycle {
    /// `varies_by_storage_class`: small objects go into the archives, too.
    pub minimum_varies: bool,
    /// The rules, in the order in which they were given.
    pub rules: Vec<Rule>,
}

first_format!(Lifecycle);

impl Setting for Lifecycle {
    const OF: Of = Of::Lifecycle;
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Whether it is followed.
    pub is_enabled: bool,
    /// Which objects it is about.
    pub scope: Scope,
    /// What becomes of the latest versions.
    pub expiration: Option<Expiration>,
    /// To which classes the latest versions go.
    pub transitions: Vec<Transition>,
    /// When older versions go.
    pub noncurrent: Option<Noncurrent>,
    /// To which classes older versions go.
    pub noncurrent_transitions: Vec<(Noncurrent, String)>,
    /// When uploads are given up, in days.
    pub abort_days: Option<u32>,
}

/// Which objects a rule is about, as it was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Scope {
    /// `Prefix` beside the rule's other members: the older dialect.
    Old(String),
    /// An empty `Filter`.
    All,
    /// `Filter.Prefix`.
    Prefix(String),
    /// `Filter.Tag`.
    Tag(String, String),
    /// `Filter.ObjectSizeGreaterThan`.
    Larger(u64),
    /// `Filter.ObjectSizeLessThan`.
    Smaller(u64),
    /// `Filter.And`.
    And {
        /// `Prefix`.
        prefix: Option<String>,
        /// `Tag`.
        tags: Tags,
        /// `ObjectSizeGreaterThan`.
        larger: Option<u64>,
        /// `ObjectSizeLessThan`.
        smaller: Option<u64>,
    },
}

/// A time, counted from a version's own or for all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum When {
    /// Days after the version was made.
    Days(u32),
    /// A midnight, in milliseconds since 1970.
    Date(u64),
}

/// `Expiration`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Expiration {
    /// The object goes, or is hidden.
    At(When),
    /// `ExpiredObjectDeleteMarker`: markers that hide nothing go, or not.
    Markers(bool),
}

/// `Transition`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Transition {
    /// When.
    pub when: When,
    /// Where to.
    pub class: String,
}

/// When something becomes of older versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Noncurrent {
    /// Days after another took their place.
    pub days: u32,
    /// How many of them stay all the same.
    pub newer: Option<u32>,
}

impl Scope {
    /// What keys begin with.
    pub fn prefix(&self) -> &str {
        match self {
            Self::Old(prefix) | Self::Prefix(prefix) => prefix,
            Self::And { prefix, .. } => prefix.as_deref().unwrap_or_default(),
            Self::All | Self::Tag(..) | Self::Larger(_) | Self::Smaller(_) => "",
        }
    }

    /// Whether it asks for tags.
    pub fn has_tags(&self) -> bool {
        matches!(self, Self::Tag(..)) || matches!(self, Self::And { tags, .. } if !tags.is_empty())
    }

    /// Whether it asks for sizes.
    pub fn has_size(&self) -> bool {
        match self {
            Self::Larger(_) | Self::Smaller(_) => true,
            Self::And { larger, smaller, .. } => larger.is_some() || smaller.is_some(),
            _ => false,
        }
    }

    /// Whether an object is in it.
    pub fn holds(&self, key: &str, size: u64, has: &Tags) -> bool {
        key.starts_with(self.prefix())
            && match self {
                Self::Tag(name, value) => has.iter().any(|(n, v)| n == name && v == value),
                Self::Larger(bound) => size > *bound,
                Self::Smaller(bound) => size < *bound,
                Self::And { tags, larger, smaller, .. } => {
                    tags.iter().all(|tag| has.contains(tag))
                        && larger.is_none_or(|bound| size > bound)
                        && smaller.is_none_or(|bound| size < bound)
                }
                _ => true,
            }
    }
}

/// Reads a configuration. `name` makes ids for rules that have none.
pub fn read(
    given: Option<&BucketLifecycleConfiguration>,
    minimum: Option<&str>,
    mut name: impl FnMut() -> [u8; 16],
) -> Answer<Lifecycle> {
    let given = given.ok_or_else(fault::malformed_xml)?;
    if given.rules.is_empty() || given.rules.len() > LIFECYCLE_RULES_MAX {
        return Err(fault::malformed_xml());
    }
    let rules: Answer<Vec<_>> = given.rules.iter().map(|one| rule(one, &mut name)).collect();
    let rules = rules?;
    for (i, rule) in rules.iter().enumerate() {
        if rules[..i].iter().any(|earlier| earlier.id == rule.id) {
            let message = "Rule ID must be unique. Found same ID for more than one rule";
            return Err(invalid_argument(message, "ID", &rule.id));
        }
    }
    Ok(Lifecycle { minimum_varies: minimum == Some(VARIES), rules })
}

const VARIES: &str = "varies_by_storage_class";
const ALL: &str = "all_storage_classes_128K";

impl Lifecycle {
    /// `TransitionDefaultMinimumObjectSize`.
    pub fn minimum(&self) -> String {
        if self.minimum_varies { VARIES } else { ALL }.to_owned()
    }

    /// The rules as GetBucketLifecycleConfiguration answers them.
    pub fn described(&self) -> Vec<LifecycleRule> {
        self.rules.iter().map(described).collect()
    }
}

fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::coded("InvalidArgument", 400, message)
}

fn rule(given: &LifecycleRule, name: &mut impl FnMut() -> [u8; 16]) -> Answer<Rule> {
    let id = match given.id.as_deref() {
        Some(id) if id.chars().count() > RULE_ID_CHARS_MAX => {
            return Err(invalid_argument("ID length should not exceed allowed limit of 255", "ID", id));
        }
        Some(id) if !id.is_empty() => id.to_owned(),
        _ => STANDARD.encode(hex::encode(name())),
    };
    let scope = scope(given)?;
    let rule = Rule {
        id,
        is_enabled: given.status == "Enabled",
        expiration: given.expiration.as_ref().map(expiration).transpose()?,
        transitions: transitions(given)?,
        noncurrent: match &given.noncurrent_version_expiration {
            None => None,
            Some(one) => Some(noncurrent(
                one.noncurrent_days,
                one.newer_noncurrent_versions,
                1,
                "NoncurrentVersionExpiration",
            )?),
        },
        noncurrent_transitions: noncurrent_transitions(given)?,
        abort_days: given.abort_incomplete_multipart_upload.as_ref().map(abort_days).transpose()?,
        scope,
    };
    check_together(&rule)?;
    Ok(rule)
}

fn scope(given: &LifecycleRule) -> Answer<Scope> {
    let scope = match (&given.prefix, &given.filter) {
        (Some(prefix), None) => Scope::Old(prefix.clone()),
        (None, Some(filter)) => filtered(filter)?,
        _ => return Err(fault::malformed_xml()),
    };
    if scope.prefix().len() > KEY_BYTES_MAX {
        return Err(invalid_argument("The maximum size of a prefix is 1024.", "prefix", scope.prefix()));
    }
    Ok(scope)
}

fn filtered(filter: &LifecycleRuleFilter) -> Answer<Scope> {
    let size = |bound: i64| u64::try_from(bound).map_err(|_| invalid("Object size must not be negative."));
    let LifecycleRuleFilter {
        prefix,
        tag,
        object_size_greater_than: larger,
        object_size_less_than: smaller,
        and,
    } = filter;
    match (prefix, tag, larger, smaller, and) {
        (None, None, None, None, None) => Ok(Scope::All),
        (Some(prefix), None, None, None, None) => Ok(Scope::Prefix(prefix.clone())),
        (None, Some(tag), None, None, None) => {
            tags::checked([(tag.key.clone(), tag.value.clone())], Tagged::Object)?;
            Ok(Scope::Tag(tag.key.clone(), tag.value.clone()))
        }
        (None, None, Some(bound), None, None) => size(*bound).map(Scope::Larger),
        (None, None, None, Some(bound), None) => size(*bound).map(Scope::Smaller),
        (None, None, None, None, Some(and)) => {
            let given: Vec<_> = and.tags.iter().flatten().map(|t| (t.key.clone(), t.value.clone())).collect();
            let keys: std::collections::BTreeSet<_> = given.iter().map(|(key, _)| key).collect();
            if keys.len() < given.len() {
                return Err(invalid_request("Duplicate Tag Keys are not allowed."));
            }
            let tags = tags::checked(given, Tagged::Object)?;
            let larger = and.object_size_greater_than.map(size).transpose()?;
            let smaller = and.object_size_less_than.map(size).transpose()?;
            let count = tags.len()
                + usize::from(and.prefix.is_some())
                + usize::from(larger.is_some())
                + usize::from(smaller.is_some());
            if count < 2 {
                return Err(fault::malformed_xml());
            }
            if larger.zip(smaller).is_some_and(|(larger, smaller)| smaller <= larger) {
                return Err(invalid_request(
                    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
                ));
            }
            Ok(Scope::And { prefix: and.prefix.clone(), tags, larger, smaller })
        }
        _ => Err(fault::malformed_xml()),
    }
}

fn expiration(given: &LifecycleExpiration) -> Answer<Expiration> {
    match (given.days, given.date, given.expired_object_delete_marker) {
        (Some(days), None, None) => {
            let days = positive(days, "'Days' for Expiration action must be a positive integer")?;
            Ok(Expiration::At(When::Days(days)))
        }
        (None, Some(date), None) => Ok(Expiration::At(When::Date(midnight(date)?))),
        (None, None, Some(markers)) => Ok(Expiration::Markers(markers)),
        _ => Err(fault::malformed_xml()),
    }
}

fn positive(number: i32, message: &'static str) -> Answer<u32> {
    u32::try_from(number).ok().filter(|number| *number > 0).ok_or_else(|| invalid(message))
}

fn midnight(date: Time) -> Answer<u64> {
    let ms = u64::try_from(date.millis()).ok().filter(|ms| ms % DAY_MS == 0);
    ms.ok_or_else(|| invalid("'Date' must be at midnight GMT"))
}

/// Days in STANDARD before a class can be gone to.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html>
fn days_min(class: &str) -> u32 {
    if matches!(class, "STANDARD_IA" | "ONEZONE_IA") { 30 } else { 0 }
}

fn transitions(given: &LifecycleRule) -> Answer<Vec<Transition>> {
    let mut all: Vec<Transition> = Vec::new();
    for one in given.transitions.iter().flatten() {
        let class = one.storage_class.clone().ok_or_else(fault::malformed_xml)?;
        let when = match (one.days, one.date) {
            (Some(days), None) => {
                let days = u32::try_from(days)
                    .map_err(|_| invalid("'Days' in Transition action must be nonnegative"))?;
                check_least("Days", "Transition", days, &class)?;
                When::Days(days)
            }
            (None, Some(date)) => When::Date(midnight(date)?),
            _ => return Err(fault::malformed_xml()),
        };
        check_new(all.iter().map(|t| t.class.as_str()), &class, "Transition")?;
        all.push(Transition { when, class });
    }
    let days = |t: &Transition| if let When::Days(days) = t.when { Some(days) } else { None };
    for (one, other) in pairs(&all) {
        let (shallow, deep) =
            if depth(Some(&one.class)) < depth(Some(&other.class)) { (one, other) } else { (other, one) };
        if let (Some(before), Some(after)) = (days(shallow), days(deep))
            && after < before + days_min(&shallow.class).max(1)
        {
            return Err(invalid(format!(
                "'Days' in the 'Transition' action for StorageClass '{}' must be {} days more than that for StorageClass \
                 '{}'",
                deep.class,
                days_min(&shallow.class).max(1),
                shallow.class
            )));
        }
    }
    Ok(all)
}

fn pairs<T>(all: &[T]) -> impl Iterator<Item = (&T, &T)> {
    all.iter().enumerate().flat_map(|(i, one)| all[..i].iter().map(move |other| (one, other)))
}

fn check_least(name: &str, action: &str, days: u32, class: &str) -> Answer<()> {
    let least = days_min(class);
    if days >= least {
        return Ok(());
    }
    Err(invalid(format!(
        "'{name}' in {action} action must be greater than or equal to {least} for storageClass '{class}'"
    )))
}

fn check_new<'a>(mut earlier: impl Iterator<Item = &'a str>, class: &str, action: &str) -> Answer<()> {
    if earlier.any(|one| one == class) {
        return Err(invalid_request(format!(
            "'StorageClass' must be different for '{action}' actions in same 'Rule'"
        )));
    }
    Ok(())
}

fn noncurrent(days: Option<i32>, newer: Option<i32>, least: i32, action: &str) -> Answer<Noncurrent> {
    let days = days.ok_or_else(fault::malformed_xml)?;
    if days < least {
        let kind = if least > 0 { "a positive" } else { "a nonnegative" };
        return Err(invalid(format!("'NoncurrentDays' for {action} action must be {kind} integer")));
    }
    if newer.is_some_and(|newer| !(1..=NEWER_VERSIONS_MAX).contains(&newer)) {
        return Err(invalid(format!(
            "'NewerNoncurrentVersions' for {action} action must be an integer between 1 and {NEWER_VERSIONS_MAX}"
        )));
    }
    Ok(Noncurrent { days: days as u32, newer: newer.map(|newer| newer as u32) })
}

fn noncurrent_transitions(given: &LifecycleRule) -> Answer<Vec<(Noncurrent, String)>> {
    const ACTION: &str = "NoncurrentVersionTransition";
    let mut all: Vec<(Noncurrent, String)> = Vec::new();
    for one in given.noncurrent_version_transitions.iter().flatten() {
        let class = one.storage_class.clone().ok_or_else(fault::malformed_xml)?;
        let when = noncurrent(one.noncurrent_days, one.newer_noncurrent_versions, 0, ACTION)?;
        check_least("NoncurrentDays", ACTION, when.days, &class)?;
        check_new(all.iter().map(|(_, class)| class.as_str()), &class, ACTION)?;
        all.push((when, class));
    }
    Ok(all)
}

fn abort_days(given: &api_s3::AbortIncompleteMultipartUpload) -> Answer<u32> {
    let days = given.days_after_initiation.ok_or_else(fault::malformed_xml)?;
    positive(
        days,
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    )
}

impl S3 {
    /// `x-amz-expiration` of a version that is the latest.
    pub async fn expiration<R: Get>(
        &self,
        read: &R,
        bucket: &Bucket,
        key: &str,
        version: &Version,
    ) -> Answer<Option<String>> {
        let (Some(lifecycle), Some(object)) =
            (self.setting::<Lifecycle, _>(read, bucket).await?, &version.object)
        else {
            return Ok(None);
        };
        Ok(lifecycle.expiration_header(key, version.modified_ms, object))
    }

    /// The same of what a read has found.
    pub async fn expiration_of(
        &self,
        cx: &Cx,
        place: &Placement,
        here: &InObject,
        key: &str,
    ) -> Answer<Option<String>> {
        match &here.found {
            Some(stored) if here.bucket.record.has(Of::Lifecycle) && here.which == Which::Latest => {
                self.expiration(&cx.view(place).await?, &here.bucket, key, &stored.version).await
            }
            _ => Ok(None),
        }
    }
}

/// What the actions of one rule must not be together.
fn check_together(rule: &Rule) -> Answer<()> {
    let has_any = rule.expiration.is_some()
        || !rule.transitions.is_empty()
        || rule.noncurrent.is_some()
        || !rule.noncurrent_transitions.is_empty()
        || rule.abort_days.is_some();
    if !has_any {
        return Err(invalid_request("At least one action needs to be specified in a rule"));
    }
    let prefix = rule.scope.prefix();
    if rule.abort_days.is_some() && rule.scope.has_tags() {
        return Err(invalid_request("AbortIncompleteMultipartUpload cannot be specified with Tags."));
    }
    if rule.abort_days.is_some() && rule.scope.has_size() {
        return Err(invalid_request("AbortIncompleteMultipartUpload cannot be specified with Object Size."));
    }
    if matches!(rule.expiration, Some(Expiration::Markers(_))) && rule.scope.has_tags() {
        return Err(invalid_request("ExpiredObjectDeleteMarker cannot be specified with Tags."));
    }
    if matches!(rule.expiration, Some(Expiration::Markers(_))) && rule.scope.has_size() {
        return Err(invalid_request("ExpiredObjectDeleteMarker cannot be specified with Object Size."));
    }
    let expires = match rule.expiration {
        Some(Expiration::At(when)) => Some(when),
        _ => None,
    };
    let mut times = rule.transitions.iter().map(|t| t.when).chain(expires);
    let first_is_date = times.next().map(|when| matches!(when, When::Date(_)));
    if first_is_date.is_some_and(|date| times.any(|when| matches!(when, When::Date(_)) != date)) {
        return Err(invalid_request(format!(
            "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter \
             '(prefix={prefix})'"
        )));
    }
    let is_late = |transition: &Transition| match (transition.when, expires) {
        (When::Days(moved), Some(When::Days(gone))) => gone <= moved,
        (When::Date(moved), Some(When::Date(gone))) => gone <= moved,
        _ => false,
    };
    if rule.transitions.iter().any(is_late) {
        let kind = if first_is_date == Some(true) { "Date" } else { "Days" };
        return Err(invalid(format!(
            "'{kind}' in the Expiration action for filter '(prefix={prefix})' must be greater than '{kind}' in the \
             Transition action"
        )));
    }
    let gone = rule.noncurrent.map(|n| n.days);
    if let Some(gone) = gone
        && rule.noncurrent_transitions.iter().any(|(moved, _)| gone <= moved.days)
    {
        return Err(invalid(format!(
            "'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '(prefix={prefix})' must be greater \
             than 'NoncurrentDays' in the NoncurrentVersionTransition action"
        )));
    }
    Ok(())
}

fn date(ms: u64) -> Time {
    Time::from_millis(ms as i64)
}

fn described(rule: &Rule) -> LifecycleRule {
    let expiration = rule.expiration.map(|expiration| match expiration {
        Expiration::At(When::Days(days)) => {
            LifecycleExpiration { days: Some(days as i32), ..LifecycleExpiration::default() }
        }
        Expiration::At(When::Date(ms)) => {
            LifecycleExpiration { date: Some(date(ms)), ..LifecycleExpiration::default() }
        }
        Expiration::Markers(markers) => LifecycleExpiration {
            expired_object_delete_marker: Some(markers),
            ..LifecycleExpiration::default()
        },
    });
    let transitions = rule.transitions.iter().map(|one| {
        let (days, date) = match one.when {
            When::Days(days) => (Some(days as i32), None),
            When::Date(ms) => (None, Some(date(ms))),
        };
        api_s3::Transition { days, date, storage_class: Some(one.class.clone()) }
    });
    let noncurrent =
        rule.noncurrent_transitions.iter().map(|(when, class)| api_s3::NoncurrentVersionTransition {
            noncurrent_days: Some(when.days as i32),
            storage_class: Some(class.clone()),
            newer_noncurrent_versions: when.newer.map(|newer| newer as i32),
        });
    let (prefix, filter) = told(&rule.scope);
    LifecycleRule {
        expiration,
        id: Some(rule.id.clone()),
        prefix,
        filter,
        status: if rule.is_enabled { "Enabled" } else { "Disabled" }.to_owned(),
        transitions: crate::contents::some(transitions.collect()),
        noncurrent_version_transitions: crate::contents::some(noncurrent.collect()),
        noncurrent_version_expiration: rule.noncurrent.map(|when| api_s3::NoncurrentVersionExpiration {
            noncurrent_days: Some(when.days as i32),
            newer_noncurrent_versions: when.newer.map(|newer| newer as i32),
        }),
        abort_incomplete_multipart_upload: rule
            .abort_days
            .map(|days| api_s3::AbortIncompleteMultipartUpload { days_after_initiation: Some(days as i32) }),
    }
}

fn told(scope: &Scope) -> (Option<String>, Option<LifecycleRuleFilter>) {
    let none = LifecycleRuleFilter::default();
    let tag = |(key, value): &(String, String)| api_s3::Tag { key: key.clone(), value: value.clone() };
    let filter = match scope {
        Scope::Old(prefix) => return (Some(prefix.clone()), None),
        Scope::All => none,
        Scope::Prefix(prefix) => LifecycleRuleFilter { prefix: Some(prefix.clone()), ..none },
        Scope::Tag(key, value) => {
            LifecycleRuleFilter { tag: Some(tag(&(key.clone(), value.clone()))), ..none }
        }
        Scope::Larger(bound) => LifecycleRuleFilter { object_size_greater_than: Some(*bound as i64), ..none },
        Scope::Smaller(bound) => LifecycleRuleFilter { object_size_less_than: Some(*bound as i64), ..none },
        Scope::And { prefix, tags, larger, smaller } => {
            let and = api_s3::LifecycleRuleAndOperator {
                prefix: prefix.clone(),
                tags: crate::contents::some(tags.iter().map(tag).collect()),
                object_size_greater_than: larger.map(|bound| bound as i64),
                object_size_less_than: smaller.map(|bound| bound as i64),
            };
            LifecycleRuleFilter { and: Some(and), ..none }
        }
    };
    (None, Some(filter))
}
