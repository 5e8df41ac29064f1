//! Buckets as requests see them.

use std::{collections::HashMap, sync::Arc};

use auth::{Identity, Kind};
use bytes::Bytes;
use floor::{Admitted, Arn, Caller, Check, Cx, Get, Handle, Placement, Record, Target};
use parking_lot::RwLock;
use policy::Policy;
use seal::MessageKey;
use wire::{Answer, Empty, Fault, Operation};

use crate::{
    S3, access, account,
    acl::Names,
    beside::Beside,
    fault,
    more::{Acl, PublicAccess},
    payer::Terms,
    public,
    records::{self, BucketRecord, Claim, Object},
    sealing,
};

/// A bucket.
#[derive(Debug)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Its ARN.
    pub arn: String,
    /// What is stored of it.
    pub record: BucketRecord,
    /// Its policy, compiled.
    pub policy: Option<Arc<Policy>>,
    /// What is blocked of public access, by its own settings and those of its owner's account.
    pub blocks: PublicAccess,
    /// What decides beside its policy.
    pub beside: Option<Arc<Beside>>,
    /// The key that its objects are encrypted with.
    pub key: MessageKey,
    /// How answers show owners.
    pub names: Names,
}

impl Bucket {
    fn of(name: &str, record: BucketRecord, s3: &S3) -> Answer<Self> {
        let policy = record.policy.as_deref().map(floor::authorise::compiled).transpose()?;
        let key = sealing::key_of(&s3.master, &record)?;
        let blocks = record.public_access.unwrap_or_default();
        let beside = Beside::of(&record, blocks, policy.as_deref().is_some_and(public::is_public));
        let beside = beside.map(Arc::new);
        Ok(Self {
            name: name.to_owned(),
            arn: arn(name),
            record,
            policy,
            blocks,
            beside,
            key,
            names: s3.names,
        })
    }

    /// Whether the settings of its owner's account may change what its own say.
    fn heeds_account(&self) -> bool {
        let is_open = || self.has_lists() || self.policy.as_deref().is_some_and(public::is_public);
        self.blocks != PublicAccess::BLOCKED && is_open()
    }

    /// The same bucket under the settings of its owner's account.
    fn under(&self, account: PublicAccess) -> Self {
        let blocks = self.blocks.and(account);
        let beside = Beside::of(&self.record, blocks, self.policy.as_deref().is_some_and(public::is_public));
        Self {
            name: self.name.clone(),
            arn: self.arn.clone(),
            record: self.record.clone(),
            policy: self.policy.clone(),
            blocks,
            beside: beside.map(Arc::new),
            key: self.key.clone(),
            names: self.names,
        }
    }

    /// May the caller do `action` to the bucket?
    pub fn check(&self, action: &'static str) -> Check {
        let check = access::of_bucket(Check::new(action, self.arn.as_str(), self.record.owner), &self.record);
        check.policy(self.policy.clone()).beside(self.beside())
    }

    /// May the caller do `action` to the object `key`?
    pub fn object_check(&self, action: &'static str, key: &str) -> Check {
        let check = Check::new(action, format!("{}/{key}", self.arn), self.record.owner);
        let check = access::of_bucket(check, &self.record);
        check.policy(self.policy.clone()).beside(self.beside())
    }

    /// May the caller do `action` to this object? One with a list of its own may belong to somebody else.
    pub fn existing_check(&self, action: &'static str, key: &str, object: &Object) -> Check {
        let check = self.object_check(action, key);
        if !self.has_lists() {
            return check;
        }
        match object.more.as_deref().and_then(|more| more.acl.as_ref()) {
            Some(list) => {
                let check = check.beside(Some(Arc::new(Beside::of_object(self, list))));
                Check { owner: list.owner.unwrap_or(self.record.owner), ..check }
            }
            // The list of the bucket is about the bucket.
            None if self.beside.is_some() => {
                let private = Acl::private(Some(self.record.owner));
                check.beside(Some(Arc::new(Beside::of_object(self, &private))))
            }
            None => check,
        }
    }

