//! PutBucketReplication.

use std::collections::HashSet;

use api_s3::{
    Destination, PutBucketReplication, PutBucketReplicationRequest, ReplicationConfiguration,
    ReplicationRule, Tag,
};
use floor::{Admitted, Arn, Caller, Check, Cx, Entry, Get, Handle, Placement, Record as _, Target};
use wire::{Answer, Empty, Fault};

use crate::{
    S3,
    bucket::{InBucket, place, place_in, region_of},
    fault,
    records::Versioning,
    replicating::{self, Walk},
    replication::{self, Configuration, Filter, Rule},
    settings,
    tags::Tags,
    telling::as_bucket,
};

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html>
const RULES_MAX: usize = 1000;
const ID_CHARS_MAX: usize = 255;

impl Handle<PutBucketReplication> for S3 {
    type Loaded = InBucket;

    const ACTIONS: &'static [&'static str] = &["s3:PutReplicationConfiguration", "iam:PassRole"];

    fn place(&self, caller: &Caller, input: &PutBucketReplicationRequest) -> Answer<Placement> {
        place(caller, &input.bucket)
    }

    async fn resource<R: Get>(
        &self,
        _: &Caller,
        read: &R,
        input: &PutBucketReplicationRequest,
    ) -> Answer<Target<InBucket>> {
        let role = &input.replication_configuration.role;
        let owner = input.expected_bucket_owner.as_deref();
        self.in_bucket(read, &input.bucket, owner, |bucket| {
            let mut checks = vec![bucket.check("s3:PutReplicationConfiguration")];
            // What is no role is refused later, in words of its own.
            if let Some(account) = Arn::parse(role).and_then(|arn| arn.account().parse().ok()) {
                let passes = Check::new("iam:PassRole", role.as_str(), account);
                checks.push(passes.key("iam:PassedToService", "s3.amazonaws.com".to_owned()));
            }
            checks
        })
        .await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketReplication, Self>,
        input: PutBucketReplicationRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let names = (0..input.replication_configuration.rules.len()).map(|_| cx.uuid()).collect::<Vec<_>>();
        let asked = &read(&input.replication_configuration, names)?;
        if bucket.record.versioning != Versioning::Enabled {
            let message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration";
            return Err(fault::invalid_request(message));
        }
        for rule in &asked.rules {
            self.check_destination(cx, &input.bucket, rule).await?;
        }
        let (at, input) = (&at, &input);
        let (sender, region) = (&cx.sender(as_bucket(&bucket)), &cx.region().clone());
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(&input.bucket)?;
            settings::put(&tx, &input.bucket, &bucket.record, Some(asked));
            if asked.rules.iter().any(|r| r.is_enabled && r.existing == Some(true)) {
                let walk = Walk { bucket: bucket.name.clone(), id: bucket.record.id, after: String::new() };
                let lane = replicating::lane_of_walk(bucket);
                tx.outbox(Entry::step(lane, sender, region, replicating::EXISTING, walk.encode()));
            }
            Ok(Empty)
        });
        done.await
    }
}

impl S3 {
    async fn check_destination(&self, cx: &Cx, source: &str, rule: &Rule) -> Answer<()> {
        let name = rule.destination.name();
        if name == source {
            return Err(fault::invalid_request(
                "Destination bucket cannot be the same as the source bucket.",
            ));
        }
        let missing = || fault::invalid_request("Destination bucket must exist.");
        let region = region_of(cx, name).await?.ok_or_else(missing)?;
        let view = cx.view(&place_in(&region, name)).await?;
        let found = self.bucket(&view, name).await?.ok_or_else(missing)?;
        if found.record.versioning != Versioning::Enabled {
            return Err(fault::invalid_request("Destination bucket must have versioning enabled."));
        }
        match &rule.destination.account {
            Some(account) if *account != found.record.owner.as_str() => {
                let message = "Account ID must match the owner of the destination bucket.";
                Err(fault::invalid_argument(message, "Account", account))
            }
            _ => Ok(()),
        }
    }
}

fn is_on(status: &str) -> Answer<bool> {
    match status {
        "Enabled" => Ok(true),
        "Disabled" => Ok(false),
        _ => Err(fault::malformed_xml()),
    }
}

/// The configuration, where it is a good one. `names` are for rules that have none.
pub(crate) fn read(asked: &ReplicationConfiguration, names: Vec<String>) -> Answer<Configuration> {
    if asked.rules.is_empty() || asked.rules.len() > RULES_MAX {
        return Err(fault::malformed_xml());
    }
    let is_role = Arn::parse(&asked.role)
        .is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"));
    if !is_role {
        return Err(fault::invalid_argument("Invalid role ARN", "Role", &asked.role));
    }
    let rules =
        asked.rules.iter().zip(names).map(|(r, name)| read_rule(r, name)).collect::<Answer<Vec<_>>>()?;
    check_together(&rules)?;
    Ok(Configuration { role: asked.role.clone(), rules })
}

fn check_together(rules: &[Rule]) -> Answer<()> {
    let (mut ids, mut priorities) = (HashSet::new(), HashSet::new());
    let firsts = rules.iter().filter(|r| matches!(r.filter, Filter::First(_))).count();
    if firsts != 0 && firsts != rules.len() {
        return Err(fault::malformed_xml());
    }
    for rule in rules {
        if !ids.insert(&rule.id) {
            return Err(fault::invalid_argument("Rule ID must be unique", "ID", &rule.id));
        }
        if let Some(priority) = rule.priority
            && !priorities.insert(priority)
        {
            let message = format!("Found duplicate priorities: {priority}. Priorities must be unique.");
            return Err(fault::invalid_request(message));
        }
    }
    let overlaps = |a: &Rule, b: &Rule| match (&a.filter, &b.filter) {
        (Filter::First(p), Filter::First(q)) => p.starts_with(q.as_str()) || q.starts_with(p.as_str()),
        _ => false,
    };
    for (i, one) in rules.iter().enumerate() {
        if let Some(other) = rules[..i].iter().find(|other| overlaps(one, other)) {
            let (Filter::First(p), Filter::First(q)) = (&other.filter, &one.filter) else { continue };
            return Err(fault::invalid_request(format!("Found overlapping prefixes '{p}' and '{q}'")));
        }
    }
    Ok(())
}

