//! A key: its state, what may be done in it, its versions. Pure, but for the saving.

use floor::{AccountId, Answer, Get, Tx, tx::counter};
use wire::Time;

use crate::{
    fault::Refused,
    limits::{DAY_MS, KEYS_MAX},
    records::{self, How, Key, Rotation, Version},
    spec::{Origin, Spec, Usage},
};

/// `KeyState`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is its name at AWS")]
pub enum State {
    Enabled,
    Disabled,
    PendingDeletion,
    PendingImport,
    PendingReplicaDeletion,
}

impl State {
    /// Its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::PendingDeletion => "PendingDeletion",
            Self::PendingImport => "PendingImport",
            Self::PendingReplicaDeletion => "PendingReplicaDeletion",
        }
    }
}

impl Key {
    /// `arn:aws:kms:REGION:ACCOUNT:key/ID`.
    pub fn arn(&self) -> String {
        self.id.arn(&self.region, self.account)
    }

    /// The version that encrypts and signs.
    pub fn current(&self) -> Option<&Version> {
        self.materials.iter().rev().find(|version| !version.is_pending)
    }

    /// The version that waits for a rotation on demand.
    pub fn pending(&self) -> Option<&Version> {
        self.materials.iter().find(|version| version.is_pending)
    }

    /// The state at a time.
    pub fn state(&self, now_ms: u64) -> State {
        match self.deletion {
            Some(deletion) if deletion.at_ms.is_none() => return State::PendingReplicaDeletion,
            Some(_) => return State::PendingDeletion,
            None => {}
        }
        if !self.has_all_material(now_ms) {
            return State::PendingImport;
        }
        if self.is_disabled { State::Disabled } else { State::Enabled }
    }

    /// Imported keys need every version that they ever used, or they could not decrypt what they encrypted.
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-import-key-material.html>
    fn has_all_material(&self, now_ms: u64) -> bool {
        let mut used = self.materials.iter().filter(|version| !version.is_pending).peekable();
        used.peek().is_some() && used.all(|version| version.is_there(now_ms))
    }

    /// Refuses a key that cannot be used now.
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html>
    pub fn usable(&self, now_ms: u64) -> Result<(), Refused> {
        match self.state(now_ms) {
            State::Enabled => Ok(()),
            State::Disabled => Err(Refused::Disabled(self.arn())),
            State::PendingImport => Err(Refused::State(format!("{} is pending import.", self.arn()))),
            State::PendingDeletion | State::PendingReplicaDeletion => self.staying(),
        }
    }

    /// Refuses a key that is going to be deleted.
    pub fn staying(&self) -> Result<(), Refused> {
        match self.deletion {
            None => Ok(()),
            Some(deletion) if deletion.at_ms.is_none() => {
                Err(Refused::State(format!("{} is pending replica deletion.", self.arn())))
            }
            Some(_) => Err(Refused::State(format!("{} is pending deletion.", self.arn()))),
        }
    }

    /// Refuses a key that is for something else.
    pub fn must_be_for(&self, usage: Usage, operation: &'static str) -> Result<(), Refused> {
        if self.usage == usage {
            return Ok(());
        }
        Err(Refused::UsageIs { arn: self.arn(), usage: self.usage.text(), operation })
    }

    /// Refuses an algorithm that this kind of key has not.
    pub fn must_have(&self, algorithms: &[&str], algorithm: &str) -> Result<(), Refused> {
        if algorithms.contains(&algorithm) {
            return Ok(());
        }
        Err(Refused::Algorithm { algorithm: algorithm.to_owned(), spec: self.spec.text() })
    }

    /// Refuses a key that AWS manages.
    pub fn must_be_customers(&self) -> Result<(), Refused> {
        match self.managed_by {
            None => Ok(()),
            Some(_) => Err(Refused::Unsupported(format!("{} is an AWS managed key.", self.arn()))),
        }
    }

