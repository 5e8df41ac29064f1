//! A block of its own, to see what the floor promises every block.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use api_sqs::{DeleteMessage, DeleteMessageRequest, SendMessage, SendMessageRequest, SendMessageResult};
use floor::{
    Admitted, Answer, As, Block, Caller, Cells, Check, Cx, Denial, Entry, Env, Fault, Floor, Get, Gone,
    Handle, Key, Lane, Placement, Registry, Service, Target, Tx, authorise::compiled, cells::Home,
};
use parking_lot::Mutex;
use wire::{Empty, Meta, ServiceMeta, Violation};

/// `SendMessage` notes the body; a body that begins with `to:` goes on to the queue named by the second word, by the
/// outbox. `DeleteMessage` takes the right to send away.
#[derive(Default)]
struct Echo {
    heard: Mutex<Vec<String>>,
    /// How many deliveries to `flaky` fail first.
    failures: AtomicUsize,
    /// Between admission and commit: somebody takes the right away.
    meanwhile: Mutex<Option<Box<dyn Fn() -> Boxed + Send>>>,
}

type Boxed = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

impl Block for Echo {
    const NAME: &'static str = "echo";
    const PRINCIPAL: &'static str = "echo.amazonaws.com";
    fn service() -> &'static ServiceMeta {
        &api_sqs::SERVICE
    }
    fn violated(_: &'static Meta, _: &[Violation]) -> Fault {
        Fault::coded("Violated", 400, "")
    }
    fn denied(denial: &Denial<'_>) -> Fault {
        Fault::coded("AccessDenied", 403, denial.action)
    }
}

fn rights() -> Key {
    Key::of("rights")
}

const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:q";

impl Handle<SendMessage> for Echo {
    type Loaded = String;
    const ACTIONS: &'static [&'static str] = &["sqs:SendMessage"];

    fn place(&self, caller: &Caller, input: &SendMessageRequest) -> Answer<Placement> {
        Ok(Placement::of(&caller.region, "queue", &input.queue_url))
    }

    async fn resource<R: Get>(&self, _: &Caller, read: &R, _: &SendMessageRequest) -> Answer<Target<String>> {
        let policy = read.get(&rights()).await?;
        let text = policy.map(|p| String::from_utf8_lossy(&p).into_owned()).unwrap_or_default();
        let policy = if text.is_empty() { None } else { Some(compiled(&text)?) };
        let owner = floor::AccountId::DEFAULT;
        Ok(Target::one(Check::new("sqs:SendMessage", ARN, owner).policy(policy), text))
    }

    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<SendMessage, Self>,
        input: SendMessageRequest,
    ) -> Answer<SendMessageResult> {
        if input.queue_url == "flaky" && self.failures.load(Ordering::SeqCst) > 0 {
            self.failures.fetch_sub(1, Ordering::SeqCst);
            return Err(Fault::coded("ServiceUnavailable", 503, ""));
        }
        if input.queue_url == "gone" {
            return Err(Fault::coded("NonExistentQueue", 400, ""));
        }
        let meanwhile = self.meanwhile.lock().as_ref().map(|f| f());
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        let sender =
            cx.sender(As::Service { source_arn: ARN.to_owned(), source_account: floor::AccountId::DEFAULT });
        let (place, region) = (at.place.clone(), cx.region().clone());
        let (at, input_ref, sender, region) = (&at, &input, &sender, &region);
        let write = |tx: Tx| async move {
            at.within(self, &tx, input_ref).await?;
            let mut words = input_ref.message_body.splitn(3, ' ');
            if words.next() == Some("to:") {
                let (to, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
                let onward = |to: &str| SendMessageRequest {
                    queue_url: to.to_owned(),
                    message_body: rest.to_owned(),
                    ..SendMessageRequest::default()
                };
                let entry = Entry::call::<SendMessage>(Lane::new(to, ""), sender, region, &onward(to));
                let dead = Entry::call::<SendMessage>(Lane::new("dead", ""), sender, region, &onward("dead"));
                tx.outbox(entry.otherwise(dead));
            }
            Ok(())
        };
        cx.cell(&place).await?.transact(write).await?;
        self.heard.lock().push(format!("{}: {}", input.queue_url, input.message_body));
        Ok(SendMessageResult::default())
    }
}

impl Handle<DeleteMessage> for Echo {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sqs:DeleteMessage"];
    fn place(&self, caller: &Caller, input: &DeleteMessageRequest) -> Answer<Placement> {
        Ok(Placement::of(&caller.region, "queue", &input.queue_url))
    }
    async fn resource<R: Get>(&self, _: &Caller, _: &R, _: &DeleteMessageRequest) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("sqs:DeleteMessage", ARN, floor::AccountId::DEFAULT), ()))
    }
    /// The receipt handle is the policy that is set.
    async fn handle(
        &self,
        cx: &mut Cx,
        at: Admitted<DeleteMessage, Self>,
        input: DeleteMessageRequest,
    ) -> Answer<Empty> {
        let policy = &input.receipt_handle;
        let write = |tx: Tx| async move {
            tx.put(&rights(), policy.clone().into_bytes());
            Ok(Empty)
        };
        cx.cell(&at.place).await?.transact(write).await
    }
}

struct House {
    floor: Arc<Floor>,
    echo: Arc<Echo>,
}

