//! Event messages, as queues and topics receive them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>

use std::fmt::Write as _;

use auth::{AccountId, Identity, Kind};
use serde::Serialize;
use wire::{Time, schema::TimeFormat};

use crate::{bucket, etag::ETag, records::Version, version_id::Order};

/// What happened to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventName {
    /// PutObject.
    CreatedPut,
    /// An upload from a browser's form.
    CreatedPost,
    /// CopyObject.
    CreatedCopy,
    /// CompleteMultipartUpload.
    CreatedMultipart,
    /// A version, or the only one, is gone.
    Removed,
    /// A delete marker hides it.
    MarkerCreated,
    /// PutObjectTagging.
    TaggingPut,
    /// DeleteObjectTagging.
    TaggingDelete,
    /// A lifecycle rule has removed a version.
    Expired,
    /// A lifecycle rule has hidden an object.
    ExpiredMarker,
    /// A lifecycle rule has given an object another class.
    Transitioned,
    /// RestoreObject.
    RestorePost,
    /// The copy can be read.
    RestoreCompleted,
    /// The copy is gone.
    RestoreDeleted,
    /// PutObjectAcl.
    AclPut,
    /// A replication has failed.
    ReplicationFailed,
    /// A replication takes longer than it may.
    ReplicationLate,
    /// One that took longer has ended well.
    ReplicationDone,
}

impl EventName {
    /// As notification configurations spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::CreatedPut => "s3:ObjectCreated:Put",
            Self::CreatedPost => "s3:ObjectCreated:Post",
            Self::CreatedCopy => "s3:ObjectCreated:Copy",
            Self::CreatedMultipart => "s3:ObjectCreated:CompleteMultipartUpload",
            Self::Removed => "s3:ObjectRemoved:Delete",
            Self::MarkerCreated => "s3:ObjectRemoved:DeleteMarkerCreated",
            Self::TaggingPut => "s3:ObjectTagging:Put",
            Self::TaggingDelete => "s3:ObjectTagging:Delete",
            Self::Expired => "s3:LifecycleExpiration:Delete",
            Self::ExpiredMarker => "s3:LifecycleExpiration:DeleteMarkerCreated",
            Self::Transitioned => "s3:LifecycleTransition",
            Self::RestorePost => "s3:ObjectRestore:Post",
            Self::RestoreCompleted => "s3:ObjectRestore:Completed",
            Self::RestoreDeleted => "s3:ObjectRestore:Delete",
            Self::AclPut => "s3:ObjectAcl:Put",
            Self::ReplicationFailed => "s3:Replication:OperationFailedReplication",
            Self::ReplicationLate => "s3:Replication:OperationMissedThreshold",
            Self::ReplicationDone => "s3:Replication:OperationReplicatedAfterThreshold",
        }
    }
}

/// What is said of the object. Which of it AWS says depends on the event.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// What happened.
    pub name: EventName,
    /// The object's key.
    pub key: &'a str,
    /// In bytes.
    pub size: Option<u64>,
    /// Its tag; a delete marker has that of nothing.
    pub etag: Option<ETag>,
    /// Its version, where the bucket has versions.
    pub version_id: Option<String>,
    /// Its place among the events of its key; tagging has none.
    pub order: Option<Order>,
    /// What few events say.
    pub extra: Option<Extra>,
}

impl<'a> Subject<'a> {
    /// What most events say of a version.
    pub fn of(name: EventName, key: &'a str, version: &Version, bucket: &bucket::Bucket) -> Self {
        let object = version.object.as_ref();
        Self {
            name,
            key,
            size: object.map(|o| o.size),
            etag: object.map(|o| o.etag),
            version_id: version.new_id_in(bucket, key),
            order: Some(version.order),
            extra: None,
        }
    }
}

/// What few events say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Extra {
    /// `lifecycleEventData`: the class that an object has now.
    Transition(String),
    /// `replicationEventData`.
    Replication {
        /// The rule's name.
        rule: String,
        /// The ARN of the destination.
        destination: String,
        /// When the version was written, in milliseconds since 1970.
        requested_ms: u64,
        /// Why it failed.
        reason: Option<&'static str>,
    },
    /// `glacierEventData`: a copy out of an archive.
    Restored {
        /// Until when it is there, in milliseconds since 1970.
        until_ms: u64,
        /// Out of which class.
        class: String,
    },
}

