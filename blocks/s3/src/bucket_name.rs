//! What a bucket may be called.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>

use std::fmt;

use auth::{AccountId, Region};

use crate::limits::BUCKET_NAME_BYTES;

/// A name that follows the rules for general purpose buckets.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BucketName(Box<str>);

const PREFIXES_RESERVED: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];

/// `-an` ends the names of the account regional namespace: see [`BucketName::parse_regional`].
const SUFFIXES_RESERVED: [&str; 6] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];

impl BucketName {
    /// The name, if it follows the rules.
    pub fn parse(text: &str) -> Option<Self> {
        (is_well_formed(text)
            && !PREFIXES_RESERVED.iter().any(|p| text.starts_with(p))
            && !SUFFIXES_RESERVED.iter().any(|s| text.ends_with(s)))
        .then(|| Self(text.into()))
    }

    /// The same for a name in the namespace that an account has in a region: `PREFIX-ACCOUNT-REGION-an`.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html>
    pub fn parse_regional(text: &str, account: AccountId, region: &Region) -> Option<Self> {
        let prefix = text.strip_suffix(&format!("-{account}-{region}-an"))?;
        let is_good = !prefix.is_empty()
            && is_well_formed(text)
            && !PREFIXES_RESERVED.iter().any(|p| text.starts_with(p));
        is_good.then(|| Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_well_formed(text: &str) -> bool {
    let letter_or_digit = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    BUCKET_NAME_BYTES.contains(&bytes.len())
        && bytes.iter().all(|b| letter_or_digit(b) || matches!(b, b'.' | b'-'))
        && bytes.first().is_some_and(letter_or_digit)
        && bytes.last().is_some_and(letter_or_digit)
        && text.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && !looks_like_an_address(text)
}

/// `192.168.5.4`: four groups of one to three digits.
fn looks_like_an_address(text: &str) -> bool {
    let mut groups = 0;
    let numeric = text.split('.').all(|group| {
        groups += 1;
        (1..=3).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
    });
    numeric && groups == 4
}

impl fmt::Display for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_of_an_account_in_a_region() {
        let account: AccountId = "111122223333".parse().unwrap();
        let region: Region = "us-west-2".parse().unwrap();
        let is = |name: &str| BucketName::parse_regional(name, account, &region).is_some();
        let longest = format!("{}-111122223333-us-west-2-an", "a".repeat(37));
        for right in ["a-111122223333-us-west-2-an", "my.bucket-1-111122223333-us-west-2-an", &longest] {
            assert!(is(right), "{right}");
        }
        let longer = format!("a{longest}");
        for wrong in [
            "photos",
            "-111122223333-us-west-2-an",
            "111122223333-us-west-2-an",
            "a-111122223334-us-west-2-an",
            "a-111122223333-us-west-1-an",
            "a-111122223333-us-west-2",
            "A-111122223333-us-west-2-an",
            "xn--a-111122223333-us-west-2-an",
            &longer,
        ] {
            assert!(!is(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_rules_of_the_guide() {
        let long = "a".repeat(63);
        for right in ["abc", "a-b", "my.bucket.1", "1.2.3.4.5", "192.168.5", "a--b", "1234.1.1.1", &long] {
            assert!(BucketName::parse(right).is_some(), "{right}");
        }
        let longer = "a".repeat(64);
        let wrong = [
            "",
            "ab",
            &longer,
            "Abc",
            "a_b",
            "-ab",
            "ab-",
            ".ab",
            "ab.",
            "a..b",
            "a.-b",
            "a-.b",
            "192.168.5.4",
            "xn--abc",
            "sthree-abc",
            "sthree-configurator",
            "amzn-s3-demo-abc",
            "abc-s3alias",
            "abc--ol-s3",
            "abc.mrap",
            "abc--x-s3",
            "abc--table-s3",
            "abc-111122223333-us-west-2-an",
            "abc/",
            "äbc",
            "a b",
        ];
        for name in wrong {
            assert!(BucketName::parse(name).is_none(), "{name}");
        }
    }
}