fn house(cells: u32) -> House {
    let env = Env::simulated(1);
    let echo = Arc::new(Echo::default());
    let service = Service::new(echo.clone(), &env.metrics).serve::<SendMessage>().serve::<DeleteMessage>();
    let registry = Registry::default().with(service);
    House {
        floor: Floor::lay(
            env.clone(),
            floor::Master::ephemeral(&env.random),
            Cells::new(env, Home::Memory, cells),
            registry,
        ),
        echo,
    }
}

impl House {
    fn cx(&self, who: floor::Identity) -> Cx {
        let caller = Caller {
            who: Arc::new(who),
            region: floor::Region::default(),
            via: Arc::new([]),
            origin: Arc::default(),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        Cx::new(&self.floor, caller, "r".into(), Gone::default())
    }

    fn root(&self) -> Cx {
        self.cx(floor::Identity::root(floor::AccountId::DEFAULT))
    }

    async fn send(&self, cx: &Cx, to: &str, body: &str) -> Answer<SendMessageResult> {
        let input = SendMessageRequest {
            queue_url: to.to_owned(),
            message_body: body.to_owned(),
            ..SendMessageRequest::default()
        };
        cx.call::<SendMessage>(As::Caller, &floor::Region::default(), input).await
    }

    async fn allow(&self, at: &str, policy: &str) {
        let input = DeleteMessageRequest { queue_url: at.to_owned(), receipt_handle: policy.to_owned() };
        self.root().call::<DeleteMessage>(As::Caller, &floor::Region::default(), input).await.unwrap();
    }

    /// Waits until that many were heard, turning the clock so that back-off passes.
    async fn heard(&self, count: usize) -> Vec<String> {
        for _ in 0..10_000 {
            if self.echo.heard.lock().len() >= count {
                break;
            }
            self.floor.env.clocks.steady.turn(Duration::from_millis(10));
            tokio::task::yield_now().await;
            std::thread::yield_now();
        }
        self.echo.heard.lock().clone()
    }
}

const ECHO_MAY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage",
    "Principal":{"Service":"echo.amazonaws.com"},"Resource":"*","Condition":{
    "ArnEquals":{"aws:SourceArn":"arn:aws:sqs:us-east-1:000000000000:q"}}}]}"#;

#[tokio::test]
async fn only_who_may_is_heard() {
    let house = house(3);
    house.send(&house.root(), "a", "hello").await.unwrap();
    let stranger = house.cx(floor::Identity::anonymous());
    assert_eq!(house.send(&stranger, "a", "me too").await.unwrap_err().code(), "AccessDenied");
    assert_eq!(*house.echo.heard.lock(), ["a: hello"]);
}

#[tokio::test]
async fn a_right_that_ends_before_the_commit_counts() {
    let house = Arc::new(house(1));
    let other = house.clone();
    house.allow("a", ECHO_MAY).await;
    *house.echo.meanwhile.lock() = Some(Box::new(move || {
        let other = other.clone();
        Box::pin(async move {
            let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Principal":"*","Resource":"*"}]}"#;
            other.allow("a", deny).await;
        })
    }));
    assert_eq!(house.send(&house.root(), "a", "late").await.unwrap_err().code(), "AccessDenied");
    assert!(house.echo.heard.lock().is_empty());
}

#[tokio::test]
async fn a_lane_keeps_its_order_and_waits_for_nobody_else() {
    let house = house(3);
    for queue in ["flaky", "quick"] {
        house.allow(queue, ECHO_MAY).await;
    }
    house.echo.failures.store(3, Ordering::SeqCst);
    let cx = house.root();
    for n in 0..5 {
        house.send(&cx, "from", &format!("to: flaky {n}")).await.unwrap();
        house.send(&cx, "from", &format!("to: quick {n}")).await.unwrap();
    }
    let heard = house.heard(20).await;
    for lane in ["flaky", "quick"] {
        let of_lane: Vec<_> = heard.iter().filter(|h| h.starts_with(&format!("{lane}: "))).collect();
        let expected: Vec<_> = (0..5).map(|n| format!("{lane}: {n}")).collect();
        assert_eq!(of_lane, expected.iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn what_is_refused_for_good_goes_to_its_fallback() {
    let house = house(3);
    house.allow("dead", ECHO_MAY).await;
    house.allow("gone", ECHO_MAY).await;
    // Not even allowed: refused as well.
    house.send(&house.root(), "from", "to: gone 1").await.unwrap();
    house.send(&house.root(), "from", "to: closed 2").await.unwrap();
    let heard = house.heard(4).await;
    let mut dead: Vec<_> = heard.iter().filter(|h| h.starts_with("dead")).collect();
    dead.sort();
    assert_eq!(dead, ["dead: 1", "dead: 2"]);
}

#[tokio::test]
async fn a_loop_of_deliveries_ends() {
    let house = house(1);
    house.allow("loop", ECHO_MAY).await;
    house.allow("dead", ECHO_MAY).await;
    let onward = "to: loop ".repeat(40) + "end";
    house.send(&house.root(), "loop", &onward).await.unwrap();
    let heard = house.heard(60).await;
    let looped = heard.iter().filter(|h| h.starts_with("loop")).count();
    assert!((10..=20).contains(&looped), "{looped}");
}
