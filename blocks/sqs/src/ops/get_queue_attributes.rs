//! GetQueueAttributes: what a queue is, and how much it holds.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>

use std::sync::Arc;

use api_sqs::{GetQueueAttributes, GetQueueAttributesRequest, GetQueueAttributesResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};
use wire::Map;

use crate::{
    Sqs,
    attributes::check_names,
    open::{Open, place_of},
    records,
};

impl Handle<GetQueueAttributes> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:GetQueueAttributes"];

    fn place(&self, caller: &Caller, input: &GetQueueAttributesRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetQueueAttributesRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:GetQueueAttributes").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetQueueAttributes, Self>,
        input: GetQueueAttributesRequest,
    ) -> Answer<GetQueueAttributesResult> {
        let asked = input.attribute_names.unwrap_or_default();
        check_names(&asked)?;
        let open = &at.loaded;
        let mut all = Map::new();
        if asked.is_empty() {
            return Ok(GetQueueAttributesResult { attributes: None });
        }
        open.queue.settings.list(&mut all);
        all.insert("QueueArn".into(), open.arn.clone());
        all.insert("CreatedTimestamp".into(), (open.queue.created_ms / 1000).to_string());
        all.insert("LastModifiedTimestamp".into(), (open.queue.modified_ms / 1000).to_string());
        if asked.iter().any(|name| name == "All" || name.starts_with("Approximate")) {
            self.expire_soon(cx, &at.place, open).await?;
            let (in_flight, delayed) = self.counts(cx.floor(), &at.place, open).await?;
            let view = cx.view(&at.place).await?;
            let counted = floor::tx::counter(view.get(&records::count(open.queue.instance)).await?.as_ref())?;
            let visible = (counted.max(0) as u64).saturating_sub(in_flight + delayed);
            all.insert("ApproximateNumberOfMessages".into(), visible.to_string());
            all.insert("ApproximateNumberOfMessagesNotVisible".into(), in_flight.to_string());
            all.insert("ApproximateNumberOfMessagesDelayed".into(), delayed.to_string());
        }
        if !asked.iter().any(|name| name == "All") {
            all.retain(|name, _| asked.contains(name));
        }
        Ok(GetQueueAttributesResult { attributes: (!all.is_empty()).then_some(all) })
    }
}

impl Sqs {
    /// Takes out what is too old, unless that needs a long look at many messages of all ages: the caretaker has time.
    async fn expire_soon(&self, cx: &mut Cx, place: &Placement, open: &Open) -> Answer<()> {
        const MESSAGES_MAX: i64 = 10_000;
        let counted = cx.view(place).await?.get(&records::count(open.queue.instance)).await?;
        let many = floor::tx::counter(counted.as_ref())? > MESSAGES_MAX;
        if !(many && open.queue.mixed_ages) {
            self.expire(cx, place, open).await?;
        }
        Ok(())
    }
}
