//! Standard queues, driven as other blocks and the wire drive them.

mod common;

use std::{sync::Arc, time::Duration};

use api_sqs::*;
use common::{World, body, map, message};
use floor::{As, Gone};

#[tokio::test]
async fn a_message_is_sent_received_and_deleted() {
    let world = World::new(1);
    let url = world.create("q", &[]).await;
    assert_eq!(url, "http://sqs.test/000000000000/q");
    let sent = world.send(&url, "hello").await;
    assert_eq!(sent.md5_of_message_body.as_deref(), Some("5d41402abc4b2a76b9719d911017c592"));
    assert_eq!((sent.sequence_number, sent.md5_of_message_attributes), (None, None));
    assert_eq!(world.counts(&url).await, (1, 0, 0));
    let received = world.receive(&url, 10).await;
    assert_eq!(received.len(), 1);
    assert_eq!((body(&received[0]), &received[0].message_id), ("hello", &sent.message_id));
    let attributes = received[0].attributes.as_ref().unwrap();
    assert_eq!(attributes["ApproximateReceiveCount"], "1");
    assert_eq!(attributes["SentTimestamp"], "1700000000000");
    assert_eq!(attributes["SenderId"], "000000000000");
    assert_eq!(world.counts(&url).await, (0, 1, 0));
    assert!(world.receive(&url, 10).await.is_empty());
    world.delete(&url, &received[0]).await.unwrap();
    world.delete(&url, &received[0]).await.unwrap();
    assert_eq!(world.counts(&url).await, (0, 0, 0));
    world.turn(60);
    assert!(world.receive(&url, 10).await.is_empty());
}

#[tokio::test]
async fn a_message_is_shown_again_when_its_time_is_over() {
    let world = World::new(3);
    let url = world.create("q", &[("VisibilityTimeout", "30")]).await;
    world.send(&url, "a").await;
    let first = world.receive(&url, 1).await.remove(0);
    world.turn_ms(29_999);
    assert!(world.receive(&url, 1).await.is_empty());
    world.turn_ms(1);
    let second = world.receive(&url, 1).await.remove(0);
    assert_ne!(first.receipt_handle, second.receipt_handle);
    assert_eq!(second.attributes.as_ref().unwrap()["ApproximateReceiveCount"], "2");
    world.hide(&url, &second, 0).await.unwrap();
    let third = world.receive(&url, 1).await.remove(0);
    world.hide(&url, &third, 100).await.unwrap();
    world.turn(99);
    assert!(world.receive(&url, 1).await.is_empty());
    world.turn(1);
    let fourth = world.receive(&url, 1).await.remove(0);
    let refused = world.hide(&url, &third, 10).await.err().unwrap();
    assert_eq!(refused.code(), "InvalidParameterValue");
    assert!(refused.message().ends_with("is not available for visibility timeout change."));
    // Within 12 hours of the receive, not of the change.
    world.turn(10);
    let refused = world.hide(&url, &fourth, 43_191).await.err().unwrap();
    assert!(refused.message().contains("beyond the limit [43200 seconds]"), "{refused}");
    world.hide(&url, &fourth, 43_190).await.unwrap();
    // An old handle still deletes.
    world.delete(&url, &first).await.unwrap();
    assert_eq!(world.counts(&url).await, (0, 0, 0));
}

#[tokio::test]
async fn delayed_messages_wait() {
    let world = World::new(1);
    let url = world.create("q", &[("DelaySeconds", "10")]).await;
    world.send(&url, "by the queue").await;
    let input = SendMessageRequest { delay_seconds: Some(5), ..message(&url, "by the message") };
    world.call::<SendMessage>(input).await.unwrap();
    let input = SendMessageRequest { delay_seconds: Some(0), ..message(&url, "at once") };
    world.call::<SendMessage>(input).await.unwrap();
    assert_eq!(world.counts(&url).await, (1, 0, 2));
    assert_eq!(world.bodies(&url, 10).await, ["at once"]);
    world.turn(5);
    assert_eq!(world.counts(&url).await, (1, 1, 1));
    assert_eq!(world.bodies(&url, 10).await, ["by the message"]);
    world.turn(5);
    assert_eq!(world.bodies(&url, 10).await, ["by the queue"]);
    assert_eq!(world.counts(&url).await, (0, 3, 0));
}

#[tokio::test]
async fn a_long_poll_ends_with_the_message() {
    let world = Arc::new(World::new(1));
    let url = world.create("q", &[]).await;
    let poll = |max| {
        let (world, url) = (world.clone(), url.clone());
        tokio::spawn(async move {
            let input = ReceiveMessageRequest {
                queue_url: url,
                wait_time_seconds: Some(20),
                max_number_of_messages: Some(max),
                ..Default::default()
            };
            world.call::<ReceiveMessage>(input).await.unwrap().messages.unwrap_or_default()
        })
    };
    let (first, second) = (poll(1), poll(1));
    settle().await;
    world.send(&url, "a").await;
    let received = first.await.unwrap();
    assert_eq!(body(&received[0]), "a");
    assert!(!second.is_finished());
    // A message that becomes visible wakes the one who waits, by the clock of the service.
    world.turn(19);
    settle().await;
    assert!(!second.is_finished());
    world.env.clocks.service.turn(Duration::from_secs(11));
    assert_eq!(body(&second.await.unwrap()[0]), "a");
    let third = poll(1);
    settle().await;
    world.env.clocks.steady.turn(Duration::from_secs(20));
    assert!(third.await.unwrap().is_empty());
    assert_eq!(world.counts(&url).await, (0, 1, 0));
}

