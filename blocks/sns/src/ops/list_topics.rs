//! ListTopics: a page of 100 topics of the caller's account.
//! <https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html>

use api_sns::{ListTopics, ListTopicsInput, ListTopicsResponse, Topic};
use floor::{Admitted, Answer, Arn, Caller, Check, Cx, Get, Handle, Placement, Target, key::Parts};

use crate::{Sns, listing, records};

impl Handle<ListTopics> for Sns {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sns:ListTopics"];

    fn place(&self, caller: &Caller, _: &ListTopicsInput) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, _: &ListTopicsInput) -> Answer<Target<()>> {
        let all = Arn::of("sns", &caller.region, caller.account(), "*").to_string();
        Ok(Target::one(Check::new("sns:ListTopics", all, caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListTopics, Self>,
        input: ListTopicsInput,
    ) -> Answer<ListTopicsResponse> {
        let account = cx.caller.account();
        let view = cx.view(&at.place).await?;
        let all = records::topics_listed(account);
        let page = listing::page(&view, &all, input.next_token.as_deref()).await?;
        let name = |key: &[u8]| Parts::of(key.get(all.len()..)?).text();
        let arn = |name: String| Arn::of("sns", cx.region(), account, &name).to_string();
        let topics = page.keys.iter().filter_map(|k| name(k)).map(|n| Topic { topic_arn: Some(arn(n)) });
        Ok(ListTopicsResponse { topics: Some(topics.collect()), next_token: page.next })
    }
}
