//! ListDeadLetterSourceQueues: the queues that send their dead letters to this one.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html>

use std::sync::Arc;

use api_sqs::{
    ListDeadLetterSourceQueues, ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult,
};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    listing::Page,
    open::{Open, place_of},
    records,
    tend::name_of,
};

impl Handle<ListDeadLetterSourceQueues> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ListDeadLetterSourceQueues"];

    fn place(&self, caller: &Caller, input: &ListDeadLetterSourceQueuesRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListDeadLetterSourceQueuesRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:ListDeadLetterSourceQueues").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<ListDeadLetterSourceQueues, Self>,
        input: ListDeadLetterSourceQueuesRequest,
    ) -> Answer<ListDeadLetterSourceQueuesResult> {
        let page = Page::read(input.max_results, input.next_token.as_deref())?;
        let view = cx.view(&Placement::directory(cx.region())).await?;
        let (keys, next_token) = page.of(&view, &records::sources(&at.loaded.arn)).await?;
        let base = &cx.caller.origin.base_url;
        let url = |key: &bytes::Bytes| Ok(name_of(key, 2)?.url(base));
        let queue_urls = Some(keys.iter().map(url).collect::<Answer<_>>()?);
        Ok(ListDeadLetterSourceQueuesResult { queue_urls, next_token })
    }
}
