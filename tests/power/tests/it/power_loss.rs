//! Kumiki on a disk that loses power under load: what was acknowledged is there afterwards.
//!
//! Each round draws a load from a seed, kills the server in the middle of it, lets the disk forget and tear what was
//! not synced, starts the server again and compares it with a model of what it had acknowledged. An operation that was
//! under way may have happened or not. `KUMIKI_ROUNDS` and `KUMIKI_SEED` choose how many and where to begin.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use kumiki_power::{Model, Mounted};
use serde_json::json;

use crate::client::{Client, Failed, contents, forward, start};

/// What may be there, for one key or message.
#[derive(Default, Debug)]
struct Promised {
    /// Objects: the contents that may be found (`None`: absent). One of them must be.
    objects: BTreeMap<String, Vec<Option<u64>>>,
    /// Messages that were acknowledged.
    messages: BTreeSet<String>,
    /// Messages whose deletion was asked for. (A message may be received before its sender has heard of it.)
    taken: BTreeSet<String>,
    /// Messages whose deletion was acknowledged.
    deleted: BTreeSet<String>,
    /// What each task sent in order, and whether that was acknowledged.
    ordered: BTreeMap<String, Vec<(String, bool)>>,
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// One connection's load, until the server dies or enough was done. Each task has keys of its own, so that what may be
/// there follows from its own order alone.
async fn work(
    task: u64,
    seed: u64,
    address: String,
    promised: Arc<Mutex<Promised>>,
    left: Arc<AtomicUsize>,
) -> Result<(), Failed> {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9) ^ (task + 1) << 32 | 1);
    let mut client = Client::new(&address).await?;
    loop {
        if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_err() {
            return Ok(());
        }
        match random.below(10) {
            0..=3 => {
                let (key, value) = (format!("/bucket/t{task}-k{}", random.below(6)), random.below(1 << 40));
                begin(&promised, &key, Some(value));
                if client.s3("PUT", &key, &contents(value)).await? == 200 {
                    end(&promised, &key, Some(value));
                }
            }
            4 => {
                let key = format!("/bucket/t{task}-k{}", random.below(6));
                begin(&promised, &key, None);
                if client.s3("DELETE", &key, b"").await? == 204 {
                    end(&promised, &key, None);
                }
            }
            5 => send_in_order(&mut client, &promised, task, random.below(1 << 60)).await?,
            6..=7 => {
                let body = format!("t{task}-{}", random.below(1 << 60));
                let (status, _) = client.sqs("SendMessage", json!({"MessageBody": body})).await?;
                if status == 200 {
                    promised.lock().unwrap().messages.insert(body);
                }
            }
            _ => receive_and_delete(&mut client, &promised).await?,
        }
    }
}

/// One message to the FIFO queue, in the task's own group.
async fn send_in_order(
    client: &mut Client,
    promised: &Mutex<Promised>,
    task: u64,
    number: u64,
) -> Result<(), Failed> {
    let (group, body) = (format!("t{task}"), format!("t{task}-{number}"));
    promised.lock().unwrap().ordered.entry(group.clone()).or_default().push((body.clone(), false));
    let message = json!({"MessageBody": body, "MessageGroupId": group, "MessageDeduplicationId": body});
    let (status, _) = client.fifo("SendMessage", message).await?;
    if status == 200
        && let Some(last) = promised.lock().unwrap().ordered.get_mut(&group).and_then(|sent| sent.last_mut())
    {
        last.1 = true;
    }
    Ok(())
}

/// Takes everything out of the FIFO queue: each group must have what was acknowledged, in its order, and nothing twice.
async fn compare_order(client: &mut Client, promised: &mut Promised) -> Result<Vec<String>, Failed> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    loop {
        let asked = json!({"MaxNumberOfMessages": 10, "MessageSystemAttributeNames": ["MessageGroupId"]});
        let (_, received) = client.fifo("ReceiveMessage", asked).await?;
        let Some(messages) = received["Messages"].as_array().filter(|m| !m.is_empty()) else { break };
        for message in messages {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let group = text(&message["Attributes"]["MessageGroupId"]);
            found.entry(group).or_default().push(text(&message["Body"]));
            client.fifo("DeleteMessage", json!({"ReceiptHandle": message["ReceiptHandle"]})).await?;
        }
    }
    let mut wrong = Vec::new();
    for (group, sent) in std::mem::take(&mut promised.ordered) {
        let came = found.remove(&group).unwrap_or_default();
        let expected: Vec<_> =
            sent.iter().filter(|(body, sure)| *sure || came.contains(body)).map(|(body, _)| body).collect();
        if came.iter().collect::<Vec<_>>() != expected {
            wrong.push(format!("group {group} holds {came:?}; sent were {sent:?}"));
        }
    }
    wrong.extend(
        found.iter().map(|(group, came)| format!("group {group} was never sent or came back: {came:?}")),
    );
    Ok(wrong)
}

async fn receive_and_delete(client: &mut Client, promised: &Mutex<Promised>) -> Result<(), Failed> {
    let (_, received) = client.sqs("ReceiveMessage", json!({"VisibilityTimeout": 30})).await?;
    let Some(message) = received["Messages"].get(0).cloned() else { return Ok(()) };
    let body = message["Body"].as_str().unwrap_or_default().to_owned();
    promised.lock().unwrap().taken.insert(body.clone());
    let (status, _) = client.sqs("DeleteMessage", json!({"ReceiptHandle": message["ReceiptHandle"]})).await?;
    if status == 200 {
        promised.lock().unwrap().deleted.insert(body);
    }
    Ok(())
}

