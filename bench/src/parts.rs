//! What single parts of a request cost: CPU time of the crates that the server is made of, measured in this process.

use std::{collections::HashMap, error::Error, fmt::Write as _, hint::black_box, sync::Arc, time::Duration};

use api_sqs::{SendMessage, SendMessageRequest, SendMessageResult};
use auth::{Credential, Identities, Scheme, Verifier};
use env::{Random, Timestamp};
use floor::{
    AccountId, Admitted, Answer, Attached, Block, Caller, Cells, Check, Cx, Denial, Env, Fault, Floor, Get,
    Gone, Handle, Identity, Master, Placement, Region, Registry, Rights, RightsOf, Target, cells::Home,
    cx::Origin,
};
use futures_util::{FutureExt as _, future::BoxFuture};
use kumiki_bench::sign::Signer;
use policy::{Policy, Principal, Request, Usage, request::Account};
use rustix::time::{ClockId, clock_gettime};
use seal::MessageKey;
use wire::{Meta, ServiceMeta, Violation};

use crate::objects::{GET_SMALL, PUT_SMALL};

const POLICIES: usize = 20;
const ACCOUNT: &str = "111122223333";
const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "test";
const USER: &str = "ann";
/// What the last of the policies allows.
const QUEUE: &str = "arn:aws:sqs:us-east-1:111122223333:team-19-work";
/// 2026-11-21, when the measured request was signed.
const NOW_S: u64 = 1_795_219_200;

/// Policies as people attach them: some actions on some resources, one variable, and in every fifth a condition; the first
/// allows as many other actions as AWS's ReadOnlyAccess.
fn policies() -> Result<Vec<Attached>, Box<dyn Error>> {
    let parse = |n: usize| {
        let mut text = String::from(r#"{"Version": "2012-10-17", "Statement": ["#);
        if n.is_multiple_of(5) {
            text.push_str(
                r#"{"Sid": "InTheClear", "Effect": "Deny", "Action": "*", "Resource": "*",
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}}},"#,
            );
        }
        if n == 0 {
            let actions: Vec<_> = (0..2700).map(|at| format!("\"s{}:Describe{at}*\"", at % 200)).collect();
            let actions = actions.join(",");
            write!(text, r#"{{"Sid": "Look", "Effect": "Allow", "Action": [{actions}], "Resource": "*"}},"#)?;
        }
        write!(
            text,
            r#"{{"Sid": "Files", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:List*"],
                "Resource": ["arn:aws:s3:::team-{n}", "arn:aws:s3:::team-{n}/${{aws:username}}/*"]}},
               {{"Sid": "Work", "Effect": "Allow",
                "Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
                "Resource": "arn:aws:sqs:*:{ACCOUNT}:team-{n}-*"}}]}}"#
        )?;
        Ok(Attached {
            name: format!("policy-{n}").into(),
            policy: Arc::new(Policy::parse_as(&text, Usage::Identity)?),
        })
    };
    (0..POLICIES).map(parse).collect()
}

/// One user, and what it may do.
struct Ann {
    who: Arc<Identity>,
    rights: Arc<Rights>,
}

impl Identities for Ann {
    fn find<'a>(
        &'a self,
        _: &'a str,
        _: Option<&'a str>,
        _: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, auth::AuthError>> {
        let (secret, identity) = (SECRET.to_owned(), self.who.clone());
        std::future::ready(Ok(Credential {
            secret: secret.into(),
            identity,
            generation: 1,
            is_taken_at_its_word: false,
            is_public: false,
        }))
        .boxed()
    }
}

impl RightsOf for Ann {
    fn at_hand(&self, _: &Identity, _: &Region) -> Option<Arc<Rights>> {
        Some(self.rights.clone())
    }

    fn find<'a>(&'a self, _: &'a Identity, _: &'a Region) -> BoxFuture<'a, Answer<Arc<Rights>>> {
        std::future::ready(Ok(self.rights.clone())).boxed()
    }
}

/// A block of one operation, which asks one question.
struct Desk;

