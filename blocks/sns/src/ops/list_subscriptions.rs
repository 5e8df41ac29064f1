//! ListSubscriptions: a page of 100 subscriptions of the caller's account.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html>

use api_sns::{ListSubscriptions, ListSubscriptionsInput, ListSubscriptionsResponse};
use floor::{Admitted, Answer, Arn, Caller, Check, Cx, Get, Handle, Placement, Record, Target};

use crate::{
    Sns, listing,
    records::{self, Listed},
};

impl Handle<ListSubscriptions> for Sns {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sns:ListSubscriptions"];

    fn place(&self, caller: &Caller, _: &ListSubscriptionsInput) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        _: &R,
        _: &ListSubscriptionsInput,
    ) -> Answer<Target<()>> {
        let all = Arn::of("sns", &caller.region, caller.account(), "*").to_string();
        Ok(Target::one(Check::new("sns:ListSubscriptions", all, caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListSubscriptions, Self>,
        input: ListSubscriptionsInput,
    ) -> Answer<ListSubscriptionsResponse> {
        let view = cx.view(&at.place).await?;
        let all = records::subscriptions_listed(cx.caller.account());
        let page = listing::page(&view, &all, input.next_token.as_deref()).await?;
        let found = page.values.iter().map(|v| Listed::decode(v)).collect::<Answer<Vec<_>>>()?;
        Ok(ListSubscriptionsResponse {
            subscriptions: Some(found.iter().map(listing::subscription).collect()),
            next_token: page.next,
        })
    }
}
