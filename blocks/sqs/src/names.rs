//! Names of queues, in URLs and ARNs.

use std::fmt;

use floor::{AccountId, Arn, Placement, Region};

use crate::{fault::Refused, limits::NAME_CHARS_MAX};

/// What the name of a FIFO queue ends with.
const FIFO: &str = ".fifo";

/// A queue: its account and its name.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct QueueName {
    /// The account that owns it.
    pub account: AccountId,
    /// Its name, `.fifo` included.
    pub name: String,
}

impl QueueName {
    /// The queue of a new name; refused where no queue may have it.
    pub fn new(account: AccountId, name: &str) -> Result<Self, Refused> {
        if is_name(name) {
            Ok(Self { account, name: name.to_owned() })
        } else {
            Err(if name.strip_suffix(FIFO).is_some() { Refused::FifoName } else { Refused::Name })
        }
    }

    /// The queue that a `QueueUrl` means, whatever its host is: the last two segments of the path are account and
    /// name. A name alone is a queue of the caller.
    pub fn of_url(url: &str, caller: AccountId) -> Result<Self, Refused> {
        if url.is_empty() {
            return Err(Refused::Missing("QueueUrl"));
        }
        let address = || Refused::Address(url.to_owned());
        let Some((_, rest)) = url.split_once("://") else {
            return if is_name(url) {
                Ok(Self { account: caller, name: url.to_owned() })
            } else {
                Err(address())
            };
        };
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let mut segments = path.trim_end_matches('/').rsplit('/');
        let (name, account) = segments.next().zip(segments.next()).ok_or_else(address)?;
        if segments.next().is_none() {
            return Err(address()); // one segment only, and the host
        }
        let account = account.parse().map_err(|_| Refused::NoSuchQueue)?;
        if is_name(name) { Ok(Self { account, name: name.to_owned() }) } else { Err(Refused::NoSuchQueue) }
    }

    /// The queue that an ARN means, with its region.
    pub fn of_arn(arn: &str) -> Option<(Self, Region)> {
        let arn = Arn::parse(arn).filter(|a| a.service() == "sqs" && is_name(a.resource()))?;
        let name = Self { account: arn.account().parse().ok()?, name: arn.resource().to_owned() };
        Some((name, arn.region().parse().ok()?))
    }

    /// The queue's ARN.
    pub fn arn(&self, region: &Region) -> String {
        format!("arn:aws:sqs:{}:{}:{}", region.as_str(), self.account, self.name)
    }

    /// The queue's URL under the address that the caller knows us by.
    pub fn url(&self, base: &str) -> String {
        format!("{}/{}/{}", base.trim_end_matches('/'), self.account, self.name)
    }

    /// Where it lives.
    pub fn place(&self, region: &Region) -> Placement {
        Placement::of(region, "queue", &format!("{}/{}", self.account, self.name))
    }

    /// Whether it is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.name.strip_suffix(FIFO).is_some()
    }
}

impl fmt::Display for QueueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.account, self.name)
    }
}

/// Whether a queue may have this name: alphanumeric characters, hyphens and underscores, up to 80 with `.fifo`.
pub fn is_name(name: &str) -> bool {
    let stem = name.strip_suffix(FIFO).unwrap_or(name);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    !stem.is_empty() && name.len() <= NAME_CHARS_MAX && stem.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_all_forms_name_their_queue() {
        let caller: AccountId = "111122223333".parse().unwrap();
        for url in [
            "http://127.0.0.1:4566/000000000000/q-1",
            "http://127.0.0.1:4566/000000000000/q-1/",
            "https://sqs.eu-west-1.amazonaws.com/000000000000/q-1",
            "https://eu-west-1.queue.amazonaws.com/000000000000/q-1",
            "http://localhost:4566/queue/us-east-1/000000000000/q-1",
            "http://host/000000000000/q-1?x=y",
        ] {
            assert_eq!(QueueName::of_url(url, caller).unwrap().to_string(), "000000000000/q-1", "{url}");
        }
        assert_eq!(QueueName::of_url("q.fifo", caller).unwrap().to_string(), "111122223333/q.fifo");
        for url in ["", "a b", "http://host", "http://host/", "http://host/q", "/000000000000/q"] {
            let refused = QueueName::of_url(url, caller).unwrap_err();
            assert!(matches!(refused, Refused::Address(_) | Refused::Missing(_)), "{url}: {refused:?}");
        }
        for url in ["http://host/account/q", "http://host/000000000000/q%20"] {
            assert!(matches!(QueueName::of_url(url, caller), Err(Refused::NoSuchQueue)), "{url}");
        }
    }

    #[test]
    fn names_follow_the_rules() {
        assert!(is_name("A-b_9") && is_name("a.fifo") && is_name(&"x".repeat(80)));
        assert!(!is_name("") && !is_name(".fifo") && !is_name("a.b") && !is_name(&"x".repeat(81)));
        assert!(!is_name(&format!("{}.fifo", "x".repeat(76))));
        let (queue, region) = QueueName::of_arn("arn:aws:sqs:eu-west-1:000000000000:q").unwrap();
        assert_eq!(queue.arn(&region), "arn:aws:sqs:eu-west-1:000000000000:q");
        assert!(QueueName::of_arn("arn:aws:sns:eu-west-1:000000000000:q").is_none());
    }
}