impl Block for Desk {
    const NAME: &'static str = "desk";
    const PRINCIPAL: &'static str = "desk.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_sqs::SERVICE
    }

    fn violated(_: &'static Meta, _: &[Violation]) -> Fault {
        Fault::coded("Violated", 400, "")
    }

    fn denied(denial: &Denial<'_>) -> Fault {
        Fault::coded("AccessDenied", 403, denial.message())
    }
}

impl Handle<SendMessage> for Desk {
    type Loaded = ();
    const ACTIONS: &'static [&'static str] = &["sqs:SendMessage"];

    fn place(&self, caller: &Caller, _: &SendMessageRequest) -> Answer<Placement> {
        Ok(Placement::directory(&caller.region))
    }

    async fn resource<R: Get>(&self, caller: &Caller, _: &R, _: &SendMessageRequest) -> Answer<Target<()>> {
        Ok(Target::one(Check::new("sqs:SendMessage", QUEUE, caller.account()), ()))
    }

    async fn handle(
        &self,
        _: &mut Cx,
        _: Admitted<SendMessage, Self>,
        _: SendMessageRequest,
    ) -> Answer<SendMessageResult> {
        Ok(SendMessageResult::default())
    }
}

/// Everything between a request's head and its handler that asks who it is and what it may.
struct Gate {
    verifier: Verifier,
    floor: Arc<Floor>,
    head: http::request::Parts,
    body: Vec<u8>,
    origin: Arc<Origin>,
}

impl Gate {
    fn new() -> Result<Self, Box<dyn Error>> {
        let account: AccountId = ACCOUNT.parse()?;
        let who = Arc::new(Identity::user(account, "/", USER, "AIDAEXAMPLE").with_access_key(KEY));
        let rights = Arc::new(Rights { identity: policies()?, ..Rights::default() });
        let ann = Arc::new(Ann { who, rights });
        let env = Env::simulated(1);
        let cells = Cells::new(env.clone(), Home::Memory, 1);
        let floor = Floor::lay(env.clone(), Master::ephemeral(&env.random), cells, Registry::default());
        let rights: Arc<dyn RightsOf> = ann.clone();
        floor.rights.set(rights).map_err(|_| "rights were set")?;
        let body = serde_json::json!({"QueueUrl": QUEUE, "MessageBody": "x".repeat(256)}).to_string();
        let signer = Signer::new("sqs", "localhost", NOW_S);
        let headers =
            [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "AmazonSQS.SendMessage")];
        let request = signer.request("POST", "/", "", &headers, body.as_bytes());
        let head = head(&String::from_utf8(request)?)?;
        let origin =
            Arc::new(Origin { source_ip: "127.0.0.1".to_owned(), secure: true, ..Origin::default() });
        Ok(Self { verifier: Verifier::new(ann), floor, head, body: body.into(), origin })
    }

    /// From the head to the answer that the caller may.
    async fn pass(&self, input: &SendMessageRequest) -> Result<(), Box<dyn Error>> {
        let scheme = Scheme::service("sqs", &self.body);
        let verified = self.verifier.verify(&self.head, Timestamp(NOW_S * 1000), scheme).await;
        let verified = verified.map_err(|e| format!("{e:?}"))?;
        let caller = Caller {
            who: verified.identity,
            region: Region::default(),
            via: Arc::new([]),
            origin: self.origin.clone(),
            signed: floor::cx::Signed::default(),
            through: None,
        };
        let cx = Cx::new(&self.floor, caller, "request".into(), Gone::default());
        black_box(cx.admit::<SendMessage, Desk>(&Desk, input).await.map_err(|f| f.message().to_owned())?);
        Ok(())
    }
}

/// The head of a request on the wire.
fn head(text: &str) -> Result<http::request::Parts, Box<dyn Error>> {
    let mut lines = text.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let mut request = http::Request::builder().method(method).uri(target);
    for (name, value) in lines.map_while(|line| line.split_once(": ")) {
        request = request.header(name, value);
    }
    Ok(request.body(())?.into_parts().0)
}

/// CPU time of this thread.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