fn read_rule(rule: &ReplicationRule, name: String) -> Answer<Rule> {
    let filter = read_filter(rule)?;
    let markers = rule.delete_marker_replication.as_ref();
    let markers = markers.map(|m| is_on(m.status.as_deref().unwrap_or_default())).transpose()?;
    if !matches!(filter, Filter::First(_)) {
        let needed = |what: &str| {
            fault::invalid_request(format!(
                "{what} must be specified for this version of Cross Region Replication configuration schema. Please \
                 refer to S3 Developer Guide for more information."
            ))
        };
        if markers.is_none() {
            return Err(needed("DeleteMarkerReplication"));
        }
        if rule.priority.is_none() {
            return Err(needed("Priority"));
        }
        if markers == Some(true) && filter.asks_tags() {
            return Err(fault::invalid_request(
                "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 \
                 Developer Guide for more information.",
            ));
        }
    }
    if rule.priority.is_some_and(|p| p < 0) {
        return Err(fault::malformed_xml());
    }
    let id = rule.id.clone().filter(|id| !id.is_empty()).unwrap_or(name);
    if id.chars().count() > ID_CHARS_MAX {
        return Err(fault::invalid_argument("ID length should not exceed allowed limit of 255", "ID", id));
    }
    let criteria = rule.source_selection_criteria.as_ref();
    let kms = criteria.and_then(|c| c.sse_kms_encrypted_objects.as_ref()).map(|k| is_on(&k.status));
    let modifications = criteria.and_then(|c| c.replica_modifications.as_ref()).map(|m| is_on(&m.status));
    let existing = rule.existing_object_replication.as_ref().map(|e| is_on(&e.status));
    let kms = kms.transpose()?;
    let destination = read_destination(&rule.destination)?;
    if (kms == Some(true)) != destination.kms_key.is_some() {
        let message = if kms == Some(true) {
            "EncryptionConfiguration must be specified if SseKmsEncryptedObjects tag is enabled."
        } else {
            "SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present."
        };
        return Err(fault::invalid_request(message));
    }
    Ok(Rule {
        id,
        priority: rule.priority,
        is_enabled: is_on(&rule.status)?,
        filter,
        markers,
        existing: existing.transpose()?,
        kms,
        modifications: modifications.transpose()?,
        destination,
    })
}

fn read_filter(rule: &ReplicationRule) -> Answer<Filter> {
    let pairs = |tags: &[Tag]| -> Tags { tags.iter().map(|t| (t.key.clone(), t.value.clone())).collect() };
    let Some(filter) = &rule.filter else {
        return rule.prefix.clone().map(Filter::First).ok_or_else(fault::malformed_xml);
    };
    if rule.prefix.is_some() {
        return Err(fault::malformed_xml());
    }
    match (&filter.prefix, &filter.tag, &filter.and) {
        (None, None, None) => Ok(Filter::All),
        (Some(prefix), None, None) => Ok(Filter::Prefix(prefix.clone())),
        (None, Some(tag), None) => Ok(Filter::Tag(tag.key.clone(), tag.value.clone())),
        (None, None, Some(and)) => {
            Ok(Filter::And(and.prefix.clone(), pairs(and.tags.as_deref().unwrap_or_default())))
        }
        _ => Err(fault::malformed_xml()),
    }
}

fn read_destination(to: &Destination) -> Answer<replication::Destination> {
    let arn = Arn::parse(&to.bucket).filter(|arn| arn.service() == "s3" && !arn.resource().contains('/'));
    let invalid = |message: &'static str, name, value: &str| -> Fault {
        fault::invalid_argument(message, name, value.to_owned())
    };
    arn.ok_or_else(|| invalid("Invalid bucket ARN", "Bucket", &to.bucket))?;
    let translates_owner = match &to.access_control_translation {
        None => false,
        Some(t) if t.owner != "Destination" => return Err(fault::malformed_xml()),
        Some(_) if to.account.is_none() => {
            let message = "Account must be specified when AccessControlTranslation is specified.";
            return Err(fault::invalid_request(message));
        }
        Some(_) => true,
    };
    let time: Option<Answer<_>> =
        to.replication_time.as_ref().map(|t| Ok((is_on(&t.status)?, t.time.minutes)));
    let metrics: Option<Answer<_>> = to
        .metrics
        .as_ref()
        .map(|m| Ok((is_on(&m.status)?, m.event_threshold.as_ref().and_then(|t| t.minutes))));
    let (time, metrics) = (time.transpose()?, metrics.transpose()?);
    let minutes = [time, metrics].into_iter().flatten().filter_map(|(_, minutes)| minutes);
    if minutes.into_iter().any(|minutes| minutes != 15) {
        return Err(fault::malformed_xml());
    }
    Ok(replication::Destination {
        bucket: to.bucket.clone(),
        account: to.account.clone(),
        storage_class: to.storage_class.clone(),
        translates_owner,
        kms_key: to.encryption_configuration.as_ref().and_then(|e| e.replica_kms_key_id.clone()),
        time,
        metrics,
    })
}
