//! A floor with the block, and a queue beside it that notes what it is sent.

use std::{sync::Arc, time::Duration};

use api_s3::*;
use api_sqs::{SendMessage, SendMessageRequest, SendMessageResult};
use bytes::{Bytes, BytesMut};
use floor::{
    AccountId, Admitted, Answer, As, Block, Caller, Cells, Check, Cx, Denial, Env, Fault, Floor, Get, Gone,
    Handle, Identity, Placement, Region, Registry, Service, Target, authorise::compiled, cells::Home,
};
use futures_util::StreamExt as _;
use parking_lot::Mutex;
use s3::S3;
use wire::{Meta, Operation, ServiceMeta, Stream, Violation};

/// A queue that takes what its policy lets in.
#[derive(Default)]
pub struct Queue {
    pub policy: Mutex<Option<String>>,
    pub heard: Mutex<Vec<String>>,
}

pub const QUEUE_ARN: &str = "arn:aws:sqs:us-east-1:000000000000:q";

impl Block for Queue {
    const NAME: &'static str = "queue";
    const PRINCIPAL: &'static str = "sqs.amazonaws.com";
    fn service() -> &'static ServiceMeta {
        &api_sqs::SERVICE
    }
    fn violated(_: &'static Meta, _: &[Violation]) -> Fault {
        Fault::coded("Violated", 400, "")
    }
    fn denied(_: &Denial<'_>) -> Fault {
        Fault::coded("AccessDenied", 403, "")
    }
}

impl Handle<SendMessage> for Queue {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sqs:SendMessage"];

    fn place(&self, caller: &Caller, input: &SendMessageRequest) -> Answer<Placement> {
        Ok(Placement::of(&caller.region, "queue", &input.queue_url))
    }
    async fn resource<R: Get>(&self, _: &Caller, _: &R, input: &SendMessageRequest) -> Answer<Target<()>> {
        if !input.queue_url.ends_with("/000000000000/q") {
            return Err(Fault::coded("AWS.SimpleQueueService.NonExistentQueue", 400, ""));
        }
        let policy = self.policy.lock().clone().map(|p| compiled(&p)).transpose()?;
        Ok(Target::one(Check::new("sqs:SendMessage", QUEUE_ARN, AccountId::DEFAULT).policy(policy), ()))
    }
    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<SendMessage, Self>,
        input: SendMessageRequest,
    ) -> Answer<SendMessageResult> {
        self.heard.lock().push(input.message_body);
        Ok(SendMessageResult::default())
    }
}

pub struct House {
    pub floor: Arc<Floor>,
    pub queue: Arc<Queue>,
    pub who: Identity,
    pub region: Region,
}

/// A house with so many cells in each region.
pub fn house(cells: u32) -> House {
    let env = Env::simulated(1);
    let queue = Arc::new(Queue::default());
    let seal = floor::Master::ephemeral(&env.random);
    let s3 = s3::service(Arc::new(S3::new(&env, &seal)), &env.metrics);
    let queues = Service::new(queue.clone(), &env.metrics).serve::<SendMessage>();
    let registry = Registry::default().with(s3).with(queues);
    let floor = Floor::lay(env.clone(), seal, Cells::new(env, Home::Memory, cells), registry);
    House { floor, queue, who: Identity::root(AccountId::DEFAULT), region: Region::default() }
}

/// As many cells as tests run with.
pub const CELLS: [u32; 2] = [1, 3];

