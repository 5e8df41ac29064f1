//! Long polls: what those who wait cost, in which order they are served, and what becomes of messages when they go away.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use api_sqs::*;
use common::{World, body, region, root};
use floor::{As, Gone};
use parking_lot::Mutex;
use tokio::task::JoinHandle;

fn poll(url: &str, wait_s: i32) -> ReceiveMessageRequest {
    ReceiveMessageRequest { queue_url: url.into(), wait_time_seconds: Some(wait_s), ..Default::default() }
}

/// Counts how often a future is polled: each time somebody has woken it.
struct Counted<F> {
    inner: Pin<Box<F>>,
    polls: Arc<AtomicUsize>,
}

impl<F: Future> Future for Counted<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.polls.fetch_add(1, Ordering::Relaxed);
        self.inner.as_mut().poll(context)
    }
}

/// Lets everything run that can.
async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

/// Somebody who waits; when he is served he says who he is.
fn waiter(
    world: &Arc<World>,
    url: &str,
    number: usize,
    gone: &Gone,
    polls: &Arc<AtomicUsize>,
    served: &Arc<Mutex<Vec<(usize, String)>>>,
) -> JoinHandle<usize> {
    let (world, input, gone, served) = (world.clone(), poll(url, 20), gone.clone(), served.clone());
    let waits = async move {
        let answer = world.cx(root(), &gone).call::<ReceiveMessage>(As::Caller, &region(), input).await;
        let messages = answer.unwrap().messages.unwrap_or_default();
        for message in &messages {
            served.lock().push((number, body(message).to_owned()));
        }
        messages.len()
    };
    tokio::spawn(Counted { inner: Box::pin(waits), polls: polls.clone() })
}

/// Ten thousand wait. A message wakes the one who gets it, and the next one, who keeps the time from then on.
#[tokio::test]
async fn a_message_wakes_no_more_than_who_gets_it() {
    const WAITING: usize = 10_000;
    const WAKES: usize = 12;
    let world = Arc::new(World::new(1));
    let url = world.create("q", &[]).await;
    let (polls, served) = (Arc::<AtomicUsize>::default(), Arc::default());
    let gone = Gone::default();
    let all: Vec<_> = (0..WAITING).map(|n| waiter(&world, &url, n, &gone, &polls, &served)).collect();
    settle().await;
    polls.store(0, Ordering::Relaxed);
    settle().await;
    assert_eq!(polls.load(Ordering::Relaxed), 0, "who waits does nothing");
    for number in 0..100 {
        world.send(&url, &number.to_string()).await;
        settle().await;
    }
    let woken = polls.load(Ordering::Relaxed);
    assert!(woken <= 100 * WAKES, "{woken} wakes for a hundred messages");
    // First come, first served.
    let expected: Vec<_> = (0..100).map(|n| (n, n.to_string())).collect();
    assert_eq!(*served.lock(), expected);
    // The others go home when their time is over.
    polls.store(0, Ordering::Relaxed);
    world.turn(20);
    let mut empty = 0;
    for one in all {
        empty += usize::from(one.await.unwrap() == 0);
    }
    assert_eq!(empty, WAITING - 100);
    assert!(polls.load(Ordering::Relaxed) <= 3 * WAITING);
    assert_eq!(world.counts(&url).await, (0, 100, 0));
}

/// One who hangs up while he waits takes nothing along, whether he goes before a message comes or just as it comes.
#[tokio::test]
async fn who_hung_up_hides_nothing() {
    for attributes in [&[][..], &[("FifoQueue", "true")][..]] {
        let is_fifo = !attributes.is_empty();
        let world = Arc::new(World::new(1));
        let url = world.create(if is_fifo { "q.fifo" } else { "q" }, attributes).await;
        let (polls, served) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<_>>>::default());
        let send = async |text: &str| {
            let input =
                if is_fifo { common::fifo(&url, text, "g", text) } else { common::message(&url, text) };
            world.call::<SendMessage>(input).await.unwrap();
        };
        for (number, is_early) in [true, false, true, false].into_iter().enumerate() {
            let gone = Gone::default();
            let waits = waiter(&world, &url, number, &gone, &polls, &served);
            settle().await;
            if is_early {
                gone.tell();
                settle().await;
                send(&number.to_string()).await;
            } else {
                // The message is laid down for him, and he has not looked yet.
                send(&number.to_string()).await;
                gone.tell();
            }
            assert_eq!(waits.await.unwrap(), 0);
            assert_eq!(world.counts(&url).await, (1, 0, 0), "it is visible");
            let received = world.receive(&url, 1).await.remove(0);
            let attributes = received.attributes.as_ref().unwrap();
            assert_eq!(attributes["ApproximateReceiveCount"], "1", "nobody has received it before");
            world.delete(&url, &received).await.unwrap();
        }
        // The same where the request itself is cut off.
        let waits = waiter(&world, &url, 9, &Gone::default(), &polls, &served);
        settle().await;
        send("last").await;
        waits.abort();
        assert!(waits.await.is_err());
        assert_eq!(world.bodies(&url, 1).await, ["last"]);
        assert!(served.lock().is_empty());
    }
}

/// What the one who hung up would have got goes to who waits behind him, at once.
#[tokio::test]
async fn the_next_in_line_gets_what_was_laid_down_for_one_who_left() {
    let world = Arc::new(World::new(1));
    let url = world.create("q", &[]).await;
    let (polls, served) = (Arc::<AtomicUsize>::default(), Arc::default());
    let (first, second) = (Gone::default(), Gone::default());
    let leaves = waiter(&world, &url, 1, &first, &polls, &served);
    settle().await;
    let stays = waiter(&world, &url, 2, &second, &polls, &served);
    settle().await;
    world.send(&url, "a").await;
    first.tell();
    assert_eq!((leaves.await.unwrap(), stays.await.unwrap()), (0, 1));
    assert_eq!(*served.lock(), [(2, "a".to_owned())]);
}
