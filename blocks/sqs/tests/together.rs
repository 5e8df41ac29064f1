//! Many at once, on the host's clocks and several threads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use api_sqs::*;
use common::{World, body, fifo, message};
use env::Env;
use floor::{Master, cells::Home};
use parking_lot::Mutex;

const SENDERS: usize = 4;
const MESSAGES: usize = 150;

fn world(cells: u32) -> Arc<World> {
    let env = Env::host();
    let seal = Master::ephemeral(&env.random);
    Arc::new(World::on(env, seal, Home::Memory, cells))
}

async fn poll(world: &World, url: &str, max: i32) -> Vec<Message> {
    let input = ReceiveMessageRequest {
        queue_url: url.into(),
        max_number_of_messages: Some(max),
        wait_time_seconds: Some(1),
        attribute_names: Some(vec!["MessageGroupId".into()]),
        ..Default::default()
    };
    world.call::<ReceiveMessage>(input).await.unwrap().messages.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_message_is_received_once_while_it_is_hidden() {
    for cells in [1, 3] {
        let world = world(cells);
        let url = world.create("q", &[]).await;
        let seen: Arc<Mutex<HashSet<String>>> = Arc::default();
        let mut tasks = Vec::new();
        for sender in 0..SENDERS {
            let (world, url) = (world.clone(), url.clone());
            tasks.push(tokio::spawn(async move {
                for i in 0..MESSAGES {
                    world.call::<SendMessage>(message(&url, &format!("{sender}-{i}"))).await.unwrap();
                }
            }));
        }
        for max in [1, 3, 10, 10, 1, 1] {
            let (world, url, seen) = (world.clone(), url.clone(), seen.clone());
            tasks.push(tokio::spawn(async move {
                loop {
                    let received = poll(&world, &url, max).await;
                    if received.is_empty() {
                        return;
                    }
                    for message in &received {
                        assert!(seen.lock().insert(body(message).to_owned()), "{} twice", body(message));
                        world.delete(&url, message).await.unwrap();
                    }
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(seen.lock().len(), SENDERS * MESSAGES);
        assert_eq!(world.counts(&url).await, (0, 0, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_group_has_one_receiver_at_a_time_and_keeps_its_order() {
    let world = world(3);
    let url = world.create("q.fifo", &[("FifoQueue", "true")]).await;
    let seen: Arc<Mutex<HashMap<String, Vec<usize>>>> = Arc::default();
    let busy: Arc<Mutex<HashSet<String>>> = Arc::default();
    let mut tasks = Vec::new();
    for group in 0..SENDERS {
        let (world, url) = (world.clone(), url.clone());
        tasks.push(tokio::spawn(async move {
            for i in 0..MESSAGES {
                let input = fifo(&url, &i.to_string(), &format!("g{group}"), &format!("{group}-{i}"));
                world.call::<SendMessage>(input.clone()).await.unwrap();
                if i % 7 == 0 {
                    world.call::<SendMessage>(input).await.unwrap(); // a retry
                }
            }
        }));
    }
    for max in [1, 2, 10, 1] {
        let (world, url, seen, busy) = (world.clone(), url.clone(), seen.clone(), busy.clone());
        tasks.push(tokio::spawn(async move {
            loop {
                let received = poll(&world, &url, max).await;
                if received.is_empty() {
                    return;
                }
                let group = |m: &Message| m.attributes.as_ref().unwrap()["MessageGroupId"].clone();
                let groups: HashSet<_> = received.iter().map(group).collect();
                for group in &groups {
                    assert!(busy.lock().insert(group.clone()), "{group} has two receivers");
                }
                for message in &received {
                    seen.lock().entry(group(message)).or_default().push(body(message).parse().unwrap());
                }
                tokio::task::yield_now().await;
                // The last ones of a group first: what follows must wait for all of them.
                for group in &groups {
                    busy.lock().remove(group);
                }
                for message in received.iter().rev() {
                    world.delete(&url, message).await.unwrap();
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(world.counts(&url).await, (0, 0, 0));
    let seen = seen.lock();
    assert_eq!(seen.len(), SENDERS);
    for order in seen.values() {
        assert_eq!(*order, (0..MESSAGES).collect::<Vec<_>>());
    }
}

/// A thousand who wait, each for one message: the first message wakes the first of them, and nobody is forgotten.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_wait_in_line() {
    const WAITING: usize = 1000;
    let world = world(1);
    let url = world.create("q", &[]).await;
    let mut waiting = Vec::new();
    for _ in 0..WAITING {
        let (world, url) = (world.clone(), url.clone());
        waiting.push(tokio::spawn(async move {
            let input =
                ReceiveMessageRequest { queue_url: url, wait_time_seconds: Some(20), ..Default::default() };
            world.call::<ReceiveMessage>(input).await.unwrap().messages.unwrap_or_default().len()
        }));
    }
    for i in 0..WAITING {
        world.send(&url, &i.to_string()).await;
    }
    for one in waiting {
        assert_eq!(one.await.unwrap(), 1);
    }
    assert_eq!(world.counts(&url).await, (0, WAITING as u64, 0));
}
