//! What the server says about itself.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures_util::FutureExt;
use gateway::Config;

use crate::{house::House, sign::Signed};

fn plain(method: &str, path: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn health_and_figures_are_for_everyone() {
    let house = House::new(Config { version: "9.9.9", ..Config::default() });
    let answer = house.exchange(plain("GET", "/_kumiki/health")).await;
    let body = r#"{"status":"running","version":"9.9.9","services":{"s3":"running","sqs":"running"}}"#;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(body), "{answer}");
    let answer = house.exchange(plain("GET", "/_localstack/health")).await;
    assert!(answer.contains(r#"{"services":{"s3":"running","sqs":"running"},"edition":"#), "{answer}");
    let answer = house.exchange(plain("GET", "/_localstack/init")).await;
    assert!(answer.contains(r#""READY":true"#), "{answer}");
    let answer = house.exchange(plain("GET", "/_localstack/info")).await;
    assert!(answer.contains(r#""server_time_utc":"2023-11-14T22:13:20Z""#), "{answer}");
    let answer = house.exchange(plain("GET", "/metrics")).await;
    assert!(
        answer.contains("text/plain; version=0.0.4") && answer.contains("kumiki_connections_open 1\n"),
        "{answer}"
    );
    assert!(house.exchange(plain("HEAD", "/_kumiki/health")).await.ends_with("\r\n\r\n"));
    assert!(house.exchange(plain("PUT", "/_kumiki/health")).await.starts_with("HTTP/1.1 405"));
    assert!(house.exchange(plain("GET", "/_localstack/plugins")).await.starts_with("HTTP/1.1 404"));
}

#[tokio::test]
async fn a_bucket_of_that_name_is_a_bucket() {
    let house = House::new(Config::default());
    let signed = Signed::new("s3", "GET", "/metrics");
    assert!(house.exchange(signed.last()).await.contains("ListObjects"));
    assert!(house.exchange(plain("GET", "/metrics?list-type=2")).await.contains("ListObjectsV2"));
    let key = Signed::new("s3", "GET", "/_kumiki/health").header("host", "b.s3.localhost");
    assert!(house.exchange(key.last()).await.contains("NoSuchKey"));
}

#[tokio::test]
async fn only_an_ephemeral_server_is_reset() {
    let house = House::new(Config::default());
    assert!(house.exchange(plain("POST", "/_localstack/state/reset")).await.starts_with("HTTP/1.1 403"));
    let resets = Arc::new(AtomicUsize::new(0));
    let counted = resets.clone();
    let reset: gateway::Reset = Arc::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        std::future::ready(Ok(())).boxed()
    });
    let house = House::new(Config { reset: Some(reset), ..Config::default() });
    for page in ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        let request =
            plain("POST", "/_localstack/state/reset").replace("\r\n\r\n", &format!("\r\n{page}\r\n\r\n"));
        assert!(house.exchange(request).await.starts_with("HTTP/1.1 403"), "{page}");
    }
    assert_eq!(resets.load(Ordering::SeqCst), 0);
    assert!(house.exchange(plain("GET", "/_localstack/state/reset")).await.starts_with("HTTP/1.1 405"));
    assert!(house.exchange(plain("POST", "/_localstack/state/reset")).await.starts_with("HTTP/1.1 200"));
    assert_eq!(resets.load(Ordering::SeqCst), 1);
}