#[tokio::test]
async fn one_who_hangs_up_hides_nothing() {
    let world = Arc::new(World::new(1));
    let url = world.create("q", &[]).await;
    let gone = Gone::default();
    let poll = {
        let (world, url, gone) = (world.clone(), url.clone(), gone.clone());
        tokio::spawn(async move {
            let input =
                ReceiveMessageRequest { queue_url: url, wait_time_seconds: Some(20), ..Default::default() };
            let cx = world.cx(common::root(), &gone);
            cx.call::<ReceiveMessage>(As::Caller, &common::region(), input).await.unwrap().messages
        })
    };
    settle().await;
    gone.tell();
    assert!(poll.await.unwrap().is_none());
    world.send(&url, "a").await;
    assert_eq!(world.bodies(&url, 1).await, ["a"]);
}

#[tokio::test]
async fn batches_answer_for_each_entry() {
    let world = World::new(1);
    let url = world.create("q", &[("MaximumMessageSize", "1024")]).await;
    let entry = |id: &str, body: String| SendMessageBatchRequestEntry {
        id: id.into(),
        message_body: body,
        ..Default::default()
    };
    let entries = vec![
        entry("a", "1".into()),
        entry("b", "x".repeat(1025)),
        entry("c", "\u{1}".into()),
        entry("d", "2".into()),
    ];
    let sent = world
        .call::<SendMessageBatch>(SendMessageBatchRequest { queue_url: url.clone(), entries })
        .await
        .unwrap();
    let ids: Vec<_> = sent.successful.unwrap().into_iter().map(|e| e.id.unwrap()).collect();
    assert_eq!(ids, ["a", "d"]);
    let failed: Vec<_> = sent
        .failed
        .unwrap()
        .into_iter()
        .map(|e| (e.id.unwrap(), e.code.unwrap(), e.message.unwrap()))
        .collect();
    assert_eq!(failed[0].0, "b");
    assert_eq!(failed[0].1, "InvalidParameterValue");
    assert_eq!(
        failed[0].2,
        "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes."
    );
    assert_eq!((failed[1].0.as_str(), failed[1].1.as_str()), ("c", "InvalidMessageContents"));
    let received = world.receive(&url, 10).await;
    assert_eq!(received.iter().map(body).collect::<Vec<_>>(), ["1", "2"]);
    let entries = received
        .iter()
        .enumerate()
        .map(|(i, m)| ChangeMessageVisibilityBatchRequestEntry {
            id: i.to_string(),
            receipt_handle: m.receipt_handle.clone().unwrap(),
            visibility_timeout: Some(if i == 0 { 0 } else { 43_201 }),
        })
        .collect();
    let input = ChangeMessageVisibilityBatchRequest { queue_url: url.clone(), entries };
    let changed = world.call::<ChangeMessageVisibilityBatch>(input).await.unwrap();
    assert_eq!((changed.successful.unwrap().len(), changed.failed.unwrap().len()), (1, 1));
    assert_eq!(world.counts(&url).await, (1, 1, 0));
    let mut entries: Vec<_> = received
        .iter()
        .enumerate()
        .map(|(i, m)| DeleteMessageBatchRequestEntry {
            id: i.to_string(),
            receipt_handle: m.receipt_handle.clone().unwrap(),
        })
        .collect();
    entries.push(DeleteMessageBatchRequestEntry { id: "x".into(), receipt_handle: "forged".into() });
    let deleted = world
        .call::<DeleteMessageBatch>(DeleteMessageBatchRequest { queue_url: url.clone(), entries })
        .await
        .unwrap();
    assert_eq!(deleted.successful.unwrap().len(), 2);
    assert_eq!(deleted.failed.unwrap()[0].code.as_deref(), Some("ReceiptHandleIsInvalid"));
    assert_eq!(world.counts(&url).await, (0, 0, 0));
}

#[tokio::test]
async fn a_queue_is_made_once() {
    let world = World::new(3);
    let url = world.create("q", &[("DelaySeconds", "1")]).await;
    assert_eq!(world.create("q", &[("DelaySeconds", "1")]).await, url);
    assert_eq!(world.create("q", &[]).await, url);
    let input = CreateQueueRequest {
        queue_name: "q".into(),
        attributes: map(&[("DelaySeconds", "2")]),
        ..Default::default()
    };
    let (code, text) = world.refused::<CreateQueue>(input).await;
    assert_eq!(code, "QueueAlreadyExists");
    assert_eq!(
        text,
        "A queue already exists with the same name and a different value for attribute DelaySeconds"
    );
    let input = GetQueueUrlRequest { queue_name: "q".into(), ..Default::default() };
    assert_eq!(world.call::<GetQueueUrl>(input).await.unwrap().queue_url, Some(url));
    let input = GetQueueUrlRequest { queue_name: "none".into(), ..Default::default() };
    let (code, text) = world.refused::<GetQueueUrl>(input).await;
    assert_eq!(
        (code.as_str(), text.as_str()),
        ("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.")
    );
}

/// Lets the tasks that can go on go on.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}
