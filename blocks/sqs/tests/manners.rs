//! What is done on request alone: quotas of requests a second, and the doubts of standard queues.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use api_sqs::*;
use common::{World, body, fifo, message};
use sqs::{Sqs, lag::LAG_MS};

const HIGH: [(&str, &str); 3] = [
    ("FifoQueue", "true"),
    ("DeduplicationScope", "messageGroup"),
    ("FifoThroughputLimit", "perMessageGroupId"),
];

fn throttled() -> (String, String) {
    ("RequestThrottled".to_owned(), "Request is throttled.".to_owned())
}

fn batch(url: &str, number: u64) -> SendMessageBatchRequest {
    let entry = |n: u64| SendMessageBatchRequestEntry {
        id: n.to_string(),
        message_body: n.to_string(),
        message_group_id: Some(format!("{number}-{n}")),
        message_deduplication_id: Some(format!("{number}-{n}")),
        ..Default::default()
    };
    SendMessageBatchRequest { queue_url: url.into(), entries: (0..10).map(entry).collect() }
}

fn receive(url: &str) -> ReceiveMessageRequest {
    ReceiveMessageRequest { queue_url: url.into(), max_number_of_messages: Some(10), ..Default::default() }
}

#[tokio::test]
async fn a_fifo_queue_takes_300_requests_a_second() {
    let world = World::mannered(Sqs::with_quotas);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    for n in 0..300 {
        world.call::<SendMessage>(fifo(&url, "a", &n.to_string(), &n.to_string())).await.unwrap();
    }
    assert_eq!(world.refused::<SendMessage>(fifo(&url, "a", "g", "x")).await, throttled());
    assert_eq!(world.refused::<SendMessageBatch>(batch(&url, 0)).await, throttled());
    assert_eq!(world.counts(&url).await, (300, 0, 0));
    // With batches that is ten times as many messages.
    world.turn(1);
    for n in 0..300 {
        world.call::<SendMessageBatch>(batch(&url, n)).await.unwrap();
    }
    assert_eq!(world.refused::<SendMessageBatch>(batch(&url, 300)).await, throttled());
    assert_eq!(world.counts(&url).await, (3300, 0, 0));
    // Each action has its own: what is sent does not count against what is received and deleted.
    let mut held = Vec::new();
    for _ in 0..300 {
        held.extend(world.call::<ReceiveMessage>(receive(&url)).await.unwrap().messages.unwrap_or_default());
    }
    assert_eq!(world.refused::<ReceiveMessage>(receive(&url)).await, throttled());
    for one in &held[..300] {
        world.delete(&url, one).await.unwrap();
    }
    assert_eq!(world.delete(&url, &held[300]).await.unwrap_err().code(), "RequestThrottled");
    world.turn_ms(10);
    for one in &held[300..303] {
        world.delete(&url, one).await.unwrap();
    }
    assert_eq!(world.delete(&url, &held[303]).await.unwrap_err().code(), "RequestThrottled");
    // Another queue has its own, and a standard queue has none.
    let other = world.create("other.fifo", &[("FifoQueue", "true")]).await;
    world.call::<SendMessage>(fifo(&other, "a", "g", "x")).await.unwrap();
    let standard = world.create("standard", &[]).await;
    for _ in 0..400 {
        world.send(&standard, "a").await;
    }
}

