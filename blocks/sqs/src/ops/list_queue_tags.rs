//! ListQueueTags: a queue's tags.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html>

use std::sync::Arc;

use api_sqs::{ListQueueTags, ListQueueTagsRequest, ListQueueTagsResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    open::{Open, place_of},
};

impl Handle<ListQueueTags> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:ListQueueTags"];

    fn place(&self, caller: &Caller, input: &ListQueueTagsRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &ListQueueTagsRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:ListQueueTags").await
    }

    async fn handle(
        &self,
        _: &mut Cx,
        at: Admitted<ListQueueTags, Self>,
        _: ListQueueTagsRequest,
    ) -> Answer<ListQueueTagsResult> {
        let tags = &at.loaded.queue.tags;
        Ok(ListQueueTagsResult { tags: (!tags.is_empty()).then(|| tags.clone()) })
    }
}
