//! What is still there after a restart.

mod common;

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
