//! ListKeys: the keys of the caller's account.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>

use api_kms::{KeyListEntry, ListKeys, ListKeysRequest, ListKeysResponse};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Kms,
    limits::KEYS_PER_PAGE,
    names::{self, KeyId},
    paging::Page,
    records,
};

impl Handle<ListKeys> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:ListKeys"];

    fn place(&self, caller: &Caller, _: &ListKeysRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, _: &ListKeysRequest) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:ListKeys", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListKeys, Self>,
        input: ListKeysRequest,
    ) -> Answer<ListKeysResponse> {
        let (account, region) = (cx.caller.account(), cx.region().clone());
        let page = Page::read(input.limit, input.marker.as_deref(), KEYS_PER_PAGE)?;
        // What others share by RAM is none: nothing is shared so here.
        let own = input.resource_owners.is_none_or(|owners| owners.iter().any(|owner| owner == "SELF"));
        let (names, next) = if own {
            page.names(&cx.view(&at.place).await?, &records::keys(account), 1).await?
        } else {
            (Vec::new(), None)
        };
        let entry = |name: &Vec<String>| {
            let id = KeyId::parse(name.first()?)?;
            Some(KeyListEntry { key_id: Some(id.to_string()), key_arn: Some(id.arn(&region, account)) })
        };
        Ok(ListKeysResponse {
            keys: Some(names.iter().filter_map(entry).collect()),
            truncated: Some(next.is_some()),
            next_marker: next,
        })
    }
}
