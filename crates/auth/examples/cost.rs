//! What verifying costs, in microseconds of one core: `cargo run --release -p kumiki-auth --example cost`.
#![allow(clippy::unwrap_used, reason = "a measurement for people")]

use auth::{
    AccountId, AuthError, Credential, Identities, Identity, Payload, Scheme, Verifier, chunked::Decoder,
};
use bytes::Bytes;
use env::Timestamp;
use futures_util::{FutureExt, future::BoxFuture};
use hmac::{Hmac, Mac};
use http::request::Parts;
use sha2::{Digest, Sha256};
use std::{hint::black_box, sync::Arc};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const DATE: &str = "20130524T000000Z";
const SCOPE: &str = "20130524/us-east-1/s3/aws4_request";
const NOW: Timestamp = Timestamp(1_369_353_600_000);

struct One(Arc<Identity>);

impl Identities for One {
    fn find<'a>(
        &'a self,
        _: &'a str,
        _: Option<&'a str>,
        _: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        let found = Credential {
            secret: SECRET.into(),
            identity: self.0.clone(),
            generation: 1,
            is_taken_at_its_word: false,
            is_public: false,
        };
        std::future::ready(Ok(found)).boxed()
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn key() -> Vec<u8> {
    ["20130524", "us-east-1", "s3", "aws4_request"]
        .iter()
        .fold(format!("AWS4{SECRET}").into_bytes(), |key, part| hmac(&key, part))
}

/// A signed request whose headers are those that the AWS command line sends.
fn request(method: &str, target: &str, query: &str, word: &str, more: &[(&str, &str)]) -> (Parts, String) {
    let mut headers = vec![
        ("host", "bucket.s3.us-east-1.localhost:4566"),
        ("x-amz-content-sha256", word),
        ("x-amz-date", DATE),
    ];
    headers.extend_from_slice(more);
    headers.sort_unstable();
    let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let lines = headers.iter().fold(String::new(), |all, (name, value)| all + name + ":" + value + "\n");
    let canonical = format!("{method}\n{target}\n{query}\n{lines}\n{names}\n{word}");
    let digest = hex::encode(Sha256::digest(canonical));
    let signature = hex::encode(hmac(&key(), &format!("AWS4-HMAC-SHA256\n{DATE}\n{SCOPE}\n{digest}")));
    let text =
        format!("AWS4-HMAC-SHA256 Credential={KEY}/{SCOPE}, SignedHeaders={names}, Signature={signature}");
    let mut builder = http::Request::builder().method(method).uri(format!("{target}?{query}"));
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let builder = builder
        .header("user-agent", "aws-cli/2.15 md/awscrt#0.19 ua/2.0 os/linux#6.1 md/arch#x86_64")
        .header("accept-encoding", "identity")
        .header("authorization", text);
    (builder.body(()).unwrap().into_parts().0, signature)
}

/// Processor time of this process so far: other processes on a busy machine do not count.
fn cpu_us() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit_once(')').expect("a name in brackets").1.split_whitespace();
    fields.skip(11).take(2).map(|ticks| ticks.parse::<f64>().expect("ticks") * 10_000.0).sum()
}

fn time(name: &str, rounds: u32, mut f: impl FnMut()) -> f64 {
    for _ in 0..rounds / 10 {
        f();
    }
    let start = cpu_us();
    for _ in 0..rounds {
        f();
    }
    let us = (cpu_us() - start) / f64::from(rounds);
    println!("{name:<44} {us:>10.3} us");
    us
}

fn main() {
    let verifier = Verifier::new(Arc::new(One(Arc::new(Identity::root(AccountId::DEFAULT)))));
    let verify = |head: &Parts, scheme: Scheme<'_>| {
        verifier.verify(head, NOW, scheme).now_or_never().unwrap().unwrap()
    };
    let empty = hex::encode(Sha256::digest(b""));
    let (get, _) = request("GET", "/photos/2013/cat.jpg", "", &empty, &[]);
    time("GET, signed header", 500_000, || drop(black_box(verify(&get, Scheme::s3()))));
    let query = "delimiter=%2F&encoding-type=url&list-type=2&max-keys=100&prefix=photos%2F2013%2F";
    let (list, _) = request("GET", "/", query, &empty, &[]);
    time("GET with five parameters", 500_000, || drop(black_box(verify(&list, Scheme::s3()))));
    time("SHA-256 of 350 bytes, for comparison", 1_000_000, || {
        black_box(Sha256::digest(black_box([7_u8; 350])));
    });
    chunks(&verify);
}

/// A body of 8 MiB in chunks of 64 KiB, arriving in pieces of 16 KiB.
fn chunks(verify: &impl Fn(&Parts, Scheme<'_>) -> auth::Verified) {
    const CHUNKS: usize = 128;
    let data = vec![b'x'; 64 * 1024];
    let length = (CHUNKS * data.len()).to_string();
    let word = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    let (put, mut previous) = request("PUT", "/k", "", word, &[("x-amz-decoded-content-length", &length)]);
    let (key, empty) = (key(), hex::encode(Sha256::digest(b"")));
    let mut body = Vec::new();
    for n in 0..=CHUNKS {
        let data: &[u8] = if n < CHUNKS { &data } else { &[] };
        let hash = hex::encode(Sha256::digest(data));
        let to_sign = format!("AWS4-HMAC-SHA256-PAYLOAD\n{DATE}\n{SCOPE}\n{previous}\n{empty}\n{hash}");
        previous = hex::encode(hmac(&key, &to_sign));
        body.extend_from_slice(format!("{:x};chunk-signature={previous}\r\n", data.len()).as_bytes());
        body.extend_from_slice(data);
        body.extend_from_slice(b"\r\n");
    }
    let body = Bytes::from(body);
    let decode = |payload: &Payload| {
        let mut decoder = Decoder::for_request(payload, &put.headers).unwrap().unwrap();
        let mut rest = body.clone();
        while !rest.is_empty() {
            let mut piece = rest.split_to(rest.len().min(16 * 1024));
            while let Some(part) = decoder.decode(&mut piece).unwrap() {
                black_box(part);
            }
        }
        decoder.finish().unwrap();
    };
    let signed = verify(&put, Scheme::s3()).payload;
    let us = time("8 MiB in signed chunks", 100, || decode(&signed));
    println!("{:<44} {:>10.0} MiB/s", "", 8e6 / us);
    let us = time("SHA-256 of 8 MiB, for comparison", 100, || {
        black_box(Sha256::digest(&body));
    });
    println!("{:<44} {:>10.0} MiB/s", "", 8e6 / us);
    let us = time("8 MiB in unsigned chunks", 1000, || {
        let mut rest = body.clone();
        let mut decoder = Decoder::for_request(&Payload::UnsignedTrailer, &put.headers).unwrap().unwrap();
        while !rest.is_empty() {
            let mut piece = rest.split_to(rest.len().min(16 * 1024));
            while let Some(part) = decoder.decode(&mut piece).unwrap() {
                black_box(part);
            }
        }
    });
    println!("{:<44} {:>10.0} MiB/s", "", 8e6 / us);
}
