//! CreateAlias: another name for a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>

use api_kms::{CreateAlias, CreateAliasRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx, tx::expected};

use crate::{
    Kms,
    aliased::Aliased,
    fault::Refused,
    limits::ALIASES_PER_KEY_MAX,
    names::{self, alias_arn, check_alias},
    records::{self, Alias},
};

impl Handle<CreateAlias> for Kms {
    type Loaded = Aliased;
    const ACTIONS: &'static [&'static str] = &["kms:CreateAlias"];

    fn place(&self, caller: &Caller, input: &CreateAliasRequest) -> Answer<Placement> {
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
        input: &CreateAliasRequest,
    ) -> Answer<Target<Aliased>> {
        self.on_alias(caller, read, &input.alias_name, Some(&input.target_key_id), "kms:CreateAlias").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateAlias, Self>,
        input: CreateAliasRequest,
    ) -> Answer<wire::Empty> {
        let now = cx.now().0;
        let (at, input, region) = (&at, &input, &cx.region().clone());
        let run = |tx: Tx| async move {
            let loaded = at.within(self, &tx, input).await?;
            let (account, name) = (at.caller().account(), &input.alias_name);
            if loaded.alias.is_some() {
                return Err(Refused::AliasExists(alias_arn(region, account, name)).into());
            }
            let found = expected(loaded.target.as_ref(), "the key of an alias")?;
            found.key.staying()?;
            if found.aliases.len() >= ALIASES_PER_KEY_MAX {
                let why = format!("The KMS key has {ALIASES_PER_KEY_MAX} aliases already.");
                return Err(Refused::Limit(why).into());
            }
            let alias = Alias { target: found.key.id, created_ms: now, updated_ms: now };
            tx.save(&records::alias(account, name), &alias);
            tx.put(&records::alias_of(account, alias.target, name), &b"1"[..]);
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