    /// The same, of what a caller writes: the object is its own until the bucket's owner has it, so that callers of other
    /// accounts may give it a list as far as their own policies go and the bucket's does not deny it.
    pub fn for_writer(&self, check: Check, who: &Identity) -> Check {
        let is_foreign = !who.is_anonymous()
            && !matches!(who.kind, Kind::Service { .. })
            && who.account != self.record.owner;
        if !is_foreign {
            return check;
        }
        let beside = Beside::of_writer(who.account);
        Check { owner: who.account, ..check }.beside(Some(Arc::new(beside)))
    }

    /// Tags that decide over access are for TagResource and UntagResource alone, which policies can tell apart.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html>
    pub fn check_tags_are_free(&self) -> Answer<()> {
        if !self.record.abac {
            return Ok(());
        }
        Err(fault::invalid_request(
            "This operation is not supported for buckets with attribute-based access control enabled. Use TagResource \
             or UntagResource.",
        ))
    }

    fn beside(&self) -> Option<Arc<dyn floor::Beside>> {
        self.beside.clone().map(|beside| beside as _)
    }

    /// As [`Bucket::check`], but for the owner's account only, whose root is not bound by the policy: it must be able
    /// to mend it.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>
    pub fn policy_check(&self, action: &'static str, caller: &Caller) -> Check {
        let check = self.check(action).owner_only();
        let is_root = matches!(caller.who.kind, Kind::Root) && caller.account() == self.record.owner;
        if is_root { check.policy(None) } else { check }
    }
}

/// The ARN of a bucket.
pub fn arn(name: &str) -> String {
    Arn::new("s3", "", "", name).as_str().to_owned()
}

/// Where a bucket lives, in the region that is asked.
pub fn place(caller: &Caller, name: &str) -> Answer<Placement> {
    is_addressable(name)
        .then(|| place_in(&caller.region, name))
        .ok_or_else(|| fault::invalid_bucket_name(name))
}

/// Where a bucket of `region` lives.
pub fn place_in(region: &auth::Region, name: &str) -> Placement {
    Placement::of(region, "bucket", name)
}

