//! Fuzz targets for what only this crate can read, driven by the mutator of `crates/wire` for a bounded time: receipt handles,
//! attributes of queues and of messages, names, URLs and ARNs of queues. What is taken is given back as it was
//! understood, and understood again.

#[path = "../../../crates/wire/tests/fuzz/hunt.rs"]
mod hunt;

use std::collections::BTreeMap;

use floor::AccountId;
use hunt::{must_find, number, run};

use crate::{
    attributes::Settings,
    digest,
    message::{self, Attribute, Attributes, Value},
    names::QueueName,
    receipt::Receipt,
    stamp::Stamp,
};

const SECRET: [u8; 16] = [7; 16];

fn receipt(number: u32) -> Receipt {
    Receipt { stamp: Stamp::new(u64::from(number), 3, 4), receives: number }
}

/// Whatever is presented: nobody else makes handles.
fn receipts(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let read = Receipt::read(text, &SECRET);
    if let Ok(receipt) = read {
        assert_eq!(receipt.handle(&SECRET), text);
    }
    assert!(Receipt::read(text, &[8; 16]).is_err(), "a handle of one queue is none of another's");
    number((read.is_ok(), read.is_ok_and(|r| (1..=3).any(|n| r == receipt(n))), text.len() % 8))
}

#[test]
fn receipt_handles() {
    let handles: Vec<_> = (1..=3).map(|n| receipt(n).handle(&SECRET).into_bytes()).collect();
    assert!(handles.iter().all(|handle| receipts(handle) == number((true, true, handle.len() % 8))));
    let taken = |input: &[u8]| {
        let did = receipts(input);
        let is_ours = handles.iter().any(|handle| handle == input);
        let is_taken = std::str::from_utf8(input).is_ok_and(|text| Receipt::read(text, &SECRET).is_ok());
        assert_eq!(is_taken, is_ours, "one was forged");
        did
    };
    run(taken, &handles);
}

/// The kind of a queue, and lines of names and values.
fn given(text: &str) -> (bool, BTreeMap<String, String>) {
    let (kind, rest) = text.split_once('\n').unwrap_or((text, ""));
    let pairs = rest.lines().filter_map(|line| line.split_once('='));
    (kind == "fifo", pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect())
}

fn settings(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let (is_fifo, given) = given(text);
    let mut read = Settings::new(is_fifo);
    if let Err(refused) = read.set(&given) {
        return number((refused.meta().code, std::mem::discriminant(&refused)));
    }
    let mut shown = BTreeMap::new();
    read.list(&mut shown);
    let mut again = Settings::new(is_fifo);
    again.set(&shown).expect("what is shown may be set");
    if read.kms_key.is_none() {
        again.kms_reuse_s = read.kms_reuse_s; // shown with a key only
    }
    assert_eq!(again, read, "{shown:?}");
    assert!(read.differs(&given).is_ok_and(|differs| differs.is_none()), "{given:?} against {shown:?}");
    number((given.len(), shown.len())) ^ 1
}

const SETTINGS: [&str; 5] = [
    "standard\nDelaySeconds=5\nVisibilityTimeout=43200\nMessageRetentionPeriod=60\nMaximumMessageSize=1024",
    "fifo\nFifoQueue=true\nContentBasedDeduplication=true\nDeduplicationScope=messageGroup\nFifoThroughputLimit=perMessageGroupId",
    "standard\nRedrivePolicy={\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":\"5\"}",
    "standard\nRedriveAllowPolicy={\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn:aws:sqs:us-east-1:000000000000:s\"]}",
    "standard\nKmsMasterKeyId=alias/aws/sqs\nKmsDataKeyReusePeriodSeconds=300\nSqsManagedSseEnabled=false\nReceiveMessageWaitTimeSeconds=20",
];

fn seeds(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn attributes_of_queues() {
    for text in SETTINGS {
        let (is_fifo, given) = given(text);
        assert_eq!(Settings::new(is_fifo).set(&given), Ok(()), "{text}");
    }
    run(settings, &seeds(&SETTINGS));
}

/// Lines of name, type and value; a type of bytes has bytes.
fn read_attributes(input: &[u8]) -> Attributes {
    let lines = input.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let read = |line: &[u8]| {
        let mut parts = line.splitn(3, |byte| *byte == b'=');
        let mut part = || parts.next().unwrap_or_default().to_vec();
        let (name, data_type, value) = (part(), part(), part());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let value =
            if data_type.starts_with(b"B") { Value::Binary(value) } else { Value::Text(text(&value)) };
        (text(&name), Attribute { data_type: text(&data_type), value })
    };
    lines.map(read).collect()
}

fn messages(input: &[u8]) -> u64 {
    let attributes = read_attributes(input);
    let checked = message::check_attributes(&attributes);
    let body = String::from_utf8_lossy(input);
    let is_body = message::check_body(&body).is_ok();
    let md5 = digest::of_attributes(attributes.iter().map(|(name, a)| (name.as_str(), a)));
    assert_eq!(md5.is_none(), attributes.is_empty());
    if checked.is_ok() {
        assert!(attributes.len() <= 10);
        for (name, Attribute { data_type, value }) in &attributes {
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)), "{name}");
            assert_eq!(data_type.starts_with("Binary"), matches!(value, Value::Binary(_)));
        }
    }
    number((checked.map_err(|refused| std::mem::discriminant(&refused)), is_body, attributes.len().min(12)))
}

#[test]
fn attributes_of_messages() {
    let eleven = (0..11).fold(String::new(), |all, n| format!("{all}a{n}=String=x\n"));
    run(
        messages,
        &seeds(&["a=String.label=x\nb=Number=-12.5e3\nc=Binary=\0\x01", "a.b-c_9=Number.int=7", &eleven]),
    );
}

/// URLs of queues in all their forms, ARNs, and names.
fn names(input: &[u8]) -> u64 {
    let Ok(text) = std::str::from_utf8(input) else { return 0 };
    let own = AccountId::DEFAULT;
    let (name, url, arn) = (QueueName::new(own, text), QueueName::of_url(text, own), QueueName::of_arn(text));
    if let Ok(name) = &name {
        let made = name.url("http://127.0.0.1:4566");
        assert_eq!(QueueName::of_url(&made, own).ok().as_ref(), Some(name), "{made}");
    }
    if let Some((name, region)) = &arn {
        assert_eq!(name.arn(region), text);
        assert_eq!(QueueName::new(name.account, &name.name).ok().as_ref(), Some(name), "no other names");
    }
    number((name.is_ok(), url.is_ok(), url.is_ok_and(|name| name.account == own), arn.is_some()))
}

#[test]
fn names_urls_and_arns() {
    let arn = "arn:aws:sqs:us-east-1:000000000000:q.fifo";
    let url = "http://sqs.us-east-1.localhost:4566/111122223333/jobs";
    run(names, &seeds(&[arn, url, "http://localhost/000000000000/a-b_c", "jobs", "q.fifo"]));
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    fn canary(input: &[u8]) -> u64 {
        let did = settings(input);
        let text = String::from_utf8_lossy(input);
        assert!(!text.contains("DelaySeconds=") || text.contains("DelaySeconds=5"), "planted");
        did
    }
    must_find(canary, &seeds(&SETTINGS));
}
