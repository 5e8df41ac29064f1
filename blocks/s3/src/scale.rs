//! What listings read, counted: a page costs a few records for each of its entries, whatever lies beside and between.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use floor::{Get, Key, KeyRange, Record as _};
use futures_util::FutureExt as _;
use proptest::prelude::*;
use wire::Answer;

use crate::{
    checksum::{Algorithm, Value},
    contents::Currents,
    history::History,
    listing::{self, Place, Query, Source, rolled_up},
    multipart,
    ops::list_multipart_uploads::Uploads,
    records::{self, About, Data, DataId, Part, Sealing, Upload, UploadId, Version, pack},
    version_id::Order,
};

const BUCKET: u64 = 1;

/// Records in memory, and how many of them were read.
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
        // A seek costs about as much as a record.
        self.read.fetch_add(found.len() + 1, Ordering::Relaxed);
        Ok(found)
    }
}

impl Counted {
    fn put(&mut self, key: &Key, value: impl Into<Bytes>) {
        self.records.insert(key.as_slice().to_vec(), value.into());
    }

    fn reads(&self) -> usize {
        self.read.swap(0, Ordering::Relaxed)
    }
}

/// Of each key its latest version, or `olds` delete markers and versions behind it.
fn fill(memory: &mut Counted, key: &str, olds: u64, is_hidden: bool) {
    let version =
        |order| pack(&Version { order: Order(order), null: false, modified_ms: 0, object: None }, &[]);
    for order in 0..olds {
        memory.put(&records::old(BUCKET, key, Order(order)), version(order));
    }
    if !is_hidden {
        memory.put(&records::current(BUCKET, key), version(olds));
    }
}

fn upload() -> Upload {
    Upload {
        initiated_ms: 0,
        seen: None,
        about: About::default(),
        checksum: None,
        initiator: (String::new(), String::new()),
        sealing: Sealing::Bucket,
        more: None,
    }
}

/// All pages; each may read as many records as its entries call for: `each` for one of them.
fn all<S: Source>(
    source: &S,
    memory: &Counted,
    (prefix, delimiter, max): (&str, Option<&str>, usize),
    each: usize,
) -> Result<Vec<String>, TestCaseError> {
    let (mut found, mut start) = (Vec::new(), S::At::before(&[]));
    loop {
        let query = Query { prefix, delimiter, start, max };
        memory.reads();
        let page = listing::page(source, &query).now_or_never().expect("nothing waits").unwrap();
        let (read, entries) = (memory.reads(), page.items.len() + page.prefixes.len());
        prop_assert!(read <= each * (entries + 10), "{read} records were read for {entries} entries");
        let mut listed: Vec<_> = page.items.iter().map(|i| S::key(i).to_owned()).collect();
        listed.extend(page.prefixes);
        listed.sort();
        found.extend(listed);
        let Some(next) = page.next else { return Ok(found) };
        start = next;
    }
}

/// What a listing of these keys answers, in the plainest way. A key stands as often as it has versions.
fn model(keys: &[String], prefix: &str, delimiter: Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for key in keys.iter().filter(|k| k.starts_with(prefix)) {
        match rolled_up(key, prefix, delimiter) {
            Some(common) if all.last().is_some_and(|last| last == common) => {}
            Some(common) => all.push(common.to_owned()),
            None => all.push(key.clone()),
        }
    }
    all
}

/// Seeks and records for one entry of a listing that reads from one place.
const EACH: usize = 8;

/// Folders of such sizes, and files between them.
fn layout() -> impl Strategy<Value = Vec<(bool, usize)>> {
    let size = prop_oneof![0_usize..4, 3_usize..40, Just(300)];
    prop::collection::vec((any::<bool>(), size), 1..12)
}

