//! Nothing is left behind: when a queue has been used and is gone, so are all its records.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use api_sqs::*;
use common::{World, fifo, map, message};
use store::KeyRange;

/// How many records the block has, in all cells.
async fn records(world: &World) -> usize {
    let mut found = 0;
    for cell in world.floor.cells.opened() {
        found +=
            cell.records().view().range(KeyRange::prefix(&b"sqs\0"[..]), usize::MAX).await.unwrap().len();
    }
    found
}

async fn until_records(world: &World, expected: usize) {
    for _ in 0..10_000 {
        if records(world).await == expected {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{} records, expected {expected}", records(world).await);
}

async fn use_it(world: &World, url: &str, fifo_queue: bool) {
    for i in 0..20 {
        let text = i.to_string();
        let input =
            if fifo_queue { fifo(url, &text, &format!("g{}", i % 3), &text) } else { message(url, &text) };
        let delay = (!fifo_queue && i % 4 == 0).then_some(5);
        world.call::<SendMessage>(SendMessageRequest { delay_seconds: delay, ..input }).await.unwrap();
    }
    world.turn(5);
    for _ in 0..2 {
        for message in world.receive(url, 5).await {
            world.delete(url, &message).await.unwrap();
        }
        let held = world.receive(url, 2).await;
        world.hide(url, &held[0], 0).await.unwrap();
    }
}

#[tokio::test]
async fn a_queue_that_is_emptied_keeps_its_own_record_alone() {
    for (name, attributes) in [("q", &[][..]), ("q.fifo", &[("FifoQueue", "true")][..])] {
        for cells in [1, 3] {
            let world = World::new(cells);
            let url = world.create(name, attributes).await;
            use_it(&world, &url, name.ends_with("fifo")).await;
            world.turn(60);
            loop {
                let received = world.receive(&url, 10).await;
                if received.is_empty() {
                    break;
                }
                for message in &received {
                    world.delete(&url, message).await.unwrap();
                }
            }
            assert_eq!(world.counts(&url).await, (0, 0, 0));
            // The caretaker takes the deduplication ids, five minutes after the last of them.
            floor::caretaker::Caretakers::start(&world.floor);
            tokio::task::yield_now().await;
            world.turn(360);
            until_records(&world, 3).await; // the queue, its counter, its entry in the directory
            world.floor.caretakers.stop();
            world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: url }).await.unwrap();
            until_records(&world, 0).await;
        }
    }
}

#[tokio::test]
async fn a_queue_that_is_deleted_takes_everything_along() {
    let world = World::new(3);
    let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:dead","maxReceiveCount":1}"#;
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", policy), ("VisibilityTimeout", "0")]).await;
    let ordered = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    use_it(&world, &ordered, true).await;
    for i in 0..5 {
        world.send(&url, &i.to_string()).await;
    }
    world.receive(&url, 5).await;
    assert!(world.receive(&url, 5).await.is_empty());
    let input = TagQueueRequest { queue_url: dead.clone(), tags: map(&[("a", "b")]).unwrap() };
    world.call::<TagQueue>(input).await.unwrap();
    for queue_url in [url, ordered, dead] {
        world.call::<DeleteQueue>(DeleteQueueRequest { queue_url }).await.unwrap();
    }
    until_records(&world, 0).await;
}
