//! Who pays for a request, and whose bucket the client takes it to be.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html>

use auth::{AccountId, Identity, Kind};
use floor::Caller;
use wire::{Answer, Fault};

use crate::{bucket::Bucket, fault};

/// What a request says of itself beside what it asks for.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// `x-amz-expected-bucket-owner`.
    pub owner: Option<&'a str>,
    /// Who asks, and `x-amz-request-payer`; none: nobody but the owner pays for such requests.
    pub payer: Option<(&'a Caller, Option<&'a str>)>,
}

/// The [`Terms`] of an input: of an operation that its caller may have to pay for, or of one that is free.
macro_rules! terms {
    ($caller:expr, $input:expr) => {
        $crate::payer::Terms {
            owner: $input.expected_bucket_owner.as_deref(),
            payer: Some(($caller, $input.request_payer.as_deref())),
        }
    };
    (paid, $caller:expr, $input:expr) => {
        $crate::payer::terms!($caller, $input)
    };
    (free, $caller:expr, $input:expr) => {{
        let _ = $caller;
        $crate::payer::Terms::from($input.expected_bucket_owner.as_deref())
    }};
}
pub(crate) use terms;

impl<'a> From<Option<&'a str>> for Terms<'a> {
    fn from(owner: Option<&'a str>) -> Self {
        Self { owner, payer: None }
    }
}

impl Terms<'_> {
    /// Refuses a request for another's bucket than it expects, and one that nobody pays for.
    pub fn check(&self, bucket: &Bucket) -> Answer<()> {
        check_owner(bucket, self.owner)?;
        match self.payer {
            Some((caller, said)) if bucket.record.requester_pays => {
                let is_paid = caller.account() == bucket.record.owner || said == Some(REQUESTER);
                let is_service = matches!(caller.who.kind, Kind::Service { .. });
                if (is_paid && !caller.who.is_anonymous()) || is_service {
                    return Ok(());
                }
                Err(fault::access_denied("Access Denied"))
            }
            _ => Ok(()),
        }
    }
}

/// Who pays, where it is not the owner.
const REQUESTER: &str = "requester";

impl Bucket {
    /// `x-amz-request-charged`, of a request that was admitted.
    pub fn charged(&self, who: &Identity) -> Option<String> {
        let is_foreign = self.record.requester_pays
            && who.account != self.record.owner
            && !matches!(who.kind, Kind::Service { .. });
        is_foreign.then(|| REQUESTER.to_owned())
    }
}

/// `x-amz-expected-bucket-owner`.
fn check_owner(bucket: &Bucket, expected: Option<&str>) -> Answer<()> {
    let Some(expected) = expected else { return Ok(()) };
    let account: AccountId = expected.parse().map_err(|_| {
        Fault::coded(
            "InvalidBucketOwnerAWSAccountID",
            400,
            format!(
                "The value of the expected bucket owner parameter must be an AWS Account ID... [{expected}]"
            ),
        )
    })?;
    if account == bucket.record.owner { Ok(()) } else { Err(fault::access_denied("Access Denied")) }
}
