//! Listings of large buckets: records are loaded into the store of a server that is down, with the records' own code,
//! and then listed over HTTP.

use std::{
    error::Error,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use floor::{Env, Key, Record as _};
use kumiki_bench::{client::Connection, server::Server, sign::Signer};
use s3::{
    checksum::{Algorithm, Checksum, Kind, Value},
    etag::ETag,
    records::{self, About, BucketRecord, Data, Header, Object, Sealing, Version, pack},
    version_id::Order,
};

use crate::{
    kumiki,
    loads::{self, Prepared},
    measure,
    size::{memory_mib, signer, stopped},
};

/// Files in a folder.
const FOLDER: u64 = 100;
/// Versions of a key, in the bucket that keeps them.
const VERSIONS: u64 = 10;
/// Records in a transaction.
const BATCH: usize = 5000;

/// The buckets, and what is in each.
const OBJECTS: &str = "scale-objects";
const HISTORY: &str = "scale-history";
const MARKERS: &str = "scale-markers";

/// An empty object: what is said of it is true without any key.
fn object() -> Object {
    Object {
        size: 0,
        etag: ETag::whole([
            0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04, 0xe9, 0x80, 0x09, 0x98, 0xec, 0xf8, 0x42, 0x7e,
        ]),
        checksum: Some(Checksum {
            value: Value { algorithm: Algorithm::Crc64Nvme, bytes: vec![0; 8] },
            kind: Kind::FullObject,
            parts: 0,
        }),
        data: Data::Inline,
        about: About {
            headers: [(Header::ContentType, "binary/octet-stream".to_owned())].into(),
            ..About::default()
        },
        sealing: Sealing::Bucket,
        more: None,
    }
}

/// The key of the `n`-th object.
fn key(n: u64) -> String {
    format!("folder-{:08}/object-{:03}", n / FOLDER, n % FOLDER)
}

/// A key as the S3 block's records have it in a cell.
fn placed(key: &Key) -> Bytes {
    [b"s3\0", key.as_slice()].concat().into()
}

/// What is stored of the `n`-th of a bucket's records.
type Made = fn(u64, u64, &Object) -> (Key, Version);

fn version(n: u64, object: Option<&Object>) -> Version {
    Version { order: Order(n), null: false, modified_ms: 1_795_219_200_000, object: object.cloned() }
}

/// The loader of each bucket.
const LOADS: [(&str, Made); 3] = [
    (OBJECTS, |bucket, n, object| {
        (records::current(bucket, &key(n)), Version { null: true, ..version(n, Some(object)) })
    }),
    (HISTORY, |bucket, n, object| {
        let (at, order) = (key(n / VERSIONS), VERSIONS - n % VERSIONS);
        let place = if order == VERSIONS {
            records::current(bucket, &at)
        } else {
            records::old(bucket, &at, Order(order))
        };
        (place, version(order, Some(object)))
    }),
    (MARKERS, |bucket, n, _| (records::old(bucket, &key(n), Order(1)), version(1, None))),
];

/// Fills the buckets of a server that is down.
async fn load(data: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let env = Env::host();
    let records = data.join("regions/us-east-1/cell-0/records");
    let engine = store::log_and_lmdb(&env, &records, store::Storage::default());
    let cell = store::Cell::open(engine, &env, store::Options::default())?;
    let object = object();
    for (name, made) in LOADS {
        let stored = cell.view().get(&placed(&records::bucket(name))).await?.ok_or("there is no bucket")?;
        let bucket = BucketRecord::decode(&stored).map_err(|fault| fault.to_string())?.id;
        for from in (0..count).step_by(BATCH) {
            let records: Vec<_> = (from..count.min(from + BATCH as u64))
                .map(|n| {
                    let (key, version) = made(bucket, n, &object);
                    (placed(&key), pack(&version, &[]))
                })
                .collect();
            let records = &records;
            let loaded = cell.transact(|tx| async move {
                for (key, value) in records {
                    tx.put(key.clone(), value.clone());
                }
                Ok::<_, store::StoreError>(())
            });
            loaded.await?;
        }
    }
    cell.close().await?;
    Ok(())
}

struct Row {
    name: &'static str,
    bucket: &'static str,
    query: &'static str,
    /// The page begins behind this.
    after: fn(&str) -> String,
}

/// Queries are sorted as signatures want them; `start-after` and its like fit in between.
const ROWS: [Row; 5] = [
    Row {
        name: "ListObjectsV2, 1,000 keys",
        bucket: OBJECTS,
        query: "list-type=2&max-keys=1000",
        after: |key| format!("start-after={key}"),
    },
    Row {
        name: "ListObjectsV2, 1,000 common prefixes of 100 keys",
        bucket: OBJECTS,
        query: "delimiter=%2F&list-type=2&max-keys=1000",
        after: |key| format!("start-after={key}"),
    },
    Row {
        name: "ListObjectVersions, 1,000 versions",
        bucket: HISTORY,
        query: "max-keys=1000&versions=",
        after: |key| format!("key-marker={key}"),
    },
    Row {
        name: "ListObjectVersions, 1,000 delete markers",
        bucket: MARKERS,
        query: "max-keys=1000&versions=",
        after: |key| format!("key-marker={key}"),
    },
    Row {
        name: "ListObjectsV2 where all keys are hidden",
        bucket: MARKERS,
        query: "list-type=2&max-keys=1000",
        after: |key| format!("start-after={key}"),
    },
];

/// Pages all over the bucket.
fn pages(row: &Row, signer: &Signer, count: u64) -> Prepared {
    const PAGES: u64 = 256;
    let keys = if row.bucket == HISTORY { count / VERSIONS } else { count };
    let request = |page| {
        // As many common prefixes stand behind each of them.
        let at = key(keys.saturating_sub(1000 * FOLDER).max(1) * page / PAGES).replace('/', "%2F");
        let mut query: Vec<_> = row.query.split('&').map(str::to_owned).collect();
        query.push((row.after)(&at));
        query.sort();
        signer.request("GET", &format!("/{}", row.bucket), &query.join("&"), &[], b"")
    };
    Prepared { requests: (0..PAGES).map(request).collect(), expected: 200 }
}

/// Prints the table, for each count of records.
pub(crate) async fn report(
    binary: &PathBuf,
    data: &Path,
    counts: &[u64],
    time: Duration,
    only: &str,
) -> Result<(), Box<dyn Error>> {
    println!("| records in the bucket | listing | pages per CPU s | pages per s | p99 us | anonymous MiB |");
    println!("|---|---|---|---|---|---|");
    for count in counts {
        let data = data.join(format!("scale-{count}"));
        let server = Server::start(&mut kumiki(binary, &data))?;
        let mut at = Connection::open(&server.address).await?;
        for (bucket, _) in LOADS {
            loads::expect(&mut at, &signer(&server).request("PUT", &format!("/{bucket}"), "", &[], b""), 200)
                .await?;
        }
        stopped(server).await?;
        let began = Instant::now();
        load(&data, *count).await?;
        eprintln!("{} records were loaded in {:.0?}", *count * LOADS.len() as u64, began.elapsed());
        let server = Server::start(&mut kumiki(binary, &data))?;
        for row in ROWS.iter().filter(|row| row.name.contains(only)) {
            let load = Arc::new(pages(row, &signer(&server), *count));
            let counted = measure::run(&server.address, server.pid(), 4, time, load).await?;
            let (figures, (_, anonymous)) = (counted.figures(), memory_mib(server.pid()));
            println!(
                "| {count} | {} | {:.0} | {:.0} | {} | {anonymous:.1} |",
                row.name, figures.per_cpu_second, figures.per_second, figures.p99_us
            );
        }
        drop(server);
        std::fs::remove_dir_all(&data)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_order_and_records_are_read_back() {
        let made: Vec<_> = (0..250).map(|n| LOADS[0].1(7, n, &object())).collect();
        assert!(made.windows(2).all(|w| w[0].0.as_slice() < w[1].0.as_slice()));
        let (_, version) = &made[3];
        assert_eq!(&records::unpack(&pack(version, &[])).unwrap().0, version);
        let olds: Vec<_> = (1..10).map(|n| LOADS[1].1(7, n, &object()).0).collect();
        assert!(olds.windows(2).all(|w| w[0].as_slice() < w[1].as_slice()), "the newest first");
    }
}
