//! FIFO queues.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use api_sqs::*;
use common::{World, body, fifo, map};

async fn send(world: &World, url: &str, text: &str, group: &str, id: &str) -> SendMessageResult {
    world.call::<SendMessage>(fifo(url, text, group, id)).await.unwrap()
}

#[tokio::test]
async fn groups_are_in_order_and_side_by_side() {
    let world = World::new(3);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    let mut numbers = Vec::new();
    for (text, group) in [("a1", "a"), ("a2", "a"), ("b1", "b"), ("a3", "a"), ("b2", "b")] {
        numbers.push(send(&world, &url, text, group, text).await.sequence_number.unwrap());
    }
    assert!(numbers.iter().all(|n| n.len() == 20) && numbers.is_sorted());
    let first = world.receive(&url, 2).await;
    assert_eq!(first.iter().map(body).collect::<Vec<_>>(), ["a1", "a2"]);
    assert_eq!(first[0].attributes.as_ref().unwrap()["SequenceNumber"], numbers[0]);
    assert_eq!(first[0].attributes.as_ref().unwrap()["MessageGroupId"], "a");
    // a3 waits for a1 and a2; b does not.
    assert_eq!(world.bodies(&url, 10).await, ["b1", "b2"]);
    world.delete(&url, &first[0]).await.unwrap();
    assert!(world.receive(&url, 10).await.is_empty());
    world.delete(&url, &first[1]).await.unwrap();
    assert_eq!(world.bodies(&url, 10).await, ["a3"]);
    assert_eq!(world.counts(&url).await, (0, 3, 0));
    world.turn(30);
    assert_eq!(world.counts(&url).await, (3, 0, 0));
}

/// What AWS answers when of three received messages one is hidden for longer: what stands before it is shown, the
/// rest of the group waits.
#[tokio::test]
async fn a_hidden_message_holds_up_what_follows_in_its_group() {
    for (longer, expected) in [(0, &[][..]), (1, &["foo"][..]), (2, &["foo", "bar"][..])] {
        let world = World::new(1);
        let url = world.create("q.fifo", &[("FifoQueue", "true"), ("VisibilityTimeout", "1")]).await;
        for text in ["foo", "bar", "baz"] {
            send(&world, &url, text, "1", text).await;
        }
        let received = world.receive(&url, 5).await;
        assert_eq!(received.len(), 3);
        world.hide(&url, &received[longer], 4).await.unwrap();
        world.turn(2);
        assert_eq!(world.bodies(&url, 5).await, expected);
    }
}

#[tokio::test]
async fn repeated_messages_are_sent_once() {
    let world = World::new(1);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    let first = send(&world, &url, "one", "g", "id").await;
    let again = send(&world, &url, "other body", "h", "id").await;
    assert_eq!((&again.message_id, &again.sequence_number), (&first.message_id, &first.sequence_number));
    assert_eq!(world.counts(&url).await, (1, 0, 0));
    let received = world.receive(&url, 10).await.remove(0);
    world.delete(&url, &received).await.unwrap();
    world.turn_ms(299_999);
    send(&world, &url, "one", "g", "id").await;
    assert!(world.receive(&url, 10).await.is_empty());
    world.turn_ms(1);
    let later = send(&world, &url, "two", "g", "id").await;
    assert_ne!(later.message_id, first.message_id);
    assert_eq!(world.bodies(&url, 10).await, ["two"]);
    // Two of one batch.
    let entry = |id: &str, dedup: &str| SendMessageBatchRequestEntry {
        id: id.into(),
        message_body: id.into(),
        message_group_id: Some("x".into()),
        message_deduplication_id: Some(dedup.into()),
        ..Default::default()
    };
    let entries = vec![entry("1", "same"), entry("2", "same"), entry("3", "other")];
    let sent = world
        .call::<SendMessageBatch>(SendMessageBatchRequest { queue_url: url.clone(), entries })
        .await
        .unwrap();
    let sent = sent.successful.unwrap();
    assert_eq!(sent[0].sequence_number, sent[1].sequence_number);
    assert!(sent[1].sequence_number < sent[2].sequence_number);
    assert_eq!(world.bodies(&url, 10).await, ["1", "3"]);
}

