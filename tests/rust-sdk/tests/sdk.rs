//! Whole ways through S3, SQS and SNS with AWS's SDK for Rust.

use aws_sdk_s3::{
    primitives::ByteStream,
    types::{
        ChecksumAlgorithm, ChecksumMode, CompletedMultipartUpload, CompletedPart, Delete, Event,
        NotificationConfiguration, ObjectIdentifier, QueueConfiguration, ServerSideEncryption,
    },
};
use aws_sdk_sns::types::PublishBatchRequestEntry;
use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, Message, MessageAttributeValue, QueueAttributeName,
    SendMessageBatchRequestEntry,
};
use rust_sdk_tests::{Way, name, s3, sns, sqs};

/// Bytes without a pattern, the same for the same seed.
fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    (0..len)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect()
}

async fn bucket() -> String {
    let bucket = name("bucket");
    s3(Way::Http).create_bucket().bucket(&bucket).send().await.expect("a bucket");
    bucket
}

/// (URL, ARN) of a queue that `service` may send to on behalf of `source`.
async fn queue_for(service: &str, source: &str) -> (String, String) {
    let client = sqs(Way::Http);
    let url = client
        .create_queue()
        .queue_name(name("queue"))
        .send()
        .await
        .expect("a queue")
        .queue_url
        .expect("its URL");
    let attributes =
        client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::QueueArn).send();
    let arn = attributes.await.expect("attributes").attributes.expect("some")[&QueueAttributeName::QueueArn]
        .clone();
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},
        "Action":"sqs:SendMessage","Resource":"{arn}","Condition":{{"ArnLike":{{"aws:SourceArn":"{source}"}}}}}}]}}"#
    );
    let set = client.set_queue_attributes().queue_url(&url).attributes(QueueAttributeName::Policy, policy);
    set.send().await.expect("the policy is accepted");
    (url, arn)
}

async fn receive(url: &str, wanted: usize) -> Vec<String> {
    let client = sqs(Way::Http);
    let mut bodies = Vec::new();
    while bodies.len() < wanted {
        let poll = client.receive_message().queue_url(url).max_number_of_messages(10).wait_time_seconds(20);
        let messages = poll.send().await.expect("a receive").messages.unwrap_or_default();
        assert!(!messages.is_empty(), "{} of {wanted} messages came", bodies.len());
        for message in messages {
            let handle = message.receipt_handle.expect("a handle");
            client.delete_message().queue_url(url).receipt_handle(handle).send().await.expect("a delete");
            bodies.push(message.body.expect("a body"));
        }
    }
    bodies.sort();
    bodies
}

async fn there_and_back(way: Way) {
    let (client, bucket, data) = (s3(way), bucket().await, noise(1, 300_001));
    let put = client.put_object().bucket(&bucket).key("a b/ü+").body(ByteStream::from(data.clone()));
    let put =
        put.content_type("image/png").metadata("from", "rust").checksum_algorithm(ChecksumAlgorithm::Sha256);
    let put = put.send().await.expect("a put");
    assert_eq!(put.server_side_encryption, Some(ServerSideEncryption::Aes256));
    assert!(put.checksum_sha256.is_some() && put.e_tag.is_some());
    let got = client.get_object().bucket(&bucket).key("a b/ü+").checksum_mode(ChecksumMode::Enabled).send();
    let got = got.await.expect("a get");
    assert_eq!(got.content_type(), Some("image/png"));
    assert_eq!(got.metadata().expect("metadata")["from"], "rust");
    assert_eq!(got.checksum_sha256, put.checksum_sha256);
    assert_eq!(got.body.collect().await.expect("the body").to_vec(), data);
    let part =
        client.get_object().bucket(&bucket).key("a b/ü+").range("bytes=10-19").send().await.expect("a range");
    assert_eq!(part.content_range(), Some("bytes 10-19/300001"));
    assert_eq!(part.body.collect().await.expect("the body").to_vec(), data[10..20]);
}

#[tokio::test]
async fn an_object_there_and_back_over_http() {
    there_and_back(Way::Http).await;
}

#[tokio::test]
async fn an_object_there_and_back_over_https() {
    there_and_back(Way::Https).await;
}