/// Names that were once allowed may be asked for; they do not exist.
fn is_addressable(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// What was loaded of a bucket that may not be here.
#[derive(Debug)]
pub enum Here<T> {
    /// It is here.
    Here(T),
    /// It is not in this region.
    Absent,
}

/// What most operations load.
pub type InBucket = Here<Arc<Bucket>>;

impl<T> Here<T> {
    /// What is here; inside a transaction, where a bucket that is gone is simply gone.
    pub fn inside(&self, name: &str) -> Answer<&T> {
        match self {
            Self::Here(here) => Ok(here),
            Self::Absent => Err(fault::no_such_bucket(name)),
        }
    }

    /// What is here; or says where it is.
    pub async fn or_elsewhere(&self, cx: &Cx, name: &str) -> Answer<&T> {
        match self {
            Self::Here(here) => Ok(here),
            Self::Absent => Err(Box::pin(elsewhere(cx, name)).await?),
        }
    }
}

/// The region that a bucket was made in.
pub async fn region_of(cx: &Cx, name: &str) -> Answer<Option<auth::Region>> {
    if !is_addressable(name) {
        return Ok(None);
    }
    let claim = cx.view(&Placement::global()).await?.load::<Claim>(&records::claim(name)).await?;
    Ok(claim.map(|claim| claim.region))
}

/// The answer to a request for a bucket that is not in this region.
async fn elsewhere(cx: &Cx, name: &str) -> Answer<Fault> {
    Ok(match region_of(cx, name).await? {
        Some(region) if region != *cx.region() => {
            let host = cx.caller.origin.base_url.rsplit('/').next().unwrap_or_default();
            fault::permanent_redirect(name, region.as_str(), host)
        }
        _ => fault::no_such_bucket(name),
    })
}

/// How many decoded buckets are kept.
const KEPT_MAX: usize = 10_000;

/// Buckets that were decoded before, with the bytes that they were decoded from: a bucket that was changed has other
/// bytes, so that nothing is ever stale.
#[derive(Debug, Default)]
pub struct Buckets(RwLock<HashMap<String, Kept>>);

/// One of them.
#[derive(Debug)]
struct Kept {
    from: Bytes,
    bucket: Arc<Bucket>,
    /// The same under what its account last blocked.
    under: Option<(PublicAccess, Arc<Bucket>)>,
}

impl Buckets {
    fn decode(&self, name: &str, stored: Bytes, s3: &S3) -> Answer<Arc<Bucket>> {
        if let Some(kept) = self.0.read().get(name)
            && kept.from == stored
        {
            return Ok(kept.bucket.clone());
        }
        let bucket = Arc::new(Bucket::of(name, BucketRecord::decode(&stored)?, s3)?);
        s3.logs.saw(&bucket);
        let mut kept = self.0.write();
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(name.to_owned(), Kept { from: stored, bucket: bucket.clone(), under: None });
        Ok(bucket)
    }

    /// The bucket under what its account blocks.
    fn under(&self, bucket: &Arc<Bucket>, account: PublicAccess) -> Arc<Bucket> {
        if bucket.blocks.and(account) == bucket.blocks {
            return bucket.clone();
        }
        if let Some(kept) = self.0.read().get(&bucket.name)
            && Arc::ptr_eq(&kept.bucket, bucket)
            && let Some((of, under)) = &kept.under
            && *of == account
        {
            return under.clone();
        }
        let under = Arc::new(bucket.under(account));
        if let Some(kept) = self.0.write().get_mut(&bucket.name)
            && Arc::ptr_eq(&kept.bucket, bucket)
        {
            kept.under = Some((account, under.clone()));
        }
        under
    }
}

impl S3 {
    /// The bucket `name`, if it is where `read` reads.
    pub async fn bucket<R: Get>(&self, read: &R, name: &str) -> Answer<Option<Arc<Bucket>>> {
        let Some(stored) = read.get(&records::bucket(name)).await? else { return Ok(None) };
        let bucket = self.buckets.decode(name, stored, self)?;
        if !bucket.heeds_account() {
            return Ok(Some(bucket));
        }
        let account = account::blocks(read, bucket.record.owner).await?;
        Ok(Some(self.buckets.under(&bucket, account)))
    }

    /// Changes what is stored of a bucket.
    pub async fn change<O, F>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        name: &str,
        change: F,
    ) -> Answer<Empty>
    where
        O: Operation,
        Self: Handle<O, Loaded = InBucket>,
        F: Fn(&mut BucketRecord) + Send + Sync,
    {
        let change = &change;
        let changed = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let mut record = here.inside(name)?.record.clone();
            change(&mut record);
            tx.save(&records::bucket(name), &record);
            Ok(Empty)
        });
        changed.await
    }

    /// The target of an operation that needs the bucket only. `ask` says what must be allowed.
    pub async fn in_bucket<R: Get>(
        &self,
        read: &R,
        name: &str,
        terms: impl Into<Terms<'_>> + Send,
        ask: impl FnOnce(&Bucket) -> Vec<Check> + Send,
    ) -> Answer<Target<InBucket>> {
        let terms = terms.into();
        let Some(bucket) = self.bucket(read, name).await? else { return Ok(Target::anyone(Here::Absent)) };
        terms.check(&bucket)?;
        Ok(Target { checks: ask(&bucket), loaded: Here::Here(bucket) })
    }
}

/// What an operation on a bucket loads and asks, where that is the bucket and one action.
macro_rules! in_bucket {
    ($input:ty, $action:literal) => {
        $crate::bucket::in_bucket!(free; $input, $action);
    };
    // Somebody else than the owner may pay for it.
    (paid $input:ty, $action:literal) => {
        $crate::bucket::in_bucket!(paid; $input, $action);
    };
    ($price:ident; $input:ty, $action:literal) => {
        type Loaded = $crate::bucket::InBucket;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, caller: &floor::Caller, input: &$input) -> wire::Answer<floor::Placement> {
            $crate::bucket::place(caller, &input.bucket)
        }

        async fn resource<R: floor::Get>(
            &self,
            caller: &floor::Caller,
            read: &R,
            input: &$input,
        ) -> wire::Answer<floor::Target<$crate::bucket::InBucket>> {
            let terms = $crate::payer::terms!($price, caller, input);
            self.in_bucket(read, &input.bucket, terms, |bucket| vec![bucket.check($action)]).await
        }
    };
}
pub(crate) use in_bucket;
