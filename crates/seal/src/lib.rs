//! What is secret at rest is sealed: with a key that is derived, for each purpose and each message anew, from the one
//! master key of the data directory.
//!
//! - [`Master`] seals small things (IAM's secrets, tokens' keys, KMS's key material) and opens them again.
//! - [`MessageKey`] does the same with a key of the caller's own: any number of messages, random nonces.
//! - [`DataKey`] is a plain AES-256-GCM key for bulk bytes, whose nonces the caller counts.
//! - [`custody`] finds the master key when a process starts, and refuses a wrong one before anything is touched.

pub mod custody;
mod data_key;
mod master;
mod message_key;

pub use custody::{Bad, open_directory, rotate, sealed_with};
pub use data_key::DataKey;
pub use master::{KeyId, Master, MasterKey};
pub use message_key::{MessageKey, nonce_of};
pub use zeroize::{Zeroize, Zeroizing};

/// Bytes of every symmetric key here.
pub const KEY_BYTES: usize = 32;
/// What sealing adds to the plaintext: the tag of AES-GCM.
pub const TAG_BYTES: usize = 16;

/// What was sealed cannot be opened. Nothing says why: whoever tampers learns nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq, Clone, Copy)]
pub enum NotOpened {
    /// It does not have the form of something sealed.
    #[error("the sealed bytes cannot be read")]
    Malformed,
    /// It was sealed with another master key.
    #[error("it was sealed with another master key")]
    OtherKey,
    /// It, or what it was bound to, was changed.
    #[error("the sealed bytes are not what was sealed")]
    Changed,
}
