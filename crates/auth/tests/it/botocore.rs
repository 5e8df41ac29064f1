//! Requests signed by botocore, the signer inside the AWS command line: `data/make_botocore.py` wrote the table.
use crate::common::{KEY, SECRET, head, verifier_of, verify};
use auth::Scheme;
use env::Timestamp;

/// 2024-02-29T12:00:00Z.
const NOW: Timestamp = Timestamp(1_709_208_000_000);

#[test]
fn what_botocore_signs_is_accepted() {
    let table = include_str!("data/botocore.tsv");
    assert_eq!(table.lines().count(), 100);
    for line in table.lines() {
        let [signer, method, target, headers, body, token] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {line}");
        };
        let headers: Vec<(&str, &str)> =
            headers.split('\x1f').map(|pair| pair.split_once('=').expect("name=value")).collect();
        let body = hex::decode(body).expect("hexadecimal");
        let verifier = verifier_of(KEY, SECRET, Some(token).filter(|token| !token.is_empty()));
        let scheme = if signer.starts_with("s3") {
            Scheme { body: Some(&body), ..Scheme::s3() }
        } else {
            Scheme::service("sqs", &body)
        };
        let answer = verify(&verifier, &head(method, target, &headers), NOW, scheme);
        assert!(answer.is_ok(), "{line}: {answer:?}");
    }
}
