//! The caretaker of inventories: writes what a bucket has into another, a file for so many rows, and at last a manifest
//! of them. How far a report is stands in a record, so that a restart goes on where it was; files have names that do not
//! depend on how often they are written.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html>

use std::io::Write as _;

use api_s3::{PutObject, PutObjectRequest};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use floor::{Cx, Get, Key, Placement, Record as _, Region, first_format, key::Parts};
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wire::{Answer, Fault, Stream};

use crate::{
    S3,
    analyses::bucket_of_arn,
    bucket::Bucket,
    history::{At, Found, History},
    inventory::{Encryption, Inventory},
    lifecycle::Lifecycle,
    limits::DAY_MS,
    listing::Source as _,
    log_line::parts,
    records::{self, unpack},
    report_row::{Rows, columns},
    telling::as_bucket,
    version_id::Order,
};

/// When an inventory is made, and how far it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The bucket's region.
    pub region: Region,
    /// The bucket's number.
    pub bucket: u64,
    /// When the next one begins, in milliseconds since 1970.
    pub due_ms: u64,
    /// The one that is being made.
    pub running: Option<Running>,
}

/// A report that is being made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Running {
    /// Since when, in milliseconds since 1970.
    pub since_ms: u64,
    /// The key that rows go on with.
    pub key: Vec<u8>,
    /// Only versions of it that are older than this.
    pub below: Option<u64>,
    /// Whether all rows are written.
    pub is_listed: bool,
    /// The files that are written.
    pub files: Vec<File>,
}

/// A file of a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    /// Its key.
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// Its MD5 in hexadecimal digits.
    pub md5: String,
}

first_format!(Report);

impl Running {
    fn new(since_ms: u64, prefix: Option<&str>) -> Self {
        let key = prefix.unwrap_or_default().as_bytes().to_vec();
        Self { since_ms, key, below: None, is_listed: false, files: Vec::new() }
    }
}

/// All reports of a cell.
pub fn all_reports() -> Key {
    Key::of("y")
}

/// That of one inventory.
pub fn report(bucket: &str, id: &str) -> Key {
    all_reports().text(bucket).raw(id.as_bytes())
}

/// Versions in one page.
const PAGE: usize = 1000;

/// Rows of one file at most.
const ROWS_MAX: usize = 200_000;

/// Bytes of one file at most, compressed.
const FILE_BYTES_MAX: usize = 8 << 20;

/// Files of one report in one run.
const FILES_MAX: usize = 8;

/// Inventories in one cell and run.
const REPORTS_MAX: usize = 10_000;

/// Goes on with all reports that are due. Answers how many rows it has written.
pub async fn tend(s3: &S3, cx: &mut Cx) -> Answer<u64> {
    let mut done = 0;
    for place in cx.floor().cells.places() {
        let all = all_reports();
        let found = cx.view(&place).await?.range(all.all(), REPORTS_MAX).await?;
        for (key, value) in found {
            let mut of = Parts::of(&key[all.len()..]);
            let name =
                of.text().ok_or_else(|| floor::fault::internal("the key of a report cannot be read"))?;
            let id = crate::contents::text(of.rest())?;
            let state = Report::decode(&value)?;
            if state.running.is_some() || state.due_ms <= cx.now().0 {
                let job = Job { s3, place: &place, name: &name, id: &id };
                done += job.run(cx, state).await?;
            }
        }
    }
    Ok(done)
}

/// One inventory.
struct Job<'a> {
    s3: &'a S3,
    place: &'a Placement,
    name: &'a str,
    id: &'a str,
}

