//! What a user holds besides access keys, in one record beside the user's: the record of the user itself is read to
//! authenticate, and stays small.

use floor::{Answer, Get, Key, first_format};
use serde::{Deserialize, Serialize};

use crate::{act::Books, passwords::Password, records::User};

/// The record.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Holdings {
    pub(crate) login: Option<Login>,
    /// Devices in the order in which they were enabled.
    pub(crate) mfa: Vec<Device>,
    /// Signing certificates, oldest first.
    pub(crate) certificates: Vec<SigningCertificate>,
    /// SSH public keys, oldest first.
    pub(crate) ssh_keys: Vec<SshKey>,
    /// Service-specific credentials, oldest first.
    pub(crate) credentials: Vec<Credential>,
}

/// A login profile.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Login {
    pub(crate) created_ms: u64,
    pub(crate) changed_ms: u64,
    pub(crate) password: Password,
    /// Whether the next login has to change it.
    pub(crate) must_reset: bool,
}

/// An MFA device that is enabled.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Device {
    pub(crate) serial: String,
    pub(crate) enabled_ms: u64,
}

/// A signing certificate.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct SigningCertificate {
    pub(crate) id: String,
    /// PEM, as it was given.
    pub(crate) body: String,
    pub(crate) is_active: bool,
    pub(crate) uploaded_ms: u64,
}

/// An SSH public key.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct SshKey {
    /// `APKA...`.
    pub(crate) id: String,
    /// `ssh-rsa AAAA...`.
    pub(crate) body: String,
    /// `1f:32:...`: MD5.
    pub(crate) fingerprint: String,
    pub(crate) is_active: bool,
    pub(crate) uploaded_ms: u64,
}

/// A service-specific credential.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Credential {
    /// `ACCA...`.
    pub(crate) id: String,
    /// `codecommit.amazonaws.com`.
    pub(crate) service: String,
    /// What it signs in with.
    pub(crate) service_user: String,
    /// Sealed with the credential's id.
    pub(crate) secret: Vec<u8>,
    pub(crate) is_active: bool,
    pub(crate) created_ms: u64,
    pub(crate) expires_ms: Option<u64>,
}

first_format!(Holdings);

impl Holdings {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why the user cannot be deleted yet.
    pub(crate) fn must_go_first(&self) -> Option<&'static str> {
        if self.login.is_some() {
            Some("Cannot delete entity, must delete login profile first.")
        } else if !self.mfa.is_empty() {
            Some("Cannot delete entity, must delete MFA device first.")
        } else if !self.certificates.is_empty() {
            Some("Cannot delete entity, must delete certificates first.")
        } else if !self.ssh_keys.is_empty() || !self.credentials.is_empty() {
            Some("Cannot delete entity, must remove referenced objects first.")
        } else {
            None
        }
    }
}

/// `Active` or `Inactive`.
pub(crate) fn status(is_active: bool) -> String {
    if is_active { "Active" } else { "Inactive" }.to_owned()
}

/// Whose: a user by name, or the root.
pub(crate) struct Keeper {
    /// As it was given when the user was made; `None` for the root.
    pub(crate) name: Option<String>,
    pub(crate) holdings: Holdings,
}

impl Keeper {
    /// The name in lower case; empty for the root.
    pub(crate) fn key(&self) -> String {
        self.name.as_deref().unwrap_or_default().to_ascii_lowercase()
    }
}

impl Books {
    fn holdings_key(&self, user: &str) -> Key {
        Key::of("holdings").text(self.account().as_str()).text(&user.to_ascii_lowercase())
    }

    /// What `user` holds.
    pub(crate) async fn holdings(&self, user: &str) -> Answer<Holdings> {
        Ok(self.load(&self.holdings_key(user)).await?.unwrap_or_default())
    }

    pub(crate) fn save_holdings(&self, user: &str, holdings: &Holdings) {
        let key = self.holdings_key(user);
        if holdings.is_empty() {
            self.delete(&key);
        } else {
            self.save(&key, holdings);
        }
    }

    /// The user has another name now.
    pub(crate) async fn move_holdings(&self, old: &str, new: &str) -> Answer<()> {
        let holdings = self.holdings(old).await?;
        if !holdings.is_empty() {
            self.delete(&self.holdings_key(old));
            self.save_holdings(new, &holdings);
        }
        for device in &holdings.mfa {
            self.mfa_user_renamed(&device.serial, new).await?;
        }
        Ok(())
    }

    /// What the named user holds, or else the caller: a user, or the root.
    pub(crate) async fn keeper(&self, name: Option<&String>) -> Answer<Keeper> {
        if name.is_none() && matches!(self.caller.who.kind, auth::Kind::Root) {
            return Ok(Keeper { name: None, holdings: self.holdings("").await? });
        }
        let user: User = self.user(self.user_or_self(name)?).await?;
        let holdings = self.holdings(&user.name).await?;
        Ok(Keeper { name: Some(user.name), holdings })
    }

    pub(crate) fn save_keeper(&self, keeper: &Keeper) {
        self.save_holdings(keeper.name.as_deref().unwrap_or_default(), &keeper.holdings);
    }
}