/// What is said of the request and the bucket.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// The bucket's region.
    pub region: String,
    /// The bucket's name.
    pub bucket: String,
    /// Who owns it.
    pub owner: AccountId,
    /// Who did it.
    pub principal_id: String,
    /// From where.
    pub source_ip: String,
    /// The id of the request.
    pub request_id: String,
    /// The second id of the request.
    pub host_id: String,
}

#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "Records")]
    records: [Record<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    event_version: &'static str,
    event_source: &'static str,
    aws_region: &'a str,
    event_time: String,
    event_name: &'static str,
    user_identity: Principal<'a>,
    request_parameters: RequestParameters<'a>,
    response_elements: ResponseElements<'a>,
    s3: S3<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glacier_event_data: Option<Glacier<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifecycle_event_data: Option<Moved<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replication_event_data: Option<Replicated<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replicated<'a> {
    replication_rule: &'a str,
    destination_bucket: &'a str,
    s3_operation: &'static str,
    request_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_reason: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Glacier<'a> {
    restore_event_data: Restore<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Restore<'a> {
    lifecycle_restoration_expiry_time: String,
    lifecycle_restore_storage_class: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moved<'a> {
    transition_event_data: To<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct To<'a> {
    destination_storage_class: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Principal<'a> {
    principal_id: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
struct RequestParameters<'a> {
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: &'a str,
}

#[derive(Serialize)]
struct ResponseElements<'a> {
    #[serde(rename = "x-amz-request-id")]
    request_id: &'a str,
    #[serde(rename = "x-amz-id-2")]
    id_2: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct S3<'a> {
    #[serde(rename = "s3SchemaVersion")]
    schema_version: &'static str,
    configuration_id: &'a str,
    bucket: Bucket<'a>,
    object: Object,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bucket<'a> {
    name: &'a str,
    owner_identity: Principal<'a>,
    arn: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e_tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequencer: Option<String>,
}

/// The message for one destination.
pub fn message(occasion: &Occasion, configuration_id: &str, subject: &Subject<'_>) -> String {
    let (mut glacier_event_data, mut lifecycle_event_data, mut replication_event_data) = (None, None, None);
    match &subject.extra {
        None => {}
        Some(Extra::Replication { rule, destination, requested_ms, reason }) => {
            replication_event_data = Some(Replicated {
                replication_rule: rule,
                destination_bucket: destination,
                s3_operation: "OBJECT_PUT",
                request_time: iso(*requested_ms),
                failure_reason: *reason,
            });
        }
        Some(Extra::Transition(class)) => {
            let transition_event_data = To { destination_storage_class: class };
            lifecycle_event_data = Some(Moved { transition_event_data });
        }
        Some(Extra::Restored { until_ms, class }) => {
            let restore_event_data = Restore {
                lifecycle_restoration_expiry_time: iso(*until_ms),
                lifecycle_restore_storage_class: class,
            };
            glacier_event_data = Some(Glacier { restore_event_data });
        }
    }
    let record = Record {
        glacier_event_data,
        lifecycle_event_data,
        replication_event_data,
        event_version: "2.5",
        event_source: "aws:s3",
        aws_region: &occasion.region,
        event_time: iso(occasion.at_ms),
        event_name: subject.name.name().trim_start_matches("s3:"),
        user_identity: Principal { principal_id: occasion.principal_id.as_str().into() },
        request_parameters: RequestParameters { source_ip_address: &occasion.source_ip },
        response_elements: ResponseElements { request_id: &occasion.request_id, id_2: &occasion.host_id },
        s3: S3 {
            schema_version: "1.0",
            configuration_id,
            bucket: Bucket {
                name: &occasion.bucket,
                owner_identity: Principal { principal_id: customer_id(occasion.owner).into() },
                arn: format!("arn:aws:s3:::{}", occasion.bucket),
            },
            object: Object {
                key: url_encoded(subject.key),
                size: subject.size,
                e_tag: subject.etag.map(|e| e.to_string()),
                version_id: subject.version_id.clone(),
                sequencer: subject.order.map(Order::sequencer),
            },
        },
    };
    json(&Message { records: [record] })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Test<'a> {
    service: &'static str,
    event: &'static str,
    time: String,
    bucket: &'a str,
    request_id: &'a str,
    host_id: &'a str,
}