impl Job<'_> {
    async fn run(&self, cx: &mut Cx, mut state: Report) -> Answer<u64> {
        let mut rows = 0;
        for _ in 0..FILES_MAX {
            let view = cx.view(self.place).await?;
            let bucket = self.s3.bucket(&view, self.name).await?.filter(|b| b.record.id == state.bucket);
            let Some(bucket) = bucket else { return self.forget(cx).await };
            let inventory = match self.s3.named::<Inventory, _>(&view, &bucket, self.id).await {
                Ok(inventory) => inventory,
                Err(fault) if fault.status() == 404 => return self.forget(cx).await,
                Err(fault) => return Err(fault),
            };
            let lifecycle = self.s3.setting::<Lifecycle, _>(&view, &bucket).await?;
            drop(view);
            if !inventory.is_enabled {
                let now_ms = cx.now().0;
                state = Report { due_ms: next_due(now_ms, inventory.is_weekly), running: None, ..state };
                self.save(cx, &state).await?;
                return Ok(rows);
            }
            let now_ms = cx.now().0;
            let running =
                state.running.get_or_insert_with(|| Running::new(now_ms, inventory.prefix.as_deref()));
            let since_ms = running.since_ms;
            let columns = columns(&inventory);
            let making = Making { job: self, bucket: &bucket, inventory: &inventory, columns: &columns };
            let made = if running.is_listed {
                making.publish(cx, &state.region, running).await.map(|()| None)
            } else {
                making.file(cx, &state.region, running, lifecycle.as_deref()).await.map(Some)
            };
            match made {
                Ok(Some(written)) => rows += written,
                Ok(None) => {
                    state = Report { due_ms: next_due(since_ms, inventory.is_weekly), running: None, ..state }
                }
                Err(fault) if fault.status() >= 500 => return Err(fault),
                Err(fault) => {
                    let (inventory, why) = (self.id, fault.message());
                    tracing::warn!(bucket = self.name, inventory, why, "a report is not taken");
                    // The next one may be.
                    state = Report { due_ms: next_due(now_ms, false), running: None, ..state };
                }
            }
            self.save(cx, &state).await?;
            if state.running.is_none() {
                break;
            }
        }
        Ok(rows)
    }

    async fn save(&self, cx: &mut Cx, state: &Report) -> Answer<()> {
        let key = &report(self.name, self.id);
        let saved = cx.cell(self.place).await?.transact(|tx| async move {
            // A configuration that was put meanwhile begins anew.
            if let Some(now) = tx.load::<Report>(key).await?
                && now.bucket == state.bucket
                && now.due_ms <= state.due_ms
            {
                tx.save(key, state);
            }
            Ok(())
        });
        saved.await
    }

    /// The bucket or the configuration is gone.
    async fn forget(&self, cx: &mut Cx) -> Answer<u64> {
        let key = &report(self.name, self.id);
        let done = cx.cell(self.place).await?.transact(|tx| async move {
            tx.delete(key);
            Ok(0)
        });
        done.await
    }
}

/// The midnight, or the Sunday's midnight, after `from_ms`.
fn next_due(from_ms: u64, is_weekly: bool) -> u64 {
    let mut day = from_ms / DAY_MS + 1;
    // Day 3 was a Sunday.
    while is_weekly && day % 7 != 3 {
        day += 1;
    }
    day * DAY_MS
}

/// A report as it is made.
struct Making<'a> {
    job: &'a Job<'a>,
    bucket: &'a Bucket,
    inventory: &'a Inventory,
    columns: &'a [&'static str],
}