#[tokio::test]
async fn with_high_throughput_a_group_takes_300_requests_a_second() {
    let world = World::mannered(Sqs::with_quotas);
    let url = world.create("q.fifo", &HIGH).await;
    for group in ["a", "b", "c"] {
        for n in 0..300 {
            world.call::<SendMessage>(fifo(&url, "a", group, &n.to_string())).await.unwrap();
        }
        assert_eq!(world.refused::<SendMessage>(fifo(&url, "a", group, "x")).await, throttled());
    }
    // So is what is received of one, and what is deleted; a batch of a group's messages is one request.
    let one = || ReceiveMessageRequest { max_number_of_messages: Some(1), ..receive(&url) };
    let mut of = BTreeMap::<String, Vec<Message>>::new();
    for _ in 0..900 {
        let got = world.call::<ReceiveMessage>(with_groups(one())).await.unwrap().messages.unwrap().remove(0);
        world.hide(&url, &got, 0).await.unwrap();
        of.entry(group(&got)).or_default().push(got);
    }
    assert_eq!(
        of.values().map(Vec::len).collect::<Vec<_>>(),
        [300; 3],
        "each in turn, until its quota is used up"
    );
    assert_eq!(world.refused::<ReceiveMessage>(one()).await, throttled());
    world.call::<SendMessage>(fifo(&url, "a", "d", "x")).await.unwrap();
    let got = world.call::<ReceiveMessage>(with_groups(receive(&url))).await.unwrap().messages.unwrap();
    assert_eq!(got.iter().map(group).collect::<Vec<_>>(), ["d"], "the others are passed over");
    assert_eq!(world.refused::<ReceiveMessage>(receive(&url)).await, throttled());
    world.delete(&url, &got[0]).await.unwrap();
    world.turn(1);
    let ten = world.call::<ReceiveMessage>(with_groups(receive(&url))).await.unwrap().messages.unwrap();
    assert_eq!(ten.len(), 10);
}

fn deletes(url: &str, all: &[&Message]) -> DeleteMessageBatchRequest {
    let entry = |(n, one): (usize, &&Message)| DeleteMessageBatchRequestEntry {
        id: n.to_string(),
        receipt_handle: one.receipt_handle.clone().unwrap(),
    };
    DeleteMessageBatchRequest { queue_url: url.into(), entries: all.iter().enumerate().map(entry).collect() }
}

fn with_groups(input: ReceiveMessageRequest) -> ReceiveMessageRequest {
    ReceiveMessageRequest { attribute_names: Some(vec!["MessageGroupId".into()]), ..input }
}

fn group(message: &Message) -> String {
    message.attributes.as_ref().unwrap()["MessageGroupId"].clone()
}

#[tokio::test]
async fn with_high_throughput_deletes_have_their_groups_quotas() {
    let world = World::mannered(Sqs::with_quotas);
    let url = world.create("q.fifo", &HIGH).await;
    for n in 0..31 {
        let entry = |i: u64| SendMessageBatchRequestEntry {
            id: i.to_string(),
            message_body: "m".into(),
            message_group_id: Some("a".into()),
            message_deduplication_id: Some(format!("{n}-{i}")),
            ..Default::default()
        };
        let entries = (0..10).map(entry).collect();
        world
            .call::<SendMessageBatch>(SendMessageBatchRequest { queue_url: url.clone(), entries })
            .await
            .unwrap();
    }
    let some = async || world.call::<ReceiveMessage>(receive(&url)).await.unwrap().messages.unwrap();
    let mut a = some().await;
    for _ in 0..300 {
        world.delete(&url, &a.remove(0)).await.unwrap();
        if a.is_empty() {
            a = some().await;
        }
    }
    world.call::<SendMessage>(fifo(&url, "a", "b", "x")).await.unwrap();
    let b = some().await;
    assert_eq!(b.len(), 1);
    assert_eq!(world.delete(&url, &a[0]).await.unwrap_err().code(), "RequestThrottled");
    let batch = deletes(&url, &[&a[0], &b[0]]);
    assert_eq!(world.refused::<DeleteMessageBatch>(batch).await, throttled(), "taken whole or not at all");
    world.delete(&url, &b[0]).await.unwrap();
    world.turn_ms(4);
    let batch = deletes(&url, &a.iter().collect::<Vec<_>>());
    assert_eq!(world.call::<DeleteMessageBatch>(batch).await.unwrap().successful.unwrap().len(), a.len());
}

#[tokio::test]
async fn nobody_is_held_to_quotas_who_did_not_ask() {
    let world = World::new(1);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    for n in 0..400 {
        world.call::<SendMessage>(fifo(&url, "a", "g", &n.to_string())).await.unwrap();
    }
}

