//! Kumiki on a disk that is full: writes are refused with 503, what was acknowledged stays, deleting makes room again.

use std::{collections::BTreeMap, path::Path};

use kumiki_bench::server::Server;
use kumiki_power::{Model, Mounted};
use serde_json::json;

use crate::client::{Client, Failed, contents, start};

/// Room for the logs, for what the store keeps free so that deleting passes, and for some tens of megabytes.
const ROOM: u64 = 144 << 20;

/// Puts objects until one is refused; answers what was acknowledged.
async fn fill(client: &mut Client, prefix: &str) -> Result<BTreeMap<String, u64>, Failed> {
    let mut kept = BTreeMap::new();
    for number in 0..10_000 {
        let key = format!("/bucket/{prefix}-{number}");
        match client.s3("PUT", &key, &contents(number)).await? {
            200 => kept.insert(key, number),
            503 => return Ok(kept),
            other => return Err(format!("{key}: {other} instead of 503").into()),
        };
    }
    Err("the disk never was full".into())
}

async fn compare(client: &mut Client, kept: &BTreeMap<String, u64>) -> Result<(), Failed> {
    for (key, number) in kept {
        let (status, body) = client.get(key).await?;
        assert_eq!((status, body == contents(*number)), (200, true), "{key} of {} bytes", body.len());
    }
    Ok(())
}

async fn opened(data: &Path) -> Result<(Server, Client), Failed> {
    let server = start(data)?;
    let client = Client::new(&server.address).await?;
    Ok((server, client))
}

/// Refused writes close their connection where the body was not read.
async fn again(server: &Server) -> Result<Client, Failed> {
    Client::new(&server.address).await
}

/// What has room is looked at now and then, so a client's retries are what finds it.
async fn until_there_is_room(server: &Server) -> Result<(), Failed> {
    for _ in 0..100_000 {
        let mut client = again(server).await?;
        match client.s3("PUT", "/bucket/probe", b"x").await? {
            503 => {}
            200 => return Ok(()),
            other => return Err(format!("{other} instead of 503 or 200").into()),
        }
    }
    Err("deleting made no room".into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_and_damages_nothing() {
    let at = tempfile::tempdir().unwrap();
    let mut disk = Mounted::new(Model::new(1), at.path()).unwrap();
    disk.with(|model| model.set_room(ROOM));
    let data = at.path().join("data");

    let (server, mut client) = opened(&data).await.unwrap();
    assert_eq!(client.s3("PUT", "/bucket", b"").await.unwrap(), 200);
    assert_eq!(client.sqs("CreateQueue", json!({"QueueName": "q"})).await.unwrap().0, 200);
    let mut kept = fill(&mut client, "first").await.unwrap();
    assert!(kept.len() > 10, "{}", kept.len());
    let mut client = again(&server).await.unwrap();
    compare(&mut client, &kept).await.unwrap();

    // Killed and started on the full disk, all is there; deleting passes, and makes room.
    drop(server);
    disk.lose_power().unwrap();
    let (server, mut client) = opened(&data).await.unwrap();
    compare(&mut client, &kept).await.unwrap();
    let gone: Vec<String> = kept.keys().step_by(2).cloned().collect();
    for key in &gone {
        assert_eq!(client.s3("DELETE", key, b"").await.unwrap(), 204, "{key}");
        kept.remove(key);
        assert_eq!(client.get(key).await.unwrap().0, 404, "{key}");
    }
    until_there_is_room(&server).await.unwrap();
    let more = fill(&mut client, "second").await.unwrap();
    assert!(more.len() > 5, "{}", more.len());
    kept.extend(more);
    let mut client = again(&server).await.unwrap();
    compare(&mut client, &kept).await.unwrap();

    // With a larger disk it goes on by itself.
    disk.with(|model| model.set_room(4 * ROOM));
    until_there_is_room(&server).await.unwrap();
    let key = "/bucket/after";
    assert_eq!(client.s3("PUT", key, &contents(4)).await.unwrap(), 200);
    assert_eq!(client.sqs("SendMessage", json!({"MessageBody": "after"})).await.unwrap().0, 200);
    kept.insert(key.to_owned(), 4);
    compare(&mut client, &kept).await.unwrap();
}