impl House {
    pub fn cx(&self) -> Cx {
        let caller = Caller {
            who: Arc::new(self.who.clone()),
            region: self.region.clone(),
            via: Arc::new([]),
            origin: Arc::default(),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        Cx::new(&self.floor, caller, "r".into(), Gone::default())
    }

    /// The same house, for somebody else.
    pub fn seen_by(&self, who: Identity) -> Self {
        Self { floor: self.floor.clone(), queue: self.queue.clone(), who, region: self.region.clone() }
    }

    /// The same house, in another region.
    pub fn in_region(&self, region: &str) -> Self {
        let region = region.parse().unwrap();
        Self { floor: self.floor.clone(), queue: self.queue.clone(), who: self.who.clone(), region }
    }

    pub async fn call<O: Operation>(&self, input: O::Input) -> Answer<O::Output> {
        self.cx().call::<O>(As::Caller, &self.region, input).await
    }

    pub async fn bucket(&self, name: &str) {
        let input = CreateBucketRequest { bucket: name.into(), ..Default::default() };
        self.call::<CreateBucket>(input).await.unwrap();
    }

    pub async fn version(&self, bucket: &str, status: &str) {
        let input = PutBucketVersioningRequest {
            bucket: bucket.into(),
            versioning_configuration: VersioningConfiguration {
                status: Some(status.into()),
                ..Default::default()
            },
            ..Default::default()
        };
        self.call::<PutBucketVersioning>(input).await.unwrap();
    }

    pub async fn put(&self, bucket: &str, key: &str, body: impl Into<Bytes>) -> PutObjectOutput {
        self.call::<PutObject>(put(bucket, key, body)).await.unwrap()
    }

    pub async fn get(&self, bucket: &str, key: &str) -> Answer<Bytes> {
        self.read(get(bucket, key)).await
    }

    pub async fn read(&self, input: GetObjectRequest) -> Answer<Bytes> {
        whole(self.call::<GetObject>(input).await?.body).await
    }

    pub async fn delete(&self, bucket: &str, key: &str, version_id: Option<&str>) -> DeleteObjectOutput {
        let input = DeleteObjectRequest {
            bucket: bucket.into(),
            key: key.into(),
            version_id: version_id.map(Into::into),
            ..Default::default()
        };
        self.call::<DeleteObject>(input).await.unwrap()
    }

    pub async fn keys(&self, bucket: &str) -> Vec<String> {
        let input = ListObjectsV2Request { bucket: bucket.into(), ..Default::default() };
        let listed = self.call::<ListObjectsV2>(input).await.unwrap();
        listed.contents.unwrap_or_default().into_iter().map(|o| o.key.unwrap()).collect()
    }

    /// Waits until the queue has heard as many messages, turning the clock so that back-off passes.
    pub async fn heard(&self, count: usize) -> Vec<serde_json::Value> {
        self.until(|| self.queue.heard.lock().len() >= count).await;
        self.queue.heard.lock().iter().map(|m| serde_json::from_str(m).unwrap()).collect()
    }

    pub async fn until(&self, done: impl Fn() -> bool) {
        for _ in 0..100_000 {
            if done() {
                return;
            }
            self.floor.env.clocks.steady.turn(Duration::from_millis(10));
            tokio::task::yield_now().await;
            std::thread::yield_now();
        }
        panic!("it did not come to pass");
    }

    /// How many blobs there are in all cells.
    pub async fn blobs(&self) -> usize {
        // Blobs that were finished just now are not listed: an owner may be on its way.
        self.floor.env.clocks.steady.turn(Duration::from_secs(600));
        let mut count = 0;
        for cell in self.floor.cells.opened() {
            let far = floor::Timestamp(u64::MAX / 2);
            count += cell.blobs().list_older(far, None, 10_000).await.unwrap().len();
        }
        count
    }
}

pub fn put(bucket: &str, key: &str, body: impl Into<Bytes>) -> PutObjectRequest {
    PutObjectRequest {
        bucket: bucket.into(),
        key: key.into(),
        body: Stream::from(body.into()),
        ..Default::default()
    }
}

pub fn get(bucket: &str, key: &str) -> GetObjectRequest {
    GetObjectRequest { bucket: bucket.into(), key: key.into(), ..Default::default() }
}

pub async fn whole(body: Stream) -> Answer<Bytes> {
    let mut out = BytesMut::new();
    let Some(mut chunks) = body.take() else { return Ok(out.freeze()) };
    while let Some(chunk) = chunks.next().await {
        out.extend_from_slice(&chunk?);
    }
    Ok(out.freeze())
}

/// Bytes that differ from those of another seed.
pub fn bytes(seed: u64, length: usize) -> Bytes {
    let random = floor::Env::simulated(seed).random;
    let mut out = vec![0; length];
    random.fill(&mut out);
    out.into()
}

impl House {
    /// How many blobs there are once there are as few as `expected`, or after a while.
    pub async fn blobs_soon(&self, expected: usize) -> usize {
        for _ in 0..1000 {
            if self.blobs().await <= expected {
                break;
            }
            tokio::task::yield_now().await;
            std::thread::yield_now();
        }
        self.blobs().await
    }
}
