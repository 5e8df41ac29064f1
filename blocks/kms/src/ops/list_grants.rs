//! ListGrants: the grants of a key.
//! <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>

use api_kms::{ListGrants, ListGrantsRequest, ListGrantsResponse};
use floor::{Admitted, Answer, Cx, Get as _, Handle};

use crate::{
    Kms,
    keyed::{About, on_key},
    limits::GRANTS_PER_PAGE,
    paging::Page,
    records::{self, Grant, Grantee},
};

impl Handle<ListGrants> for Kms {
    on_key!(ListGrantsRequest, "kms:ListGrants", |caller, input| About::key(caller, &input.key_id));

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListGrants, Self>,
        input: ListGrantsRequest,
    ) -> Answer<ListGrantsResponse> {
        let key = &at.loaded.key;
        let page = Page::read(input.limit, input.marker.as_deref(), GRANTS_PER_PAGE)?;
        let wanted = match (&input.grantee_principal, &input.grantee_service_principal) {
            (Some(principal), _) => Some(Grantee::Principal(principal.clone())),
            (None, Some(service)) => Some(Grantee::Service(service.clone())),
            (None, None) => None,
        };
        let prefix = match &wanted {
            Some(grantee) => records::granted_to(key.account, key.id, grantee.text()),
            None => records::grants(key.account, key.id),
        };
        let view = cx.view(&at.place).await?;
        let (names, next) = match &input.grant_id {
            Some(id) => (vec![vec![id.clone()]], None),
            None => page.names(&view, &prefix, 1).await?,
        };
        let mut grants = Vec::with_capacity(names.len());
        for id in names.iter().flatten() {
            let grant: Option<Grant> = view.load(&records::grant(key.account, key.id, id)).await?;
            let grant = grant.filter(|grant| wanted.as_ref().is_none_or(|wanted| grant.grantee == *wanted));
            grants.extend(grant.map(|grant| grant.entry(key)));
        }
        Ok(ListGrantsResponse { grants: Some(grants), truncated: Some(next.is_some()), next_marker: next })
    }
}
