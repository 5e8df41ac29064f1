//! PutBucketNotificationConfiguration: every destination is tried before the configuration counts.

use api_s3::{PutBucketNotificationConfiguration, PutBucketNotificationConfigurationRequest};
use api_sns::Publish;
use api_sqs::SendMessage;
use floor::{Admitted, Arn, Cx, Handle, Region};
use wire::{Answer, Empty, Fault};

use crate::{
    S3,
    bucket::{Bucket, in_bucket},
    configuration, event,
    limits::NOTIFICATIONS_MAX,
    notification::{self, Destination},
    telling::{as_bucket, occasion, to_queue, to_topic},
};

impl Handle<PutBucketNotificationConfiguration> for S3 {
    in_bucket!(PutBucketNotificationConfigurationRequest, "s3:PutBucketNotification");

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PutBucketNotificationConfiguration, Self>,
        mut input: PutBucketNotificationConfigurationRequest,
    ) -> Answer<Empty> {
        let bucket = at.loaded.or_elsewhere(cx, &input.bucket).await?.clone();
        let asked = configuration::read(cx, std::mem::take(&mut input.notification_configuration))?;
        if asked.len() > NOTIFICATIONS_MAX {
            return Err(Fault::coded("TooManyConfigurations", 400, "Too many notification configurations."));
        }
        notification::check(&asked, cx.region().as_str())?;
        if input.skip_destination_validation != Some(true) {
            self.try_all(cx, &bucket, asked.iter().map(|n| &n.destination)).await?;
        }
        let asked = &asked;
        self.change(cx, &at, &input, &input.bucket, |bucket| bucket.notifications.clone_from(asked)).await
    }
}

impl S3 {
    /// Sends each destination a test event. Those that cannot be reached are named together.
    async fn try_all<'a>(
        &self,
        cx: &Cx,
        bucket: &Bucket,
        destinations: impl Iterator<Item = &'a Destination>,
    ) -> Answer<()> {
        let message = event::test_message(&occasion(self, cx, bucket, cx.now().0));
        let mut refused = Vec::new();
        let mut tried: Vec<&Destination> = Vec::new();
        for destination in destinations {
            if tried.contains(&destination) {
                continue;
            }
            tried.push(destination);
            if let Some(why) = try_one(cx, bucket, destination, &message).await? {
                refused.push((destination.arn(), why));
            }
        }
        if refused.is_empty() {
            return Ok(());
        }
        let mut fault = Fault::coded(
            "InvalidArgument",
            400,
            "Unable to validate the following destination configurations",
        );
        for (i, (arn, why)) in refused.into_iter().enumerate() {
            let number = i + 1;
            fault =
                fault.with(format!("ArgumentName{number}"), arn).with(format!("ArgumentValue{number}"), why);
        }
        Err(fault)
    }
}

/// Why a destination cannot be used, if it cannot.
async fn try_one(
    cx: &Cx,
    bucket: &Bucket,
    destination: &Destination,
    message: &str,
) -> Answer<Option<&'static str>> {
    let region = Arn::parse(destination.arn()).and_then(|arn| arn.region().parse::<Region>().ok());
    let region = region.unwrap_or_else(|| cx.region().clone());
    let as_ = as_bucket(bucket);
    let (outcome, missing, closed) = match destination {
        Destination::Queue(_) if destination.is_fifo() => {
            return Ok(Some("FIFO SQS queues are not supported."));
        }
        Destination::Topic(_) if destination.is_fifo() => {
            return Ok(Some("FIFO SNS topics are not supported."));
        }
        Destination::Queue(arn) => {
            let Some(input) = to_queue(arn, message.to_owned()) else { return Ok(Some(NO_QUEUE)) };
            (cx.call::<SendMessage>(as_, &region, input).await.map(|_| ()), NO_QUEUE, CLOSED_QUEUE)
        }
        Destination::Topic(arn) => {
            let input = to_topic(arn, message.to_owned());
            (cx.call::<Publish>(as_, &region, input).await.map(|_| ()), NO_TOPIC, CLOSED_TOPIC)
        }
    };
    match outcome {
        Ok(()) => Ok(None),
        Err(fault) if fault.status() >= 500 => Err(fault),
        Err(fault) if is_missing(&fault) => Ok(Some(missing)),
        Err(_) => Ok(Some(closed)),
    }
}

const NO_QUEUE: &str = "The destination queue does not exist";
const NO_TOPIC: &str = "The destination topic does not exist";
const CLOSED_QUEUE: &str =
    "Permissions on the destination queue do not allow S3 to publish notifications from this bucket";
const CLOSED_TOPIC: &str =
    "Permissions on the destination topic do not allow S3 to publish notifications from this bucket";

fn is_missing(fault: &Fault) -> bool {
    ["NonExistentQueue", "QueueDoesNotExist", "NotFound"].iter().any(|end| fault.code().ends_with(end))
}
