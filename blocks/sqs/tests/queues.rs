//! What is done with queues themselves.

mod common;

use std::sync::Arc;

use api_sqs::*;
use common::{World, map, message, root};
use floor::Identity;

#[tokio::test]
async fn a_queue_shows_what_aws_shows() {
    let world = World::new(1);
    let url = world.create("q", &[]).await;
    let expected = [
        ("ApproximateNumberOfMessages", "0"),
        ("ApproximateNumberOfMessagesDelayed", "0"),
        ("ApproximateNumberOfMessagesNotVisible", "0"),
        ("CreatedTimestamp", "1700000000"),
        ("DelaySeconds", "0"),
        ("LastModifiedTimestamp", "1700000000"),
        ("MaximumMessageSize", "1048576"),
        ("MessageRetentionPeriod", "345600"),
        ("QueueArn", "arn:aws:sqs:eu-west-1:000000000000:q"),
        ("ReceiveMessageWaitTimeSeconds", "0"),
        ("SqsManagedSseEnabled", "true"),
        ("VisibilityTimeout", "30"),
    ];
    assert_eq!(Some(world.attributes(&url).await), map(&expected));
    world.turn(3);
    let input = SetQueueAttributesRequest {
        queue_url: url.clone(),
        attributes: map(&[("VisibilityTimeout", "7")]).unwrap(),
    };
    world.call::<SetQueueAttributes>(input).await.unwrap();
    let input = GetQueueAttributesRequest {
        queue_url: url.clone(),
        attribute_names: Some(vec![
            "VisibilityTimeout".into(),
            "LastModifiedTimestamp".into(),
            "Policy".into(),
        ]),
    };
    let some = world.call::<GetQueueAttributes>(input).await.unwrap().attributes;
    assert_eq!(some, map(&[("LastModifiedTimestamp", "1700000003"), ("VisibilityTimeout", "7")]));
    let input =
        GetQueueAttributesRequest { queue_url: url.clone(), attribute_names: Some(vec!["Colour".into()]) };
    assert_eq!(
        world.refused::<GetQueueAttributes>(input).await,
        ("InvalidAttributeName".to_owned(), "Unknown Attribute Colour.".to_owned())
    );
    let fifo = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    let all = world.attributes(&fifo).await;
    for (name, value) in [
        ("FifoQueue", "true"),
        ("ContentBasedDeduplication", "false"),
        ("DeduplicationScope", "queue"),
        ("FifoThroughputLimit", "perQueue"),
    ] {
        assert_eq!(all[name], value);
    }
}

#[tokio::test]
async fn queues_are_listed_in_pages() {
    let world = World::new(3);
    let list = async |prefix: Option<&str>, max, token| {
        let input = ListQueuesRequest {
            queue_name_prefix: prefix.map(str::to_owned),
            max_results: max,
            next_token: token,
        };
        let page = world.call::<ListQueues>(input).await.unwrap();
        (page.queue_urls.unwrap_or_default(), page.next_token)
    };
    assert_eq!(list(None, None, None).await, (Vec::new(), None));
    let mut urls = Vec::new();
    for name in ["a1", "a2", "a3", "b1", "b2.fifo"] {
        let attributes = if name.ends_with("fifo") { &[("FifoQueue", "true")][..] } else { &[] };
        urls.push(world.create(name, attributes).await);
    }
    assert_eq!(list(None, None, None).await, (urls.clone(), None));
    assert_eq!(list(Some("b"), None, None).await.0, urls[3..]);
    let (page, token) = list(Some("a"), Some(2), None).await;
    assert_eq!(page, urls[..2]);
    let (page, token) = list(Some("a"), Some(2), token).await;
    assert_eq!((page, token), (vec![urls[2].clone()], None));
    for input in [
        ListQueuesRequest { max_results: Some(0), ..Default::default() },
        ListQueuesRequest { max_results: Some(1001), ..Default::default() },
        ListQueuesRequest { next_token: Some("?".into()), ..Default::default() },
        ListQueuesRequest { next_token: Some("YWJj".into()), ..Default::default() },
    ] {
        assert_eq!(world.refused::<ListQueues>(input).await.0, "InvalidParameterValue");
    }
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: urls[1].clone() }).await.unwrap();
    assert_eq!(list(Some("a"), None, None).await.0, [urls[0].clone(), urls[2].clone()]);
}