/// What a consumer gets that deletes at once: how often each message, and in which order.
async fn consume(world: &World, url: &str, wait_s: i32) -> (Vec<u64>, u64) {
    let (mut seen, mut empty, mut quiet) = (Vec::new(), 0, 0);
    while quiet < 20 {
        let input = ReceiveMessageRequest { wait_time_seconds: Some(wait_s), ..receive(url) };
        let input = ReceiveMessageRequest { max_number_of_messages: Some(3), ..input };
        let is_over = world.counts(url).await == (0, 0, 0);
        if is_over && wait_s > 0 {
            break;
        }
        let received = world.call::<ReceiveMessage>(input).await.unwrap().messages.unwrap_or_default();
        assert!(received.len() <= 3);
        if received.is_empty() {
            // Nobody else has them: the poll has missed what is there.
            (empty, quiet) = (empty + u64::from(!is_over), quiet + u64::from(is_over));
        }
        for one in &received {
            seen.push(body(one).parse().unwrap());
            world.delete(url, one).await.unwrap();
        }
        world.turn_ms(LAG_MS / 50);
    }
    (seen, empty)
}

fn realistic() -> World {
    World::mannered(|sqs| sqs.with_realistic_consistency(2006))
}

#[tokio::test]
async fn standard_queues_repeat_reorder_and_miss() {
    let mut all = Vec::new();
    for _ in 0..2 {
        let world = realistic();
        let url = world.create("q", &[]).await;
        for n in 0..300 {
            world.send(&url, &n.to_string()).await;
        }
        all.push(consume(&world, &url, 0).await);
    }
    assert_eq!(all[0], all[1], "the same seed does the same");
    let (seen, empty) = &all[0];
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 300, "nothing is lost");
    let mut times = BTreeMap::new();
    for n in seen {
        *times.entry(n).or_insert(0) += 1;
    }
    assert!((2..60).contains(&times.values().filter(|times| **times > 1).count()));
    let first: Vec<_> = {
        let mut known = BTreeSet::new();
        seen.iter().filter(|n| known.insert(**n)).collect()
    };
    assert!(!first.is_sorted());
    // They overtake one another, but the queue is no heap.
    assert!(first.iter().enumerate().filter(|(at, n)| at.abs_diff(***n as usize) < 60).count() > 250);
    assert!(*empty > 0, "a short poll misses what is there");
}

#[tokio::test]
async fn long_polls_miss_nothing() {
    let world = realistic();
    let url = world.create("q", &[]).await;
    for n in 0..100 {
        world.send(&url, &n.to_string()).await;
    }
    let (seen, empty) = consume(&world, &url, 20).await;
    assert_eq!((seen.iter().collect::<BTreeSet<_>>().len(), empty), (100, 0));
}

#[tokio::test]
async fn fifo_queues_keep_what_they_promise() {
    let world = realistic();
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    for n in 0..200 {
        world.call::<SendMessage>(fifo(&url, &n.to_string(), "g", &n.to_string())).await.unwrap();
    }
    let (seen, empty) = consume(&world, &url, 0).await;
    assert_eq!((seen, empty), ((0..200).collect(), 0));
}

#[tokio::test]
async fn what_was_purged_does_not_come_again() {
    let world = realistic();
    let url = world.create("q", &[]).await;
    for n in 0..200 {
        world.call::<SendMessage>(message(&url, &n.to_string())).await.unwrap();
    }
    for _ in 0..100 {
        world.receive(&url, 10).await;
    }
    world.call::<PurgeQueue>(PurgeQueueRequest { queue_url: url.clone() }).await.unwrap();
    world.turn_ms(LAG_MS + 1);
    for _ in 0..100 {
        assert!(world.receive(&url, 10).await.is_empty());
    }
}

#[tokio::test]
async fn the_name_of_a_deleted_queue_is_blocked_for_a_minute() {
    for (world, is_blocked) in [(realistic(), true), (World::new(1), false)] {
        let url = world.create("q", &[]).await;
        world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: url }).await.unwrap();
        let again = || CreateQueueRequest { queue_name: "q".into(), ..Default::default() };
        if is_blocked {
            for _ in 0..2 {
                let (code, text) = world.refused::<CreateQueue>(again()).await;
                assert_eq!(code, "AWS.SimpleQueueService.QueueDeletedRecently");
                assert_eq!(
                    text,
                    "You must wait 60 seconds after deleting a queue before you can create another with the same name."
                );
                world.turn_ms(59_999 / 2);
            }
            world.create("other", &[]).await;
            world.turn_ms(2);
        }
        world.create("q", &[]).await;
    }
}