#[tokio::test]
async fn errors_have_their_types() {
    let (client, bucket) = (s3(Way::Http), bucket().await);
    let error =
        client.get_object().bucket(&bucket).key("none").send().await.expect_err("there is no such key");
    assert!(error.into_service_error().is_no_such_key());
    let error =
        client.head_object().bucket(&bucket).key("none").send().await.expect_err("there is no such key");
    assert!(error.into_service_error().is_not_found());
    let error = sqs(Way::Http)
        .get_queue_url()
        .queue_name("not-there")
        .send()
        .await
        .expect_err("there is no such queue");
    assert!(error.into_service_error().is_queue_does_not_exist());
    let publish = sns(Way::Http).publish().topic_arn("arn:aws:sns:us-east-1:000000000000:none").message("x");
    assert!(
        publish
            .send()
            .await
            .expect_err("there is no such topic")
            .into_service_error()
            .is_not_found_exception()
    );
}

#[tokio::test]
async fn an_upload_in_parts() {
    let (client, bucket) = (s3(Way::Http), bucket().await);
    let parts = [noise(1, 5 << 20), noise(2, 5 << 20), noise(3, 77)];
    let create = client
        .create_multipart_upload()
        .bucket(&bucket)
        .key("big")
        .checksum_algorithm(ChecksumAlgorithm::Crc32);
    let upload = create.send().await.expect("an upload");
    let id = upload.upload_id().expect("its id");
    let mut done = CompletedMultipartUpload::builder();
    for (number, part) in (1..).zip(&parts) {
        let sent = client.upload_part().bucket(&bucket).key("big").upload_id(id).part_number(number);
        let sent = sent.body(ByteStream::from(part.clone())).send().await.expect("a part");
        let part = CompletedPart::builder()
            .part_number(number)
            .set_e_tag(sent.e_tag)
            .set_checksum_crc32(sent.checksum_crc32);
        done = done.parts(part.build());
    }
    let complete = client.complete_multipart_upload().bucket(&bucket).key("big").upload_id(id);
    complete.multipart_upload(done.build()).send().await.expect("completed");
    let got = client.get_object().bucket(&bucket).key("big").send().await.expect("a get");
    assert_eq!(got.body.collect().await.expect("the body").to_vec(), parts.concat());
}

#[tokio::test]
async fn listing_in_pages_and_deleting_many() {
    let (client, bucket) = (s3(Way::Http), bucket().await);
    let keys: Vec<String> = (0..23).map(|number| format!("d/{number:03}")).collect();
    for key in &keys {
        client.put_object().bucket(&bucket).key(key).send().await.expect("a put");
    }
    let mut pages = client.list_objects_v2().bucket(&bucket).prefix("d/").max_keys(5).into_paginator().send();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        seen.extend(
            page.expect("a page").contents.unwrap_or_default().into_iter().filter_map(|entry| entry.key),
        );
    }
    assert_eq!(seen, keys);
    let objects =
        keys.iter().map(|key| ObjectIdentifier::builder().key(key).build().expect("an identifier")).collect();
    let delete = Delete::builder().set_objects(Some(objects)).build().expect("a delete");
    let deleted = client.delete_objects().bucket(&bucket).delete(delete).send().await.expect("deleted");
    assert_eq!(deleted.deleted().len(), 23);
    client.delete_bucket().bucket(&bucket).send().await.expect("the bucket is empty");
}

#[tokio::test]
async fn send_receive_delete() {
    let (url, _) = queue_for("s3.amazonaws.com", "*").await;
    for way in [Way::Http, Way::Https] {
        let client = sqs(way);
        let attribute =
            MessageAttributeValue::builder().data_type("Number").string_value("1").build().expect("a value");
        let send =
            client.send_message().queue_url(&url).message_body("héllo").message_attributes("a", attribute);
        let sent = send.send().await.expect("a send");
        let poll = client.receive_message().queue_url(&url).message_attribute_names("All").send();
        let message = poll.await.expect("a receive").messages.expect("a message").remove(0);
        assert_eq!((message.body(), message.message_id()), (Some("héllo"), sent.message_id()));
        assert_eq!(message.message_attributes().expect("attributes")["a"].string_value(), Some("1"));
        let handle = message.receipt_handle().expect("a handle");
        client.delete_message().queue_url(&url).receipt_handle(handle).send().await.expect("a delete");
    }
}