fn begin(promised: &Mutex<Promised>, key: &str, value: Option<u64>) {
    promised.lock().unwrap().objects.entry(key.to_owned()).or_insert_with(|| vec![None]).push(value);
}

fn end(promised: &Mutex<Promised>, key: &str, value: Option<u64>) {
    promised.lock().unwrap().objects.insert(key.to_owned(), vec![value]);
}

/// Everything that is not as it was promised.
async fn compare(address: &str, promised: &mut Promised) -> Result<Vec<String>, Failed> {
    let (mut wrong, mut client) = (Vec::new(), Client::new(address).await?);
    for (key, may_be) in &mut promised.objects {
        // A body that breaks off is damage that was found while it was sent.
        let Ok((status, body)) = client.get(key).await else {
            wrong.push(format!("{key}: the answer broke off"));
            client = Client::new(address).await?;
            continue;
        };
        let fits = |value: &Option<u64>| match value {
            Some(value) => status == 200 && body == contents(*value),
            None => status == 404,
        };
        match may_be.iter().find(|v| fits(v)).copied() {
            Some(found) => *may_be = vec![found],
            None => wrong.push(format!("{key}: {status}, {} bytes; expected one of {may_be:?}", body.len())),
        }
    }
    let mut found = BTreeSet::new();
    loop {
        let (status, received) = client
            .sqs("ReceiveMessage", json!({"MaxNumberOfMessages": 10, "VisibilityTimeout": 600}))
            .await?;
        let Some(messages) = received["Messages"].as_array().filter(|m| !m.is_empty()) else {
            if status != 200 {
                wrong.push(format!("ReceiveMessage answered {status}: {received}"));
            }
            break;
        };
        found.extend(messages.iter().filter_map(|m| m["Body"].as_str().map(str::to_owned)));
    }
    let lost = promised.messages.iter().filter(|m| !found.contains(*m) && !promised.taken.contains(*m));
    wrong.extend(lost.map(|m| format!("message {m} is lost")));
    wrong.extend(promised.deleted.intersection(&found).map(|m| format!("message {m} came back")));
    wrong.extend(compare_order(&mut client, promised).await?);
    Ok(wrong)
}

/// One disk, several losses of power. Answers what was wrong.
async fn round(seed: u64, losses: u64, lie: Option<fn(&str) -> bool>) -> Result<Vec<String>, Failed> {
    let at = tempfile::tempdir()?;
    let mut model = Model::new(seed);
    if let Some(these) = lie {
        model.lie_about(these);
    }
    let mut disk = Mounted::new(model, at.path())?;
    let data = at.path().join("data");
    let promised = Arc::new(Mutex::new(Promised::default()));
    let mut random = Random(seed | 1);
    for loss in 0..losses {
        let server = start(&data)?;
        if loss == 0 {
            let mut client = Client::new(&server.address).await?;
            let made = (
                client.s3("PUT", "/bucket", b"").await?,
                client.sqs("CreateQueue", json!({"QueueName": "q"})).await?.0,
                client
                    .sqs("CreateQueue", json!({"QueueName": "q.fifo", "Attributes": {"FifoQueue": "true"}}))
                    .await?
                    .0,
            );
            assert_eq!(made, (200, 200, 200));
        }
        let left = Arc::new(AtomicUsize::new(40 + random.below(200) as usize));
        let tasks: Vec<_> = (0..6)
            .map(|task| {
                tokio::spawn(work(
                    task,
                    seed + loss * 1000,
                    server.address.clone(),
                    promised.clone(),
                    left.clone(),
                ))
            })
            .collect();
        // The power goes when the load has come so far, with operations under way.
        while left.load(Ordering::SeqCst) > 6 {
            tokio::task::yield_now().await;
        }
        drop(server); // kill -9
        for task in tasks {
            let _ = task.await?; // its connection broke: that is what was wanted
        }
        disk.lose_power()?;
        let server = match start(&data) {
            Ok(server) => server,
            Err(error) => return Ok(vec![format!("it does not start again: {error}")]),
        };
        forward(&data)?;
        let mut expected = std::mem::take(&mut *promised.lock().unwrap());
        let wrong = compare(&server.address, &mut expected).await?;
        *promised.lock().unwrap() = expected;
        if !wrong.is_empty() {
            return Ok(wrong);
        }
        drop(server);
        disk.lose_power()?;
    }
    Ok(Vec::new())
}

fn number(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_loss_of_power() {
    let first = number("KUMIKI_SEED", 1);
    for seed in first..first + number("KUMIKI_ROUNDS", 5) {
        let wrong = round(seed, 3, None).await.unwrap();
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
    }
}

/// Files whose syncs are left out, by their names.
type Lie = fn(&str) -> bool;

/// The test must notice a sync that is left out: of the log, and of blobs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sync_that_is_left_out_is_noticed() {
    let log: Lie = |name| name.starts_with("log-");
    let blobs: Lie = |name| name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit());
    for (what, lie) in [("the log", log), ("blobs", blobs)] {
        let mut noticed = false;
        for seed in 1..=10 {
            noticed |= !round(seed, 2, Some(lie)).await.unwrap().is_empty();
            if noticed {
                break;
            }
        }
        assert!(noticed, "nothing was lost although syncs of {what} were left out");
    }
}