#[tokio::test]
async fn a_deleted_queue_is_gone_with_its_messages() {
    let world = Arc::new(World::new(3));
    let url = world.create("q", &[]).await;
    world.send(&url, "a").await;
    let old = world.receive(&url, 1).await.remove(0);
    let waits = {
        let (world, url) = (world.clone(), url.clone());
        tokio::spawn(async move {
            let input =
                ReceiveMessageRequest { queue_url: url, wait_time_seconds: Some(20), ..Default::default() };
            world.refused::<ReceiveMessage>(input).await.0
        })
    };
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: url.clone() }).await.unwrap();
    let gone = "AWS.SimpleQueueService.NonExistentQueue";
    assert_eq!(waits.await.unwrap(), gone);
    assert_eq!(world.refused::<SendMessage>(message(&url, "b")).await.0, gone);
    assert_eq!(world.delete(&url, &old).await.err().unwrap().code(), gone);
    assert_eq!(world.create("q", &[]).await, url);
    world.turn(60);
    assert!(world.receive(&url, 10).await.is_empty());
    assert_eq!(world.counts(&url).await, (0, 0, 0));
    assert_eq!(world.delete(&url, &old).await.err().unwrap().code(), "ReceiptHandleIsInvalid");
}

#[tokio::test]
async fn a_purged_queue_is_empty() {
    let world = World::new(1);
    let url = world.create("q", &[]).await;
    for i in 0..5 {
        world.send(&url, &i.to_string()).await;
    }
    let held = world.receive(&url, 1).await.remove(0);
    world
        .call::<SendMessage>(SendMessageRequest { delay_seconds: Some(9), ..message(&url, "d") })
        .await
        .unwrap();
    let purge = || PurgeQueueRequest { queue_url: url.clone() };
    world.call::<PurgeQueue>(purge()).await.unwrap();
    assert_eq!(world.counts(&url).await, (0, 0, 0));
    world.delete(&url, &held).await.unwrap();
    assert!(world.hide(&url, &held, 5).await.is_err());
    assert_eq!(
        world.refused::<PurgeQueue>(purge()).await,
        (
            "AWS.SimpleQueueService.PurgeQueueInProgress".to_owned(),
            "Only one PurgeQueue operation on q is allowed every 60 seconds.".to_owned()
        )
    );
    world.send(&url, "after").await;
    world.turn(60);
    assert_eq!(world.bodies(&url, 10).await, ["after"]);
    world.call::<PurgeQueue>(purge()).await.unwrap();
    assert_eq!(world.counts(&url).await, (0, 0, 0));
}

#[tokio::test]
async fn messages_end_with_their_retention() {
    let world = World::new(1);
    let url = world.create("q", &[("MessageRetentionPeriod", "60")]).await;
    for _ in 0..300 {
        world.send(&url, "old").await;
    }
    world.turn(30);
    world.send(&url, "young").await;
    world.turn(30);
    assert_eq!(world.bodies(&url, 10).await, ["young"]);
    assert_eq!(world.counts(&url).await, (0, 1, 0));
    world.turn(30);
    floor::caretaker::Caretakers::start(&world.floor);
    world.turn(60);
    for _ in 0..500 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.counts(&url).await, (0, 0, 0));
}

#[tokio::test]
async fn tags_come_and_go() {
    let world = World::new(1);
    let input = CreateQueueRequest {
        queue_name: "q".into(),
        tags: map(&[("a", "1"), ("b", "2")]),
        ..Default::default()
    };
    let url = world.call::<CreateQueue>(input).await.unwrap().queue_url.unwrap();
    let tags = async || {
        world.call::<ListQueueTags>(ListQueueTagsRequest { queue_url: url.clone() }).await.unwrap().tags
    };
    let input = TagQueueRequest { queue_url: url.clone(), tags: map(&[("b", "3"), ("c", "")]).unwrap() };
    world.call::<TagQueue>(input).await.unwrap();
    assert_eq!(tags().await, map(&[("a", "1"), ("b", "3"), ("c", "")]));
    let input =
        UntagQueueRequest { queue_url: url.clone(), tag_keys: vec!["a".into(), "c".into(), "x".into()] };
    world.call::<UntagQueue>(input).await.unwrap();
    assert_eq!(tags().await, map(&[("b", "3")]));
    let input = TagQueueRequest { queue_url: url.clone(), tags: map(&[("aws:x", "3")]).unwrap() };
    assert_eq!(world.refused::<TagQueue>(input).await.0, "InvalidParameterValue");
    let input = UntagQueueRequest { queue_url: url.clone(), tag_keys: vec!["b".into()] };
    world.call::<UntagQueue>(input).await.unwrap();
    assert_eq!(tags().await, None);
}