/// A queue in which order counts.
async fn ordered() -> String {
    let create = sqs(Way::Http).create_queue().queue_name(name("queue") + ".fifo");
    let answer = create.attributes(QueueAttributeName::FifoQueue, "true").send().await.expect("a queue");
    answer.queue_url.expect("its URL")
}

#[tokio::test]
async fn messages_in_order_once() {
    let (client, url) = (sqs(Way::Http), ordered().await);
    let entry = |n: u32| {
        let entry = SendMessageBatchRequestEntry::builder().id(n.to_string()).message_body(n.to_string());
        entry.message_group_id("g").message_deduplication_id(n.to_string()).build().expect("an entry")
    };
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let batch = client.send_message_batch().queue_url(&url);
        let sent = batch.set_entries(Some((0..5).map(entry).collect())).send().await.expect("a batch");
        assert!(sent.failed().is_empty());
        numbers.push(sent.successful().iter().map(|e| e.sequence_number.clone()).collect::<Vec<_>>());
    }
    assert_eq!(numbers[0], numbers[1], "what is sent again is not sent twice");
    let poll = client.receive_message().queue_url(&url).max_number_of_messages(10);
    let received =
        poll.receive_request_attempt_id("a").send().await.expect("a receive").messages.expect("messages");
    let bodies: Vec<_> = received.iter().filter_map(Message::body).collect();
    assert_eq!(bodies, ["0", "1", "2", "3", "4"]);
    let gone = |(n, m): (usize, &Message)| {
        let entry = DeleteMessageBatchRequestEntry::builder().id(n.to_string());
        entry.set_receipt_handle(m.receipt_handle.clone()).build().expect("an entry")
    };
    let delete = client.delete_message_batch().queue_url(&url);
    let entries = received.iter().enumerate().map(gone).collect();
    let deleted = delete.set_entries(Some(entries)).send().await.expect("a deletion");
    assert_eq!(deleted.successful().len(), 5);
    let counts = client.get_queue_attributes().queue_url(&url).attribute_names(QueueAttributeName::All);
    let counts = counts.send().await.expect("attributes").attributes.expect("some");
    assert_eq!(counts[&QueueAttributeName::ApproximateNumberOfMessages], "0");
    assert_eq!(counts[&QueueAttributeName::ApproximateNumberOfMessagesNotVisible], "0");
}

#[tokio::test]
async fn refusals_of_queues_have_their_types() {
    let (client, (url, _)) = (sqs(Way::Http), queue_for("s3.amazonaws.com", "*").await);
    let other = format!("{url}-not");
    let error = client.receive_message().queue_url(other).send().await.expect_err("there is none");
    assert!(error.into_service_error().is_queue_does_not_exist());
    let forged = client.delete_message().queue_url(&url).receipt_handle("garbage");
    let error = forged.send().await.expect_err("a forged handle").into_service_error();
    assert!(error.is_receipt_handle_is_invalid(), "{error:?}");
    let error = client.send_message().queue_url(&url).message_body("\u{1}").send().await.expect_err("no XML");
    assert!(error.into_service_error().is_invalid_message_contents());
    let entry =
        || SendMessageBatchRequestEntry::builder().id("a").message_body("b").build().expect("an entry");
    let twice = client.send_message_batch().queue_url(&url).entries(entry()).entries(entry());
    let error = twice.send().await.expect_err("an id twice").into_service_error();
    assert!(error.is_batch_entry_ids_not_distinct(), "{error:?}");
    let none = client.send_message_batch().queue_url(&url).set_entries(Some(Vec::new()));
    assert!(none.send().await.expect_err("nothing").into_service_error().is_empty_batch_request());
    client.purge_queue().queue_url(&url).send().await.expect("a purge");
    let error = client.purge_queue().queue_url(&url).send().await.expect_err("too soon");
    assert!(error.into_service_error().is_purge_queue_in_progress());
}

