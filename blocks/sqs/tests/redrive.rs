//! Dead-letter queues and move tasks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::sync::Arc;

use api_sqs::*;
use common::{World, body, fifo, map};

fn arn(name: &str) -> String {
    format!("arn:aws:sqs:eu-west-1:000000000000:{name}")
}

fn redrive(target: &str, max: u32) -> String {
    format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":{max}}}"#, arn(target))
}

/// Deliveries run beside the test.
async fn until<F: AsyncFnMut() -> bool>(mut done: F) {
    for _ in 0..10_000 {
        if done().await {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it did not come to pass");
}

#[tokio::test]
async fn messages_received_too_often_go_to_the_dead_letter_queue() {
    let world = World::new(3);
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", &redrive("dead", 2)), ("VisibilityTimeout", "0")]).await;
    let sent = world.send(&url, "poison").await;
    world.turn(5);
    for count in ["1", "2"] {
        let received = world.receive(&url, 1).await;
        assert_eq!(received[0].attributes.as_ref().unwrap()["ApproximateReceiveCount"], count);
        world.turn(1);
    }
    assert!(world.receive(&url, 1).await.is_empty());
    assert_eq!(world.counts(&url).await, (0, 0, 0));
    until(async || world.counts(&dead).await == (1, 0, 0)).await;
    let received = world.receive(&dead, 1).await.remove(0);
    let attributes = received.attributes.as_ref().unwrap();
    assert_eq!((body(&received), &received.message_id), ("poison", &sent.message_id));
    assert_eq!(attributes["ApproximateReceiveCount"], "3");
    assert_eq!(attributes["SentTimestamp"], "1700000000000");
    assert_eq!(attributes["ApproximateFirstReceiveTimestamp"], "1700000005000");
    assert_eq!(attributes["DeadLetterQueueSourceArn"], arn("q"));
    // Its retention counts from when it was sent first, though younger messages stand before it.
    world.delete(&dead, &received).await.unwrap();
}

#[tokio::test]
async fn retention_counts_from_the_first_sending() {
    let world = World::new(1);
    let dead = world.create("dead", &[("MessageRetentionPeriod", "100")]).await;
    let policy = redrive("dead", 1);
    let url = world.create("q", &[("RedrivePolicy", &policy), ("VisibilityTimeout", "0")]).await;
    world.send(&url, "old").await;
    world.turn(60);
    world.send(&dead, "young").await;
    world.receive(&url, 1).await;
    assert!(world.receive(&url, 1).await.is_empty());
    until(async || world.counts(&dead).await == (2, 0, 0)).await;
    world.turn(40);
    assert_eq!(world.counts(&dead).await, (1, 0, 0));
    assert_eq!(world.bodies(&dead, 10).await, ["young"]);
    world.turn(60);
    assert!(world.receive(&dead, 10).await.is_empty());
    assert_eq!(world.counts(&dead).await, (0, 0, 0));
}

#[tokio::test]
async fn without_a_dead_letter_queue_messages_stay() {
    let world = World::new(1);
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", &redrive("dead", 1)), ("VisibilityTimeout", "0")]).await;
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: dead }).await.unwrap();
    world.send(&url, "a").await;
    for _ in 0..3 {
        assert_eq!(world.bodies(&url, 1).await, ["a"]);
    }
}

#[tokio::test]
async fn a_fifo_queue_goes_on_behind_a_dead_letter() {
    let world = World::new(3);
    let dead = world.create("dead.fifo", &[("FifoQueue", "true")]).await;
    let policy = redrive("dead.fifo", 1);
    let url = world
        .create("q.fifo", &[("FifoQueue", "true"), ("RedrivePolicy", &policy), ("VisibilityTimeout", "10")])
        .await;
    for text in ["a", "b", "c"] {
        world.call::<SendMessage>(fifo(&url, text, "g", text)).await.unwrap();
    }
    assert_eq!(world.bodies(&url, 2).await, ["a", "b"]);
    world.turn(10);
    assert_eq!(world.bodies(&url, 10).await, ["c"]);
    until(async || world.counts(&dead).await == (2, 0, 0)).await;
    assert_eq!(world.bodies(&dead, 10).await, ["a", "b"]);
}

#[tokio::test]
async fn a_dead_letter_queue_knows_its_sources() {
    let world = World::new(3);
    let dead = world.create("dead", &[]).await;
    let list = || ListDeadLetterSourceQueuesRequest { queue_url: dead.clone(), ..Default::default() };
    let sources =
        async || world.call::<ListDeadLetterSourceQueues>(list()).await.unwrap().queue_urls.unwrap();
    assert!(sources().await.is_empty());
    let a = world.create("a", &[("RedrivePolicy", &redrive("dead", 1))]).await;
    let b = world.create("b", &[]).await;
    let set = |url: &str, policy: &str| SetQueueAttributesRequest {
        queue_url: url.into(),
        attributes: map(&[("RedrivePolicy", policy)]).unwrap(),
    };
    world.call::<SetQueueAttributes>(set(&b, &redrive("dead", 7))).await.unwrap();
    assert_eq!(sources().await, [a.clone(), b.clone()]);
    world.call::<SetQueueAttributes>(set(&a, "")).await.unwrap();
    assert_eq!(sources().await, std::slice::from_ref(&b));
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: b.clone() }).await.unwrap();
    assert!(sources().await.is_empty());

    let refused =
        async |url: &str, policy: &str| world.refused::<SetQueueAttributes>(set(url, policy)).await.1;
    assert!(refused(&a, &redrive("none", 1)).await.ends_with("Dead letter target does not exist."));
    assert!(refused(&a, &redrive("x.fifo", 1)).await.ends_with("must be same type of queue as the source."));
    let only_c = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{}"]}}"#, arn("c"));
    let input = SetQueueAttributesRequest {
        queue_url: dead.clone(),
        attributes: map(&[("RedriveAllowPolicy", &only_c)]).unwrap(),
    };
    world.call::<SetQueueAttributes>(input).await.unwrap();
    assert!(refused(&a, &redrive("dead", 1)).await.contains("redrive allow policy"));
    world.create("c", &[("RedrivePolicy", &redrive("dead", 1))]).await;
}