/// The message by which a new destination is tried.
pub fn test_message(occasion: &Occasion) -> String {
    json(&Test {
        service: "Amazon S3",
        event: "s3:TestEvent",
        time: iso(occasion.at_ms),
        bucket: &occasion.bucket,
        request_id: &occasion.request_id,
        host_id: &occasion.host_id,
    })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() // texts and numbers only: it cannot fail
}

fn iso(ms: u64) -> String {
    let mut text = String::with_capacity(24);
    Time::from_millis(ms as i64).write(TimeFormat::Iso, true, &mut text);
    text
}

/// The id of a customer, which is not the account's number: `A` and 13 further letters and digits.
fn customer_id(account: AccountId) -> String {
    let digits = account.canonical_id();
    let mut id = String::with_capacity(14);
    id.push('A');
    id.extend(digits.chars().take(13).map(|c| c.to_ascii_uppercase()));
    id
}

/// `userIdentity.principalId` of a caller.
pub fn principal_id(who: &Identity) -> String {
    match &who.kind {
        Kind::Root => customer_id(who.account),
        Kind::Service { principal, .. } => (*principal).to_owned(),
        Kind::Anonymous => "Anonymous".to_owned(),
        _ => format!("AWS:{}", who.user_id),
    }
}

/// A key as events carry it: `red flower.jpg` becomes `red+flower.jpg`; slashes stay.
fn url_encoded(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 8);
    for byte in key.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' | b'/' => {
                out.push(byte as char);
            }
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}"); // a String takes everything
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion() -> Occasion {
        Occasion {
            at_ms: 1_700_000_000_123,
            region: "eu-west-1".into(),
            bucket: "photos".into(),
            owner: AccountId::DEFAULT,
            principal_id: principal_id(&Identity::user(AccountId::DEFAULT, "/", "ann", "AIDAX")),
            source_ip: "127.0.0.1".into(),
            request_id: "REQ".into(),
            host_id: "HOST".into(),
        }
    }

    #[test]
    fn the_message_is_that_of_the_guide() {
        let subject = Subject {
            name: EventName::CreatedPut,
            key: "red flower/ü.jpg",
            size: Some(5),
            etag: Some(ETag { md5: [0; 16], parts: 2 }),
            version_id: None,
            order: Some(Order(255)),
            extra: None,
        };
        let expected = concat!(
            r#"{"Records":[{"eventVersion":"2.5","eventSource":"aws:s3","awsRegion":"eu-west-1","#,
            r#""eventTime":"2023-11-14T22:13:20.123Z","eventName":"ObjectCreated:Put","#,
            r#""userIdentity":{"principalId":"AWS:AIDAX"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},"#,
            r#""responseElements":{"x-amz-request-id":"REQ","x-amz-id-2":"HOST"},"s3":{"s3SchemaVersion":"1.0","#,
            r#""configurationId":"conf","bucket":{"name":"photos","ownerIdentity":{"principalId":"AB9891B1A4AF78"},"#,
            r#""arn":"arn:aws:s3:::photos"},"object":{"key":"red+flower/%C3%BC.jpg","size":5,"#,
            r#""eTag":"00000000000000000000000000000000-2","sequencer":"0000000000000000FF"}}}]}"#,
        );
        assert_eq!(message(&occasion(), "conf", &subject), expected);
        let marker =
            Subject { name: EventName::MarkerCreated, size: None, version_id: Some("v".into()), ..subject };
        let text = message(&occasion(), "conf", &marker);
        assert!(
            text.contains(r#""eTag":"00000000000000000000000000000000-2","versionId":"v","sequencer""#),
            "{text}"
        );
    }

    #[test]
    fn tries_are_announced() {
        let expected = concat!(
            r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2023-11-14T22:13:20.123Z","Bucket":"photos","#,
            r#""RequestId":"REQ","HostId":"HOST"}"#,
        );
        assert_eq!(test_message(&occasion()), expected);
    }
}
