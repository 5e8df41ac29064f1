//! ListRetirableGrants: the grants on the account's keys that a principal may give up.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html>

use api_kms::{ListGrantsResponse, ListRetirableGrants, ListRetirableGrantsRequest};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{
    Kms,
    fault::Refused,
    limits::GRANTS_PER_PAGE,
    names::{self, KeyId},
    paging::Page,
    records::{self, Grant, Key},
};

impl Handle<ListRetirableGrants> for Kms {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["kms:ListRetirableGrants"];

    fn place(&self, caller: &Caller, _: &ListRetirableGrantsRequest) -> Answer<Placement> {
        Ok(names::place(&caller.region, caller.account()))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &ListRetirableGrantsRequest,
    ) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("kms:ListRetirableGrants", "*", caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListRetirableGrants, Self>,
        input: ListRetirableGrantsRequest,
    ) -> Answer<ListGrantsResponse> {
        let named = (&input.retiring_principal, &input.retiring_service_principal);
        let ((Some(retiring), None) | (None, Some(retiring))) = named else {
            let why = "Specify either RetiringPrincipal or RetiringServicePrincipal.";
            return Err(Refused::validation(why).into());
        };
        let account = cx.caller.account();
        let page = Page::read(input.limit, input.marker.as_deref(), GRANTS_PER_PAGE)?;
        let view = cx.view(&at.place).await?;
        let (names, next) = page.names(&view, &records::retirable_by(account, retiring), 2).await?;
        let mut grants = Vec::with_capacity(names.len());
        for name in &names {
            let [key, grant] = &name[..] else { continue };
            let Some(id) = KeyId::parse(key) else { continue };
            let key: Option<Key> = view.load(&records::key(account, id)).await?;
            let grant: Option<Grant> = view.load(&records::grant(account, id, grant)).await?;
            grants.extend(grant.zip(key).map(|(grant, key)| grant.entry(&key)));
        }
        Ok(ListGrantsResponse { grants: Some(grants), truncated: Some(next.is_some()), next_marker: next })
    }
}
