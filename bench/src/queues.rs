//! What waits and what lies in queues: latencies, backlogs, fan-out, and memory.

use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use kumiki_bench::{client::Connection, server::Server, sign::Signer};
use serde_json::json;
use tokio::sync::Semaphore;

use crate::{
    kumiki,
    loads::{Kind, TURNS, now, prepared},
    measure::{self, Counted},
    messages::{PAIRS_PER_SECOND_MAX, Queue, ReceiveAndDelete, asked, body, sqs},
    size::memory_mib,
};

/// Connections that make queues.
const MAKERS: usize = 32;

/// A server, and who asks it.
struct Desk {
    server: Server,
    sqs: Signer,
}

impl Desk {
    fn start(binary: &PathBuf, data: &Path) -> Result<Self, Box<dyn Error>> {
        let server = Server::start(&mut kumiki(binary, data))?;
        let sqs = Signer::new("sqs", &server.address, now());
        Ok(Self { server, sqs })
    }

    async fn connect(&self) -> io::Result<Connection> {
        Connection::open(&self.server.address).await
    }

    async fn queue(&self, name: &str) -> io::Result<Arc<Queue>> {
        Queue::new(&mut self.connect().await?, &self.sqs, name).await.map(Arc::new)
    }

    /// Queues named `name-0` and so on.
    async fn queues(&self, name: &'static str, count: usize) -> Result<Vec<Arc<Queue>>, Box<dyn Error>> {
        let mut tasks = Vec::new();
        for maker in 0..MAKERS.min(count) {
            let (mut at, signer) = (self.connect().await?, self.sqs.clone());
            tasks.push(tokio::spawn(async move {
                let mut made = Vec::new();
                for n in (maker..count).step_by(MAKERS) {
                    made.push(Arc::new(Queue::new(&mut at, &signer, &format!("{name}-{n}")).await?));
                }
                Ok::<_, io::Error>(made)
            }));
        }
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await??);
        }
        Ok(all)
    }

    /// Anonymous memory, in MiB, once it has settled.
    async fn settled(&self) -> f64 {
        tokio::time::sleep(Duration::from_secs(8)).await;
        memory_mib(self.server.pid()).1
    }
}

/// Prints the figures.
pub(crate) async fn report(
    binary: &PathBuf,
    data: &Path,
    backlog: u64,
    time: Duration,
) -> Result<(), Box<dyn Error>> {
    println!("| figure | value | target |\n|---|---|---|");
    let desk = Desk::start(binary, &data.join("latency"))?;
    latency(&desk, time).await?;
    fan_out(&desk).await?;
    drop(desk);
    waiting(&Desk::start(binary, &data.join("waiting"))?).await?;
    idle(&Desk::start(binary, &data.join("idle"))?).await?;
    let data = data.join("backlog");
    let desk = Desk::start(binary, &data)?;
    behind(&desk, backlog, time).await?;
    drop(desk);
    Ok(std::fs::remove_dir_all(&data)?)
}

/// When each message was acknowledged, and when somebody had it.
type Times = Arc<Mutex<Vec<(Option<Instant>, Option<Instant>)>>>;