impl Making<'_> {
    /// Writes the next file. Answers how many rows it has.
    async fn file(
        &self,
        cx: &Cx,
        region: &Region,
        running: &mut Running,
        lifecycle: Option<&Lifecycle>,
    ) -> Answer<u64> {
        let rows = Rows { bucket: self.bucket, columns: self.columns, lifecycle };
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let mut written = 0;
        while !running.is_listed && written < ROWS_MAX && encoder.get_ref().len() < FILE_BYTES_MAX {
            // Each page is read anew: a report is no snapshot, and holds up nothing.
            let page = self.page(cx, running).await?;
            let mut text = String::new();
            for (found, is_latest) in &page {
                rows.add(&mut text, found, *is_latest);
            }
            written += page.len();
            encoder.write_all(text.as_bytes()).map_err(|e| floor::fault::internal(e.to_string()))?;
        }
        if written == 0 && !running.files.is_empty() {
            return Ok(0);
        }
        let bytes = encoder.finish().map_err(|e| floor::fault::internal(e.to_string()))?;
        let number = running.files.len();
        let named = Md5::digest(format!("{}/{}/{}/{number}", self.bucket.arn, self.job.id, running.since_ms));
        let key = format!("{}data/{}.csv.gz", self.folder(), uuid(&named.into()));
        let (size, md5) = (bytes.len() as u64, hex::encode(Md5::digest(&bytes)));
        self.put(cx, region, &key, "application/x-gzip", bytes).await?;
        running.files.push(File { key, size, md5 });
        Ok(written as u64)
    }

    /// The next rows, and whether each is the latest version of its key.
    async fn page(&self, cx: &Cx, running: &mut Running) -> Answer<Vec<(Found, bool)>> {
        let view = cx.view(self.job.place).await?;
        let prefix = self.inventory.prefix.as_deref().unwrap_or_default();
        let mut page = Vec::new();
        if self.inventory.all_versions {
            let history = History { read: view, bucket: self.bucket.record.id };
            let from = At { key: running.key.clone(), below: running.below.map(Order) };
            let found = history.read(&from, None, PAGE).await?;
            running.is_listed = found.len() < PAGE;
            let mut before = running.below.map(|_| running.key.clone());
            for one in found {
                if !one.key.starts_with(prefix) {
                    running.is_listed = true;
                    break;
                }
                let key = one.key.clone().into_bytes();
                let is_latest = before.as_ref() != Some(&key);
                (running.key, running.below) = (key.clone(), Some(one.version.order.0));
                before = Some(key);
                page.push((one, is_latest));
            }
            return Ok(page);
        }
        let base = records::currents(self.bucket.record.id);
        let mut range = base.all();
        range.start = Bytes::copy_from_slice(base.clone().raw(&running.key).as_slice());
        let found = view.range(range, PAGE).await?;
        running.is_listed = found.len() < PAGE;
        for (key, value) in found {
            let one = Found { key: crate::contents::text(&key[base.len()..])?, version: unpack(&value)?.0 };
            if !one.key.starts_with(prefix) {
                running.is_listed = true;
                break;
            }
            running.key = crate::listing::behind_key(&one.key);
            page.push((one, true));
        }
        Ok(page)
    }

    /// Writes the manifest of all files, its checksum, and what Hive reads.
    async fn publish(&self, cx: &Cx, region: &Region, running: &Running) -> Answer<()> {
        let [year, month, day, hour, minute, _] = parts(running.since_ms);
        let folder = self.folder();
        let files = running.files.iter();
        let listed: Vec<_> = files
            .clone()
            .map(|file| json!({"key": file.key, "size": file.size, "MD5checksum": file.md5}))
            .collect();
        let manifest = json!({
            "sourceBucket": self.bucket.name,
            "destinationBucket": self.inventory.to.bucket,
            "version": "2016-11-30",
            "creationTimestamp": running.since_ms.to_string(),
            "fileFormat": "CSV",
            "fileSchema": self.columns.join(", "),
            "files": listed,
        });
        let manifest = manifest.to_string().into_bytes();
        let target = bucket_of_arn(&self.inventory.to.bucket)?;
        let links: Vec<_> = files.map(|file| format!("s3://{target}/{}", file.key)).collect();
        let hive = format!("{folder}hive/dt={year}-{month}-{day}-{hour}-{minute}/symlink.txt");
        self.put(cx, region, &hive, "text/plain", links.join("\n").into_bytes()).await?;
        let at = format!("{folder}{year}-{month}-{day}T{hour}-{minute}Z/manifest");
        let checksum = hex::encode(Md5::digest(&manifest));
        self.put(cx, region, &format!("{at}.json"), "application/json", manifest).await?;
        // Who waits for a report waits for this one: it is the last.
        self.put(cx, region, &format!("{at}.checksum"), "text/plain", checksum.into_bytes()).await
    }

    /// Where everything of this inventory is.
    fn folder(&self) -> String {
        let prefix = self.inventory.to.prefix.as_deref().unwrap_or_default().trim_end_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        format!("{prefix}{slash}{}/{}/", self.bucket.name, self.job.id)
    }

    /// Writes an object into the destination, as S3 on behalf of the bucket.
    async fn put(&self, cx: &Cx, region: &Region, key: &str, kind: &str, bytes: Vec<u8>) -> Answer<()> {
        let to = &self.inventory.to;
        let (algorithm, kms_key) = match &self.inventory.encryption {
            None => (None, None),
            Some(Encryption::S3) => (Some("AES256"), None),
            Some(Encryption::Kms(key)) => (Some("aws:kms"), Some(key.clone())),
        };
        let input = PutObjectRequest {
            bucket: bucket_of_arn(&to.bucket)?.to_owned(),
            key: key.to_owned(),
            content_type: Some(kind.to_owned()),
            acl: Some("bucket-owner-full-control".to_owned()),
            expected_bucket_owner: to.account.clone(),
            server_side_encryption: algorithm.map(str::to_owned),
            sse_kms_key_id: kms_key,
            body: Stream::from(Bytes::from(bytes)),
            ..PutObjectRequest::default()
        };
        cx.call::<PutObject>(as_bucket(self.bucket), region, input).await.map(|_| ()).map_err(of_destination)
    }
}

/// A refusal of the destination; one that will go away by itself stays what it is.
fn of_destination(fault: Fault) -> Fault {
    match fault.status() {
        429 => floor::fault::unavailable("the destination is busy"),
        _ => fault,
    }
}

/// Sixteen bytes as a UUID.
fn uuid(bytes: &[u8; 16]) -> String {
    let text = hex::encode(bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_due_at_midnights_and_on_sundays() {
        // 2026-11-22 is a Sunday, 20,779 days after 1970-01-01.
        let noon = 20_779 * DAY_MS + DAY_MS / 2;
        assert_eq!(next_due(noon, false), 20_780 * DAY_MS);
        assert_eq!(next_due(noon, true), 20_786 * DAY_MS);
        assert_eq!(next_due(noon - DAY_MS, true), 20_779 * DAY_MS);
    }

    #[test]
    fn files_have_names_of_uuids() {
        assert_eq!(uuid(&[0xab; 16]), "abababab-abab-abab-abab-abababababab");
    }
}