/// Nanoseconds of CPU for one run of `work`: the median of rounds that last `time` together.
fn measured(
    time: Duration,
    mut work: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    const ROUNDS: u32 = 15;
    let mut figures = Vec::new();
    for _ in 0..ROUNDS {
        let (began, mut runs) = (cpu(), 0_u32);
        let took = loop {
            for _ in 0..64 {
                work()?;
            }
            runs += 64;
            let took = cpu().saturating_sub(began);
            if took >= time / ROUNDS {
                break took;
            }
        };
        figures.push(took.as_nanos() as f64 / f64::from(runs));
    }
    figures.sort_unstable_by(f64::total_cmp);
    Ok(figures[figures.len() / 2])
}

fn decision(time: Duration) -> Result<f64, Box<dyn Error>> {
    let policies = policies()?;
    let arn = format!("arn:aws:iam::{ACCOUNT}:user/{USER}");
    let account = Account { id: ACCOUNT, canonical_id: "" };
    let keys = [("aws:username", USER), ("aws:securetransport", "true")];
    let request = Request {
        principal: Principal::User { account, arn: &arn },
        action: "sqs:SendMessage",
        resource: QUEUE,
        context: &&keys[..],
    };
    measured(time, || {
        let decision = policy::decide(black_box(&policies), black_box(&request));
        if decision.is_allow() { Ok(()) } else { Err(format!("{decision:?}").into()) }
    })
}

fn gate(time: Duration) -> Result<f64, Box<dyn Error>> {
    let (gate, input) = (Gate::new()?, SendMessageRequest::default());
    tokio::runtime::Handle::current().block_on(gate.pass(&input))?;
    // Nothing in it waits any more: the cell is open and in memory.
    measured(time, || gate.pass(black_box(&input)).now_or_never().unwrap_or(Err("it waited".into())))
}

/// What binds a small object to its place is about as long: bucket, key, entity tag.
const PLACE: &[u8] = b"bench/small-100 900150983cd24fb0d6963f7d28e17f72";

fn sealing(time: Duration) -> Result<f64, Box<dyn Error>> {
    let (key, plain, random) = (MessageKey::new(&[7; 32]), [7; 1024], Random::host());
    measured(time, || {
        let mut out = Vec::new();
        key.seal_onto(&key.nonce(&random), PLACE, black_box(&plain), &mut out);
        black_box(out);
        Ok(())
    })
}

fn opening(time: Duration) -> Result<f64, Box<dyn Error>> {
    let (key, mut sealed) = (MessageKey::new(&[7; 32]), Vec::new());
    key.seal_onto(&[3; MessageKey::NONCE_BYTES], PLACE, &[7; 1024], &mut sealed);
    measured(time, || {
        black_box(key.open_with_nonce(PLACE, black_box(&sealed)).map_err(|e| e.to_string())?);
        Ok(())
    })
}

/// A measured part, and the row of the other table whose cost it is part of.
struct Part {
    name: &'static str,
    target: &'static str,
    measure: fn(Duration) -> Result<f64, Box<dyn Error>>,
    of: Option<&'static str>,
}

const PARTS: [Part; 4] = [
    Part { name: "decision, 20 attached policies", target: "1500 ns", measure: decision, of: None },
    Part {
        name: "signature and authorisation, 20 attached policies",
        target: "4000 ns",
        measure: gate,
        of: None,
    },
    Part { name: "encrypting 1 KiB", target: "10 % of the request", measure: sealing, of: Some(PUT_SMALL) },
    Part { name: "decrypting 1 KiB", target: "10 % of the request", measure: opening, of: Some(GET_SMALL) },
];

/// Measures every part and prints the table; `per_cpu_second` has what whole requests cost.
pub(crate) fn report(
    time: Duration,
    only: &str,
    per_cpu_second: &HashMap<&str, f64>,
) -> Result<(), Box<dyn Error>> {
    println!("\n| part of a request | ns of CPU | share of the request | target |");
    println!("|---|---|---|---|");
    for part in PARTS.iter().filter(|part| part.name.contains(only)) {
        let ns = (part.measure)(time)?;
        let rate = part.of.and_then(|row| per_cpu_second.get(row));
        let share = rate.map(|rate| format!("{:.1} %", ns * rate / 1e7)).unwrap_or_default();
        println!("| {} | {ns:.0} | {share} | {} |", part.name, part.target);
    }
    Ok(())
}
