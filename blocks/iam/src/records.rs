//! What is stored of identities: one record for each entity, in the `global` cell, and in each region's copy of it.
//!
//! Names of entities differ by more than case ("Names ... are not distinguished by case"), so keys have them in lower
//! case and records as they were given.

#![expect(unreachable_pub, reason = "what handlers load is public by the trait")]

use std::collections::{BTreeMap, BTreeSet};

use floor::{AccountId, Answer, Get, Key, first_format};
use serde::{Deserialize, Serialize};

/// Tags in the order in which they were set.
pub type Tags = Vec<(String, String)>;

/// What may be attached to a user, a group or a role.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Policies {
    /// The ARNs of managed policies.
    pub attached: Vec<String>,
    /// Inline policies: texts by name.
    pub inline: BTreeMap<String, String>,
}

/// An account, as far as it differs from a new one.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Its name for people.
    pub name: String,
    /// When it was made, in milliseconds since the epoch; 0 for the default account.
    pub created_ms: u64,
    /// The access keys of its root.
    pub root_keys: Vec<String>,
}

/// A user.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct User {
    /// `/` or `/division/team/`.
    pub path: String,
    /// As it was given.
    pub name: String,
    /// `AIDA...`.
    pub id: String,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
    /// Its tags.
    pub tags: Tags,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// Its policies.
    pub policies: Policies,
    /// The groups it is in, in lower case.
    pub groups: BTreeSet<String>,
    /// Its access keys, oldest first.
    pub keys: Vec<String>,
}

/// A group.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// `/` or `/division/team/`.
    pub path: String,
    /// As it was given.
    pub name: String,
    /// `AGPA...`.
    pub id: String,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
    /// Its policies.
    pub policies: Policies,
}

/// A role.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Role {
    /// `/` or `/service-role/`.
    pub path: String,
    /// As it was given.
    pub name: String,
    /// `AROA...`.
    pub id: String,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
    /// For people.
    pub description: Option<String>,
    /// The trust policy's text.
    pub trust: String,
    /// The unique ids of the users and roles that the trust policy names, by the ARNs they had when it was set.
    pub trusted: BTreeMap<String, String>,
    /// How long a session may last, in seconds.
    pub session_s_max: u32,
    /// The service that it is linked to: only that may change it.
    pub linked_to: Option<String>,
    /// The instance profiles it is in, in lower case.
    pub profiles: BTreeSet<String>,
    /// Its tags.
    pub tags: Tags,
    /// The ARN of its permissions boundary.
    pub boundary: Option<String>,
    /// Its policies.
    pub policies: Policies,
}

/// A managed policy of a customer.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Managed {
    /// `/` or `/division/team/`.
    pub path: String,
    /// As it was given.
    pub name: String,
    /// `ANPA...`.
    pub id: String,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
    /// When a version was last made or made the default, in milliseconds since the epoch.
    pub updated_ms: u64,
    /// For people.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
    /// Its versions, oldest first.
    pub versions: Vec<Version>,
    /// The number of the version in force.
    pub default: u32,
    /// The number of the next version.
    pub next: u32,
}

/// A version of a managed policy.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Version {
    /// 1 for `v1`.
    pub number: u32,
    /// The policy.
    pub text: String,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
}

/// An access key that lasts.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct AccessKey {
    /// Whose it is.
    pub account: AccountId,
    /// The user in lower case; `None` for the root.
    pub user: Option<String>,
    /// The secret, sealed with the key's id.
    pub secret: Vec<u8>,
    /// Whether it may be used.
    pub is_active: bool,
    /// In milliseconds since the epoch.
    pub created_ms: u64,
}

first_format!(Account, User, Group, Role, Managed, AccessKey);

impl Managed {
    /// The text in force.
    pub fn text(&self) -> &str {
        self.versions.iter().find(|v| v.number == self.default).map_or("", |v| v.text.as_str())
    }
}

/// The families of entities that have names within an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Group,
    Role,
    Policy,
    InstanceProfile,
}

