//! DeleteAlias: the name goes, the key stays.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html>

use api_kms::{DeleteAlias, DeleteAliasRequest};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target, Tx, tx::expected};

use crate::{
    Kms,
    aliased::Aliased,
    names::{self, check_alias},
    records,
};

impl Handle<DeleteAlias> for Kms {
    type Loaded = Aliased;
    const ACTIONS: &'static [&'static str] = &["kms:DeleteAlias"];

    fn place(&self, caller: &Caller, input: &DeleteAliasRequest) -> Answer<Placement> {
        check_alias(&input.alias_name)?;
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &DeleteAliasRequest,
    ) -> Answer<Target<Aliased>> {
        self.on_alias(caller, read, &input.alias_name, None, "kms:DeleteAlias").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteAlias, Self>,
        input: DeleteAliasRequest,
    ) -> Answer<wire::Empty> {
        let (at, input) = (&at, &input);
        let run = |tx: Tx| async move {
            let loaded = at.within(self, &tx, input).await?;
            let (account, name) = (at.caller().account(), &input.alias_name);
            let alias = expected(loaded.alias.as_ref(), "an alias")?;
            tx.delete(&records::alias(account, name));
            tx.delete(&records::alias_of(account, alias.target, name));
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        Ok(wire::Empty)
    }
}
