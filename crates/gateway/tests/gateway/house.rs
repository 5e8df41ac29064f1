//! A gateway on a free port, in front of two small blocks that keep things in memory, under clocks that only the test
//! turns.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api_s3::{
    DeleteObjects, DeleteObjectsOutput, DeleteObjectsRequest, GetObject, GetObjectOutput, GetObjectRequest,
    HeadObject, HeadObjectOutput, HeadObjectRequest, PutObject, PutObjectOutput, PutObjectRequest,
};
use api_sqs::{
    ReceiveMessage, ReceiveMessageRequest, ReceiveMessageResult, SendMessage, SendMessageRequest,
    SendMessageResult,
};
use auth::{AccountId, AuthError, Credential, Identities, Identity, Verifier};
use floor::{
    Admitted, Answer, Block, Caller, Cells, Check, Cx, Denial, Env, Fault, Floor, Get, Handle, Placement,
    Registry, Service, Target, cells::Home,
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use gateway::{Config, Gateway, Left, bind};
use parking_lot::Mutex;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Notify, oneshot},
    task::JoinHandle,
};
use wire::{Meta, ServiceMeta, Stream, Violation};

/// Keeps objects by `bucket/key`.
#[derive(Default)]
pub(crate) struct Objects {
    pub(crate) kept: Mutex<HashMap<String, Kept>>,
    /// A put of the key `slow` waits for this between its body and its commit.
    pub(crate) release: Notify,
    pub(crate) waiting: Notify,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) bytes: Vec<u8>,
    pub(crate) encoding: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) metadata: Option<wire::Map<String>>,
    pub(crate) length: Option<i64>,
    pub(crate) crc32: Option<String>,
    pub(crate) region: String,
    pub(crate) base_url: String,
}

impl Block for Objects {
    const NAME: &'static str = "objects";
    const PRINCIPAL: &'static str = "s3.amazonaws.com";
    fn service() -> &'static ServiceMeta {
        &api_s3::SERVICE
    }
    fn violated(_: &'static Meta, _: &[Violation]) -> Fault {
        Fault::coded("InvalidArgument", 400, "")
    }
    fn denied(_: &Denial<'_>) -> Fault {
        Fault::coded("AccessDenied", 403, "Access Denied")
    }
}

/// What all operations here share: one place, and the owner may do everything.
macro_rules! owned {
    ($input:ty, $action:literal) => {
        type Loaded = ();
        const ACTIONS: &'static [&'static str] = &[$action];
        fn place(&self, caller: &Caller, _: &$input) -> Answer<Placement> {
            Ok(Placement::directory(&caller.region))
        }
        async fn resource<R: Get>(&self, _: &Caller, _: &R, _: &$input) -> Answer<Target<()>> {
            Ok(Target::one(Check::new($action, "arn:aws:s3:::any", AccountId::DEFAULT), ()))
        }
    };
}

impl Handle<PutObject> for Objects {
    owned!(PutObjectRequest, "s3:PutObject");
    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<PutObject, Self>,
        input: PutObjectRequest,
    ) -> Answer<PutObjectOutput> {
        let trailers = input.body.trailers();
        let mut body = input.body.take().expect("an upload has a body");
        let mut bytes = Vec::new();
        while let Some(part) = body.next().await {
            bytes.extend_from_slice(&part.map_err(Fault::from)?);
            if input.key == "stalled" {
                self.waiting.notify_one();
            }
        }
        if input.key == "slow" {
            self.waiting.notify_one();
            self.release.notified().await;
        }
        let crc32 = trailers.get(&"x-amz-checksum-crc32".parse().expect("a name"));
        let kept = Kept {
            bytes,
            encoding: input.content_encoding,
            content_type: input.content_type,
            metadata: input.metadata,
            length: input.content_length,
            crc32,
            region: cx.region().to_string(),
            base_url: cx.caller.origin.base_url.clone(),
        };
        self.kept.lock().insert(format!("{}/{}", input.bucket, input.key), kept);
        Ok(PutObjectOutput { etag: Some("\"e\"".to_owned()), ..PutObjectOutput::default() })
    }
}

fn no_such_key() -> Fault {
    Fault::coded("NoSuchKey", 404, "The specified key does not exist.")
}

impl Handle<GetObject> for Objects {
    owned!(GetObjectRequest, "s3:GetObject");
    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<GetObject, Self>,
        input: GetObjectRequest,
    ) -> Answer<GetObjectOutput> {
        let found = self.kept.lock().get(&format!("{}/{}", input.bucket, input.key)).cloned();
        let bytes = bytes::Bytes::from(found.ok_or_else(no_such_key)?.bytes);
        let content_length = Some(bytes.len() as i64);
        Ok(GetObjectOutput { content_length, body: Stream::from(bytes), ..GetObjectOutput::default() })
    }
}

impl Handle<HeadObject> for Objects {
    owned!(HeadObjectRequest, "s3:GetObject");
    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<HeadObject, Self>,
        input: HeadObjectRequest,
    ) -> Answer<HeadObjectOutput> {
        let found = self.kept.lock().get(&format!("{}/{}", input.bucket, input.key)).cloned();
        let content_length = Some(found.ok_or_else(no_such_key)?.bytes.len() as i64);
        Ok(HeadObjectOutput { content_length, ..HeadObjectOutput::default() })
    }
}

