//! What a receive reads after a start, counted: it costs no more for what the queue holds or has held.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use floor::{Answer, Get, Key, KeyRange, Record as _};
use futures_util::FutureExt as _;
use proptest::prelude::*;

use crate::{
    leader::{delays::DELAYS_MAX, window::Window},
    pages,
    records::{self, Head, Message, State},
    stamp::Stamp,
};

const QUEUE: u64 = 1;
const NOW: u64 = 1_000_000;

/// Records in memory, and how many of them were read. A seek costs about as much as a record.
#[derive(Default)]
struct Counted {
    records: BTreeMap<Vec<u8>, Bytes>,
    read: AtomicUsize,
}

impl Get for &Counted {
    async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
        self.read.fetch_add(1, Ordering::Relaxed);
        Ok(self.records.get(key.as_slice()).cloned())
    }
    async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
        let found = self.records.range(range.start.to_vec()..range.end.to_vec()).take(limit);
        let found: Vec<_> = found.map(|(k, v)| (k.clone().into(), v.clone())).collect();
        self.read.fetch_add(found.len() + 1, Ordering::Relaxed);
        Ok(found)
    }
}

/// What has become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Fresh,
    /// Received, and shown again.
    Shown,
    Hidden,
    Delayed,
}

impl Counted {
    fn put(&mut self, number: u64, fate: Fate, group: Option<&str>) -> Stamp {
        let stamp = Stamp::new(number, 0, 0);
        let due_ms = if fate == Fate::Delayed { NOW + number } else { 0 };
        let message = Message {
            head: Head { sent_ms: NOW, due_ms, group: group.map(str::to_owned) },
            id: [0; 16],
            sender: String::new(),
            body: "body".into(),
            body_md5: [0; 16],
            attributes: Vec::new(),
            trace: None,
            deduplication_id: None,
            dead_letter_source: None,
            locked: None,
        };
        self.records.insert(records::message(QUEUE, stamp).as_slice().to_vec(), message.encode().into());
        if matches!(fate, Fate::Shown | Fate::Hidden) {
            let hidden_until_ms = if fate == Fate::Hidden { NOW + 30_000 } else { NOW - 1 };
            let state = State { receives: 1, hidden_until_ms, ..State::default() };
            self.records.insert(records::state(QUEUE, stamp).as_slice().to_vec(), state.encode().into());
        }
        if fate == Fate::Delayed {
            self.records.insert(records::delay(QUEUE, due_ms, stamp).as_slice().to_vec(), Bytes::new());
        }
        stamp
    }
}

fn now<T>(answer: impl Future<Output = Answer<T>>) -> T {
    answer.now_or_never().expect("nothing waits").unwrap()
}

/// The first receive of ten after a start: what it takes, and how many records were read for it.
fn first_receive(memory: &Counted, fifo: bool) -> (Window, Vec<Stamp>, usize) {
    memory.read.store(0, Ordering::Relaxed);
    let mut window = Window::unread(fifo, NOW, 0);
    let from = (NOW, Stamp::FIRST);
    let delays = now(pages::delays(&memory, QUEUE, from, DELAYS_MAX));
    let end = delays.len() < DELAYS_MAX;
    window.page_of_delays(from, delays, end, u64::MAX);
    loop {
        let taken = window.claim(10, NOW);
        let Some(from) = window.wants_page().filter(|_| taken.is_empty()) else {
            let read = memory.read.load(Ordering::Relaxed);
            return (window, taken, read);
        };
        let (found, end) = now(pages::messages(&memory, QUEUE, from));
        window.page(from, &found, end, u64::MAX, NOW);
    }
}

/// Records of one page: messages, their states, and the seeks.
const PAGE: usize = 2 * (pages::PAGE + 8) + 20;

#[test]
fn a_backlog_of_any_kind_costs_a_page() {
    for fate in [Fate::Fresh, Fate::Shown] {
        for fifo in [false, true] {
            for backlog in [10, 1000, 30_000] {
                let mut memory = Counted::default();
                let all: Vec<_> = (1..=backlog)
                    .map(|n| memory.put(n, fate, fifo.then(|| format!("group{}", n % 100)).as_deref()))
                    .collect();
                let (_, taken, read) = first_receive(&memory, fifo);
                assert!(read <= PAGE, "{read} records were read with {backlog} {fate:?}");
                if !fifo {
                    assert_eq!(taken, all[..10]);
                }
            }
        }
    }
}

#[test]
fn what_was_deleted_costs_nothing() {
    let mut memory = Counted::default();
    let all: Vec<_> = (1..=30_000).map(|n| memory.put(n, Fate::Shown, None)).collect();
    let (gone, left) = all.split_at(all.len() - 10);
    for stamp in gone {
        memory.records.remove(records::message(QUEUE, *stamp).as_slice());
        memory.records.remove(records::state(QUEUE, *stamp).as_slice());
    }
    let (_, taken, read) = first_receive(&memory, false);
    assert_eq!(taken, left);
    assert!(read <= 30, "{read} records were read for ten");
}

#[test]
fn what_is_delayed_costs_its_next_page_alone() {
    let mut memory = Counted::default();
    let first: Vec<_> = (1..=10).map(|n| memory.put(n, Fate::Fresh, None)).collect();
    for n in 11..20_000 {
        memory.put(n, Fate::Delayed, None);
    }
    let (_, taken, read) = first_receive(&memory, false);
    assert_eq!(taken, first);
    assert!(read <= DELAYS_MAX + PAGE + 20, "{read} records were read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// A receive takes what is visible, in order; it reads the pages up to there, and nothing behind them. Counted are all.
    #[test]
    fn pages_are_read_up_to_what_is_visible(
        runs in prop::collection::vec((
            prop_oneof![Just(Fate::Fresh), Just(Fate::Shown), Just(Fate::Hidden), Just(Fate::Delayed)], 1_u64..400,
        ), 1..8),
    ) {
        let (mut memory, mut all) = (Counted::default(), Vec::new());
        for (fate, many) in runs {
            for _ in 0..many {
                all.push((memory.put(all.len() as u64 + 1, fate, None), fate));
            }
        }
        let (mut window, taken, read) = first_receive(&memory, false);
        let is_visible = |fate: Fate| matches!(fate, Fate::Fresh | Fate::Shown);
        let visible: Vec<_> = all.iter().filter(|(_, fate)| is_visible(*fate)).map(|(stamp, _)| *stamp).collect();
        let before = all.iter().take_while(|(_, fate)| !is_visible(*fate)).count();
        prop_assert!(read <= DELAYS_MAX + (before / pages::PAGE + 2) * PAGE, "{} records were read", read);
        prop_assert!(!taken.is_empty() || visible.is_empty());
        prop_assert_eq!(&visible[..taken.len()], &taken[..]);
        window.begin_count();
        let hidden = now(pages::hidden(&&memory, QUEUE, NOW));
        let delays = now(pages::delays(&&memory, QUEUE, (NOW, Stamp::FIRST), usize::MAX));
        window.count(hidden, &delays, u64::MAX, NOW);
        let of = |wanted: Fate| all.iter().filter(|(_, fate)| *fate == wanted).count() as u64;
        // What is due within this tenth of a second counts as due.
        let delayed = all.iter().filter(|(s, fate)| *fate == Fate::Delayed && (NOW + s.batch) / 100 > NOW / 100).count();
        prop_assert_eq!(window.counts(NOW), Some((of(Fate::Hidden), delayed as u64)));
    }
}
