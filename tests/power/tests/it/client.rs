//! The server under test and its client.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use kumiki_bench::{
    client::Connection,
    server::{Server, without_settings},
    sign::Signer,
};
use serde_json::Value;

pub type Failed = Box<dyn Error + Send + Sync>;

/// Contents of an object: a number, spelled out to a length that follows from it. Some lie in records, some in blobs.
pub fn contents(of: u64) -> Vec<u8> {
    let length = match of % 5 {
        0 => 10,
        1 => 3_000,
        2 => 40_000,
        3 => 300_000,
        _ => 700_001,
    };
    let word = format!("{of:020}|");
    word.bytes().cycle().take(length).collect()
}

/// Signs and sends, over one connection.
pub struct Client {
    at: Connection,
    s3: Signer,
    sqs: Signer,
    queue: String,
}

impl Client {
    pub async fn new(address: &str) -> Result<Self, Failed> {
        #[expect(clippy::disallowed_methods, reason = "a client has the host's clock")]
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        Ok(Self {
            at: Connection::open(address).await?,
            s3: Signer::new("s3", address, now),
            sqs: Signer::new("sqs", address, now),
            queue: format!("http://{address}/000000000000/q"),
        })
    }

    pub async fn s3(&mut self, method: &str, path: &str, body: &[u8]) -> Result<u16, Failed> {
        let request = self.s3.request(method, path, "", &[], body);
        Ok(self.at.ask(&request).await?.status)
    }

    pub async fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>), Failed> {
        let request = self.s3.request("GET", path, "", &[], b"");
        let answer = self.at.ask_whole(&request).await?;
        Ok((answer.status, answer.body.to_vec()))
    }

    /// Asks the queue `q`.
    pub async fn sqs(&mut self, operation: &str, mut input: Value) -> Result<(u16, Value), Failed> {
        if operation != "CreateQueue" {
            input["QueueUrl"] = self.queue.clone().into();
        }
        self.ask_sqs(operation, &input).await
    }

    /// Asks the queue `q.fifo`.
    pub async fn fifo(&mut self, operation: &str, mut input: Value) -> Result<(u16, Value), Failed> {
        input["QueueUrl"] = format!("{}.fifo", self.queue).into();
        self.ask_sqs(operation, &input).await
    }

    async fn ask_sqs(&mut self, operation: &str, input: &Value) -> Result<(u16, Value), Failed> {
        let target = format!("AmazonSQS.{operation}");
        let headers = [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", target.as_str())];
        let request = self.sqs.request("POST", "/", "", &headers, input.to_string().as_bytes());
        let answer = self.at.ask_whole(&request).await?;
        Ok((answer.status, serde_json::from_slice(answer.body).unwrap_or_default()))
    }
}

fn binary() -> PathBuf {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/kumiki");
    let path = env::var_os("KUMIKI_BIN").map_or(default, PathBuf::from);
    assert!(path.exists(), "{} is not there: cargo build -p kumiki", path.display());
    path
}

pub fn start(data: &Path) -> Result<Server, Failed> {
    let mut command = Command::new(binary());
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data"]).arg(data);
    Server::start(&mut command).map_err(|e| e.to_string().into())
}

/// Turns the service clock, so that what was in flight shows again.
pub fn forward(data: &Path) -> Result<(), Failed> {
    let done = without_settings(&mut Command::new(binary()))
        .args(["clock", "--forward", "1000", "--data"])
        .arg(data)
        .output()?;
    if done.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned().into())
    }
}
