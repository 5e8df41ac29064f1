//! What can go wrong with records.

use std::{io, sync::Arc};

/// Why a transaction or a read failed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Other transactions overwrote what this one read, more often than it may be retried.
    #[error("the transaction lost every attempt against others")]
    Conflict,
    /// A key, a value or the transaction is larger than [`crate::limits`] allow.
    #[error("too large: {what}")]
    TooLarge {
        /// Which limit was passed.
        what: &'static str,
    },
    /// A transaction or a view was kept longer than [`crate::limits`] allow.
    #[error("the transaction or view was kept too long")]
    Expired,
    /// There is no space for what would grow; what deletes may still pass.
    #[error("no space is left")]
    Full,
    /// Stored bytes are not what was written.
    #[error("damaged: {what}")]
    Damaged {
        /// What is damaged, and where.
        what: Arc<str>,
    },
    /// The cell was closed.
    #[error("the cell is closed")]
    Closed,
    /// The transaction may or may not have been committed.
    #[error("whether the transaction was committed is not known")]
    Unknown,
    /// The disk failed; after a failed sync the cell takes no writes until it is opened anew.
    #[error("the disk failed: {what}")]
    Io {
        /// What failed.
        what: Arc<str>,
    },
}

impl StoreError {
    pub(crate) fn damaged(what: impl AsRef<str>) -> Self {
        Self::Damaged { what: what.as_ref().into() }
    }

    pub(crate) fn io(doing: &str, e: &io::Error) -> Self {
        match e.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { what: format!("{doing}: {e}").into() },
        }
    }
}
