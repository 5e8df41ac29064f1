//! What is stored. All keys of an account in a region stand in one cell, with their aliases and grants.

use std::collections::BTreeMap;

use floor::{AccountId, Key as At, Region, first_format};
use serde::{Deserialize, Serialize};

use crate::{
    ciphertext::{Context, MaterialId},
    names::KeyId,
    spec::{Origin, Spec, Usage},
};

/// A key.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Key {
    /// Where it is.
    pub region: Region,
    /// Whose it is.
    pub account: AccountId,
    /// Its id.
    pub id: KeyId,
    /// What kind of key.
    pub spec: Spec,
    /// What it is for.
    pub usage: Usage,
    /// Where its material comes from.
    pub origin: Origin,
    /// The service of AWS whose key it is (`s3`); none for those of customers.
    pub managed_by: Option<String>,
    /// `Description`.
    pub description: String,
    /// The key policy.
    pub policy: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// When it was made.
    pub created_ms: u64,
    /// DisableKey.
    pub is_disabled: bool,
    /// When it is to be deleted.
    pub deletion: Option<Deletion>,
    /// Every version of its material, the oldest first.
    pub materials: Vec<Version>,
    /// Automatic rotation.
    pub rotation: Option<Rotation>,
    /// The other regions that have it.
    pub family: Option<Family>,
}

/// A version of a key's material.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Version {
    /// Its name.
    pub id: MaterialId,
    /// The sealed bytes; none where imported material was deleted or has expired.
    pub sealed: Option<Vec<u8>>,
    /// When it became the key's.
    pub since_ms: u64,
    /// How.
    pub how: How,
    /// Imported, and not used before a rotation on demand.
    pub is_pending: bool,
    /// When imported material ends.
    pub expires_ms: Option<u64>,
    /// `KeyMaterialDescription`.
    pub description: Option<String>,
}

/// How a version of the material came. Stored by position.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// With the key.
    First,
    /// By the clock.
    Automatic,
    /// RotateKeyOnDemand.
    OnDemand,
}

/// A deletion that was scheduled.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// The waiting period.
    pub window_days: i32,
    /// When it ends; none while the key waits for its replicas to be deleted.
    pub at_ms: Option<u64>,
}

/// Automatic rotation.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The time between two.
    pub period_days: i32,
    /// The next one.
    pub next_ms: u64,
}

/// A key of several regions. All of them know all of them.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The region of the primary.
    pub primary: Region,
    /// The others, sorted.
    pub replicas: Vec<Region>,
    /// Rises with each change that the primary made.
    pub version: u64,
}

/// An alias.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The key that it leads to.
    pub target: KeyId,
    /// When it was made.
    pub created_ms: u64,
    /// When it was led to another key.
    pub updated_ms: u64,
}

/// A grant.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its key.
    pub key: KeyId,
    /// Its id.
    pub id: String,
    /// `Name`.
    pub name: Option<String>,
    /// Who may.
    pub grantee: Grantee,
    /// Who may give it up.
    pub retiring: Option<Grantee>,
    /// What.
    pub operations: Vec<String>,
    /// `EncryptionContextSubset`.
    pub subset: Option<Context>,
    /// `EncryptionContextEquals`.
    pub equals: Option<Context>,
    /// `SourceArn`.
    pub source_arn: Option<String>,
    /// When it was made.
    pub created_ms: u64,
    /// Who made it: the root of an account.
    pub issuer: AccountId,
    /// What proves its token.
    pub secret: [u8; 16],
}

/// A principal of a grant. Stored by position.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Grantee {
    /// By its ARN.
    Principal(String),
    /// A service.
    Service(String),
}

impl Grantee {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Principal(text) | Self::Service(text) => text,
        }
    }
}

/// The last use of a key that was seen.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// Which operation.
    pub operation: String,
    /// When.
    pub at_ms: u64,
    /// Of which request.
    pub request: String,
}

first_format!(Key, Alias, Grant, LastUse);

/// A key.
pub fn key(account: AccountId, id: KeyId) -> At {
    keys(account).text(&id.to_string())
}

/// All keys of an account.
pub fn keys(account: AccountId) -> At {
    At::of("key").text(account.as_str())
}

/// How many keys an account's customers have, whatever their state.
pub fn key_count(account: AccountId) -> At {
    At::of("keys").text(account.as_str())
}

/// An alias.
pub fn alias(account: AccountId, name: &str) -> At {
    aliases(account).text(name)
}

/// All aliases of an account.
pub fn aliases(account: AccountId) -> At {
    At::of("alias").text(account.as_str())
}

/// An alias, under the key that it leads to.
pub fn alias_of(account: AccountId, id: KeyId, name: &str) -> At {
    aliases_of(account, id).text(name)
}

/// All aliases that lead to a key.
pub fn aliases_of(account: AccountId, id: KeyId) -> At {
    At::of("alias-of").text(account.as_str()).text(&id.to_string())
}

/// A grant.
pub fn grant(account: AccountId, id: KeyId, grant: &str) -> At {
    grants(account, id).text(grant)
}

/// All grants of a key.
pub fn grants(account: AccountId, id: KeyId) -> At {
    At::of("grant").text(account.as_str()).text(&id.to_string())
}

/// How many grants a key has.
pub fn grant_count(account: AccountId, id: KeyId) -> At {
    At::of("grants").text(account.as_str()).text(&id.to_string())
}

/// A grant, under the key and who may.
pub fn granted(account: AccountId, id: KeyId, grantee: &str, grant: &str) -> At {
    granted_to(account, id, grantee).text(grant)
}

/// All grants of a key to someone.
pub fn granted_to(account: AccountId, id: KeyId, grantee: &str) -> At {
    At::of("granted").text(account.as_str()).text(&id.to_string()).text(grantee)
}

/// A grant, under who may give it up.
pub fn retirable(account: AccountId, retiring: &str, id: KeyId, grant: &str) -> At {
    retirable_by(account, retiring).text(&id.to_string()).text(grant)
}

/// All grants of an account's keys that someone may give up.
pub fn retirable_by(account: AccountId, retiring: &str) -> At {
    At::of("retirable").text(account.as_str()).text(retiring)
}

/// The last use of a key.
pub fn last_use(account: AccountId, id: KeyId) -> At {
    At::of("used").text(account.as_str()).text(&id.to_string())
}

/// Something that is to be done with a key at a time.
pub fn due(at_ms: u64, account: AccountId, id: KeyId) -> At {
    dues().number(at_ms).text(account.as_str()).text(&id.to_string())
}

/// All of them in this cell, the earliest first.
pub fn dues() -> At {
    At::of("due")
}
