//! The base under the log: what an embedded engine keeps its records in once they leave the overlay.

use std::sync::Arc;

use crate::{
    KeyRange, StoreError,
    engine::{Base, Items, Read, Scrub, Slice, Stored},
    memory::MemoryBase,
};

/// What a base says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meta {
    /// The salt of the log's frames.
    pub salt: u64,
    /// Every batch up to this number is held.
    pub moved: u64,
    /// The newest durable number when the base last heard of it.
    pub newest: u64,
}

/// A base that lives as long as its medium.
pub(crate) trait BaseStore: Send + Sync {
    /// Opens what is there; nothing where nothing was ever made.
    fn open(&self) -> Result<Option<Meta>, StoreError>;
    /// Makes an empty base, durable when this returns.
    fn create(&self, salt: u64) -> Result<(), StoreError>;
    /// The present snapshot.
    fn snapshot(&self) -> Result<Arc<dyn Base>, StoreError>;
    /// Takes a slice, all or nothing; durable when this returns.
    fn absorb(&self, slice: &Slice<'_>) -> Result<(), StoreError>;
    /// Gives back what memory it can while nobody uses it.
    fn rest(&self) {}
    /// Lets go of everything.
    fn close(&self) {}
    /// Bytes on stable media.
    fn bytes(&self) -> u64 {
        0
    }
}

/// The base of a store that was never written.
pub(crate) struct Nothing;

impl Base for Nothing {
    fn get(&self, _key: &[u8]) -> Read<Option<Stored>> {
        Read::Now(Ok(None))
    }
    fn range(&self, _range: &KeyRange, _limit: usize) -> Read<Items> {
        Read::Now(Ok(Items::default()))
    }
    fn scrub(&self, _from: &[u8], _limit: usize) -> Result<Scrub, StoreError> {
        Ok(Scrub::default())
    }
}

impl BaseStore for MemoryBase {
    fn open(&self) -> Result<Option<Meta>, StoreError> {
        Ok(self.meta())
    }
    fn create(&self, salt: u64) -> Result<(), StoreError> {
        self.set_salt(salt);
        Ok(())
    }
    fn snapshot(&self) -> Result<Arc<dyn Base>, StoreError> {
        Ok(MemoryBase::snapshot(self))
    }
    fn absorb(&self, slice: &Slice<'_>) -> Result<(), StoreError> {
        MemoryBase::absorb(self, slice);
        Ok(())
    }
}
