//! The keys that tokens for the world outside are signed with: an account's own, one series for each algorithm.
//!
//! A key is published a day before it signs, so that those who keep our set for a while know it in time, and for a day
//! after it has signed last; tokens live for an hour.

use std::sync::Arc;

use federation::jwt::{Jwks, Signer, SigningAlgorithm};
use floor::{AccountId, Answer, Floor, Get, Key, Placement, Record, Timestamp, Tx, first_format, key::Parts};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::{Iam, act::Books, copies};

const PURPOSE: &str = "iam outbound signing key";

const DAY_MS: u64 = 86_400_000;
/// How long a key is published before it signs.
const AHEAD_MS: u64 = DAY_MS;
/// A key that is this old gets a successor.
const SUCCEEDED_AFTER_MS: u64 = 90 * DAY_MS;
/// How long a key is published after its successor has begun to sign.
const KEPT_MS: u64 = DAY_MS;

/// How often it is looked whether keys are due.
pub(crate) const TENDED_EVERY: std::time::Duration = std::time::Duration::from_secs(3600);

/// The keys of an account, oldest first.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Signing {
    keys: Vec<Kept>,
}

/// One key.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Kept {
    /// `RSA_1`, `EC384_2`.
    id: String,
    is_rsa: bool,
    /// PKCS #8, sealed with the account and the id.
    private: Vec<u8>,
    /// The public half as JSON, as it is published.
    public: String,
    made_ms: u64,
}

first_format!(Signing);

/// A new private key without a place.
pub(crate) struct Fresh {
    algorithm: SigningAlgorithm,
    pkcs8: Zeroizing<Vec<u8>>,
}

impl Fresh {
    /// One for each algorithm. That takes long, and is done before a transaction.
    pub(crate) async fn both() -> Answer<Vec<Fresh>> {
        let make = || {
            [SigningAlgorithm::Rs256, SigningAlgorithm::Es384]
                .map(|algorithm| Ok(Fresh { algorithm, pkcs8: Zeroizing::new(algorithm.generate_pkcs8()?) }))
                .into_iter()
                .collect::<Result<Vec<_>, _>>()
        };
        let made = tokio::task::spawn_blocking(make).await;
        made.map_err(|e| floor::fault::internal(e.to_string()))?.map_err(broken)
    }
}

fn broken(why: federation::jwt::SignError) -> floor::Fault {
    floor::fault::internal(format!("a signing key: {why}"))
}

fn family() -> Key {
    Key::of("signing")
}

/// The key of an account's record.
pub(crate) fn key(account: &AccountId) -> Key {
    family().text(account.as_str())
}

/// The keys of `account`; none before it first enabled outbound federation.
pub(crate) async fn of<R: Get>(read: &R, account: &AccountId) -> Answer<Signing> {
    Ok(read.load(&key(account)).await?.unwrap_or_default())
}

/// A key as it is used, and how to open it.
pub(crate) struct InUse {
    id: String,
    /// Sealed.
    pub(crate) private: Vec<u8>,
    algorithm: SigningAlgorithm,
    account: AccountId,
}

impl InUse {
    /// Opens it.
    pub(crate) fn open(&self, seal: &seal::Master) -> Answer<Signer> {
        let opened = seal.open(PURPOSE, &aad(&self.account, &self.id), &self.private);
        let opened = opened.map_err(|e| {
            floor::fault::internal(format!("the signing key {} of {}: {e}", self.id, self.account))
        })?;
        Signer::from_pkcs8(&self.id, self.algorithm, &opened).map_err(broken)
    }
}

fn aad(account: &AccountId, id: &str) -> Vec<u8> {
    format!("{account}/{id}").into_bytes()
}

impl Signing {
    fn of_kind(&self, is_rsa: bool) -> impl Iterator<Item = &Kept> {
        self.keys.iter().filter(move |key| key.is_rsa == is_rsa)
    }

    /// The key that signs now: the newest that was published for long enough, or the very first.
    fn signing(&self, is_rsa: bool, now_ms: u64) -> Option<&Kept> {
        let is_known = |key: &&Kept| key.made_ms + AHEAD_MS <= now_ms;
        self.of_kind(is_rsa).filter(is_known).last().or_else(|| self.of_kind(is_rsa).next())
    }

