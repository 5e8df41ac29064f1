//! Server access logs: what a bucket says of them, what stands in a line, and where lines gather.
//!
//! Lines are delivered on a best effort basis, as AWS says of its own: a request is not held up by its line, which is
//! written behind the answer, together with those that came meanwhile. What is written survives everything that other
//! records survive, until [`crate::delivering`] has brought it to its bucket.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html>

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use api_s3::{LoggingEnabled, PartitionedPrefix, SimplePrefix, TargetGrant, TargetObjectKeyFormat};
use auth::AccountId;
use floor::{Floor, Key, Placement, Record as _, Region, first_format, key::Parts, web::Seen};
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    S3, acl,
    bucket::{Bucket, place_in},
    copying::Named,
    fault,
    log_line::{self, Batched},
    more::{Acl, Grant},
    settings::{Of, Setting},
};

/// `LoggingEnabled`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Logging {
    /// The bucket that logs go to.
    pub target: String,
    /// What their keys begin with.
    pub prefix: String,
    /// Who else may do what with them; none: nothing was said.
    pub grants: Option<Vec<Grant>>,
    /// How keys go on; none: nothing was said.
    pub form: Option<Form>,
}

/// `TargetObjectKeyFormat`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Form {
    /// `SimplePrefix`.
    Simple,
    /// `PartitionedPrefix`, by the time of the events, of the delivery, or of which nothing was said.
    Partitioned(Option<Source>),
}

/// `PartitionDateSource`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Source {
    /// `EventTime`.
    Event,
    /// `DeliveryTime`.
    Delivery,
}

/// A line that waits for its delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// When the request came, in milliseconds since 1970.
    pub at_ms: u64,
    /// In which region.
    pub region: Region,
    /// The line.
    pub text: String,
}

first_format!(Logging, Line);

/// All lines that wait in a cell.
pub fn all_lines() -> Key {
    Key::of("e")
}

/// Those of one bucket.
pub fn lines_of(bucket: &str) -> Key {
    all_lines().text(bucket)
}

/// The bucket that a line is of, by its key.
pub fn bucket_of(key: &[u8]) -> Option<String> {
    Parts::of(key.get(all_lines().len()..)?).text()
}

impl Setting for Logging {
    const OF: Of = Of::Logging;
}

impl Logging {
    /// What was given, where it is good by itself.
    pub fn read(given: &LoggingEnabled) -> Answer<Self> {
        let grants =
            given.target_grants.as_ref().map(|all| all.iter().map(read_grant).collect::<Answer<_>>());
        let form = given.target_object_key_format.as_ref().map(|form| {
            match (&form.simple_prefix, &form.partitioned_prefix) {
                (Some(_), None) => Ok(Form::Simple),
                (None, Some(by)) => Ok(Form::Partitioned(match by.partition_date_source.as_deref() {
                    None => None,
                    Some("EventTime") => Some(Source::Event),
                    Some(_) => Some(Source::Delivery),
                })),
                _ => Err(fault::malformed_xml()),
            }
        });
        Ok(Self {
            target: given.target_bucket.clone(),
            prefix: given.target_prefix.clone(),
            grants: grants.transpose()?,
            form: form.transpose()?,
        })
    }

    /// What is given back.
    pub fn shown(&self, names: acl::Names) -> LoggingEnabled {
        let grants = self.grants.as_ref().map(|grants| {
            let shown = Acl { owner: None, grants: grants.clone() }.shown(names);
            let grant = |g: api_s3::Grant| TargetGrant { grantee: g.grantee, permission: g.permission };
            shown.into_iter().map(grant).collect()
        });
        let form = self.form.map(|form| match form {
            Form::Simple => TargetObjectKeyFormat {
                simple_prefix: Some(SimplePrefix {}),
                ..TargetObjectKeyFormat::default()
            },
            Form::Partitioned(source) => {
                let name = |source| if source == Source::Event { "EventTime" } else { "DeliveryTime" };
                let partition_date_source = source.map(|source| name(source).to_owned());
                TargetObjectKeyFormat {
                    partitioned_prefix: Some(PartitionedPrefix { partition_date_source }),
                    ..TargetObjectKeyFormat::default()
                }
            }
        });
        LoggingEnabled {
            target_bucket: self.target.clone(),
            target_grants: grants,
            target_prefix: self.prefix.clone(),
            target_object_key_format: form,
        }
    }
}

fn read_grant(given: &TargetGrant) -> Answer<Grant> {
    acl::read_grant(&api_s3::Grant { grantee: given.grantee.clone(), permission: given.permission.clone() })
}

/// Whether any bucket is logged is not known yet.
const UNKNOWN: u8 = 0;
/// No bucket was logged when all were looked at, and none has been seen since.
const NONE: u8 = 1;
/// One has been seen.
const SOME: u8 = 2;

/// Bytes of lines that wait to be written at most; then the newest are lost, and counted.
const WAITING_BYTES_MAX: usize = 16 << 20;

