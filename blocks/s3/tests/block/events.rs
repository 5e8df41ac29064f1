use api_s3::*;

use super::house::*;

const BUCKET_MAY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage",
    "Principal":{"Service":"s3.amazonaws.com"},"Resource":"*","Condition":{
    "ArnEquals":{"aws:SourceArn":"arn:aws:s3:::photos"},"StringEquals":{"aws:SourceAccount":"000000000000"}}}]}"#;

fn configuration(events: &[&str]) -> PutBucketNotificationConfigurationRequest {
    let queue = QueueConfiguration {
        id: Some("conf".into()),
        queue_arn: QUEUE_ARN.into(),
        events: events.iter().map(|e| (*e).to_owned()).collect(),
        filter: None,
    };
    PutBucketNotificationConfigurationRequest {
        bucket: "photos".into(),
        notification_configuration: NotificationConfiguration {
            queue_configurations: Some(vec![queue]),
            ..Default::default()
        },
        ..Default::default()
    }
}

#[tokio::test]
async fn a_destination_must_let_the_bucket_in() {
    let house = house(3);
    house.bucket("photos").await;
    let call = || house.call::<PutBucketNotificationConfiguration>(configuration(&["s3:ObjectCreated:*"]));
    let fault = call().await.unwrap_err();
    assert_eq!(fault.message(), "Unable to validate the following destination configurations");
    let fields: Vec<_> = fault.fields().collect();
    assert_eq!(fields[0], ("ArgumentName1", QUEUE_ARN));
    assert_eq!(
        fields[1].1,
        "Permissions on the destination queue do not allow S3 to publish notifications from this bucket"
    );
    let mut missing = configuration(&["s3:ObjectCreated:*"]);
    let queues = missing.notification_configuration.queue_configurations.as_mut().unwrap();
    queues[0].queue_arn = "arn:aws:sqs:us-east-1:000000000000:other".into();
    let fault = house.call::<PutBucketNotificationConfiguration>(missing).await.unwrap_err();
    assert_eq!(fault.fields().nth(1).unwrap().1, "The destination queue does not exist");
    *house.queue.policy.lock() = Some(BUCKET_MAY.into());
    call().await.unwrap();
    let heard = house.heard(1).await;
    assert_eq!((&heard[0]["Event"], &heard[0]["Bucket"]), (&"s3:TestEvent".into(), &"photos".into()));
    let input = GetBucketNotificationConfigurationRequest { bucket: "photos".into(), ..Default::default() };
    let found = house.call::<GetBucketNotificationConfiguration>(input).await.unwrap();
    assert_eq!(found.queue_configurations.unwrap()[0].id.as_deref(), Some("conf"));
}

#[tokio::test]
async fn what_happens_is_told_in_order() {
    for cells in CELLS {
        let house = house(cells);
        house.bucket("photos").await;
        *house.queue.policy.lock() = Some(BUCKET_MAY.into());
        let events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"];
        house.call::<PutBucketNotificationConfiguration>(configuration(&events)).await.unwrap();
        for round in 0..10 {
            house.put("photos", "a key", bytes(round, 10)).await;
            house.delete("photos", "a key", None).await;
        }
        house.delete("photos", "never there", None).await;
        house.version("photos", "Enabled").await;
        let put = house.put("photos", "a key", "x").await;
        house.delete("photos", "a key", None).await;
        house.delete("photos", "a key", put.version_id.as_deref()).await;
        let heard = house.heard(24).await;
        let told: Vec<_> = heard[1..].iter().map(|m| &m["Records"][0]).collect();
        let names: Vec<_> = told.iter().map(|r| r["eventName"].as_str().unwrap()).collect();
        let mut expected = ["ObjectCreated:Put", "ObjectRemoved:Delete"].repeat(10);
        expected.extend(["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated", "ObjectRemoved:Delete"]);
        assert_eq!(names, expected);
        let sequence: Vec<_> =
            told.iter().map(|r| r["s3"]["object"]["sequencer"].as_str().unwrap().to_owned()).collect();
        assert!(sequence.is_sorted_by(|a, b| a < b), "{sequence:?}");
        assert_eq!(told[0]["s3"]["object"]["key"], "a+key");
        assert_eq!(told[0]["s3"]["object"]["size"], 10);
        assert!(told[0]["s3"]["object"].get("versionId").is_none());
        assert_eq!(told[20]["s3"]["object"]["versionId"].as_str(), put.version_id.as_deref());
    }
}

#[tokio::test]
async fn what_failed_is_not_told() {
    let house = house(1);
    house.bucket("photos").await;
    *house.queue.policy.lock() = Some(BUCKET_MAY.into());
    house.call::<PutBucketNotificationConfiguration>(configuration(&["s3:ObjectCreated:*"])).await.unwrap();
    let refused = PutObjectRequest { if_match: Some("\"none\"".into()), ..put("photos", "k", "x") };
    assert_eq!(house.call::<PutObject>(refused).await.unwrap_err().code(), "NoSuchKey");
    house.put("photos", "other", "x").await;
    let heard = house.heard(2).await;
    assert_eq!(heard[1]["Records"][0]["s3"]["object"]["key"], "other");
}
