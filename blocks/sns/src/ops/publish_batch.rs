//! PublishBatch: up to ten messages, each answered for itself.
//! <https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html>

use std::collections::HashSet;

use api_sns::{PublishBatch, PublishBatchInput, PublishBatchResponse, PublishBatchResultEntry, errors};
use floor::{Admitted, Answer, Caller, Check, Cx, Fault, Get, Handle, Placement, Target};

use crate::{Sns, limits, publish::Draft, records::Topic, topic::TopicName};

impl Handle<PublishBatch> for Sns {
    type Loaded = Topic;
    const ACTIONS: &'static [&'static str] = &["sns:Publish"];

    fn place(&self, caller: &Caller, input: &PublishBatchInput) -> Answer<Placement> {
        TopicName::of_arn(&input.topic_arn, "TopicArn")?.place(caller)
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &PublishBatchInput,
    ) -> Answer<Target<Topic>> {
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let topic = name.load(read).await?;
        let check =
            Check::new("sns:Publish", name.arn(), topic.account).policy(topic.policy(&caller.region)?);
        Ok(Target::one(check, topic))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<PublishBatch, Self>,
        input: PublishBatchInput,
    ) -> Answer<PublishBatchResponse> {
        check(&input)?;
        // What is wrong with one entry is answered for the whole request.
        let entries = input.publish_batch_request_entries.clone();
        let (mut ids, mut drafts) = (Vec::new(), Vec::new());
        for entry in entries {
            ids.push(entry.id.clone());
            drafts.push(Draft::of_entry(entry)?);
        }
        if drafts.iter().map(Draft::bytes).sum::<usize>() > at.loaded.message_bytes_max() {
            let text = "The length of all the messages put together is more than the limit.";
            return Err(Fault::new(&errors::BATCH_REQUEST_TOO_LONG_EXCEPTION, text));
        }
        let name = TopicName::of_arn(&input.topic_arn, "TopicArn")?;
        let published = self.publish_all(cx, &name, &at, &input, &drafts).await?;
        let each = ids.into_iter().zip(published).map(|(id, one)| PublishBatchResultEntry {
            id: Some(id),
            message_id: Some(one.id),
            sequence_number: one.sequence,
        });
        Ok(PublishBatchResponse { successful: Some(each.collect()), failed: Some(Vec::new()) })
    }
}

fn check(input: &PublishBatchInput) -> Answer<()> {
    let entries = &input.publish_batch_request_entries;
    if entries.is_empty() {
        let text = "The batch request doesn't contain any entries.";
        return Err(Fault::new(&errors::EMPTY_BATCH_REQUEST_EXCEPTION, text));
    }
    if entries.len() > limits::BATCH_ENTRIES_MAX {
        let text = "The batch request contains more entries than permissible.";
        return Err(Fault::new(&errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST_EXCEPTION, text));
    }
    for entry in entries {
        check_id(&entry.id)?;
    }
    let distinct: HashSet<_> = entries.iter().map(|e| &e.id).collect();
    if distinct.len() < entries.len() {
        let text = "Two or more batch entries in the request have the same Id.";
        return Err(Fault::new(&errors::BATCH_ENTRY_IDS_NOT_DISTINCT_EXCEPTION, text));
    }
    Ok(())
}

fn check_id(id: &str) -> Answer<()> {
    let wrong = |how: &str| {
        let text = format!("The Id of a batch entry in the batch request {how}: {id}");
        Err(Fault::new(&errors::INVALID_BATCH_ENTRY_ID_EXCEPTION, text))
    };
    if id.len() > 80 {
        return wrong("is too long");
    }
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
        return wrong("contains an impermissible character");
    }
    Ok(())
}