    /// The key that signs now with `algorithm`.
    pub(crate) fn in_use(
        &self,
        account: AccountId,
        algorithm: SigningAlgorithm,
        now: Timestamp,
    ) -> Option<InUse> {
        let kept = self.signing(algorithm == SigningAlgorithm::Rs256, now.0)?;
        Some(InUse { id: kept.id.clone(), private: kept.private.clone(), algorithm, account })
    }

    /// Whether there is something to be changed by now.
    fn is_due(&self, now_ms: u64) -> bool {
        let newest = [true, false].map(|is_rsa| self.of_kind(is_rsa).last().map(|key| key.made_ms));
        let is_old = |made_ms: u64| made_ms + SUCCEEDED_AFTER_MS <= now_ms;
        newest.into_iter().flatten().any(is_old) || self.keys.iter().any(|key| self.is_spent(key, now_ms))
    }

    /// Whether no token that a key signed is still alive.
    fn is_spent(&self, key: &Kept, now_ms: u64) -> bool {
        let successor = self.of_kind(key.is_rsa).skip_while(|other| other.id != key.id).nth(1);
        successor.is_some_and(|next| next.made_ms + AHEAD_MS + KEPT_MS <= now_ms)
    }

    /// Adds keys where they are due and drops those that are spent.
    pub(crate) fn tend(
        &mut self,
        account: &AccountId,
        seal: &seal::Master,
        fresh: &[Fresh],
        now: Timestamp,
    ) -> Answer<()> {
        let spent: Vec<String> =
            self.keys.iter().filter(|key| self.is_spent(key, now.0)).map(|key| key.id.clone()).collect();
        self.keys.retain(|key| !spent.contains(&key.id));
        for one in fresh {
            let is_rsa = one.algorithm == SigningAlgorithm::Rs256;
            let newest = self.of_kind(is_rsa).last();
            if newest.is_some_and(|key| key.made_ms + SUCCEEDED_AFTER_MS > now.0) {
                continue;
            }
            let number =
                |id: &str| id.rsplit('_').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or_default();
            let next = newest.map_or(1, |key| number(&key.id) + 1);
            let id = format!("{}_{next}", if is_rsa { "RSA" } else { "EC384" });
            let signer = Signer::from_pkcs8(&id, one.algorithm, &one.pkcs8).map_err(broken)?;
            let mut set = Jwks::default();
            signer.publish(&mut set).map_err(broken)?;
            let public = set.to_json()["keys"][0].to_string();
            let private = seal.seal(PURPOSE, &aad(account, &id), &one.pkcs8);
            self.keys.push(Kept { id, is_rsa, private, public, made_ms: now.0 });
        }
        Ok(())
    }

    /// The set as it is published.
    pub(crate) fn published(&self) -> Value {
        let keys = self.keys.iter().filter_map(|key| serde_json::from_str::<Value>(&key.public).ok());
        serde_json::json!({ "keys": keys.collect::<Vec<_>>() })
    }
}

impl Books {
    /// The account signs from now on.
    pub(crate) async fn begin_to_sign(&self) -> Answer<()> {
        let account = self.account();
        let mut signing = of(self, &account).await?;
        signing.tend(&account, &self.seal, &self.fresh, self.now)?;
        self.save(&key(&account), &signing);
        Ok(())
    }
}

