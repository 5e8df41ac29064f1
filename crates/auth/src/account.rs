//! Account ids and region names.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr, sync::Arc};

/// An AWS account id: twelve decimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId([u8; 12]);

/// A text that is not an account id or a region name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid;

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a valid name")
    }
}

impl std::error::Error for Invalid {}

impl AccountId {
    /// The account of the default credential.
    pub const DEFAULT: AccountId = AccountId(*b"000000000000");

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The account's canonical user id, as S3 shows it in owners and grants: 64 lower-case hexadecimal digits,
    /// the same for an account on every machine and in every region.
    pub fn canonical_id(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"kumiki canonical user id v1\0");
        digest.update(self.0);
        let mut digits = vec![0; 64];
        // The lengths fit; `hex::encode` would write one character after the other.
        let _ = hex::encode_to_slice(digest.finalize(), &mut digits);
        String::from_utf8(digits).unwrap_or_default()
    }
}

impl FromStr for AccountId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digits: [u8; 12] = text.as_bytes().try_into().map_err(|_| Invalid)?;
        if digits.iter().all(u8::is_ascii_digit) { Ok(AccountId(digits)) } else { Err(Invalid) }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A region's name, such as `us-east-1`. Safe as a file name: lower-case letters, digits and hyphens only,
/// starting with a letter, at most 32 bytes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(Arc<str>);

const REGION_BYTES_MAX: usize = 32;

impl Region {
    /// The region's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is shaped like a region's name. Which regions exist is not decided here.
    pub fn is_valid(text: &str) -> bool {
        text.len() <= REGION_BYTES_MAX
            && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }
}

impl FromStr for Region {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        if Region::is_valid(text) { Ok(Region(text.into())) } else { Err(Invalid) }
    }
}

impl Default for Region {
    /// `us-east-1`.
    fn default() -> Self {
        Region("us-east-1".into())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_are_twelve_digits() {
        assert_eq!("123456789012".parse::<AccountId>().unwrap().as_str(), "123456789012");
        for wrong in ["", "12345678901", "1234567890123", "12345678901a", "１２３４"] {
            assert_eq!(wrong.parse::<AccountId>(), Err(Invalid), "{wrong}");
        }
    }

    #[test]
    fn canonical_ids_are_stable_and_differ() {
        let id = AccountId::DEFAULT.canonical_id();
        // Stored in owners and grants: changing the rule would orphan them.
        assert_eq!(id, "b9891b1a4af785c4a88bbf44407a99fa54377f35d47ccafd507f7fd1f334d060");
        assert_ne!(id, "123456789012".parse::<AccountId>().unwrap().canonical_id());
    }

    #[test]
    fn regions_are_safe_as_file_names() {
        assert!("us-east-1".parse::<Region>().is_ok());
        assert!("us-gov-west-1".parse::<Region>().is_ok());
        for wrong in ["", "..", "a/b", "US-EAST-1", "1a", "-a", "a.b", "a\0", &"a".repeat(33)] {
            assert_eq!(wrong.parse::<Region>(), Err(Invalid), "{wrong}");
        }
    }
}
