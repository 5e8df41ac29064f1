//! Amazon Resource Names.

use std::fmt;

use auth::{AccountId, Region};

/// `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, in the one partition that Kumiki has.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn {
    text: String,
    /// Where each of the five separators stands.
    colons: [u16; 5],
}

impl Arn {
    /// The ARN of `resource`. Region and account are left empty where the service has none in its ARNs (S3).
    pub fn new(service: &str, region: &str, account: &str, resource: &str) -> Self {
        let text = format!("arn:aws:{service}:{region}:{account}:{resource}");
        Self::parse(&text).unwrap_or(Self { text, colons: [0; 5] })
    }

    /// The ARN of a resource that belongs to a region and an account.
    pub fn of(service: &str, region: &Region, account: AccountId, resource: &str) -> Self {
        Self::new(service, region.as_str(), account.as_str(), resource)
    }

    /// Reads an ARN; `None` where the text has not the six parts, or another partition than `aws`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 2048 || !text.starts_with("arn:aws:") {
            return None;
        }
        let mut colons = [0; 5];
        let mut places = text.bytes().enumerate().filter(|(_, b)| *b == b':');
        for colon in &mut colons {
            *colon = u16::try_from(places.next()?.0).ok()?;
        }
        let arn = Self { text: text.to_owned(), colons };
        if arn.service().is_empty() || arn.resource().is_empty() { None } else { Some(arn) }
    }

    fn part(&self, i: usize) -> &str {
        let start = usize::from(self.colons[i]) + 1;
        let end = self.colons.get(i + 1).map_or(self.text.len(), |c| usize::from(*c));
        self.text.get(start..end).unwrap_or_default()
    }

    /// `sqs`, `s3`, ...
    pub fn service(&self) -> &str {
        self.part(1)
    }
    /// The region, or an empty text.
    pub fn region(&self) -> &str {
        self.part(2)
    }
    /// The account, or an empty text.
    pub fn account(&self) -> &str {
        self.part(3)
    }
    /// What stands after the fifth colon.
    pub fn resource(&self) -> &str {
        self.part(4)
    }
    /// Whether a queue may have it: other blocks make addresses of it, in which anything else could mean another queue.
    pub fn is_queue(&self) -> bool {
        self.service() == "sqs" && self.is_of_region_and_account() && is_name(self.resource(), 80)
    }
    /// Whether a topic may have it.
    pub fn is_topic(&self) -> bool {
        self.service() == "sns" && self.is_of_region_and_account() && is_name(self.resource(), 256)
    }
    fn is_of_region_and_account(&self) -> bool {
        Region::is_valid(self.region()) && self.account().parse::<AccountId>().is_ok()
    }
    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Letters, digits, hyphens and underscores, and `.fifo` at the end: names of queues and topics.
fn is_name(name: &str, chars_max: usize) -> bool {
    let stem = name.strip_suffix(".fifo").unwrap_or(name);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    !stem.is_empty() && name.len() <= chars_max && stem.bytes().all(allowed)
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_and_topics_have_names_of_one_piece() {
        let is = |text: &str| Arn::parse(text).is_some_and(|arn| arn.is_queue() || arn.is_topic());
        for good in ["arn:aws:sqs:eu-west-1:123456789012:a-b_1", "arn:aws:sns:eu-west-1:123456789012:t.fifo"]
        {
            assert!(is(good), "{good}");
        }
        for wrong in [
            "arn:aws:sqs:eu-west-1:123456789012:111111111111/victim",
            "arn:aws:sqs:eu-west-1:123456789012:a?b",
            "arn:aws:sqs:eu-west-1:123456789012:a:b",
            "arn:aws:sqs:eu-west-1:123456789012:.fifo",
            "arn:aws:sqs:eu-west-1:12:a",
            "arn:aws:sqs:x/y:123456789012:a",
            "arn:aws:s3:::a",
        ] {
            assert!(!is(wrong), "{wrong}");
        }
        assert!(!is(&format!("arn:aws:sqs:eu-west-1:123456789012:{}", "x".repeat(81))));
    }

    #[test]
    fn parts_are_found() {
        let arn = Arn::parse("arn:aws:sns:eu-west-1:123456789012:topic:sub").unwrap();
        assert_eq!(
            (arn.service(), arn.region(), arn.account(), arn.resource()),
            ("sns", "eu-west-1", "123456789012", "topic:sub")
        );
        let bucket = Arn::parse("arn:aws:s3:::photos/a:b").unwrap();
        assert_eq!((bucket.region(), bucket.account(), bucket.resource()), ("", "", "photos/a:b"));
        assert_eq!(Arn::new("s3", "", "", "photos").as_str(), "arn:aws:s3:::photos");
        for wrong in [
            "",
            "arn",
            "arn:aws:sqs",
            "arn:aws:sqs:r:a",
            "arn:aws:sqs:r:a:",
            "arn:aws::r:a:b",
            "urn:aws:sqs:r:a:b",
        ] {
            assert!(Arn::parse(wrong).is_none(), "{wrong}");
        }
    }
}
