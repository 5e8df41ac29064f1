//! The rows of SQS: the same for Kumiki and for whom it is compared with.

use std::{
    error::Error,
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use kumiki_bench::{client::Connection, sign::Signer};
use serde_json::{Value, json};

use crate::loads::{Kind, Row, bare, expect, json as request, prepared};

/// Bytes of a message's body.
const BODY: usize = 256;
/// Message groups that a FIFO queue is loaded with.
const GROUPS: u64 = 100;
/// Pairs per second that a queue of Kumiki is filled for, far more than one machine's generator reaches.
pub(crate) const PAIRS_PER_SECOND_MAX: u64 = 25_000;

/// A request of SQS, signed.
pub(crate) fn sqs(signer: &Signer, operation: &str, body: &Value) -> Vec<u8> {
    request(signer, "1.0", &format!("AmazonSQS.{operation}"), &body.to_string())
}

/// Asks, and answers the JSON of a success.
pub(crate) async fn asked(at: &mut Connection, request: &[u8]) -> io::Result<Value> {
    let answer = at.ask(request).await?;
    if answer.status != 200 {
        let body = String::from_utf8_lossy(answer.body).into_owned();
        return Err(io::Error::other(format!("{} instead of 200: {body}", answer.status)));
    }
    serde_json::from_slice(answer.body).map_err(io::Error::other)
}

/// A queue, and who works with it.
pub(crate) struct Queue {
    pub(crate) signer: Signer,
    pub(crate) url: String,
    /// Drawn for each message of a FIFO queue: one that was seen before would not be stored.
    next: Option<AtomicU64>,
}

impl Queue {
    /// Makes a queue; one whose name ends in `.fifo` is a FIFO queue.
    pub(crate) async fn new(at: &mut Connection, signer: &Signer, name: &str) -> io::Result<Self> {
        let is_fifo = name.strip_suffix(".fifo").is_some();
        let attributes = if is_fifo { json!({"FifoQueue": "true"}) } else { json!({}) };
        let create = sqs(signer, "CreateQueue", &json!({"QueueName": name, "Attributes": attributes}));
        let made = asked(at, &create).await?;
        let url = made["QueueUrl"].as_str().ok_or_else(|| io::Error::other("the queue has no URL"))?;
        let next = is_fifo.then(AtomicU64::default);
        Ok(Self { signer: signer.clone(), url: url.to_owned(), next })
    }

    /// A message, with what a FIFO queue wants of it.
    fn message(&self, body: &str) -> Value {
        let mut message = json!({"MessageBody": body});
        if let Some(next) = &self.next {
            let n = next.fetch_add(1, Relaxed);
            message["MessageGroupId"] = format!("group-{}", n % GROUPS).into();
            message["MessageDeduplicationId"] = n.to_string().into();
        }
        message
    }

    pub(crate) fn send(&self, body: &str) -> Vec<u8> {
        let mut message = self.message(body);
        message["QueueUrl"] = self.url.as_str().into();
        sqs(&self.signer, "SendMessage", &message)
    }

    pub(crate) fn send_ten(&self, body: &str) -> Vec<u8> {
        let entry = |n: usize| {
            let mut message = self.message(body);
            message["Id"] = n.to_string().into();
            message
        };
        let entries: Vec<_> = (0..10).map(entry).collect();
        sqs(&self.signer, "SendMessageBatch", &json!({"QueueUrl": self.url, "Entries": entries}))
    }

    /// Receives up to `max` messages, waiting for up to `wait_s` seconds.
    pub(crate) fn receive(&self, max: usize, wait_s: u64) -> Vec<u8> {
        let body = json!({"QueueUrl": self.url, "MaxNumberOfMessages": max, "WaitTimeSeconds": wait_s});
        sqs(&self.signer, "ReceiveMessage", &body)
    }

    pub(crate) fn delete(&self, receipt_handle: &str) -> Vec<u8> {
        let body = json!({"QueueUrl": self.url, "ReceiptHandle": receipt_handle});
        sqs(&self.signer, "DeleteMessage", &body)
    }

    /// Sends `count` messages in batches of ten on several connections.
    pub(crate) async fn fill(self: &Arc<Self>, address: &str, count: u64) -> io::Result<()> {
        const CONNECTIONS: u64 = 16;
        let mut tasks = Vec::new();
        for _ in 0..CONNECTIONS {
            let (queue, mut at) = (self.clone(), Connection::open(address).await?);
            tasks.push(tokio::spawn(async move {
                let body = body();
                let mut ten = queue.send_ten(&body);
                for _ in 0..count / 10 / CONNECTIONS {
                    expect(&mut at, &ten, 200).await?;
                    if queue.next.is_some() {
                        ten = queue.send_ten(&body);
                    }
                }
                Ok::<_, io::Error>(())
            }));
        }
        for task in tasks {
            task.await.map_err(io::Error::other)??;
        }
        Ok(())
    }
}

/// A message's body.
pub(crate) fn body() -> String {
    "x".repeat(BODY)
}

/// Sends to a FIFO queue.
pub(crate) struct SendInOrder(Arc<Queue>);

impl SendInOrder {
    pub(crate) async fn run(&self, at: &mut Connection) -> io::Result<()> {
        expect(at, &self.0.send(&body()), 200).await
    }
}

/// Receives a message and deletes it.
pub(crate) struct ReceiveAndDelete {
    queue: Arc<Queue>,
    receive: Vec<u8>,
    per_second_max: u64,
}

impl ReceiveAndDelete {
    /// `per_second_max`: as many pairs a second as there will be at most.
    pub(crate) fn new(queue: Arc<Queue>, per_second_max: u64) -> Self {
        Self { receive: queue.receive(1, 0), queue, per_second_max }
    }

    pub(crate) async fn run(&self, at: &mut Connection) -> io::Result<()> {
        let received = asked(at, &self.receive).await?;
        let Some(handle) = received["Messages"][0]["ReceiptHandle"].as_str() else {
            let message = "the queue ran empty: the pairs are quicker than what was sent before";
            return Err(io::Error::other(message));
        };
        expect(at, &self.queue.delete(handle), 200).await
    }

    /// Sends the messages for a measurement of `time`, so that nothing but pairs is measured.
    pub(crate) async fn fill(&self, address: &str, time: Duration) -> io::Result<()> {
        self.queue.fill(address, self.per_second_max * time.as_secs().max(1) * 6 / 5).await
    }
}

/// Makes the queues, and lists the rows. `host`: the bare server. `pairs_max`: of [`ReceiveAndDelete`], a second.
pub(crate) async fn rows(
    host: &str,
    signer: &Signer,
    address: &str,
    pairs_max: u64,
) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut at = Connection::open(address).await?;
    let mut queue = async |name: &str| Queue::new(&mut at, signer, name).await.map(Arc::new);
    let (send, ten, pair) = (queue("send").await?, queue("send-ten").await?, queue("pair").await?);
    let (send_fifo, pair_fifo) = (queue("send.fifo").await?, queue("pair.fifo").await?);
    let pairs = |queue| Arc::new(Kind::Pair(ReceiveAndDelete::new(queue, pairs_max)));
    let post = |bytes: usize| bare("POST", host, "/x", &vec![7; bytes]);
    let row =
        |name, target, yardstick, load| Row { name, target, yardstick, load, connections_max: usize::MAX };
    Ok(vec![
        row("SQS SendMessage 256 B, durable", "0.35", post(340), prepared(|_| send.send(&body()), 1)),
        row(
            "SQS SendMessageBatch of 10, 256 B, durable",
            "15,000 per CPU second",
            post(3200),
            prepared(|_| ten.send_ten(&body()), 1),
        ),
        row("SQS ReceiveMessage + DeleteMessage", "0.16", post(340), pairs(pair)),
        row(
            "SQS SendMessage 256 B to 100 groups of a FIFO queue, durable",
            "0.7 of the standard queue",
            post(340),
            Arc::new(Kind::SendInOrder(SendInOrder(send_fifo))),
        ),
        row(
            "SQS ReceiveMessage + DeleteMessage, 100 groups of a FIFO queue",
            "0.7 of the standard queue",
            post(340),
            pairs(pair_fifo),
        ),
    ])
}
