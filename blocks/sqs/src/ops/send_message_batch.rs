//! SendMessageBatch: up to ten messages into a queue, in one commit.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>

use std::sync::Arc;

use api_sqs::{
    SendMessageBatch, SendMessageBatchRequest, SendMessageBatchResult, SendMessageBatchResultEntry,
};
use floor::{Admitted, Answer, Caller, Cx, Get, Handle, Placement, Target};

use crate::{
    Sqs, batch, digest,
    fault::Refused,
    limits::BATCH_BYTES_MAX,
    open::{Open, place_of},
    quotas::Action,
    send::{self, Draft, Parcel, parcel, uuid},
    stamp::Stamp,
};

impl Handle<SendMessageBatch> for Sqs {
    type Loaded = Arc<Open>;
    const ACTIONS: &'static [&'static str] = &["sqs:SendMessage"];

    fn place(&self, caller: &Caller, input: &SendMessageBatchRequest) -> Answer<Placement> {
        place_of(caller, &input.queue_url)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &SendMessageBatchRequest,
    ) -> Answer<Target<Arc<Open>>> {
        self.on_queue(caller, read, &input.queue_url, "sqs:SendMessage").await
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SendMessageBatch, Self>,
        input: SendMessageBatchRequest,
    ) -> Answer<SendMessageBatchResult> {
        batch::check("SendMessageBatch", input.entries.iter().map(|e| e.id.as_str()))?;
        let groups = input.entries.iter().filter_map(|entry| entry.message_group_id.as_deref());
        self.admit(cx, &at.loaded, Action::Send, groups)?;
        let (mut drafts, mut ids) = (Vec::new(), Vec::new());
        for entry in input.entries {
            ids.push(entry.id.clone());
            drafts.push(Draft::from(entry));
        }
        check(&at.loaded, &drafts)?;
        let (mut parcels, mut sent_ids, mut failed): (Vec<Parcel>, Vec<String>, Vec<_>) = Default::default();
        for (id, draft) in ids.into_iter().zip(drafts) {
            match parcel(cx, &at.loaded, draft) {
                Ok(parcel) => {
                    parcels.push(parcel);
                    sent_ids.push(id);
                }
                Err(Refused::MessageLength(max)) => {
                    failed.push(batch::failed(id, &Refused::EntryLength(max)));
                }
                Err(refused) => failed.push(batch::failed(id, &refused)),
            }
        }
        let queue_only = SendMessageBatchRequest { queue_url: input.queue_url, entries: Vec::new() };
        let sent = self.send(cx, &at, &queue_only, &parcels).await?;
        let entry =
            |((id, parcel), outcome): ((String, &Parcel), send::Outcome)| SendMessageBatchResultEntry {
                id: Some(id),
                message_id: Some(uuid(&outcome.id)),
                md5_of_message_body: Some(digest::text(parcel.body_md5)),
                md5_of_message_attributes: parcel.attributes_md5.map(digest::text),
                md5_of_message_system_attributes: parcel.system_attributes_md5.map(digest::text),
                sequence_number: outcome.stamp.map(Stamp::sequence_number),
            };
        Ok(SendMessageBatchResult {
            successful: Some(sent_ids.into_iter().zip(&parcels).zip(sent).map(entry).collect()),
            failed: batch::some(failed),
        })
    }
}

/// What refuses the batch as a whole: its length, and ids that a FIFO queue must have.
fn check(open: &Open, drafts: &[Draft]) -> Result<(), Refused> {
    let bytes = drafts.iter().map(send::size).sum();
    if bytes > BATCH_BYTES_MAX {
        return Err(Refused::BatchLength(bytes));
    }
    let Some(fifo) = &open.queue.settings.fifo else { return Ok(()) };
    if drafts.iter().any(|d| d.group.is_none()) {
        return Err(Refused::Wrong("The request must contain the parameter MessageGroupId.".into()));
    }
    if !fifo.content_based_deduplication && drafts.iter().any(|d| d.deduplication_id.is_none()) {
        return Err(Refused::NoDeduplicationId);
    }
    Ok(())
}
