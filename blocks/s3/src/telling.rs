//! Telling queues and topics what happened, in the transaction in which it happens.

use api_sns::{Publish, PublishInput};
use api_sqs::{SendMessage, SendMessageRequest};
use floor::{Arn, As, Cx, Entry, Lane, Region, Sender, Tx};

use crate::{
    S3,
    bucket::Bucket,
    event::{self, Occasion, Subject},
    notification::{Destination, Notification},
    replicating,
    settings::Of,
    version_id::Order,
};

/// How many orders of delivery a destination has: events of one key are always in the same one, and one key's
/// trouble does not hold up all others.
const LANES: u64 = 16;

/// What telling needs, made before the transaction; nothing where the bucket tells nobody. A request that was
/// admitted before the bucket told anybody tells nobody.
pub struct Teller {
    told: Option<(Sender, Occasion)>,
    /// Of a bucket that is replicated: who says so, and in which region.
    replicates: Option<(Sender, Region)>,
}

impl Teller {
    /// For a request about `bucket`.
    pub fn new(s3: &S3, cx: &Cx, bucket: &Bucket, now_ms: u64) -> Self {
        let sender = || cx.sender(as_bucket(bucket));
        let tells = !bucket.record.notifications.is_empty();
        let replicates = bucket.record.has(Of::Replication);
        Self {
            told: tells.then(|| (sender(), occasion(s3, cx, bucket, now_ms))),
            replicates: replicates.then(|| (sender(), cx.region().clone())),
        }
    }

    /// For what the service itself does with a bucket.
    pub fn of_itself(s3: &S3, cx: &Cx, bucket: &Bucket, region: &Region, now_ms: u64) -> Self {
        if bucket.record.notifications.is_empty() {
            return Self { told: None, replicates: None };
        }
        let principal = <S3 as floor::Block>::PRINCIPAL.to_owned();
        let occasion = Occasion {
            region: region.as_str().to_owned(),
            principal_id: principal.clone(),
            source_ip: principal,
            ..occasion(s3, cx, bucket, now_ms)
        };
        Self { told: Some((cx.sender(as_bucket(bucket)), occasion)), replicates: None }
    }

    /// The same for what a replication does: it is not replicated again.
    #[must_use]
    pub fn of_replication(self) -> Self {
        Self { replicates: None, ..self }
    }

    /// Records the deliveries of one event, and its replication.
    pub fn tell(&self, tx: &Tx, bucket: &Bucket, subject: &Subject<'_>) {
        if let Some((sender, region)) = &self.replicates
            && let Some(entry) = replicating::entry(bucket, subject, sender, region)
        {
            tx.outbox(entry);
        }
        let Some((sender, occasion)) = &self.told else { return };
        for notification in bucket.record.notifications.iter().filter(|n| n.wants(subject.name, subject.key))
        {
            let message = event::message(occasion, &notification.id, subject);
            if let Some(entry) = entry(notification, subject.key, sender, message) {
                tx.outbox(entry);
            }
        }
    }
}

impl Teller {
    /// Has the replicas of a version follow where what is said of it has changed without an event.
    pub fn amended(&self, tx: &Tx, bucket: &Bucket, key: &str, order: Order) {
        if let Some((sender, region)) = &self.replicates {
            tx.outbox(replicating::entry_of_change(bucket, key, order, sender, region));
        }
    }
}

/// The bucket's own identity towards its destinations.
pub fn as_bucket(bucket: &Bucket) -> As {
    As::Service { source_arn: bucket.arn.clone(), source_account: bucket.record.owner }
}

/// What events say of this request.
pub fn occasion(s3: &S3, cx: &Cx, bucket: &Bucket, now_ms: u64) -> Occasion {
    Occasion {
        at_ms: now_ms,
        region: cx.region().as_str().to_owned(),
        bucket: bucket.name.clone(),
        owner: bucket.record.owner,
        principal_id: event::principal_id(&cx.caller.who),
        source_ip: cx.caller.origin.source_ip.clone(),
        request_id: cx.request_id().to_owned(),
        host_id: s3.host_id(cx.env()),
    }
}

fn entry(notification: &Notification, key: &str, sender: &Sender, message: String) -> Option<Entry> {
    let arn = notification.destination.arn();
    let region = Arn::parse(arn)?.region().parse::<Region>().ok()?;
    let lane = Lane::new(arn, &format!("s3-{}", lane_of(key)));
    Some(match &notification.destination {
        Destination::Queue(arn) => {
            Entry::call::<SendMessage>(lane, sender, &region, &to_queue(arn, message)?)
        }
        Destination::Topic(arn) => Entry::call::<Publish>(lane, sender, &region, &to_topic(arn, message)),
    })
}

/// Which of the orders a key belongs to. FNV-1a: entries of a former process wait in the lanes that it chose.
pub fn lane_of(key: &str) -> u64 {
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) % LANES
}

/// A message for a queue.
pub fn to_queue(arn: &str, message: String) -> Option<SendMessageRequest> {
    let arn = Arn::parse(arn)?;
    Some(SendMessageRequest {
        queue_url: format!("https://sqs.{}.amazonaws.com/{}/{}", arn.region(), arn.account(), arn.resource()),
        message_body: message,
        ..SendMessageRequest::default()
    })
}

/// A message for a topic.
pub fn to_topic(arn: &str, message: String) -> PublishInput {
    PublishInput {
        topic_arn: Some(arn.to_owned()),
        subject: Some("Amazon S3 Notification".to_owned()),
        message,
        ..PublishInput::default()
    }
}
