//! Reading without a transaction, and what is common to both.

use std::future::Future;

use crate::{Key, KeyRange, StoreError, Tx, Value, snapshot::Snapshot};

/// What can be read from: a transaction or a view.
pub trait Get: Send + Sync {
    /// The value of a key.
    fn get(&self, key: &[u8]) -> impl Future<Output = Result<Option<Value>, StoreError>> + Send;
    /// Up to `limit` keys and values of a range.
    fn range(
        &self,
        range: KeyRange,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<(Key, Value)>, StoreError>> + Send;
}

/// A snapshot of durable state. Cheap to make and to clone; drop it soon, for what it sees cannot be thrown away
/// meanwhile (after [`crate::limits::VIEW_LIFE`] it answers `Expired`).
#[derive(Clone)]
pub struct View(pub(crate) Snapshot);

impl View {
    /// The number of the newest batch that this view sees.
    pub fn batch(&self) -> u64 {
        self.0.batch
    }

    /// The value of a key.
    pub async fn get(&self, key: &[u8]) -> Result<Option<Value>, StoreError> {
        Ok(self.0.get(key).await?.0.map(|s| s.value))
    }

    /// Up to `limit` keys and values of a range.
    pub async fn range(&self, range: KeyRange, limit: usize) -> Result<Vec<(Key, Value)>, StoreError> {
        Ok(self.0.range(&range, limit, None).await?.merged.values())
    }

    /// The values of several keys, in their order.
    pub async fn multi_get<K: AsRef<[u8]> + Sync>(
        &self,
        keys: &[K],
    ) -> Result<Vec<Option<Value>>, StoreError> {
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            values.push(self.get(key.as_ref()).await?);
        }
        Ok(values)
    }
}

impl Get for View {
    fn get(&self, key: &[u8]) -> impl Future<Output = Result<Option<Value>, StoreError>> + Send {
        View::get(self, key)
    }
    fn range(
        &self,
        range: KeyRange,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<(Key, Value)>, StoreError>> + Send {
        View::range(self, range, limit)
    }
}

impl Get for Tx {
    fn get(&self, key: &[u8]) -> impl Future<Output = Result<Option<Value>, StoreError>> + Send {
        Tx::get(self, key)
    }
    fn range(
        &self,
        range: KeyRange,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<(Key, Value)>, StoreError>> + Send {
        Tx::range(self, range, limit)
    }
}
