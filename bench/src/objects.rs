//! The rows of S3: the same for Kumiki and for whom it is compared with.

use std::{error::Error, io, sync::Arc};

use kumiki_bench::{client::Connection, sign::Signer};

use crate::loads::{Kind, Prepared, Row, bare, expect, prepared};

/// The rows whose cost encryption is held against.
pub(crate) const GET_SMALL: &str = "S3 GET 1 KiB";
pub(crate) const PUT_SMALL: &str = "S3 PUT 1 KiB, durable";

const KEYS: usize = 512;
const SMALL: usize = 1 << 10;
const MIDDLE: usize = 64 << 10;
const LARGE: usize = 8 << 20;
/// Parts of [`LARGE`] of an upload in parts.
const PARTS: usize = 32;
/// Bytes of a listing of 1,000 keys.
const LISTING: usize = 290_000;

/// Writes an object and deletes it.
pub(crate) struct PutAndDelete {
    requests: Vec<(Vec<u8>, Vec<u8>)>,
}

impl PutAndDelete {
    pub(crate) async fn run(&self, at: &mut Connection, connection: usize, n: u64) -> io::Result<()> {
        // Keys of the connection's own: some servers answer 404 to the deletion of what is not there any more.
        let (put, delete) = &self.requests[(connection * 8 + n as usize % 8) % self.requests.len()];
        expect(at, put, 200).await?;
        expect(at, delete, 204).await
    }
}

/// An upload in parts.
pub(crate) struct Multipart {
    signer: Signer,
    part: Vec<u8>,
}

impl Multipart {
    pub(crate) async fn run(&self, at: &mut Connection, connection: usize, _: u64) -> io::Result<()> {
        let path = format!("/bench/parts-{connection}");
        let other = |what: &str| io::Error::other(format!("an upload in parts: {what}"));
        let begin = self.signer.request("POST", &path, "uploads=", &[], b"");
        let begun = at.ask(&begin).await?;
        let text = String::from_utf8_lossy(begun.body).into_owned();
        let id = text.split_once("<UploadId>").and_then(|(_, rest)| rest.split_once("</UploadId>"));
        let (id, _) = id.ok_or_else(|| other(&text))?;
        let mut document = String::from("<CompleteMultipartUpload>");
        for number in 1..=PARTS {
            let query = format!("partNumber={number}&uploadId={id}");
            let put = self.signer.request("PUT", &path, &query, &[], &self.part);
            let answer = at.ask(&put).await?;
            let etag = answer.header("etag").ok_or_else(|| other("a part has no tag"))?;
            document += &format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
                .replace('"', "&quot;");
        }
        document += "</CompleteMultipartUpload>";
        let end = self.signer.request("POST", &path, &format!("uploadId={id}"), &[], document.as_bytes());
        expect(at, &end, 200).await
    }
}

/// Of twenty requests one lists, four write and fifteen read.
fn mixed(get: &impl Fn(usize) -> Vec<u8>, put: &impl Fn(usize) -> Vec<u8>, list: &[u8]) -> Prepared {
    let request = |n: usize| match n % 20 {
        0 => list.to_vec(),
        5 | 10 | 15 | 19 => put(n % KEYS),
        _ => get(n % KEYS),
    };
    Prepared { requests: (0..20 * 31).map(request).collect(), expected: 200 }
}

/// Writes what the rows read, and lists them. `host`: the bare server.
pub(crate) async fn rows(host: &str, s3: &Signer, address: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut at = Connection::open(address).await?;
    for bucket in ["bench", "bench-list"] {
        expect(&mut at, &s3.request("PUT", &format!("/{bucket}"), "", &[], b""), 200).await?;
    }
    let (small, middle, large) = (vec![7; SMALL], vec![7; MIDDLE], vec![7; LARGE]);
    let put = |path: String, body: &[u8]| s3.request("PUT", &path, "", &[], body);
    for key in 0..KEYS {
        expect(&mut at, &put(format!("/bench/small-{key}"), &small), 200).await?;
    }
    for key in 0..1500 {
        expect(&mut at, &put(format!("/bench-list/folder/object-{key:05}"), &small), 200).await?;
    }
    expect(&mut at, &put("/bench/middle".to_owned(), &middle), 200).await?;
    expect(&mut at, &put("/bench/large".to_owned(), &large), 200).await?;
    let get = |key: &str| s3.request("GET", &format!("/bench/{key}"), "", &[], b"");
    let (get_small, put_small) =
        (|key: usize| get(&format!("small-{key}")), |key: usize| put(format!("/bench/put-{key}"), &small));
    let list = |max: usize| {
        s3.request("GET", "/bench-list", &format!("list-type=2&max-keys={max}&prefix=folder%2F"), &[], b"")
    };
    let cycle = |key: usize| {
        let path = format!("/bench/cycle-{key}");
        (put(path.clone(), &small), s3.request("DELETE", &path, "", &[], b""))
    };
    let row =
        |name, target, yardstick, load| Row { name, target, yardstick, load, connections_max: usize::MAX };
    let bare_get = |bytes: usize| bare("GET", host, &format!("/{bytes}"), b"");
    let bare_put = |bytes: usize| bare("PUT", host, "/x", &vec![7; bytes]);
    let parts = Multipart { signer: s3.clone(), part: large.clone() };
    let mixed = Arc::new(Kind::Prepared(mixed(&get_small, &put_small, &list(100))));
    let cycle = Arc::new(Kind::Cycle(PutAndDelete { requests: (0..KEYS).map(cycle).collect() }));
    Ok(vec![
        row(GET_SMALL, "0.45", bare_get(SMALL), prepared(get_small, KEYS)),
        row(PUT_SMALL, "0.22", bare_put(SMALL), prepared(put_small, KEYS)),
        row("S3 PUT + DELETE 1 KiB, durable", "", bare_put(SMALL), cycle),
        row("S3 LIST 1,000 keys", "2,000 per CPU second", bare_get(LISTING), prepared(|_| list(1000), 1)),
        row("S3 mixed: 75 % GET, 20 % PUT, 5 % LIST of 100", "", bare_get(SMALL), mixed),
        row("S3 GET 64 KiB", "", bare_get(MIDDLE), prepared(|_| get("middle"), 1)),
        row(
            "S3 PUT 64 KiB, durable",
            "",
            bare_put(MIDDLE),
            prepared(|key| put(format!("/bench/middle-{key}"), &middle), 64),
        ),
        row("S3 GET 8 MiB", "0.33", bare_get(LARGE), prepared(|_| get("large"), 1)),
        row(
            "S3 PUT 8 MiB, durable",
            "30 per CPU second",
            bare_put(LARGE),
            prepared(|key| put(format!("/bench/large-{key}"), &large), 4),
        ),
        Row {
            name: "S3 upload of 256 MiB in parts of 8 MiB",
            target: "",
            yardstick: bare_put(LARGE),
            load: Arc::new(Kind::Multipart(parts)),
            connections_max: 1,
        },
    ])
}
