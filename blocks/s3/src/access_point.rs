//! Access points: names with policies of their own, through which callers come to a bucket.
//!
//! "For an application or user to be able to access objects through an access point, both the access point and the
//! underlying bucket must permit the request": what an operation asks of the bucket is asked of the access point, too.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>
//!
//! They stand in the directory of their region, with their alias.

use std::sync::Arc;

use auth::{AccountId, Region};
use floor::{
    Arn, Caller, Check, Cx, Get, Key, Placement,
    cx::Through,
    first_format,
    registry::{Address, Behind},
};
use policy::Policy;
use serde::{Deserialize, Serialize};
use wire::{Answer, Meta};

use crate::{
    S3, account, beside::Beside, bucket::place_in, control, copying::Named, fault, more::PublicAccess,
    public, records,
};

/// What is stored of an access point.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AccessPoint {
    /// Whose it is.
    pub account: AccountId,
    /// Its name: of its own within its account and region.
    pub name: String,
    /// A name for it that may stand for a bucket's.
    pub alias: String,
    /// The bucket behind it.
    pub bucket: String,
    /// Whose that is.
    pub bucket_account: AccountId,
    /// The network that it takes requests from; none: any.
    pub vpc: Option<String>,
    /// What is blocked of public access through it.
    pub block: PublicAccess,
    /// Since when, in milliseconds since 1970.
    pub created_ms: u64,
    /// Its policy, as it was given.
    pub policy: Option<String>,
}

/// Which one an alias means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Alias {
    account: AccountId,
    name: String,
}

first_format!(AccessPoint, Alias);

/// Those of an account.
pub fn points_of(account: AccountId) -> Key {
    Key::of("point").text(account.as_str())
}

/// One of them.
pub fn point(account: AccountId, name: &str) -> Key {
    points_of(account).raw(name.as_bytes())
}

/// How many an account has.
pub fn count(account: AccountId) -> Key {
    Key::of("points").text(account.as_str())
}

/// Which access points a bucket has, by their account and name: nothing.
pub fn attached_to(bucket: &str) -> Key {
    Key::of("attached").text(bucket)
}

/// Those of one account.
pub fn attached_of(bucket: &str, account: AccountId) -> Key {
    attached_to(bucket).text(account.as_str())
}

/// One of them.
pub fn attached(of: &AccessPoint) -> Key {
    attached_of(&of.bucket, of.account).raw(of.name.as_bytes())
}

/// An alias.
pub fn alias(alias: &str) -> Key {
    Key::of("alias").text(alias)
}

impl AccessPoint {
    /// What its alias means.
    pub fn aliased(&self) -> Alias {
        Alias { account: self.account, name: self.name.clone() }
    }

    /// `Internet` or `VPC`.
    pub fn network_origin(&self) -> &'static str {
        if self.vpc.is_some() { "VPC" } else { "Internet" }
    }

    /// Whether its policy lets in the public. One that takes requests from a private network alone never does.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
    pub fn is_public(&self, policy: &Policy) -> bool {
        self.vpc.is_none() && public::is_public(policy)
    }
}

/// The ARN of an access point.
pub fn arn(region: &Region, account: AccountId, name: &str) -> String {
    Arn::of("s3", region, account, &format!("accesspoint/{name}")).as_str().to_owned()
}

/// Three to fifty lower-case letters, digits and hyphens, with no hyphen at either end.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html>
pub fn is_name(text: &str) -> bool {
    let letter_or_digit = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    (3..=50).contains(&bytes.len())
        && bytes.iter().all(|b| letter_or_digit(b) || *b == b'-')
        && bytes.first().is_some_and(letter_or_digit)
        && bytes.last().is_some_and(letter_or_digit)
        && !["-s3alias", "-ext-s3alias", "--ol-s3", "--xa-s3"].iter().any(|end| text.ends_with(end))
}

/// How long what an alias has between the name and its end is, and how much of the name it has: a bucket's name has 63.
const ALIAS_RANDOM: usize = 34;
const ALIAS_NAME_MAX: usize = 20;

/// An alias of a name, of so many random bytes.
pub fn alias_of(name: &str, random: &[u8; ALIAS_RANDOM]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz1234567";
    let name = name.get(..ALIAS_NAME_MAX).unwrap_or(name).trim_end_matches('-');
    let random: String = random.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect();
    format!("{name}-{random}-s3alias")
}

/// An access point that a request comes through.
#[derive(Debug)]
pub struct Point {
    record: AccessPoint,
    arn: String,
    policy: Option<Arc<Policy>>,
    /// What is blocked through it, by its own settings and its account's.
    blocks: PublicAccess,
}

impl Through for Point {}

impl PartialEq for Point {
    fn eq(&self, other: &Self) -> bool {
        self.arn == other.arn && self.record == other.record
    }
}

impl Eq for Point {}

/// The access point that a caller came through.
fn of(caller: &Caller) -> Option<&Point> {
    let through: &dyn std::any::Any = caller.through.as_deref()?;
    through.downcast_ref()
}