async fn dead_letters(world: &World, dead: &str, url: &str, n: usize) {
    for i in 0..n {
        world.send(url, &i.to_string()).await;
    }
    let all = world.receive(url, 10).await;
    assert_eq!(all.len(), n.min(10));
    while !world.receive(url, 10).await.is_empty() {}
    until(async || world.counts(dead).await.0 == n as u64).await;
}

fn start(to: Option<&str>, rate: Option<i32>) -> StartMessageMoveTaskRequest {
    StartMessageMoveTaskRequest {
        source_arn: arn("dead"),
        destination_arn: to.map(arn),
        max_number_of_messages_per_second: rate,
    }
}

async fn latest(world: &World) -> ListMessageMoveTasksResultEntry {
    let input = ListMessageMoveTasksRequest { source_arn: arn("dead"), max_results: None };
    world.call::<ListMessageMoveTasks>(input).await.unwrap().results.unwrap().remove(0)
}

#[tokio::test]
async fn messages_are_moved_back() {
    let world = World::new(3);
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", &redrive("dead", 1)), ("VisibilityTimeout", "0")]).await;
    let other = world.create("other", &[]).await;
    dead_letters(&world, &dead, &url, 3).await;
    let input = StartMessageMoveTaskRequest { source_arn: arn("q"), ..start(None, None) };
    let refused = world.refused::<StartMessageMoveTask>(input).await;
    assert_eq!(refused.1, "Source queue must be configured as a Dead Letter Queue.");
    let refused = world.refused::<StartMessageMoveTask>(start(Some("none"), None)).await;
    assert_eq!(refused.0, "ResourceNotFoundException");
    world.call::<StartMessageMoveTask>(start(None, None)).await.unwrap();
    until(async || world.counts(&url).await.0 == 3).await;
    until(async || latest(&world).await.status.as_deref() == Some("COMPLETED")).await;
    let done = latest(&world).await;
    assert_eq!(
        (done.approximate_number_of_messages_moved, done.approximate_number_of_messages_to_move),
        (Some(3), Some(3))
    );
    assert_eq!((done.task_handle, done.destination_arn), (None, None));
    assert_eq!(world.counts(&dead).await, (0, 0, 0));
    let received = world.receive(&url, 1).await.remove(0);
    let attributes = received.attributes.unwrap();
    assert_eq!(attributes["ApproximateReceiveCount"], "1");
    assert!(!attributes.contains_key("DeadLetterQueueSourceArn"));

    while !world.receive(&url, 10).await.is_empty() {}
    until(async || world.counts(&dead).await.0 == 3).await;
    world.call::<StartMessageMoveTask>(start(Some("other"), None)).await.unwrap();
    until(async || world.counts(&other).await.0 == 3).await;
}

#[tokio::test]
async fn a_slow_move_is_cancelled() {
    let world = Arc::new(World::new(1));
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", &redrive("dead", 1)), ("VisibilityTimeout", "0")]).await;
    world.create("other", &[]).await;
    dead_letters(&world, &dead, &url, 10).await;
    let handle = world.call::<StartMessageMoveTask>(start(Some("other"), Some(1))).await.unwrap().task_handle;
    let refused = world.refused::<StartMessageMoveTask>(start(None, None)).await;
    assert!(refused.1.starts_with("There is already a task running."));
    for moved in 1..3 {
        until(async || latest(&world).await.approximate_number_of_messages_moved == Some(moved)).await;
        assert_eq!(latest(&world).await.task_handle, handle);
        world.turn(1);
    }
    let cancel = || CancelMessageMoveTaskRequest { task_handle: handle.clone().unwrap() };
    world.call::<CancelMessageMoveTask>(cancel()).await.unwrap();
    world.turn(5);
    until(async || latest(&world).await.status.as_deref() == Some("CANCELLED")).await;
    let left = 10 - latest(&world).await.approximate_number_of_messages_moved.unwrap() as u64;
    assert!(left >= 7);
    assert_eq!(world.counts(&dead).await, (left, 0, 0));
    assert!(world.call::<CancelMessageMoveTask>(cancel()).await.is_err());
    let input = CancelMessageMoveTaskRequest { task_handle: "foobared".into() };
    assert_eq!(
        world.refused::<CancelMessageMoveTask>(input).await.1,
        "Value for parameter TaskHandle is invalid."
    );
}

#[tokio::test]
async fn a_move_fails_where_its_destination_goes() {
    let world = World::new(1);
    let dead = world.create("dead", &[]).await;
    let url = world.create("q", &[("RedrivePolicy", &redrive("dead", 1)), ("VisibilityTimeout", "0")]).await;
    let other = world.create("other", &[]).await;
    dead_letters(&world, &dead, &url, 5).await;
    world.call::<StartMessageMoveTask>(start(Some("other"), Some(1))).await.unwrap();
    until(async || latest(&world).await.approximate_number_of_messages_moved == Some(1)).await;
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: other }).await.unwrap();
    world.turn(1);
    until(async || latest(&world).await.status.as_deref() == Some("FAILED")).await;
    assert_eq!(
        latest(&world).await.failure_reason.as_deref(),
        Some("AWS.SimpleQueueService.NonExistentQueue")
    );
    assert_eq!(world.counts(&dead).await, (4, 0, 0));
}
