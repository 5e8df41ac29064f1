//! Accounts of an installation, and the keys of their roots: what its operator does, not what an API offers.

use std::sync::Arc;

use floor::{AccountId, Answer, Fault, Floor, Get, Key, Placement, Record, Tx};
use parking_lot::Mutex;

use crate::{
    Directory, Iam, copies,
    names::unique_id,
    records::{self, AccessKey, Account},
    secrets,
};

/// A root's new access key. Its secret is shown this once.
pub struct RootKey {
    /// Whose root's.
    pub account: AccountId,
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: String,
}

impl Directory {
    /// A new account, with the number `id` or one at random, and a key of its root.
    pub async fn create_account(
        &self,
        floor: &Arc<Floor>,
        name: &str,
        id: Option<AccountId>,
    ) -> Answer<RootKey> {
        let account = id.unwrap_or_else(|| random_account(floor));
        let new = Account { name: name.to_owned(), created_ms: now_ms(floor), ..Account::default() };
        self.write_account(floor, account, |known| match known {
            Some(known) => Err(refused(format!("account {account} is there already ({})", known.name))),
            None if account == AccountId::DEFAULT => {
                Err(refused("account 000000000000 is there always".into()))
            }
            None => Ok(new.clone()),
        })
        .await
    }

    /// A new key of the root of `account`; those before it end.
    pub async fn rotate_root_key(&self, floor: &Arc<Floor>, account: AccountId) -> Answer<RootKey> {
        self.write_account(floor, account, |known| match known {
            Some(known) => Ok(known),
            None if account == AccountId::DEFAULT => Ok(Account::default()),
            None => Err(refused(format!("there is no account {account}"))),
        })
        .await
    }

    /// The numbers and names of all accounts but the default one, and that one where something is known of it.
    pub async fn accounts(&self, floor: &Arc<Floor>) -> Answer<Vec<(AccountId, String)>> {
        if !floor.cells.has_global() {
            return Ok(Vec::new());
        }
        let view = floor.view::<Iam>(&Placement::global()).await?;
        let family = Key::of("account");
        let mut all = Vec::new();
        for (key, value) in view.range(family.all(), 100_000).await? {
            let id = floor::key::Parts::of(&key[family.len()..]).text();
            let Some(id) = id.and_then(|id| id.parse().ok()) else { continue };
            all.push((id, Account::decode(&value)?.name));
        }
        Ok(all)
    }

    /// Whether any root has a key of its own.
    pub async fn has_root_keys(&self, floor: &Arc<Floor>) -> Answer<bool> {
        if !floor.cells.has_global() {
            return Ok(false);
        }
        let view = floor.view::<Iam>(&Placement::global()).await?;
        for (_, value) in view.range(Key::of("account").all(), 100_000).await? {
            if !Account::decode(&value)?.root_keys.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Changes an account and gives its root one key, in place of all it had.
    async fn write_account(
        &self,
        floor: &Arc<Floor>,
        account: AccountId,
        change: impl Fn(Option<Account>) -> Answer<Account> + Send + Sync,
    ) -> Answer<RootKey> {
        let random = &floor.env.random;
        let id = unique_id("AKIA", &account, 20, &random.bytes16());
        let secret = secrets::make(&[random.bytes16(), random.bytes16()]);
        let key = AccessKey {
            account,
            user: None,
            secret: secrets::seal(&floor.seal, &id, &secret),
            is_active: true,
            created_ms: now_ms(floor),
        };
        let (key, id_of_key, change) = (&key, id.as_str(), &change);
        let write = |tx: Tx| async move {
            let changes = Mutex::new(copies::Changes::default());
            let at = records::account_key(&account);
            let mut record = change(tx.load(&at).await?)?;
            for old in std::mem::replace(&mut record.root_keys, vec![id_of_key.to_owned()]) {
                let old = records::access_key_key(&old);
                changes.lock().delete(&old);
                tx.delete(&old);
            }
            for (at, value) in [(at, record.encode()), (records::access_key_key(id_of_key), key.encode())] {
                changes.lock().put(&at, &value);
                tx.put(&at, value);
            }
            tx.put_stamped(&copies::log(), &[], changes.into_inner().encode());
            Ok(())
        };
        floor.cell::<Iam>(&Placement::global()).await?.transact(write).await?;
        self.changed(floor).await;
        Ok(RootKey { account, id, secret })
    }
}

fn refused(why: String) -> Fault {
    Fault::coded("InvalidInput", 400, why)
}

fn now_ms(floor: &Floor) -> u64 {
    floor.env.clocks.service.now().0 / 1000 * 1000
}

/// Twelve digits that do not begin with a zero, as those of AWS's newer accounts.
fn random_account(floor: &Floor) -> AccountId {
    let noise = u128::from_be_bytes(floor.env.random.bytes16());
    let number = 100_000_000_000 + noise % 900_000_000_000;
    number.to_string().parse().unwrap_or(AccountId::DEFAULT)
}