/// Gives accounts new keys where they are due: the caretaker's step. Answers how many accounts got some.
pub(crate) async fn tend(floor: &Arc<Floor>) -> Answer<u64> {
    if !floor.cells.has_global() {
        return Ok(0);
    }
    let now = floor.env.clocks.service.now();
    let view = floor.view::<Iam>(&Placement::global()).await?;
    let mut changed = 0;
    for (at, value) in view.range(family().all(), 100_000).await? {
        if !Signing::decode(&value)?.is_due(now.0) {
            continue;
        }
        let account = Parts::of(&at[family().len()..]).text().and_then(|id| id.parse::<AccountId>().ok());
        let Some(account) = account else { continue };
        let (fresh, seal) = (&Fresh::both().await?, &floor.seal);
        let write = |tx: Tx| async move {
            let at = key(&account);
            let mut signing: Signing = tx.load(&at).await?.unwrap_or_default();
            signing.tend(&account, seal, fresh, now)?;
            let (value, mut changes) = (signing.encode(), copies::Changes::default());
            changes.put(&at, &value);
            tx.put(&at, value);
            tx.put_stamped(&copies::log(), &[], changes.encode());
            Ok(())
        };
        floor.cell::<Iam>(&Placement::global()).await?.transact(write).await?;
        changed += 1;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOKEN_MS: u64 = 3_600_000;

    fn kept(number: usize, made_ms: u64) -> Kept {
        let id = format!("RSA_{number}");
        Kept { id, is_rsa: true, private: Vec::new(), public: String::new(), made_ms }
    }

    proptest! {
        /// However late the caretaker comes, whatever was signed can be verified as long as it lives.
        #[test]
        fn what_signed_stays_published(steps in proptest::collection::vec(1..40 * DAY_MS, 1..60)) {
            let mut signing = Signing { keys: vec![kept(1, 0)] };
            let (mut now, mut signed, mut made) = (0, Vec::new(), 1);
            for step in steps {
                now += step;
                let by = signing.signing(true, now).unwrap().id.clone();
                signed.push((now, by));
                // What the caretaker does, without keys that take long to make.
                let spent: Vec<_> =
                    signing.keys.iter().filter(|key| signing.is_spent(key, now)).map(|key| key.id.clone()).collect();
                signing.keys.retain(|key| !spent.contains(&key.id));
                if signing.keys.last().unwrap().made_ms + SUCCEEDED_AFTER_MS <= now {
                    made += 1;
                    signing.keys.push(kept(made, now));
                }
                for (at, by) in signed.iter().filter(|(at, _)| at + TOKEN_MS > now) {
                    prop_assert!(signing.keys.iter().any(|key| key.id == *by), "{by} signed at {at}, now {now}");
                }
                prop_assert!(signing.keys.len() <= 3 && !signing.is_due(now));
            }
        }
    }

    #[test]
    fn keys_are_made_published_used_and_dropped() {
        let random = env::Random::seeded(1);
        let master = seal::Master::ephemeral(&random);
        let account = AccountId::DEFAULT;
        let fresh = || {
            [SigningAlgorithm::Rs256, SigningAlgorithm::Es384].map(|algorithm| Fresh {
                algorithm,
                pkcs8: Zeroizing::new(algorithm.generate_pkcs8().unwrap()),
            })
        };
        let mut signing = Signing::default();
        let ids = |signing: &Signing| signing.keys.iter().map(|key| key.id.clone()).collect::<Vec<_>>();
        let using = |signing: &Signing, now| {
            let used = signing.in_use(account, SigningAlgorithm::Es384, Timestamp(now)).unwrap();
            used.open(&master).unwrap().key_id().to_owned()
        };
        signing.tend(&account, &master, &fresh(), Timestamp(5)).unwrap();
        signing.tend(&account, &master, &fresh(), Timestamp(6)).unwrap();
        assert_eq!(ids(&signing), ["RSA_1", "EC384_1"]);
        assert_eq!(using(&signing, 5), "EC384_1");
        let later = 5 + SUCCEEDED_AFTER_MS;
        assert!(!signing.is_due(later - 1) && signing.is_due(later));
        signing.tend(&account, &master, &fresh(), Timestamp(later)).unwrap();
        assert_eq!(ids(&signing), ["RSA_1", "EC384_1", "RSA_2", "EC384_2"]);
        assert_eq!(signing.published()["keys"].as_array().unwrap().len(), 4);
        assert_eq!(using(&signing, later + AHEAD_MS - 1), "EC384_1");
        assert_eq!(using(&signing, later + AHEAD_MS), "EC384_2");
        signing.tend(&account, &master, &[], Timestamp(later + AHEAD_MS + KEPT_MS)).unwrap();
        assert_eq!(ids(&signing), ["RSA_2", "EC384_2"]);
        let other = InUse {
            account: "111122223333".parse().unwrap(),
            ..signing.in_use(account, SigningAlgorithm::Rs256, Timestamp(0)).unwrap()
        };
        assert!(other.open(&master).is_err());
    }
}