/// What the access point that a caller came through blocks of public access.
pub fn blocks(caller: &Caller) -> PublicAccess {
    of(caller).map(|point| point.blocks).unwrap_or_default()
}

/// What may be asked through access points.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html>
const OPERATIONS: [&str; 33] = [
    "AbortMultipartUpload",
    "CompleteMultipartUpload",
    "CopyObject",
    "CreateMultipartUpload",
    "DeleteObject",
    "DeleteObjectTagging",
    "DeleteObjects",
    "GetBucketAcl",
    "GetBucketCors",
    "GetBucketLocation",
    "GetBucketNotificationConfiguration",
    "GetBucketPolicy",
    "GetObject",
    "GetObjectAcl",
    "GetObjectAttributes",
    "GetObjectLegalHold",
    "GetObjectRetention",
    "GetObjectTagging",
    "HeadBucket",
    "HeadObject",
    "ListMultipartUploads",
    "ListObjectVersions",
    "ListObjects",
    "ListObjectsV2",
    "ListParts",
    "PutObject",
    "PutObjectAcl",
    "PutObjectLegalHold",
    "PutObjectRetention",
    "PutObjectTagging",
    "RestoreObject",
    "UploadPart",
    "UploadPartCopy",
];

/// What is asked where the caller came through an access point: of that, and of the bucket.
pub fn through(caller: &Caller, operation: &'static Meta, checks: Vec<Check>) -> Answer<Vec<Check>> {
    let Some(point) = of(caller) else { return Ok(checks) };
    if !OPERATIONS.contains(&operation.name) {
        return Err(control::fault::not_for_access_points(operation.http.method));
    }
    let asked = checks.iter().map(|check| point.ask(check));
    Ok(asked.collect::<Vec<_>>().into_iter().chain(checks.iter().map(|check| point.pass(check))).collect())
}

impl Point {
    fn of(record: AccessPoint, region: &Region, account: PublicAccess) -> Answer<Self> {
        let policy = record.policy.as_deref().map(floor::authorise::compiled).transpose()?;
        let (arn, blocks) = (arn(region, record.account, &record.name), record.block.and(account));
        Ok(Self { record, arn, policy, blocks })
    }

    /// What the bucket is asked, of the access point.
    fn ask(&self, check: &Check) -> Check {
        let of_bucket = format!("arn:aws:s3:::{}", self.record.bucket);
        let resource = match check.resource.strip_prefix(&of_bucket) {
            Some("") | None => self.arn.clone(),
            Some(key) => format!("{}/object{key}", self.arn),
        };
        let is_public = self.policy.as_deref().is_some_and(|policy| self.record.is_public(policy));
        let restricted = (is_public && self.blocks.restrict).then(|| Beside::restricted(self.record.account));
        let mut asked = Check::new(check.action, resource, self.record.account);
        asked.policy.clone_from(&self.policy);
        asked.keys.clone_from(&check.keys);
        asked.beside = restricted.map(|beside| Arc::new(beside) as _);
        self.with_keys(asked)
    }

    /// What the bucket is asked, where the caller comes through here.
    fn pass(&self, check: &Check) -> Check {
        let mut passed = self.with_keys(check.clone());
        if self.blocks == PublicAccess::default() {
            return passed;
        }
        let is_public = check.policy.as_deref().is_some_and(public::is_public);
        let beside = check.beside.as_deref().and_then(|beside| {
            let beside: &dyn std::any::Any = beside;
            beside.downcast_ref::<Beside>()
        });
        passed.beside = match beside {
            Some(beside) => Some(Arc::new(beside.under(self.blocks, is_public))),
            None if is_public && self.blocks.restrict => Some(Arc::new(Beside::restricted(check.owner))),
            None => passed.beside,
        };
        passed
    }

    fn with_keys(&self, check: Check) -> Check {
        keys(check, &self.arn, self.record.account, self.record.network_origin())
    }
}

/// The condition keys of requests through and about access points.
pub fn keys(check: Check, arn: &str, account: AccountId, network_origin: &'static str) -> Check {
    check
        .key("s3:DataAccessPointArn", arn.to_owned())
        .key("s3:DataAccessPointAccount", account.as_str().to_owned())
        .key("s3:AccessPointNetworkOrigin", network_origin.to_owned())
}

impl S3 {
    /// What stands behind a name in a request's address: a bucket, where it is an access point's.
    pub async fn behind(&self, cx: &Cx, address: &Address) -> Answer<Option<Behind>> {
        let region = cx.region();
        let view = cx.view(&Placement::directory(region)).await?;
        let named = if address.name.ends_with("-s3alias") {
            view.load::<Alias>(&alias(&address.name)).await?.map(|of| (of.account, of.name))
        } else {
            read_host_label(&address.name)
        };
        let found = match named {
            Some((account, name)) => view.load::<AccessPoint>(&point(account, &name)).await?,
            None => None,
        };
        let Some(found) = found else {
            return if address.is_at_endpoint {
                Err(control::fault::no_such_access_point(&address.name))
            } else {
                Ok(None)
            };
        };
        // Where a host may name either, a bucket's own name goes first.
        let is_either = !address.is_at_endpoint && !address.name.ends_with("-s3alias");
        if is_either && self.has_bucket(cx, &address.name).await? {
            return Ok(None);
        }
        let account = account::blocks(&view, found.account).await?;
        let point = self.enter(cx, found, account).await?;
        Ok(Some(Behind { name: point.record.bucket.clone(), through: point }))
    }