impl Handle<DeleteObjects> for Objects {
    owned!(DeleteObjectsRequest, "s3:DeleteObject");
    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<DeleteObjects, Self>,
        input: DeleteObjectsRequest,
    ) -> Answer<DeleteObjectsOutput> {
        for object in &input.delete.objects {
            self.kept.lock().remove(&format!("{}/{}", input.bucket, object.key));
        }
        Ok(DeleteObjectsOutput::default())
    }
}

/// Queues that never have a message: a receive waits until its client is gone.
#[derive(Default)]
pub(crate) struct Queues {
    pub(crate) waiting: Notify,
    pub(crate) ended: AtomicUsize,
}

impl Block for Queues {
    const NAME: &'static str = "queues";
    const PRINCIPAL: &'static str = "sqs.amazonaws.com";
    fn service() -> &'static ServiceMeta {
        &api_sqs::SERVICE
    }
    fn takes_unsigned(_: &'static Meta) -> bool {
        true
    }
    fn violated(_: &'static Meta, _: &[Violation]) -> Fault {
        Fault::coded("InvalidParameterValue", 400, "")
    }
    fn denied(denial: &Denial<'_>) -> Fault {
        Fault::coded("AccessDenied", 403, denial.action)
    }
}

impl Handle<SendMessage> for Queues {
    owned!(SendMessageRequest, "sqs:SendMessage");
    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<SendMessage, Self>,
        input: SendMessageRequest,
    ) -> Answer<SendMessageResult> {
        assert!(input.message_body != "panic", "as asked");
        let said = format!("{} {} {}", input.queue_url, input.message_body, cx.region());
        Ok(SendMessageResult { message_id: Some(said), ..SendMessageResult::default() })
    }
}

impl Handle<ReceiveMessage> for Queues {
    owned!(ReceiveMessageRequest, "sqs:ReceiveMessage");
    async fn handle(
        &self,
        cx: &mut Cx,
        _: Admitted<ReceiveMessage, Self>,
        _: ReceiveMessageRequest,
    ) -> Answer<ReceiveMessageResult> {
        self.waiting.notify_one();
        cx.gone().wait().await;
        self.ended.fetch_add(1, Ordering::SeqCst);
        Ok(ReceiveMessageResult::default())
    }
}

/// Knows `test`/`test`.
struct Root;

impl Identities for Root {
    fn find<'a>(
        &'a self,
        key: &'a str,
        _: Option<&'a str>,
        _: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        let root = || Credential {
            secret: "test".into(),
            identity: Arc::new(Identity::root(AccountId::DEFAULT).with_access_key("test")),
            generation: 0,
            is_taken_at_its_word: false,
            is_public: true,
        };
        let found = if key == "test" { Ok(root()) } else { Err(AuthError::UnknownKey(key.to_owned())) };
        std::future::ready(found).boxed()
    }
}

pub(crate) struct House {
    pub(crate) env: Env,
    pub(crate) objects: Arc<Objects>,
    pub(crate) queues: Arc<Queues>,
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<std::io::Result<Left>>>,
}

impl House {
    pub(crate) fn new(config: Config) -> Self {
        let env = Env::simulated(1);
        let (objects, queues) = (Arc::new(Objects::default()), Arc::new(Queues::default()));
        let s3 = Service::new(objects.clone(), &env.metrics)
            .serve::<PutObject>()
            .serve::<GetObject>()
            .serve::<HeadObject>()
            .serve::<DeleteObjects>();
        let sqs = Service::new(queues.clone(), &env.metrics).serve::<SendMessage>().serve::<ReceiveMessage>();
        let registry = Registry::default().with(s3).with(sqs);
        let floor = Floor::lay(
            env.clone(),
            floor::Master::ephemeral(&env.random),
            Cells::new(env.clone(), Home::Memory, 1),
            registry,
        );
        let gateway = Gateway::new(floor, Verifier::new(Arc::new(Root)), config);
        let listener = bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(gateway.serve(vec![listener], async move {
            let _ = stopped.await;
        }));
        Self { env, objects, queues, address, stop: Some(stop), serving: Some(serving) }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("the gateway listens")
    }

    /// Sends requests on one connection, closing its sending half or not, and reads all that is answered.
    pub(crate) async fn exchange(&self, sent: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect().await;
        stream.write_all(sent.as_ref()).await.expect("sent");
        read_all(&mut stream).await
    }

    /// Begins to end, as on a signal.
    pub(crate) fn stop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
    }

    pub(crate) fn has_stopped(&self) -> bool {
        self.serving.as_ref().is_some_and(JoinHandle::is_finished)
    }

    pub(crate) async fn stopped(&mut self) -> Left {
        self.serving.take().expect("not asked before").await.expect("no panic").expect("served")
    }

    /// Turns the clock a second at a time until `done`; how many seconds that took.
    pub(crate) async fn turn_until<T>(&self, mut done: impl FnMut() -> Option<T>) -> (u64, T) {
        for seconds in 0..600 {
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
            if let Some(value) = done() {
                return (seconds, value);
            }
            self.env.clocks.steady.turn(Duration::from_secs(1));
        }
        panic!("it never happened");
    }
}

pub(crate) async fn read_all(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).await.expect("an answer");
    String::from_utf8_lossy(&heard).into_owned()
}

/// Reads one answer's head and as much body as its length says.
pub(crate) async fn read_one(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    loop {
        assert!(stream.read_buf(&mut heard).await.expect("an answer") > 0, "closed early: {heard:?}");
        let text = String::from_utf8_lossy(&heard).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .lines()
            .find_map(|l| l.strip_prefix("content-length: "))
            .map_or(0, |n| n.parse().expect("a length"));
        if body.len() >= length {
            return text;
        }
    }
}
