//! Counters against contents: after whatever was done, what GetQueueAttributes says is what the records hold.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use api_sqs::*;
use bytes::Bytes;
use common::{World, fifo, map, message};
use floor::{Key, Record as _};
use sqs::records::State;
use store::KeyRange;

/// All records of a family, in all cells.
async fn family(world: &World, name: &str) -> Vec<(Bytes, Bytes)> {
    let prefix = [&b"sqs\0"[..], Key::of(name).as_slice()].concat();
    let mut found = Vec::new();
    for cell in world.floor.cells.opened() {
        found
            .extend(cell.records().view().range(KeyRange::prefix(prefix.clone()), usize::MAX).await.unwrap());
    }
    found
}

/// Visible, in flight and delayed messages, as the records of the one queue say.
async fn contents(world: &World, url: &str) -> (u64, u64, u64) {
    // What is durable is shown: also that messages are hidden, which is answered before it is.
    let tags = map(&[("a", "b")]).unwrap();
    world.call::<TagQueue>(TagQueueRequest { queue_url: url.into(), tags }).await.unwrap();
    let now = world.env.clocks.service.now().0;
    let messages = family(world, "m").await.len() as u64;
    let states = family(world, "s").await;
    let hidden =
        states.iter().filter(|(_, s)| State::decode(s).unwrap().hidden_until_ms > now).count() as u64;
    let due = |key: &[u8]| {
        let at = key.len() - sqs::stamp::STAMP_BYTES;
        u64::from_be_bytes(key[at - 8..at].try_into().unwrap())
    };
    let delayed = family(world, "l").await.iter().filter(|(key, _)| due(key) > now).count() as u64;
    (messages - hidden - delayed, hidden, delayed)
}

/// A sequence of numbers that a seed decides.
struct Choice(u64);

impl Choice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

async fn send(world: &World, url: &str, is_fifo: bool, choice: &mut Choice, number: u64) {
    for entry in 0..=choice.below(4) {
        let (text, group) = (format!("{number}-{entry}"), format!("g{}", choice.below(3)));
        let input = if is_fifo { fifo(url, &text, &group, &text) } else { message(url, &text) };
        // Whole seconds of a clock that moves by whole seconds: tenths are not cut.
        let delay = (!is_fifo && choice.below(3) == 0).then(|| choice.below(20) as i32 + 1);
        let input = SendMessageRequest { delay_seconds: delay, ..input };
        world.call::<SendMessage>(input.clone()).await.unwrap();
        if is_fifo && choice.below(4) == 0 {
            world.call::<SendMessage>(input).await.unwrap(); // a repetition counts for nothing
        }
    }
}

#[tokio::test]
async fn counters_agree_with_contents() {
    for (seed, is_fifo) in [(1, false), (2, true), (3, false), (4, true), (5, false)] {
        let dir = tempfile::tempdir().unwrap();
        let mut world = World::at(dir.path(), 2);
        let (name, attributes) =
            if is_fifo { ("q.fifo", &[("FifoQueue", "true")][..]) } else { ("q", &[][..]) };
        let url = world.create(name, attributes).await;
        let (mut choice, mut held) = (Choice(seed), Vec::new());
        for number in 0..100 {
            match choice.below(12) {
                0..=4 => send(&world, &url, is_fifo, &mut choice, number).await,
                5..=6 => held.extend(world.receive(&url, choice.below(10) as i32 + 1).await),
                7..=8 if !held.is_empty() => {
                    let one = held.swap_remove(choice.below(held.len() as u64) as usize);
                    let _gone_or_expired = world.delete(&url, &one).await;
                }
                9 if !held.is_empty() => {
                    let one = &held[choice.below(held.len() as u64) as usize];
                    let _gone_or_expired = world.hide(&url, one, choice.below(60) as i32).await;
                }
                10 => world.turn(choice.below(15)),
                11 => world = world.restart(dir.path(), 2).await,
                _ => {}
            }
            // Not after each step: a queue that nobody counts must be counted right all the same.
            if choice.below(3) == 0 {
                assert_eq!(
                    world.counts(&url).await,
                    contents(&world, &url).await,
                    "seed {seed}, step {number}"
                );
            }
        }
        world.turn(80);
        let purge = PurgeQueueRequest { queue_url: url.clone() };
        let (visible, ..) = contents(&world, &url).await;
        assert_eq!(world.counts(&url).await, (visible, 0, 0));
        world.call::<PurgeQueue>(purge).await.unwrap();
        assert_eq!((world.counts(&url).await, contents(&world, &url).await), ((0, 0, 0), (0, 0, 0)));
        assert_eq!(family(&world, "s").await.len(), 0);
    }
}
