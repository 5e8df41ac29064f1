//! What can go wrong, and with which blob.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::BlobId;

/// Why a blob could not be written, read or dropped.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BlobError {
    /// There is no blob of that id.
    #[error("blob {0} does not exist")]
    Missing(BlobId),
    /// The stored bytes are not those that were written. Nothing of the chunk was handed out.
    #[error("blob {id} is damaged at {place} in {}: {what}", file.display())]
    Damaged {
        /// The blob.
        id: BlobId,
        /// The part that is damaged.
        place: Place,
        /// The file that holds it.
        file: PathBuf,
        /// What does not fit.
        what: &'static str,
    },
    /// Too many of the drives that hold the blob are away or damaged.
    #[error("blob {id}: {have} of the {need} shards that it needs can be used")]
    TooFew {
        /// The blob.
        id: BlobId,
        /// Shards that can be read or written.
        have: usize,
        /// Shards that are needed.
        need: usize,
    },
    /// The disk is full. What had been written of the blob is removed.
    #[error("no space is left for blobs")]
    Full,
    /// The blob is laid out in a way that this version does not know (a later format, layout or cipher).
    #[error("blob {id} has {what} {found}, which this version does not know")]
    Unknown {
        /// The blob.
        id: BlobId,
        /// The field that says so.
        what: &'static str,
        /// Its value.
        found: u8,
    },
    /// The range asked for ends beyond the blob or before its own start.
    #[error("the range {start}..{end} is not within the {len} bytes of blob {id}")]
    OutOfRange {
        /// The blob.
        id: BlobId,
        /// The first byte asked for.
        start: u64,
        /// The byte after the last one asked for.
        end: u64,
        /// The length of the blob.
        len: u64,
    },
    /// The disk refused for another reason.
    #[error("{}: {cause}", file.display())]
    Io {
        /// The file or directory concerned.
        file: PathBuf,
        /// What the disk said.
        cause: Arc<io::Error>,
    },
    /// A drive that the work waited for hangs. It is away by now: the next try does without it.
    #[error("a drive does not answer, and is not waited for")]
    Silent,
    /// The work was cut off: the process is ending, or an earlier step of this writer failed.
    #[error("the blob store stopped before the work was done")]
    Stopped,
}

/// A part of a blob's file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The head of the file.
    Head,
    /// The chunk of that number, from 0.
    Chunk(u64),
    /// The foot of the file.
    Foot,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Head => f.write_str("the head"),
            Self::Chunk(n) => write!(f, "chunk {n}"),
            Self::Foot => f.write_str("the foot"),
        }
    }
}

impl BlobError {
    /// What the disk said about `file`.
    pub(crate) fn io(file: &Path, cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { file: file.to_path_buf(), cause: Arc::new(cause) },
        }
    }
}