#[tokio::test]
async fn a_batch_that_is_published_in_order() {
    let client = sns(Way::Http);
    let create = client.create_topic().name(name("topic") + ".fifo").attributes("FifoTopic", "true");
    let topic = create.send().await.expect("a topic").topic_arn.expect("its ARN");
    let error =
        client.publish().topic_arn(format!("{topic}x")).message("m").send().await.expect_err("no topic");
    assert!(error.into_service_error().is_not_found_exception());
    let entry = |n: u32| {
        let entry = PublishBatchRequestEntry::builder().id(n.to_string()).message(n.to_string());
        entry.message_group_id("g").message_deduplication_id(n.to_string()).build().expect("an entry")
    };
    let batch = client.publish_batch().topic_arn(&topic);
    let sent = batch
        .set_publish_batch_request_entries(Some((0..3).map(entry).collect()))
        .send()
        .await
        .expect("a batch");
    let numbers: Vec<_> = sent.successful().iter().filter_map(|entry| entry.sequence_number()).collect();
    assert!(numbers.len() == 3 && numbers.is_sorted(), "{numbers:?}");
}

#[tokio::test]
async fn a_topic_fans_out() {
    let client = sns(Way::Http);
    let topic =
        client.create_topic().name(name("topic")).send().await.expect("a topic").topic_arn.expect("its ARN");
    let mut urls = Vec::new();
    for _ in 0..3 {
        let (url, arn) = queue_for("sns.amazonaws.com", &topic).await;
        let subscribe = client.subscribe().topic_arn(&topic).protocol("sqs").endpoint(arn);
        subscribe.attributes("RawMessageDelivery", "true").send().await.expect("a subscription");
        urls.push(url);
    }
    for message in ["one", "two"] {
        client.publish().topic_arn(&topic).message(message).send().await.expect("a publish");
    }
    for url in urls {
        assert_eq!(receive(&url, 2).await, ["one", "two"]);
    }
}

#[tokio::test]
async fn phones_and_devices() {
    let client = sns(Way::Http);
    let sent =
        client.publish().phone_number("+15558880001").message("m").send().await.expect("a text message");
    assert_eq!(sent.message_id().expect("its id").len(), 36);
    let error = client.publish().phone_number("+1a").message("m").send().await.expect_err("no phone");
    assert!(error.into_service_error().is_invalid_parameter_exception());
    let create = client.create_platform_application().name(name("app")).platform("ADM");
    let create = create.attributes("PlatformCredential", "secret").attributes("PlatformPrincipal", "id");
    let application = create.send().await.expect("an application").platform_application_arn.expect("its ARN");
    let create = client.create_platform_endpoint().platform_application_arn(&application).token("t");
    let device = create.send().await.expect("a device").endpoint_arn.expect("its ARN");
    client.publish().target_arn(&device).message("m").send().await.expect("a notification");
    let disable = client.set_endpoint_attributes().endpoint_arn(&device).attributes("Enabled", "false");
    disable.send().await.expect("it is disabled");
    let error = client.publish().target_arn(&device).message("m").send().await.expect_err("it takes nothing");
    assert!(error.into_service_error().is_endpoint_disabled_exception());
    client.delete_endpoint().endpoint_arn(&device).send().await.expect("it is gone");
    let error = client.get_endpoint_attributes().endpoint_arn(&device).send().await.expect_err("it is gone");
    assert!(error.into_service_error().is_not_found_exception());
    client.create_sms_sandbox_phone_number().phone_number("+15558880001").send().await.expect("a phone");
    let verify =
        client.verify_sms_sandbox_phone_number().phone_number("+15558880001").one_time_password("00000");
    assert!(verify.send().await.expect_err("a wrong code").into_service_error().is_verification_exception());
}

#[tokio::test]
async fn an_upload_notifies_a_queue() {
    let (client, bucket) = (s3(Way::Http), bucket().await);
    let (url, arn) = queue_for("s3.amazonaws.com", &format!("arn:aws:s3:::{bucket}")).await;
    let queue = QueueConfiguration::builder()
        .queue_arn(arn)
        .events(Event::S3ObjectCreated)
        .build()
        .expect("a target");
    let configuration = NotificationConfiguration::builder().queue_configurations(queue).build();
    let put = client
        .put_bucket_notification_configuration()
        .bucket(&bucket)
        .notification_configuration(configuration);
    put.send().await.expect("the configuration is accepted");
    client.put_object().bucket(&bucket).key("photo.jpg").send().await.expect("a put");
    let bodies = receive(&url, 2).await;
    assert!(bodies.iter().any(|body| body.contains("s3:TestEvent")));
    assert!(bodies.iter().any(|body| body.contains("ObjectCreated:Put") && body.contains("photo.jpg")));
}