#[tokio::test]
async fn bodies_give_deduplication_ids() {
    let world = World::new(1);
    let attributes = [
        ("FifoQueue", "true"),
        ("ContentBasedDeduplication", "true"),
        ("DeduplicationScope", "messageGroup"),
        ("FifoThroughputLimit", "perMessageGroupId"),
    ];
    let url = world.create("q.fifo", &attributes).await;
    let input = |body: &str, group: &str| SendMessageRequest {
        message_group_id: Some(group.into()),
        ..common::message(&url, body)
    };
    for (body, group) in [("abc", "g"), ("abc", "g"), ("abd", "g"), ("abc", "h")] {
        world.call::<SendMessage>(input(body, group)).await.unwrap();
    }
    let received = world.receive(&url, 10).await;
    assert_eq!(received.iter().map(body).collect::<Vec<_>>(), ["abc", "abd", "abc"]);
    assert_eq!(
        received[0].attributes.as_ref().unwrap()["MessageDeduplicationId"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[tokio::test]
async fn handles_expire_with_their_time() {
    let world = World::new(1);
    let url = world.create("q.fifo", &[("FifoQueue", "true"), ("VisibilityTimeout", "1")]).await;
    send(&world, &url, "a", "g", "a").await;
    let old = world.receive(&url, 1).await.remove(0);
    world.turn(1);
    for refused in [world.delete(&url, &old).await.err(), world.hide(&url, &old, 5).await.err()] {
        let refused = refused.unwrap();
        assert_eq!(refused.code(), "InvalidParameterValue");
        assert!(refused.message().ends_with("Reason: The receipt handle has expired."), "{refused}");
    }
    let new = world.receive(&url, 1).await.remove(0);
    assert!(world.delete(&url, &old).await.is_err());
    world.delete(&url, &new).await.unwrap();
    world.delete(&url, &new).await.unwrap();
}

#[tokio::test]
async fn what_a_fifo_queue_wants_to_know() {
    let world = World::new(1);
    let url = world.create("q.fifo", &[("FifoQueue", "true"), ("DelaySeconds", "3")]).await;
    let whole = fifo(&url, "a", "g", "i");
    let table = [
        (
            SendMessageRequest { message_group_id: None, ..whole.clone() },
            "MissingParameter",
            "The request must contain the parameter MessageGroupId.",
        ),
        (
            SendMessageRequest { message_deduplication_id: None, ..whole.clone() },
            "InvalidParameterValue",
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
        ),
        (
            SendMessageRequest { delay_seconds: Some(2), ..whole.clone() },
            "InvalidParameterValue",
            "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
        ),
        (
            SendMessageRequest { message_group_id: Some("a b".into()), ..whole.clone() },
            "InvalidParameterValue",
            "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
        ),
    ];
    for (input, code, text) in table {
        assert_eq!(world.refused::<SendMessage>(input).await, (code.to_owned(), text.to_owned()));
    }
    // A delay of zero is that of the queue, and delayed messages keep the order.
    world.call::<SendMessage>(SendMessageRequest { delay_seconds: Some(0), ..whole }).await.unwrap();
    assert_eq!(world.counts(&url).await, (0, 0, 1));
    assert!(world.receive(&url, 1).await.is_empty());
    world.turn(3);
    assert_eq!(world.bodies(&url, 1).await, ["a"]);
    for (name, attributes) in [("a.fifo", &[][..]), ("a", &[("FifoQueue", "true")][..])] {
        let input =
            CreateQueueRequest { queue_name: name.into(), attributes: map(attributes), ..Default::default() };
        assert_eq!(world.refused::<CreateQueue>(input).await.0, "InvalidParameterValue");
    }
}

#[tokio::test]
async fn a_receive_whose_answer_was_lost_is_repeated() {
    let world = World::new(1);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    send(&world, &url, "a", "g", "a").await;
    send(&world, &url, "b", "g", "b").await;
    let receive = |id: &str| ReceiveMessageRequest {
        queue_url: url.clone(),
        receive_request_attempt_id: Some(id.into()),
        max_number_of_messages: Some(1),
        ..Default::default()
    };
    let first = world.call::<ReceiveMessage>(receive("x")).await.unwrap().messages.unwrap();
    world.turn(20);
    let again = world.call::<ReceiveMessage>(receive("x")).await.unwrap().messages.unwrap();
    assert_eq!(first[0].receipt_handle, again[0].receipt_handle);
    assert!(world.call::<ReceiveMessage>(receive("y")).await.unwrap().messages.is_none());
    // The second answer has begun the time anew.
    world.turn(20);
    world.delete(&url, &first[0]).await.unwrap();
    let next = world.call::<ReceiveMessage>(receive("x")).await.unwrap().messages.unwrap();
    assert_eq!(body(&next[0]), "b");
}
