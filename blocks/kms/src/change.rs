//! Changes of a key's record: authorised anew where what was read has changed, told to the other regions that have the key.

use floor::{Admitted, Answer, As, Cx, Handle, Sender, Tx};
use wire::Operation;

use crate::{Kms, fault::Refused, key, keyed::Found, records::Key, regions};

/// An identity for what a key tells others.
pub(crate) fn sender(cx: &Cx, key: &Key) -> Sender {
    cx.sender(As::Service { source_arn: key.arn(), source_account: key.account })
}

impl Kms {
    /// Changes the key that was admitted; `change` may run more than once.
    pub(crate) async fn change<O, F>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        change: F,
    ) -> Answer<Key>
    where
        O: Operation,
        O::Input: Sync,
        Self: Handle<O, Loaded = Found>,
        F: Fn(&mut Key) -> Result<(), Refused> + Send + Sync,
    {
        let (sender, change) = (&sender(cx, &at.loaded.key), &change);
        let run = |tx: Tx| async move {
            let found = at.within(self, &tx, input).await?;
            if found.is_new {
                return Err(Refused::NoKey(found.key.arn()).into());
            }
            let mut key = Key::clone(&found.key);
            change(&mut key)?;
            let is_told = regions::is_told(&found.key, &key);
            if key != *found.key {
                regions::number(&found.key, &mut key);
                key::save(&tx, Some(&found.key), &key);
                regions::tell(&tx, Some(&found.key), &key, sender);
            }
            Ok((key, is_told))
        };
        let (key, is_told) = cx.cell(&at.place).await?.transact(run).await?;
        if is_told {
            self.spread(cx, &key).await;
        }
        Ok(key)
    }
}
