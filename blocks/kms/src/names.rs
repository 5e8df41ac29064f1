//! Names of keys: ids, ARNs, aliases.

use std::fmt;

use floor::{AccountId, Arn, Caller, Placement, Region};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::fault::Refused;

/// A key's id: a UUID, or `mrk-` and 32 hexadecimal digits for a key that may be in several regions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId {
    is_multi_region: bool,
    bytes: [u8; 16],
}

/// Where the dashes of a UUID stand.
const DASHES: [usize; 4] = [8, 13, 18, 23];

impl KeyId {
    /// A key of one region.
    pub const fn uuid(bytes: [u8; 16]) -> Self {
        Self { is_multi_region: false, bytes }
    }

    /// A key of several regions.
    pub const fn multi_region(bytes: [u8; 16]) -> Self {
        Self { is_multi_region: true, bytes }
    }

    /// A random one.
    pub fn random(random: &env::Random, is_multi_region: bool) -> Self {
        let mut bytes = random.bytes16();
        if !is_multi_region {
            bytes[6] = bytes[6] & 0x0f | 0x40;
            bytes[8] = bytes[8] & 0x3f | 0x80;
        }
        Self { is_multi_region, bytes }
    }

    /// Reads an id; upper case is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_multi_region, digits) = match text.strip_prefix("mrk-") {
            Some(digits) => (true, digits.as_bytes()),
            None => (false, text.as_bytes()),
        };
        let dashes: &[usize] = if is_multi_region { &[] } else { &DASHES };
        if digits.len() != 32 + dashes.len() || dashes.iter().any(|at| digits[*at] != b'-') {
            return None;
        }
        let (mut bytes, mut count) = ([0; 16], 0);
        for (_, letter) in digits.iter().enumerate().filter(|(at, _)| !dashes.contains(at)) {
            let digit = match letter {
                b'0'..=b'9' => letter - b'0',
                b'a'..=b'f' => letter - b'a' + 10,
                _ => return None,
            };
            bytes[count / 2] = bytes[count / 2] << 4 | digit;
            count += 1;
        }
        Some(Self { is_multi_region, bytes })
    }

    /// Whether it may be in several regions.
    pub fn is_multi_region(self) -> bool {
        self.is_multi_region
    }

    /// The sixteen bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// `arn:aws:kms:REGION:ACCOUNT:key/ID`.
    pub fn arn(self, region: &Region, account: AccountId) -> String {
        format!("arn:aws:kms:{region}:{account}:key/{self}")
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 32];
        hex::encode_to_slice(self.bytes, &mut digits).map_err(|_| fmt::Error)?;
        let digits = str::from_utf8(&digits).map_err(|_| fmt::Error)?;
        if self.is_multi_region {
            f.write_str("mrk-")?;
            return f.write_str(digits);
        }
        let (mut rest, mut at) = (digits, 0);
        for dash in DASHES {
            let (group, after) = rest.split_at(dash - at);
            f.write_str(group)?;
            f.write_str("-")?;
            (rest, at) = (after, dash + 1);
        }
        f.write_str(rest)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("no id of a key"))
    }
}

/// What a request names a key by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The account that is asked.
    pub account: AccountId,
    /// The key, or the alias that leads to it.
    pub what: What,
}

/// See [`Named`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// By its id.
    Key(KeyId),
    /// By an alias: `alias/NAME`.
    Alias(String),
}

impl Named {
    /// Reads a `KeyId` parameter: an id, an alias, or the ARN of either, in the region that is asked.
    pub fn read(text: &str, caller: &Caller) -> Result<Self, Refused> {
        if text.starts_with("arn:") {
            return Self::of_arn(text, &caller.region);
        }
        let account = caller.account();
        if text.starts_with("alias/") {
            return Ok(Self { account, what: What::Alias(text.to_owned()) });
        }
        let key = KeyId::parse(text).ok_or_else(|| Refused::KeyId(text.to_owned()))?;
        Ok(Self { account, what: What::Key(key) })
    }

    fn of_arn(text: &str, region: &Region) -> Result<Self, Refused> {
        let arn = Arn::parse(text).filter(|arn| arn.service() == "kms");
        let arn = arn.ok_or_else(|| Refused::Arn(text.to_owned()))?;
        if arn.region() != region.as_str() {
            return Err(Refused::ArnOfRegion(arn.region().to_owned()));
        }
        let account = arn.account().parse().map_err(|_| Refused::Arn(text.to_owned()))?;
        let what = if arn.resource().starts_with("alias/") {
            What::Alias(arn.resource().to_owned())
        } else {
            let id = arn.resource().strip_prefix("key/").ok_or_else(|| Refused::Arn(text.to_owned()))?;
            What::Key(KeyId::parse(id).ok_or_else(|| Refused::KeyId(id.to_owned()))?)
        };
        Ok(Self { account, what })
    }

    /// The same, for operations that do not take aliases.
    pub fn key_only(text: &str, caller: &Caller) -> Result<(AccountId, KeyId), Refused> {
        match Self::read(text, caller)? {
            Self { account, what: What::Key(key) } => Ok((account, key)),
            Self { .. } => Err(Refused::KeyId(text.to_owned())),
        }
    }

    /// Where it lives.
    pub fn place(&self, region: &Region) -> Placement {
        place(region, self.account)
    }
}

/// Where an account's keys of a region live: together, since aliases and grants name them.
pub fn place(region: &Region, account: AccountId) -> Placement {
    Placement::of(region, "kms", account.as_str())
}

/// `arn:aws:kms:REGION:ACCOUNT:alias/NAME`.
pub fn alias_arn(region: &Region, account: AccountId, alias: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:{alias}")
}

/// Judges the name of an alias that is to be made or changed.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
pub fn check_alias(alias: &str) -> Result<(), Refused> {
    let is_known = |c: char| c.is_ascii_alphanumeric() || "/_-".contains(c);
    let Some(name) = alias.strip_prefix("alias/").filter(|name| !name.is_empty()) else {
        return Err(Refused::AliasPrefix);
    };
    if name.starts_with("aws/") {
        return Err(Refused::AliasOfAws);
    }
    if !name.chars().all(is_known) {
        return Err(Refused::AliasName(alias.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_are_read_back(bytes in any::<[u8; 16]>(), mrk in any::<bool>()) {
            let id = if mrk { KeyId::multi_region(bytes) } else { KeyId::uuid(bytes) };
            prop_assert_eq!(KeyId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn any_text_is_taken(text in ".{0,60}") {
            let _ = KeyId::parse(&text);
            let _ = check_alias(&text);
        }
    }

    #[test]
    fn what_is_no_id() {
        for text in ["", "fake-key-id", "134f2428cec14b25a1ae9048164dba47", "mrk-fake-key-id", "mrk-", "é"] {
            assert_eq!(KeyId::parse(text), None, "{text}");
        }
        assert_eq!(KeyId::parse("134F2428-cec1-4b25-a1ae-9048164dba47"), None);
        assert!(KeyId::parse("134f2428-cec1-4b25-a1ae-9048164dba47").is_some());
    }
}