/// From the acknowledgement of a send to the answer of a consumer that waits: eight producers, sixteen consumers, one
/// queue; first as much as it takes, then half of that.
async fn latency(desk: &Desk, time: Duration) -> Result<(), Box<dyn Error>> {
    let queue = desk.queue("latency").await?;
    let full = passed(desk, &queue, time, None).await?;
    let rate = full.len() as f64 / time.as_secs_f64();
    let mut half = passed(desk, &queue, time, Some(rate / 2.0)).await?;
    half.sort_unstable();
    let at = |share: f64| half[((half.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "| from a send's answer to the waiting consumer's, {:.0} messages a second (half of what went), p50 | {:.2} ms | 2 ms |",
        rate / 2.0,
        at(0.5)
    );
    println!("| the same, p99 | {:.2} ms | 10 ms |", at(0.99));
    Ok(())
}

const PRODUCERS: usize = 8;
const CONSUMERS: usize = 16;

/// Sends for `time`, as fast as it goes or `rate` a second, and answers how long each message took.
async fn passed(
    desk: &Desk,
    queue: &Arc<Queue>,
    time: Duration,
    rate: Option<f64>,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let times: Times = Arc::default();
    let mut consumers = Vec::new();
    for _ in 0..CONSUMERS {
        consumers.push(tokio::spawn(consume(desk.connect().await?, queue.clone(), times.clone())));
    }
    let mut producers = Vec::new();
    for _ in 0..PRODUCERS {
        let mut at = desk.connect().await?;
        let (queue, times) = (queue.clone(), times.clone());
        let mut ticks =
            rate.map(|rate| tokio::time::interval(Duration::from_secs_f64(PRODUCERS as f64 / rate)));
        producers.push(tokio::spawn(async move {
            let until = Instant::now() + time;
            while Instant::now() < until {
                if let Some(ticks) = &mut ticks {
                    ticks.tick().await;
                }
                let id = {
                    let mut times = times.lock().expect("no panic with it");
                    times.push((None, None));
                    times.len() - 1
                };
                asked(&mut at, &queue.send(&format!("{id:0256}"))).await?;
                times.lock().expect("no panic with it")[id].0 = Some(Instant::now());
            }
            Ok::<_, io::Error>(())
        }));
    }
    for producer in producers {
        producer.await??;
    }
    let all = || {
        let times = times.lock().expect("no panic with it");
        let took = times.iter().map(|(sent, had)| Some(had.as_ref()?.saturating_duration_since((*sent)?)));
        took.collect::<Option<Vec<_>>>()
    };
    for _ in 0..3000 {
        if let Some(took) = all() {
            consumers.iter().for_each(tokio::task::JoinHandle::abort);
            return Ok(took);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err("messages were sent and never received".into())
}

async fn consume(mut at: Connection, queue: Arc<Queue>, times: Times) -> io::Result<()> {
    let receive = queue.receive(10, 20);
    loop {
        let received = asked(&mut at, &receive).await?;
        let had = Instant::now();
        let messages = received["Messages"].as_array().map_or(&[][..], |all| all);
        {
            let mut times = times.lock().expect("no panic with it");
            for message in messages {
                let id: usize = message["Body"].as_str().and_then(|b| b.parse().ok()).unwrap_or(usize::MAX);
                if let Some(time) = times.get_mut(id) {
                    time.1.get_or_insert(had);
                }
            }
        }
        if messages.is_empty() {
            continue;
        }
        let entry = |(n, message): (usize, &serde_json::Value)| json!({"Id": n.to_string(), "ReceiptHandle": message["ReceiptHandle"]});
        let entries: Vec<_> = messages.iter().enumerate().map(entry).collect();
        let delete = json!({"QueueUrl": queue.url, "Entries": entries});
        asked(&mut at, &sqs(&queue.signer, "DeleteMessageBatch", &delete)).await?;
    }
}

/// Subscribers of the topic that is published to.
const SUBSCRIBERS: usize = 1000;

/// From a publish to a topic until the last of its queues' consumers has its message.
async fn fan_out(desk: &Desk) -> Result<(), Box<dyn Error>> {
    let sns = Signer::new("sns", &desk.server.address, now());
    let form = |text: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        sns.request("POST", "/", "", &headers, format!("{text}&Version=2010-03-31").as_bytes())
    };
    let mut at = desk.connect().await?;
    crate::loads::expect(&mut at, &form("Action=CreateTopic&Name=fan"), 200).await?;
    let topic = "arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Afan";
    let queues = desk.queues("fan", SUBSCRIBERS).await?;
    let allow = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*",
        "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}]});
    for queue in &queues {
        let set = json!({"QueueUrl": queue.url, "Attributes": {"Policy": allow.to_string()}});
        let set = sqs(&desk.sqs, "SetQueueAttributes", &set);
        crate::loads::expect(&mut at, &set, 200).await?;
        let name = queue.url.rsplit('/').next().unwrap_or_default();
        let subscribe = format!(
            "Action=Subscribe&TopicArn={topic}&Protocol=sqs&Endpoint=arn%3Aaws%3Asqs%3Aus-east-1%3A000000000000%3A{name}"
        );
        crate::loads::expect(&mut at, &form(&subscribe), 200).await?;
    }
    let publish = form(&format!("Action=Publish&TopicArn={topic}&Message=x"));
    let (mut had, mut stored) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        had.push(published(desk, &queues, &publish).await?);
    }
    for _ in 0..5 {
        stored.push(spread(desk, &publish).await?);
    }
    let median = |mut took: Vec<Duration>| {
        took.sort_unstable();
        took[took.len() / 2].as_secs_f64() * 1000.0
    };
    println!(
        "| from a publish until it lies in {SUBSCRIBERS} queues, median of 5 | {:.0} ms | 100 ms |",
        median(stored)
    );
    println!(
        "| from a publish to the answers of {SUBSCRIBERS} waiting consumers of as many queues, median of 5 | {:.0} ms | |",
        median(had)
    );
    Ok(())
}

/// Publishes, and asks how many messages were sent until all of its queues have one.
async fn spread(desk: &Desk, publish: &[u8]) -> Result<Duration, Box<dyn Error>> {
    let mut at = desk.connect().await?;
    let question = format!("GET /metrics HTTP/1.1\r\nhost: {}\r\n\r\n", desk.server.address);
    let mut sent = async || -> Result<usize, Box<dyn Error>> {
        let answer = at.ask_whole(question.as_bytes()).await?;
        let text = String::from_utf8_lossy(answer.body).into_owned();
        let line = text.lines().find_map(|line| line.strip_prefix("kumiki_sqs_messages_sent_total "));
        Ok(line.ok_or("no count of what was sent")?.parse()?)
    };
    let mut publisher = desk.connect().await?;
    let before = sent().await?;
    let begun = Instant::now();
    asked_nothing(&mut publisher, publish).await?;
    while sent().await? < before + SUBSCRIBERS {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(begun.elapsed())
}

async fn published(desk: &Desk, queues: &[Arc<Queue>], publish: &[u8]) -> Result<Duration, Box<dyn Error>> {
    let mut tasks = Vec::new();
    for queue in queues {
        let (mut at, queue) = (desk.connect().await?, queue.clone());
        tasks.push(tokio::spawn(async move {
            let received = asked(&mut at, &queue.receive(1, 20)).await?;
            let had = Instant::now();
            let handle = received["Messages"][0]["ReceiptHandle"].as_str().unwrap_or_default();
            asked_nothing(&mut at, &queue.delete(handle)).await?;
            Ok::<_, io::Error>(had)
        }));
    }
    tokio::time::sleep(Duration::from_secs(2)).await; // until all of them wait
    let mut at = desk.connect().await?;
    let begun = Instant::now();
    asked_nothing(&mut at, publish).await?;
    let mut last = begun;
    for task in tasks {
        last = last.max(task.await??);
    }
    Ok(last - begun)
}

async fn asked_nothing(at: &mut Connection, request: &[u8]) -> io::Result<()> {
    crate::loads::expect(at, request, 200).await
}

/// Consumers that wait, each on a connection of its own.
const WAITING: usize = 10_000;

async fn waiting(desk: &Desk) -> Result<(), Box<dyn Error>> {
    let queues = desk.queues("waiting", 100).await?;
    let opening = Arc::new(Semaphore::new(64));
    let mut tasks = Vec::new();
    for n in 0..WAITING {
        let (queue, opening, address) =
            (queues[n % queues.len()].clone(), opening.clone(), desk.server.address.clone());
        tasks.push(tokio::spawn(async move {
            let permit = opening.acquire_owned().await.map_err(io::Error::other)?;
            let mut at = Connection::open(&address).await?;
            drop(permit);
            asked(&mut at, &queue.receive(1, 20)).await
        }));
    }
    tokio::time::sleep(Duration::from_secs(12)).await;
    let (resident, anonymous) = memory_mib(desk.server.pid());
    let ended = tasks.iter().filter(|task| task.is_finished()).count();
    if ended > 0 {
        return Err(format!("{ended} of {WAITING} consumers did not wait").into());
    }
    println!(
        "| memory with {WAITING} waiting consumers | {resident:.0} MiB ({anonymous:.0} anonymous) | 200 MiB |"
    );
    for task in tasks {
        task.await??;
    }
    Ok(())
}

/// Queues that nobody asks.
const IDLE: usize = 100_000;

async fn idle(desk: &Desk) -> Result<(), Box<dyn Error>> {
    desk.queues("warm", MAKERS).await?;
    let before = desk.settled().await;
    let begun = Instant::now();
    desk.queues("idle", IDLE).await?;
    let took = begun.elapsed();
    let after = desk.settled().await;
    println!(
        "| anonymous memory of each of {IDLE} idle queues, made in {:.0} s | {:.0} bytes | 200 bytes |",
        took.as_secs_f64(),
        (after - before).max(0.0) * 1024.0 * 1024.0 / IDLE as f64
    );
    Ok(())
}

/// Pairs and sends with a backlog, against those of a queue that is almost empty, in turns.
async fn behind(desk: &Desk, backlog: u64, time: Duration) -> Result<(), Box<dyn Error>> {
    let (empty, full) = (desk.queue("empty").await?, desk.queue("full").await?);
    let begun = Instant::now();
    full.fill(&desk.server.address, backlog).await?;
    eprintln!("{backlog} messages were sent in {:.0?}", begun.elapsed());
    desk.settled().await;
    let loads = |queue: &Arc<Queue>| {
        let pair = Arc::new(Kind::Pair(ReceiveAndDelete::new(queue.clone(), PAIRS_PER_SECOND_MAX)));
        [("ReceiveMessage + DeleteMessage", pair), ("SendMessage", prepared(|_| queue.send(&body()), 1))]
    };
    for ((name, few), (_, many)) in loads(&empty).into_iter().zip(loads(&full)) {
        let (mut counted, address) = ([Counted::default(), Counted::default()], &desk.server.address);
        for _ in 0..TURNS {
            if let Kind::Pair(pair) = &*few {
                pair.fill(address, time / TURNS).await?;
            }
            for (counted, load) in counted.iter_mut().zip([&few, &many]) {
                let pid = desk.server.pid();
                counted.add(measure::run(address, pid, 16, time / TURNS, load.clone()).await?);
            }
        }
        let [few, many] = counted.map(|c| c.figures().per_cpu_second);
        println!(
            "| {name} with {backlog} messages behind it, share of an empty queue's | {:.2} ({many:.0} of {few:.0} per CPU s) | 0.8 |",
            many / few
        );
    }
    Ok(())
}
