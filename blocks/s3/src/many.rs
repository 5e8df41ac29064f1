//! Configurations of which a bucket may have many, each with an id: analytics, metrics, archive tiers, inventories.
//! What the four have in common is here; what one of them says is in [`crate::analyses`] and [`crate::inventory`].

use floor::{Admitted, Check, Cx, Get, Handle, Key, Record, Tx};
use wire::{Answer, Empty, Operation};

use crate::{
    S3,
    bucket::{Bucket, InBucket},
    fault,
    limits::{CONFIGURATION_ID_CHARS, CONFIGURATIONS_MAX, CONFIGURATIONS_PAGE},
    ops::list_objects_v2::{read_token, token},
    records,
};

/// The kinds of them. The number is stored: it never changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// `AnalyticsConfiguration`.
    Analytics = 128,
    /// `MetricsConfiguration`.
    Metrics = 129,
    /// `IntelligentTieringConfiguration`.
    Tiering = 130,
    /// `InventoryConfiguration`.
    Inventory = 131,
}

/// One of them, as it is stored.
pub trait Named: Record + Send + Sync + 'static {
    /// Which kind it is.
    const KIND: Kind;
    /// What clients send and get.
    type Wire: Send + Sync;

    /// What was given, where it is a good one; `id` is the one that the address names.
    fn read(given: &Self::Wire, id: &str) -> Answer<Self>;

    /// What is given back.
    fn shown(&self) -> Self::Wire;

    /// Its id.
    fn id(&self) -> &str;

    /// What policies may ask of a request that gives it.
    fn keys(check: Check, _: &Self::Wire) -> Check {
        check
    }

    /// What else is stored with it.
    fn follow(&self, _: &Tx, _: &Bucket, _: &Now) {}
}

/// The configurations of a kind. They go with all others of a bucket: [`records::settings`].
pub fn keys(bucket: u64, kind: Kind) -> Key {
    records::settings(bucket).raw(&[kind as u8])
}

/// One of them.
pub fn key(bucket: u64, kind: Kind, id: &str) -> Key {
    keys(bucket, kind).raw(id.as_bytes())
}

/// When and where a configuration is given.
#[derive(Clone, Debug)]
pub struct Now {
    /// In milliseconds since 1970.
    pub ms: u64,
    /// The region.
    pub region: floor::Region,
}

/// One page of a listing.
pub struct Page<T> {
    /// What is on it.
    pub found: Vec<T>,
    /// Where the next one begins.
    pub next: Option<String>,
}

/// An id that a configuration may have.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-configurations.html>
pub fn check_id(id: &str) -> Answer<()> {
    let is_good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if CONFIGURATION_ID_CHARS.contains(&id.len()) && id.chars().all(is_good) {
        return Ok(());
    }
    Err(fault::invalid_configuration_id())
}

impl S3 {
    /// Stores one, in place of an earlier one with its id.
    pub async fn put_named<T, O>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        name: &str,
        one: &T,
    ) -> Answer<Empty>
    where
        T: Named,
        O: Operation,
        Self: Handle<O, Loaded = InBucket>,
    {
        check_id(one.id())?;
        let now = &Now { ms: cx.now().0, region: cx.region().clone() };
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let bucket = here.inside(name)?;
            let key = key(bucket.record.id, T::KIND, one.id());
            if tx.get(&key).await?.is_none() {
                let all = keys(bucket.record.id, T::KIND).all();
                if tx.range(all, CONFIGURATIONS_MAX).await?.len() >= CONFIGURATIONS_MAX {
                    return Err(fault::too_many_configurations());
                }
            }
            tx.save(&key, one);
            one.follow(&tx, bucket, now);
            Ok(Empty)
        });
        done.await
    }

    /// One of them.
    pub async fn named<T: Named, R: Get>(&self, read: &R, bucket: &Bucket, id: &str) -> Answer<T> {
        let found = read.load(&key(bucket.record.id, T::KIND, id)).await?;
        found.ok_or_else(fault::no_such_configuration)
    }

    /// A page of them, by their ids.
    pub async fn all_named<T: Named, R: Get>(
        &self,
        read: &R,
        bucket: &Bucket,
        from: Option<&str>,
    ) -> Answer<Page<T>> {
        let base = keys(bucket.record.id, T::KIND);
        let mut range = base.all();
        if let Some(from) = from {
            range.start = [base.as_slice(), &read_token(from)?].concat().into();
        }
        let mut found = read.range(range, CONFIGURATIONS_PAGE + 1).await?;
        let beyond = if found.len() > CONFIGURATIONS_PAGE { found.pop() } else { None };
        let next = beyond.map(|(key, _)| token(&key[base.len()..]));
        let found = found.iter().map(|(_, value)| T::decode(value)).collect::<Answer<_>>()?;
        Ok(Page { found, next })
    }

    /// Removes one.
    pub async fn delete_named<T, O>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        name: &str,
        id: &str,
    ) -> Answer<Empty>
    where
        T: Named,
        O: Operation,
        Self: Handle<O, Loaded = InBucket>,
    {
        let done = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            let key = key(here.inside(name)?.record.id, T::KIND, id);
            if tx.get(&key).await?.is_none() {
                return Err(fault::no_such_configuration());
            }
            tx.delete(&key);
            Ok(Empty)
        });
        done.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_rules() {
        for id in ["a", "Entire_Bucket-1.x", &"x".repeat(64)] {
            assert!(check_id(id).is_ok(), "{id}");
        }
        for id in ["", "a b", "a/b", "é", &"x".repeat(65)] {
            assert_eq!(check_id(id).unwrap_err().code(), "InvalidConfigurationId", "{id}");
        }
    }
}
