//! CreateQueue: a queue, or the address of the one that is there with the same attributes.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>

use std::{collections::BTreeMap, sync::Arc};

use api_sqs::{CreateQueue, CreateQueueRequest, CreateQueueResult};
use floor::{Admitted, Answer, Caller, Check, Cx, Get, Handle, Placement, Target, Tx};

use crate::{
    Sqs, attributes::Settings, directory::Change, fault::Refused, names::QueueName, open::Open, records,
    records::Queue, tags,
};

impl Handle<CreateQueue> for Sqs {
    type Loaded = Option<Arc<Open>>;
    const ACTIONS: &'static [&'static str] = &["sqs:CreateQueue"];

    fn place(&self, caller: &Caller, input: &CreateQueueRequest) -> Answer<Placement> {
        Ok(named(caller, input)?.place(&caller.region))
    }

    async fn resource<R: Get>(
        &self,
        caller: &Caller,
        read: &R,
        input: &CreateQueueRequest,
    ) -> Answer<Target<Option<Arc<Open>>>> {
        let name = named(caller, input)?;
        let open = self.queues.find(read, &caller.region, &name).await?;
        Ok(Target::one(Check::new("sqs:CreateQueue", name.arn(&caller.region), name.account), open))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<CreateQueue, Self>,
        input: CreateQueueRequest,
    ) -> Answer<CreateQueueResult> {
        let name = &named(&cx.caller, &input)?;
        let url = name.url(&cx.caller.origin.base_url);
        let given = input.attributes.clone().unwrap_or_default();
        if let Some(open) = &*at.loaded {
            same(&open.queue, &given)?;
            return Ok(CreateQueueResult { queue_url: Some(url) });
        }
        let arn = name.arn(cx.region());
        if self.lag.as_ref().is_some_and(|lag| lag.is_blocked(&arn, cx.now().0)) {
            return Err(Refused::DeletedRecently.into());
        }
        let mut settings = Settings::new(name.is_fifo());
        settings.set(&given)?;
        self.check_settings(cx, name, None, &settings).await?;
        let tags = input.tags.clone().unwrap_or_default();
        tags::check(&tags)?;
        let queue = &self.make(cx, settings, tags);
        let (change, sender) = (&Change::of(name, cx.region()), &Change::sender(cx, name));
        let (region, at, input, given) = (&cx.region().clone(), &at, &input, &given);
        let run = |tx: Tx| async move {
            if let Some(open) = &*at.within(self, &tx, input).await? {
                same(&open.queue, given)?;
                return Ok(());
            }
            tx.save(&records::queue(name), queue);
            tx.outbox(change.entry(sender, region));
            Ok(())
        };
        cx.cell(&at.place).await?.transact(run).await?;
        self.list(cx, change).await?;
        Ok(CreateQueueResult { queue_url: Some(url) })
    }
}

impl Sqs {
    fn make(&self, cx: &Cx, settings: Settings, tags: BTreeMap<String, String>) -> Queue {
        let (random, now) = (&cx.env().random, cx.now().0);
        let instance = random.number();
        Queue {
            instance,
            secret: random.bytes16(),
            settings,
            tags,
            created_ms: now,
            modified_ms: now,
            purged_ms: 0,
            mixed_ages: false,
            key: self.queues.new_key(instance),
        }
    }
}

/// The queue that is asked for: `FifoQueue` and the end of the name must agree.
fn named(caller: &Caller, input: &CreateQueueRequest) -> Result<QueueName, Refused> {
    let attribute = input.attributes.as_ref().and_then(|a| a.get("FifoQueue"));
    let fifo = attribute.is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let name = QueueName::new(caller.account(), &input.queue_name)?;
    match (fifo, name.is_fifo()) {
        (true, false) => Err(Refused::FifoName),
        (false, true) if attribute.is_none() => Err(Refused::Name),
        _ => Ok(name),
    }
}

fn same(queue: &Queue, given: &BTreeMap<String, String>) -> Result<(), Refused> {
    match queue.settings.differs(given)? {
        Some(attribute) => Err(Refused::QueueExists(attribute)),
        None => Ok(()),
    }
}