#[tokio::test]
async fn a_permission_opens_the_queue_to_another_account() {
    let world = World::new(1);
    let url = world.create("q", &[]).await;
    let other = || Identity::root("111122223333".parse().unwrap());
    let refused = world.call_as::<SendMessage>(other(), message(&url, "a")).await.err().unwrap();
    assert_eq!((refused.code(), refused.status()), ("AccessDenied", 403));
    assert!(
        refused.message().contains("is not authorized to perform: sqs:sendmessage on resource"),
        "{refused}"
    );
    let input = AddPermissionRequest {
        queue_url: url.clone(),
        label: "open".into(),
        aws_account_ids: vec!["111122223333".into()],
        actions: vec!["SendMessage".into()],
    };
    world.call::<AddPermission>(input).await.unwrap();
    world.call_as::<SendMessage>(other(), message(&url, "a")).await.unwrap();
    assert!(
        world.call_as::<PurgeQueue>(other(), PurgeQueueRequest { queue_url: url.clone() }).await.is_err()
    );
    assert!(world.attributes(&url).await["Policy"].contains(r#""Sid":"open""#));
    let input = || RemovePermissionRequest { queue_url: url.clone(), label: "open".into() };
    world.call::<RemovePermission>(input()).await.unwrap();
    assert!(!world.attributes(&url).await.contains_key("Policy"));
    assert!(world.call_as::<SendMessage>(other(), message(&url, "a")).await.is_err());
    assert_eq!(world.refused::<RemovePermission>(input()).await.0, "InvalidParameterValue");
}

#[tokio::test]
async fn a_policy_opens_the_queue_to_a_service() {
    let world = World::new(1);
    let url = world.create("q", &[]).await;
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},
        "Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:000000000000:q",
        "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::photos"}}}]}"#;
    let input =
        SetQueueAttributesRequest { queue_url: url.clone(), attributes: map(&[("Policy", policy)]).unwrap() };
    world.call::<SetQueueAttributes>(input).await.unwrap();
    assert_eq!(world.attributes(&url).await["Policy"], policy);
    let s3 = |bucket: &str| {
        Identity::service("s3.amazonaws.com", Some(format!("arn:aws:s3:::{bucket}")), Some(root().account))
    };
    world.call_as::<SendMessage>(s3("photos"), message(&url, "event")).await.unwrap();
    assert!(world.call_as::<SendMessage>(s3("others"), message(&url, "event")).await.is_err());
    let input = SetQueueAttributesRequest {
        queue_url: url.clone(),
        attributes: map(&[("Policy", "{\"Statement\":")]).unwrap(),
    };
    assert_eq!(
        world.refused::<SetQueueAttributes>(input).await,
        ("InvalidAttributeValue".to_owned(), "Invalid value for the parameter Policy.".to_owned())
    );
}

#[tokio::test]
async fn requests_are_refused_in_the_words_of_aws() {
    let world = World::new(1);
    let url = world.create("q", &[("MaximumMessageSize", "1024")]).await;
    let receive = || ReceiveMessageRequest { queue_url: url.clone(), ..Default::default() };
    for (input, text) in [
        (
            ReceiveMessageRequest { max_number_of_messages: Some(11), ..receive() },
            "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
        ),
        (
            ReceiveMessageRequest { wait_time_seconds: Some(-1), ..receive() },
            "Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
        ),
    ] {
        assert_eq!(
            world.refused::<ReceiveMessage>(input).await,
            ("InvalidParameterValue".to_owned(), text.to_owned())
        );
    }
    assert_eq!(
        world.refused::<SendMessage>(message(&url, &"x".repeat(1025))).await.1,
        "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."
    );
    assert_eq!(world.refused::<SendMessage>(message(&url, "")).await.0, "MissingParameter");
    assert_eq!(world.refused::<SendMessage>(message(&url, "\u{fffe}")).await.0, "InvalidMessageContents");
    let batch = |n: usize, size: usize| SendMessageBatchRequest {
        queue_url: url.clone(),
        entries: (0..n)
            .map(|i| SendMessageBatchRequestEntry {
                id: i.to_string(),
                message_body: "x".repeat(size),
                ..Default::default()
            })
            .collect(),
    };
    for (input, code, text) in [
        (
            batch(0, 1),
            "AWS.SimpleQueueService.EmptyBatchRequest",
            "There should be at least one SendMessageBatchRequestEntry in the request.",
        ),
        (
            batch(11, 1),
            "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            "Maximum number of entries per request are 10. You have sent 11.",
        ),
        (
            batch(1, 1_048_577),
            "AWS.SimpleQueueService.BatchRequestTooLong",
            "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
        ),
    ] {
        assert_eq!(world.refused::<SendMessageBatch>(input).await, (code.to_owned(), text.to_owned()));
    }
    let input = DeleteMessageRequest { queue_url: url.clone(), receipt_handle: "forged".into() };
    assert_eq!(
        world.refused::<DeleteMessage>(input).await,
        (
            "ReceiptHandleIsInvalid".to_owned(),
            "The input receipt handle \"forged\" is not a valid receipt handle.".to_owned()
        )
    );
    assert_eq!(
        world.refused::<SendMessage>(message("not a queue", "a")).await,
        ("InvalidAddress".to_owned(), "The address not a queue is not valid for this endpoint.".to_owned())
    );
}
