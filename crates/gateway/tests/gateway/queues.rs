//! The way in of all services but S3: JSON and forms, bodies read whole.

use std::sync::atomic::Ordering;

use gateway::{Config, Limits};
use tokio::io::AsyncWriteExt;

use crate::{
    house::{House, read_all, read_one},
    sign::Signed,
};

fn json(operation: &str, body: &str) -> Signed {
    Signed::new("sqs", "POST", "/")
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", &format!("AmazonSQS.{operation}"))
        .body(body.as_bytes())
}

fn form(body: &str) -> Signed {
    Signed::new("sqs", "POST", "/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.as_bytes())
}

#[tokio::test]
async fn one_handler_answers_json_and_forms() {
    let house = House::new(Config::default());
    let answer = house.exchange(json("SendMessage", r#"{"QueueUrl":"q","MessageBody":"hi"}"#).last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains(r#""MessageId":"q hi us-east-1""#),
        "{answer}"
    );
    assert!(answer.contains("x-amzn-requestid: ") && !answer.contains("server: "), "{answer}");
    let request = form("Action=SendMessage&Version=2012-11-05&QueueUrl=q&MessageBody=hi");
    let answer = house.exchange(request.last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("<MessageId>q hi us-east-1</MessageId>"),
        "{answer}"
    );
}

#[tokio::test]
async fn faults_are_in_the_words_of_the_protocol() {
    let house = House::new(Config::default());
    let body = r#"{"QueueUrl":"q","MessageBody":"hi"}"#;
    let answer = house.exchange(json("Unheard", body).last()).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("UnknownOperationException"), "{answer}");
    let answer = house.exchange(json("CreateQueue", r#"{"QueueName":"q"}"#).last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains("CreateQueue is not implemented"),
        "{answer}"
    );
    let answer = house.exchange(form("Action=Unheard").last()).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("<Code>InvalidAction</Code>"), "{answer}");
    let answer = house.exchange(form("Version=2012-11-05").last()).await;
    assert!(answer.contains("<Code>MissingAction</Code>"), "{answer}");

    let wrong = Signed { secret: "wrong", ..json("SendMessage", body) };
    let answer = house.exchange(wrong.last()).await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("SignatureDoesNotMatch"), "{answer}");
    // A body other than the signed one is a wrong signature here.
    let mut other = json("SendMessage", body).last();
    let at = other.len() - 3;
    other[at] = b'o';
    assert!(house.exchange(other).await.contains("SignatureDoesNotMatch"));
    let dynamo = Signed::new("dynamodb", "POST", "/").header("x-amz-target", "DynamoDB_20120810.PutItem");
    let answer = house.exchange(dynamo.last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains(r#""__type":"NotImplemented""#),
        "{answer}"
    );
}

#[tokio::test]
async fn a_panic_is_an_internal_error_in_the_protocol() {
    let house = House::new(Config::default());
    let answer =
        house.exchange(json("SendMessage", r#"{"QueueUrl":"q","MessageBody":"panic"}"#).last()).await;
    assert!(answer.starts_with("HTTP/1.1 500") && answer.contains("InternalError"), "{answer}");
    assert!(answer.contains("application/x-amz-json-1.0") && answer.contains("x-amzn-requestid"), "{answer}");
}

#[tokio::test]
async fn unsigned_forms_find_their_service() {
    let house = House::new(Config::default());
    let send = |host: &str, path: &str, body: &str| {
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
    };
    let body = "Action=SendMessage&MessageBody=hi";
    let answer = house.exchange(send("localhost", "/000000000000/q", body)).await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("sqs:SendMessage"), "{answer}");
    let answer = house.exchange(send("sqs.us-east-1.localhost", "/000000000000/q", body)).await;
    assert!(answer.contains("sqs:SendMessage"), "{answer}");
    let answer = house.exchange(send("localhost", "/", "Action=Unheard")).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("<Code>InvalidAction</Code>"), "{answer}");
}

#[tokio::test]
async fn bodies_have_a_limit_each_and_together() {
    let limits = Limits { body_bytes_max: 200_000, collected_bytes_max: 40_000, ..Limits::default() };
    let house = House::new(Config { limits, ..Config::default() });
    let of = |bytes: usize| {
        let text = "x".repeat(bytes);
        json("SendMessage", &format!(r#"{{"QueueUrl":"q","MessageBody":"{text}"}}"#)).last()
    };
    let answer = house.exchange(of(200_000)).await;
    assert!(
        answer.starts_with("HTTP/1.1 413") && answer.contains("HTTP content length exceeded 200000 bytes."),
        "{answer}"
    );
    assert!(house.exchange(of(190_000)).await.starts_with("HTTP/1.1 503"), "more than all may hold");
    assert!(house.exchange(of(90_000)).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_long_poll_ends_when_its_client_hangs_up() {
    let mut house = House::new(Config::default());
    let mut stream = house.connect().await;
    stream
        .write_all(&json("ReceiveMessage", r#"{"QueueUrl":"q","WaitTimeSeconds":20}"#).bytes())
        .await
        .unwrap();
    house.queues.waiting.notified().await;
    drop(stream);
    house.turn_until(|| (house.queues.ended.load(Ordering::SeqCst) == 1).then_some(())).await;
    house.stop();
    assert_eq!(house.stopped().await, gateway::Left { connections: 0, requests: 0 });
}

#[tokio::test]
async fn stopping_ends_long_polls_and_refuses_new_connections() {
    let mut house = House::new(Config::default());
    let mut idle = house.connect().await;
    let mut polling = house.connect().await;
    polling
        .write_all(&json("ReceiveMessage", r#"{"QueueUrl":"q","WaitTimeSeconds":20}"#).bytes())
        .await
        .unwrap();
    house.queues.waiting.notified().await;
    house.stop();
    assert!(read_one(&mut polling).await.starts_with("HTTP/1.1 200"));
    assert_eq!(read_all(&mut idle).await, "");
    assert_eq!(house.stopped().await, gateway::Left { connections: 0, requests: 0 });
    assert!(tokio::net::TcpStream::connect(house.address).await.is_err());
}

#[tokio::test]
async fn what_does_not_end_is_left_behind() {
    let mut house = House::new(Config::default());
    let mut stream = house.connect().await;
    stream.write_all(&Signed::new("s3", "PUT", "/b/slow").bytes()).await.unwrap();
    house.objects.waiting.notified().await;
    drop(stream);
    house.stop();
    // The client is gone and the commit waits for the test: only the bound ends this.
    let (seconds, ()) = house.turn_until(|| house.has_stopped().then_some(())).await;
    assert_eq!(house.stopped().await, gateway::Left { connections: 0, requests: 1 });
    let limit = Limits::default().drain_time_max.as_secs();
    assert!((limit..=limit + 1).contains(&seconds), "{seconds} s");
}