/// Requests for many deletions whose lines are not made yet, at most.
const BATCHES_MAX: usize = 1000;

/// Which buckets are logged, and what is not written yet. Where no bucket is logged, a request costs one load.
#[derive(Debug, Default)]
pub struct Logs {
    known: AtomicU8,
    /// Logged buckets that were seen, and their owners.
    buckets: RwLock<HashMap<String, AccountId>>,
    waiting: Mutex<Waiting>,
    batches: Mutex<HashMap<String, Vec<Batched>>>,
}

#[derive(Debug, Default)]
struct Waiting {
    lines: Vec<(Placement, String, Line)>,
    bytes: usize,
    is_written: bool,
}

impl Logs {
    /// Whether any bucket may be logged.
    pub fn any(&self) -> bool {
        self.known.load(Ordering::Relaxed) != NONE
    }

    /// The owner of a bucket that is logged.
    pub fn owner(&self, bucket: &str) -> Option<AccountId> {
        self.buckets.read().get(bucket).copied()
    }

    /// A bucket was read that is not as it was before.
    pub fn saw(&self, bucket: &Bucket) {
        if bucket.record.has(Of::Logging) {
            self.buckets.write().insert(bucket.name.clone(), bucket.record.owner);
            self.known.store(SOME, Ordering::Relaxed);
        } else if self.known.load(Ordering::Relaxed) == SOME {
            self.buckets.write().remove(&bucket.name);
        }
    }

    /// All buckets were looked at, and none is logged.
    pub fn saw_none(&self) {
        let _ = self.known.compare_exchange(UNKNOWN, NONE, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Whether [`Logs::saw_none`] is of use.
    pub fn is_unknown(&self) -> bool {
        self.known.load(Ordering::Relaxed) == UNKNOWN
    }

    /// Remembers what became of each key of a request for many deletions.
    pub fn batch(&self, request_id: &str, keys: Vec<Batched>) {
        let mut batches = self.batches.lock();
        if batches.len() < BATCHES_MAX {
            batches.insert(request_id.to_owned(), keys);
        }
    }

    /// Makes the lines of a request, and has them written.
    pub fn note(self: &Arc<Self>, floor: &Arc<Floor>, seen: &Seen) {
        let batched = self.batches.lock().remove(seen.request_id.as_ref()).unwrap_or_default();
        if let Some(owner) = self.owner(&seen.bucket) {
            for one in &batched {
                self.add(floor, seen, &seen.bucket, log_line::of_batched(seen, owner, one));
            }
            self.add(floor, seen, &seen.bucket, log_line::of(seen, owner));
        }
        let Some(source) = seen.copied.as_deref().and_then(|header| Named::parse(header).ok()) else {
            return;
        };
        if let Some(owner) = self.owner(&source.bucket) {
            self.add(floor, seen, &source.bucket, log_line::of_source(seen, owner, &source));
        }
    }

    fn add(self: &Arc<Self>, floor: &Arc<Floor>, seen: &Seen, bucket: &str, text: String) {
        let mut waiting = self.waiting.lock();
        if waiting.bytes + text.len() > WAITING_BYTES_MAX {
            floor.env.metrics.counter("kumiki_s3_log_lines_lost_total", "").add(1);
            return;
        }
        waiting.bytes += text.len();
        let line = Line { at_ms: seen.at_ms, region: seen.region.clone(), text };
        waiting.lines.push((place_in(&seen.region, bucket), bucket.to_owned(), line));
        if !std::mem::replace(&mut waiting.is_written, true) {
            let (logs, floor) = (self.clone(), floor.clone());
            tokio::spawn(async move { logs.write(&floor).await });
        }
    }

    /// Writes what waits, until nothing does.
    async fn write(&self, floor: &Floor) {
        loop {
            let lines = {
                let mut waiting = self.waiting.lock();
                waiting.bytes = 0;
                waiting.is_written = !waiting.lines.is_empty();
                std::mem::take(&mut waiting.lines)
            };
            if lines.is_empty() {
                return;
            }
            let mut by_place: HashMap<Placement, Vec<(String, Line)>> = HashMap::new();
            for (place, bucket, line) in lines {
                by_place.entry(place).or_default().push((bucket, line));
            }
            for (place, lines) in by_place {
                if let Err(error) = write_at(floor, &place, &lines).await {
                    floor.env.metrics.counter("kumiki_s3_log_lines_lost_total", "").add(lines.len() as u64);
                    tracing::warn!(%error, lines = lines.len(), "lines of access logs are lost");
                }
            }
        }
    }
}

async fn write_at(floor: &Floor, place: &Placement, lines: &[(String, Line)]) -> Answer<()> {
    let written = floor.cell::<S3>(place).await?.transact(|tx| async move {
        for (number, (bucket, line)) in lines.iter().enumerate() {
            tx.put_stamped(&lines_of(bucket), &(number as u32).to_be_bytes(), line.encode());
        }
        Ok(())
    });
    written.await
}
