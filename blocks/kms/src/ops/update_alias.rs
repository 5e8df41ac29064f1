//! UpdateAlias: an alias that leads to another key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html>

use api_kms::{UpdateAlias, UpdateAliasRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx, tx::expected};

use crate::{
    Kms,
    aliased::Aliased,
    fault::Refused,
    limits::ALIASES_PER_KEY_MAX,
    names::{self, check_alias},
    records::{self, Alias, Key},
};

impl Handle<UpdateAlias> for Kms {
    type Loaded = Aliased;
    const ACTIONS: &'static [&'static str] = &["kms:UpdateAlias"];

    fn place(&self, caller: &Caller, input: &UpdateAliasRequest) -> Answer<Placement> {
        check_alias(&input.alias_name)?;
        let (account, _) = names::Named::key_only(&input.target_key_id, caller)?;
        if account != caller.account() {
            return Err(Refused::validation("An alias and its KMS key must be in the same account.").into());
        }
        Ok(names::place(&caller.region, account))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &UpdateAliasRequest,
    ) -> Answer<Target<Aliased>> {
        self.on_alias(caller, read, &input.alias_name, Some(&input.target_key_id), "kms:UpdateAlias").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<UpdateAlias, Self>,
        input: UpdateAliasRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let loaded = at.within(self, &tx, input).await?;
            let (account, name) = (at.caller().account(), &input.alias_name);
            let before = expected(loaded.alias.as_ref(), "an alias")?;
            let found = expected(loaded.target.as_ref(), "the key of an alias")?;
            let former: Option<Key> = tx.load(&records::key(account, before.target)).await?;
            check(former.as_ref(), &found.key)?;
            let alias = Alias { target: found.key.id, updated_ms: now, ..before.clone() };
            if alias.target != before.target {
                if found.aliases.len() >= ALIASES_PER_KEY_MAX {
                    let why = format!("The KMS key has {ALIASES_PER_KEY_MAX} aliases already.");
                    return Err(Refused::Limit(why).into());
                }
                tx.delete(&records::alias_of(account, before.target, name));
                tx.put(&records::alias_of(account, alias.target, name), &b"1"[..]);
            }
            tx.save(&records::alias(account, name), &alias);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}

/// Both keys must be of one kind, so that what uses the alias goes on.
fn check(former: Option<&Key>, key: &Key) -> Result<(), Refused> {
    key.staying()?;
    let is_alike =
        |former: &Key| former.usage == key.usage && former.spec.is_asymmetric() == key.spec.is_asymmetric();
    if former.is_none_or(is_alike) {
        return Ok(());
    }
    Err(Refused::validation(
        "The current and the new KMS key of an alias must be of the same type and have the same KeyUsage.",
    ))
}