    /// Refuses a key whose material does not rotate.
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html>
    pub fn must_rotate(&self) -> Result<(), Refused> {
        self.must_be_customers()?;
        if self.spec != Spec::Symmetric {
            return Err(Refused::Unsupported(format!(
                "{} key spec is {} which is not valid for this operation.",
                self.arn(),
                self.spec.text()
            )));
        }
        Ok(())
    }

    /// Refuses a key of another origin.
    pub fn must_be_of(&self, origin: Origin) -> Result<(), Refused> {
        if self.origin == origin {
            return Ok(());
        }
        Err(Refused::Unsupported(format!(
            "{} origin is {} which is not valid for this operation.",
            self.arn(),
            self.origin.text()
        )))
    }

    /// Whether it is the primary of several regions, or of one region only.
    pub fn is_primary(&self) -> bool {
        self.family.as_ref().is_none_or(|family| family.primary == self.region)
    }

    /// The next time when something is to be done with it.
    pub fn due_ms(&self) -> Option<u64> {
        let deletion = self.deletion.and_then(|deletion| deletion.at_ms);
        let rotates = self.deletion.is_none() && self.is_primary() && self.origin == Origin::AwsKms;
        let rotation = self.rotation.filter(|_| rotates).map(|rotation| rotation.next_ms);
        let expires = self.materials.iter().filter(|v| v.sealed.is_some()).filter_map(|v| v.expires_ms).min();
        [deletion, rotation, expires].into_iter().flatten().min()
    }

    /// Puts a version in front: from now on it encrypts.
    pub fn rotate(&mut self, id: [u8; 32], sealed: Vec<u8>, how: How, now_ms: u64) {
        self.materials.push(Version {
            id,
            sealed: Some(sealed),
            since_ms: now_ms,
            how,
            is_pending: false,
            expires_ms: None,
            description: None,
        });
        if let (How::Automatic, Some(rotation)) = (how, &mut self.rotation) {
            // A clock that was turned far ahead asks for one rotation, and not for all that were missed.
            *rotation = Rotation::from(now_ms, rotation.period_days);
        }
    }
}

impl Version {
    /// Whether it can be used at a time.
    pub fn is_there(&self, now_ms: u64) -> bool {
        self.sealed.is_some() && self.expires_ms.is_none_or(|at| now_ms < at)
    }
}

impl Rotation {
    /// Every `period_days` from now on.
    pub fn from(now_ms: u64, period_days: i32) -> Self {
        Self { period_days, next_ms: now_ms + u64::try_from(period_days).unwrap_or(0) * DAY_MS }
    }
}

/// Writes a key, and when it is due. `before` is what stands there.
pub fn save(tx: &Tx, before: Option<&Key>, after: &Key) {
    let (old, new) = (before.and_then(Key::due_ms), after.due_ms());
    if old != new {
        if let Some(at) = old {
            tx.delete(&records::due(at, after.account, after.id));
        }
        if let Some(at) = new {
            tx.put(&records::due(at, after.account, after.id), &b"1"[..]);
        }
    }
    tx.save(&records::key(after.account, after.id), after);
}

/// Refuses one more key than an account may have. AWS's own do not count.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html>
pub async fn has_room<R: Get>(read: &R, account: AccountId) -> Answer<()> {
    let count = counter(read.get(&records::key_count(account)).await?.as_ref())?;
    if count < KEYS_MAX as i64 {
        return Ok(());
    }
    Err(Refused::Limit(format!("The account has {KEYS_MAX} KMS keys in this Region already.")).into())
}

/// Writes a customer's new key. Who asks for it looks first whether there [is room](has_room).
pub fn add(tx: &Tx, key: &Key) {
    tx.add(&records::key_count(key.account), 1);
    save(tx, None, key);
}

/// A stored time, for an answer.
pub fn time(ms: u64) -> Option<Time> {
    i64::try_from(ms).ok().map(Time::from_millis)
}
