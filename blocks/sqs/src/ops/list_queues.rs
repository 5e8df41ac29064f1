//! ListQueues: the queues of the caller's account, by the beginning of their names.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>

use api_sqs::{ListQueues, ListQueuesRequest, ListQueuesResult};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target};

use crate::{Sqs, listing::Page, records, tend::name_of};

impl Handle<ListQueues> for Sqs {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sqs:ListQueues"];

    fn place(&self, caller: &Caller, _: &ListQueuesRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, _: &ListQueuesRequest) -> Answer<Target<()>> {
        let arn = format!("arn:aws:sqs:{}:{}:*", caller.region.as_str(), caller.account());
        Ok(Target::one(Check::new("sqs:ListQueues", arn, caller.account()), ()))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListQueues, Self>,
        input: ListQueuesRequest,
    ) -> Answer<ListQueuesResult> {
        let page = Page::read(input.max_results, input.next_token.as_deref())?;
        let prefix = input.queue_name_prefix.unwrap_or_default();
        let all = records::listed_of(cx.caller.account()).raw(prefix.as_bytes());
        let (keys, next_token) = page.of(&cx.view(&at.place).await?, &all).await?;
        let base = &cx.caller.origin.base_url;
        let urls = keys.iter().map(|key| Ok(name_of(key, 1)?.url(base))).collect::<Answer<Vec<_>>>()?;
        Ok(ListQueuesResult { queue_urls: (!urls.is_empty()).then_some(urls), next_token })
    }
}