fn keys(layout: &[(bool, usize)]) -> Vec<String> {
    let mut keys = Vec::new();
    for (at, (is_deep, files)) in layout.iter().enumerate() {
        let folder = if *is_deep { format!("a/{at:02}/b/c/") } else { format!("a/{at:02}/") };
        keys.extend((0..*files).map(|file| format!("{folder}{file:03}")));
        keys.push(format!("a/{at:02}x"));
    }
    keys.sort();
    keys
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn objects(layout in layout(), max in 1_usize..40, prefix in "(a/)?(0[0-9])?", by in any::<bool>()) {
        let (keys, mut memory) = (keys(&layout), Counted::default());
        for key in &keys {
            fill(&mut memory, key, 0, false);
        }
        let source = Currents { view: &memory, bucket: BUCKET };
        let delimiter = by.then_some("/");
        let found = all(&source, &memory, (&prefix, delimiter, max), EACH)?;
        prop_assert_eq!(found, model(&keys, &prefix, delimiter));
    }

    #[test]
    fn versions(layout in layout(), max in 1_usize..40, olds in 0_u64..7, by in any::<bool>()) {
        let (keys, mut memory) = (keys(&layout), Counted::default());
        let mut listed = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let is_hidden = at % 3 == 0;
            fill(&mut memory, key, olds, is_hidden);
            listed.extend((0..olds + u64::from(!is_hidden)).map(|_| key.clone()));
        }
        let source = History { read: &memory, bucket: BUCKET };
        let delimiter = by.then_some("/");
        // It reads from two places.
        let found = all(&source, &memory, ("a/", delimiter, max), 2 * EACH)?;
        prop_assert_eq!(found, model(&listed, "a/", delimiter));
    }

    #[test]
    fn uploads(layout in layout(), max in 1_usize..40, by in any::<bool>()) {
        let (keys, mut memory) = (keys(&layout), Counted::default());
        let mut listed = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            for order in 0..=(at % 3) as u64 {
                let id = UploadId { order, secret: 7 };
                memory.put(&records::upload(BUCKET, key, id), upload().encode());
                listed.push(key.clone());
            }
        }
        let source = Uploads { view: &memory, bucket: BUCKET };
        let delimiter = by.then_some("/");
        let found = all(&source, &memory, ("a/", delimiter, max), EACH)?;
        prop_assert_eq!(found, model(&listed, "a/", delimiter));
    }
}

/// One folder holds nearly everything: it is passed by with a seek, and paged through at the cost of its pages.
#[test]
fn many_under_one_prefix() {
    const MANY: u64 = 20_000;
    let mut memory = Counted::default();
    for n in 0..MANY {
        // Of every other key there is a marker alone.
        fill(&mut memory, &format!("logs/{n:06}"), 1, n % 2 == 0);
    }
    fill(&mut memory, "logs/one-key", MANY, true);
    fill(&mut memory, "readme", 0, false);
    let objects = Currents { view: &memory, bucket: BUCKET };
    let versions = History { read: &memory, bucket: BUCKET };
    for max in [1, 2, 1000] {
        let query = ("", Some("/"), max);
        assert_eq!(all(&objects, &memory, query, EACH).unwrap(), ["logs/", "readme"]);
        assert_eq!(all(&versions, &memory, query, 2 * EACH).unwrap(), ["logs/", "readme"]);
    }
    assert_eq!(all(&objects, &memory, ("logs/", None, 1000), 2).unwrap().len() as u64, MANY / 2);
    let found = all(&versions, &memory, ("logs/", Some("/"), 1000), 4).unwrap();
    assert_eq!(found.len() as u64, MANY + MANY / 2 + MANY);
}

#[test]
fn parts_cost_what_is_asked_for() {
    let (mut memory, id) = (Counted::default(), UploadId { order: 1, secret: 2 });
    let part = Part {
        size: 1,
        md5: [0; 16],
        checksum: Value { algorithm: Algorithm::Crc32, bytes: vec![0; 4] },
        modified_ms: 0,
        data: Data::Kept(DataId([0; 16])),
    };
    for number in 1..=10_000 {
        memory.put(&records::part(BUCKET, id, number), part.encode());
    }
    let found = multipart::parts(&&memory, BUCKET, id, 5000, 3).now_or_never().unwrap().unwrap();
    assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [5001, 5002, 5003]);
    assert_eq!(memory.reads(), 4);
}
