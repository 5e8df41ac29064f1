//! GetBucketReplication.

use api_s3::{
    AccessControlTranslation, DeleteMarkerReplication, Destination, EncryptionConfiguration,
    ExistingObjectReplication, GetBucketReplication, GetBucketReplicationOutput, GetBucketReplicationRequest,
    Metrics, ReplicaModifications, ReplicationConfiguration, ReplicationRule, ReplicationRuleAndOperator,
    ReplicationRuleFilter, ReplicationTime, ReplicationTimeValue, SourceSelectionCriteria,
    SseKmsEncryptedObjects, Tag,
};
use floor::{Admitted, Cx, Handle};
use wire::{Answer, Fault};

use crate::{
    S3,
    bucket::in_bucket,
    replication::{self, Configuration, Filter, Rule},
    tags::Tags,
};

impl Handle<GetBucketReplication> for S3 {
    in_bucket!(GetBucketReplicationRequest, "s3:GetReplicationConfiguration");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetBucketReplication, Self>,
        input: GetBucketReplicationRequest,
    ) -> Answer<GetBucketReplicationOutput> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?;
        let found = self.setting::<Configuration, _>(&cx.view(&at.place).await?, bucket).await?;
        let Some(found) = found else {
            let message = "The replication configuration was not found";
            let fault = Fault::coded("ReplicationConfigurationNotFoundError", 404, message);
            return Err(fault.with("BucketName", &input.bucket));
        };
        let rules = found.rules.iter().map(written).collect();
        let configuration = ReplicationConfiguration { role: found.role.clone(), rules };
        Ok(GetBucketReplicationOutput { replication_configuration: Some(configuration) })
    }
}

fn status(is_on: bool) -> String {
    if is_on { "Enabled" } else { "Disabled" }.to_owned()
}

fn written(rule: &Rule) -> ReplicationRule {
    let kms = rule.kms.map(|on| SseKmsEncryptedObjects { status: status(on) });
    let modifications = rule.modifications.map(|on| ReplicaModifications { status: status(on) });
    let criteria =
        SourceSelectionCriteria { sse_kms_encrypted_objects: kms, replica_modifications: modifications };
    let has_criteria = rule.kms.is_some() || rule.modifications.is_some();
    let (prefix, filter) = of_filter(&rule.filter);
    ReplicationRule {
        id: Some(rule.id.clone()),
        priority: rule.priority,
        prefix,
        filter,
        status: status(rule.is_enabled),
        source_selection_criteria: has_criteria.then_some(criteria),
        existing_object_replication: rule.existing.map(|on| ExistingObjectReplication { status: status(on) }),
        destination: of_destination(&rule.destination),
        delete_marker_replication: rule
            .markers
            .map(|on| DeleteMarkerReplication { status: Some(status(on)) }),
    }
}

fn of_filter(filter: &Filter) -> (Option<String>, Option<ReplicationRuleFilter>) {
    let tag = |key: &str, value: &str| Tag { key: key.to_owned(), value: value.to_owned() };
    let tags = |all: &Tags| all.iter().map(|(k, v)| tag(k, v)).collect();
    let empty = ReplicationRuleFilter::default;
    match filter {
        Filter::First(prefix) => (Some(prefix.clone()), None),
        Filter::All => (None, Some(empty())),
        Filter::Prefix(prefix) => {
            (None, Some(ReplicationRuleFilter { prefix: Some(prefix.clone()), ..empty() }))
        }
        Filter::Tag(key, value) => {
            (None, Some(ReplicationRuleFilter { tag: Some(tag(key, value)), ..empty() }))
        }
        Filter::And(prefix, all) => {
            let and = ReplicationRuleAndOperator { prefix: prefix.clone(), tags: Some(tags(all)) };
            (None, Some(ReplicationRuleFilter { and: Some(and), ..empty() }))
        }
    }
}

fn of_destination(to: &replication::Destination) -> Destination {
    let minutes = |m: Option<i32>| ReplicationTimeValue { minutes: m };
    Destination {
        bucket: to.bucket.clone(),
        account: to.account.clone(),
        storage_class: to.storage_class.clone(),
        access_control_translation: to
            .translates_owner
            .then(|| AccessControlTranslation { owner: "Destination".to_owned() }),
        encryption_configuration: to
            .kms_key
            .clone()
            .map(|key| EncryptionConfiguration { replica_kms_key_id: Some(key) }),
        replication_time: to
            .time
            .map(|(on, after)| ReplicationTime { status: status(on), time: minutes(after) }),
        metrics: to.metrics.map(|(on, after)| Metrics {
            status: status(on),
            event_threshold: after.map(|after| minutes(Some(after))),
        }),
    }
}