impl Kind {
    /// As ARNs and keys have it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::InstanceProfile => "instance-profile",
        }
    }

    /// The key of all entities of this kind in `account`.
    pub(crate) fn family(self, account: &AccountId) -> Key {
        Key::of(self.word()).text(account.as_str())
    }

    /// The key of one.
    pub(crate) fn key(self, account: &AccountId, name: &str) -> Key {
        self.family(account).text(&name.to_ascii_lowercase())
    }

    /// Its ARN.
    pub(crate) fn arn(self, account: &AccountId, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{account}:{}{path}{name}", self.word())
    }
}

pub(crate) fn account_key(account: &AccountId) -> Key {
    Key::of("account").text(account.as_str())
}

pub(crate) fn access_key_key(id: &str) -> Key {
    Key::of("key").text(id)
}

/// The users of a group: one empty value each.
pub(crate) fn member_key(account: &AccountId, group: &str, user: &str) -> Key {
    members_of(account, group).text(&user.to_ascii_lowercase())
}

pub(crate) fn members_of(account: &AccountId, group: &str) -> Key {
    Key::of("member").text(account.as_str()).text(&group.to_ascii_lowercase())
}

/// Who has a managed policy attached (`attached`) or as its boundary (`boundary`): one empty value each, whose key ends
/// with the kind and the name of the entity.
pub(crate) fn attachments_of(how: &str, account: &AccountId, policy_arn: &str) -> Key {
    attachments_in(how, account).text(policy_arn)
}

/// All of an account's.
pub(crate) fn attachments_in(how: &str, account: &AccountId) -> Key {
    Key::of(how).text(account.as_str())
}

/// The name that the user with this unique id got after its first one.
pub(crate) fn renamed_key(account: &AccountId, id: &str) -> Key {
    Key::of("renamed").text(account.as_str()).text(id)
}

/// The user `name`.
pub(crate) async fn user<R: Get>(read: &R, account: &AccountId, name: &str) -> Answer<Option<User>> {
    read.load(&Kind::User.key(account, name)).await
}

/// The user with this unique id, who was once called `name` and may have been renamed since.
pub(crate) async fn user_with_id<R: Get>(
    read: &R,
    account: &AccountId,
    name: &str,
    id: &str,
) -> Answer<Option<User>> {
    let found = user(read, account, name).await?.filter(|user| user.id == id);
    if found.is_some() {
        return Ok(found);
    }
    let renamed = read.get(&renamed_key(account, id)).await?;
    let Some(name) = renamed.and_then(|name| String::from_utf8(name.to_vec()).ok()) else { return Ok(None) };
    Ok(user(read, account, &name).await?.filter(|user| user.id == id))
}

/// The group `name`.
pub(crate) async fn group<R: Get>(read: &R, account: &AccountId, name: &str) -> Answer<Option<Group>> {
    read.load(&Kind::Group.key(account, name)).await
}

/// The role `name`.
pub(crate) async fn role<R: Get>(read: &R, account: &AccountId, name: &str) -> Answer<Option<Role>> {
    read.load(&Kind::Role.key(account, name)).await
}

/// The text in force of the managed policy `arn`, of AWS or of `account`'s own.
pub(crate) async fn policy_text<R: Get>(read: &R, account: &AccountId, arn: &str) -> Answer<Option<String>> {
    if let Some(text) = crate::managed::text(arn) {
        return Ok(Some(text.to_owned()));
    }
    let Some(name) = own_policy_name(account, arn) else { return Ok(None) };
    let found: Option<Managed> = read.load(&Kind::Policy.key(account, name)).await?;
    Ok(found.filter(|p| Kind::Policy.arn(account, &p.path, &p.name) == arn).map(|p| p.text().to_owned()))
}

/// The name in the ARN of one of the account's own policies.
pub(crate) fn own_policy_name<'a>(account: &AccountId, arn: &'a str) -> Option<&'a str> {
    let rest = arn.strip_prefix("arn:aws:iam::")?.strip_prefix(account.as_str())?.strip_prefix(":policy/")?;
    rest.rsplit('/').next().filter(|name| !name.is_empty())
}
