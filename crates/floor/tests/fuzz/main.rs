//! A fuzz target for the reader of ARNs, driven by the mutator of `crates/wire` for a bounded time.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../../wire/tests/fuzz/hunt.rs"]
#[allow(dead_code, reason = "shared with other fuzz targets")]
mod hunt;

use floor::Arn;
use hunt::{must_find, run};

/// What is read is exactly what is written, in six parts, the first two of them `arn` and `aws`.
fn arn(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let Some(arn) = Arn::parse(text) else {
        return 1 + text.bytes().filter(|byte| *byte == b':').count() as u64;
    };
    let parts = [arn.service(), arn.region(), arn.account(), arn.resource()];
    assert_eq!(format!("arn:aws:{}", parts.join(":")), text);
    assert_eq!((arn.as_str(), arn.to_string().as_str()), (text, text));
    assert!(!parts[0].is_empty() && !parts[3].is_empty() && text.len() <= 2048);
    assert!(parts[..3].iter().all(|part| !part.contains(':')));
    assert_eq!(Arn::new(parts[0], parts[1], parts[2], parts[3]), arn);
    100 + parts.iter().enumerate().map(|(at, part)| u64::from(part.is_empty()) << at).sum::<u64>()
        + 16 * text.chars().filter(|letter| !letter.is_ascii()).count().min(9) as u64
}

fn seeds() -> Vec<Vec<u8>> {
    let all = [
        "arn:aws:sns:eu-west-1:123456789012:topic:sub",
        "arn:aws:s3:::photos/a:b",
        "arn:aws:iam::123456789012:role/service-role/\u{e9}",
        "arn:aws-cn:s3:::b",
        "arn:aws:",
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

#[test]
fn arns() {
    run(arn, &seeds());
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    let canary = |input: &[u8]| {
        let read = str::from_utf8(input).ok().and_then(Arn::parse);
        assert!(read.is_none_or(|arn| !arn.resource().contains("::")), "planted");
        arn(input)
    };
    must_find(canary, &seeds());
}
