//! SendMessage: one message into a queue.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>

use std::sync::Arc;

use api_sqs::{SendMessage, SendMessageRequest, SendMessageResult};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs, digest,
    open::{Open, place_of},
    quotas::Action,
    send::{Draft, parcel, uuid},
    stamp::Stamp,
};

impl Handle<SendMessage> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:SendMessage"];

    fn place(&self, caller: &Caller, input: &SendMessageRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &SendMessageRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:SendMessage").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SendMessage, Self>,
        input: SendMessageRequest,
    ) -> Answer<SendMessageResult> {
        let queue_only =
            SendMessageRequest { queue_url: input.queue_url.clone(), ..SendMessageRequest::default() };
        self.admit(cx, &at.loaded, Action::Send, input.message_group_id.as_deref().into_iter())?;
        let parcel = parcel(cx, &at.loaded, Draft::from(input))?;
        let sent = self.send(cx, &at, &queue_only, std::slice::from_ref(&parcel)).await?;
        let outcome = floor::tx::expected(sent.into_iter().next(), "the outcome of a send")?;
        Ok(SendMessageResult {
            md5_of_message_body: Some(digest::text(parcel.body_md5)),
            md5_of_message_attributes: parcel.attributes_md5.map(digest::text),
            md5_of_message_system_attributes: parcel.system_attributes_md5.map(digest::text),
            message_id: Some(uuid(&outcome.id)),
            sequence_number: outcome.stamp.map(Stamp::sequence_number),
        })
    }
}
