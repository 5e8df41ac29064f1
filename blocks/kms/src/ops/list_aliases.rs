//! ListAliases: the aliases of the caller's account, or those of one of its keys.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>

use api_kms::{AliasListEntry, ListAliases, ListAliasesRequest, ListAliasesResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Kms,
    key::time,
    keyed::About,
    limits::ALIASES_PER_PAGE,
    names::{self, KeyId, alias_arn},
    paging::Page,
    records::{self, Alias},
};

impl Handle<ListAliases> for Kms {
    /// The key whose aliases are asked for.
    type Loaded = Option<KeyId>;
    const ACTIONS: &'static [&'static str] = &["kms:ListAliases"];

    fn place(&self, caller: &Caller, _: &ListAliasesRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListAliasesRequest,
    ) -> Answer<Target<Option<KeyId>>> {
        let mut key = None;
        if let Some(text) = &input.key_id {
            let about = About::key(caller, text);
            key = Some(self.find(caller, read, &about, "kms:ListAliases").await?.key.id);
        }
        Ok(Target::one(Check::new("kms:ListAliases", "*", caller.account()), key))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListAliases, Self>,
        input: ListAliasesRequest,
    ) -> Answer<ListAliasesResponse> {
        let (account, region) = (cx.caller.account(), cx.region().clone());
        let page = Page::read(input.limit, input.marker.as_deref(), ALIASES_PER_PAGE)?;
        let prefix = match *at.loaded {
            Some(key) => records::aliases_of(account, key),
            None => records::aliases(account),
        };
        let view = cx.view(&at.place).await?;
        let (names, next) = page.names(&view, &prefix, 1).await?;
        let mut aliases = Vec::with_capacity(names.len());
        for name in names.into_iter().flatten() {
            let Some(alias) = view.load::<Alias>(&records::alias(account, &name)).await? else { continue };
            aliases.push(AliasListEntry {
                alias_arn: Some(alias_arn(&region, account, &name)),
                alias_name: Some(name),
                target_key_id: Some(alias.target.to_string()),
                creation_date: time(alias.created_ms),
                last_updated_date: time(alias.updated_ms),
            });
        }
        Ok(ListAliasesResponse { aliases: Some(aliases), truncated: Some(next.is_some()), next_marker: next })
    }
}
