//! A process with the SQS block alone, on clocks that only the test turns.

#![allow(dead_code, unreachable_pub, reason = "shared by the test files, of which not all use all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{path::Path, sync::Arc, time::Duration};

use api_sqs::*;
use floor::{
    AccountId, Answer, As, Caller, Cells, Cx, Env, Floor, Gone, Identity, Master, Region, Registry,
    cells::Home, cx::Origin,
};
use sqs::Sqs;
use wire::{Map, Operation};

/// A process.
pub struct World {
    pub env: Env,
    pub floor: Arc<Floor>,
}

pub fn region() -> Region {
    "eu-west-1".parse().unwrap()
}

pub fn root() -> Identity {
    Identity::root(AccountId::DEFAULT)
}

impl World {
    /// One that forgets, with this many cells.
    pub fn new(cells: u32) -> Self {
        let env = Env::simulated(1);
        let seal = Master::ephemeral(&env.random);
        Self::on(env, seal, Home::Memory, cells)
    }

    /// One whose data is under `at`, on the real disk.
    pub fn at(at: &Path, cells: u32) -> Self {
        let env = Env { disk: Arc::new(env::RealDisk), ..Env::simulated(2) };
        let seal = Master::ephemeral(&env.random);
        Self::on(env, seal, Home::Directory(at.to_owned()), cells)
    }

    pub fn on(env: Env, seal: Master, home: Home, cells: u32) -> Self {
        let sqs = Sqs::new(&env, &seal);
        Self::of(sqs, env, seal, home, cells)
    }

    /// One that forgets, with a block that is told how to behave.
    pub fn mannered(how: impl FnOnce(Sqs) -> Sqs) -> Self {
        let env = Env::simulated(1);
        let seal = Master::ephemeral(&env.random);
        let sqs = how(Sqs::new(&env, &seal));
        Self::of(sqs, env, seal, Home::Memory, 1)
    }

    fn of(sqs: Sqs, env: Env, seal: Master, home: Home, cells: u32) -> Self {
        let registry = Registry::default().with(sqs::service(Arc::new(sqs), &env.metrics));
        let floor = Floor::lay(env.clone(), seal, Cells::new(env.clone(), home, cells), registry);
        Self { env, floor }
    }

    /// The same data in another process. (The clocks go on.)
    pub async fn restart(self, at: &Path, cells: u32) -> Self {
        let Self { env, floor } = self;
        floor.cells.close().await;
        let seal = floor.seal.clone();
        drop(floor);
        let before = env.clocks.clone();
        Self::on(Env { clocks: before, ..env }, seal, Home::Directory(at.to_owned()), cells)
    }

    pub fn cx(&self, who: Identity, gone: &Gone) -> Cx {
        let origin = Origin { base_url: "http://sqs.test".into(), ..Origin::default() };
        let caller = Caller {
            who: Arc::new(who),
            region: region(),
            via: Arc::new([]),
            origin: Arc::new(origin),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        Cx::new(&self.floor, caller, "request".into(), gone.clone())
    }

    pub async fn call<O: Operation>(&self, input: O::Input) -> Answer<O::Output> {
        self.call_as::<O>(root(), input).await
    }

    pub async fn call_as<O: Operation>(&self, who: Identity, input: O::Input) -> Answer<O::Output> {
        self.cx(who, &Gone::default()).call::<O>(As::Caller, &region(), input).await
    }

    /// The code and message that a call is refused with.
    pub async fn refused<O: Operation>(&self, input: O::Input) -> (String, String) {
        let fault = self.call::<O>(input).await.err().expect("the call is refused");
        (fault.code().to_owned(), fault.message().to_owned())
    }

    /// Turns service and steady time.
    pub fn turn(&self, seconds: u64) {
        self.turn_ms(seconds * 1000);
    }

    pub fn turn_ms(&self, ms: u64) {
        self.env.clocks.service.turn(Duration::from_millis(ms));
        self.env.clocks.steady.turn(Duration::from_millis(ms));
    }

    pub async fn create(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let input =
            CreateQueueRequest { queue_name: name.into(), attributes: map(attributes), ..Default::default() };
        self.call::<CreateQueue>(input).await.unwrap().queue_url.unwrap()
    }

    pub async fn send(&self, url: &str, body: &str) -> SendMessageResult {
        self.call::<SendMessage>(message(url, body)).await.unwrap()
    }

    pub async fn receive(&self, url: &str, max: i32) -> Vec<Message> {
        let input = ReceiveMessageRequest {
            queue_url: url.into(),
            max_number_of_messages: Some(max),
            attribute_names: Some(vec!["All".into()]),
            message_attribute_names: Some(vec!["All".into()]),
            ..Default::default()
        };
        self.call::<ReceiveMessage>(input).await.unwrap().messages.unwrap_or_default()
    }

    pub async fn bodies(&self, url: &str, max: i32) -> Vec<String> {
        self.receive(url, max).await.into_iter().map(|m| m.body.unwrap()).collect()
    }

    pub async fn delete(&self, url: &str, message: &Message) -> Answer<wire::Empty> {
        let receipt_handle = message.receipt_handle.clone().unwrap();
        self.call::<DeleteMessage>(DeleteMessageRequest { queue_url: url.into(), receipt_handle }).await
    }

    pub async fn hide(&self, url: &str, message: &Message, seconds: i32) -> Answer<wire::Empty> {
        let input = ChangeMessageVisibilityRequest {
            queue_url: url.into(),
            receipt_handle: message.receipt_handle.clone().unwrap(),
            visibility_timeout: seconds,
        };
        self.call::<ChangeMessageVisibility>(input).await
    }

    pub async fn attributes(&self, url: &str) -> Map<String> {
        let input =
            GetQueueAttributesRequest { queue_url: url.into(), attribute_names: Some(vec!["All".into()]) };
        self.call::<GetQueueAttributes>(input).await.unwrap().attributes.unwrap_or_default()
    }

    /// Visible, in flight, delayed.
    pub async fn counts(&self, url: &str) -> (u64, u64, u64) {
        let all = self.attributes(url).await;
        let n = |name: &str| all[name].parse().unwrap();
        (
            n("ApproximateNumberOfMessages"),
            n("ApproximateNumberOfMessagesNotVisible"),
            n("ApproximateNumberOfMessagesDelayed"),
        )
    }
}

pub fn message(url: &str, body: &str) -> SendMessageRequest {
    SendMessageRequest { queue_url: url.into(), message_body: body.into(), ..Default::default() }
}

pub fn fifo(url: &str, body: &str, group: &str, id: &str) -> SendMessageRequest {
    SendMessageRequest {
        message_group_id: Some(group.into()),
        message_deduplication_id: Some(id.into()),
        ..message(url, body)
    }
}

pub fn map(pairs: &[(&str, &str)]) -> Option<Map<String>> {
    let owned = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
    (!pairs.is_empty()).then(|| pairs.iter().map(owned).collect())
}

pub fn body(message: &Message) -> &str {
    message.body.as_deref().unwrap_or_default()
}