    async fn has_bucket(&self, cx: &Cx, name: &str) -> Answer<bool> {
        let view = cx.view(&place_in(cx.region(), name)).await?;
        Ok(view.get(&records::bucket(name)).await?.is_some())
    }

    /// Comes to the bucket through an access point: it must still be the one that the access point was made for, and be
    /// asked from the network that it takes requests from. No request comes from a private one.
    async fn enter(&self, cx: &Cx, found: AccessPoint, account: PublicAccess) -> Answer<Arc<Point>> {
        let view = cx.view(&place_in(cx.region(), &found.bucket)).await?;
        let bucket = self.bucket(&view, &found.bucket).await?;
        let bucket = bucket.ok_or_else(|| fault::no_such_bucket(&found.bucket))?;
        if bucket.record.owner != found.bucket_account || found.vpc.is_some() {
            return Err(fault::access_denied("Access Denied"));
        }
        Ok(Arc::new(Point::of(found, cx.region(), account)?))
    }

    /// The source of a copy, where its name is that of an access point.
    pub async fn find_source(&self, cx: &Cx, mut named: Named) -> Answer<Named> {
        let (account, name) = if named.bucket.starts_with("arn:") {
            read_arn(&named.bucket, cx.region()).ok_or_else(control::fault::invalid_access_point)?
        } else if named.bucket.ends_with("-s3alias") {
            let view = cx.view(&Placement::directory(cx.region())).await?;
            match view.load::<Alias>(&alias(&named.bucket)).await? {
                Some(of) => (of.account, of.name),
                None => return Ok(named),
            }
        } else {
            return Ok(named);
        };
        let view = cx.view(&Placement::directory(cx.region())).await?;
        let found = view.load::<AccessPoint>(&point(account, &name)).await?;
        let found = found.ok_or_else(|| control::fault::no_such_access_point(&name))?;
        let account = account::blocks(&view, found.account).await?;
        let point = self.enter(cx, found, account).await?;
        named.bucket.clone_from(&point.record.bucket);
        named.point = Some(point);
        Ok(named)
    }
}

/// `NAME-ACCOUNT`, as clients put the ARN of an access point into a host.
fn read_host_label(label: &str) -> Option<(AccountId, String)> {
    let (name, account) = label.rsplit_once('-')?;
    Some((account.parse().ok()?, name.to_owned()))
}

/// The account and name in an ARN of an access point of this region. There are no copies from one to another.
fn read_arn(text: &str, region: &Region) -> Option<(AccountId, String)> {
    let arn = Arn::parse(text).filter(|arn| arn.service() == "s3" && arn.region() == region.as_str())?;
    let name = arn.resource().strip_prefix("accesspoint/")?;
    Some((arn.account().parse().ok()?, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bucket_name::BucketName;

    #[test]
    fn names_follow_the_rules() {
        for right in ["abc", "a-b", "1ab", "a--b", &"a".repeat(50)] {
            assert!(is_name(right), "{right}");
        }
        for wrong in
            ["", "ab", &"a".repeat(51), "-ab", "ab-", "aBc", "a_b", "a.b", "a b", "abc-s3alias", "é--"]
        {
            assert!(!is_name(wrong), "{wrong}");
        }
    }

    #[test]
    fn arns_are_of_this_region() {
        let region = Region::default();
        let arn = arn(&region, AccountId::DEFAULT, "abc");
        assert_eq!(arn, "arn:aws:s3:us-east-1:000000000000:accesspoint/abc");
        assert_eq!(read_arn(&arn, &region), Some((AccountId::DEFAULT, "abc".into())));
        assert_eq!(read_arn(&arn, &"eu-west-1".parse().unwrap()), None);
        assert_eq!(read_arn("arn:aws:s3:::bucket", &region), None);
    }

    proptest! {
        #[test]
        fn aliases_have_the_form_of_buckets_names_that_no_bucket_has(
            name in "[a-z0-9][a-z0-9-]{1,48}[a-z0-9]",
            random in proptest::collection::vec(any::<u8>(), ALIAS_RANDOM),
        ) {
            let made = alias_of(&name, random.as_slice().try_into().unwrap());
            prop_assert!(made.len() <= 63 && made.ends_with("-s3alias"));
            prop_assert!(BucketName::parse(&made).is_none());
            prop_assert!(BucketName::parse(made.trim_end_matches("-s3alias")).is_some());
        }

        #[test]
        fn what_clients_make_of_an_arn_is_read_back(name in "[a-z0-9][a-z0-9-]{1,48}[a-z0-9]") {
            let label = format!("{name}-{}", AccountId::DEFAULT);
            prop_assert_eq!(read_host_label(&label), Some((AccountId::DEFAULT, name)));
        }
    }
}
