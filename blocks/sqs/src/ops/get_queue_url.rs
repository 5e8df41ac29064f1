//! GetQueueUrl: the address of a queue, by its name.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html>

use std::sync::Arc;

use api_sqs::{GetQueueUrl, GetQueueUrlRequest, GetQueueUrlResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs,
    fault::Refused,
    names::{QueueName, is_name},
    open::Open,
};

impl Handle<GetQueueUrl> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:GetQueueUrl"];

    fn place(&self, caller: &Caller, input: &GetQueueUrlRequest) -> Answer<Placement> {
        Ok(named(caller, input)?.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &GetQueueUrlRequest,
    ) -> Answer<Target<Arc<Open>>> {
        let open = self.queue(read, &caller.region, &named(caller, input)?).await?;
        Ok(Target::one(open.check("sqs:GetQueueUrl"), open))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<GetQueueUrl, Self>,
        _: GetQueueUrlRequest,
    ) -> Answer<GetQueueUrlResult> {
        Ok(GetQueueUrlResult { queue_url: Some(at.loaded.name.url(&cx.caller.origin.base_url)) })
    }
}

fn named(caller: &Caller, input: &GetQueueUrlRequest) -> Result<QueueName, Refused> {
    let account = match &input.queue_owner_aws_account_id {
        Some(id) => id.parse().map_err(|_| Refused::NoSuchQueue)?,
        None => caller.account(),
    };
    match input.queue_name.as_str() {
        "" => Err(Refused::Missing("QueueName")),
        name if is_name(name) => Ok(QueueName { account, name: name.to_owned() }),
        _ => Err(Refused::NoSuchQueue),
    }
}
