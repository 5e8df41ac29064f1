//! What is still there after a restart.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::sync::Arc;

use api_sqs::*;
use common::{World, body, fifo, message};

#[tokio::test]
async fn everything_is_found_again() {
    for cells in [1, 3] {
        let dir = tempfile::tempdir().unwrap();
        let world = World::at(dir.path(), cells);
        let url = world.create("q", &[("VisibilityTimeout", "30")]).await;
        for i in 0..700 {
            world.send(&url, &i.to_string()).await;
        }
        world
            .call::<SendMessage>(SendMessageRequest { delay_seconds: Some(40), ..message(&url, "late") })
            .await
            .unwrap();
        let held = world.receive(&url, 3).await;
        world.delete(&url, &held[0]).await.unwrap();
        world.hide(&url, &held[1], 50).await.unwrap();
        assert_eq!(world.counts(&url).await, (697, 2, 1));
        let world = world.restart(dir.path(), cells).await;
        assert_eq!(world.counts(&url).await, (697, 2, 1));
        let mut seen = Vec::new();
        loop {
            let page = world.receive(&url, 10).await;
            if page.is_empty() {
                break;
            }
            seen.extend(page.iter().map(|m| body(m).to_owned()));
        }
        assert_eq!(seen, (3..700).map(|i| i.to_string()).collect::<Vec<_>>());
        world.delete(&url, &held[1]).await.unwrap();
        world.turn(30);
        assert_eq!(world.counts(&url).await, (698, 0, 1));
        world.turn(10);
        assert_eq!(world.counts(&url).await, (699, 0, 0));
        let again = world.restart(dir.path(), cells).await;
        assert_eq!(again.counts(&url).await, (699, 0, 0));
        assert_eq!(again.bodies(&url, 2).await, ["2", "3"]);
        let urls = again.call::<ListQueues>(ListQueuesRequest::default()).await.unwrap().queue_urls;
        assert_eq!(urls, Some(vec![url]));
    }
}

#[tokio::test]
async fn groups_stay_blocked_and_ids_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), 1);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    for (text, group) in [("a1", "a"), ("a2", "a"), ("b1", "b")] {
        world.call::<SendMessage>(fifo(&url, text, group, text)).await.unwrap();
    }
    let held = world.receive(&url, 1).await.remove(0);
    let world = world.restart(dir.path(), 1).await;
    world.call::<SendMessage>(fifo(&url, "again", "a", "a1")).await.unwrap();
    assert_eq!(world.bodies(&url, 10).await, ["b1"]);
    world.delete(&url, &held).await.unwrap();
    assert_eq!(world.bodies(&url, 10).await, ["a2"]);
}

/// What was deleted before is in nobody's way, and a receive that finds ten messages does not look at a thousand others.
#[tokio::test]
async fn the_last_ten_of_many_are_received_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let world = World::at(dir.path(), 1);
    let url = world.create("q", &[]).await;
    for batch in 0..200 {
        let entry = |i: u64| SendMessageBatchRequestEntry {
            id: i.to_string(),
            message_body: (batch * 10 + i).to_string(),
            ..Default::default()
        };
        let entries = (0..10).map(entry).collect();
        world
            .call::<SendMessageBatch>(SendMessageBatchRequest { queue_url: url.clone(), entries })
            .await
            .unwrap();
    }
    let mut left = 2000;
    while left > 10 {
        let received = world.receive(&url, 10.min(left - 10)).await;
        left -= received.len() as i32;
        let entry = |(i, m): (usize, Message)| DeleteMessageBatchRequestEntry {
            id: i.to_string(),
            receipt_handle: m.receipt_handle.unwrap(),
        };
        let entries = received.into_iter().enumerate().map(entry).collect();
        world
            .call::<DeleteMessageBatch>(DeleteMessageBatchRequest { queue_url: url.clone(), entries })
            .await
            .unwrap();
    }
    let world = world.restart(dir.path(), 1).await;
    assert_eq!(world.bodies(&url, 10).await, (1990..2000).map(|i| i.to_string()).collect::<Vec<_>>());
    assert!(world.receive(&url, 10).await.is_empty());
    assert_eq!(world.counts(&url).await, (0, 10, 0));
}

/// What was received before a start is in flight after it, though messages that come before it in the queue are visible.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_are_in_flight_than_may_be_after_a_start() {
    const MAX: usize = sqs::limits::IN_FLIGHT_MAX;
    let dir = tempfile::tempdir().unwrap();
    let world = Arc::new(World::at(dir.path(), 1));
    let url = world.create("q", &[("VisibilityTimeout", "600")]).await;
    let each = |batches: usize, delay_s: i32| {
        let tasks = (0..8).map(|_| {
            let (world, url) = (world.clone(), url.clone());
            tokio::spawn(async move {
                for _ in 0..batches / 8 {
                    world.call::<SendMessageBatch>(ten(&url, delay_s)).await.unwrap();
                }
                let receive = async || world.call::<ReceiveMessage>(receives(&url, 10)).await;
                while receive().await.is_ok_and(|got| got.messages.is_some()) {}
            })
        });
        futures_util::future::try_join_all(tasks)
    };
    each(1000, 300).await.unwrap();
    each(MAX / 10, 0).await.unwrap();
    world.turn(300);
    assert_eq!(world.counts(&url).await, (10_000, MAX as u64, 0));
    assert_eq!(world.refused::<ReceiveMessage>(receives(&url, 1)).await.0, "OverLimit");
    let world = Arc::into_inner(world).unwrap().restart(dir.path(), 1).await;
    let mut more = 0;
    while world.call::<ReceiveMessage>(receives(&url, 1)).await.is_ok() {
        more += 1;
        assert!(more < 5000, "nobody noticed");
    }
    assert_eq!(world.counts(&url).await, ((10_000 - more) as u64, (MAX + more) as u64, 0));
    world.turn(300);
    assert_eq!(world.receive(&url, 10).await.len(), 10);
}

fn receives(url: &str, max: i32) -> ReceiveMessageRequest {
    ReceiveMessageRequest { queue_url: url.into(), max_number_of_messages: Some(max), ..Default::default() }
}

fn ten(url: &str, delay_s: i32) -> SendMessageBatchRequest {
    let entry = |n: u64| SendMessageBatchRequestEntry {
        id: n.to_string(),
        message_body: n.to_string(),
        delay_seconds: Some(delay_s),
        ..Default::default()
    };
    SendMessageBatchRequest { queue_url: url.into(), entries: (0..10).map(entry).collect() }
}
